import type { Chart } from '../chart/chart.ts'
import type { Protocol } from '../course/protocol.ts'
import { plusDays, type Instant } from '../shared/time.ts'
import { daysFrom, dayEnd, dayStart, localDay, plusDaysOf } from '../shared/local-day.ts'
import { answeredAt, compare, dosingWindows, settle, type Ask, type DosingWindow, type DueRows } from './asks.ts'
import { betweenAsks, dayAfterAsks } from './between.ts'
import { dosedSessions } from './doses.ts'
import { instrumentOf, type Instrument } from './instrument.ts'
import { afterVisitAsks } from './when-here.ts'
import { followUpSpans } from './windows.ts'

export interface DueMeasure {
  readonly instrument: string
  readonly title: string
  readonly for: 'patient' | 'clinician'
  readonly moments: readonly Ask['moment'][]
  readonly anchors: readonly string[]
  readonly opensAt: Instant | null
  readonly closesAt: Instant | null
  readonly insteadOf?: string
}

/**
 * The questionnaires that are due now, each once even where two moments ask for it, soonest to close first.
 * What is answered is not asked again, and what a recall window forbids is asked in its short form or not at all.
 */
export const dueMeasures = (protocol: Protocol, chart: Chart, now: Instant, rows: DueRows): DueMeasure[] => dueAmong(measurePlan(protocol, chart, now, rows), rows)

/** The same of a plan that was made already. */
export function dueAmong(plan: readonly Ask[], rows: Pick<DueRows, 'instruments'>): DueMeasure[] {
  const open = plan.filter((ask) => ask.state === 'open')
  const ids = [...new Set(open.map((ask) => ask.instrument))]
  return ids
    .flatMap((id) => merge(open.filter((ask) => ask.instrument === id), instrumentOf(rows.instruments, id)) ?? [])
    .toSorted((a, b) => compare(a.closesAt ?? '9', b.closesAt ?? '9') || compare(a.instrument, b.instrument))
}

/** Every ask of the course, past, present and to come, with its state. Reminders stop when the state says `answered`. */
export function measurePlan(protocol: Protocol, chart: Chart, now: Instant, rows: DueRows): Ask[] {
  const known = (ids: readonly string[]) => ids.flatMap((id) => instrumentOf(rows.instruments, id) ?? [])
  const { baseline, beforeDose, dayAfter = [], afterVisit = [], between = [], followUp } = protocol.measures
  const fixed = [...beforeDoseAsks(known(beforeDose), chart, now, rows), ...followUpAsks(protocol, known(followUp), chart, now, rows)]
  return [
    ...baselineAsks(known(baseline), chart, now, rows),
    ...fixed,
    ...dayAfterAsks(known(dayAfter), chart, now, rows),
    ...afterVisitAsks(known(afterVisit), chart, now, rows),
    ...betweenAsks(known(between), fixed, Math.max(0, ...protocol.followUpDays), chart, now, rows),
  ]
}

/** Once at intake whatever is booked, and once more within the days that make it a baseline. */
function baselineAsks(instruments: readonly Instrument[], chart: Chart, now: Instant, rows: DueRows): Ask[] {
  const first = firstDosing(chart)
  return instruments.flatMap((instrument) => {
    const opensAt = first ? plusDays(first.startsAt, -rows.baselineDays) : undefined
    const everAsked = answeredAt(chart, instrument, rows).length > 0
    const intake: Ask = { instrument: instrument.id, moment: 'intake', anchor: 'course', opensAt: null, closesAt: first?.endsAt ?? null, state: everAsked ? 'answered' : first && now >= first.endsAt ? 'missed' : 'open' }
    if (!first || opensAt === undefined) return [intake]
    return [intake, rested({ instrument: instrument.id, moment: 'baseline', anchor: first.anchor, opensAt, closesAt: first.endsAt }, instrument, chart, now, rows)]
  })
}

/** On the day of each dose and before it. Too soon after the last one, the short form is asked or nothing. */
function beforeDoseAsks(instruments: readonly Instrument[], chart: Chart, now: Instant, rows: DueRows): Ask[] {
  return dosingWindows(chart).flatMap((window) => {
    const day = localDay(window.startsAt, rows.zone)
    const bounds = { moment: 'before-dose', anchor: window.anchor, opensAt: dayStart(day, rows.zone), closesAt: window.endsAt } as const
    return instruments.flatMap((wanted) => {
      const last = answeredAt(chart, wanted, rows).findLast((at) => at < bounds.opensAt)
      const tooSoon = last !== undefined && daysFrom(localDay(last, rows.zone), day) < wanted.minDaysBetween
      if (!tooSoon) return [settle({ ...bounds, instrument: wanted.id }, wanted, chart, now, rows)]
      const short = wanted.insteadWhenTooSoon === undefined ? undefined : instrumentOf(rows.instruments, wanted.insteadWhenTooSoon)
      if (!short) return [{ ...bounds, instrument: wanted.id, state: 'too-soon' as const }]
      return [settle({ ...bounds, instrument: short.id, insteadOf: wanted.id }, short, chart, now, rows)]
    })
  })
}

/** Counted in local days from the last dose of the course, once no further dose of it is booked. */
function followUpAsks(protocol: Protocol, instruments: readonly Instrument[], chart: Chart, now: Instant, rows: DueRows): Ask[] {
  const last = dosedSessions(chart).findLast((session) => session.part === 'course')
  if (!last || dosingWindows(chart).some((window) => window.type === 'medicine' && window.startsAt > last.lastDoseAt && window.endsAt > now)) return []
  const dayZero = localDay(last.lastDoseAt, rows.zone)
  return followUpSpans(protocol.followUpDays, rows.followUpWindows).flatMap((span) =>
    instruments.map((instrument) => {
      const start = dayStart(plusDaysOf(dayZero, span.fromDay), rows.zone)
      const closesAt = dayEnd(plusDaysOf(dayZero, span.toDay), rows.zone)
      return rested({ instrument: instrument.id, moment: 'follow-up', anchor: `day-${span.day}`, opensAt: start, closesAt }, instrument, chart, now, rows)
    }))
}

/** Opens once the last answer from before has rested; where that is after its end, it is not asked at all. */
function rested(ask: Omit<Ask, 'state'> & { readonly opensAt: Instant; readonly closesAt: Instant }, instrument: Instrument, chart: Chart, now: Instant, rows: DueRows): Ask {
  const before = answeredAt(chart, instrument, rows).findLast((at) => at < ask.opensAt)
  const restedAt = before === undefined ? ask.opensAt : dayStart(plusDaysOf(localDay(before, rows.zone), instrument.minDaysBetween), rows.zone)
  const opensAt = restedAt > ask.opensAt ? restedAt : ask.opensAt
  return opensAt >= ask.closesAt ? { ...ask, opensAt, state: 'too-soon' } : settle({ ...ask, opensAt }, instrument, chart, now, rows)
}

const firstDosing = (chart: Chart): DosingWindow | undefined => {
  const windows = dosingWindows(chart)
  const dosed = dosedSessions(chart)[0]
  return dosed ? windows.find((window) => window.endsAt === dosed.firstDoseAt) : windows[0]
}

function merge(asks: readonly Ask[], instrument: Instrument | undefined): DueMeasure | undefined {
  const soonest = asks.toSorted((a, b) => compare(a.closesAt ?? '9', b.closesAt ?? '9'))[0]
  if (!soonest || !instrument) return undefined
  return {
    instrument: instrument.id, title: instrument.title, for: instrument.answeredBy.includes('patient') ? 'patient' : 'clinician',
    moments: [...new Set(asks.map((ask) => ask.moment))], anchors: [...new Set(asks.map((ask) => ask.anchor))],
    opensAt: soonest.opensAt, closesAt: soonest.closesAt, ...(soonest.insteadOf === undefined ? {} : { insteadOf: soonest.insteadOf }),
  }
}
