import { expect, test } from 'vitest'
import { sessionRows } from '../../knowledge/session.ts'
import { at, clock, SESSION, type Told } from './fixtures.ts'
import { closedOf, roomReady } from './testing/fixtures.ts'
import { recordedGates, type RecordedDose } from './recorded-dose.ts'
import { readSession } from './session.ts'

const body = { step: 1, doseUg: 40_000, route: 'IM' as const, order: 'order', prepared: 'prepared-1', confirmed: 'confirmed-1', confirmedBy: 'jun', site: 'left arm', selfAdministered: false }
function judged(story: Told, more: Partial<RecordedDose['body']> = {}, minute = 0) {
  const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return closedOf(recordedGates(session.value, { at: at(minute), body: { ...body, ...more } }))
}
const anew = roomReady().on(-1, 'dose-prepared.v1', { step: 1, doseUg: 35_000, route: 'IM', order: 'order', lot: '' }, { id: 'prepared-2' })

test.each<[string, readonly string[], readonly string[]]>([
  ['the dose that was prepared and confirmed', judged(roomReady()), []], ['at the moment the session began', judged(roomReady(), {}, -60), []], ['a minute before', judged(roomReady(), {}, -61), ['session-open not-met']],
  ['a microgram more', judged(roomReady(), { doseUg: 40_001 }), ['within-order not-met']], ['less', judged(roomReady(), { doseUg: 39_999 }), ['within-order not-met']],
  ['another route', judged(roomReady(), { route: 'IV' }), ['within-order not-met']], ['another order', judged(roomReady(), { order: 'older' }), ['within-order not-met']],
  ['another preparation', judged(roomReady(), { prepared: 'nothing' }), ['within-order not-met']], ['another step', judged(roomReady(), { step: 2 }), ['within-order not-met']],
  ['another confirmation', judged(roomReady(), { confirmed: 'nothing' }), ['within-order not-met']], ['somebody who did not confirm', judged(roomReady(), { confirmedBy: 'ada' }), ['within-order not-met']],
  ['confirmed by whoever prepared it', judged(roomReady().without('confirmed-1').on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }, { id: 'confirmed-1', by: 'rosa' }), { confirmedBy: 'rosa' }), ['within-order not-met']],
  ['nothing prepared', judged(roomReady().without('prepared-1')), ['within-order not-met']], ['nothing confirmed', judged(roomReady().without('confirmed-1')), ['within-order not-met']],
  ['prepared anew since', judged(anew), ['within-order not-met']], ['the new one, confirmed as the old one', judged(anew, { prepared: 'prepared-2', doseUg: 35_000 }), ['within-order not-met']],
])('%s', (_, found, expected) => expect(found).toEqual(expected))
