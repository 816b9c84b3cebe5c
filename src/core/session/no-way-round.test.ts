import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sessionGates } from '../../knowledge/session-gates.ts'
import { roles } from '../access/roles.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { at, SESSION, type Told } from './fixtures.ts'
import { carriedBy, gateOf, isPassable, notKnown, notMet, passage, type GateName, type Override } from './gates.ts'
import { chartReady, closedOf, give, giving, roomReady, start, starting } from './testing/fixtures.ts'

/** The gates of a session and of a dose that nobody can pass, whatever reason anybody writes down. */
const GATES = Object.keys(sessionGates) as GateName[]
const because = 'It seems right to me all the same, today.'
const reason = fc.constantFrom('', 'short', because, because.repeat(20), ' '.repeat(40))
const overrides = fc.array(fc.record({ gate: fc.constantFrom(...GATES, 'everything', ''), role: fc.constantFrom(...roles), reason }), { maxLength: 40 })
const everyReason: Override[] = GATES.flatMap((gate) => roles.map((role) => ({ gate, role, reason: because })))

test('only nine of them may be passed at all, and these are never among them', () => {
  expect(GATES.filter(isPassable).toSorted()).toEqual(['alcohol-cannabis', 'day-medicines', 'emergency-kit', 'fasting', 'integration', 'pre-dose', 'preparation', 'prescriber-reachable', 'safety-plan'])
  expect(isPassable('everything')).toBe(false)
})

test('a gate that is not met holds against every reason of every role, also where a judgement would have let it pass', () => {
  fc.assert(fc.property(fc.constantFrom(...GATES), fc.constantFrom(notMet('x'), notKnown('x')), fc.boolean(), overrides, (gate, said, overridable, written) => {
    const one = gateOf(gate, said, overridable)
    const passed = passage([one, { ...one, overridable: true }], written)
    const mayPass = isPassable(gate) && overridable && written.some((each) => each.gate === gate && each.role === 'prescriber' && each.reason.trim().length >= 20)
    if (!isPassable(gate)) expect([one.overridable, passed.passes, passed.overridden]).toEqual([false, false, []])
    else expect(passage([one], written).passes).toBe(mayPass)
  }))
})

/** What is taken away, and the gate that has to close for it. */
const AT_START: Record<string, GateName> = { treatment: 'consent', touch: 'consent', order: 'order', test: 'pregnancy', escort: 'escort' }
const IN_ROOM: Record<string, GateName> = { ...AT_START, 'rosa-in': 'two-people', 'jun-in': 'two-people', identity: 'identity', screen: 'suicide-screen', 'reading-2': 'vitals-taken', 'mind-2': 'mental-status', 'prepared-1': 'prepared', 'confirmed-1': 'confirmed' }
const readings: Record<string, string> = { 'reading-2': 'reading-1', 'mind-2': 'mind-1' }
const more = fc.array(fc.tuple(fc.constantFrom(...GATES), fc.integer({ min: 1, max: 4 })), { maxLength: 12 })
const carrying = (story: Told, passed: readonly (readonly [GateName, number])[]): Told => passed.reduce((told, [gate, step]) => told.on(-1, 'gate-passed.v1', { gate, step, reason: because }, { by: 'dr-osei' }), story)
const reasoned = (story: Told): Told => story.with((entries) => entries.map((entry) => (entry.kind === 'session-started.v1' ? { ...entry, body: { ...entry.body, gates: GATES.map((gate) => ({ gate, state: 'not-met' as const, facts: [], reason: because })) } } : entry)))
const struck = (story: Told, without: string): Told => story.without(without).on(-1, 'session-note.v1', { text: 'It was there.' }, { amends: without })

describe('with nothing taken away', () => {
  test('a session starts and a dose is given', () => {
    expect(closedOf(start(chartReady()))).toEqual([])
    expect(closedOf(give(roomReady()))).toEqual([])
  })
})

describe('no session starts without', () => {
  test.each(Object.entries(AT_START))('%s', (id, gate) => {
    fc.assert(fc.property(overrides, more, fc.boolean(), (written, passed, all) => {
      const { passes, blocking } = passage(start(carrying(struck(chartReady(), id), passed)), all ? everyReason : written)
      expect([passes, blocking.map((one) => one.gate)]).toEqual([false, expect.arrayContaining([gate])])
    }), { numRuns: 30 })
  })

  test.each<[string, Parameters<typeof starting>[0], GateName]>([
    ['a clearance that stands', { clearance: { state: 'not-met', facts: [], says: 'On hold.' } }, 'clearance'], ['a clearance anybody could judge', { clearance: { state: 'unknown', facts: [], says: 'Not known.' } }, 'clearance'],
    ['a second person', { people: [{ person: 'rosa', role: 'therapist' }, { person: 'rosa', role: 'prescriber' }] }, 'two-people'],
    ['a second person, where the other is a prescriber on call', { people: [{ person: 'rosa', role: 'therapist' }, { person: 'dr-osei', role: 'prescriber on call' }] }, 'two-people'],
    ['an end of the crisis', { openRisks: [{ opened: 'x', openedAt: at(-100), dosing: 'stopped', says: 'High.' }] as never }, 'no-crisis'],
  ])('%s', (_, context, gate) => {
    const { passes, blocking } = passage(start(reasoned(carrying(chartReady(), GATES.map((name) => [name, 1]))), context), everyReason)
    expect([passes, blocking.map((one) => one.gate)]).toEqual([false, [gate]])
  })
})

describe('no dose is given without', () => {
  test.each(Object.entries(IN_ROOM))('%s', (id, gate) => {
    fc.assert(fc.property(more, fc.integer({ min: 0, max: 10 }), (passed, minute) => {
      const story = reasoned(carrying(roomReady().without(id).without(readings[id] ?? id), [...passed, ...GATES.map((name) => [name, 1] as const)]))
      const { passes, blocking } = passage(give(story, 1, minute), [...carriedBy(story.chart, SESSION, 1), ...everyReason])
      expect([passes, blocking.map((one) => one.gate)]).toEqual([false, expect.arrayContaining([gate])])
    }), { numRuns: 12 })
  })

  test('a prescriber on site, with esketamine', () => {
    const route: DoseRoute = 'IN-esketamine'
    const story = reasoned(carrying(roomReady(route), GATES.map((name) => [name, 1])))
    expect(passage(give(story, 1, 0, giving(0)), everyReason).blocking.map(({ gate }) => gate)).toEqual(expect.arrayContaining(['prescriber-on-site']))
  })
})
