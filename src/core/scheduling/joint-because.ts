import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Instant } from '../shared/time.ts'
import { usesOf, type Use } from './market.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'

/** Something that a patient would have had if nobody else waited, and that another one has: who of the practice, or which room, and for which visit. */
export interface Lost {
  readonly to: string
  readonly what: 'person' | 'room' | 'on-call'
  /** The person's or the room's id. */
  readonly id: string
  readonly type: VisitType
  readonly number: number
  readonly startsAt: Instant
}

export interface OtherPlan {
  readonly id: string
  readonly visits: readonly PlannedVisit[]
}

/** What of the plan that somebody would have alone went to others: of each of them the first thing, soonest first. */
export function lostTo(alone: readonly PlannedVisit[], others: readonly OtherPlan[], practice: Pick<PlanRequest, 'people' | 'rooms'>): readonly Lost[] {
  const taken = others.map(({ id, visits }) => ({ id, uses: usesOf(visits, practice) }))
  const lost: Lost[] = []
  for (const visit of alone.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))) {
    for (const mine of usesOf([visit], practice)) {
      const thing = thingOf(mine)
      if (!thing) continue
      for (const { id, uses } of taken) {
        if (lost.some(({ to }) => to === id) || !uses.some((use) => meet(mine, use))) continue
        lost.push({ to: id, ...thing, type: visit.type, number: visit.number, startsAt: visit.startsAt })
      }
    }
  }
  return lost
}

const meet = (one: Use, other: Use): boolean => one.key === other.key && one.fromMs < other.toMs && other.fromMs < one.toMs

/** How many dosing visits somebody takes in a day is no thing that one patient has in place of another. */
function thingOf({ key }: Use): Pick<Lost, 'what' | 'id'> | undefined {
  const [kind, ...rest] = key.split(' ')
  if (kind === 'person' || kind === 'room') return { what: kind, id: rest.join(' ') }
  return kind === 'lane' ? { what: 'on-call', id: rest.slice(1).join(' ') } : undefined
}
