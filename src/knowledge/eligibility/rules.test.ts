import { describe, expect, test } from 'vitest'
import { plainCase, ruleCases } from '../../core/eligibility/cases/rule-cases.ts'
import { factsFromCase } from '../../core/eligibility/facts-from-case.ts'
import { screen } from '../../core/eligibility/screen.ts'
import { eligibility, screeningLimits } from '../eligibility.ts'

function asked(input: Record<string, unknown>) {
  const read = factsFromCase({ ...plainCase, ...input }, screeningLimits)
  if (!read.ok) throw new Error(`${read.refusal.key}: ${read.refusal.message}`)
  return screen(eligibility, read.value.facts, read.value.overrides)
}
const fired = (input: Record<string, unknown>) => asked(input).met.map((one) => one.rule.id)
const both = Object.entries(ruleCases)

test('every rule has a case that fires it and one that does not, and no case is about a rule that is gone', () => {
  expect(both.map(([id]) => id).toSorted()).toEqual(eligibility.map((rule) => rule.id).toSorted())
  expect(both.filter(([, cases]) => cases.fires.length === 0 || cases.not.length === 0)).toEqual([])
})

test('the plain case fires nothing, and nothing about it is unknown', () => {
  expect(asked({})).toMatchObject({ decision: 'ELIGIBLE', met: [], unknown: [], urgent: false, crisis: false })
})

describe.each(both)('%s', (id, { fires, not, unknown = [] }) => {
  test.each(fires.map((input) => [JSON.stringify(input), input] as const))('fires on %s', (_, input) => expect(fired(input)).toContain(id))
  test.each(not.map((input) => [JSON.stringify(input), input] as const))('is not met by %s', (_, input) => expect(asked(input).notMet.map((rule) => rule.id)).toContain(id))
  if (unknown.length > 0) test.each(unknown.map((input) => [JSON.stringify(input), input] as const))('is unknown with %s', (_, input) => expect(asked(input).unknown.map((one) => one.rule.id)).toContain(id))
})

/** Pairs that share a fact: the graver rule alone speaks, unless the reference lets both. */
test.each([
  [{ systolic: 165, diastolic: 95 }, ['H01']],
  [{ transaminaseTimesUpperLimit: 6 }, ['H07']],
  [{ transaminaseTimesUpperLimit: 4 }, ['O07']],
  [{ weeksSinceCardiovascularEvent: 6 }, ['B07']],
  [{ weeksSinceCardiovascularEvent: 6.5 }, ['O03']],
  [{ bpicSs: 22 }, ['O10']],
  [{ cSsrs: { q1: true, q2: true, q3: true, q4: true } }, ['H02']],
  [{ medications: ['methadone'], opioidAgonistTreatment: true }, ['O12']],
  [{ diagnoses: ['F44.81'] }, ['O18']],
  [{ age: 68, ecgDone: true }, ['C02']],
  [{ medications: ['alprazolam'] }, ['M04']],
  [{ medications: ['methylphenidate'], systolic: 146, diastolic: 92 }, ['C01', 'O19']],
  [{ mania: 'current', urineDrugScreenPositive: ['cocaine'] }, ['B11', 'H03']],
] as const)('%o fires exactly %o', (input, ids) => expect(fired(input).toSorted()).toEqual(ids))

describe('flags beside the decision', () => {
  test.each([
    [179, 119, false], [180, 78, true], [122, 120, true], [160, 100, false],
  ])('%i/%i is urgent: %s', (systolic, diastolic, urgent) => expect(asked({ systolic, diastolic }).urgent).toBe(urgent))

  test.each([
    [{ q4: true }, true], [{ q5: true }, true], [{ q6Lifetime: true, q6PastThreeMonths: true }, true], [{ q6Lifetime: true }, false], [{ q3: true }, false], [{}, false],
  ])('the interview %o is a crisis: %s', (cSsrs, crisis) => expect(asked({ cSsrs }).crisis).toBe(crisis))

  test('a crisis is one under a block, too', () => expect(asked({ age: 17, cSsrs: { q4: true } })).toMatchObject({ decision: 'INELIGIBLE', crisis: true }))
})

describe('an override', () => {
  const reason = 'Psychiatrist agrees; twelve years well.'
  test.each([
    ['a prescriber, signed', { role: 'prescriber', signed: true, reason }, 'ELIGIBLE_WITH_CAUTIONS'],
    ['a prescriber, with 20 characters', { role: 'prescriber', signed: true, reason: '12345678901234567890' }, 'ELIGIBLE_WITH_CAUTIONS'],
    ['a prescriber, with 19 characters', { role: 'prescriber', signed: true, reason: '1234567890123456789' }, 'NEEDS_PRESCRIBER_OVERRIDE'],
    ['a prescriber, with spaces around 19', { role: 'prescriber', signed: true, reason: ' 1234567890123456789 ' }, 'NEEDS_PRESCRIBER_OVERRIDE'],
    ['a prescriber, not signed', { role: 'prescriber', signed: false, reason }, 'NEEDS_PRESCRIBER_OVERRIDE'],
    ['a therapist', { role: 'therapist', signed: true, reason }, 'NEEDS_PRESCRIBER_OVERRIDE'],
    ['a medical director', { role: 'medical-director', signed: true, reason }, 'NEEDS_PRESCRIBER_OVERRIDE'],
  ])('by %s: %s', (_, override, decision) => {
    const screening = asked({ psychosis: 'past', overrides: [{ rule: 'O01', ...override }] })
    expect(screening.decision).toBe(decision)
    expect(screening.met.map((one) => one.rule.id)).toEqual(['O01'])
  })

  test.each([['B06', { age: 17 }, 'INELIGIBLE'], ['H01', { systolic: 170 }, 'DEFERRED'], ['M03', { systolic: null }, 'INCOMPLETE']])('does nothing for %s', (rule, input, decision) => {
    const screening = asked({ ...input, overrides: [{ rule, role: 'prescriber', signed: true, reason }] })
    expect(screening.decision).toBe(decision)
    expect(screening.met.filter((one) => one.override)).toEqual([])
  })

  test('covers its own rule only', () => {
    expect(asked({ psychosis: 'past', homeOxygen: true, overrides: [{ rule: 'O01', role: 'prescriber', signed: true, reason }] }).decision).toBe('NEEDS_PRESCRIBER_OVERRIDE')
  })
})

describe('silence', () => {
  test('a heart attack without a date leaves the block unknown', () => {
    const screening = asked({ diagnoses: ['I21.4'], ecgDone: true })
    expect(screening.decision).toBe('INCOMPLETE')
    expect(screening.unknown.map((one) => one.rule.id)).toEqual(['B07', 'O03'])
  })
  test('heart failure without its class is unknown, not fine', () => expect(asked({ diagnoses: ['I50.9'], ecgDone: true }).decision).toBe('INCOMPLETE'))
  test('what nobody measured is listed', () => expect(asked({}).unrecorded).toEqual(expect.arrayContaining(['tsh', 'qtcMs', 'childPugh', 'bpicSs'])))
  test('no rules decide nothing', () => {
    const read = factsFromCase(plainCase, screeningLimits)
    if (read.ok) expect(screen([], read.value.facts).decision).toBe('INCOMPLETE')
  })
})
