import { describe, expect, test } from 'vitest'
import { courseFaults } from '../core/course/consistent.ts'
import { namedFigure, valuesOf } from '../core/course/course-figures.ts'
import { courseRefusals, OWN_ID } from '../core/course/own-course.ts'
import { figurePaths, phaseOf } from '../core/course/protocol.ts'
import { courseRows } from './course-dials.ts'
import { screeningLimits } from './eligibility.ts'
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
  test('what the row cites is what its figures and its rules stand on', () => expect([...row.cites].toSorted()).toEqual([...new Set([...basis.map(([, figure]) => figure), ...(row.rules ?? [])].flatMap(({ cites }) => cites))].toSorted()))
  test('what the planner does not compute is said in whole sentences, each with its own basis', () => {
    const rules = row.rules ?? []
    expect(new Set(rules.map((one) => one.id)).size).toBe(rules.length)
    for (const { id: name, says, tag, cites } of rules) {
      expect(says, name).toMatch(/^[A-Z].+\.$/)
      for (const source of cites) expect(sources, name).toHaveProperty([source])
      expect([name, tag === 'P']).toEqual([name, cites.includes('P')])
    }
  })
  test('who is asked about the bladder, and when: at the beginning, at every fourth dose or so, and afterwards', () => {
    for (const moment of ['baseline', 'beforeDose', 'followUp'] as const) expect(row.measures[moment], moment).toContain('urinary-check')
  })
  test('nothing from memory passes as verified', () => expect(row.verified).toBe(basis.every(([, { tag }]) => tag !== 'M')))
  test('has a day on which it is read again', () => expect(row.reviewBy).toMatch(/^20\d\d-\d\d-\d\d$/))
  test('each phase has one row', () => expect(new Set(row.phases.map(({ type }) => type)).size).toBe(row.phases.length))
  // By the function that judges a practice's own courses, so that what ships and what is made here are held to the same.
  test('holds together', () => {
    expect(courseFaults(row)).toEqual([])
    expect(row.peopleInRoom).toBeGreaterThanOrEqual(2)
  })
  test('every figure and every choice has a name to be compared by', () => {
    const nameless = [...valuesOf(row).keys()].filter((path) => namedFigure(row, path, courseRows).name === path)
    expect(nameless).toEqual([])
  })
  test('its name is not one that a practice’s own course could have, and it is no copy', () => expect([id.startsWith(OWN_ID), row.own]).toEqual([false, undefined]))
  test('what ships switched on stands above every floor, and inside every span', () => {
    if (row.heldBack === undefined) expect(courseRefusals({ ...row, own: { from: '', root: '', by: '', at: '', reason: '', changes: [] } }, protocols, courseRows)).toEqual([])
  })
})

test('every course of the literature has its row, and those outside an outpatient practice ship switched off', () => {
  expect(Object.keys(protocols)).toEqual([
    'solo-six', 'group-maintenance', 'openkap-default', 'dore-2019', 'wilkinson-2017', 'wilkinson-2021', 'apa-iv-6', 'spravato-trd', 'spravato-mdsi', 'kare-aud', 'krupitsky-kpt', 'awakn-oslo', 'hanya-6', 'hull-home-sl', 'pain-iv-5',
  ])
  expect(rows.flatMap(([id, row]) => (row.heldBack ? [id] : []))).toEqual(['spravato-mdsi', 'krupitsky-kpt', 'hull-home-sl', 'pain-iv-5'])
  for (const [, row] of rows) if (row.heldBack) expect(row.heldBack).toMatch(/^[A-Z].+\.$/)
})

describe('the figures of the courses read in the literature', () => {
  const medicine = (id: keyof typeof protocols) => phaseOf(protocols[id], 'medicine')
  test.each([
    ['wilkinson-2017', 4, 2, 120], ['wilkinson-2021', 6, 2, 120], ['apa-iv-6', 6, 2, 120], ['spravato-trd', 8, 2, 150], ['spravato-mdsi', 8, 2, 150], ['kare-aud', 3, 1, 180], ['krupitsky-kpt', 3, 1, 120],
    ['awakn-oslo', 4, 1, 180], ['hanya-6', 6, 2, 180], ['hull-home-sl', 4, 1, 180], ['openkap-default', 6, 2, 180], ['dore-2019', 6, 2, 180], ['pain-iv-5', 5, 5, 120],
  ] as const)('%s: %i doses, at most %i in seven days, %i minutes', (id, doses, aWeek, minutes) => {
    expect([medicine(id)?.count, protocols[id].spacing.maxDosesPerSevenDays, medicine(id)?.durationMin]).toEqual([doses, aWeek, minutes])
  })
  test.each([['kare-aud', { min: 7, max: 21 }], ['krupitsky-kpt', { min: 28, max: 35 }]] as const)('%s: so many days between doses', (id, gap) => expect(medicine(id)?.gapDays).toEqual(gap))
  test('alcohol: the follow-ups of the trial, and the course that the alcohol rules name', () => {
    expect(protocols['kare-aud'].followUpDays).toEqual([90, 180])
    for (const id of screeningLimits.alcoholProtocols) expect(protocols).toHaveProperty([id])
  })
  test('the house’s own template looks back six times in half a year', () => expect(protocols['openkap-default'].followUpDays).toEqual([7, 14, 28, 56, 84, 180]))
  test('only the courses of the label give the spray', () => expect(rows.flatMap(([id, row]) => (row.routes.includes('IN-esketamine') ? [id] : []))).toEqual(['spravato-trd', 'spravato-mdsi']))
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
