import type { Chart } from '../chart/chart.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { DayAnswers } from '../chart/kinds/day.ts'
import { localDay, plusDaysOf, sayTime } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'
import type { DayAlarm } from './alarms.ts'
import { answerBy, dueAt, LATEST_FIRST, ladderOf, type CheckName, type ReminderRows } from './ladder.ts'
import { answersTo, rideOf, rideSaid } from './said.ts'

/** Something that is open before a session, with whose it is. */
export interface OpenBefore {
  readonly about: 'answers' | 'ride' | 'alarm' | 'reach' | 'where'
  /** Whether its hour has passed, or it asks for somebody at once. */
  readonly urgent: boolean
  readonly says: string
  readonly owner: string
}

interface Asking {
  readonly rows: ReminderRows
  readonly zone: string
  readonly now: Instant
  /** What became of the reminders of this visit at this hour. */
  readonly outcomes: readonly { readonly step: string; readonly outcome: string }[]
  readonly alarms: (said: DayAnswers) => readonly DayAlarm[]
  readonly desk: string
  /** For those who treat; the desk reads that there is something, and not what. */
  readonly clinical: boolean
}

/** What is open before a session from the day before on. What was not answered is a line with an owner and an hour; an empty list says only that nothing is open. */
export function openBefore(chart: Chart, visit: BookedVisit, asking: Asking): OpenBefore[] {
  const { zone, now } = asking
  if (now >= visit.startsAt || localDay(now, zone) < plusDaysOf(localDay(visit.startsAt, zone), -1)) return []
  return [...alarmed(chart, visit, asking), ...unanswered(chart, visit, asking), ...ride(chart, visit, asking), ...unreached(asking)]
}

const ownerOf = ({ people }: BookedVisit, desk: string): string => people.find(({ role }) => role === 'therapist')?.name ?? desk

function alarmed(chart: Chart, visit: BookedVisit, { zone, alarms, clinical, desk }: Asking): OpenBefore[] {
  const newest = LATEST_FIRST.flatMap((check) => chart.latest('day-answers.v1', ({ body, at }) => body.visit === visit.visit && body.check === check && localDay(at, zone) >= plusDaysOf(localDay(visit.startsAt, zone), -1)) ?? [])
  // What was unclear the day before and was answered on the morning is asked no more.
  return newest.slice(0, 1).flatMap(({ at, body }) => {
    const found = alarms(body.said)
    const says = clinical ? `Said at ${sayTime(at, zone)}: ${found.map((one) => one.says).join(' ')}` : 'Something they said before the session needs a clinician, who was told.'
    return found.length === 0 ? [] : [{ about: 'alarm' as const, urgent: true, says, owner: ownerOf(visit, desk) }]
  })
}

const CHECKS: Record<CheckName, string> = { 'day-before': 'The questions of the day before', morning: 'The questions of the morning' }

/** The check whose turn it is, from when it is asked on. */
function unanswered(chart: Chart, visit: BookedVisit, { rows, zone, now, desk }: Asking): OpenBefore[] {
  const step = ladderOf(rows, visit).filter(({ asks }) => asks !== undefined).findLast((one) => dueAt(one, visit.startsAt, zone) <= now)
  if (!step?.asks || step.asks === 'where' || answersTo(chart, visit, step.asks, zone)) return []
  const by = answerBy(step.asks, rows, visit.startsAt, zone)
  const late = by <= now
  return [{ about: 'answers', urgent: late, says: `${CHECKS[step.asks]}: not answered yet. ${late ? `An answer was due by ${sayTime(by, zone)}: call.` : `Call where there is no answer by ${sayTime(by, zone)}.`}`, owner: late ? ownerOf(visit, desk) : desk }]
}

function ride(chart: Chart, visit: BookedVisit, { desk, zone }: Asking): OpenBefore[] {
  const named = rideOf(chart, visit.visit)
  if (!named) return [{ about: 'ride', urgent: true, says: 'Nobody is named to take them home.', owner: desk }]
  const said = rideSaid(named, chart.all('ride-answered.v1'), visit)
  if (said?.body.comes) return []
  return [{ about: 'ride', urgent: said !== undefined, says: said ? `${named.body.name} said at ${sayTime(said.at, zone)} that they cannot take them home.` : `${named.body.name} has not said yet whether they come: ${named.body.phone}.`, owner: desk }]
}

function unreached({ outcomes, desk }: Asking): OpenBefore[] {
  const last = outcomes.filter(({ step }) => !step.includes(' ')).at(-1)?.outcome
  const says = { unreachable: 'Not reachable by reminder: call.', failed: 'The last reminder could not be sent: call.', 'not-wanted': 'Wants no reminders: call where something has to be known.' }[last ?? '']
  return says ? [{ about: 'reach', urgent: last !== 'not-wanted', says, owner: desk }] : []
}
