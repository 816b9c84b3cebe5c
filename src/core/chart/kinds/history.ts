import { z } from 'zod'
import { factSchemas, type FactName } from '../facts.ts'
import { clinicians, cliniciansAndPatient, coding, day, desk, everybody, freeText, id, instant, kind, text } from './kind.ts'

const factBodies = (Object.keys(factSchemas) as FactName[]).map((fact) =>
  z.object({ fact: z.literal(fact), state: z.literal('answered'), value: factSchemas[fact] }),
)
const unanswered = z.object({ fact: z.enum(Object.keys(factSchemas) as [FactName, ...FactName[]]), state: z.enum(['declined', 'not-known']) })
type FactBody = { [Name in FactName]: { fact: Name; state: 'answered'; value: z.infer<(typeof factSchemas)[Name]> } }[FactName] | z.infer<typeof unanswered>

/** Who the patient is, what came before, and the first steps from inquiry to a therapist. */
export const historyKinds = {
  'demographics.v1': kind({
    body: z.object({
      givenName: text(100), familyName: text(100), birthDate: day,
      preferredName: freeText(100).optional(), pronouns: freeText(40).optional(),
      phone: freeText(40).optional(), email: z.email().max(254).optional(), address: freeText(300).optional(),
      language: z.string().max(20).optional(), gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
      deceasedOn: day.optional(),
      emergencyContact: z.object({ name: text(200), phone: text(40), relationship: freeText(80).optional() }).optional(),
    }),
    write: [...desk, 'therapist', 'prescriber', 'patient'], read: everybody,
  }),
  'inquiry-received.v1': kind({
    body: z.object({ inquiry: id, receivedAt: instant, message: freeText(4000), wants: freeText(1000).optional(), preferences: z.record(z.string().max(60), z.union([z.string().max(400), z.array(z.string().max(100)).max(20)])) }),
    write: desk, read: [...clinicians, ...desk], through: 'act',
  }),
  'call-logged.v1': kind({
    body: z.object({ startedAt: instant, endedAt: instant, answers: z.array(z.object({ question: text(80), value: freeText(2000) })).max(60), outcome: z.enum(['goes-on', 'not-now', 'referred-elsewhere', 'no-answer', 'crisis']), note: freeText(4000) }),
    write: desk, read: [...clinicians, ...desk], through: 'act',
  }),
  'match-chosen.v1': kind({
    body: z.object({ therapist: id, reasons: z.array(text(300)).max(20), offered: z.array(z.object({ therapist: id, score: z.int() })).max(20) }),
    write: desk, read: everybody, through: 'act',
  }),
  'course-chosen.v1': kind({
    body: z.object({ protocol: text(80), edition: text(80), note: freeText(1000).optional() }),
    write: ['therapist', ...desk], read: everybody, through: 'act',
  }),
  'fact.v1': kind({
    body: z.union([...factBodies, unanswered] as unknown as [z.ZodType<FactBody>, z.ZodType<FactBody>]),
    write: cliniciansAndPatient, read: cliniciansAndPatient, offline: true,
  }),
  'condition.v1': kind({
    body: z.object({ name: text(300), codes: z.array(coding).max(10), status: z.enum(['active', 'remission', 'resolved']), onset: day.optional(), category: z.enum(['problem', 'surgery', 'genetic', 'indication']) }),
    write: [...clinicians], read: cliniciansAndPatient,
  }),
  'medication.v1': kind({
    body: z.object({ name: text(200), codes: z.array(coding).max(10), dosage: freeText(300), status: z.enum(['active', 'stopped']), startedOn: day.optional(), stoppedOn: day.optional() }),
    write: cliniciansAndPatient, read: cliniciansAndPatient,
  }),
  'allergy.v1': kind({
    body: z.object({ substance: text(200), codes: z.array(coding).max(10), reaction: freeText(300).optional(), status: z.enum(['active', 'refuted']) }),
    write: cliniciansAndPatient, read: cliniciansAndPatient,
  }),
  /** "None" must be said: a list nobody went through is missing, not empty. */
  'list-reviewed.v1': kind({
    body: z.object({ list: z.enum(['medications', 'allergies', 'conditions', 'surgeries', 'genetic']), none: z.boolean() }),
    write: cliniciansAndPatient, read: cliniciansAndPatient,
  }),
  'weight.v1': kind({ body: z.object({ weightG: z.int().min(20_000).max(400_000), confirmed: z.boolean().optional() }), write: cliniciansAndPatient, read: cliniciansAndPatient, offline: true }),
  'height.v1': kind({ body: z.object({ heightMm: z.int().min(900).max(2_500) }), write: cliniciansAndPatient, read: cliniciansAndPatient, offline: true }),
  'pregnancy-test.v1': kind({ body: z.object({ result: z.enum(['negative', 'positive']), takenAt: instant, specimen: z.enum(['urine', 'serum']) }), write: [...clinicians], read: cliniciansAndPatient, offline: true }),
  'observation.v1': kind({
    body: z.object({ codes: z.array(coding).min(1).max(10), name: text(300), value: z.union([z.number(), z.string().max(500)]).optional(), unit: z.string().max(40).optional(), category: z.enum(['laboratory', 'vital-signs', 'survey', 'social-history', 'other']) }),
    write: [...clinicians], read: cliniciansAndPatient,
  }),
  'intake.v1': kind({
    body: z.object({
      presenting: text(6000), psychiatricHistory: text(6000), currentStatus: text(6000),
      goals: z.array(text(500)).min(1).max(12), readiness: z.int().min(0).max(10), readinessNote: freeText(2000),
      supportNeeded: freeText(3000), indications: z.array(coding).min(1).max(10), carePlan: freeText(4000),
    }),
    write: ['therapist'], read: [...clinicians],
  }),
  'medical-history.v1': kind({
    body: z.object({ items: z.array(z.object({ topic: text(80), state: z.enum(['asked', 'not-asked', 'declined']), answer: freeText(2000) })).min(1).max(40) }),
    write: cliniciansAndPatient, read: cliniciansAndPatient,
  }),
  'imported.v1': kind({
    body: z.object({ source: text(300), resource: text(200), sha256: z.string().regex(/^[0-9a-f]{64}$/), becameEntries: z.array(id).max(50), note: freeText(500) }),
    write: ['coordinator', 'therapist', 'prescriber'], read: [...clinicians, ...desk], through: 'act',
  }),
  /** Somebody took over, by name, what another person wrote on a device whose access had ended. The entries stand in their author's name; this says who answers for their being here. */
  'entries-adopted.v1': kind({
    body: z.object({ act: id, author: id, authorName: text(200), device: id, entries: z.array(id).min(1).max(500), writtenFrom: instant, writtenTo: instant, note: freeText(1000) }),
    write: ['therapist', 'prescriber'], read: [...clinicians], through: 'act', corrected: 'never',
  }),
} as const
