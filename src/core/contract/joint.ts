import { z } from 'zod'
import { bookedVisit } from '../chart/kinds/aftercare.ts'
import { preferences } from './running.ts'
import { route } from './route.ts'

/** So many are planned at once at most: what is known to come within a minute. */
export const MOST_TOGETHER = 100

const done = z.object({ done: z.literal(true) })
const reason = z.object({ code: z.string(), says: z.string() })
const chartId = z.object({ chart: z.uuid() })
const whichRun = z.object({ run: z.uuid() })

/** Somebody whose course is not booked to its end, how long they have waited, and what keeps it from being planned: with where that is put right. */
const waitingPerson = z.object({
  chart: z.uuid(), name: z.string(), course: z.string().nullable(), therapist: z.string().nullable(), left: z.int(), waitedDays: z.int(), since: z.string(),
  /** What they named when they wrote; null where nothing is known of it. */
  wishes: preferences.pick({ days: true, partOfDay: true, modality: true }).nullable(),
  blocked: z.array(z.object({ says: z.string(), mend: z.enum(['plan', 'chart', 'team']) })), heldUntil: z.string().nullable(),
})
export type WaitingPerson = z.infer<typeof waitingPerson>

/** The one joint plan of a practice: how far it has come, or what became of it. `lost`: the server that made it stopped. */
const planningRun = z.object({
  run: z.uuid(), state: z.enum(['running', 'done', 'stopped', 'failed', 'lost']), by: z.string(), begunAt: z.string(), endedAt: z.string().nullable(), keptUntil: z.string().nullable(), people: z.int(),
  doing: z.enum(['alone', 'in-turn', 'pricing', 'choosing', 'improving', 'the-rest']), step: z.int(), of: z.int(), share: z.number(), placed: z.int(),
})
export type PlanningRun = z.infer<typeof planningRun>

const planScore = z.object({ finishDay: z.iso.date(), ownTherapist: z.int(), ofVisits: z.int(), peopleMet: z.int(), wishesMet: z.int(), wishesAsked: z.int() })
export type PlanScore = z.infer<typeof planScore>

/** One person's plan beside the others', next to what they would have alone; or why there is none. */
const plannedPerson = z.object({
  chart: z.uuid(), name: z.string(), waitedDays: z.int(), state: z.enum(['open', 'booked', 'held']), heldUntil: z.string().nullable(), replannedAt: z.string().nullable(),
  plan: z.object({ visits: z.array(bookedVisit), score: planScore, notes: z.array(z.string()) }).nullable(), impossible: z.array(reason), wouldHelp: z.array(z.string()),
  alone: planScore.nullable(),
  /** What of the plan that they would have alone others have: who or what that is, and for which visit. */
  because: z.array(z.object({ chart: z.uuid(), to: z.string(), waitedDays: z.int(), what: z.enum(['person', 'room', 'on-call']), name: z.string(), type: bookedVisit.shape.type, number: z.int(), startsAt: z.string() })),
})
export type PlannedPerson = z.infer<typeof plannedPerson>

export const jointRoutes = {
  /** Everybody who waits for a course to be booked, whoever has waited longest first. */
  waitingList: route({ method: 'GET', path: '/api/waiting-list', who: 'plan.together', audit: 'waiting-list.read', response: z.object({ people: z.array(waitingPerson), most: z.int() }) }),
  /** Begins the one joint plan of the practice, or answers the one that somebody else has begun: then nothing of this question is kept. */
  planTogether: route({ method: 'POST', path: '/api/waiting-list/plan', who: 'plan.together', audit: 'plan.together-begun', body: z.object({ charts: z.array(z.uuid()).min(1).max(MOST_TOGETHER), earliest: z.iso.date() }), response: z.object({ run: planningRun, begun: z.boolean() }) }),
  planningNow: route({ method: 'GET', path: '/api/waiting-list/run', who: 'plan.together', audit: null, background: true, response: z.object({ run: planningRun.nullable() }) }),
  plannedTogether: route({ method: 'GET', path: '/api/waiting-list/runs/:run', who: 'plan.together', audit: 'plan.together-read', params: whichRun, response: z.object({ run: planningRun, people: z.array(plannedPerson) }) }),
  stopPlanning: route({ method: 'POST', path: '/api/waiting-list/runs/:run/stop', who: 'plan.together', audit: 'plan.together-stopped', params: whichRun, response: done }),
  /** One person's course of a joint plan, as it stands on the server: all of it or nothing. `first` is the first visit of the plan that was looked at. */
  bookPlanned: route({ method: 'POST', path: '/api/charts/:chart/plan/together/:run/book', who: 'plan.together', audit: 'plan.booked', params: chartId.extend(whichRun.shape), body: z.object({ id: z.uuid(), device: z.uuid(), first: z.uuid() }), response: z.object({ booked: z.int() }) }),
  holdPlanned: route({ method: 'POST', path: '/api/charts/:chart/plan/together/:run/hold', who: 'plan.together', audit: 'plan.held', params: chartId.extend(whichRun.shape), body: z.object({ first: z.uuid(), hours: z.int().min(1).max(72).default(24) }), response: z.object({ until: z.string() }) }),
  /** One person again, beside what is booked by now and beside the plans of the others that are not yet. */
  planAgain: route({ method: 'POST', path: '/api/charts/:chart/plan/together/:run/again', who: 'plan.together', audit: 'plan.proposed', params: chartId.extend(whichRun.shape), response: plannedPerson }),
}
