import { describe, expect, test } from 'vitest'
import { afterwardsRows as rows } from '../../knowledge/afterwards.ts'
import { readChart } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import { askedAfter, cardOn, rungOpen, sayAfterwards } from './ladder.ts'

const CLOSED = '2026-11-02T20:00:00.000Z'
const dayOf = (at: string) => at.slice(0, 10)
const entry = (id: string, kind: string, at: string, body: object, session?: string) => ({ id, kind, at, writtenAt: at, device: 'd', by: 'p', seq: 1, body, ...(session ? { session } : {}) }) as unknown as Entry
const held = (id: string, at = CLOSED, how = 'discharged') => [entry(id, 'session-started.v1', at, { number: 1, route: 'IM', people: [] }), entry(`${id} closed`, 'session-closed.v1', at, { how }, id)]
const said = (session: string, at: string, body: object = {}) => entry(`said ${at}`, 'afterwards.v1', at, { session, did: [], words: '', ...body })
const asked = (entries: readonly Entry[], now: string) => askedAfter(readChart(entries), rows, now, dayOf)

describe('the ladder', () => {
  test.each([
    ['2026-11-03T19:59:59.999Z', undefined], ['2026-11-03T20:00:00.000Z', '24h'], ['2026-11-05T19:59:00.000Z', '24h'], ['2026-11-05T20:00:00.000Z', '72h'],
    ['2026-11-09T20:00:00.000Z', '1w'], ['2026-11-16T20:00:00.000Z', '2w'], ['2026-12-02T20:00:00.000Z', '1m'], ['2027-02-01T20:00:00.000Z', '3m'],
    ['2027-02-15T19:59:00.000Z', '3m'], ['2027-02-15T20:00:00.000Z', undefined],
  ])('at %s: %s', (now, rung) => expect(rungOpen(rows, { closedAt: CLOSED }, now)?.rung).toBe(rung))
  test('its rungs come one after the other', () => {
    const days = rows.ladder.map(({ afterDays }) => afterDays)
    expect(days).toEqual([...new Set(days)].toSorted((a, b) => a - b))
  })
})

describe('the card', () => {
  test('water on the day and the day after, and no walk on the day itself', () => {
    const on = (day: number) => cardOn(rows, day).map(({ line }) => line)
    expect([on(0), on(1), on(3), on(15)]).toEqual([['rest', 'water', 'meditation', 'journal'], ['rest', 'water', 'walk', 'meditation', 'journal'], ['walk', 'meditation', 'journal'], []])
  })
})

describe('what is asked now', () => {
  test('nothing before a session, and nothing about one in which nothing was given', () => {
    expect(asked([], CLOSED)).toBeUndefined()
    expect(asked(held('one', CLOSED, 'not-dosed'), '2026-11-04T20:00:00.000Z')).toBeUndefined()
  })
  test('closed as one without a dose, and a dose stands on it that came late: asked after like any other', () => {
    const late = entry('dose', 'dose-given.v1', CLOSED, { step: 1, doseUg: 50_000 }, 'one')
    expect(asked([...held('one', CLOSED, 'not-dosed'), late], '2026-11-04T20:00:00.000Z')).toMatchObject({ session: { id: 'one' }, rung: { rung: '24h' } })
    expect(asked([...held('one', CLOSED, 'not-dosed'), { ...late, session: 'another' }], '2026-11-04T20:00:00.000Z')).toBeUndefined()
  })
  test('an answered rung is asked no more, one of the card alone does not answer it', () => {
    const now = '2026-11-03T21:00:00.000Z'
    expect(asked([...held('one'), said('one', now)], now)).toMatchObject({ rung: { rung: '24h' }, saidToday: true })
    expect(asked([...held('one'), said('one', now, { rung: '24h', how: 'good' })], now)?.rung).toBeUndefined()
  })
  test('a later session begins it anew', () => {
    const later = '2026-11-09T20:00:00.000Z'
    expect(asked([...held('one'), ...held('two', later)], '2026-11-09T21:00:00.000Z')).toMatchObject({ session: { id: 'two' }, day: 0, rung: undefined, saidToday: false })
  })
})

test('an answer in a line of the chart', () => {
  expect(sayAfterwards({ session: 's', rung: '72h', how: 'hard', did: ['walk', 'rest'], words: 'Tired.' }, rows)).toBe('Three days after. hard. rest, a walk. “Tired.”')
})
