import { z } from 'zod'
import { clinicians, freeText, id, instant, kind, signature, text } from './kind.ts'

/** A gate that did not hold when something was done on paper. Nothing was refused for it: it stands beside what was done. */
const unmet = z.array(z.object({ at: instant, step: z.int().min(1).max(4).optional(), gate: text(60), state: z.enum(['not-met', 'unknown']), says: text(2000) })).max(200)

/** What people say about the record of a session, and not about the room: who typed it from paper, who compared it, who looked at what came late. */
export const recordKinds = {
  /** Which entries were typed from paper, who wrote each of them there, and what was not met then. By whoever typed them. */
  'session-transcribed.v1': kind({
    body: z.object({ wrote: text(200), why: text(1000), edition: text(80), lines: z.array(z.object({ entry: id, by: freeText(200) })).min(1).max(400), unmet }),
    write: ['therapist', 'prescriber', 'monitor'], read: [...clinicians], through: 'act', corrected: 'never',
  }),
  /** A second person held the paper beside what was typed: line by line, with what took the place of a line that was not so. */
  'transcription-checked.v1': kind({
    body: z.object({
      transcription: id, unmet, signature,
      compared: z.array(z.object({ entry: id, found: z.enum(['agrees', 'corrected', 'struck', 'differs']), by: id.optional(), says: freeText(1000) })).min(1).max(400),
    }),
    write: ['therapist', 'prescriber', 'monitor'], read: [...clinicians], through: 'act', corrected: 'never',
  }),
  /** What a clinician made of entries that came after the close: each taken into the record, or left aside with a reason. */
  'late-reviewed.v1': kind({
    body: z.object({ reviewed: z.array(z.object({ entry: id, found: z.enum(['taken', 'aside']), reason: freeText(1000) }).refine(({ found, reason }) => found === 'taken' || reason !== '', 'say why it is left aside')).min(1).max(200), signature }),
    write: ['therapist', 'prescriber'], read: [...clinicians], corrected: 'never',
  }),
} as const
