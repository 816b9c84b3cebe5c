import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { answered, begun, clock, SESSION, type Told } from './fixtures.ts'
import { preDoseNow } from './predose-now.ts'
import { preDoseGate, type PreDoseFacts } from './predose.ts'
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
