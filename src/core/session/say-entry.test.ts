import { describe, expect, test } from 'vitest'
import type { Entry } from '../chart/entry.ts'
import { at, signature } from './fixtures.ts'
import { sayEntry, tolerances } from './say-entry.ts'
import type { SessionNow } from './session.ts'

const told = {
  session: { alerts: { all: [{ id: 'other/SPO2', says: 'Saturation 89 %' }, { id: 'high/BP-S', says: 'Pressure 190' }] } } as unknown as SessionNow, name: (person: string) => ({ rosa: 'Rosa M.', jun: 'Jun L.', osei: 'Dr. Osei' })[person] ?? person,
  labels: { comfort: [{ id: 'blanket', label: 'A blanket' }, { id: 'hand', label: 'Offer a hand' }], cards: [{ id: 'stroke', title: 'Stroke' }, { id: 'seizure', title: 'Seizure' }], effects: [{ id: 'rash', label: 'Rash' }, { id: 'nausea', label: 'Nausea' }] },
}
const say = (kind: string, body: object) => sayEntry({ id: 'x', kind, at: at(0), writtenAt: at(0), by: 'rosa', device: 'tablet', body } as unknown as Entry, told)
type Row = readonly [kind: string, body: object, says: string]
const signed = signature('jun', 'Jun L.', 0)
const dose = { step: 1, doseUg: 40_000, route: 'IM', order: 'order', prepared: 'p', confirmed: 'c', confirmedBy: 'jun', site: '', selfAdministered: false }

describe('who is there, and who takes over', () => {
  test.each<Row>([
    ['session-started.v1', { number: 2 }, 'Session 2 begins'], ['checked-in.v1', { person: 'jun', name: 'Jun L.', role: 'monitor' }, 'Jun L. is here as monitor'], ['checked-out.v1', { person: 'jun' }, 'Jun L. leaves'],
    ['checked-out.v1', { person: 'jun', handedOverTo: 'rosa' }, 'Jun L. leaves, handed over to Rosa M.'], ['checked-out.v1', { person: 'jun', handedOverTo: 'rosa', readBack: true }, 'Jun L. leaves, handed over to Rosa M. and read back'],
    ['hand-over.v1', { to: 'rosa', items: [{ item: 'doses', says: 'One dose.' }, { item: 'due', says: 'Due at ten.' }], signature: signed }, 'Handed over to Rosa M.: One dose. Due at ten. Signed by Jun L.'], ['hand-over-taken.v1', { handOver: 'x', readBack: ['doses', 'due'], signature: signed }, 'Jun L. read back 2 points, signed and took over'],
    ['identity-checked.v1', { by: ['name', 'birth-date'] }, 'Identified by name and birth date'], ['escort-named.v1', { name: 'Theo Keller' }, 'Theo Keller will take the person home'],
    ['escort-arrived.v1', { name: 'Theo Keller', kind: 'adult', idNoted: '' }, 'Theo Keller is here'], ['escort-arrived.v1', { name: 'Theo Keller', kind: 'adult', idNoted: 'driver license' }, 'Theo Keller is here, driver license seen'],
    ['escort-arrived.v1', { name: 'Kim', kind: 'rideshare', idNoted: 'Seen in the app' }, 'Kim is here (ride-share driver), Seen in the app'], ['escort-arrived.v1', { name: 'Theo', kind: 'adult', idNoted: 'Overseen Inc. badge' }, 'Theo is here, Overseen Inc. badge seen'], ['escort-arrived.v1', { name: 'Theo', kind: 'adult', idNoted: 'Seene badge' }, 'Theo is here, Seene badge seen'],
    ['session-closed.v1', { how: 'discharged' }, 'Session closed: discharged'], ['session-closed.v1', { how: 'left-before-discharge' }, 'Session closed: left before discharge'], ['session-closed.v1', { how: 'transferred' }, 'Session closed: transferred'], ['session-closed.v1', { how: 'not-dosed' }, 'Session closed: no dose given'],
  ])('%s %j', (kind, body, says) => expect(say(kind, body)).toBe(says))
})

describe('the kit of the room, and the prescriber to reach', () => {
  const kit = { items: [{ item: 'bag-mask', present: true }, { item: 'oxygen', present: true }], earliestExpiry: '2027-03-01' }
  test.each<Row>([
    ['room-checked.v1', kit, 'Emergency kit checked: 2 things there; in date until 2027-03-01'], ['room-checked.v1', { ...kit, room: { id: 'r', name: 'Room 2' } }, 'Emergency kit checked, Room 2: 2 things there; in date until 2027-03-01'],
    ['room-checked.v1', { ...kit, items: [{ item: 'bag-mask', present: false }, { item: 'oxygen', present: false }, { item: 'glucose', present: true }], confirms: { name: 'Lee P.' } }, 'Emergency kit checked: not there: bag mask, oxygen; in date until 2027-03-01. Still as Lee P. found it'],
    ['prescriber-reachable.v1', { name: 'Dr. Osei', by: 'on-site', until: at(1) }, 'Dr. Osei can be reached, in the building'], ['prescriber-reachable.v1', { name: 'Dr. Osei', by: 'in-the-room', until: at(1) }, 'Dr. Osei can be reached, in the room'],
    ['prescriber-reachable.v1', { name: 'Dr. Osei', by: 'phone', until: at(1) }, 'Dr. Osei can be reached, by phone'], ['prescriber-reachable.v1', { name: 'Dr. Osei', by: 'video', until: at(1) }, 'Dr. Osei can be reached, by video'], ['prescriber-reachable.v1', { name: 'Dr. Osei', by: 'phone', until: at(0) }, 'Dr. Osei can no longer be reached'],
  ])('%s %j', (kind, body, says) => expect(say(kind, body)).toBe(says))
})

test('how much it was, as the room saw it', () => expect(tolerances).toEqual({ 'room-for-more': 'room for more', 'as-intended': 'as intended', 'too-much': 'too much', 'not-dosed': 'no dose' }))

describe('what was read: only what was written stands there', () => {
  test.each<Row>([
    ['vitals.v1', { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, spo2Percent: 98, respiratoryRatePerMin: 14, temperatureDeciC: 368 }, 'BP 122/78 · pulse 76 · 98 % · breathing 14 · 36.8 °C'],
    ['vitals.v1', { systolicMmHg: 122 }, 'BP 122/–'], ['vitals.v1', { diastolicMmHg: 78 }, 'BP –/78'], ['vitals.v1', { spo2Percent: 98, onRoomAir: false }, '98 % with oxygen'], ['vitals.v1', { spo2Percent: 98, onRoomAir: true }, '98 %'], ['vitals.v1', { respiratoryRatePerMin: 0 }, 'breathing 0'],
    ['vitals.v1', { heartRatePerMin: 76, spo2Percent: 98, fromDevices: [{ device: 'Nonin 3230', values: ['spo2Percent'] }, { device: 'Cuff 2', values: [] }] }, 'pulse 76 · 98 % · taken over from Nonin 3230 and Cuff 2'],
    ['vitals-missed.v1', { plannedFor: at(0), reason: 'in the bathroom' }, 'Reading not taken: in the bathroom'],
    ['mental-status.v1', { moaaS: 5, rass: 0, orientation: 4 }, 'MOAA/S 5 · RASS 0 · oriented to 4 of 4'], ['mental-status.v1', { moaaS: 0 }, 'MOAA/S 0'], ['mental-status.v1', { rass: 1 }, 'RASS +1'], ['mental-status.v1', { rass: -2 }, 'RASS -2'], ['mental-status.v1', { orientation: 0 }, 'oriented to 0 of 4'],
    ['rating.v1', { scale: 'intensity', value: 7 }, 'Intensity 7 of 10'], ['discharge-assessed.v1', { moaaS: 5, rass: 0, orientation: 4, gait: 'steady', dissociation: 'none-above-baseline', aldrete: { activity: 2, breathing: 1 }, padss: { pain: 2 }, noDrivingSigned: true, instructionsGiven: false, roomAir: true }, 'Assessed for going home: MOAA/S 5, RASS 0, oriented to 4 of 4, gait steady, detached no more than before, Aldrete 3 (activity 2, breathing 1), PADSS 2 (pain 2); signed not to drive, instructions not given, on room air'], ['discharge-assessed.v1', { moaaS: 5, rass: 1, orientation: 4, gait: 'assisted', dissociation: 'present', aldrete: { activity: 2 }, padss: { pain: 2 }, noDrivingSigned: false, instructionsGiven: true, roomAir: false }, 'Assessed for going home: MOAA/S 5, RASS +1, oriented to 4 of 4, gait assisted, more detached than before, Aldrete 2 (activity 2), PADSS 2 (pain 2); not signed not to drive, instructions given, not said to be on room air'],
    ['discharge-signed.v1', { role: 'monitor', signature: signed }, 'Jun L. signed for going home, as monitor'], ['discharge-signed.v1', { role: 'rn', signature: signed }, 'Jun L. signed for going home, as nurse under standing order'],
  ])('%s %j', (kind, body, says) => expect(say(kind, body)).toBe(says))
})

describe('what was seen, offered and said', () => {
  test.each<Row>([
    ['symptom.v1', { symptom: 'chest-pain', present: true }, 'Chest pain'], ['symptom.v1', { symptom: 'chest-pain', present: false }, 'Chest pain: gone'],
    ['side-effect.v1', { term: 'nausea', grade: 2, action: '' }, 'Nausea, grade 2'], ['side-effect.v1', { term: 'nausea', grade: 2, endedAt: at(9), action: 'A bowl' }, 'Nausea, grade 2, ended. A bowl'], ['side-effect.v1', { term: 'hiccups', grade: 1, action: '' }, 'hiccups, grade 1'],
    ['comfort.v1', { measure: 'hand', note: '' }, 'Comfort: Offer a hand'], ['comfort.v1', { measure: 'hand', note: 'left one' }, 'Comfort: Offer a hand. left one'], ['comfort.v1', { measure: 'socks', note: '' }, 'Comfort: socks'],
    ['signal.v1', { signal: 'stop', answeredWith: '' }, 'Signal: stop'], ['signal.v1', { signal: 'stop', answeredWith: 'hand away' }, 'Signal: stop. hand away'], ['music.v1', { what: 'silence' }, 'Music: silence'], ['session-note.v1', { text: 'A long breath.' }, 'A long breath.'],
    ['fact.v1', { fact: 'lastFoodAt' }, 'Asked: when the person last ate'], ['fact.v1', { fact: 'lastFluidAt' }, 'Asked: when the person last drank'], ['fact.v1', { fact: 'alcoholOrCannabisWithin48h' }, 'Asked: alcohol or cannabis in the last two days'], ['fact.v1', { fact: 'intoxicated' }, 'Asked: intoxicated now'], ['fact.v1', { fact: 'psychosis' }, 'Asked: psychosis'], ['fact.v1', { fact: 'medicinesOnTheDay' }, 'Asked: medicines taken as needed'],
    ['photo-compared.v1', { found: 'matches' }, 'The photo on record matches the person.'], ['photo-compared.v1', { found: 'does-not-match' }, 'The photo on record does NOT match the person.'],
    ['spoken-note.v1', { lengthMs: 9_000 }, 'A spoken note, 0:09, not yet written out'], ['spoken-note-written.v1', { holds: 'words' }, 'A spoken note was written out'], ['spoken-note-written.v1', { holds: 'nothing' }, 'A spoken note was marked as holding nothing'],
    ['measure-answered.v1', { instrument: 'c-ssrs' }, 'Suicide screen asked'], ['measure-answered.v1', { instrument: 'phq-9' }, 'PHQ-9 answered'], ['risk-contact.v1', { decided: 'safety-plan-and-follow-up' }, 'Talked about the suicide screen: safety plan and follow up'],
    ['question-asked.v1', { to: 'osei', text: 'May we go on?' }, 'Question to Dr. Osei: May we go on?'], ['question-answered.v1', { text: 'Yes.' }, 'Answer: Yes.'],
    ['consent-withdrawn.v1', { form: 'touch', said: '' }, 'Consent withdrawn: touch'], ['consent-withdrawn.v1', { form: 'touch', said: 'Not today' }, 'Consent withdrawn: touch. “Not today”'],
  ])('%s %j', (kind, body, says) => expect(say(kind, body)).toBe(says))
})

describe('help', () => {
  test.each<Row>([
    ['rescue-given.v1', { what: 'lorazepam', amount: '', reason: 'seizure', orderedBy: '' }, 'Lorazepam given: seizure'], ['rescue-given.v1', { what: 'lorazepam', amount: '2 mg', reason: 'seizure', orderedBy: 'Dr. Osei' }, 'Lorazepam 2 mg given: seizure (ordered by Dr. Osei)'],
    ['emergency-step.v1', { card: 'seizure', step: 'Call 911' }, 'Seizure: Call 911'], ['emergency-step.v1', { card: 'older-card', step: 'Call 911' }, 'older-card: Call 911'],
    ...([['seen', 'On it'], ['repeating', 'Reading again'], ['treated', 'Treated'], ['prescriber-called', 'Prescriber called'], ['emergency-called', '911 called'], ['wrong-reading', 'Wrong reading']] as const).map(([action, says]): Row => ['alert-answered.v1', { alert: 'high/BP-S', action, note: '' }, `${says}: Pressure 190`]),
    ['alert-answered.v1', { alert: 'gone', action: 'seen', note: 'Cuff slipped' }, 'On it: an alert. Cuff slipped'],
    ['alert-escalated.v1', { alert: 'high/BP-S', told: [{ name: 'Ada N.' }, { name: 'Dr. Osei' }] }, 'Called: Ada N., Dr. Osei: Pressure 190'], ['alert-escalated.v1', { alert: 'gone', told: [] }, 'Nobody else to call: an alert'],
  ])('%s %j', (kind, body, says) => expect(say(kind, body)).toBe(says))
})

describe('the dose', () => {
  test.each<Row>([
    ['dose-prepared.v1', dose, '40 mg IM prepared, step 1'], ['dose-confirmed.v1', { prepared: 'p', doseUg: 40_000 }, '40 mg read back and confirmed'],
    ['dose-given.v1', dose, '40 mg IM, step 1. Confirmed by Jun L.'], ['dose-given.v1', { ...dose, step: 2, selfAdministered: true, site: 'left arm' }, '40 mg IM, step 2, taken by the person, left arm. Confirmed by Jun L.'],
    ['dose-ended.v1', { dose: 'x' }, 'Infusion or holding time ended'], ['dose-conflict-resolved.v1', { step: 1, stands: 'x', reason: 'Typed twice.' }, 'Step 1 recorded twice: one record stands. Typed twice.'], ['order-stopped.v1', { order: 'order', reason: 'A new weight.' }, 'Order stopped: A new weight.'],
    ['gate-passed.v1', { gate: 'fasting', step: 1, reason: 'Two hours is enough here.' }, 'Prescriber goes on without “Food and drink”, step 1: Two hours is enough here.'], ['gate-passed.v1', { gate: 'older-gate', step: 2, reason: 'x' }, 'Prescriber goes on without “older-gate”, step 2: x'],
    ['medicine-drawn.v1', { from: 'own-supply', lot: '' }, 'From the person’s own medicine'], ['medicine-drawn.v1', { from: 'own-supply', lot: 'B2' }, 'From the person’s own medicine, lot B2'],
    ['medicine-drawn.v1', { from: 'stock', lot: '', measure: 'ul', quantity: 800 }, '0.8 mL drawn'], ['medicine-drawn.v1', { from: 'stock', lot: 'A1', measure: 'piece', quantity: 1 }, '1 piece drawn from lot A1'], ['medicine-drawn.v1', { from: 'stock', lot: 'A1', measure: 'piece', quantity: 3 }, '3 pieces drawn from lot A1'], ['medicine-drawn.v1', { from: 'stock', lot: '', measure: 'ul' }, 'Some drawn'],
    ['medicine-wasted.v1', { measure: 'ul', quantity: 200, how: 'into the drain' }, '0.2 mL wasted: into the drain'], ['waste-witnessed.v1', { wasted: 'x', signature: signed }, 'Jun L. saw the waste and signed'],
  ])('%s %j', (kind, body, says) => expect(say(kind, body)).toBe(says))
})

describe('the record itself', () => {
  const paper = (lines: number, gates: readonly string[] = []) => ({ wrote: 'Jun L.', why: 'No power.', lines: Array.from({ length: lines }, (_, entry) => ({ entry })), unmet: gates.map((gate) => ({ gate })) })
  const found = (...all: readonly string[]) => ({ signature: signed, compared: all.map((one) => ({ entry: 'x', found: one })) })
  const adopted = (count: number, note = '') => ({ entries: Array.from({ length: count }, String), authorName: 'Lee P.', note })
  const reviewed = (...all: readonly (readonly [string, string])[]) => ({ signature: signed, reviewed: all.map(([how, reason]) => ({ entry: 'x', found: how, reason })) })
  test.each<Row>([
    ['session-narrative.v1', { text: 'x', signature: signed }, 'Jun L. signed a note of this session'],
    ['session-transcribed.v1', paper(1), 'Typed from paper: 1 entry, written there by Jun L. No power.'], ['session-transcribed.v1', { ...paper(1), wrote: 'Jun' }, 'Typed from paper: 1 entry, written there by Jun. No power.'], ['session-transcribed.v1', paper(2, ['fasting', 'emergency-kit', 'fasting', 'older-gate']), 'Typed from paper: 2 entries, written there by Jun L. No power. Not met then: Food and drink, Emergency kit, older-gate.'],
    ['transcription-checked.v1', found('agrees', 'differs', 'agrees', 'struck', 'corrected', 'struck', 'corrected'), 'Jun L. compared it with the paper: 2 agree, 2 corrected, 2 struck out, 1 differs and is open'], ['transcription-checked.v1', found('agrees'), 'Jun L. compared it with the paper: 1 agrees'], ['transcription-checked.v1', found('agrees', 'corrected', 'differs', 'differs', 'struck'), 'Jun L. compared it with the paper: 1 agrees, 1 corrected, 1 struck out, 2 differ and are open'],
    ['entries-adopted.v1', adopted(1), 'Taken over: 1 entry that Lee P. wrote on a device whose access had ended, by Rosa M.'], ['entries-adopted.v1', adopted(2, 'All true.'), 'Taken over: 2 entries that Lee P. wrote on a device whose access had ended, by Rosa M. All true.'],
    ['late-reviewed.v1', reviewed(['taken', '']), 'Jun L. looked at what came late: 1 taken into the record'], ['late-reviewed.v1', reviewed(['aside', 'Twice'], ['taken', ''], ['aside', 'Not hers']), 'Jun L. looked at what came late: 1 taken into the record, 2 left aside (Twice; Not hers)'], ['late-reviewed.v1', reviewed(['aside', 'Twice']), 'Jun L. looked at what came late: 1 left aside (Twice)'],
    ['visit-closed.v1', {}, 'visit closed'], ['safety-plan.v12', {}, 'safety plan'],
  ])('%s %j', (kind, body, says) => expect(say(kind, body)).toBe(says))
})
