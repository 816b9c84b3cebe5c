import { useCallback, useEffect, useState } from 'react'
import { onIdentity } from '../sync/client.ts'

export interface Asked<Value> {
  /** What was answered last, also while it is being asked again. */
  readonly value: Value | undefined
  readonly failure: unknown
  readonly again: () => void
}

/** Answers of this opening of the page, and what is being asked; somebody else's sign-in starts with none. */
const known = new Map<string, unknown>()
const underWay = new Map<string, Promise<unknown>>()
onIdentity(() => { known.clear(); underWay.clear() })

/** One question on the road at a time: whoever asks again meanwhile takes its answer, if that is new `enough` for them. */
async function askOnce<Value>(name: string, load: () => Promise<Value>, enough: (value: Value) => boolean): Promise<Value> {
  const before = underWay.get(name) as Promise<Value> | undefined
  const answered = await before?.catch(() => undefined)
  if (answered !== undefined && enough(answered)) return answered
  const asking = load()
  underWay.set(name, asking)
  return asking.finally(() => { if (underWay.get(name) === asking) underWay.delete(name) })
}
const never = () => false

/** Asks the server for something to show. Asked again when `version` changes; `name` says what it is. */
export function useAsked<Value>(name: string, load: () => Promise<Value>, version: unknown = 0, enough: (value: Value) => boolean = never): Asked<Value> {
  const [answer, setAnswer] = useState<{ name: string; value?: Value | undefined; failure?: unknown }>(() => ({ name, value: known.get(name) as Value | undefined }))
  const [round, setRound] = useState(0)
  useEffect(() => {
    let here = true
    askOnce(name, load, enough).then(
      (value) => {
        known.set(name, value)
        if (here) setAnswer({ name, value })
      },
      (failure: unknown) => { if (here) setAnswer({ name, value: known.get(name) as Value | undefined, failure }) },
    )
    return () => { here = false }
    // The question is its name; a new function with every drawing is not a new question.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [name, version, round])
  const again = useCallback(() => setRound((count) => count + 1), [])
  return { value: answer.name === name ? answer.value : undefined, failure: answer.name === name ? answer.failure : undefined, again }
}
