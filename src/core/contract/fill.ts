import { z } from 'zod'
import { bookedVisit, soonerWish } from '../chart/kinds/aftercare.ts'
import { route } from './route.ts'

const chartId = z.object({ chart: z.uuid() })
const oneVisit = chartId.extend({ visit: z.uuid() })
const done = z.object({ done: z.literal(true) })
const act = { id: z.uuid(), device: z.uuid() }
const person = z.object({ person: z.string(), name: z.string(), role: z.string() })
const change = z.object({ from: bookedVisit, to: bookedVisit, why: z.string() })

/** One who was chosen for a time, in the order in which they are asked, and how that stands. `passed`: why they were not asked after all. */
const turn = z.object({ chart: z.uuid(), name: z.string(), visit: z.uuid(), state: z.enum(['next', 'waiting', 'agreed', 'declined', 'lost', 'lapsed', 'ended', 'overtaken', 'passed']), until: z.string().nullable(), passed: z.string().nullable(), offer: z.uuid().nullable(), message: z.enum(['sent', 'failed', 'unreachable', 'not-wanted', 'not-needed']).nullable() })

/** A time that is being offered, or was until a moment ago. */
const offerRound = z.object({ round: z.uuid(), way: z.enum(['in-turn', 'at-once']), startsAt: z.string(), endsAt: z.string(), hours: z.int(), madeAt: z.string(), by: z.string(), stopped: z.boolean(), outcome: z.enum(['taken', 'nobody', 'began', 'stopped', 'gone']).nullable(), turns: z.array(turn) })
export type OfferRound = z.infer<typeof offerRound>

/** A time that came free: what is still free of it, and whose visit left it. */
const freedTime = z.object({ visit: z.uuid(), startsAt: z.string(), endsAt: z.string(), people: z.array(person), room: z.object({ id: z.uuid(), name: z.string() }).nullable(), left: z.object({ chart: z.uuid(), name: z.string(), type: bookedVisit.shape.type, number: z.int(), how: z.enum(['cancelled', 'moved']), at: z.string() }) })
export type FreedRow = z.infer<typeof freedTime>
/** One that nobody is offered: who put it away, and why where they said so. */
const putAway = freedTime.extend({ why: z.string(), by: z.string(), at: z.string() })
export type PutAwayRow = z.infer<typeof putAway>

/** Somebody who fits. Whoever waits for a first visit has an inquiry and a telephone instead of a chart. */
const fit = z.object({
  chart: z.uuid().nullable(), inquiry: z.uuid().nullable(), name: z.string(), phone: z.string().nullable(), since: z.string(), visit: bookedVisit.nullable(),
  to: z.object({ startsAt: z.string(), endsAt: z.string(), online: z.boolean() }), others: z.int(), pro: z.array(z.string()), con: z.array(z.string()),
})
export type FitRow = z.infer<typeof fit>
const noFit = z.object({ chart: z.uuid().nullable(), inquiry: z.uuid().nullable(), name: z.string(), visit: bookedVisit.nullable(), why: z.array(z.string()) })

/** Those who wait for a sooner time, the times that come free, and who is asked. */
export const fillRoutes = {
  wishSooner: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/sooner', who: 'sooner.wish', audit: 'sooner.wished', params: oneVisit, body: z.strictObject({ ...act, wish: soonerWish }), response: done }),
  withdrawSooner: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/sooner/withdraw', who: 'sooner.wish', audit: 'sooner.withdrawn', params: oneVisit, body: z.strictObject(act), response: done }),
  /** What somebody would come sooner to, and what they are offered now, for the desk; the patient reads their own chart. */
  sooner: route({ method: 'GET', path: '/api/charts/:chart/sooner', who: 'sooner.wish', audit: 'sooner.read', params: chartId, response: z.object({ wishes: z.array(z.object({ visit: z.uuid(), since: z.string(), wish: soonerWish })), offers: z.array(z.object({ offer: z.uuid(), until: z.string(), held: z.boolean(), changes: z.array(change) })) }) }),
  /** A yes or a no, by the person themselves or by the desk for them. A yes that came too late is an answer like another: then the old time stands. */
  answerOffer: route({ method: 'POST', path: '/api/charts/:chart/offers/:offer', who: 'sooner.wish', audit: 'offer.answered', params: chartId.extend({ offer: z.uuid() }), body: z.strictObject({ ...act, answer: z.enum(['yes', 'no']) }), response: z.object({ state: z.enum(['kept', 'lost']) }) }),
  /** `later`: how many lie further ahead and are not told, unless all are asked for. `waiting`: how many would come sooner, and how many wait for a first visit. */
  freedTimes: route({ method: 'GET', path: '/api/freed', who: 'waiting.fill', audit: 'freed.read', background: true, query: z.object({ ahead: z.enum(['all']).optional() }), response: z.object({ now: z.string(), freed: z.array(freedTime), putAway: z.array(putAway), later: z.int(), rounds: z.array(offerRound), waiting: z.object({ sooner: z.int(), first: z.int() }) }) }),
  whoFits: route({ method: 'GET', path: '/api/freed/:visit/fits', who: 'waiting.fill', audit: 'freed.fits-read', params: z.object({ visit: z.uuid() }), query: z.object({ startsAt: z.string() }), response: z.object({ fits: z.array(fit), not: z.array(noFit) }) }),
  offerFreed: route({ method: 'POST', path: '/api/freed/:visit/offer', who: 'waiting.fill', audit: 'freed.offered', params: z.object({ visit: z.uuid() }), body: z.strictObject({ id: z.uuid(), startsAt: z.iso.datetime({ precision: 3 }), way: z.enum(['in-turn', 'at-once']), hours: z.int().min(1).max(72), turns: z.array(z.object({ chart: z.uuid(), visit: z.uuid() })).min(1).max(20) }), response: z.object({ round: z.uuid() }) }),
  /** Nobody is offered it. The time stays free for whoever plans, and it can be brought back. */
  putAwayFreed: route({ method: 'POST', path: '/api/freed/:visit/put-away', who: 'waiting.fill', audit: 'freed.put-away', params: z.object({ visit: z.uuid() }), body: z.strictObject({ startsAt: z.iso.datetime({ precision: 3 }), why: z.string().trim().max(500) }), response: done }),
  bringBackFreed: route({ method: 'POST', path: '/api/freed/:visit/bring-back', who: 'waiting.fill', audit: 'freed.brought-back', params: z.object({ visit: z.uuid() }), body: z.strictObject({ startsAt: z.iso.datetime({ precision: 3 }) }), response: done }),
  /** Nobody else is asked, and whoever is being asked hears that it is gone. */
  stopOffer: route({ method: 'POST', path: '/api/freed/rounds/:round/stop', who: 'waiting.fill', audit: 'freed.offer-stopped', params: z.object({ round: z.uuid() }), body: z.strictObject({}), response: done }),
} as const
