import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eligibility, screeningLimits } from '../../knowledge/eligibility.ts'
import { factsFromCase } from './facts-from-case.ts'
import { screen } from './screen.ts'

interface Case { readonly id: string; readonly why: string; readonly input: unknown; readonly expect: Record<string, unknown> }
const lines: Case[] = readFileSync(new URL('./cases/eligibility.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case)

test('there are cases to check', () => expect(lines.length).toBeGreaterThanOrEqual(24))

test.each(lines.map((line) => [line.id, line.why, line] as const))('%s: %s', (_id, _why, line) => {
  const read = factsFromCase(line.input, screeningLimits)
  if (!read.ok) throw new Error(read.refusal.message)
  const { decision, urgent, crisis, met } = screen(eligibility, read.value.facts, read.value.overrides)
  const output: Record<string, unknown> = { decision, urgent, crisis, rules: met.map((one) => one.rule.id).toSorted() }
  const wanted = Array.isArray(line.expect['rules']) ? { ...line.expect, rules: line.expect['rules'].toSorted() } : line.expect
  expect(output).toMatchObject(wanted)
})

test.each([
  ['a key that is not in the vocabulary', { sistolic: 120 }, 'sistolic'],
  ['a word where a number belongs', { age: 'thirty' }, 'age'],
  ['an answer that the question does not have', { psychosis: 'maybe' }, 'psychosis'],
  ['a slip inside the interview', { cSsrs: { q7: true } }, 'cSsrs.q7'],
])('%s is refused, with its key', (_, input, key) => {
  expect(factsFromCase(input, screeningLimits)).toMatchObject({ ok: false, refusal: { key } })
})

test.each([[null], ['text'], [[]], [undefined]])('%o is not a case', (input) => expect(factsFromCase(input, screeningLimits).ok).toBe(false))
