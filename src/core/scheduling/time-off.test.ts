import { describe, expect, test } from 'vitest'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { tellingWords, timeOffRows } from '../../knowledge/time-off.ts'
import { timeOff, wordsThatTell } from './time-off.ts'

const zone = 'America/Los_Angeles'
const visit = (type: BookedVisit['type'], startsAt: string, endsAt: string) => ({ visit: startsAt, type, startsAt, endsAt, online: false })
const one = (type: BookedVisit['type'], startsAt: string, endsAt: string, hours = timeOffRows.noDriving.value) => timeOff([visit(type, startsAt, endsAt)], { noDriving: { ...timeOffRows.noDriving, value: hours } }, zone)[0]!

test('a visit to talk takes its own hours, and nobody is told not to drive', () => {
  expect(one('integration', '2026-12-02T17:00:00.000Z', '2026-12-02T18:00:00.000Z')).toEqual({ visit: '2026-12-02T17:00:00.000Z', day: '2026-12-02', startsAt: '2026-12-02T17:00:00.000Z', endsAt: '2026-12-02T18:00:00.000Z', wholeDay: false })
})

test.each(['medicine', 'maintenance'] as const)('a %s visit takes the whole local day, and driving waits for the later of the next day and the hours of the row', (type) => {
  expect(one(type, '2026-12-02T17:00:00.000Z', '2026-12-02T20:30:00.000Z')).toMatchObject({ day: '2026-12-02', startsAt: '2026-12-02T08:00:00.000Z', endsAt: '2026-12-03T08:00:00.000Z', wholeDay: true, noDrivingUntil: '2026-12-03T20:30:00.000Z' })
})

describe('the later of the two', () => {
  test.each([[11, '2026-12-03T08:00:00.000Z'], [11.5, '2026-12-03T08:00:00.000Z'], [12, '2026-12-03T08:30:00.000Z']])('after %d hours', (hours, until) => {
    expect(one('medicine', '2026-12-02T17:00:00.000Z', '2026-12-02T20:30:00.000Z', hours).noDrivingUntil).toBe(until)
  })
})

test('where the clocks change in the night, hours are hours and the day is the day on the wall', () => {
  expect(one('medicine', '2026-10-31T17:00:00.000Z', '2026-10-31T20:30:00.000Z')).toMatchObject({ startsAt: '2026-10-31T07:00:00.000Z', endsAt: '2026-11-01T07:00:00.000Z', noDrivingUntil: '2026-11-01T20:30:00.000Z' })
  expect(one('medicine', '2026-11-01T17:00:00.000Z', '2026-11-01T20:30:00.000Z')).toMatchObject({ startsAt: '2026-11-01T07:00:00.000Z', endsAt: '2026-11-02T08:00:00.000Z' })
})

test('they stand in the order in which they come', () => {
  const late = visit('integration', '2026-12-05T17:00:00.000Z', '2026-12-05T18:00:00.000Z')
  expect(timeOff([late, visit('medicine', '2026-12-02T17:00:00.000Z', '2026-12-02T20:30:00.000Z')], timeOffRows, zone).map(({ day }) => day)).toEqual(['2026-12-02', '2026-12-05'])
})

describe('a visit that follows before she may drive', () => {
  const dosing = visit('medicine', '2026-12-02T17:00:00.000Z', '2026-12-02T20:30:00.000Z')
  test.each([['2026-12-03T20:29:00.000Z', false, true], ['2026-12-03T20:30:00.000Z', false, undefined], ['2026-12-03T20:29:00.000Z', true, undefined], ['2026-12-02T16:00:00.000Z', false, undefined]] as const)('at %s, online %j', (startsAt, online, not) => {
    const talk = { ...visit('integration', startsAt, '2026-12-03T22:00:00.000Z'), online }
    const off = timeOff([talk, dosing], timeOffRows, zone)
    expect(off.find((one) => one.visit === talk.visit)!.notByOwnCar).toBe(not)
    expect(off.find((one) => one.visit === dosing.visit)!.notByOwnCar).toBeUndefined()
  })
})

test.each([
  ['Harbor Street Medical Office', []], ['Dr. Helen Brandt, MD', []], ['Kapoor and Mindy Moody', []], ['', []],
  ['The Ketamine House', ['ketamin']], ['Bay Psychotherapy Group', ['psycho']], ['Harbor MENTAL Health and Recovery', ['mental', 'recover']], ['Couples Therapy West', ['therap']],
])('“%s” tells %j', (name, words) => {
  expect(wordsThatTell(name, tellingWords)).toEqual(words)
})
