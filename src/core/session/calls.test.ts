import { describe, expect, test } from 'vitest'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import { plusMinutes } from '../shared/time.ts'
import { callsOf, changesCalls } from './calls.ts'
import { at, begun, SESSION, zone, type Told } from './fixtures.ts'
import { readSession } from './session.ts'

const row = rulebook.monitoring.escalation
const high = begun().whole(-3).dose(0).whole(10).reading(20, { systolicMmHg: 190 }, { id: 'high' })
const ALERT = 'high/BP-S'
const called = (story: Told, circle: number, minute: number, alert = ALERT) => story.on(minute, 'alert-escalated.v1', { alert, circle, told: [] })

function calls(story: Told, seconds: number) {
  const now = plusMinutes(at(20), seconds / 60)
  const read = readSession(story.chart, SESSION, sessionRowsOf(rulebook), { now, zone })
  if (!read.ok) throw new Error(read.refusal)
  const { due, nextAt } = callsOf(read.value, row, now)
  return { due: due.filter(({ alert }) => alert.id === ALERT).map(({ circle }) => circle), nextIn: nextAt === undefined ? undefined : (Date.parse(nextAt) - Date.parse(at(20))) / 1_000 }
}

function now(story: Told, seconds: number) {
  const at20 = plusMinutes(at(20), seconds / 60)
  const read = readSession(story.chart, SESSION, sessionRowsOf(rulebook), { now: at20, zone })
  if (!read.ok) throw new Error(read.refusal)
  return callsOf(read.value, row, at20)
}
const due = (story: Told, seconds: number) => now(story, seconds).due.filter(({ alert }) => alert.row.id === 'BP-S').map(({ alert, circle }) => `${alert.id} ${circle}`)
const waits = (story: Told, seconds: number) => now(story, seconds).unanswered

describe('who is called about an alert that nobody answered', () => {
  test.each([
    [0, [1], 30], [29, [1], 30], [30, [1, 2], 60], [59, [1, 2], 60], [60, [1, 2, 3], 120], [120, [1, 2, 3], 120], [121, [1, 2, 3, 4], undefined],
  ] as const)('after %s s: circles %j, next after %s s', (seconds, due, nextIn) => expect(calls(high, seconds)).toEqual({ due: [...due], nextIn }))

  test('what was called stands in the record and is not called again, whoever asks and after whatever pause', () => {
    expect(calls(called(high, 1, 20), 10).due).toEqual([])
    expect(calls(called(high, 1, 20), 40).due).toEqual([2])
    expect(calls(called(called(high, 1, 20), 2, 20.5), 200).due).toEqual([3, 4])
    expect(calls(called(high, 1, 20, 'another/BP-S'), 10).due).toEqual([1])
  })

  test('an answer by anybody ends it', () => expect(calls(high.on(20.2, 'alert-answered.v1', { alert: ALERT, action: 'seen', note: '' }), 90)).toEqual({ due: [], nextIn: undefined }))

  test('a caution stays in the room', () => {
    const mild = begun().whole(-3).dose(0).whole(10).reading(20, { systolicMmHg: 165 }, { id: 'high' })
    expect(calls(mild, 200).due).toEqual([])
  })

  test('watching closely brings help no later: readings of the same kind do not begin the time anew', () => {
    const watched = Array.from({ length: 8 }, (_, place) => 20.75 + place * 0.75).reduce((story, minute, place) => story.reading(minute, { systolicMmHg: 190 }, { id: `again-${place}` }), high)
    expect(calls(watched, 121).due).toEqual([1, 2, 3, 4])
  })

  test('after an answer the next reading is a call of its own', () => {
    const answered = called(high, 1, 20).on(20.2, 'alert-answered.v1', { alert: ALERT, action: 'seen', note: '' }).reading(25, { systolicMmHg: 192 }, { id: 'later' })
    expect(due(answered, 300)).toEqual(['later/BP-S 1'])
    expect(due(answered, 331)).toEqual(['later/BP-S 1', 'later/BP-S 2'])
  })

  test('a worse level is a call of its own, and the one before goes on', () => {
    const worse = called(called(high, 1, 20), 2, 20.5).reading(21, { systolicMmHg: 205 }, { id: 'worse' })
    expect(due(worse, 60)).toEqual(['high/BP-S 3', 'worse/BP-S 1'])
    expect(due(worse, 91)).toEqual(['high/BP-S 3', 'worse/BP-S 1', 'worse/BP-S 2'])
  })

  test('whether anything waits for an answer is said', () => {
    expect(waits(high, 10)).toBe(true)
    expect(waits(high.on(20.2, 'alert-answered.v1', { alert: ALERT, action: 'seen', note: '' }), 90)).toBe(false)
    expect(waits(begun(), 10)).toBe(false)
  })

  test('two kinds of alert at once are two calls, two signs of one kind as well, and one that is worse at once is one', () => {
    const both = begun().whole(-3).dose(0).whole(10).reading(20, { systolicMmHg: 190, spo2Percent: 86 }, { id: 'both' })
    expect(now(both, 10).due.map(({ alert }) => alert.row.id).toSorted()).toEqual(['BP-S', 'SPO2'])
    const signs = begun().whole(-3).dose(0).whole(10).on(20, 'symptom.v1', { symptom: 'chest-pain', present: true }, { id: 'chest' }).on(20, 'symptom.v1', { symptom: 'apnea', present: true }, { id: 'breath' })
    expect(now(signs, 10).due.map(({ alert, circle }) => `${alert.symptom} ${circle}`).toSorted()).toEqual(['apnea 1', 'chest-pain 1'])
  })

  test('what was typed from paper calls nobody: it is over', () => {
    const at20 = plusMinutes(at(20), 1)
    const read = readSession(high.chart, SESSION, sessionRowsOf(rulebook), { now: at20, zone })
    if (!read.ok) throw new Error(read.refusal)
    const marked = (fromPaper: boolean) => {
      const all = read.value.alerts.all.map((alert) => ({ ...alert, fromPaper }))
      return callsOf({ ...read.value, alerts: { ...read.value.alerts, all, open: all } }, row, at20)
    }
    expect(marked(false).unanswered).toBe(true)
    expect(marked(true)).toEqual({ due: [], nextAt: undefined, unanswered: false })
  })

  test('whatever may raise an alert, end one, answer one, or leave nobody to watch, is looked at', () => {
    expect(changesCalls).toEqual(expect.arrayContaining(['vitals.v1', 'vitals-missed.v1', 'mental-status.v1', 'symptom.v1', 'rating.v1', 'signal.v1', 'alert-answered.v1', 'checked-in.v1', 'checked-out.v1', 'dose-given.v1', 'dose-ended.v1', 'dose-conflict-resolved.v1', 'session-note.v1', 'session-started.v1', 'session-closed.v1']))
    expect(changesCalls, 'a hold arises and ends outside the room').toEqual(expect.arrayContaining(['clearance.v1', 'clearance-reopened.v1', 'consent.v1', 'consent-withdrawn.v1']))
    expect(changesCalls.every((kind) => /^[a-z-]+\.v\d$/.test(kind))).toBe(true)
  })

  test('a closed session waits for nobody’s answer', () => expect(waits(high.on(20.3, 'session-closed.v1', { how: 'transferred', tolerance: 'too-much', note: '' }), 90)).toBe(false))

  test('a closed session calls nobody', () => expect(calls(high.on(20.3, 'session-closed.v1', { how: 'transferred', tolerance: 'too-much', note: '' }), 90)).toEqual({ due: [], nextIn: undefined }))
})
