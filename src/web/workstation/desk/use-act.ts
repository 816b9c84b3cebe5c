import { useState } from 'react'
import { Offline, Refused } from '../../sync/client.ts'
import { useWhoActs, type Me } from '../me.ts'

/** Why something did not happen, in words for the person who asked. */
export interface Refusal {
  readonly code: string
  readonly what: string
  readonly list: readonly { readonly code: string; readonly says: string }[]
  /** The chart that is the way on, where there is one. */
  readonly chart?: string
}

export function refusalOf(failure: unknown): Refusal {
  if (failure instanceof Refused) return { code: failure.code, what: failure.say, list: failure.list, ...(failure.chart ? { chart: failure.chart } : {}) }
  if (failure instanceof Offline) return { code: 'offline', what: 'There is no connection to the server. Nothing was changed; try again in a moment.', list: [] }
  return { code: 'unknown', what: 'Something went wrong on this page. Nothing was changed; please try again.', list: [] }
}

/** One act of a person: on its way, done, or refused with the reasons. */
export function useAct() {
  const whoActs = useWhoActs()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  async function act<Answer>(work: () => Promise<Answer>, onRefused?: (refusal: Refusal) => void): Promise<Answer | undefined> {
    setPending(true)
    setRefusal(undefined)
    try {
      return await work()
    } catch (failure) {
      const refused = refusalOf(failure)
      setRefusal(refused)
      onRefused?.(refused)
      return undefined
    } finally {
      setPending(false)
    }
  }
  /** The same, in the name of whoever is signed in. */
  const actAs = <Answer>(work: (me: Me) => Promise<Answer>, onRefused?: (refusal: Refusal) => void) => act(async () => work(await whoActs()), onRefused)
  return { pending, refusal, act, actAs, forget: () => setRefusal(undefined) }
}
