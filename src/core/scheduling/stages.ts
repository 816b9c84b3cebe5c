import { HOUR_MS, MINUTE_MS } from '../shared/time.ts'
import type { CoursePlan, Layer, Placed, Relation } from './layers.ts'

/** From and to, both included; the last day is endless for a follow-up. */
export interface Bounds {
  readonly lo: number
  readonly hi: number
}

/** One step of the search: a visit, what ties it to those before, and what of them later visits still depend on. */
export interface Stage {
  readonly layer: Layer
  readonly into: readonly { readonly relation: Relation; readonly slot: number }[]
  /** Which of the open visits before stay open after this one; -1 is this one. */
  readonly carried: readonly number[]
  /** For each open visit, how much of its time later ones depend on. */
  readonly keeps: readonly ('day' | 'sooner-is-better' | 'exact')[]
  /** What later visits must not overlap this one, though they may come before it or after. */
  readonly dodged?: Dodged
  /** Whether it must not overlap a visit that may come before or after it. */
  readonly dodges: boolean
  /** Days that the course still takes after this visit, at the very least. */
  readonly tailDays: number
}

/** Visits that come later in the course and may lie on either side of this one. */
export interface Dodged {
  readonly visits: number
  /** So far apart no one of them can be in the way of two places. */
  readonly clearMs: number
  /** At most so many of them share a day. */
  readonly aDay: number
  /** Whether an earlier day is never worse for what follows. */
  readonly soonerIsNoWorse: boolean
}

export function stagesOf(plan: CoursePlan): readonly Stage[] {
  let open: readonly number[] = []
  const tails = tailsOf(plan)
  return plan.layers.map((layer) => {
    const ahead = (index: number) => plan.relations.filter((relation) => relation.earlier === index && relation.later > layer.index)
    const into = plan.relations.filter((relation) => relation.later === layer.index).map((relation) => ({ relation, slot: open.indexOf(relation.earlier) }))
    const still = [...open, layer.index].filter((index) => ahead(index).length > 0)
    const carried = still.map((index) => (index === layer.index ? -1 : open.indexOf(index)))
    open = still
    const dodges = into.some(({ relation }) => relation.apart === 'not-together')
    const dodged = dodgedBy(plan, ahead(layer.index))
    return { layer, into, dodges, carried, keeps: still.map((index) => keepOf(ahead(index))), ...(dodged ? { dodged } : {}), tailDays: tails[layer.index] ?? 0 }
  })
}

function dodgedBy({ layers, relations }: CoursePlan, ahead: readonly Relation[]): Dodged | undefined {
  const dodging = ahead.filter(({ apart }) => apart === 'not-together')
  if (dodging.length === 0) return undefined
  const later = new Set(dodging.map((relation) => relation.later))
  const daysApart = relations.filter(({ earlier, minDays }) => later.has(earlier) && (minDays ?? 0) > 0).map(({ earlier }) => earlier)
  const lengthMin = Math.max(...dodging.map((relation) => layers[relation.later]!.phase.durationMin))
  return {
    visits: dodging.length, aDay: [...later].slice(0, -1).every((index) => daysApart.includes(index)) ? 1 : dodging.length,
    clearMs: lengthMin * MINUTE_MS + 2 * Math.max(...dodging.map(({ restMs }) => restMs ?? 0)), soonerIsNoWorse: ahead.every(({ maxDays }) => maxDays === undefined),
  }
}

function tailsOf(plan: CoursePlan): readonly number[] {
  const tails = plan.layers.map(() => 0)
  for (const { earlier, later, minDays } of plan.relations.toSorted((a, b) => b.earlier - a.earlier)) {
    if (minDays !== undefined && plan.layers[later]?.type !== 'follow-up') tails[earlier] = Math.max(tails[earlier] ?? 0, minDays + (tails[later] ?? 0))
  }
  return tails
}

function keepOf(ahead: readonly Relation[]): Stage['keeps'][number] {
  if (ahead.some((relation) => relation.apart === 'not-together')) return 'exact'
  const byTime = ahead.some((relation) => relation.minHours !== undefined || (relation.apart === 'in-order' && (relation.minDays ?? 0) < 1))
  return byTime ? 'sooner-is-better' : 'day'
}

/** Which days each visit can lie on at all, from the chain of shortest and longest gaps alone. */
export function boundsOf(plan: CoursePlan, loOf: (layer: Layer) => number, hiOf: (layer: Layer) => number): readonly Bounds[] {
  const lo = plan.layers.map((layer) => layer.fixed?.dayNo ?? loOf(layer))
  const hi = plan.layers.map((layer) => layer.fixed?.dayNo ?? hiOf(layer))
  for (let round = 0; round < plan.layers.length; round += 1) {
    for (const relation of plan.relations) {
      const { earlier: a, later: b, minDays, maxDays, apart } = relation
      const least = minDays ?? (apart === 'in-order' ? 0 : undefined)
      if (least !== undefined) {
        lo[b] = Math.max(lo[b] ?? 0, (lo[a] ?? 0) + least)
        hi[a] = Math.min(hi[a] ?? Infinity, (hi[b] ?? Infinity) - least)
      }
      if (maxDays !== undefined) {
        hi[b] = Math.min(hi[b] ?? Infinity, (hi[a] ?? Infinity) + maxDays)
        lo[a] = Math.max(lo[a] ?? 0, (lo[b] ?? 0) - maxDays)
      }
    }
  }
  return plan.layers.map((_, i) => ({ lo: lo[i] ?? 0, hi: hi[i] ?? Infinity }))
}

/** Whether the later visit may stand at a place, seen from the earlier one. */
export function allows(relation: Relation, earlier: Placed, later: Placed): boolean {
  const days = later.dayNo - earlier.dayNo
  if (relation.minDays !== undefined && days < relation.minDays) return false
  if (relation.maxDays !== undefined && days > relation.maxDays) return false
  if (relation.minHours !== undefined && later.startMs - earlier.startMs < relation.minHours * HOUR_MS) return false
  const rest = relation.restMs ?? 0
  if (relation.apart === 'in-order') return later.startMs >= earlier.endMs + rest
  if (relation.apart === 'not-together') return later.startMs >= earlier.endMs + rest || earlier.startMs >= later.endMs + rest
  return relation.apart !== 'other-day' || days !== 0
}
