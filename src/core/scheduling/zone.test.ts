import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { ana, hours, mia, requestFor, roomOne, rosa } from './fixtures.ts'
import { planCourse } from './plan.ts'
import type { FixedVisit } from './request.ts'
import { dayNumber, dayOfNumber, instantOf, isZone, showDay, wallOf, weekdayOf } from './zone.ts'

const request = requestFor(protocols['solo-six'])

describe('the hour on the wall and the moment in UTC', () => {
  test.each([
    // zone                  wall                 moment
    ['America/Los_Angeles', '2026-10-31T09:00', '2026-10-31T16:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-01T00:30', '2026-11-01T07:30:00.000Z'],
    ['America/Los_Angeles', '2026-11-01T01:30', '2026-11-01T08:30:00.000Z'], // comes twice: the first time is meant
    ['America/Los_Angeles', '2026-11-01T02:00', '2026-11-01T10:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-01T09:00', '2026-11-01T17:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-02T09:00', '2026-11-02T17:00:00.000Z'],
    ['America/Los_Angeles', '2027-03-13T09:00', '2027-03-13T17:00:00.000Z'],
    ['America/Los_Angeles', '2027-03-14T01:59', '2027-03-14T09:59:00.000Z'],
    ['America/Los_Angeles', '2027-03-14T02:30', undefined], // the clocks jump over it
    ['America/Los_Angeles', '2027-03-14T03:00', '2027-03-14T10:00:00.000Z'],
    ['America/Los_Angeles', '2027-03-15T09:00', '2027-03-15T16:00:00.000Z'],
    ['Europe/Berlin', '2027-03-28T02:30', undefined],
    ['Europe/Berlin', '2027-03-28T09:00', '2027-03-28T07:00:00.000Z'],
    ['America/Phoenix', '2027-03-14T09:00', '2027-03-14T16:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-01T09:00', '2026-11-01T03:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:10', undefined], // half an hour is jumped over
  ])('%s %s is %s', (zone, local, moment) => {
    expect(instantOf(local, zone)).toBe(moment)
    const wall = wallOf(zone)
    const minute = Number(local.slice(11, 13)) * 60 + Number(local.slice(14))
    const found = wall.at(dayNumber(local.slice(0, 10)), minute)
    expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(moment)
    if (found !== undefined) expect([dayOfNumber(wall.dayNo(found)), wall.minute(found)]).toEqual([local.slice(0, 10), minute])
  })

  test.each([['2026-03-02', 1, 'Mon, Mar 2'], ['2026-11-01', 7, 'Sun, Nov 1'], ['2027-03-14', 7, 'Sun, Mar 14'], ['2028-02-29', 2, 'Tue, Feb 29']])('%s is weekday %i, %s', (day, weekday, shown) => {
    expect(weekdayOf(dayNumber(day))).toBe(weekday)
    expect(showDay(dayNumber(day))).toBe(shown)
  })

  test('a name that is no zone is noticed and does not throw', () => expect([isZone('America/Los_Angeles'), isZone('Mars/Olympus')]).toEqual([true, false]))
})

/** Every change of the clocks that these zones know of from 2020 on, up to ten years ahead. */
const zones = ['America/Los_Angeles', 'America/New_York', 'America/St_Johns', 'America/Santiago', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin', 'Africa/Casablanca', 'Africa/Cairo', 'Asia/Tehran', 'Australia/Lord_Howe', 'Pacific/Apia'] as const
function transitionsOf(zone: string): readonly Temporal.ZonedDateTime[] {
  const found: Temporal.ZonedDateTime[] = []
  let at: Temporal.ZonedDateTime | null = Temporal.PlainDate.from('2010-01-01').toZonedDateTime({ timeZone: zone })
  while (found.length < 60 && (at = at.getTimeZoneTransition('next')) !== null && at.year < 2036) found.push(at)
  return found
}

describe('around every change of the clocks, two days before and after, each quarter of an hour', () => {
  test.each(zones)('%s: the wall says what the zone itself says', (zone) => {
    const wall = wallOf(zone)
    const changes = transitionsOf(zone)
    expect(changes.length).toBeGreaterThan(1)
    let [jumpedOver, twice] = [0, 0]
    for (const change of changes) {
      for (let days = -2; days <= 2; days += 1) {
        const day = change.toPlainDate().add({ days })
        const dayNo = dayNumber(day.toString())
        for (let minute = 0; minute < 1_440; minute += 15) {
          const wanted = day.toPlainDateTime().add({ minutes: minute })
          const [first, last] = [wanted.toZonedDateTime(zone, { disambiguation: 'earlier' }), wanted.toZonedDateTime(zone, { disambiguation: 'later' })]
          const exists = first.toPlainDateTime().equals(wanted)
          const at = wall.at(dayNo, minute)
          if (at !== (exists ? first.epochMilliseconds : undefined)) expect.fail(`${zone} ${wanted.toString()}: ${at}`)
          if (!exists) jumpedOver += 1
          if (exists && first.epochMilliseconds !== last.epochMilliseconds) twice += 1
          if (at !== undefined && (wall.dayNo(at) !== dayNo || wall.minute(at) !== minute)) expect.fail(`${zone} ${wanted.toString()} does not come back`)
          if (exists && (wall.dayNo(last.epochMilliseconds) !== dayNo || wall.minute(last.epochMilliseconds) !== minute)) expect.fail(`${zone} ${wanted.toString()}, the second time, does not come back`)
        }
      }
    }
    expect(Math.min(jumpedOver, twice)).toBeGreaterThan(0)
  })
})

const everyDay = hours('09:00', '17:00', [1, 2, 3, 4, 5, 6, 7])
const open = { people: [{ ...ana, hours: everyDay }, { ...mia, hours: everyDay }, { ...rosa, hours: hours('07:00', '19:00', [1, 2, 3, 4, 5, 6, 7]) }], rooms: [roomOne] }
const before = (days: readonly string[]): FixedVisit[] =>
  days.map((day, i) => ({ visit: `v${i}`, type: i === 0 ? 'intake' : 'preparation', number: i === 0 ? 1 : i, startsAt: `${day}T20:00:00.000Z`, endsAt: `${day}T21:00:00.000Z`, state: 'happened' }))

describe('a course across a change of the clocks', () => {
  test.each([
    // clocks go      visits before                                              on days                      first doses: wall → UTC
    ['back', ['2026-09-30', '2026-10-07', '2026-10-14', '2026-10-21'], '2026-10-28', [['2026-10-28T09:00', '2026-10-28T16:00:00.000Z'], ['2026-10-30T09:00', '2026-10-30T16:00:00.000Z'], ['2026-11-04T09:00', '2026-11-04T17:00:00.000Z']]],
    ['forward', ['2027-02-10', '2027-02-17', '2027-02-24', '2027-03-03'], '2027-03-10', [['2027-03-10T09:00', '2027-03-10T17:00:00.000Z'], ['2027-03-12T09:00', '2027-03-12T17:00:00.000Z'], ['2027-03-17T09:00', '2027-03-17T16:00:00.000Z']]],
  ] as const)('the clocks go %s: the hour on the wall stays', (_, days, from, doses) => {
    const answer = planCourse(request({ ...open, earliest: from, latest: '2027-06-30', medicineFrom: from, fixed: before(days), clearance: { state: 'signed' } }))
    if ('impossible' in answer) throw new Error(JSON.stringify(answer))
    const planned = answer.proposals[0].visits.filter((visit) => visit.type === 'medicine').slice(0, 3)
    expect(planned.map((visit) => [visit.localStart, visit.startsAt])).toEqual(doses)
  })

  test.each([
    // first dose           only hour of the day   the next dose two days later
    ['2027-03-13', '09:00', '12:00', undefined], //     47 h by the clock on the wall: refused
    ['2027-03-13', '09:00', '13:00', '2027-03-15T10:00'], // an hour later makes it 48
    ['2026-10-31', '09:00', '12:00', '2026-11-02T09:00'], // 49 h
  ])('48 hours are hours, not days: after %s at 09:00, %s–%s', (first, from, to, next) => {
    const starts = first === '2027-03-13' ? `${first}T17:00:00.000Z` : `${first}T16:00:00.000Z`
    const second = first === '2027-03-13' ? '2027-03-15' : '2026-11-02'
    const week = before(first === '2027-03-13' ? ['2027-02-13', '2027-02-20', '2027-02-27', '2027-03-06'] : ['2026-10-03', '2026-10-10', '2026-10-17', '2026-10-24'])
    const fixed: FixedVisit[] = [...week, { visit: 'dose', type: 'medicine', number: 1, startsAt: starts, endsAt: new Date(Date.parse(starts) + 3 * 3_600_000).toISOString(), state: 'happened' }]
    const plan = request({ ...open, earliest: first, latest: '2027-06-30', fixed, clearance: { state: 'signed' }, wishes: { when: [{ types: ['medicine'], from, to, strength: 'must' }], blackout: [], online: [] } })
    const answer = planCourse(plan)
    if ('impossible' in answer) throw new Error(JSON.stringify(answer))
    const dose = answer.proposals[0].visits.find((visit) => visit.type === 'medicine')
    if (next === undefined) expect(dose?.day).not.toBe(second)
    else expect(dose?.localStart).toBe(next)
  })
})
