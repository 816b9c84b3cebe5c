import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { planCourse } from '../scheduling/plan.ts'
import { requestFor } from '../scheduling/fixtures.ts'
import { standingOf } from './fixed.ts'
import { courseNext, mayPlan, type Course } from './next.ts'
import { isOver } from './over.ts'
import type { CourseFacts } from './step.ts'

const solo = protocols['solo-six']
const group = protocols['group-maintenance']
const zone = 'America/Los_Angeles'

const given = (now: string, changes: Partial<CourseFacts> = {}): CourseFacts => ({
  now, zone, clearance: { state: 'cleared', says: 'Cleared.', facts: ['clearance'] }, consentForms: [{ form: 'treatment', version: '1', title: 'Consent to treatment' }], baselineOpen: [], order: 'order', holds: [], ...changes,
})
const read = (chart: ToldChart, now: string, changes: Partial<CourseFacts> = {}, protocol = solo): Course => courseNext(protocol, chart, given(now, changes))
const stepOf = (course: Course, id: string) => course.steps.find((step) => step.id === id)
const states = (course: Course, ...ids: readonly string[]) => ids.map((id) => stepOf(course, id)?.state)
const codes = (course: Course, id: string) => stepOf(course, id)?.blockedBy.map(({ code }) => code)

const born = (chart: ToldChart, birthDate = '1984-05-06', more: object = {}) => chart.on('2026-01-02', 'demographics.v1', { givenName: 'Mara', familyName: 'Ruiz', birthDate, ...more })
const visit = (id: string, type: BookedVisit['type'], number: number, startsAt: string, minutes = 60): BookedVisit => ({
  visit: id, type, number, startsAt, endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString(), localStart: startsAt.slice(0, 16), zone, people: [], online: false,
})
const book = (chart: ToldChart, ...visits: BookedVisit[]) => chart.on('2026-01-05', 'visits-booked.v1', { visits, why: '' })
const intake = (chart: ToldChart, at = '2026-02-02') =>
  chart.on(at, 'intake.v1', { presenting: 'x', psychiatricHistory: 'x', currentStatus: 'x', goals: ['sleep'], readiness: 7, readinessNote: '', supportNeeded: '', indications: [{ system: 's', code: 'F33.2' }], carePlan: '' })
const held = (chart: ToldChart, type: BookedVisit['type'], at: string, outcome: 'completed' | 'missed' = 'completed', booked?: string) =>
  chart.on(at, 'visit-closed.v1', { ...(booked ? { visit: booked } : {}), type, startedAt: `${at}T17:00:00.000Z`, endedAt: `${at}T18:00:00.000Z`, outcome, covered: [], modalities: [], summary: '', carePlan: '' })
const safety = (chart: ToldChart, at = '2026-02-16', reviewOn = '2026-05-01') =>
  chart.on(at, 'safety-plan.v1', { warningSigns: ['a'], coping: ['b'], distraction: [], help: [{ who: 'c', phone: '1' }], professionals: [{ who: 'd', phone: '2' }], environment: [], worthLivingFor: '', likelihoodOfUse: 8, madeWith: ['Ana'], reviewOn })
const signature = { person: 'p', name: 'Mara Ruiz', meaning: 'consent' as const, method: 'typed-name' as const, signedAt: '2026-02-16T17:00:00.000Z' }
const consent = (chart: ToldChart, version = '1', at = '2026-02-16') => chart.on(at, 'consent.v1', { form: 'treatment', version, language: 'en', textSha256: 'a'.repeat(64), acknowledged: [], signature })
const closed = (chart: ToldChart, session: string, at: string, how: 'discharged' | 'not-dosed' = 'discharged') => chart.on(at, 'session-closed.v1', { how, tolerance: 'as-intended', note: '' }, { session })
const integrated = (chart: ToldChart, session: string, at: string) => chart.on(at, 'integration.v1', { session, startedAt: `${at}T17:00:00.000Z`, endedAt: `${at}T18:00:00.000Z`, themes: 'x', modalities: [], commitments: [], nextIntention: '' })

/** Everything before medicine is done; Monday 2 March is the first day on which a dose may be given. */
const ready = consent(safety(held(held(held(intake(born(told())), 'preparation', '2026-02-09'), 'preparation', '2026-02-16'), 'preparation', '2026-02-23')))
/** One session on 2 March at 09:00, closed at noon. */
const dosedOnce = closed(ready.dosed('s1', '2026-03-02T17:00:00.000Z'), 's1', '2026-03-02T20:00:00.000Z')
/** A further dose four days on in the session of the 2nd, and a session of the 5th whose dose a wrong clock dated the 1st. */
const [begunOnce, givenOnce] = [dosedOnce.all('session-started.v1')[0]!.body, dosedOnce.all('dose-given.v1')[0]!.body]
const dosedAgain = integrated(dosedOnce.on('2026-03-06T17:00:00.000Z', 'dose-given.v1', { ...givenOnce, step: 2 }, { session: 's1' }), 's1', '2026-03-07')
const backdated = closed(integrated(dosedOnce, 's1', '2026-03-03').on('2026-03-05T17:00:00.000Z', 'session-started.v1', begunOnce, { id: 's2' }).on('2026-03-01T17:00:00.000Z', 'dose-given.v1', givenOnce, { session: 's2' }), 's2', '2026-03-05T20:00:00.000Z')

describe('may a course be planned', () => {
  test.each([
    // born          deceased       on                               answer
    ['2008-03-02', undefined, '2026-03-02T20:00:00.000Z', true], //   18 today
    ['2008-03-03', undefined, '2026-03-03T07:59:00.000Z', 'too-young'], // 17 until midnight in California
    ['2008-03-03', undefined, '2026-03-03T08:00:00.000Z', true],
    ['2015-01-01', undefined, '2026-03-02T20:00:00.000Z', 'too-young'],
    ['1950-01-01', '2026-02-01', '2026-03-02T20:00:00.000Z', 'deceased'],
  ])('born %s, deceased %s, asked at %s: %s', (birthDate, deceasedOn, now, expected) => {
    const may = mayPlan(born(told(), birthDate, deceasedOn ? { deceasedOn } : {}), solo, now, zone)
    expect(may.may ? true : may.code).toBe(expected)
  })
  test('without a birth date: no, and it says why', () => expect(mayPlan(told(), solo, '2026-03-02T20:00:00.000Z', zone)).toEqual({ may: false, code: 'no-birth-date', says: 'The birth date is not recorded, so nobody can say how old this person is.' }))
  test('planning, ordering and dosing are blocked by the same reason', () => {
    const course = read(born(ready, '2015-01-01'), '2026-03-02T17:00:00.000Z')
    expect([codes(course, 'plan'), codes(course, 'medicine-1')]).toEqual([['too-young'], ['too-young']])
  })
  test('nothing is asked of, or due for, somebody who has died', () => {
    const course = read(born(dosedOnce, '1950-01-01', { deceasedOn: '2026-03-04' }), '2026-03-10T17:00:00.000Z')
    expect(course.next).toBeUndefined()
    expect(course.stage).toBe('Deceased')
    expect(course.steps.filter(({ state }) => state !== 'done' && state !== 'not-yet')).toEqual([])
    expect(course.steps.every(({ state, dueBy }) => state === 'done' || dueBy === undefined)).toBe(true)
  })
})

describe('from the inquiry to the first visit', () => {
  const inquired = born(told()).on('2026-01-05', 'inquiry-received.v1', { inquiry: 'q', receivedAt: '2026-01-05T17:00:00.000Z', message: '', preferences: {} })
  const called = (outcome: 'goes-on' | 'not-now' | 'referred-elsewhere' | 'no-answer' | 'crisis') => inquired.on('2026-01-06', 'call-logged.v1', { startedAt: '2026-01-06T17:00:00.000Z', endedAt: '2026-01-06T17:20:00.000Z', answers: [], outcome, note: '' })

  test.each([
    ['goes-on', 'done', 'due', 'match'],
    ['no-answer', 'due', 'blocked', 'inquiry-call'],
    ['crisis', 'done', 'blocked', 'protocol'],
    ['not-now', 'done', 'not-yet', undefined],
    ['referred-elsewhere', 'done', 'not-yet', undefined],
  ] as const)('after a call that ended with "%s"', (outcome, call, match, next) => {
    const course = read(called(outcome), '2026-01-07T17:00:00.000Z')
    expect(states(course, 'inquiry-call', 'match')).toEqual([call, match])
    expect(course.next?.id).toBe(next)
  })
  test.each([
    // the match was on 7 January; the first visit is promised within seven days
    ['2026-01-14T17:00:00.000Z', 'due'],
    ['2026-01-14T17:00:01.000Z', 'overdue'],
  ])('the first visit at %s is %s', (now, state) => {
    const matched = called('goes-on').on('2026-01-07', 'match-chosen.v1', { therapist: 'ana', reasons: [], offered: [] })
    expect(states(read(matched, now), 'intake')).toEqual([state])
  })
  test('somebody who came without an inquiry waits for no call', () => expect(stepOf(read(born(told()), '2026-01-07T17:00:00.000Z'), 'inquiry-call')).toBeUndefined())
  test('a course for current clients asks for a first visit before it is planned', () => {
    expect(codes(read(born(told()), '2026-01-07T17:00:00.000Z', {}, group), 'plan')).toEqual(['current-clients-only'])
    expect(codes(read(intake(born(told())), '2026-02-07T17:00:00.000Z', {}, group), 'plan')).toEqual([])
    expect(codes(read(born(told()), '2026-01-07T17:00:00.000Z', {}, solo), 'plan')).toEqual([])
  })
})

describe('a booked visit', () => {
  const booked = book(intake(born(told())), visit('p1', 'preparation', 1, '2026-02-09T17:00:00.000Z'))
  test.each([
    ['2026-02-09T07:59:00.000Z', 'not-yet'], // still the evening of the 8th
    ['2026-02-09T08:00:00.000Z', 'due'],
    ['2026-02-09T18:00:00.000Z', 'due'],
    ['2026-02-09T18:00:01.000Z', 'overdue'],
  ])('at %s is %s', (now, state) => expect(states(read(booked, now), 'preparation-1')).toEqual([state]))
  test('moved is where it was moved to', () => {
    const moved = booked.on('2026-02-05', 'visit-moved.v1', { to: visit('p1', 'preparation', 1, '2026-02-11T17:00:00.000Z'), why: 'ill' })
    expect(stepOf(read(moved, '2026-02-09T20:00:00.000Z'), 'preparation-1')).toMatchObject({ state: 'not-yet', visit: { startsAt: '2026-02-11T17:00:00.000Z' } })
  })
  test('cancelled or missed has to be booked again', () => {
    const cancelled = booked.on('2026-02-05', 'visit-cancelled.v1', { visit: 'p1', why: 'ill' })
    const missed = held(booked, 'preparation', '2026-02-09', 'missed', 'p1')
    for (const chart of [cancelled, missed]) expect(stepOf(read(chart, '2026-02-10T17:00:00.000Z'), 'preparation-1')).toMatchObject({ state: 'open' })
    expect(stepOf(read(missed, '2026-02-10T17:00:00.000Z'), 'preparation-1')?.visit).toBeUndefined()
  })
})

describe('what blocks the first dose', () => {
  const now = '2026-03-02T17:00:00.000Z'
  test('nothing, when everything is there', () => expect(stepOf(read(ready, now), 'medicine-1')).toMatchObject({ state: 'open', blockedBy: [] }))
  test.each<[string, Course, string[]]>([
    ['no clearance', read(ready, now, { clearance: { state: 'none', says: 'none', facts: [] } }), ['clearance']],
    ['clearance held', read(ready, now, { clearance: { state: 'held', says: 'held', facts: [] } }), ['clearance']],
    ['clearance expired', read(ready, now, { clearance: { state: 'expired', says: 'expired', facts: [] } }), ['clearance']],
    ['clearance reopened', read(ready, now, { clearance: { state: 'reopened', says: 'reopened', facts: [] } }), ['clearance']],
    ['no order', read(ready, now, { order: undefined }), ['order']],
    ['an older consent', read(ready, now, { consentForms: [{ form: 'treatment', version: '2', title: 'Consent' }] }), ['consent-treatment']],
    ['consent taken back', read(ready.on('2026-03-01', 'consent-withdrawn.v1', { form: 'treatment', said: '' }), now), ['consent-treatment']],
    ['questionnaires open', read(ready, now, { baselineOpen: ['PHQ-9'] }), ['baseline']],
    ['an open risk', read(ready, now, { holds: [{ code: 'risk', says: 'x', facts: [] }] }), ['risk']],
    ['two preparation visits of three', read(consent(safety(held(held(intake(born(told())), 'preparation', '2026-02-09'), 'preparation', '2026-02-16'))), now), ['preparation-3']],
    ['no safety plan', read(consent(held(held(held(intake(born(told())), 'preparation', '2026-02-09'), 'preparation', '2026-02-16'), 'preparation', '2026-02-23')), now), ['safety-plan']],
  ])('%s', (_, course, expected) => {
    expect(codes(course, 'medicine-1')).toEqual(expected)
    expect(states(course, 'medicine-1')).toEqual(['blocked'])
  })
  test('a clearance that was signed and does not count now says why, and not that nobody did it', () => {
    const waits = (state: CourseFacts['clearance']['state']) => stepOf(read(ready, now, { clearance: { state, says: 'New facts reopened it.', facts: ['clearance'] } }), 'medicine-1')?.blockedBy
    expect(waits('reopened')).toMatchObject([{ says: 'New facts reopened it.', facts: ['clearance'] }])
    expect(waits('none')).toMatchObject([{ says: 'Medical clearance: not done yet.' }])
  })
  test.each([
    // made on 2 December at 17:00, good for 90 days
    ['2026-03-02T17:00:00.000Z', '2026-06-01', 'done'],
    ['2026-03-02T17:00:01.000Z', '2026-06-01', 'overdue'],
    ['2026-03-02T07:00:00.000Z', '2026-03-01', 'done'],
    ['2026-03-02T09:00:00.000Z', '2026-03-01', 'overdue'],
  ])('a safety plan at %s, to review on %s, is %s', (at, reviewOn, state) => expect(states(read(safety(born(told()), '2025-12-02', reviewOn), at), 'safety-plan')).toEqual([state]))
})

describe('between doses', () => {
  test('a session that is open comes before everything else', () => {
    const course = read(ready.dosed('s1', '2026-03-02T17:00:00.000Z'), '2026-03-02T18:00:00.000Z')
    expect([course.next?.id, course.next?.facts, course.openSession]).toEqual(['medicine-1', ['s1'], 's1'])
  })
  test.each([
    // the dose was on Mon, Mar 2 at 17:00 UTC
    ['2026-03-03T16:59:00.000Z', 'open'],
    ['2026-03-03T17:00:00.000Z', 'due'], //     24 h
    ['2026-03-05T17:00:00.000Z', 'due'], //     72 h
    ['2026-03-05T17:01:00.000Z', 'overdue'],
  ])('integration at %s is %s', (now, state) => {
    const course = read(dosedOnce, now)
    expect(states(course, 'integration-1')).toEqual([state])
    if (state !== 'open') expect(course.next?.id).toBe('integration-1')
    expect(codes(course, 'medicine-2')).toContain('integration')
  })
  test.each<[string, string, string[]]>([
    ['2026-03-04T16:59:00.000Z', 'not-yet', ['dose-spacing']], // 47 h 59 min
    ['2026-03-04T17:00:00.000Z', 'open', []], //                  48 h
  ])('the next dose after integration, at %s, is %s', (now, state, expected) => {
    const course = read(integrated(dosedOnce, 's1', '2026-03-03'), now)
    expect([states(course, 'medicine-2')[0], codes(course, 'medicine-2')]).toEqual([state, expected])
  })
  test.each<[string, string[]]>([
    ['2026-03-08T20:00:00.000Z', ['doses-in-seven-days']], // 2, 5 and 8 March
    ['2026-03-09T07:30:00.000Z', []], //                      past midnight: the 9th
  ])('a third dose at %s', (now, expected) => {
    const twice = closed(integrated(dosedOnce, 's1', '2026-03-03').dosed('s2', '2026-03-05T17:00:00.000Z'), 's2', '2026-03-05T20:00:00.000Z')
    expect(codes(read(integrated(twice, 's2', '2026-03-06'), now), 'medicine-3')).toEqual(expected)
  })
  test.each<[string, ToldChart, string, string, string[]]>([
    ['47 h 59 min after the last dose of a session that began long before', dosedAgain, '2026-03-08T16:59:00.000Z', 'medicine-2', ['dose-spacing']], ['48 h after it', dosedAgain, '2026-03-08T17:00:00.000Z', 'medicine-2', []],
    ['47 h after a session whose dose is dated before it', backdated, '2026-03-07T16:00:00.000Z', 'medicine-3', ['dose-spacing', 'doses-in-seven-days']], ['in the seven days of its beginning', backdated, '2026-03-08T20:00:00.000Z', 'medicine-3', ['doses-in-seven-days']], ['and after them', backdated, '2026-03-09T07:30:00.000Z', 'medicine-3', []],
  ])('%s', (_, chart, now, step, expected) => expect(codes(read(chart, now), step)).toEqual(expected))
  test('a session without a dose is no dose', () => {
    const started = ready.dosed('x', '2026-03-01T17:00:00.000Z')
    const undosed = told(started.entries.filter(({ kind }) => kind !== 'dose-given.v1'))
    const course = read(closed(undosed, 'x', '2026-03-01T18:00:00.000Z', 'not-dosed'), '2026-03-02T17:00:00.000Z')
    expect([course.counts.medicine.done, states(course, 'medicine-1')[0]]).toEqual([0, 'open'])
  })
})

const monthDays = ['2026-03-02', '2026-03-05', '2026-03-09', '2026-03-12', '2026-03-16', '2026-03-19']
const through = monthDays.reduce((chart, day, i) => integrated(closed(chart.dosed(`s${i + 1}`, `${day}T17:00:00.000Z`), `s${i + 1}`, `${day}T20:00:00.000Z`), `s${i + 1}`, `${day.slice(0, 8)}${String(Number(day.slice(8)) + 1).padStart(2, '0')}`), ready)

describe('after the course', () => {
  test('everything is counted', () => {
    expect(read(through, '2026-03-21T17:00:00.000Z')).toMatchObject({ stage: 'After the course', counts: { preparation: { done: 3, needed: 3 }, medicine: { done: 6, needed: 6 }, integration: { done: 6, needed: 6 } } })
  })
  test('a review is asked for after sessions 2, 4 and 6, and a new order says it was held', () => {
    const course = read(through, '2026-03-21T17:00:00.000Z')
    expect(course.steps.filter(({ id }) => id.startsWith('review')).map(({ id, state }) => `${id} ${state}`)).toEqual(['review-2 open', 'review-4 open', 'review-6 open'])
    const reviewed = through.on('2026-03-20', 'maintenance-decided.v1', { decision: 'watch', reason: 'stable', proposal: '' })
    expect(states(read(reviewed, '2026-03-21T17:00:00.000Z'), 'review-6')).toEqual(['done'])
  })
  test.each<[string, string[]]>([
    // last dose Thu, Mar 19; 7 ± 3, 30 ± 7, 90 ± 10, 180 ± 21 days
    ['2026-03-22', ['not-yet', 'not-yet', 'not-yet', 'not-yet']],
    ['2026-03-23', ['due', 'not-yet', 'not-yet', 'not-yet']],
    ['2026-03-29', ['due', 'not-yet', 'not-yet', 'not-yet']],
    ['2026-03-30', ['overdue', 'not-yet', 'not-yet', 'not-yet']],
    ['2026-04-11', ['missed', 'due', 'not-yet', 'not-yet']],
    ['2026-10-06', ['missed', 'missed', 'missed', 'due']],
    ['2026-10-07', ['missed', 'missed', 'missed', 'overdue']],
  ])('follow-ups on %s', (day, expected) => expect(read(through, `${day}T20:00:00.000Z`).followUps.map(({ state }) => state)).toEqual(expected))
  test('a missed one stays to be seen, is nobody’s next thing, and is not asked for again', () => {
    const course = read(through, '2026-04-11T20:00:00.000Z')
    expect(stepOf(course, 'follow-up-7')).toMatchObject({ state: 'missed', blockedBy: [] })
    expect(states(read(through, '2026-10-06T20:00:00.000Z'), 'follow-up-7', 'follow-up-30', 'follow-up-90', 'follow-up-180')).toEqual(['missed', 'missed', 'missed', 'due'])
    expect(course.next?.state).not.toBe('missed')
  })
  test('one that was held is done', () => {
    const course = read(held(through, 'follow-up', '2026-03-27'), '2026-03-30T20:00:00.000Z')
    expect(course.followUps[0]).toMatchObject({ day: 7, due: '2026-03-26', window: { from: '2026-03-23', to: '2026-03-29' }, state: 'done' })
    expect(course.next?.id).not.toBe('follow-up-7')
  })
  test('a proposal for maintenance waits for a clinician', () => expect(read(through, '2026-03-21T17:00:00.000Z', { maintenance: { says: 'Review for a booster', facts: ['x'] } }).next?.id).toBe('maintenance'))
})

describe('a course that ends early, and another after it', () => {
  const ended = dosedOnce.on('2026-03-06', 'course-ended.v1', { reason: 'moved away' })
  test('asks for no more sessions, but for the integration that is open and for follow-ups', () => {
    const course = read(ended, '2026-03-07T17:00:00.000Z')
    expect(states(course, 'medicine-2', 'plan', 'integration-1', 'follow-up-7')).toEqual(['not-yet', 'not-yet', 'overdue', 'due'])
    expect(codes(course, 'medicine-2')).toEqual(['ended'])
    expect(course.stage).toBe('Ended after 1 of 6 medicine sessions')
  })
  test('without a dose there is nothing to follow up', () => {
    const course = read(ready.on('2026-02-20', 'course-ended.v1', { reason: 'decided otherwise' }), '2026-03-07T17:00:00.000Z')
    expect(codes(course, 'follow-up-7')).toEqual(['ended'])
    expect(course.steps.filter(({ state }) => state !== 'done').every(isOver)).toBe(true)
    expect(read(ended, '2026-03-07T17:00:00.000Z').steps.filter(({ id }) => id.startsWith('follow-up')).some(isOver)).toBe(false)
  })
  test('counts by itself, and still keeps its distance from the last dose', () => {
    const again = consent(safety(ended.on('2026-03-07', 'course-chosen.v1', { protocol: 'solo-six', edition: 'x' }), '2026-03-07', '2026-06-01'))
    const course = read(again, '2026-03-08T17:00:00.000Z')
    expect([course.cycle, course.counts.preparation.done, course.counts.medicine.done]).toEqual([2, 0, 0])
    expect(course.followUps.every(({ state }) => state === 'not-yet')).toBe(true)
    expect(standingOf(again, solo, '2026-03-08T17:00:00.000Z', zone)).toMatchObject({ fixed: [{ type: 'intake', number: 1 }], earlierDoses: ['2026-03-02T17:00:00.000Z'] })
  })
})

describe('what the planner finds standing', () => {
  const request = requestFor(solo)
  test('visits that took place, booked or not, and none that was missed', () => {
    const chart = book(dosedOnce, visit('m2', 'medicine', 2, '2026-03-05T17:00:00.000Z', 180), visit('gone', 'integration', 1, '2026-03-03T17:00:00.000Z'))
    const standing = standingOf(held(chart, 'integration', '2026-03-03', 'missed', 'gone'), solo, '2026-03-03T20:00:00.000Z', zone)
    expect(standing.fixed.map(({ type, number, state }) => `${type} ${number} ${state}`).toSorted()).toEqual(['intake 1 happened', 'medicine 1 happened', 'medicine 2 booked', 'preparation 1 happened', 'preparation 2 happened', 'preparation 3 happened'])
  })
  test('and plans the rest around it', () => {
    const { fixed, earlierDoses } = standingOf(dosedOnce, solo, '2026-03-03T02:00:00.000Z', zone)
    const answer = planCourse(request({ earliest: '2026-03-03', fixed, earlierDoses, clearance: { state: 'signed' } }))
    expect('proposals' in answer && answer.proposals[0].visits.slice(0, 2).map(({ visit: key, day }) => `${key} ${day}`)).toEqual(['integration-1 2026-03-03', 'medicine-2 2026-03-04'])
  })
})

test('whatever is on the chart, in whatever order it arrived, the answer is the same and nothing blocked is offered', () => {
  const pieces = through.entries
  fc.assert(
    fc.property(fc.shuffledSubarray([...pieces]), fc.integer({ min: 0, max: 120 }), (entries, day) => {
      const now = new Date(Date.parse('2026-01-01T17:00:00.000Z') + day * 86_400_000).toISOString()
      const course = read(told(entries), now)
      expect(course).toEqual(read(told(entries.toReversed()), now))
      for (const step of course.steps) {
        if (step.state === 'open' || step.state === 'due' || step.state === 'overdue') expect(step.blockedBy).toEqual([])
        if (step.state === 'blocked') expect(step.blockedBy.length).toBeGreaterThan(0)
      }
      if (!entries.some(({ kind }) => kind === 'demographics.v1')) expect(course.steps.some(({ id, state, facts }) => id.startsWith('medicine-') && state === 'open' && facts.length === 0)).toBe(false)
    }),
    { numRuns: 60 },
  )
})
