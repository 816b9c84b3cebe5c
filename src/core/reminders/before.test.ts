import { describe, expect, test } from 'vitest'
import { reminderRows as rows } from '../../knowledge/reminders.ts'
import { readChart } from '../chart/chart.ts'
import type { StoredEntry } from '../chart/entry.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { openBefore, type OpenBefore } from './before.ts'
import { answersTo, saidBefore } from './said.ts'

const ZONE = 'America/Los_Angeles'
const startsAt = '2026-12-01T17:00:00.000Z'
const visit: BookedVisit = { visit: 'v', type: 'medicine', number: 1, startsAt, endsAt: '2026-12-01T20:00:00.000Z', localStart: '2026-12-01T09:00', zone: ZONE, people: [{ person: 't', name: 'Thea', role: 'therapist' }], online: false }
let seq = 0
const entry = (kind: string, at: string, body: object, id = `e${seq}`) => ({ id, kind, at, writtenAt: at, receivedAt: at, by: 'm', device: 'd', seq: ++seq, digest: '', body }) as unknown as StoredEntry
const named = entry('escort-named.v1', '2026-11-20T17:00:00.000Z', { name: 'Theo', phone: '555', relationship: '', adult: true, visit: 'v' }, 'theo')
const ride = (comes: boolean, change: object = {}) => entry('ride-answered.v1', '2026-12-01T02:00:00.000Z', { visit: 'v', startsAt, named: 'theo', name: 'Theo', comes, ...change })
const dayBefore = (said: object, at = '2026-12-01T01:00:00.000Z') => entry('day-answers.v1', at, { visit: 'v', check: 'day-before', via: 'link', said })
const morning = (said: object, at = '2026-12-01T15:00:00.000Z') => entry('day-answers.v1', at, { visit: 'v', check: 'morning', via: 'link', said })
const clear = { fastingClear: true, medicinesClear: true }
const whole = { lastFoodAt: '2026-12-01T03:00:00.000Z', lastFluidAt: '2026-12-01T03:00:00.000Z', alcohol: 'no', medicines: 'as-told' }
const open = (entries: readonly StoredEntry[], now: string, more: { outcomes?: readonly { step: string; outcome: string }[]; clinical?: boolean; alarm?: boolean } = {}): OpenBefore[] =>
  openBefore(readChart(entries), visit, { rows, zone: ZONE, now, outcomes: more.outcomes ?? [], clinical: more.clinical ?? true, desk: 'Cora', alarms: () => (more.alarm ? [{ about: 'food', says: 'Ate too close.' }] : []) })
const short = (lines: readonly OpenBefore[]) => lines.map(({ about, urgent, owner }) => `${about}${urgent ? '!' : ''} ${owner}`)

describe('what is open before a session', () => {
  test.each<[string, readonly StoredEntry[], string, readonly string[]]>([
    ['two days before: nothing yet', [], '2026-11-29T18:00:00.000Z', []],
    ['the day before, nothing is asked yet and nobody is named', [], '2026-11-30T18:00:00.000Z', ['ride! Cora']],
    ['named, and has not said yet', [named], '2026-11-30T18:00:00.000Z', ['ride Cora']],
    ['asked at four and not answered: the desk’s until eight', [named, ride(true)], '2026-12-01T00:00:00.000Z', ['answers Cora']],
    ['at eight it is the therapist’s', [named, ride(true)], '2026-12-01T04:00:00.000Z', ['answers! Thea']],
    ['half an answer is none', [named, ride(true), dayBefore({ fastingClear: true })], '2026-12-01T01:30:00.000Z', ['answers Cora']],
    ['answered, and somebody comes: nothing is open', [named, ride(true), dayBefore(clear)], '2026-12-01T05:00:00.000Z', []],
    ['the morning asks again', [named, ride(true), dayBefore(clear)], '2026-12-01T14:30:00.000Z', ['answers Cora']],
    ['late in the morning', [named, ride(true), dayBefore(clear)], '2026-12-01T15:45:00.000Z', ['answers! Thea']],
    ['an answer of the day before is none of the morning', [named, ride(true), morning(whole, '2026-12-01T01:00:00.000Z')], '2026-12-01T15:00:00.000Z', ['answers Cora']],
    ['answered in the morning', [named, ride(true), morning(whole)], '2026-12-01T15:30:00.000Z', []],
    ['the adult cannot', [named, ride(false), morning(whole)], '2026-12-01T15:30:00.000Z', ['ride! Cora']],
    ['what they said of another hour is nothing about this one', [named, ride(true, { startsAt: '2026-11-30T17:00:00.000Z' }), morning(whole)], '2026-12-01T15:30:00.000Z', ['ride Cora']],
    ['or of another adult', [named, ride(true, { named: 'ann' }), morning(whole)], '2026-12-01T15:30:00.000Z', ['ride Cora']],
    ['once it has begun, the room asks', [], startsAt, []],
  ])('%s', (_, entries, now, lines) => expect(short(open(entries, now))).toEqual(lines))
  test('an answer that asks for somebody: what it is, for those who treat; that it is, for the desk', () => {
    const entries = [named, ride(true), morning(whole)]
    expect(open(entries, '2026-12-01T15:30:00.000Z', { alarm: true })).toEqual([{ about: 'alarm', urgent: true, says: 'Said at 7:00 AM: Ate too close.', owner: 'Thea' }])
    expect(JSON.stringify(open(entries, '2026-12-01T15:30:00.000Z', { alarm: true, clinical: false }))).not.toContain('Ate')
  })
  test.each([['sent', []], ['unreachable', ['reach! Cora']], ['failed', ['reach! Cora']], ['not-wanted', ['reach Cora']], ['not-needed', []]])('a reminder that was %s', (outcome, lines) => {
    expect(short(open([named, ride(true), morning(whole)], '2026-12-01T15:30:00.000Z', { outcomes: [{ step: 'morning', outcome }, { step: 'ride theo', outcome: 'unreachable' }] }))).toEqual(lines)
  })
})

test('answers belong to the visit at its hour: moved by a day, it is asked about anew, and what was said before is not shown as of now', () => {
  const chart = readChart([dayBefore(clear), morning(whole)])
  const moved = { visit: 'v', startsAt: '2026-12-04T17:00:00.000Z' }
  expect([answersTo(chart, visit, 'morning', ZONE)?.body.check, answersTo(chart, moved, 'morning', ZONE), answersTo(chart, moved, 'day-before', ZONE)]).toEqual(['morning', undefined, undefined])
  expect([saidBefore(chart, visit, ZONE).map(({ check }) => check), saidBefore(chart, moved, ZONE)]).toEqual([['morning', 'day-before'], []])
})
