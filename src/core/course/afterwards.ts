import type { Day, Instant } from '../shared/time.ts'
import { dayNumber, showDay } from '../scheduling/zone.ts'
import { dayEnd, dayStart, localDay, plusDaysOf } from '../shared/local-day.ts'
import { showMg } from '../shared/units.ts'
import type { EntryOf } from '../chart/entry.ts'
import { toPlace } from './accepted.ts'
import { phaseOf } from './protocol.ts'
import { ahead, done, EXPOSURE, NO_ANSWER, PLACE_REVIEW, standing, type CourseReading, type Step } from './step.ts'

/** One follow-up of the protocol. `missed` is a window that closed before the next one opened: it is not asked for any more. */
export interface FollowUp {
  readonly day: number
  readonly due?: Day
  readonly window?: { readonly from: Day; readonly to: Day }
  readonly state: 'not-yet' | 'due' | 'overdue' | 'missed' | 'done'
  readonly entry?: string
}

/** Follow-ups counted in local days from the last dose of the course, once the course is through or has ended. */
export function followUps(reading: CourseReading): FollowUp[] {
  const { protocol, sessions, facts, cycle } = reading
  const through = sessions.length >= (phaseOf(protocol, 'medicine')?.count ?? 0)
  const last = through || cycle.ended ? sessions.at(-1) : undefined
  if (!last) return protocol.followUpDays.map((day) => ({ day, state: 'not-yet' }))
  const lastDay = localDay(last.lastDoseAt, facts.zone)
  const spans = protocol.followUpDays.map((day, i) => {
    const plusMinus = protocol.followUpWindowDays[i] ?? 0
    return { day, number: i + 1, due: plusDaysOf(lastDay, day), from: plusDaysOf(lastDay, day - plusMinus), to: plusDaysOf(lastDay, day + plusMinus) }
  })
  const today = localDay(facts.now, facts.zone)
  return spans.map(({ day, number, due, from, to }, i): FollowUp => {
    const entry = heldIn(reading, number, from, to)
    const next = spans[i + 1]
    const state = entry ? 'done' : today < from ? 'not-yet' : today <= to ? 'due' : next && today >= next.from ? 'missed' : 'overdue'
    return { day, due, window: { from, to }, state, ...(entry ? { entry } : {}) }
  })
}

/** Held under its own booking, or without one on a day of its window. */
function heldIn({ completed, visit, facts }: CourseReading, number: number, from: Day, to: Day): string | undefined {
  const booked = visit('follow-up', number)?.visit
  return completed('follow-up').findLast(({ body }) => {
    if (body.visit !== undefined && body.visit === booked) return true
    const day = localDay(body.startedAt, facts.zone)
    return body.visit === undefined && from <= day && day <= to
  })?.id
}

/** Follow-ups, then whatever is proposed for a clinician to decide. */
export function afterwardSteps(reading: CourseReading): Step[] {
  const { facts, visit } = reading
  const steps = followUps(reading).flatMap((one, at): Step[] => {
    const booked = visit('follow-up', at + 1)
    const common = { id: `follow-up-${one.day}`, title: `Follow-up, ${one.day} days after`, who: ['therapist'], ...(booked ? { visit: booked } : {}) } as const
    const [opens, closes]: readonly (Instant | undefined)[] = one.window ? [dayStart(one.window.from, facts.zone), dayEnd(one.window.to, facts.zone)] : []
    if (one.state === 'missed') return [{ ...common, state: 'missed', facts: [], blockedBy: [], ...(closes === undefined ? {} : { dueBy: closes }) }]
    if (one.state === 'done') return [{ ...common, ...done([one.entry]) }]
    if (one.state === 'not-yet' || opens === undefined || closes === undefined) return [{ ...common, ...ahead(), ...(closes === undefined ? {} : { dueBy: closes }) }]
    return [{ ...common, since: opens, ...standing([], facts.now, closes, opens) }]
  })
  return [...noAnswerStep(reading), ...steps, ...maintenanceStep(reading), ...placeStep(reading), ...exposureStep(reading)]
}

/** Before the follow-ups: where two things are overdue, the person is looked for first. */
function noAnswerStep({ facts: { silence, now, zone } }: CourseReading): Step[] {
  if (!silence) return []
  const { titles, since, dueBy, contacts } = silence
  const tried = contacts.length === 0 ? '' : `; looked for ${contacts.length === 1 ? 'once' : `${contacts.length} times`}`
  return [{ id: NO_ANSWER, title: `No answer to ${listed(titles)} since ${showDay(dayNumber(localDay(since, zone)))}${tried}: call`, who: ['therapist', 'prescriber'], since, ...standing([], now, dueBy, since), facts: contacts }]
}

const listed = (titles: readonly string[]) => (titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`)

function maintenanceStep({ facts: { maintenance, now } }: CourseReading): Step[] {
  if (!maintenance) return []
  const { says, since, dueBy } = maintenance
  return [{ id: 'maintenance', title: says, who: ['prescriber', 'therapist'], ...(since === undefined ? {} : { since }), ...standing([], now, dueBy ?? now), facts: maintenance.facts }]
}

/** Accepted and signed: until a visit of its kind is booked or held, the calendar is asked for one. */
function placeStep({ chart, facts: { now, zone } }: CourseReading): Step[] {
  const accepted = toPlace(chart)
  if (!accepted) return []
  const { entry, place } = accepted
  return [{ id: PLACE_REVIEW, title: `Find a time for ${WHAT_TO_PLACE[entry.body.propose]}`, who: ['coordinator', 'therapist'], since: entry.at, ...standing([], now, dayEnd(place.to, zone), entry.at), facts: [entry.id] }]
}

const WHAT_TO_PLACE: Record<EntryOf<'proposal-decided.v1'>['body']['propose'], string> = { 'booster-review': 'a further session, talked over with the prescriber first', maintenance: 'a further session', 'integration-offered': 'an integration visit' }

function exposureStep({ facts: { exposure, now } }: CourseReading): Step[] {
  if (!exposure) return []
  const { sessions, totalUg, topics, whose, since, dueBy, facts } = exposure
  const title = whose === 'bladder' ? `${countedSessions(sessions)} since anybody asked about the bladder: ask` : `${countedSessions(sessions)} since the last look, ${totalUg === undefined ? 'the dose of all of them not known' : `${showMg(totalUg)} in all`}: look at ${listed(topics)}`
  return [{ id: EXPOSURE, title, who: [whose === 'bladder' ? 'therapist' : 'prescriber'], since, ...standing([], now, dueBy, since), facts }]
}

const countedSessions = (count: number) => (count === 1 ? 'One session' : `${count} sessions`)
