import type { Protocol } from '../../core/course/protocol.ts'
import type { Wait, Way } from '../../core/scheduling/first-visit.ts'
import { daysFrom } from '../../core/shared/local-day.ts'
import type { Day, Instant } from '../../core/shared/time.ts'
import { inWords } from './slots.ts'

/** How long somebody new waits, as the calendars stood at a moment of today. */
export interface FirstVisitView {
  readonly wait: Wait
  readonly seenAt: Instant
  readonly today: Day
}

/** What a page says of the wait, and of when that was seen. What is not known is said to be not known, never left out. */
export function waitSays(view: FirstVisitView | undefined, zone: string): { readonly says: string; readonly seen?: string } {
  if (view && view.wait.state === 'nobody') return { says: 'Nobody here takes new people at the moment, so we cannot name a day for a first visit. You can still write to us. We tell you what we know.', seen: seenSays(view, zone) }
  const phrase = view && waitPhrase(view.wait, view.today)
  if (!view || phrase === undefined) return { says: 'How long you would wait for a first visit, we cannot say right now. Please ask us when we call.' }
  return { says: phrase.startsWith('none') ? `No first visit is free here${phrase.slice('none'.length)}.` : `The next first visit that is free here is ${phrase}.`, seen: seenSays(view, zone) }
}

/** The promise is made only while each way of a first visit that is offered keeps it. */
export function promiseHolds(view: FirstVisitView | undefined, { firstVisitWithinDays }: Pick<Protocol, 'firstVisitWithinDays'>): boolean {
  if (view?.wait.state !== 'looked') return false
  const { today } = view
  return view.wait.ways.every(({ on }) => on !== null && daysFrom(today, on) > 0 && daysFrom(today, on) <= firstVisitWithinDays)
}

/** How long, in the words that stand after “is”. Nothing where it cannot be said: a day that was ahead when it was seen, and is so no longer. */
export function waitPhrase(wait: Wait, today: Day): string | undefined {
  if (wait.state === 'nobody') return undefined
  const weeks = inWords(Math.floor(daysFrom(today, wait.until) / 7))
  const said = wait.ways.map(({ way, on }) => ({ way, days: on === null ? null : daysFrom(today, on) }))
  if (said.some(({ days }) => days !== null && days < 1)) return undefined
  const none = said.filter(({ days }) => days === null)
  const free = said.flatMap(({ way, days }) => (days === null ? [] : [{ way, days, when: inDays(days) }])).toSorted((a, b) => a.days - b.days)
  if (free.length === 0) return `none in the next ${weeks} weeks`
  const alike = free.every(({ when }) => when === free[0]?.when)
  const when = alike && none.length === 0 ? free[0]!.when : free.map((one) => `${one.when} ${wayWords[one.way]}`).join(', and ')
  return none.length === 0 ? when : `${when}. ${none.map(({ way }) => `${capital(wayWords[way])} none is free in the next ${weeks} weeks`).join('. ')}`
}

const wayWords: Readonly<Record<Way, string>> = { 'in-person': 'in our rooms', online: 'online' }
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
const seenSays = ({ seenAt }: FirstVisitView, zone: string) => `As our calendars stood today at ${new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(new Date(seenAt))}.`

/** Weeks are rounded up: a wait is never told shorter than it is. */
const inDays = (days: number): string => (days === 1 ? 'tomorrow' : days < 14 ? `in ${inWords(days)} days` : `in about ${inWords(Math.ceil(days / 7))} weeks`)
