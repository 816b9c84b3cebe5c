import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { shippedCodes } from './shipped-codes.ts'
import { answersOf, kap } from './testing/ask.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kap-codes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, lines: readonly string[]) => {
  writeFileSync(path.join(folder, name), lines.join('\n'))
  return path.join(folder, name)
}
const some = shippedCodes.filter(({ system, prefix }) => system === 'icd10cm' && !prefix)
const plain = (code: string) => code.replace('.', '')
/** A rule may take a whole chapter: something of it has to be there. */
const released = shippedCodes.filter(({ system }) => system === 'icd10cm').map(({ code, says }) => ({ code: code.length === 1 ? `${code}80` : code, says }))
const all = file('icd10cm-order.txt', released.map(({ code, says }, at) => `${String(at + 1).padStart(5, '0')} ${plain(code).padEnd(7)} 1 ${(says ?? code).slice(0, 60).padEnd(60)} ${says ?? code}`))

test('every code that ships stands once, and names who leans on it', () => {
  expect(shippedCodes.length).toBeGreaterThan(200)
  expect(new Set(shippedCodes.map(({ system, code }) => `${system}|${code}`)).size).toBe(shippedCodes.length)
  expect(shippedCodes.every(({ usedBy }) => usedBy.length > 0)).toBe(true)
  expect(new Set(shippedCodes.map(({ system }) => system))).toEqual(new Set(['icd10cm', 'rxnorm', 'loinc']))
})

test('with one release the others are said not to be compared', async () => {
  const { code, out, err } = await kap(['codes', all])
  expect(code).toBe(0)
  expect(err).toMatch(/ICD-10-CM order file, \d+ codes read/)
  expect(out).toMatch(/in the release: \d+/)
  expect(out.match(/not compared: no file of its system was given/g)).toHaveLength(2)
})

test('a code that is not in the release is named, with the rows that lean on it', async () => {
  const [missing, kept] = [some[0]!, some[1]!]
  const { code, out } = await kap(['codes', '--json', file('short.txt', [`${plain(kept.code).padEnd(7)} Something`])])
  expect(code).toBe(1)
  const answers = answersOf(out)
  expect(answers).toHaveLength(shippedCodes.length)
  expect(answers.find((one) => one.code === missing.code)).toMatchObject({ verdict: 'not-there', usedBy: missing.usedBy })
  expect(answers.find((one) => one.code === kept.code)).toMatchObject({ verdict: 'there', official: 'Something' })
})

test.each([[[], 2], [[file('other.txt', ['id;name', '1;x'])], 3], [[file('empty.txt', [''])], 3], [[path.join(folder, 'none.txt')], 3], [[file('head.csv', ['"LOINC_NUM","LONG_COMMON_NAME","STATUS"'])], 3]])('asked with %j it says why nothing was compared', async (files, expected) => {
  const { code, out, err } = await kap(['codes', ...files])
  expect(code).toBe(expected)
  expect(out).toBe('')
  expect(err).toMatch(/Nothing was|Nothing was compared|What was answered before stands/)
})
