import { describe, expect, test } from 'vitest'
import { drill } from '../../knowledge/drill.ts'
import { dosing } from '../../knowledge/dosing.ts'
import { plasma } from '../../knowledge/plasma.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import type { DoseRow } from '../dosing/rows.ts'
import type { PlasmaDose } from '../plasma/plasma.ts'
import type { PlasmaRoute } from '../plasma/rows.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import type { Alert } from '../session/alerts.ts'
import { at, begun, clock, SESSION, type Told } from '../session/fixtures.ts'
import { isAtLeast } from '../session/level.ts'
import { readSession, type SessionRows } from '../session/session.ts'
import { minutesBetween } from '../shared/time.ts'
import { seenAt, simulatedPatient, type SimulatedPatient } from './patient.ts'

/** Alarm fatigue is a hazard of its own: a session in which nothing happens may call for help at most so often. */
const MOST_HIGH_ALERTS = 2
const UNEVENTFUL = 1_000
const EACH_EVENT = 20
/** Until the last follow-up reading, by every route. */
const WATCHED_MIN = 150

const rows = sessionRowsOf(rulebook)
/** The label counts pressures that rose by 40 over 25 in so many of a hundred people; the cohort has to look like them. */
const RISES_PERCENT = [8, 19] as const

const given = (patient: SimulatedPatient, route: PlasmaRoute): PlasmaDose => {
  const row: DoseRow = dosing.doses.find((each) => each.route === route)!
  const ug = row.start.ug ?? row.start.ugPerKg! * patient.weightKg
  return { mg: (Math.round(ug / row.roundToUg) * row.roundToUg) / 1_000, route, atMin: 0, durationMin: route === 'IV' ? 40 : 0 }
}

/** A room that takes every reading when it is due, and writes down what it sees. Nobody helps: what is planted stays. */
function watched(patient: SimulatedPatient, route: PlasmaRoute, by: SessionRows = rows): { readonly alerts: readonly Alert[]; readonly readings: readonly number[] } {
  const dose = given(patient, route)
  const readings: number[] = []
  const look = (story: Told, minute: number): Told => {
    const seen = seenAt(patient, minute, [dose], undefined, drill, plasma)
    const { moaaS, rass, orientation, ...vitals } = seen.values
    readings.push(minute)
    const read = story.reading(minute, vitals).mind(minute, { moaaS, rass, orientation }).on(minute, 'rating.v1', { scale: 'distress', value: seen.ratings.distress })
    return seen.symptoms.reduce((known, symptom) => known.on(minute, 'symptom.v1', { symptom, present: true }), read)
  }
  let story = look(look(begun(route), -20), -5).dose(0, 1, dose.mg)
  if (route === 'IV') story = story.on(dose.durationMin, 'dose-ended.v1', { dose: story.entries.at(-1)!.id })
  for (let minute = 0; ;) {
    const read = readSession(story.chart, SESSION, by, clock(minute))
    if (!read.ok) throw new Error(read.refusal)
    const next = Math.max(minute + 1, minutesBetween(at(0), read.value.due!.at))
    if (next > WATCHED_MIN) return { alerts: read.value.alerts.all, readings }
    minute = next
    story = look(story, minute)
  }
}

const high = (alerts: readonly Alert[]) => alerts.filter(({ level }) => isAtLeast(level, 'orange'))
const drawn = (seed: number) => drill.routes[seed % drill.routes.length]!
const uneventful = (seed: number, by: SessionRows = rows) => ({ seed, ...watched(simulatedPatient(seed, undefined, drill), drawn(seed), by) })

describe('alarms', () => {
  test(`${UNEVENTFUL} sessions in which nothing goes wrong call for help at most ${MOST_HIGH_ALERTS} times each`, () => {
    const cohort = Array.from({ length: UNEVENTFUL }, (_, index) => uneventful(index + 1))
    expect(cohort.filter(({ alerts }) => high(alerts).length > MOST_HIGH_ALERTS).map(({ seed }) => seed)).toEqual([])
    expect(Math.min(...cohort.map(({ readings }) => readings.length))).toBeGreaterThan(6)
    const rose = cohort.filter(({ alerts }) => alerts.some(({ row }) => row.id === 'BP-S' || row.id === 'BP-D')).length
    expect((rose * 100) / UNEVENTFUL).toBeGreaterThanOrEqual(RISES_PERCENT[0])
    expect((rose * 100) / UNEVENTFUL).toBeLessThanOrEqual(RISES_PERCENT[1])
  }, 120_000)

  test('a table that calls at every caution would be noticed', () => {
    const jumpy = { ...rows, monitoring: { ...rows.monitoring, alerts: rows.monitoring.alerts.map((row) => (row.levels.yellow ? { ...row, levels: { ...row.levels, orange: row.levels.yellow } } : row)) } }
    expect(Array.from({ length: 150 }, (_, index) => high(uneventful(index + 1, jumpy).alerts).length).some((count) => count > MOST_HIGH_ALERTS)).toBe(true)
  })

  test.each(drill.events)(`$name: alarms every time, with ${EACH_EVENT} people by every route`, ({ id, raises }) => {
    for (let index = 0; index < EACH_EVENT; index += 1) {
      const patient = simulatedPatient(10_000 + index, id, drill)
      const { startsMin, row } = patient.event!
      const { alerts, readings } = watched(patient, drawn(index))
      const looked = readings.find((minute) => minute >= startsMin + row.overMin)!
      const known = (minute: number) => high(alerts).filter((alert) => minutesBetween(at(0), alert.at) <= minute).map((alert) => alert.row.id)
      expect(known(looked), `seed ${patient.seed}: the first look after it came, at minute ${looked}`).toEqual(expect.arrayContaining([...raises]))
    }
  }, 60_000)
})
