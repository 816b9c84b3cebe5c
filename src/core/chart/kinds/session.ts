import { z } from 'zod'
import { routeOfDose } from './clearance.ts'
import { clinicians, cliniciansAndPatient, day, everybody, freeText, id, identifiedBy, instant, kind, signature, text } from './kind.ts'

const whole = (min: number, max: number) => z.int().min(min).max(max)
const live = { write: ['therapist', 'prescriber', 'monitor'], read: clinicians, offline: true } as const

export const vitalsBody = z.object({
  systolicMmHg: whole(30, 300).optional(), diastolicMmHg: whole(20, 200).optional(), heartRatePerMin: whole(20, 300).optional(),
  respiratoryRatePerMin: whole(0, 80).optional(), spo2Percent: whole(30, 100).optional(), temperatureDeciC: whole(250, 450).optional(),
  onRoomAir: z.boolean().optional(), position: z.enum(['seated', 'reclined', 'standing']).optional(),
  /** The moment the schedule asked for this reading; the entry's own `at` says when it was taken. */
  plannedFor: instant.optional(),
  /** Values that a person took over from a device instead of typing them, by the name the device gives itself. */
  fromDevices: z.array(z.object({ device: text(80), values: z.array(z.enum(['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'spo2Percent'])).min(1).max(4) })).min(1).max(2).optional(),
}).refine((body) => ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent', 'temperatureDeciC'].some((key) => body[key as keyof typeof body] !== undefined), 'a reading holds at least one value')

/** What happens in the room. Every one of these may be written with the network gone. */
export const sessionKinds = {
  'session-started.v1': kind({
    body: z.object({
      visit: id.optional(), protocol: text(80), route: routeOfDose, order: id, clearance: id, consents: z.array(id).min(1), safetyPlan: id.optional(),
      edition: text(80), number: whole(1, 1000),
      gates: z.array(z.object({ gate: text(60), state: z.enum(['met', 'not-met', 'unknown']), facts: z.array(id).max(20), reason: freeText(2000).optional() })).max(60),
      people: z.array(z.object({ person: id, name: text(200), role: text(40) })).min(1).max(8),
    }),
    write: ['therapist', 'prescriber'], read: everybody, through: 'act',
  }),
  'vitals.v1': kind({ body: vitalsBody, ...live, corrected: 'note' }),
  'vitals-missed.v1': kind({ body: z.object({ plannedFor: instant, reason: text(300) }), ...live, corrected: 'note' }),
  'mental-status.v1': kind({ body: z.object({ moaaS: whole(0, 5).optional(), rass: whole(-5, 4).optional(), orientation: whole(0, 4).optional() }).refine((body) => Object.keys(body).length > 0, 'at least one observation'), ...live, corrected: 'note' }),
  'checked-in.v1': kind({ body: z.object({ person: id, name: text(200), role: z.enum(['therapist', 'monitor', 'prescriber']), /** Where it was said on somebody else's device. */ signature: signature.optional() }), ...live }),
  'checked-out.v1': kind({ body: z.object({ person: id, handedOverTo: id.optional(), readBack: z.boolean().optional() }), ...live }),
  'identity-checked.v1': kind({ body: z.object({ by: identifiedBy }), ...live }),
  /** Who looked through the emergency kit of the room. `confirms` names an earlier look of the day that somebody found still so: then that one's hour counts. */
  'room-checked.v1': kind({
    body: z.object({
      room: z.object({ id, name: text(120) }).optional(), items: z.array(z.object({ item: text(60), present: z.boolean() })).min(1).max(40), earliestExpiry: day,
      confirms: z.object({ at: instant, person: id, name: text(200) }).optional(),
    }),
    ...live,
  }),
  /** A prescriber said that they answer for this session, in this way and until this hour. One who no longer can is written with the hour that was. */
  'prescriber-reachable.v1': kind({ body: z.object({ person: id, name: text(200), by: z.enum(['in-the-room', 'on-site', 'phone', 'video']), answersWithinSec: whole(1, 3_600), until: instant }), ...live }),
  'escort-arrived.v1': kind({ body: z.object({ name: text(200), idNoted: freeText(100), kind: z.enum(['adult', 'rideshare']) }), ...live }),
  /** A prescriber's written reason to go on in spite of a gate that may be passed; it holds for one dose step. */
  'gate-passed.v1': kind({ body: z.object({ gate: text(60), step: whole(1, 4), reason: z.string().trim().min(20).max(2000) }), ...live, write: ['prescriber'], offline: false }),
  'dose-prepared.v1': kind({ body: z.object({ step: whole(1, 4), doseUg: whole(1, 1_000_000), route: routeOfDose, order: id, lot: freeText(60), volumeUl: whole(1, 100_000).optional(), strengthUgPerMl: whole(1, 1_000_000).optional() }), ...live }),
  'dose-confirmed.v1': kind({ body: z.object({ prepared: id, doseUg: whole(1, 1_000_000), /** Where it was confirmed on somebody else's device. */ signature: signature.optional() }), ...live }),
  'dose-given.v1': kind({ body: z.object({ step: whole(1, 4), doseUg: whole(1, 1_000_000), route: routeOfDose, order: id, prepared: id, confirmed: id, confirmedBy: id, site: freeText(80), selfAdministered: z.boolean(), endedAt: instant.optional() }), ...live }),
  /** The infusion or the holding time has ended: discharge times by vein count from here. */
  'dose-ended.v1': kind({ body: z.object({ dose: id }), ...live }),
  'dose-conflict-resolved.v1': kind({ body: z.object({ step: whole(1, 4), stands: id, reason: text(500) }), ...live }),
  'side-effect.v1': kind({ body: z.object({ term: text(80), grade: whole(1, 5), onsetAt: instant, endedAt: instant.optional(), action: freeText(400), attributed: z.boolean() }), ...live, corrected: 'note' }),
  'symptom.v1': kind({ body: z.object({ symptom: z.enum(['nausea', 'headache', 'vomiting', 'severe-anxiety', 'new-confusion', 'dyspnea', 'vision-loss', 'syncope', 'laryngeal-noise', 'chest-pain', 'focal-deficit', 'seizure', 'anaphylaxis', 'airway-loss', 'thunderclap-headache', 'suicidal-act', 'apnea']), present: z.boolean() }), ...live, corrected: 'note' }),
  'comfort.v1': kind({ body: z.object({ measure: text(120), note: freeText(400) }), ...live, corrected: 'note' }),
  'signal.v1': kind({ body: z.object({ signal: z.enum(['stop', 'lighter', 'quiet', 'help']), answeredWith: freeText(300) }), ...live, corrected: 'note' }),
  'rating.v1': kind({ body: z.object({ scale: z.enum(['intensity', 'distress', 'nausea', 'dissociation']), value: whole(0, 10) }), ...live, read: cliniciansAndPatient, corrected: 'note' }),
  'music.v1': kind({ body: z.object({ what: text(300) }), ...live, corrected: 'note' }),
  'session-note.v1': kind({ body: z.object({ text: text(4000) }), ...live, corrected: 'note' }),
  'alert-answered.v1': kind({ body: z.object({ alert: text(200), action: z.enum(['seen', 'repeating', 'treated', 'prescriber-called', 'emergency-called', 'wrong-reading']), note: freeText(1000) }), ...live }),
  /** Written by the server alone: who was called about an alert that nobody had answered, and how far it had travelled by then. */
  'alert-escalated.v1': kind({ body: z.object({ alert: text(200), circle: whole(1, 9), told: z.array(z.object({ person: id, name: text(200) })).max(100) }), write: [], read: clinicians, through: 'act', corrected: 'never' }),
  'rescue-given.v1': kind({ body: z.object({ what: text(200), amount: freeText(100), reason: text(400), orderedBy: freeText(200) }), ...live }),
  'emergency-step.v1': kind({ body: z.object({ card: text(60), step: text(200) }), ...live }),
  'discharge-assessed.v1': kind({
    body: z.object({
      orientation: whole(0, 4), moaaS: whole(0, 5), rass: whole(-5, 4), gait: z.enum(['steady', 'assisted']), dissociation: z.enum(['none-above-baseline', 'present']),
      aldrete: z.object({ activity: whole(0, 2), respiration: whole(0, 2), circulation: whole(0, 2), consciousness: whole(0, 2), saturation: whole(0, 2) }),
      padss: z.object({ vitals: whole(0, 2), activity: whole(0, 2), nausea: whole(0, 2), pain: whole(0, 2), bleeding: whole(0, 2) }),
      noDrivingSigned: z.boolean(), instructionsGiven: z.boolean(), roomAir: z.boolean(),
    }),
    ...live,
  }),
  'discharge-signed.v1': kind({ body: z.object({ assessed: id, role: z.enum(['monitor', 'rn', 'prescriber']), signature }), ...live }),
  'session-closed.v1': kind({ body: z.object({ how: z.enum(['discharged', 'left-before-discharge', 'transferred', 'not-dosed']), tolerance: z.enum(['room-for-more', 'as-intended', 'too-much', 'not-dosed']), note: freeText(4000) }), ...live, read: everybody }),
  /** The note of a session, drafted from its entries, read, changed and signed by one author; another may sign one of their own. */
  'session-narrative.v1': kind({ body: z.object({ text: text(20_000), /** The edition in whose sentences it was drafted. */ edition: text(80).optional(), signature }), write: ['therapist', 'monitor', 'prescriber'], read: clinicians }),
} as const
