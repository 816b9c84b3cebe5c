import { expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import type { EntryOf } from '../chart/entry.ts'
import { endOf } from './clearance-end.ts'
import { clearance, told } from './fixtures.ts'
import { freshnessOf } from './limits.ts'

const signed = (expiresOn?: string) => ({ body: clearance('2026-01-01', told(), expiresOn === undefined ? {} : { expiresOn }) }) as EntryOf<'clearance.v1'>

test('a clearance ends on the evening that was named, and never later than the rulebook allows', () => {
  const days = freshnessOf('clearanceSigned', limits)!
  const longest = new Date(Date.parse('2026-01-01T17:30:00.000Z') + days * 86_400_000).toISOString()
  expect(endOf(signed(), limits)).toBe(longest)
  expect(endOf(signed('2026-01-15'), limits)).toBe('2026-01-15T23:59:59.999Z')
  expect(endOf(signed('2036-01-15'), limits)).toBe(longest)
})

test('where the rulebook does not say how long one holds, it holds no longer than its signature', () => {
  expect(endOf(signed('2026-01-15'), { ...limits, freshness: [] })).toBe('2026-01-01T17:30:00.000Z')
})
