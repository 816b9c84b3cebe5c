import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DosedSession } from './doses.ts'
import { countsFrom, spacingOf } from './spacing.ts'

const zone = 'America/Los_Angeles'
const row = { minHoursBetweenDoses: 48, maxDosesPerSevenDays: 2 }
/** Begun, first and last dosed, as day and hour of March 2026 in UTC. */
const session = (id: string, began: string, first = began, last = first): DosedSession => ({ session: id, part: 'course', startedAt: when(began), firstDoseAt: when(first), lastDoseAt: when(last), facts: [id], doseUg: 40_000, steps: 1, route: 'IM' })
const when = (text: string) => `2026-03-${text}:00:00.000Z`

test.each<[string, DosedSession, string]>([
  ['from its beginning, dosed on its day', session('a', '02T17', '02T18', '02T19'), '02T17'], ['from its last dose the day after by the clock on the wall', session('a', '03T07', '03T07', '03T08'), '03T08'], ['days after it began', session('a', '02T17', '05T17'), '05T17'], ['from its beginning where the dose is dated before', session('a', '05T17', '02T17'), '05T17'], ['at one moment', session('a', '05T17'), '05T17'],
])('a session counts %s', (_, one, from) => expect(countsFrom(one, zone, 'sessions')).toBe(when(from)))

const inDoubt = (one: DosedSession): DosedSession => ({ ...one, doseUg: undefined })
test.each<[string, DosedSession, string]>([
  ['from the first one of its session', session('a', '02T17', '02T18', '02T19'), '02T18'], ['from the later record while two claim it', inDoubt(session('a', '02T17', '02T18', '02T19')), '02T19'], ['in doubt, from the beginning where both are dated before', inDoubt(session('a', '05T17', '02T17', '02T18')), '05T17'],
  ['from the last one where that came the day after', session('a', '03T07', '03T07', '03T08'), '03T08'], ['from the beginning where it is dated before', session('a', '05T17', '02T17'), '05T17'], ['by itself where its session has no beginning', { ...session('a', '02T18'), part: 'unknown' }, '02T18'],
])('a dose counts %s', (_, one, from) => expect(countsFrom(one, zone, 'doses')).toBe(when(from)))

describe('a next dose', () => {
  test.each<[string, readonly DosedSession[], string, [string | undefined, string | undefined, readonly string[], string | undefined]]>([
    ['none before', [], '10T17', [undefined, undefined, [], undefined]],
    ['47 hours after', [session('a', '02T17')], '04T16', ['a', '04T17', ['a'], undefined]], ['48 hours after', [session('a', '02T17')], '04T17', ['a', undefined, ['a'], undefined]],
    ['begun days before it was given', [session('a', '02T17', '06T17')], '07T17', ['a', '08T17', ['a'], undefined]], ['a further dose in an old session', [session('a', '02T17', '02T17', '06T17'), session('b', '04T17')], '07T17', ['a', '08T17', ['b', 'a'], '2026-03-11']],
    ['begun last, and dated before the other', [session('b', '06T17', '01T17'), session('a', '04T17')], '07T17', ['b', '08T17', ['a', 'b'], '2026-03-11']],
    ['the week has room on the seventh day after the first of two', [session('a', '02T17'), session('b', '05T17')], '08T20', ['b', undefined, ['a', 'b'], '2026-03-09']], ['and has it then', [session('a', '02T17'), session('b', '05T17')], '09T08', ['b', undefined, ['b'], undefined]],
    ['of three in the week, the last two decide', [session('a', '02T17'), session('b', '04T17'), session('c', '06T17')], '08T20', ['c', undefined, ['a', 'b', 'c'], '2026-03-11']],
  ])('%s', (_, dosed, now, expected) => {
    const { last, tooSoon, week, full } = spacingOf(dosed, row, when(now), zone, 'sessions')
    expect([last?.session, tooSoon?.from, week.map((one) => one.session), full?.from]).toEqual([expected[0], expected[1] && when(expected[1]), expected[2], expected[3]])
  })

  test.each<[string, DosedSession, string, string | undefined]>([
    ['a session may begin 48 hours after the beginning of the last', session('a', '02T17', '02T18'), '04T17', undefined], ['in an hour more its dose may follow', session('a', '02T17', '02T18'), '04T18', undefined],
    ['47 hours after the last dose', session('a', '02T17', '02T18'), '04T17', '04T18'], ['47 hours after the later of two records', inDoubt(session('a', '02T17', '02T17', '02T19')), '04T18', '04T19'],
    ['48 hours on the clock, 47 in truth: the night the clocks went forward', session('a', '07T18'), '09T17', '09T18'],
  ])('%s', (name, one, now, from) => {
    const apart = name.startsWith('a session') ? 'sessions' : 'doses'
    expect(spacingOf([one], row, when(now), zone, apart).tooSoon?.from).toBe(from && when(from))
  })

  test('never comes sooner than its session may: whoever waits for the dose has waited for the door', () => {
    const hour = fc.integer({ min: 0, max: 24 * 9 }).map((hours) => new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000).toISOString())
    const any = fc.record({ startedAt: hour, first: hour, last: hour, known: fc.boolean() }).map(({ startedAt, first, last, known }): DosedSession => {
      const [firstDoseAt, lastDoseAt] = first < last ? [first, last] : [last, first]
      return { ...session('x', '02T17'), startedAt, firstDoseAt, lastDoseAt, doseUg: known ? 40_000 : undefined }
    })
    fc.assert(fc.property(any, (one) => countsFrom(one, zone, 'doses') >= countsFrom(one, zone, 'sessions')))
  })
})
