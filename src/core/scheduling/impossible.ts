import { explainerOf } from './explain.ts'
import { nameOf, type Layer } from './layers.ts'
import type { Problem } from './problem.ts'
import type { Impossible, PersonCalendar, PlanRequest, Reason, RoomCalendar } from './request.ts'
import { sayClock } from '../shared/local-day.ts'
import { dayNumber, dayOfNumber, showDay, wallOf } from './zone.ts'

/**
 * Why no plan fits: where it stopped, the fewest reasons that between them explain every day that was tried,
 * and the smallest changes after which there is a plan. Each change was tried; nothing is guessed.
 */
export function whyImpossible(problem: Problem, found: { readonly stuck: Layer; readonly triedDays: readonly number[] }, isPossible: (request: PlanRequest) => boolean): Impossible {
  return { impossible: stuckReasons(problem, found), wouldHelp: wouldHelp(problem.request, isPossible) }
}

/** Where the search stopped and why, without looking for what would help. */
export const stuckReasons = (problem: Problem, found: { readonly stuck: Layer; readonly triedDays: readonly number[] }): readonly Reason[] => [stuckReason(problem, found), ...fewestReasons(problem, found)]

function stuckReason(problem: Problem, { stuck, triedDays }: { readonly stuck: Layer; readonly triedDays: readonly number[] }): Reason {
  const name = nameOf(stuck)
  const [first, last] = [triedDays[0], triedDays.at(-1)]
  if (stuck.fixed) return { code: 'no-place', says: `${name} stands on ${showDay(stuck.fixed.dayNo)}, and what has to come before it does not fit before that.`, facts: { visit: stuck.visit, day: dayOfNumber(stuck.fixed.dayNo) } }
  if (first === undefined || last === undefined) {
    const bound = problem.bounds[stuck.index]
    const between = bound && bound.lo > bound.hi ? `: it would have to be on ${showDay(bound.lo)} or later and on ${showDay(bound.hi)} or earlier` : ''
    return { code: 'no-day', says: `No day is left for ${name.toLowerCase()}${between}.`, facts: { visit: stuck.visit } }
  }
  return { code: 'no-place', says: first === last ? `${name} finds no place on ${showDay(first)}, the only day it could be.` : `${name} finds no place between ${showDay(first)} and ${showDay(last)}.`, facts: { visit: stuck.visit, from: dayOfNumber(first), to: dayOfNumber(last) } }
}

/** Days looked at one by one when a refusal is explained; a longer stretch repeats itself. */
const EXPLAINED_DAYS = 42

function fewestReasons(problem: Problem, { stuck, triedDays }: { readonly stuck: Layer; readonly triedDays: readonly number[] }): readonly Reason[] {
  if (stuck.fixed) return []
  const explain = explainerOf(problem)
  const days = triedDays.slice(0, EXPLAINED_DAYS).map((dayNo) => explain(stuck, dayNo).reasons)
  const chosen: Reason[] = []
  let open = days
  while (open.length > 0) {
    const counts = new Map<string, { reason: Reason; count: number }>()
    for (const reasons of open) for (const reason of new Map(reasons.map((one) => [one.code, one])).values()) counts.set(reason.code, { reason: counts.get(reason.code)?.reason ?? reason, count: (counts.get(reason.code)?.count ?? 0) + 1 })
    const [best] = [...counts.values()].toSorted((a, b) => b.count - a.count)
    if (!best) break
    const { reason, count } = best
    chosen.push(days.length === 1 ? reason : { ...reason, says: `${reason.says.slice(0, -1)} (so on ${count} of ${days.length} days looked at).`, facts: { ...reason.facts, days: count } })
    open = open.filter((reasons) => reasons.length > 0 && !reasons.some((one) => one.code === reason.code))
  }
  return chosen
}

interface Change {
  readonly id: string
  readonly says: string
  readonly to: (request: PlanRequest) => PlanRequest
}

const wholeWeek = ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, from: '00:00', to: '24:00' }))
const helper = (roles: PersonCalendar['roles']): PersonCalendar => ({ id: 'one more person', name: 'one more person', roles, hours: wholeWeek, busy: [] })
const spare = (features: readonly string[]): RoomCalendar => ({ id: 'one more room', name: 'one more room', features, busy: [] })

/** What could give, in the order in which a practice would ask: first the patient, then the course, then more people. */
function changesFor(request: PlanRequest): readonly Change[] {
  const { wishes, protocol } = request
  const roles = [...new Set(protocol.phases.flatMap((phase) => phase.staff.map(({ role }) => role)))].filter((role) => role !== 'therapist')
  const features = [...new Set(protocol.phases.flatMap((phase) => phase.roomFeatures ?? []))]
  const options: readonly (Change & { readonly when: boolean })[] = [
    { id: 'wishes', when: wishes.when.some((wish) => wish.strength === 'must'), says: 'if the patient can also come at other times', to: (r) => ({ ...r, wishes: { ...r.wishes, when: r.wishes.when.map((wish) => ({ ...wish, strength: 'rather' })) } }) },
    { id: 'blackout', when: wishes.blackout.length > 0, says: 'if the patient can come on some of the days that are marked as impossible', to: (r) => ({ ...r, wishes: { ...r.wishes, blackout: [] } }) },
    { id: 'closed', when: (request.closed ?? []).length > 0, says: 'if the practice opens on some of the days on which it is closed', to: (r) => ({ ...r, closed: [] }) },
    ...therapyChanges(request),
    { id: 'latest', when: true, says: 'if the course may end up to eight weeks later', to: (r) => ({ ...r, latest: dayOfNumber(dayNumber(r.latest) + 56) }) },
    { id: 'other-therapist', when: request.continuity === 'required' && request.people.some((person) => person.id !== request.therapist && person.roles.includes('therapist')), says: 'if another therapist may step in', to: (r) => ({ ...r, continuity: 'preferred' }) },
    { id: 'longer-gaps', when: request.longerGaps !== true, says: 'if gaps may be longer than the protocol asks for', to: (r) => ({ ...r, longerGaps: true }) },
    { id: 'therapist-hours', when: true, says: 'if the therapist opens other hours', to: (r) => ({ ...r, people: r.people.map((person) => (person.id === r.therapist ? { ...person, hours: wholeWeek, away: [], otherHours: [] } : person)) }) },
    ...roles.map((role) => ({ id: `more-${role}`, when: true, says: `with one more ${role}`, to: (r: PlanRequest) => ({ ...r, people: [...r.people, { ...helper([role]), id: `one more ${role}` }] }) })),
    { id: 'more-therapist', when: protocol.phases.some((phase) => phase.staff.some((row) => row.role === 'therapist' && row.count > 1)), says: 'with one more therapist', to: (r) => ({ ...r, people: [...r.people, { ...helper(['therapist']), id: 'one more therapist' }] }) },
    { id: 'room', when: true, says: features.length > 0 ? `with one more room that has a ${features.join(' and a ')}` : 'with one more room', to: (r) => ({ ...r, rooms: [...r.rooms, spare(features)] }) },
    { id: 'on-call', when: protocol.onCall !== undefined && request.onCall === 'plan', says: 'if the prescriber on call is arranged outside these calendars', to: (r) => ({ ...r, onCall: 'elsewhere' }) },
  ]
  return options.filter((change) => change.when)
}

/** Therapy beside the course is the first of what stands that may give way: one hour of it, or all that comes. */
function therapyChanges(request: PlanRequest): readonly (Change & { readonly when: boolean })[] {
  const wall = wallOf(request.zone)
  const coming = request.fixed.filter(({ type, state }) => type === 'therapy' && state === 'booked')
  const without = (gone: ReadonlySet<string>) => (r: PlanRequest): PlanRequest => ({ ...r, fixed: r.fixed.filter(({ visit }) => !gone.has(visit)), people: r.people.map((person) => ({ ...person, busy: person.busy.filter(({ visit }) => !(visit && gone.has(visit))) })), rooms: r.rooms.map((room) => ({ ...room, busy: room.busy.filter(({ visit }) => !(visit && gone.has(visit))) })) })
  const each = coming.slice(0, THERAPY_TRIED).map((one) => {
    const startMs = Date.parse(one.startsAt)
    return { id: `therapy ${one.visit}`, when: true, says: `if therapy on ${showDay(wall.dayNo(startMs))} at ${sayClock(wall.minute(startMs))} gives way`, to: without(new Set([one.visit])) }
  })
  return coming.length > 1 ? [...each, { id: 'therapy', when: true, says: 'if therapy gives way in the weeks of the course', to: without(new Set(coming.map(({ visit }) => visit))) }] : each
}
/** Each is a plan of its own to try. */
const THERAPY_TRIED = 4

function wouldHelp(request: PlanRequest, isPossible: (request: PlanRequest) => boolean): Impossible['wouldHelp'] {
  const changes = changesFor(request)
  const alone = changes.filter((change) => isPossible(change.to(request)))
  if (alone.length > 0) return alone.map((change) => ({ changes: [change.id], says: `There is a plan ${change.says}.` }))
  const wide = changes.filter(({ id }) => !id.startsWith('therapy '))
  const pairs = wide.flatMap((one, i) => wide.slice(i + 1).map((two) => [one, two] as const))
  const together = pairs.find(([one, two]) => isPossible(two.to(one.to(request))))
  return together ? [{ changes: together.map((change) => change.id), says: `There is a plan ${together.map((change) => change.says).join(' and ')}.` }] : []
}
