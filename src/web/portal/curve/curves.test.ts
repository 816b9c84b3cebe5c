import { describe, expect, test } from 'vitest'
import { readChart } from '../../../core/chart/chart.ts'
import { instruments } from '../../../knowledge/instruments.ts'
import { entry } from '../testing/patient.tsx'
import { differenceWords, ownCurve } from './curves.ts'

const session = '5a3e0000-0000-4000-8000-0000000000f1'
const answered = (at: string, each: number | null) => entry('measure-answered.v1', { instrument: 'gad-7', version: '2026-1', language: 'en', answers: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`q${n}`, n === 7 && each === null ? null : each ?? 1])), answeredBy: 'patient' }, at)
const held = [
  entry('session-started.v1', { protocol: 'solo-six', route: 'IM', order: session, clearance: session, consents: [session], edition: 'x', number: 1, gates: [], people: [{ person: session, name: 'Jonas', role: 'therapist' }] }, '2026-09-14T17:00:00.000Z', { id: session }),
  entry('session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, '2026-09-14T20:00:00.000Z', { session }),
]
const curve = (...entries: Parameters<typeof readChart>[0]) => ownCurve(readChart([...held, ...entries]), instruments['gad-7'])

describe('her curve', () => {
  test('starts at the last answer before the first session, not at the first one ever', () => {
    const { start, last, lowerBy, points, most } = curve(answered('2026-08-01T17:00:00.000Z', 3), answered('2026-09-13T17:00:00.000Z', 2), answered('2026-10-28T17:00:00.000Z', 1))
    expect([points.length, start?.total, last?.total, lowerBy, most]).toEqual([3, 14, 7, 7, 21])
  })
  test('an answer with a gap has no sum and is left out', () => {
    expect(curve(answered('2026-09-13T17:00:00.000Z', 2), answered('2026-10-28T17:00:00.000Z', null)).points).toHaveLength(1)
  })
  test('one answer alone is compared with nothing', () => {
    expect(curve(answered('2026-09-13T17:00:00.000Z', 2)).lowerBy).toBeUndefined()
  })
})

test.each([[7, 'Lower than at the start by 7 points.'], [1, 'Lower than at the start by 1 point.'], [0, 'The same as at the start.'], [-1, 'Higher than at the start by 1 point.'], [-4, 'Higher than at the start by 4 points.'], [undefined, 'One answer so far, so there is nothing to compare yet.']])('a difference of %s: “%s”', (by, words) => {
  expect(differenceWords(by)).toBe(words)
  expect(words).not.toMatch(/remission|respon|recover|better|worse|severe/i)
})
