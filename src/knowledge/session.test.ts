import { describe, expect, test } from 'vitest'
import { signOf, type Grade, type SideEffectRow } from '../core/session/effects.ts'
import { comfortMeasures } from './comfort.ts'
import { discharge } from './discharge.ts'
import { dosing } from './dosing.ts'
import { effects } from './effects.ts'
import { emergencyCards, emergencyKit } from './emergency.ts'
import { monitoring } from './monitoring.ts'
import { sources } from './sources.ts'

interface Row { readonly id: string; readonly tag: string; readonly cites: readonly string[]; readonly verified: boolean; readonly reviewBy: string }

const { rescues, ...dischargeRows } = discharge
const { rules, ...preDose } = monitoring.preDose
const rows: readonly Row[] = [
  ...monitoring.alerts, ...monitoring.responses, ...monitoring.schedules, monitoring.reading, monitoring.clearing, monitoring.escalation, monitoring.deepSedation, preDose, ...rules, monitoring.gates,
  ...Object.values(dischargeRows), ...rescues, ...dosing.routes, ...dosing.doses, ...dosing.boosters, dosing.weight, dosing.plausibleWeight,
  ...effects.terms, effects.reporting, ...emergencyCards, emergencyKit, ...comfortMeasures,
]

test('there are rows to look at', () => expect(rows.length).toBeGreaterThan(150))

test('no two rows have one id', () => {
  const ids = rows.map(({ id }) => id)
  // One word may name a rescue medicine's row, a side effect and a card; within one table an id is one row.
  for (const table of [monitoring.alerts, rules, Object.values(dischargeRows), dosing.doses, effects.terms, emergencyCards, comfortMeasures]) expect(new Set(table.map(({ id }) => id)).size).toBe(table.length)
  expect(ids.every((id) => /^[A-Za-z][\w.-]*$/.test(id))).toBe(true)
})

describe('every row of the session’s part of the rulebook', () => {
  test.each(rows.map((row) => [row.id, row] as const))('%s has sources we hold, a tag, and a date to look at it again', (_, row) => {
    expect(row.cites.length).toBeGreaterThan(0)
    for (const key of row.cites) expect(sources).toHaveProperty([key])
    expect(['V', 'M', 'D', 'P']).toContain(row.tag)
    expect(row.reviewBy).toMatch(/^202[7-9]-\d\d-\d\d$/)
  })

  test('what is from memory is not called verified, and a proposal cites the practice that has to adopt it', () => {
    for (const { id, tag, verified, cites } of rows) {
      if (tag === 'M' || tag === 'P') expect(verified, id).toBe(false)
      if (tag === 'P' && !id.startsWith('D')) expect(cites, id).toContain('P')
    }
  })
})

describe('the tables hang together', () => {
  test('every route has a schedule, an expected course, a dose row and a way out', () => {
    for (const route of ['IM', 'SL', 'IV', 'PO', 'IN-esketamine'] as const) {
      expect([monitoring.schedules, dosing.routes, dosing.doses].map((table) => table.filter((row) => row.route === route).length), route).toEqual([1, 1, 1])
      expect(discharge.D1.minimum[route].minutes).toBeGreaterThanOrEqual(60)
    }
  })

  test('times go forward, and the soft maximum is never above the hard one', () => {
    for (const { fromStartMin, id } of monitoring.schedules) expect([...fromStartMin], id).toEqual([...fromStartMin].sort((a, b) => a - b))
    for (const { onsetMin, peakMin, acuteEndMin, id } of dosing.routes) expect(onsetMin[0] <= peakMin[0] && peakMin[1] <= acuteEndMin[1], id).toBe(true)
    for (const row of dosing.doses) if ('ug' in row.soft && 'ug' in row.hard) expect(row.soft.ug).toBeLessThanOrEqual(row.hard.ug)
  })

  test('grades are one sentence each, death is not among them, and none is called compared with the original', () => {
    for (const { id, grades, textVerified } of effects.terms) {
      expect(Object.keys(grades).length, id).toBeGreaterThan(0)
      expect(Object.keys(grades), id).not.toContain('5')
      expect(textVerified, id).toBe(false)
    }
  })

  test('an effect that is a sign of the alert table calls as the sign does, and anxiety from the grade at which it is severe', () => {
    const known: readonly string[] = monitoring.alerts.flatMap((row) => (row.id === 'SX' ? Object.values(row.levels).flatMap(({ symptom }) => symptom) : []))
    expect(known).toContain('seizure')
    const signs = new Map((effects.terms as readonly SideEffectRow[]).map((row) => [row.id, [1, 2, 3, 4].map((grade) => signOf(row, grade as Grade))]))
    for (const [id, called] of signs) if (known.includes(id)) expect(called, id).toEqual(Array(4).fill(id))
    expect(signs.get('anxiety')).toEqual([undefined, undefined, 'severe-anxiety', 'severe-anxiety'])
    expect([...signs].filter(([id, called]) => called.some((one) => one !== undefined && one !== id)).map(([id]) => id).toSorted()).toEqual(['anxiety', 'confusion', 'delirium', 'laryngospasm', 'suicide-attempt'])
  })

  test('a card begins with what hands can do, and never gives a medicine by itself', () => {
    for (const { id, steps } of emergencyCards) {
      expect(steps.length, id).toBeGreaterThanOrEqual(4)
      expect(new Set(steps.map((step) => step.id)).size, id).toBe(steps.length)
      for (const { says } of steps) expect(says, id).not.toMatch(/\d\s*mg/)
    }
  })
})
