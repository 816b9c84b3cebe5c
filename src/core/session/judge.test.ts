import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { describeLevel, describeTest } from './describe.ts'
import { holdsFor, judge, looksAtRise, namesSymptom, within, type Subject } from './judge.ts'
import { isAbove } from './level.ts'
import { alertRow, type AlertRow, type Parameter } from './rows.ts'

const baseline = { systolicMmHg: 122, diastolicMmHg: 78, spo2Percent: 98, facts: [] }
const rowOf = (id: string) => alertRow(monitoring, id) as AlertRow
const at = (id: string, value: number | undefined, more: Partial<Subject> = {}) => {
  const row = rowOf(id)
  const values = value === undefined || row.watches === 'distress' || row.watches === 'lateness' ? {} : { [row.watches]: value }
  return judge(row, { values, ...(value === undefined ? {} : { value }), baseline, symptoms: [], flags: {}, ...more })
}

/** Each line: the row, then values with the level each of them gives. Half-open bands: 159.5 belongs below 160. */
const bands: readonly (readonly [string, readonly (readonly [number, string])[]])[] = [
  ['BP-S', [[121, 'green'], [159, 'green'], [159.5, 'green'], [160, 'yellow'], [161, 'yellow'], [162, 'yellow'], [179.9, 'yellow'], [180, 'orange'], [199.9, 'orange'], [200, 'red'], [230, 'red']]],
  ['BP-D', [[99, 'green'], [99.9, 'green'], [100, 'yellow'], [109.9, 'yellow'], [110, 'orange'], [119.9, 'orange'], [120, 'red']]],
  ['BP-LOW', [[90, 'green'], [89.9, 'yellow'], [85, 'yellow'], [84.9, 'orange'], [80, 'orange'], [79.9, 'red']]],
  ['HR', [[119.9, 'green'], [120, 'yellow'], [139.9, 'yellow'], [140, 'orange'], [149.9, 'orange'], [150, 'red'], [50, 'green'], [49.9, 'yellow'], [45, 'yellow'], [44.9, 'orange'], [40, 'orange'], [39.9, 'red']]],
  ['RR', [[24.9, 'green'], [25, 'yellow'], [30.9, 'yellow'], [31, 'orange'], [35.9, 'orange'], [36, 'red'], [12, 'green'], [11.9, 'yellow'], [10, 'yellow'], [9.9, 'orange'], [8, 'orange'], [7.9, 'red'], [0, 'red']]],
  ['SPO2', [[95, 'green'], [94.9, 'yellow'], [92, 'yellow'], [91.5, 'orange'], [90, 'orange'], [89.9, 'red']]],
  ['MOAAS', [[5, 'green'], [4, 'green'], [3, 'yellow'], [2, 'orange'], [1, 'red'], [0, 'red']]],
  ['RASS', [[0, 'green'], [1, 'green'], [2, 'yellow'], [3, 'orange'], [4, 'red'], [-2, 'green'], [-3, 'yellow'], [-4, 'orange'], [-5, 'red']]],
  ['TIME', [[0, 'green'], [3, 'green'], [3.1, 'yellow'], [8, 'yellow'], [8.1, 'orange'], [20, 'orange'], [25, 'orange']]],
]

describe.each(bands)('%s', (id, values) => {
  test.each(values)('%d → %s', (value, level) => {
    expect(at(id, value)).toEqual({ level, ceiling: level })
  })
})

describe('rises from the baseline, which is 122/78 here', () => {
  test.each([['BP-S', 161, { systolicMmHg: 122 }, 'yellow'], ['BP-S', 150, { systolicMmHg: 110 }, 'yellow'], ['BP-S', 149, { systolicMmHg: 110 }, 'green'], ['BP-D', 96, { diastolicMmHg: 71 }, 'yellow'], ['BP-D', 95, { diastolicMmHg: 71 }, 'green']] as const)(
    '%s %d from %o → %s', (id, value, from, level) => {
      expect(at(id, value, { baseline: { ...from, facts: [] } }).level).toBe(level)
    })

  test('without a baseline the rise cannot be judged, and that is not green', () => {
    expect(at('BP-S', 150, { baseline: { facts: [] } })).toEqual({ level: 'green', ceiling: 'yellow' })
    expect(at('BP-S', 165, { baseline: { facts: [] } })).toEqual({ level: 'yellow', ceiling: 'yellow' })
    expect(at('BP-S', 185, { baseline: { facts: [] } })).toEqual({ level: 'orange', ceiling: 'orange' })
  })

  test('before the dose there is nothing to rise from', () => {
    expect(at('BP-S', 150, { baseline: 'before-dose' })).toEqual({ level: 'green', ceiling: 'green' })
  })
})

describe('what makes it worse, and the one thing that makes it less', () => {
  test.each([
    ['BP-S', 179, ['chest-pain'], 'yellow'], ['BP-S', 180, ['chest-pain'], 'red'], ['BP-S', 180, ['dyspnea'], 'red'], ['BP-S', 180, ['new-confusion'], 'red'], ['BP-S', 180, ['nausea'], 'orange'], ['BP-S', 180, ['syncope'], 'orange'],
    ['BP-D', 109, ['vision-loss'], 'yellow'], ['BP-D', 110, ['focal-deficit'], 'red'], ['BP-D', 110, ['thunderclap-headache'], 'red'], ['BP-D', 110, ['headache'], 'orange'],
    ['BP-LOW', 90, ['syncope'], 'green'], ['BP-LOW', 89, ['syncope'], 'red'], ['BP-LOW', 89, ['nausea'], 'yellow'],
  ] as const)('%s %d with %o → %s', (id, value, symptoms, level) => {
    expect(at(id, value, { symptoms }).level).toBe(level)
  })

  test.each([
    [2, { spo2Percent: 95, respiratoryRatePerMin: 10 }, true, 'yellow'], [2, { spo2Percent: 94.9, respiratoryRatePerMin: 10 }, true, 'orange'], [2, { spo2Percent: 95, respiratoryRatePerMin: 9.9 }, true, 'orange'],
    [2, { spo2Percent: 95 }, true, 'orange'], [2, {}, true, 'orange'], [2, { spo2Percent: 99, respiratoryRatePerMin: 14 }, false, 'orange'], [1, { spo2Percent: 99, respiratoryRatePerMin: 14 }, true, 'red'],
  ] as const)('MOAA/S %d with %o, deep sedation expected %s → %s', (moaaS, values, deepSedationExpected, level) => {
    expect(at('MOAAS', moaaS, { values: { moaaS, ...values }, flags: { deepSedationExpected } }).level).toBe(level)
  })

  test.each([[20, true, 'orange'], [20.1, true, 'red'], [20.1, false, 'orange']])('%d minutes late, nobody watching %s → %s', (minutes, nobodyMonitoring, level) => {
    expect(at('TIME', minutes, { flags: { nobodyMonitoring } }).level).toBe(level)
  })

  test.each([
    [8, 10, [], false, 'yellow'], [8, 9.9, [], false, 'green'], [7, 30, [], false, 'green'], [9, 0, ['severe-anxiety'], false, 'orange'], [9, 0, [], true, 'orange'], [8, 0, [], true, 'green'],
  ] as const)('distress %d held for %d min with %o, asks to stop %s → %s', (value, minutes, symptoms, asksToStop, level) => {
    expect(at('SUDS', value, { heldMin: () => minutes, symptoms, flags: { asksToStop } }).level).toBe(level)
  })

  test.each([
    ['nausea', 'yellow'], ['headache', 'yellow'], ['vomiting', 'orange'], ['severe-anxiety', 'orange'], ['new-confusion', 'orange'], ['dyspnea', 'orange'], ['vision-loss', 'orange'], ['syncope', 'orange'],
    ['laryngeal-noise', 'red'], ['chest-pain', 'red'], ['focal-deficit', 'red'], ['seizure', 'red'], ['anaphylaxis', 'red'], ['airway-loss', 'red'], ['apnea', 'red'], ['thunderclap-headache', 'red'], ['suicidal-act', 'red'],
  ] as const)('%s alone → %s', (symptom, level) => {
    expect(at('SX', undefined, { symptoms: [symptom] }).level).toBe(level)
  })
})

test('a value that is not there is never judged as fine', () => {
  const numbers = monitoring.alerts.filter(({ watches }) => watches !== 'symptom' && watches !== 'distress' && watches !== 'lateness')
  expect(numbers).toHaveLength(8)
  for (const row of numbers) expect(at(row.id, undefined).ceiling, row.id).toBe('red')
})

test('taking a value away never lowers what may be the case', () => {
  const values = fc.record({ systolicMmHg: fc.integer({ min: 60, max: 240 }), diastolicMmHg: fc.integer({ min: 30, max: 140 }), heartRatePerMin: fc.integer({ min: 30, max: 180 }), respiratoryRatePerMin: fc.integer({ min: 0, max: 50 }), spo2Percent: fc.integer({ min: 70, max: 100 }), moaaS: fc.integer({ min: 0, max: 5 }), rass: fc.integer({ min: -5, max: 4 }) })
  const keys = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent', 'moaaS', 'rass'] as const satisfies readonly Parameter[]
  fc.assert(fc.property(values, fc.constantFrom(...keys), fc.constantFrom(...monitoring.alerts), fc.boolean(), (whole, gone, row, deep) => {
    const subject: Subject = { values: whole, value: 0, baseline, symptoms: [], flags: { deepSedationExpected: deep } }
    const { [gone]: _, ...rest } = whole
    const before = judge(row, subject)
    const after = judge(row, { ...subject, values: rest })
    return !isAbove(before.ceiling, after.ceiling)
  }), { numRuns: 2_000 })
})

test('every threshold can be said in words', () => {
  expect(describeLevel(rowOf('BP-S'), 'yellow')).toBe('160 mmHg or more, or 40 mmHg or more above the baseline')
  expect(describeLevel(rowOf('SPO2'), 'orange')).toBe('below 92%')
  for (const row of monitoring.alerts) for (const level of ['yellow', 'orange', 'red'] as const) expect(describeLevel(row, level) ?? '').not.toMatch(/undefined|object/)
})

test.each([
  ['systolicMmHg', 150, 'yes'], ['systolicMmHg', 149, 'no'], ['diastolicMmHg', 106, 'yes'], ['diastolicMmHg', 105, 'no'], ['heartRatePerMin', 200, 'unknown'], ['spo2Percent', 200, 'unknown'], ['systolicMmHg', undefined, 'unknown'],
] as const)('a rise of 28 or more above the baseline, %s at %s: %s', (watches, value, expected) => {
  const subject: Subject = { values: value === undefined ? {} : { [watches]: value }, baseline, symptoms: [], flags: {} }
  expect(holdsFor({ riseAtLeast: 28 }, watches, subject)).toBe(expected)
  expect(holdsFor({ riseAtLeast: 28 }, watches, { ...subject, baseline: 'before-dose' })).toBe('no')
})

test.each([
  [{ atLeast: 5 }, 4.9, 'no'], [{ atLeast: 5 }, 5, 'yes'], [{ above: 5 }, 5, 'no'], [{ above: 5 }, 5.1, 'yes'], [{ below: 5 }, 5, 'no'], [{ below: 5 }, 4.9, 'yes'], [{ atMost: 5 }, 5.1, 'no'], [{ atMost: 5 }, 5, 'yes'],
  [{ atMost: 5 }, undefined, 'unknown'], [{ above: 5 }, NaN, 'unknown'],
] as const)('%o of %s: %s', (bound, value, expected) => {
  expect(within(bound, value)).toBe(expected)
})

test.each([
  [{ of: 'spo2Percent', is: { below: 92 } }, '', 'spo2Percent below 92'], [{ riseAtLeast: 30 }, 'mmHg', '30 mmHg or more above the baseline'], [{ held: { atMost: 8 }, forMin: 5 }, '/min', '8/min or less for 5 minutes or longer'],
  [{ all: [{ above: 3 }, { flag: 'nobodyMonitoring' }] }, 'min', 'above 3 min and nobody is checked in to watch'], [{ any: [{ symptom: ['chest-pain', 'seizure'] }, { atLeast: 1 }] }, '%', 'chest pain or seizure, or 1% or more'],
] as const)('%o in words', (rule, unit, words) => {
  expect(describeTest(rule, unit)).toBe(words)
})

test('whether a row compares with the baseline, however deep the comparison stands', () => {
  const row = (levels: AlertRow['levels']) => looksAtRise({ ...rowOf('BP-S'), levels })
  expect([row({}), row({ red: { atLeast: 200 } }), row({ red: { any: [{ above: 1 }] } }), row({ red: { all: [{ above: 1 }] } })]).toEqual([false, false, false, false])
  expect([row({ red: { riseAtLeast: 1 } }), row({ red: { any: [{ above: 1 }, { riseAtLeast: 1 }] } }), row({ red: { all: [{ above: 1 }, { any: [{ riseAtLeast: 1 }] }] } })]).toEqual([true, true, true])
})

test('a level that a row does not have, and one held for nobody knows how long, is not reached', () => {
  const only = { ...rowOf('BP-S'), levels: { red: { held: { atLeast: 180 }, forMin: 5 } } } as AlertRow
  const subject: Subject = { values: { systolicMmHg: 190 }, baseline, symptoms: [], flags: {} }
  expect(judge(only, subject)).toEqual({ level: 'green', ceiling: 'green' })
  expect([4.9, 5].map((minutes) => judge(only, { ...subject, heldMin: () => minutes }).level)).toEqual(['green', 'red'])
})

test.each<[string, AlertRow['levels'], boolean]>([
  ['by itself', { red: { symptom: ['nausea', 'apnea'] } }, true], ['another', { red: { symptom: ['apnea'] } }, false], ['at one of its levels', { red: { atLeast: 9 }, yellow: { symptom: ['nausea'] } }, true],
  ['as one of several ways', { red: { any: [{ atLeast: 9 }, { symptom: ['nausea'] }] } }, true], ['beside a number', { red: { all: [{ symptom: ['nausea'] }, { atLeast: 9 }] } }, true], ['both deeper', { red: { all: [{ atLeast: 9 }, { any: [{ symptom: ['nausea'] }, { below: 3 }] }] } }, true],
  ['among several ways and nowhere', { red: { any: [{ atLeast: 9 }, { symptom: ['apnea'] }] } }, false], ['beside a number and nowhere', { red: { all: [{ atLeast: 9 }, { symptom: ['apnea'] }] } }, false], ['a number', { red: { atLeast: 9 } }, false], ['nothing', {}, false],
])('whether a row names a symptom: %s', (_, levels, named) => expect(namesSymptom({ levels }, 'nausea')).toBe(named))
