import { describe, expect, test } from 'vitest'
import { sessionRows } from '../../knowledge/session.ts'
import type { Entry } from '../chart/entry.ts'
import { at, atTheDoor, begun, clock, SESSION, type Told } from './fixtures.ts'
import { readSession, type SessionNow } from './session.ts'

const read = (story: Told, minute: number): SessionNow => {
  const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return session.value
}

describe('what nobody wrote is not there', () => {
  test('before any dose: no time since, no phase, no end, and nobody stays too long', () => {
    for (const story of [begun(), begun('IV')]) {
      const now = read(story, 600)
      expect([now.minutesSinceFirstDose, now.minutesSinceLastDose, now.phase, now.discharge.earliestAt, now.discharge.overdue]).toEqual([undefined, undefined, undefined, undefined, 'no'])
    }
  })
  test('a way of giving it that has no row: no phase, no end, no reading due', () => {
    const now = read(begun().with((entries) => entries.map((entry) => (entry.id === SESSION ? ({ ...entry, body: { ...entry.body, route: 'IN-racemic' } } as unknown as Entry) : entry))).dose(0), 30)
    expect([now.phase, now.discharge.earliestAt, now.due]).toEqual([undefined, undefined, undefined])
  })
  test('nothing was typed from paper', () => expect(read(begun(), 0).paper.state).toBe('none'))
})

test('lists have the newest first, each of its own kind', () => {
  const story = begun().dose(0).mind(5, undefined, { id: 'm1' }).mind(9, undefined, { id: 'm2' }).on(6, 'rating.v1', { scale: 'distress', value: 2 }, { id: 'r1' }).on(8, 'rating.v1', { scale: 'distress', value: 3 }, { id: 'r2' })
    .on(6, 'comfort.v1', { measure: 'blanket' } as never, { id: 'c1' }).on(7, 'comfort.v1', { measure: 'blanket' } as never, { id: 'c2' })
  const now = read(story, 10)
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
  expect([ids(now.mentalStatus), ids(now.ratings), ids(now.comfort)]).toEqual([['m2', 'm1'], ['r2', 'r1'], ['c2', 'c1']])
})

test('the way home: who came, what was assessed, and who signed; a closed session has nobody who stays too long', () => {
  const now = read(atTheDoor(), 122)
  expect([now.escort?.id, now.discharge.assessed?.id, now.discharge.signed.map(({ id }) => id)]).toEqual(['theo', 'assessed', ['signed-1', 'signed-2']])
  const closed = begun().dose(0).on(250, 'session-closed.v1', { how: 'transferred', tolerance: 'too-much', note: '' })
  expect([read(begun().dose(0), 260).discharge.overdue, read(closed, 260).discharge.overdue]).toEqual(['decide-transfer', 'no'])
})

test.each([[-61, false], [-60, true], [30, true], [31, false]])('consent taken back at minute %d: %s', (minute, counts) => {
  const story = begun().dose(0).on(minute, 'consent-withdrawn.v1', { form: 'touch', said: '' }, { id: 'back', session: 'none' }).on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' })
  expect(read(story, 60).consentWithdrawn.map(({ id }) => id)).toEqual(counts ? ['back'] : [])
})

test('on a device whose clock is behind the close, it is as of that clock', () => {
  const closed = begun().dose(0).on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' })
  expect([read(closed, 29).asOf, read(closed, 30).asOf, read(closed, 31).asOf]).toEqual([at(29), at(30), at(30)])
})

test.each(sessionRows.monitoring.schedules.filter((row) => !('infusion' in row)).map((row) => [row.route, row] as const))('the first reading after a dose is due by the row of its way: %s', (route, row) => {
  expect(read(begun(route).whole(-15).whole(-3).dose(0), 1).due?.at).toBe(at(row.fromStartMin.find((minute) => minute > 0)!))
})

test('an overdue reading weighs more where nobody is here to take it', () => {
  const late = begun().whole(-3).dose(0)
  const gone = ['rosa', 'jun'].reduce((story, person) => story.on(1, 'checked-out.v1', { person }), late)
  const level = (story: Told) => read(story, 32).alerts.all.filter(({ row }) => row.watches === 'lateness').map((alert) => alert.level)
  expect(level(gone)).not.toEqual(level(late))
})
