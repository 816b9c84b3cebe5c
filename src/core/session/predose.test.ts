import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { answered, at, begun, clock, noThoughts, SESSION, type Told } from './fixtures.ts'
import { preDoseNow } from './predose-now.ts'
import { parameterName, preDoseGate, type PreDoseFacts } from './predose.ts'
import { readSession, type SessionNow } from './session.ts'
import { sessionRows as rows } from '../../knowledge/session.ts'
import type { Parameter } from './rows.ts'

const calm: PreDoseFacts = { values: { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98, moaaS: 5 }, baseline: 'known', symptoms: [] }
const gate = (values: Partial<Record<Parameter, number | undefined>>, more: Partial<PreDoseFacts> = {}) => preDoseGate({ ...calm, ...more, values: { ...calm.values, ...values } as PreDoseFacts['values'] }, monitoring.preDose).gate

describe('below, at and above each limit', () => {
  test.each<[Partial<Record<Parameter, number>>, string]>([
    [{}, 'go'],
    [{ systolicMmHg: 139.5 }, 'go'], [{ systolicMmHg: 140 }, 'caution'], [{ systolicMmHg: 159.5 }, 'caution'], [{ systolicMmHg: 160 }, 'hold'], [{ systolicMmHg: 179.5 }, 'hold'], [{ systolicMmHg: 180 }, 'no_dose'],
    [{ diastolicMmHg: 89.5 }, 'go'], [{ diastolicMmHg: 90 }, 'caution'], [{ diastolicMmHg: 99.5 }, 'caution'], [{ diastolicMmHg: 100 }, 'hold'], [{ diastolicMmHg: 109.5 }, 'hold'], [{ diastolicMmHg: 110 }, 'no_dose'],
    [{ systolicMmHg: 90 }, 'go'], [{ systolicMmHg: 89.5 }, 'hold'],
    [{ heartRatePerMin: 110 }, 'go'], [{ heartRatePerMin: 111 }, 'hold'], [{ heartRatePerMin: 50 }, 'go'], [{ heartRatePerMin: 49 }, 'hold'],
    [{ spo2Percent: 94 }, 'go'], [{ spo2Percent: 93.5 }, 'hold'],
    [{ respiratoryRatePerMin: 24 }, 'go'], [{ respiratoryRatePerMin: 25 }, 'hold'], [{ respiratoryRatePerMin: 10 }, 'go'], [{ respiratoryRatePerMin: 9 }, 'hold'],
    [{ temperatureDeciC: 379 }, 'go'], [{ temperatureDeciC: 380 }, 'hold'],
    [{ moaaS: 4 }, 'hold'], [{ systolicMmHg: 150, diastolicMmHg: 112 }, 'no_dose'],
  ])('%o → %s', (values, expected) => {
    expect(gate(values)).toBe(expected)
  })

  test.each<[Partial<PreDoseFacts>, string]>([
    [{ symptoms: ['vomiting'] }, 'hold'], [{ symptoms: ['chest-pain'] }, 'hold'], [{ symptoms: ['nausea'] }, 'go'], [{ symptoms: ['severe-anxiety'] }, 'go'],
    [{ intoxicated: true }, 'hold'], [{ onOxygen: true }, 'hold'], [{ suicideRiskHigh: true }, 'hold'], [{ baseline: 'missing' }, 'hold'],
  ])('%o → %s', (more, expected) => {
    expect(gate({}, more)).toBe(expected)
  })
})

test.each(['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent', 'moaaS'] as const)('without %s the dose waits, and no reason carries it', (missing) => {
  const found = preDoseGate({ ...calm, values: { ...calm.values, [missing]: undefined } as PreDoseFacts['values'] }, monitoring.preDose)
  expect([found.gate, found.overridable, found.findings.map((one) => one.missing)]).toEqual(['hold', false, [missing]])
})

test('what a prescriber may carry: a raised pressure and a pulse outside its limits, and nothing else', () => {
  const overridable = (values: Partial<Record<Parameter, number>>) => preDoseGate({ ...calm, values: { ...calm.values, ...values } }, monitoring.preDose).overridable
  expect([overridable({ systolicMmHg: 150 }), overridable({ heartRatePerMin: 115 }), overridable({ systolicMmHg: 165 }), overridable({ systolicMmHg: 185 }), overridable({ spo2Percent: 90 }), overridable({ systolicMmHg: 150, spo2Percent: 90 })]).toEqual([true, true, false, false, false, false])
})

test('the word is never better for a value that is taken away', () => {
  const order = ['go', 'caution', 'hold', 'no_dose']
  const values = fc.record({ systolicMmHg: fc.integer({ min: 80, max: 200 }), diastolicMmHg: fc.integer({ min: 50, max: 120 }), heartRatePerMin: fc.integer({ min: 40, max: 130 }), respiratoryRatePerMin: fc.integer({ min: 6, max: 30 }), spo2Percent: fc.integer({ min: 88, max: 100 }), moaaS: fc.integer({ min: 3, max: 5 }) })
  fc.assert(fc.property(values, fc.constantFrom(...monitoring.preDose.needs), (all, gone) => {
    const word = gate({ ...all, [gone]: undefined })
    return order.indexOf(word) >= order.indexOf('hold')
  }))
})

describe('what is found, and when it is read again', () => {
  const found = (values: Partial<Record<Parameter, number>>, more: Partial<PreDoseFacts> = {}) => preDoseGate({ ...calm, ...more, values: { ...calm.values, ...values } }, monitoring.preDose)
  test.each<[Partial<Record<Parameter, number>>, Partial<PreDoseFacts>, readonly string[], readonly number[]]>([
    [{}, {}, [], []], [{ systolicMmHg: 145 }, {}, ['PRE-SYS-140'], [15]], [{ systolicMmHg: 165 }, {}, ['PRE-SYS-160'], [15, 30]], [{ systolicMmHg: 185 }, {}, ['PRE-SYS-180'], []],
    [{ systolicMmHg: 165, diastolicMmHg: 92 }, {}, ['PRE-SYS-160', 'PRE-DIA-90'], [15, 30]], [{ systolicMmHg: 85, diastolicMmHg: 112 }, {}, ['PRE-DIA-110', 'PRE-SYS-LOW'], []],
    [{}, { intoxicated: true, onOxygen: true, suicideRiskHigh: true }, ['PRE-OXYGEN', 'PRE-ALCOHOL', 'PRE-CSSRS'], [15, 30]], [{ systolicMmHg: 145 }, { baseline: 'missing' }, ['PRE-MISSING', 'PRE-SYS-140'], [15, 30]],
  ])('%o, %o → %o, again after %o minutes', (values, more, ids, recheckMin) => {
    const result = found(values, more)
    expect([result.findings.map(({ id }) => id), result.recheckMin, result.says]).toEqual([ids, recheckMin, monitoring.preDose.words[result.gate]])
    for (const { id, says, rule, missing } of result.findings) expect([says, rule?.id], id).toEqual(missing === undefined ? [rule?.says, id] : [expect.stringContaining(missing === 'baseline' ? 'pressure to compare' : parameterName(missing)), undefined])
  })

  test('with nothing found there is nothing to carry', () => expect(found({}).overridable).toBe(false))

  test('every value has a name of its own', () => {
    const names = ([...monitoring.preDose.needs, 'temperatureDeciC', 'rass', 'orientation'] as const).map(parameterName)
    expect(names.every((name) => /\w/.test(name))).toBe(true)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('in a running session', () => {
  const read = (story: Told, minute: number) => {
    const session = readSession(story.chart, SESSION, rows, clock(minute)) as { ok: true; value: SessionNow }
    return preDoseNow(story.chart, session.value, { preDose: monitoring.preDose, clock: clock(minute), instruments })
  }

  test('two readings five minutes apart are asked for, and their mean counts', () => {
    expect(read(begun().whole(-10, { systolicMmHg: 150 }).whole(-6, { systolicMmHg: 120 }), -5).result.gate).toBe('hold')
    expect(read(begun().whole(-10, { systolicMmHg: 150 }).whole(-5, { systolicMmHg: 120 }), -5).result.gate).toBe('go')
    expect(read(begun().whole(-10, { systolicMmHg: 150 }).whole(-5, { systolicMmHg: 131 }), -5).result.gate).toBe('caution')
  })

  test('a reading older than half an hour is not one of now', () => {
    expect(read(begun().whole(-40).whole(-30), 0).result.gate).toBe('go')
    expect(read(begun().whole(-40).whole(-31), 0).result.gate).toBe('hold')
  })

  test('too high, rested, and still too high: no dose today, unless a prescriber who is here writes why', () => {
    const high = (minute: number, story: Told) => story.whole(minute, { systolicMmHg: 166 })
    const early = high(-25, high(-40, begun()))
    expect([read(early, -25).result.gate, read(early, -25).recheckAt.length]).toEqual(['hold', 2])
    const late = high(-10, early)
    expect([read(late, -10).result.gate, read(late, -10).result.overridable]).toEqual(['no_dose', false])
    const withPrescriber = late.on(-12, 'checked-in.v1', { person: 'dr-osei', name: 'Dr. Osei', role: 'prescriber' })
    expect([read(withPrescriber, -10).result.gate, read(withPrescriber, -10).result.overridable]).toEqual(['no_dose', true])
  })

  test('a pressure that stays too low keeps holding, and so does a high one with something else wrong', () => {
    const low = begun().whole(-40, { systolicMmHg: 86 }).whole(-25, { systolicMmHg: 86 }).whole(-5, { systolicMmHg: 86 })
    expect([read(low, -5).result.gate, read(low, -5).result.overridable]).toEqual(['hold', false])
    const both = begun().whole(-40, { systolicMmHg: 166 }).whole(-25, { systolicMmHg: 166 }).whole(-5, { systolicMmHg: 166, spo2Percent: 91 })
    expect([read(both, -5).result.gate, read(both, -5).result.overridable]).toEqual(['hold', false])
  })

  const ids = (story: Told, minute: number) => read(story, minute).result.findings.map(({ id, missing }) => (missing ? `${id} ${missing}` : id))
  const rested = (times: readonly (readonly [number, number, number?])[]) => times.reduce((story, [minute, systolicMmHg, diastolicMmHg = 78]) => story.whole(minute, { systolicMmHg, diastolicMmHg }), begun())
  test.each<[string, Told, number, readonly string[]]>([
    ['nothing taken', begun(), 0, ['PRE-MISSING systolicMmHg', 'PRE-MISSING diastolicMmHg', 'PRE-MISSING heartRatePerMin', 'PRE-MISSING respiratoryRatePerMin', 'PRE-MISSING spo2Percent', 'PRE-MISSING moaaS', 'PRE-MISSING baseline']],
    ['one of the two pressures was read twice, the other once', begun().whole(-15).whole(-3, { diastolicMmHg: undefined }), 0, ['PRE-MISSING diastolicMmHg', 'PRE-MISSING baseline']],
    ['oxygen running', begun().whole(-15).whole(-3, { onRoomAir: false }), 0, ['PRE-OXYGEN']], ['oxygen running before, and off since', begun().whole(-15, { onRoomAir: false }).whole(-3, { onRoomAir: true }), 0, []], ['oxygen running, and no saturation since', begun().whole(-15).whole(-5, { onRoomAir: false }).whole(-3, { spo2Percent: undefined }), 0, ['PRE-OXYGEN']],
    ['a fever', begun().whole(-15, { temperatureDeciC: 381 }).whole(-3), 0, ['PRE-TEMP']], ['a fever an hour ago', begun().whole(-58, { temperatureDeciC: 381 }).whole(-15).whole(-3), 0, []], ['a symptom that went away', begun().whole(-15).whole(-3).on(-2, 'symptom.v1', { symptom: 'vomiting', present: true }).on(-1, 'symptom.v1', { symptom: 'vomiting', present: false }), 0, []],
    ['intoxicated, and an hour later not', begun().whole(-15).whole(-3).on(-58, 'fact.v1', { fact: 'intoxicated', state: 'answered', value: true }).on(-2, 'fact.v1', { fact: 'intoxicated', state: 'answered', value: false }), 0, []], ['intoxicated: nobody can say', begun().whole(-15).whole(-3).on(-2, 'fact.v1', { fact: 'intoxicated', state: 'not-known' }), 0, []],
    ['a high screen of yesterday', begun().whole(-15).whole(-3).on(-1_440, 'measure-answered.v1', answered({ ...noThoughts, q1: true, q2: true, q4: true })), 0, []], ['a low screen of today', begun().whole(-15).whole(-3).on(-50, 'measure-answered.v1', answered(noThoughts)), 0, []],
    ['too high for half an hour', rested([[-40, 166], [-25, 166], [-10, 166]]), 0, ['PRE-SYS-160']],
  ])('%s', (_, story, minute, expected) => {
    expect(ids(story, minute)).toEqual(expected)
  })

  test.each<[string, Told, number, string, readonly number[]]>([
    ['never too high', rested([[-15, 120], [-3, 120]]), 0, 'go', []], ['raised: read again after one rest, counted from the first time it was too high, which it never was', rested([[-15, 145], [-3, 145]]), 0, 'caution', []],
    ['at the limit', rested([[-40, 160], [-25, 160]]), -20, 'hold', [-25, -10]], ['just below it', rested([[-40, 159], [-25, 161]]), -20, 'hold', [-10, 5]],
    ['the rests run out to the minute', rested([[-40, 166], [-25, 166], [-10, 166]]), 0, 'no_dose', [-25, -10]], ['a minute before that', rested([[-39, 166], [-25, 166], [-10, 166]]), 0, 'hold', [-24, -9]], ['the lower pressure counts alike', rested([[-40, 120, 104], [-25, 120, 104], [-10, 120, 104]]), 0, 'no_dose', [-25, -10]],
    ['the lower one was too high first', rested([[-55, 120, 104], [-40, 166, 104], [-25, 166, 104]]), 0, 'no_dose', [-40, -25]], ['it came down in time', rested([[-40, 166], [-25, 130], [-10, 130]]), 0, 'go', []], ['down to raised only, after the last rest: that is no longer a hold', rested([[-40, 166], [-25, 150], [-10, 150]]), 0, 'caution', [-25]],
    ['too high, and also short of breath: that does not run out', rested([[-40, 166], [-25, 166], [-10, 166]]).on(-1, 'symptom.v1', { symptom: 'dyspnea', present: true }), 0, 'hold', [-25, -10]], ['too high, and nobody looked how awake', rested([[-40, 166], [-25, 166], [-10, 166]]).with((entries) => entries.filter(({ kind }) => kind !== 'mental-status.v1')), 0, 'hold', [-25, -10]],
  ])('%s', (_, story, minute, word, recheck) => {
    const { result, recheckAt } = read(story, minute)
    expect([result.gate, recheckAt]).toEqual([word, recheck.map(at)])
  })

  test('a fever does not run out as a pressure does', () => {
    const hot = [-40, -25, -5].reduce((story, minute) => story.whole(minute, { temperatureDeciC: 385 }), begun())
    expect([read(hot, 0).result.gate, read(hot, 0).recheckAt]).toEqual(['hold', []])
  })

  test('with three rests planned it is the last that runs out', () => {
    const story = rested([[-40, 166], [-25, 166], [-5, 166]])
    const session = readSession(story.chart, SESSION, rows, clock(0)) as { ok: true; value: SessionNow }
    const judged = (hold: readonly number[]) => preDoseNow(story.chart, session.value, { preDose: { ...monitoring.preDose, recheckMin: { ...monitoring.preDose.recheckMin, hold } }, clock: clock(0), instruments }).result.gate
    expect([judged([15, 30]), judged([15, 30, 45])]).toEqual(['no_dose', 'hold'])
  })

  test('intoxicated yesterday is not intoxicated today, whatever else was answered today', () => {
    const yesterday = begun().whole(-20).whole(-5).on(-1_440, 'fact.v1', { fact: 'intoxicated', state: 'answered', value: true })
    expect(read(yesterday.on(-30, 'fact.v1', { fact: 'homeOxygen', state: 'answered', value: false }), 0).result.gate).toBe('go')
  })

  test('it points to every entry it counted, each once, and says the word of the gate', () => {
    const late = read(rested([[-40, 166], [-25, 166], [-10, 166]]), 0)
    expect([late.result.says, late.result.recheckMin]).toEqual([monitoring.preDose.words.no_dose, []])
    expect(read(begun().mind(-3, undefined, { id: 'mind' }).reading(-15, {}, { id: 'first' }).reading(-3, {}, { id: 'second' }), 0).facts).toEqual(['second', 'first', 'mind'])
  })

  test('a high screen of today and being intoxicated today hold; of last week they are not asked here', () => {
    const calmly = begun().whole(-20).whole(-5)
    const high = answered({ q1: true, q2: true, q3: false, q4: true, q5: false, q6Lifetime: false })
    expect(read(calmly.on(-30, 'measure-answered.v1', high), 0).result.gate).toBe('hold')
    expect(read(calmly.on(-30, 'fact.v1', { fact: 'intoxicated', state: 'answered', value: true }), 0).result.gate).toBe('hold')
    expect(read(calmly.on(-10_000, 'fact.v1', { fact: 'intoxicated', state: 'answered', value: true }), 0).result.gate).toBe('go')
  })
})

test('a rule of the house that names no limit is answered by nobody, and a hold without planned rests runs out at once', () => {
  const [first, ...others] = monitoring.preDose.rules
  const { when: _when, ...without } = { ...first!, watches: 'heartRatePerMin' as const }
  expect(preDoseGate(calm, { ...monitoring.preDose, rules: [without, ...others] }).gate).toBe('go')
  const story = begun().whole(-15).whole(-3).mind(-1).reading(-15, { systolicMmHg: 165 }).reading(-2, { systolicMmHg: 165 })
  const session = readSession(story.chart, SESSION, rows, clock(0))
  const judged = (hold: readonly number[]) => session.ok && preDoseNow(story.chart, session.value, { preDose: { ...monitoring.preDose, recheckMin: { ...monitoring.preDose.recheckMin, hold } }, clock: clock(0), instruments }).result.gate
  expect([judged([15, 30]), judged([])]).toEqual(['hold', 'no_dose'])
})
