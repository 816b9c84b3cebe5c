import { describe, expect, test } from 'vitest'
import type { ClearanceNow } from '../eligibility/clearance.ts'
import { clearanceGate } from './clearance-gate.ts'

const STATES = ['none', 'cleared', 'held', 'refused', 'expired', 'reopened'] as const satisfies readonly ClearanceNow['state'][]
const signed = { id: 'signed' } as NonNullable<ClearanceNow['entry']>
const rule = (says: string) => ({ rule: { id: says, says, action: 'override' as const }, facts: [] })

describe('a clearance as the gates ask for it', () => {
  test.each(STATES)('%s: only one in force opens the gate', (state) => {
    expect(clearanceGate({ state, entry: signed, newlyMet: [] })).toMatchObject({ state: state === 'cleared' ? 'met' : 'not-met', facts: ['signed'] })
    expect(clearanceGate({ state, newlyMet: [] }).facts, 'where nobody signed there is nothing to point to').toEqual([])
  })

  test('each says what it is in words of its own', () => {
    const says = STATES.map((state) => clearanceGate({ state, newlyMet: [] }).says)
    expect(says.every((words) => /^\w.*\.\s*$/.test(words))).toBe(true)
    expect(new Set(says).size).toBe(STATES.length)
  })

  test('one that was reopened says by what, and no other does', () => {
    const newlyMet = [rule('Takes a new medicine.'), rule('Is pregnant.')]
    expect(clearanceGate({ state: 'reopened', newlyMet }).says).toMatch(/^\w.*\. Takes a new medicine\. Is pregnant\.$/)
    expect(clearanceGate({ state: 'cleared', newlyMet }).says).not.toContain('medicine')
  })
})
