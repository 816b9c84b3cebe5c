import type { Chart } from '../chart/chart.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Protocol } from '../course/protocol.ts'
import type { Cited } from '../shared/cited.ts'
import { dayEnd, localDay, plusDaysOf } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'
import { settle, type Ask, type DueRows } from './asks.ts'
import { standingVisits } from './doses.ts'
import type { Instrument } from './instrument.ts'

/** Forms that no course names and that are asked by themselves where a practice has what they need: its licence, its own copy, its signature. */
export interface WhenHereRow extends Cited {
  readonly asks: Readonly<Record<'baseline' | 'dayAfter' | 'between' | 'followUp' | 'afterVisit', readonly string[]>>
  readonly afterVisit: AfterVisitRow
}

/** Talking visits after which their own forms are open, up to so many local days after: what is asked about today is not asked tomorrow. */
export interface AfterVisitRow {
  readonly types: readonly VisitType[]
  readonly throughDay: number
}

/** A course with what this practice may ask beside it, each form at its own moments; a form the course names itself stays where the course asks it. */
export function withFormsHere(protocol: Protocol, { asks }: WhenHereRow, isHere: (instrument: string) => boolean): Protocol {
  const { measures } = protocol
  const named = new Set(Object.values(measures).flat())
  const also = (moment: keyof WhenHereRow['asks']) => asks[moment].filter((name) => !named.has(name) && isHere(name))
  return {
    ...protocol,
    measures: { ...measures, baseline: [...measures.baseline, ...also('baseline')], dayAfter: [...(measures.dayAfter ?? []), ...also('dayAfter')], between: [...(measures.between ?? []), ...also('between')], followUp: [...measures.followUp, ...also('followUp')], afterVisit: also('afterVisit') },
  }
}

/** From the end of each talking visit that was not missed to the end of its days. */
export function afterVisitAsks(instruments: readonly Instrument[], chart: Chart, now: Instant, rows: DueRows): Ask[] {
  const { afterVisit: row, zone } = rows
  if (!row || instruments.length === 0) return []
  const missed = new Set(chart.all('visit-closed.v1').filter(({ body }) => body.outcome === 'missed').map(({ body }) => body.visit))
  const visits = standingVisits(chart).filter(({ visit, type }) => row.types.includes(type) && !missed.has(visit))
  return visits.flatMap(({ visit, endsAt }) => instruments.map((instrument) => settle({ instrument: instrument.id, moment: 'after-visit', anchor: visit, opensAt: endsAt, closesAt: dayEnd(plusDaysOf(localDay(endsAt, zone), row.throughDay), zone) }, instrument, chart, now, rows)))
}
