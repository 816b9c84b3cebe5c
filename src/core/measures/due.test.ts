import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineDays, between, dayAfter, followUpWindows, instruments } from '../../knowledge/instruments.ts'
import type { Protocol } from '../course/protocol.ts'
import { dueMeasures, measurePlan } from './due.ts'
import { phq9Answers, told, type ToldChart } from './fixtures.ts'
import { followUpSpans } from './windows.ts'

const zone = 'America/Los_Angeles'
const rows = { instruments, baselineDays: baselineDays.value, followUpWindows: followUpWindows.windows, dayAfter, between, zone }
const protocol = { followUpDays: [7, 30], measures: { baseline: ['phq-9', 'gad-7'], beforeDose: ['c-ssrs', 'phq-9', 'gad-7'], followUp: ['phq-9'] } } as unknown as Protocol
const gad7 = { instrument: 'gad-7', version: '2026-1', language: 'en', answers: { q1: 0, q2: 0, q3: 0, q4: 0, q5: 0, q6: 0, q7: 0 }, answeredBy: 'patient' as const }
const phq9 = { ...gad7, instrument: 'phq-9', answers: phq9Answers(12) }
const phq2 = { ...gad7, instrument: 'phq-2', answers: { q1: 1, q2: 1 } }
const cSsrs = { ...gad7, instrument: 'c-ssrs', answers: { q1: false, q2: false, q6Lifetime: false }, answeredBy: 'clinician' as const }
const due = (chart: ToldChart, now: string) => dueMeasures(protocol, chart, now.includes('T') ? `${now}.000Z` : `${now}T17:00:00.000Z`, rows)
const names = (chart: ToldChart, now: string) => due(chart, now).map((measure) => measure.instrument)

describe('before anything is booked', () => {
  test('the baseline forms are asked once, at intake', () => {
    expect(due(told(), '2026-03-01')).toMatchObject([{ instrument: 'gad-7', moments: ['intake'], for: 'patient' }, { instrument: 'phq-9', moments: ['intake'] }])
  })
  test('answered, they are not asked again', () => {
    expect(names(told().on('2026-02-20', 'measure-answered.v1', phq9).on('2026-02-20', 'measure-answered.v1', gad7), '2026-03-01')).toEqual([])
  })
  test('answered in part, they still are', () => {
    expect(names(told().on('2026-02-20', 'measure-answered.v1', { ...phq9, answers: { q1: 1 } }).on('2026-02-20', 'measure-answered.v1', gad7), '2026-03-01')).toEqual(['phq-9'])
  })
})

// First dose booked for Monday 16 March 2026, 10:00 in Los Angeles.
const booked = told().booked('m1', 'medicine', '2026-03-16T17:00:00Z', 180)
const asked = (chart: ToldChart, day: string) => chart.on(day, 'measure-answered.v1', phq9).on(day, 'measure-answered.v1', gad7)

describe('the baseline, at most fourteen days before the first dose', () => {
  test.each([
    ['answered 15 days before: asked again once a week has passed', asked(booked, '2026-03-01'), '2026-03-08', ['gad-7', 'phq-9']],
    ['and not before that, inside its recall', asked(booked, '2026-03-01'), '2026-03-07', []],
    ['and not on the day before the window opens', asked(booked, '2026-03-01'), '2026-03-02T16:00:00', []],
    ['answered inside the window', asked(booked, '2026-03-10'), '2026-03-11', []],
    ['moved a week later, it is asked anew', asked(booked, '2026-03-05').on('2026-03-06', 'visit-moved.v1', { to: { ...booked.all('visits-booked.v1')[0]!.body.visits[0]!, startsAt: '2026-03-23T17:00:00.000Z', endsAt: '2026-03-23T20:00:00.000Z' }, why: '' }), '2026-03-12', ['gad-7', 'phq-9']],
  ])('%s', (_, chart, now, expected) => {
    expect(names(chart, now)).toEqual(expected)
  })
})

describe('the day of a dose', () => {
  const rested = asked(booked, '2026-03-09')
  test('a week after the last form: the whole form, and the interview by a clinician', () => {
    expect(due(rested, '2026-03-16T15:00:00')).toMatchObject([
      { instrument: 'c-ssrs', for: 'clinician', moments: ['before-dose'], closesAt: '2026-03-16T20:00:00.000Z' },
      { instrument: 'gad-7', for: 'patient' },
      { instrument: 'phq-9', for: 'patient', opensAt: '2026-03-16T07:00:00.000Z' },
    ])
  })
  test('six days after it: the short form, and no second worry form', () => {
    expect(due(asked(booked, '2026-03-10'), '2026-03-16T15:00:00')).toMatchObject([{ instrument: 'c-ssrs' }, { instrument: 'phq-2', insteadOf: 'phq-9' }])
  })
  test('nothing is asked the evening before', () => {
    expect(names(rested, '2026-03-16T06:59:00')).toEqual([])
  })
  test('what was answered this morning is not asked again', () => {
    const answered = rested.on('2026-03-16T15:00:00Z', 'measure-answered.v1', phq9).on('2026-03-16T15:00:00Z', 'measure-answered.v1', cSsrs)
    expect(names(answered, '2026-03-16T16:00:00')).toEqual(['gad-7'])
  })
  test('the long form answers the short one', () => {
    expect(names(asked(booked, '2026-03-10').on('2026-03-16T15:00:00Z', 'measure-answered.v1', phq9), '2026-03-16T16:00:00')).toEqual(['c-ssrs'])
  })
  test('after the dose it is too late: a gap, not a late answer', () => {
    const dosed = rested.dosed('s1', '2026-03-16T17:30:00Z', 50, 'm1')
    expect(names(dosed, '2026-03-16T18:00:00')).toEqual([])
    expect(measurePlan(protocol, dosed, '2026-03-16T18:00:00.000Z', rows).filter((ask) => ask.moment === 'before-dose').map((ask) => ask.state)).toEqual(['missed', 'missed', 'missed'])
  })
  test('a first dose with nothing answered: one form for two reasons', () => {
    expect(due(booked, '2026-03-16T15:00:00').find((measure) => measure.instrument === 'phq-9')?.moments).toEqual(['intake', 'baseline', 'before-dose'])
  })
  test('a cancelled or missed visit asks nothing', () => {
    expect(names(rested.on('2026-03-12', 'visit-cancelled.v1', { visit: 'm1', why: 'ill' }), '2026-03-16T15:00:00')).toEqual([])
    const missed = { visit: 'm1', type: 'medicine' as const, startedAt: '2026-03-16T17:00:00.000Z', endedAt: '2026-03-16T17:10:00.000Z', outcome: 'missed' as const, covered: [], modalities: [], summary: '', carePlan: '' }
    expect(names(rested.on('2026-03-16T17:10:00Z', 'visit-closed.v1', missed), '2026-03-16T18:00:00')).toEqual([])
  })
  test('two doses in one week: the second asks in short', () => {
    const second = asked(booked, '2026-03-09').on('2026-03-16T15:00:00Z', 'measure-answered.v1', phq9).dosed('s1', '2026-03-16T17:30:00Z', 50, 'm1').booked('m2', 'medicine', '2026-03-19T17:00:00Z', 180)
    expect(names(second, '2026-03-19T16:00:00')).toEqual(['c-ssrs', 'gad-7', 'phq-2'])
    expect(names(second.on('2026-03-19T15:30:00Z', 'measure-answered.v1', phq2), '2026-03-19T16:00:00')).toEqual(['c-ssrs', 'gad-7'])
  })
})

describe('follow-ups: windows in local days after the last dose', () => {
  const done = asked(booked, '2026-03-09').dosed('s1', '2026-03-16T17:30:00Z', 50, 'm1')
  test.each([
    ['day 3, still too early', '2026-03-19', []],
    ['day 4, the window opens', '2026-03-20', ['phq-9']],
    ['day 10, its last day', '2026-03-26', ['phq-9']],
    ['day 11, closed', '2026-03-27', []],
    ['day 22', '2026-04-07', []],
    ['day 23, the window of day 30 opens', '2026-04-08', ['phq-9']],
    ['day 37, its last day', '2026-04-22', ['phq-9']],
    ['day 38', '2026-04-23', []],
  ])('%s', (_, now, expected) => {
    expect(names(done, now)).toEqual(expected)
  })
  test('waits for the recall window: answered on day 1, it opens on day 8', () => {
    const recent = done.on('2026-03-17', 'measure-answered.v1', phq9)
    expect(names(recent, '2026-03-23')).toEqual([])
    expect(names(recent, '2026-03-24')).toEqual(['phq-9'])
  })
  test('does not begin while another dose is booked, and begins from that dose', () => {
    const more = done.booked('m2', 'medicine', '2026-03-23T17:00:00Z', 180)
    expect(names(more, '2026-03-21')).toEqual([])
    expect(names(more.dosed('s2', '2026-03-23T17:30:00Z', 50, 'm2'), '2026-03-30')).toEqual(['phq-9'])
  })
  test('a maintenance dose later does not start them again', () => {
    const later = done.booked('b1', 'maintenance', '2026-04-20T17:00:00Z', 180).dosed('s9', '2026-04-20T17:30:00Z', 50, 'b1')
    expect(measurePlan(protocol, later, '2026-04-21T17:00:00.000Z', rows).filter((ask) => ask.moment === 'follow-up').map((ask) => [ask.anchor, ask.state])).toEqual([['day-7', 'missed'], ['day-30', 'open']])
  })
})

describe('windows to the moment', () => {
  const rested = asked(booked, '2026-03-09')
  const state = (chart: ToldChart, now: string, instrument = 'phq-9', moment = 'before-dose') => measurePlan(protocol, chart, now, rows).find((ask) => ask.instrument === instrument && ask.moment === moment)?.state
  const answeredAt = (at: string) => rested.on(at, 'measure-answered.v1', phq9)
  test.each([['2026-03-16T06:59:59.999Z', 'later'], ['2026-03-16T07:00:00.000Z', 'open'], ['2026-03-16T19:59:59.999Z', 'open'], ['2026-03-16T20:00:00.000Z', 'missed']])('at %s the form before the dose is %s', (now, expected) => {
    expect(state(rested, now)).toBe(expected)
  })
  test.each([
    ['the first moment of the day', '2026-03-16T07:00:00.000Z', 'answered'],
    ['the last moment before the end', '2026-03-16T19:59:59.999Z', 'answered'],
    ['the end itself', '2026-03-16T20:00:00.000Z', 'missed'],
  ])('answered at %s', (_, at, expected) => {
    expect(state(answeredAt(at), '2026-03-16T21:00:00.000Z')).toBe(expected)
  })
  test('nothing answered before the first dose: missed from then on, and closed with it until then', () => {
    expect(state(booked, '2026-03-16T19:59:00.000Z', 'phq-9', 'intake')).toBe('open')
    expect(state(booked, '2026-03-16T20:00:00.000Z', 'phq-9', 'intake')).toBe('missed')
    expect(due(booked, '2026-03-01').map((measure) => measure.closesAt)).toEqual(['2026-03-16T20:00:00.000Z', '2026-03-16T20:00:00.000Z'])
    expect(due(told(), '2026-03-01').map((measure) => measure.closesAt)).toEqual([null, null])
  })
  test('what closes comes before what does not', () => {
    const all = { ...protocol, measures: { ...protocol.measures, baseline: ['urinary-check'], beforeDose: ['c-ssrs'], followUp: [] } }
    const unbooked = told().booked('b1', 'maintenance', '2026-03-16T17:00:00Z', 180)
    expect(dueMeasures(all, unbooked, '2026-03-16T15:00:00.000Z', rows).map((measure) => measure.instrument)).toEqual(['c-ssrs', 'urinary-check'])
  })
})

describe('what happened counts, not what was booked', () => {
  test('a dose given before its booked time closes the window then', () => {
    const early = asked(booked, '2026-03-09').dosed('s1', '2026-03-16T16:30:00Z', 50, 'm1')
    expect(names(early, '2026-03-16T16:00:00')).toEqual(['c-ssrs', 'gad-7', 'phq-9'])
    expect(names(early, '2026-03-16T16:30:00')).toEqual([])
  })
  test('a session without a booking is asked about as well', () => {
    const plan = measurePlan(protocol, told().dosed('s1', '2026-03-16T17:00:00Z'), '2026-03-20T17:00:00.000Z', rows)
    expect(plan.filter((ask) => ask.moment === 'before-dose').map((ask) => [ask.instrument, ask.anchor, ask.state])).toEqual([['c-ssrs', 's1', 'missed'], ['phq-9', 's1', 'missed'], ['gad-7', 's1', 'missed']])
    expect(plan.filter((ask) => ask.moment === 'follow-up').map((ask) => [ask.anchor, ask.state])).toEqual([['day-7', 'open'], ['day-30', 'later']])
  })
  test('a session whose visit was cancelled afterwards still happened', () => {
    const odd = asked(booked, '2026-03-09').dosed('s1', '2026-03-16T17:30:00Z', 50, 'm1').on('2026-03-17', 'visit-cancelled.v1', { visit: 'm1', why: 'by mistake' })
    expect(names(odd, '2026-03-20')).toEqual(['phq-9'])
  })
  test('the baseline belongs to the first dose, not to a first visit that nobody held or closed', () => {
    const second = booked.booked('m2', 'medicine', '2026-03-30T17:00:00Z', 180).dosed('s2', '2026-03-30T17:30:00Z', 50, 'm2')
    expect(measurePlan(protocol, second, '2026-04-01T17:00:00.000Z', rows).find((ask) => ask.moment === 'baseline')?.anchor).toBe('m2')
  })
  test('a later visit that passed without a dose does not hold the follow-ups back', () => {
    const done = asked(booked, '2026-03-09').dosed('s1', '2026-03-16T17:30:00Z', 50, 'm1').booked('m2', 'medicine', '2026-03-19T17:00:00Z', 180)
    const followUps = (now: string) => measurePlan(protocol, done, now, rows).filter((ask) => ask.moment === 'follow-up').length
    expect(followUps('2026-03-19T19:59:00.000Z')).toBe(0)
    expect(followUps('2026-03-19T20:00:00.000Z')).toBe(2)
    expect(names(done, '2026-03-20')).toEqual(['phq-9'])
  })
  test('a month-long form that was just answered has no place in a short window', () => {
    const trauma = { ...protocol, measures: { baseline: [], beforeDose: [], followUp: ['pcl-5'] } }
    const answers = Object.fromEntries(instruments['pcl-5'].items.map((item) => [item.id, 0]))
    const plan = (day: string) => measurePlan(trauma, told().dosed('s1', '2026-03-16T17:00:00Z').on(day, 'measure-answered.v1', { ...phq9, instrument: 'pcl-5', answers }), '2026-03-22T17:00:00.000Z', rows)[0]?.state
    expect(plan('2026-03-12')).toBe('later')
    expect(plan('2026-03-13')).toBe('too-soon')
  })
})

describe('follow-up windows', () => {
  test.each([
    [[7, 14, 28, 56, 84, 180], [[4, 10], [11, 18], [21, 35], [49, 63], [74, 94], [159, 201]]],
    [[7, 30, 90, 180], [[4, 10], [23, 37], [80, 100], [159, 201]]],
    [[3], [[0, 6]]],
    [[], []],
  ])('%j → %j', (days, expected) => {
    expect(followUpSpans(days, followUpWindows.windows).map((span) => [span.fromDay, span.toDay])).toEqual(expected)
  })
  test('never overlap, and each holds its own day', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 12 }), (days) => {
      const spans = followUpSpans(days, followUpWindows.windows)
      expect(spans).toHaveLength(days.length)
      for (const [i, span] of spans.entries()) {
        expect(span.fromDay <= span.day && span.day <= span.toDay).toBe(true)
        const next = spans[i + 1]
        if (next) expect(next.fromDay).toBeGreaterThan(span.toDay)
      }
    }))
  })
})

test('nothing that is due was already answered in its window, on any day of the course', () => {
  const day = fc.integer({ min: 1, max: 31 })
  fc.assert(fc.property(fc.array(day, { maxLength: 8 }), day, (answeredOn, today) => {
    const march = (n: number) => `2026-03-${String(n).padStart(2, '0')}T15:00:00Z`
    const chart = answeredOn.reduce((so, n) => so.on(march(n), 'measure-answered.v1', phq9), booked.dosed('s1', '2026-03-16T17:30:00Z', 50, 'm1'))
    const now = `2026-03-${String(today).padStart(2, '0')}T16:00:00.000Z`
    for (const measure of dueMeasures(protocol, chart, now, rows).filter((one) => one.instrument === 'phq-9' && one.opensAt !== null)) {
      const seen = chart.all('measure-answered.v1').filter((entry) => entry.at >= measure.opensAt! && entry.at < measure.closesAt!)
      expect(seen).toEqual([])
    }
  }), { numRuns: 60 })
})
