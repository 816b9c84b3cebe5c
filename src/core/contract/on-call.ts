import { z } from 'zod'
import { route } from './route.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const hours = z.strictObject({ from: clock, to: clock, first: z.uuid(), second: z.uuid().nullable() }).refine(({ first, second }) => first !== second, 'The second is somebody else than the first.')
const weekday = z.int().min(1).max(7)
export const onCallRota = z.strictObject({
  weekly: z.array(hours.safeExtend({ weekday })).max(60),
  days: z.array(z.strictObject({ day: z.iso.date(), note: z.string().trim().max(120), hours: z.array(hours).max(6) })).max(400).refine((days) => new Set(days.map(({ day }) => day)).size === days.length, 'A day is named twice.'),
  everyone: z.array(z.uuid()).max(20),
})
const piece = z.object({ from: z.string(), to: z.string(), first: z.uuid().nullable(), second: z.uuid().nullable() })
/** `version` 0: no rota was ever kept. `may`: those who can be on call. */
const onCall = z.object({
  version: z.int(), rota: onCallRota, people: z.array(z.object({ person: z.uuid(), name: z.string(), may: z.boolean() })), answersFor: z.array(z.uuid()),
  now: piece, next: piece.nullable(), changesAt: z.string().nullable(), gaps: z.array(piece), off: z.array(z.object({ day: z.string(), person: z.uuid(), called: z.boolean() })), says: z.string(), rows: z.object({ takenWithinMin: z.int(), contactWithinMin: z.int(), againMin: z.int() }),
})
export type OnCallRead = z.infer<typeof onCall>

/** Answers that cannot wait and are not closed: who was called, and who has taken it over. */
export const homeAlarm = z.object({ chart: z.uuid(), name: z.string(), entry: z.uuid(), openedAt: z.string(), dueAt: z.string(), takenBy: z.string().nullable(), takenAt: z.string().nullable(), called: z.array(z.object({ name: z.string(), at: z.string() })) })
export type HomeAlarm = z.infer<typeof homeAlarm>

export const onCallRoutes = {
  /** Who is on call now and next, the rota, and in the next two weeks when nobody is and who of the rota has a day off. */
  onCall: route({ method: 'GET', path: '/api/on-call', who: 'on-call.read', audit: null, background: true, response: onCall }),
  keepOnCall: route({ method: 'POST', path: '/api/on-call', who: 'on-call.keep', audit: 'on-call.kept', body: z.strictObject({ on: z.int().min(0), rota: onCallRota }), response: onCall }),
  /** For whoever is about to answer a form: whether anybody is told at this hour. Names nobody. */
  watched: route({ method: 'GET', path: '/api/on-call/watched', who: 'signed-in', audit: null, background: true, response: z.object({ says: z.string() }) }),
} as const
