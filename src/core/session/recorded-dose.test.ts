import { expect, test } from 'vitest'
import { sessionRows } from '../../knowledge/session.ts'
import { at, clock, SESSION, type Told } from './fixtures.ts'
import { closedOf, roomReady } from './testing/fixtures.ts'
import { recordedGates, type RecordedDose } from './recorded-dose.ts'
import { readSession } from './session.ts'

const body = { step: 1, doseUg: 40_000, route: 'IM' as const, order: 'order', prepared: 'prepared-1', confirmed: 'confirmed-1', confirmedBy: 'jun', site: 'left arm', selfAdministered: false }
type Story = readonly [story: Told, more?: Partial<RecordedDose['body']>, minute?: number]
const judged = (story: Told, more: Partial<RecordedDose['body']> = {}, minute = 0) => closedOf(gates(story, more, minute))
const saysAt = (minute: number) => gates(roomReady(), {}, minute).find(({ gate }) => gate === 'within-order')!.says
function gates(story: Told, more: Partial<RecordedDose['body']>, minute: number) {
  const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  const found = recordedGates(session.value, { at: at(minute), body: { ...body, ...more } })
  if (!found.every(({ says }) => /\w/.test(says))) throw new Error('a gate says nothing')
  return found
}
const anew = roomReady().on(-1, 'dose-prepared.v1', { step: 1, doseUg: 35_000, route: 'IM', order: 'order', lot: '' }, { id: 'prepared-2' })
/** The second person read it back at another minute. */
const late = (minute: number) => roomReady().without('confirmed-1').on(minute, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }, { id: 'confirmed-1', by: 'jun' })

test('says whichever it came before, and what to do', () => {
  expect([saysAt(-3), saysAt(-2), saysAt(-1)]).toEqual([
    'The dose is dated before it was prepared. Enter the time it was given, after both; where a clock is wrong, set that right first.',
    'The dose is dated before it was read back by a second person. Enter the time it was given, after both; where a clock is wrong, set that right first.',
    'The dose recorded is the one that was prepared and confirmed.',
  ])
})

test.each<[string, Story, readonly string[]]>([
  ['as it was prepared', [roomReady()], ['prepared-1', 'confirmed-1']], ['before the session', [roomReady(), {}, -61], ['prepared-1', 'confirmed-1']], ['a microgram more', [roomReady(), { doseUg: 40_001 }], ['prepared-1', 'confirmed-1']],
  ['another preparation', [roomReady(), { prepared: 'nothing' }], ['prepared-1']], ['nothing prepared', [roomReady().without('prepared-1')], []], ['nothing confirmed', [roomReady().without('confirmed-1')], ['prepared-1']],
])('points to its session, and to what was prepared and confirmed: %s', (_, [story, more = {}, minute = 0], facts) => {
  expect(gates(story, more, minute).map((one) => [one.gate, one.facts])).toEqual([['session-open', [SESSION]], ['within-order', facts]])
})

test.each<[string, () => readonly string[], readonly string[]]>([
  ['the dose that was prepared and confirmed', () => judged(roomReady()), []], ['at the moment the session began: in it, and before anything was drawn up', () => judged(roomReady(), {}, -60), ['within-order not-met']], ['a minute before', () => judged(roomReady(), {}, -61), ['session-open not-met', 'within-order not-met']],
  ['in the minute it was read back', () => judged(roomReady(), {}, -1), []], ['typed without its seconds', () => judged(late(0.5)), []], ['a minute before it was read back', () => judged(roomReady(), {}, -2), ['within-order not-met']],
  ['read back before it was prepared, and given between the two', () => judged(late(-3), {}, -2.5), ['within-order not-met']], ['half an hour before it was prepared', () => judged(roomReady(), {}, -30), ['within-order not-met']],
  ['a microgram more', () => judged(roomReady(), { doseUg: 40_001 }), ['within-order not-met']], ['less', () => judged(roomReady(), { doseUg: 39_999 }), ['within-order not-met']],
  ['another route', () => judged(roomReady(), { route: 'IV' }), ['within-order not-met']], ['another order', () => judged(roomReady(), { order: 'older' }), ['within-order not-met']],
  ['another preparation', () => judged(roomReady(), { prepared: 'nothing' }), ['within-order not-met']], ['another step', () => judged(roomReady(), { step: 2 }), ['within-order not-met']],
  ['another confirmation', () => judged(roomReady(), { confirmed: 'nothing' }), ['within-order not-met']], ['somebody who did not confirm', () => judged(roomReady(), { confirmedBy: 'ada' }), ['within-order not-met']],
  ['confirmed by whoever prepared it', () => judged(roomReady().without('confirmed-1').on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }, { id: 'confirmed-1', by: 'rosa' }), { confirmedBy: 'rosa' }), ['within-order not-met']],
  ['nothing prepared', () => judged(roomReady().without('prepared-1')), ['within-order not-met']], ['nothing confirmed', () => judged(roomReady().without('confirmed-1')), ['within-order not-met']],
  ['prepared anew since', () => judged(anew), ['within-order not-met']], ['the new one, confirmed as the old one', () => judged(anew, { prepared: 'prepared-2', doseUg: 35_000 }), ['within-order not-met']],
])('%s', (_, found, expected) => expect(found()).toEqual(expected))
