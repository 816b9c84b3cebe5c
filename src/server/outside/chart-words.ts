import type { EntryKind } from '../../core/chart/kinds.ts'
import { spaced } from '../../core/fhir/export/history.ts'
import { showMoney } from '../../core/shared/units.ts'

/** The parts of a chart, in the order in which a course goes by. */
export const threads = [
  'Who this is', 'Coming in', 'Health', 'Questionnaires and safety', 'Clearance and orders', 'Consents and agreements', 'Visits', 'Medicine sessions', 'Integration and afterwards', 'Money', 'Where it came from',
] as const
export type Thread = (typeof threads)[number]

/** What people call an entry, and where it is read. An entry that belongs to a medicine session is read there. */
export const kindWords: Readonly<Record<EntryKind, readonly [title: string, thread: Thread]>> = {
  'demographics.v1': ['Name and contact', 'Who this is'], 'photo-taken.v1': ['Photo', 'Who this is'], 'photo-taken-back.v1': ['Photo taken back', 'Who this is'],
  'inquiry-received.v1': ['Inquiry', 'Coming in'], 'call-logged.v1': ['First call', 'Coming in'], 'match-chosen.v1': ['Therapist chosen', 'Coming in'], 'course-chosen.v1': ['Course chosen', 'Coming in'],
  'fact.v1': ['Question asked', 'Health'], 'condition.v1': ['Condition', 'Health'], 'medication.v1': ['Medicine', 'Health'], 'allergy.v1': ['Allergy', 'Health'], 'list-reviewed.v1': ['List gone through', 'Health'],
  'weight.v1': ['Weight', 'Health'], 'height.v1': ['Height', 'Health'], 'pregnancy-test.v1': ['Pregnancy test', 'Health'], 'observation.v1': ['Finding', 'Health'], 'intake.v1': ['Intake', 'Health'], 'medical-history.v1': ['Medical history', 'Health'],
  'measure-answered.v1': ['Questionnaire', 'Questionnaires and safety'], 'tablet-handed.v1': ['Tablet handed over', 'Questionnaires and safety'], 'risk-contact.v1': ['Contact about a risk', 'Questionnaires and safety'],
  'referral.v1': ['Referral to the prescriber', 'Clearance and orders'], 'clearance.v1': ['Medical clearance', 'Clearance and orders'], 'clearance-reopened.v1': ['Medical clearance reopened', 'Clearance and orders'], 'misuse-sign.v1': ['Told to the prescriber alone', 'Clearance and orders'], 'misuse-reviewed.v1': ['Looked at by the prescriber alone', 'Clearance and orders'], 'order.v1': ['Order', 'Clearance and orders'], 'order-stopped.v1': ['Order stopped', 'Clearance and orders'], 'dose-decided.v1': ['Decision about a dose', 'Clearance and orders'],
  'question-asked.v1': ['Question to a colleague', 'Clearance and orders'], 'question-answered.v1': ['Answer to a colleague', 'Clearance and orders'],
  'consent.v1': ['Consent', 'Consents and agreements'], 'consent-withdrawn.v1': ['Consent taken back', 'Consents and agreements'], 'safety-plan.v1': ['Safety plan', 'Consents and agreements'], 'intention.v1': ['Intention', 'Consents and agreements'],
  'agreements.v1': ['Agreements for the session', 'Consents and agreements'], 'escort-named.v1': ['Escort', 'Consents and agreements'], 'day-answers.v1': ['Said before the visit', 'Visits'], 'sits-in.v1': ['State for visits online', 'Who this is'], 'whereabouts.v1': ['Where they were for a visit online', 'Visits'], 'licence-decided.v1': ['Decided about a state without a licence', 'Visits'], 'ride-answered.v1': ['What the escort said', 'Visits'],
  'visits-booked.v1': ['Visits booked', 'Visits'], 'therapy-series.v1': ['Therapy that comes back', 'Visits'], 'therapy-continued.v1': ['Therapy booked on', 'Visits'], 'visit-moved.v1': ['Visit moved', 'Visits'], 'visit-cancelled.v1': ['Visit cancelled', 'Visits'], 'move-asked.v1': ['Another time asked for', 'Visits'], 'move-answered.v1': ['Answer about another time', 'Visits'], 'change-told.v1': ['Told of or asked about another time', 'Visits'], 'change-answered.v1': ['What was said to another time', 'Visits'], 'change-settled.v1': ['Other time, settled', 'Visits'], 'sooner-wished.v1': ['Would come sooner', 'Visits'], 'sooner-withdrawn.v1': ['Would come sooner: taken back', 'Visits'], 'time-offered.v1': ['A sooner time offered', 'Visits'], 'time-offer-answered.v1': ['What was said to a sooner time', 'Visits'], 'time-offer-ended.v1': ['A sooner time, offered no more', 'Visits'], 'cancellation-told.v1': ['Why a visit did not take place', 'Visits'], 'late-fee-decided.v1': ['Fee for a late cancellation', 'Money'], 'visit-closed.v1': ['Visit note', 'Visits'], 'group-joined.v1': ['Joined a group', 'Visits'], 'group-left.v1': ['Left a group', 'Visits'], 'group-passage.v1': ['What the group did', 'Visits'],
  'session-started.v1': ['Session started', 'Medicine sessions'], 'vitals.v1': ['Vital signs', 'Health'], 'vitals-missed.v1': ['Reading not taken', 'Medicine sessions'], 'mental-status.v1': ['Mental status', 'Health'],
  'checked-in.v1': ['In the room', 'Medicine sessions'], 'checked-out.v1': ['Left the room', 'Medicine sessions'], 'hand-over.v1': ['Handed over', 'Medicine sessions'], 'hand-over-taken.v1': ['Read back and taken over', 'Medicine sessions'], 'identity-checked.v1': ['Identity checked', 'Medicine sessions'], 'photo-compared.v1': ['Photo compared with the person', 'Medicine sessions'], 'spoken-note.v1': ['Spoken note', 'Medicine sessions'], 'spoken-note-written.v1': ['Spoken note, written out', 'Medicine sessions'], 'room-checked.v1': ['Emergency kit checked', 'Medicine sessions'], 'prescriber-reachable.v1': ['Prescriber reachable', 'Medicine sessions'], 'escort-arrived.v1': ['Escort arrived', 'Medicine sessions'],
  'dose-prepared.v1': ['Dose prepared', 'Medicine sessions'], 'gate-passed.v1': ['A gate passed with a reason', 'Medicine sessions'], 'dose-confirmed.v1': ['Dose confirmed', 'Medicine sessions'], 'dose-given.v1': ['Dose given', 'Medicine sessions'], 'dose-ended.v1': ['Dose ended', 'Medicine sessions'], 'medicine-drawn.v1': ['Medicine drawn', 'Medicine sessions'], 'medicine-wasted.v1': ['Medicine wasted', 'Medicine sessions'], 'waste-witnessed.v1': ['Waste witnessed', 'Medicine sessions'], 'dose-conflict-resolved.v1': ['Two records of one dose, settled', 'Medicine sessions'],
  'side-effect.v1': ['Side effect', 'Medicine sessions'], 'symptom.v1': ['Symptom', 'Medicine sessions'], 'comfort.v1': ['Comfort', 'Medicine sessions'], 'signal.v1': ['Signal', 'Medicine sessions'], 'rating.v1': ['Rating', 'Medicine sessions'], 'music.v1': ['Music', 'Medicine sessions'], 'session-note.v1': ['Session note', 'Medicine sessions'],
  'alert-answered.v1': ['Alert answered', 'Medicine sessions'], 'alert-escalated.v1': ['People called', 'Medicine sessions'], 'rescue-given.v1': ['Rescue medicine given', 'Medicine sessions'], 'emergency-step.v1': ['Emergency step', 'Medicine sessions'],
  'discharge-assessed.v1': ['Discharge assessed', 'Medicine sessions'], 'discharge-signed.v1': ['Discharge signed', 'Medicine sessions'], 'session-closed.v1': ['Session closed', 'Medicine sessions'], 'session-narrative.v1': ['Note of the session', 'Medicine sessions'], 'session-transcribed.v1': ['Typed from paper', 'Medicine sessions'], 'transcription-checked.v1': ['Compared with the paper', 'Medicine sessions'], 'late-reviewed.v1': ['Late entries looked at', 'Medicine sessions'],
  'integration.v1': ['Integration', 'Integration and afterwards'], 'commitment-kept.v1': ['Commitment', 'Integration and afterwards'], 'journal-shared.v1': ['Journal page, shared', 'Integration and afterwards'], 'journal-file-shared.v1': ['Photo or recording of the journal, shared', 'Integration and afterwards'], 'journal-taken-back.v1': ['Taken back from the journal’s shared pages', 'Integration and afterwards'], 'afterwards.v1': ['How it was after a session', 'Integration and afterwards'], 'message.v1': ['Message', 'Integration and afterwards'],
  'maintenance-decided.v1': ['Maintenance', 'Integration and afterwards'], 'proposal-decided.v1': ['Decision about a proposal', 'Integration and afterwards'], 'exposure-reviewed.v1': ['Looked at after many doses', 'Integration and afterwards'], 'silence-contact.v1': ['Looked for, without an answer', 'Questionnaires and safety'], 'life-event.v1': ['What happened in life', 'Integration and afterwards'], 'course-ended.v1': ['Course ended', 'Integration and afterwards'],
  'estimate-given.v1': ['Estimate', 'Money'], 'superbill-issued.v1': ['Superbill', 'Money'], 'imported.v1': ['Brought in from elsewhere', 'Where it came from'], 'entries-adopted.v1': ['Taken over from a device whose access ended', 'Where it came from'],
  // Never read: they are streams of their own, and no chart that leaves holds them.
  'journal.v1': ['Private journal', 'Integration and afterwards'], 'journal-photo.v1': ['Private journal: photo', 'Integration and afterwards'], 'journal-voice.v1': ['Private journal: recording', 'Integration and afterwards'], 'psychotherapy-note.v1': ['Psychotherapy note', 'Integration and afterwards'],
  'psychotherapy-recording.v1': ['Spoken psychotherapy note', 'Integration and afterwards'], 'psychotherapy-recording-written.v1': ['Spoken psychotherapy note, written out', 'Integration and afterwards'],
}

/** The unit is the last word of a name: it says how the number is shown, and is not read out. */
const units: readonly (readonly [suffix: string, show: (value: number) => string])[] = [
  ['UgPerMl', (value) => `${value / 1_000} mg/mL`], ['MmHg', (value) => `${value} mmHg`], ['PerMin', (value) => `${value} a minute`], ['Percent', (value) => `${value} %`],
  ['DeciC', (value) => `${value / 10} °C`], ['Cents', (value) => showMoney(value)], ['Days', (value) => `${value} days`], ['Ug', (value) => `${value / 1_000} mg`], ['Ul', (value) => `${value / 1_000} mL`], ['Mm', (value) => `${value / 10} cm`], ['G', (value) => `${value / 1_000} kg`],
]

const names: Readonly<Record<string, string>> = {
  moaaS: 'MOAA/S', rass: 'RASS', spo2Percent: 'oxygen saturation', textSha256: 'digest of the text', sha256: 'digest', padss: 'PADSS', qtcMs: 'QTc, ms', none: 'none at all',
}

/** The words for a field, without its unit. */
export function labelOf(key: string): string {
  const named = names[key]
  if (named !== undefined) return named
  const unit = units.find(([suffix]) => key.endsWith(suffix) && key.length > suffix.length)
  return spaced(unit ? key.slice(0, -unit[0].length) : key)
}

/** A number with the unit its field's name says it has. */
export function amountOf(key: string, value: number): string {
  const unit = units.find(([suffix]) => key.endsWith(suffix) && key.length > suffix.length)
  return unit ? unit[1](value) : String(value)
}
