import { daysFrom, localDay } from '../../../core/shared/local-day.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { shortDay } from '../times.ts'

export interface FirstVisitClock {
  readonly says: string
  readonly level?: 'caution' | 'call'
}

/** How many days before its end the promise is marked. */
const SOON_DAYS = 2

/** How the promise of a first visit stands: the day, and how far it is. Whole days of the practice's calendar count. */
export function firstVisitClock(dueBy: Instant, now: Instant, zone: string): FirstVisitClock {
  const left = daysFrom(localDay(now, zone), localDay(dueBy, zone))
  const day = shortDay(dueBy, zone)
  if (left < 0) return { says: `First visit was due by ${day}, ${days(-left)} ago`, level: 'call' }
  if (left === 0) return { says: `First visit due today, ${day}`, level: 'caution' }
  return { says: `First visit due by ${day}, ${days(left)} left`, ...(left <= SOON_DAYS ? { level: 'caution' } : {}) }
}

/** When somebody wrote, in days as people count them. */
export function waited(receivedAt: Instant, now: Instant, zone: string): string {
  const since = daysFrom(localDay(receivedAt, zone), localDay(now, zone))
  return since <= 0 ? 'today' : since === 1 ? 'yesterday' : `${since} days ago`
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
