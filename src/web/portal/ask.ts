import { useCallback, useEffect, useState } from 'react'
import { onIdentity } from '../sync/client.ts'

export interface Asked<Value> {
  /** What was answered last, also while it is being asked again. */
  readonly value: Value | undefined
  readonly failure: unknown
  readonly again: () => void
}

/** Answers of this opening of the page; somebody else's sign-in starts with none. */
const known = new Map<string, unknown>()
onIdentity(() => known.clear())

/** Asks the server for something to show. Asked again when `version` changes; `name` says what it is. */
export function useAsked<Value>(name: string, load: () => Promise<Value>, version: unknown = 0): Asked<Value> {
  const [answer, setAnswer] = useState<{ name: string; value?: Value | undefined; failure?: unknown }>(() => ({ name, value: known.get(name) as Value | undefined }))
  const [round, setRound] = useState(0)
  useEffect(() => {
    let here = true
    load().then(
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
