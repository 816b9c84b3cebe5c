import { z } from 'zod'
import { clinicians, cliniciansAndPatient, day, desk, everybody, freeText, id, instant, kind, signature, text } from './kind.ts'

const routes = ['IM', 'SL', 'IV', 'PO', 'IN-esketamine'] as const
export const routeOfDose = z.enum(routes)
export type DoseRoute = (typeof routes)[number]

/** Everything that has to be agreed before a first dose: referral, clearance, order, consents, safety plan. */
export const clearanceKinds = {
  'referral.v1': kind({
    body: z.object({ prescriber: id.optional(), question: text(2000), urgency: z.enum(['routine', 'soon']) }),
    write: ['therapist'], read: [...clinicians],
  }),
  'clearance.v1': kind({
    body: z.object({
      decision: z.enum(['cleared', 'held', 'refused']),
      conditions: z.array(text(400)).max(20), reason: text(4000), expiresOn: day.optional(),
      /** What the rules said when the prescriber signed, word for word, with the rulebook's edition. */
      screening: z.object({ edition: text(80), decision: text(60), met: z.array(z.object({ rule: text(20), says: text(1000), action: text(20) })).max(120), unknown: z.array(text(20)).max(120) }),
      overrides: z.array(z.object({ rule: text(20), reason: z.string().trim().min(20).max(2000) })).max(30),
      lastSeq: z.int().min(0), signature,
    }),
    write: ['prescriber'], read: everybody, through: 'act',
  }),
  /**
   * Written by the server alone, when facts that came after the signature met a rule that the prescriber had not had before
   * them: which rules, word for word with the edition, and the facts and entries that met them. It stands until a prescriber
   * signs again, whatever the facts say by then.
   */
  'clearance-reopened.v1': kind({
    body: z.object({
      clearance: id, edition: text(80),
      rules: z.array(z.object({
        rule: text(20), says: text(1000), action: text(20),
        facts: z.array(z.object({ fact: text(60), value: z.json(), missing: text(40).optional(), entries: z.array(id) })).max(120),
      })).min(1).max(300),
    }),
    write: [], read: [...clinicians], through: 'act', corrected: 'never',
  }),
  'order.v1': kind({
    body: z.object({
      medication: z.enum(['racemic-ketamine', 'esketamine']), route: routeOfDose,
      doseUg: z.int().min(1).max(1_000_000), boosterUg: z.int().min(0).max(1_000_000), maxTotalUg: z.int().min(1).max(1_000_000),
      weightG: z.int().min(20_000).max(400_000), strengthUgPerMl: z.int().min(1).max(1_000_000).optional(),
      validFrom: day, validUntil: day, instructions: freeText(2000), reason: freeText(2000), signature,
    }),
    write: ['prescriber'], read: [...clinicians], through: 'act',
  }),
  /** What the prescriber made of the proposal in the titration brief: signed with the order, or by itself where it is declined. */
  'dose-decided.v1': kind({
    body: z.object({
      decision: z.enum(['accepted', 'changed', 'declined']), reason: freeText(2000), order: id.optional(),
      /** The session it goes on from; none before the first. */
      after: id.optional(),
      /** How strong it is meant to be, from 0 to 10, and whether the prescriber said that there was no side effect. */
      window: z.tuple([z.number().min(0).max(10), z.number().min(0).max(10)]).optional(), noSideEffects: z.boolean(),
      /** What the rules said, word for word, with the rulebook's edition. */
      proposal: z.object({
        edition: text(80), route: routeOfDose, action: z.enum(['START', 'INCREASE', 'MAINTAIN', 'DECREASE', 'PRESCRIBER_REVIEW']), doseUg: z.int().min(0).max(1_000_000).optional(), flag: text(40).optional(),
        rules: z.array(z.object({ rule: text(60), state: z.enum(['met', 'not-met', 'not-evaluable']), says: text(400) })).max(20),
      }),
      signature,
    }),
    write: ['prescriber'], read: [...clinicians], through: 'act',
  }),
  'order-stopped.v1': kind({ body: z.object({ order: id, reason: text(1000) }), write: ['prescriber', 'therapist', 'monitor'], read: [...clinicians], offline: true, corrected: 'never' }),
  'consent.v1': kind({
    body: z.object({
      form: text(60), version: text(40), language: z.string().max(20), textSha256: z.string().regex(/^[0-9a-f]{64}$/),
      acknowledged: z.array(text(80)).max(60), choices: z.record(z.string().max(60), z.string().max(200)).optional(), signature,
    }),
    write: ['patient'], read: everybody, through: 'act',
  }),
  /** Taking consent back is never refused: it may be written offline, in session, by whoever heard it. */
  'consent-withdrawn.v1': kind({ body: z.object({ form: text(60), said: freeText(1000) }), write: cliniciansAndPatient, read: everybody, offline: true, corrected: 'never' }),
  'safety-plan.v1': kind({
    body: z.object({
      warningSigns: z.array(text(400)).min(1).max(20), coping: z.array(text(400)).min(1).max(20),
      distraction: z.array(z.object({ who: text(200), phone: freeText(40) })).max(20),
      help: z.array(z.object({ who: text(200), phone: text(40) })).min(1).max(20),
      professionals: z.array(z.object({ who: text(200), phone: text(40) })).min(1).max(20),
      environment: z.array(z.object({ step: text(400), who: freeText(200) })).max(20),
      worthLivingFor: freeText(1000), likelihoodOfUse: z.int().min(0).max(10),
      madeWith: z.array(text(200)).min(1).max(4), reviewOn: day,
    }),
    write: ['therapist', 'patient'], read: cliniciansAndPatient,
  }),
  'intention.v1': kind({ body: z.object({ text: text(2000), hopes: freeText(2000).optional(), fears: freeText(2000).optional() }), write: ['patient', 'therapist'], read: cliniciansAndPatient, offline: true }),
  'agreements.v1': kind({
    body: z.object({ touch: z.enum(['none', 'hands-only', 'hands-and-shoulders', 'as-agreed']), touchNote: freeText(400), stopSignal: text(200), lighterSignal: freeText(200), quietSignal: freeText(200), grounding: z.array(text(200)).max(20), music: freeText(400) }),
    write: ['patient', 'therapist'], read: cliniciansAndPatient,
  }),
  'escort-named.v1': kind({ body: z.object({ name: text(200), phone: text(40), relationship: freeText(80), adult: z.boolean(), visit: id.optional() }), write: [...cliniciansAndPatient, ...desk], read: everybody, offline: true }),
  'question-asked.v1': kind({ body: z.object({ to: id, text: text(2000), dueAt: instant.optional() }), write: [...clinicians], read: [...clinicians] }),
  'question-answered.v1': kind({ body: z.object({ question: id, text: text(2000) }), write: [...clinicians], read: [...clinicians] }),
} as const
