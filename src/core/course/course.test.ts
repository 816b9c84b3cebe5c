import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { phq9Answers, told, type ToldChart } from '../measures/fixtures.ts'
import { readCourse } from './course.ts'

const zone = 'America/Los_Angeles'
const stepsOf = (chart: ToldChart, now: string) => readCourse(chart, protocols['solo-six'], rulebook, now, zone).steps
const baseline = (chart: ToldChart, now: string) => stepsOf(chart, now).find(({ id }) => id === 'baseline')!
const phq9 = (chart: ToldChart, day: string) => chart.on(day, 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: phq9Answers(15), answeredBy: 'patient' })

describe('the questionnaires before the start are never done by the passing of time', () => {
  const booked = told().on('2026-02-01', 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14' }).booked('m1', 'medicine', '2026-03-16T17:00:00Z', 180)
  test.each([
    ['nothing booked', told(), '2026-03-01T17:00:00.000Z', true], ['before the booked dose', booked, '2026-03-15T17:00:00.000Z', true], ['during it', booked, '2026-03-16T18:00:00.000Z', true],
    ['after its end, and no dose was given', booked, '2026-03-16T20:00:01.000Z', true], ['weeks after', booked, '2026-05-01T17:00:00.000Z', true],
    ['answered in time, and the day passed without a dose', phq9(booked, '2026-03-14'), '2026-03-17T17:00:00.000Z', false], ['answered long before, and the day passed', phq9(booked, '2026-01-02'), '2026-03-17T17:00:00.000Z', true],
    ['a dose was given', booked.dosed('s1', '2026-03-16T17:10:00Z', 50, 'm1'), '2026-03-17T17:00:00.000Z', false],
  ] as const)('%s', (_, chart, now, asksPhq9) => {
    const step = baseline(chart, now)
    expect(step.title.includes('PHQ-9')).toBe(asksPhq9)
    if (asksPhq9) expect(step.state).not.toBe('done')
  })

  test('a dose that was not given leaves the next one blocked by them', () => {
    const moved = booked.booked('m2', 'medicine', '2026-06-16T17:00:00Z', 180)
    expect(stepsOf(moved, '2026-04-01T17:00:00.000Z').find(({ id }) => id === 'medicine-1')!.blockedBy.map(({ code }) => code)).toContain('baseline')
  })
})
