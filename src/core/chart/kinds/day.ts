import { z } from 'zod'
import { cliniciansAndPatient, everybody, id, instant, kind, text } from './kind.ts'

const mmHg = (least: number, most: number) => z.int().min(least).max(most)

/** What the person says before a visit: what was asked, in their own answer. What nobody answered is left out, and is not known. */
export const dayAnswers = z.object({
  fastingClear: z.boolean().optional(), medicinesClear: z.boolean().optional(),
  lastFoodAt: instant.optional(), lastFluidAt: instant.optional(),
  medicines: z.enum(['as-told', 'not-as-told', 'not-sure']).optional(), alcohol: z.enum(['no', 'yes', 'in-person']).optional(),
  ride: z.enum(['coming', 'nobody']).optional(), systolicMmHg: mmHg(40, 300).optional(), diastolicMmHg: mmHg(20, 200).optional(),
})
export type DayAnswers = z.infer<typeof dayAnswers>

/** Said before a visit: by the person, and by the adult who takes them home. */
export const dayKinds = {
  /** Beside it stand the facts and the escort that it says, as entries of their own kinds. It informs; it passes no gate by itself. */
  'day-answers.v1': kind({ body: z.object({ visit: id, check: z.enum(['day-before', 'morning']), via: z.enum(['link', 'portal']), said: dayAnswers }), write: ['patient'], read: cliniciansAndPatient, offline: true }),
  /** Written by the server alone: what the adult who was named said by a link of their own, about the visit at that hour. They have no sign-in here. */
  'ride-answered.v1': kind({ body: z.object({ visit: id, startsAt: instant, named: id, name: text(200), comes: z.boolean() }), write: [], read: everybody, through: 'act', corrected: 'never' }),
} as const
