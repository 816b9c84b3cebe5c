import type { Reason } from './request.ts'
import { nameOf, type Layer, type Placed, type Relation } from './layers.ts'
import { dayOfNumber, showDay } from './zone.ts'

/**
 * Why a visit cannot stand at a place because of another one, said from the visit's own side.
 * `other` stands; `at` is where the visit was tried.
 */
export function orderReason(relation: Relation, layer: Layer, at: Placed, other: Layer & { readonly fixed: Placed }): Reason {
  const first = relation.earlier === other.index
  const facts = { visit: layer.visit, other: other.visit, day: dayOfNumber(at.dayNo), otherDay: dayOfNumber(other.fixed.dayNo) }
  const on = showDay(other.fixed.dayNo)
  const side = first ? 'after' : 'before'
  const days = Math.abs(at.dayNo - other.fixed.dayNo)
  return { code: relation.code, says: sentences[relation.code]({ relation, layer, other, on, side, days }), facts }
}

interface Said {
  readonly relation: Relation
  readonly layer: Layer
  readonly other: Layer
  readonly on: string
  readonly side: 'after' | 'before'
  readonly days: number
}

const dayCount = (days: number) => `${days} ${days === 1 ? 'day' : 'days'}`
const gapSentence = ({ relation, layer, other, on, side, days }: Said) => {
  const tooNear = relation.minDays !== undefined && days < relation.minDays
  const limit = tooNear ? `at least ${dayCount(relation.minDays ?? 0)}` : `at most ${dayCount(relation.maxDays ?? 0)}`
  return `${nameOf(layer)} comes ${limit} ${side} ${nameOf(other).toLowerCase()} on ${on}.`
}

const sentences: Record<Relation['code'], (said: Said) => string> = {
  gap: gapSentence,
  'dose-spacing': ({ relation, on, side }) => `This is less than ${relation.minHours ?? 0} h ${side} the dose on ${on}.`,
  'doses-in-seven-days': ({ relation, on }) => `There would be too many doses within ${relation.minDays ?? 0} days, counting the one on ${on}.`,
  'integration-after-dose': ({ relation, layer, on, side }) =>
    side === 'after'
      ? `${nameOf(layer)} comes ${relation.minDays ?? 0} to ${dayCount(relation.maxDays ?? 0)} after the dose on ${on}.`
      : `The integration visit on ${on} would be too far from this dose, or before it.`,
  'integration-before-next-dose': ({ layer, on, side }) => (side === 'after' ? `The integration visit of the dose before is on ${on}; it comes first.` : `${nameOf(layer)} comes before the next dose, on ${on}.`),
  'clearance-first': ({ on, side }) => (side === 'after' ? `The medical clearance is on ${on}; medicine comes on a later day.` : `The first medicine session is on ${on}; the clearance comes on an earlier day.`),
  'clearance-valid': ({ relation, on }) => `More than ${dayCount(relation.maxDays ?? 0)} would lie between clearance and the last dose, seen from ${on}.`,
  'in-order': ({ layer, other, on, side }) => `${nameOf(layer)} comes ${side} ${nameOf(other).toLowerCase()} on ${on}.`,
  'one-at-a-time': ({ other, on }) => `${nameOf(other)} is on ${on} at that time.`,
  'follow-up-window': ({ relation, layer, on }) => `${nameOf(layer)} belongs ${relation.minDays ?? 0} to ${dayCount(relation.maxDays ?? 0)} after the last dose on ${on}.`,
}
