import type { Protocol } from '../course/protocol.ts'

export interface TherapyHour {
  readonly lengthMin: number
  readonly roomFeatures: readonly string[]
}

/**
 * Therapy as the planner, the repair and the check read a course: one kind of visit, with nothing before it and nothing after.
 * So that hours, leave, rooms, licences and closings are judged for it by the very code that judges them for a course. It is
 * no course: nobody is on it, no edition holds it, and it gives no dose.
 */
export const therapyCourse = ({ lengthMin, roomFeatures }: TherapyHour, visits = 1): Protocol => ({
  id: 'therapy', name: 'Therapy', says: 'Therapy beside a course.', routes: [], minimumAgeYears: 0,
  phases: [{ type: 'therapy', count: visits, durationMin: lengthMin, roomFeatures, staff: [{ role: 'therapist', count: 1 }], place: 'either', tag: 'P' }],
  spacing: { minHoursBetweenDoses: 0, maxDosesPerSevenDays: 0 },
  integration: { fromDays: 0, withinDays: 0, beforeNextDose: false, window: { dueFromHours: 0, overdueAfterHours: 0 } },
  peopleInRoom: 0, gates: { preparationVisits: 0, safetyPlanWithinDays: 0, clearanceValidDays: 0 },
  reviewAfterMedicine: [], followUpDays: [], followUpWindowDays: [], maintenance: 'none', access: 'open', firstVisitWithinDays: 0,
  measures: { baseline: [], beforeDose: [], followUp: [] }, figures: {}, cites: ['P'], verified: false, reviewBy: '',
})
