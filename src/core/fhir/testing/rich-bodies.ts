import { theServer } from '../../chart/entry.ts'
import type { BodyOf, EntryKind } from '../../chart/kinds.ts'
import { idOf, people } from './rich-people.ts'

export interface RichBody { readonly place: number; readonly kind: EntryKind; readonly at: string; readonly by: string; readonly body: unknown; readonly session?: string; readonly amends?: string }

const [rosa, tom, june, mira] = people.map((person) => person.id) as [string, string, string, string]
const sha = 'ab'.repeat(32)
const signed = (person: string, name: string, meaning: BodyOf<'clearance.v1'>['signature']['meaning']) => ({ person, name, meaning, method: 'pin' as const, signedAt: '2026-09-10T15:00:00.000Z' })

/** In the order they were written. The places are fixed, since entries point at each other. */
export function richBodies(): RichBody[] {
  const all: RichBody[] = []
  const add = <Kind extends EntryKind>(place: number, at: string, by: string, kind: Kind, body: BodyOf<Kind>, more: { session?: string; amends?: string } = {}) => {
    all.push({ place, kind, at: `2026-${at}:00.000Z`, by, body, ...more })
  }
  arrival(add)
  agreements(add)
  session(add)
  after(add)
  return all
}

type Add = <Kind extends EntryKind>(place: number, at: string, by: string, kind: Kind, body: BodyOf<Kind>, more?: { session?: string; amends?: string }) => void

function arrival(add: Add) {
  add(1, '08-31T15:00', rosa, 'inquiry-received.v1', { inquiry: idOf(900), receivedAt: '2026-08-31T14:00:00.000Z', message: 'I would like to know more.', wants: 'a calm place', preferences: { days: ['Tuesday'] } })
  add(2, '09-01T15:00', rosa, 'call-logged.v1', { startedAt: '2026-09-01T14:30:00.000Z', endedAt: '2026-09-01T15:00:00.000Z', answers: [{ question: 'hopes', value: 'to sleep' }], outcome: 'goes-on', note: '' })
  add(3, '09-01T15:05', mira, 'demographics.v1', { givenName: 'Mira', familyName: 'Patel', birthDate: '1988-04-05', preferredName: 'Mia', pronouns: 'she/her', phone: '555 0100', email: 'mira@example.com', address: '1 Sample Street', language: 'en', gender: 'female', emergencyContact: { name: 'Dev Patel', phone: '555 0101', relationship: 'brother' } })
  add(4, '09-01T15:10', rosa, 'match-chosen.v1', { therapist: rosa, reasons: ['has time on Tuesdays'], offered: [{ therapist: rosa, score: 8 }] })
  add(5, '09-02T15:00', rosa, 'course-chosen.v1', { protocol: 'kap-im', edition: '2026-1', note: 'agreed together' })
  add(6, '09-02T15:01', mira, 'fact.v1', { fact: 'sexAtBirth', state: 'answered', value: 'F' })
  add(7, '09-02T15:02', mira, 'fact.v1', { fact: 'substanceUse', state: 'answered', value: [{ substance: 'alcohol', status: 'remission' }] })
  add(8, '09-02T15:03', mira, 'fact.v1', { fact: 'mania', state: 'declined' })
  add(9, '09-02T15:04', tom, 'fact.v1', { fact: 'qtcMs', state: 'answered', value: 418 })
  add(10, '09-02T15:05', rosa, 'condition.v1', { name: 'Major depressive disorder, recurrent, moderate', codes: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F33.1' }], status: 'active', onset: '2015-06-01', category: 'indication' })
  add(11, '09-02T15:06', rosa, 'condition.v1', { name: 'Appendectomy <2009> & after', codes: [], status: 'resolved', category: 'surgery' })
  add(12, '09-02T15:07', mira, 'medication.v1', { name: 'Sertraline 50 mg', codes: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '36437', display: 'sertraline' }], dosage: 'one in the morning', status: 'active', startedOn: '2024-01-15' })
  add(13, '09-02T15:08', mira, 'medication.v1', { name: 'Zolpidem', codes: [], dosage: '', status: 'stopped', stoppedOn: '2026-08-01' })
  add(14, '09-02T15:09', mira, 'allergy.v1', { substance: 'Penicillin', codes: [], reaction: 'rash', status: 'active' })
  add(15, '09-02T15:10', mira, 'list-reviewed.v1', { list: 'genetic', none: true })
  add(16, '09-02T15:11', mira, 'list-reviewed.v1', { list: 'medications', none: false })
  add(17, '09-02T15:12', june, 'weight.v1', { weightG: 710_00, confirmed: true })
  add(18, '09-02T15:13', june, 'height.v1', { heightMm: 1_680 })
  add(19, '09-02T15:14', june, 'pregnancy-test.v1', { result: 'negative', takenAt: '2026-09-02T15:00:00.000Z', specimen: 'urine' })
  add(20, '09-02T15:15', tom, 'observation.v1', { codes: [{ system: 'http://loinc.org', code: '1742-6', display: 'ALT' }], name: 'ALT', value: 22, unit: 'U/L', category: 'laboratory' })
  add(21, '09-02T15:16', tom, 'observation.v1', { codes: [{ system: 'urn:ietf:rfc:3986', code: 'uncoded', display: 'Sleep' }], name: 'Sleep', value: 'poor', category: 'other' })
  add(22, '09-03T15:00', rosa, 'intake.v1', { presenting: 'Low mood.', psychiatricHistory: 'Two episodes.', currentStatus: 'Stable.', goals: ['sleep', 'work'], readiness: 7, readinessNote: '', supportNeeded: '', indications: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F33.1' }], carePlan: 'Three preparations, then six sessions.' })
  add(23, '09-03T15:01', mira, 'medical-history.v1', { items: [{ topic: 'surgery', state: 'asked', answer: 'appendix' }, { topic: 'genetic', state: 'declined', answer: '' }] })
  add(24, '09-03T15:02', rosa, 'imported.v1', { source: 'county clinic', resource: 'Condition/1', sha256: sha, becameEntries: [idOf(10)], note: '' })
  add(25, '09-03T15:03', mira, 'measure-answered.v1', { instrument: 'phq-9', version: '1', language: 'en', answers: { 1: 2, 2: 2, 3: 3, 4: 2, 5: 1, 6: 2, 7: 1, 8: 0, 9: 1, difficulty: 2 }, answeredBy: 'patient' })
  add(26, '09-03T15:04', mira, 'measure-answered.v1', { instrument: 'phq-9', version: '1', language: 'en', answers: { 1: 2, 2: null }, answeredBy: 'patient' })
  add(27, '09-03T15:05', rosa, 'measure-answered.v1', { instrument: 'unlisted-scale', version: '1', language: '', answers: { a: true, b: 4 }, answeredBy: 'clinician' })
  add(28, '09-03T15:06', rosa, 'risk-contact.v1', { opened: idOf(25), level: 'low', reached: true, decided: 'closed', note: 'Talked by phone.' })
  add(29, '09-03T15:07', june, 'weight.v1', { weightG: 71_500 }, { amends: idOf(17) })
}

function agreements(add: Add) {
  const screening = { edition: '2026-1', decision: 'ELIGIBLE_WITH_CAUTIONS', met: [{ rule: 'C01', says: 'Blood pressure is watched.', action: 'caution' }], unknown: ['M04'] }
  add(40, '09-09T15:00', rosa, 'referral.v1', { prescriber: tom, question: 'Fit for treatment?', urgency: 'routine' })
  add(41, '09-09T15:10', rosa, 'question-asked.v1', { to: tom, text: 'ECG needed?' })
  add(42, '09-09T15:20', tom, 'question-answered.v1', { question: idOf(41), text: 'Yes, done.' })
  add(43, '09-10T15:00', tom, 'clearance.v1', { decision: 'cleared', conditions: ['pressure below the limit'], reason: 'Reviewed.', expiresOn: '2026-12-09', screening, overrides: [], lastSeq: 29, signature: signed(tom, 'Tom Lindqvist', 'approval') })
  add(462, '09-10T15:01', theServer, 'clearance-reopened.v1', { clearance: idOf(43), edition: '2026-1', rules: [{ rule: 'O14', says: 'Takes an MAO inhibitor.', action: 'override', facts: [{ fact: 'medications', value: ['phenelzine'], entries: [idOf(12)] }] }] })
  add(44, '09-10T15:05', tom, 'order.v1', { medication: 'racemic-ketamine', route: 'IM', doseUg: 35_000, boosterUg: 15_000, maxTotalUg: 50_000, weightG: 71_500, strengthUgPerMl: 100_000, validFrom: '2026-09-10', validUntil: '2026-12-09', instructions: 'slowly', reason: '', signature: signed(tom, 'Tom Lindqvist', 'authorship') })
  add(45, '09-10T15:06', tom, 'order.v1', { medication: 'racemic-ketamine', route: 'SL', doseUg: 100_000, boosterUg: 0, maxTotalUg: 100_000, weightG: 71_500, validFrom: '2026-09-10', validUntil: '2026-09-30', instructions: '', reason: '', signature: signed(tom, 'Tom Lindqvist', 'authorship') })
  add(461, '09-10T15:05', tom, 'dose-decided.v1', { decision: 'changed', reason: 'A smaller first dose was agreed.', order: idOf(44), window: [3, 6], noSideEffects: false, proposal: { edition: '2026-1', route: 'IM', action: 'START', doseUg: 36_000, rules: [{ rule: 'older', state: 'not-met', says: 'Sixty-five or older.' }] }, signature: signed(tom, 'Tom Lindqvist', 'authorship') })
  add(463, '09-10T15:02', rosa, 'misuse-sign.v1', { sign: 'misuse.early', seen: true, on: '2026-09-10', said: 'Asked twice this week for the next session to come sooner.' })
  add(464, '09-10T15:03', tom, 'misuse-reviewed.v1', { read: [idOf(463)], found: [{ sign: 'misuse.early', state: 'met' }], edition: '2026-1', reason: 'Talked it over with her: she was afraid of the gap before her journey.' })
  add(46, '09-11T15:00', rosa, 'order-stopped.v1', { order: idOf(45), reason: 'Another route was chosen.' })
  add(47, '09-11T15:10', mira, 'consent.v1', { form: 'treatment', version: '2026-1', language: 'en', textSha256: sha, acknowledged: ['off-label'], signature: signed(mira, 'Mira Patel', 'consent') })
  add(48, '09-11T15:11', mira, 'consent.v1', { form: 'touch', version: '2026-1', language: 'en', textSha256: sha, acknowledged: [], choices: { touch: 'hands' }, signature: signed(mira, 'Mira Patel', 'consent') })
  add(49, '09-11T15:20', rosa, 'safety-plan.v1', { warningSigns: ['not sleeping'], coping: ['a walk', 'music'], distraction: [{ who: 'Dev', phone: '555 0101' }], help: [{ who: 'Dev', phone: '555 0101' }], professionals: [{ who: 'Rosa', phone: '555 0102' }], environment: [{ step: 'pills locked away', who: 'Dev' }], worthLivingFor: 'the garden', likelihoodOfUse: 8, madeWith: ['Rosa Adeyemi'], reviewOn: '2026-12-11' })
  add(50, '09-11T15:30', mira, 'intention.v1', { text: 'To rest.', hopes: 'ease', fears: 'losing control' })
  add(51, '09-11T15:40', mira, 'agreements.v1', { touch: 'hands-only', touchNote: '', stopSignal: 'open hand', lighterSignal: 'one finger', quietSignal: '', grounding: ['breathing'], music: 'no words' })
  add(52, '09-11T15:50', mira, 'escort-named.v1', { name: 'Dev Patel', phone: '555 0101', relationship: 'brother', adult: true })
  add(465, '09-19T16:00', mira, 'day-answers.v1', { visit: idOf(902), check: 'day-before', via: 'link', said: { fastingClear: true, medicinesClear: true, medicines: 'as-told', alcohol: 'no', ride: 'coming', systolicMmHg: 122, diastolicMmHg: 78, lastFoodAt: '2026-09-19T02:00:00.000Z', lastFluidAt: '2026-09-19T12:00:00.000Z' } })
  add(466, '09-19T17:00', theServer, 'ride-answered.v1', { visit: idOf(902), startsAt: '2026-09-20T15:00:00.000Z', named: idOf(52), name: 'Dev Patel', comes: true })
  const visit = (place: number, type: BodyOf<'visit-closed.v1'>['type'], day: string) => ({ visit: idOf(place), type, number: 1, startsAt: `2026-${day}T15:00:00.000Z`, endsAt: `2026-${day}T16:00:00.000Z`, localStart: `2026-${day}T09:00`, zone: 'America/Denver', people: [{ person: rosa, name: 'Rosa Adeyemi', role: 'therapist' }], online: type === 'integration' })
  add(53, '09-11T16:00', rosa, 'visits-booked.v1', { visits: [visit(901, 'preparation', '09-14'), visit(902, 'medicine', '09-20'), visit(903, 'integration', '09-21'), visit(904, 'follow-up', '10-20'), visit(905, 'follow-up', '12-20')], why: 'planned together' })
  add(54, '09-12T16:00', rosa, 'visit-moved.v1', { to: visit(903, 'integration', '09-22'), why: 'a train strike' })
  add(55, '09-12T16:10', rosa, 'visit-cancelled.v1', { visit: idOf(904), why: 'on holiday' })
  add(945, '09-12T17:00', mira, 'move-asked.v1', { from: '2026-09-14T15:00:00.000Z', to: visit(901, 'preparation', '09-15'), words: 'A train strike.' })
  add(946, '09-12T18:00', rosa, 'move-answered.v1', { asked: idOf(945), answer: 'no', words: 'Nobody is there that day.' })
  add(1051, '09-12T18:10', rosa, 'change-told.v1', { way: 'asked', changes: [{ from: visit(901, 'preparation', '09-14'), to: visit(901, 'preparation', '09-16'), why: 'A room is painted.' }], until: '2026-09-13T18:10:00.000Z' })
  add(1052, '09-12T18:20', mira, 'change-answered.v1', { told: idOf(1051), answer: 'no', via: 'link', lost: false })
  add(1053, '09-12T18:30', rosa, 'change-settled.v1', { told: idOf(1051), how: 'settled', words: 'Spoken on the telephone.' })
  add(947, '09-12T16:10', rosa, 'cancellation-told.v1', { visit: idOf(904), type: 'follow-up', number: 1, startsAt: '2026-10-20T15:00:00.000Z', outcome: 'cancelled', by: 'patient', reason: 'other', words: 'on holiday', knownAt: '2026-09-12T16:00:00.000Z' })
  add(948, '09-12T16:20', rosa, 'late-fee-decided.v1', { told: idOf(947), decision: 'waived', amountCents: 0, why: 'Known a month before.' })
  const hour = { everyWeeks: 1, weekday: 2, at: '09:00', lengthMin: 50, zone: 'America/Denver', therapist: { person: rosa, name: 'Rosa Adeyemi' }, online: true, roomFeatures: [], from: '2026-09-22', pauses: [] }
  add(1061, '09-12T18:40', rosa, 'visits-booked.v1', { visits: [visit(906, 'therapy', '09-24')], why: '', series: idOf(1060) })
  add(1062, '09-12T18:40', rosa, 'therapy-series.v1', { series: idOf(1060), how: 'made', rule: hour, plannedTo: '2026-09-29', why: 'Once a week beside the course.' })
  add(1063, '09-13T18:40', theServer, 'therapy-continued.v1', { series: idOf(1060), visits: [visit(907, 'therapy', '10-06')], without: [{ day: '2026-10-13', says: 'The practice is closed.' }], plannedTo: '2026-10-13' })
  add(1071, '09-13T16:00', rosa, 'group-joined.v1', { group: idOf(1070), name: 'Tuesday group', kind: 'group' })
  add(1072, '09-14T16:05', rosa, 'group-passage.v1', { visit: idOf(901), group: idOf(1070), name: 'Tuesday group', text: 'The group breathed together.' })
  add(1073, '09-16T16:00', rosa, 'group-left.v1', { group: idOf(1070), name: 'Tuesday group', why: 'Another weekday.' })
  add(56, '09-14T16:00', rosa, 'visit-closed.v1', { visit: idOf(901), type: 'preparation', startedAt: '2026-09-14T15:00:00.000Z', endedAt: '2026-09-14T16:00:00.000Z', outcome: 'completed', covered: ['setting'], modalities: [], summary: 'Went well.', carePlan: '' })
  add(57, '09-15T16:00', rosa, 'visit-closed.v1', { type: 'consult', startedAt: '2026-09-15T15:00:00.000Z', endedAt: '2026-09-15T15:10:00.000Z', outcome: 'missed', covered: [], modalities: [], summary: '', carePlan: '' })
}

function session(add: Add) {
  const here = { session: idOf(60) }
  const on = (minute: string) => `09-20T${minute}`
  add(60, on('15:00'), rosa, 'session-started.v1', { visit: idOf(902), protocol: 'kap-im', route: 'IM', order: idOf(44), clearance: idOf(43), consents: [idOf(47)], safetyPlan: idOf(49), edition: '2026-1', number: 1, gates: [{ gate: 'clearance', state: 'met', facts: [idOf(43)] }], people: [{ person: rosa, name: 'Rosa Adeyemi', role: 'therapist' }, { person: june, name: 'June Park', role: 'monitor' }] }, here)
  add(61, on('15:01'), june, 'checked-in.v1', { person: june, name: 'June Park', role: 'monitor' }, here)
  add(62, on('15:02'), june, 'identity-checked.v1', { by: ['name', 'birth-date'] }, here)
  add(90, on('15:02'), june, 'room-checked.v1', { room: { id: idOf(940), name: 'Room 2' }, items: [{ item: 'oxygen', present: true }, { item: 'suction', present: false }], earliestExpiry: '2027-03-01', confirms: { at: '2026-09-20T08:10:00.000Z', person: rosa, name: 'Rosa Adeyemi' } }, here)
  add(91, on('15:02'), june, 'prescriber-reachable.v1', { person: tom, name: 'Tom Lindqvist', by: 'phone', answersWithinSec: 120, until: '2026-09-20T19:00:00.000Z' }, here)
  add(63, on('15:03'), june, 'escort-arrived.v1', { name: 'Dev Patel', idNoted: '', kind: 'adult' }, here)
  add(64, on('15:05'), june, 'vitals.v1', { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 70, respiratoryRatePerMin: 14, spo2Percent: 98, temperatureDeciC: 368, onRoomAir: true, position: 'seated' }, here)
  add(89, on('15:09'), tom, 'gate-passed.v1', { gate: 'fasting', step: 1, reason: 'Ate a cracker three hours ago; benefit outweighs the risk.' }, here)
  add(65, on('15:10'), june, 'dose-prepared.v1', { step: 1, doseUg: 35_000, route: 'IM', order: idOf(44), lot: 'L-7', volumeUl: 350, strengthUgPerMl: 100_000 }, here)
  add(66, on('15:11'), rosa, 'dose-confirmed.v1', { prepared: idOf(65), doseUg: 35_000 }, here)
  add(67, on('15:12'), june, 'dose-given.v1', { step: 1, doseUg: 35_000, route: 'IM', order: idOf(44), prepared: idOf(65), confirmed: idOf(66), confirmedBy: rosa, site: 'left deltoid', selfAdministered: false }, here)
  add(68, on('15:12'), rosa, 'dose-given.v1', { step: 1, doseUg: 35_000, route: 'IM', order: idOf(44), prepared: idOf(65), confirmed: idOf(66), confirmedBy: june, site: '', selfAdministered: false, endedAt: '2026-09-20T15:12:30.000Z' }, here)
  add(69, on('15:14'), rosa, 'dose-conflict-resolved.v1', { step: 1, stands: idOf(67), reason: 'Both wrote the same dose.' }, here)
  add(142, on('15:10'), june, 'medicine-drawn.v1', { prepared: idOf(65), from: 'stock', container: idOf(950), lot: 'L-7', measure: 'ul', quantity: 400, dose: 350 }, here)
  add(143, on('15:13'), june, 'medicine-wasted.v1', { container: idOf(950), drawn: idOf(142), measure: 'ul', quantity: 50, how: 'Into absorbent, in the locked bin.' }, here)
  add(144, on('15:14'), tom, 'waste-witnessed.v1', { wasted: idOf(143), signature: { ...signed(tom, 'Tom Lindqvist', 'confirmation'), method: 'pin' } }, here)
  add(70, on('15:15'), june, 'dose-ended.v1', { dose: idOf(67) }, here)
  add(71, on('15:25'), june, 'vitals.v1', { systolicMmHg: 141, heartRatePerMin: 92, spo2Percent: 95, onRoomAir: false }, here)
  add(72, on('15:26'), june, 'mental-status.v1', { moaaS: 4, rass: -1, orientation: 3 }, here)
  add(73, on('15:30'), june, 'vitals-missed.v1', { plannedFor: '2026-09-20T15:30:00.000Z', reason: 'eyes closed, calm' }, here)
  add(74, on('15:31'), june, 'side-effect.v1', { term: 'nausea', grade: 2, onsetAt: '2026-09-20T15:31:00.000Z', action: 'bowl', attributed: true }, here)
  add(75, on('15:32'), june, 'symptom.v1', { symptom: 'headache', present: false }, here)
  add(76, on('15:33'), rosa, 'comfort.v1', { measure: 'blanket', note: '' }, here)
  add(77, on('15:34'), rosa, 'signal.v1', { signal: 'quiet', answeredWith: 'lowered the music' }, here)
  add(78, on('15:35'), rosa, 'rating.v1', { scale: 'intensity', value: 6 }, here)
  add(79, on('15:36'), rosa, 'music.v1', { what: 'strings' }, here)
  add(80, on('15:37'), rosa, 'session-note.v1', { text: 'Quiet tears.' }, here)
  add(81, on('15:38'), june, 'alert-answered.v1', { alert: 'BP-S', action: 'repeating', note: '' }, here)
  add(98, on('15:38'), theServer, 'alert-escalated.v1', { alert: 'BP-S', circle: 1, told: [{ person: june, name: 'June Park' }] }, here)
  add(82, on('15:39'), june, 'rescue-given.v1', { what: 'ondansetron', amount: '4 mg', reason: 'nausea', orderedBy: 'Tom Lindqvist' }, here)
  add(83, on('15:40'), june, 'emergency-step.v1', { card: 'vomiting', step: 'turned to the side' }, here)
  add(84, on('15:41'), mira, 'consent-withdrawn.v1', { form: 'touch', said: 'no hands today' }, here)
  add(85, on('16:40'), june, 'discharge-assessed.v1', { orientation: 4, moaaS: 5, rass: 0, gait: 'steady', dissociation: 'none-above-baseline', aldrete: { activity: 2, respiration: 2, circulation: 2, consciousness: 2, saturation: 2 }, padss: { vitals: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 }, noDrivingSigned: true, instructionsGiven: true, roomAir: true }, here)
  add(86, on('16:45'), june, 'discharge-signed.v1', { assessed: idOf(85), role: 'monitor', signature: signed(june, 'June Park', 'approval') }, here)
  add(140, on('16:46'), june, 'hand-over.v1', { to: rosa, items: [{ item: 'doses', says: 'One dose: 35 mg IM at 15:12.' }], signature: signed(june, 'June Park', 'confirmation') }, here)
  add(141, on('16:48'), rosa, 'hand-over-taken.v1', { handOver: idOf(140), readBack: ['doses'], signature: signed(rosa, 'Rosa Adeyemi', 'confirmation') }, here)
  add(150, '09-10T14:00', rosa, 'photo-taken.v1', { file: { sha256: sha, bytes: 4_000, type: 'image/jpeg' }, agreed: 'aloud' })
  add(151, '09-10T14:05', mira, 'photo-taken-back.v1', { photo: idOf(150), why: 'asked', said: 'My eyes are shut in it.' })
  add(152, '09-10T14:10', rosa, 'photo-taken.v1', { file: { sha256: sha, bytes: 4_000, type: 'image/jpeg' }, agreed: 'aloud' })
  add(153, on('15:01'), june, 'photo-compared.v1', { found: 'matches', photo: idOf(152) }, here)
  add(154, on('15:33'), june, 'spoken-note.v1', { file: { sha256: 'cd'.repeat(32), bytes: 9_000, type: 'audio/webm' }, lengthMs: 42_000 }, here)
  add(155, on('17:10'), june, 'spoken-note-written.v1', { spoken: idOf(154), holds: 'words', text: 'She hummed along with the second piece.' }, here)
  add(87, on('16:50'), june, 'checked-out.v1', { person: june, readBack: true }, here)
  add(88, on('16:55'), rosa, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: 'Went home with her brother.' }, here)
  add(99, on('17:20'), rosa, 'session-narrative.v1', { text: 'Mira came for medicine session 1. Quiet tears.', signature: { ...signed(rosa, 'Rosa Adeyemi', 'authorship'), method: 'typed-name' } }, here)
  add(130, on('17:30'), rosa, 'session-transcribed.v1', { wrote: 'June Park', why: 'The tablet had no power.', edition: '2026-1', lines: [{ entry: idOf(72), by: 'June Park' }], unmet: [{ at: '2026-09-20T15:12:00.000Z', step: 1, gate: 'mental-status', state: 'unknown', says: 'Nobody has written down how awake the person is.' }] }, here)
  add(131, on('17:40'), june, 'transcription-checked.v1', { transcription: idOf(130), compared: [{ entry: idOf(72), found: 'agrees', says: '' }], unmet: [], signature: { ...signed(june, 'June Park', 'review'), method: 'typed-name' } }, here)
  add(133, on('17:55'), rosa, 'entries-adopted.v1', { act: idOf(931), author: june, authorName: 'June Park', device: idOf(932), entries: [idOf(81)], writtenFrom: '2026-09-20T15:38:00.000Z', writtenTo: '2026-09-20T15:38:00.000Z', note: 'As I saw it in the room.' }, here)
  add(132, on('17:50'), rosa, 'late-reviewed.v1', { reviewed: [{ entry: idOf(80), found: 'aside', reason: 'Says the same as the note.' }], signature: { ...signed(rosa, 'Rosa Adeyemi', 'review'), method: 'typed-name' } }, here)
}

function after(add: Add) {
  add(100, '09-22T16:00', rosa, 'integration.v1', { session: idOf(60), visit: idOf(903), startedAt: '2026-09-22T15:00:00.000Z', endedAt: '2026-09-22T15:50:00.000Z', themes: 'Grief, and a garden.', modalities: ['talk'], commitments: [{ id: idOf(910), text: 'walk each morning', dueOn: '2026-09-29' }], nextIntention: '' })
  add(101, '09-29T16:00', mira, 'commitment-kept.v1', { commitment: idOf(910), kept: 'partly', said: 'three times' })
  add(102, '09-29T16:10', mira, 'journal-shared.v1', { journal: idOf(920), writtenAt: '2026-09-23T08:00:00.000Z', text: 'A line I want Rosa to read.' })
  add(103, '09-30T16:00', mira, 'message.v1', { topic: 'process', text: 'Thank you.' })
  add(104, '10-01T16:00', tom, 'maintenance-decided.v1', { decision: 'watch', reason: 'Doing well.', proposal: '' })
  add(105, '10-02T16:00', rosa, 'estimate-given.v1', { lines: [{ service: 'Preparation', code: 'DEMO-60', units: 3, chargeCents: 18_000, by: 'Rosa Adeyemi' }], totalCents: 54_000, disputeAboveCents: 94_000, textSha256: sha })
  add(106, '10-03T16:00', rosa, 'superbill-issued.v1', { number: 'S-1', visit: idOf(901), totalCents: 18_000, document: idOf(930) })
  add(107, '11-01T16:00', rosa, 'course-ended.v1', { reason: 'The course is complete.' })
  add(108, '09-23T08:00', mira, 'journal.v1', { text: 'PRIVATE: nobody else reads this line.', mood: 6 })
  add(156, '09-22T18:05', rosa, 'psychotherapy-recording.v1', { file: { sha256: 'ef'.repeat(32), bytes: 9_000, type: 'audio/webm' }, lengthMs: 12_000 })
  add(157, '09-22T18:30', rosa, 'psychotherapy-recording-written.v1', { spoken: idOf(156), holds: 'words', text: 'PRIVATE: what I said to myself.' })
  add(109, '09-22T18:00', rosa, 'psychotherapy-note.v1', { text: 'PRIVATE: the therapist’s own note.', visit: idOf(903) })
}
