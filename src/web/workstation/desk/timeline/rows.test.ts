import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { sayClock } from '../../../../core/shared/local-day.ts'
import { clockTime } from '../../times.ts'
import type { CalendarNow, CalendarVisit } from '../calendar-layout.ts'
import { axisOf } from './axis.ts'
import { lightsOf, stepped, verdictOf, verdictWords, type Days, type Place } from './carry.ts'
import { rowsOf, hoursOf, widened, type Row, type Staff } from './rows.ts'

const ZONE = 'America/Los_Angeles'
const [JONAS, HELEN, CEDAR, FERN] = ['jonas', 'helen', 'cedar', 'fern'] as const
const planning = { location: '', capacity: 1, turnoverMin: 0, featuresUntil: {} }
const visit = (id: string, from: string, to: string, more: Partial<CalendarVisit> = {}): CalendarVisit => ({
  visit: id, type: 'medicine', number: 3, startsAt: `2026-11-24T${from}:00.000Z`, endsAt: `2026-11-24T${to}:00.000Z`, localStart: '2026-11-24T09:00', zone: ZONE, online: false,
  people: [{ person: JONAS, name: 'Jonas', role: 'therapist' }, { person: HELEN, name: 'Helen', role: 'prescriber on call' }], room: { id: CEDAR, name: 'Cedar' }, patients: [], takes: [], ...more,
})
const calendar = (...visits: CalendarVisit[]): CalendarNow => ({
  visits, elsewhere: [], waiting: [], closings: [], zone: ZONE, rooms: [CEDAR, FERN].map((id) => ({ id, name: id === CEDAR ? 'Cedar' : 'Fern', features: [], dosing: true, planning })),
  people: [{ person: JONAS, name: 'Jonas', roles: ['therapist'] }, { person: HELEN, name: 'Helen', roles: ['prescriber'] }],
})
const staff = [{ person: JONAS, weekly: [{ weekday: 2, from: '09:00', to: '17:00' }], exceptions: [] }] as unknown as Staff
const axis = axisOf(ZONE, ['2026-11-24'], { fromHour: 8, toHour: 18 }, 60)
const rowOf = (id: string, ...visits: CalendarVisit[]): Row => rowsOf(calendar(...visits), staff, axis).rows.find((row) => row.id === id)!

describe('what stands in a row', () => {
  const dose = visit('a', '17:00', '20:00', { takes: [{ id: CEDAR, startsAt: '2026-11-24T17:00:00.000Z', endsAt: '2026-11-24T20:30:00.000Z' }, { id: JONAS, startsAt: '2026-11-24T16:45:00.000Z', endsAt: '2026-11-24T20:00:00.000Z' }] })
  it.each([
    ['the room, kept until it is ready again', CEDAR, [[60, 180, 0, 30]]],
    ['the therapist, with what is kept free before', JONAS, [[60, 180, 15, 0]]],
    ['the prescriber on call: no bar', HELEN, []],
    ['another room: nothing', FERN, []],
  ])('%s', (_, id, expected) => expect(rowOf(id, dose).bars.map(({ x, width, before, after }) => [x, width, before, after])).toEqual(expected))

  it('being on call is a span, and says for how many rooms', () => {
    expect(rowOf(HELEN, dose, visit('b', '18:00', '21:00', { room: { id: FERN, name: 'Fern' }, people: dose.people })).calls).toEqual([{ x: 60, width: 60, rooms: 1 }, { x: 120, width: 120, rooms: 2 }, { x: 240, width: 60, rooms: 1 }])
  })
  it('hours nobody entered are never hours of work', () => {
    expect(rowOf(JONAS).shades.map(({ x, width }) => [x, Math.round(width)])).toEqual([[0, 60], [540, 60]])
    expect(rowOf(HELEN).shades.map(({ x, width }) => [x, Math.round(width)])).toEqual([[0, 600]])
    const busy = { ...calendar(), elsewhere: [{ person: JONAS, startsAt: '2026-11-24T20:00:00.000Z', endsAt: '2026-11-24T21:00:00.000Z' }, { person: HELEN, startsAt: '2026-11-24T18:00:00.000Z', endsAt: '2026-11-24T19:00:00.000Z' }] }
    const [jonas] = rowsOf(busy, staff, axis).rows
    expect(jonas!.shades.map(({ x, width }) => [x, Math.round(width)]), 'busy elsewhere is not there either').toEqual([[0, 60], [240, 60], [540, 60]])
  })
  it('the hours drawn hold whatever is booked and kept free', () => {
    expect(hoursOf(calendar(visit('a', '15:00', '16:00'), visit('b', '23:00', '23:30', { takes: [{ id: CEDAR, startsAt: '2026-11-24T23:00:00.000Z', endsAt: '2026-11-25T03:10:00.000Z' }] })), axis.wall)).toEqual({ fromHour: 7, toHour: 20 })
  })
})

test('no two bars of a row overlap in one lane, none leaves the canvas, and rows do not touch', () => {
  const some = fc.array(fc.record({ at: fc.integer({ min: -120, max: 900 }), min: fc.integer({ min: 15, max: 240 }), kept: fc.integer({ min: 0, max: 45 }) }), { maxLength: 14 })
  fc.assert(fc.property(some, (spans) => {
    const moment = (minute: number) => new Date(Date.parse('2026-11-24T16:00:00.000Z') + minute * 60_000).toISOString()
    const visits = spans.map(({ at, min, kept }, i) => visit(`v${i}`, '00:00', '00:00', { startsAt: moment(at), endsAt: moment(at + min), takes: [{ id: CEDAR, startsAt: moment(at), endsAt: moment(at + min + kept) }] }))
    const { rows, height } = rowsOf(calendar(...visits), staff, axis)
    const { bars } = rows.find(({ id }) => id === CEDAR)!
    for (const [i, one] of bars.entries()) {
      expect(one.x >= 0 && one.x + one.width + one.after <= axis.width + 0.01).toBe(true)
      for (const other of bars.slice(i + 1)) if (one.lane === other.lane) expect(one.x + one.width + one.after <= other.x - other.before + 0.02 || other.x + other.width + other.after <= one.x - one.before + 0.02).toBe(true)
    }
    for (const [i, row] of rows.entries()) expect(row.y + row.height).toBe(rows[i + 1]?.y ?? height)
  }), { numRuns: 60 })
})

test('wider hours stretch what stands there, as if it were placed anew', () => {
  const all = calendar(visit('a', '17:00', '20:00', { takes: [{ id: CEDAR, startsAt: '2026-11-24T16:40:00.000Z', endsAt: '2026-11-24T20:30:00.000Z' }] }), visit('b', '18:00', '21:00'))
  for (const times of [0.4, 1, 1.5, 6]) {
    const stretched = widened(rowsOf(all, staff, axis).rows, times)
    const anew = rowsOf(all, staff, axisOf(ZONE, ['2026-11-24'], { fromHour: 8, toHour: 18 }, 60 * times)).rows
    const round = (rows: readonly Row[]) => JSON.parse(JSON.stringify(rows, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value))) as unknown
    expect(round(stretched), `${times}`).toEqual(round(anew))
  }
})

describe('whether it fits where it is held', () => {
  const place = (clock: string, room: typeof CEDAR | typeof FERN, alone = true): Place => ({ localStart: `2026-11-24T${clock}`, startsAt: '', endsAt: '', room: { id: room, name: room === CEDAR ? 'Cedar' : 'Fern' }, people: [{ person: JONAS, name: 'Jonas', role: 'therapist' }], alone })
  const days: Days = new Map([['2026-11-24', { day: '2026-11-24', free: [place('09:00', CEDAR), place('09:15', CEDAR), place('09:15', FERN), place('09:30', CEDAR, false)], refused: [{ from: '00:00', to: '08:45', says: ['Jonas works 9:00 AM to 5:00 PM.'] }] }]])
  const [cedar, fern, jonas, helen] = [CEDAR, FERN, JONAS, HELEN].map((id) => rowOf(id, visit('a', '17:00', '20:00'))) as [Row, Row, Row, Row]
  const words = (minute: number, row: Row, day = '2026-11-24') => verdictWords(verdictOf(days, { day, minute, row: row.id }, row, CEDAR))
  it.each([
    ['a place', 540, cedar, 'Fits. Nothing else changes.'],
    ['a place that others change for', 570, cedar, 'Fits, if other visits of the course change with it.'],
    ['another room that is free', 555, fern, 'Fits. Nothing else changes.'],
    ['another room that is not', 540, fern, 'Does not fit. Fern cannot take it then; Cedar can.'],
    ['the row of somebody who would be there', 540, jonas, 'Fits. Nothing else changes.'],
    ['the row of somebody who would not', 540, helen, 'Does not fit. Helen would not be at it; then it is Jonas.'],
    ['an hour with its reason', 480, cedar, 'Does not fit. Jonas works 9:00 AM to 5:00 PM.'],
  ])('%s', (_, minute, row, expected) => expect(words(minute, row)).toBe(expected))
  it('a day that was not answered is never a yes', () => expect(words(540, cedar, '2026-11-25')).toBe('Asking whether it fits …'))
  it('the lit starts follow each other, and those that others change for are told apart', () => {
    expect(lightsOf(days, axis, cedar)).toEqual([{ x: 60, width: 30, alone: true }, { x: 90, width: 15, alone: false }])
    expect(lightsOf(days, axis, fern)).toEqual([{ x: 75, width: 15, alone: true }])
    expect(lightsOf(days, axis, helen)).toEqual([])
  })
})

describe('by key', () => {
  const two = axisOf(ZONE, ['2026-03-07', '2026-03-08'], { fromHour: 0, toHour: 24 }, 60)
  const rows = rowsOf(calendar(), staff, two).rows
  it.each([
    ['a quarter of an hour on', ['2026-03-07', 540], 'ArrowRight', false, ['2026-03-07', 555]],
    ['over midnight', ['2026-03-07', 1_425], 'ArrowRight', false, ['2026-03-08', 0]],
    ['and back', ['2026-03-08', 0], 'ArrowLeft', false, ['2026-03-07', 1_425]],
    ['over the hour that is left out', ['2026-03-08', 105], 'ArrowRight', false, ['2026-03-08', 180]],
    ['a day', ['2026-03-07', 540], 'ArrowRight', true, ['2026-03-08', 540]],
    ['no further than what is drawn', ['2026-03-08', 1_425], 'ArrowRight', false, ['2026-03-08', 1_425]],
  ] as const)('%s', (_, [day, minute], key, wide, expected) => {
    const next = stepped({ day, minute, row: JONAS }, key, wide, two, rows)
    expect([next.day, next.minute]).toEqual(expected)
  })
  it('up and down the rows, and no further', () => {
    expect(stepped({ day: '2026-03-07', minute: 540, row: JONAS }, 'ArrowDown', false, two, rows).row).toBe(HELEN)
    expect(stepped({ day: '2026-03-07', minute: 540, row: FERN }, 'ArrowDown', false, two, rows).row).toBe(FERN)
  })
})

test('a sentence of the planner and a screen say every minute of a day alike', () => {
  for (let minute = 0; minute < 24 * 60; minute += 1) expect(sayClock(minute)).toBe(clockTime(new Date(minute * 60_000).toISOString(), 'UTC'))
})
