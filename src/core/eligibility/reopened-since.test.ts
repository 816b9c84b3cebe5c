import { describe, expect, test } from 'vitest'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { misuse } from '../../knowledge/safety/misuse.ts'
import { readChart } from '../chart/chart.ts'
import { theServer, type StoredEntry } from '../chart/entry.ts'
import { clearanceHistory } from './clearance-history.ts'
import { clearance, plainChart, type Told } from './fixtures.ts'
import { asReceived } from './replay.ts'
import { judgedChart, mayReopen, reopenedBody, reopenedNow, reopenedSince } from './reopened.ts'

const now = '2026-11-24T18:00:00.000Z'
const rows = { rules: eligibility, limits, edition: 'test' }
const plain = plainChart('2026-11-19')
const sign = (chart: Told, more: Parameters<typeof clearance>[2] = {}, at = '2026-11-20') => chart.on(`${at}T17:30`, 'clearance.v1', clearance(at, chart, more))
const cleared = sign(plain)
const written = (chart: Told) => asReceived(chart).map((entry) => ({ ...entry, receivedAt: entry.receivedAt ?? entry.writtenAt, digest: '' })) as StoredEntry[]
const found = (chart: Told, after = 0) => reopenedSince(written(chart), after, rows)
const ids = (chart: Told) => found(chart)?.rules.map(({ rule }) => rule.id) ?? []
const follow = (chart: Told, after = 0): Told => {
  const reopened = found(chart, after)
  return reopened ? chart.on(reopened.at, 'clearance-reopened.v1', reopenedBody(reopened, 'test'), { by: theServer }) : chart
}
const takes = (chart: Told, time: string, status: 'active' | 'stopped' = 'active', extra = {}) => chart.on(time, 'medication.v1', { name: 'phenelzine', codes: [], dosage: '15 mg', status }, extra)
const entered = '2026-11-21T09:00'
const later = '2026-11-23T10:00'

test.each<[string, Parameters<typeof mayReopen>[0], boolean]>([
  ['a medicine', { kind: 'medication.v1' }, true], ['a pressure', { kind: 'vitals.v1' }, true], ['a pressure in the room', { kind: 'vitals.v1', session: 's1' }, false], ['an answer in the room', { kind: 'fact.v1', session: 's1' }, true],
  ['a note', { kind: 'session-note.v1' }, false], ['what takes something back', { kind: 'imported.v1', amends: 'e1' }, true], ['a corrected reading of the room', { kind: 'vitals.v1', session: 's1', amends: 'e1' }, false],
])('whether it can reopen a clearance: %s', (_, entry, may) => expect(mayReopen(entry)).toBe(may))

describe('what is found', () => {
  const weighed = (chart: Told, time = later) => chart.on(time, 'weight.v1', { weightG: 75_000 })
  test('told before and never written down, the next entry is no news', () => {
    const chart = takes(cleared, entered)
    expect(found(weighed(chart), chart.lastSeq)).toMatchObject({ rules: [{ rule: { id: 'O14' } }], news: [] })
  })
  test('what came anew beside it is news, also where it rests on nothing that came', () => {
    const answered = sign(plain.says('2026-11-19T20:00', 'homeOxygen', true).says('2026-11-19T21:00', 'homeOxygen', false, { id: 'no' }))
    const chart = takes(answered, entered)
    const taken = chart.on(later, 'imported.v1', { source: 'county clinic', resource: 'Observation/1', sha256: 'ab'.repeat(32), becameEntries: [], note: '' }, { amends: 'no' })
    expect(found(taken, chart.lastSeq)!.rules.map(({ rule }) => rule.id).toSorted()).toEqual(['O06', 'O14'])
    expect(found(taken, chart.lastSeq)!.news.map(({ rule }) => rule.id)).toEqual(['O06'])
  })
  test('signed over a rule that no reason carries: it is open from its signature on, whatever was written down of the one before', () => {
    const over = sign(follow(takes(cleared, entered)), {}, '2026-11-24')
    expect(found(over)).toMatchObject({ at: '2026-11-24T17:30:00.000Z', rules: [{ rule: { id: 'O14' } }], news: [{ rule: { id: 'O14' } }] })
  })
  test('to the last moment of the clearance, and not after', () => {
    expect(ids(takes(cleared, '2027-02-18T17:30:00Z'))).toEqual(['O14'])
    expect(ids(takes(cleared, '2027-02-18T17:30:01Z'))).toEqual([])
  })
  test('a rule of another edition is written down, also by entries by which another rule was', () => {
    const known = eligibility.find(({ id }) => id === 'O14')!
    const chart = follow(takes(cleared, entered))
    expect(reopenedSince(written(weighed(chart)), chart.lastSeq, { ...rows, rules: [...eligibility, { ...known, id: 'O99' }] })?.rules.map(({ rule }) => rule.id)).toEqual(['O99'])
  })
  test('whatever order the entries are listed in', () => {
    const chart = takes(takes(cleared, entered), later, 'stopped')
    expect(reopenedSince(written(chart).toReversed(), 0, rows)?.rules.map(({ rule }) => rule.id)).toEqual(['O14'])
  })
  test('what time alone brought about is found with the next entry that the rules read, and is no news', () => {
    const grown = { ...eligibility.find(({ id }) => id === 'B06')!, id: 'T1', when: { fact: 'age', atLeast: 36 } } as (typeof eligibility)[number]
    const chart = sign(plainChart('2027-01-09'), {}, '2027-01-10')
    const ask = (more: Told) => reopenedSince(written(more), 0, { ...rows, rules: [grown] })
    expect(ask(weighed(chart, '2027-03-03T09:00'))).toBeUndefined()
    expect(ask(chart.on('2027-03-05T09:00', 'session-note.v1', { text: 'Called.' }))).toBeUndefined()
    expect(ask(weighed(chart, '2027-03-05T09:00'))).toMatchObject({ rules: [{ rule: { id: 'T1' } }], news: [] })
  })
})

describe('told in its place', () => {
  const moments = (chart: Told, at = now) => clearanceHistory(chart, eligibility, at, limits).map((event) => (event.what === 'reopened' ? `${event.at.slice(8, 13)} ${event.rules.map(({ rule }) => rule.id).join(' ')} ${event.entries.map(({ id }) => id).join(' ')}` : event.what))
  const shortly = (chart: Told, time: string, name = 'tranylcypromine') => follow(chart.on(time, 'medication.v1', { name, codes: [], dosage: '', status: 'active' }, { id: 'brief' }).on(time, 'medication.v1', { name, codes: [], dosage: '', status: 'stopped' }), chart.lastSeq)
  test('in its place, though it was told of last: before what came later, and after what came with it', () => {
    expect(moments(shortly(cleared, entered).says(later, 'homeOxygen', true, { id: 'oxygen' }))).toEqual(['signed', '21T09 O14 brief', '23T10 O06 oxygen'])
    expect(moments(shortly(cleared.says(entered, 'homeOxygen', true, { id: 'oxygen' }), entered))).toEqual(['signed', '21T09 O06 oxygen', '21T09 O14 brief'])
  })
  test('not before it was, and from that moment on', () => {
    expect(moments(shortly(cleared, entered), '2026-11-21T08:59:59.999Z')).toEqual(['signed'])
    expect(moments(shortly(cleared, entered), '2026-11-21T09:00:00.000Z')).toEqual(['signed', '21T09 O14 brief'])
  })
  test('the same rule by a second entry, entered and stopped while the first stood', () => {
    expect(moments(shortly(follow(takes(cleared, entered, 'active', { id: 'first' })), later))).toEqual(['signed', '21T09 O14 first', '23T10 O14 first brief'])
  })
  test('on a copy that does not hold what met it', () => {
    const whole = shortly(cleared, entered)
    const copy = readChart(asReceived(whole).filter(({ id }) => id !== 'brief'))
    expect(clearanceHistory(copy, eligibility, now, limits).at(-1)).toMatchObject({ what: 'reopened', rules: [{ rule: { id: 'O14' } }], entries: [] })
  })
  test('what was written down of one clearance says nothing of the next', () => {
    const again = sign(takes(follow(takes(cleared, entered)), later, 'stopped'), {}, '2026-11-24')
    const unwritten = takes(takes(again, '2026-11-24T17:40'), '2026-11-24T17:50', 'stopped')
    expect(clearanceHistory(unwritten, eligibility, now, limits).map(({ what }) => what)).toEqual(['signed', 'reopened', 'awaits-signature', 'signed', 'reopened', 'counts-again'])
  })
})

describe('what is written down', () => {
  test('a fact that was not known is written down as not known, and one that was without a word about it', () => {
    const rule = eligibility.find(({ id }) => id === 'O06')!
    const facts = [{ fact: 'homeOxygen', missing: 'not-known', entries: ['e1'] }, { fact: 'untreatedSleepApnea', value: true, entries: ['e2'] }] as const
    const body = reopenedBody({ clearance: cleared.latest('clearance.v1')!, at: now, rules: [{ rule, facts }] as never, news: [] }, 'test')
    expect(body.rules[0]?.facts).toStrictEqual([{ fact: 'homeOxygen', value: null, missing: 'not-known', entries: ['e1'] }, { fact: 'untreatedSleepApnea', value: true, entries: ['e2'] }])
  })
})

describe('what the rules of today find on a chart to which nothing has come', () => {
  const ask = (chart: Told, at = now, more: object = {}) => reopenedNow(written(chart), at, { ...rows, ...more })
  const found = (chart: Told, at = now, more: object = {}) => ask(chart, at, more)?.rules.map(({ rule }) => rule.id)
  const misused = ['misuse.early', 'misuse.lost', 'misuse.higher'].reduce((so, sign) => so.on(entered, 'misuse-sign.v1', { sign, seen: true, on: '2026-11-21', said: 'x' }), cleared)
  test.each<[string, Told, string | undefined, readonly string[] | undefined]>([
    ['nothing to find', cleared, undefined, undefined], ['nobody has signed', takes(plain, entered), undefined, undefined], ['a clearance on hold', takes(sign(plain, { decision: 'held' }), entered), undefined, undefined],
    ['a medicine that nothing was written down of', takes(cleared, entered), undefined, ['O14']], ['what was written down', follow(takes(cleared, entered)), undefined, undefined],
    ['what was written down, and another beside it', follow(takes(cleared, entered)).says(later, 'homeOxygen', true), undefined, ['O06']], ['what was written down of the clearance before', sign(follow(takes(cleared, entered)), {}, '2026-11-23'), undefined, ['O14']],
    ['on the last moment of the clearance', takes(cleared, entered), '2027-02-18T17:30:00.000Z', ['O14']], ['after it', takes(cleared, entered), '2027-02-18T17:30:00.001Z', undefined],
  ])('%s', (_, chart, at, expected) => expect(found(chart, at)).toEqual(expected))
  test('it is found now, and all of it is news', () => {
    const chart = takes(cleared, entered)
    expect(ask(chart)).toMatchObject({ at: now, clearance: { id: cleared.latest('clearance.v1')!.id }, rules: [{ rule: { id: 'O14' } }], news: [{ rule: { id: 'O14' } }] })
  })
  test('two of them stop nothing, and a device that reads three judges as the server does', () => {
    expect(found(cleared.on(entered, 'misuse-sign.v1', { sign: 'misuse.early', seen: true, on: '2026-11-21', said: 'x' }).on(entered, 'misuse-sign.v1', { sign: 'misuse.lost', seen: true, on: '2026-11-21', said: 'x' }), now, { misuse })).toBeUndefined()
    const judged = (more: object) => judgedChart(readChart(written(misused)), { eligibility, screening: limits, ...more }).latest('clearance-reopened.v1')?.body.rules.map(({ rule }) => rule)
    expect([judged({}), judged({ misuse })]).toEqual([undefined, ['prescriber-looks']])
  })
  test('signs that prescribers alone read are found where they are asked for, as a hold of the screening and with nothing of what they are', () => {
    expect([found(misused), found(misused, now, { misuse })]).toEqual([undefined, ['prescriber-looks']])
    expect(ask(misused, now, { misuse })!.rules).toEqual([{ facts: [], rule: {
      id: 'prescriber-looks', says: misuse.hold.says, action: 'hold', version: 1, moment: 'screening', when: { any: [] }, plainly: '', codes: [], firedBy: 'test', screenedBy: '', basis: '',
      tag: misuse.tag, cites: misuse.cites, verified: misuse.verified, reviewBy: misuse.reviewBy,
    } }])
  })
})
