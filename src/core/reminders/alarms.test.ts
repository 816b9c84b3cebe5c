import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { dayAlarmWords as words } from '../../knowledge/reminders.ts'
import type { DayAnswers } from '../chart/kinds/day.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { plusMinutes } from '../shared/time.ts'
import { dayAlarms } from './alarms.ts'

const startsAt = '2026-12-01T17:00:00.000Z'
const before = (minutes: number) => plusMinutes(startsAt, -minutes)
const about = (said: DayAnswers, route: DoseRoute | undefined) => dayAlarms(said, { words, fasting: monitoring.gates.fasting, preDose: monitoring.preDose, route, startsAt, zone: 'America/Los_Angeles' }).map((one) => one.about)
const { IM, SL } = monitoring.gates.fasting

describe('whom an answer calls', () => {
  test.each<[string, DayAnswers, readonly string[], DoseRoute | 'unknown']>([
    ['nothing answered: that it is missing is said elsewhere', {}, [], 'IM'],
    ['ate as long ago as the rule asks', { lastFoodAt: before(IM.foodMin) }, [], 'IM'], ['a minute later', { lastFoodAt: before(IM.foodMin - 1) }, ['food'], 'IM'],
    ['drank as long ago as the rule asks', { lastFluidAt: before(IM.fluidMin) }, [], 'IM'], ['a minute later', { lastFluidAt: before(IM.fluidMin - 1) }, ['fluid'], 'IM'],
    ['by the row of the route', { lastFoodAt: before(SL.foodMin), lastFluidAt: before(SL.fluidMin) }, [], 'SL'], ['and a minute later', { lastFoodAt: before(SL.foodMin - 1), lastFluidAt: before(SL.fluidMin - 1) }, ['food', 'fluid'], 'SL'],
    ['by the longest wait while no route is ordered', { lastFoodAt: before(SL.foodMin), lastFluidAt: before(SL.fluidMin) }, ['food', 'fluid'], 'unknown'],
    ['medicines as told', { medicines: 'as-told' }, [], 'IM'], ['not as told', { medicines: 'not-as-told' }, ['medicines'], 'IM'], ['not sure', { medicines: 'not-sure' }, ['medicines'], 'IM'],
    ['no alcohol', { alcohol: 'no' }, [], 'IM'], ['alcohol', { alcohol: 'yes' }, ['alcohol'], 'IM'], ['rather in person', { alcohol: 'in-person' }, ['alcohol'], 'IM'],
    ['somebody comes', { ride: 'coming' }, [], 'IM'], ['nobody comes', { ride: 'nobody' }, ['ride'], 'IM'],
    ['all clear the day before', { fastingClear: true, medicinesClear: true }, [], 'IM'], ['nothing clear', { fastingClear: false, medicinesClear: false }, ['fasting', 'medicines'], 'IM'],
    ['a pressure below its limits', { systolicMmHg: 122, diastolicMmHg: 78 }, [], 'IM'], ['one far above', { systolicMmHg: 190, diastolicMmHg: 78 }, ['pressure'], 'IM'], ['the lower one far above', { systolicMmHg: 122, diastolicMmHg: 125 }, ['pressure'], 'IM'],
  ])('%s', (_, said, alarms, route) => expect(about(said, route === 'unknown' ? undefined : route)).toEqual(alarms))
  test('with what the rule says, and when', () => {
    const [food] = dayAlarms({ lastFoodAt: before(60) }, { words, fasting: monitoring.gates.fasting, preDose: monitoring.preDose, route: 'IM', startsAt, zone: 'America/Los_Angeles' })
    expect(food?.says).toBe(`${words.food} Last at 08:00; it begins at 09:00. ${IM.says}`)
  })
})
