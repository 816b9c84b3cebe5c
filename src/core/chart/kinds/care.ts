import { z } from 'zod'
import { visitType } from './aftercare.ts'
import { clinicians, cliniciansAndPatient, day, everybody, freeText, id, instant, kind, signature, text } from './kind.ts'

/** What is looked at before more doses are given, once there have been many. */
export const reviewTopics = ['bladder', 'liver', 'cognition', 'misuse', 'benefit'] as const

/** What somebody did about what nobody answered, about many doses and about a proposal; and what happened in a life meanwhile. */
export const careKinds = {
  /** Somebody looked for a person who has not answered. The silence goes on until an answer comes, or one of these says why none will. */
  'silence-contact.v1': kind({
    body: z.object({ asks: z.array(text(200)).min(1).max(60), reached: z.boolean(), decided: z.enum(['tried-again', 'will-answer', 'declined', 'left-care']), note: text(2000), nextContactAt: instant.optional() }),
    write: ['therapist', 'prescriber'], read: [...clinicians], offline: true,
  }),
  /** A prescriber has looked at what repeated doses may harm, and says what was found of each. */
  'exposure-reviewed.v1': kind({
    body: z.object({ sessions: z.int().min(1).max(10_000), found: z.array(z.object({ topic: z.enum(reviewTopics), says: text(1000) })).min(1).max(10), goOn: z.enum(['yes', 'wait', 'stop']), reason: text(2000) }),
    write: ['prescriber'], read: cliniciansAndPatient,
  }),
  /** Something that happened in somebody's life, on a day: it stands beside the scores and explains none of them. */
  'life-event.v1': kind({ body: z.object({ on: day, says: text(200), felt: z.enum(['easier', 'harder', 'neither']) }), write: ['therapist', 'prescriber', 'patient'], read: cliniciansAndPatient, offline: true }),
  /** A proposal after a course, accepted or declined by one person who signed it, with what it rested on; and where to place what was accepted. */
  'proposal-decided.v1': kind({
    body: z.object({
      decision: z.enum(['accepted', 'declined']), propose: z.enum(['booster-review', 'maintenance', 'integration-offered']), because: z.array(text(80)).min(1).max(10), says: text(2000), rows: z.array(text(80)).min(1).max(10), facts: z.array(id).max(20), edition: text(80),
      intervalDays: z.int().min(1).max(400).optional(), place: z.object({ type: visitType, from: day, to: day }).optional(), reason: freeText(2000), signature,
    }),
    write: ['prescriber', 'therapist'], read: everybody, through: 'act', corrected: 'never',
  }),
} as const
