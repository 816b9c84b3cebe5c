import type { VisitType } from '../chart/kinds/aftercare.ts'
import { phaseOf, type DayRange, type ProtocolPhase } from '../course/protocol.ts'
import { MINUTE_MS } from '../shared/time.ts'
import { bufferOf } from './colleague.ts'
import type { FixedVisit, PlanRequest } from './request.ts'
import { isOnline, lacking } from './rooms.ts'
import { dayNumber, showDay, type Wall } from './zone.ts'

/** A visit in time, by local day and in UTC milliseconds. */
export interface Placed {
  readonly dayNo: number
  readonly startMs: number
  readonly endMs: number
}

/** One visit of the course, in the order of the course; a fixed one has its place already. */
export interface Layer {
  readonly index: number
  readonly visit: string
  readonly type: VisitType
  readonly number: number
  readonly phase: ProtocolPhase
  readonly fixed?: Placed
}

/**
 * What two visits owe each other, the first standing earlier in the course. All rules about order and
 * spacing are of this form: "at most two in seven days" says that a dose and the second one after it lie
 * seven local days apart.
 */
export interface Relation {
  readonly earlier: number
  readonly later: number
  readonly code: 'gap' | 'dose-spacing' | 'doses-in-seven-days' | 'integration-after-dose' | 'integration-before-next-dose' | 'clearance-first' | 'clearance-valid' | 'in-order' | 'one-at-a-time' | 'follow-up-window'
  readonly minDays?: number
  readonly maxDays?: number
  readonly idealDays?: number
  readonly minHours?: number
  /** What anybody who may be at both keeps free between them. */
  readonly restMs?: number
  readonly apart?: 'in-order' | 'not-together' | 'other-day'
}

export interface CoursePlan {
  readonly layers: readonly Layer[]
  readonly relations: readonly Relation[]
  /** Fixed visits that are no part of the course; nothing may overlap them, and no dose shares their day. */
  readonly others: readonly (Placed & { readonly type: VisitType })[]
  readonly notes: readonly string[]
}

export const visitKey = (type: VisitType, number: number) => `${type}-${number}`
const beforeMedicine = ['intake', 'consult', 'preparation'] as const

export interface CoursePlanOptions {
  /** Also tie the clearance to the last dose, which it nearly always outlasts. */
  readonly withClearanceValidity?: boolean
  /** Only these visits besides the fixed ones, by their key, with the id each has been booked under. */
  readonly only?: ReadonlyMap<string, string>
}

/** The visits of the course with everything they owe each other, from the protocol's row and what stands already. */
export function coursePlan(request: PlanRequest, wall: Wall, options: CoursePlanOptions = {}): CoursePlan {
  const layers = layersOf(request, wall, options.only)
  const earliest = dayNumber(request.earliest)
  const notes: string[] = []
  const restOf = restBetween(request)
  const relations = relationsOf(request, layers, options.withClearanceValidity === true).flatMap((one) => {
    const [a, b] = [layers[one.earlier], layers[one.later]]
    if (!a || !b || (a.fixed && b.fixed)) return []
    const restMs = a.fixed || b.fixed ? 0 : restOf(one.apart, a, b)
    const relation: Relation = restMs > 0 ? { ...one, restMs } : one
    const { maxDays, ...rest } = relation
    if (maxDays === undefined) return [relation]
    if (request.longerGaps === true && relation.code !== 'follow-up-window') return [rest]
    // A limit that had passed before the planning began cannot be kept any more, and is said instead.
    if (a.fixed && a.fixed.dayNo + maxDays < earliest) {
      notes.push(`${nameOf(b)} comes later than usual: it belongs within ${maxDays} ${maxDays === 1 ? 'day' : 'days'} of ${nameOf(a).toLowerCase()} on ${showDay(a.fixed.dayNo)}.`)
      return [rest]
    }
    return [relation]
  })
  return { layers, relations, others: othersOf(request, layers, wall), notes }
}

/**
 * Two visits of one course have no calendar between them yet: the longest anybody keeps free after the one and before the
 * other lies between them, whoever comes, and the longest any room that would do for both takes to be ready again.
 */
function restBetween(request: PlanRequest): (apart: Relation['apart'], a: Layer, b: Layer) => number {
  const buffered = request.people.filter(({ buffers }) => buffers && buffers.length > 0)
  const people = (first: VisitType, second: VisitType) => Math.max(0, ...buffered.map((person) => (bufferOf(person, first)?.afterMin ?? 0) + (bufferOf(person, second)?.beforeMin ?? 0)))
  const rooms = (first: ProtocolPhase, second: ProtocolPhase) => {
    if (isOnline(request, first) || isOnline(request, second)) return 0
    const shared = request.rooms.filter((room) => lacking(room, { phase: first }).length + lacking(room, { phase: second }).length === 0)
    return Math.max(0, ...shared.map(({ turnoverMin }) => (turnoverMin ?? 0) + Math.max(0, (first.roomMin ?? 0) - first.durationMin)))
  }
  const between = (first: Layer, second: Layer) => Math.max(people(first.type, second.type), rooms(first.phase, second.phase))
  return (apart, a, b) => {
    if (apart === undefined) return 0
    return (apart === 'in-order' ? between(a, b) : Math.max(between(a, b), between(b, a))) * MINUTE_MS
  }
}

export const nameOf = (layer: { readonly type: VisitType; readonly number: number }): string => `${visitNames[layer.type]}${counted.has(layer.type) ? ` ${layer.number}` : ''}`
const counted: ReadonlySet<VisitType> = new Set(['preparation', 'medicine', 'integration', 'follow-up', 'maintenance'])
export const visitNames: Record<VisitType, string> = {
  'inquiry-call': 'Inquiry call', intake: 'Intake', consult: 'Consultation', 'medical-clearance': 'Medical clearance', preparation: 'Preparation',
  medicine: 'Medicine session', integration: 'Integration', 'follow-up': 'Follow-up', maintenance: 'Maintenance session', therapy: 'Therapy',
}

export const placedFrom = (visit: Pick<FixedVisit, 'startsAt' | 'endsAt'>, wall: Wall): Placed => {
  const startMs = Date.parse(visit.startsAt)
  return { dayNo: wall.dayNo(startMs), startMs, endMs: Date.parse(visit.endsAt) }
}

function layersOf(request: PlanRequest, wall: Wall, only: CoursePlanOptions['only']): readonly Layer[] {
  const { protocol } = request
  const medicine = phaseOf(protocol, 'medicine')
  const integration = phaseOf(protocol, 'integration')
  const layers: Layer[] = []
  const add = (phase: ProtocolPhase | undefined, number: number) => {
    const fixed = request.fixed.find((visit) => visit.type === phase?.type && visit.number === number)
    if (!phase || (only && !fixed && !only.has(visitKey(phase.type, number)))) return
    const key = visitKey(phase.type, number)
    layers.push({ index: layers.length, visit: fixed?.visit ?? only?.get(key) ?? key, type: phase.type, number, phase, ...(fixed ? { fixed: placedFrom(fixed, wall) } : {}) })
  }
  const earlier = (request.earlierDoses ?? []).toSorted()
  for (const [i, startsAt] of earlier.entries()) {
    if (!medicine) continue
    const number = i + 1 - earlier.length
    layers.push({ index: layers.length, visit: visitKey('medicine', number), type: 'medicine', number, phase: medicine, fixed: placedFrom({ startsAt, endsAt: startsAt }, wall) })
  }
  for (const [i, phase] of protocol.phases.filter((row) => beforeMedicine.some((type) => type === row.type)).entries()) {
    for (let number = 1; number <= phase.count; number += 1) add(phase, number)
    if (i === 0) addClearance(request, only, add)
  }
  const unpaired = unpairedOf(protocol)
  for (let number = 1; number <= (medicine?.count ?? 0); number += 1) {
    add(medicine, number)
    if (number > unpaired) add(integration, number - unpaired)
  }
  const followUp = phaseOf(protocol, 'follow-up')
  for (let number = 1; number <= Math.min(followUp?.count ?? 0, protocol.followUpDays.length); number += 1) add(followUp, number)
  const therapy = phaseOf(protocol, 'therapy')
  for (let number = 1; number <= (therapy?.count ?? 0); number += 1) add(therapy, number)
  return layers
}

/** Where a protocol has fewer integration visits than doses, they belong to the last ones. */
const unpairedOf = (protocol: PlanRequest['protocol']) => Math.max(0, (phaseOf(protocol, 'medicine')?.count ?? 0) - (phaseOf(protocol, 'integration')?.count ?? 0))

function addClearance(request: PlanRequest, only: CoursePlanOptions['only'], add: (phase: ProtocolPhase | undefined, number: number) => void): void {
  const booked = request.fixed.some((visit) => visit.type === 'medical-clearance') || only?.has(visitKey('medical-clearance', 1)) === true
  if (request.clearance.state === 'needed' || booked) add(phaseOf(request.protocol, 'medical-clearance'), 1)
}

function relationsOf(request: PlanRequest, layers: readonly Layer[], withClearanceValidity: boolean): readonly Relation[] {
  const doses = layers.filter((layer) => layer.type === 'medicine')
  const firstDose = doses.find((layer) => layer.number >= 1)
  const before = layers.filter((layer) => beforeMedicine.some((type) => type === layer.type))
  const clearance = layers.find((layer) => layer.type === 'medical-clearance')
  const chain = firstDose ? [...before, firstDose] : before
  const relations = chain.slice(1).map((layer, i) => stepOf(chain[i] as Layer, layer))
  if (clearance) relations.push(...clearanceRelations(request, clearance, chain, withClearanceValidity ? doses.at(-1) : undefined))
  return [...relations, ...doseRelations(request, doses), ...integrationRelations(request, layers, doses), ...followUpRelations(request, layers, doses)]
}

/** From one visit before medicine to the next. A medicine day holds nothing else, so the first dose keeps a day's distance. Where the first one is not booked, a later one keeps its order, and no longest gap. */
function stepOf(a: Layer, b: Layer): Relation {
  const range: Partial<DayRange> = (a.type === b.type ? b.phase.gapDays : b.phase.afterDays) ?? {}
  const minDays = Math.max(range.min ?? 0, b.type === 'medicine' ? 1 : 0)
  const endless = range.max === undefined || (b.type === 'medicine' && b.number > 1)
  return { earlier: a.index, later: b.index, code: 'gap', minDays, ...(endless ? {} : { maxDays: range.max }), apart: 'in-order' }
}

function clearanceRelations(request: PlanRequest, clearance: Layer, chain: readonly Layer[], lastDose: Layer | undefined): readonly Relation[] {
  const valid = lastDose && { earlier: clearance.index, later: lastDose.index, code: 'clearance-valid' as const, maxDays: request.protocol.gates.clearanceValidDays }
  return [
    ...(valid ? [valid] : []),
    ...chain.map((layer): Relation => {
      if (layer.type === 'medicine') return { earlier: clearance.index, later: layer.index, code: 'clearance-first', minDays: 1, apart: 'in-order' }
      const [earlier, later] = [Math.min(clearance.index, layer.index), Math.max(clearance.index, layer.index)]
      return layer.index < clearance.index ? { earlier, later, code: 'in-order', apart: 'in-order', idealDays: 0 } : { earlier, later, code: 'one-at-a-time', apart: 'not-together' }
    }),
  ]
}

function doseRelations({ protocol }: PlanRequest, doses: readonly Layer[]): readonly Relation[] {
  const { minHoursBetweenDoses: minHours, maxDosesPerSevenDays: perSeven } = protocol.spacing
  return doses.flatMap((dose, i) => {
    const next = doses[i + 1]
    const later = doses[i + perSeven]
    // A dose of an earlier course spaces this one, but no longest gap runs from it.
    const gap = next && dose.number >= 1 ? next.phase.gapDays : undefined
    return [
      ...(next ? [{ earlier: dose.index, later: next.index, code: 'dose-spacing' as const, minDays: 1, minHours }] : []),
      ...(next && gap ? [{ earlier: dose.index, later: next.index, code: 'gap' as const, minDays: gap.min, maxDays: gap.max }] : []),
      ...(later ? [{ earlier: dose.index, later: later.index, code: 'doses-in-seven-days' as const, minDays: 7 }] : []),
    ]
  })
}

function integrationRelations({ protocol }: PlanRequest, layers: readonly Layer[], doses: readonly Layer[]): readonly Relation[] {
  const { fromDays, withinDays, beforeNextDose } = protocol.integration
  const unpaired = unpairedOf(protocol)
  return layers.filter((layer) => layer.type === 'integration').flatMap((layer): readonly Relation[] => {
    const dose = doses.find((one) => one.number === layer.number + unpaired)
    const next = doses.find((one) => one.number > layer.number + unpaired)
    // Of a course that is booked in part, the dose may be missing: it still keeps its order, before what follows and after what stands before.
    const after: readonly Relation[] = dose ? [{ earlier: dose.index, later: layer.index, code: 'integration-after-dose', minDays: Math.max(1, fromDays), maxDays: withinDays, idealDays: Math.max(1, fromDays) }] : behind(layers[layer.index - 1], layer)
    if (!next) return after
    const before = { earlier: layer.index, later: next.index }
    return [...after, beforeNextDose ? { ...before, code: 'integration-before-next-dose', minDays: 1, apart: 'in-order' } : { ...before, code: 'one-at-a-time', apart: 'other-day' }]
  })
}

/** Right behind another visit of the course, whatever lies between them in a whole one; never on the day of a dose. */
const behind = (before: Layer | undefined, layer: Layer): readonly Relation[] =>
  before ? [{ earlier: before.index, later: layer.index, code: 'in-order', apart: 'in-order', ...(before.type === 'medicine' ? { minDays: 1 } : {}) }] : []

function followUpRelations({ protocol }: PlanRequest, layers: readonly Layer[], doses: readonly Layer[]): readonly Relation[] {
  const last = doses.at(-1)
  const lastIntegration = layers.findLast((layer) => layer.type === 'integration')
  if (!last) return []
  const spans = protocol.followUpDays.map((day, i) => ({ day, plusMinus: protocol.followUpWindowDays[i] ?? 0 }))
  return layers.filter((layer) => layer.type === 'follow-up').flatMap((layer): Relation[] => {
    const span = spans[layer.number - 1]
    const before = spans[layer.number - 2]
    if (!span) return []
    const window: Relation = { earlier: last.index, later: layer.index, code: 'follow-up-window', minDays: Math.max(1, span.day - span.plusMinus), maxDays: span.day + span.plusMinus, idealDays: span.day }
    const mayMeet = before ? before.day + before.plusMinus >= span.day - span.plusMinus : span.day - span.plusMinus <= protocol.integration.withinDays
    const neighbor = before ? layers[layer.index - 1] : lastIntegration
    return mayMeet && neighbor ? [window, { earlier: neighbor.index, later: layer.index, code: 'in-order', apart: 'in-order' }] : [window]
  })
}

function othersOf(request: PlanRequest, layers: readonly Layer[], wall: Wall): CoursePlan['others'] {
  const known = new Set(layers.map((layer) => layer.visit))
  return request.fixed.filter((visit) => !known.has(visit.visit)).map((visit) => ({ ...placedFrom(visit, wall), type: visit.type }))
}
