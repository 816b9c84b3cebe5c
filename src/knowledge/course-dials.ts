import type { VisitType } from '../core/chart/kinds/aftercare.ts'
import type { CourseDialRows, CourseFigureRow } from '../core/course/course-figures.ts'
import type { Protocol, ProtocolPhase, StaffRole } from '../core/course/protocol.ts'
import { dialRows } from './dials.ts'
import { courseFloors } from './floors.ts'
import { protocols } from './protocols.ts'

type Tighter = CourseFigureRow['tighter']
const figure = (at: string, name: string, unit: string, tighter: Tighter, between: readonly [number, number], step = 1): CourseFigureRow => ({ at, name, unit, tighter, takes: { between, step } })

/**
 * Which figures of a course a practice may change in a course of its own, between what, and which way is tighter. The
 * first row that fits speaks. What a course does not have counts as none (`adds`). What is not here stays as in the course it was made from: routes, ages, who may ask for
 * it, questionnaires, who is on call, and that a medical visit comes first and maintenance is decided one at a time.
 */
const figures: readonly CourseFigureRow[] = [
  figure('inquiry-call.count', 'number of visits', '', 'higher', [0, 2]), figure('intake.count', 'number of visits', '', 'higher', [1, 3]), figure('consult.count', 'number of visits', '', 'higher', [0, 3]),
  figure('preparation.count', 'number of visits', '', 'higher', [0, 12]), figure('medicine.count', 'number of sessions', '', 'lower', [1, 12]), figure('integration.count', 'number of visits', '', 'higher', [0, 12]), figure('follow-up.count', 'number of visits', '', 'higher', [1, 12]),
  figure('medicine.countRange', 'sessions, from and to', '', 'inside', [1, 12]), figure('integration.countRange', 'visits, from and to', '', 'inside', [1, 12]),
  figure('medicine.durationMin', 'length', 'minutes', 'higher', [60, 480], 5), figure('maintenance.durationMin', 'length', 'minutes', 'higher', [60, 480], 5), figure('*.durationMin', 'length', 'minutes', 'higher', [10, 480], 5),
  figure('*.durationRangeMin', 'length, from and to', 'minutes', 'inside', [5, 480], 5), figure('*.roomMin', 'room held for', 'minutes', 'higher', [10, 600], 5),
  figure('medicine.gapDays', 'days from one to the next', 'days', 'inside', [1, 60]), figure('*.gapDays', 'days from one to the next', 'days', 'inside', [0, 60]), figure('*.afterDays', 'days after what comes before', 'days', 'inside', [0, 90]),
  figure('*.staff.*.count', 'people there', '', 'higher', [0, 4]),
  figure('spacing.minHoursBetweenDoses', 'hours between two doses, at least', 'hours', 'higher', [20, 2_160], 4), figure('spacing.maxDosesPerSevenDays', 'doses in any seven days, at most', '', 'lower', [1, 5]),
  figure('integration.fromDays', 'integration after a dose, from', 'days', 'lower', [0, 14]), figure('integration.withinDays', 'integration after a dose, within', 'days', 'lower', [1, 30]),
  { at: 'integration.beforeNextDose', name: 'integration comes before the next dose', unit: '', tighter: 'higher', takes: { yesOrNo: true } },
  figure('integration.window.dueFromHours', 'integration due from', 'hours', 'lower', [1, 336]), figure('integration.window.overdueAfterHours', 'integration overdue after', 'hours', 'lower', [2, 720]),
  figure('peopleInRoom', 'people in the room for a dose', '', 'higher', [1, 6]),
  figure('gates.preparationVisits', 'preparation visits before the first dose', '', 'higher', [0, 12]), figure('gates.safetyPlanWithinDays', 'safety plan counts for', 'days', 'lower', [1, 365]), figure('gates.clearanceValidDays', 'clearance counts for', 'days', 'lower', [1, 365]),
  figure('reviewAfterMedicine', 'review after session', '', 'more', [1, 12]), figure('followUpDays', 'follow-ups after the last dose, on day', '', 'more', [1, 730]), figure('followUpWindowDays', 'each follow-up early or late by up to', 'days', 'fewer-days', [0, 60]),
  { at: 'maintenance', name: 'maintenance after the course', unit: '', tighter: 'higher', takes: { choices: ['none', 'on-relapse-or-warning'] } },
]

/** What is compared between two courses, and not changed in a copy. */
const names: CourseDialRows['names'] = [
  { at: '*.count', name: 'number of visits', unit: '' }, { at: '*.place', name: 'where', unit: '' }, { at: '*.content', name: 'what is covered', unit: '' }, { at: '*.roomFeatures', name: 'the room has', unit: '' },
  { at: 'routes', name: 'routes of the medicine', unit: '' }, { at: 'minimumAgeYears', name: 'for people of at least', unit: 'years' }, { at: 'access', name: 'who may ask for it', unit: '' }, { at: 'onCall.maxRooms', name: 'rooms that a prescriber on call answers for, at most', unit: '' },
  { at: 'firstVisitWithinDays', name: 'first visit after a match, within', unit: 'days' }, { at: 'measures.baseline', name: 'asked at the beginning', unit: '' }, { at: 'measures.beforeDose', name: 'asked before a dose', unit: '' }, { at: 'measures.dayAfter', name: 'asked in the days after a dose', unit: '' }, { at: 'measures.between', name: 'asked wherever nothing else is', unit: '' }, { at: 'measures.followUp', name: 'asked at follow-ups', unit: '' },
  { at: 'heldBack', name: 'switched off as it ships, because', unit: '' },
]

/** The first course that ships with such a visit lends its row: how long it takes, who is there, where. */
const asShipped = (type: VisitType): ProtocolPhase[] => Object.values(protocols).flatMap((row: Protocol) => row.phases.filter((phase) => phase.type === type)).slice(0, 1)

const people: readonly StaffRole[] = ['therapist', 'monitor', 'prescriber']
const adds: CourseDialRows['adds'] = {
  phases: (['inquiry-call', 'intake', 'consult', 'preparation'] as const).flatMap(asShipped),
  roles: { 'inquiry-call': ['coordinator', 'therapist'], intake: people, consult: people, 'medical-clearance': people, preparation: people, medicine: people, integration: people, 'follow-up': people, maintenance: people },
}

export const courseRows: CourseDialRows = { figures, adds, floors: courseFloors, names, reasonCharacters: dialRows.reasonCharacters, text: { name: [3, 80], says: [20, 300], list: 12 } }
