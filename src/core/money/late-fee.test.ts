import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cancelReasons } from '../chart/kinds/aftercare.ts'
import type { FeeRow } from './fee.ts'
import { freeUntil, lateFee, lateFeeRule, ownReasons, type Cancelled, type LateFeeRule } from './late-fee.ts'

const startsAt = '2026-03-10T17:00:00.000Z'
const before = (hours: number, ms = 0) => new Date(Date.parse(startsAt) - hours * 3_600_000 + ms).toISOString()
const told = (some: Partial<Cancelled> = {}): Cancelled => ({ type: 'medicine', startsAt, outcome: 'cancelled', by: 'patient', reason: 'other', knownAt: before(3), ...some })
const rule: LateFeeRule = { freeUntilHours: 24, charges: { medicine: { cents: 15_000 }, integration: { percent: 50 }, preparation: { percent: 33 } } }
const fee = (visitType: string, chargeCents: number, unitsPerVisit = 1): FeeRow => ({ id: visitType, visitType, code: '', descriptor: '', modifier: '', placeOfService: '11', unitsPerVisit, chargeCents, demonstration: true })
const fees = [fee('integration', 12_000, 2), fee('integration', 1_000), fee('preparation', 10_001)]

test.each<[string, Partial<Cancelled>, number | null | string]>([
  ['three hours before', {}, 15_000], ['at the very hour', { knownAt: before(24) }, 'in-time'], ['a moment after it', { knownAt: before(24, 1) }, 15_000], ['days before', { knownAt: before(80) }, 'in-time'],
  ['ill', { reason: 'patient-ill' }, 15_000], ['the weather', { reason: 'weather' }, 15_000], ['no ride', { reason: 'no-ride' }, 15_000],
  ['the practice cancelled', { by: 'practice', reason: 'practice' }, 'practice'], ['the practice cancelled, for the weather', { by: 'practice', reason: 'weather' }, 'practice'], ['for the practice, entered as the patient', { reason: 'practice' }, 'practice'],
  ['a clinical hold', { by: 'practice', reason: 'clinical-hold' }, 'clinical-hold'], ['a clinical hold, entered as the patient', { reason: 'clinical-hold' }, 'clinical-hold'], ['nobody came, on a clinical hold', { outcome: 'no-show', reason: 'clinical-hold' }, 'clinical-hold'],
  ['nobody came', { outcome: 'no-show', knownAt: before(-1) }, 15_000], ['nobody came, whatever is said of when it was known', { outcome: 'no-show', knownAt: before(80) }, 15_000],
  ['a kind of visit that the rule does not name', { type: 'intake' }, 'no-rule'], ['half of all that the visit is billed by', { type: 'integration' }, 12_500], ['a share rounded to whole cents', { type: 'preparation' }, 3_300],
])('%s', (_, some, expected) => {
  const found = lateFee(told(some), rule, fees)
  expect(found.applies ? found.amountCents : found.why).toBe(expected)
})

test('a share of what has no price is not known, and is not nothing', () => expect(lateFee(told({ type: 'integration' }), rule, [])).toEqual({ applies: true, amountCents: null }))

test('what the practice cancels, and a clinical hold, never cost anything, whatever the rule', () => {
  const free: [Cancelled['by'], Cancelled['reason']][] = [...cancelReasons.map((reason): [Cancelled['by'], Cancelled['reason']] => ['practice', reason]), ['patient', 'practice'], ['patient', 'clinical-hold']]
  fc.assert(fc.property(fc.constantFrom(...free), fc.integer({ min: -100, max: 400 }), fc.integer({ min: 0, max: 336 }), fc.integer({ min: 1, max: 1e6 }), ([by, reason], hours, freeUntilHours, cents) => {
    expect(lateFee(told({ by, reason, knownAt: before(hours) }), { freeUntilHours, charges: { medicine: { cents } } }, []).applies).toBe(false)
  }), { numRuns: 60 })
  expect(ownReasons).toEqual(cancelReasons.filter((reason) => reason !== 'practice' && reason !== 'clinical-hold'))
})

describe('the rule as it stands in the settings', () => {
  const none = { freeUntilHours: 0, charges: {} }
  test.each<[string, unknown, LateFeeRule]>([
    ['nothing', undefined, none], ['words', 'half', none], ['no hours', { charges: { medicine: { cents: 100 } } }, none], ['hours as words', { freeUntilHours: '24', charges: { medicine: { cents: 100 } } }, none], ['too many hours', { freeUntilHours: 337, charges: { medicine: { cents: 100 } } }, none],
    ['an amount and a share', { freeUntilHours: 24, charges: { medicine: { cents: 100 }, intake: { percent: 100 } } }, { freeUntilHours: 24, charges: { medicine: { cents: 100 }, intake: { percent: 100 } } }],
    ['more than the whole', { freeUntilHours: 24, charges: { intake: { percent: 101 } } }, { freeUntilHours: 24, charges: {} }], ['less than nothing', { freeUntilHours: 24, charges: { intake: { cents: -5 }, medicine: null } }, { freeUntilHours: 24, charges: {} }],
  ])('%s', (_, lateFeeSetting, expected) => expect(lateFeeRule({ lateFee: lateFeeSetting })).toEqual(expected))
  test('free until', () => expect(freeUntil({ startsAt }, rule)).toBe(before(24)))
})
