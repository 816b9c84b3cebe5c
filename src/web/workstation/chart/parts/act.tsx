import { useRef, useState } from 'react'
import type { Entry } from '../../../../core/chart/entry.ts'
import { Button, Notice, StatusLine } from '../../../kit/index.ts'
import { Offline, Refused } from '../../../sync/client.ts'
import { useOpenChart } from '../open-chart.ts'

interface Trouble {
  readonly what: string
  readonly list: readonly string[]
}

/** One act of a person: under way, done, or not done and why. */
export interface Act {
  readonly pending: boolean
  readonly trouble: Trouble | undefined
  /** The entries it wrote, once it is done. */
  readonly done: readonly string[] | undefined
  /** Runs it once; answers whether it was done. */
  run(act: () => Promise<readonly Entry[] | Entry | void>): Promise<boolean>
}

export function useAct(): Act {
  const [state, setState] = useState<Pick<Act, 'pending' | 'trouble' | 'done'>>({ pending: false, trouble: undefined, done: undefined })
  const running = useRef(false)
  async function run(act: () => Promise<readonly Entry[] | Entry | void>): Promise<boolean> {
    if (running.current) return false
    running.current = true
    setState({ pending: true, trouble: undefined, done: undefined })
    try {
      const wrote = await act()
      const entries = wrote === undefined ? [] : 'id' in wrote ? [wrote] : wrote
      setState({ pending: false, trouble: undefined, done: entries.map(({ id }) => id) })
      return true
    } catch (failure) {
      setState({ pending: false, trouble: troubleOf(failure), done: undefined })
      return false
    } finally {
      running.current = false
    }
  }
  return { ...state, run }
}

function troubleOf(failure: unknown): Trouble {
  if (failure instanceof Refused) return { what: failure.say, list: failure.list.map(({ says }) => says) }
  if (failure instanceof Offline) return { what: 'There is no connection to the server right now, and this needs it. Nothing was changed; what you typed stays here.', list: [] }
  if (failure instanceof TypeError) return { what: 'Something here cannot be written as it is. Nothing was recorded.', list: [failure.message] }
  return { what: 'This could not be kept on this device. Nothing was recorded; please try again.', list: [] }
}

/** How an act went, in the three words of this product: saved here, saved, problem. */
export function ActLine({ act, said = 'Written into the chart.' }: { readonly act: Act; readonly said?: string }) {
  const { used } = useOpenChart()
  if (act.trouble) {
    return (
      <Notice level="caution" urgent what={act.trouble.what} next={act.trouble.list.length > 0 && <ListOf says={act.trouble.list} />} />
    )
  }
  if (!act.done) return null
  const words = new Set(act.done.map((id) => used.kept(id)))
  if (words.has('problem')) return <StatusLine waiting>Problem · the server did not take it; see the top of this chart</StatusLine>
  if (words.has('saved here')) return <StatusLine waiting>Saved here · on its way to the server</StatusLine>
  return <StatusLine>Saved · {said}</StatusLine>
}

const ListOf = ({ says }: { readonly says: readonly string[] }) => says.length === 1 ? <>{says[0]}</> : <span className="c-lines">{says.map((line) => <span key={line}>{line}</span>)}</span>

/** A button that carries out one act and says how it went. */
export function ActButton({ act, onAct, children, kind = 'primary', said }: { readonly act: Act; readonly onAct: Parameters<Act['run']>[0]; readonly children: string; readonly kind?: 'primary' | 'quiet' | 'danger'; readonly said?: string }) {
  return (
    <>
      <Button kind={kind} pending={act.pending} onClick={() => void act.run(onAct)}>{children}</Button>
      <ActLine act={act} {...(said ? { said } : {})} />
    </>
  )
}
