import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineDays, between, dayAfter, followUpWindows, instruments } from '../../knowledge/instruments.ts'
import type { Protocol } from '../course/protocol.ts'
import { daysFrom, localDay, plusDaysOf } from '../shared/local-day.ts'
import type { Ask } from './asks.ts'
import { dueMeasures, measurePlan } from './due.ts'
import { phq9Answers, told, type ToldChart } from './fixtures.ts'

const zone = 'America/Los_Angeles'
const rows = { instruments, baselineDays: baselineDays.value, followUpWindows: followUpWindows.windows, dayAfter, between, zone }
const protocol = { followUpDays: [7, 30, 90], measures: { baseline: [], beforeDose: ['phq-9'], dayAfter: ['session-check', 'alliance-check'], between: ['phq-9'], followUp: ['phq-9'] } } as unknown as Protocol
const form = (instrument: string, answers: Record<string, number>) => ({ instrument, version: '2026-1', language: 'en', answers, answeredBy: 'patient' as const })
const mood = form('phq-9', phq9Answers(12))
const alliance = form('alliance-check', { understood: 8, agreed: 8, trust: 8, steady: 8 })
const plan = (chart: ToldChart, day: string, moment: Ask['moment'], row: Protocol = protocol) => measurePlan(row, chart, `${day}T17:00:00.000Z`, rows).filter((ask) => ask.moment === moment)
const days = (asks: readonly Ask[]) => asks.map(({ opensAt, closesAt, state }) => [localDay(opensAt!, zone), localDay(new Date(Date.parse(closesAt!) - 1).toISOString() as never, zone), state])

// One dose on Monday 2 March 2026, 10:00 in Los Angeles.
const once = told().dosed('s1', '2026-03-02T18:00:00Z')

describe('the days after a dose', () => {
  test.each([
    ['2026-03-02', 'later'], ['2026-03-03', 'open'], ['2026-03-04', 'open'], ['2026-03-05', 'missed'],
  ])('on %s the check is %s', (day, state) => {
    expect(plan(once, day, 'day-after').map((ask) => [ask.instrument, ask.anchor, ask.state])).toEqual([['session-check', 's1', state], ['alliance-check', 's1', state]])
  })
  test('it opens with the local day, also over the change of the clocks, and an answer of the evening of the dose is not one', () => {
    const saturday = told().dosed('s1', '2026-03-07T18:00:00Z')
    expect(plan(saturday, '2026-03-07', 'day-after')[0]).toMatchObject({ opensAt: '2026-03-08T08:00:00.000Z', closesAt: '2026-03-10T07:00:00.000Z' })
    const check = form('session-check', { intensity: 1, dissociation: 1, distress: 1, nausea: 1, heard: 9 })
    expect(plan(once.on('2026-03-03T06:00:00Z', 'measure-answered.v1', check), '2026-03-03', 'day-after')[0]?.state).toBe('open')
    expect(plan(once.on('2026-03-03T09:00:00Z', 'measure-answered.v1', check), '2026-03-03', 'day-after')[0]?.state).toBe('answered')
  })
  test('what rests longer than the days between two doses is asked after the first of them', () => {
    const twice = once.on('2026-03-03', 'measure-answered.v1', alliance).dosed('s2', '2026-03-05T18:00:00Z')
    expect(plan(twice, '2026-03-06', 'day-after').map((ask) => [ask.instrument, ask.anchor, ask.state])).toEqual([['session-check', 's1', 'missed'], ['alliance-check', 's1', 'answered'], ['session-check', 's2', 'open'], ['alliance-check', 's2', 'too-soon']])
  })
})

describe('the time between', () => {
  test('after the last dose: every fourteen days, clear of the follow-ups and of the week before each', () => {
    // Follow-ups are open on days 4–10, 23–37 and 80–100. Day 14 is free until a week before day 23, days 28 and 84 are asked already.
    expect(days(plan(once, '2026-03-02', 'between'))).toEqual([
      ['2026-03-16', '2026-03-18', 'later'], ['2026-04-13', '2026-04-26', 'later'], ['2026-04-27', '2026-05-10', 'later'], ['2026-05-11', '2026-05-14', 'later'],
    ])
  })
  test('an answer given shortly before counts for it, an older one does not', () => {
    const state = (answered: string) => plan(once.on(answered, 'measure-answered.v1', mood), '2026-04-13', 'between').find(({ opensAt }) => localDay(opensAt!, zone) === '2026-04-13')?.state
    expect([state('2026-04-06'), state('2026-04-07'), state('2026-04-13')]).toEqual(['open', 'answered', 'answered'])
  })
  test('a short pause between two doses asks nothing, a long one does, and not in the week before the next', () => {
    expect(plan(once.booked('m2', 'medicine', '2026-03-16T17:00:00Z', 180), '2026-03-03', 'between')).toEqual([])
    expect(days(plan(once.booked('m2', 'medicine', '2026-04-13T17:00:00Z', 180), '2026-03-03', 'between'))).toEqual([['2026-03-16', '2026-03-29', 'later'], ['2026-03-30', '2026-04-06', 'later']])
  })
  test('a dose that moves takes them with it', () => {
    const next = once.booked('m2', 'medicine', '2026-03-30T17:00:00Z', 180)
    const [visit] = next.all('visits-booked.v1')[0]!.body.visits
    const moved = next.on('2026-03-10', 'visit-moved.v1', { to: { ...visit!, startsAt: '2026-03-20T17:00:00.000Z', endsAt: '2026-03-20T20:00:00.000Z' }, why: '' })
    expect([plan(next, '2026-03-10', 'between').length, plan(moved, '2026-03-10', 'between').length]).toEqual([1, 0])
  })
  test('a visit that passed without a dose ends nothing: who did not come is still asked', () => {
    const passed = once.booked('m2', 'medicine', '2026-03-16T17:00:00Z', 180)
    expect(plan(passed, '2026-03-17', 'between').length).toBe(plan(once, '2026-03-17', 'between').length)
    expect(plan(passed, '2026-03-17', 'between')[0]).toMatchObject({ state: 'open', anchor: 's1' })
  })
  test('maintenance goes on being asked from its last dose', () => {
    const kept = once.dosed('s2', '2026-08-03T17:00:00Z', 50, 'b1').booked('b1', 'maintenance', '2026-08-03T17:00:00Z', 180)
    expect(plan(kept, '2026-08-17', 'between').filter(({ anchor }) => anchor === 's2')[0]?.state).toBe('open')
  })
  test('a course that names none, and one without follow-ups, ask nothing here', () => {
    const { between: _, dayAfter: __, ...older } = protocol.measures
    expect(plan(once, '2026-03-20', 'between', { ...protocol, measures: older })).toEqual([])
    expect(plan(once, '2026-03-20', 'day-after', { ...protocol, measures: older })).toEqual([])
    expect(plan(once, '2026-03-20', 'between', { ...protocol, followUpDays: [] })).toEqual([])
  })
})

test('whoever answers on any day that something is open never answers inside the days the form must rest, and every dose still gets its whole form', () => {
  const gap = fc.integer({ min: 2, max: 60 })
  fc.assert(fc.property(fc.array(gap, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.integer({ min: 0, max: 6 })), (gaps, patience) => {
    const waits = patience[Symbol.iterator]()
    const doses = gaps.reduce<string[]>((so, more) => [...so, plusDaysOf(so.at(-1)! as never, more)], ['2026-03-02'])
    let chart = doses.slice(1).reduce((so, day, at) => so.booked(`m${at + 2}`, 'medicine', `${day}T17:00:00Z`, 180), told().dosed('s1', '2026-03-02T18:00:00Z'))
    const answered: string[] = []
    let wait = waits.next().value as number
    for (let at = 0; at < 80; at += 1) {
      const day = plusDaysOf('2026-03-02', at)
      if (at > 0 && doses.includes(day)) {
        const whole = dueMeasures(protocol, chart, `${day}T15:00:00.000Z`, rows).some(({ instrument }) => instrument === 'phq-9')
        const last = answered.at(-1)
        expect(whole, `${day} after ${last}`).toBe(last === undefined || daysFrom(last as never, day) >= instruments['phq-9'].minDaysBetween)
        chart = chart.dosed(`s${doses.indexOf(day) + 1}`, `${day}T17:30:00Z`, 50, `m${doses.indexOf(day) + 1}`)
      } else if (dueMeasures(protocol, chart, `${day}T19:00:00.000Z`, rows).some(({ instrument, moments }) => instrument === 'phq-9' && moments.every((moment) => moment === 'between'))) {
        wait -= 1
        if (wait > 0) continue
        expect(answered.every((before) => daysFrom(before as never, day) >= instruments['phq-9'].minDaysBetween), `${day} after ${answered.at(-1)}`).toBe(true)
        expect(doses.every((dose) => dose <= day || daysFrom(day, dose as never) >= instruments['phq-9'].minDaysBetween), `${day} before ${doses}`).toBe(true)
        chart = chart.on(`${day}T19:00:00Z`, 'measure-answered.v1', mood)
        answered.push(day)
        wait = waits.next().value as number
      }
    }
  }), { numRuns: 10 })
})
