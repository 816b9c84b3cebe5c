import { describe, expect, test } from 'vitest'
import { figurePaths, phaseOf } from '../core/course/protocol.ts'
import { protocols } from './protocols.ts'
import { sources } from './sources.ts'

const rows = Object.entries(protocols)
const { 'solo-six': solo, 'group-maintenance': group } = protocols

describe.each(rows)('%s', (id, row) => {
  const basis = Object.entries(row.figures)

  test('is held under its own id and has words for a patient', () => {
    expect(row.id).toBe(id)
    expect(row.says).toMatch(/^[A-Z].+\.$/)
  })
  test('every number has its basis, and nothing else has', () => {
    const paths = figurePaths(row)
    expect(paths.length).toBeGreaterThan(30) // A walk that found nothing has checked nothing.
    expect(Object.keys(row.figures).toSorted()).toEqual([...paths].toSorted())
  })
  test('every basis cites sources we hold: what was seen cites where, what is proposed says so', () => {
    for (const [path, { tag, cites }] of basis) {
      for (const source of cites) expect(sources, path).toHaveProperty([source])
      expect([path, tag === 'P', cites.includes('P')]).toEqual([path, cites.includes('P'), tag === 'P'])
    }
  })
  test('what the row cites is what its figures stand on', () => expect([...row.cites].toSorted()).toEqual([...new Set(basis.flatMap(([, { cites }]) => cites))].toSorted()))
  test('nothing from memory passes as verified', () => expect(row.verified).toBe(basis.every(([, { tag }]) => tag !== 'M')))
  test('has a day on which it is read again', () => expect(row.reviewBy).toMatch(/^20\d\d-\d\d-\d\d$/))
  test('each phase has one row, a length and somebody who is there', () => {
    expect(new Set(row.phases.map(({ type }) => type)).size).toBe(row.phases.length)
    for (const phase of row.phases) {
      expect(phase.durationMin).toBeGreaterThan(0)
      expect(phase.staff.length).toBeGreaterThan(0)
      if (phase.roomMin !== undefined) expect(phase.roomMin).toBeGreaterThanOrEqual(phase.durationMin)
      for (const range of [phase.gapDays, phase.afterDays]) if (range) expect(range.max).toBeGreaterThanOrEqual(range.min)
    }
  })
  test('holds together', () => {
    const medicine = phaseOf(row, 'medicine')
    expect(medicine?.place).toBe('in-person')
    expect(medicine?.staff.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(row.peopleInRoom)
    expect(row.peopleInRoom).toBeGreaterThanOrEqual(2)
    expect(row.gates.preparationVisits).toBeLessThanOrEqual(phaseOf(row, 'preparation')?.count ?? 0)
    expect(row.followUpDays).toHaveLength(row.followUpWindowDays.length)
    expect(phaseOf(row, 'follow-up')?.count).toBe(row.followUpDays.length)
    expect(phaseOf(row, 'integration')?.count).toBe(medicine?.count)
  })
})

describe('the figures of the two practices', () => {
  test.each([
    ['solo: preparation visits', phaseOf(solo, 'preparation')?.count, 3],
    ['solo: a week between them', phaseOf(solo, 'preparation')?.gapDays, { min: 6, max: 8 }],
    ['solo: medicine sessions', [phaseOf(solo, 'medicine')?.count, phaseOf(solo, 'medicine')?.countRange], [6, [4, 6]]],
    ['solo: three hours, the room for thirty minutes more', [phaseOf(solo, 'medicine')?.durationMin, phaseOf(solo, 'medicine')?.roomMin], [180, 210]],
    ['solo: integration visits', phaseOf(solo, 'integration')?.count, 6],
    ['solo: medical clearance, 45 minutes', phaseOf(solo, 'medical-clearance')?.durationMin, 45],
    ['solo: two doses in seven days, 48 hours apart', solo.spacing, { minHoursBetweenDoses: 48, maxDosesPerSevenDays: 2 }],
    ['solo: integration within three days', solo.integration.withinDays, 3],
    ['solo: follow-ups', solo.followUpDays, [7, 30, 90, 180]],
    ['solo: open to everybody', solo.access, 'open'],
    ['group: the call', [phaseOf(group, 'inquiry-call')?.durationMin, phaseOf(group, 'inquiry-call')?.durationRangeMin], [30, [15, 30]]],
    ['group: the first visit within a week', group.firstVisitWithinDays, 7],
    ['group: two preparation visits', [phaseOf(group, 'preparation')?.count, group.gates.preparationVisits], [2, 2]],
    ['group: two therapists', phaseOf(group, 'medicine')?.staff, [{ role: 'therapist', count: 2 }]],
    ['group: at most three hours', phaseOf(group, 'medicine')?.durationMin, 180],
    ['group: by injection or under the tongue', group.routes, ['IM', 'SL']],
    ['group: for current clients', group.access, 'current-clients-only'],
    ['group: with maintenance', [group.maintenance, phaseOf(group, 'maintenance')?.count], ['on-relapse-or-warning', 0]],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected))
})
