import { describe, expect, test } from 'vitest'
import { icdWellFormed, isHeading } from '../core/money/identifiers.ts'
import { callLength, callSheet } from './call-sheet.ts'
import { conditions } from './conditions.ts'
import { billingRules, codeNumbers, estimateRules, estimateWords, sampleFees } from './fees.ts'
import { instruments } from './instruments.ts'
import { approaches, languageNames, matching } from './matching.ts'
import { changes, maintenanceRow, maintenanceWords, baselineRow, madrsRow, outcomeRows, qidsRow, relapseRow, reliability, traumaRow, warningRow } from './outcomes.ts'
import { conditions as onThePage } from './pages/conditions.ts'
import { sources } from './sources.ts'

interface Row {
  readonly id: string
  readonly tags: Readonly<Record<string, string>>
  readonly cites: readonly string[]
  readonly verified: boolean
  readonly reviewBy: string
}
const rows: readonly Row[] = [...conditions, ...changes, relapseRow, warningRow, baselineRow, maintenanceRow, traumaRow, madrsRow, qidsRow, ...reliability, matching, estimateRules, estimateWords, billingRules, callLength]

test('every row has its own id, cites a source we hold, and has a review date', () => {
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
  for (const row of rows) {
    for (const cite of row.cites) expect(sources).toHaveProperty([cite])
    expect(row.reviewBy).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(Object.keys(row.tags).length).toBeGreaterThan(0)
  }
})

test('a row with anything from memory, or of our own making, is not called verified', () => {
  const open = rows.filter((row) => Object.values(row.tags).some((tag) => tag === 'M' || tag === 'P'))
  expect(open.length).toBeGreaterThan(10)
  for (const row of open) expect([row.id, row.verified]).toEqual([row.id, false])
  for (const row of codeNumbers) if (row.tag === 'M') expect(row.verified).toBe(false)
})

test('every number of an outcome row has its tag', () => {
  const wanted = [...changes, relapseRow, warningRow, baselineRow, maintenanceRow, traumaRow, madrsRow, qidsRow, ...reliability]
  const untagged = wanted.flatMap((row) => Object.entries(row).filter(([key, value]) => (typeof value === 'number' || Array.isArray(value)) && key !== 'cites' && !Object.hasOwn(row.tags, key)).map(([key]) => `${row.id}.${key}`))
  expect(untagged).toEqual([])
})

describe('conditions', () => {
  test('have codes that can be billed, and measures that exist', () => {
    const codes = conditions.flatMap((condition) => condition.codes.map((one) => one.code))
    expect(codes.length).toBeGreaterThan(20)
    for (const code of codes) {
      expect(icdWellFormed(code)).toBe(true)
      expect([code, isHeading(code, codes)]).toEqual([code, false])
    }
    for (const condition of conditions) for (const id of condition.measures) expect(instruments).toHaveProperty([id])
  })
  test('hold everything that the public page names', () => {
    const ids: readonly string[] = conditions.map((condition) => condition.id)
    for (const condition of onThePage) expect(ids).toContain(condition.id)
  })
})

describe('the first call', () => {
  const questions: readonly { readonly id: string; readonly minutes: number }[] = callSheet
  test('fits its half hour, asks each thing once, and asks about danger before anything else about the person', () => {
    const minutes = questions.reduce((sum, question) => sum + question.minutes, 0)
    expect(minutes).toBeGreaterThanOrEqual(callLength.minMinutes)
    expect(minutes).toBeLessThanOrEqual(callLength.maxMinutes)
    expect(new Set(questions.map((question) => question.id)).size).toBe(questions.length)
    expect(questions.slice(0, 2).map((question) => question.id)).toEqual(['right-moment', 'today'])
  })
  test('question names fit the entry that keeps the call', () => {
    for (const question of questions) expect(question.id.length).toBeLessThanOrEqual(80)
  })
})

describe('money', () => {
  test('the sample fees are labelled as such, carry no code that an insurer knows, and no number of the code owners', () => {
    for (const fee of sampleFees) {
      expect(fee.demonstration).toBe(true)
      expect(fee.code).toMatch(/^DEMO-\d\d$/)
      expect(fee.descriptor).toMatch(/^Demonstration: /)
      for (const form of billingRules.codeForms) expect(fee.code).not.toMatch(new RegExp(`^${form.pattern}$`))
    }
    expect(new Set(sampleFees.map((fee) => fee.id)).size).toBe(sampleFees.length)
  })
  test('code numbers are numbers: no words that belong to their owners', () => {
    for (const row of codeNumbers) for (const code of row.codes) expect(billingRules.codeForms.some((form) => new RegExp(`^${form.pattern}$`).test(code))).toBe(true)
    for (const row of codeNumbers) expect(Object.keys(row).toSorted()).toEqual(['cites', 'codes', 'id', 'reviewBy', 'tag', 'verified', 'visitType'])
  })
  test('the words under an estimate leave only the three amounts open', () => {
    const open = new Set(estimateWords.sentences.join(' ').match(/\{\w+\}/g))
    expect([...open].toSorted()).toEqual(['{dispute}', '{from}', '{total}'])
  })
})

describe('matching', () => {
  test('weights are whole, and every reason has words', () => {
    for (const [part, weight] of Object.entries(matching.weights)) {
      expect(Number.isInteger(weight) && weight > 0).toBe(true)
      expect(matching.words).toHaveProperty([part])
      expect(matching.words).toHaveProperty([`no-${part}`])
    }
  })
  test('everything a person can name has a name', () => {
    for (const id of [...conditions.map((condition) => condition.id), ...Object.keys(approaches), ...Object.keys(languageNames)]) expect(matching.names).toHaveProperty([id])
  })
})

test('outcomes: the ladder rises, thresholds lie on their scales, every reason has words', () => {
  const ladder: readonly number[] = maintenanceRow.ladderDays
  expect(ladder.every((days, i) => i === 0 || days > (ladder[i - 1] ?? 0))).toBe(true)
  for (const row of changes) expect(row.partialPercent).toBeLessThan(row.responsePercent)
  for (const row of outcomeRows.changes) expect(instruments).toHaveProperty([row.instrument])
  for (const reason of Object.values(maintenanceWords)) expect(reason).toMatch(/\.$/)
})
