import type { Wishes } from '../../../core/contract/running.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import { dayNumber, dayOfNumber } from '../../../core/scheduling/zone.ts'
import type { Day } from '../../../core/shared/time.ts'

/** Days on which the person cannot come, both ends included. */
export interface AwayDays {
  readonly from: Day
  readonly to: Day
}

/** What the person said about time, as it is asked. Whatever is left open weighs nothing. */
export interface WishDraft {
  readonly earliest: Day
  readonly medicineDays: readonly string[]
  readonly otherDays: readonly string[]
  readonly from: string | null
  readonly to: string | null
  readonly firm: 'rather' | 'must'
  readonly away: readonly AwayDays[]
  readonly online: readonly string[]
  /** Where they will sit for visits online; null where nobody has asked. */
  readonly sitsIn: Wishes['sitsIn'] | null
  readonly needs: Wishes['needs']
}

export const noWishes = (earliest: Day, sitsIn: WishDraft['sitsIn'] = null): WishDraft => ({ earliest, medicineDays: [], otherDays: [], from: null, to: null, firm: 'rather', away: [], online: [], sitsIn, needs: [] })

type Phases = Pick<Protocol, 'phases'>
/** The kinds of visit a course plans; the first call is over by then. */
export const plannedTypes = ({ phases }: Phases): string[] => phases.filter(({ count, type }) => count > 0 && type !== 'inquiry-call').map(({ type }) => type)
/** Those that need not be in the building. */
export const talkingTypes = ({ phases }: Phases): string[] => phases.filter(({ count, type, place }) => count > 0 && type !== 'inquiry-call' && place === 'either').map(({ type }) => type)

const EVERY_DAY = ['1', '2', '3', '4', '5', '6', '7']
/** The planner takes no more; the form says so before. */
export const AWAY_AT_MOST = 200

/**
 * The wishes as the planner takes them: days for each kind of visit, and one window of the clock for all of them.
 * Where only one of the two questions was answered, the window still holds for the visits of the other.
 */
export function wishesOf(draft: WishDraft, protocol: Phases): Wishes {
  const types = plannedTypes(protocol)
  const said = draft.medicineDays.length > 0 || draft.otherDays.length > 0
  const window = draft.from !== null || draft.to !== null
  const daysFor = (type: string) => (type === 'medicine' ? draft.medicineDays : draft.otherDays)
  const days = said ? types.flatMap((type) => {
    const chosen = daysFor(type).length > 0 ? daysFor(type) : window ? EVERY_DAY : []
    return chosen.length > 0 ? [[type, chosen.map(Number)] as const] : []
  }) : []
  return {
    earliest: draft.earliest, days: Object.fromEntries(days), hard: draft.firm === 'must', blackout: awayDays(draft.away), online: [...draft.online], needs: [...draft.needs], ...(draft.sitsIn ? { sitsIn: draft.sitsIn } : {}),
    ...(draft.from === null ? {} : { from: draft.from }), ...(draft.to === null ? {} : { to: draft.to }),
  }
}

/** Every single day of the stretches, once and in order. */
export function awayDays(away: readonly AwayDays[]): Day[] {
  const numbers = away.flatMap(({ from, to }) => Array.from({ length: Math.max(0, dayNumber(to) - dayNumber(from) + 1) }, (_, place) => dayNumber(from) + place))
  return [...new Set(numbers)].toSorted((a, b) => a - b).slice(0, AWAY_AT_MOST).map(dayOfNumber)
}
