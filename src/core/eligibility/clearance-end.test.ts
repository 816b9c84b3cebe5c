import { describe, expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import type { EntryOf } from '../chart/entry.ts'
import { endOf } from './clearance-end.ts'
import { clearance, told, type Told } from './fixtures.ts'
import { freshnessOf } from './limits.ts'
import { screeningFacts } from './screening-facts.ts'

const signed = (expiresOn?: string) => ({ body: clearance('2026-01-01', told(), expiresOn === undefined ? {} : { expiresOn }) }) as EntryOf<'clearance.v1'>

test('a clearance ends on the evening that was named, and never later than the rulebook allows', () => {
  const days = freshnessOf('clearanceSigned', limits)!
  const longest = new Date(Date.parse('2026-01-01T17:30:00.000Z') + days * 86_400_000).toISOString()
  expect(endOf(signed(), limits)).toBe(longest)
  expect(endOf(signed('2026-01-15'), limits)).toBe('2026-01-15T23:59:59.999Z')
  for (const day of [longest.slice(0, 10), '2036-01-15']) expect(endOf(signed(day), limits)).toBe(longest)
})

describe('whether a clearance is signed, as the rules read it', () => {
  const at = '2026-02-01T12:00:00.000Z'
  const signed = (decision: 'cleared' | 'held' | 'refused', chart = told(), id = 'signed', expiresOn?: string) => chart.on('2026-01-01T17:30', 'clearance.v1', { ...clearance('2026-01-01', told()), decision, ...(expiresOn !== undefined && { expiresOn }) }, { id })
  test.each<[string, Told, string, unknown]>([
    ['nobody signed', told(), at, { state: 'missing', why: 'not-asked', entries: [] }],
    ['cleared', signed('cleared'), at, { state: 'known', value: true, entries: ['signed'] }], ['held', signed('held'), at, { state: 'known', value: false, entries: ['signed'] }], ['refused', signed('refused'), at, { state: 'known', value: false, entries: ['signed'] }],
    ['held after it was cleared', signed('held', signed('cleared', told(), 'before')), at, { state: 'known', value: false, entries: ['signed'] }],
    ['to its last moment', signed('cleared', told(), 'signed', '2026-01-31'), '2026-01-31T23:59:59.999Z', { state: 'known', value: true, entries: ['signed'] }],
    ['and past it', signed('cleared', told(), 'signed', '2026-01-31'), '2026-02-01T00:00:00.000Z', { state: 'missing', why: 'stale', entries: ['signed'] }],
    ['what is held does not grow old', signed('held', told(), 'signed', '2026-01-31'), at, { state: 'known', value: false, entries: ['signed'] }],
  ])('%s', (_, chart, when, fact) => expect(screeningFacts(chart, when, limits).clearanceSigned).toEqual(fact))
})

test.each<[string, Told, unknown]>([
  ['no course chosen', told(), { state: 'known', value: 'other', entries: [] }],
  ['another course', told().on('2026-01-01', 'course-chosen.v1', { protocol: 'solo-six', edition: 'test' }, { id: 'chosen' }), { state: 'known', value: 'other', entries: ['chosen'] }],
  ['an alcohol course', told().on('2026-01-01', 'course-chosen.v1', { protocol: limits.alcoholProtocols[0]!, edition: 'test' }, { id: 'chosen' }), { state: 'known', value: 'AUD', entries: ['chosen'] }],
])('whether drinking is what is treated: %s', (_, chart, fact) => expect(screeningFacts(chart, '2026-02-01T12:00:00.000Z', limits).protocolTarget).toEqual(fact))

test('where the rulebook does not say how long one holds, it holds no longer than its signature', () => {
  expect(endOf(signed('2026-01-15'), { ...limits, freshness: [] })).toBe('2026-01-01T17:30:00.000Z')
})
