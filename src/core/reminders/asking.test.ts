import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askingRows, reminderRows } from '../../knowledge/reminders.ts'
import { localDay } from '../shared/local-day.ts'
import { plusMinutes } from '../shared/time.ts'
import { askKey, askedBy, dueAsking, nextLook, type Asking } from './asking.ts'
import { isQuiet } from './ladder.ts'

const LA = 'America/Los_Angeles'
const asking = (now: string, more: Partial<Asking> = {}): Asking => ({ rows: askingRows, quiet: reminderRows, zone: LA, now, since: '2026-11-03', closesAt: null, made: new Set(), ...more })

describe('a questionnaire that is open since the third of November', () => {
  test.each<[string, string, string[], string | undefined]>([
    ['before ten on that day', '2026-11-03T17:59:59.000Z', [], undefined],
    ['at ten', '2026-11-03T18:00:00.000Z', [], 'first'],
    ['once it was sent', '2026-11-03T18:00:01.000Z', ['first'], undefined],
    ['late in the evening it waits', '2026-11-04T05:30:00.000Z', [], undefined],
    ['until eight', '2026-11-04T16:00:00.000Z', [], 'first'],
    ['two days later again', '2026-11-05T18:00:00.000Z', ['first'], 'again'],
    ['what was never sent has lapsed by then', '2026-11-05T18:00:00.000Z', [], 'again'],
    ['and a last time', '2026-11-08T01:00:00.000Z', ['first', 'again'], 'last'],
    ['then never more', '2026-12-08T01:00:00.000Z', ['first', 'again', 'last'], undefined],
  ])('%s', (_, now, made, step) => expect(dueAsking(asking(now, { made: new Set(made) }))?.step).toBe(step))

  test('an answer is there on the sixth day at ten, or when it closes', () => {
    expect([askedBy(asking('2026-11-03T18:00:00.000Z')), askedBy(asking('2026-11-03T18:00:00.000Z', { closesAt: '2026-11-05T08:00:00.000Z' }))]).toEqual(['2026-11-09T18:00:00.000Z', '2026-11-05T08:00:00.000Z'])
  })
  test('once everything lies behind there is nothing to look for', () => expect(nextLook(asking('2026-11-09T18:00:00.000Z', { made: new Set(['first', 'again', 'last']) }))).toBeUndefined())
})

test('a dose that moves makes it another time of asking; the same days do not', () => {
  const key = (opensAt: string | null) => askKey({ instrument: 'phq-9', anchor: 'day-28', opensAt }, LA)
  expect([key('2026-11-03T08:00:00.000Z') === key('2026-11-03T09:30:00.000Z'), key('2026-11-03T08:00:00.000Z') === key('2026-11-10T08:00:00.000Z'), key(null)]).toEqual([true, false, 'phq-9 day-28 any'])
})

const zones = [LA, 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana', 'Africa/Casablanca', 'Asia/Kathmandu', 'UTC'] as const

/** Goes from one moment to look at to the next, as the job does, and keeps what it would send. */
function through(zone: string, start: string): { sent: { step: string; at: string }[]; looks: number; last: string } {
  const since = localDay(start, zone)
  const sent: { step: string; at: string }[] = []
  let now: string | undefined = start
  let looks = 0
  let last = start
  for (; now !== undefined && looks < 50; looks += 1) {
    last = now
    const here = asking(now, { zone, since, made: new Set(sent.map(({ step }) => step)) })
    const step = dueAsking(here)
    if (step) sent.push({ step: step.step, at: now })
    now = nextLook({ ...here, made: new Set(sent.map((one) => one.step)) })
  }
  return { sent, looks, last }
}

test('whenever it opens and wherever: looked at only when it says, three messages go out in order, none at night, and the end of waiting is seen', () => {
  fc.assert(fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 700 * 24 * 4 }), (zone, quarter) => {
    const start = plusMinutes('2026-01-08T00:00:00.000Z', quarter * 15)
    const { sent, looks, last } = through(zone, start)
    expect(sent.map(({ step }) => step)).toEqual(['first', 'again', 'last'])
    for (const { at } of sent) expect(isQuiet(reminderRows, at, zone)).toBe(false)
    expect(looks).toBeLessThan(10)
    expect(last).toBe(askedBy(asking(start, { zone, since: localDay(start, zone) })))
  }), { numRuns: 300 })
})
