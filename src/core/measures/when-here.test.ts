import { expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { whenHere } from '../../knowledge/instruments/timing.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { dueRows } from '../course/course.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import type { Protocol } from '../course/protocol.ts'
import { measurePlan } from './due.ts'
import { told, type ToldChart } from './fixtures.ts'
import type { Instruments } from './instrument.ts'
import { formHere } from './own-copy.ts'
import { withFormsHere } from './when-here.ts'

const zone = 'America/Los_Angeles'
const course = protocols['solo-six']
const all = (name: string) => Object.values(whenHere.asks).flat().includes(name as never)
const plan = (chart: ToldChart, now: string, isHere: (name: string) => boolean) => measurePlan(withFormsHere(course, whenHere, isHere), chart, now, { ...dueRows(rulebook, zone), afterVisit: whenHere.afterVisit })
const visit = { visit: 'v1', type: 'integration', number: 1, startsAt: '2026-03-03T18:00:00.000Z', endsAt: '2026-03-03T19:00:00.000Z', localStart: '2026-03-03T10:00', zone, people: [], online: false } as const
const seen = () => told().on('2026-03-01T18:00:00.000Z', 'visits-booked.v1', { visits: [visit, { ...visit, visit: 'v2', type: 'follow-up' }], why: '' } as never)
const ofVisit = (now: string, chart: ToldChart = seen(), isHere = all) => plan(chart, now, isHere).filter(({ moment }) => moment === 'after-visit').map(({ instrument, anchor, state }) => `${instrument} ${anchor} ${state}`)

test('nothing is asked by itself that the practice has not got', () => {
  expect(withFormsHere(course, whenHere, () => false).measures).toEqual({ ...course.measures, afterVisit: [] })
  expect(plan(seen(), '2026-03-03T20:00:00.000Z', () => false)).toEqual(measurePlan(course, seen(), '2026-03-03T20:00:00.000Z', dueRows(rulebook, zone)))
  expect(withFormsHere(course, whenHere, (name) => name === 'who-5').measures).toMatchObject({ baseline: [...course.measures.baseline, 'who-5'], dayAfter: course.measures.dayAfter, between: [...(course.measures.between ?? []), 'who-5'] })
})

test('a form that the course names stays where the course asks it', () => {
  const named = { ...course, measures: { ...course.measures, followUp: [...course.measures.followUp, 'who-5'] } }
  expect(withFormsHere(named, whenHere, all).measures.baseline).toEqual(course.measures.baseline)
})

test('the lines about a talking visit are asked from its end to the end of its day, and of no other visit', () => {
  expect([ofVisit('2026-03-03T18:30:00.000Z'), ofVisit('2026-03-03T19:00:00.000Z'), ofVisit('2026-03-04T07:59:00.000Z'), ofVisit('2026-03-04T08:00:00.000Z')]).toEqual([['srs v1 later'], ['srs v1 open'], ['srs v1 open'], ['srs v1 missed']])
  expect(ofVisit('2026-03-03T20:00:00.000Z', seen().on('2026-03-03T19:30:00.000Z', 'measure-answered.v1', { instrument: 'srs', version: '2026-1', language: 'en', answers: { q1: 9, q2: 9, q3: 9, q4: 9 }, answeredBy: 'patient' }))).toEqual(['srs v1 answered'])
  expect(ofVisit('2026-03-03T20:00:00.000Z', seen().on('2026-03-03T19:30:00.000Z', 'visit-closed.v1', { visit: 'v1', type: 'integration', startedAt: visit.startsAt, endedAt: visit.endsAt, outcome: 'missed', covered: [], modalities: [], summary: '', carePlan: '' }))).toEqual([])
})

test('each form that may be asked so is answered by the person, and the row names no other', () => {
  for (const name of Object.values(whenHere.asks).flat()) expect(Object.values(instruments).find(({ id }) => id === name), name).toMatchObject({ answeredBy: expect.arrayContaining(['patient']) })
  for (const name of Object.values(whenHere.asks).flat()) { const { licence } = Object.values(instruments).find(({ id }) => id === name)!; expect(licence.condition !== undefined || licence.text === 'from-practice', name).toBe(true) }
})

test('whoever is silent is silent for the messages and for the chart alike: at a moment that lasts, a course names no form that a practice may not have', () => {
  const lacking = Object.values(protocols).flatMap(({ id, measures: { baseline, between = [], followUp } }: Protocol) => [...baseline, ...between, ...followUp].flatMap((name) => {
    const form = Object.values(instruments as Instruments).find((one) => one.id === name)
    return form?.answeredBy.includes('patient') && !formHere(form, []) ? [`${id}: ${name}`] : []
  }))
  expect(lacking).toEqual([])
})
