import { describe, expect, test } from 'vitest'
import type { Entry } from './entry.ts'
import { notAsBrought, quarantineState, sealedFor, type SealedAct } from './quarantine.ts'

describe('what was brought from a device whose access had ended', () => {
  test.each([
    // decided, on the chart of two entries; how it stands
    [null, [], 'open'], [null, ['a'], 'open'], [null, ['a', 'b'], 'arrived'], [null, ['c'], 'open'],
    ['adopted', [], 'adopted'], ['adopted', ['a', 'b'], 'adopted'], ['discarded', [], 'discarded'], ['discarded', ['a', 'b'], 'discarded'],
  ] as const)('decided %s, with %j on the chart, is %s', (decision, onChart, state) => {
    expect(quarantineState({ entries: ['a', 'b'], decision }, (id) => (onChart as readonly string[]).includes(id))).toBe(state)
  })
  const entry = (id: string, by = 'lee', device = 'tablet') => ({ id, by, device, body: {} }) as unknown as Entry
  const brought = { chart: 'chart', person: 'lee', device: 'tablet', entries: ['a', 'b'] }
  const rows: [string, Partial<SealedAct>, ReturnType<typeof notAsBrought>][] = [
    ['as it was brought', {}, undefined], ['of another chart', { chart: 'other' }, 'chart'], ['with an entry of somebody else', { entries: [entry('a'), entry('b', 'pia')] }, 'author'],
    ['with what a second person signed on that device', { entries: [entry('a'), { ...entry('b', 'pia'), body: { signature: { lent: { by: 'lee' } } } } as never] }, undefined], ['with what was signed on the device of another', { entries: [entry('a'), { ...entry('b'), body: { signature: { lent: { by: 'pia' } } } } as never] }, 'author'],
    ['with an entry of another device', { entries: [entry('a', 'lee', 'phone'), entry('b')] }, 'device'], ['with an entry more', { entries: [entry('a'), entry('b'), entry('c')] }, 'entries'],
    ['with an entry less', { entries: [entry('a')] }, 'entries'], ['with another entry', { entries: [entry('a'), entry('c')] }, 'entries'],
  ]
  test.each(rows)('%s', (_, more, why) => {
    expect(notAsBrought({ chart: 'chart', writtenAt: 'x', entries: [entry('a'), entry('b')], ...more }, brought)).toBe(why)
  })
  test('is sealed for one act, one chart, one person and one device', () => {
    const all = [['1', 'c', 'p', 'd'], ['2', 'c', 'p', 'd'], ['1', 'x', 'p', 'd'], ['1', 'c', 'x', 'd'], ['1', 'c', 'p', 'x']].map(([act, chart, person, device]) => sealedFor(act!, { chart: chart!, person: person!, device: device! }))
    expect(new Set(all).size).toBe(5)
  })
})
