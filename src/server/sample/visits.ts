import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { consentSha256 } from '../http/consents.ts'
import { staffPeople as staff, type SamplePerson } from './people.ts'
import { answersFor, minutesAfter, noToAll, version, type Telling } from './telling.ts'

/** The visits of the sample stories, as the people in them would write them down. */
export interface Course {
  readonly tell: Telling
  readonly chart: string
  readonly patient: SamplePerson
  readonly therapist: SamplePerson
}

export const measured = ({ tell }: Course, instrument: string, answers: Record<string, number | boolean | null>, at: string, by: 'patient' | 'clinician' = 'patient') =>
  tell.draft('measure-answered.v1', { instrument, version: version(instrument), language: 'en', answers, answeredBy: by }, at)

/** Everything the rules ask about before a clearance, said or measured. */
export async function medicalFacts(course: Course, at: string, { weightKg, heightCm, sex }: { weightKg: number; heightCm: number; sex: 'M' | 'F' }) {
  const { tell, chart, therapist } = course
  const fact = (name: string, value: unknown) => tell.draft('fact.v1', { fact: name, state: 'answered', value } as never, at)
  await tell.write(therapist, chart, [
    fact('sexAtBirth', sex), fact('psychosis', 'none'), fact('mania', 'none'), fact('substanceUse', []), fact('hasCapacity', true), fact('escortAvailable', true), fact('adequateTrials', 3), fact('childbearingPotential', false), fact('lactating', false),
    fact('seizureUncontrolled', false), fact('untreatedSleepApnea', false), fact('homeOxygen', false), fact('ketamineMisuse', false), fact('opioidAgonistTreatment', false), fact('ketamineFromAnotherPrescriber', false),
    tell.draft('condition.v1', { name: 'Major depressive disorder, recurrent, moderate', codes: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F33.1' }], status: 'active', category: 'indication' }, at),
    tell.draft('medication.v1', { name: 'sertraline', codes: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '36437', display: 'sertraline' }], dosage: '100 mg in the morning', status: 'active' }, at),
    tell.draft('allergy.v1', { substance: 'penicillin', codes: [], reaction: 'rash', status: 'active' }, at),
    tell.draft('list-reviewed.v1', { list: 'medications', none: false }, at), tell.draft('list-reviewed.v1', { list: 'allergies', none: false }, at), tell.draft('list-reviewed.v1', { list: 'conditions', none: false }, at),
    tell.draft('medical-history.v1', { items: [{ topic: 'Illnesses', state: 'asked', answer: 'Migraine, rarely.' }, { topic: 'Surgeries', state: 'asked', answer: 'None.' }, { topic: 'Genetic disorders in the family', state: 'declined', answer: '' }] }, at),
    tell.draft('weight.v1', { weightG: weightKg * 1000 }, at), tell.draft('height.v1', { heightMm: heightCm * 10 }, at),
    measured(course, 'c-ssrs', noToAll, at, 'clinician'),
  ])
}

export async function intake({ tell, chart, therapist }: Course, visit: BookedVisit, words: { presenting: string; goals: string[] }) {
  const after = minutesAfter(visit.startsAt)
  tell.at(after(65))
  await tell.write(therapist, chart, [
    tell.draft('intake.v1', { presenting: words.presenting, psychiatricHistory: 'First episode at nineteen; three courses of medication, two of therapy, with partial relief.', currentStatus: 'Oriented, tired, cooperative. No thoughts of suicide now.', goals: words.goals, readiness: 7, readinessNote: 'Curious and a little afraid.', supportNeeded: 'A sister who can stay the first night.', indications: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F33.1', display: 'Major depressive disorder, recurrent, moderate' }], carePlan: 'Refer for clearance; three preparation visits; six medicine sessions with integration.' }, after(62)),
    tell.draft('visit-closed.v1', { visit: visit.visit, type: 'intake', startedAt: visit.startsAt, endedAt: after(60), outcome: 'completed', covered: [], modalities: [], summary: 'Intake held.', carePlan: '' }, after(62)),
    tell.draft('referral.v1', { question: 'Please see for medical clearance for KAP. Blood pressure was at the upper end last year.', urgency: 'routine' }, after(64)),
  ])
  await tell.ask(therapist, 'joinTeam', { params: { chart }, body: { person: staff.helen.id, role: 'prescriber' } })
}

export async function baseline(course: Course, at: string, scores: { phq9: number; gad7: number; pcl5: number }) {
  const { tell, chart, patient } = course
  tell.at(at)
  await tell.write(patient, chart, [
    measured(course, 'phq-9', answersFor('phq-9', scores.phq9, { q9: 0 }), at), measured(course, 'gad-7', answersFor('gad-7', scores.gad7), at),
    measured(course, 'pcl-5', answersFor('pcl-5', scores.pcl5), at), measured(course, 'audit-c', answersFor('audit-c', 1), at), measured(course, 'urinary-check', answersFor('urinary-check', 0), at),
  ])
}

export async function clear(course: Course, at: string, expiresOn: string) {
  const { tell, chart } = course
  const { helen } = staff
  tell.at(at)
  await tell.write(helen, chart, [
    tell.draft('vitals.v1', { systolicMmHg: 126, diastolicMmHg: 78, heartRatePerMin: 68, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true, position: 'seated' }, at),
    tell.draft('fact.v1', { fact: 'pdmpChecked', state: 'answered', value: true }, at), tell.draft('fact.v1', { fact: 'ecgDone', state: 'answered', value: true }, at),
  ])
  const { lastSeq } = await tell.ask(helen, 'chart', { params: { chart } })
  await tell.ask(helen, 'signClearance', { params: { chart }, body: { id: tell.id(), device: tell.device, code: await tell.code(helen), clearance: { decision: 'cleared', conditions: ['Blood pressure below 140/90 on the day'], reason: 'Seen in person; history, medicines and examination without a finding that stands against treatment.', expiresOn, overrides: [], lastSeq } } })
}

export async function order({ tell, chart }: Course, at: string, row: { doseMg: number; weightKg: number; from: string; until: string }) {
  const { helen } = staff
  tell.at(at)
  const id = tell.id()
  await tell.ask(helen, 'signOrder', { params: { chart }, body: { id, device: tell.device, code: await tell.code(helen), order: { medication: 'racemic-ketamine', route: 'IM', doseUg: row.doseMg * 1000, boosterUg: 0, maxTotalUg: row.doseMg * 1000, weightG: row.weightKg * 1000, validFrom: row.from, validUntil: row.until, instructions: 'Deltoid. Seated beforehand, two people in the room throughout.', reason: '' } } })
  return id
}

export async function consents({ tell, chart, patient }: Course, at: string) {
  tell.at(at)
  // Sharing with a registry is nobody’s unless they sign it themselves.
  for (const form of rulebook.consents.filter((one) => one.form !== 'registry')) {
    await tell.ask(patient, 'signConsent', { params: { chart }, body: { id: tell.id(), device: tell.device, form: form.form, version: form.version, textSha256: consentSha256(form), acknowledged: form.risks.map(({ id }) => id), choices: Object.fromEntries(form.choices.map(({ id, options }) => [id, options[1] ?? options[0]!])), typedName: `${patient.givenName} ${patient.familyName}` } })
  }
}

export async function preparation({ tell, chart, therapist }: Course, visit: BookedVisit, covered: string[]) {
  const after = minutesAfter(visit.startsAt)
  tell.at(after(62))
  await tell.write(therapist, chart, [tell.draft('visit-closed.v1', { visit: visit.visit, type: 'preparation', startedAt: visit.startsAt, endedAt: after(60), outcome: 'completed', covered, modalities: ['mindfulness'], summary: `Preparation ${visit.number}: ${covered.join(', ')}.`, carePlan: '' }, after(61))])
}

export async function safetyPlan({ tell, chart, therapist, patient }: Course, at: string, reviewOn: string) {
  tell.at(at)
  await tell.write(therapist, chart, [
    tell.draft('safety-plan.v1', { warningSigns: ['not answering messages', 'lying awake after three'], coping: ['walk to the water', 'cold water on the wrists'], distraction: [{ who: 'the climbing hall', phone: '' }], help: [{ who: 'Lena, sister', phone: '+1 510 555 0178' }], professionals: [{ who: `${therapist.givenName} ${therapist.familyName}`, phone: '+1 510 555 0142' }, { who: '988 Suicide and Crisis Lifeline', phone: '988' }], environment: [{ step: 'medicines kept with Lena', who: 'Lena' }], worthLivingFor: 'my niece', likelihoodOfUse: 8, madeWith: [`${patient.givenName} ${patient.familyName}`, `${therapist.givenName} ${therapist.familyName}`], reviewOn }, at),
    tell.draft('agreements.v1', { touch: 'hands-only', touchNote: 'ask with an open hand', stopSignal: 'raised palm', lighterSignal: 'two fingers', quietSignal: 'hand over the ear', grounding: ['feet', 'long-breath'], music: 'piano, nothing with words' }, at),
    tell.draft('intention.v1', { text: 'To meet the tiredness without fighting it.', hopes: 'To feel mornings again.', fears: 'Losing control.' }, at),
    tell.draft('escort-named.v1', { name: 'Lena Keller', phone: '+1 510 555 0178', relationship: 'sister', adult: true }, at),
  ])
}

/** Prescriber and therapist look together at response and dose, between one session and the next. */
export async function review({ tell, chart }: Course, at: string, number: number) {
  tell.at(at)
  await tell.write(staff.helen, chart, [tell.draft('visit-closed.v1', { type: 'consult', startedAt: plusMinutes(at, -20), endedAt: plusMinutes(at, -5), outcome: 'completed', covered: ['response', 'dose', 'side effects'], modalities: [], summary: `Review after session ${number}, with the therapist: the dose stays.`, carePlan: '' }, plusMinutes(at, -4))])
}

export async function integration({ tell, chart, therapist }: Course, session: string, visit: BookedVisit, themes: string) {
  const after = minutesAfter(visit.startsAt)
  tell.at(after(62))
  await tell.write(therapist, chart, [tell.draft('integration.v1', { session, visit: visit.visit, startedAt: visit.startsAt, endedAt: after(60), themes, modalities: ['act'], commitments: [{ id: tell.id(), text: 'Ten minutes outside before the first screen' }], nextIntention: '' }, after(61))])
}
