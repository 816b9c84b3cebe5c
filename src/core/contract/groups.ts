import { z } from 'zod'
import { bookedVisit, cancelReasons, groupKinds, visitType } from '../chart/kinds/aftercare.ts'
import { route } from './route.ts'
import { wallTime, wishes } from './running.ts'


const inGroup = z.object({ group: z.uuid() })
const ofVisit = inGroup.extend({ visit: z.uuid() })
const done = z.object({ done: z.literal(true) })
const act = { id: z.uuid(), device: z.uuid() }
/** The fewest and the most who belong together. */
export const GROUP_SIZE = { least: 2, most: 12 } as const
const name = z.string().trim().min(2).max(120)
const leaders = z.array(z.uuid()).min(1).max(6)
const groupRow = z.object({ id: z.uuid(), name: z.string(), kind: z.enum(groupKinds), open: z.boolean(), ended: z.boolean(), members: z.int() })
export type GroupRow = z.infer<typeof groupRow>
/** A reason, and the member it comes from where it is one’s own. */
const reason = z.object({ code: z.string(), says: z.string(), member: z.uuid().optional() })
/** A new time that each of them is asked about: until when, and what each has said. */
const asked = z.object({ until: z.string(), to: bookedVisit, answers: z.array(z.object({ chart: z.uuid(), name: z.string(), state: z.enum(['waiting', 'yes', 'no']) })) })
const patient = z.object({ chart: z.uuid(), name: z.string(), closed: z.boolean() })
const groupVisit = bookedVisit.extend({ patients: z.array(patient), asked: asked.nullable() })
export type GroupVisit = z.infer<typeof groupVisit>
const plan = z.object({ id: z.string(), says: z.string(), visits: z.array(bookedVisit), alone: z.array(z.object({ chart: z.uuid(), name: z.string(), visits: z.int() })), notes: z.array(z.string()) })
export type GroupPlan = z.infer<typeof plan>
/** When one of them can come, beside what was said for everybody: their days and hours replace those, days away count as well. */
const ownWishes = wishes.pick({ days: true, hard: true, from: true, to: true, blackout: true }).extend({ chart: z.uuid() })
export type OwnWishes = z.infer<typeof ownWishes>
const note = z.object({ chart: z.uuid(), startedAt: z.iso.datetime({ precision: 3 }), endedAt: z.iso.datetime({ precision: 3 }), outcome: z.enum(['completed', 'missed', 'ended-early']), summary: z.string().trim().max(6000), carePlan: z.string().trim().max(4000).default('') })

/** Several patients who have visits together. Who is in a group is read by the desk and by those who lead it. */
export const groupRoutes = {
  groups: route({ method: 'GET', path: '/api/groups', who: 'group.read', audit: 'groups.read', response: z.object({ groups: z.array(groupRow) }) }),
  group: route({ method: 'GET', path: '/api/groups/:group', who: 'group.read', audit: 'group.read', params: inGroup, response: groupRow.omit({ members: true }).extend({ members: z.array(z.object({ chart: z.uuid(), name: z.string(), since: z.string(), protocol: z.string().nullable() })), leaders: z.array(z.object({ person: z.uuid(), name: z.string() })), visits: z.array(groupVisit), zone: z.string() }) }),
  makeGroup: route({ method: 'POST', path: '/api/groups', who: 'group.keep', audit: 'group.made', body: z.object({ ...act, name, kind: z.enum(groupKinds), open: z.boolean(), charts: z.array(z.uuid()).min(GROUP_SIZE.least).max(GROUP_SIZE.most), leaders }), response: z.object({ group: z.uuid() }) }),
  keepGroup: route({ method: 'POST', path: '/api/groups/:group', who: 'group.keep', audit: 'group.kept', params: inGroup, body: z.object({ open: z.boolean(), leaders }), response: done }),
  joinGroup: route({ method: 'POST', path: '/api/groups/:group/join', who: 'group.keep', audit: 'group.joined', params: inGroup, body: z.object({ ...act, chart: z.uuid() }), response: done }),
  /** Leaving takes somebody out of the group’s coming visits as well; the others keep them. */
  leaveGroup: route({ method: 'POST', path: '/api/groups/:group/leave', who: 'group.keep', audit: 'group.left', params: inGroup, body: z.object({ ...act, chart: z.uuid(), why: z.string().trim().max(1000).default('') }), response: done }),
  planGroup: route({ method: 'POST', path: '/api/groups/:group/plan', who: 'group.keep', audit: 'plan.proposed', params: inGroup, body: z.object({ types: z.array(visitType).min(1).max(9), wishes, own: z.array(ownWishes).max(GROUP_SIZE.most).default([]) }), response: z.object({ proposals: z.array(plan), impossible: z.array(reason) }) }),
  bookGroup: route({ method: 'POST', path: '/api/groups/:group/book', who: 'group.keep', audit: 'plan.booked', params: inGroup, body: z.object({ ...act, visits: z.array(bookedVisit).min(1).max(40), why: z.string().max(1000).default('') }), response: z.object({ booked: z.int() }) }),
  proposeGroupMove: route({ method: 'POST', path: '/api/groups/:group/visits/:visit/repair', who: 'group.keep', audit: 'plan.repair-proposed', params: ofVisit, body: z.object({ to: wallTime.optional() }), response: z.object({ to: bookedVisit.nullable(), impossible: z.array(reason) }) }),
  moveGroup: route({ method: 'POST', path: '/api/groups/:group/visits/:visit/move', who: 'group.keep', audit: 'visits.moved', params: ofVisit, body: z.object({ ...act, to: bookedVisit, why: z.string().trim().max(1000).default('') }), response: done }),
  /** Each is asked by a message of their own; the old time stands until the desk moves it for all. */
  askGroup: route({ method: 'POST', path: '/api/groups/:group/visits/:visit/ask', who: 'group.keep', audit: 'visits.asked', params: ofVisit, body: z.object({ ...act, to: bookedVisit, why: z.string().trim().max(1000).default(''), hours: z.int().min(1).max(72).default(24) }), response: z.object({ until: z.string() }) }),
  takeBackGroup: route({ method: 'POST', path: '/api/groups/:group/visits/:visit/take-back', who: 'group.keep', audit: 'change.settled', params: ofVisit, body: z.object(act), response: done }),
  cancelGroup: route({ method: 'POST', path: '/api/groups/:group/visits/:visit/cancel', who: 'group.keep', audit: 'visits.cancelled', params: ofVisit, body: z.object({ ...act, why: z.string().trim().min(3).max(1000), reason: z.enum(cancelReasons) }), response: done }),
  /** One note for each, on their own chart. `namesLookedAt`: somebody read the names that are pointed out, and they are meant so. */
  closeGroup: route({ method: 'POST', path: '/api/groups/:group/visits/:visit/close', who: 'group.write', audit: 'visits.closed', params: ofVisit, body: z.object({ ...act, shared: z.string().trim().max(6000), covered: z.array(z.string().trim().min(1).max(80)).max(30).default([]), namesLookedAt: z.boolean().default(false), notes: z.array(note).min(1).max(GROUP_SIZE.most) }), response: done }),
} as const
