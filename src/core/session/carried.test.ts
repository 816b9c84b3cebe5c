import { describe, expect, test } from 'vitest'
import { begun, SESSION, type Told } from './fixtures.ts'
import { carriedBy, gateOf, met, notKnown, notMet, passage, type GateName, type Override } from './gates.ts'

describe('what a prescriber has carried', () => {
  const why = 'Seen twice this week; the third visit follows on Monday.'
  const passed = (story: Told, step: number, session = SESSION) => story.on(-1, 'gate-passed.v1', { gate: 'fasting', step, reason: why } as never, { session })
  const begunWith = (gates: unknown) => begun().with((entries) => entries.map((entry) => (entry.id === SESSION ? { ...entry, body: { ...entry.body, gates } as never } : entry)))
  test.each<[string, Told, number, string[]]>([
    ['nothing', begun(), 1, []], ['for this step', passed(begun(), 1), 1, ['fasting']], ['for another step', passed(begun(), 2), 1, []], ['in another session', passed(begun(), 1, 'other'), 1, []],
    ['at the start, and with what was met left out', begunWith([{ gate: 'preparation', reason: why }, { gate: 'consent' }]), 2, ['preparation']],
    ['both', passed(begunWith([{ gate: 'preparation', reason: why }]), 1), 1, ['preparation', 'fasting']], ['for a session that is not there', begun().without(SESSION), 1, []],
  ])('%s', (_, story, step, gates) => {
    expect(carriedBy(story.chart, SESSION, step)).toEqual(gates.map((gate) => ({ gate, role: 'prescriber', reason: why })))
  })
})

describe('a passage through two closed gates', () => {
  const closed = [gateOf('fasting', notMet('Too soon.', ['food']), true), gateOf('alcohol-cannabis', notKnown('Nobody asked.'), true), gateOf('consent', met('Signed.'))]
  const override = (gate: GateName, reason: string) => ({ gate, role: 'prescriber' as const, reason })
  const asked = (...overrides: Override[]) => {
    const { passes, blocking, overridden } = passage(closed, overrides)
    return [passes, blocking.map(({ gate }) => gate), overridden.map(({ gate, reason }) => `${gate}: ${reason}`)]
  }
  test.each<[string, Override[], unknown[]]>([
    ['without a reason', [], [false, ['fasting', 'alcohol-cannabis'], []]],
    ['a reason of twenty characters, for one of them', [override('fasting', 'x'.repeat(20))], [false, ['alcohol-cannabis'], [`fasting: ${'x'.repeat(20)}`]]],
    ['nineteen', [override('fasting', 'x'.repeat(19))], [false, ['fasting', 'alcohol-cannabis'], []]], ['blanks do not count', [override('fasting', `  ${'x'.repeat(19)}  `)], [false, ['fasting', 'alcohol-cannabis'], []]],
    ['blanks are not kept', [override('fasting', `  ${'x'.repeat(20)} `), override('alcohol-cannabis', 'y'.repeat(20))], [true, [], [`fasting: ${'x'.repeat(20)}`, `alcohol-cannabis: ${'y'.repeat(20)}`]]],
  ])('%s', (_, overrides, expected) => {
    expect(asked(...overrides)).toEqual(expected)
  })

  test('a gate keeps what it looked at, and nothing where it looked at nothing', () => {
    expect(closed.map(({ state, facts, overridable }) => [state, facts, overridable])).toEqual([['not-met', ['food'], true], ['unknown', [], true], ['met', [], false]])
    expect(gateOf('order', notMet('There is no order.')).facts).toEqual([])
  })
})
