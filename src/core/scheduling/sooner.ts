import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { BookedVisit, SoonerWished } from '../chart/kinds/aftercare.ts'
import { standingVisits } from '../measures/doses.ts'
import { localDay } from '../shared/local-day.ts'
import { HOUR_MS, type Instant } from '../shared/time.ts'
import { dayNumber, weekdayOf } from './zone.ts'

/** How a wish to come sooner stands. `met`: the visit was moved to where it was wished. `over`: the visit was held or cancelled, or nothing sooner is left of the wished days. */
export interface SoonerWish {
  readonly wished: EntryOf<'sooner-wished.v1'>
  readonly state: 'open' | 'withdrawn' | 'met' | 'over'
  /** Since when they wait: a wish that is changed keeps its place. */
  readonly since: Instant
  /** The visit as it stands, as long as it does. */
  readonly visit?: BookedVisit
}

type Place = Pick<BookedVisit, 'startsAt' | 'endsAt' | 'localStart'>

/** The newest wish for each visit. It ends by itself when its visit is held, cancelled or moved into it, or its last day has passed. */
export function soonerWishes(chart: Chart, now: Instant, zone: string): readonly SoonerWish[] {
  const standing = new Map(standingVisits(chart).map((visit) => [visit.visit, visit]))
  const withdrawn = new Map(chart.all('sooner-withdrawn.v1').map(({ seq = 0, body }) => [body.visit, seq]))
  const moved = new Map(chart.all('visit-moved.v1').map(({ seq = 0, body }) => [body.to.visit, seq]))
  const all = chart.all('sooner-wished.v1')
  const newest = new Map(all.map((wished) => [wished.body.visit, wished]))
  return [...newest.values()].map((wished): SoonerWish => {
    const { body, seq = 0 } = wished
    const takenBack = withdrawn.get(body.visit) ?? 0
    const since = all.find((one) => one.body.visit === body.visit && (one.seq ?? 0) > Math.min(takenBack, seq))?.at ?? wished.at
    const visit = standing.get(body.visit)
    const state = takenBack > seq ? 'withdrawn' : !visit || visit.startsAt <= now || body.to < localDay(now, zone) || visit.localStart.slice(0, 10) < body.from ? 'over' : (moved.get(body.visit) ?? 0) > seq && notAsWished(body, visit).length === 0 ? 'met' : 'open'
    return { wished, state, since, ...(visit ? { visit } : {}) }
  })
}

export const openWishes = (chart: Chart, now: Instant, zone: string): readonly (SoonerWish & { readonly visit: BookedVisit })[] =>
  soonerWishes(chart, now, zone).flatMap((wish) => (wish.state === 'open' && wish.visit ? [{ ...wish, visit: wish.visit }] : []))

export type NotWished = 'day' | 'weekday' | 'hour'

/** What of a wish a place does not keep. Its whole length lies between the hours that were named. */
export function notAsWished({ from, to, weekdays, after, before }: SoonerWished, { startsAt, endsAt, localStart }: Place): readonly NotWished[] {
  const day = localStart.slice(0, 10)
  const endMin = clockMin(localStart.slice(11)) + (Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS
  return [
    ...(day < from || day > to ? ['day' as const] : []),
    ...(weekdays.length > 0 && !weekdays.includes(weekdayOf(dayNumber(day))) ? ['weekday' as const] : []),
    ...((after !== undefined && localStart.slice(11) < after) || (before !== undefined && endMin > clockMin(before)) ? ['hour' as const] : []),
  ]
}
const MINUTE_MS = HOUR_MS / 60
const clockMin = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

export const hasNotice = ({ noticeHours }: Pick<SoonerWished, 'noticeHours'>, startsAt: Instant, now: Instant): boolean => Date.parse(startsAt) - Date.parse(now) >= noticeHours * HOUR_MS

/** How an offered time stands. `lost`: a yes came, and somebody else had been quicker. `ended`: it was taken, or taken back, before they answered. */
export type OfferState = 'waiting' | 'agreed' | 'declined' | 'lost' | 'lapsed' | 'ended' | 'overtaken'
export interface TimeOffer {
  readonly offer: EntryOf<'time-offered.v1'>
  readonly state: OfferState
}

/** Oldest first. What was answered stays so; what has ended asks nothing any more. */
export function timeOffers(chart: Chart, now: Instant): readonly TimeOffer[] {
  const answers = new Map(chart.all('time-offer-answered.v1').map(({ body }) => [body.offer, body]))
  const ended = new Set(chart.all('time-offer-ended.v1').map(({ body }) => body.offer))
  const touched = new Map([...chart.all('visit-moved.v1').map(({ seq = 0, body }) => [body.to.visit, seq] as const), ...chart.all('visit-cancelled.v1').map(({ seq = 0, body }) => [body.visit, seq] as const)].toSorted(([, a], [, b]) => a - b))
  return chart.all('time-offered.v1').map((offer): TimeOffer => {
    const { id, seq = 0, body: { until, changes } } = offer
    const answer = answers.get(id)
    if (answer) return { offer, state: answer.answer === 'no' ? 'declined' : answer.lost ? 'lost' : 'agreed' }
    if (ended.has(id)) return { offer, state: 'ended' }
    if (changes.some(({ from }) => (touched.get(from.visit) ?? 0) > seq)) return { offer, state: 'overtaken' }
    return { offer, state: until <= now ? 'lapsed' : 'waiting' }
  })
}

export const waitingOffer = (chart: Chart, now: Instant): TimeOffer | undefined => timeOffers(chart, now).find(({ state }) => state === 'waiting')
