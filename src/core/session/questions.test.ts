import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { discharge } from '../../knowledge/discharge.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { answerDischarge, answerMonitor, answerPreDose, dischargeQuestion, momentQuestion } from './questions.ts'

interface Case { readonly id: string; readonly why?: string; readonly input: unknown; readonly expect: Record<string, unknown> }

const linesOf = (name: string): Case[] => readFileSync(new URL(`cases/${name}.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case)
const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value)

const answers: Record<string, (input: unknown) => Record<string, unknown>> = {
  predose: (input) => answerPreDose(momentQuestion.parse(input), monitoring),
  monitor: (input) => answerMonitor(momentQuestion.parse(input), monitoring),
  discharge: (input) => answerDischarge(dischargeQuestion.parse(input), discharge),
}

describe.each([['predose', 3], ['monitor', 15], ['discharge', 9]] as const)('worked cases: %s', (name, atLeast) => {
  const lines = linesOf(name)
  test('there are cases', () => expect(lines.length).toBeGreaterThanOrEqual(atLeast))
  test.each(lines.map((line) => [`${line.id} ${line.why ?? ''}`, line] as const))('%s', (_, line) => {
    const output = answers[name]?.(line.input) ?? {}
    for (const [key, value] of Object.entries(line.expect)) expect(sorted(output[key]), key).toEqual(sorted(value))
  })
})
