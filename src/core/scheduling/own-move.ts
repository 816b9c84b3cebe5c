import type { BookedVisit, VisitType } from '../chart/kinds/aftercare.ts'
import { HOUR_MS, type Instant } from '../shared/time.ts'

/** Whether patients move a visit by themselves, ask for it, or leave it to the practice. */
export const waysToMove = ['themselves', 'asked', 'not'] as const
export type WayToMove = (typeof waysToMove)[number]

/** What a practice lets patients do about their own visits, and with how much notice. How a practice runs, and no clinical rule. */
export interface OwnMoveRules {
  readonly way: WayToMove
  /** For visits that gates hang on: a dose, a clearance. */
  readonly wayOfGated: WayToMove
  readonly noticeHours: number
  readonly gated: readonly VisitType[]
}

export type OwnMove = { readonly how: 'themselves' | 'asked' } | { readonly how: 'not'; readonly why: 'over' | 'too-late' | 'by-the-practice' | 'together' }

/** What the person whose visit it is may do about its time now. */
export function ownMove({ type, startsAt, group }: Pick<BookedVisit, 'type' | 'startsAt' | 'group'>, rules: OwnMoveRules, now: Instant): OwnMove {
  if (startsAt <= now) return { how: 'not', why: 'over' }
  if (group) return { how: 'not', why: 'together' }
  const way = rules.gated.includes(type) ? rules.wayOfGated : rules.way
  if (way === 'not') return { how: 'not', why: 'by-the-practice' }
  return startsAt < noticeEnds(rules, now) ? { how: 'not', why: 'too-late' } : { how: way }
}

/** Before this moment nothing moves without the practice: neither away from there nor to there. */
export const noticeEnds = ({ noticeHours }: Pick<OwnMoveRules, 'noticeHours'>, now: Instant): Instant => new Date(Date.parse(now) + noticeHours * HOUR_MS).toISOString()

/** The settings as the practice left them; what cannot be read falls back to what ships. */
export function ownMoveRules(settings: Readonly<Record<string, unknown>>, shipped: OwnMoveRules): OwnMoveRules {
  const way = (key: string, other: WayToMove) => waysToMove.find((one) => one === settings[key]) ?? other
  const hours = Number(settings['ownMoveNoticeHours'] || Number.NaN)
  return { ...shipped, way: way('ownMoves', shipped.way), wayOfGated: way('ownMovesGated', shipped.wayOfGated), noticeHours: Number.isInteger(hours) && hours >= 0 && hours <= MOST_NOTICE_HOURS ? hours : shipped.noticeHours }
}
export const MOST_NOTICE_HOURS = 336
