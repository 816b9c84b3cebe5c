import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callSheet } from '../../knowledge/call-sheet.ts'
import { matching } from '../../knowledge/matching.ts'
import { isCrisis, unanswered } from './call-sheet.ts'
import { shortlist, type DayPart, type Preferences, type TherapistOnList } from './shortlist.ts'

const now = '2026-11-23T17:00:00.000Z'
const open: Preferences = { conditions: [], modality: 'either', days: [], partOfDay: [] }
const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }))
const jo: TherapistOnList = { person: 'jo', name: 'Jo Lin', conditions: ['ptsd', 'depression'], modalities: ['cbt'], languages: ['en', 'es'], online: true, inPerson: true, accepting: true, weekly: office, load: 2, capacity: 10, firstFreeAt: '2026-11-25T17:00:00.000Z' }
const list = (preferences: Partial<Preferences>, ...therapists: Partial<TherapistOnList>[]) => shortlist({ ...open, ...preferences }, therapists.map((one) => ({ ...jo, ...one })), matching, now)
const points = (preferences: Partial<Preferences>, code: string, therapist: Partial<TherapistOnList> = {}) => list(preferences, therapist).offered[0]?.for.find((reason) => reason.code === code)?.points ?? 0
const against = (preferences: Partial<Preferences>, therapist: Partial<TherapistOnList> = {}) => list(preferences, therapist).offered[0]?.against.map((reason) => reason.code)

describe('what weighs how much', () => {
  test.each([
    ['a condition she works with', { conditions: ['ptsd'] }, 'condition', {}, 30],
    ['one of two', { conditions: ['ptsd', 'burnout'] }, 'condition', {}, 15],
    ['none of it', { conditions: ['burnout'] }, 'condition', {}, 0],
    ['none wished, none counted', {}, 'condition', {}, 0],
    ['a way of working', { approaches: ['cbt'] }, 'approach', {}, 10],
    ['in person', { modality: 'in-person' }, 'place', {}, 20],
    ['in person, she is online only', { modality: 'in-person' }, 'place', { inPerson: false }, 0],
    ['either is fine', {}, 'place', {}, 0],
    ['mornings', { partOfDay: ['morning'] }, 'time', { weekly: [{ weekday: 1, from: '09:00', to: '12:00' }] }, Math.floor(20 / 7)],
    ['Monday mornings, she works until ten', { days: [1], partOfDay: ['morning'] }, 'time', { weekly: [{ weekday: 1, from: '09:00', to: '10:00' }] }, 20],
    ['Monday mornings, she works half an hour of it', { days: [1], partOfDay: ['morning'] }, 'time', { weekly: [{ weekday: 1, from: '11:30', to: '17:00' }] }, 0],
    ['a language she speaks', { language: 'es' }, 'language', {}, 10],
    ['free in two days', {}, 'soon', {}, 15],
    ['free in seven days to the minute', {}, 'soon', { firstFreeAt: '2026-11-30T17:00:00.000Z' }, 15],
    ['free a minute later', {}, 'soon', { firstFreeAt: '2026-11-30T17:01:00.000Z' }, 0],
    ['no free time known', {}, 'soon', { firstFreeAt: null }, 0],
    ['an empty course load', {}, 'room', { load: 0 }, 5],
    ['nearly full', {}, 'room', { load: 9 }, 0],
  ] as const satisfies readonly (readonly [string, Partial<Preferences>, string, Partial<TherapistOnList>, number])[])('%s', (_, preferences, code, therapist, expected) => {
    expect(points(preferences, code, therapist)).toBe(expected)
  })
})

describe('reasons against are said as plainly', () => {
  test.each([
    [{ conditions: ['ptsd', 'burnout'] }, {}, ['no-condition']],
    [{ modality: 'online' }, { online: false }, ['no-place']],
    [{ days: [6] }, {}, ['no-time']],
    [{ language: 'vi' }, {}, ['no-language']],
    [{}, { firstFreeAt: null }, ['no-soon']],
    [{ conditions: ['ptsd'], language: 'es' }, {}, []],
  ] as const satisfies readonly (readonly [Partial<Preferences>, Partial<TherapistOnList>, readonly string[]])[])('%j with %j', (preferences, therapist, expected) => {
    expect(against(preferences, therapist)).toEqual(expected)
  })
  test('in words, with names and no ids', () => {
    const [match] = list({ conditions: ['ptsd', 'burnout'], language: 'vi', modality: 'in-person' }, {}).offered
    expect(match?.for.map((reason) => reason.says)).toEqual(['Meets people in person, as wished', 'Works with post-traumatic stress disorder', 'Has time within 7 days', 'Has room for another course'])
    expect(match?.against.map((reason) => reason.says)).toEqual(['Does not list burnout', 'Does not list Vietnamese'])
  })
})

describe('who is not on the list, and why', () => {
  test.each([
    ['not accepting', { accepting: false }, 'Takes nobody new at present'],
    ['full', { load: 10 }, 'Has as many people in a course as agreed'],
    ['no capacity at all', { load: 0, capacity: 0 }, 'Has as many people in a course as agreed'],
  ])('%s', (_, therapist, says) => {
    expect(list({}, therapist)).toEqual({ offered: [], notOffered: [{ therapist: 'jo', name: 'Jo Lin', says }] })
  })
})

test('the better fit comes first; of two alike the sooner, then the one with more room, then by id', () => {
  const order = (...therapists: Partial<TherapistOnList>[]) => list({ conditions: ['ptsd'] }, ...therapists).offered.map((match) => match.therapist)
  expect(order({ person: 'a', conditions: [] }, { person: 'b' })).toEqual(['b', 'a'])
  expect(order({ person: 'a' }, { person: 'b', firstFreeAt: '2026-11-24T17:00:00.000Z' })).toEqual(['b', 'a'])
  expect(order({ person: 'a', load: 21, capacity: 100 }, { person: 'b', load: 22, capacity: 100 })).toEqual(['a', 'b'])
  expect(order({ person: 'b' }, { person: 'a' })).toEqual(['a', 'b'])
})

const preferences: fc.Arbitrary<Preferences> = fc.record({
  conditions: fc.subarray(['ptsd', 'depression', 'burnout']), approaches: fc.subarray(['cbt', 'emdr']), modality: fc.constantFrom('online', 'in-person', 'either'),
  days: fc.subarray([1, 2, 6]), partOfDay: fc.subarray<DayPart>(['morning', 'evening']), language: fc.constantFrom('', 'en', 'es', 'vi', 'other'),
})
const therapist: fc.Arbitrary<TherapistOnList> = fc.record({
  person: fc.uuid(), name: fc.constant('N'), conditions: fc.subarray(['ptsd', 'depression']), modalities: fc.subarray(['cbt', 'emdr']), languages: fc.subarray(['en', 'es']), online: fc.boolean(), inPerson: fc.boolean(), accepting: fc.boolean(),
  weekly: fc.subarray(office), load: fc.nat(12), capacity: fc.nat(12), firstFreeAt: fc.constantFrom(null, '2026-11-25T17:00:00.000Z', '2026-12-25T17:00:00.000Z'),
})

describe('laws of the list', () => {
  test('the order in which therapists come in changes nothing', () => {
    fc.assert(fc.property(preferences, fc.uniqueArray(therapist, { selector: (one) => one.person, maxLength: 6 }), (wished, all) => {
      expect(shortlist(wished, all.toReversed(), matching, now)).toEqual(shortlist(wished, all, matching, now))
    }))
  })
  test('a language never takes anyone off the list, and every therapist is on one side or the other', () => {
    fc.assert(fc.property(preferences, fc.array(therapist, { maxLength: 6 }), (wished, all) => {
      const { language: _, ...without } = wished
      const names = (list: ReturnType<typeof shortlist>) => list.offered.map((match) => match.therapist).toSorted()
      const listed = shortlist(wished, all, matching, now)
      expect(names(listed)).toEqual(names(shortlist(without, all, matching, now)))
      expect(listed.offered.length + listed.notOffered.length).toBe(all.length)
    }))
  })
  test('to know more, or to be free, never lowers a score; a score is whole and within the weights', () => {
    const most = Object.values(matching.weights).reduce((sum, weight) => sum + weight, 0)
    fc.assert(fc.property(preferences, therapist, (wished, one) => {
      const able = { ...one, accepting: true, capacity: 12, load: Math.min(one.load, 11) }
      const better = { ...able, conditions: ['ptsd', 'depression', 'burnout'], languages: ['en', 'es', 'vi'], online: true, inPerson: true, weekly: office }
      const [at, more] = [able, better].map((of) => shortlist(wished, [of], matching, now).offered[0]?.score ?? -1)
      expect(more).toBeGreaterThanOrEqual(at ?? 0)
      expect(Number.isInteger(at) && at! >= 0 && at! <= most).toBe(true)
    }))
  })
})

describe('the first call', () => {
  const needed = callSheet.filter((question) => question.needed).map((question) => question.id)
  test('nothing answered: everything needed is open', () => {
    expect(unanswered(callSheet, {})).toEqual(needed)
    expect(unanswered(callSheet, Object.fromEntries(needed.map((id) => [id, ' '])))).toEqual(needed)
    expect(unanswered(callSheet, Object.fromEntries(needed.map((id) => [id, 'x'])))).toEqual([])
  })
  test('no question about language, background or approach is ever needed', () => {
    const asked = callSheet.filter((question) => ['language', 'therapistWish', 'approaches'].includes(question.fills ?? ''))
    expect(asked.map((question) => question.needed)).toEqual([false, false, false])
  })
  test.each([['urgent', true], ['hard-but-steady', false], ['nothing-urgent', false], ['', false]])('today: %s → crisis %s', (today, crisis) => {
    expect(isCrisis(callSheet, { today })).toBe(crisis)
  })
})
