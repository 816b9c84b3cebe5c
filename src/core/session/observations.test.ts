import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { sessionEntries } from './entries.ts'
import { at, calm, told, type Told } from './fixtures.ts'
import type { Baseline } from './judge.ts'
import { observe } from './observations.ts'
import type { MonitoringRows } from './rows.ts'

const baseline: Baseline = { systolicMmHg: 120, diastolicMmHg: 70, spo2Percent: 98, facts: ['before'] }
const seen = (story: Told, rows: MonitoringRows = monitoring) => observe(sessionEntries(story.entries), { rows, baseline, firstDoseAt: at(0) })
/** What is not calm, or could be worse than it looks: series, level, the worst it may be, value, entries. */
const notable = (story: Told, rows?: MonitoringRows) => seen(story, rows).filter(({ level, ceiling, gone }) => level !== 'green' || ceiling !== 'green' || gone).map(({ series, level, ceiling, value, symptom, facts, gone }) =>
  [series, gone ? 'gone' : level === ceiling ? level : `${level}, perhaps ${ceiling}`, value ?? symptom, facts.join(' ')])
const symptom = (story: Told, minute: number, name: 'chest-pain' | 'nausea' | 'syncope', present = true, id = name) => story.on(minute, 'symptom.v1', { symptom: name, present }, { id })
const rate = (story: Told, minute: number, value: number, id?: string) => story.on(minute, 'rating.v1', { scale: 'distress', value }, id === undefined ? {} : { id })
const stop = (story: Told, minute: number) => story.on(minute, 'signal.v1', { signal: 'stop', answeredWith: 'Music off.' })

describe('a reading is judged by what was known in its own minute', () => {
  test.each<[string, Told, readonly unknown[]]>([
    ['calm', told().reading(9, {}, { id: 'r' }).mind(9), []],
    ['a number that stands by itself points to its reading, one that may have risen also to what it rose from', told().reading(9, { systolicMmHg: 165, heartRatePerMin: 125 }, { id: 'r' }), [['BP-S', 'yellow', 165, 'r before'], ['HR', 'yellow', 125, 'r']]],
    ['risen far enough', told().reading(9, { diastolicMmHg: 95 }, { id: 'r' }), [['BP-D', 'yellow', 95, 'r before']]], ['the same in the minute of the dose is no rise', told().reading(0, { diastolicMmHg: 95 }, { id: 'r' }), []],
    ['what is not there may be anything', told().reading(9, { spo2Percent: undefined }, { id: 'r' }), [['SPO2', 'green, perhaps red', undefined, 'r']]],
    ['drowsy', told().mind(9, { moaaS: 3 } as never, { id: 'm' }), [['MOAAS', 'yellow', 3, 'm']]], ['restless', told().mind(9, { rass: 2 } as never, { id: 'm' }), [['RASS', 'yellow', 2, 'm']]], ['only where one is was asked', told().mind(9, { orientation: 1 } as never, { id: 'm' }), []],
    ['an older value stands in for nothing', told().reading(8, { spo2Percent: 85 }, { id: 'q' }).reading(9, { spo2Percent: undefined }, { id: 'r' }), [['SPO2', 'red', 85, 'q'], ['SPO2', 'green, perhaps red', undefined, 'r']]],
  ])('%s', (_, story, expected) => {
    expect(notable(story)).toEqual(expected)
  })

  test('a symptom that went away is at no level, and could be at none', () => {
    expect(seen(symptom(symptom(told(), 9, 'nausea'), 10, 'nausea', false)).at(-1)).toMatchObject({ gone: true, level: 'green', ceiling: 'green' })
  })

  test('as long as no dose was given nothing has risen', () => {
    const high = sessionEntries(told().reading(9, { diastolicMmHg: 95 }).entries)
    const levels = (firstDoseAt: string | undefined) => observe(high, { rows: monitoring, baseline, firstDoseAt }).filter(({ series }) => series === 'BP-D').map(({ level }) => level)
    expect([levels(undefined), levels(at(0))]).toEqual([['green'], ['yellow']])
  })

  test('what was not read has no value', () => {
    const [pulse] = seen(told().reading(9, { heartRatePerMin: undefined })).filter(({ series }) => series === 'HR')
    expect(pulse).not.toHaveProperty('value')
  })

  test('every reading is judged by every row of numbers, and by no other', () => {
    expect(seen(told().reading(9)).map(({ series }) => series)).toEqual(monitoring.alerts.filter(({ watches }) => Object.keys(calm).includes(watches) || watches === ('temperatureDeciC' as string)).map(({ id }) => id))
    expect(seen(told().mind(9)).map(({ series }) => series)).toEqual(['MOAAS', 'RASS'])
    expect(seen(told().on(9, 'vitals.v1', { temperatureDeciC: 370 })).every(({ value }) => value === undefined)).toBe(true)
  })

  test.each([[5, 'yellow'], [5.1, 'orange']])('deep sleep that the protocol expects is carried by a saturation %d minutes old: %s', (minutes, level) => {
    const deep = { ...monitoring, deepSedation: { ...monitoring.deepSedation, expected: true } }
    expect(notable(told().reading(20 - minutes).mind(20, { moaaS: 2 } as never, { id: 'm' }), deep)).toEqual([['MOAAS', level, 2, 'm']])
  })
})

describe('a symptom, and what it makes of a pressure read before', () => {
  const high = () => told().reading(9, { systolicMmHg: 185 }, { id: 'r' })
  test.each<[string, Told, readonly unknown[]]>([
    ['by itself', symptom(told(), 9, 'nausea'), [['SX:nausea', 'yellow', 'nausea', 'nausea']]], ['gone', symptom(symptom(told(), 9, 'nausea'), 10, 'nausea', false, 'syncope'), [['SX:nausea', 'yellow', 'nausea', 'nausea'], ['SX:nausea', 'gone', 'nausea', 'syncope']]],
    ['after a high pressure', symptom(high(), 10, 'chest-pain'), [['BP-S', 'orange', 185, 'r before'], ['SX:chest-pain', 'red', 'chest-pain', 'chest-pain'], ['BP-S', 'red', 185, 'chest-pain r before']]],
    ['one that makes it no worse', symptom(high(), 10, 'nausea'), [['BP-S', 'orange', 185, 'r before'], ['SX:nausea', 'yellow', 'nausea', 'nausea']]], ['a second one makes it no worse again', symptom(symptom(high(), 10, 'chest-pain'), 11, 'syncope'), [['BP-S', 'orange', 185, 'r before'], ['SX:chest-pain', 'red', 'chest-pain', 'chest-pain'], ['BP-S', 'red', 185, 'chest-pain r before'], ['SX:syncope', 'orange', 'syncope', 'syncope']]],
    ['a high pressure read before the dose', symptom(told().reading(-2, { systolicMmHg: 185 }, { id: 'r' }), 10, 'chest-pain'), [['BP-S', 'orange', 185, 'r'], ['SX:chest-pain', 'red', 'chest-pain', 'chest-pain'], ['BP-S', 'red', 185, 'chest-pain r']]],
    ['a high pressure while it lasts', symptom(told(), 8, 'chest-pain').reading(9, { systolicMmHg: 185 }, { id: 'r' }), [['SX:chest-pain', 'red', 'chest-pain', 'chest-pain'], ['BP-S', 'red', 185, 'r before']]], ['a high pressure after it is gone', symptom(symptom(told(), 7, 'chest-pain'), 8, 'chest-pain', false, 'nausea').reading(9, { systolicMmHg: 185 }, { id: 'r' }), [['SX:chest-pain', 'red', 'chest-pain', 'chest-pain'], ['SX:chest-pain', 'gone', 'chest-pain', 'nausea'], ['BP-S', 'orange', 185, 'r before']]],
  ])('%s', (_, story, expected) => {
    expect(notable(story)).toEqual(expected)
  })
})

describe('distress, as the person rates it', () => {
  test.each<[string, Told, readonly unknown[]]>([
    ['eight, for ten minutes', rate(rate(told(), 9, 8), 19, 8, 'd'), [['SUDS', 'yellow', 8, 'd']]], ['for less', rate(rate(told(), 9, 8), 18.9, 8), []], ['eight, less, eight again', rate(rate(rate(told(), 5, 8), 9, 7), 19, 8), []], ['eight again since ten minutes', rate(rate(rate(rate(told(), 2, 8), 5, 7), 9, 8), 19, 9, 'd'), [['SUDS', 'yellow', 9, 'd']]],
    ['nine, and asks to stop', rate(stop(told(), 8), 9, 9, 'd'), [['SUDS', 'orange', 9, 'd']]], ['asked to stop before the last rating', rate(rate(stop(told(), 5), 8, 4), 9, 9), []], ['asked in the minute of the last rating', rate(stop(rate(told(), 8, 4), 8), 9, 9), []], ['eight, and asks to stop', rate(stop(told(), 8), 9, 8), []],
    ['another signal', rate(told().on(8, 'signal.v1', { signal: 'quiet', answeredWith: 'Music off.' }), 9, 9), []], ['another scale', stop(told(), 8).on(9, 'rating.v1', { scale: 'pain', value: 9 } as never), []],
    ['nine, with fear', rate(told().on(8, 'symptom.v1', { symptom: 'severe-anxiety', present: true }, { id: 's' }), 9, 9, 'd'), [['SX:severe-anxiety', 'orange', 'severe-anxiety', 's'], ['SUDS', 'orange', 9, 'd']]],
  ])('%s', (_, story, expected) => {
    expect(notable(story)).toEqual(expected)
  })
})
