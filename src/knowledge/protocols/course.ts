import type { CourseRule, DayRange, Figure, Protocol, ProtocolPhase, StaffRole } from '../../core/course/protocol.ts'
import type { DoseRoute } from '../../core/chart/kinds/clearance.ts'
import type { SourceId } from '../sources.ts'
import { proposed, seen } from '../figures.ts'

/** Asked in every course; what waits for a practice to accept a condition is asked once it has. The bladder check rests fourteen days, so two doses a week ask for it at every fourth. */
export const ordinaryMeasures = {
  baseline: ['phq-9', 'gad-7', 'pcl-5', 'c-ssrs', 'audit-c', 'urinary-check'],
  beforeDose: ['c-ssrs', 'phq-9', 'gad-7', 'urinary-check'],
  dayAfter: ['day-after-check', 'alliance-check', 'fibser'],
  between: ['phq-9', 'gad-7'],
  followUp: ['phq-9', 'gad-7', 'pcl-5', 'c-ssrs', 'urinary-check', 'craving-check'],
} as const satisfies Protocol['measures']

type Staff = readonly { readonly role: StaffRole; readonly count: number }[]

interface Given extends Pick<Protocol, 'id' | 'name' | 'says'> {
  readonly routes: readonly DoseRoute[]
  readonly preparation: number
  readonly medicine: { readonly count: number; readonly countRange?: readonly [number, number]; readonly durationMin: number; readonly roomMin: number; readonly gapDays: DayRange; readonly afterDays?: DayRange; readonly staff?: Staff; readonly content?: readonly string[] }
  readonly integrationMin?: number
  /** Where they are fewer than the doses, they belong to the last ones. */
  readonly integrations?: number
  readonly integrationBeforeNextDose?: boolean
  readonly perSevenDays: number
  readonly minHoursBetweenDoses?: number
  readonly reviewAfterMedicine: readonly number[]
  readonly followUpDays?: readonly number[]
  readonly followUpWindowDays?: readonly number[]
  /** What of the numbers was seen or recalled, by its path; everything else is proposed here. */
  readonly figures: Readonly<Record<string, Figure>>
  readonly rules: readonly CourseRule[]
  readonly heldBack?: string
}

const pair: Staff = [{ role: 'therapist', count: 1 }, { role: 'monitor', count: 1 }]
const spoken: Staff = [{ role: 'therapist', count: 1 }]

/**
 * A course read in the literature, carried by this house: the series of doses is the source's, and around it stand
 * the visits, people and limits that every course here has. What the source does not say is proposed, and says so.
 */
export function course(given: Given): Protocol {
  const { id, name, says, routes, preparation, medicine, integrationMin = 60, integrationBeforeNextDose = true, perSevenDays, minHoursBetweenDoses = 48, reviewAfterMedicine, followUpDays = [7, 28, 84, 180], followUpWindowDays = [3, 7, 10, 21], rules, heldBack } = given
  const { integrations = medicine.count } = given
  const { staff = pair, afterDays = { min: 2, max: 14 }, ...dosing } = medicine
  const phases: readonly ProtocolPhase[] = [
    { type: 'intake', count: 1, durationMin: 60, staff: spoken, place: 'either', tag: 'P' },
    { type: 'medical-clearance', count: 1, durationMin: 45, staff: [{ role: 'prescriber', count: 1 }], place: 'either', tag: 'P' },
    { type: 'preparation', count: preparation, durationMin: 60, gapDays: { min: 5, max: 9 }, afterDays: { min: 5, max: 9 }, staff: spoken, place: 'either', content: ['intentions', 'what to expect', 'safety plan', 'harm reduction', 'grounding tools'], tag: 'P' },
    { type: 'medicine', ...dosing, afterDays, roomFeatures: ['recliner'], staff, place: 'in-person', tag: 'V' },
    { type: 'integration', count: integrations, ...(medicine.countRange && { countRange: medicine.countRange }), durationMin: integrationMin, staff: spoken, place: 'either', content: ['what arose', 'what it means', 'what to carry into the week'], tag: 'P' },
    { type: 'follow-up', count: followUpDays.length, durationMin: 45, staff: spoken, place: 'either', tag: 'P' },
    { type: 'maintenance', count: 0, durationMin: medicine.durationMin, roomMin: medicine.roomMin, roomFeatures: ['recliner'], staff, place: 'in-person', tag: 'P' },
  ]
  const figures = { ...ordinary(staff, medicine.countRange !== undefined), ...given.figures }
  const cites = [...new Set([...Object.values(figures), ...rules].flatMap((figure) => figure.cites))] as [SourceId, ...SourceId[]]
  return {
    id, name, says, routes, minimumAgeYears: 18, phases,
    spacing: { minHoursBetweenDoses, maxDosesPerSevenDays: perSevenDays },
    integration: { fromDays: 1, withinDays: 3, beforeNextDose: integrationBeforeNextDose, window: { dueFromHours: 24, overdueAfterHours: 72 } },
    peopleInRoom: 2, onCall: { maxRooms: 4 }, gates: { preparationVisits: preparation, safetyPlanWithinDays: 90, clearanceValidDays: 90 },
    reviewAfterMedicine, followUpDays, followUpWindowDays, maintenance: 'on-relapse-or-warning', access: 'open', firstVisitWithinDays: 7, measures: ordinaryMeasures,
    rules, ...(heldBack !== undefined && { heldBack }), figures, cites,
    verified: Object.values(figures).every(({ tag }) => tag !== 'M'), reviewBy: '2027-05-21',
  }
}

/** Every number of the house around a series, proposed until a source says otherwise. */
function ordinary(staff: Staff, hasRange: boolean): Record<string, Figure> {
  const paths = [
    'intake.count', 'intake.durationMin', 'intake.staff.therapist.count', 'medical-clearance.count', 'medical-clearance.durationMin', 'medical-clearance.staff.prescriber.count',
    'preparation.count', 'preparation.durationMin', 'preparation.gapDays', 'preparation.afterDays', 'preparation.staff.therapist.count',
    'medicine.count', 'medicine.durationMin', 'medicine.roomMin', 'medicine.gapDays', 'medicine.afterDays', ...staff.map(({ role }) => `medicine.staff.${role}.count`),
    'integration.count', 'integration.durationMin', 'integration.staff.therapist.count', 'follow-up.count', 'follow-up.durationMin', 'follow-up.staff.therapist.count',
    'maintenance.count', 'maintenance.durationMin', 'maintenance.roomMin', ...staff.map(({ role }) => `maintenance.staff.${role}.count`),
    'spacing.minHoursBetweenDoses', 'spacing.maxDosesPerSevenDays', 'integration.fromDays', 'integration.withinDays', 'integration.window.dueFromHours', 'integration.window.overdueAfterHours',
    'peopleInRoom', 'onCall.maxRooms', 'gates.preparationVisits', 'gates.safetyPlanWithinDays', 'gates.clearanceValidDays', 'reviewAfterMedicine', 'followUpDays', 'followUpWindowDays', 'firstVisitWithinDays',
    ...(hasRange ? ['medicine.countRange', 'integration.countRange'] : []),
  ]
  return { ...Object.fromEntries(paths.map((path) => [path, proposed()])), minimumAgeYears: seen('S11', 'S19', 'S49'), peopleInRoom: proposed('S2'), 'maintenance.count': proposed('S2') }
}
