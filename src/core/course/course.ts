import { isDosing } from './dosing-visit.ts'
import type { Chart } from '../chart/chart.ts'
import { clearanceNow, sayReopening, type ClearanceNow } from '../eligibility/clearance.ts'
import type { ScreeningLimits } from '../eligibility/limits.ts'
import type { EligibilityRule } from '../eligibility/rule.ts'
import type { Ask, BetweenRow, DayAfterRow, DueRows } from '../measures/asks.ts'
import { dueAmong, measurePlan } from '../measures/due.ts'
import { localDay } from '../shared/local-day.ts'
import { instrumentOf, type Instruments } from '../measures/instrument.ts'
import { dosedSessions, standingVisits } from '../measures/doses.ts'
import { openRisks, type OpenRisk, type RiskPathRow, type RiskToldRow } from '../measures/open-risks.ts'
import { weeklyAsk, type WeeklyRow } from '../measures/weekly.ts'
import type { FollowUpWindow } from '../measures/windows.ts'
import { exposureDue } from '../outcomes/exposure-watch.ts'
import { maintenanceProposal, type MaintenanceReason } from '../outcomes/maintenance.ts'
import { silenceOf } from '../outcomes/silence.ts'
import type { OutcomeRows } from '../outcomes/rows.ts'
import { orderInForce } from '../session/orders.ts'
import type { Instant } from '../shared/time.ts'
import { inCycle } from './cycle.ts'
import { courseNext, type Course } from './next.ts'
import type { Protocol } from './protocol.ts'
import { blocker, type CourseFacts } from './step.ts'

/** The rows a course is read with: the parts of the rulebook that decide what comes next. */
export interface CourseRows {
  readonly eligibility: readonly EligibilityRule[]
  readonly screening: ScreeningLimits
  readonly consents: readonly { readonly form: string; readonly version: string; readonly title: string; readonly required: boolean }[]
  readonly instruments: Instruments
  readonly measuring: { readonly baselineDays: { readonly value: number }; readonly followUpWindows: { readonly windows: readonly FollowUpWindow[] }; readonly weekly: WeeklyRow; readonly dayAfter: DayAfterRow; readonly between: BetweenRow }
  readonly risk: { readonly paths: readonly RiskPathRow[]; readonly told: RiskToldRow; readonly followUpHours: { readonly value: number } }
  readonly outcomes: OutcomeRows
  readonly maintenanceWords: Readonly<Record<MaintenanceReason, string>>
}

export interface CourseNow extends Course {
  readonly clearance: ClearanceNow
  readonly risks: readonly OpenRisk[]
  /** What nobody has answered, with the asks it is about. */
  readonly silence?: NonNullable<CourseFacts['silence']>
}

const CLEARANCE = { none: 'There is no medical clearance.', cleared: 'Cleared by the prescriber, and in date.', held: 'The prescriber has put the clearance on hold.', refused: 'The prescriber has refused clearance.', expired: 'The medical clearance has expired.', reopened: 'New facts reopened the medical clearance.' } as const

/** A chart read for its course, alike on every device and on the server. */
export function readCourse(chart: Chart, protocol: Protocol, rows: CourseRows, now: Instant, zone: string): CourseNow {
  const clearance = clearanceNow(chart, rows.eligibility, now, rows.screening)
  const risks = openRisks(chart, now, { instruments: rows.instruments, paths: rows.risk.paths, followUpHours: rows.risk.followUpHours.value, zone })
  const maintenance = protocol.maintenance === 'none' ? undefined : proposalOf(chart, protocol, rows, now, zone, risks)
  const weekly = weeklyNow(chart, plannedDoses(protocol), rows, now, zone)
  const asks = measurePlan(protocol, chart, now, dueRows(rows, zone))
  const facts: CourseFacts = {
    now, zone,
    clearance: { state: clearance.state, facts: clearance.entry ? [clearance.entry.id] : [], says: [CLEARANCE[clearance.state], ...clearance.newlyMet.map(sayReopening)].join(' ') },
    consentForms: rows.consents.filter(({ required }) => required),
    ...baselineFacts(chart, protocol, rows, asks),
    order: orderInForce(chart, localDay(now, zone))?.id,
    holds: risks.filter(({ dosing }) => dosing === 'stopped').map((risk) => blocker('risk', `A risk path is open: ${risk.says}`, [risk.opened])),
    ...(weekly ? { weekly } : {}),
    ...(maintenance ? { maintenance } : {}),
    ...watched(chart, protocol, rows, asks, now, zone),
  }
  return { ...courseNext(protocol, chart, facts), clearance, risks, ...(facts.silence ? { silence: facts.silence } : {}) }
}

/** What is asked before the first dose and still open, by who answers it. */
function baselineFacts(chart: Chart, protocol: Protocol, rows: CourseRows, asks: readonly Ask[]): Pick<CourseFacts, 'baselineOpen' | 'interviewsOpen'> {
  const open = inCycle(chart).sessions.length > 0 ? [] : [...dueAmong(asks, rows).filter(({ moments }) => moments.includes('baseline') || moments.includes('intake')), ...passedBaselines(rows, asks)]
  const titles = (whose: 'patient' | 'clinician') => open.filter((one) => one.for === whose).map(({ title }) => title)
  const asksClinician = protocol.measures.baseline.some((id) => instrumentOf(rows.instruments, id)?.answeredBy.includes('patient') === false)
  return { baselineOpen: titles('patient'), ...(asksClinician ? { interviewsOpen: titles('clinician') } : {}) }
}

/** Not answered before a booked dose that was then not given: it is asked again with the next booking, and is not done until then. */
function passedBaselines(rows: CourseRows, plan: readonly Ask[]): { readonly title: string; readonly for: 'patient' | 'clinician' }[] {
  const asks = plan.filter(({ moment }) => moment === 'baseline' || moment === 'intake')
  const ids = [...new Set(asks.filter(({ state }) => state === 'missed').map(({ instrument }) => instrument))].filter((id) => !asks.some((ask) => ask.instrument === id && ask.state === 'open'))
  return ids.flatMap((id) => instrumentOf(rows.instruments, id) ?? []).map(({ title, answeredBy }) => ({ title, for: answeredBy.includes('patient') ? 'patient' : 'clinician' }))
}

/** What nobody answered, and what repeated doses ask to be looked at. */
function watched(chart: Chart, protocol: Protocol, rows: CourseRows, asks: readonly Ask[], now: Instant, zone: string): Pick<CourseFacts, 'silence' | 'exposure'> {
  const silence = silenceOf(chart, asks, { care: rows.outcomes.care, instruments: rows.instruments, zone }, now)
  const exposure = exposureDue(chart, goesOn(chart, plannedDoses(protocol), now), rows, now)
  const titles = silence?.instruments.map((id) => instrumentOf(rows.instruments, id)?.title ?? id) ?? []
  return { ...(silence ? { silence: { ...silence, titles } } : {}), ...(exposure ? { exposure } : {}) }
}

/** More medicine is to come in this course, or is booked, or was decided on at an interval. */
function goesOn(chart: Chart, planned: number, now: Instant): boolean {
  const { ended, sessions } = inCycle(chart)
  const isBooked = standingVisits(chart).some((visit) => isDosing(visit) && visit.endsAt > now)
  const decided = chart.latest('maintenance-decided.v1', ({ body }) => body.decision === 'maintenance' || body.decision === 'not-now')
  return isBooked || (!ended && sessions.length > 0 && sessions.length < planned) || decided?.body.decision === 'maintenance'
}

/** Medicine goes on while sessions of this course are still to come, and while one of any kind is booked. */
export function weeklyNow(chart: Chart, plannedDoses: number, { measuring: { weekly }, eligibility, screening, instruments }: Pick<CourseRows, 'measuring' | 'eligibility' | 'screening' | 'instruments'>, now: Instant, zone: string): CourseFacts['weekly'] {
  const { from, ended, sessions: ofCourse } = inCycle(chart)
  const sessions = dosedSessions(chart).filter(({ firstDoseAt }) => from === undefined || firstDoseAt >= from)
  const toCome = !ended && ofCourse.length < plannedDoses
  const isBooked = standingVisits(chart).some((visit) => isDosing(visit) && visit.endsAt > now)
  const ask = weeklyAsk(chart, { sessions, goesOn: toCome || isBooked }, { weekly, eligibility, screening, instruments }, now, zone)
  return ask && { ...ask, says: weekly.says }
}

export const dueRows = ({ instruments, measuring: { baselineDays, followUpWindows, dayAfter, between } }: Pick<CourseRows, 'instruments' | 'measuring'>, zone: string): DueRows => ({ instruments, baselineDays: baselineDays.value, followUpWindows: followUpWindows.windows, dayAfter, between, zone })

const plannedDoses = ({ phases }: Protocol): number => phases.find(({ type }) => type === 'medicine')?.count ?? 0

/**
 * Something for a clinician to decide about after the course. Nothing about a course that still runs, and nothing where all
 * stays as it was decided; but a relapse or a warning is said whatever else stands open.
 */
function proposalOf(chart: Chart, protocol: Protocol, rows: CourseRows, now: Instant, zone: string, risks: readonly OpenRisk[]): CourseFacts['maintenance'] {
  const { sessions, ended } = inCycle(chart)
  if (!ended && sessions.length < plannedDoses(protocol)) return undefined
  const { propose, because, intervalDays, facts, trigger } = maintenanceProposal(chart, { outcomes: rows.outcomes, instruments: rows.instruments, zone }, now, risks)
  const clock = trigger ? { since: trigger.at, dueBy: trigger.dueBy } : {}
  if (propose === 'not-evaluable') return trigger ? { says: `${{ relapse: 'A relapse', warning: 'An early warning' }[trigger.what]}: to decide. ${because.map((word) => rows.maintenanceWords[word]).join(' ')}`, facts, ...clock } : undefined
  if (propose === 'watch' || because.includes('not-yet-stable')) return undefined
  const what = { 'booster-review': 'Review for a booster', maintenance: `Maintenance${intervalDays === null ? '' : ` about every ${intervalDays} days`}: to decide`, 'integration-offered': 'Offer an integration visit' }[propose]
  return { says: `${what}. ${because.map((word) => rows.maintenanceWords[word]).join(' ')}`, facts, ...clock }
}
