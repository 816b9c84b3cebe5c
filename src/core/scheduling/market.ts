import { isDosing } from '../course/dosing-visit.ts'
import { MINUTE_MS } from '../shared/time.ts'
import { bufferOf, type Stint } from './colleague.ts'
import type { PersonCalendar, PlannedVisit, PlanRequest } from './request.ts'
import { dayNumber } from './zone.ts'

/** What it would cost to take something from one moment to another, beside plans for other patients; endless where it is taken. */
export type Market = (key: string, fromMs: number, toMs: number) => number

/** One thing that a visit takes, for as long as nobody else can have it. */
export interface Use {
  readonly key: string
  readonly fromMs: number
  readonly toMs: number
}

export const roomKey = (id: string): string => `room ${id}`
export const laneKey = (id: string, lane: number): string => `lane ${lane} ${id}`
const personKey = (id: string) => `person ${id}`
const dosesKey = (id: string, dayNo: number) => `doses ${dayNo} ${id}`
const isDoses = (key: string) => key.startsWith('doses ')
const personIn = (key: string) => key.slice(key.indexOf(' ', 6) + 1)

type When = Pick<Stint, 'type' | 'dayNo'> & { readonly startMs: number; readonly endMs: number }

/** A person with what they keep free around the visit, and one of the dosing visits they take in a day. */
function personUses(person: PersonCalendar, { type, dayNo, startMs, endMs }: When): readonly Use[] {
  const buffer = bufferOf(person, type)
  const held = { key: personKey(person.id), fromMs: startMs - (buffer?.beforeMin ?? 0) * MINUTE_MS, toMs: endMs + (buffer?.afterMin ?? 0) * MINUTE_MS }
  const limited = person.mostDosingPerDay !== undefined && isDosing({ type })
  return limited ? [held, { key: dosesKey(person.id, dayNo), fromMs: 0, toMs: 1 }] : [held]
}

export const priceFor = (market: Market, person: PersonCalendar, when: When): number => personUses(person, when).reduce((sum, { key, fromMs, toMs }) => sum + market(key, fromMs, toMs), 0)

/** Everything that planned visits take from the practice. */
export function usesOf(visits: readonly PlannedVisit[], { people, rooms }: Pick<PlanRequest, 'people' | 'rooms'>): readonly Use[] {
  return visits.flatMap((visit): readonly Use[] => {
    const [startMs, endMs, untilMs] = [Date.parse(visit.startsAt), Date.parse(visit.endsAt), Date.parse(visit.roomUntil)]
    const room = rooms.find(({ id }) => id === visit.room?.id)
    return [
      ...people.filter(({ id }) => visit.people.some(({ person }) => person === id)).flatMap((person) => personUses(person, { type: visit.type, dayNo: dayNumber(visit.day), startMs, endMs })),
      ...(room ? [{ key: roomKey(room.id), fromMs: startMs, toMs: untilMs + (room.turnoverMin ?? 0) * MINUTE_MS }] : []),
      ...(visit.onCall ? [{ key: laneKey(visit.onCall.person, visit.onCall.lane), fromMs: startMs, toMs: untilMs }] : []),
    ]
  })
}

/** How many may take a thing at once: one, but for the dosing visits a person takes in a day, less those booked already. */
export function mostOf({ people }: Pick<PlanRequest, 'people'>, dayNoOf: (epochMs: number) => number): (key: string) => number {
  const left = new Map<string, number>()
  const most = new Map(people.flatMap(({ id, mostDosingPerDay }) => (mostDosingPerDay === undefined ? [] : [[id, mostDosingPerDay] as const])))
  for (const { id, busy } of people) {
    for (const row of busy) if (row.dosing) left.set(dosesKey(id, dayNoOf(Date.parse(row.startsAt))), (left.get(dosesKey(id, dayNoOf(Date.parse(row.startsAt)))) ?? most.get(id) ?? 0) - 1)
  }
  return (key) => (isDoses(key) ? (left.get(key) ?? most.get(personIn(key)) ?? 1) : 1)
}

export interface Taken {
  /** Free costs nothing, taken cannot be had. */
  readonly market: Market
  readonly take: (uses: readonly Use[]) => void
  readonly giveBack: (uses: readonly Use[]) => void
}

/** What plans have taken so far. */
export function takenOf(most: (key: string) => number): Taken {
  const held = new Map<string, Use[]>()
  const longest = new Map<string, number>()
  const from = (uses: readonly Use[], ms: number) => firstFrom(uses.length, (i) => uses[i]!.fromMs, ms)
  return {
    market(key, fromMs, toMs) {
      const uses = held.get(key)
      if (!uses) return 0
      let count = 0
      for (let i = from(uses, fromMs - (longest.get(key) ?? 0)); i < uses.length && uses[i]!.fromMs < toMs; i += 1) if (uses[i]!.toMs > fromMs) count += 1
      return count > 0 && count >= most(key) ? Infinity : 0
    },
    take(uses) {
      for (const use of uses) {
        const here = held.get(use.key) ?? []
        here.splice(from(here, use.fromMs), 0, use)
        held.set(use.key, here)
        longest.set(use.key, Math.max(longest.get(use.key) ?? 0, use.toMs - use.fromMs))
      }
    },
    giveBack(uses) {
      for (const use of uses) {
        const here = held.get(use.key) ?? []
        const place = here.findIndex((one) => one.fromMs === use.fromMs && one.toMs === use.toMs)
        if (place >= 0) here.splice(place, 1)
      }
    },
  }
}

/** A price at one moment of one thing, for whoever has it at that moment. */
export interface Priced {
  readonly key: string
  readonly atMs: number
  readonly price: number
}

/** A market in which everything can be had, at what it is worth to the others. */
export function pricedBy(prices: readonly Priced[]): Market {
  const byKey = new Map<string, { readonly at: number[]; readonly sum: number[] }>()
  for (const { key, atMs, price } of prices.toSorted((a, b) => a.atMs - b.atMs)) {
    const row = byKey.get(key) ?? { at: [], sum: [0] }
    row.at.push(atMs)
    row.sum.push(row.sum.at(-1)! + price)
    byKey.set(key, row)
  }
  const before = (at: readonly number[], ms: number) => firstFrom(at.length, (i) => at[i]!, ms)
  return (key, fromMs, toMs) => {
    const row = byKey.get(key)
    return row ? row.sum[before(row.at, toMs)]! - row.sum[before(row.at, fromMs)]! : 0
  }
}

/** The first of so many things in order of time that does not lie before a moment. */
function firstFrom(count: number, timeOf: (i: number) => number, ms: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeOf(middle) < ms) low = middle + 1
    else high = middle
  }
  return low
}
