import { onWall } from '../reminders/ladder.ts'
import type { Cited } from '../shared/cited.ts'
import { dayEnd, dayStart, localDay, sayDay, sayTime } from '../shared/local-day.ts'
import { plusDays, plusMinutes, type Day, type Instant } from '../shared/time.ts'
import { dayOfNumber, wallOf, weekdayOf } from '../scheduling/zone.ts'

/** Hours by the practice's wall. An end that is not after the beginning lies on the next day; `00:00` is midnight. */
export interface OnCallHours {
  readonly from: string
  readonly to: string
  readonly first: string
  readonly second: string | null
}

/** Who is on call, hour by hour of a week. A day that is named stands in the place of its weekday, with other people, other hours or none. */
export interface OnCallRota {
  readonly weekly: readonly (OnCallHours & { readonly weekday: number })[]
  readonly days: readonly { readonly day: Day; readonly note: string; readonly hours: readonly OnCallHours[] }[]
  /** Whoever is called when neither of the two has taken it over; where nobody is named, those who answer for the practice. */
  readonly everyone: readonly string[]
}
export const noRota: OnCallRota = { weekly: [], days: [], everyone: [] }

/** How long each may take, before others are called as well. */
export interface OnCallRows extends Cited {
  readonly takenWithinMin: number
  /** Whoever takes it over writes within so many minutes what was said, where the risk itself gives no more time. */
  readonly contactWithinMin: number
  readonly againMin: number
  /** How far ahead the rota is read. */
  readonly lookDays: number
}

export interface OnCallTimes {
  readonly rota: OnCallRota
  readonly zone: string
  /** Days on which the practice is closed: its usual week does not hold then, and only a named day does. */
  readonly closed: readonly { readonly from: Day; readonly to: Day; readonly name: string }[]
  /** Those who work here now. Whoever has left is on call no more: the second moves up. */
  readonly here: ReadonlySet<string>
  /** Days off, from midnight to midnight: the hours of a usual week pass to the second then. Whoever is named for that very day is called all the same. */
  readonly off: ReadonlyMap<string, ReadonlySet<Day>>
}

/** A stretch in which the same people are on call; `first` is null where nobody is. */
export interface OnCallPiece {
  readonly from: Instant
  readonly to: Instant
  readonly first: string | null
  readonly second: string | null
}

/** A stretch as the rota says it, before anybody's day off. */
interface Span {
  readonly from: Instant
  readonly to: Instant
  readonly people: readonly string[]
  readonly isNamed: boolean
}

/** The hours that begin on a day, as moments. The hour that the clocks jump over is pushed on; one that comes twice means its first time. */
function spansOn(dayNo: number, { rota, zone, closed, here }: OnCallTimes): Span[] {
  const day = dayOfNumber(dayNo)
  const named = rota.days.find((one) => one.day === day)
  const isClosed = closed.some(({ from, to }) => from <= day && day <= to)
  const hours = named?.hours ?? (isClosed ? [] : rota.weekly.filter(({ weekday }) => weekday === weekdayOf(dayNo)))
  return hours.flatMap(({ from, to, first, second }) => {
    const people = [first, second].flatMap((person) => (person !== null && here.has(person) ? [person] : []))
    const span = { from: onWall(day, from, zone), to: onWall(dayOfNumber(to > from ? dayNo : dayNo + 1), to, zone), people, isNamed: named !== undefined }
    return people.length > 0 && span.from < span.to ? [span] : []
  })
}

/** Every stretch that may reach into this time: one begins a day before it at the earliest. */
function spansBetween(times: OnCallTimes, from: Instant, to: Instant): Span[] {
  const wall = wallOf(times.zone)
  const days = Array.from({ length: wall.dayNo(Date.parse(to)) - wall.dayNo(Date.parse(from)) + 3 }, (_, place) => wall.dayNo(Date.parse(from)) - 2 + place)
  return days.flatMap((day) => spansOn(day, times))
}

/** Days off that reach into this time, from one midnight to the next. */
function offBetween({ off, zone }: OnCallTimes, from: Instant, to: Instant) {
  const [first, last] = [localDay(from, zone), localDay(to, zone)]
  return [...off].flatMap(([person, days]) => [...days].filter((day) => first <= day && day <= last).map((day) => ({ person, day, from: dayStart(day, zone), to: dayEnd(day, zone) })))
}

/** A stretch of time without a hole: who is on call, piece by piece. Where two stretches lie over each other, the one that began last counts. */
export function onCallBetween(times: OnCallTimes, from: Instant, to: Instant): OnCallPiece[] {
  const spans = spansBetween(times, from, to)
  const edges = [...new Set([from, to, ...[...offBetween(times, from, to), ...spans].flatMap((one) => [one.from, one.to])])].filter((at) => at >= from && at <= to).toSorted()
  const pieces: OnCallPiece[] = []
  for (const [place, start] of edges.slice(0, -1).entries()) {
    const day = localDay(start, times.zone)
    const there = spans.filter((span) => span.from <= start && start < span.to)
      .map((span) => ({ from: span.from, people: span.people.filter((person) => span.isNamed || !times.off.get(person)?.has(day)) })).filter(({ people }) => people.length > 0)
    const [first = null, second = null] = there.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)).at(-1)?.people ?? []
    const last = pieces.at(-1)
    if (last && last.first === first && last.second === second) pieces[pieces.length - 1] = { ...last, to: edges[place + 1]! }
    else pieces.push({ from: start, to: edges[place + 1]!, first, second })
  }
  return pieces
}

/** Somebody of the rota has that day off: not called in the hours of a usual week, and called where the day names them. */
export interface OnCallDayOff {
  readonly day: Day
  readonly person: string
  readonly called: boolean
}

export function daysOffBetween(times: OnCallTimes, from: Instant, to: Instant): OnCallDayOff[] {
  const spans = spansBetween(times, from, to)
  return offBetween(times, from, to).flatMap((off): OnCallDayOff[] => {
    const theirs = spans.filter((span) => span.people.includes(off.person) && span.from < off.to && span.to > off.from)
    return theirs.length === 0 ? [] : [{ day: off.day, person: off.person, called: theirs.some(({ isNamed }) => isNamed) }]
  }).toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

export interface OnCallNow {
  readonly now: OnCallPiece
  /** The next stretch with somebody else, or with somebody at all. Nothing where there is none as far as the rota is read. */
  readonly next: OnCallPiece | null
  /** While somebody is: from when nobody is any more. While nobody is: until when. Null as far as the rota is read. */
  readonly changesAt: Instant | null
}

/** Who is on call at a moment, and what comes after. */
export function onCallAt(times: OnCallTimes, at: Instant, { lookDays }: Pick<OnCallRows, 'lookDays'>): OnCallNow {
  const [now, ...later] = onCallBetween(times, at, plusDays(at, lookDays))
  const piece = now ?? { from: at, to: at, first: null, second: null }
  const next = later.find(({ first }) => first !== null) ?? null
  const change = later.find(({ first }) => (first === null) !== (piece.first === null))
  return { now: piece, next, changesAt: change?.from ?? null }
}

/** When nobody is on call. */
export const gapsBetween = (times: OnCallTimes, from: Instant, to: Instant): OnCallPiece[] => onCallBetween(times, from, to).filter(({ first }) => first === null)

/** 1: the first on call. 2: the second as well. 3: everyone whom the practice names. */
export type Circle = 1 | 2 | 3

export interface OnCallCall {
  readonly circle: Circle
  readonly people: readonly string[]
  /** By when one of them has taken it over, or the next circle is called. */
  readonly answerBy: Instant
}

/** Whom an answer that cannot wait is called to now. Each circle holds the one before; where there is nobody in it, the next is called at once. */
export function callNow(wanted: Circle, at: Instant, { now, changesAt }: OnCallNow, everyone: readonly string[], { takenWithinMin, againMin }: Pick<OnCallRows, 'takenWithinMin' | 'againMin'>): OnCallCall {
  const [first, second] = [now.first, now.second]
  if (wanted === 1 && first !== null) return { circle: 1, people: [first], answerBy: plusMinutes(at, takenWithinMin) }
  if (wanted === 2 && first !== null && second !== null) return { circle: 2, people: [first, second], answerBy: plusMinutes(at, takenWithinMin) }
  const again = plusMinutes(at, againMin)
  return { circle: 3, people: [...new Set([first, second, ...everyone].filter((one) => one !== null))], answerBy: first === null && changesAt !== null && changesAt < again ? changesAt : again }
}

/** What somebody who answers a questionnaire reads of it: whether anybody is told now, until when, and that otherwise nobody watches. */
export function sayWatched({ now, changesAt }: Pick<OnCallNow, 'now' | 'changesAt'>, zone: string, at: Instant): string {
  const until = changesAt === null ? '' : ` until ${sayMoment(changesAt, zone, at)}`
  if (now.first !== null) return `Somebody at the practice is on call now${until}. An answer that speaks of death or self-harm is told to them at once.`
  return `Nobody at the practice is on call now${until}. ${until ? 'It may be that nobody sees an answer before then.' : 'It may be long before anybody sees an answer.'}`
}

const sayMoment = (moment: Instant, zone: string, at: Instant): string => `${sayTime(moment, zone)}${localDay(moment, zone) === localDay(at, zone) ? '' : ` on ${sayDay(moment, zone)}`}`
