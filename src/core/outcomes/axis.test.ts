import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { indicationScales } from '../../knowledge/outcomes.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { eventsOnAxis, meanCurve, scaleOf } from './axis.ts'

const zone = 'America/Los_Angeles'
const medicine = (chart: ToldChart, on: string, dosage: string, status: 'active' | 'stopped' = 'active', more: object = {}) => chart.on(on, 'medication.v1', { name: 'Sertraline', codes: [], dosage, status, ...more })
const events = (chart: ToldChart) => eventsOnAxis(chart, zone).map((event) => [event.what, event.at.slice(0, 10), event.what === 'medicine' ? event.how : event.what === 'visit' ? event.type : event.what === 'life' ? event.says : event.doseUg])

describe('one axis', () => {
  test.each<[string, ToldChart, unknown[]]>([
    ['a dose', told().dosed('s', '2026-03-02T17:00:00Z'), [['dose', '2026-03-02', 50_000]]],
    ['a list written down once is no change', medicine(told(), '2026-03-02', '50 mg'), []], ['begun on a day', medicine(told(), '2026-03-02', '50 mg', 'active', { startedOn: '2026-02-20' }), [['medicine', '2026-02-20', 'begun']]],
    ['changed', medicine(medicine(told(), '2026-03-02', '50 mg'), '2026-03-09', '100 mg'), [['medicine', '2026-03-09', 'changed']]], ['written again as it was', medicine(medicine(told(), '2026-03-02', '50 mg'), '2026-03-09', '50 mg'), []],
    ['stopped', medicine(medicine(told(), '2026-03-02', '50 mg'), '2026-03-09', '', 'stopped', { stoppedOn: '2026-03-08' }), [['medicine', '2026-03-08', 'stopped']]], ['taken again', medicine(medicine(medicine(told(), '2026-03-02', '50 mg'), '2026-03-09', '', 'stopped'), '2026-04-01', '50 mg'), [['medicine', '2026-03-09', 'stopped'], ['medicine', '2026-04-01', 'begun']]],
    ['life, on its day', told().on('2026-03-09', 'life-event.v1', { on: '2026-03-01', says: 'Moved house', felt: 'harder' }), [['life', '2026-03-01', 'Moved house']]],
    ['a visit that was missed is no visit', told().on('2026-03-09', 'visit-closed.v1', { type: 'therapy', startedAt: '2026-03-09T16:00:00.000Z', endedAt: '2026-03-09T17:00:00.000Z', outcome: 'missed', covered: [], modalities: [], summary: '', carePlan: '' }), []],
  ])('%s', (_, chart, expected) => expect(events(chart)).toEqual(expected))
})

test('working together is a mean, and a line left open is a gap', () => {
  const said = (chart: ToldChart, on: string, answers: Record<string, number | null>) => chart.on(on, 'measure-answered.v1', { instrument: 'alliance-check', version: '2026-1', language: 'en', answers, answeredBy: 'patient' })
  const chart = said(said(told(), '2026-03-02', { understood: 8, agreed: 7, trust: 6, steady: 6 }), '2026-03-09', { understood: 8, agreed: null, trust: 6, steady: 6 })
  expect(meanCurve(chart, instruments['alliance-check']).map(({ mean }) => mean)).toEqual([6.8, null])
})

test.each([[[], 'phq-9'], [['F33.1'], 'phq-9'], [['F43.10'], 'pcl-5'], [['F41.1'], 'gad-7'], [['Z00'], 'phq-9']])('the scale of %j is %s', (codes, scale) => {
  const chart = codes.reduce<ToldChart>((so, code) => so.on('2026-03-02', 'condition.v1', { name: 'x', codes: [{ system: 'x', code }], status: 'active', category: 'indication' }), told())
  expect(scaleOf(chart, indicationScales.rows, indicationScales.usual)).toBe(scale)
})
