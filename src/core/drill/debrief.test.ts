import { describe, expect, test } from 'vitest'
import { drill } from '../../knowledge/drill.ts'
import { emergencyCards } from '../../knowledge/emergency.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import { at, begun, clock, SESSION, type Told } from '../session/fixtures.ts'
import { readSession } from '../session/session.ts'
import { debriefOf } from './debrief.ts'
import { simulatedPatient } from './patient.ts'

const rows = { schedule: monitoring.schedules.find(({ route }) => route === 'IM')!, reading: monitoring.reading, cards: emergencyCards }
const chest = simulatedPatient(4, 'drill.chest-pain', drill)
const begins = chest.event!.startsMin
const stepOf = (card: string, id: string) => { const found = emergencyCards.find((one) => one.id === card)!; return { card, step: found.steps.find((one) => one.id === id)!.says } }

function debrief(story: Told, minute: number, patient = chest) {
  const read = readSession(story.chart, SESSION, sessionRowsOf(rulebook), clock(minute))
  if (!read.ok) throw new Error(read.refusal)
  return debriefOf(story.chart, read.value, patient, rows)
}

const dosed = begun().whole(-15).whole(-3).dose(0)

describe('a debriefing', () => {
  test('finds what the record shows, and how long after the beginning', () => {
    const noticed = dosed.whole(10).on(begins + 2, 'symptom.v1', { symptom: 'chest-pain', present: true }, { id: 'pain' })
    const told = noticed.on(begins + 3, 'alert-answered.v1', { alert: 'pain/SX', action: 'prescriber-called', note: '' }).on(begins + 5, 'emergency-step.v1', stepOf('chest-pain', 'call-911'))
    const { event } = debrief(told, 60)
    expect(event!.name).toBe('Pain in the chest')
    expect(Object.fromEntries(event!.steps.map(({ what, afterMin }) => [what, afterMin === undefined ? undefined : Math.round(afterMin)]))).toEqual({ noticed: 2, answered: 3, acted: 5, 'called-911': 5, 'called-prescriber': 3 })
    expect(event!.asks.length).toBeGreaterThan(0)
  })

  test('what is not in the record is missing, not assumed', () => {
    const { event, unanswered } = debrief(dosed.on(begins + 2, 'symptom.v1', { symptom: 'chest-pain', present: true }), 60)
    expect(event!.steps.map(({ what, at: when }) => [what, when !== undefined])).toEqual([['noticed', true], ['answered', false], ['acted', false], ['called-911', false], ['called-prescriber', false]])
    expect(unanswered.some((says) => says.includes('chest pain'))).toBe(true)
  })

  test('an event that has not begun, or none, is not told', () => {
    expect(debrief(dosed, Math.floor(begins) - 1).event).toBeUndefined()
    expect(debrief(dosed, 60, simulatedPatient(4, undefined, drill)).event).toBeUndefined()
    expect(debrief(begun().whole(-3), 5).event).toBeUndefined()
  })

  test('every reading that was planned stands there, taken, late or not at all', () => {
    const { readings, longestGapMin } = debrief(dosed.whole(10).whole(26).whole(45), 62)
    expect(readings.map(({ plannedAt, lateMin }) => [(Date.parse(plannedAt) - Date.parse(at(0))) / 60_000, lateMin])).toEqual([[0, 0], [10, 0], [20, 6], [30, undefined], [45, 0], [60, undefined]])
    expect(longestGapMin).toBe(19)
    expect(debrief(begun().whole(-3), 5).longestGapMin).toBeUndefined()
  })

  test('counts what was written down', () => expect(debrief(dosed.whole(10), 15).written).toBe(dosed.whole(10).entries.filter(({ session }) => session === SESSION).length))
})
