import { describe, expect, test } from 'vitest'
import { readChart } from '../chart/chart.ts'
import type { BodyOf, EntryKind } from '../chart/kinds.ts'
import { kinds } from '../chart/kinds.ts'
import type { Entry } from '../chart/entry.ts'
import { addressFor, joining } from './join.ts'
import { sitsInOf } from './sits-in.ts'
import { videoAddressProblem } from './video-address.ts'
import { licenceDecided, sayUnlicensed, sayWhereabouts, unlicensedAt, whereaboutsOf } from './whereabouts.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [THEA, PIA, MONA, VISIT] = [id(1), id(2), id(3), id(9)]
const startsAt = '2026-12-01T18:00:00.000Z'
const LA = 'America/Los_Angeles'
const visit = { visit: VISIT, startsAt, endsAt: '2026-12-01T19:00:00.000Z', people: [{ person: MONA, name: 'Mona', role: 'monitor' }, { person: THEA, name: 'Thea', role: 'therapist' }, { person: PIA, name: 'Pia', role: 'prescriber' }] }
let made = 100
const entry = <Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, at = '2026-12-01T16:00:00.000Z'): Entry => ({ id: id((made += 1)), kind, at, writtenAt: at, device: id(8), by: THEA, seq: made, body: kinds[kind].body.parse(body) }) as Entry
const said = (state: BodyOf<'whereabouts.v1'>['state'], at?: string, more: Partial<BodyOf<'whereabouts.v1'>> = {}) => entry('whereabouts.v1', { visit: VISIT, startsAt, state, place: '12 Sample Lane, Reno', phone: '510 555 0160', company: 'alone', via: 'link', ...more }, at)

describe('where somebody is for a visit', () => {
  const of = (...entries: Entry[]) => whereaboutsOf(readChart(entries), visit, LA)?.body.state
  test('the newest that was said counts', () => expect(of(said('NV'), said('CA', '2026-12-01T17:00:00.000Z'))).toBe('CA'))
  test('nothing said is nothing known', () => expect(of()).toBeUndefined())
  test('what was said the day before was not said that day', () => expect(of(said('CA', '2026-12-01T07:59:59.000Z'))).toBeUndefined())
  test('the first minute of that day on the practice’s wall is that day', () => expect(of(said('CA', '2026-12-01T08:00:00.000Z'))).toBe('CA'))
  test('a visit at another hour was not asked about', () => expect(of(said('CA', undefined, { startsAt: '2026-12-01T17:00:00.000Z' }))).toBeUndefined())
  test('another visit says nothing of this one', () => expect(of(said('CA', undefined, { visit: id(77) }))).toBeUndefined())
  test('a decision is about the state it was made for', () => {
    const chart = readChart([said('NV'), entry('licence-decided.v1', { visit: VISIT, startsAt, state: 'NV', decision: 'phone', reason: 'On a journey.' })])
    expect([licenceDecided(chart, visit, 'NV')?.body.decision, licenceDecided(chart, visit, 'OR')]).toEqual(['phone', undefined])
  })
  test('as a rule they sit where it was said last', () => {
    expect(sitsInOf(readChart([entry('sits-in.v1', { state: 'CA', via: 'form' }), entry('sits-in.v1', { state: 'OR', via: 'desk' }, '2026-12-02T16:00:00.000Z')]))?.body.state).toBe('OR')
    expect(sitsInOf(readChart([]))).toBeUndefined()
  })
  test('in one line', () => expect(sayWhereabouts({ state: 'NV', place: '12 Sample Lane', phone: '510', company: 'not-alone', via: 'aloud' })).toBe('In Nevada, at 12 Sample Lane, call back 510, not alone, confirmed aloud'))
})

describe('who is not entered as licensed there', () => {
  const staff = (state: string, until: string | null = null) => [THEA, PIA, MONA].map((person) => ({ person, planning: { licences: person === MONA ? [] : [{ state, until }] } }))
  const missing = (state: string, entered: ReturnType<typeof staff>) => unlicensedAt(visit, state, entered, LA).map(({ name }) => name)
  test.each<[string, string, string | null, readonly string[]]>([
    ['CA', 'California', null, []], ['NV', 'CA', null, ['Thea', 'Pia']], ['CA', 'CA', '2026-12-01', []], ['CA', 'CA', '2026-11-30', ['Thea', 'Pia']], ['outside', 'CA', null, ['Thea', 'Pia']],
  ])('they are in %s, %s is entered until %s', (where, state, until, names) => expect(missing(where, staff(state, until))).toEqual(names))
  test('the day is that of the practice’s wall', () => expect(unlicensedAt({ ...visit, startsAt: '2026-12-02T05:00:00.000Z' }, 'CA', staff('CA', '2026-12-01'), LA)).toEqual([]))
  test('somebody who is not on the list of staff is not licensed either', () => expect(missing('CA', [])).toEqual(['Thea', 'Pia']))
  test('the sentence says what is entered and what has ended', () => {
    expect(unlicensedAt(visit, 'CA', staff('California', '2026-11-30'), LA).slice(0, 1).map((one) => sayUnlicensed(one, 'CA'))).toEqual(['Thea is not entered as licensed in California (a licence was good until 2026-11-30). Entered: California until 2026-11-30.'])
    expect(unlicensedAt(visit, 'NV', [], LA).slice(0, 1).map((one) => sayUnlicensed(one, 'NV'))).toEqual(['Thea is not entered as licensed in Nevada. Entered: no licence.'])
  })
})

describe('where it is joined', () => {
  const rows = { practice: { person: null, visit: null, address: 'https://all.example.org' }, thea: { person: THEA, visit: null, address: 'https://thea.example.org' }, pia: { person: PIA, visit: null, address: 'https://pia.example.org' }, own: { person: null, visit: VISIT, address: 'https://one.example.org' } }
  const at = (...kept: { person: string | null; visit: string | null; address: string | null }[]) => addressFor(kept, visit)
  test('the narrowest counts, whatever the order', () => {
    expect(at(rows.practice, rows.thea, rows.own)).toEqual({ address: 'https://one.example.org', of: 'visit' })
    expect(at(rows.practice, rows.pia, rows.thea)).toEqual({ address: 'https://thea.example.org', of: 'person' })
    expect(at(rows.pia, rows.practice)).toEqual({ address: 'https://pia.example.org', of: 'person' })
    expect(at(rows.practice)).toEqual({ address: 'https://all.example.org', of: 'practice' })
  })
  test('one that was taken away is none', () => expect(at({ ...rows.own, address: null }, { ...rows.thea, address: null })).toBeUndefined())
  test('somebody else’s address is not this visit’s', () => expect(at({ ...rows.thea, person: id(55) }, { ...rows.own, visit: id(56) })).toBeUndefined())
  test.each([['2026-12-01T17:44:59.999Z', 'before'], ['2026-12-01T17:45:00.000Z', 'now'], ['2026-12-01T18:59:59.999Z', 'now'], ['2026-12-01T19:00:00.000Z', 'over']])('at %s it is %s', (now, state) => expect(joining(visit, 15, now)).toBe(state))
  test.each(['https://meet.example.org/room', 'https://example.zoom.us/j/123?pwd=abc', 'HTTPS://meet.example.org', 'https://meet.example.org:8443/x#y', ''])('%j may be kept', (typed) => expect(videoAddressProblem(typed)).toBeUndefined())
  test.each(['http://meet.example.org', 'meet.example.org', 'https://user:secret@meet.example.org', 'https://meet.example.org@evil.example', 'https://localhost/x', 'https://127.0.0.1/x', 'javascript:alert(1)', 'https://meet.example.org/a b', 'https://meet.example.org/<script>', 'https://meet.example.org\\@evil.example', `https://meet.example.org/${'x'.repeat(500)}`])('%j may not', (typed) =>
    expect(videoAddressProblem(typed)).toMatch(/^An address/))
})
