import type { EntryKind } from '../../../../core/chart/kinds.ts'

/** What people call an entry. */
export const kindNames: Readonly<Record<EntryKind, string>> = {
  'demographics.v1': 'Name and contact', 'inquiry-received.v1': 'Inquiry', 'call-logged.v1': 'First call', 'match-chosen.v1': 'Therapist chosen', 'course-chosen.v1': 'Protocol chosen', 'fact.v1': 'Question asked', 'condition.v1': 'Condition',
  'medication.v1': 'Medicine', 'allergy.v1': 'Allergy', 'list-reviewed.v1': 'List gone through', 'weight.v1': 'Weight', 'height.v1': 'Height', 'pregnancy-test.v1': 'Pregnancy test', 'observation.v1': 'Finding', 'intake.v1': 'Intake', 'medical-history.v1': 'Medical history',
  'imported.v1': 'Brought in from elsewhere', 'referral.v1': 'Referral', 'clearance.v1': 'Medical clearance', 'clearance-reopened.v1': 'Medical clearance reopened', 'order.v1': 'Order', 'order-stopped.v1': 'Order stopped', 'dose-decided.v1': 'Decision about a dose', 'consent.v1': 'Consent', 'consent-withdrawn.v1': 'Consent taken back', 'safety-plan.v1': 'Safety plan',
  'intention.v1': 'Intention', 'agreements.v1': 'Agreements', 'escort-named.v1': 'Escort named', 'question-asked.v1': 'Question to a colleague', 'question-answered.v1': 'Answer to a colleague', 'visits-booked.v1': 'Visits booked', 'visit-moved.v1': 'Visit moved',
  'visit-cancelled.v1': 'Visit cancelled', 'visit-closed.v1': 'Visit', 'measure-answered.v1': 'Questionnaire', 'risk-contact.v1': 'Contact about a risk', 'integration.v1': 'Integration', 'commitment-kept.v1': 'Commitment', 'journal-shared.v1': 'Journal page, shared', 'message.v1': 'Message',
  'maintenance-decided.v1': 'Maintenance decided', 'course-ended.v1': 'Course ended', 'estimate-given.v1': 'Estimate', 'superbill-issued.v1': 'Superbill', 'journal.v1': 'Private journal', 'psychotherapy-note.v1': 'Psychotherapy note',
  'session-started.v1': 'Session', 'gate-passed.v1': 'Gate passed with a reason', 'vitals.v1': 'Vital signs', 'vitals-missed.v1': 'Reading not taken', 'mental-status.v1': 'Mental status', 'checked-in.v1': 'In the room', 'checked-out.v1': 'Left the room', 'identity-checked.v1': 'Identity checked', 'escort-arrived.v1': 'Escort arrived',
  'dose-prepared.v1': 'Dose prepared', 'dose-confirmed.v1': 'Dose confirmed', 'dose-given.v1': 'Dose given', 'dose-ended.v1': 'Dose ended', 'dose-conflict-resolved.v1': 'Dose settled', 'side-effect.v1': 'Side effect', 'symptom.v1': 'Symptom', 'comfort.v1': 'Comfort', 'signal.v1': 'Signal',
  'rating.v1': 'Rating', 'music.v1': 'Music', 'session-note.v1': 'Session note', 'alert-answered.v1': 'Alert answered', 'alert-escalated.v1': 'People called', 'rescue-given.v1': 'Rescue given', 'emergency-step.v1': 'Emergency step', 'discharge-assessed.v1': 'Discharge assessed', 'discharge-signed.v1': 'Discharge signed', 'session-closed.v1': 'Session closed', 'session-narrative.v1': 'Note of the session',
}

/** Where an entry of this kind is corrected: the room whose form wrote it. What was signed is not corrected but signed anew. */
export const correctedIn: Readonly<Partial<Record<EntryKind, string>>> = {
  'intake.v1': 'intake', 'medical-history.v1': 'history', 'condition.v1': 'lists', 'medication.v1': 'lists', 'allergy.v1': 'lists', 'fact.v1': 'facts', 'weight.v1': 'measurements', 'height.v1': 'measurements', 'vitals.v1': 'measurements', 'pregnancy-test.v1': 'measurements',
  'measure-answered.v1': 'c-ssrs', 'safety-plan.v1': 'safety-plan', 'agreements.v1': 'agreements', 'intention.v1': 'intention', 'escort-named.v1': 'escort', 'visit-closed.v1': 'visit', 'integration.v1': 'integration', 'demographics.v1': 'person',
}
