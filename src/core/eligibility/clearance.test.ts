import { describe, expect, test } from 'vitest'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { clearanceNow, readBeforeSigning, sayReopening, screenChart } from './clearance.ts'
import { theServer } from '../chart/entry.ts'
import { clearance, coded, interview, phq9, plainChart, told, type Told } from './fixtures.ts'
import { kindsRead } from './replay.ts'

const now = '2026-11-21T18:00:00.000Z'
const stands = (chart: Told, at = now) => clearanceNow(chart, eligibility, at, limits)
const state = (chart: Told, at = now) => stands(chart, at).state
const reopening = (chart: Told, at = now) => stands(chart, at).newlyMet.map((one) => one.rule.id)
const screened = (chart: Told, at = now) => screenChart(chart, eligibility, at, limits)
const plain = plainChart('2026-11-20')
const sign = (chart: Told, more: Parameters<typeof clearance>[2] = {}, at = '2026-11-20') => chart.on(at, 'clearance.v1', clearance(at, chart, more))
const cleared = sign(plain)
const reason = 'Weighed with the psychiatrist today.'

test.each([
  ['nobody signed', plain, 'none'],
  ['a prescriber cleared', cleared, 'cleared'],
  ['a prescriber holds', sign(plain, { decision: 'held' }), 'held'],
  ['a prescriber refused', sign(plain, { decision: 'refused' }), 'refused'],
  ['cleared, then held', sign(cleared, { decision: 'held' }, '2026-11-21'), 'held'],
  ['held, then cleared', sign(sign(plain, { decision: 'held' }), {}, '2026-11-21'), 'cleared'],
])('%s', (_, chart, expected) => expect(state(chart)).toBe(expected))

test('what is not cleared is missing on the screening', () => {
  for (const chart of [plain, sign(plain, { decision: 'held' }), sign(plain, { decision: 'refused' })]) expect(screened(chart).met.map((one) => one.rule.id)).toEqual(['M01'])
  expect(screened(cleared).met).toEqual([])
})

test.each([
  ['held', sign(plain, { decision: 'held' }), now], ['refused', sign(plain, { decision: 'refused' }), now], ['expired', cleared, '2027-02-19T00:00:00.000Z'],
])('what is %s is not reopened by anything', (expected, chart, at) => {
  expect(stands(chart.on('2026-11-21', 'medication.v1', { name: 'Nardil', codes: [], dosage: '', status: 'active' }), at)).toMatchObject({ state: expected, newlyMet: [] })
})

test('whoever signs has to have read what the rules read, what was told in words, what was taken back, and what prescribers alone read', () => {
  expect(readBeforeSigning).toEqual(expect.arrayContaining([...kindsRead, 'medical-history.v1', 'consent-withdrawn.v1', 'misuse-sign.v1', 'misuse-reviewed.v1']))
})

test('of a rule that was met once, without a word on what it says now, nobody says that it is not so', () => {
  const rule = eligibility.find(({ id }) => id === 'O14')!
  expect(sayReopening({ rule, facts: [], past: true })).toBe(`${rule.says} It cannot be judged any more; it still waits for a prescriber to sign again.`)
  expect(sayReopening({ rule, facts: [] })).toBe(rule.says)
})

describe('its end', () => {
  test.each([
    ['90 days, to the second', cleared, '2027-02-18T17:30:00.000Z', 'cleared'],
    ['a second more', cleared, '2027-02-18T17:30:01.000Z', 'expired'],
    ['on the day the prescriber named', sign(plain, { expiresOn: '2026-11-30' }), '2026-11-30T23:59:59.000Z', 'cleared'],
    ['the day after', sign(plain, { expiresOn: '2026-11-30' }), '2026-12-01T00:00:00.000Z', 'expired'],
    ['a named day beyond 90 days does not lengthen it', sign(plain, { expiresOn: '2027-06-30' }), '2027-02-19T00:00:00.000Z', 'expired'],
  ])('%s', (_, chart, at, expected) => expect(state(chart, at)).toBe(expected))
  test('is told with it', () => expect(stands(cleared)).toMatchObject({ endsAt: '2027-02-18T17:30:00.000Z', entry: { kind: 'clearance.v1' } }))
  test('an expired one is missing again', () => expect(screened(cleared, '2027-02-19T00:00:00.000Z').met.map((one) => one.rule.id)).toContain('M01'))
})

/** Each of these comes after the signature. */
describe('is reopened by', () => {
  const later = '2026-11-21'
  test.each([
    ['a new medicine', (chart: Told) => chart.on(later, 'medication.v1', { name: 'Nardil', codes: [], dosage: '', status: 'active' }), ['O14']],
    ['a high pressure', (chart: Told) => chart.on(later, 'vitals.v1', { systolicMmHg: 172, diastolicMmHg: 84 }), ['H01']],
    ['a pregnancy written down without a test', (chart: Told) => chart.on(later, 'observation.v1', { codes: [{ system: 'http://loinc.org', code: '82810-3' }], name: 'Pregnancy status', value: 'Pregnant', category: 'social-history' }), ['B05']],
    ['a pregnancy', (chart: Told) => chart.on(later, 'pregnancy-test.v1', { result: 'positive', takenAt: `${later}T16:00:00.000Z`, specimen: 'urine' }), ['B05']],
    ['a diagnosis', (chart: Told) => chart.on(later, 'condition.v1', { name: 'Aneurysm', codes: coded('I67.1'), status: 'active', category: 'problem' }), ['B02']],
    ['psychosis', (chart: Told) => chart.says(later, 'psychosis', 'active'), ['B04']],
    ['danger', (chart: Told) => chart.on(later, 'measure-answered.v1', interview({ q2: true, q3: false, q4: true, q5: false })), ['H02']],
    ['an allergy', (chart: Told) => chart.on(later, 'allergy.v1', { substance: 'ketamine', codes: [], status: 'active' }), ['B01']],
    ['use', (chart: Told) => chart.says(later, 'substanceUse', [{ substance: 'cocaine', status: 'active' }]), ['H03']],
    ['a medicine from elsewhere', (chart: Told) => chart.says(later, 'ketamineFromAnotherPrescriber', true), ['O20']],
    ['an entry that the server has not numbered', (chart: Told) => chart.says(later, 'homeOxygen', true, { unnumbered: true }), ['O06']],
  ])('%s', (_, act, rules) => {
    const chart = act(cleared)
    expect(state(chart)).toBe('reopened')
    expect(reopening(chart)).toEqual(rules)
    expect(stands(chart).newlyMet[0]?.facts.flatMap((used) => used.entries)).toContain(chart.entries.at(-1)?.id)
  })

  test.each([
    ['a caution', (chart: Told) => chart.on(later, 'medication.v1', { name: 'sertraline', codes: [], dosage: '', status: 'active' })],
    ['something missing', (chart: Told) => chart.on(later, 'measure-answered.v1', phq9(1))],
    ['a reading that is fine', (chart: Told) => chart.on(later, 'vitals.v1', { systolicMmHg: 130, diastolicMmHg: 80 })],
    ['a pressure in a medicine session', (chart: Told) => chart.on(later, 'vitals.v1', { systolicMmHg: 182, diastolicMmHg: 104 }, { session: 's1' })],
    ['what belongs to one day', (chart: Told) => chart.says(later, 'intoxicated', true)],
  ])('but not by %s', (_, act) => expect(state(act(cleared))).toBe('cleared'))
})

describe('what the prescriber had before them', () => {
  const pastPsychosis = plain.says('2026-11-20', 'psychosis', 'past', { id: 'past' })
  const overridden = sign(pastPsychosis, { met: [['O01', 'override']], overrides: [{ rule: 'O01', reason }] })

  test('an overridden rule does not reopen, and always shows', () => {
    expect(state(overridden)).toBe('cleared')
    expect(screened(overridden)).toMatchObject({ decision: 'ELIGIBLE_WITH_CAUTIONS', met: [{ rule: { id: 'O01' }, override: { rule: 'O01', reason } }] })
  })
  test('an override that nobody signed does', () => {
    const listed = sign(pastPsychosis, { met: [['O01', 'override']] })
    expect(reopening(listed)).toEqual(['O01'])
    expect(screened(listed).decision).toBe('NEEDS_PRESCRIBER_OVERRIDE')
  })
  test('with two rules met, the reason of one does not carry the other', () => {
    const both = pastPsychosis.says('2026-11-20', 'homeOxygen', true)
    const one = sign(both, { met: [['O01', 'override'], ['O06', 'override']], overrides: [{ rule: 'O06', reason }] })
    expect(reopening(one)).toEqual(['O01'])
    expect(screened(one).met.map(({ rule, override }) => [rule.id, override?.rule])).toEqual([['O01', undefined], ['O06', 'O06']])
  })
  test('a reason for a rule that the sheet does not list counts for nothing, beside one that it does', () => {
    const both = pastPsychosis.says('2026-11-20', 'homeOxygen', true)
    const unlisted = sign(both, { met: [['O06', 'override']], overrides: [{ rule: 'O06', reason }, { rule: 'O01', reason }] })
    expect(reopening(unlisted)).toEqual(['O01'])
  })
  test('a hold that was met and is not on the sheet reopens it, whichever other stands there', () => {
    const high = plain.on('2026-11-20', 'vitals.v1', { systolicMmHg: 165, diastolicMmHg: 84 }).on('2026-11-19', 'vitals.v1', { systolicMmHg: 168, diastolicMmHg: 84 })
    expect(reopening(sign(high, { met: [['H03', 'hold']] }))).toEqual(['H01'])
  })
  test('an override ends with the clearance', () => expect(screened(overridden, '2027-03-01T18:00:00.000Z').decision).toBe('NEEDS_PRESCRIBER_OVERRIDE'))
  test('a held clearance carries no override', () => {
    const held = sign(pastPsychosis, { decision: 'held', met: [['O01', 'override']], overrides: [{ rule: 'O01', reason }] })
    expect(screened(held).decision).toBe('NEEDS_PRESCRIBER_OVERRIDE')
  })
  test('a later clearance without it takes it back', () => {
    expect(screened(sign(overridden, { met: [['O01', 'override']] }, '2026-11-21')).decision).toBe('NEEDS_PRESCRIBER_OVERRIDE')
  })
  test('a listed hold does not reopen while its facts are the same, and does when they change', () => {
    const high = plain.on('2026-11-20', 'vitals.v1', { systolicMmHg: 165, diastolicMmHg: 84 }, { id: 'high' }).on('2026-11-19', 'vitals.v1', { systolicMmHg: 168, diastolicMmHg: 84 })
    const listed = sign(high, { met: [['H01', 'hold']] })
    expect(state(listed)).toBe('cleared')
    expect(reopening(listed.on('2026-11-21', 'vitals.v1', { systolicMmHg: 190, diastolicMmHg: 110 }))).toEqual(['H01'])
  })

  test('of two that were overridden, each whose facts change is signed again', () => {
    const both = sign(pastPsychosis.says('2026-11-20', 'homeOxygen', true), { met: [['O01', 'override'], ['O06', 'override']], overrides: [{ rule: 'O01', reason }, { rule: 'O06', reason }] })
    expect(state(both)).toBe('cleared')
    expect(reopening(both.says('2026-11-21', 'untreatedSleepApnea', true))).toEqual(['O06'])
    expect(reopening(both.says('2026-11-21', 'untreatedSleepApnea', true).says('2026-11-21', 'psychosis', 'past'))).toEqual(['O06'])
    expect(screened(both.says('2026-11-21', 'untreatedSleepApnea', true)).met.map(({ rule, override }) => [rule.id, override?.rule])).toEqual([['O01', 'O01'], ['O06', undefined]])
  })
  test('an override is signed again when its facts change', () => {
    const takes = (chart: Told, name: string, dosage: string, at: string) => chart.on(at, 'medication.v1', { name, codes: [], dosage, status: 'active' })
    const signed = sign(takes(plain, 'tranylcypromine', '10 mg', '2026-11-20'), { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })
    expect(state(signed)).toBe('cleared')
    expect(state(takes(signed, 'metformin', '500 mg', '2026-11-21'))).toBe('cleared')
    const doubled = takes(signed, 'tranylcypromine', '20 mg', '2026-11-21')
    expect(reopening(doubled)).toEqual(['O14'])
    expect(screened(doubled).decision).toBe('NEEDS_PRESCRIBER_OVERRIDE')
    expect(reopening(takes(signed, 'phenelzine', '15 mg', '2026-11-21'))).toEqual(['O14'])
  })
  test('one medicine said again and another beside it: the other is news', () => {
    const takes = (chart: Told, name: string, at: string) => chart.on(at, 'medication.v1', { name, codes: [], dosage: '', status: 'active' })
    const signed = sign(takes(plain, 'phenelzine', '2026-11-20'), { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })
    const again = takes(signed, 'phenelzine', '2026-11-21')
    expect(state(again)).toBe('cleared')
    expect(reopening(takes(again, 'tranylcypromine', '2026-11-21'))).toEqual(['O14'])
  })
  test('a newer dosage taken off as a mistake: what stands again had been read', () => {
    const takes = (chart: Told, name: string, dosage: string, at: string, extra = {}) => chart.on(at, 'medication.v1', { name, codes: [], dosage, status: 'active' }, extra)
    const signed = sign(takes(takes(plain, 'phenelzine', '15 mg', '2026-11-18'), 'phenelzine', '45 mg', '2026-11-20', { id: 'slip' }), { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })
    const corrected = takes(signed, 'metformin', '', '2026-11-21', { amends: 'slip' })
    expect(screened(corrected).met.map(({ rule }) => rule.id)).toEqual(['O14'])
    expect(state(corrected)).toBe('cleared')
  })
  test('back to what stood before the signature is a change as well', () => {
    const takes = (chart: Told, dosage: string, at: string) => chart.on(at, 'medication.v1', { name: 'tranylcypromine', codes: [], dosage, status: 'active' })
    const signed = sign(takes(takes(plain, '10 mg', '2026-11-18'), '20 mg', '2026-11-20'), { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })
    expect(state(signed)).toBe('cleared')
    expect(state(takes(signed, '20 mg', '2026-11-21'))).toBe('cleared')
    expect(reopening(takes(signed, '10 mg', '2026-11-21'))).toEqual(['O14'])
    expect(screened(takes(signed, '10 mg', '2026-11-21')).decision).toBe('NEEDS_PRESCRIBER_OVERRIDE')
  })
  test('a reason signed ahead, for a rule that was not met then, counts for nothing', () => {
    const ahead = sign(plain, { overrides: [{ rule: 'O01', reason }] })
    const later = ahead.on('2026-11-20', 'fact.v1', { fact: 'psychosis', state: 'answered', value: 'past' })
    expect(reopening(later)).toEqual(['O01'])
    expect(screened(later).decision).toBe('NEEDS_PRESCRIBER_OVERRIDE')
    const read = clearanceNow(later.on('2026-11-21', 'clearance.v1', clearance('2026-11-21', later, { overrides: [{ rule: 'O01', reason }] })), eligibility, now, limits)
    expect(read.newlyMet.map(({ rule }) => rule.id)).toEqual(['O01'])
  })
  test.each([['19 characters', 'x'.repeat(19), 'NEEDS_PRESCRIBER_OVERRIDE'], ['20 characters', 'x'.repeat(20), 'ELIGIBLE_WITH_CAUTIONS'], ['blanks around 19', ` ${'x'.repeat(19)} `, 'NEEDS_PRESCRIBER_OVERRIDE']])('a reason of %s: %s', (_, written, decision) => {
    const signed = sign(pastPsychosis, { met: [['O01', 'override']], overrides: [{ rule: 'O01', reason: written }] })
    expect(screened(signed).decision).toBe(decision)
    expect(state(signed)).toBe(decision === 'ELIGIBLE_WITH_CAUTIONS' ? 'cleared' : 'reopened')
  })
  test('an override counts to the last second of its clearance, and not one more', () => {
    expect(screened(overridden, '2027-02-18T17:30:00.000Z').met.find(({ rule }) => rule.id === 'O01')?.override?.reason).toBe(reason)
    expect(screened(overridden, '2027-02-18T17:30:01.000Z').met.find(({ rule }) => rule.id === 'O01')).not.toHaveProperty('override')
  })
  test('the same thing said again is no news', () => {
    expect(state(overridden.says('2026-11-21', 'psychosis', 'past'))).toBe('cleared')
    expect(state(overridden.says('2026-11-20', 'psychosis', 'past', { amends: 'past' }))).toBe('cleared')
  })
  test('what was written before the signature but never read counts as news', () => {
    const unread = sign(pastPsychosis, { lastSeq: pastPsychosis.lastSeq - 1, met: [['O01', 'override']], overrides: [{ rule: 'O01', reason }] })
    expect(reopening(unread)).toEqual(['O01'])
  })
  test('no clearance yet: nothing is reopened, and the rules stand as they are', () => {
    expect(clearanceNow(told(), eligibility, now, limits)).toEqual({ state: 'none', newlyMet: [] })
  })
})

describe('a reopening that is past says what its rule says now; one whose reason is kept to others says nothing of it', () => {
  const written = (rule: string, facts: readonly object[]) => cleared.on('2026-11-21', 'clearance-reopened.v1', { clearance: cleared.latest('clearance.v1')!.id, edition: 'test', rules: [{ rule, says: 'Look again.', action: 'hold', facts }] } as never, { by: theServer })
  const weight = { fact: 'weight', value: 76, entries: [plain.all('weight.v1')[0]!.id] }
  test.each<[string, Told, object]>([
    ['a rule of the book, met no more', written('O14', [weight]), { past: true, truth: 'no' }], ['a rule of the book, written down without a fact', written('O14', []), { past: true, truth: 'no' }],
    ['a rule that the book does not hold', written('X01', [weight]), { past: true, truth: 'unknown' }],
  ])('%s', (_, chart, expected) => expect(stands(chart)).toMatchObject({ state: 'reopened', newlyMet: [expected] }))
  test('no rule of the book and no fact', () => {
    const kept = stands(written('prescriber-looks', [])).newlyMet
    expect(kept).toEqual([{ rule: { id: 'prescriber-looks', says: 'Look again.', action: 'hold' }, facts: [] }])
    expect(sayReopening(kept[0]!)).toBe('Look again.')
  })
})
