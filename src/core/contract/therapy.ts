import { z } from 'zod'
import { bookedVisit, cancelReasons } from '../chart/kinds/aftercare.ts'
import { seriesRule } from '../chart/kinds/series-rule.ts'
import { ownReasons } from '../money/late-fee.ts'
import { route } from './route.ts'

const chartId = z.object({ chart: z.uuid() })
const one = chartId.extend({ series: z.uuid() })
const done = z.object({ done: z.literal(true) })
const reason = z.object({ code: z.string(), says: z.string() })
const act = { id: z.uuid(), device: z.uuid() }
const visits = z.array(bookedVisit).min(1).max(80)

/** One hour that was asked for: `placed` as it would be booked, or why not and the nearest times of its week. `was` is the visit that would go there. */
const hour = z.object({ day: z.iso.date(), localStart: z.string(), placed: bookedVisit.nullable(), reasons: z.array(reason), notes: z.array(reason), nearest: z.array(bookedVisit), was: bookedVisit.nullable() })
export type SeriesHour = z.infer<typeof hour>

const series = z.object({ series: z.uuid(), rule: seriesRule, plannedTo: z.iso.date(), open: z.boolean(), over: z.boolean(), visits: z.array(bookedVisit), without: z.array(z.object({ day: z.iso.date(), says: z.string() })) })
export type SeriesRow = z.infer<typeof series>

/** From one visit on, or every visit that is still to come. */
export const seriesScopes = ['following', 'all'] as const
const from = z.object({ visit: z.uuid(), scope: z.enum(seriesScopes) })

/** Therapy that comes back beside a course: asked for, booked whole, changed from one visit on. */
export const therapy = {
  therapy: route({ method: 'GET', path: '/api/charts/:chart/therapy', who: 'plan.propose', audit: 'therapy.read', params: chartId, response: z.object({ series: z.array(series), therapists: z.array(z.object({ person: z.uuid(), name: z.string(), own: z.boolean() })), roomFeatures: z.array(z.string()), zone: z.string(), mayBook: reason.nullable() }) }),
  /** Nothing is booked by asking. */
  planTherapy: route({ method: 'POST', path: '/api/charts/:chart/therapy/plan', who: 'plan.propose', audit: 'therapy.planned', params: chartId, body: z.object({ rule: seriesRule }), response: z.object({ hours: z.array(hour), plannedTo: z.iso.date() }) }),
  /** All of them or none. What somebody chose to leave out is not among them, and is booked by nobody later. */
  bookTherapy: route({ method: 'POST', path: '/api/charts/:chart/therapy', who: 'plan.book', audit: 'therapy.booked', params: chartId, body: z.object({ ...act, rule: seriesRule, visits, plannedTo: z.iso.date(), why: z.string().trim().max(1000).default('') }), response: z.object({ booked: z.int() }) }),
  /** Where the visits would go under another rule, each beside where it stands. */
  planTherapyChange: route({ method: 'POST', path: '/api/charts/:chart/therapy/:series/plan', who: 'plan.propose', audit: 'therapy.planned', params: one, body: z.object({ from, rule: seriesRule.pick({ everyWeeks: true, weekday: true, at: true, lengthMin: true, online: true, roomFeatures: true, therapist: true }) }), response: z.object({ hours: z.array(hour), rule: seriesRule, plannedTo: z.iso.date() }) }),
  changeTherapy: route({ method: 'POST', path: '/api/charts/:chart/therapy/:series/change', who: 'plan.book', audit: 'therapy.changed', params: one, body: z.object({ ...act, from, rule: seriesRule, moves: z.array(z.object({ to: bookedVisit, why: z.string().max(1000) })).max(80), cancel: z.array(z.uuid()).max(80), book: z.array(bookedVisit).max(80), plannedTo: z.iso.date(), why: z.string().trim().max(1000).default('') }), response: done }),
  /** It ends with the visit before, or stops from a day to a day, both included, and goes on afterwards. The patient is told once. */
  stopTherapy: route({ method: 'POST', path: '/api/charts/:chart/therapy/:series/stop', who: 'plan.book', audit: 'therapy.stopped', params: one, body: z.object({ ...act, how: z.discriminatedUnion('stops', [z.object({ stops: z.literal('ends'), from }), z.object({ stops: z.literal('pauses'), from: z.iso.date(), to: z.iso.date() })]), why: z.string().trim().min(3).max(1000), told: z.object({ reason: z.enum(cancelReasons), by: z.enum(['patient', 'practice']) }) }), response: z.object({ cancelled: z.int() }) }),
  /** The patient ends it themselves, from a visit of theirs on. */
  ownStopTherapy: route({ method: 'POST', path: '/api/charts/:chart/therapy/:series/own-stop', who: 'visit.own-move', audit: 'therapy.own-stopped', params: one, body: z.object({ ...act, from, reason: z.enum(ownReasons), words: z.string().trim().max(1000).default('') }), response: z.object({ cancelled: z.int() }) }),
}
