import { describe, expect, test } from 'vitest'
import { readChart } from '../../../../core/chart/chart.ts'
import type { Entry } from '../../../../core/chart/entry.ts'
import { escortOf, listInWords } from './standing.ts'

let made = 0
const entry = (kind: string, minute: number, body: object) => ({ id: `e${(made += 1)}`, kind, at: `2026-11-20T17:${String(minute).padStart(2, '0')}:00.000Z`, writtenAt: '2026-11-20T17:00:00.000Z', device: 'd', by: 'jonas', body }) as unknown as Entry
describe('a list in one line: silence is never "none"', () => {
  const allergy = (minute: number, status: string) => entry('allergy.v1', minute, { substance: 'Penicillin', codes: [], status })
  const review = (minute: number, none: boolean) => entry('list-reviewed.v1', minute, { list: 'allergies', none })
  test.each([
    ['nobody asked', [], 'not asked yet', false], ['none was said', [review(1, true)], 'none, as said', true], ['gone through, nothing written', [review(1, false)], 'gone through, nothing listed', false],
    ['written, not gone through', [allergy(1, 'active')], 'Penicillin', false], ['written and gone through', [allergy(1, 'active'), review(2, false)], 'Penicillin', true], ['found not to be one', [allergy(1, 'active'), allergy(2, 'refuted'), review(3, true)], 'none, as said', true],
  ] as const)('%s', (_, entries, says, known) => {
    expect(listInWords(readChart(entries), 'allergies')).toEqual({ says, known })
  })
})

test('an escort named for another visit does not stand for this one', () => {
  const chart = readChart([entry('escort-named.v1', 1, { name: 'Lena', visit: 'a' })])
  expect(escortOf(chart, 'a')?.body.name).toBe('Lena')
  expect(escortOf(chart, 'b')).toBeUndefined()
})
