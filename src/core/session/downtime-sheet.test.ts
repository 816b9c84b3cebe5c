import { describe, expect, test } from 'vitest'
import { rulebook } from '../../knowledge/rulebook.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { BodyOf } from '../chart/kinds.ts'
import type { ClearanceNow } from '../eligibility/clearance.ts'
import type { EmergencyCard } from './cards.ts'
import { downtimeSheet, type DowntimeSetting, type DowntimeSheet } from './downtime.ts'
import { at, begun, signature, told, zone, type Told } from './fixtures.ts'
import type { AlertRow, Test } from './rows.ts'

const DAY = 1_440
const visit: BookedVisit = { visit: 'medicine-3', type: 'medicine', number: 3, startsAt: at(DAY), endsAt: at(DAY + 180), localStart: '2026-11-22T10:00', zone, people: [{ person: 'rosa', name: 'Rosa M.', role: 'therapist' }, { person: 'jun', name: 'Jun L.', role: 'monitor' }], room: { id: 'cedar', name: 'Cedar' }, online: false }
const clearance: BodyOf<'clearance.v1'> = { decision: 'cleared', conditions: ['Pressure twice before the dose'], reason: 'Seen.', expiresOn: '2027-01-31', overrides: [{ rule: 'O07', reason: 'Seen twice' }], lastSeq: 1, screening: { edition: 'test', decision: 'CLEAR', met: [], unknown: [] }, signature: { ...signature('dr-osei', 'Dr. Osei', -5 * DAY), meaning: 'approval' } } as never
const empty = told([])
const ordered = (route: Parameters<typeof begun>[0] = 'IM') => told(begun(route).entries.filter(({ id }) => id === 'order'))
const cleared = (state: ClearanceNow['state'], more: Partial<ClearanceNow> = {}): ClearanceNow => ({ state, entry: empty.on(-5 * DAY, 'clearance.v1', clearance).chart.latest('clearance.v1')!, endsAt: at(70 * DAY), newlyMet: [], ...more })
const setting: DowntimeSetting = {
  patient: 'Mara K.', practice: 'Harbor Street', phone: '555 0199', emergencyNumbers: ' Front desk: 555 0190 \n\nGate: 555 0191', prescribers: ['Dr. Osei', 'Dr. Lindt'], book: rulebook, cards: [], scores: [], edition: '2026-11', clearance: { state: 'none', newlyMet: [] }, weekly: undefined, zone,
  shown: (when) => when.slice(5, 16), day: (day) => `day ${day}`,
}
const sheet = (story: Told, more: Partial<DowntimeSetting> = {}, booked: Partial<BookedVisit> = {}) => downtimeSheet(story.chart, { ...visit, ...booked }, { ...setting, ...more })
const line = (part: 'who' | 'medicine' | 'room' | 'contacts', label: string) => (story: Told, more: Partial<DowntimeSetting> = {}, booked: Partial<BookedVisit> = {}) => sheet(story, more, booked)[part].find(([name]) => name === label)?.[1]

describe('who it is', () => {
  const born = (more: Partial<BodyOf<'demographics.v1'>>) => empty.on(-20 * DAY, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14', ...more })
  test('the name, as they are called, and when they were born', () => {
    const name = line('who', 'Name')
    expect([name(born({})), name(born({ preferredName: 'Mo' })), name(empty)]).toEqual(['Mara Keller   Born: day 1986-03-14', 'Mara Keller, called Mo   Born: day 1986-03-14', 'Mara K.   Born: not recorded'])
  })

  const allergy = (substance: string, reaction: string, status: 'active' | 'inactive' = 'active', minute = -9 * DAY) => (story: Told) => story.on(minute, 'allergy.v1', { substance, codes: [], reaction, status } as never)
  const medicine = (name: string, dosage: string, status: 'active' | 'stopped' = 'active', minute = -9 * DAY) => (story: Told) => story.on(minute, 'medication.v1', { name, codes: [], dosage, status })
  const reviewed = (list: 'allergies' | 'medications', none: boolean, minute = -8 * DAY) => (story: Told) => story.on(minute, 'list-reviewed.v1', { list, none })
  const all = (...parts: readonly ((story: Told) => Told)[]) => parts.reduce((story, part) => part(story), empty)
  test.each<['ALLERGIES' | 'Medicines taken', string, Told, string]>([
    ['ALLERGIES', 'nobody asked', empty, 'not recorded (nobody has gone through this list)'], ['ALLERGIES', 'asked, and none', all(reviewed('allergies', true)), 'none (gone through 11-13T18:00)'], ['ALLERGIES', 'gone through, and nothing said', all(reviewed('allergies', false)), 'not recorded (gone through 11-13T18:00)'],
    ['ALLERGIES', 'two of them', all(allergy('penicillin', 'hives'), allergy('latex', ''), reviewed('allergies', false)), 'penicillin: hives; latex (gone through 11-13T18:00)'], ['ALLERGIES', 'another list was gone through', all(allergy('latex', ''), reviewed('medications', true)), 'latex (nobody has gone through this list)'],
    ['ALLERGIES', 'one that turned out to be none', all(allergy('latex', ''), allergy('Latex', '', 'inactive', -5 * DAY)), 'not recorded (nobody has gone through this list)'], ['ALLERGIES', 'written down twice', all(allergy('latex', ''), allergy('Latex', 'rash', 'active', -5 * DAY)), 'Latex: rash (nobody has gone through this list)'],
    ['Medicines taken', 'with and without a dose', all(medicine('sertraline', '100 mg'), medicine('zinc', ''), medicine('lithium', '', 'stopped')), 'sertraline 100 mg; zinc (nobody has gone through this list)'],
    ['Medicines taken', 'stopped since', all(medicine('sertraline', '100 mg'), medicine('Sertraline', '100 mg', 'stopped', -5 * DAY), reviewed('medications', true, -4 * DAY)), 'none (gone through 11-17T18:00)'], ['Medicines taken', 'nobody asked', empty, 'not recorded (nobody has gone through this list)'],
  ])('%s: %s', (label, _, story, says) => {
    expect(line('who', label)(story)).toBe(says)
  })
})

describe('the photo to know them by, and the scores to fill in', () => {
  const taken = empty.on(-2 * DAY, 'photo-taken.v1', { file: { sha256: 'f'.repeat(64), bytes: 400, type: 'image/jpeg' }, agreed: 'aloud' }, { id: 'photo' })
  test('one that counts comes with its day, a place to say that it matches, and its picture; none and one taken back are told apart', () => {
    expect([empty, taken, taken.on(-DAY, 'photo-taken-back.v1', { photo: 'photo', why: 'asked', said: '' })].map((story) => sheet(story).photo)).toEqual([
      { says: 'none on record' }, { says: 'of 11-19T18:00. It matches:  yes / no', sha256: 'f'.repeat(64) }, { says: 'taken back, not shown' },
    ])
  })

  test('each score with what it asks, in its order', () => {
    const scores = [{ name: 'Recovery', items: [{ asks: 'Moves' }, { asks: 'Breathes' }] }, { name: 'Other', items: [] }] as never
    expect(sheet(empty, { scores }).scores).toEqual([{ name: 'Recovery', items: ['Moves', 'Breathes'] }, { name: 'Other', items: [] }])
  })
})

describe('the medicine', () => {
  const state = line('medicine', 'Clearance')
  test.each<[string, Partial<DowntimeSetting>, string]>([
    ['nobody has signed', {}, 'NOT SIGNED'], ['in force', { clearance: cleared('cleared') }, 'in force, signed by Dr. Osei 11-16T18:00, until 01-30T18:00'],
    ['it ends before', { clearance: cleared('cleared', { endsAt: at(DAY - 1) }) }, 'in force, signed by Dr. Osei 11-16T18:00, until 11-22T17:59 — ENDS BEFORE THIS SESSION'], ['it ends as it begins', { clearance: cleared('cleared', { endsAt: at(DAY) }) }, 'in force, signed by Dr. Osei 11-16T18:00, until 11-22T18:00'],
    ['without an end', { clearance: { ...cleared('cleared'), endsAt: undefined as never } }, 'in force, signed by Dr. Osei 11-16T18:00'],
    ['on hold', { clearance: { state: 'held', newlyMet: [] } }, 'ON HOLD, not in force'], ['refused', { clearance: { state: 'refused', newlyMet: [] } }, 'REFUSED'], ['expired', { clearance: { state: 'expired', newlyMet: [] } }, 'EXPIRED, not in force'],
    ['reopened', { clearance: { state: 'reopened', newlyMet: [{ rule: { id: 'a', says: 'A new medicine.', action: 'hold' }, facts: [] }, { rule: { id: 'b', says: 'A new illness.', action: 'hold' }, facts: [] }] as never } }, 'REOPENED by new facts, not in force until a prescriber signs again. A new medicine. A new illness.'],
  ])('the clearance: %s', (_, more, says) => {
    expect(state(empty, more)).toBe(says)
  })

  test('its conditions, and the holds that were gone past', () => {
    const conditions = line('medicine', 'Conditions and holds')
    const bare = { ...cleared('cleared').entry!, body: { ...clearance, conditions: [], overrides: [] } }
    expect([conditions(empty), conditions(empty, { clearance: cleared('cleared') }), conditions(empty, { clearance: cleared('cleared', { entry: bare }) })]).toEqual(['not recorded', 'Pressure twice before the dose; O07 gone past: Seen twice', 'none'])
  })

  test('what is asked every week, where it is this person’s: when it was last, or that nobody has', () => {
    const weekly = line('medicine', 'Every week')
    const ask = { says: 'Ask about it', last: undefined, dueOn: '2026-11-28', dueFrom: at(6 * DAY), dueBy: at(7 * DAY) }
    expect([weekly(empty), weekly(empty, { weekly: ask }), weekly(empty, { weekly: { ...ask, last: { entry: 'a', at: at(-DAY) } } })]).toEqual([
      undefined, 'Ask about it: NOT ASKED since the first dose, due day 2026-11-28', 'Ask about it: last asked 11-20T18:00, due again day 2026-11-28',
    ])
    expect(sheet(empty).medicine.map(([name]) => name), 'no line of it where it is not theirs').toEqual(['Clearance', 'Conditions and holds', 'Order'])
  })

  const changed = (change: object, route: Parameters<typeof begun>[0] = 'IM') => ordered(route).with((entries) => entries.map((entry) => ({ ...entry, body: { ...entry.body, ...change } as never })))
  const signed = 'Signed by Dr. Osei, holds day 2026-11-01 to day 2026-12-31.'
  test.each<[string, Told, string]>([
    ['with a second step, in its window', ordered(), `racemic ketamine IM: step 1 40 mg (0.5 mg/kg); step 2 up to 20 mg (0.25 mg/kg), 10 to 20 minutes after step 1; at most 60 mg in all (0.75 mg/kg); strength not recorded. ${signed}`],
    ['under the tongue the window is another', ordered('SL'), `racemic ketamine SL: step 1 40 mg (0.5 mg/kg); step 2 up to 20 mg (0.25 mg/kg), 20 to 30 minutes after step 1; at most 60 mg in all (0.75 mg/kg); strength not recorded. ${signed}`],
    ['by vein no row has a window', ordered('IV'), `racemic ketamine IV: step 1 40 mg (0.5 mg/kg); step 2 up to 20 mg (0.25 mg/kg); at most 60 mg in all (0.75 mg/kg); strength not recorded. ${signed}`],
    ['without a second, with its strength and a word', changed({ boosterUg: 0, strengthUgPerMl: 50_000, instructions: 'Slowly.' }), `racemic ketamine IM: step 1 40 mg (0.5 mg/kg); no second step; at most 60 mg in all (0.75 mg/kg); 50 mg/mL. ${signed} Slowly.`],
    ['one that does not hold on the day', changed({ validUntil: '2026-11-21' }), 'NONE IN FORCE on day 2026-11-22: the newest was stopped or does not hold then'], ['stopped', ordered().on(-1, 'order-stopped.v1', { order: 'order', reason: 'x' }), 'NONE IN FORCE on day 2026-11-22: the newest was stopped or does not hold then'], ['none', empty, 'NONE, not recorded'],
  ])('the order: %s', (_, story, says) => {
    expect(line('medicine', 'Order')(story)).toBe(says)
  })

  test('a row for each step that may be given', () => {
    expect([sheet(ordered()).doses, sheet(changed({ boosterUg: 0 })).doses, sheet(empty).doses]).toEqual([['Step 1', 'Step 2, booster'], ['Step 1'], ['Step 1']])
  })
})

describe('the room, and whom to call', () => {
  const agreed = (more: Partial<BodyOf<'agreements.v1'>>) => empty.on(-4 * DAY, 'agreements.v1', { touch: 'hands-only', touchNote: '', stopSignal: 'palm', lighterSignal: '', quietSignal: '', grounding: [], music: '', ...more })
  const escort = (more: Partial<BodyOf<'escort-named.v1'>>, minute = -3 * DAY) => (story: Told) => story.on(minute, 'escort-named.v1', { name: 'Theo', phone: '555 0100', relationship: '', adult: true, ...more })
  test.each<[string, () => string | undefined, string]>([
    ['when and where', () => line('room', 'When')(empty), '11-22T18:00 to 11-22T21:00, Cedar'], ['no room booked', () => { const { room: _, ...bare } = visit; return downtimeSheet(empty.chart, bare, setting).room[0]![1] }, '11-22T18:00 to 11-22T21:00, room not recorded'],
    ['people', () => line('room', 'People')(empty), 'Rosa M. (therapist); Jun L. (monitor)'], ['nobody booked', () => line('room', 'People')(empty, {}, { people: [] }), 'not recorded'],
    ['touch', () => line('room', 'Touch')(agreed({})), 'hands only'], ['touch with a word', () => line('room', 'Touch')(agreed({ touchNote: 'ask first' })), 'hands only: ask first'], ['nothing agreed', () => line('room', 'Touch')(empty), 'not agreed yet: no touch'],
    ['signals', () => line('room', 'Signals')(agreed({ lighterSignal: 'open palm', quietSignal: 'finger', grounding: ['feet', 'hands'] })), 'stop: palm; lighter: open palm; quiet: finger; grounding: feet, hands'], ['only a stop signal', () => line('room', 'Signals')(agreed({})), 'stop: palm; lighter: not recorded; quiet: not recorded'], ['none', () => line('room', 'Signals')(empty), 'not recorded'],
    ['escort for this visit, whoever was named since for another', () => line('contacts', 'Goes home with')(escort({ name: 'Ada', visit: 'medicine-4' }, -1)(escort({ visit: 'medicine-3', relationship: 'brother' })(empty))), 'Theo, 555 0100, brother'],
    ['escort for every visit', () => line('contacts', 'Goes home with')(escort({ name: 'Ada', visit: 'medicine-4' }, -1)(escort({ adult: false })(empty))), 'Theo, 555 0100 (not said to be an adult)'], ['escort of another visit is none of this one', () => line('contacts', 'Goes home with')(escort({ visit: 'medicine-4' })(empty)), 'not recorded'],
    ['prescribers', () => line('contacts', 'Prescriber')(empty), 'Dr. Osei; Dr. Lindt'], ['no prescriber', () => line('contacts', 'Prescriber')(empty, { prescribers: [] }), 'not recorded'], ['the practice', () => line('contacts', 'Harbor Street')(empty), '555 0199'], ['no telephone', () => line('contacts', 'Harbor Street')(empty, { phone: '' }), 'telephone not recorded'],
    ['numbers', () => line('contacts', 'Emergency')(empty), '911; Front desk: 555 0190; Gate: 555 0191'], ['no numbers', () => line('contacts', 'Emergency')(empty, { emergencyNumbers: '' }), '911'],
  ])('%s', (_, found, says) => {
    expect(found()).toBe(says)
  })

  test('the person to call', () => {
    const call = line('contacts', 'Person to call')
    const contact = (relationship: string) => empty.on(-9 * DAY, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14', emergencyContact: { name: 'Theo', phone: '555 0100', relationship } })
    expect([call(contact('')), call(contact('brother')), call(empty)]).toEqual(['Theo, 555 0100', 'Theo, 555 0100, brother', 'not recorded'])
  })

  test('the weight as it was measured, and the one the order was written by', () => {
    const weight = line('contacts', 'Weight')
    const weighed = (weightG: number, story: Told) => story.on(-8 * DAY, 'weight.v1', { weightG })
    expect([weight(weighed(80_000, ordered())), weight(weighed(90_000, ordered())), weight(weighed(90_000, empty)), weight(ordered()), weight(empty)]).toEqual(['80 kg, 11-13T18:00', '90 kg, 11-13T18:00; the order is by 80 kg', '90 kg, 11-13T18:00', '80 kg by the order; measured not recorded', 'not recorded'])
  })
})

describe('what is read, and when somebody has to act', () => {
  test.each<[string, Told, Partial<DowntimeSetting>, DowntimeSheet['readings']]>([
    ['into a muscle', ordered(), {}, { rows: ['15 min before', 'at the dose', '+10 min', '+20 min', '+30 min', '+45 min', '+60 min', '+90 min', '+120 min', '', ''], says: 'After the last planned one every 30 minutes for as long as the person is here. Saturation throughout; pulse for the first hour' }],
    ['into a vein', ordered('IV'), {}, { rows: ['15 min before', 'at the dose', '+10 min', '+20 min', '+30 min', 'every 10 to end', 'at the end', 'end +15 min', 'end +30 min', 'end +45 min', 'end +60 min', '', ''], says: 'After the last planned one every 15 minutes for as long as the person is here. Saturation and pulse, throughout' }],
    ['no order', empty, {}, { rows: ['', '', '', '', '', '', '', '', '', ''], says: 'No order is in force, so no schedule can be named: read as often as the prescriber says.' }],
    ['no schedule for this way', ordered(), { book: { ...rulebook, monitoring: { ...rulebook.monitoring, schedules: [] } } }, { rows: ['', '', '', '', '', '', '', '', '', ''], says: 'No schedule is written for IM.' }],
  ])('readings %s', (_, story, more, expected) => {
    expect(sheet(story, more).readings).toEqual(expected)
  })

  const row = (level: Test, more: Partial<AlertRow> = {}): AlertRow => ({ ...(rulebook.monitoring.alerts[0] as AlertRow), name: 'Value', unit: 'mmHg', cites: ['P', 'S11'], levels: { orange: level }, ...more })
  const thresholds = (...alerts: readonly AlertRow[]) => sheet(empty, { book: { ...rulebook, monitoring: { ...rulebook.monitoring, alerts } } }).thresholds
  test.each<[string, Test, string]>([
    ['at least', { atLeast: 160 }, '160 or more'], ['above', { above: 8 }, 'above 8'], ['below', { below: 90 }, 'below 90'], ['at most', { atMost: 3 }, '3 or less'], ['a rise', { riseAtLeast: 40 }, '40 or more above baseline'],
    ['any of two', { any: [{ atLeast: 120 }, { below: 50 }] }, '120 or more, or below 50'], ['with a sign', { all: [{ atLeast: 180 }, { symptom: ['chest-pain', 'seizure'] }] }, '180 or more with chest pain / seizure'],
    ['held for as long', { all: [{ atLeast: 8 }, { held: { atLeast: 8 }, forMin: 10 }] }, '8 or more for 10 minutes'], ['held at another figure than now', { all: [{ atLeast: 7 }, { held: { atLeast: 8 }, forMin: 10 }] }, '7 or more with 8 or more for 10 minutes'], ['held, by itself', { held: { atLeast: 8 }, forMin: 10 }, '8 or more for 10 minutes'],
    ['with another value', { of: 'spo2Percent', is: { atLeast: 95 } }, 'spo2Percent 95 or more'], ['nobody watches', { flag: 'nobodyMonitoring' }, 'nobody is checked in to watch'], ['deep', { flag: 'deepSedationExpected' }, 'deep sedation is expected'], ['asks to stop', { flag: 'asksToStop' }, 'the person asks to stop'],
  ])('a threshold as paper has room for it: %s', (_, level, says) => {
    expect(thresholds(row(level))).toEqual([{ name: 'Value, mmHg', source: 'P S11', levels: { yellow: '–', orange: says, red: '–' } }])
  })

  test('each row by its name and its unit, and none for a reading that is late: paper has no clock', () => {
    expect(thresholds(row({ above: 1 }, { unit: '' }), row({ above: 1 }, { unit: 'of 10' }), row({ above: 1 }, { watches: 'lateness' })).map(({ name }) => name)).toEqual(['Value', 'Value'])
    expect(sheet(empty).thresholds.map(({ name }) => name)).toEqual(['Systolic pressure, mmHg', 'Diastolic pressure, mmHg', 'Low pressure, mmHg', 'Pulse, /min', 'Breathing rate, /min', 'Oxygen saturation, %', 'Alertness (MOAA/S)', 'Agitation and sedation (RASS)', 'Symptom', 'Distress, as the person rates it'])
    expect(sheet(empty).thresholds[1]!.levels).toMatchObject({ yellow: '100 or more, or 25 or more above baseline', orange: '110 or more', red: expect.stringMatching(/^120 or more, or 110 or more with .*chest pain/) })
  })
})

describe('the rest of the sheet', () => {
  test('whose it is, what usually comes, and every rule for going home', () => {
    const { patient, title, edition, effects, discharge } = sheet(empty)
    expect([patient, title, edition]).toEqual(['Mara K.', 'Medicine session 3', '2026-11'])
    const { terms } = rulebook.effects
    expect(effects).toEqual(terms.filter(({ expected }) => expected).map(({ label }) => label))
    expect(effects.length).toBeLessThan(terms.length)
    expect([discharge.length, discharge[3], discharge[12]]).toEqual([13, 'D4  Awake and calm', 'D13  Signed by the monitor, and by a prescriber or a nurse under a standing order'])
  })

  test('steps that more than two cards share are said once, and stand in each by their number, in its own order', () => {
    const card = (title: string, ...steps: readonly string[]) => ({ title, steps: steps.map((says) => ({ id: says, says })) }) as unknown as EmergencyCard
    expect(sheet(empty, { cards: [card('One', 'Stop', 'Call', 'Look'), card('Two', 'Call', 'Look', 'Stop'), card('Three', 'Stop', 'Turn', 'Call')] }).cards).toEqual({
      shared: ['Stop', 'Call'], list: [{ title: 'One', steps: ['(1)', '(2)', 'Look'] }, { title: 'Two', steps: ['(2)', 'Look', '(1)'] }, { title: 'Three', steps: ['(1)', 'Turn', '(2)'] }],
    })
  })
})
