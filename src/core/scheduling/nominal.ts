import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Protocol, StaffRole } from '../course/protocol.ts'
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts'
import { coursePlan, nameOf, visitKey, visitNames, type CoursePlan, type Relation } from './layers.ts'
import type { PlanRequest } from './request.ts'
import { allows, boundsOf } from './stages.ts'
import { wallOf } from './zone.ts'

export interface NominalVisit {
  /** `medicine-3` */
  readonly key: string
  readonly type: VisitType
  readonly number: number
  readonly name: string
  /** Days after the first visit. */
  readonly day: number
}

/** A course laid out from its row alone, with what it asks of people and rooms. */
export interface Nominal {
  readonly visits: readonly NominalVisit[]
  readonly daysToLastDose: number
  readonly daysToLastFollowUp: number
}

const DAY_HOURS = 24
/** Any Monday will do: only distances are read. */
const BEGINS = '2026-01-05'
/** A dose of a course of a year lies nearer than this. */
const ROUNDS = 400

/**
 * Every visit as early as the course allows, in a practice that is always open, with follow-ups on the day the row
 * names: the planner's own rules, without anybody's calendar. Undefined where no such course can be laid out at all.
 */
export function nominalCourse(protocol: Protocol): Nominal | undefined {
  const plan = coursePlan(bareRequest(protocol), wallOf('UTC'), { withClearanceValidity: true })
  const relations = plan.relations.map(inWholeDays)
  const days = daysOf({ ...plan, relations })
  if (!days) return undefined
  const visits = plan.layers.map((layer, place): NominalVisit => ({ key: visitKey(layer.type, layer.number), type: layer.type, number: layer.number, name: nameOf(layer), day: days[place]! - Math.min(...days) }))
  const last = (...types: readonly VisitType[]) => Math.max(0, ...visits.filter(({ type }) => types.includes(type)).map(({ day }) => day))
  return { visits, daysToLastDose: last('medicine'), daysToLastFollowUp: last('medicine', 'follow-up') }
}

function daysOf(plan: CoursePlan): readonly number[] | undefined {
  const soonest = plan.layers.map(() => 0)
  const ideal = new Map(plan.relations.flatMap(({ code, earlier, later, idealDays }) => (code === 'follow-up-window' && idealDays !== undefined ? [[later, { earlier, idealDays }] as const] : [])))
  for (let round = 0; round < ROUNDS; round += 1) {
    const days = boundsOf(plan, (layer) => soonest[layer.index] ?? 0, () => Infinity).map(({ lo }) => lo)
    if (plan.relations.some((relation) => !keeps(relation, days))) return undefined
    const moved = plan.layers.filter(({ index, type }) => {
      const wish = ideal.get(index)
      const day = Math.max(days[index]!, wish ? days[wish.earlier]! + wish.idealDays : 0)
      // A medicine day holds nothing else.
      const free = type !== 'medicine' && plan.layers.some((other) => other.type === 'medicine' && days[other.index] === day) ? day + 1 : day
      if (free === soonest[index] || free === days[index]) return false
      soonest[index] = free
      return true
    })
    if (moved.length === 0) return days
  }
  return undefined
}

/** Visits begin at the same hour here, so hours between doses come in whole days. */
const inWholeDays = (relation: Relation): Relation =>
  relation.minHours === undefined ? relation : { ...relation, minDays: Math.max(relation.minDays ?? 0, Math.ceil(relation.minHours / DAY_HOURS)) }

/** At the same hour of its day each; of two on one day that keep an order, the later one follows in time. */
function keeps(relation: Relation, days: readonly number[]): boolean {
  const placed = (dayNo: number, hour: number) => ({ dayNo, startMs: (dayNo * DAY_HOURS + hour) * HOUR_MS, endMs: (dayNo * DAY_HOURS + hour) * HOUR_MS + MINUTE_MS })
  const [a, b] = [days[relation.earlier]!, days[relation.later]!]
  return allows(relation, placed(a, 0), placed(b, a === b ? 1 : 0))
}

export const bareRequest = (protocol: Protocol): PlanRequest => ({
  protocol, zone: 'UTC', earliest: BEGINS, latest: BEGINS, fixed: [], people: [], rooms: [], therapist: '', continuity: 'required', wishes: { when: [], blackout: [], online: [] }, clearance: { state: 'needed' }, onCall: 'elsewhere', stepMin: 60,
})

/** What a whole course asks for, counted from its row: visits, people's time by role, and rooms if every visit is held in one. */
export interface CourseAsks {
  readonly visits: readonly { readonly type: VisitType; readonly name: string; readonly count: number }[]
  readonly personMin: ReadonlyMap<StaffRole, number>
  readonly roomMin: number
}

export function courseAsks(protocol: Protocol): CourseAsks {
  const planned = protocol.phases.map((phase) => ({ phase, count: phase.type === 'follow-up' ? Math.min(phase.count, protocol.followUpDays.length) : phase.count })).filter(({ count }) => count > 0)
  const personMin = new Map<StaffRole, number>()
  for (const { phase, count } of planned) for (const { role, count: people } of phase.staff) if (people > 0) personMin.set(role, (personMin.get(role) ?? 0) + count * people * phase.durationMin)
  return {
    visits: planned.map(({ phase: { type }, count }) => ({ type, name: visitNames[type], count })), personMin,
    roomMin: planned.filter(({ phase }) => phase.type !== 'inquiry-call').reduce((sum, { phase, count }) => sum + count * Math.max(phase.durationMin, phase.roomMin ?? 0), 0),
  }
}
