import { describe, expect, test } from 'vitest'
import { at, begun, clock, SESSION, signature, type Told } from './fixtures.ts'
import { sessionRows } from '../../knowledge/session.ts'
import { handedBy, handedMinutesAgo, handOverItems, handOversOf, waitingFor } from './hand-over.ts'
import { peopleNeeded } from './presence.ts'
import { readSession, type SessionRows } from './session.ts'

const now = (story: Told, minute: number, rows: SessionRows = sessionRows) => {
  const read = readSession(story.chart, SESSION, rows, clock(minute))
  if (!read.ok) throw new Error(read.refusal)
  return read.value
}
const words = { time: (when: string) => when.slice(11, 16), stopSignal: 'raised palm' }
const items = (story: Told, minute: number, stopSignal: string | undefined = 'raised palm', rows: SessionRows = sessionRows) => Object.fromEntries(handOverItems(now(story, minute, rows), { ...words, stopSignal }).map(({ item, says }) => [item, says]))
const clockAt = (minute: number) => at(minute).slice(11, 16)

describe('what is handed over', () => {
  test('a room in which little was written says what nobody wrote down', () => {
    expect(items(begun(), -50, undefined)).toEqual({
      doses: 'No dose was given so far.', vitals: 'Last readings: pressure not taken, pulse not taken, saturation not taken, breathing not taken.', awake: 'How awake was never written down.',
      alerts: expect.stringMatching(/^No alert is open\./), symptoms: 'No sign is written down as still there.', touch: 'Touch: not agreed yet: no touch.', signals: expect.any(String), due: expect.any(String),
      people: 'Here: Rosa M., therapist; Jun L., monitor.', 'going-home': 'No earliest time for going home can be said yet. Nobody has come to take the person home yet.',
    })
    expect(handOverItems(now(begun(), -50), { ...words, stopSignal: undefined }).find(({ item }) => item === 'signals')?.says).toBe('No stop signal was agreed.')
  })

  const ready = () => begun().reading(-3)
  const rest = 'pulse 76 at 17:57, saturation 98 at 17:57, breathing 14 at 17:57.'
  test.each<[string, Told, string]>([
    ['one reading of everything', ready(), `pressure 122/78 at 17:57, ${rest}`],
    ['breathing not taken again', ready().reading(10, { systolicMmHg: 131, diastolicMmHg: 84, heartRatePerMin: 90, spo2Percent: 96, respiratoryRatePerMin: undefined }), 'pressure 131/84 at 18:10, pulse 90 at 18:10, saturation 96 at 18:10, breathing 14 at 17:57.'],
    ['only the upper pressure taken again: two readings are not put together as one', ready().on(10, 'vitals.v1', { systolicMmHg: 150 }), `systolic pressure 150 at 18:10, diastolic pressure 78 at 17:57, ${rest}`],
    ['only the lower one taken again', ready().on(10, 'vitals.v1', { diastolicMmHg: 90 }), `systolic pressure 122 at 17:57, diastolic pressure 90 at 18:10, ${rest}`],
    ['the lower one never taken', begun().reading(-3, { diastolicMmHg: undefined }), `systolic pressure 122 at 17:57, diastolic pressure not taken, ${rest}`],
    ['the upper one never taken', begun().reading(-3, { systolicMmHg: undefined }), `systolic pressure not taken, diastolic pressure 78 at 17:57, ${rest}`],
  ])('each number with its own time: %s', (_, story, says) => expect(items(story, 12).vitals).toBe(`Last readings: ${says}`))

  test.each<[string, Told, string]>([
    ['awake', begun().mind(-3), 'MOAA/S 5 at 17:57, RASS 0 at 17:57.'], ['drowsy', begun().mind(-3).mind(5, { moaaS: 3, rass: -2, orientation: 4 }), 'MOAA/S 3 at 18:05, RASS -2 at 18:05.'], ['restless, which was seen later', begun().mind(-3).on(5, 'mental-status.v1', { rass: 1 }), 'MOAA/S 5 at 17:57, RASS +1 at 18:05.'],
    ['restlessness never looked at', begun().on(-3, 'mental-status.v1', { moaaS: 5 }), 'MOAA/S 5 at 17:57.'], ['only restlessness looked at', begun().on(-3, 'mental-status.v1', { rass: 0 }), 'How awake was never written down, RASS 0 at 17:57.'],
  ])('how awake: %s', (_, story, says) => expect(items(story, 12).awake).toBe(says))

  test('touch as it was agreed, and the stop signal', () => {
    const agreed = (touchNote: string) => begun().on(-50, 'agreements.v1', { touch: 'hands-only', touchNote, stopSignal: 'raised palm', lighterSignal: '', quietSignal: '', grounding: [], music: '' })
    expect([items(agreed(''), 5).touch, items(agreed('left hand'), 5).touch, items(begun(), 5).signals]).toEqual(['Touch: hands only.', 'Touch: hands only (left hand).', 'Stop signal: raised palm.'])
  })

  test('a room that everybody has left', () => {
    const empty = begun().on(3, 'checked-out.v1', { person: 'rosa' }).on(4, 'checked-out.v1', { person: 'jun' }, { by: 'jun' })
    expect([items(empty, 3.5).people, items(empty, 5).people]).toEqual(['Here: Jun L., monitor.', 'Nobody is checked in.'])
  })

  test.each<[string, Told, string]>([
    ['nobody has come', begun().dose(0), 'Going home not before 20:00 by the time rule alone. Nobody has come to take the person home yet.'],
    ['somebody has', begun().dose(0).on(4, 'escort-arrived.v1', { name: 'Theo Keller', idNoted: '', kind: 'adult' }), 'Going home not before 20:00 by the time rule alone. Theo Keller is here.'],
    ['a driver has, before any dose', begun().on(4, 'escort-arrived.v1', { name: 'Kim', idNoted: '', kind: 'rideshare' }), 'No earliest time for going home can be said yet. Kim is here, a ride-share driver.'],
  ])('going home: %s', (_, story, says) => expect(items(story, 5)['going-home']).toBe(says))

  test.each([
    ['one dose', begun().dose(0), 'Dose 1: 40 mg IM at 18:00.'],
    ['one that ended', begun().dose(0, 1, 40, { id: 'first' }).on(10, 'dose-ended.v1', { dose: 'first' }), 'Dose 1: 40 mg IM at 18:00, ended 18:10.'],
    ['two doses, with their sum', begun().dose(0).dose(30, 2, 20), 'Dose 1: 40 mg IM at 18:00. Dose 2: 20 mg IM at 18:30. 60 mg together.'],
    ['one step recorded twice: no total', begun().dose(0).dose(1, 1, 40, { by: 'jun' }), 'Dose 1: recorded 2 times, and nobody has said which record stands. The total is in doubt.'],
  ])('%s', (_, story, says) => expect(items(story, 35).doses).toBe(says))

  test('an alert that nobody has answered says so, and so does one that somebody has', () => {
    const story = begun().whole(-3).dose(0).reading(10, { systolicMmHg: 190 })
    expect(items(story, 11).alerts).toMatch(/Open: orange, .*190.*nobody has answered/)
    const id = now(story, 11).alerts.open.find(({ level }) => level === 'orange')!.id
    expect(items(story.on(11, 'alert-answered.v1', { alert: id, action: 'seen', note: '' }), 12).alerts).not.toContain('nobody has answered')
  })

  test('alerts, each with its own moment, and what nothing has judged', () => {
    const two = begun().whole(-18).whole(-3).dose(0).reading(10, { systolicMmHg: 190, spo2Percent: 91 }).mind(10)
    const answered = two.on(11, 'alert-answered.v1', { alert: now(two, 11).alerts.open.find(({ row }) => row.id === 'SPO2')!.id, action: 'seen', note: '' })
    expect(items(answered, 12).alerts).toMatch(/^Open: orange, Systolic pressure 190 mmHg [^;]*, 18:10, nobody has answered; orange, Oxygen saturation 91 % [^;]*\), 18:10\.$/)
    expect(items(begun().whole(-18).whole(-3), -2).alerts).toBe('No alert is open.')
    const unread = begun().reading(-3, { spo2Percent: undefined, heartRatePerMin: undefined })
    expect(items(unread, -2).alerts).toBe('No alert is open. Not judged: Pulse, Oxygen saturation, Alertness (MOAA/S).')
  })

  test('a sign that the rows of this session do not name is handed over as not judged', () => {
    const older: SessionRows = { ...sessionRows, monitoring: { ...sessionRows.monitoring, alerts: sessionRows.monitoring.alerts.map((row) => (row.watches === 'symptom' ? { ...row, levels: { yellow: { symptom: ['nausea'] } } } : row)) } }
    expect(items(begun().on(5, 'symptom.v1', { symptom: 'chest-pain', present: true }), 6, undefined, older).alerts).toMatch(/^No alert is open\. Not judged: chest pain\.$/)
  })

  test('a reading that is late is handed over as late', () => {
    expect(items(begun(), -50).due).toBe('A reading before the dose is still asked for.')
    expect(items(begun().whole(-3), -2).due).toBe('No reading is due before the dose.')
    expect(items(begun().whole(-3).dose(0).on(5, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }), 6).due).toBe('No reading is due.')
    expect(items(begun().whole(-3).dose(0), 10).due, 'due this very moment').toBe(`The next reading is due at ${clockAt(10)}.`)
    expect(items(begun().whole(-3).dose(0), 25).due).toBe(`A reading is overdue since ${clockAt(10)}.`)
    expect(items(begun().whole(-3).dose(0), 5).due).toBe(`The next reading is due at ${clockAt(10)}.`)
  })

  test('a sign that is still there, and one that has gone', () => {
    const story = begun().on(5, 'symptom.v1', { symptom: 'nausea', present: true }).on(6, 'symptom.v1', { symptom: 'headache', present: true }).on(7, 'symptom.v1', { symptom: 'headache', present: false }, { id: 'gone' })
    expect(items(story, 8).symptoms).toBe(`Still there: nausea since ${clockAt(5)}.`)
    expect(items(story.without('gone'), 8).symptoms).toBe(`Still there: nausea since ${clockAt(5)}, headache since ${clockAt(6)}.`)
  })
})

describe('both signatures', () => {
  const two = [{ item: 'doses', says: 'one' }, { item: 'due', says: 'soon' }]
  const handed = begun().on(-40, 'checked-in.v1', { person: 'ada', name: 'Ada N.', role: 'monitor' }, { by: 'ada' }).on(20, 'hand-over.v1', { to: 'ada', items: two, signature: signature('jun', 'Jun L.', 20) }, { id: 'over', by: 'jun' })
  const taken = (readBack: readonly string[], by = 'ada', signed = by) => handed.on(22, 'hand-over-taken.v1', { handOver: 'over', readBack: [...readBack], signature: signature(signed, signed, 22) }, { id: 'taken', by })
  const isTaken = (story: Told) => handOversOf(now(story, 25).entries)[0]?.taken?.id

  test.each([
    ['every item, by the one it was meant for', taken(['due', 'doses']), 'taken'],
    ['one item left out', taken(['doses']), undefined],
    ['by somebody it was not meant for', taken(['doses', 'due'], 'rosa'), undefined],
    ['with a signature of somebody else', taken(['doses', 'due'], 'ada', 'jun'), undefined],
    ['by the one who hands over', taken(['doses', 'due'], 'jun'), undefined],
    ['nobody has read it back', handed, undefined],
  ])('%s', (_, story, expected) => expect(isTaken(story)).toBe(expected))

  test('it waits for the one it was meant for, until they have read it back or the other has left', () => {
    expect(waitingFor(now(handed, 21), 'ada')?.handed.id).toBe('over')
    expect(waitingFor(now(handed, 21), 'rosa')).toBeUndefined()
    expect(waitingFor(now(taken(['due', 'doses']), 25), 'ada')).toBeUndefined()
    expect(waitingFor(now(handed.on(21, 'checked-out.v1', { person: 'jun' }, { by: 'jun' }), 25), 'ada')).toBeUndefined()
  })

  test('the one who hands over sees how far it is, in this stay and not in one before it', () => {
    expect(handedBy(now(handed, 21), 'jun')?.taken).toBeUndefined()
    expect(handedBy(now(taken(['due', 'doses']), 25), 'jun')?.taken?.id).toBe('taken')
    const back = taken(['due', 'doses']).on(26, 'checked-out.v1', { person: 'jun' }, { by: 'jun' }).on(60, 'checked-in.v1', { person: 'jun', name: 'Jun L.', role: 'monitor' }, { by: 'jun' })
    expect(handedBy(now(back, 61), 'jun')).toBeUndefined()
  })

  test('read back to another hand-over, it says nothing about this one, and nobody reads back to themselves', () => {
    const again = handed.on(24, 'hand-over.v1', { to: 'ada', items: two, signature: signature('jun', 'Jun L.', 24) }, { id: 'anew', by: 'jun' })
    const both = again.on(25, 'hand-over-taken.v1', { handOver: 'anew', readBack: ['doses', 'due'], signature: signature('ada', 'Ada N.', 25) }, { id: 'taken', by: 'ada' })
    expect(handOversOf(now(both, 26).entries).map(({ handed: { id }, taken: by }) => [id, by?.id])).toEqual([['over', undefined], ['anew', 'taken']])
    const alone = begun().on(20, 'hand-over.v1', { to: 'jun', items: two, signature: signature('jun', 'Jun L.', 20) }, { id: 'over', by: 'jun' }).on(22, 'hand-over-taken.v1', { handOver: 'over', readBack: ['doses', 'due'], signature: signature('jun', 'Jun L.', 22) }, { id: 'taken', by: 'jun' })
    expect(isTaken(alone)).toBeUndefined()
  })

  test('whoever leaves and comes back hands over anew; what was handed over in the minute of coming counts', () => {
    const back = handed.on(26, 'checked-out.v1', { person: 'jun' }, { by: 'jun' }).on(60, 'checked-in.v1', { person: 'jun', name: 'Jun L.', role: 'monitor' }, { by: 'jun' })
    expect([waitingFor(now(handed, 25), 'ada')?.handed.id, waitingFor(now(back, 61), 'ada'), handedBy(now(back, 61), 'jun')]).toEqual(['over', undefined, undefined])
    const atOnce = back.on(60, 'hand-over.v1', { to: 'ada', items: two, signature: signature('jun', 'Jun L.', 60) }, { id: 'anew', by: 'jun' })
    expect([waitingFor(now(atOnce, 61), 'ada')?.handed.id, handedBy(now(atOnce, 61), 'jun')?.handed.id]).toEqual(['anew', 'anew'])
  })

  test('nobody sees another’s hand-over as their own', () => {
    expect([handedBy(now(handed, 21), 'jun')?.handed.id, handedBy(now(handed, 21), 'rosa')]).toEqual(['over', undefined])
  })

  test.each([[20, 0], [20.9, 0], [21, 1], [25.5, 5], [19, 0]])('at minute %s it was handed over %s whole minutes ago', (minute, ago) => {
    expect(handedMinutesAgo(handedBy(now(handed, 30), 'jun')!, at(minute))).toBe(ago)
  })

  test('a hand-over signed in another name hands over nothing', () => {
    const forged = begun().on(20, 'hand-over.v1', { to: 'rosa', items: two, signature: signature('rosa', 'Rosa M.', 20) }, { id: 'over', by: 'jun' })
    expect(handOversOf(now(forged, 25).entries)).toEqual([])
  })
})

test.each([[2, undefined, 2], [2, 1, 2], [2, 3, 3], [3, 2, 3]])('the gates ask for %s and the course for %s: %s have to be here', (fewestPeople, inCourse, expected) =>
  expect(peopleNeeded(inCourse === undefined ? undefined : { peopleInRoom: inCourse }, { fewestPeople })).toBe(expected))
