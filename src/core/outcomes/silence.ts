import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import { isOfCourse } from '../course/dosing-visit.ts'
import { answeredAt, type Ask } from '../measures/asks.ts'
import { dosedSessions, standingVisits } from '../measures/doses.ts'
import { instrumentOf, type Instruments } from '../measures/instrument.ts'
import { formHere } from '../measures/own-copy.ts'
import { askedBy, askKey } from '../reminders/asking.ts'
import { localDay } from '../shared/local-day.ts'
import { plusDays, type Instant } from '../shared/time.ts'
import type { CareRow } from './rows.ts'

/** Nobody knows how somebody is: a state of its own, with an owner and a moment by which a person has spoken with them. */
export interface Silence {
  readonly instruments: readonly string[]
  /** The asks that were not answered, as they are named wherever somebody is asked. */
  readonly asks: readonly string[]
  /** When the first of them should have been answered. */
  readonly since: Instant
  /** The last complete answer to any of them; null where there never was one. */
  readonly lastAnswerAt: Instant | null
  readonly dueBy: Instant
  readonly contacts: readonly string[]
}

export interface SilenceRows {
  readonly care: CareRow
  readonly instruments: Instruments
  readonly zone: string
}

type Contact = EntryOf<'silence-contact.v1'>

/**
 * The forms somebody was asked for and has not answered in their time, closed windows included: an answer to the same
 * form, or a person's word that the patient does not want to be asked or has left, ends it, and nothing else does. Forms
 * that a clinician asks, and those without words here, are nobody's silence; nor is anything before a first visit or dose.
 */
export function silenceOf(chart: Chart, asks: readonly Ask[], rows: SilenceRows, now: Instant): Silence | undefined {
  const began = careBegan(chart)
  if (began === undefined) return undefined
  const open = asks.filter((ask) => rows.care.moments.includes(ask.moment)).flatMap((ask) => unanswered(chart, ask, began, rows, now) ?? [])
  const since = open.map(({ late }) => late).toSorted()[0]
  if (since === undefined) return undefined
  const names = [...new Set(open.map(({ ask }) => ask.instrument))]
  const contacts = chart.all('silence-contact.v1').filter(({ at }) => at >= since)
  const answers = names.flatMap((name) => answersOf(chart, name, rows.instruments)).toSorted()
  return { instruments: names, asks: open.map(({ ask }) => askKey(ask, rows.zone)), since, lastAnswerAt: answers.at(-1) ?? null, dueBy: dueOf(since, contacts.at(-1), rows.care), contacts: contacts.map(({ id }) => id) }
}

/** The first moment at which somebody is in care here: a visit of a course was booked, or a dose given. */
function careBegan(chart: Chart): Instant | undefined {
  if (!standingVisits(chart).some(isOfCourse) && dosedSessions(chart).length === 0) return undefined
  return [...chart.all('visits-booked.v1').filter(({ body }) => body.visits.some(isOfCourse)).map(({ at }) => at), ...dosedSessions(chart).map(({ firstDoseAt }) => firstDoseAt)].toSorted()[0]
}

const answersOf = (chart: Chart, name: string, instruments: Instruments): readonly Instant[] => {
  const instrument = instrumentOf(instruments, name)
  return instrument ? answeredAt(chart, instrument, { instruments }) : []
}

function unanswered(chart: Chart, ask: Ask, began: Instant, { care, instruments, zone }: SilenceRows, now: Instant): { readonly ask: Ask; readonly late: Instant } | undefined {
  const instrument = instrumentOf(instruments, ask.instrument)
  if ((ask.state !== 'open' && ask.state !== 'missed') || !instrument?.answeredBy.includes('patient') || !formHere(instrument, [])) return undefined
  const opened = ask.opensAt !== null && ask.opensAt > began ? ask.opensAt : began
  const late = askedBy({ rows: care, zone, since: localDay(opened, zone), closesAt: ask.closesAt })
  if (late > now || answersOf(chart, ask.instrument, instruments).some((at) => at >= opened) || isSettled(chart, opened, instruments)) return undefined
  return { ask, late }
}

/** Somebody has said what became of it: that this was not wanted, or that the person has left and has answered nothing since. */
function isSettled(chart: Chart, opened: Instant, instruments: Instruments): boolean {
  return chart.all('silence-contact.v1').some(({ at, body }) => {
    if (body.decided === 'declined') return at >= opened
    return body.decided === 'left-care' && !Object.keys(instruments).some((name) => answersOf(chart, name, instruments).some((answer) => answer > at))
  })
}

function dueOf(since: Instant, last: Contact | undefined, care: CareRow): Instant {
  if (last?.body.nextContactAt) return last.body.nextContactAt
  return last ? plusDays(last.at, care.againWithinDays) : plusDays(since, care.contactWithinDays)
}

