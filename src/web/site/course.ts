import type { VisitType } from '../../core/chart/kinds/aftercare.ts'
import { phaseOf, type Protocol, type ProtocolPhase } from '../../core/course/protocol.ts'

export interface CourseVisit {
  readonly type: VisitType
  readonly number: number
  readonly of: number
  readonly durationMin: number
}

export interface CourseWeek {
  readonly number: number
  readonly stage: 'before' | 'medicine'
  readonly visits: readonly CourseVisit[]
}

/**
 * The course as its protocol plans it, week by week: an example without dates, not anybody's calendar.
 * The medical visit stands in the week of the first preparation, since it has to be done before the first dose.
 */
export function courseWeeks(protocol: Protocol): readonly CourseWeek[] {
  const before: CourseVisit[][] = []
  for (const phase of protocol.phases) {
    if (phase.type === 'intake' || phase.type === 'consult' || phase.type === 'preparation') placeApart(before, phase)
  }
  const clearance = phaseOf(protocol, 'medical-clearance')
  const after = before.findIndex((visits) => visits.some((visit) => visit.type === 'preparation'))
  if (clearance) before[Math.max(0, after)]?.push(...visitsOf(clearance))
  return [
    ...before.map((visits, place) => ({ number: place + 1, stage: 'before' as const, visits })),
    ...medicineWeeks(protocol).map((visits, place) => ({ number: before.length + place + 1, stage: 'medicine' as const, visits })),
  ]
}

/** Hours a person spends with a therapist before, during and after the doses of a whole course. */
export function therapyHours(protocol: Protocol): number {
  const minutes = courseWeeks(protocol).flatMap((week) => week.visits).filter((visit) => visit.type !== 'medical-clearance').reduce((sum, visit) => sum + visit.durationMin, 0)
  return Math.round(minutes / 60)
}

const visitsOf = (phase: ProtocolPhase): CourseVisit[] =>
  Array.from({ length: phase.count }, (_, place) => ({ type: phase.type, number: place + 1, of: phase.count, durationMin: phase.durationMin }))

/** One visit after the other, as many weeks apart as the middle of the protocol's range. */
function placeApart(weeks: CourseVisit[][], phase: ProtocolPhase) {
  for (const visit of visitsOf(phase)) {
    const gap = visit.number === 1 ? phase.afterDays ?? phase.gapDays : phase.gapDays
    const apart = gap ? Math.max(1, Math.round((gap.min + gap.max) / 2 / 7)) : 1
    if (weeks.length > 0) for (let empty = 1; empty < apart; empty += 1) weeks.push([])
    weeks.push([visit])
  }
}

/** As many doses a week as the protocol allows, each followed by its integration visit. */
function medicineWeeks(protocol: Protocol): readonly (readonly CourseVisit[])[] {
  const medicine = phaseOf(protocol, 'medicine')
  const integration = phaseOf(protocol, 'integration')
  if (!medicine) return []
  const perWeek = Math.max(1, protocol.spacing.maxDosesPerSevenDays)
  const doses = visitsOf(medicine)
  const talks = integration ? visitsOf(integration) : []
  const pairs = doses.map((dose, place) => [dose, ...talks.slice(place, place + 1)])
  return Array.from({ length: Math.ceil(pairs.length / perWeek) }, (_, week) => pairs.slice(week * perWeek, (week + 1) * perWeek).flat())
}
