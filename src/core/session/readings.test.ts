import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { sessionEntries } from './entries.ts'
import { at, told, type Told } from './fixtures.ts'
import { baselineOf, completions, isVital, lastMean, measured, missingAt, parametersOf } from './readings.ts'

const of = (story: Told) => sessionEntries(story.entries)
const minutes = (times: readonly string[]) => times.map((when) => (Date.parse(when) - Date.parse(at(0))) / 60_000)
const { preDose, reading } = monitoring

test('one number, oldest first, from whichever entries hold it', () => {
  const story = told().reading(5, { systolicMmHg: 130 }, { id: 'b' }).reading(1, { systolicMmHg: 120 }, { id: 'a' }).reading(3, { systolicMmHg: undefined }).mind(2, { moaaS: 4 } as never, { id: 'm' })
  expect(measured(of(story), 'systolicMmHg')).toEqual([{ value: 120, at: at(1), entry: 'a' }, { value: 130, at: at(5), entry: 'b' }])
  expect(measured(of(story), 'moaaS')).toEqual([{ value: 4, at: at(2), entry: 'm' }])
  expect(['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent', 'temperatureDeciC', 'moaaS', 'rass', 'orientation', 'weight'].map(isVital)).toEqual([true, true, true, true, true, true, false, false, false, false])
})

test('the numbers an entry holds, and none that it does not', () => {
  const held = (story: Told) => parametersOf(story.entries[0] as Parameters<typeof parametersOf>[0])
  expect(held(told().mind(1))).toEqual(['moaaS', 'rass', 'orientation'])
  expect(held(told().mind(1, { rass: 0 } as never))).toEqual(['rass'])
  expect(held(told().reading(1, { temperatureDeciC: 370 }))).toEqual(['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent', 'temperatureDeciC'])
})

describe('the mean of the last readings, far enough apart', () => {
  const seen = (...values: readonly (readonly [number, number])[]) => values.map(([minute, value]) => ({ value, at: at(minute), entry: `at-${minute}` }))
  test.each<[string, ReturnType<typeof seen>, readonly [number, readonly number[], boolean] | undefined]>([
    ['none', [], undefined], ['one is not enough', seen([0, 120]), [120, [0], false]], ['two, five minutes apart', seen([0, 130], [5, 120]), [125, [5, 0], true]], ['two, less far apart: the newest alone, and not enough', seen([0, 130], [4.9, 120]), [120, [4.9], false]],
    ['of three the last two', seen([0, 200], [5, 130], [10, 120]), [125, [10, 5], true]], ['one in between that is too close is passed over', seen([0, 130], [3, 200], [5, 120]), [125, [5, 0], true]], ['far apart is far enough', seen([0, 130], [50, 120]), [125, [50, 0], true]],
  ])('%s', (_, values, expected) => {
    const mean = lastMean(values, preDose)
    expect(mean && [mean.value, mean.facts, mean.enough, mean.at]).toEqual(expected && [expected[0], expected[1].map((minute) => `at-${minute}`), expected[2], values.at(-1)?.at])
  })
})

describe('what later readings are compared with', () => {
  const story = told().reading(-10, { systolicMmHg: 130, diastolicMmHg: 80, spo2Percent: 97 }, { id: 'first' }).reading(-3, { systolicMmHg: 120, diastolicMmHg: 70, spo2Percent: 99 }, { id: 'second' }).reading(4, { systolicMmHg: 170, diastolicMmHg: 99, spo2Percent: 93 }, { id: 'after' })
  test.each<[string, Told, number | undefined, object]>([
    ['the means before the dose, and the newest saturation', story, 0, { systolicMmHg: 125, diastolicMmHg: 75, spo2Percent: 99, facts: ['second', 'first'] }], ['a reading in the minute of the dose is before it', story, 4, { systolicMmHg: 145, diastolicMmHg: 84.5, spo2Percent: 93, facts: ['after', 'second'] }],
    ['no dose yet: all of them', story, undefined, { systolicMmHg: 145, diastolicMmHg: 84.5, spo2Percent: 93, facts: ['after', 'second'] }], ['nothing before the dose', story, -20, { facts: [] }],
    ['only the lower pressure', told().on(-5, 'vitals.v1', { diastolicMmHg: 70 }, { id: 'low' }), 0, { diastolicMmHg: 70, facts: ['low'] }], ['only the upper', told().on(-5, 'vitals.v1', { systolicMmHg: 120 }, { id: 'up' }), 0, { systolicMmHg: 120, facts: ['up'] }], ['only the saturation', told().on(-5, 'vitals.v1', { spo2Percent: 98 }, { id: 'air' }), 0, { spo2Percent: 98, facts: ['air'] }],
  ])('%s', (_, entries, firstDose, expected) => {
    expect(baselineOf(of(entries), firstDose === undefined ? undefined : at(firstDose), preDose)).toStrictEqual(expected)
  })
})

describe('when a reading is whole, and what it lacks until then', () => {
  const part = (story: Told, minute: number) => story.reading(minute, { heartRatePerMin: undefined })
  const pulse = (story: Told, minute: number) => story.on(minute, 'vitals.v1', { heartRatePerMin: 80 })
  test.each<[string, Told, readonly number[]]>([
    ['nothing', told(), []], ['all at once', told().whole(0), [0]], ['in part', part(told(), 0).mind(0), []], ['the rest five minutes later', pulse(part(told(), 0).mind(0), 5), [5]], ['the rest later than that', pulse(part(told(), 0).mind(0), 5.1), []],
    ['in whatever order', part(pulse(told(), 0), 2).mind(4), [4]], ['whole, and still whole while more is written', pulse(told().whole(0), 3), [0, 3]], ['three entries of one moment are one reading', told().mind(9).reading(9).reading(9), [9]], ['whichever of them there are two of', told().reading(9).mind(9).mind(9), [9]], ['whole twice', told().whole(0).whole(10), [0, 10]], ['three entries of one minute are one', pulse(part(told(), 0), 0).mind(0), [0]], ['nobody looked how awake', told().reading(0), []],
  ])('%s', (_, story, whole) => {
    expect(minutes(completions(of(story), reading))).toEqual(whole)
  })

  test.each<[string, Told, number, number, readonly string[]]>([
    ['nothing taken', told(), 0, 2, [...reading.needs]], ['all taken', told().whole(1), 0, 2, []], ['the pulse is not', part(told(), 1).mind(1), 0, 2, ['heartRatePerMin']], ['taken before it could count', told().whole(-1), 0, 2, [...reading.needs]], ['taken at that very minute', told().whole(0), 0, 2, []],
    ['taken five minutes ago', told().whole(0), 0, 5, []], ['taken longer ago', told().whole(0), 0, 5.1, [...reading.needs]], ['taken this minute', told().whole(2), 0, 2, []], ['written for a minute to come', told().whole(3), 0, 2, [...reading.needs]],
  ])('missing, %s', (_, story, since, now, missing) => {
    expect(missingAt(of(story), reading, at(since), at(now))).toEqual(missing)
  })
})
