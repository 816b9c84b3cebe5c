import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { careTasks } from './care-tasks.ts'
import { courseNext } from './next.ts'
import { FURTHER_INTEGRATION, type CourseFacts } from './step.ts'

const solo = protocols['solo-six']
const given = (now: string): CourseFacts => ({ now, zone: 'America/Los_Angeles', clearance: { state: 'cleared', says: 'Cleared.', facts: [] }, consentForms: [], baselineOpen: [], order: undefined, holds: [] })
const closed = (chart: ToldChart, session: string, at: string) => chart.on(at, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session })
const integrated = (chart: ToldChart, session: string, day: string) => chart.on(day, 'integration.v1', { session, startedAt: `${day}T17:00:00.000Z`, endedAt: `${day}T18:00:00.000Z`, themes: 'x', modalities: [], commitments: [], nextIntention: '' })
const held = (chart: ToldChart, day: string) => chart.on(day, 'visit-closed.v1', { type: 'integration', startedAt: `${day}T17:00:00.000Z`, endedAt: `${day}T18:00:00.000Z`, outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '' })
const through = ['2026-03-02', '2026-03-05', '2026-03-09', '2026-03-12', '2026-03-16', '2026-03-19'].reduce((chart, day, i) => integrated(closed(chart.dosed(`s${i + 1}`, `${day}T17:00:00.000Z`), `s${i + 1}`, `${day}T20:00:00.000Z`), `s${i + 1}`, day.slice(0, 8) + String(Number(day.slice(8)) + 1).padStart(2, '0')), told())

describe('a session after the course', () => {
  const further = (chart: ToldChart, session: string, startsAt: string) =>
    closed(chart.booked(`v-${session}`, 'maintenance', startsAt, 180).dosed(session, startsAt, undefined, `v-${session}`), session, `${startsAt.slice(0, 10)}T20:00:00.000Z`)
  const once = further(through, 'f1', '2026-05-04T17:00:00.000Z')
  const asked = (chart: ToldChart, now: string) => { const step = courseNext(solo, chart, given(now)).steps.find(({ id }) => id === FURTHER_INTEGRATION); return step && { title: step.title, state: step.state, tasks: careTasks(courseNext(solo, chart, given(now))).map(({ about, says }) => `${about}: ${says}`) } }

  test.each<[string, string, string, string[]]>([
    ['not asked for within a day', '2026-05-05T16:59:00.000Z', 'open', []], ['due after a day', '2026-05-05T17:00:00.000Z', 'due', []], ['to the last minute', '2026-05-07T17:00:00.000Z', 'due', []],
    ['a task by name after three', '2026-05-07T17:01:00.000Z', 'overdue', ['integration: Integration after the further session of Mon, May 4: not done 72 hours after the session.']],
  ])('its integration is %s', (_, now, state, tasks) => expect(asked(once, now)).toEqual({ title: 'Integration after the further session of Mon, May 4', state, tasks }))
  test.each<[string, ToldChart]>([['written', integrated(once, 'f1', '2026-05-05')], ['the booked visit was held', held(once, '2026-05-06')]])('it is done: %s', (_, chart) => expect(asked(chart, '2026-05-08T17:00:00.000Z')).toMatchObject({ state: 'done', tasks: [] }))
  test('an integration before it is none after it', () => expect(asked(held(once, '2026-05-03'), '2026-05-08T17:00:00.000Z')?.state).toBe('overdue'))
  test('of the last one alone', () => expect(asked(further(once, 'f2', '2026-05-18T17:00:00.000Z'), '2026-05-19T18:00:00.000Z')).toMatchObject({ title: 'Integration after the further session of Mon, May 18', state: 'due', tasks: [] }))
  test('while it runs nothing is asked for, and without one there is no such step', () => {
    const running = told(once.entries.filter(({ kind, session }) => kind !== 'session-closed.v1' || session !== 'f1'))
    expect([asked(running, '2026-05-08T17:00:00.000Z'), asked(through, '2026-05-08T17:00:00.000Z')]).toEqual([undefined, undefined])
  })
  test('the end of the course does not stop it', () => expect(asked(once.on('2026-05-06', 'course-ended.v1', { reason: 'done' }), '2026-05-08T17:00:00.000Z')?.state).toBe('overdue'))
  test('it counts as none of the course', () => expect(courseNext(solo, integrated(once, 'f1', '2026-05-05'), given('2026-05-08T17:00:00.000Z')).counts.integration).toEqual({ done: 6, needed: 6 }))
})
