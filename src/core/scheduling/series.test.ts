import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { therapyRows } from '../../knowledge/therapy.ts'
import { timeOffRows } from '../../knowledge/time-off.ts'
import type { SeriesRule } from '../chart/kinds/series-rule.ts'
import { violations } from './check.ts'
import { ana, ben, hours, roomOne, roomTwo } from './fixtures.ts'
import type { FixedVisit, PersonCalendar } from './request.ts'
import { asPlan, daysOfSeries, plannedTo, planSeries, type Occurrence, type SeriesRequest } from './series.ts'
import { dayNumber, dayOfNumber, wallOf, weekdayOf } from './zone.ts'

const zone = 'America/Los_Angeles'
const therapist = { person: 'ana', name: 'Ana Solano' }
/** Every week on a Tuesday at two, for a month. */
const tuesdays: SeriesRule = { everyWeeks: 1, weekday: 2, at: '14:00', lengthMin: 50, zone, therapist, online: false, roomFeatures: [], from: '2026-03-02', visits: 4, pauses: [] }
const request: SeriesRequest = { zone, earliest: '2026-02-20', people: [ana, ben], rooms: [roomOne, roomTwo], closed: [], fixed: [], stepMin: 30, rows: therapyRows, timeOff: timeOffRows }
const days = (rule: SeriesRule) => daysOfSeries(rule, plannedTo(rule, '2026-02-20', therapyRows), therapyRows.mostVisits)
const plan = (changes: Partial<SeriesRequest> = {}, rule: Partial<SeriesRule> = {}) => planSeries({ ...request, ...changes }, { ...tuesdays, ...rule }, days({ ...tuesdays, ...rule }))
const said = (all: readonly Occurrence[]) => all.map(({ day, placed, reasons }) => `${day} ${placed ? placed.room?.name ?? 'online' : reasons.map(({ says }) => says).join(' ')}`)
const dose: FixedVisit = { visit: 'm1', type: 'medicine', number: 1, startsAt: '2026-03-10T16:00:00.000Z', endsAt: '2026-03-10T19:00:00.000Z', state: 'booked' }

describe('which days a series has', () => {
  test.each<[string, Partial<SeriesRule>, readonly string[]]>([
    ['four visits', {}, ['2026-03-03', '2026-03-10', '2026-03-17', '2026-03-24']],
    ['every second week', { everyWeeks: 2, visits: 3 }, ['2026-03-03', '2026-03-17', '2026-03-31']],
    ['from its own weekday on', { from: '2026-03-03', visits: 1 }, ['2026-03-03']],
    ['from the day after it', { from: '2026-03-04', visits: 1 }, ['2026-03-10']],
    ['until a day, which belongs to it', { visits: undefined, until: '2026-03-17' }, ['2026-03-03', '2026-03-10', '2026-03-17']],
    ['until the day before', { visits: undefined, until: '2026-03-16' }, ['2026-03-03', '2026-03-10']],
    ['a pause is no visit, and takes none away', { pauses: [{ from: '2026-03-10', to: '2026-03-17' }] }, ['2026-03-03', '2026-03-24', '2026-03-31', '2026-04-07']],
    ['ended before it began', { visits: undefined, until: '2026-03-01' }, []],
  ])('%s', (_, rule, expected) => expect(days({ ...tuesdays, ...rule })).toEqual(expected))

  test('without an end it is booked as far ahead as the row says, and no further', () => {
    const open = { ...tuesdays, visits: undefined }
    expect(plannedTo(open, '2026-02-20', therapyRows)).toBe(dayOfNumber(dayNumber('2026-03-02') + 7 * therapyRows.aheadWeeks))
    expect(days(open)).toHaveLength(therapyRows.aheadWeeks)
  })

  test('never more than the row allows', () => expect(daysOfSeries({ ...tuesdays, visits: undefined, until: '2031-01-01' }, '2031-01-01', therapyRows.mostVisits)).toHaveLength(therapyRows.mostVisits))
})

describe('each hour is placed, or says why not', () => {
  const busy = (startsAt: string, endsAt: string) => [{ startsAt, endsAt }]
  const changed = (more: Partial<PersonCalendar>) => ({ people: [{ ...ana, ...more }, ben] })
  test.each<[string, Partial<SeriesRequest>, Partial<SeriesRule>, readonly string[]]>([
    ['all of them, in the plainest room', {}, { visits: 2 }, ['2026-03-03 Room 2', '2026-03-10 Room 2']],
    ['online', {}, { visits: 1, online: true }, ['2026-03-03 online']],
    ['in a room of a kind', {}, { visits: 1, roomFeatures: ['recliner'] }, ['2026-03-03 Room 1']],
    ['nobody has such a room', {}, { visits: 1, roomFeatures: ['piano'] }, ['2026-03-03 No room here has a piano.']],
    ['one room for all, where it is free', { rooms: [roomOne, { ...roomTwo, busy: busy('2026-03-03T21:00:00.000Z', '2026-03-03T23:00:00.000Z') }] }, { visits: 3 }, ['2026-03-03 Room 1', '2026-03-10 Room 2', '2026-03-17 Room 2']],
    ['the practice is closed', { closed: [{ from: '2026-03-10', to: '2026-03-10', why: 'Founders’ day' }] }, { visits: 2 }, ['2026-03-03 Room 2', '2026-03-10 The practice is closed on Tue, Mar 10 (Founders’ day).']],
    ['leave', changed({ away: [{ from: '2026-03-09', to: '2026-03-13', why: 'leave' }] }), { visits: 2 }, ['2026-03-03 Room 2', '2026-03-10 Ana Solano is away on Tue, Mar 10 (leave).']],
    ['outside their hours', {}, { visits: 1, at: '16:30' }, ['2026-03-03 Ana Solano works 9:00 AM to 5:00 PM on Tue, Mar 3.']],
    ['somebody else has the hour', changed({ busy: busy('2026-03-10T21:30:00.000Z', '2026-03-10T22:30:00.000Z') }), { visits: 2 }, ['2026-03-03 Room 2', '2026-03-10 Ana Solano is not free from 2:00 PM to 2:50 PM on Tue, Mar 10.']],
    ['what they keep free after it', changed({ buffers: [{ type: 'therapy', beforeMin: 0, afterMin: 20 }], busy: busy('2026-03-03T23:00:00.000Z', '2026-03-04T00:00:00.000Z') }), { visits: 1 }, ['2026-03-03 Ana Solano is not free from 2:00 PM to 2:50 PM on Tue, Mar 3.']],
    ['no licence where the patient sits', { sitsIn: 'OR', ...changed({ licensedIn: [{ state: 'CA' }] }) }, { visits: 1, online: true }, ['2026-03-03 Therapy needs somebody who are licensed in OR, where the patient sits; that is not entered of Ana Solano.']],
    ['a licence that ends', { sitsIn: 'OR', ...changed({ licensedIn: [{ state: 'OR', until: '2026-03-05' }] }) }, { visits: 2, online: true }, ['2026-03-03 online', '2026-03-10 Ana Solano has no 50 minutes free on Tue, Mar 10.']],
    ['both rooms are taken', { rooms: [{ ...roomTwo, busy: busy('2026-03-10T21:00:00.000Z', '2026-03-10T23:00:00.000Z') }] }, { visits: 2 }, ['2026-03-03 Room 2', '2026-03-10 Room 2 is not free from 2:00 PM to 2:50 PM on Tue, Mar 10.']],
    ['the patient has another visit then', { fixed: [{ ...dose, startsAt: '2026-03-10T20:00:00.000Z', endsAt: '2026-03-10T23:00:00.000Z' }] }, { visits: 2 }, ['2026-03-03 Room 2', '2026-03-10 Medicine session stands on Tue, Mar 10, 1:00 PM to 4:00 PM.']],
    ['another hour of therapy that stands, with whatever number', { fixed: [{ ...dose, type: 'therapy', startsAt: '2026-03-10T21:30:00.000Z', endsAt: '2026-03-10T22:20:00.000Z' }] }, { visits: 2 }, ['2026-03-03 Room 2', '2026-03-10 Therapy stands on Tue, Mar 10, 2:30 PM to 3:20 PM; it would have to give way.']],
    ['a day that has begun', { earliest: '2026-03-04' }, { visits: 2 }, ['2026-03-03 Planning begins on Wed, Mar 4.', '2026-03-10 Room 2']],
  ])('%s', (_, changes, rule, expected) => {
    if (expected.some((line) => line.includes('licensed in') || line.includes('has no 50 minutes'))) expect(plan(changes, rule).map(({ placed }) => placed !== undefined)).toEqual(expected.map((line) => !line.includes('licensed') && !line.includes('has no')))
    else expect(said(plan(changes, rule))).toEqual(expected)
  })

  test('an hour on the day of a dose, and on the day after, stands with a note and the row it comes from', () => {
    const notes = (startsAt: string, endsAt: string) => plan({ fixed: [{ ...dose, startsAt, endsAt }] }, { visits: 2 })[1]!
    expect(notes('2026-03-10T16:00:00.000Z', '2026-03-10T19:00:00.000Z')).toMatchObject({ placed: { localStart: '2026-03-10T14:00' }, notes: [{ code: 'dosing-day', says: 'Medicine session the same day, at 9:00 AM.' }] })
    expect(notes('2026-03-09T18:00:00.000Z', '2026-03-09T22:00:00.000Z')).toMatchObject({ placed: { localStart: '2026-03-10T14:00' }, notes: [{ code: 'after-dose', facts: { row: timeOffRows.noDriving.id, cites: 'S11, S49' } }] })
    expect(notes('2026-03-06T17:00:00.000Z', '2026-03-06T20:00:00.000Z').notes).toEqual([])
  })

  test('where it is not free, the nearest times of that week are said, and each of them is free and lawful', () => {
    const away = plan({ people: [{ ...ana, busy: [{ startsAt: '2026-03-10T16:00:00.000Z', endsAt: '2026-03-11T00:30:00.000Z' }] }, ben] }, { visits: 2 })[1]!
    expect(away.placed).toBeUndefined()
    expect(away.nearest.map(({ localStart }) => localStart)).toEqual(['2026-03-09T14:00', '2026-03-11T14:00', '2026-03-12T14:00', '2026-03-13T14:00'])
    for (const one of away.nearest) expect(violations({ visits: [one] }, asPlan(request, tuesdays, '2026-04-01'))).toEqual([])
  })

  test('nothing is offered outside that week, nor on a day that has begun', () => {
    const gone = plan({ people: [{ ...ana, away: [{ from: '2026-03-02', to: '2026-03-08' }] }, ben] }, { visits: 1 })[0]!
    expect(gone).toMatchObject({ nearest: [] })
    expect(plan({ earliest: '2026-03-05' }, { visits: 1 })[0]!.nearest.every(({ day }) => day >= '2026-03-05' && day <= '2026-03-08')).toBe(true)
  })
})

/** The changes of the clocks of each zone in the winter and the spring that are looked at; where none is, an ordinary day. */
const zones = ['America/Los_Angeles', 'America/Denver', 'America/New_York', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin', 'Africa/Cairo', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Sydney', 'Australia/Lord_Howe', 'Pacific/Auckland'] as const
const turnsOf = (where: string): readonly number[] => {
  const wall = wallOf(where)
  const from = dayNumber('2026-09-01')
  const turns = Array.from({ length: 280 }, (_, i) => from + i).filter((day) => wall.edge(day + 1, 0) - wall.edge(day, 0) !== 86_400_000)
  return turns.length > 0 ? turns : [dayNumber('2026-11-01')]
}

describe('across the clocks', () => {
  const always: PersonCalendar = { ...ana, hours: hours('00:00', '24:00', [1, 2, 3, 4, 5, 6, 7]) }
  const cases = zones.flatMap((where) => turnsOf(where).flatMap((turn) => [-2, -1, 0, 1, 2].map((by) => [where, dayOfNumber(turn + by)] as const)))

  test('the hour on the wall stays, in twelve zones around every change, and no two of a series overlap', () => {
    expect(cases.length).toBeGreaterThan(60)
    fc.assert(fc.property(fc.constantFrom(...cases), fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(...therapyRows.lengthsMin), ([where, day], quarter, everyWeeks, lengthMin) => {
      const at = `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
      const from = dayOfNumber(dayNumber(day) - 7 * everyWeeks)
      const rule: SeriesRule = { ...tuesdays, zone: where, at, everyWeeks, lengthMin, weekday: weekdayOf(dayNumber(day)), from, visits: 4, online: true }
      const found = planSeries({ ...request, zone: where, earliest: from, people: [always], rooms: [] }, rule, daysOfSeries(rule, '2028-01-01', therapyRows.mostVisits))
      const wall = wallOf(where)
      expect(found).toHaveLength(4)
      expect(found.map(({ day: on }) => dayNumber(on) - dayNumber(from))).toEqual([0, 1, 2, 3].map((n) => 7 * everyWeeks * n))
      for (const { placed, day: on, localStart, reasons } of found) {
        // Not placed is only what no wall shows, or what would end on another day than it begins.
        if (!placed) {
          const exists = wall.at(dayNumber(on), quarter * 15) !== undefined
          expect(!exists || quarter * 15 + lengthMin > 1_380 || reasons.length > 0, `${where} ${localStart}`).toBe(true)
          if (!exists) expect(reasons.map(({ code }) => code)).toEqual(['no-such-time'])
          continue
        }
        expect(placed.localStart).toBe(localStart)
        expect([dayOfNumber(wall.dayNo(Date.parse(placed.startsAt))), wall.minute(Date.parse(placed.startsAt))]).toEqual([on, quarter * 15])
        expect(Date.parse(placed.endsAt) - Date.parse(placed.startsAt)).toBe(lengthMin * 60_000)
      }
      const inTurn = found.flatMap(({ placed }) => placed ?? [])
      for (const [i, one] of inTurn.entries()) if (i > 0) expect(one.startsAt >= inTurn[i - 1]!.endsAt).toBe(true)
    }), { numRuns: 150, seed: 20_261_123 })
  })

  test('a time that the clocks jump over is asked about, and one that comes twice is said to be the first', () => {
    const early = { ...request, people: [always], earliest: '2026-01-01' }
    const spring = planSeries(early, { ...tuesdays, weekday: 7, at: '02:30', from: '2027-03-07', visits: 2, online: true }, ['2027-03-07', '2027-03-14'])
    expect(spring.map(({ placed, reasons }) => placed?.localStart ?? reasons[0]!.says)).toEqual(['2027-03-07T02:30', 'The clocks jump over 2:30 AM on Sun, Mar 14.'])
    const autumn = planSeries(early, { ...tuesdays, weekday: 7, at: '01:30', from: '2026-11-01', visits: 1, online: true }, ['2026-11-01'])
    expect(autumn[0]).toMatchObject({ placed: { startsAt: '2026-11-01T08:30:00.000Z' }, notes: [{ code: 'comes-twice' }] })
  })

  test('the same question has the same answer', () => expect(plan()).toEqual(plan()))
})
