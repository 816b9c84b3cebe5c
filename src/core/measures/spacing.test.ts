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
])('a session counts %s', (_, one, from) => expect(countsFrom(one, zone)).toBe(when(from)))

describe('a next dose', () => {
  test.each<[string, readonly DosedSession[], string, [string | undefined, string | undefined, readonly string[], string | undefined]]>([
    ['none before', [], '10T17', [undefined, undefined, [], undefined]],
    ['47 hours after', [session('a', '02T17')], '04T16', ['a', '04T17', ['a'], undefined]], ['48 hours after', [session('a', '02T17')], '04T17', ['a', undefined, ['a'], undefined]],
    ['begun days before it was given', [session('a', '02T17', '06T17')], '07T17', ['a', '08T17', ['a'], undefined]], ['a further dose in an old session', [session('a', '02T17', '02T17', '06T17'), session('b', '04T17')], '07T17', ['a', '08T17', ['b', 'a'], '2026-03-11']],
    ['begun last, and dated before the other', [session('b', '06T17', '01T17'), session('a', '04T17')], '07T17', ['b', '08T17', ['a', 'b'], '2026-03-11']],
    ['the week has room on the seventh day after the first of two', [session('a', '02T17'), session('b', '05T17')], '08T20', ['b', undefined, ['a', 'b'], '2026-03-09']], ['and has it then', [session('a', '02T17'), session('b', '05T17')], '09T08', ['b', undefined, ['b'], undefined]],
    ['of three in the week, the last two decide', [session('a', '02T17'), session('b', '04T17'), session('c', '06T17')], '08T20', ['c', undefined, ['a', 'b', 'c'], '2026-03-11']],
  ])('%s', (_, dosed, now, expected) => {
    const { last, tooSoon, week, full } = spacingOf(dosed, row, when(now), zone)
    expect([last?.session, tooSoon?.from, week.map((one) => one.session), full?.from]).toEqual([expected[0], expected[1] && when(expected[1]), expected[2], expected[3]])
  })
})
