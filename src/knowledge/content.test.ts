import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eligibility } from './eligibility.ts'
import { sources } from './sources.ts'

/** Every row of this room, wherever it stands: whatever is exported and says what it cites. */
interface Row { readonly where: string; readonly id: string; readonly cites: readonly string[]; readonly tags: readonly string[]; readonly verified?: boolean; readonly reviewBy?: string }

const names = readdirSync('src/knowledge', { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'sources.ts')
const modules = await Promise.all(names.map(async (name) => [name, (await import(/* @vite-ignore */ resolve('src/knowledge', name))) as Record<string, unknown>] as const))
const rows = [...new Map(modules.flatMap(([name, exported]) => rowsIn(exported, name)).map((row) => [`${row.id} ${row.where}`, row])).values()]

function rowsIn(value: unknown, where: string, seen = new Set<object>()): Row[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const inside = Object.values(value).flatMap((one) => rowsIn(one, where, seen))
  if (!('cites' in value) || !Array.isArray(value.cites)) return inside
  const { id, form, tag, tags, verified, reviewBy, cites } = value as Record<string, unknown>
  const all = [...(typeof tag === 'string' ? [tag] : []), ...(typeof tags === 'object' && tags !== null ? Object.values(tags as Record<string, string>) : [])]
  return [{ where, id: String(id ?? form ?? 'a figure'), cites: cites as string[], tags: all, ...(typeof verified === 'boolean' && { verified }), ...(typeof reviewBy === 'string' && { reviewBy }) }, ...inside]
}

test('the walk finds the rows', () => {
  expect(rows.length).toBeGreaterThan(600)
  for (const id of ['B01', 'BP-S', 'D13', 'BM18', 'conflict.home', 'dose.IM', 'phq-9', 'kare-aud', 'nausea', 'misuse.lost']) expect(rows.some((row) => row.id === id), id).toBe(true)
  expect(rowsIn({ a: [{ id: 'x', cites: ['S0'], tag: 'M', verified: true }] }, 'here')).toEqual([{ where: 'here', id: 'x', cites: ['S0'], tags: ['M'], verified: true }])
})

test('every row cites something, and only what we hold', () => {
  expect(rows.filter(({ cites }) => cites.length === 0 || cites.some((key) => !Object.hasOwn(sources, key))).map(({ where, id }) => `${where} ${id}`)).toEqual([])
})

test('every source is leant on by some row', () => {
  const used = new Set(rows.flatMap(({ cites }) => cites))
  expect(Object.keys(sources).filter((key) => !used.has(key))).toEqual([])
})

test('what was recalled is nowhere called verified, and every tag is one of four', () => {
  const wrong = rows.filter(({ tags, verified }) => (verified === true && tags.includes('M')) || tags.some((tag) => !['V', 'M', 'D', 'P'].includes(tag)))
  expect(wrong.map(({ where, id }) => `${where} ${id}`)).toEqual([])
})

test('whatever says whether it was verified says when it is read again', () => {
  expect(rows.filter(({ verified, reviewBy }) => verified !== undefined && !/^202[7-9]-\d\d-\d\d$/.test(reviewBy ?? '')).map(({ where, id }) => `${where} ${id}`)).toEqual([])
})

describe('codes are well formed', () => {
  const everything = modules.map(([, exported]) => exported)
  const valuesOf = (key: string) => [...new Set(collect(everything, key))]
  const icd = /^[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/
  // A chapter, where every code of it belongs to the condition.
  const chapters = ['O']

  test('ICD-10-CM, whole or as the beginning of one', () => {
    const codes = [...new Set([...eligibility.flatMap((rule) => rule.codes), ...valuesOf('code').filter((code) => !/^\d|^DEMO-/.test(code))])]
    expect(codes.length).toBeGreaterThan(120)
    expect(codes.filter((code) => !icd.test(code) && !chapters.includes(code))).toEqual([])
  })
  test('LOINC, with its check digit', () => {
    const codes = [...valuesOf('loinc'), ...valuesOf('panel'), ...valuesOf('total')].filter((one) => one.length > 1)
    expect(codes.length).toBeGreaterThan(40)
    expect(codes.filter((code) => !(code.startsWith('LA') ? /^LA\d{4,7}-\d$/.test(code) : isLoinc(code)))).toEqual([])
  })
  test('RxNorm ingredients: digits alone, and each for one ingredient', () => {
    const codes = collect(modules.find(([name]) => name === 'interactions.ts')?.[1], 'rxnorm')
    expect(codes.length).toBeGreaterThan(40)
    expect(codes.filter((code) => !/^\d{3,7}$/.test(code))).toEqual([])
  })
  test.each([['44261-6', true], ['70274-6', true], ['69737-5', true], ['44261-7', false], ['93373-7', false], ['44216-6', false]])('%s is a LOINC code: %s', (code, is) => expect(isLoinc(code)).toBe(is))
  test.each([['F33.1', true], ['Z3A', true], ['I25.41', true], ['F331', false], ['33.1', false], ['U07.1', false]])('%s is an ICD-10-CM code: %s', (code, is) => expect(icd.test(code)).toBe(is))
})

function collect(value: unknown, key: string, seen = new Set<object>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  return Object.entries(value).flatMap(([name, one]) => (name === key && typeof one === 'string' ? [one] : collect(one, key, seen)))
}

/** The last digit of a LOINC code follows from the others (modulus 10). */
function isLoinc(code: string): boolean {
  const [, digits = '', check = ''] = /^(\d{1,7})-(\d)$/.exec(code) ?? []
  if (digits === '') return false
  const sum = [...digits].toReversed().reduce((total, digit, place) => { const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit); return total + (doubled > 9 ? doubled - 9 : doubled) }, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}
