import { describe, expect, test } from 'vitest'
import { readChart } from '../chart/chart.ts'
import type { StoredEntry } from '../chart/entry.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { changesToSettle, isNoticed, toldChanges, waitingChange, type ChangeState } from './told-changes.ts'

const at = (day: string): Pick<BookedVisit, 'startsAt' | 'endsAt' | 'localStart'> => ({ startsAt: `2026-12-${day}T17:00:00.000Z`, endsAt: `2026-12-${day}T18:00:00.000Z`, localStart: `2026-12-${day}T09:00` })
const visit = (id: string, day: string): BookedVisit => ({ visit: id, type: 'integration', number: 1, ...at(day), zone: 'America/Los_Angeles', people: [], online: false })
let seq = 0
const entry = (kind: string, body: object, id = `e${seq}`) => ({ id, kind, at: '2026-11-20T17:00:00.000Z', writtenAt: '', receivedAt: '', by: 'm', device: 'd', seq: ++seq, digest: '', body }) as unknown as StoredEntry
const booked = entry('visits-booked.v1', { visits: [visit('a', '01'), visit('b', '02')], why: '' })
/** What was done stands before what is told of it, in one act. */
const told = (way: string, id = 'told') => entry('change-told.v1', { way, changes: [{ from: visit('a', '01'), ...(way === 'cancelled' ? {} : { to: visit('a', '08') }), why: '' }, { from: visit('b', '02'), to: visit('b', '09'), why: '' }], ...(way === 'asked' ? { until: '2026-11-21T17:00:00.000Z' } : {}) }, id)
const moved = (id: string, day: string) => entry('visit-moved.v1', { to: visit(id, day), why: '' })
const both = [moved('a', '08'), moved('b', '09')]
const gone = (id: string) => entry('visit-cancelled.v1', { visit: id, why: '' })
const said = (answer: 'yes' | 'no', lost = false) => entry('change-answered.v1', { told: 'told', answer, via: 'link', lost })
const settled = (how: string) => entry('change-settled.v1', { told: 'told', how, words: '' })
const BEFORE = '2026-11-21T16:59:59.999Z'
const AFTER = '2026-11-21T17:00:00.000Z'

describe('a change that the patient was told of or asked about', () => {
  test.each<[string, readonly StoredEntry[], string, ChangeState]>([
    ['asked, and its end has not come', [told('asked')], BEFORE, 'waiting'],
    ['asked, and its end is now', [told('asked')], AFTER, 'lapsed'],
    ['yes', [told('asked'), said('yes'), ...both], AFTER, 'agreed'],
    ['yes, and moved once more since', [told('asked'), said('yes'), moved('a', '20')], AFTER, 'agreed'],
    ['yes, and the place was gone', [told('asked'), said('yes', true)], AFTER, 'lost'],
    ['no', [told('asked'), said('no')], BEFORE, 'declined'],
    ['no, and settled', [told('asked'), said('no'), settled('settled')], AFTER, 'settled'],
    ['taken back', [told('asked'), settled('taken-back')], BEFORE, 'taken-back'],
    ['one of them moved meanwhile: it cannot be booked any more', [told('asked'), moved('b', '10')], BEFORE, 'overtaken'],
    ['one of them cancelled meanwhile', [told('asked'), gone('b')], BEFORE, 'overtaken'],
    ['one of them moved meanwhile, and back: it has moved on as well', [told('asked'), moved('b', '10'), moved('b', '02')], BEFORE, 'overtaken'],
    ['no answer, and one of them moved since: the other still has to be looked at', [told('asked'), moved('b', '10')], AFTER, 'lapsed'],
    ['no answer, and all of them moved since', [told('asked'), ...both], AFTER, 'overtaken'],
    ['moved', [...both, told('moved')], AFTER, 'told'],
    ['moved, and it does not suit', [...both, told('moved'), said('no')], AFTER, 'declined'],
    ['moved, it does not suit, and one was moved again', [...both, told('moved'), said('no'), moved('a', '20')], AFTER, 'declined'],
    ['moved, it does not suit, and both were moved again', [...both, told('moved'), said('no'), moved('a', '20'), gone('b')], AFTER, 'overtaken'],
    ['moved, and again', [...both, told('moved'), moved('a', '20')], AFTER, 'overtaken'],
    ['cancelled', [told('cancelled'), gone('a')], AFTER, 'told'],
    ['an answer to another one is none to this', [told('asked'), entry('change-answered.v1', { told: 'other', answer: 'yes', via: 'link', lost: false })], BEFORE, 'waiting'],
  ])('%s', (_, entries, now, state) => {
    const chart = readChart([booked, ...entries].map((one, place) => ({ ...one, seq: place + 1 })))
    expect(toldChanges(chart, now).map((one) => one.state)).toEqual([state])
    expect(changesToSettle(chart, now)).toHaveLength(['declined', 'lost', 'lapsed'].includes(state) ? 1 : 0)
    expect(waitingChange(chart, now)?.told.id).toBe(state === 'waiting' ? 'told' : undefined)
  })
  test.each<[string, object | undefined, boolean]>([
    ['another hour', at('02'), true], ['another end', { endsAt: '2026-12-01T19:00:00.000Z' }, true], ['online instead', { online: true }, true], ['no visit', undefined, true],
    ['another room', { room: { id: 'r', name: 'Cedar' } }, false], ['another colleague', { people: [{ person: 'p', name: 'P', role: 'monitor' }] }, false],
  ])('%s is noticed: %s', (_, change, noticed) => expect(isNoticed({ from: visit('a', '01'), ...(change ? { to: { ...visit('a', '01'), ...change } } : {}), why: '' })).toBe(noticed))
})
