import { z } from 'zod'
import { day, id, text } from './kind.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/**
 * An hour that comes back: on a weekday, every so many weeks, at a time on the practice's wall. It ends on a day, after so
 * many visits, or not by itself. In a pause, both days included, there is none.
 */
export const seriesRule = z.object({
  everyWeeks: z.int().min(1).max(8), weekday: z.int().min(1).max(7), at: clock, lengthMin: z.int().min(15).max(240), zone: text(60),
  therapist: z.object({ person: id, name: text(200) }), online: z.boolean(), roomFeatures: z.array(text(60)).max(10),
  from: day, until: day.optional(), visits: z.int().min(1).max(52).optional(), pauses: z.array(z.object({ from: day, to: day })).max(40),
})
export type SeriesRule = z.infer<typeof seriesRule>
