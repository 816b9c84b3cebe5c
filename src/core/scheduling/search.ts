import { MINUTE_MS } from '../shared/time.ts'
import type { CoursePlan, Layer, Placed, Relation } from './layers.ts'
import { leastAfter } from './least.ts'
import { isFlawless, type Opening, type Openings, type OpeningsOn } from './openings.ts'
import { allows, stagesOf, type Bounds, type Dodged, type Stage } from './stages.ts'

/** What a plan costs; the cheapest one is found. Weights are this planner's own and mean nothing clinical. */
export interface Costs {
  readonly of: (layer: Layer, opening: Opening) => number
  /** Whether a day's flawless opening is never dearer than a later one. */
  readonly byFlawsAlone: boolean
  /** For every day the course takes. */
  readonly perDay: number
  /** For a dose that does not fall on the weekday and hour of the ones before. */
  readonly rhythm: number
  /** What any place of a visit on a day costs at the very least; a day too dear by that is not looked at. */
  readonly least?: (layer: Layer, dayNo: number) => number
}

export type Placing = Opening | (Placed & { readonly minute?: undefined })

export type Found =
  | { readonly placed: readonly Placing[]; readonly cost: number }
  /** The first visit for which no place was left, with the days on which it was looked for. */
  | { readonly stuck: Layer; readonly triedDays: readonly number[] }

/** A way to place the first visits of the course, remembered by its last one. */
interface Path {
  readonly before: Path | undefined
  readonly last: Placing
  readonly cost: number
  /** The furthest day of the course so far. */
  readonly reached: number
  /** The visits that later ones still depend on, in the order of `Stage.open`. */
  readonly open: readonly Placing[]
}

/** How much is looked at: the few most promising ways, or every way that costs no more than a known plan. */
interface Effort {
  readonly width: number
  readonly daysAhead: number
  readonly ceiling: number
}
const whole: Effort = { width: Infinity, daysAhead: Infinity, ceiling: Infinity }
const quick: Effort = { width: 24, daysAhead: 14, ceiling: Infinity }
const broad: Effort = { width: 60, daysAhead: 21, ceiling: Infinity }

/**
 * Places every visit of the course, one after the other, keeping for each different outlook the cheapest way
 * to it (two ways have the same outlook when all that later visits depend on is the same). Because every rule
 * ties two visits only, nothing that could still become a better plan is thrown away: a quick look finds a
 * plan, its cost limits the full one, and when the full one finds none, there is none on this grid of starts.
 * `likely` is a choice of the openings in which a plan is looked for first.
 */
export function search(plan: CoursePlan, bounds: readonly Bounds[], openings: OpeningsOn, costs: Costs, likely?: OpeningsOn): Found {
  const offer = offerOf(plan, bounds, openings, costs)
  const guess = likely && look(bounds, offerOf(plan, bounds, likely, costs), costs, whole)
  const glance = guess && 'cost' in guess ? guess : look(bounds, offer, costs, quick)
  const all = look(bounds, offer, costs, { ...whole, ceiling: 'cost' in glance ? glance.cost : Infinity })
  return 'cost' in all ? all : glance
}

/** Whether a plan is found with moderate effort: a yes is sure, a no is not. */
export const findsSome = (plan: CoursePlan, bounds: readonly Bounds[], openings: OpeningsOn, costs: Costs): boolean => 'cost' in look(bounds, offerOf(plan, bounds, openings, costs), costs, broad)

/** Any plan at all, whatever it costs: a quick look first, and every way where that finds none. */
export function searchAny(plan: CoursePlan, bounds: readonly Bounds[], openings: OpeningsOn): Found {
  const offer = offerOf(plan, bounds, openings, free)
  const glance = look(bounds, offer, free, quick)
  return 'cost' in glance ? glance : look(bounds, offer, free, whole)
}
const free: Costs = { of: () => 0, byFlawsAlone: false, perDay: 0, rhythm: 0 }

function look(bounds: readonly Bounds[], offer: Offer, costs: Costs, effort: Effort): Found {
  let paths: readonly Path[] = [{ before: undefined, last: { dayNo: 0, startMs: 0, endMs: 0 }, cost: 0, reached: bounds[0]?.lo ?? 0, open: [] }]
  for (const stage of offer.stages) {
    const next = new Map<string, Path[]>()
    const tried: boolean[] = []
    const stageBounds = bounds[stage.layer.index]
    const looking: Looking = { stage, bounds: stageBounds, offer, costs, effort, tried, firstDay: stageBounds?.lo ?? 0 }
    for (const path of paths) {
      const rhythm = rhythmAfter(stage, path, costs)
      for (const place of placesFor(looking, path, rhythm)) keepBest(next, stage, extend(stage, path, place, costs, rhythm))
    }
    paths = mostPromising([...next.values()].flat(), effort, offer.leastAfter(stage.layer))
    if (paths.length === 0) return { stuck: stage.layer, triedDays: [...tried.keys()].filter((day) => tried[day]).map((day) => day + looking.firstDay) }
  }
  const best = paths.reduce((cheapest, path) => (path.cost < cheapest.cost ? path : cheapest))
  const placed: Placing[] = []
  for (let path: Path | undefined = best; path?.before; path = path.before) placed.unshift(path.last)
  return { placed, cost: best.cost }
}

/** The stages of a plan, and for each visit and day its openings, all of them or only those worth trying first. */
interface Offer {
  readonly stages: readonly Stage[]
  readonly all: (layer: Layer, dayNo: number) => readonly Opening[]
  /** Without those that are later on the day and no cheaper. */
  readonly best: (layer: Layer, dayNo: number) => readonly Opening[]
  /** What the visits after this one cost at the very least. */
  readonly leastAfter: (layer: Layer) => number
}

function offerOf(plan: CoursePlan, bounds: readonly Bounds[], openings: OpeningsOn, costs: Costs): Offer {
  const known = new Map<number, readonly Opening[]>()
  const best: Offer['best'] = (layer, dayNo) => {
    const key = dayNo * plan.layers.length + layer.index
    const found = known.get(key) ?? cheaperAndCheaper(openings(layer, dayNo), layer, costs)
    known.set(key, found)
    return found
  }
  const least = leastAfter(plan, bounds, costs)
  return { stages: stagesOf(plan), all: (layer, dayNo) => openings(layer, dayNo).all(), best, leastAfter: ({ index }) => least[index] ?? 0 }
}

function cheaperAndCheaper(openings: Openings, layer: Layer, costs: Costs): readonly Opening[] {
  const kept: Opening[] = []
  let cheapest = Infinity
  for (let i = 0; ; i += 1) {
    const opening = openings.at(i)
    if (!opening) return kept
    const cost = costs.of(layer, opening)
    if (cost >= cheapest) continue
    cheapest = cost
    kept.push(opening)
    if (costs.byFlawsAlone && isFlawless(opening)) return kept
  }
}

function mostPromising(paths: readonly Path[], { width, ceiling }: Effort, leastToCome: number): readonly Path[] {
  const affordable = ceiling === Infinity ? paths : paths.filter((path) => path.cost + leastToCome <= ceiling + 1e-6)
  return affordable.length <= width ? affordable : affordable.toSorted((a, b) => a.cost - b.cost).slice(0, width)
}

interface Looking {
  readonly stage: Stage
  readonly bounds: Bounds | undefined
  readonly offer: Offer
  readonly costs: Costs
  readonly effort: Effort
  /** Whether a day was tried, by its distance from the first day on which the visit can be. */
  readonly tried: boolean[]
  readonly firstDay: number
}

/** The places of one visit after a given path, leaving out those that are later on the same day and no cheaper. */
function placesFor({ stage, bounds, offer, costs, effort, tried, firstDay }: Looking, path: Path, rhythm: Rhythm): readonly Placing[] {
  const { layer, into } = stage
  const fits = (place: Placed) => {
    for (const { relation, slot } of into) if (!allows(relation, path.open[slot] ?? place, place)) return false
    return true
  }
  if (layer.fixed) return fits(layer.fixed) ? [layer.fixed] : []
  let [lo, hi] = [firstDay, bounds?.hi ?? 0]
  for (const { relation, slot } of into) {
    const from = path.open[slot]?.dayNo ?? 0
    lo = Math.max(lo, from + (relation.minDays ?? (relation.apart === 'in-order' ? 0 : -Infinity)))
    hi = Math.min(hi, from + (relation.maxDays ?? Infinity))
  }
  const places: Opening[] = []
  const keeping = stage.dodged && keptBeside(stage.dodged, (place) => costs.of(layer, place) + idealCost(stage, path, place))
  let days = 0
  for (let dayNo = lo; dayNo <= hi && days < effort.daysAhead; dayNo += 1) {
    const reached = layer.type === 'follow-up' ? path.reached : Math.max(path.reached, dayNo + stage.tailDays)
    if (path.cost + costs.perDay * (reached - path.reached) > effort.ceiling + 1e-6 || keeping?.isEnough(idealCost(stage, path, { dayNo }))) break
    if (costs.least && path.cost + costs.least(layer, dayNo) + offer.leastAfter(layer) > effort.ceiling + 1e-6) continue
    tried[dayNo - firstDay] = true
    const onDay = placesOn(stage, dayNo, offer, costs, fits, rhythm)
    for (const place of keeping ? keeping.of(onDay) : onDay) places.push(place)
    if (onDay.length > 0) days += 1
  }
  return places
}

function placesOn(stage: Stage, dayNo: number, offer: Offer, costs: Costs, fits: (place: Placed) => boolean, rhythm: Rhythm): readonly Opening[] {
  const { layer } = stage
  if (stage.dodged) return offer.all(layer, dayNo).filter(fits)
  const best = offer.best(layer, dayNo)
  const [soonest] = best
  // Where the soonest start fits, so do all later ones, unless something must not happen at the same time.
  if (!rhythm && !stage.dodges && (!soonest || fits(soonest))) return best
  let cheapest = Infinity
  return offer.all(layer, dayNo).filter((opening) => {
    if (!fits(opening)) return false
    const cost = costs.of(layer, opening) + (rhythm?.(opening) ?? 0)
    if (cost >= cheapest) return false
    cheapest = cost
    return true
  })
}

/**
 * Of a visit that later ones have to dodge, the places that could be the best one. A place is not needed where others that
 * cost no more, on no later day, cannot all be in the way of what follows: on more days than there are visits to come, or so
 * far apart on one day that more of them would be needed than can lie there.
 */
function keptBeside({ visits, clearMs, aDay, soonerIsNoWorse }: Dodged, costOf: (place: Opening) => number): { readonly of: (onDay: readonly Opening[]) => readonly Opening[]; readonly isEnough: (leastCost: number) => boolean } {
  const cheapestOfDays: number[] = []
  /** From this cost on, nothing on a later day is needed. */
  let enough = Infinity
  const isEnough = (cost: number) => soonerIsNoWorse && (cost >= enough || (cheapestOfDays.length > visits && cheapestOfDays.filter((cheapest) => cheapest <= cost).length > visits))
  return {
    isEnough,
    of(onDay) {
      const priced = onDay.map((place) => ({ place, cost: costOf(place) })).toSorted((a, b) => a.cost - b.cost || a.place.startMs - b.place.startMs)
      const kept: { readonly place: Opening; readonly cost: number }[] = []
      for (const one of priced) {
        if (isEnough(one.cost) || (kept.length > aDay && farApart(kept.map(({ place }) => place), clearMs) > aDay)) {
          enough = Math.min(enough, one.cost)
          break
        }
        kept.push(one)
      }
      if (priced[0]) cheapestOfDays.push(priced[0].cost)
      return kept.map(({ place }) => place)
    },
  }
}

/** How many of these places lie so far apart that nothing is in the way of two of them. */
function farApart(places: readonly Opening[], clearMs: number): number {
  let [count, lastEndMs] = [0, -Infinity]
  for (const { startMs, endMs } of places.toSorted((a, b) => a.startMs - b.startMs)) {
    if (startMs - lastEndMs < clearMs) continue
    count += 1
    lastEndMs = endMs
  }
  return count
}

/** The course's length is paid for step by step, so that of two beginnings the sooner one is cheaper at once. */
function extend(stage: Stage, path: Path, place: Placing, costs: Costs, rhythm: Rhythm): Path {
  const open = stage.carried.map((slot) => (slot === -1 ? place : (path.open[slot] as Placing)))
  const own = place.minute === undefined ? 0 : costs.of(stage.layer, place) + (rhythm?.(place) ?? 0) + idealCost(stage, path, place)
  const reached = stage.layer.type === 'follow-up' ? path.reached : Math.max(path.reached, place.dayNo)
  return { before: path, last: place, cost: path.cost + own + costs.perDay * (reached - path.reached), reached, open }
}

type Rhythm = ((place: Opening) => number) | undefined

/** What leaving the rhythm of the doses so far would cost, or nothing where no rhythm is asked for. */
function rhythmAfter({ layer, into }: Stage, path: Path, { rhythm }: Costs): Rhythm {
  if (rhythm === 0 || layer.type !== 'medicine') return undefined
  const at = (code: Relation['code']) => into.find(({ relation }) => relation.code === code)
  const [weekly, before] = [at('doses-in-seven-days'), at('dose-spacing')]
  const weekAgo = weekly && path.open[weekly.slot]
  const dueOn = weekAgo && weekly.relation.minDays !== undefined ? weekAgo.dayNo + weekly.relation.minDays : undefined
  const lastMinute = (before && path.open[before.slot])?.minute
  return ({ dayNo, minute }) => {
    const days = dueOn === undefined ? 0 : Math.min(2, Math.abs(dayNo - dueOn))
    const hours = lastMinute === undefined ? 0 : Math.min(2, Math.abs(minute - lastMinute) / 60)
    return rhythm * (days + hours)
  }
}

/** A day's distance from the day on which a visit is best costs one. */
function idealCost(stage: Stage, path: Path, place: Pick<Placed, 'dayNo'>): number {
  let sum = 0
  for (const { relation, slot } of stage.into) {
    const earlier = relation.idealDays === undefined ? undefined : path.open[slot]
    if (earlier) sum += Math.abs(place.dayNo - earlier.dayNo - relation.idealDays!)
  }
  return sum
}

/** Of the ways to one outlook, those that no other one is as cheap as and as soon. */
function keepBest(next: Map<string, Path[]>, stage: Stage, path: Path): void {
  const key = outlookOf(stage, path)
  const rivals = next.get(key)
  if (!rivals) {
    next.set(key, [path])
    return
  }
  for (const rival of rivals) if (rival.cost <= path.cost && isNoLater(stage, rival, path)) return
  let kept = 0
  for (const rival of rivals) if (path.cost > rival.cost || !isNoLater(stage, path, rival)) rivals[kept++] = rival
  rivals.length = kept
  rivals.push(path)
}

function outlookOf({ keeps }: Stage, { open }: Path): string {
  let key = ''
  for (let i = 0; i < open.length; i += 1) key += keeps[i] === 'exact' ? `${open[i]!.startMs / MINUTE_MS} ` : `${open[i]!.dayNo} `
  return key
}

function isNoLater({ keeps }: Stage, a: Path, b: Path): boolean {
  for (let i = 0; i < keeps.length; i += 1) if (keeps[i] === 'sooner-is-better' && a.open[i]!.startMs > b.open[i]!.startMs) return false
  return true
}
