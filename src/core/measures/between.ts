import type { Chart } from '../chart/chart.ts'
import { dayEnd, daysFrom, dayStart, localDay, plusDaysOf } from '../shared/local-day.ts'
import type { Day, Instant } from '../shared/time.ts'
import { answeredAt, dosingWindows, settle, type Ask, type DueRows } from './asks.ts'
import { dosedSessions } from './doses.ts'
import type { Instrument } from './instrument.ts'

/** In the days right after each dose. What was answered too shortly before is not asked again. */
export function dayAfterAsks(instruments: readonly Instrument[], chart: Chart, now: Instant, rows: DueRows): Ask[] {
  const { zone, dayAfter } = rows
  return dosedSessions(chart).flatMap((dosed) => {
    const day = localDay(dosed.firstDoseAt, zone)
    const first = plusDaysOf(day, dayAfter.fromDay)
    const window = { moment: 'day-after', anchor: dosed.session, opensAt: dayStart(first, zone), closesAt: dayEnd(plusDaysOf(day, dayAfter.toDay), zone) } as const
    return instruments.map((instrument): Ask => {
      const ask = { ...window, instrument: instrument.id }
      const last = answeredAt(chart, instrument, rows).findLast((at) => at < ask.opensAt)
      const tooSoon = last !== undefined && daysFrom(localDay(last, zone), first) < instrument.minDaysBetween
      return tooSoon ? { ...ask, state: 'too-soon' } : settle(ask, instrument, chart, now, rows)
    })
  })
}

interface Stretch { readonly session: string; readonly first: Day; readonly last: Day }

/**
 * Every so many days wherever no dose and no follow-up asks: in a long pause between two doses, and after the last one
 * until the last follow-up. It keeps clear of those others by the days the form must rest, so that it never takes the
 * place of a score that a dose or a follow-up waits for; an answer given shortly before counts for it.
 */
export function betweenAsks(instruments: readonly Instrument[], others: readonly Ask[], untilDay: number, chart: Chart, now: Instant, rows: DueRows): Ask[] {
  return stretches(chart, untilDay, now, rows).flatMap(({ session, first, last }) =>
    instruments.flatMap((instrument) => {
      const upTo = lastFree(instrument, others, first, last, rows.zone)
      return upTo === undefined ? [] : [askIn({ instrument: instrument.id, moment: 'between', anchor: session, opensAt: dayStart(first, rows.zone), closesAt: dayEnd(upTo, rows.zone) }, first, instrument, chart, now, rows)]
    }))
}

function askIn(ask: Omit<Ask, 'state'> & { readonly closesAt: Instant }, first: Day, instrument: Instrument, chart: Chart, now: Instant, rows: DueRows): Ask {
  const restedFrom = dayStart(plusDaysOf(first, 1 - Math.max(1, instrument.minDaysBetween)), rows.zone)
  const covered = answeredAt(chart, instrument, rows).some((at) => at >= restedFrom && at < ask.closesAt)
  return covered ? { ...ask, state: 'answered' } : settle(ask, instrument, chart, now, rows)
}

/** The time after each dose, cut into equal parts up to the next dose, or up to the last day that anybody is followed. A visit that passed without a dose ends nothing. */
function stretches(chart: Chart, untilDay: number, now: Instant, { zone, between: { everyDays } }: DueRows): Stretch[] {
  const sessions = dosedSessions(chart)
  const held = new Set(sessions.flatMap(({ session, visit }) => visit ?? session))
  const windows = dosingWindows(chart).filter(({ anchor, endsAt }) => endsAt > now || held.has(anchor))
  return sessions.flatMap(({ session, firstDoseAt, lastDoseAt }) => {
    const day = localDay(firstDoseAt, zone)
    const next = windows.find(({ startsAt }) => startsAt > lastDoseAt)
    const end = next ? plusDaysOf(localDay(next.startsAt, zone), -1) : plusDaysOf(day, untilDay)
    const parts = Math.floor(daysFrom(day, end) / everyDays)
    return Array.from({ length: Math.max(0, parts) }, (_, at): Stretch => {
      const first = plusDaysOf(day, (at + 1) * everyDays)
      const last = plusDaysOf(first, everyDays - 1)
      return { session, first, last: last < end ? last : end }
    })
  })
}

/** The last day on which it may be answered without getting in the way of what asks the same form then; nothing where one asks already. What nobody answered is in nobody's way. */
function lastFree({ id, minDaysBetween }: Instrument, others: readonly Ask[], first: Day, last: Day, zone: string): Day | undefined {
  const same = others.flatMap(({ instrument, insteadOf, opensAt, closesAt, state }) => ((insteadOf ?? instrument) === id && state !== 'missed' && opensAt !== null && closesAt !== null ? [{ from: localDay(opensAt, zone), to: localDay(closesAt, zone) }] : []))
  if (same.some(({ from, to }) => from <= first && to >= first)) return undefined
  const free = same.filter(({ from }) => from > first).map(({ from }) => plusDaysOf(from, -Math.max(1, minDaysBetween))).reduce((least, day) => (day < least ? day : least), last)
  return free < first ? undefined : free
}
