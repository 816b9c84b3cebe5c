import type { BookedVisit, SoonerWished } from '../chart/kinds/aftercare.ts'
import { isDosing } from '../course/dosing-visit.ts'
import { phaseOf } from '../course/protocol.ts'
import { sayClock } from '../shared/local-day.ts'
import { instant, minutesBetween, MINUTE_MS, type Day, type Instant } from '../shared/time.ts'
import type { FreedTime } from './freed.ts'
import { firstVisitsOn, type FirstVisitSearch, type InSteps, type Wanted } from './first-visit.ts'
import { nameOf } from './layers.ts'
import { placesOf } from './places.ts'
import { repair, type Changed } from './repair.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'
import { hasNotice, notAsWished } from './sooner.ts'
import { clockMinutes, dayNumber, dayOfNumber, showDay, wallOf } from './zone.ts'

export type Freed = Pick<FreedTime, 'startsAt' | 'endsAt' | 'people' | 'room'>

interface Waits {
  readonly id: string
  readonly name: string
  readonly since: Instant
}

/** Somebody with a booked visit who would come sooner. */
export interface WaitsSooner extends Waits {
  readonly kind: 'sooner'
  readonly visit: BookedVisit
  readonly wish: SoonerWished
  /** The course as a repair of this visit sees it, with every visit that can move in `booked`. */
  readonly request: PlanRequest
  readonly booked: readonly PlannedVisit[]
  /** The last day of a signed clearance, where it has one; without a clearance nobody comes sooner to a dose. */
  readonly cleared: { readonly until?: Day } | undefined
  /** What they said to this very time before. */
  readonly said?: 'no' | 'nothing' | undefined
  /** Why they cannot be asked now, whatever fits. */
  readonly held?: string | undefined
}

/** Somebody who wrote and waits for a first visit. */
export interface WaitsFirst extends Waits {
  readonly kind: 'first'
  readonly wanted: Wanted
  readonly search: FirstVisitSearch
}

export type Waiting = WaitsSooner | WaitsFirst

/** Somebody who fits: where they would come, everything that would change, and what speaks for and against it. */
export interface Fit {
  readonly who: Waiting
  readonly place: PlannedVisit
  /** Their visit first, then whatever else of their course would move with it. */
  readonly changes: readonly Changed[]
  readonly pro: readonly string[]
  readonly con: readonly string[]
}
export interface NoFit {
  readonly who: Waiting
  readonly why: readonly string[]
}

interface WhoFits {
  readonly fits: readonly Fit[]
  readonly not: readonly NoFit[]
}

/** How those who fit are put in order, to be said beside the list. */
export const orderSays = 'First whoever leaves the rest of their course as it is, then whoever leaves least of the time unused, then whoever has waited longest. How ill somebody is plays no part; that is yours to weigh.'

/**
 * Who of those who wait could have a time that came free. Where each would come is a place that every rule of their course
 * allows, with the people and the room that it asks for, and takes something of what came free. Each is judged alone, so
 * that nobody's place in the order hangs on who else waits.
 */
export function* fitting(freed: Freed, waiting: readonly Waiting[], now: Instant): InSteps<WhoFits> {
  const judged = []
  for (const who of waiting) {
    yield
    judged.push(who.kind === 'sooner' ? judgeSooner(freed, who, now) : judgeFirst(freed, who))
  }
  const fits = judged.flatMap((one) => ('place' in one ? [one] : []))
  return { fits: fits.toSorted((a, b) => compare(keysOf(freed, a), keysOf(freed, b))), not: judged.flatMap((one) => ('why' in one ? [one] : [])).toSorted((a, b) => compare([a.who.since, a.who.id], [b.who.since, b.who.id])) }
}

const keysOf = (freed: Freed, { who, place, changes }: Fit) => [Math.max(0, changes.length - 1), unusedMin(freed, place), who.since, who.id]
function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
}
const unusedMin = ({ startsAt, endsAt }: Freed, place: PlannedVisit) => minutesBetween(startsAt, endsAt) - minutesBetween(place.startsAt, place.endsAt)

function judgeSooner(freed: Freed, who: WaitsSooner, now: Instant): Fit | NoFit {
  const before = refusedBefore(freed, who, now)
  if (before.length > 0) return { who, why: before }
  const ways = who.wish.otherWay && phaseOf(who.request.protocol, who.visit.type)?.place === 'either' ? [who.visit.online, !who.visit.online] : [who.visit.online]
  const reasons: string[] = []
  for (const online of ways) {
    const found = placeFor(freed, who, online, now)
    if ('place' in found) return found
    reasons.push(...found.why)
  }
  return { who, why: [...new Set(reasons)] }
}

/** What can be seen without looking for a place. */
function refusedBefore(freed: Freed, { wish, visit, request, cleared, said, held }: WaitsSooner, now: Instant): string[] {
  const day = wallOf(request.zone).dayNo(Date.parse(freed.startsAt))
  const latest = instant(Date.parse(freed.endsAt) - minutesBetween(visit.startsAt, visit.endsAt) * MINUTE_MS)
  const dated = notAsWished(wish, { startsAt: freed.startsAt, endsAt: freed.startsAt, localStart: `${dayOf(request, freed.startsAt)}T12:00` })
  return [
    ...(held === undefined ? [] : [held]),
    ...(said === 'no' ? ['They said no to this time.'] : []),
    ...(freed.startsAt >= visit.startsAt ? ['It is no sooner than their visit.'] : []),
    ...(hasNotice(wish, latest, now) ? [] : [`They need ${wish.noticeHours} hours’ notice.`]),
    ...(dated.includes('day') ? [`They would come sooner from ${sayDay(wish.from)} to ${sayDay(wish.to)}.`] : []),
    ...(dated.includes('weekday') ? ['Not on a weekday that they named.'] : []),
    ...(isDosing(visit) && !cleared ? ['No clearance stands for them.'] : []),
    ...(isDosing(visit) && cleared?.until !== undefined && dayNumber(cleared.until) < day ? [`Their clearance ends on ${sayDay(cleared.until)}.`] : []),
  ]
}
const sayDay = (day: Day) => showDay(dayNumber(day))
const dayOf = ({ zone }: Pick<PlanRequest, 'zone'>, at: Instant): Day => dayOfNumber(wallOf(zone).dayNo(Date.parse(at)))

function placeFor(freed: Freed, who: WaitsSooner, online: boolean, now: Instant): Fit | NoFit {
  const { visit, wish, booked } = who
  const request = online === visit.online ? who.request : { ...who.request, wishes: { ...who.request.wishes, online: online ? [...who.request.wishes.online, visit.type] : who.request.wishes.online.filter((type) => type !== visit.type) } }
  const day = dayOf(request, freed.startsAt)
  const wall = wallOf(request.zone)
  const found = placesOf(request, booked, visit.visit, day, day, { fromMin: wall.minute(Date.parse(freed.startsAt)), toMin: wall.minute(Date.parse(freed.endsAt) - 1) + 1 })
  if (!found.ok) return { who, why: found.refusal.map(({ says }) => says) }
  let left = found.value.flatMap(({ free }) => free)
  if (left.length === 0) return { who, why: found.value.flatMap(({ refused }) => refused[0]?.says ?? []).slice(0, MOST_REASONS) }
  for (const [why, keeps] of asked(freed, wish, now)) {
    left = left.filter(({ to }) => keeps(to))
    if (left.length === 0) return { who, why: [why] }
  }
  const [best] = left.toSorted((a, b) => compare([a.alone ? 0 : 1, a.to.startsAt, sameRoom(freed, a.to)], [b.alone ? 0 : 1, b.to.startsAt, sameRoom(freed, b.to)]))
  const whole = repair(request, booked, { kind: 'move', visit: visit.visit, to: best!.to.localStart, ...(best!.to.room ? { room: best!.to.room.id } : {}) })
  if (!whole.ok) return { who, why: whole.refusal.impossible.map(({ says }) => says).slice(0, MOST_REASONS) }
  const changes = whole.value.changes.toSorted((a, b) => Number(b.visit === visit.visit) - Number(a.visit === visit.visit))
  const own = changes.find((one) => one.visit === visit.visit)
  if (!own || !takes(freed, own.to)) return { who, why: [NOTHING_OF_IT] }
  return { who, place: own.to, changes, ...reasonsFor(freed, who, own.to, changes) }
}
const MOST_REASONS = 4
const NOTHING_OF_IT = 'They would need nobody and no room of what came free, so it does not hang on this time.'
const sameRoom = ({ room }: Freed, to: PlannedVisit) => (room?.id === to.room?.id ? 0 : 1)

/** What a place keeps, one after the other; each with what is said where none does. */
const asked = (freed: Freed, wish: SoonerWished, now: Instant): readonly (readonly [string, (to: PlannedVisit) => boolean])[] => [
  ['Their visit takes longer than the time that came free.', ({ startsAt, endsAt }) => startsAt >= freed.startsAt && endsAt <= freed.endsAt],
  [`They need ${wish.noticeHours} hours’ notice.`, ({ startsAt }) => hasNotice(wish, startsAt, now)],
  ['Not at an hour that they named.', (to) => notAsWished(wish, to).length === 0],
  [NOTHING_OF_IT, (to) => takes(freed, to)],
]

/** Whether it takes anything of what came free; else it could have been offered all along. */
const takes = ({ people, room }: Freed, to: PlannedVisit): boolean => to.people.some(({ person }) => people.some((one) => one.person === person)) || (room !== undefined && room.id === to.room?.id)

function reasonsFor(freed: Freed, { visit, said }: WaitsSooner, to: PlannedVisit, changes: readonly Changed[]): Pick<Fit, 'pro' | 'con'> {
  const strangers = to.people.filter(({ person }) => !visit.people.some((one) => one.person === person))
  const moved = changes.slice(1)
  return {
    pro: [
      ...(to.people.length > 0 ? [`With ${to.people.map(({ name }) => name).join(' and ')}${strangers.length === 0 ? ', as booked' : ''}.`] : []),
      ...(moved.length === 0 ? ['The rest of their course stays as it is, and keeps its order and its spacing.'] : []),
      'At a time that they named, with enough notice.',
      ...(unusedMin(freed, to) === 0 ? ['It takes all of the time that came free.'] : []),
    ],
    con: [
      ...moved.map(({ from, to: there }) => `${nameOf(from)} would change too: ${sayPlace(from)} becomes ${sayPlace(there)}.`),
      ...strangers.map(({ name }) => `${name} would come, who is not booked for it now.`),
      ...(to.online === visit.online ? [] : [to.online ? 'It would be online instead of at the practice; they said that this would do.' : 'It would be at the practice instead of online; they said that this would do.']),
      ...(unusedMin(freed, to) > 0 ? [`It leaves ${unusedMin(freed, to)} minutes of the time unused.`] : []),
      ...(said === 'nothing' ? ['They were asked about this time before, and did not answer.'] : []),
    ],
  }
}

const sayPlace = ({ day, localStart, people }: PlannedVisit) => `${sayDay(day)}, ${sayClock(clockMinutes(localStart.slice(11)))}${people.length > 0 ? ` with ${people.map(({ name }) => name).join(' and ')}` : ''}`

function judgeFirst(freed: Freed, who: WaitsFirst): Fit | NoFit {
  const { search, wanted } = who
  const day = dayOf(search, freed.startsAt)
  const slots = firstVisitsOn(search, wanted, day)
  if (slots.length === 0) return { who, why: ['No first visit that fits what they named is free on that day.'] }
  const within = slots.filter(({ startsAt, endsAt }) => startsAt >= freed.startsAt && endsAt <= freed.endsAt)
  if (within.length === 0) return { who, why: ['No first visit that fits what they named lies in the time that came free.'] }
  const [place] = within.filter((slot) => takes(freed, slot)).toSorted((a, b) => compare([a.startsAt, sameRoom(freed, a), a.therapist], [b.startsAt, sameRoom(freed, b), b.therapist]))
  if (!place) return { who, why: [NOTHING_OF_IT] }
  const unused = unusedMin(freed, place)
  return {
    who, place, changes: [],
    pro: [`A first visit ${place.online ? 'online ' : ''}with ${place.people.map(({ name }) => name).join(' and ')}, who takes new people.`, ...(unused === 0 ? ['It takes all of the time that came free.'] : [])],
    con: unused > 0 ? [`It leaves ${unused} minutes of the time unused.`] : [],
  }
}
