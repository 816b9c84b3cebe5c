import { z } from 'zod'
import { OUTSIDE, stateCodes } from '../../shared/us-states.ts'
import { cliniciansAndPatient, desk, everybody, id, instant, kind, text } from './kind.ts'

/** A state by its two letters, or outside the United States. */
export const whereabouts = z.enum([...stateCodes, OUTSIDE])

/** Where somebody sits who is seen online: as a rule, and on the day. Whoever treats them needs the licence of that state. */
export const whereKinds = {
  /** Where the patient lives and sits for visits online, until another entry says otherwise. */
  'sits-in.v1': kind({ body: z.object({ state: whereabouts, via: z.enum(['form', 'call', 'desk', 'patient']) }), write: [...desk, 'therapist', 'prescriber', 'patient'], read: everybody, corrected: 'never' }),
  /** Where they are for one visit at its hour, and how help and a call would reach them: said by the patient, or heard by the clinician who asked. The newest counts. */
  'whereabouts.v1': kind({
    body: z.object({ visit: id, startsAt: instant, state: whereabouts, place: text(300), phone: text(40), company: z.enum(['alone', 'not-alone']), via: z.enum(['link', 'portal', 'aloud']) }),
    write: ['patient', 'therapist', 'prescriber'], read: cliniciansAndPatient, offline: true, corrected: 'never',
  }),
  /** What a clinician decided about a visit to somebody in a state for which they are not entered as licensed. */
  'licence-decided.v1': kind({ body: z.object({ visit: id, startsAt: instant, state: whereabouts, decision: z.enum(['held', 'moved', 'phone']), reason: text(1000) }), write: ['therapist', 'prescriber'], read: everybody, offline: true, corrected: 'never' }),
} as const
