import { describe, expect, test } from 'vitest'
import { readChart } from '../../../core/chart/chart.ts'
import { at, begun, clock, SESSION, zone } from '../../../core/session/fixtures.ts'
import { instant } from '../../../core/shared/time.ts'
import { readSession } from '../../../core/session/session.ts'
import { sessionRows } from '../../../knowledge/session.ts'
import { logOf } from './log.ts'
import { minutesAndSeconds, shortName, wallTime } from './room.ts'
import { sinceWhen } from './sheets/medicines-today.tsx'
import { justNow, momentOf } from './sheets/when.tsx'

const log = (entries: Parameters<typeof readChart>[0], minute: number, me = 'rosa') => {
  const chart = readChart(entries)
  const session = readSession(chart, SESSION, sessionRows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return logOf({ chart, session: session.value, name: (person) => person, kept: () => 'saved', me })
}

describe('the log', () => {
  test('holds this session and no other, newest first, every line with its author', () => {
    const story = begun().whole(-3).dose(0).on(5, 'session-note.v1', { text: 'tears' }, { by: 'jun' }).on(6, 'session-note.v1', { text: 'of another session' }, { session: 'another-session' })
    const lines = log(story.entries, 10)
    expect(lines.map(({ says }) => says)).not.toContain('of another session')
    expect(lines[0]).toMatchObject({ says: 'tears', by: 'jun' })
    expect(lines.map((line) => line.at)).toEqual(lines.map((line) => line.at).toSorted().toReversed())
    expect(lines.every(({ by }) => ['rosa', 'jun', 'dr-osei'].includes(by))).toBe(true)
    expect(lines.filter(({ weight }) => weight === 'mark').map(({ says }) => says)).toEqual(['40 mg IM, step 1, left arm. Confirmed by jun', 'Session 2 begins'])
  })

  test('is the same for both devices, in whatever order the entries arrived', () => {
    const story = begun().whole(-3).dose(0).reading(10).on(10, 'session-note.v1', { text: 'quiet' }).on(10, 'session-note.v1', { text: 'tears' }, { by: 'jun' })
    expect(log(story.entries.toReversed(), 12)).toEqual(log(story.entries, 12))
    expect(log([...story.entries, ...story.entries], 12)).toEqual(log(story.entries, 12))
  })

  test('shows a correction over what it corrects, through several', () => {
    const story = begun().on(5, 'session-note.v1', { text: 'one' }, { id: 'a' }).on(6, 'session-note.v1', { text: 'two' }, { id: 'b', amends: 'a' }).on(7, 'session-note.v1', { text: 'three' }, { id: 'c', amends: 'b', by: 'jun' })
    const [line] = log(story.entries, 10)
    expect(line).toMatchObject({ says: 'three', by: 'jun', struck: [{ says: 'two', by: 'rosa' }, { says: 'one', by: 'rosa' }] })
  })

  test('keeps what came after the close, in its own lane', () => {
    const story = begun().on(30, 'session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, { receivedAt: at(30) }).on(20, 'session-note.v1', { text: 'from a device that was away' }, { by: 'jun', device: 'phone', receivedAt: at(45) }).with((entries) => entries.map((entry) => ({ ...entry, receivedAt: entry.receivedAt ?? entry.at })))
    expect(log(story.entries, 60).filter(({ late }) => late).map(({ says, late }) => [says, late])).toEqual([['from a device that was away', 'arrived-after-close']])
  })

  test('says what was written later than it happened, and lets only the author take a line back', () => {
    const story = begun().on(5, 'session-note.v1', { text: 'then' }, { writtenAt: at(9) }).on(6, 'session-note.v1', { text: 'now' }).dose(7)
    const lines = log(story.entries, 10)
    const line = (says: string) => lines.find((one) => one.says.startsWith(says))
    expect([line('then')?.transcribed, line('now')?.transcribed]).toEqual([true, false])
    expect([line('now')?.mayCorrect, line('40 mg')?.mayCorrect]).toEqual([true, false])
    expect(log(story.entries, 10, 'jun').some(({ mayCorrect }) => mayCorrect)).toBe(false)
  })
})

describe('when it happened', () => {
  const now = at(0) // ten in the morning
  const rows: [string, Parameters<typeof momentOf>[0], string | undefined][] = [
    ['now', justNow, at(0)], ['five minutes ago', { choice: '5', clock: null }, at(-5)], ['no time typed yet', { choice: 'other', clock: null }, undefined],
    ['nine in the morning', { choice: 'other', clock: '09:00' }, at(-60)], ['this minute', { choice: 'other', clock: '10:00' }, at(0)], ['a time that lies ahead was yesterday’s', { choice: 'other', clock: '10:01' }, at(-1_439)],
  ]
  test.each(rows)('%s', (_, when, expected) => { expect(momentOf(when, now, zone)).toBe(expected) })
})

test('times and names as they are said', () => {
  expect(wallTime(at(0), zone)).toBe('10:00')
  expect([0, 59_999, 60_000, -130_000, 7_200_000].map(minutesAndSeconds)).toEqual(['0:00', '0:59', '1:00', '2:10', '120:00'])
  expect([shortName('Mara Keller'), shortName('Mara'), shortName(' Anna Maria von Habsburg ')]).toEqual(['Mara K.', 'Mara', 'Anna H.'])
})

describe('from when a medicine is asked about', () => {
  const now = instant(Date.parse('2026-11-21T18:00:00Z'))
  test.each<[string, string]>([
    ['2026-11-21T08:00:00Z', 'today'], ['2026-11-20T08:00:00Z', 'yesterday or today'], ['2026-11-21T17:00:00Z', 'since 09:00 today'], ['2026-11-20T18:00:00Z', 'since 10:00 yesterday'],
    ['2026-11-18T18:00:00Z', 'since 10:00 on November 18, 2026'], ['2026-11-18T08:00:00Z', 'since November 18, 2026'], ['2026-11-20T08:00:01Z', 'since 00:00 yesterday'],
  ])('%s: %s', (since, says) => expect(sinceWhen(instant(Date.parse(since)), { now, zone: 'America/Los_Angeles' })).toBe(says))
})
