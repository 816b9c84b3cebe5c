import type { DoseRoute } from '../core/chart/kinds/clearance.ts'
import type { CourseFloorRow } from '../core/course/course-figures.ts'
import type { FloorRow } from '../core/rulebook/rows.ts'
import type { ScheduleRow } from '../core/session/rows.ts'
import { discharge } from './discharge.ts'
import { monitoring } from './monitoring.ts'
import type { SourceId } from './sources.ts'

type Sourced = FloorRow & { readonly cites: readonly [SourceId, ...SourceId[]] }
const ours = { tag: 'P', verified: false, reviewBy: '2027-05-31' } as const

/** What no signature loosens: a practice may ask for more here, and never for less. */
export const floors: readonly Sourced[] = [
  {
    id: 'floor.blocks', holds: ['B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B09', 'B10', 'B11', 'B12'].flatMap((id) => [`eligibility/${id}/action`, `eligibility/${id}/*`]),
    because: 'Nobody is dosed while a block is met, and no signature changes that for one person; so none changes it for all.', cites: ['S11', 'S12', 'P'], ...ours,
  },
  { id: 'floor.crisis', holds: ['eligibility/H02/action', 'pre-dose/PRE-CSSRS/gate'], because: 'An acute risk of suicide comes before any treatment.', cites: ['S32', 'P'], ...ours },
  { id: 'floor.urgent-pressure', holds: ['eligibility/H01/urgent/*'], because: 'A pressure this high cannot wait, in any practice.', cites: ['S35', 'P'], ...ours },
  { id: 'floor.red-alerts', holds: ['alerts/*/red/*'], because: 'A red alert calls for help now. It may come sooner and never later.', cites: ['S37', 'S35', 'P'], ...ours },
  { id: 'floor.deep-sedation', holds: ['alerts/*/lowers/*'], because: 'The exception for expected deep sedation holds only while breathing and saturation are good.', cites: ['P'], ...ours },
  {
    id: 'floor.no-override', holds: [
      ...['PRE-SYS-180', 'PRE-DIA-110', 'PRE-SYS-160', 'PRE-DIA-100', 'PRE-SYS-LOW', 'PRE-SPO2', 'PRE-OXYGEN', 'PRE-RR', 'PRE-TEMP', 'PRE-MOAAS', 'PRE-SX', 'PRE-ALCOHOL'].flatMap((id) => [`pre-dose/${id}/*`]),
      'monitoring/preDose/pressureReadings', 'monitoring/preDose/notOlderMin',
    ],
    because: 'Nobody can override this gate before a dose, so no edition can open it either.', cites: ['S37', 'P'], ...ours,
  },
  {
    id: 'floor.session', holds: ['monitoring/gates/fewestPeople', 'monitoring/gates/pregnancyTestDays', 'monitoring/gates/childbearingAge/*', 'monitoring/gates/consentDays', 'screening/freshness/fresh.clearance/withinDays', 'eligibility/M02/*'],
    because: 'Two people, a current consent, a clearance in date and a recent pregnancy test stand before every session, and nobody can pass them.', cites: ['S1', 'S2', 'S11', 'P'], ...ours,
  },
  { id: 'floor.dose-ceilings', holds: ['dosing/doses/*/hard/*'], because: 'Above the ceiling of a route lies another procedure, with other staff. A lower one may be set.', cites: ['S11', 'S12', 'P'], ...ours },
  { id: 'floor.esketamine', holds: ['dosing/doses/dose.IN-esketamine/*/*', 'discharge/D1/minimum/IN-esketamine/minutes'], because: 'This stands on the label of esketamine, and its safety program asks for it.', cites: ['S11'], tag: 'V', verified: true, reviewBy: '2027-05-31' },
  { id: 'floor.young-adults', holds: ['eligibility/C03/*', 'measuring/weekly/everyDays'], because: 'The label warns of thoughts of suicide at these ages; a practice may ask more often and more people.', cites: ['S11', 'P'], ...ours },
  {
    id: 'floor.discharge', holds: ['discharge/D1/minimum/*/minutes', 'discharge/D3/orSpo2AtLeast', 'discharge/D7/*', 'discharge/D8/quietMin', 'discharge/fresh/notOlderMin'],
    because: 'Nobody goes home before these are met; a practice may keep people longer.', cites: ['S11', 'S31', 'P'], ...ours,
  },
  { id: 'floor.reasons', holds: ['screening/overrides/reasonCharacters', 'screening/itemNine/positiveFrom'], because: 'A reason has to say something, and every answer above nothing to the question about death is followed up.', cites: ['S32', 'P'], ...ours },
]

type SourcedCourse = CourseFloorRow & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** Where leaving counts from the end of an infusion, the infusion comes before it. */
const infusionMin = (route: DoseRoute) => monitoring.schedules.map((row: ScheduleRow) => (row.route === route ? row.infusion?.plannedEndMin ?? 0 : 0)).reduce((most, one) => Math.max(most, one), 0)

/** The visit of a dose is no shorter than the time for which nobody goes home after it; the label speaks for esketamine itself. */
const watched = (['IM', 'SL', 'PO', 'IV'] as const).map((route): SourcedCourse => ({
  id: `floor.course.watching-${route}`, holds: ['medicine.durationMin', 'maintenance.durationMin'], onRoute: route,
  atLeast: discharge.D1.minimum[route].minutes + (discharge.D1.minimum[route].from === 'end' ? infusionMin(route) : 0),
  because: 'After a dose by this route nobody goes home sooner, so the visit is no shorter.', cites: ['P', 'S11'], ...ours,
}))

/** What no course of a practice's own goes below, whoever signs. A course that ships outside of one is as far as its copies go. */
export const courseFloors: readonly SourcedCourse[] = [
  { id: 'floor.course.people', holds: ['peopleInRoom'], atLeast: 2, because: 'Nobody is alone with somebody who was given medicine.', cites: ['S1', 'S2', 'P'], ...ours },
  { id: 'floor.course.hours', holds: ['spacing.minHoursBetweenDoses'], atLeast: 48, because: 'Two days lie between doses in every course that ships switched on, and what a dose has done has to be seen before the next.', cites: ['S1', 'S22', 'P'], ...ours },
  { id: 'floor.course.week', holds: ['spacing.maxDosesPerSevenDays'], atMost: 3, because: 'Three in a week are the most that a trial gave in a series; more was read nowhere for a course like these.', cites: ['S22', 'P'], ...ours },
  { id: 'floor.course.label-week', holds: ['spacing.maxDosesPerSevenDays'], onRoute: 'IN-esketamine', atMost: 2, because: 'The label of esketamine gives it twice a week at most.', cites: ['S11'], tag: 'V', verified: true, reviewBy: '2027-05-31' },
  { id: 'floor.course.label-watching', holds: ['medicine.durationMin', 'maintenance.durationMin'], onRoute: 'IN-esketamine', atLeast: 120, because: 'The label of esketamine asks for at least two hours of observation.', cites: ['S11'], tag: 'V', verified: true, reviewBy: '2027-05-31' },
  ...watched,
  { id: 'floor.course.clearance', holds: ['gates.clearanceValidDays'], atMost: 90, because: 'A clearance counts for no longer than the rulebook lets it count anywhere.', cites: ['S1', 'P'], ...ours },
  { id: 'floor.course.safety-plan', holds: ['gates.safetyPlanWithinDays'], atMost: 90, because: 'A safety plan that nobody has looked at for a quarter of a year is no plan for today.', cites: ['S33', 'P'], ...ours },
  { id: 'floor.course.preparation', holds: ['preparation.count', 'gates.preparationVisits'], atLeast: 1, because: 'Nobody meets the medicine unprepared: every course that was read has at least one visit before the first dose.', cites: ['S1', 'S2', 'S50', 'P'], ...ours },
  { id: 'floor.course.integration', holds: ['integration.count'], atLeast: 1, because: 'What happened in a session is talked about with somebody afterwards.', cites: ['S1', 'S2', 'P'], ...ours },
  { id: 'floor.course.therapist', holds: ['preparation.staff.therapist.count', 'integration.staff.therapist.count'], atLeast: 1, because: 'A therapist prepares with the person, and makes sense of it with them afterwards.', cites: ['S1', 'S2', 'P'], ...ours },
  { id: 'floor.course.prescriber', holds: ['medical-clearance.staff.prescriber.count'], atLeast: 1, because: 'Nobody but a prescriber clears a person for the medicine.', cites: ['S1', 'P'], ...ours },
  { id: 'floor.course.integration-first', holds: ['integration.beforeNextDose'], atLeast: 1, because: 'What a dose has brought up is talked about before the next one, in every course that ships so.', cites: ['S1', 'P'], ...ours },
  { id: 'floor.course.integration-time', holds: ['integration.withinDays'], atMost: 7, because: 'A week after a dose somebody from the team has seen the person again.', cites: ['S1', 'P'], ...ours },
  { id: 'floor.course.integration-overdue', holds: ['integration.window.overdueAfterHours'], atMost: 168, because: 'A week after a dose somebody from the team has seen the person again.', cites: ['S1', 'P'], ...ours },
]
