import { z } from 'zod'
import { visitType } from '../core/chart/kinds/aftercare.ts'
import type { Protocol } from '../core/course/protocol.ts'
import type { Waiting } from '../core/scheduling/joint.ts'
import type { CourseChange } from '../core/scheduling/repair.ts'
import type { PlannedVisit, PlanRequest } from '../core/scheduling/request.ts'
import { isZone } from '../core/scheduling/zone.ts'
import { ok, refuse, type Result } from '../core/shared/result.ts'
import { placesIn, type PlacedFault } from './json-place.ts'

const text = z.string().min(1).max(200)
const day = z.iso.date()
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:30')
const moment = z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString())
const wall = z.string().regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'must be a day and a time such as 2026-03-05T10:00')
const weekday = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(7)]).meta({ description: 'Monday is 1, Sunday is 7.' })
const role = z.enum(['therapist', 'prescriber', 'monitor', 'coordinator'])
const minutes = z.int().min(0).max(480)
const span = z.strictObject({ from: clock, to: clock, place: z.exactOptional(z.enum(['online', 'in-person'])), location: z.exactOptional(text) })
const inOrder = <Row extends { startsAt: string; endsAt: string }>(row: Row) => row.startsAt < row.endsAt
const taken = z.strictObject({ startsAt: moment, endsAt: moment, visit: z.exactOptional(text), dosing: z.exactOptional(z.literal(true)) })
const busy = taken.refine(inOrder, { error: 'ends before it starts', path: ['endsAt'] })
const away = z.strictObject({ from: day, to: day, why: z.exactOptional(text) }).refine(({ from, to }) => from <= to, { error: 'lies before its first day', path: ['to'] })
const named = { id: text, name: text }

const person = z.strictObject({
  ...named, roles: z.array(role).min(1), hours: z.array(span.extend({ weekday })), otherHours: z.exactOptional(z.array(z.strictObject({ day, hours: z.array(span) }))).meta({ description: 'Days with other hours than usual; an empty list is a day off.' }),
  away: z.exactOptional(z.array(away)), busy: z.array(busy).default([]),
  buffers: z.exactOptional(z.array(z.strictObject({ type: visitType, beforeMin: minutes, afterMin: minutes }))).meta({ description: 'Minutes kept free before and after a visit of a type.' }),
  mostDosingPerDay: z.exactOptional(z.int().min(0).max(20)), skills: z.exactOptional(z.array(text)), licensedIn: z.exactOptional(z.array(z.strictObject({ state: text, until: z.exactOptional(day) }))).meta({ description: 'The states whose licence this person holds, up to and including a day where it ends.' }),
  elsewhere: z.exactOptional(z.array(busy)).meta({ description: 'When calendars of their own say that this person is busy.' }),
  lanes: z.exactOptional(z.array(taken.extend({ lane: z.int().min(1).max(20) }))).meta({ description: 'Rooms this prescriber answers for already while on call, each in its numbered lane.' }),
})
const room = z.strictObject({ ...named, features: z.array(text).default([]), featuresUntil: z.exactOptional(z.record(text, day)).meta({ description: 'Features that are good up to and including a day, such as an emergency kit.' }),
  location: z.exactOptional(text), capacity: z.exactOptional(z.int().min(1).max(200)).meta({ description: 'Patients at once; one where nothing is said.' }), turnoverMin: z.exactOptional(minutes), closed: z.exactOptional(z.array(away)), busy: z.array(busy).default([]) })
const wish = z.strictObject({ types: z.exactOptional(z.array(visitType)), weekdays: z.exactOptional(z.array(weekday)), from: z.exactOptional(clock), to: z.exactOptional(clock), strength: z.enum(['must', 'rather']) })
const fixed = z.strictObject({ visit: text, type: visitType, number: z.int().min(1), startsAt: moment, endsAt: moment, state: z.enum(['happened', 'booked']) }).refine(inOrder, { error: 'ends before it starts', path: ['endsAt'] })
const clearance = z.discriminatedUnion('state', [z.strictObject({ state: z.literal('needed') }), z.strictObject({ state: z.literal('signed'), validUntil: z.exactOptional(day) }), z.strictObject({ state: z.literal('elsewhere'), expectedOn: day })])

const who = z.strictObject({ person: text, name: text, role })
const visit = z.strictObject({
  visit: text, type: visitType, number: z.int().min(1), day, localStart: wall, zone: text, startsAt: moment, endsAt: moment, roomUntil: moment, people: z.array(who), room: z.exactOptional(z.strictObject(named)), online: z.boolean(),
  onCall: z.exactOptional(z.strictObject({ person: text, name: text, lane: z.int().min(0).max(20) })),
})
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('move'), visit: text, to: z.exactOptional(wall) }), z.strictObject({ kind: z.literal('absence'), person: text, startsAt: moment, endsAt: moment }), z.strictObject({ kind: z.literal('room-closed'), room: text, startsAt: moment, endsAt: moment }),
])

/** What all who wait share: the people, the rooms, and how planning is done. */
const practice = {
  zone: text.refine(isZone, 'is not a time zone'), people: z.array(person).min(1), rooms: z.array(room).default([]), closed: z.exactOptional(z.array(away)), onCall: z.enum(['plan', 'elsewhere']).default('plan'), stepMin: z.int().min(5).max(120).default(30),
}
/** What belongs to one patient's course. */
const course = {
  medicineFrom: z.exactOptional(day), fixed: z.array(fixed).default([]), earlierDoses: z.exactOptional(z.array(moment)).meta({ description: 'Starts of doses given before this course: spacing counts from them as well.' }),
  therapist: text, continuity: z.enum(['required', 'preferred']).default('required'),
  wishes: z.strictObject({ when: z.array(wish).default([]), blackout: z.array(day).default([]), online: z.array(visitType).default([]) }).default({ when: [], blackout: [], online: [] }),
  needs: z.exactOptional(z.array(z.strictObject({ role, skill: text }))).meta({ description: 'What whoever fills a role has to bring, such as the patient’s language.' }),
  sitsIn: z.exactOptional(text).meta({ description: 'The state in which the patient sits for a visit online.' }), patients: z.exactOptional(z.int().min(1).max(200)),
  clearance: clearance.default({ state: 'needed' }), longerGaps: z.exactOptional(z.boolean()),
}
type Courses = Readonly<Record<string, Protocol>>
const courseIn = (courses: Courses) => z.enum(Object.keys(courses)).meta({ description: 'The id of a course that ships.' })

/** A request as a file holds it: the planner's own, with a course by its id, and perhaps a booked course and what became of it. */
export const requestSchema = (courses: Courses) => z.strictObject({
  protocol: courseIn(courses), earliest: day, latest: day, ...practice, ...course,
  booked: z.exactOptional(z.array(visit)).meta({ description: 'The visits that are booked and may move, as a plan gives them: with change, they are repaired.' }), change: z.exactOptional(change).meta({ description: 'What became of the booked course: a visit to move, somebody absent, a room closed.' }),
}).refine((one) => (one.booked === undefined) === (one.change === undefined), { error: 'booked and change belong together', path: ['change'] })

/** A waiting list as a file holds it: the practice once, and each who waits with what is theirs. */
export const waitingSchema = (courses: Courses) => z.strictObject({
  protocol: courseIn(courses), earliest: day, latest: day, ...practice, seed: z.int().min(0).default(1),
  waiting: z.array(z.strictObject({
    id: text, waitedDays: z.int().min(0).max(3_660).default(0).meta({ description: 'Whoever waits longer is left without a plan last.' }),
    protocol: z.exactOptional(courseIn(courses)), earliest: z.exactOptional(day), latest: z.exactOptional(day), ...course,
  })).min(1).max(500).refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two who wait have the same id'),
})

export type Asked =
  | { readonly request: PlanRequest; readonly repair?: { readonly booked: readonly PlannedVisit[]; readonly change: CourseChange } }
  | { readonly waiting: readonly Waiting[]; readonly seed: number }

export type RequestFault = PlacedFault

/** Reads a request and says of the first thing that is wrong in which line and under which key it stands. */
export function readRequest(json: string, courses: Courses): Result<Asked, RequestFault> {
  const placed = placesIn(json, 'there is nothing to plan')
  if (!placed.ok) return placed
  const read = readAskedPlan(JSON.parse(json), courses)
  if (read.ok) return read
  const { path, message } = read.refusal
  return refuse({ line: placed.value(path), ...(path.length > 0 ? { key: path.join('.') } : {}), message })
}

/** Reads what is asked, one course or a waiting list, and says of the first thing that is wrong where it stands. */
export function readAskedPlan(value: unknown, courses: Courses): Result<Asked, { readonly path: readonly (string | number)[]; readonly message: string }> {
  const together = typeof value === 'object' && value !== null && Object.hasOwn(value, 'waiting')
  const read = together ? waitingSchema(courses).transform((list) => waitingOf(list, courses)).safeParse(value) : requestSchema(courses).transform((one) => requestOf(one, courses)).safeParse(value)
  if (read.success) return ok(read.data)
  const { issues } = read.error
  // A key that nobody knows is most often the one that is missing, spelt wrongly.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  const strange = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...(issue?.path ?? []), ...strange].map((step) => (typeof step === 'number' ? step : String(step)))
  return refuse({ path, message: strange.length > 0 ? 'a request has no such key' : (issue?.message ?? 'cannot be read').replace(/^Invalid input: /, '') })
}

function requestOf({ booked, change: what, protocol, ...rest }: z.output<ReturnType<typeof requestSchema>>, courses: Courses): Asked {
  return { request: { ...rest, protocol: courses[protocol] as Protocol }, ...(booked && what ? { repair: { booked, change: what } } : {}) }
}

function waitingOf({ waiting, seed, ...shared }: z.output<ReturnType<typeof waitingSchema>>, courses: Courses): Asked {
  return { seed, waiting: waiting.map(({ id, waitedDays, ...own }) => ({ id, waitedDays, request: { ...shared, ...own, protocol: courses[own.protocol ?? shared.protocol] as Protocol } })) }
}
