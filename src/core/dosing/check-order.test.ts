import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dosing } from '../../knowledge/dosing.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { kg, mg } from '../shared/units.ts'
import { checkOrder } from './check-order.ts'
import { checkEntry, limitsFor, volumeFits } from './limits.ts'
import { doseRowOf, type DoseRow } from './rows.ts'
import type { Body } from './weight.ts'

const reason = 'Two sessions at the upper end passed without any effect.'
const order = (route: DoseRoute, doseMg: number, more: object = {}) => ({
  medication: route === 'IN-esketamine' ? ('esketamine' as const) : ('racemic-ketamine' as const),
  route, doseUg: mg(doseMg), boosterUg: 0, maxTotalUg: mg(doseMg), weightG: kg(80), validFrom: '2026-11-21', validUntil: '2026-12-21', reason: '', ...more,
})
const slim: Body = { sex: 'M', heightMm: 1800, weightG: kg(80) }
const verdict = (given: ReturnType<typeof order>, body: Body = slim) => {
  const checked = checkOrder(given, dosing, body)
  return checked.ok ? (checked.value.needsReason ? 'ok, with its reason' : 'ok') : checked.refusal.code
}

describe('below, at and above each maximum, for 80 kg', () => {
  test.each([
    ['IM', 79, '', 'ok'], ['IM', 80, '', 'ok'], ['IM', 81, '', 'reason-needed'], ['IM', 81, reason, 'ok, with its reason'],
    ['IM', 119, reason, 'ok, with its reason'], ['IM', 120, reason, 'ok, with its reason'], ['IM', 121, reason, 'above-hard-max'], ['IM', 519, reason, 'above-hard-max'], ['IM', 520, reason, 'entry-error'],
    ['IV', 64, '', 'ok'], ['IV', 65, '', 'reason-needed'], ['IV', 80, reason, 'ok, with its reason'], ['IV', 81, reason, 'above-hard-max'], ['IV', 160, reason, 'entry-error'],
    ['SL', 300, '', 'ok'], ['SL', 325, '', 'reason-needed'], ['SL', 400, reason, 'ok, with its reason'], ['SL', 425, reason, 'above-hard-max'],
    ['PO', 200, '', 'ok'], ['PO', 205, '', 'reason-needed'], ['PO', 300, reason, 'ok, with its reason'], ['PO', 305, reason, 'above-hard-max'],
    ['IN-esketamine', 56, '', 'ok'], ['IN-esketamine', 84, '', 'ok'], ['IN-esketamine', 70, '', 'entry-error'], ['IN-esketamine', 112, reason, 'above-hard-max'],
  ] as const)('%s %d mg with reason "%s" → %s', (route, doseMg, why, expected) => {
    expect(verdict(order(route, doseMg, { reason: why }))).toBe(expected)
  })

  test.each([
    ['too short', 'too little effect', 'reason-needed'], ['nineteen characters', 'nineteen characters', 'reason-needed'], ['twenty', 'twenty characters ok', 'ok, with its reason'], ['blanks do not count', `   short${' '.repeat(30)}`, 'reason-needed'],
  ])('a reason that is %s', (_, why, expected) => {
    expect(verdict(order('IM', 81, { reason: why }))).toBe(expected)
  })

  test('the lower of two ceilings holds: 130 mg into a muscle from 87 kg on, 100 mg into a vein from 100 kg on', () => {
    const tall: Body = { sex: 'M', heightMm: 2100, weightG: kg(120) }
    expect(verdict(order('IM', 130, { weightG: kg(120), reason }), tall)).toBe('ok, with its reason')
    expect(verdict(order('IM', 131, { weightG: kg(120), reason }), tall)).toBe('above-hard-max')
    expect(verdict(order('IV', 100, { weightG: kg(120), reason }), tall)).toBe('ok, with its reason')
    expect(verdict(order('IV', 101, { weightG: kg(120), reason }), tall)).toBe('above-hard-max')
  })
})

test('a soft maximum per kilogram never climbs over the hard one for anybody', () => {
  const im = doseRowOf(dosing, 'IM') as DoseRow
  expect([limitsFor(im, kg(130)), limitsFor(im, kg(140))].map(({ softUg, hardUg }) => [softUg, hardUg])).toEqual([[mg(130), mg(130)], [mg(130), mg(130)]])
  expect(limitsFor(im, kg(80))).toMatchObject({ softUg: mg(80), hardUg: mg(120) })
})

describe('what an order may not mix up', () => {
  test.each([
    ['esketamine into a muscle', order('IM', 56, { medication: 'esketamine' }), 'medication-does-not-match-route'],
    ['racemic ketamine by the nasal device', order('IN-esketamine', 56, { medication: 'racemic-ketamine' }), 'medication-does-not-match-route'],
    ['an end before the beginning', order('IM', 40, { validUntil: '2026-11-20' }), 'dates-crossed'],
    ['a total below the dose', order('IM', 40, { maxTotalUg: mg(39) }), 'total-below-dose'],
    ['a total above the hard maximum', order('IM', 40, { maxTotalUg: mg(121), reason }), 'total-above-hard-max'],
    ['a total above the soft maximum', order('IM', 40, { maxTotalUg: mg(81) }), 'reason-needed'],
    ['a booster by vein', order('IV', 40, { boosterUg: mg(10), maxTotalUg: mg(60) }), 'no-booster-on-this-route'],
    ['a booster of esketamine', order('IN-esketamine', 56, { boosterUg: mg(28), maxTotalUg: mg(84) }), 'no-booster-on-this-route'],
    ['a booster larger than the dose', order('IM', 30, { boosterUg: mg(31), maxTotalUg: mg(80) }), 'booster-larger-than-dose'],
    ['a booster as large as the dose', order('IM', 40, { boosterUg: mg(40), maxTotalUg: mg(80) }), 'ok'],
    ['dose and booster above the soft maximum', order('IM', 50, { boosterUg: mg(31), maxTotalUg: mg(100), reason }), 'with-booster-above-soft-max'],
    ['dose and booster above the order’s own total', order('IM', 40, { boosterUg: mg(30), maxTotalUg: mg(69) }), 'with-booster-above-total'],
  ])('%s', (_, given, expected) => {
    expect(verdict(given)).toBe(expected)
  })

  test('at a body mass index of 30 or more the actual weight is refused, the ideal and the adjusted one are not', () => {
    const heavy: Body = { sex: 'F', heightMm: 1650, weightG: kg(100) }
    expect(verdict(order('IM', 28, { weightG: kg(100) }), heavy)).toBe('actual-weight-not-allowed')
    expect(verdict(order('IM', 28, { weightG: 74_145 }), heavy)).toBe('ok')
    expect(verdict(order('IM', 28, { weightG: 56_909 }), heavy)).toBe('ok')
  })

  test('without height and sex the weight basis is said to be open, not fine', () => {
    const checked = checkOrder(order('IM', 40), dosing)
    expect(checked.ok && checked.value.asks).toHaveLength(1)
  })
})

test('a number typed as a dose: 700 mg into a muscle at 80 kg is a slip of the finger', () => {
  expect(checkEntry(mg(700), doseRowOf(dosing, 'IM') as DoseRow, kg(80))).toEqual({ action: 'REFUSE', flag: 'ENTRY_ERROR' })
})

test.each([
  [50_000, 500, 100_000, true], [50_000, 501, 100_000, true], [50_000, 502, 100_000, false], [60_000, 500, 100_000, false],
])('%i µg as %i µl of %i µg/ml fits: %s', (doseUg, volumeUl, strength, fits) => {
  expect(volumeFits(doseUg, volumeUl, strength)).toBe(fits)
})

test('no order that passes goes above a hard maximum, and none above a soft one without a reason', () => {
  const given = fc.record({
    route: fc.constantFrom('IM', 'SL', 'IV', 'PO', 'IN-esketamine'), doseUg: fc.integer({ min: 1, max: 600_000 }), boosterUg: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200_000 })),
    maxTotalUg: fc.integer({ min: 1, max: 600_000 }), weightG: fc.integer({ min: 30_000, max: 200_000 }), reason: fc.constantFrom('', reason),
  })
  fc.assert(fc.property(given, (some) => {
    const typed = { ...order(some.route as DoseRoute, 1), ...some, route: some.route as DoseRoute }
    const checked = checkOrder(typed, dosing)
    if (!checked.ok) return true
    const { softUg, hardUg } = limitsFor(doseRowOf(dosing, typed.route) as DoseRow, typed.weightG)
    const within = typed.doseUg <= hardUg && typed.maxTotalUg <= hardUg && typed.doseUg + typed.boosterUg <= typed.maxTotalUg
    return within && (typed.reason !== '' || (typed.doseUg <= softUg && typed.maxTotalUg <= softUg))
  }), { numRuns: 2_000 })
})

describe('what a refusal says', () => {
  const heavy: Body = { sex: 'F', heightMm: 1650, weightG: kg(100) }
  test.each<[string, ReturnType<typeof order>, Body, string]>([
    ['another medicine', order('IM', 56, { medication: 'esketamine' }), slim, 'IM is for racemic ketamine. This order says esketamine.'],
    ['another device', order('IN-esketamine', 56, { medication: 'racemic-ketamine' }), slim, 'IN-esketamine is for esketamine. This order says racemic ketamine.'],
    ['dates', order('IM', 40, { validUntil: '2026-11-20' }), slim, 'The order ends before it begins.'],
    ['a slip', order('IM', 520), slim, '520 mg by IM at 80 kg looks like a slip of the finger. Please type it again.'],
    ['a hard maximum', order('IM', 121), slim, '121 mg is above 120 mg, the most this practice allows by IM at 80 kg.'],
    ['a total above it', order('IM', 40, { maxTotalUg: mg(121) }), slim, 'The total of 121 mg is above 120 mg, the most this practice allows in one session.'],
    ['a total below the dose', order('IM', 40, { maxTotalUg: mg(39) }), slim, 'The total allowed is smaller than the dose.'],
    ['no booster', order('IV', 40, { boosterUg: mg(10), maxTotalUg: mg(60) }), slim, 'A booster is not given by IV.'],
    ['a large booster', order('IM', 30, { boosterUg: mg(31), maxTotalUg: mg(80) }), slim, 'The booster is larger than the dose.'],
    ['both above the usual', order('IM', 50, { boosterUg: mg(31), maxTotalUg: mg(100), reason }), slim, 'Dose and booster together are 81 mg, above 80 mg.'],
    ['both above the total', order('IM', 40, { boosterUg: mg(30), maxTotalUg: mg(69) }), slim, 'Dose and booster together are 70 mg, above the order\'s own total of 69 mg.'],
    ['no reason', order('IM', 81), slim, 'This order goes above 80 mg, the usual upper end. Please write why, in 20 characters or more.'],
    ['the actual weight', order('IM', 28, { weightG: kg(100) }), heavy, 'At this height and weight the dose is computed with the ideal or the adjusted weight, at most 74.145 kg.'],
  ])('%s', (_, given, body, says) => {
    expect(checkOrder(given, dosing, body)).toMatchObject({ ok: false, refusal: { says } })
  })

  test('a route without a dose table is refused before anything else', () => {
    expect(checkOrder(order('IM', 40), { ...dosing, doses: [] }, slim)).toEqual({ ok: false, refusal: { code: 'route-without-dose-row', says: 'This practice has no dose table for the route IM.' } })
  })
})

test('at the very edges: a total at the hard maximum, both at the soft one, both at the total, an order of one day, one gram too much', () => {
  const heavy: Body = { sex: 'F', heightMm: 1650, weightG: kg(100) }
  expect(verdict(order('IM', 40, { maxTotalUg: mg(120), reason }))).toBe('ok, with its reason')
  expect(verdict(order('IM', 50, { boosterUg: mg(30), maxTotalUg: mg(80) }))).toBe('ok')
  expect(verdict(order('IM', 40, { boosterUg: mg(30), maxTotalUg: mg(70) }))).toBe('ok')
  expect(verdict(order('IM', 40, { validUntil: '2026-11-21' }))).toBe('ok')
  expect(verdict(order('IM', 28, { weightG: 74_146 }), heavy)).toBe('actual-weight-not-allowed')
})

test('what an order may carry is told with its ceilings, and with what nobody could judge', () => {
  expect(checkOrder(order('IM', 40), dosing, slim)).toEqual({ ok: true, value: { needsReason: false, softUg: mg(80), hardUg: mg(120), asks: [] } })
  expect(checkOrder(order('IM', 40), dosing)).toMatchObject({ value: { asks: ['Height and sex are not known, so nobody has judged which weight this dose should be computed with.'] } })
})

test.each([
  [0, 'REFUSE', 'ENTRY_ERROR'], [-1, 'REFUSE', 'ENTRY_ERROR'], [1, 'OK', undefined], [80_000, 'OK', undefined], [80_001, 'ASK_REASON', undefined], [120_000, 'ASK_REASON', undefined], [120_001, 'REFUSE', 'ABOVE_HARD_MAX'], [519_999, 'REFUSE', 'ABOVE_HARD_MAX'], [520_000, 'REFUSE', 'ENTRY_ERROR'],
])('%i µg typed for a muscle at 80 kg: %s %s', (doseUg, action, flag) => {
  expect(checkEntry(doseUg, doseRowOf(dosing, 'IM') as DoseRow, kg(80))).toEqual(flag ? { action, flag } : { action })
})
