import type { Chart } from '../chart/chart.ts'
import { ageOn, daysBetween, hoursBetween, type Instant } from '../shared/time.ts'
import { known, missing, type Known, type Missing, type ScreeningFacts } from './facts.ts'
import { isFresh, type ScreeningLimits } from './limits.ts'
import { lastPregnancyTest, pregnancyStatus } from './pregnancy.ts'

export type BodyFacts = Pick<ScreeningFacts, 'age' | 'bmi' | 'systolicMmHg' | 'diastolicMmHg' | 'pregnancyTest' | 'pregnancyTestAgeDays' | 'pregnancyStatus'>

/** Reads what was measured on the body: age, weight and height, pressure, pregnancy. */
export function bodyFacts(chart: Chart, now: Instant, limits: ScreeningLimits): BodyFacts {
  return {
    age: age(chart, now),
    bmi: bmi(chart),
    systolicMmHg: pressure(chart, 'systolicMmHg', now, limits),
    diastolicMmHg: pressure(chart, 'diastolicMmHg', now, limits),
    ...pregnancy(chart, now),
    pregnancyStatus: pregnancyStatus(chart, now, limits.pregnancyStatus),
  }
}

function age(chart: Chart, now: Instant): Known<number> | Missing {
  const demographics = chart.latest('demographics.v1')
  return demographics ? known(ageOn(demographics.body.birthDate, now.slice(0, 10)), [demographics.id]) : missing('not-asked')
}

function bmi(chart: Chart): Known<number> | Missing {
  const weight = chart.latest('weight.v1')
  const height = chart.latest('height.v1')
  if (!weight || !height) return missing('not-asked')
  const heightM = height.body.heightMm / 1_000
  return known(weight.body.weightG / 1_000 / (heightM * heightM), [weight.id, height.id])
}

interface Reading { readonly id: string; readonly at: Instant; readonly value: number }

/**
 * The higher of the means of the last sittings. One sitting decides alone; after a high one, two sittings on
 * different days have to be lower before the fact is. Readings of a medicine session say nothing about rest.
 */
function pressure(chart: Chart, which: 'systolicMmHg' | 'diastolicMmHg', now: Instant, limits: ScreeningLimits): Known<number> | Missing {
  const readings = chart.all('vitals.v1').flatMap(({ id, at, session, body }) => (session === undefined && body[which] !== undefined ? [{ id, at, value: body[which] }] : []))
  const fresh = readings.filter((reading) => isFresh(which, reading.at, now, limits))
  if (fresh.length === 0) return readings.length === 0 ? missing('not-asked') : missing('stale', readings.slice(-1).map((reading) => reading.id))
  const sittings = lastSittings(fresh, limits.pressure)
  return known(Math.max(...sittings.map(mean)), sittings.flat().map((reading) => reading.id))
}

function lastSittings(readings: readonly Reading[], { sittingHours, sittings }: ScreeningLimits['pressure']): Reading[][] {
  const found: Reading[][] = []
  let left = [...readings]
  for (let last = left.at(-1); last && found.length < sittings; last = left.at(-1)) {
    const end = last.at
    found.push(left.filter((reading) => hoursBetween(reading.at, end) < sittingHours))
    left = left.filter((reading) => hoursBetween(reading.at, end) >= sittingHours)
  }
  return found
}

const mean = (readings: readonly Reading[]) => readings.reduce((sum, reading) => sum + reading.value, 0) / readings.length

/** A test dated further ahead than clocks differ has no age, and so does not count when negative. */
function pregnancy(chart: Chart, now: Instant): Pick<BodyFacts, 'pregnancyTest' | 'pregnancyTestAgeDays'> {
  const last = lastPregnancyTest(chart, now)
  if (!last) return { pregnancyTest: missing('not-asked'), pregnancyTestAgeDays: missing('not-asked') }
  const ageDays = daysBetween(last.body.takenAt, now)
  return {
    pregnancyTest: known(last.body.result, [last.id]),
    pregnancyTestAgeDays: ageDays < -1 ? missing('not-known', [last.id]) : known(Math.max(0, ageDays), [last.id]),
  }
}
