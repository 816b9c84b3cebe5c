import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { slowingBreakdown, titration } from '../../knowledge/titration.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import { at, atTheDoor, begun, calmCourse, clock, SESSION, type Told } from '../session/fixtures.ts'
import { readSession } from '../session/session.ts'
import type { BriefRows } from './brief.ts'
import { lastSessionOf } from './last-session.ts'

const DAY = 24 * 60
const rows: BriefRows = { book: rulebook, titration, inhibitors: slowingBreakdown, response: instruments['phq-9'] }
const read = (course: Told) => lastSessionOf(course.chart, { window: [4, 7], noSideEffects: true }, rows, clock(3 * DAY))
const fact = <Name extends keyof ReturnType<typeof read>['facts']>(course: Told, name: Name) => read(course).facts[name]
const elsewhere = { session: 'another' }
const nowhere = { session: undefined as never }
const phq = (total: number): BodyOf<'measure-answered.v1'> => ({ instrument: 'phq-9', version: '1', language: 'en', answeredBy: 'patient', answers: Object.fromEntries(Array.from({ length: 9 }, (_, item) => [`q${item + 1}`, Math.max(0, Math.min(3, total - item * 3))])) })
const effect = (grade: number): BodyOf<'side-effect.v1'> => ({ term: 'rash', grade, onsetAt: at(30), action: '', attributed: true })
const close = (course: Told, minute = 122) => course.on(minute, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'closed' })
/** Forty milligrams into a muscle at 80 kg, a calm session, felt as 3, with scores of 20 before and 15 after. */
const felt = close(atTheDoor(calmCourse().on(40, 'rating.v1', { scale: 'intensity', value: 3 }))).on(-2 * DAY, 'measure-answered.v1', phq(20), { id: 'before', ...nowhere }).on(2 * DAY, 'measure-answered.v1', phq(15), { id: 'after', ...nowhere })

describe('how awake and how strong', () => {
  test.each<[string, Told, number | undefined, number | undefined]>([
    ['as it was written', felt, 5, 3], ['the least awake, and the strongest', felt.mind(25, { moaaS: 3 }).on(50, 'rating.v1', { scale: 'intensity', value: 6 }).on(60, 'rating.v1', { scale: 'intensity', value: 5 }), 3, 6],
    ['at the moment of the dose', felt.mind(0, { moaaS: 4 }).on(0, 'rating.v1', { scale: 'intensity', value: 8 }), 4, 8], ['a moment before it', felt.mind(-0.1, { moaaS: 4 }).on(-0.1, 'rating.v1', { scale: 'intensity', value: 8 }), 5, 3],
    ['of another session since', felt.mind(DAY, { moaaS: 2 }, elsewhere).on(DAY, 'rating.v1', { scale: 'intensity', value: 9 }, elsewhere), 5, 3],
    ['of another scale', felt.on(50, 'rating.v1', { scale: 'distress', value: 9 }), 5, 3], ['restlessness alone says nothing about it', felt.mind(25, { rass: -3 }), 5, 3],
    ['nobody wrote either', close(begun().dose(0)), undefined, undefined],
  ])('%s', (_, course, minMoaaS, intensity) => {
    expect(read(course).facts).toMatchObject({ minMoaaS, intensity })
  })
})

describe('the dose, and the weight it was ordered with', () => {
  test.each<[string, Told, number | undefined, string | undefined]>([
    ['one', felt, 40_000, undefined], ['one in two records', felt.dose(1, 1, 44), undefined, 'A dose of the last session stands in two records, and nobody has said which one counts.'], ['two', felt.dose(15, 2, 20), undefined, 'The last session had 2 doses. The table steps from a single one.'],
  ])('%s', (_, course, ug, says) => {
    expect([fact(course, 'lastUg'), read(course).gaps.lastUg]).toEqual([ug, says])
  })

  test('of the session in which it was given, and not of one that began since without any', () => {
    const order = felt.entries.find((entry) => entry.id === 'order')!
    const heavier = felt.on(DAY, 'order.v1', { ...(order.body as BodyOf<'order.v1'>), weightG: 95_000 }, { id: 'order-2', ...nowhere }).on(DAY, 'session-started.v1', { ...(begun().entries.find(({ id }) => id === SESSION)!.body as BodyOf<'session-started.v1'>), order: 'order-2' }, { id: 'another', ...elsewhere })
    expect([fact(felt, 'weightG'), fact(heavier, 'weightG'), fact(felt.without('order'), 'weightG')]).toEqual([80_000, 80_000, undefined])
  })

  test('a side effect of another session is none of this one', () => {
    expect([fact(felt, 'worstGrade'), fact(felt.on(DAY, 'side-effect.v1', effect(3), elsewhere), 'worstGrade'), fact(felt.on(60, 'side-effect.v1', effect(3)), 'worstGrade')]).toEqual([0, 0, 3])
  })
})

describe('the worst alert, where every planned reading was taken whole', () => {
  const late = (change: (story: Told) => Told) => [fact(change(felt), 'worstAlert'), read(change(felt)).gaps.worstAlert]
  const notJudged = 'Readings reached the chart after the last session was closed, and are not judged with it.'
  test.each<[string, (story: Told) => Told, readonly unknown[]]>([
    ['none did', (story) => story, ['green', undefined]], ['vital signs', (story) => story.reading(130), [undefined, notJudged]], ['how awake', (story) => story.mind(130), [undefined, notJudged]], ['a sign', (story) => story.on(130, 'symptom.v1', { symptom: 'nausea', present: true }), [undefined, notJudged]],
    ['a thought: nothing is judged by it', (story) => story.on(130, 'session-note.v1', { text: 'Well rested.' }), ['green', undefined]],
  ])('what came after the close: %s', (_, change, expected) => {
    expect(late(change)).toEqual(expected)
  })

  const left = (...gone: readonly number[]) => (course: Told) => course.with((entries) => entries.filter((entry) => !(entry.kind === 'vitals.v1' && gone.some((minute) => entry.at === at(minute)))))
  test.each<[string, Told, string | undefined]>([
    ['all taken', felt, undefined], ['one left out', left(30)(felt), 'Of 8 planned readings after the dose, 1 was not taken whole, so an alert may have been missed.'], ['two left out', left(20, 30)(felt), 'Of 8 planned readings after the dose, 2 were not taken whole, so an alert may have been missed.'],
    ['one that was due in the minute of the close', close(left(118)(calmCourse()), 120), 'Of 8 planned readings after the dose, 1 was not taken whole, so an alert may have been missed.'], ['one that was due a moment after the close', close(left(118)(calmCourse()), 119.9), undefined],
    ['one taken late, in the last minutes before the next', left(30)(felt).whole(41.9), undefined], ['one taken when the next had opened: it answers that one', left(30)(felt).whole(42), 'Of 8 planned readings after the dose, 1 was not taken whole, so an alert may have been missed.'],
  ])('%s', (_, course, says) => {
    expect([fact(course, 'worstAlert'), read(course).gaps.worstAlert]).toEqual([says === undefined ? 'green' : undefined, says])
  })
})

describe('a hold says nothing about how the dose was borne', () => {
  test('one that arose in the session is no alert of the dose', () => {
    const signed = { name: 'Mara Keller', person: 'mara', meaning: 'consent', method: 'typed-name', signedAt: at(-3 * DAY) } as const
    const consent = felt.on(-3 * DAY, 'consent.v1', { form: 'treatment', version: '1', language: 'en', textSha256: 'a'.repeat(64), acknowledged: [], signature: signed }, nowhere)
    const held = consent.on(60, 'consent-withdrawn.v1', { form: 'treatment', said: 'No more.' })
    expect(readSession(held.chart, SESSION, sessionRowsOf(rulebook), clock(3 * DAY))).toMatchObject({ value: { alerts: { all: [{ row: { watches: 'hold' } }] } } })
    expect(fact(held, 'worstAlert')).toBe('green')
  })
})

describe('how far the score fell', () => {
  const from = (total: number) => felt.without('before').on(-2 * DAY, 'measure-answered.v1', phq(total), { id: 'before', ...nowhere })
  test.each<[string, Told, number | undefined, string | undefined]>([
    ['by a quarter', felt, 25, undefined], ['from the cut-off', from(10), -50, undefined], ['from a point below it', from(9), undefined, 'The PHQ-9 before the first dose was 9, below the cut-off of 10: neither a response nor its absence can be said.'],
    ['no answer since the dose', felt.without('after'), undefined, 'There is no complete PHQ-9 since the last dose.'], ['an answer in the moment of the dose', felt.without('after').on(0, 'measure-answered.v1', phq(15), nowhere), undefined, 'There is no complete PHQ-9 since the last dose.'],
    ['an answer a moment after', felt.without('after').on(0.1, 'measure-answered.v1', phq(15), nowhere), 25, undefined], ['the newest answer counts', felt.on(2.5 * DAY, 'measure-answered.v1', phq(5), nowhere), 75, undefined],
    ['no answer before', felt.without('before'), undefined, 'There is no complete PHQ-9 from shortly before the first dose.'],
  ])('%s', (_, course, percent, says) => {
    expect([fact(course, 'responsePercent'), read(course).gaps.responsePercent]).toEqual([percent, says])
  })
})
