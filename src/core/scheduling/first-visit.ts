import { phaseOf } from '../course/protocol.ts'
import { daysFrom } from '../shared/local-day.ts'
import type { Day } from '../shared/time.ts'
import type { Clock, Weekday, Wish } from './request.ts'
import { firstVisitSlots, freeSlots, type Slot, type SlotRequest } from './slots.ts'

export type Way = 'in-person' | 'online'

export interface FirstTherapist {
  readonly person: string
  /** Whether somebody new may come to them now: they say so, and have not as many people as agreed. */
  readonly takesNew: boolean
  readonly online: boolean
  readonly inPerson: boolean
}

/** Where first visits are looked for: the calendars, from the first day that may be used to the last that is looked at. */
export interface FirstVisitSearch extends Pick<SlotRequest, 'protocol' | 'zone' | 'people' | 'rooms' | 'closed' | 'stepMin' | 'earliest' | 'latest' | 'notBefore'> {
  readonly therapists: readonly FirstTherapist[]
}

/** How long a stranger waits now, each way in which a first visit is offered; without a day where none is free in the days looked at. */
export type Wait =
  | { readonly state: 'nobody' }
  | { readonly state: 'looked'; /** The last day that was looked at. */ readonly until: Day; readonly ways: readonly { readonly way: Way; readonly on: Day | null }[] }

/** Long work that stops wherever it yields, so that whoever runs it can see to something else between two steps. */
export type InSteps<T> = Generator<void, T>

export function* firstVisitWait(search: FirstVisitSearch): InSteps<Wait> {
  const offered = (['in-person', 'online'] as const).filter((way) => whoMeets(search, way, false).length > 0)
  if (offered.length === 0) return { state: 'nobody' }
  const ways = []
  for (const way of offered) ways.push({ way, on: yield* soonest(search, { ways: [way], when: [] }) })
  return { state: 'looked', until: search.latest, ways }
}

/** What somebody named who waits for a first visit. What they left open asks for nothing. */
export interface Wanted {
  readonly ways: readonly Way[]
  readonly language?: string
  /** The state in which they would sit for a visit online. */
  readonly sitsIn?: string
  readonly when: readonly Wish[]
}

/** What would have to give for an earlier day: each of these alone. */
export type Gives = 'times' | 'language' | 'place' | 'who'

export interface Outlook {
  /** `over`: the day has passed. `none`: no time that fits is free in all the days looked at. */
  readonly state: 'in-time' | 'late' | 'none' | 'over'
  /** The first day on which a time that fits is free. */
  readonly on: Day | null
  readonly gives: readonly { readonly what: Gives; readonly on: Day }[]
}

interface Asked extends Wanted {
  readonly anybody?: boolean
}

/** Whether each of those who wait can still come within the promise. Those who named the same are looked up once. */
export function outlooksOf(search: FirstVisitSearch): (wanted: Wanted, dueOn: Day) => InSteps<Outlook> {
  const found = new Map<string, Day | null>()
  function* first(asked: Asked): InSteps<Day | null> {
    const key = JSON.stringify([asked.ways, asked.language, asked.sitsIn, asked.when, asked.anybody])
    const on = found.has(key) ? found.get(key)! : yield* soonest(search, asked)
    found.set(key, on)
    return on
  }
  return function* (wanted, dueOn) {
    const on = yield* first(wanted)
    const over = dueOn < search.earliest
    if (!over && on !== null && on <= dueOn) return { state: 'in-time', on, gives: [] }
    const sooner = (day: Day) => (over ? on === null || day < on : day <= dueOn)
    const gives = []
    for (const { what, asked } of relaxed(search, wanted)) {
      const day = yield* first(asked)
      if (day !== null && sooner(day)) gives.push({ what, on: day })
    }
    return { state: over ? 'over' : on === null ? 'none' : 'late', on, gives }
  }
}

/** Why nothing that fits is free up to a day, as the planner says it. It takes far longer than to see that nothing is. */
export function* whyNotBy(search: FirstVisitSearch, wanted: Wanted, day: Day): InSteps<readonly string[]> {
  const asks = slotRequests(search, wanted)
  if (asks.length === 0) return ['Nobody who meets people this way takes new people at present.']
  const reasons = new Set<string>()
  for (const ask of asks) {
    yield
    const { slots, reasons: why } = firstVisitSlots({ ...ask, latest: day })
    if (slots.length > 0) return []
    for (const { says } of why) reasons.add(says)
  }
  return [...reasons]
}

/** Every start at which a first visit that fits could begin on one day. Nothing earlier than the search allows. */
export const firstVisitsOn = (search: FirstVisitSearch, wanted: Wanted, day: Day): readonly Slot[] =>
  slotRequests({ ...search, earliest: day, latest: day }, wanted).flatMap((ask) => freeSlots({ ...ask, limit: MOST_STARTS, perDay: MOST_STARTS }))
const MOST_STARTS = 96

/** How bad it is, to tell it again only when it is worse: by whole weeks late, then nothing in sight, then the day has passed. */
export function lateness({ state, on }: Pick<Outlook, 'state' | 'on'>, dueOn: Day): number {
  if (state === 'in-time') return 0
  if (state === 'over') return OVER
  return on === null ? NONE : Math.min(Math.ceil(daysFrom(dueOn, on) / 7), NONE - 1)
}
const NONE = 50
const OVER = 100

/** A stated wish about days and hours as the planner takes it: kept, or there is no fit. */
export function wishesOf({ days, partOfDay }: { readonly days: readonly number[]; readonly partOfDay: readonly string[] }, parts: Readonly<Record<string, { readonly from: Clock; readonly to: Clock }>>): readonly Wish[] {
  const weekdays = days.length > 0 ? { weekdays: days as readonly Weekday[] } : {}
  const spans = partOfDay.flatMap((part) => parts[part] ?? [])
  if (spans.length > 0) return spans.map(({ from, to }): Wish => ({ ...weekdays, from, to, strength: 'must' }))
  return days.length > 0 ? [{ ...weekdays, strength: 'must' }] : []
}

function relaxed({ protocol }: FirstVisitSearch, wanted: Wanted): { readonly what: Gives; readonly asked: Asked }[] {
  const { language: _language, ...anyLanguage } = wanted
  return [
    ...(wanted.when.length > 0 ? [{ what: 'times' as const, asked: { ...wanted, when: [] } }] : []),
    ...(wanted.language === undefined ? [] : [{ what: 'language' as const, asked: anyLanguage }]),
    ...(wanted.ways.length === 1 && phaseOf(protocol, 'intake')?.place === 'either' ? [{ what: 'place' as const, asked: { ...wanted, ways: ['in-person', 'online'] as const } }] : []),
    { what: 'who', asked: { ...wanted, anybody: true } },
  ]
}

/** Whoever is asked next need only be looked at up to the day that was found before. */
function* soonest(search: FirstVisitSearch, asked: Asked): InSteps<Day | null> {
  let on: Day | null = null
  for (const ask of slotRequests(search, asked)) {
    yield
    on = freeSlots({ ...ask, latest: on ?? search.latest })[0]?.day ?? on
  }
  return on
}

/** One request for each way and each therapist. */
function slotRequests(search: FirstVisitSearch, { ways, language, sitsIn, when, anybody = false }: Asked): readonly SlotRequest[] {
  return ways.flatMap((way) => whoMeets(search, way, anybody).map(({ person }): SlotRequest => ({
    ...search, type: 'intake', limit: 1, perDay: 1, therapists: [person],
    wishes: { when, blackout: [], online: way === 'online' ? ['intake'] : [] },
    ...(sitsIn === undefined ? {} : { sitsIn }),
    ...(language === undefined ? {} : { needs: [{ role: 'therapist' as const, skill: language }] }),
  })))
}

function whoMeets({ protocol, therapists }: Pick<FirstVisitSearch, 'protocol' | 'therapists'>, way: Way, anybody: boolean): readonly FirstTherapist[] {
  const place = phaseOf(protocol, 'intake')?.place
  if (place === undefined || (place !== 'either' && place !== way)) return []
  return therapists.filter((one) => (anybody || one.takesNew) && (way === 'online' ? one.online : one.inPerson))
}
