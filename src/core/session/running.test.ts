import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../shared/time.ts'
import { mostUrgentFirst, type Running } from './running.ts'

const NOW = '2026-11-21T18:00:00.000Z'
const minutes = (many: number) => instant(Date.parse(NOW) + many * 60_000)
const room = (name: string, more: Partial<Running> = {}): Running => ({ chart: `chart of ${name}`, session: `session of ${name}`, name, alert: null, dueAt: minutes(10), firstDoseAt: minutes(-20), people: 2, with: [], phase: null, heardAt: NOW, ...more })
const alert = (level: 'yellow' | 'orange' | 'red', answered: boolean, at = -1) => ({ alert: { level, says: 'Systolic pressure', at: minutes(at), answered } })

/** Most urgent first, each worse than the one below it. */
const ladder: readonly Running[] = [
  room('an emergency that nobody has answered', alert('red', false)), room('a call that nobody has answered', alert('orange', false)),
  room('late by eight minutes', { dueAt: minutes(-8) }), room('late by one minute', { dueAt: minutes(-1) }), room('due this very moment', { dueAt: NOW }),
  room('a caution that nobody has answered', alert('yellow', false)),
  room('an emergency that somebody is on', alert('red', true)), room('a call that somebody is on', alert('orange', true)), room('a caution that somebody is on', alert('yellow', true)),
  room('due in two minutes', { dueAt: minutes(2) }), room('due in ten minutes'), room('before the dose', { dueAt: null, firstDoseAt: null }),
]

test('the most urgent comes first, whatever the order they are told in', () => {
  fc.assert(fc.property(fc.shuffledSubarray([...ladder], { minLength: ladder.length }), (told) => { expect(mostUrgentFirst(told, NOW).map(({ name }) => name)).toEqual(ladder.map(({ name }) => name)) }))
})

test.each([
  ['of two calls the one that has waited longer', [room('called later', { ...alert('orange', false, -1), dueAt: minutes(3) }), room('called sooner', alert('orange', false, -5))], 'called sooner'],
  ['of two cautions as well, whichever reading is due first', [room('cautioned later', { ...alert('yellow', false, -1), dueAt: minutes(3) }), room('cautioned sooner', alert('yellow', false, -5))], 'cautioned sooner'],
  ['of two that somebody is on as well', [room('later', { ...alert('orange', true, -1), dueAt: minutes(3) }), room('sooner', alert('orange', true, -5))], 'sooner'],
  ['of two late readings the later one, whatever alert somebody is on', [room('less late', { ...alert('red', true, -9), dueAt: minutes(-2) }), room('more late', { ...alert('orange', true, -1), dueAt: minutes(-3) })], 'more late'],
  ['an alert of a room whose reading is late as well', [room('late', { dueAt: minutes(-30) }), room('both', { ...alert('orange', false), dueAt: minutes(-1) })], 'both'],
  ['a late reading before a caution', [room('caution', alert('yellow', false)), room('late', { dueAt: minutes(-1) })], 'late'],
  ['of two alike the one whose name comes first', [room('Mara K.'), room('Ida N.')], 'Ida N.'],
] as const)('%s', (_, told, first) => expect(mostUrgentFirst(told, NOW)[0]!.name).toBe(first))

test('two of one name never change places while nothing happens', () => {
  const two = [room('Mara K.', { session: 'b' }), room('Mara K.', { session: 'a' })]
  expect([two, two.toReversed()].map((told) => mostUrgentFirst(told, NOW).map(({ session }) => session))).toEqual([['a', 'b'], ['a', 'b']])
})
