import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reminderRows as rows } from '../../knowledge/reminders.ts'
import { localClock, localDay, plusDaysOf } from '../shared/local-day.ts'
import { minutesBetween, plusMinutes } from '../shared/time.ts'
import { answerBy, dueAt, dueReminder, isNear, isQuiet, ladderOf } from './ladder.ts'

const LA = 'America/Los_Angeles'
const medicine = (startsAt: string) => ({ type: 'medicine' as const, startsAt })
const due = (now: string, startsAt: string, made: readonly string[] = [], zone = LA) => dueReminder(medicine(startsAt), { rows, zone, now, made: new Set(made) })?.step

describe('a session at nine on the first of December', () => {
  const startsAt = '2026-12-01T17:00:00.000Z'
  test.each<[string, string, readonly string[], string | undefined]>([
    ['more than a week before', '2026-11-24T17:59:59.999Z', [], undefined],
    ['a week before at ten', '2026-11-24T18:00:00.000Z', [], 'week'],
    ['once it was sent', '2026-11-24T18:00:00.001Z', ['week'], undefined],
    ['two days before at ten', '2026-11-29T18:00:00.000Z', ['week'], 'two-days'],
    ['booked so late that the first have lapsed: only the latest', '2026-11-30T01:00:00.000Z', [], 'two-days'],
    ['the same at nine in the evening: it waits', '2026-11-30T05:00:00.000Z', [], undefined],
    ['until eight', '2026-11-30T16:00:00.000Z', [], 'two-days'],
    ['the day before at four', '2026-12-01T00:00:00.000Z', ['week', 'two-days'], 'day-before'],
    ['a minute before the morning one', '2026-12-01T14:29:00.000Z', ['day-before'], undefined],
    ['the morning one, early enough to be of use although it is quiet', '2026-12-01T14:30:00.000Z', ['day-before'], 'morning'],
    ['as it begins', startsAt, [], undefined],
    ['afterwards', '2026-12-01T18:00:00.000Z', [], undefined],
  ])('%s', (_, now, made, step) => expect(due(now, startsAt, made)).toBe(step))
  test('in the afternoon the morning one waits until eight', () => expect(dueAt(ladderOf(rows, medicine(''))[3]!, '2026-12-01T23:00:00.000Z', LA)).toBe('2026-12-01T16:00:00.000Z'))
  test('answers are due at eight in the evening, and 75 minutes before', () => {
    expect([answerBy('day-before', rows, startsAt, LA), answerBy('morning', rows, startsAt, LA)]).toEqual(['2026-12-01T04:00:00.000Z', '2026-12-01T15:45:00.000Z'])
  })
  test('a talking visit by video is asked where somebody is, on its day, at eight or an hour before', () => {
    const online = { type: 'intake', online: true } as const
    expect(ladderOf(rows, online).map(({ asks }) => asks)).toEqual([undefined, undefined, 'where'])
    expect(dueAt(ladderOf(rows, online)[2]!, '2026-12-01T23:00:00.000Z', LA)).toBe('2026-12-01T16:00:00.000Z')
    expect(dueAt(ladderOf(rows, online)[2]!, '2026-12-01T16:30:00.000Z', LA)).toBe('2026-12-01T15:30:00.000Z')
  })
  test.each<[string, string, boolean]>([
    ['the day before, a minute before it is asked', '2026-11-30T23:59:00.000Z', false],
    ['as it is asked', '2026-12-01T00:00:00.000Z', true],
    ['on the morning', '2026-12-01T16:00:00.000Z', true],
  ])('is looked at each time from then on: %s', (_, now, near) => expect([isNear(medicine(startsAt), { rows, zone: LA, now }), isNear({ type: 'intake', startsAt }, { rows, zone: LA, now })]).toEqual([near, false]))
  test('also where nothing is asked on the day before, as soon as an answer is overdue', () => {
    const morningAlone = { ...rows, dosing: rows.dosing.filter(({ step }) => step !== 'day-before') }
    expect(['2026-12-01T03:59:00.000Z', '2026-12-01T04:00:00.000Z'].map((now) => isNear(medicine(startsAt), { rows: morningAlone, zone: LA, now }))).toEqual([false, true])
  })
  test('another visit is asked nothing', () => expect(ladderOf(rows, { type: 'intake' }).some(({ asks }) => asks)).toBe(false))
})

describe('hours on the wall hold over a change of the clocks', () => {
  test.each<[string, string, string, string]>([
    ['forward, Los Angeles', LA, '2026-03-08T17:00:00.000Z', '2026-03-08T00:00:00.000Z'],
    ['back, Los Angeles', LA, '2026-11-01T18:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['half an hour, Lord Howe', 'Australia/Lord_Howe', '2026-10-04T02:00:00.000Z', '2026-10-03T05:30:00.000Z'],
    ['none, Kathmandu', 'Asia/Kathmandu', '2026-06-02T05:00:00.000Z', '2026-06-01T10:15:00.000Z'],
  ])('%s', (_, zone, startsAt, at) => expect(dueAt(ladderOf(rows, medicine(startsAt))[2]!, startsAt, zone)).toBe(at))
})

/** Zones that change forward and back, by an hour and by half of one, at two and at midnight, and one that skipped a day. */
const zones = [LA, 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana', 'Africa/Casablanca', 'Pacific/Apia', 'Asia/Kathmandu', 'America/St_Johns', 'UTC'] as const
const anyVisit = fc.record({ zone: fc.constantFrom(...zones), start: fc.integer({ min: Date.parse('2026-01-08T00:00:00Z'), max: Date.parse('2028-01-01T00:00:00Z') }).map((ms) => new Date(Math.floor(ms / 900_000) * 900_000).toISOString()), type: fc.constantFrom('medicine' as const, 'maintenance' as const, 'preparation' as const) })

describe('whenever and wherever', () => {
  test('a reminder shows its hour on the wall on its own day, outside the quiet hours, or is early because it leads', () => {
    fc.assert(fc.property(anyVisit, ({ zone, start, type }) => {
      for (const step of ladderOf(rows, { type })) {
        const at = dueAt(step, start, zone)
        const leads = step.leadMin !== undefined && at === plusMinutes(start, -step.leadMin)
        if (leads) continue
        expect([localDay(at, zone), localClock(at, zone)]).toEqual([plusDaysOf(localDay(start, zone), -step.daysBefore), step.at])
        expect(isQuiet(rows, at, zone)).toBe(false)
      }
    }), { numRuns: 150 })
  })
  test('looked at every so often, each goes out at most once, in order, none after it began, none in the quiet hours that need not, and the last always', () => {
    fc.assert(fc.property(anyVisit, fc.integer({ min: 10, max: 90 }), fc.integer({ min: 0, max: 9 * 24 * 60 }), ({ zone, start, type }, everyMin, bookedBefore) => {
      const visit = { type, startsAt: start }
      const made: string[] = []
      const names = ladderOf(rows, visit).map(({ step }) => step)
      for (let now = plusMinutes(start, -bookedBefore); now < plusMinutes(start, 180); now = plusMinutes(now, everyMin)) {
        const step = dueReminder(visit, { rows, zone, now, made: new Set(made) })
        if (!step) continue
        expect(made).not.toContain(step.step)
        expect(now < start).toBe(true)
        if (step.leadMin === undefined) expect(isQuiet(rows, now, zone)).toBe(false)
        made.push(step.step)
      }
      expect(made.map((step) => names.indexOf(step as never))).toEqual(made.map((step) => names.indexOf(step as never)).toSorted((a, b) => a - b))
      const last = ladderOf(rows, visit).at(-1)!
      // Whoever looks at least as often as it leads, and was told of the visit before, finds it.
      if (last.leadMin !== undefined && minutesBetween(plusMinutes(start, -bookedBefore), start) >= everyMin && everyMin < last.leadMin) expect(made).toContain(last.step)
    }), { numRuns: 60 })
  })
})
