import { describe, expect, test } from 'vitest'
import { readChart } from '../../../../core/chart/chart.ts'
import type { Entry } from '../../../../core/chart/entry.ts'
import type { CurvePoint } from '../../../../core/outcomes/curve.ts'
import { sessionBriefs, slopePerWeek } from './sessions.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 16, 17, minute)).toISOString()
const entry = (kind: string, minute: number, body: object, more: object = {}) => ({ id: `${kind}-${minute}`, kind, at: at(minute), writtenAt: at(minute), device: 'd', by: 'maya', body, ...more }) as unknown as Entry
const order = entry('order.v1', -60, { medication: 'racemic-ketamine', route: 'IM', doseUg: 34_000, boosterUg: 0, maxTotalUg: 34_000, weightG: 68_000, validFrom: '2026-11-01', validUntil: '2026-12-01', instructions: '', reason: '', signature: { person: 'helen', name: 'Helen', meaning: 'authorship', method: 'one-time-code', signedAt: at(-60) } }, { id: 'order' })
const started = entry('session-started.v1', 0, { protocol: 'solo-six', route: 'IM', order: 'order', clearance: 'c', consents: [], edition: 'e', number: 1, gates: [], people: [] }, { id: 'session' })
const dose = entry('dose-given.v1', 15, { step: 1, doseUg: 34_000, route: 'IM', order: 'order', prepared: 'p', confirmed: 'c', confirmedBy: 'jonas', site: '', selfAdministered: false }, { session: 'session' })
const room = (kind: string, minute: number, body: object) => entry(kind, minute, body, { session: 'session' })
const briefOf = (...entries: Entry[]) => sessionBriefs(readChart([order, started, dose, ...entries]))[0]

describe('a session as a prescriber compares it', () => {
  test('mg/kg comes from the weight on the order it was given by', () => {
    expect(briefOf()).toMatchObject({ doseUg: 34_000, perKg: '0.5 mg/kg', route: 'IM', steps: 1 })
  })
  test('a dose in two records has no amount until somebody says which stands', () => {
    const other = { ...dose, id: 'other', body: { ...(dose.body as object), doseUg: 40_000 } } as Entry
    expect(briefOf(other)).toMatchObject({ steps: 1, doseUg: undefined, perKg: undefined })
    expect(briefOf(other, room('dose-conflict-resolved.v1', 20, { step: 1, stands: 'other', reason: 'one syringe' }))).toMatchObject({ steps: 1, doseUg: 40_000, perKg: '0.59 mg/kg' })
  })
  test('the highest pressure is the highest systolic after the dose, with its own diastolic; a baseline before it is none', () => {
    expect(briefOf(room('vitals.v1', 5, { systolicMmHg: 190, diastolicMmHg: 110 }))?.peakPressure).toBeUndefined()
    expect(briefOf(room('vitals.v1', 20, { systolicMmHg: 138, diastolicMmHg: 90 }), room('vitals.v1', 45, { systolicMmHg: 142, diastolicMmHg: 84 }))?.peakPressure).toBe('142/84')
  })
  test('the strongest of what was rated and the deepest of what was seen', () => {
    expect(briefOf(room('rating.v1', 10, { scale: 'dissociation', value: 9 }), room('rating.v1', 38, { scale: 'intensity', value: 6 }), room('rating.v1', 30, { scale: 'dissociation', value: 4 }), room('rating.v1', 40, { scale: 'dissociation', value: 7 }), room('mental-status.v1', 35, { moaaS: 4 }), room('mental-status.v1', 100, { moaaS: 5 }))).toMatchObject({ dissociation: 7, peakEffect: 'intensity 6 of 10', deepest: 'MOAA/S 4' })
  })
  test('somebody who stayed awake had nothing strong: the deepest is said by its own name', () => {
    expect(briefOf(room('mental-status.v1', 35, { moaaS: 5 }))).toMatchObject({ peakEffect: undefined, deepest: 'MOAA/S 5' })
    expect(briefOf(room('mental-status.v1', 5, { moaaS: 2 }))?.deepest, 'before the dose').toBeUndefined()
  })
  test('nausea as it was rated, apart from what was graded as a side effect', () => {
    expect(briefOf()?.nausea).toBeUndefined()
    expect(briefOf(room('rating.v1', 30, { scale: 'nausea', value: 3 }), room('side-effect.v1', 31, { term: 'nausea', grade: 2, onsetAt: at(30), action: '', attributed: true }))?.nausea).toBe('3 of 10')
  })
  test('the sum of all doses up to a session, unknown while any of them is', () => {
    expect(briefOf()?.sumUg).toBe(34_000)
    expect(briefOf({ ...dose, id: 'other' } as Entry)?.sumUg).toBeUndefined()
  })
  test('each side effect once, at its worst grade', () => {
    expect(briefOf(room('side-effect.v1', 30, { term: 'nausea', grade: 2, onsetAt: at(30), action: 'head up', attributed: true }), room('side-effect.v1', 50, { term: 'nausea', grade: 1, onsetAt: at(30), action: '', attributed: true }))?.sideEffects).toEqual([expect.stringMatching(/^Nausea, grade 2 \(head up\)$/i)])
  })
})

describe('the slope of the scores', () => {
  const point = (week: number, total: number | null) => ({ entry: String(week), at: new Date(Date.UTC(2026, 10, 2) + week * 7 * 86_400_000).toISOString(), total, band: null, missing: [], answeredBy: 'patient', day: null }) as CurvePoint
  const firstDose = new Date(Date.UTC(2026, 10, 9)).toISOString()
  test.each([
    ['a fall of two points a week', [[0, 18], [1, 16], [2, 14]], -2], ['no change', [[0, 10], [3, 10]], 0], ['one score', [[0, 18]], undefined], ['none', [], undefined],
    ['a score long before the baseline does not count', [[-8, 3], [0, 18], [2, 14]], -2], ['an incomplete one neither', [[0, 18], [1, null], [2, 14]], -2],
  ] as const)('%s', (_, scores, expected) => {
    expect(slopePerWeek(scores.map(([week, total]) => point(week, total)), firstDose)).toBe(expected)
  })
  test('without a dose there is no course to have a slope', () => {
    expect(slopePerWeek([point(0, 18), point(2, 14)], undefined)).toBeUndefined()
  })
})
