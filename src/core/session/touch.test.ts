import { describe, expect, test } from 'vitest'
import { readChart } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import { consentNow } from '../course/consent.ts'
import { touchNow, touchWords } from './touch.ts'

let made = 0
const at = (minute: number) => `2026-11-20T17:${String(minute).padStart(2, '0')}:00.000Z`
const entry = (kind: string, minute: number, body: object) => ({ id: `e${(made += 1)}`, kind, at: at(minute), writtenAt: at(0), device: 'd', by: 'jonas', body }) as unknown as Entry
const touch = { form: 'touch', version: '2' }
const signed = (minute: number, version = '2', form = 'touch') => entry('consent.v1', minute, { form, version, acknowledged: [], signature: { name: 'Mara' } })
const withdrawn = (minute: number, form = 'touch') => entry('consent-withdrawn.v1', minute, { form, said: '' })
const agreed = (minute: number, allowed = 'hands-only') => entry('agreements.v1', minute, { touch: allowed, touchNote: 'ask', stopSignal: 'palm', grounding: [] })
const NONE = 'taken back: no touch'

describe('touch: taking it back outweighs everything written before, and words written after', () => {
  test.each([
    ['nothing said', [], 'not agreed yet: no touch', 'not-signed'], ['agreed, form not signed', [agreed(1)], 'hands only', 'not-signed'], ['agreed and signed', [agreed(1), signed(2)], 'hands only', 'signed'], ['agreed that there is none', [agreed(1, 'none')], 'no touch', 'not-signed'],
    ['taken back after both', [agreed(1), signed(2), withdrawn(3)], NONE, 'withdrawn'], ['taken back, and agreed anew without a new signature', [signed(1), withdrawn(2), agreed(3)], NONE, 'withdrawn'], ['taken back without ever having been signed', [agreed(1), withdrawn(2)], NONE, 'withdrawn'],
    ['taken back and signed again', [agreed(1), withdrawn(2), signed(3)], 'hands only', 'signed'], ['taken back at the same moment as signed', [agreed(1), signed(2), withdrawn(2)], NONE, 'withdrawn'], ['signed in an older version', [agreed(1), signed(2, '1')], 'hands only', 'older-version'],
    ['the whole treatment taken back', [agreed(1), signed(2), signed(2, '2', 'treatment'), withdrawn(3, 'treatment')], NONE, 'signed'], ['the treatment taken back and signed again', [agreed(1), withdrawn(2, 'treatment'), signed(3, '2', 'treatment')], 'hands only', 'not-signed'],
  ] as const)('%s', (_, entries, says, consent) => {
    const chart = readChart(entries)
    const now = touchNow(chart)
    expect(now.says).toBe(says)
    expect(now.allowed).toBe(says === 'hands only' ? 'hands-only' : 'none')
    expect(now.note).toBe(now.takenBack || entries.every(({ kind }) => kind !== 'agreements.v1') ? '' : 'ask')
    expect(consentNow(chart, touch).state).toBe(consent)
  })
  test.each([[2, 'hands only'], [3, NONE], [4, NONE]])('as it stood at minute %d: %s', (minute, says) => {
    expect(touchNow(readChart([agreed(1), signed(2), withdrawn(3), signed(5)]), at(minute)).says).toBe(says)
  })
  test('what is agreed later holds from then on, and from that very moment', () => {
    const chart = readChart([agreed(1), signed(2), agreed(4, 'none')])
    expect([0, 1, 3, 4, 5].map((minute) => touchNow(chart, at(minute)).says)).toEqual(['not agreed yet: no touch', 'hands only', 'hands only', 'no touch', 'no touch'])
  })
  test('each has words of its own', () => {
    const words = Object.values(touchWords)
    expect(words.every((says) => /\w/.test(says))).toBe(true)
    expect(new Set(words).size).toBe(words.length)
  })
})
