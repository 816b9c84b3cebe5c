import { describe, expect, test } from 'vitest'
import { plausibleVitals as row } from '../../knowledge/plausible-vitals.ts'
import { vitalsBody } from '../chart/kinds/session.ts'
import { doubtsAbout } from './plausible.ts'
import type { VitalName } from './rows.ts'

type Values = Partial<Record<VitalName, number>>
const last: Values = { systolicMmHg: 126, diastolicMmHg: 78, heartRatePerMin: 82, respiratoryRatePerMin: 14, spo2Percent: 98 }

describe('below, at and above', () => {
  const rows: [string, Values, Values, VitalName[]][] = [
    ['an ordinary reading', { systolicMmHg: 132, diastolicMmHg: 82, heartRatePerMin: 88, respiratoryRatePerMin: 15, spo2Percent: 97 }, last, []],
    ['the highest usual, without a reading before', { systolicMmHg: 200, diastolicMmHg: 120 }, {}, []],
    ['above the usual', { systolicMmHg: 201, diastolicMmHg: 120 }, {}, ['systolicMmHg']],
    ['below the usual', { spo2Percent: 87 }, {}, ['spo2Percent']],
    ['as far as a jump may be', { systolicMmHg: 161 }, last, []],
    ['a jump', { systolicMmHg: 162 }, last, ['systolicMmHg']],
    ['typed into each other’s place', { systolicMmHg: 78, diastolicMmHg: 126 }, {}, ['systolicMmHg', 'diastolicMmHg']],
    ['twenty apart', { systolicMmHg: 110, diastolicMmHg: 90 }, {}, []],
    ['nineteen apart', { systolicMmHg: 109, diastolicMmHg: 90 }, {}, ['diastolicMmHg']],
    ['a temperature in Fahrenheit', { temperatureDeciC: 400 }, {}, ['temperatureDeciC']],
    ['nothing typed', {}, last, []], ['something that is no number', { systolicMmHg: Number.NaN }, last, []],
    ['the lowest usual', { systolicMmHg: 80, spo2Percent: 88 }, {}, []], ['ninety apart', { systolicMmHg: 180, diastolicMmHg: 90 }, {}, []], ['ninety-one apart', { systolicMmHg: 180, diastolicMmHg: 89 }, {}, ['diastolicMmHg']], ['both alike', { systolicMmHg: 100, diastolicMmHg: 100 }, {}, ['diastolicMmHg']],
    ['a jump down', { heartRatePerMin: 46 }, last, ['heartRatePerMin']], ['a jump down as far as it may be', { heartRatePerMin: 47 }, last, []], ['one pressure alone is apart from nothing', { diastolicMmHg: 90 }, {}, []], ['the other alone', { systolicMmHg: 100 }, {}, []],
  ]
  test.each(rows)('%s', (_, values, before, doubted) => {
    expect(doubtsAbout(values, before, row).map(({ of }) => of)).toEqual(doubted)
  })
})

describe('the question that is asked', () => {
  test.each<[string, Values, Values, RegExp]>([
    ['names what is rare', { systolicMmHg: 201 }, {}, /systolic pressure.* 201 .*rare/], ['a temperature as it is read', { temperatureDeciC: 400 }, {}, /temperature.* 40 °C/], ['names both where it jumped', { systolicMmHg: 162 }, last, /systolic pressure was 126.* 162\./], ['a jump is asked about before what is rare', { heartRatePerMin: 200 }, last, /pulse was 82.* 200\./],
    ['names both where they are the wrong way round', { diastolicMmHg: 126, systolicMmHg: 110 }, {}, /126 .*110\./], ['too close', { systolicMmHg: 109, diastolicMmHg: 90 }, {}, /109 over 90 .*close/], ['too far', { systolicMmHg: 180, diastolicMmHg: 89 }, {}, /180 over 89 .*far/],
  ])('%s', (_, values, before, says) => {
    expect(doubtsAbout(values, before, row).at(-1)?.says).toMatch(says)
  })

  test('every value by its own name', () => {
    const values: Values = { systolicMmHg: 500, diastolicMmHg: 400, heartRatePerMin: 500, respiratoryRatePerMin: 500, spo2Percent: 500, temperatureDeciC: 5_000 }
    const said = Object.entries(values).map(([name, value]) => doubtsAbout({ [name]: value }, {}, row)[0]?.says.match(/^A (.*) of/)?.[1])
    expect([said.every((name) => name !== undefined && /\w/.test(name)), new Set(said).size]).toEqual([true, 6])
  })
})

test('slips of the finger are asked about: a digit left out, doubled or turned round, and values in each other’s field', () => {
  const readings: Values[] = [
    { systolicMmHg: 128, diastolicMmHg: 80, heartRatePerMin: 84, respiratoryRatePerMin: 14, spo2Percent: 97 },
    { systolicMmHg: 146, diastolicMmHg: 92, heartRatePerMin: 96, respiratoryRatePerMin: 16, spo2Percent: 95 },
    { systolicMmHg: 117, diastolicMmHg: 71, heartRatePerMin: 68, respiratoryRatePerMin: 12, spo2Percent: 99 },
    { systolicMmHg: 137, diastolicMmHg: 85, heartRatePerMin: 91, respiratoryRatePerMin: 15, spo2Percent: 96 },
  ]
  const slips = readings.flatMap((reading) => typos(reading).map((typed) => ({ reading, typed })))
  const caught = slips.filter(({ reading, typed }) => !vitalsBody.safeParse(typed).success || doubtsAbout(typed, near(reading), row).length > 0)
  expect(slips.length).toBeGreaterThan(100)
  expect(caught.length / slips.length).toBeGreaterThan(0.95)
})

/** The reading before, a little different. */
const near = (reading: Values): Values => Object.fromEntries(Object.entries(reading).map(([name, value]) => [name, name === 'spo2Percent' ? value : value + 2]))

function typos(reading: Values): Values[] {
  const names = Object.keys(reading) as VitalName[]
  const digits = names.flatMap((name) => slipsOf(String(reading[name])).filter((typed) => Math.abs(typed - reading[name]!) > 9).map((typed) => ({ ...reading, [name]: typed })))
  const swaps = names.flatMap((a) => names.filter((b) => a < b && Math.abs(reading[a]! - reading[b]!) > 15).map((b) => ({ ...reading, [a]: reading[b]!, [b]: reading[a]! })))
  return [...digits, ...swaps]
}

function slipsOf(text: string): number[] {
  const places = [...text].map((_, place) => place)
  return [
    ...places.map((place) => text.slice(0, place) + text.slice(place + 1)),
    ...places.map((place) => text.slice(0, place + 1) + text.slice(place)),
    ...places.slice(1).map((place) => text.slice(0, place - 1) + text[place] + text[place - 1] + text.slice(place + 1)),
  ].filter((typed) => typed !== '' && typed !== text).map(Number)
}

test('where a practice has not said what is usual, nothing is rare', () => {
  expect(doubtsAbout({ systolicMmHg: 240 }, {}, { ...row, usual: {}, jump: {} } as unknown as typeof row)).toEqual([])
  expect(doubtsAbout({ systolicMmHg: 240 }, { systolicMmHg: 100 }, { ...row, usual: {}, jump: {} } as unknown as typeof row), 'nor far from the last').toEqual([])
})

test('two equal pressures are not merely close together', () => {
  expect(doubtsAbout({ systolicMmHg: 100, diastolicMmHg: 100 }, {}, row).map(({ of, says }) => [of, says])).toEqual([['diastolicMmHg', 'Diastolic 100 is not below systolic 100.']])
})
