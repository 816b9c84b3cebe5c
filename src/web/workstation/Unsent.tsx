import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Response } from '../../core/contract/contract.ts'
import { Notice, buttonClass } from '../kit/index.ts'
import type { Device } from '../sync/device.ts'
import { sendWhatWaits } from '../sync/send-what-waits.ts'

/** What goes out at once is not worth a line: whoever looks up reads only what stays. */
const GOES_AT_ONCE_MS = 4_000

interface Left {
  /** It is there and cannot be read before somebody types their PIN. */
  readonly closed: boolean
  readonly waiting: ReadonlyMap<string, number>
  readonly problems: ReadonlyMap<string, number>
}

/** What this person wrote on this device and the server does not have, on every page but the chart it belongs to, which says so itself. */
export function Unsent({ person, beside }: { readonly person: string | undefined; readonly beside?: string | undefined }) {
  const left = useLeft(person)
  const queries = useQueryClient()
  if (!left) return null
  if (left.closed) return beside ? null : <section className="w-called" aria-label="Not sent yet"><Notice level="caution" what="Something you wrote here has not reached the server yet." kept="It is kept on this device, sealed." next="Open any chart and type your PIN: then it goes." /></section>
  const rows = queries.getQueryData<Response<'home'>>(['home'])?.rows ?? []
  const ways = (held: Left['waiting']) => [...held.keys()].map((chart) => <a key={chart} className={buttonClass('quiet')} href={`/work/charts/${chart}`}>Open {rows.find((one) => one.chart === chart)?.name ?? 'the chart'}</a>)
  const elsewhere = (held: Left['waiting']) => new Map([...held].filter(([chart]) => chart !== beside))
  const [problems, waiting] = [elsewhere(left.problems), elsewhere(left.waiting)]
  if (problems.size + waiting.size === 0) return null
  return (
    <section className="w-called" aria-label="Not sent yet">
      {problems.size > 0 && <Notice level="caution" what={`Problem · the server did not take ${entries(problems)} that you wrote.`} kept="Kept on this device." next="The chart says why, and what you can do.">{ways(problems)}</Notice>}
      {waiting.size > 0 && <Notice what={`Saved here · ${entries(waiting)} that you wrote ${sum(waiting) === 1 ? 'has' : 'have'} not reached the server yet.`} kept="It goes by itself as soon as there is a connection.">{ways(waiting)}</Notice>}
    </section>
  )
}

const sum = (held: Left['waiting']) => [...held.values()].reduce((all, one) => all + one, 0)
const entries = (held: Left['waiting']) => `${sum(held)} ${sum(held) === 1 ? 'entry' : 'entries'}`

function leftOn(device: Device): Left {
  const [waiting, problems] = [new Map<string, number>(), new Map<string, number>()]
  for (const { chart, entries: written, problem } of device.acts()) {
    const held = problem ? problems : waiting
    held.set(chart, (held.get(chart) ?? 0) + written.length)
  }
  return { closed: device.state().closed, waiting, problems }
}

/** Nothing where nothing waits, or where it goes at once. Looked at again when the page is, since another tab may have written or sent. */
function useLeft(person: string | undefined): Left | undefined {
  const [left, setLeft] = useState<Left>()
  useEffect(() => {
    if (!person) return undefined
    let device: Device | undefined
    let stop = () => {}
    let waits: ReturnType<typeof setTimeout> | undefined
    let isShown = false
    let isOver = false
    const show = () => {
      const next = device && leftOn(device)
      const some = next && (next.closed || next.waiting.size + next.problems.size > 0) ? next : undefined
      if (!some) { clearTimeout(waits); waits = undefined; isShown = false }
      else if (!isShown) { waits ??= setTimeout(() => { waits = undefined; isShown = true; show() }, GOES_AT_ONCE_MS); return }
      setLeft(some)
    }
    const look = () => void sendWhatWaits(person).then((found) => {
      if (isOver || found === device) return
      stop()
      device = found
      stop = device?.onChange(show) ?? (() => {})
      show()
    }).catch(() => {})
    const seen = () => { if (document.visibilityState === 'visible') look() }
    look()
    document.addEventListener('visibilitychange', seen)
    return () => {
      isOver = true
      stop()
      clearTimeout(waits)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [person])
  return left
}
