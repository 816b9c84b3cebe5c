import { describe, expect, test } from 'vitest'
import { at, type Told } from './fixtures.ts'
import { chartReady, closedOf, DAY, dosedBefore, integrated, roomReady, give, start } from './testing/fixtures.ts'

/** Spacing counts every dose that stands on the chart, also one whose session was never recorded as started. */
const lone = (story: Told, daysAgo: number, more: object = {}) => story.dose(-daysAgo * DAY - 60, 1, 40, { id: `lone-${daysAgo}`, session: 'gone', ...more })
const visited = (story: Told, daysAgo: number) => story.on(-daysAgo * DAY, 'visit-closed.v1', { type: 'integration', startedAt: at(-daysAgo * DAY - 60), endedAt: at(-daysAgo * DAY), outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '' }, { session: 'none' })

describe('a dose without its session', () => {
  test.each<[string, Told, readonly string[]]>([
    ['a day ago', visited(lone(chartReady(), 1), 0.5), ['spacing not-met']], ['47 hours ago', visited(lone(chartReady(), 47 / 24), 1), ['spacing not-met']], ['48 hours ago', visited(lone(chartReady(), 2), 1), []],
    ['in no session, a day ago', visited(lone(chartReady(), 1, { session: undefined }), 0.5), ['spacing not-met']],
    ['and one with its session: two in seven days', visited(lone(dosedBefore(chartReady(), 6), 3), 2), ['spacing not-met']],
    ['and not integrated', lone(chartReady(), 3), ['integration not-met']],
    ['dated before the session that was begun last', integrated(dosedBefore(lone(chartReady(), 9), 1, 'last'), 'last', 0.5), ['spacing not-met']],
  ])('%s', (_, story, expected) => expect(closedOf(start(story))).toEqual(expected))

  test('says what is missing, and rests on the dose itself', () => {
    const gate = start(lone(chartReady(), 1)).find((one) => one.gate === 'spacing')!
    expect([gate.says, gate.facts]).toEqual(['A dose was given less than 48 hours ago. The start of its session is not on this chart.', ['lone-1']])
  })

  test('makes nobody’s first session a later one: no booster comes of it', () => {
    const second = (story: Told) => give(story.dose(0).on(10, 'dose-prepared.v1', { step: 2, doseUg: 20_000, route: 'IM', order: 'order', lot: '' }, { id: 'prepared-2' }), 2, 20).find(({ gate }) => gate === 'booster')!.says
    const alone = second(roomReady())
    expect(second(lone(roomReady(), 10))).toBe(alone)
    expect(second(dosedBefore(roomReady(), 10))).not.toBe(alone)
  })
})

test('at the door the last session is said by its beginning, and by its last dose where that came on a later day', () => {
  const says = (story: Told) => start(story).find(({ gate }) => gate === 'spacing')!.says
  const twice = dosedBefore(chartReady(), 1, 'last').dose(-DAY + 10, 1, 40, { id: 'last-twice', session: 'last' })
  const leftOpen = dosedBefore(chartReady(), 6, 'last').dose(-DAY, 2, 20, { id: 'last-later', session: 'last' })
  expect([says(dosedBefore(chartReady(), 1)), says(twice), says(leftOpen)]).toEqual(['The last medicine session began less than 48 hours ago.', 'The last medicine session began less than 48 hours ago.', 'The last dose was given less than 48 hours ago.'])
})

test('a dose dated before its session counts from the session', () => {
  const backdated = (story: Told) => story.on(-DAY, 'session-started.v1', dosedBefore(chartReady(), 30, 'model').entries.find(({ id }) => id === 'model')!.body as never, { id: 'late', session: 'late' })
    .dose(-8 * DAY, 1, 40, { id: 'late-dose', session: 'late' }).on(-DAY + 120, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'late-close', session: 'late' })
  expect(closedOf(start(visited(backdated(chartReady()), 0.5)))).toEqual(['spacing not-met'])
})

describe('before a dose, the hours count from the first dose of the last session', () => {
  // The room's fixture doses at the full hour; the session before it began an hour earlier.
  const before = (minute: number) => roomReady().on(-2 * DAY + minute - 60, 'session-started.v1', roomReady().entries.find(({ kind }) => kind === 'session-started.v1')!.body as never, { id: 'last', session: 'last' })
    .dose(-2 * DAY + minute, 1, 40, { id: 'last-dose', session: 'last' }).on(-2 * DAY + minute + 120, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'last-close', session: 'last' })
  const gate = (story: Told, step = 1) => give(story, step).find((one) => one.gate === 'spacing')
  test.each<[string, Told, string, readonly string[]]>([
    ['47 hours and 59 minutes', before(1), 'not-met', ['last']], ['48 hours', before(0), 'met', ['last']], ['a minute more', before(-1), 'met', ['last']], ['none before', roomReady(), 'met', []],
    ['its dose in two records, the later one 47 hours ago', before(-60).dose(-2 * DAY + 60, 1, 40, { id: 'twice', session: 'last' }), 'not-met', ['last']],
    ['a dose that no session began with, 47 hours ago', lone(roomReady(), 47 / 24 - 1 / 24), 'not-met', [`lone-${47 / 24 - 1 / 24}`]],
    ['two others in seven days', before(-2 * DAY).dose(-5 * DAY, 1, 40, { id: 'other', session: 'other' }), 'not-met', ['other', 'last']],
    ['what was given in this very session is not before it', roomReady().dose(-0.5), 'met', []],
  ])('%s', (_, story, state, facts) => expect(gate(story)).toMatchObject({ state, facts, overridable: false }))

  test('it says from when, and what it counted where the first dose is not certain', () => {
    expect(gate(before(1))!.says).toMatch(/^The first dose of the last session was given less than 48 hours ago\. The next one from \d\d:01 on 20/)
    expect(gate(before(-60).dose(-2 * DAY + 60, 1, 40, { id: 'twice', session: 'last' }))!.says).toContain('recorded twice, and the later record counts')
  })
  test('a dose dated before its session counts from the beginning, and says so', () => {
    const backdated = roomReady().on(-DAY, 'session-started.v1', roomReady().entries.find(({ kind }) => kind === 'session-started.v1')!.body as never, { id: 'last', session: 'last' }).dose(-8 * DAY, 1, 40, { id: 'last-dose', session: 'last' })
    expect(gate(backdated)!.says).toMatch(/^The last medicine session began less than 48 hours ago\. Its dose is dated before that, so the beginning counts\. The next one from /)
  })
  test('a booster is no next dose', () => expect(gate(before(1).dose(0), 2)).toBeUndefined())
})

describe('a pregnancy test that is there is not looked past', () => {
  const unable = chartReady().without('test').on(-DAY, 'fact.v1', { fact: 'childbearingPotential', state: 'answered', value: false })
  const tested = (daysAgo: number, result: 'positive' | 'negative') => unable.on(-daysAgo * DAY, 'pregnancy-test.v1', { result, takenAt: at(-daysAgo * DAY), specimen: 'urine' })
  test.each<[string, Told, readonly string[]]>([
    ['none, and none due', unable, []], ['positive, and none due', tested(1, 'positive'), ['pregnancy not-met']], ['negative and old, and none due', tested(60, 'negative'), []], ['positive years ago', tested(900, 'positive'), []],
  ])('%s', (_, story, expected) => expect(closedOf(start(story))).toEqual(expected))
})

describe('whoever was named last has to be an adult', () => {
  const named = (story: Told, daysAgo: number, adult: boolean, visit?: string) => story.on(-daysAgo * DAY, 'escort-named.v1', { name: 'Lia', phone: '1', relationship: '', adult, ...(visit ? { visit } : {}) })
  test.each<[string, Told, string | undefined, readonly string[]]>([
    ['no visit named at the start, a child named for today since', named(named(chartReady().without('escort'), 2, true), 1, false, 'medicine-2'), undefined, ['escort not-met']],
    ['another visit named at the start', named(named(chartReady().without('escort'), 2, true), 1, false, 'medicine-2'), 'medicine-9', ['escort not-met']],
    ['an adult named after the child', named(named(chartReady().without('escort'), 2, false, 'medicine-2'), 1, true, 'medicine-2'), 'medicine-2', []],
  ])('%s', (_, story, visit, expected) => expect(closedOf(start(story, { visit } as never))).toEqual(expected))
})
