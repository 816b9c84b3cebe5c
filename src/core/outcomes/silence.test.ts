import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { careRow, outcomeRows } from '../../knowledge/outcomes.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { dueRows, readCourse } from '../course/course.ts'
import { measurePlan } from '../measures/due.ts'
import { phq9Answers, told, type ToldChart } from '../measures/fixtures.ts'
import { plusDays } from '../shared/time.ts'
import { exposureDue } from './exposure-watch.ts'
import { silenceOf } from './silence.ts'

const zone = 'America/Los_Angeles'
const protocol = { ...protocols['solo-six'], measures: { baseline: [], beforeDose: [], followUp: ['phq-9', 'c-ssrs'] } }
const both = { ...protocol, measures: { ...protocol.measures, followUp: ['phq-9', 'c-ssrs', 'pcl-5'] } }
const phq9 = (chart: ToldChart, day: string, answers = phq9Answers(8)) => chart.on(day, 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers, answeredBy: 'patient' })
const at = (now: string) => (now.includes('T') ? `${now}.000Z` : `${now}T20:00:00.000Z`)
const silence = (chart: ToldChart, now: string, course = protocol) => silenceOf(chart, measurePlan(course, chart, at(now), dueRows(rulebook, zone)), { care: careRow, instruments, zone }, at(now))
const contact = (chart: ToldChart, day: string, decided: 'tried-again' | 'will-answer' | 'declined' | 'left-care', nextContactAt?: string) => chart.on(day, 'silence-contact.v1', { asks: ['phq-9 day-7 2026-03-23'], reached: decided !== 'tried-again', decided, note: 'Rang.', ...(nextContactAt ? { nextContactAt: at(nextContactAt) } : {}) })

// The last dose on Thursday 19 March 2026: the first window is open from 23 to 29 March, the second from 11 to 25 April.
const dosed = told().dosed('s1', '2026-03-19T17:00:00Z')

describe('no answer is a state', () => {
  test.each([
    ['before the window opens', dosed, '2026-03-22', false], ['open, and still in its time', dosed, '2026-03-29T16:59:59', false], ['from the hour by which an answer is there', dosed, '2026-03-29T17:00:00', true], ['the window closed, which is no answer', dosed, '2026-04-05', true],
    ['answered inside the window', phq9(dosed, '2026-03-24'), '2026-04-05', false], ['answered in part', phq9(dosed, '2026-03-24', { q1: 1 }), '2026-04-05', true], ['answered after the window closed: now somebody knows', phq9(dosed, '2026-04-02'), '2026-04-05', false],
    ['answered before the window opened says nothing of after it', phq9(dosed, '2026-03-15'), '2026-04-05', true], ['nobody in care yet', told(), '2026-04-05', false], ['booked, and nothing asked', told().booked('m', 'medicine', '2026-06-01T17:00:00Z'), '2026-04-05', false],
    ['the next window opens and nobody answers', phq9(dosed, '2026-04-02'), '2026-04-30', true],
  ])('%s', (_, chart, now, silent) => expect(silence(chart, now) !== undefined).toBe(silent))

  test('it names the person’s own forms that have words here, since when, and by when somebody calls', () => {
    expect(silence(dosed, '2026-04-01', both)).toEqual({ instruments: ['phq-9', 'pcl-5'], asks: ['phq-9 day-7 2026-03-23', 'pcl-5 day-7 2026-03-23'], since: '2026-03-29T17:00:00.000Z', lastAnswerAt: null, dueBy: plusDays('2026-03-29T17:00:00.000Z', careRow.contactWithinDays), contacts: [] })
  })
})

describe('a call ends it only where it says why none will come', () => {
  test.each([
    ['tried: again within a week', contact(dosed, '2026-03-30', 'tried-again'), '2026-04-05', plusDays('2026-03-30T17:00:00.000Z', careRow.againWithinDays)], ['a time was named', contact(dosed, '2026-03-30', 'will-answer', '2026-04-01'), '2026-04-05', at('2026-04-01')],
    ['they do not want to answer', contact(dosed, '2026-03-30', 'declined'), '2026-04-05', undefined], ['nor is it asked for after the window of then', contact(dosed, '2026-03-30', 'declined'), '2026-04-10', undefined],
    ['but the next window is another question', contact(dosed, '2026-03-30', 'declined'), '2026-04-20', plusDays('2026-04-17T17:00:00.000Z', careRow.contactWithinDays)], ['they have left', contact(dosed, '2026-03-30', 'left-care'), '2026-04-20', undefined],
    ['they had left, answered again, and fell silent', phq9(contact(dosed, '2026-03-30', 'left-care'), '2026-04-02'), '2026-04-30', plusDays('2026-04-17T17:00:00.000Z', careRow.contactWithinDays)],
  ])('%s', (_, chart, now, dueBy) => expect(silence(chart, now)?.dueBy).toBe(dueBy))
})

test('on the course it is a step with an owner and a moment, also once the course has ended', () => {
  const step = (chart: ToldChart, now: string) => readCourse(chart, both, rulebook, at(now), zone).steps.find(({ id }) => id === 'no-answer')
  expect(step(dosed, '2026-03-30')).toMatchObject({ title: 'No answer to PHQ-9 and PCL-5 since Sun, Mar 29: call', state: 'due', dueBy: '2026-03-31T17:00:00.000Z', who: ['therapist', 'prescriber'] })
  expect(step(dosed, '2026-04-02')).toMatchObject({ state: 'overdue' })
  expect(step(dosed.on('2026-03-25', 'course-ended.v1', { reason: 'x' }), '2026-04-02')).toMatchObject({ state: 'overdue' })
  expect(step(contact(dosed, '2026-03-30', 'tried-again'), '2026-04-02')).toMatchObject({ state: 'due', title: 'No answer to PHQ-9 and PCL-5 since Sun, Mar 29; looked for once: call' })
  expect(step(phq9(dosed, '2026-03-24'), '2026-04-02')?.title).toBe('No answer to PCL-5 since Sun, Mar 29: call')
  expect(step(dosed.on('2026-03-25', 'demographics.v1', { givenName: 'M', familyName: 'R', birthDate: '1984-05-06', deceasedOn: '2026-03-24' }), '2026-04-02')?.state).toBe('not-yet')
})

describe('many doses ask for a look', () => {
  const weekly = (count: number) => Array.from({ length: count }).reduce<ToldChart>((chart, _, at_) => chart.dosed(`d${at_}`, new Date(Date.parse('2026-01-05T17:00:00Z') + at_ * 7 * 86_400_000).toISOString()), told())
  const bladder = (chart: ToldChart, day: string) => chart.on(day, 'measure-answered.v1', { instrument: 'urinary-check', version: '2026-1', language: 'en', answers: { frequency: 0, urgency: 0, pain: 0, night: 0, blood: 0, pelvis: 0 }, answeredBy: 'patient' })
  const reviewed = (chart: ToldChart, day: string) => chart.on(day, 'exposure-reviewed.v1', { sessions: 12, found: [{ topic: 'bladder', says: 'no' }], goOn: 'yes', reason: 'x' })
  const due = (chart: ToldChart, now: string, goesOn = true) => exposureDue(chart, goesOn, { outcomes: outcomeRows, instruments }, at(now))
  test.each([
    ['three sessions', weekly(3), '2026-01-20', true, undefined], ['the fourth, and nobody has asked', weekly(4), '2026-01-27', true, 'bladder'], ['asked after the third', bladder(weekly(4), '2026-01-20'), '2026-01-27', true, undefined], ['one session, and three months', weekly(1), '2026-04-07', true, 'bladder'],
    ['the same, and no more is planned', weekly(1), '2026-04-07', false, undefined], ['the twelfth', weekly(12), '2026-03-24', true, 'prescriber'], ['the twelfth and last: it has to be looked at all the same', weekly(12), '2026-03-24', false, 'prescriber'], ['asked about the bladder every time: the rest still waits', bladder(weekly(12), '2026-03-23'), '2026-03-24', true, 'prescriber'],
    ['reviewed', reviewed(weekly(12), '2026-03-25'), '2026-03-26', true, undefined], ['a session half a year after the review', reviewed(weekly(12), '2026-03-25').dosed('x', '2026-09-01T17:00:00Z'), '2026-10-01', true, 'prescriber'], ['before any dose', told(), '2026-03-24', true, undefined],
  ])('%s', (_, chart, now, goesOn, whose) => expect(due(chart, now, goesOn)?.whose).toBe(whose))
  test('it says how much it was', () => expect(due(weekly(12), '2026-03-24')).toMatchObject({ sessions: 12, totalUg: 600_000, since: '2026-03-23T17:00:00.000Z', dueBy: '2026-03-30T17:00:00.000Z' }))
})
