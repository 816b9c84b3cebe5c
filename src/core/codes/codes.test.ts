import { describe, expect, test } from 'vitest'
import { codeChecker } from './check-codes.ts'
import type { ShippedCode } from './code.ts'
import { releaseOf } from './releases.ts'

const order = [
  '00001 A00     0 Cholera                                                      Cholera',
  '25570 F331    1 Major depressive disorder, recurrent, moderate               Major depressive disorder, recurrent, moderate',
  '25500 F31     0 Bipolar disorder                                             Bipolar disorder',
]
const list = ['A000    Cholera due to Vibrio cholerae 01, biovar cholerae', 'F331    Major depressive disorder, recurrent, moderate']
const concept = (cui: string, type: string, name: string, { language = 'ENG', source = 'RXNORM', suppressed = 'N' } = {}) => `${cui}|${language}||||||1|||${cui}|${source}|${type}|${cui}|${name}||${suppressed}||`
const rxnorm = [concept('6470', 'IN', 'lorazepam'), concept('6470', 'SY', 'Lorazepam synonym'), concept('197900', 'SCD', 'lorazepam 0.5 MG Oral Tablet'), concept('6470', 'IN', 'lorazépam', { language: 'FRE' }), concept('1', 'IN', 'gone', { suppressed: 'Y' }), concept('2', 'IN', 'theirs', { source: 'MTHSPL' })]
const loinc = ['"LOINC_NUM","COMPONENT","STATUS","LONG_COMMON_NAME"', '"44249-1","PHQ-9","ACTIVE","PHQ-9 quick depression ""assessment"" panel, reported"', '"1-8","Old","DEPRECATED","Old thing"', '"2-6","Meh","DISCOURAGED","Meh"', '']

const read = (lines: readonly string[]) => {
  const release = releaseOf(lines[0]!)!
  return { ...release, codes: lines.flatMap((line) => release.read(line) ?? []) }
}

describe('each official file is told by its first line, with or without a mark and either line end', () => {
  test.each([
    ['ICD-10-CM order file', order, [{ code: 'A00', note: 'heading' }, { code: 'F33.1', name: 'Major depressive disorder, recurrent, moderate' }, { code: 'F31', note: 'heading' }]],
    ['ICD-10-CM list of codes', list, [{ code: 'A00.0' }, { code: 'F33.1' }]],
    ['RXNCONSO.RRF', rxnorm, [{ code: '6470', name: 'lorazepam' }, { code: '6470', note: 'not-an-ingredient' }, { code: '197900', note: 'not-an-ingredient' }]],
    ['Loinc.csv', loinc, [{ code: '44249-1', name: 'PHQ-9 quick depression "assessment" panel, reported' }, { code: '1-8', note: 'deprecated' }, { code: '2-6', note: 'discouraged' }]],
  ] as const)('%s', (form, lines, codes) => {
    for (const text of [lines, lines.map((line) => `${line}\r`), [`\uFEFF${lines[0]}`, ...lines.slice(1)]]) {
      const found = read(text)
      expect(found.form).toBe(form)
      // A mark before the first code of a headless file costs that one line, never another.
      expect(found.codes.slice(-codes.length + 1)).toMatchObject(codes.slice(1))
    }
    expect(read(lines).codes).toMatchObject(codes)
    expect(read(lines).codes[0]).not.toHaveProperty('note', 'deprecated')
  })
  test.each(['', 'code,name', '{"resourceType":"Bundle"}', 'F33.1 Major depressive disorder', '6470|ENG|lorazepam'])('%j is none of them', (line) => expect(releaseOf(line)).toBeUndefined())
})

const code = (system: ShippedCode['system'], it: string, more: Partial<ShippedCode> = {}): ShippedCode => ({ system, code: it, prefix: false, usedBy: ['X'], ...more })
function verdictOf(shipped: ShippedCode, ...files: readonly (readonly string[])[]) {
  const checker = codeChecker([shipped])
  for (const lines of files) {
    const { system, codes } = read(lines)
    checker.began(system)
    for (const one of codes) checker.saw(one)
  }
  return checker.verdicts()[0]!
}

describe('a code is never called fine: only where it stands', () => {
  test.each([
    ['billed and there', code('icd10cm', 'F33.1'), [order], 'there'], ['a heading on a bill', code('icd10cm', 'F31'), [order], 'heading'], ['a heading that begins others', code('icd10cm', 'F31', { prefix: true }), [order], 'there'],
    ['begins others in a list without headings', code('icd10cm', 'F33', { prefix: true }), [list], 'there'], ['the same, but used by itself', code('icd10cm', 'F33'), [list], 'not-there'], ['a whole chapter', code('icd10cm', 'F', { prefix: true }), [list], 'there'], ['a chapter of which nothing is there', code('icd10cm', 'O', { prefix: true }), [list], 'not-there'],
    ['not there', code('icd10cm', 'F99.9'), [order], 'not-there'], ['no file of its system', code('loinc', '44249-1'), [order, rxnorm], 'not-compared'],
    ['an ingredient by its name', code('rxnorm', '6470', { named: true, says: 'Lorazepam' }), [rxnorm], 'there'], ['an ingredient by another name of it', code('rxnorm', '6470', { named: true, says: 'lorazepam synonym' }), [rxnorm], 'there'],
    ['another ingredient', code('rxnorm', '6470', { named: true, says: 'diazepam' }), [rxnorm], 'named-otherwise'], ['a tablet', code('rxnorm', '197900', { named: true, says: 'lorazepam' }), [rxnorm], 'not-an-ingredient'],
    ['named in words of ours', code('loinc', '44249-1', { says: 'mood' }), [loinc], 'there'], ['deprecated', code('loinc', '1-8'), [loinc], 'deprecated'], ['discouraged', code('loinc', '2-6'), [loinc], 'discouraged'],
  ] as const)('%s', (_, shipped, files, verdict) => expect(verdictOf(shipped, ...files).verdict).toBe(verdict))

  test('the synonym may come before the ingredient: the official name is the ingredient’s', () => {
    expect(verdictOf(code('rxnorm', '6470', { named: true, says: 'lorazepam' }), [rxnorm[1]!, rxnorm[0]!])).toMatchObject({ verdict: 'there', official: 'lorazepam' })
  })
})
