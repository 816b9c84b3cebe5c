import { describe, expect, test } from 'vitest'
import { eligibility, screeningLimits } from '../../knowledge/eligibility.ts'
import { instruments, weekly } from '../../knowledge/instruments.ts'
import { dosedSessions } from './doses.ts'
import { phq9Answers, told, type ToldChart } from './fixtures.ts'
import { weeklyAsk } from './weekly.ts'

const zone = 'America/Los_Angeles'
const rows = { weekly, eligibility, screening: screeningLimits, instruments }
const aged = (birthDate: string) => told().on('2026-02-01', 'demographics.v1', { givenName: 'Ida', familyName: 'Nilsson', birthDate })
/** Twenty years old; dosed on Monday 2 March 2026 at nine in the morning. */
const dosed = aged('2006-01-15').dosed('s1', '2026-03-02T17:00:00Z')
const asked = (chart: ToldChart, at: string, instrument: string, answers: Record<string, number | boolean | null>) => chart.on(at, 'measure-answered.v1', { instrument, version: '2026-1', language: 'en', answers, answeredBy: instrument === 'c-ssrs' ? 'clinician' : 'patient' })
const no = { q1: false, q2: false, q6Lifetime: false }
const interview = (chart: ToldChart, at: string) => asked(chart, at, 'c-ssrs', no)
const ask = (chart: ToldChart, now = '2026-03-05', goesOn = true, others: Partial<typeof rows> = {}) => weeklyAsk(chart, { sessions: dosedSessions(chart), goesOn }, { ...rows, ...others }, `${now}T20:00:00.000Z`, zone)

describe('whose question it is', () => {
  test.each<[string, ToldChart, boolean]>([
    ['18 tomorrow', aged('2008-03-06'), false], ['18 today', aged('2008-03-05'), true], ['24, and 25 tomorrow', aged('2001-03-06'), true], ['25 today', aged('2001-03-05'), false], ['62', aged('1964-03-05'), false],
    ['nobody wrote down when they were born', told(), true],
  ])('%s', (_, chart, isAsked) => expect(ask(chart.dosed('s1', '2026-03-02T17:00:00Z')) !== undefined).toBe(isAsked))
  test('before the first dose nobody’s', () => expect(ask(interview(aged('2006-01-15'), '2026-03-01'))).toBeUndefined())
  test('a book that lost the rule asks everybody', () => expect(ask(aged('1964-03-05').dosed('s1', '2026-03-02T17:00:00Z'), '2026-03-05', true, { eligibility: [] })).toMatchObject({ dueOn: '2026-03-09' }))
})

describe('when it is due', () => {
  test('a week after the first dose where nobody has asked, from the first to the last moment of that day here', () => {
    expect(ask(dosed)).toEqual({ last: undefined, dueOn: '2026-03-09', dueFrom: '2026-03-09T07:00:00.000Z', dueBy: '2026-03-10T06:59:59.999Z' })
  })
  test.each<[string, ToldChart, string, string | undefined]>([
    ['asked on the morning of the dose', interview(dosed, '2026-03-02T16:00:00Z'), '2026-03-09', '2026-03-02T16:00:00.000Z'],
    ['asked on the evening before it', interview(dosed, '2026-03-02T07:59:00Z'), '2026-03-09', undefined], ['asked in the first minute of its day', interview(dosed, '2026-03-02T08:00:00Z'), '2026-03-09', '2026-03-02T08:00:00.000Z'],
    ['asked three days after', interview(dosed, '2026-03-05T18:00:00Z'), '2026-03-12', '2026-03-05T18:00:00.000Z'], ['asked twice: the later one counts', interview(interview(dosed, '2026-03-05T18:00:00Z'), '2026-03-07T18:00:00Z'), '2026-03-14', '2026-03-07T18:00:00.000Z'],
    ['late in the evening here, the next day in UTC', interview(dosed, '2026-03-06T07:30:00Z'), '2026-03-12', '2026-03-06T07:30:00.000Z'],
    ['another dose asks no sooner', interview(dosed, '2026-03-03').dosed('s2', '2026-03-05T17:00:00Z'), '2026-03-10', '2026-03-03T17:00:00.000Z'],
  ])('%s', (_, chart, dueOn, at) => {
    const found = ask(chart)!
    expect([found.dueOn, found.last?.at]).toEqual([dueOn, at])
    expect(found.last === undefined || chart.entry(found.last.entry)?.kind === 'measure-answered.v1').toBe(true)
  })
})

describe('what answers it', () => {
  const four = '2026-03-04'
  test.each<[string, ToldChart, boolean]>([
    ['the whole interview', asked(dosed, four, 'c-ssrs', no), true], ['an interview with a yes is an answer as well', asked(dosed, four, 'c-ssrs', { ...no, q1: true }), true], ['one left half-way', asked(dosed, four, 'c-ssrs', { q1: false, q2: null, q6Lifetime: false }), false],
    ['a PHQ-9', asked(dosed, four, 'phq-9', phq9Answers(9)), true], ['its question about death alone', asked(dosed, four, 'phq-9', { q9: 0 }), true], ['a PHQ-9 without that question', asked(dosed, four, 'phq-9', { ...phq9Answers(9), q9: null } as never), false], ['with an answer it does not have', asked(dosed, four, 'phq-9', { q9: 7 }), false],
    ['a form that does not ask', asked(dosed, four, 'gad-7', { q1: 0, q2: 0, q3: 0, q4: 0, q5: 0, q6: 0, q7: 0 }), false], ['a form nobody here knows', asked(dosed, four, 'their-own', { q1: 0 }), false],
  ])('%s', (_, chart, isAnswer) => expect(ask(chart)!.last !== undefined).toBe(isAnswer))
  test('what the row does not name is no answer, whatever it asks', () => expect(ask(interview(dosed, four), '2026-03-05', true, { weekly: { ...weekly, answeredBy: ['phq-9'] } as never })!.last).toBeUndefined())
})

describe('when it ends', () => {
  const twice = interview(dosed.dosed('s2', '2026-03-05T17:00:00Z'), '2026-03-05T16:00:00Z')
  test.each<[string, ToldChart, boolean, string | undefined]>([
    ['no more medicine is planned, and nobody has asked since', twice, false, '2026-03-12'], ['asked six days after the last dose: once more', interview(twice, '2026-03-11'), false, '2026-03-18'], ['asked seven days after it', interview(twice, '2026-03-12'), false, undefined], ['and long after', interview(twice, '2026-05-12'), false, undefined],
    ['asked seven days after it, and more is planned', interview(twice, '2026-03-12'), true, '2026-03-19'], ['never asked at all', dosed.dosed('s2', '2026-03-05T17:00:00Z'), false, '2026-03-09'],
  ])('%s', (_, chart, goesOn, dueOn) => expect(ask(chart, '2026-06-01', goesOn)?.dueOn).toBe(dueOn))
})
