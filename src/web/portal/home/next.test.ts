import { describe, expect, test } from 'vitest'
import { readChart } from '../../../core/chart/chart.ts'
import type { Entry } from '../../../core/chart/entry.ts'
import type { Step, StepState } from '../../../core/course/step.ts'
import type { DueMeasure } from '../../../core/measures/due.ts'
import { course, entry, NOW, visit, ZONE } from '../testing/patient.tsx'
import type { CourseSeen } from '../patient.tsx'
import { nextThing, stillDue, today, type HomeFacts } from './next.ts'
import { threadOf } from './thread.ts'

const step = (id: string, state: StepState, more: Partial<Step> = {}): Step => ({ id, title: id, who: ['patient'], state, blockedBy: [], facts: [], ...more })
const due = (instrument: string, more: Partial<DueMeasure> = {}): DueMeasure => ({ instrument, title: instrument.toUpperCase(), for: 'patient', moments: ['before-dose'], anchors: ['a'], opensAt: null, closesAt: null, ...more })
const facts = (some: { course?: Partial<CourseSeen> | null; visits?: HomeFacts['visits']; entries?: readonly Entry[]; now?: string }): HomeFacts => ({
  course: some.course === null ? undefined : course(some.course ?? {}), visits: some.visits ?? [], chart: readChart(some.entries ?? []), now: some.now ?? NOW, zone: ZONE,
})

const [tomorrow, today9, inSixDays, inNineDays] = ['2026-11-24T17:00:00.000Z', '2026-11-23T19:00:00.000Z', '2026-11-29T17:00:00.000Z', '2026-12-02T17:00:00.000Z']
const medicine = (at: string) => visit('medicine', 3, at, 3)
const ride = (of: string) => entry('escort-named.v1', { name: 'Lena', phone: '1', relationship: '', adult: true, visit: of })
const fact = (name: 'lastFoodAt' | 'lastFluidAt', at: string) => entry('fact.v1', { fact: name, state: 'answered', value: at }, at)
const medicines = (at: string) => entry('fact.v1', { fact: 'medicinesOnTheDay', state: 'answered', value: [] }, at)
const alcohol = (at: string) => entry('fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: false }, at)
const sessionOver = (of: string) => {
  const started = entry('session-started.v1', { visit: of, protocol: 'solo-six', route: 'IM', order: of, clearance: of, consents: [of], edition: 'x', number: 3, gates: [], people: [{ person: of, name: 'Jonas', role: 'therapist' }] }, '2026-11-23T19:00:00.000Z')
  return [started, { ...entry('session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, '2026-11-23T19:50:00.000Z'), session: started.id }] as readonly Entry[]
}
const online = { ...visit('integration', 2, '2026-11-23T19:00:00.000Z'), online: true }
const whereFor = (startsAt: string) => entry('whereabouts.v1', { visit: online.visit, startsAt, state: 'CA', place: 'At home', phone: '510 555 0160', company: 'alone', via: 'portal' })
const met = [step('preparation-1', 'done')]

describe('the one next thing', () => {
  test.each<[string, HomeFacts, string | undefined]>([
    ['nothing is asked of her', facts({}), undefined],
    ['a session is open: the room sees to everything', facts({ course: { openSession: 'x', measures: [due('phq-9')] } }), undefined],
    ['a questionnaire is due', facts({ course: { measures: [due('phq-9')] } }), 'questions'],
    ['a session tomorrow comes before questionnaires', facts({ course: { measures: [due('phq-9')] }, visits: [medicine(tomorrow)] }), 'checks'],
    ['a session later today', facts({ visits: [medicine(today9)] }), 'checks'],
    ['tomorrow, and she has answered something today', facts({ visits: [medicine(tomorrow)], entries: [ride(medicine(tomorrow).visit), alcohol(NOW)] }), undefined],
    ['today, and one of them is open', facts({ visits: [medicine(today9)], entries: [ride(medicine(today9).visit), alcohol(NOW), fact('lastFoodAt', NOW), medicines(NOW)] }), 'checks'],
    ['today, one of them is open, and a questionnaire is due', facts({ course: { measures: [due('phq-9')] }, visits: [medicine(today9)], entries: [alcohol(NOW)] }), 'questions'],
    ['today, and only the evening before was anything said', facts({ course: { measures: [due('phq-9')] }, visits: [medicine(today9)], entries: [alcohol('2026-11-22T20:00:00.000Z')] }), 'checks'],
    ['today, and all of them are answered', facts({ visits: [medicine(today9)], entries: [ride(medicine(today9).visit), alcohol(NOW), fact('lastFoodAt', NOW), fact('lastFluidAt', NOW), medicines(NOW)] }), undefined],
    ['what was said two days before does not count', facts({ visits: [medicine(tomorrow)], entries: [alcohol('2026-11-22T17:00:00.000Z')] }), 'checks'],
    ['a session within the week has nobody for the ride', facts({ visits: [medicine(inSixDays)] }), 'ride'],
    ['a ride named for another visit does not count', facts({ visits: [medicine(inSixDays)], entries: [ride('5a3e0000-0000-4000-8000-00000000abcd')] }), 'ride'],
    ['more than a week away it can wait', facts({ visits: [medicine(inNineDays)] }), undefined],
    ['a session that was closed before its booked end asks for nothing of before: the card of afterwards', facts({ visits: [medicine(today9)], entries: sessionOver(medicine(today9).visit), now: '2026-11-23T20:00:00.000Z' }), 'after'],
    ['the card comes before questionnaires on that day', facts({ entries: sessionOver(medicine(today9).visit), course: { measures: [due('phq-9')] }, now: '2026-11-23T20:00:00.000Z' }), 'after'],
    ['at a rung of the ladder, questionnaires come first', facts({ entries: sessionOver(medicine(today9).visit), course: { measures: [due('phq-9')] }, now: '2026-11-27T20:00:00.000Z' }), 'questions'],
    ['a rung of the ladder', facts({ entries: sessionOver(medicine(today9).visit), now: '2026-11-27T20:00:00.000Z' }), 'after'],
    ['a preparation visit asks for no ride', facts({ visits: [visit('preparation', 2, tomorrow)] }), undefined],
    ['a visit online today, and she has not said where she is', facts({ visits: [online], course: { measures: [due('phq-9')] } }), 'where'],
    ['a visit online today, and she has said it', facts({ visits: [online], entries: [whereFor(online.startsAt)] }), undefined],
    ['the hour before it, and she has said it', facts({ visits: [online], entries: [whereFor(online.startsAt)], now: '2026-11-23T18:00:00.000Z' }), 'join'],
    ['it has moved since she said it', facts({ visits: [online], entries: [whereFor('2026-11-23T20:00:00.000Z')] }), 'where'],
    ['a visit online tomorrow', facts({ visits: [{ ...online, startsAt: tomorrow, endsAt: '2026-11-24T18:00:00.000Z' }] }), undefined],
    ['a consent is open', facts({ course: { steps: [step('consent-treatment', 'open')] } }), 'consent-treatment'],
    ['questionnaires come before consents', facts({ course: { steps: [step('consent-treatment', 'open')], measures: [due('phq-9')] } }), 'questions'],
    ['a consent that cannot be signed yet', facts({ course: { steps: [step('consent-treatment', 'not-yet')] } }), undefined],
    ['no safety plan before she has met her therapist', facts({ course: { steps: [step('safety-plan', 'open')] } }), undefined],
    ['no safety plan after she has', facts({ course: { steps: [...met, step('safety-plan', 'open')] } }), 'safety-plan'],
    ['her intention', facts({ course: { steps: [...met, step('safety-plan', 'done'), step('intention', 'open')] } }), 'intention'],
    ['the server cannot be reached', facts({ course: null, visits: [medicine(inSixDays)] }), 'ride'],
  ])('%s', (_, given, id) => {
    expect(nextThing(given)?.id).toBe(id)
  })

  test('after a session, until it was talked about: the journal', () => {
    const session = '5a3e0000-0000-4000-8000-0000000000f1'
    const held = [
      entry('session-started.v1', { protocol: 'solo-six', route: 'IM', order: session, clearance: session, consents: [session], edition: 'x', number: 1, gates: [], people: [{ person: session, name: 'Jonas', role: 'therapist' }] }, '2026-11-22T17:00:00.000Z', { id: session }),
      entry('session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, '2026-11-22T20:00:00.000Z', { session }),
    ]
    const said = [...held, entry('afterwards.v1', { session, did: ['rest'], words: '' })]
    expect(nextThing(facts({ entries: held, course: { steps: [step('integration-1', 'due')] } }))?.id).toBe('after')
    expect(nextThing(facts({ entries: said, course: { steps: [step('integration-1', 'due')] } }))?.id).toBe('journal')
    expect(nextThing(facts({ entries: said, course: { steps: [step('integration-1', 'done')] } }))).toBeUndefined()
  })
})

describe('what is still due', () => {
  const answered = (at: string, answers: Record<string, number | null>) => entry('measure-answered.v1', { instrument: 'phq-9', version: '1', language: 'en', answers, answeredBy: 'patient' }, at)
  const since = due('phq-9', { opensAt: '2026-11-20T08:00:00.000Z' })
  test.each<[string, readonly Entry[], number]>([
    ['not answered', [], 1], ['answered just now on this phone', [answered(NOW, { q1: 0 })], 0], ['answered before it was asked', [answered('2026-11-20T07:59:59.000Z', { q1: 0 })], 1],
    ['answered in the moment it opened', [answered('2026-11-20T08:00:00.000Z', { q1: 0 })], 0], ['answered with a gap', [answered(NOW, { q1: 0, q9: null })], 1],
  ])('%s', (_, entries, left) => {
    expect(stillDue([since], readChart(entries))).toHaveLength(left)
  })
})

test.each<[string, HomeFacts, string]>([
  ['a visit later today', facts({ visits: [visit('preparation', 2, today9)] }), 'Today you have your preparation 2 at 11:00 AM.'],
  ['a visit now', facts({ visits: [visit('preparation', 2, '2026-11-23T16:30:00.000Z')] }), 'It is time for your preparation 2.'],
  ['a visit that is over', facts({ visits: [visit('preparation', 2, '2026-11-23T15:00:00.000Z')] }), 'Nothing is booked yet. We write to you as soon as there is a date.'],
  ['a visit tomorrow', facts({ visits: [medicine(tomorrow)] }), 'Nothing is planned for today. Your next visit is tomorrow.'],
  ['late in the evening, tomorrow is the practice’s tomorrow', facts({ visits: [medicine(tomorrow)], now: '2026-11-24T07:30:00.000Z' }), 'Nothing is planned for today. Your next visit is tomorrow.'],
  ['a session is open', facts({ course: { openSession: 'x' } }), 'You are in a session with us right now.'],
])('today, when there is %s', (_, given, sentence) => {
  expect(today(given)).toBe(sentence)
})

describe('the line of the course', () => {
  const steps = [
    step('intake', 'done', { visit: visit('intake', 1, '2026-10-13T16:00:00.000Z') }), step('clearance', 'due', { visit: visit('medical-clearance', 1, '2026-10-13T17:00:00.000Z') }), step('consent-treatment', 'done'),
    step('preparation-1', 'done', { visit: visit('preparation', 1, '2026-10-20T16:00:00.000Z') }), step('medicine-1', 'blocked', { visit: medicine(tomorrow), blockedBy: [{ code: 'x', says: 'The order is missing.', facts: [] }] }), step('integration-1', 'not-yet'),
  ]
  test('only visits stand on it, in the order of their days', () => {
    expect(threadOf(steps.toReversed(), NOW, ZONE).map(({ id }) => id)).toEqual(['intake', 'clearance', 'preparation-1', 'medicine-1', 'integration-1'])
  })
  test('she is at the first visit after the last one that took place; a clearance run out since is behind her', () => {
    expect(threadOf(steps, NOW, ZONE).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'blocked', 'planned'])
    expect(threadOf(steps, NOW, ZONE)[3]).toMatchObject({ label: 'Medicine session 1', note: 'The order is missing.', when: 'Tue, Nov 24' })
  })
  test('what an ended course left undone is not hers to wait for', () => {
    const over = step('medicine-2', 'not-yet', { blockedBy: [{ code: 'ended', says: 'The course has ended.', facts: [] }] })
    expect(threadOf([...steps.slice(0, 4), over], NOW, ZONE).map(({ id }) => id)).toEqual(['intake', 'clearance', 'preparation-1'])
    expect(today(facts({ course: { steps: [over] } }))).toBe('Your course has ended, and no visit is booked. You can still write to us.')
    expect(today(facts({ course: { steps: [step('medicine-2', 'not-yet')] } }))).toContain('Nothing is booked yet')
  })
  test('a day that went by without its visit is not called its day', () => {
    const [, next] = threadOf([steps[0]!, step('preparation-1', 'overdue', { visit: visit('preparation', 1, '2026-11-20T16:00:00.000Z') })], NOW, ZONE)
    expect(next).toMatchObject({ when: undefined, note: 'was planned for Fri, Nov 20' })
  })
})

test('a session closed before its booked end is behind her', () => {
  const over = facts({ visits: [medicine(today9)], entries: sessionOver(medicine(today9).visit), now: '2026-11-23T20:00:00.000Z' })
  expect(today(over)).toBe('Your session is behind you. Rest; the rest of today belongs to you.')
  expect(today(facts({ visits: [medicine(today9)], now: '2026-11-23T20:00:00.000Z' }))).toContain('It is time for your')
})
