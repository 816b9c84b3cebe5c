import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billingRules, sampleFees } from '../../knowledge/fees.ts'
import type { FeeRow } from './fee.ts'
import { superbill, type BilledPatient, type BilledVisit, type BillingPractice, type BillingProvider, type BillingStamp } from './superbill.ts'

const practice: BillingPractice = { name: 'Alder House', address: '1 Example Street, Oakland, CA 94601', phone: '555-0100', tin: '12-3456789', npi: '1234567893', sample: false }
const provider: BillingProvider = { name: 'Jo Lin', credentials: 'PhD', npi: '1245319599', licence: 'CA PSY 00000' }
const patient: BilledPatient = { name: 'Mara Keller', birthDate: '1986-03-14', address: '2 Example Street, Oakland, CA 94601' }
const stamp: BillingStamp = { number: 'SB-2026-0001', issuedOn: '2026-03-18' }
const fee: FeeRow = { id: 'f', visitType: 'integration', code: '90837', descriptor: 'Therapy hour', modifier: '', placeOfService: '11', unitsPerVisit: 1, chargeCents: 20_000, demonstration: false }
const visit: BilledVisit = {
  visit: 'v1', type: 'integration', startedAt: '2026-03-17T17:00:00.000Z', endedAt: '2026-03-17T18:00:00.000Z', on: '2026-03-17', outcome: 'completed',
  diagnoses: [{ code: 'F33.1', says: 'major depression, recurrent, moderate' }], paidCents: 20_000,
}

interface Changed {
  readonly visit?: Partial<BilledVisit>
  readonly fee?: Partial<FeeRow>
  readonly practice?: Partial<BillingPractice>
  readonly provider?: Partial<BillingProvider>
  readonly patient?: Partial<BilledPatient>
  readonly stamp?: Partial<BillingStamp>
}
const bill = (changed: Changed = {}) =>
  superbill({ ...visit, ...changed.visit }, [{ ...fee, ...changed.fee }], { ...practice, ...changed.practice }, { ...provider, ...changed.provider }, { ...patient, ...changed.patient }, { ...stamp, ...changed.stamp }, billingRules)
const problems = (changed: Changed) => {
  const result = bill(changed)
  return result.ok ? [] : result.refusal.map((one) => one.problem)
}

test.each([[50, '90834', []], [50, '90837', ['minutes']], [60, '90837', []], [30, '90832', []]] as const)('therapy of %i minutes by %s has its line; what its minutes do not fit is said', (minutes, code, warned) => {
  const made = bill({ visit: { type: 'therapy', endedAt: new Date(Date.parse(visit.startedAt) + minutes * 60_000).toISOString() }, fee: { visitType: 'therapy', code, chargeCents: 17_500 } })
  if (!made.ok) throw new Error(JSON.stringify(made.refusal))
  expect(made.value.lines).toMatchObject([{ code, units: 1, chargeCents: 17_500 }])
  expect(made.value.warnings).toHaveLength(warned.length)
})

test('a bill with everything on it', () => {
  expect(bill()).toEqual({
    ok: true,
    value: {
      number: 'SB-2026-0001', issuedOn: '2026-03-18', visit: 'v1', practice, provider, patient,
      diagnoses: [{ letter: 'A', code: 'F33.1', says: 'major depression, recurrent, moderate' }],
      lines: [{ on: '2026-03-17', placeOfService: '11', code: '90837', modifiers: [], service: 'Therapy hour', pointers: ['A'], units: 1, unitCents: 20_000, chargeCents: 20_000 }],
      totalCents: 20_000, paidCents: 20_000, balanceCents: 0, paidInFull: true, demonstration: false, warnings: [],
    },
  })
})

describe('is refused, with what to put right', () => {
  test.each([
    ['a provider’s NPI that does not check out', { provider: { npi: '1234567890' } }, ['npi-provider']],
    ['the practice’s', { practice: { npi: '' } }, ['npi-practice']],
    ['eight digits of a tax number', { practice: { tin: '12345678' } }, ['tin']],
    ['no diagnosis', { visit: { diagnoses: [] } }, ['no-diagnosis']],
    ['a diagnosis in words', { visit: { diagnoses: [{ code: 'depression', says: '' }] } }, ['icd-form']],
    ['a heading instead of a code', { visit: { diagnoses: [{ code: 'F43.1', says: '' }] } }, ['icd-heading']],
    ['thirteen diagnoses', { visit: { diagnoses: Array.from({ length: 13 }, () => ({ code: 'F33.1', says: '' })) } }, ['too-many-diagnoses']],
    ['a missed visit', { visit: { outcome: 'missed' } }, ['visit-not-held']],
    ['no fee for such a visit', { visit: { type: 'group' } }, ['no-fee']],
    ['a visit that ends as it begins', { visit: { endedAt: visit.startedAt } }, ['day']],
    ['a bill dated before the visit', { stamp: { issuedOn: '2026-03-16' } }, ['day']],
    ['a code of the demonstration', { fee: { demonstration: true, code: 'DEMO-01' } }, ['demonstration-code']],
    ['a code of no known form', { fee: { code: '9083' } }, ['code-form']],
    ['no word for what it is', { fee: { descriptor: ' ' } }, ['descriptor-missing']],
    ['no units', { fee: { unitsPerVisit: 0, chargeCents: 100 } }, ['units', 'nothing-to-bill']],
    ['half a unit', { fee: { unitsPerVisit: 1.5 } }, ['units']],
    ['a negative price', { fee: { chargeCents: -1 } }, ['amount']],
    ['a fraction of a cent', { fee: { chargeCents: 10.5 } }, ['amount']],
    ['nothing to pay', { fee: { chargeCents: 0 } }, ['nothing-to-bill']],
    ['a negative payment', { visit: { paidCents: -5 } }, ['paid']],
    ['no birth date', { patient: { birthDate: '' } }, ['missing-of-patient']],
    ['neither licence nor phone', { provider: { licence: '' }, practice: { phone: '' } }, ['missing-field', 'missing-field']],
    ['several at once, all told', { provider: { npi: '1' }, practice: { tin: '' }, visit: { diagnoses: [] } }, ['npi-provider', 'tin', 'no-diagnosis']],
  ] as const satisfies readonly (readonly [string, Changed, readonly string[]])[])('%s', (_, changed, expected) => {
    expect(problems(changed)).toEqual(expected)
  })
})

describe('at the edge and still a bill', () => {
  test.each([
    ['dated on the day of the visit', { stamp: { issuedOn: '2026-03-17' } }],
    ['twelve diagnoses', { visit: { diagnoses: Array.from({ length: 12 }, () => ({ code: 'F33.1', says: '' })) } }],
    ['a code outside our catalogue, in form', { visit: { diagnoses: [{ code: 'R45.89', says: '' }] } }],
    ['a code of the third category', { fee: { code: '0820T' } }],
    ['a code of the second level', { fee: { code: 'G2082' } }],
    ['a visit that ended early', { visit: { outcome: 'ended-early' } }],
  ] as const satisfies readonly (readonly [string, Changed])[])('%s', (_, changed) => expect(problems(changed)).toEqual([]))
  test('who referred, what it replaces and who signed stand on it where they are known', () => {
    const full = bill({ visit: { referredBy: 'Dr. Sol Amari' }, stamp: { replaces: 'SB-2026-0000', signedBy: { name: 'Jo Lin', on: '2026-03-18' } } })
    expect(full.ok && full.value).toMatchObject({ referredBy: 'Dr. Sol Amari', replaces: 'SB-2026-0000', signedBy: { name: 'Jo Lin', on: '2026-03-18' } })
    const plain = bill()
    expect(plain.ok && Object.keys(plain.value).filter((key) => ['referredBy', 'replaces', 'signedBy'].includes(key))).toEqual([])
  })
  test('of five diagnoses a line points at the first four', () => {
    const many = bill({ visit: { diagnoses: ['F33.1', 'F41.1', 'F43.10', 'G89.4', 'Z73.0'].map((code) => ({ code, says: code })) } })
    expect(many.ok && many.value.diagnoses.map((one) => one.letter).join('')).toBe('ABCDE')
    expect(many.ok && many.value.lines[0]?.pointers).toEqual(['A', 'B', 'C', 'D'])
  })
  test('one line of the demonstration among real ones is enough to refuse', () => {
    const result = superbill(visit, [fee, { ...fee, id: 'd', code: 'DEMO-01', demonstration: true }], practice, provider, patient, stamp, billingRules)
    expect(result.ok ? [] : [...new Set(result.refusal.map((one) => one.problem))]).toEqual(['demonstration-code'])
  })
  test('each refusal says what to put right in words', () => {
    const says = (changed: Changed) => {
      const result = bill(changed)
      return result.ok ? [] : result.refusal.map((one) => one.says)
    }
    expect(says({ fee: { code: '', descriptor: '', placeOfService: '' } })).toEqual(['A line does not have the form of a billing code.', 'The practice has not written what this line is.', 'Place of service (empty) is not one we know.'])
    expect(says({ fee: { code: '12', descriptor: '', placeOfService: '77' } })).toEqual(['12 does not have the form of a billing code.', 'The practice has not written what 12 is.', 'Place of service 77 is not one we know.'])
  })
})

describe('place of service and modifier belong together', () => {
  test.each([
    ['11', '', []],
    ['11', '25', []],
    ['11', '95', ['modifier-needs-place']],
    ['11', '93', ['modifier-needs-place']],
    ['10', '', ['place-needs-modifier']],
    ['10', '95', []],
    ['10', '93', []],
    ['10', 'GT', ['place-needs-modifier']],
    ['02', '', ['place-needs-modifier']],
    ['02', '95 HO', []],
    ['99', '', ['place-unknown']],
    ['', '95', ['place-unknown']],
    ['11', '25 59 HO AJ', []],
    ['11', '25 59 HO AJ AH', ['too-many-modifiers']],
    ['11', '255', ['modifier-form']],
  ])('place %s with “%s”', (placeOfService, modifier, expected) => {
    expect(problems({ fee: { placeOfService, modifier } })).toEqual(expected)
  })
  test('a visit held online overrides where the fee usually applies', () => {
    const result = bill({ visit: { placeOfService: '10', modifiers: ['95'] } })
    expect(result.ok && result.value.lines[0]).toMatchObject({ placeOfService: '10', modifiers: ['95'] })
  })
})

describe('worth a second look, and still a bill', () => {
  const held = (minutes: number) => ({ endedAt: new Date(Date.parse(visit.startedAt) + minutes * 60_000).toISOString() })
  const warnings = (changed: Changed) => {
    const result = bill(changed)
    return result.ok ? result.value.warnings.map((one) => one.problem) : ['refused']
  }
  test.each([
    ['90832', 15, ['minutes']], ['90832', 16, []], ['90832', 37, []], ['90832', 38, ['minutes']],
    ['90834', 37, ['minutes']], ['90834', 38, []], ['90834', 52, []], ['90834', 53, ['minutes']],
    ['90837', 52, ['minutes']], ['90837', 53, []], ['90837', 180, []],
  ])('%s for %i minutes', (code, minutes, expected) => {
    expect(warnings({ fee: { code }, visit: held(minutes) })).toEqual(expected)
  })
  test('three therapy hours in one day, as most payers would not take them', () => {
    expect(warnings({ fee: { unitsPerVisit: 3 }, visit: held(180) })).toEqual(['units-a-day'])
    expect(warnings({ fee: { code: '96127', unitsPerVisit: 3 }, visit: held(180) })).toEqual([])
  })
  test('in words', () => {
    const says = (changed: Changed) => {
      const result = bill(changed)
      return result.ok ? result.value.warnings.map((one) => one.says) : []
    }
    expect(says({ visit: held(40) })).toEqual(['90837 stands for 53 minutes or more; the visit took 40.'])
    expect(says({ fee: { code: '90834' }, visit: held(60) })).toEqual(['90834 stands for 38 to 52 minutes; the visit took 60.'])
    expect(says({ fee: { unitsPerVisit: 2 } })).toEqual(['Most payers take 90837 only once a day.'])
  })
})

test.each([[0, 20_000, false], [19_999, 1, false], [20_000, 0, true], [25_000, -5_000, true]])('%i cents paid: %i open, in full: %s', (paidCents, balanceCents, paidInFull) => {
  const result = bill({ visit: { paidCents } })
  expect(result.ok && result.value).toMatchObject({ balanceCents, paidInFull })
})

test('the sample practice may print its demonstration codes, and the bill says so', () => {
  const result = superbill({ ...visit, type: 'medicine' }, sampleFees, { ...practice, sample: true }, provider, patient, stamp, billingRules)
  expect(result.ok && result.value).toMatchObject({ demonstration: true, totalCents: 67_500 })
})

test('not one word of a note reaches a bill, whatever else hangs on the visit', () => {
  const secret = fc.stringMatching(/^[a-z]{12,20}$/)
  fc.assert(fc.property(secret, fc.constantFrom('summary', 'note', 'carePlan', 'themes', 'text', 'psychotherapyNote'), (words, field) => {
    const loaded = <Whole extends object>(whole: Whole): Whole => ({ ...whole, [field]: words })
    const result = superbill(loaded({ ...visit, diagnoses: visit.diagnoses.map(loaded) }), [loaded(fee)], loaded(practice), loaded(provider), loaded(patient), loaded(stamp), billingRules)
    expect(result.ok).toBe(true)
    expect(JSON.stringify(result)).not.toContain(words)
  }))
})

test('the total is the sum of its lines', () => {
  const line = fc.record({ unitsPerVisit: fc.integer({ min: 1, max: 8 }), chargeCents: fc.integer({ min: 1, max: 300_000 }) })
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
    const result = superbill(visit, lines.map((one, i) => ({ ...fee, ...one, id: String(i) })), practice, provider, patient, stamp, billingRules)
    expect(result.ok && result.value.totalCents).toBe(lines.reduce((sum, one) => sum + one.unitsPerVisit * one.chargeCents, 0))
  }))
})
