import { describe, expect, it } from 'vitest'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { protocols } from '../../../knowledge/protocols.ts'
import { courseThread, leftInCourse, type DeskCourse } from './course.ts'

const NOW = '2026-11-23T20:00:00.000Z'
const solo = protocols['solo-six']
const visit = (type: BookedVisit['type'], number: number, startsAt: string): BookedVisit => ({ visit: `${type} ${number}`, type, number, startsAt, endsAt: startsAt.replace(':00:00', ':50:00'), localStart: '2026-11-23T09:00', zone: 'America/Los_Angeles', people: [], online: false })
const step = (id: string, state: 'done' | 'overdue' | 'not-yet' | 'open') => ({ id, title: id, who: [], state, blockedBy: [], facts: [] }) as unknown as DeskCourse['steps'][number]
const course = (visits: BookedVisit[], steps: DeskCourse['steps'] = []): DeskCourse => ({ stage: '', steps, visits, counts: { preparation: { done: 0, needed: 3 }, medicine: { done: 0, needed: 6 }, integration: { done: 0, needed: 6 } } })
const before = '2026-11-20T17:00:00.000Z'
const after = (day: number) => `2026-12-${String(day).padStart(2, '0')}T17:00:00.000Z`

describe('what is still to be booked', () => {
  const left = (...given: Parameters<typeof course>) => Object.fromEntries(leftInCourse(solo, course(...given)).map(({ type, left: count }) => [type, count]))
  it.each([
    ['nothing booked', [], [], { intake: 1, 'medical-clearance': 1, preparation: 3, medicine: 6, integration: 6, 'follow-up': 4 }],
    ['the intake is booked', [visit('intake', 1, before)], [], { 'medical-clearance': 1, preparation: 3, medicine: 6, integration: 6, 'follow-up': 4 }],
    ['two of three preparations', [visit('preparation', 1, before), visit('preparation', 2, after(1))], [], { intake: 1, 'medical-clearance': 1, preparation: 1, medicine: 6, integration: 6, 'follow-up': 4 }],
    ['cleared without a visit: none is asked for', [], [step('clearance', 'done')], { intake: 1, preparation: 3, medicine: 6, integration: 6, 'follow-up': 4 }],
  ])('%s', (_, visits, steps, expected) => expect(left(visits, steps)).toEqual(expected))

  it('is nothing when every visit stands', () => {
    const all = solo.phases.flatMap(({ type, count }) => Array.from({ length: count }, (_, place) => visit(type, place + 1, after(1 + place))))
    expect(left(all)).toEqual({})
  })
})

describe('the course as a line', () => {
  const states = (visits: BookedVisit[], steps: DeskCourse['steps'] = []) => courseThread(course(visits, steps), NOW).map(({ label, state }) => `${label}: ${state}`)
  it.each([
    ['what comes first is next, whatever order it came in', [visit('preparation', 2, after(8)), visit('preparation', 1, after(1))], [], ['Preparation 1: next', 'Preparation 2: planned']],
    ['what was held is done', [visit('intake', 1, before), visit('preparation', 1, after(1))], [step('intake', 'done')], ['Intake: done', 'Preparation 1: next']],
    ['what is over and not written down waits', [visit('medicine', 1, before), visit('medicine', 2, after(1))], [step('medicine-1', 'overdue')], ['Medicine session 1: blocked', 'Medicine session 2: next']],
    ['what was held before its time is done as well', [visit('preparation', 1, after(1))], [step('preparation-1', 'done')], ['Preparation 1: done']],
    ['a visit that no step knows is done once it is over', [visit('consult', 1, before)], [], ['Consultation: done']],
  ])('%s', (_, visits, steps, expected) => expect(states(visits, steps)).toEqual(expected))
})

