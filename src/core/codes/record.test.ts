import { describe, expect, test } from 'vitest'
import type { CheckedCode } from './check-codes.ts'
import type { CodeSystem, ShippedCode } from './code.ts'
import { codesRecordSchema, nothingCompared, standingCodes, withCompared, type ComparedFile } from './record.ts'
import { releaseNamed } from './releases.ts'

const code = (system: CodeSystem, it: string, more: Partial<ShippedCode> = {}): ShippedCode => ({ system, code: it, prefix: false, usedBy: ['X'], ...more })
const F33 = code('icd10cm', 'F33.1', { says: 'Recurrent depression' })
const F20 = code('icd10cm', 'F20', { prefix: true })
const lorazepam = code('rxnorm', '6470', { says: 'lorazepam', named: true })
const file: ComparedFile = { file: 'icd10cm-order-2026.txt', form: 'ICD-10-CM order file', release: '2026', sha256: 'a'.repeat(64), codes: 3 }
const with2026 = withCompared(nothingCompared, [{ ...F33, verdict: 'there', official: 'Major depressive disorder' }, { ...F20, verdict: 'not-there' }, { ...lorazepam, verdict: 'not-compared' }], new Map([['icd10cm', [file]]]), '2026-11-21T17:00:00.000Z')
const verdicts = (shipped: readonly ShippedCode[], record = with2026) => standingCodes(shipped, record).map(({ verdict }: CheckedCode) => verdict)

test('what was compared stands by its code, with the official name; the other systems were not compared', () => {
  expect(standingCodes([F33, F20, lorazepam], with2026)).toEqual([{ ...F33, verdict: 'there', official: 'Major depressive disorder' }, { ...F20, verdict: 'not-there' }, { ...lorazepam, verdict: 'not-compared' }])
  expect(codesRecordSchema.parse(JSON.parse(JSON.stringify(with2026)))).toEqual(with2026)
})

describe('what became another code since was not compared', () => {
  test.each([
    ['added', code('icd10cm', 'F31.9')], ['called something else', { ...F33, says: 'Bipolar disorder' }], ['called something at all', { ...F20, says: 'Schizophrenia' }], ['widened to what it begins', { ...F33, prefix: true }], ['narrowed', { ...F20, prefix: false }], ['of another system', { ...F33, system: 'loinc' as const }],
  ])('%s', (_, shipped) => expect(verdicts([shipped])).toEqual(['not-compared']))
  test('another row that leans on it changes nothing', () => expect(verdicts([{ ...F33, usedBy: ['Y'] }])).toEqual(['there']))
})

test('nothing compared, nothing verified', () => expect(verdicts([F33, F20, lorazepam], nothingCompared)).toEqual(['not-compared', 'not-compared', 'not-compared']))

test('a later comparison takes the place of the one of its system and leaves the others', () => {
  const rx: ComparedFile = { ...file, file: 'RXNCONSO.RRF', form: 'RXNCONSO.RRF', release: '2026-11-03' }
  const both = withCompared(with2026, [{ ...lorazepam, verdict: 'there' }, { ...F33, verdict: 'not-compared' }], new Map([['rxnorm', [rx]]]), '2026-11-22T17:00:00.000Z')
  expect(both.compared.map(({ system, at }) => [system, at.slice(0, 10)])).toEqual([['icd10cm', '2026-11-21'], ['rxnorm', '2026-11-22']])
  expect(verdicts([F33, F20, lorazepam], both)).toEqual(['there', 'not-there', 'there'])
  const later = withCompared(both, [{ ...F33, verdict: 'deprecated' }], new Map([['icd10cm', [file]]]), '2027-11-22T17:00:00.000Z')
  expect(verdicts([F33, F20, lorazepam], later)).toEqual(['deprecated', 'not-compared', 'there'])
})

test.each([
  ['icd10cm', '/data/icd10cm-order-2026.txt', '2026'], ['icd10cm', 'icd10cm_codes_2025.txt', '2025'], ['icd10cm', 'icd10cm-order-April-2026.txt', '2026'], ['icd10cm', '2026/codes.txt', undefined], ['icd10cm', 'icd10cm-order.txt', undefined],
  ['rxnorm', '/data/RxNorm_full_11032025/rrf/RXNCONSO.RRF', '2025-11-03'], ['rxnorm', 'C:\\RxNorm_full_prescribe_11032025\\rrf\\RXNCONSO.RRF', '2025-11-03'], ['rxnorm', 'RXNCONSO.RRF', undefined],
  ['loinc', 'Loinc_2.81/LoincTable/Loinc.csv', '2.81'], ['loinc', 'Loinc.csv', undefined],
] as const)('%s at %s: release %s', (system, path, release) => expect(releaseNamed(system, path)).toBe(release))
