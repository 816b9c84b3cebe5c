import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drill } from '../../knowledge/drill.ts'
import { plasma } from '../../knowledge/plasma.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import type { PlasmaDose } from '../plasma/plasma.ts'
import { vitalsBody } from '../chart/kinds/session.ts'
import { at, told } from '../session/fixtures.ts'
import { helpedAt, seenAt, simulatedPatient } from './patient.ts'

const dose: PlasmaDose = { mg: 40, route: 'IM', atMin: 0, durationMin: 0 }
const ids = drill.events.map(({ id }) => id)

describe('a simulated patient', () => {
  test('is the same person for the same seed, and another one for another', () => {
    expect(simulatedPatient(7, undefined, drill)).toEqual(simulatedPatient(7, undefined, drill))
    expect(simulatedPatient(8, undefined, drill).before).not.toEqual(simulatedPatient(7, undefined, drill).before)
  })

  test('whatever is seen can be written down as it is', () => fc.assert(fc.property(fc.nat(100_000), fc.constantFrom(undefined, ...ids), fc.double({ min: -15, max: 240, noNaN: true }), fc.constantFrom(undefined, 30), (seed, event, minute, helped) => {
    const { values, ratings } = seenAt(simulatedPatient(seed, event, drill), minute, [dose], helped, drill, plasma)
    expect(vitalsBody.safeParse(Object.fromEntries(Object.entries(values).filter(([name]) => /mmhg|permin|percent|decic/i.test(name)))).error).toBeUndefined()
    expect(values.systolicMmHg).toBeGreaterThan(values.diastolicMmHg)
    for (const [scale, [least, most]] of Object.entries({ moaaS: [0, 5], rass: [-5, 4], orientation: [0, 4] } as const)) expect([scale, values[scale as 'moaaS'] >= least && values[scale as 'moaaS'] <= most]).toEqual([scale, true])
    for (const rated of Object.values(ratings)) expect([rated >= 0, rated <= 10, Number.isInteger(rated)]).toEqual([true, true, true])
  })))

  test('moves with what is in the blood: higher at the peak than before the dose and four hours later', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const patient = simulatedPatient(seed, undefined, { ...drill, person: { ...drill.person, unsteady: {} } })
      const steady = { ...drill, person: { ...drill.person, unsteady: {} } }
      const [before, peak, late] = [-5, 22, 240].map((minute) => seenAt(patient, minute, [dose], undefined, steady, plasma))
      expect(peak!.ngPerMl).toBeGreaterThan(late!.ngPerMl)
      expect(before!.ngPerMl).toBe(0)
      expect(peak!.values.systolicMmHg).toBeGreaterThan(before!.values.systolicMmHg)
      expect(late!.values.systolicMmHg).toBeLessThanOrEqual(peak!.values.systolicMmHg)
      expect(peak!.ratings.intensity).toBeGreaterThan(before!.ratings.intensity)
    }
  })

  test.each(drill.events)('$name: comes after its time, reaches its numbers, and eases once somebody has acted', (event) => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const patient = simulatedPatient(seed, event.id, drill)
      const { startsMin } = patient.event!
      expect(startsMin >= event.startsMin[0] && startsMin <= event.startsMin[1]).toBe(true)
      const looked = (minute: number, helped?: number) => seenAt(patient, minute, [dose], helped, drill, plasma)
      expect(looked(startsMin - 1).symptoms).toEqual([])
      const full = looked(startsMin + event.overMin + 1)
      for (const [name, value] of Object.entries(event.reaches)) expect({ ...full.values, ...full.ratings }[name as 'rass'], name).toBe(value)
      expect(full.symptoms).toEqual(event.symptoms)
      expect(looked(startsMin + 120).symptoms, 'unhelped it stays').toEqual(event.symptoms)
      const helped = startsMin + event.overMin + 2
      expect(looked(helped + event.eases.overMin + 1, helped).symptoms).toEqual([])
      expect(looked(helped + 1, startsMin - 5).symptoms, 'help that came before it began was for something else').toEqual(event.symptoms)
    }
  })

  test('nothing happens to somebody who had no dose', () => {
    for (const event of ids) expect(seenAt(simulatedPatient(3, event, drill), 60, [], undefined, drill, plasma).symptoms).toEqual([])
  })

  test('every event names rows of the alert table', () => {
    const rows: readonly string[] = monitoring.alerts.map(({ id }) => id)
    for (const { id, raises } of drill.events) expect([id, raises.length > 0, raises.filter((row) => !rows.includes(row))]).toEqual([id, true, []])
  })

  test('help is what the event asks for, at or after its beginning', () => {
    const patient = simulatedPatient(1, 'drill.vomiting', drill)
    const begins = patient.event!.startsMin
    const step = { card: 'vomiting', step: 'side' }
    const entries = told().on(begins - 3, 'emergency-step.v1', step).on(begins + 1, 'comfort.v1', { measure: 'blanket', note: '' }).on(begins + 4, 'emergency-step.v1', step).on(begins + 9, 'emergency-step.v1', step).entries
    expect(helpedAt(patient, entries, at(0))).toBeCloseTo(begins + 4)
    expect(helpedAt(patient, entries.slice(0, 2), at(0))).toBeUndefined()
    expect(helpedAt(patient, entries, undefined)).toBeUndefined()
    expect(helpedAt(simulatedPatient(1, undefined, drill), entries, at(0))).toBeUndefined()
  })
})
