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

describe('the weekly question of a young adult', () => {
  const aged = (birthDate: string) => told().on('2026-02-01', 'demographics.v1', { givenName: 'Ida', familyName: 'Nilsson', birthDate })
  const closed = (chart: ToldChart, session: string, at: string) => chart.on(at, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session })
  const doses = (chart: ToldChart, ...days: readonly string[]) => days.reduce((so, day) => closed(so.dosed(day, `${day}T17:00:00Z`), day, `${day}T20:00:00Z`), chart)
  const asked = (chart: ToldChart, at: string) => chart.on(at, 'measure-answered.v1', { instrument: 'c-ssrs', version: '2026-1', language: 'en', answers: { q1: false, q2: false, q6Lifetime: false }, answeredBy: 'clinician' })
  const integrated = (chart: ToldChart, session: string, at: string) => chart.on(at, 'integration.v1', { session, startedAt: `${at}T17:00:00.000Z`, endedAt: `${at}T18:00:00.000Z`, themes: 'x', modalities: [], commitments: [], nextIntention: '' })
  const ended = (chart: ToldChart, at: string) => chart.on(at, 'course-ended.v1', { reason: 'person', note: '', cancelled: [] } as never)
  const question = (chart: ToldChart, now: string) => stepsOf(chart, now).find(({ id }) => id === 'weekly-question')
  const once = doses(aged('2006-01-15'), '2026-03-02')

  test.each([
    ['six days after the dose', once, '2026-03-09T06:59:59.999Z', 'not-yet'], ['from the first moment of the seventh', once, '2026-03-09T07:00:00.000Z', 'due'], ['until its last', once, '2026-03-10T06:59:59.999Z', 'due'], ['overdue from then on', once, '2026-03-10T07:00:00.000Z', 'overdue'],
    ['asked on the sixth day', asked(once, '2026-03-08T17:00:00Z'), '2026-03-10T08:00:00.000Z', 'not-yet'], ['at 25 nobody asks', doses(aged('2001-03-02'), '2026-03-02'), '2026-03-10T08:00:00.000Z', undefined], ['before any dose nobody asks', aged('2006-01-15'), '2026-03-10T08:00:00.000Z', undefined],
    ['the course was ended, and nobody has asked since', ended(once, '2026-03-04'), '2026-03-10T08:00:00.000Z', 'overdue'], ['ended, and asked a week after the dose', asked(ended(once, '2026-03-04'), '2026-03-09T17:00:00Z'), '2026-04-10T08:00:00.000Z', undefined],
    ['all six given, and asked a week after the last', asked(doses(aged('2006-01-15'), '2026-03-02', '2026-03-05', '2026-03-09', '2026-03-12', '2026-03-16', '2026-03-19'), '2026-03-26T17:00:00Z'), '2026-04-10T08:00:00.000Z', undefined],
    ['five of six, and asked a week after the last', asked(doses(aged('2006-01-15'), '2026-03-02', '2026-03-05', '2026-03-09', '2026-03-12', '2026-03-16'), '2026-03-26T17:00:00Z'), '2026-04-10T08:00:00.000Z', 'overdue'],
    ['ended and asked, and a further dose is booked', asked(ended(once, '2026-03-04'), '2026-03-09T17:00:00Z').booked('b1', 'maintenance', '2026-04-20T17:00:00Z', 180), '2026-04-10T08:00:00.000Z', 'overdue'],
    ['ended and asked, and the further dose lies behind', asked(ended(once, '2026-03-04'), '2026-03-09T17:00:00Z').booked('b1', 'maintenance', '2026-04-01T17:00:00Z', 180), '2026-04-10T08:00:00.000Z', undefined],
    ['ended and asked, and an integration is booked', asked(ended(once, '2026-03-04'), '2026-03-09T17:00:00Z').booked('b1', 'integration', '2026-04-20T17:00:00Z', 60), '2026-04-10T08:00:00.000Z', undefined],
    ['a new course without a dose of its own', ended(once, '2026-03-04').on('2026-04-01', 'course-chosen.v1', { protocol: 'solo-six', edition: 'test' }), '2026-04-10T08:00:00.000Z', undefined],
    ['a new course with one', doses(ended(once, '2026-03-04').on('2026-04-01', 'course-chosen.v1', { protocol: 'solo-six', edition: 'test' }), '2026-04-06'), '2026-04-10T08:00:00.000Z', 'not-yet'],
    ['recorded as deceased', once.on('2026-03-05', 'demographics.v1', { givenName: 'Ida', familyName: 'Nilsson', birthDate: '2006-01-15', deceasedOn: '2026-03-04' }), '2026-03-10T08:00:00.000Z', 'not-yet'],
  ] as const)('%s', (_, chart, now, state) => expect(question(chart, now)?.state).toBe(state))

  test('it says when it was asked last, and that nobody has asked where nobody has', () => {
    expect(question(once, '2026-03-10T08:00:00.000Z')).toMatchObject({ title: 'Ask about thoughts of suicide, every week at this age: not asked since the first dose', who: ['therapist'], dueBy: '2026-03-10T06:59:59.999Z', facts: [] })
    const later = question(asked(once, '2026-03-05T18:00:00Z'), '2026-03-06T17:00:00.000Z')!
    expect(later).toMatchObject({ title: 'Ask about thoughts of suicide, every week at this age: last asked Thu, Mar 5', since: '2026-03-05T18:00:00.000Z', dueBy: '2026-03-13T06:59:59.999Z' })
    expect(later.facts).toHaveLength(1)
  })
  test('it comes before what else is overdue, and no dose waits for it', () => {
    const course = readCourse(once, protocols['solo-six'], rulebook, '2026-03-20T17:00:00.000Z', zone)
    expect(course.steps.filter(({ state }) => state === 'overdue').map(({ id }) => id)).toEqual(['weekly-question', 'integration-1', 'no-answer'])
    expect(course.next?.id).toBe('weekly-question')
    const blocked = stepsOf(integrated(once, '2026-03-02', '2026-03-03'), '2026-03-20T17:00:00.000Z').find(({ id }) => id === 'medicine-2')!
    expect(blocked.blockedBy.map(({ code }) => code)).not.toContain('weekly-question')
  })
})
