import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { calendarText, type CalendarEvent } from './calendar-text.ts'
import { busyAt, joined } from './elsewhere.ts'
import { wallOf } from './zone.ts'

/** What this product writes is read back by a reader that shares none of its code. */
const read = (text: string) => new ICAL.Component(ICAL.parse(text))
const eventIn = (text: string) => new ICAL.Event(read(text).getFirstSubcomponent('vevent')!)
const event = (more: Partial<CalendarEvent> = {}): CalendarEvent =>
  ({ uid: 'a1', sequence: 0, changedAt: '2026-01-05T09:00:00.000Z', startsAt: '2026-03-05T18:00:00.000Z', endsAt: '2026-03-05T21:00:00.000Z', summary: 'Visit', status: 'CONFIRMED', ...more })
const octets = (line: string) => Buffer.byteLength(line)

/** The hour on the wall on both sides of each change of the clocks, in UTC as it was booked. */
const WALLS: readonly [zone: string, startsAt: string, wall: string][] = [
  ['America/Los_Angeles', '2026-03-06T18:00:00.000Z', '10:00'], ['America/Los_Angeles', '2026-03-09T17:00:00.000Z', '10:00'], ['America/Los_Angeles', '2026-10-30T17:00:00.000Z', '10:00'], ['America/Los_Angeles', '2026-11-02T18:00:00.000Z', '10:00'],
  ['Europe/Zurich', '2026-03-27T09:00:00.000Z', '10:00'], ['Europe/Zurich', '2026-03-30T08:00:00.000Z', '10:00'], ['Europe/Zurich', '2026-10-23T08:00:00.000Z', '10:00'], ['Europe/Zurich', '2026-10-26T09:00:00.000Z', '10:00'],
  ['Australia/Sydney', '2026-04-03T23:00:00.000Z', '10:00'], ['Australia/Sydney', '2026-04-06T00:00:00.000Z', '10:00'], ['Australia/Sydney', '2026-10-02T00:00:00.000Z', '10:00'], ['Australia/Sydney', '2026-10-04T23:00:00.000Z', '10:00'],
  ['Asia/Kathmandu', '2026-03-05T04:15:00.000Z', '10:00'],
]

describe('another calendar reads the hour that was booked', () => {
  test.each(WALLS)('%s %s is %s on the wall', (zone, startsAt, wall) => {
    const { startDate, endDate } = eventIn(calendarText([event({ startsAt, endsAt: new Date(Date.parse(startsAt) + 50 * 60_000).toISOString() })]))
    expect(startDate.zone.tzid).toBe('UTC')
    const shown = wallOf(zone).minute(startDate.toJSDate().getTime())
    expect(`${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`).toBe(wall)
    expect(endDate.subtractDate(startDate).toSeconds()).toBe(50 * 60)
  })
})

test.each<[CalendarEvent['status'], 'REQUEST' | 'CANCEL' | undefined]>([['CONFIRMED', undefined], ['TENTATIVE', undefined], ['CONFIRMED', 'REQUEST'], ['CANCELLED', 'CANCEL']])('%s, %s', (status, method) => {
  const calendar = read(calendarText([event({ status, sequence: 4, ...(method ? { between: { organizer: 'desk@example.org', attendee: 'thea@example.org' } } : {}) })], method))
  const [one] = calendar.getAllSubcomponents('vevent')
  expect([one?.getFirstPropertyValue('status'), one?.getFirstPropertyValue('sequence'), calendar.getFirstPropertyValue('method')]).toEqual([status, 4, method ?? null])
  expect([one?.getFirstPropertyValue('organizer'), one?.getFirstPropertyValue('attendee')]).toEqual(method ? ['mailto:desk@example.org', 'mailto:thea@example.org'] : [null, null])
  expect(String(one?.getFirstPropertyValue('dtstamp'))).toBe('2026-01-05T09:00:00Z')
})

test('a whole day is a day, and what is free takes no time from anybody', () => {
  const [one] = read(calendarText([event({ startsAt: '2026-03-08', endsAt: '2026-03-09', free: true })])).getAllSubcomponents('vevent')
  expect([new ICAL.Event(one).startDate.isDate, new ICAL.Event(one).duration.toSeconds(), one?.getFirstPropertyValue('transp')]).toEqual([true, 86_400, 'TRANSPARENT'])
})

test('nothing in it says what is treated here, or by what', () => {
  const text = calendarText([event(), event({ summary: 'On call', location: 'Room 1' })])
  expect(text).not.toMatch(/kap|ketamin|medicine|dos(e|ing)|therap|session|patient|prescri/i)
})

describe('any text comes back as it was, in lines of at most 75 octets', () => {
  test.each(['plain', 'a, b; c \\ d', 'two\nlines', 'C:\\new\\, \\;', 'Übung — café', '🌲'.repeat(60), `${'x'.repeat(66)}🌲`, ';'.repeat(90)])('%s', (text) => {
    const written = calendarText([event({ summary: text, location: text })])
    expect(eventIn(written)).toMatchObject({ summary: text, location: text })
    for (const line of written.split('\r\n')) expect(octets(line)).toBeLessThanOrEqual(75)
    expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
  test('whatever is typed', () => fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (typed) => {
    const text = typed.replaceAll(/\p{Cc}/gu, '')
    const written = calendarText([event({ summary: typed })])
    return eventIn(written).summary === text && written.split('\r\n').every((line) => octets(line) <= 75)
  }), { numRuns: 200 }))
  test('nobody writes a line of their own into it', () => {
    const written = calendarText([event({ location: 'Room\r\nATTENDEE:mailto:x@example.org', between: { organizer: 'a@example.org\r\nX-EVIL:1', attendee: 'b@example.org' } })], 'REQUEST')
    expect(written.split('\r\n').filter((line) => /^(X-EVIL|ATTENDEE:)/.test(line))).toEqual([])
  })
})

const at = (hour: string) => `2026-03-05T${hour}:00.000Z`
const time = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) })
test.each([
  [[], []],
  [[time('09:00', '10:00')], [time('09:00', '10:00')]],
  [[time('10:00', '11:00'), time('09:00', '10:00')], [time('09:00', '11:00')]],
  [[time('09:00', '12:00'), time('10:00', '11:00')], [time('09:00', '12:00')]],
  [[time('09:00', '10:00'), time('10:01', '11:00')], [time('09:00', '10:00'), time('10:01', '11:00')]],
  [[time('09:00', '09:00')], []],
])('busy times as one: %j', (times, expected) => expect(joined(times)).toEqual(expected))

test.each([
  ['touches the end', '11:00', '12:00', []], ['a minute of it', '10:59', '12:00', ['Thea']], ['touches the start', '09:00', '10:00', []], ['all of it', '08:00', '13:00', ['Thea']],
])('a visit from 10 to 11 and a busy time that %s', (_, from, to, expected) => {
  const visit = { ...time('10:00', '11:00'), people: [{ person: 'thea', name: 'Thea' }, { person: 'pia', name: 'Pia' }] }
  expect(busyAt(visit, [{ person: 'thea', ...time(from, to) }])).toEqual(expected)
})
