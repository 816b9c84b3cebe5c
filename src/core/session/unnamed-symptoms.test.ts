import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { sessionRows } from '../../knowledge/session.ts'
import { begun, clock, SESSION, type Told } from './fixtures.ts'
import type { AlertRow } from './rows.ts'
import { readSession, type SessionNow, type SessionRows } from './session.ts'

const dosed = () => begun().whole(-15).whole(-3).dose(0).whole(3)
const read = (story: Told, minute: number, rows: SessionRows): SessionNow => {
  const session = readSession(story.chart, SESSION, rows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return session.value
}

describe('under rows that do not name a symptom yet', () => {
  const older: SessionRows = { ...sessionRows, monitoring: { ...monitoring, alerts: monitoring.alerts.map((row) => (row.watches === 'symptom' ? { ...row, levels: { red: { symptom: ['chest-pain'] } } } : row)) } }
  const still = (...present: boolean[]) => present.reduce((story, here, place) => story.on(5 + place, 'symptom.v1', { symptom: 'apnea', present: here }, { id: `apnea-${place}` }), dosed())
  const unjudged = (story: Told, rows: SessionRows) => read(story, 9, rows).alerts.notEvaluable.map(({ entry, row, symptom }) => `${entry} ${row.id} ${symptom}`)
  test.each<[string, Told, SessionRows, readonly string[]]>([
    ['it is not judged', still(true), older, ['apnea-0 SX apnea']], ['until it is gone', still(true, false), older, []], ['nor when it comes again', still(true, false, true), older, ['apnea-2 SX apnea']],
    ['one that they name is judged', dosed().on(5, 'symptom.v1', { symptom: 'chest-pain', present: true }), older, []], ['and so is every one by the rows of now', still(true), sessionRows, []],
  ])('%s', (_, story, rows, expected) => expect(unjudged(story, rows)).toEqual(expected))

  test('of several rows for signs one that names it is enough; where none does, it is one gap and not one for each', () => {
    const second = { ...older.monitoring.alerts.find(({ watches }) => watches === 'symptom')!, id: 'SX-2', levels: { orange: { symptom: ['vomiting'] } } } as AlertRow
    const two: SessionRows = { ...older, monitoring: { ...older.monitoring, alerts: [...older.monitoring.alerts, second] } }
    const there = (symptom: 'vomiting' | 'chest-pain' | 'apnea') => unjudged(dosed().on(5, 'symptom.v1', { symptom, present: true }, { id: 'sign' }), two)
    expect([there('vomiting'), there('chest-pain'), there('apnea')]).toEqual([[], [], ['sign SX apnea']])
  })

  test('a row without words of its own calls a sign by its name', () => {
    const bare: SessionRows = { ...older, monitoring: { ...older.monitoring, alerts: older.monitoring.alerts.map((row) => { const { words: _, ...rest } = row as AlertRow; return rest }) } }
    expect(read(dosed().on(5, 'symptom.v1', { symptom: 'chest-pain', present: true }), 6, bare).alerts.open[0]?.says).toBe('Symptom: chest pain')
  })
})
