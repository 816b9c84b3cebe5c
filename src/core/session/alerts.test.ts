import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { sessionRows } from '../../knowledge/session.ts'
import { loudest, type Alert } from './alerts.ts'
import { escalationOf } from './escalation.ts'
import { at, begun, clock, SESSION, type Told } from './fixtures.ts'
import { readSession, type SessionNow, type SessionRows } from './session.ts'

const dosed = () => begun().whole(-15).whole(-3).dose(0).whole(3)
const read = (story: Told, minute: number, rows: SessionRows = sessionRows): SessionNow => {
  const session = readSession(story.chart, SESSION, rows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return session.value
}
const short = (alerts: readonly Alert[]) => alerts.map(({ row, level, standing, answers }) => `${row.id} ${level}${standing ? ' standing' : ''}${answers.length > 0 ? ' answered' : ''}`)
const open = (story: Told, minute: number) => short(read(story, minute).alerts.open)
const untimed = (story: Told, minute: number) => open(story, minute).filter((line) => !line.startsWith('TIME'))
const id = (story: Told) => story.entries.at(-1)?.id ?? ''
const answer = (story: Told, minute: number, alert: string, action: 'seen' | 'wrong-reading' = 'seen') => story.on(minute, 'alert-answered.v1', { alert, action, note: '' })

test('no breath for twenty seconds is red at once, in the words of its row, and is gone when somebody writes that it is', () => {
  const still = dosed().on(5, 'symptom.v1', { symptom: 'apnea', present: true })
  expect([untimed(still, 6), read(still, 6).alerts.open[0]?.says]).toEqual([['SX red standing'], 'Symptom: no breath for 20 seconds or more'])
  expect(read(still.on(7, 'symptom.v1', { symptom: 'apnea', present: false }), 8).alerts.all.filter(({ standing }) => standing)).toEqual([])
})

describe('one alert, two devices', () => {
  test('its id is the entry and the row, so that an answer on one device answers it on the other', () => {
    const high = dosed().reading(10, { systolicMmHg: 185 })
    const [alert] = read(high, 11).alerts.open
    expect(alert?.id).toBe(`${id(high)}/BP-S`)
    expect(alert).toMatchObject({ level: 'orange', value: 185, baseline: { systolicMmHg: 122, diastolicMmHg: 78 } })
    expect(alert?.says).toBe('Systolic pressure 185 mmHg (180 mmHg or more)')
    const onTheOther = answer(high, 11, `${id(high)}/BP-S`).with((entries) => entries.toReversed())
    expect(open(onTheOther, 12)).toEqual(['BP-S orange standing answered'])
    expect(open(answer(high, 11, `${id(high)}/BP-D`), 12)).toEqual(['BP-S orange standing'])
  })

  test('one reading can raise several, each answered by itself', () => {
    const bad = dosed().reading(10, { systolicMmHg: 184, diastolicMmHg: 104, spo2Percent: 91 })
    expect(open(bad, 11)).toEqual(['BP-D yellow standing', 'BP-S orange standing', 'SPO2 orange standing'])
  })

  test('calling a reading wrong answers the alert and takes nothing back: the right value is written as a correction', () => {
    const wrong = dosed().reading(10, { spo2Percent: 79 })
    const called = answer(wrong, 11, `${id(wrong)}/SPO2`, 'wrong-reading')
    expect([open(called, 12), read(called, 12).alerts.redToday]).toEqual([['SPO2 red standing answered'], true])
    const corrected = called.reading(10, { spo2Percent: 97 }, { amends: id(wrong) })
    expect([open(corrected, 12), read(corrected, 12).alerts.redToday]).toEqual([[], false])
  })
})

describe('coming down: two readings below, at least five minutes apart', () => {
  const high = () => answer(dosed().reading(10, { systolicMmHg: 185 }), 10, 'e013/BP-S')
  test.each([
    ['one reading below', [[15, 130]], 'orange'], ['two, four minutes apart', [[15, 130], [19, 130]], 'orange'], ['two, five minutes apart', [[15, 130], [20, 130]], 'green'],
    ['three within five minutes', [[15, 130], [17, 130], [20, 130]], 'green'], ['below, up again, below', [[15, 130], [17, 185], [21, 130]], 'orange'],
    ['down to yellow only', [[15, 165], [20, 165]], 'yellow'], ['yellow, then calm', [[15, 165], [20, 130]], 'yellow'], ['yellow, calm, calm', [[15, 165], [20, 130], [25, 130]], 'green'],
  ] as const)('%s → %s', (_, readings, level) => {
    const story = readings.reduce((told, [minute, systolicMmHg]) => told.reading(minute, { systolicMmHg }), high())
    expect(read(story, 26).alerts.standing.find(({ series }) => series === 'BP-S')?.level).toBe(level)
  })

  test('a practice may ask for more of them', () => {
    const three: SessionRows = { ...sessionRows, monitoring: { ...monitoring, clearing: { ...monitoring.clearing, readings: 3 } } }
    const twice = high().reading(15).reading(21)
    expect([read(twice, 22, three).alerts.standing.find(({ series }) => series === 'BP-S')?.level, read(twice.reading(22), 22, three).alerts.standing.find(({ series }) => series === 'BP-S')?.level]).toEqual(['orange', 'green'])
  })

  test('a reading without the value is no evidence of being below', () => {
    const blind = high().reading(15, { systolicMmHg: undefined }).reading(20, { systolicMmHg: undefined })
    expect(read(blind, 21).alerts.level).toBe('orange')
  })

  test('an answer stops nobody from seeing that it still stands', () => {
    expect(open(high(), 12)).toEqual(['BP-S orange standing answered'])
    expect(untimed(high().reading(15).reading(20), 21)).toEqual([])
  })

  test('without a baseline an orange still comes down, to yellow and no further', () => {
    const story = begun().mind(-15).dose(0).reading(10, { systolicMmHg: 185 }).reading(15, { systolicMmHg: 130 }).reading(20, { systolicMmHg: 130 })
    expect(read(story, 21).alerts.standing.find(({ series }) => series === 'BP-S')?.level).toBe('yellow')
    expect(read(story, 21).alerts.notEvaluable.map(({ row }) => row.id)).toContain('BP-S')
  })
})

describe('orange that stays', () => {
  test.each([[[10, 14], false], [[10, 15], true], [[10, 12, 15], true]] as const)('orange at %o → persistent %s', (minutes, persistent) => {
    const story = minutes.reduce((told, minute) => told.reading(minute, { diastolicMmHg: 112 }), dosed())
    expect(read(story, 16).alerts.all.at(-1)?.persistent).toBe(persistent)
  })

  test('of several in a row the last one is answered; before that each was its own', () => {
    const twice = dosed().reading(10, { diastolicMmHg: 112 }).reading(15, { diastolicMmHg: 112 })
    expect(untimed(twice, 16)).toEqual(['BP-D orange standing'])
    expect(untimed(answer(twice, 16, `${id(twice)}/BP-D`).reading(20).reading(25), 26)).toEqual([])
    expect(untimed(twice.reading(20).reading(25), 26)).toEqual(['BP-D orange'])
    expect(untimed(dosed().reading(10, { diastolicMmHg: 103 }).reading(15).reading(20), 21)).toEqual([])
  })

  test('another parameter, or calm in between, is not the same orange', () => {
    const other = dosed().reading(10, { diastolicMmHg: 112 }).reading(15, { spo2Percent: 91 })
    const broken = dosed().reading(10, { diastolicMmHg: 112 }).reading(13).reading(16, { diastolicMmHg: 112 })
    for (const story of [other, broken]) expect(read(story, 17).alerts.all.some(({ persistent }) => persistent)).toBe(false)
  })
})

describe('symptoms', () => {
  const chestPain = (story: Told, minute: number, present = true) => story.on(minute, 'symptom.v1', { symptom: 'chest-pain', present })

  test('a symptom after a high pressure makes an emergency of it, under its own entry, though the pressure was answered', () => {
    const answered = answer(dosed().reading(10, { systolicMmHg: 185 }), 11, 'e013/BP-S')
    const worse = chestPain(answered, 12)
    expect(open(worse, 13)).toEqual(['BP-S red standing', 'SX red standing'])
    expect(read(worse, 13).alerts.all.find(({ level, row }) => row.id === 'BP-S' && level === 'red')?.id).toBe(`${id(worse)}/BP-S`)
  })

  test('a pressure read while it is there is red by itself; of an older one only the newest counts', () => {
    expect(open(chestPain(dosed(), 9).reading(10, { systolicMmHg: 185 }), 11)).toEqual(['SX red standing', 'BP-S red standing'])
    expect(open(chestPain(dosed().reading(8, { systolicMmHg: 185 }).reading(9, { systolicMmHg: 130 }), 10), 11)).toEqual(['BP-S orange standing', 'SX red standing'])
  })

  test('a symptom that went away makes nothing worse any more', () => {
    expect(open(chestPain(chestPain(dosed(), 5), 7, false).reading(10, { systolicMmHg: 185 }), 11)).toEqual(['SX red', 'BP-S orange standing'])
  })

  test('gone is gone at once, and red today stays red today', () => {
    const gone = answer(chestPain(chestPain(dosed().whole(9), 10), 14, false), 14, 'e015/SX')
    const now = read(gone, 15)
    expect([now.openSymptoms, short(now.alerts.open), now.alerts.redToday, now.alerts.level]).toEqual([[], [], true, 'green'])
  })

  test('a faint with a low pressure', () => {
    expect(open(dosed().reading(10, { systolicMmHg: 88 }).on(11, 'symptom.v1', { symptom: 'syncope', present: true }), 12)).toEqual(['BP-LOW red standing', 'SX orange standing'])
  })
})

describe('deep sedation', () => {
  const deep: SessionRows = { ...sessionRows, monitoring: { ...monitoring, deepSedation: { ...monitoring.deepSedation, expected: true } } }
  const asleep = (spo2Minute: number) => dosed().reading(spo2Minute, { spo2Percent: 97, respiratoryRatePerMin: 12 }).mind(20, { moaaS: 2 })
  test('is off by default; where it is on, the saturation and breathing of the same minutes have to carry it', () => {
    const level = (story: Told, rows?: SessionRows) => read(story, 21, rows).alerts.all.find(({ row }) => row.id === 'MOAAS')?.level
    expect([level(asleep(18)), level(asleep(18), deep), level(asleep(14), deep), level(dosed().mind(20, { moaaS: 1 }), deep)]).toEqual(['orange', 'yellow', 'orange', 'red'])
  })
})

describe('distress, as the person rates it', () => {
  const rate = (story: Told, minute: number, value: number) => story.on(minute, 'rating.v1', { scale: 'distress', value })
  test.each([
    ['eight once', [[10, 8]], []], ['eight for nine minutes', [[10, 8], [19, 8]], []], ['eight for ten minutes', [[10, 8], [20, 9]], ['SUDS yellow standing']], ['broken in between', [[10, 8], [15, 6], [20, 8]], []],
  ] as const)('%s', (_, ratings, expected) => {
    const story = ratings.reduce((told, [minute, value]) => rate(told, minute, value), dosed())
    expect(short(read(story, 20).alerts.open).filter((line) => line.startsWith('SUDS'))).toEqual(expected)
  })

  test('nine with the wish to stop calls the prescriber; stopping is the person’s right and no emergency', () => {
    const stop = rate(rate(dosed(), 10, 4).on(12, 'signal.v1', { signal: 'stop', answeredWith: 'Music off, hand offered.' }), 13, 9)
    expect(short(read(stop, 14).alerts.open).filter((line) => line.startsWith('SUDS'))).toEqual(['SUDS orange standing'])
    expect(read(stop, 14).alerts.level).toBe('orange')
  })
  test.each([[9, ['SUDS orange standing']], [8, []]] as const)('and the other way round: %d, and a minute later the signal', (value, expected) => {
    const stop = rate(dosed(), 13, value).on(14, 'signal.v1', { signal: 'stop', answeredWith: '' })
    expect(short(read(stop, 15).alerts.open).filter((line) => line.startsWith('SUDS'))).toEqual(expected)
    expect(short(read(stop.on(16, 'signal.v1', { signal: 'lighter', answeredWith: '' }), 17).alerts.open).filter((line) => line.startsWith('SUDS')), 'another signal changes nothing').toEqual(expected)
  })
})

test('readings before the dose are not compared with themselves', () => {
  const wide = begun().whole(-15, { diastolicMmHg: 45 }).whole(-3, { diastolicMmHg: 97 })
  expect(read(wide.dose(0), 1).baseline.diastolicMmHg).toBe(71)
  expect(open(wide.dose(0), 1)).toEqual([])
  expect(open(wide.dose(0).whole(1, { diastolicMmHg: 97 }), 2)).toEqual(['BP-D yellow standing'])
})

test('it is quiet since the dose, or since the last level came down, and not while one stands or a reading is late', () => {
  const since = (story: Told, minute: number) => read(story, minute).alerts.quietSince
  expect([since(dosed(), 9), since(dosed().whole(10, { systolicMmHg: 165 }), 11), since(dosed().whole(10, { systolicMmHg: 165 }).whole(15).whole(20), 21), since(dosed(), 13.5), since(begun().whole(-5), -4)]).toEqual([at(0), undefined, at(20), undefined, undefined])
})

test('only what looks at a rise, after the dose, says what it was compared with', () => {
  const compared = (story: Told, minute = 21) => read(story, minute).alerts.all.map(({ row, baseline }) => `${row.id}${baseline ? ' compared' : ''}`)
  const high = { systolicMmHg: 185, heartRatePerMin: 145 }
  expect(compared(dosed().reading(10, high), 11)).toEqual(['BP-S compared', 'HR'])
  expect(compared(begun().whole(-15).whole(-3).reading(-2, high).dose(0), 1)).toEqual(['BP-S', 'HR'])
  expect(compared(begun().whole(-15).whole(-3).dose(0).reading(0, high), 1)).toEqual(['BP-S', 'HR'])
  expect(compared(begun().whole(-15).reading(-2, high), -1)).toEqual(['BP-S', 'HR'])
})

test('today: orange and red, and when the last of them was; a yellow is neither', () => {
  const today = (story: Told, minute: number) => { const { orangeToday, redToday, lastSevereAt } = read(story, minute).alerts; return [orangeToday, redToday, lastSevereAt] }
  expect(today(dosed().reading(9, { systolicMmHg: 165 }), 9)).toEqual([false, false, undefined])
  expect(today(dosed().reading(8, { spo2Percent: 91 }).reading(9, { systolicMmHg: 185 }), 9)).toEqual([true, false, at(9)])
  expect(today(dosed().reading(8, { systolicMmHg: 185 }).reading(9, { spo2Percent: 91 }).on(9.5, 'symptom.v1', { symptom: 'nausea', present: true }), 9.6)).toEqual([true, false, at(9)])
  expect(today(dosed().reading(8, { spo2Percent: 85 }), 9)).toEqual([true, true, at(8)])
})

test('an alert says what it is: the symptom, or the number with its unit where it has one', () => {
  const says = (story: Told) => read(story, 11).alerts.all.map((alert) => alert.says)
  expect(says(dosed().on(10, 'symptom.v1', { symptom: 'chest-pain', present: true }))).toEqual([expect.stringMatching(/\w.*: chest pain$/)])
  expect(says(dosed().mind(10, { moaaS: 3 } as never))).toEqual([expect.stringMatching(/\) 3 \(/)])
  expect(says(dosed().reading(10, { heartRatePerMin: 145 }))).toEqual([expect.stringMatching(/ 145 \/min \(/)])
})

describe('late readings', () => {
  test('once the session is closed nothing is late', () => {
    const { all, level, quietSince } = read(dosed().on(9, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }), 60).alerts
    expect([all, level, quietSince]).toEqual([[], 'green', at(0)])
  })

  test('one that is late counts as a level, and never as distress', () => {
    const direct: SessionRows = { ...sessionRows, monitoring: { ...monitoring, alerts: monitoring.alerts.map((row) => (row.watches === 'distress' ? { ...row, levels: { red: { atLeast: 8 } } } : row)) } }
    expect([read(dosed(), 14).alerts.level, read(dosed(), 18.1).alerts.level, read(dosed(), 18.1, direct).alerts.level]).toEqual(['yellow', 'orange', 'orange'])
  })

  test.each([[10, []], [13, []], [13.1, ['TIME yellow standing']], [18, ['TIME yellow standing']], [18.1, ['TIME orange standing']], [31, ['TIME orange standing']]])('due at ten, now %d → %o', (minute, expected) => {
    expect(open(dosed(), minute)).toEqual(expected)
  })

  test('red when nobody is checked in', () => {
    const alone = dosed().on(12, 'checked-out.v1', { person: 'rosa' }).on(12, 'checked-out.v1', { person: 'jun' })
    expect([open(alone, 30), open(alone, 30.1)]).toEqual([['TIME orange standing'], ['TIME red standing']])
  })

  test('an answer when it was a little late does not answer for it being very late', () => {
    const little = read(dosed(), 14).alerts.open[0]
    const answered = answer(dosed(), 14, little?.id ?? '')
    expect([open(answered, 15), open(answered, 19)]).toEqual([['TIME yellow standing answered'], ['TIME orange standing']])
    expect(little?.at).toBe(at(13))
  })
})

describe('who is told, and when', () => {
  test.each([[0, 1], [29, 1], [30, 2], [59, 2], [60, 3], [600, 3]])('after %d seconds without an answer: circle %d', (seconds, circle) => {
    const alert = { level: 'orange' as const, at: at(0), answers: [] }
    expect(escalationOf(alert, monitoring.escalation, at(seconds / 60))?.circle).toBe(circle)
  })

  test.each([[0, 30], [29, 30], [30, 60], [59, 60], [60, undefined]])('after %d seconds the next circle is told after %s', (seconds, next) => {
    const found = escalationOf({ level: 'red', at: at(0), answers: [] }, monitoring.escalation, at(seconds / 60))
    expect(found).toMatchObject({ nextAt: next === undefined ? undefined : at(next / 60), prescriberBy: at(2) })
  })

  test('the prescriber answers within two minutes; yellow stays in the room; an answer stops the circles', () => {
    const orange = { level: 'orange' as const, at: at(0), answers: [] }
    expect([119, 120, 121].map((seconds) => escalationOf(orange, monitoring.escalation, at(seconds / 60))?.prescriberLate)).toEqual([false, false, true])
    expect(escalationOf({ ...orange, level: 'yellow' }, monitoring.escalation, at(9))).toBeUndefined()
    const answered = read(answer(dosed().reading(10, { spo2Percent: 85 }), 11, 'e013/SPO2'), 12).alerts.open[0] as Alert
    expect(escalationOf(answered, monitoring.escalation, at(12))).toBeUndefined()
  })
})

test('what the newest reading does not hold is said, and nothing is said of what it does', () => {
  const partly = dosed().reading(10, { spo2Percent: undefined, heartRatePerMin: undefined })
  expect(read(partly, 11).alerts.notEvaluable.map(({ row }) => row.id).sort()).toEqual(['HR', 'MOAAS', 'SPO2'])
  expect(read(partly.mind(12), 12).alerts.notEvaluable.map(({ row }) => row.id).sort()).toEqual(['HR', 'SPO2'])
  expect(read(dosed().whole(10), 11).alerts.notEvaluable).toEqual([])
  expect(read(dosed().reading(8, { spo2Percent: undefined }).whole(10), 11).alerts.notEvaluable, 'an older reading lacked it').toEqual([])
  expect(read(begun(), 0).alerts.notEvaluable, 'no reading yet').toEqual([])
  const awake = (minute: number, body?: object) => read(dosed().reading(10).mind(minute, body as never), 16).alerts.notEvaluable.map(({ row }) => row.id)
  expect([awake(15), awake(15.1), awake(5), awake(4.9), awake(11, { rass: 0 })]).toEqual([[], ['MOAAS'], [], ['MOAAS'], ['MOAAS']])
})

test('the one that speaks loudest is the worst, and of the worst the newest', () => {
  const alert = (level: Alert['level'], minute: number) => ({ level, at: at(minute) }) as Alert
  const [yellow, orange, later, red] = [alert('yellow', 9), alert('orange', 1), alert('orange', 2), alert('red', 0)]
  expect(loudest([])).toBeUndefined()
  const same = alert('orange', 2)
  expect([loudest([later, same]), loudest([same, later])].map((one) => one === same), 'of two in one minute the one that stands last').toEqual([true, false])
  for (const all of [[yellow, orange, later], [later, orange, yellow], [orange, later, yellow]]) expect(loudest(all)).toBe(later)
  for (const all of [[yellow, red, later], [red, later, yellow]]) expect(loudest(all)).toBe(red)
})

test.each([
  ['above', { above: 4 }, 4], ['at least', { atLeast: 4 }, 4], ['all of several', { all: [{ above: 2 }, { atLeast: 4 }] }, 4], ['any of several', { any: [{ above: 5 }, { atLeast: 4 }] }, 4],
] as const)('a reading that is late carries the minute its level began, whatever the row is made of: %s', (_, rule, minutes) => {
  const rows: SessionRows = { ...sessionRows, monitoring: { ...monitoring, alerts: monitoring.alerts.map((row) => (row.watches === 'lateness' ? { ...row, levels: { yellow: rule } } : row)) } }
  const late = read(dosed(), 18, rows).alerts.all.find(({ row }) => row.watches === 'lateness')
  expect(late).toMatchObject({ level: 'yellow', at: at(10 + minutes), value: 8, facts: [], superseded: false, fromPaper: false, says: expect.stringMatching(/ 8 minutes/) })
})

test('a row that is met by another value than its own says its name, and is still a gap', () => {
  const bySystolic = { red: { of: 'systolicMmHg', is: { atLeast: 200 } } } as const
  const rows: SessionRows = { ...sessionRows, monitoring: { ...monitoring, alerts: monitoring.alerts.map((row) => (row.id === 'SPO2' ? { ...row, levels: bySystolic } : row)) } }
  const { alerts } = read(dosed().reading(10, { systolicMmHg: 205, spo2Percent: undefined }), 10, rows)
  expect(alerts.all.find(({ row }) => row.id === 'SPO2')).toMatchObject({ level: 'red', says: 'Oxygen saturation' })
  expect(alerts.notEvaluable.map(({ row }) => row.id)).toContain('SPO2')
})
