import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { courseFaults } from './consistent.ts'
import { withValue, type CourseValue } from './course-figures.ts'
import type { Protocol } from './protocol.ts'

const changed = (protocol: Protocol, ...changes: readonly (readonly [string, CourseValue])[]) => changes.reduce((course, [path, to]) => withValue(course, path, to), protocol)
const solo = protocols['solo-six']

describe('what contradicts itself is said at one figure, with what would put it right', () => {
  test.each<[string, readonly (readonly [string, CourseValue])[], string, CourseValue | undefined]>([
    ['fewer preparation visits than the gate asks for', [['preparation.count', 2]], 'gates.preparationVisits', 2],
    ['a gate that asks for more than is planned', [['gates.preparationVisits', 4]], 'gates.preparationVisits', 3],
    ['fewer integrations than doses', [['integration.countRange', { min: 4, max: 5 }], ['integration.count', 5]], 'integration.count', 6],
    ['a range that the count is not in', [['medicine.count', 4], ['integration.count', 4], ['integration.countRange', { min: 4, max: 4 }], ['reviewAfterMedicine', [2, 4]]], 'medicine.countRange', { min: 4, max: 4 }],
    ['a review after a session that there is not', [['reviewAfterMedicine', [2, 7]]], 'reviewAfterMedicine', [2]],
    ['reviews out of order', [['reviewAfterMedicine', [4, 2]]], 'reviewAfterMedicine', [2, 4]],
    ['a follow-up without its window', [['followUpDays', [7, 30, 90, 180, 365]], ['follow-up.count', 5]], 'followUpWindowDays', [3, 7, 10, 21, 21]],
    ['follow-up days without their visits', [['followUpDays', [7, 30]], ['followUpWindowDays', [3, 7]]], 'follow-up.count', 2],
    ['follow-ups out of order', [['followUpDays', [30, 7, 90, 180]]], 'followUpDays', [7, 30, 90, 180]],
    ['a follow-up that could be before the dose', [['followUpWindowDays', [7, 7, 10, 21]]], 'followUpWindowDays', undefined],
    ['a next dose sooner than the spacing', [['medicine.gapDays', { min: 1, max: 7 }]], 'medicine.gapDays', { min: 2, max: 7 }],
    ['spacing longer than the days', [['spacing.minHoursBetweenDoses', 240]], 'medicine.gapDays', { min: 10, max: 10 }],
    ['a room that is held too short', [['medicine.roomMin', 120]], 'medicine.roomMin', 180],
    ['a distance that ends before it begins', [['preparation.gapDays', { min: 8, max: 6 }]], 'preparation.gapDays', undefined],
    ['fewer people than have to be there', [['medicine.staff.monitor.count', 0]], 'medicine.staff.therapist.count', undefined],
    ['more people than are planned', [['peopleInRoom', 3]], 'medicine.staff.therapist.count', undefined],
    ['nobody at a visit', [['intake.staff.therapist.count', 0]], 'intake.staff.therapist.count', 1],
    ['integration that ends before it begins', [['integration.fromDays', 4]], 'integration.withinDays', undefined],
    ['integration overdue before it is due', [['integration.window.dueFromHours', 72]], 'integration.window.overdueAfterHours', undefined],
    ['a clearance that ends before the last dose', [['gates.clearanceValidDays', 10]], 'medicine.gapDays', undefined],
    ['an integration with no day between two doses', [['spacing.minHoursBetweenDoses', 24], ['medicine.gapDays', { min: 1, max: 1 }], ['spacing.maxDosesPerSevenDays', 7]], 'medicine.gapDays', undefined],
  ])('%s', (_, changes, path, to) => {
    const faults = courseFaults(changed(solo, ...changes))
    expect(faults.map((fault) => fault.path)).toContain(path)
    expect(faults.find((fault) => fault.path === path)?.mend?.to).toEqual(to)
  })
})

test('following every hand that is offered ends in a course that holds together', () => {
  let course = changed(solo, ['medicine.count', 4])
  const path: string[] = []
  for (let faults = courseFaults(course); faults.length > 0 && path.length < 10; faults = courseFaults(course)) {
    const { mend } = faults.find((fault) => fault.mend) ?? {}
    if (!mend) break
    path.push(mend.path)
    course = withValue(course, mend.path, mend.to)
  }
  expect(path).toEqual(['medicine.countRange', 'integration.count', 'integration.countRange', 'reviewAfterMedicine'])
  expect(courseFaults(course)).toEqual([])
})
