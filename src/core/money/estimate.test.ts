import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimateRules, estimateWords, sampleFees } from '../../knowledge/fees.ts'
import type { Protocol } from '../course/protocol.ts'
import { estimate, estimateSentences, mayDispute, type Estimate } from './estimate.ts'
import { estimateDocument } from './estimate-document.ts'
import type { FeeRow } from './fee.ts'

const phase = (type: string, count: number) => ({ type, count, durationMin: 60, staff: [], place: 'either', tag: 'P' })
const soloSix = { id: 'solo-six', phases: [phase('intake', 1), phase('medical-clearance', 1), phase('preparation', 3), phase('medicine', 6), phase('integration', 6), phase('follow-up', 4), phase('maintenance', 0)] } as unknown as Protocol
const made = (protocol: Protocol = soloSix, fees: readonly FeeRow[] = sampleFees): Estimate => {
  const result = estimate(protocol, fees, estimateRules)
  if (!result.ok) throw new Error(result.refusal.map((one) => one.says).join(' '))
  return result.value
}

describe('the course of six, line by line', () => {
  test.each([
    ['intake', 1, 1, 25_000, 25_000],
    ['preparation', 3, 3, 20_000, 60_000],
    ['medicine', 6, 18, 22_500, 405_000],
    ['integration', 6, 6, 20_000, 120_000],
    ['follow-up', 4, 4, 15_000, 60_000],
  ])('%s: %i visits, %i units at %i cents', (visitType, visits, units, unitCents, chargeCents) => {
    expect(made().lines.find((line) => line.visitType === visitType)).toMatchObject({ visits, units, unitCents, chargeCents })
  })
  test('adds up to $6,700.00, and may be disputed from $7,100.00', () => {
    expect(made()).toMatchObject({ totalCents: 670_000, disputeFromCents: 710_000 })
  })
  test('the prescriber’s visit and the laboratory stand apart and outside the total', () => {
    expect(made().separate).toEqual([
      { visitType: 'medical-clearance', service: 'Demonstration: medical visit', code: 'DEMO-03', visits: 1, units: 1, chargeCents: 35_000 },
      { visitType: 'laboratory', service: 'Laboratory tests, if the prescriber asks for them', code: '', visits: 1, units: 1, chargeCents: null },
    ])
    expect(made().separateCents).toBe(35_000)
  })
  test('maintenance is decided one at a time and is not part of it', () => {
    expect(made().lines.map((line) => line.visitType)).not.toContain('maintenance')
  })
})

test.each([[0, false], [39_999, false], [40_000, true], [40_001, true]])('billed %i cents above the estimate: may be disputed %s', (above, may) => {
  expect(mayDispute(made(), made().totalCents + above)).toBe(may)
})

test('a planned visit without a price is refused, not counted as nothing', () => {
  const fees = sampleFees.filter((fee) => fee.visitType !== 'integration' && fee.visitType !== 'intake')
  const result = estimate(soloSix, fees, estimateRules)
  expect(result.ok ? [] : result.refusal.map((one) => one.visitType)).toEqual(['intake', 'integration'])
})

test('two fees for one visit are two lines', () => {
  const second = { ...sampleFees[4], id: 'second-monitor', code: 'DEMO-55', descriptor: 'Demonstration: second person in the room', unitsPerVisit: 3, chargeCents: 5_000 }
  expect(made(soloSix, [...sampleFees, second]).totalCents).toBe(670_000 + 6 * 3 * 5_000)
})

test('a first call is free', () => {
  expect(made({ ...soloSix, phases: [...soloSix.phases, phase('inquiry-call', 1)] } as unknown as Protocol).totalCents).toBe(670_000)
})

test('the total is always the sum of its lines, in whole cents', () => {
  const fee = fc.record({ unitsPerVisit: fc.integer({ min: 1, max: 6 }), chargeCents: fc.nat(500_000) })
  fc.assert(fc.property(fc.array(fee, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 20 }), (fees, count) => {
    const rows = fees.map((one, i): FeeRow => ({ ...sampleFees[0], ...one, id: String(i), visitType: 'medicine' }))
    const all = made({ id: 'x', phases: [phase('medicine', count)] } as unknown as Protocol, rows)
    expect(all.totalCents).toBe(fees.reduce((sum, one) => sum + one.unitsPerVisit * one.chargeCents * count, 0))
    expect(Number.isSafeInteger(all.disputeFromCents)).toBe(true)
  }))
})

test('the sentences name the total, the four hundred dollars and the amount from which a bill may be disputed', () => {
  const text = estimateSentences(made(), estimateWords.sentences, estimateRules).join('\n')
  for (const part of ['$6,700.00', '$400.00 or more', '$7,100.00']) expect(text).toContain(part)
  expect(text).not.toMatch(/[{}]/)
})

describe('the written estimate', () => {
  const parts = {
    number: 'E-1', issuedOn: '2026-02-01', course: 'Six sessions', patient: { name: 'Mara Keller', birthDate: '1986-03-14', address: '' },
    practice: { name: 'Sample Practice', address: '1 Example Street, Oakland, CA', phone: '555-0100', tin: '12-3456789', npi: '1234567893', sample: true },
    providers: [{ name: 'Jo Lin', credentials: 'PhD', npi: '1245319599', licence: 'CA PSY 0' }], diagnoses: [], estimate: made(),
  }
  const write = (changed: Partial<typeof parts> = {}) => estimateDocument({ ...parts, ...changed }, estimateWords.sentences, estimateRules)
  test('is made although the diagnosis is still open', () => expect(write().ok).toBe(true))
  test('says whose number does not check out', () => {
    const wrong = { ...parts.providers[0]!, npi: '1234567890' }
    const says = (providers: typeof parts.providers) => {
      const result = write({ providers })
      return result.ok ? [] : result.refusal.map((one) => one.says)
    }
    expect(says([wrong])).toEqual(['The NPI of Jo Lin does not check out. Look at its ten digits again.'])
    expect(says([{ ...wrong, name: '' }])).toEqual(['The NPI of a provider does not check out. Look at its ten digits again.'])
  })
  test.each([
    ['no name', { patient: { ...parts.patient, name: ' ' } }, 'missing-field'],
    ['nobody who treats', { providers: [] }, 'missing-field'],
    ['a wrong NPI', { providers: [{ ...parts.providers[0]!, npi: '1234567890' }] }, 'npi-provider'],
    ['a wrong NPI of the practice', { practice: { ...parts.practice, npi: '1' } }, 'npi-practice'],
    ['a short tax number', { practice: { ...parts.practice, tin: '12-345' } }, 'tin'],
  ])('is refused with %s', (_, changed, problem) => {
    const result = write(changed)
    expect(result.ok ? [] : result.refusal.map((one) => one.problem)).toEqual([problem])
  })
})
