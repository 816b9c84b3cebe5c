import { useEffect, useState } from 'react'
import type { PlacesOnDay } from '../../../../core/contract/running.ts'
import type { Day } from '../../../../core/shared/time.ts'
import { call } from '../../../sync/client.ts'
import { refusalOf } from '../use-act.ts'
import type { Days } from './carry.ts'

const NONE: Days = new Map()
/** Few days at a time, so that the server is not kept from others, and the nearest ones first. */
const AT_ONCE = 2

interface Carried {
  readonly chart: string
  readonly visit: string
  readonly day: Day
}

/** Where the visit in hand may be put down, day by day as the server answers. What it has not answered is not known. */
export function usePlaces(carried: Carried | undefined, days: readonly Day[], onLost: (words: string) => void): Days {
  const [known, setKnown] = useState<{ readonly visit: string; readonly days: Days }>()
  const key = carried && `${carried.visit} ${days[0] ?? ''} ${days.length}`
  useEffect(() => {
    if (!carried) return
    let here = true
    const { chart, visit, day } = carried
    const chunks = nearest(days, day)
    const ask = async () => {
      for (const [from, to] of chunks) {
        const answer = await call('places', { params: { chart, visit }, query: { from, to } }, { timeoutMs: 60_000 })
        if (!here) return
        if (answer.impossible.length > 0) { onLost(`${answer.impossible.map(({ says }) => says).join(' ')} Nothing was moved.`); return }
        setKnown((before) => ({ visit, days: new Map([...(before?.visit === visit ? before.days : NONE), ...answer.days.map((one): [Day, PlacesOnDay] => [one.day, one])]) }))
      }
    }
    setKnown({ visit, days: NONE })
    ask().catch((failure: unknown) => { if (here) onLost(refusalOf(failure).what) })
    return () => { here = false }
  // Asked anew for another visit or other days; whatever else changes meanwhile, the question stays the same.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return known && known.visit === carried?.visit ? known.days : NONE
}

/** Stretches of days that follow each other, those around a day first. */
export function nearest(days: readonly Day[], day: Day): [from: Day, to: Day][] {
  const at = Math.max(0, days.indexOf(day))
  const chunks: { readonly from: number; readonly to: number }[] = [{ from: at, to: at }]
  for (let from = at + 1; from < days.length; from += AT_ONCE) chunks.push({ from, to: Math.min(days.length - 1, from + AT_ONCE - 1) })
  for (let to = at - 1; to >= 0; to -= AT_ONCE) chunks.push({ from: Math.max(0, to - AT_ONCE + 1), to })
  const far = ({ from, to }: { from: number; to: number }) => Math.min(Math.abs(from - at), Math.abs(to - at))
  return chunks.toSorted((a, b) => far(a) - far(b)).flatMap(({ from, to }): [Day, Day][] => (days[from] && days[to] ? [[days[from], days[to]]] : []))
}
