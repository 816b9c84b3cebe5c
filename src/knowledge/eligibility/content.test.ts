import { describe, expect, test } from 'vitest'
import { factNames, numberFacts } from '../../core/eligibility/facts.ts'
import { interactionsMet } from '../../core/eligibility/interaction.ts'
import { plainName } from '../../core/eligibility/medicine.ts'
import type { Condition } from '../../core/eligibility/rule.ts'
import { sayCondition } from '../../core/eligibility/say-condition.ts'
import { decisions } from '../../core/eligibility/screen.ts'
import { conditionSchema, ruleSchema } from '../../core/eligibility/schema.ts'
import { decisionWords, eligibility, factVocabulary, freshness, screeningLimits } from '../eligibility.ts'
import { interactionRows } from '../interactions.ts'
import { sources } from '../sources.ts'

const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${String(i + 1).padStart(2, '0')}`)
const limitRows = [...freshness, screeningLimits.pressure, screeningLimits.itemNine, screeningLimits.cSsrs, screeningLimits.bladder, screeningLimits.overrides]
const rows = [...eligibility, ...interactionRows, ...limitRows]
const rule = (id: string) => eligibility.find((one) => one.id === id)!

function partsOf(condition: Condition): Condition[] {
  if ('any' in condition) return [condition, ...condition.any.flatMap(partsOf)]
  if ('all' in condition) return [condition, ...condition.all.flatMap(partsOf)]
  return 'not' in condition ? [condition, ...partsOf(condition.not)] : [condition]
}

test('the rules of the reference are all there, and no others', () => {
  const ids = [...numbered('B', 12), ...numbered('H', 8), ...numbered('O', 23), ...numbered('M', 10), ...numbered('C', 31)]
  expect(eligibility.map((row) => row.id)).toEqual(ids)
})

test('ids are unique across everything in this room', () => expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length))

test('the letter of an id is its action', () => {
  const letters = { block: 'B', hold: 'H', override: 'O', missing: 'M', caution: 'C' }
  for (const row of eligibility) expect(row.id[0]).toBe(letters[row.action])
})

test.each(rows.map((row) => [row.id, row] as const))('%s cites sources we hold, is tagged, and says when it is reviewed', (_, row) => {
  expect(row.cites.length).toBeGreaterThan(0)
  for (const key of row.cites) expect(sources).toHaveProperty([key])
  expect(['V', 'M', 'D', 'P']).toContain(row.tag)
  expect(row.reviewBy > '2026-11-21').toBe(true)
  if (row.tag === 'P') expect(row.cites).toContain('P')
})

/** What nobody has checked may not pass for checked: memory, our own choices, and every code. */
test.each(rows.map((row) => [row.id, row] as const))('%s does not claim more than was seen', (_, row) => {
  if (row.tag !== 'V') expect(row.verified).toBe(false)
  if ('firedBy' in row && row.firedBy !== 'test') expect(row.verified).toBe(false)
})

describe.each(eligibility.map((row) => [row.id, row] as const))('%s', (_, row) => {
  test('is plain JSON and in the closed language', () => {
    expect(JSON.parse(JSON.stringify(row))).toEqual(row)
    const read = ruleSchema.safeParse(row)
    expect(read.error?.issues).toBeUndefined()
    expect(read.data).toEqual(row)
  })
  test('names its codes, and says truly what fires it', () => {
    const tests = partsOf(row.when).filter((part) => !('any' in part || 'all' in part || 'not' in part))
    const withCodes = tests.flatMap((part) => ('diagnosis' in part ? [part] : []))
    if (row.firedBy === 'test') expect(withCodes.filter((part) => !['B07', 'B08', 'O03'].includes(row.id) && part.diagnosis.length > 0)).toEqual([])
    if (row.firedBy !== 'test') expect(withCodes.length).toBeGreaterThan(0)
    if (row.firedBy === 'codes') expect(withCodes.length).toBe(tests.length)
    if (row.firedBy === 'codes') for (const code of withCodes.flatMap((part) => part.diagnosis)) expect(row.codes).toContain(code)
  })
  test('reads well for both', () => {
    expect(row.says.length).toBeLessThanOrEqual(300)
    expect(row.plainly).not.toMatch(/eligib|qualif|cleared|all clear|\bsafe\b|approved|diagnos|mg\b|%|ICD|override|hold\b/i)
    expect(row.plainly.split(/\s+/).length).toBeLessThanOrEqual(32)
    expect(row.plainly).toMatch(/[.]$/)
    expect(sayCondition(row.when, factVocabulary)).not.toMatch(/undefined|\[object/)
  })
})

test('what is held or overridden says what lifts it', () => {
  expect(eligibility.filter((row) => ['hold', 'override', 'missing'].includes(row.action) && !row.liftedBy).map((row) => row.id)).toEqual([])
})

test('urgency comes from H01 alone and a crisis from H02 alone', () => {
  expect(eligibility.flatMap((row) => (row.raises ? [[row.id, row.raises.flag]] : []))).toEqual([['H01', 'urgent'], ['H02', 'crisis']])
  expect(rule('H02').raises?.when).toEqual(rule('H02').when)
})

test('no text stops a scheduled medicine', () => {
  const texts = [...eligibility.flatMap((row) => [row.says, row.plainly]), ...interactionRows.map((row) => row.instruction)]
  expect(texts.filter((text) => /\bstop (taking|your)\b|\bdiscontinue\b/i.test(text))).toEqual([])
})

describe('the language is closed', () => {
  test.each([
    ['a fact that nobody knows', { fact: 'tshh', below: 1 }],
    ['a number compared with nothing', { fact: 'tsh' }],
    ['a number asked for a word', { fact: 'age', is: 'old' }],
    ['a yes-or-no asked for a word', { fact: 'hasCapacity', is: 'no' }],
    ['a misspelt bound', { fact: 'age', atLest: 18 }],
    ['a condition with something beside it', { any: [{ fact: 'age', below: 18 }], run: 'x' }],
    ['an empty "or"', { any: [] }],
    ['a function in disguise', { eval: '1' }],
    ['a code that is not one', { diagnosis: ['heart'], recorded: 'ever' }],
    ['a medicine in capitals', { taking: ['Xanax'], called: 'x' }],
    ['a word', 'always'],
  ])('%s is refused', (_, condition) => expect(conditionSchema.safeParse(condition).success).toBe(false))
})

test('a patient is never told a verdict', () => {
  expect(Object.keys(decisionWords)).toEqual([...decisions])
  for (const { plainly } of Object.values(decisionWords)) expect(plainly).not.toMatch(/eligib|qualif|clear|\bsafe\b|approved|fit for/i)
  expect(decisionWords.ELIGIBLE.says).toBe('No rule fired on the data entered; the prescriber decides.')
  expect(decisionWords.ELIGIBLE.plainly).toBe(decisionWords.ELIGIBLE_WITH_CAUTIONS.plainly)
})

test('a condition can be read aloud', () => {
  expect(sayCondition(rule('H01').when, factVocabulary)).toBe('systolic pressure 160 or more mmHg or diastolic pressure 100 or more mmHg')
  expect(sayCondition(rule('O19').when, factVocabulary)).toBe('takes a stimulant and (systolic pressure 140 or more mmHg or diastolic pressure 90 or more mmHg)')
  expect(sayCondition(rule('H07').when, factVocabulary)).toBe('ALT or AST above 5 times the upper limit (counts only if recorded)')
})

test('every fact has a name', () => expect(Object.keys(factVocabulary).toSorted()).toEqual([...factNames].toSorted()))
test('every number has its unit, but for those that have none', () => {
  expect(numberFacts.filter((fact) => !factVocabulary[fact].unit)).toEqual(['phq9', 'nyhaClass', 'bpicSs', 'cystitisGrade', 'adequateTrials'])
})

describe('the interaction table', () => {
  test('names only rules that exist, and each of them asks for the class', () => {
    for (const row of interactionRows) {
      for (const id of row.rules) {
        const asked = JSON.stringify(rule(id).when)
        for (const { ingredient } of row.medicines) expect(asked).toContain(`"${ingredient}"`)
      }
    }
  })
  test('writes every name plainly and every ingredient once', () => {
    const names = interactionRows.flatMap((row) => row.medicines.flatMap((medicine) => [medicine.ingredient, ...(medicine.names ?? [])]))
    expect([...names, ...screeningLimits.namesWithoutRule].filter((name) => plainName(name) !== name)).toEqual([])
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    expect(screeningLimits.namesWithoutRule.filter((name) => names.includes(name))).toEqual([])
  })
  test('finds what is taken', () => {
    const taken = { medications: { state: 'known', entries: [], items: [{ value: { name: 'Xanax 0.5 mg', plain: 'xanax 0 5 mg', ingredients: ['alprazolam'] }, entries: ['e1'] }] } } as const
    expect(interactionsMet(interactionRows, taken)).toMatchObject([{ interaction: { id: 'benzodiazepines' }, taken: ['Xanax 0.5 mg'], entries: ['e1'] }])
    expect(interactionsMet(interactionRows, { medications: { state: 'missing', why: 'not-asked', entries: [] } })).toEqual([])
  })
})
