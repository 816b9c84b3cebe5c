import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Protocol } from './protocol.ts'

/** How many visits of each kind a course still has to book. The call before it is over by then, and a clearance that stands needs no visit. */
export const leftToBook = ({ phases }: Pick<Protocol, 'phases'>, standing: readonly { readonly type: string }[], cleared: boolean): { readonly type: VisitType; readonly left: number }[] =>
  phases.filter(({ type, count }) => count > 0 && type !== 'inquiry-call' && !(type === 'medical-clearance' && cleared))
    .map(({ type, count }) => ({ type, left: count - standing.filter((visit) => visit.type === type).length }))
    .filter(({ left }) => left > 0)
