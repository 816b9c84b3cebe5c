import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rulebook } from '../../knowledge/rulebook.ts'
import { readChart } from '../chart/chart.ts'
import { theServer, type Entry, type StoredEntry } from '../chart/entry.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { clearance, plainChart, type Told } from '../eligibility/fixtures.ts'
import { clearanceNow } from '../eligibility/clearance.ts'
import { asReceived } from '../eligibility/replay.ts'
import { judgedChart, reopenedBody, reopenedSince } from '../eligibility/reopened.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import type { Instant } from '../shared/time.ts'
import { loudest } from './alerts.ts'
import { callsOf } from './calls.ts'
import { consentGate } from './chart-gates.ts'
import { clearanceGate } from './clearance-gate.ts'
import { isPassable } from './gates.ts'
import { readSession, type SessionNow } from './session.ts'

const zone = 'America/Los_Angeles'
const rows = sessionRowsOf(rulebook)
const limits = rulebook.screening
const SESSION = 'the-session'
const sign = (chart: Told, at: string, more: Parameters<typeof clearance>[2] = {}, id = `signed ${at}`) => chart.on(at, 'clearance.v1', clearance(at.slice(0, 10), chart, more), { id })
const cleared = sign(plainChart('2026-11-19'), '2026-11-20T17:30', {}, 'clearance')
const start = (chart: Told) => chart.on('2026-11-21T17:00', 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: 'order', clearance: 'clearance', consents: ['consent'], edition: 'test', number: 1, gates: [], people: [] }, { id: SESSION, session: SESSION })
const running = start(cleared)
const takes = (chart: Told, at: string, name = 'phenelzine', extra = {}) => chart.on(at, 'medication.v1', { name, codes: [], dosage: '15 mg', status: 'active' }, { id: name, ...extra })
const withdraws = (chart: Told, at: string, form = 'treatment', extra = {}) => chart.on(at, 'consent-withdrawn.v1', { form, said: 'not today' }, { id: `withdrawn ${form}`, ...extra })
const consents = (chart: Told, at: string) => chart.on(at, 'consent.v1', { form: 'treatment', version: '2026-11', language: 'en', textSha256: 'a'.repeat(64), acknowledged: [], signature: { person: 'mara', name: 'Mara K.', meaning: 'consent', method: 'pin', signedAt: new Date(at).toISOString() } })
const answers = (chart: Told, at: string, alert: string) => chart.on(at, 'alert-answered.v1', { alert, action: 'seen', note: '' }, { session: SESSION, by: 'rosa' })
/** What the server writes down of it, where it has come to that. */
const followed = (chart: Told): Told => {
  const written = asReceived(chart).map((entry) => ({ ...entry, receivedAt: entry.receivedAt ?? entry.writtenAt, digest: '' })) as StoredEntry[]
  const found = reopenedSince(written, 0, { rules: rulebook.eligibility, limits, edition: 'test' })
  return found ? chart.on(found.at, 'clearance-reopened.v1', reopenedBody(found, 'test'), { by: theServer }) : chart
}
const now = (chart: Told, at: Instant = '2026-11-21T18:00:00.000Z'): SessionNow => {
  const read = readSession(chart, SESSION, rows, { now: at, zone })
  if (!read.ok) throw new Error(read.refusal)
  return read.value
}
const holds = (chart: Told, at?: Instant) => now(chart, at).alerts.all.filter(({ row }) => row.watches === 'hold')
const said = (chart: Told, at?: Instant) => holds(chart, at).map(({ says, standing, level }) => `${says} · ${level}${standing ? ' standing' : ''}`)

describe('what comes onto the chart while somebody lies in the room is an alarm of the room', () => {
  const reopens = 'Hold: new facts reopened the medical clearance · orange standing'
  test.each<[string, Told, string[]]>([
    ['nothing', running, []],
    ['an interacting medicine', takes(running, '2026-11-21T17:20'), [reopens]],
    ['one that interacts with nothing', takes(running, '2026-11-21T17:20', 'cetirizine'), []],
    ['oxygen at home, of which nobody had known', running.says('2026-11-21T17:20', 'homeOxygen', true), [reopens]],
    ['an interview that finds a plan', running.on('2026-11-21T17:20', 'measure-answered.v1', { instrument: 'c-ssrs', version: '1', language: 'en', answers: { q1: true, q2: true, q3: true, q4: true, q5: true, q6Lifetime: false, q6PastThreeMonths: null }, answeredBy: 'clinician' }), [reopens]],
    ['a clearance put on hold', sign(running, '2026-11-21T17:20', { decision: 'held', reason: 'call me first' }), ['Hold: the prescriber has put the clearance on hold · orange standing']],
    ['a clearance refused', sign(running, '2026-11-21T17:20', { decision: 'refused' }), ['Hold: the prescriber has refused clearance · orange standing']],
    ['a clearance signed anew', sign(running, '2026-11-21T17:20'), []],
    ['the consent to the treatment', withdraws(running, '2026-11-21T17:20'), ['Hold: taken back: Consent to ketamine-assisted psychotherapy · orange standing']],
    ['touch, which no dose asks for', withdraws(running, '2026-11-21T17:20', 'touch'), []],
    ['a reading of the room, however high', running.on('2026-11-21T17:20', 'vitals.v1', { systolicMmHg: 210, diastolicMmHg: 118 }, { session: SESSION }), []],
  ])('%s', (_, chart, expected) => expect(said(chart)).toEqual(expected))

  test('what stood there before it began is for the gates, and was told at the door', () => {
    expect(said(start(followed(takes(cleared, '2026-11-21T09:00'))))).toEqual([])
    expect(said(start(sign(cleared, '2026-11-21T09:00', { decision: 'held' })))).toEqual([])
    expect(said(start(withdraws(cleared, '2026-11-21T09:00')))).toEqual([])
  })

  test('rules of another edition, written down by the server on facts that were there, are a hold as well', () => {
    const weight = cleared.all('weight.v1')[0]!.id
    const stricter = running.on('2026-11-21T17:25', 'clearance-reopened.v1', { clearance: 'clearance', edition: 'here 2', rules: [{ rule: 'X01', says: 'Weight below the practice’s floor.', action: 'hold', facts: [{ fact: 'weight', value: 76, entries: [weight] }] }] } as BodyOf<'clearance-reopened.v1'>, { by: theServer })
    expect(holds(stricter)).toMatchObject([{ id: 'clearance/HOLD', at: '2026-11-21T17:25:00.000Z', because: 'Weight below the practice’s floor.', standing: true }])
  })

  test('that time went by raises nothing by itself, and ends nothing: not the last day of the clearance either', () => {
    expect(said(running, '2027-06-01T00:00:00.000Z')).toEqual([])
    expect(said(takes(running, '2026-11-21T17:20'), '2027-06-01T00:00:00.000Z')).toEqual([reopens])
  })
})

test.each<[string, Told]>([
  ['new facts', takes(running, '2026-11-21T17:20')], ['new facts, written down and taken away again', followed(takes(running, '2026-11-21T17:20')).on('2026-11-21T17:30', 'medication.v1', { name: 'phenelzine', codes: [], dosage: '', status: 'stopped' })],
  ['a clearance on hold', sign(running, '2026-11-21T17:20', { decision: 'held' })], ['a consent taken back', withdraws(consents(running, '2026-11-20T17:00:00.000Z'), '2026-11-21T17:20')],
])('while a hold stands, a gate that nobody can pass stands against every dose: %s', (_, chart) => {
  const at = '2026-11-21T18:00:00.000Z'
  expect(holds(chart).some(({ standing }) => standing)).toBe(true)
  const clearance = clearanceGate(clearanceNow(judgedChart(chart, rulebook), rulebook.eligibility, at, limits))
  const gates = [clearance, consentGate(chart, { clock: { now: at, zone }, row: rulebook.monitoring.gates, consentForms: [{ form: 'treatment', version: '2026-11' }], clearance, instruments: rulebook.instruments, openRisks: [] })]
  expect(gates.some(({ state }) => state === 'not-met')).toBe(true)
  expect([isPassable('clearance'), isPassable('consent')]).toEqual([false, false])
})

describe('one alarm, wherever it is looked at', () => {
  const told = takes(running, '2026-11-21T17:20', 'phenelzine', { at: '2026-11-01T00:00:00.000Z', receivedAt: '2026-11-21T17:21:00.000Z' })
  test('a device that has not heard of the server’s finding sees the alert that the server sees', () => {
    expect(holds(followed(told))).toEqual(holds(told))
    expect(holds(told)).toMatchObject([{ id: 'phenelzine/HOLD', at: '2026-11-21T17:21:00.000Z', facts: ['phenelzine'] }])
  })
  test('one that waits on this device for the connection counts from when it was written, under the same name', () => {
    const waiting = takes(running, '2026-11-21T17:20', 'phenelzine', { unnumbered: true })
    expect(holds(waiting)).toMatchObject([{ id: 'phenelzine/HOLD', at: '2026-11-21T17:20:00.000Z', standing: true }])
  })
  test('several rules that one entry met are one hold, with each reason once; what comes later is another', () => {
    const met = (rule: string, says: string) => ({ rule, says, action: 'hold', facts: [{ fact: 'medications', value: null, entries: ['phenelzine'] }] })
    const written = told.on('2026-11-21T17:22', 'clearance-reopened.v1', { clearance: 'clearance', edition: 'test', rules: [met('O14', 'First.'), met('H01', 'Second.'), met('H02', 'First.')] }, { by: theServer })
    expect(holds(written).map(({ because }) => because)).toEqual(['First. Second.'])
    const two = holds(running.says('2026-11-21T17:25', 'homeOxygen', true, { id: 'asked' }).on('2026-11-21T17:26', 'medication.v1', { name: 'phenelzine', codes: [], dosage: '', status: 'active' }, { id: 'pill' }))
    expect(two.map(({ id }) => id)).toEqual(['asked/HOLD', 'pill/HOLD'])
  })
  test('the same in whatever order the entries came', () => {
    const all = withdraws(sign(followed(told), '2026-11-21T17:30', { decision: 'held' }), '2026-11-21T17:31').entries
    const expected = holds(readTold(all))
    expect(expected).toHaveLength(3)
    fc.assert(fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), (entries) => { expect(holds(readTold(entries))).toEqual(expected) }), { numRuns: 20 })
  })
})
const readTold = (entries: readonly Entry[]): Told => readChart(entries) as unknown as Told

describe('how it ends, and what it does not touch', () => {
  const told = takes(running, '2026-11-21T17:20')
  test('an answer by name stops the calls, and the hold stands on', () => {
    const answered = answers(told, '2026-11-21T17:20:20.000Z', 'phenelzine/HOLD')
    expect(holds(answered)).toMatchObject([{ standing: true, answers: [{ by: 'rosa' }] }])
    expect(now(answered).alerts.open).toHaveLength(1)
    expect(callsOf(now(answered), rulebook.monitoring.escalation, '2026-11-21T18:00:00.000Z')).toMatchObject({ due: [], unanswered: false })
  })
  test('the prescriber’s next signature ends it, and nobody is called for what was decided', () => {
    const decided = sign(followed(told), '2026-11-21T17:40', { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason: 'Stopped six weeks ago, seen today.' }] })
    expect(holds(decided)).toMatchObject([{ id: 'phenelzine/HOLD', standing: false, superseded: true }])
    expect(now(decided).alerts.open).toEqual([])
    expect(callsOf(now(decided), rulebook.monitoring.escalation, '2026-11-21T18:00:00.000Z').unanswered).toBe(false)
  })
  test('put on hold and then cleared; taken back and then signed again', () => {
    expect(said(sign(sign(running, '2026-11-21T17:20', { decision: 'held' }), '2026-11-21T17:40'))).toEqual(['Hold: the prescriber has put the clearance on hold · orange'])
    expect(said(consents(withdraws(running, '2026-11-21T17:20'), '2026-11-21T17:40:00.000Z'))).toEqual(['Hold: taken back: Consent to ketamine-assisted psychotherapy · orange'])
    expect(said(withdraws(withdraws(running, '2026-11-21T17:20'), '2026-11-21T17:30', 'treatment', { id: 'again' }))).toEqual(['Hold: taken back: Consent to ketamine-assisted psychotherapy · orange', 'Hold: taken back: Consent to ketamine-assisted psychotherapy · orange standing'])
  })
  test('the way home is judged without it, and so is the calm after a reading', () => {
    const [held, calm] = [now(told), now(running)]
    expect(held.discharge).toEqual(calm.discharge)
    expect(held.due).toEqual(calm.due)
    expect({ quiet: held.alerts.quietSince, severe: held.alerts.lastSevereAt, orange: held.alerts.orangeToday }).toEqual({ quiet: calm.alerts.quietSince, severe: calm.alerts.lastSevereAt, orange: calm.alerts.orangeToday })
  })
  test('it is as loud as a call, and an emergency is louder', () => {
    expect(loudest(now(told).alerts.open)?.id).toBe('phenelzine/HOLD')
    expect(loudest(now(told.on('2026-11-21T17:10', 'vitals.v1', { systolicMmHg: 210, diastolicMmHg: 90 }, { session: SESSION })).alerts.open)?.row.id).toBe('BP-S')
  })
  test('after the close nothing arises any more', () => {
    const closed = running.on('2026-11-21T19:00', 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: SESSION })
    expect(said(takes(closed, '2026-11-21T19:30'), '2026-11-21T20:00:00.000Z')).toEqual([])
    expect(said(takes(running, '2026-11-21T17:20').on('2026-11-21T19:00', 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: SESSION }), '2026-11-21T20:00:00.000Z')).toHaveLength(1)
  })
  test('a session that was typed from paper calls nobody for it', () => {
    const paper = told.on('2026-11-21T18:00', 'session-transcribed.v1', { wrote: 'Rosa', why: 'no power', edition: 'test', lines: [{ entry: SESSION, by: 'Rosa' }], unmet: [] }, { session: SESSION })
    expect(holds(paper)).toMatchObject([{ fromPaper: true }])
    expect(callsOf(now(paper), rulebook.monitoring.escalation, '2026-11-21T18:00:00.000Z').unanswered).toBe(false)
  })
})

describe('what the room reads of it', () => {
  const told = takes(running, '2026-11-21T17:20')
  const high = (chart: Told, at: string, systolicMmHg = 210) => chart.on(at, 'vitals.v1', { systolicMmHg, diastolicMmHg: 90 }, { session: SESSION, id: `read ${at}` })
  test('alarms of readings and holds stand in one list, by when they came', () => {
    expect(now(high(high(told, '2026-11-21T17:10'), '2026-11-21T17:30')).alerts.all.map(({ id }) => id)).toEqual(['read 2026-11-21T17:10/BP-S', 'phenelzine/HOLD', 'read 2026-11-21T17:30/BP-S'])
    expect(now(high(told, '2026-11-21T17:20')).alerts.all.map(({ id }) => id), 'of one moment by their names, on every device alike').toEqual(['phenelzine/HOLD', 'read 2026-11-21T17:20/BP-S'])
    expect(now(withdraws(takes(running, '2026-11-21T17:25'), '2026-11-21T17:20')).alerts.all.map(({ id }) => id)).toEqual(['withdrawn treatment/HOLD', 'phenelzine/HOLD'])
  })
  test.each<[string, Told, string]>([
    ['nothing', running, now(running).alerts.level], ['a hold', told, 'orange'], ['a hold and a worse reading', high(told, '2026-11-21T17:30'), 'red'], ['a hold and a milder one', high(told, '2026-11-21T17:30', 165), 'orange'],
    ['a hold that a signature has ended', sign(followed(told), '2026-11-21T17:40', { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason: 'Stopped six weeks ago, seen today.' }] }), now(running).alerts.level],
  ])('the level of the room: %s', (_, chart, level) => expect(now(chart).alerts.level).toBe(level))
  test('why it stands, where a reason was given; never as one that came back', () => {
    const silent = running.on('2026-11-21T17:20', 'consent-withdrawn.v1', { form: 'treatment', said: '' })
    expect([holds(withdraws(running, '2026-11-21T17:20'))[0]!.because, 'because' in holds(silent)[0]!, holds(told)[0]!.persistent]).toEqual(['not today', false, false])
  })
  test('what reached the record in the moment of the close still counts', () => {
    const close = (chart: Told) => chart.on('2026-11-21T17:20', 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: SESSION })
    expect([said(close(told), '2026-11-21T20:00:00.000Z').length, said(close(takes(running, '2026-11-21T17:20:01')), '2026-11-21T20:00:00.000Z').length]).toEqual([1, 0])
  })
  test('a finding of the server on an entry that is not here stands for the clearance itself, from when it was written', () => {
    const written = running.on('2026-11-21T17:25', 'clearance-reopened.v1', { clearance: 'clearance', edition: 'test', rules: [{ rule: 'O14', says: 'Takes something.', action: 'hold', facts: [{ fact: 'medications', value: null, entries: ['not-here'] }] }] } as BodyOf<'clearance-reopened.v1'>, { by: theServer })
    expect(holds(written)).toMatchObject([{ id: 'clearance/HOLD', at: '2026-11-21T17:25:00.000Z' }])
  })
})

describe('who is called', () => {
  const told = takes(running, '2026-11-21T17:20')
  const row = rulebook.monitoring.escalation
  const circles = (chart: Told, at: Instant) => callsOf(now(chart, at), row, at).due.map(({ alert, circle }) => `${alert.id} ${circle}`)
  test.each<[Instant, number[]]>([['2026-11-21T17:20:00.000Z', [1]], ['2026-11-21T17:20:29.000Z', [1]], ['2026-11-21T17:20:30.000Z', [1, 2]], ['2026-11-21T17:21:00.000Z', [1, 2, 3]], ['2026-11-21T17:22:01.000Z', [1, 2, 3, 4]]])('at %s: %j', (at, expected) => expect(circles(told, at)).toEqual(expected.map((circle) => `phenelzine/HOLD ${circle}`)))
  test('an answer to one hold answers for no other, whichever came first', () => {
    const both = withdraws(told, '2026-11-21T17:25')
    const at = '2026-11-21T17:25:10.000Z'
    expect(circles(answers(both, '2026-11-21T17:25:05', 'withdrawn treatment/HOLD'), at)).toEqual([1, 2, 3, 4].map((circle) => `phenelzine/HOLD ${circle}`))
    expect(circles(answers(both, '2026-11-21T17:25:05', 'phenelzine/HOLD'), at)).toEqual(['withdrawn treatment/HOLD 1'])
  })
})
