import { z } from 'zod'
import { bookedVisit } from './aftercare.ts'
import { day, everybody, freeText, id, kind, text } from './kind.ts'
import { seriesRule } from './series-rule.ts'

const booking = ['coordinator', 'therapist', 'prescriber', 'owner'] as const

/** Therapy beside a course. The visits themselves stand in `visits-booked.v1` with their series; here stands how they come back. */
export const therapyKinds = {
  /** Up to `plannedTo` somebody has decided about every single hour; later ones are booked by themselves, as long as it runs. */
  'therapy-series.v1': kind({ body: z.object({ series: id, how: z.enum(['made', 'changed', 'paused', 'ended']), rule: seriesRule, plannedTo: day, why: freeText(1000) }), write: [...booking, 'patient'], read: everybody, through: 'act', corrected: 'never' }),
  /** A series that runs on: what was booked by itself, in nobody's name, and the hours for which there was no place. */
  'therapy-continued.v1': kind({ body: z.object({ series: id, visits: z.array(bookedVisit).max(80), without: z.array(z.object({ day, says: text(1000) })).max(80), plannedTo: day }), write: [], read: everybody, through: 'act', corrected: 'never' }),
} as const
