import { z } from 'zod'
import { clinicians, cliniciansAndPatient, day, desk, everybody, freeText, id, identifiedBy, instant, kind, text } from './kind.ts'
import { seriesRule } from './series-rule.ts'

const visitTypes = ['inquiry-call', 'intake', 'consult', 'medical-clearance', 'preparation', 'medicine', 'integration', 'follow-up', 'maintenance', 'therapy'] as const
export const visitType = z.enum(visitTypes)
export type VisitType = (typeof visitTypes)[number]

/** A visit as the chart knows it: wall-clock intent with its zone, and the same moments in UTC. */
export const bookedVisit = z.object({
  visit: id, type: visitType, number: z.int().min(1).max(1_000),
  startsAt: instant, endsAt: instant, localStart: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/), zone: text(60),
  people: z.array(z.object({ person: id, name: text(200), role: text(40) })).max(10), room: z.object({ id, name: text(120) }).optional(), online: z.boolean(),
  /** The group that has it together, by its neutral name: nothing of who else comes. */
  group: z.object({ id, name: text(120) }).optional(),
})
export type BookedVisit = z.infer<typeof bookedVisit>

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** When somebody would come sooner. Days are those of the practice's wall; none named is every day. `otherWay`: online instead of at the practice, or the other way round, would do. */
export const soonerWish = z.object({
  from: day, to: day, weekdays: z.array(z.int().min(1).max(7)).max(7), after: clockTime.optional(), before: clockTime.optional(), otherWay: z.boolean(), noticeHours: z.int().min(0).max(336),
})
export type SoonerWished = z.infer<typeof soonerWish>

/** Why a visit was cancelled. The first four are the patient's day, the next two never cost anything. */
export const cancelReasons = ['patient-ill', 'weather', 'no-ride', 'other', 'practice', 'clinical-hold'] as const
export type CancelReason = (typeof cancelReasons)[number]

/** What several patients who have visits together are to each other. */
export const groupKinds = ['couple', 'group', 'workshop'] as const
export type GroupKind = (typeof groupKinds)[number]

/** Visits, questionnaires, integration, the patient's own words, risk, maintenance and money. */
export const aftercareKinds = {
  /** `accepted`: the proposal after the course that these visits were booked for. */
  'visits-booked.v1': kind({ body: z.object({ visits: z.array(bookedVisit).min(1).max(80), why: freeText(1000), series: id.optional(), accepted: id.optional() }), write: ['coordinator', 'therapist', 'prescriber', 'owner'], read: everybody, through: 'act' }),
  'visit-moved.v1': kind({ body: z.object({ to: bookedVisit, why: freeText(1000) }), write: ['coordinator', 'therapist', 'prescriber', 'owner', 'patient'], read: everybody, through: 'act' }),
  'visit-cancelled.v1': kind({ body: z.object({ visit: id, why: text(1000) }), write: ['coordinator', 'therapist', 'prescriber', 'owner', 'patient'], read: everybody, through: 'act' }),
  /** The patient would like another time for a visit of theirs, and the practice wants to say yes first. Until then it stays where it is. */
  'move-asked.v1': kind({ body: z.object({ from: instant, to: bookedVisit, words: freeText(1000) }), write: ['patient'], read: everybody, through: 'act', corrected: 'never' }),
  'move-answered.v1': kind({ body: z.object({ asked: id, answer: z.enum(['yes', 'no']), words: freeText(1000) }), write: ['coordinator', 'therapist', 'prescriber', 'owner'], read: everybody, through: 'act', corrected: 'never' }),
  /** The practice moves or cancels visits, or asks before it does: what it tells the patient of, each visit as it stood and as it would stand or stands now. Where they are hours of a series, `therapy` says how it would come back from then on. */
  'change-told.v1': kind({ body: z.object({ way: z.enum(['asked', 'moved', 'cancelled']), changes: z.array(z.object({ from: bookedVisit, to: bookedVisit.optional(), why: freeText(1000) })).min(1).max(80), until: instant.optional(), therapy: z.object({ series: id, rule: seriesRule, plannedTo: day }).optional() }), write: ['coordinator', 'therapist', 'prescriber', 'owner'], read: everybody, through: 'act', corrected: 'never' }),
  /** What the patient said to it. A yes that came too late for the place says that it was lost: then the old times stand. */
  'change-answered.v1': kind({ body: z.object({ told: id, answer: z.enum(['yes', 'no']), via: z.enum(['link']), lost: z.boolean() }), write: ['patient'], read: everybody, through: 'act', corrected: 'never' }),
  'change-settled.v1': kind({ body: z.object({ told: id, how: z.enum(['taken-back', 'settled']), words: freeText(1000) }), write: ['coordinator', 'therapist', 'prescriber', 'owner'], read: everybody, through: 'act', corrected: 'never' }),
  /** The patient would come sooner to a visit that stands, in these days and hours, with this much notice. One wish for each visit: a later one takes the place of it. */
  'sooner-wished.v1': kind({ body: z.object({ visit: id, type: visitType, number: z.int().min(1).max(100), ...soonerWish.shape }), write: ['patient', ...desk], read: everybody, through: 'act', corrected: 'never' }),
  'sooner-withdrawn.v1': kind({ body: z.object({ visit: id }), write: ['patient', ...desk], read: everybody, through: 'act', corrected: 'never' }),
  /** A time that came free, offered by somebody of the practice and written by the server when its turn came. `held`: nobody else can have it until then; otherwise the first yes has it. */
  'time-offered.v1': kind({ body: z.object({ round: id, by: z.object({ person: id, name: text(200) }), freed: z.object({ startsAt: instant, endsAt: instant }), changes: z.array(z.object({ from: bookedVisit, to: bookedVisit, why: freeText(1000) })).min(1).max(40), until: instant, held: z.boolean() }), write: [], read: everybody, through: 'act', corrected: 'never' }),
  /** What was said to it, by whom it was written down. A yes that came too late for the place says that it was lost: then the old time stands. */
  'time-offer-answered.v1': kind({ body: z.object({ offer: id, answer: z.enum(['yes', 'no']), via: z.enum(['link', 'own-page', 'desk']), lost: z.boolean() }), write: ['patient', ...desk], read: everybody, through: 'act', corrected: 'never' }),
  /** It is offered no more: somebody else took it, or the practice took it back. */
  'time-offer-ended.v1': kind({ body: z.object({ offer: id, why: z.enum(['taken', 'taken-back']) }), write: [], read: everybody, through: 'act', corrected: 'never' }),
  /** Beside a cancellation: who cancelled or that nobody came, why, and when it was known. What it may cost is worked out from this and decided by a person. */
  'cancellation-told.v1': kind({ body: z.object({ visit: id, type: visitType, number: z.int().min(1).max(1_000), startsAt: instant, outcome: z.enum(['cancelled', 'no-show']), by: z.enum(['patient', 'practice']), reason: z.enum(cancelReasons), words: freeText(1000), knownAt: instant }), write: ['coordinator', 'therapist', 'prescriber', 'owner', 'patient'], read: everybody, through: 'act', corrected: 'never' }),
  'late-fee-decided.v1': kind({ body: z.object({ told: id, decision: z.enum(['charged', 'waived']), amountCents: z.int().min(0).max(100_000_000), why: freeText(1000), charge: id.optional() }), write: [...desk], read: everybody, through: 'act', corrected: 'never' }),
  /** This chart joined a group or left it. Who else is in it stands on no chart. */
  'group-joined.v1': kind({ body: z.object({ group: id, name: text(120), kind: z.enum(groupKinds) }), write: ['coordinator', 'owner'], read: everybody, through: 'act', corrected: 'never' }),
  'group-left.v1': kind({ body: z.object({ group: id, name: text(120), why: freeText(1000) }), write: ['coordinator', 'owner'], read: everybody, through: 'act', corrected: 'never' }),
  /** What a group did in a visit, written once and kept by each chart as its own: about nobody in it. */
  'group-passage.v1': kind({ body: z.object({ visit: id, group: id, name: text(120), text: text(6000) }), write: ['therapist', 'prescriber'], read: [...clinicians], through: 'act' }),
  'visit-closed.v1': kind({
    body: z.object({ visit: id.optional(), type: visitType, startedAt: instant, endedAt: instant, outcome: z.enum(['completed', 'missed', 'ended-early']), covered: z.array(text(80)).max(30), modalities: z.array(text(40)).max(12), summary: freeText(6000), carePlan: freeText(4000) }),
    write: ['therapist', 'prescriber'], read: [...clinicians],
  }),
  'measure-answered.v1': kind({
    body: z.object({ instrument: text(60), version: text(40), language: z.string().max(20), answers: z.record(z.string().max(40), z.union([z.int().min(0).max(100), z.boolean(), z.null()])), answeredBy: z.enum(['patient', 'clinician']), startedAt: instant.optional(), textSha256: z.string().regex(/^[0-9a-f]{64}$/).optional(), via: z.enum(['link', 'tablet']).optional(), /** The entry by which the tablet was handed over. */ handed: id.optional() }),
    write: cliniciansAndPatient, read: cliniciansAndPatient, offline: true,
  }),
  /** Somebody who works here made sure who this is and handed over the practice's tablet, for these questionnaires. */
  'tablet-handed.v1': kind({ body: z.object({ forms: z.array(text(60)).min(1).max(12), by: identifiedBy }), write: ['therapist', 'prescriber', 'monitor', ...desk], read: everybody, through: 'act', corrected: 'never' }),
  /** What somebody did about a risk: who, how, what was decided. The path stays open until one says `closed`. */
  'risk-contact.v1': kind({
    body: z.object({ opened: id, level: z.enum(['none', 'low', 'moderate', 'high']), reached: z.boolean(), decided: z.enum(['tried-again', 'safety-plan-and-follow-up', 'urgent-evaluation', 'emergency-services', 'closed']), note: text(4000), nextContactAt: instant.optional() }),
    write: ['therapist', 'prescriber', 'coordinator'], read: clinicians, offline: true,
  }),
  'integration.v1': kind({
    body: z.object({ session: id, visit: id.optional(), startedAt: instant, endedAt: instant, themes: text(6000),
      /** What arose, by what it was: in the person's words where they gave them. */
      arose: z.object({ emotions: freeText(2000), insights: z.array(z.object({ id, text: text(400) })).max(12), visions: freeText(2000), body: freeText(2000) }).optional(),
      modalities: z.array(text(40)).max(12), commitments: z.array(z.object({ id, text: text(400), dueOn: day.optional(), insight: id.optional() })).max(10), nextIntention: freeText(2000) }),
    write: ['therapist'], read: cliniciansAndPatient,
  }),
  'commitment-kept.v1': kind({ body: z.object({ commitment: id, kept: z.enum(['yes', 'partly', 'no']), said: freeText(1000) }), write: ['patient', 'therapist'], read: cliniciansAndPatient, offline: true }),
  'journal-shared.v1': kind({ body: z.object({ journal: id, writtenAt: instant, text: text(20_000) }), write: ['patient'], read: cliniciansAndPatient }),
  /** How it is after a session: what did good today, and at a rung of the ladder how they are. `need-somebody` is told to people at once. */
  'afterwards.v1': kind({
    body: z.object({ session: id, rung: z.enum(['24h', '72h', '1w', '2w', '1m', '3m']).optional(), did: z.array(z.enum(['rest', 'water', 'walk', 'meditation', 'journal'])).max(5), how: z.enum(['good', 'up-and-down', 'hard', 'need-somebody']).optional(), words: freeText(2000) }),
    write: ['patient'], read: cliniciansAndPatient, offline: true, corrected: 'never',
  }),
  'message.v1': kind({ body: z.object({ topic: z.enum(['process', 'safety', 'scheduling', 'other']), text: text(4000), inReplyTo: id.optional() }), write: [...cliniciansAndPatient, ...desk], read: everybody }),
  'maintenance-decided.v1': kind({ body: z.object({ decision: z.enum(['booster-review', 'maintenance', 'integration-offered', 'watch', 'not-now']), intervalDays: z.int().min(1).max(400).optional(), reason: text(2000), proposal: freeText(1000) }), write: ['prescriber', 'therapist'], read: cliniciansAndPatient }),
  'course-ended.v1': kind({ body: z.object({ reason: text(1000) }), write: ['therapist', 'prescriber'], read: everybody }),
  'estimate-given.v1': kind({ body: z.object({ lines: z.array(z.object({ service: text(80), code: freeText(20), units: z.int().min(1).max(100), chargeCents: z.int().min(0).max(100_000_000), by: freeText(200) })).min(1).max(60), totalCents: z.int().min(0), disputeAboveCents: z.int().min(0), textSha256: z.string().regex(/^[0-9a-f]{64}$/) }), write: [...desk], read: everybody, through: 'act' }),
  'superbill-issued.v1': kind({ body: z.object({ number: text(40), visit: id, totalCents: z.int().min(0), document: id, replaces: text(40).optional() }), write: [...desk], read: everybody, through: 'act' }),
  'journal.v1': kind({ body: z.object({ text: text(20_000), mood: z.int().min(0).max(10).optional() }), write: ['patient'], read: ['patient'], offline: true, stream: 'journal' }),
  'psychotherapy-note.v1': kind({ body: z.object({ text: text(40_000), visit: id.optional() }), write: ['therapist'], read: ['therapist'], stream: 'notes' }),
} as const
