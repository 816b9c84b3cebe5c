import { describe, expect, test } from 'vitest'
import { readChart } from '../../../../core/chart/chart.ts'
import type { Entry } from '../../../../core/chart/entry.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { columnsOf, scoresAlong } from './columns.ts'

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T17:00:00.000Z`
const phq = (n: number, total: number) => {
  const values = Array.from({ length: 9 }, (_, at) => Math.min(3, Math.max(0, total - at * 3)))
  return { id: `phq-${n}`, kind: 'measure-answered.v1', at: day(n), writtenAt: day(n), device: 'd', by: 'mara', body: { instrument: 'phq-9', version: '1', language: 'en', answeredBy: 'patient', answers: Object.fromEntries(values.map((value, at) => [`q${at + 1}`, value])) } } as unknown as Entry
}
const step = (id: string, startsAt?: string) => ({ id, title: id, who: [], state: 'open', blockedBy: [], facts: [], ...(startsAt ? { visit: { startsAt } } : {}) })

describe('scores stand between the visits they were taken between', () => {
  const steps = [step('intake', day(2)), step('consent-treatment'), step('preparation-1', day(10)), step('medicine-1', day(18)), step('medicine-2')]
  const columns = columnsOf({ steps } as never, readChart([]))

  test('only visits are places on the thread', () => {
    expect(columns.map((column) => column.step.id)).toEqual(['intake', 'preparation-1', 'medicine-1', 'medicine-2'])
  })

  test.each([
    ['before everything: at the first visit', 1, 0.5], ['on the day of a visit: at that visit', 10, 1.5], ['half-way between two', 6, 1], ['a quarter of the way', 12, 1.75], ['after the last visit that has a date: at that one', 25, 2.5],
  ])('%s', (_, on, along) => {
    const [score] = scoresAlong(readChart([phq(on, 14)]), instruments['phq-9'], columns)
    expect(score?.along).toBeCloseTo(along, 5)
    expect(score?.total).toBe(14)
  })

  test('a questionnaire with an item missing is no point on the curve', () => {
    const broken = phq(6, 14)
    const answers = { ...(broken.body as { answers: Record<string, number | null> }).answers, q9: null }
    expect(scoresAlong(readChart([{ ...broken, body: { ...broken.body, answers } } as Entry]), instruments['phq-9'], columns)).toEqual([])
  })
})

test('a dose in two records is shown as one that is not settled, never as a sum', () => {
  const started = { id: 'session', kind: 'session-started.v1', at: day(18), writtenAt: day(18), device: 'd', by: 'jonas', body: { protocol: 'solo-six', route: 'IM', order: 'o', clearance: 'c', consents: [], edition: 'e', number: 1, gates: [], people: [] } } as unknown as Entry
  const dose = (id: string, doseUg: number) => ({ id, kind: 'dose-given.v1', at: day(18), writtenAt: day(18), device: 'd', by: 'jonas', session: 'session', body: { step: 1, doseUg, route: 'IM', order: 'o', prepared: 'p', confirmed: 'c', confirmedBy: 'x', site: '', selfAdministered: false } }) as unknown as Entry
  const column = (...doses: Entry[]) => columnsOf({ steps: [{ ...step('medicine-1', day(18)), facts: ['session'] }] } as never, readChart([started, ...doses]))[0]
  expect(column(dose('one', 40_000))).toMatchObject({ doseUg: 40_000, doseUnsettled: false })
  expect(column(dose('one', 40_000), dose('two', 50_000))).toMatchObject({ doseUg: undefined, doseUnsettled: true })
  expect(column()).toMatchObject({ doseUg: undefined, doseUnsettled: false })
})
