import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { ana, ben, hours, mia, requestFor, rosa } from './fixtures.ts'
import { firstVisitWait, lateness, outlooksOf, whyNotBy, wishesOf, type FirstTherapist, type FirstVisitSearch, type InSteps, type Outlook, type Wanted } from './first-visit.ts'
import type { PersonCalendar } from './request.ts'

const { zone, rooms, stepMin } = requestFor(protocols['solo-six'])()
const takes = (person: string, more: Partial<FirstTherapist> = {}): FirstTherapist => ({ person, takesNew: true, online: false, inPerson: true, ...more })
const away = (person: PersonCalendar, until: string): PersonCalendar => ({ ...person, away: [{ from: '2026-11-01', to: until, why: 'holiday' }] })
/** All steps at once. */
function done<T>(work: InSteps<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
/** From Monday 23 November; Ana and Ben work from Monday to Friday, nine to five. */
const search = (changes: Partial<FirstVisitSearch> = {}): FirstVisitSearch => ({
  protocol: protocols['solo-six'], zone, rooms, stepMin, people: [ana, ben, mia, rosa], earliest: '2026-11-23', latest: '2026-12-20', notBefore: '2026-11-23T18:10:00.000Z', therapists: [takes('ana'), takes('ben')], ...changes,
})

describe('how long a stranger waits', () => {
  test.each<[string, Partial<FirstVisitSearch>, unknown]>([
    ['today, where somebody is free', {}, { state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: '2026-11-23' }] }],
    ['the sooner of two', { people: [away(ana, '2026-12-10'), away(ben, '2026-12-01'), mia, rosa] }, { state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: '2026-12-02' }] }],
    ['the sooner of two, asked first', { people: [away(ana, '2026-12-01'), away(ben, '2026-12-10'), mia, rosa] }, { state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: '2026-12-02' }] }],
    ['not by somebody who takes nobody new', { therapists: [takes('ana', { takesNew: false }), takes('ben')], people: [ana, away(ben, '2026-11-30'), mia, rosa] }, { state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: '2026-12-01' }] }],
    ['each way by itself', { therapists: [takes('ana'), takes('ben', { online: true, inPerson: false })], people: [away(ana, '2026-12-06'), ben, mia, rosa] }, { state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: '2026-12-07' }, { way: 'online', on: '2026-11-23' }] }],
    ['a room is needed only for who comes', { rooms: [], therapists: [takes('ana', { online: true })] }, { state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: null }, { way: 'online', on: '2026-11-23' }] }],
    ['nothing free in the days looked at', { people: [away(ana, '2026-12-31'), away(ben, '2026-12-31'), mia, rosa] }, { state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: null }] }],
    ['nobody takes new people', { therapists: [takes('ana', { takesNew: false })] }, { state: 'nobody' }],
    ['nobody works here', { therapists: [] }, { state: 'nobody' }],
    ['nobody says how they meet people', { therapists: [takes('ana', { inPerson: false })] }, { state: 'nobody' }],
  ])('%s', (_, changes, wait) => expect(done(firstVisitWait(search(changes)))).toEqual(wait))
})

const anything: Wanted = { ways: ['in-person'], when: [] }

describe('whether somebody can come within the promise', () => {
  const evenings = wishesOf({ days: [], partOfDay: ['evening'] }, { evening: { from: '17:00', to: '21:00' } })
  const spanish = { ...ben, skills: ['es'] }

  test.each<[string, Partial<FirstVisitSearch>, Partial<Wanted>, string, Partial<Outlook>]>([
    ['on the last day of it', { people: [away(ana, '2026-11-26'), mia, rosa], therapists: [takes('ana')] }, {}, '2026-11-27', { state: 'in-time', on: '2026-11-27', gives: [] }],
    ['a day too late', { people: [away(ana, '2026-11-26'), mia, rosa], therapists: [takes('ana')] }, {}, '2026-11-26', { state: 'late', on: '2026-11-27', gives: [] }],
    ['never in the days looked at', { people: [away(ana, '2026-12-31'), mia, rosa], therapists: [takes('ana')] }, {}, '2026-11-23', { state: 'none', on: null, gives: [] }],
    ['the day has passed', {}, {}, '2026-11-22', { state: 'over', on: '2026-11-23', gives: [] }],
    ['only at other hours', {}, { when: evenings }, '2026-11-27', { state: 'none', on: null, gives: [{ what: 'times', on: '2026-11-23' }] }],
    ['only with another language', { people: [ana, away(spanish, '2026-12-03'), mia, rosa] }, { language: 'es' }, '2026-11-27', { state: 'late', on: '2026-12-04', gives: [{ what: 'language', on: '2026-11-23' }] }],
    ['only the other way', { rooms: [], therapists: [takes('ana', { online: true })] }, {}, '2026-11-27', { state: 'none', on: null, gives: [{ what: 'place', on: '2026-11-23' }] }],
    ['only with somebody who takes nobody new', { people: [away(ana, '2026-12-03'), ben, mia, rosa], therapists: [takes('ana'), takes('ben', { takesNew: false })] }, {}, '2026-11-27', { state: 'late', on: '2026-12-04', gives: [{ what: 'who', on: '2026-11-23' }] }],
    ['nobody takes new people', { therapists: [takes('ana', { takesNew: false })] }, {}, '2026-11-27', { state: 'none', on: null, gives: [{ what: 'who', on: '2026-11-23' }] }],
    ['the day has passed, and it could be sooner otherwise', { people: [{ ...ana, hours: hours('09:00', '17:00', [5]) }, mia, rosa], therapists: [takes('ana', { online: true })], rooms: [] }, { when: [{ weekdays: [3], strength: 'must' }] }, '2026-11-20', { state: 'over', on: null, gives: [] }],
  ])('%s', (_, changes, wanted, dueOn, outlook) => expect(done(outlooksOf(search(changes))({ ...anything, ...wanted }, dueOn))).toMatchObject(outlook))

  test('two wishes that only together stand against it are not told as one that would do alone', () => {
    const outlook = done(outlooksOf(search({ people: [{ ...ana, hours: hours('09:00', '17:00') }, mia, rosa] }))({ ...anything, when: evenings, language: 'es' }, '2026-11-27'))
    expect(outlook).toMatchObject({ state: 'none', gives: [] })
  })

  test('those who named the same are looked up once, each by their own day', () => {
    const of = outlooksOf(search({ people: [away(ana, '2026-11-29'), mia, rosa], therapists: [takes('ana')] }))
    expect(['2026-11-29', '2026-11-30'].map((day) => done(of(anything, day)).state)).toEqual(['late', 'in-time'])
  })
})

describe('why nothing is free in time', () => {
  test.each<[string, Partial<FirstVisitSearch>, readonly string[]]>([
    ['who is away', { people: [away(ana, '2026-11-26'), mia, rosa], therapists: [takes('ana')] }, ['Ana Solano is away on Mon, Nov 23 (holiday).', 'Ana Solano is away on Tue, Nov 24 (holiday).']],
    ['no room', { rooms: [] }, ['No room has been entered.']],
    ['nobody takes new people', { therapists: [takes('ana', { takesNew: false })] }, ['Nobody who meets people this way takes new people at present.']],
    ['something is free after all', {}, []],
  ])('%s', (_, changes, says) => expect(done(whyNotBy(search(changes), anything, '2026-11-24'))).toEqual(says))
})

describe('how bad it is', () => {
  test.each<[Outlook['state'], string | null, number]>([
    ['in-time', '2026-11-27', 0], ['late', '2026-11-28', 1], ['late', '2026-12-04', 1], ['late', '2026-12-05', 2], ['late', '2028-12-05', 49], ['none', null, 50], ['over', '2026-11-28', 100], ['over', null, 100],
  ])('%s, %s', (state, on, level) => expect(lateness({ state, on }, '2026-11-27')).toBe(level))
})

describe('wishes about time', () => {
  const parts = { morning: { from: '07:00', to: '12:00' }, evening: { from: '17:00', to: '21:00' } }
  test.each([
    ['left open', [], [], []],
    ['days alone', [1, 3], [], [{ weekdays: [1, 3], strength: 'must' }]],
    ['hours alone', [], ['evening'], [{ from: '17:00', to: '21:00', strength: 'must' }]],
    ['both: any of the hours on any of the days', [2], ['morning', 'evening'], [{ weekdays: [2], from: '07:00', to: '12:00', strength: 'must' }, { weekdays: [2], from: '17:00', to: '21:00', strength: 'must' }]],
  ])('%s', (_, days, partOfDay, wishes) => expect(wishesOf({ days, partOfDay }, parts)).toEqual(wishes))
})
