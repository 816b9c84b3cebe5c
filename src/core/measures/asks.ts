import type { Chart } from '../chart/chart.ts'
import type { Instant } from '../shared/time.ts'
import { dosedSessions, dosingVisits } from './doses.ts'
import { instrumentOf, isComplete, type Instrument, type Instruments } from './instrument.ts'
import type { AfterVisitRow } from './when-here.ts'
import type { FollowUpWindow } from './windows.ts'

export interface DueRows {
  readonly instruments: Instruments
  /** Days before the first dose within which a score is a baseline. */
  readonly baselineDays: number
  readonly followUpWindows: readonly FollowUpWindow[]
  readonly dayAfter: DayAfterRow
  readonly between: BetweenRow
  /** Only where a practice asks something after its talking visits. */
  readonly afterVisit?: AfterVisitRow
  readonly zone: string
}

/** One time at which a questionnaire is asked. Windows are recomputed from the visits as they stand, so a moved visit moves them. */
export interface Ask {
  readonly instrument: string
  readonly moment: 'intake' | 'baseline' | 'before-dose' | 'day-after' | 'after-visit' | 'between' | 'follow-up'
  /** The visit, session or follow-up day that it belongs to. */
  readonly anchor: string
  /** Null when it may be answered at any time before it closes. */
  readonly opensAt: Instant | null
  /** Null while nothing is booked that would end it. */
  readonly closesAt: Instant | null
  readonly state: 'later' | 'open' | 'answered' | 'missed' | 'too-soon'
  /** What would have been asked, had the last answer not been so recent. */
  readonly insteadOf?: string
}

/** Local days after a dose on which its day-after questions are open; both included. */
export interface DayAfterRow {
  readonly fromDay: number
  readonly toDay: number
}

/** Local days from one ask to the next wherever no dose and no follow-up asks. */
export interface BetweenRow {
  readonly everyDays: number
}

export interface DosingWindow {
  readonly anchor: string
  readonly type: 'medicine' | 'maintenance'
  readonly startsAt: Instant
  /** The first dose, once it was given; until then the booked end. */
  readonly endsAt: Instant
}

/** Booked dosing visits, and sessions that were held without one. */
export function dosingWindows(chart: Chart): readonly DosingWindow[] {
  const known = windows.get(chart) ?? readWindows(chart)
  windows.set(chart, known)
  return known
}
const windows = new WeakMap<Chart, readonly DosingWindow[]>()

function readWindows(chart: Chart): DosingWindow[] {
  const dosed = dosedSessions(chart)
  const booked = dosingVisits(chart).map((visit): DosingWindow => {
    const given = dosed.find((session) => session.visit === visit.visit)
    return { anchor: visit.visit, type: visit.type === 'maintenance' ? 'maintenance' : 'medicine', startsAt: given && given.firstDoseAt < visit.startsAt ? given.firstDoseAt : visit.startsAt, endsAt: given?.firstDoseAt ?? visit.endsAt }
  })
  const anchors = new Set(booked.map((window) => window.anchor))
  const unbooked = dosed.filter((session) => session.visit === undefined || !anchors.has(session.visit))
    .map((session): DosingWindow => ({ anchor: session.session, type: session.part === 'maintenance' ? 'maintenance' : 'medicine', startsAt: session.firstDoseAt, endsAt: session.firstDoseAt }))
  return [...booked, ...unbooked].toSorted((a, b) => compare(a.startsAt, b.startsAt))
}

/** An ask with its state, by what the chart holds. */
export function settle(ask: Omit<Ask, 'state'>, instrument: Instrument, chart: Chart, now: Instant, rows: DueRows): Ask {
  const inWindow = answeredAt(chart, instrument, rows).some((at) => (ask.opensAt === null || at >= ask.opensAt) && (ask.closesAt === null || at < ask.closesAt))
  const state = inWindow ? 'answered' : ask.opensAt !== null && now < ask.opensAt ? 'later' : ask.closesAt !== null && now >= ask.closesAt ? 'missed' : 'open'
  return { ...ask, state }
}

/** When the instrument, or a longer one that contains it, was answered in full. Oldest first. */
export function answeredAt(chart: Chart, instrument: Instrument, rows: Pick<DueRows, 'instruments'>): readonly Instant[] {
  const known = answered.get(chart)?.get(instrument)
  if (known) return known
  const found = readAnswers(chart, instrument, rows)
  answered.set(chart, (answered.get(chart) ?? new Map<Instrument, readonly Instant[]>()).set(instrument, found))
  return found
}

/** Every ask, every window and every gate looks here: one reading of a chart is gone through once for each form. */
const answered = new WeakMap<Chart, Map<Instrument, readonly Instant[]>>()

function readAnswers(chart: Chart, instrument: Instrument, rows: Pick<DueRows, 'instruments'>): Instant[] {
  const ids = [instrument.id, ...(instrument.containedIn ?? [])]
  return chart.all('measure-answered.v1').filter((entry) => {
    const answered = instrumentOf(rows.instruments, entry.body.instrument)
    return answered !== undefined && ids.includes(answered.id) && isComplete(answered, entry.body.answers)
  }).map((entry) => entry.at)
}

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
