import { coursePlan, visitKey, type CoursePlan, type Layer, type Relation } from './layers.ts'
import { openingsOf, type Opening, type Openings, type OpeningsOn } from './openings.ts'
import { boundsFor } from './problem.ts'
import type { PlanRequest } from './request.ts'
import type { Bounds } from './stages.ts'
import { overlaps } from './calendar.ts'
import { isDosing } from '../course/dosing-visit.ts'
import type { Together } from './group.ts'
import { wishesFor } from './wishes.ts'
import { dayNumber, type Wall } from './zone.ts'

/** The visits of several courses in one plan: what is done together once, what stands already for each by itself. */
export interface MergedPlan {
  readonly plan: CoursePlan
  readonly bounds: readonly Bounds[]
  readonly openings: OpeningsOn
}

type Own = { readonly request: PlanRequest; readonly plan: CoursePlan }

/**
 * Every rule of every course ties two visits, so all of them hold in one plan: a visit that is done together is one layer
 * in which the rules of all meet, and a visit that stands is a layer of its own beside those of the others. What each does
 * alone is kept room for once; whether it really fits for everybody is asked afterwards.
 */
export function mergedPlan(asked: Together, all: PlanRequest, wall: Wall, withClearanceValidity: boolean): MergedPlan {
  const own = asked.members.map(({ request }): Own => {
    const staffed = { ...request, protocol: all.protocol }
    return { request: staffed, plan: coursePlan(staffed, wall, { withClearanceValidity }) }
  })
  const isTogether = ({ type, fixed }: Layer) => !fixed && asked.types.includes(type)
  const { layers, placeOf, whose } = layersOf(own, orderOf(all, wall), isTogether)
  const relations = relationsOf(own, placeOf)
  const plan: CoursePlan = { layers, relations, others: [], notes: [...new Set(own.flatMap(({ plan: { notes } }) => notes))] }
  return { plan, bounds: boundsOf(own, plan, whose), openings: openingsFor(asked, all, wall, own, isTogether) }
}

/** Where each visit of the course comes in it; doses of earlier courses come before everything. */
function orderOf(all: PlanRequest, wall: Wall): (layer: Layer) => number {
  const { layers } = coursePlan({ ...all, fixed: [], earlierDoses: [], clearance: { state: 'needed' } }, wall)
  const places = new Map(layers.map(({ type, number, index }) => [visitKey(type, number), index]))
  return ({ type, number }) => places.get(visitKey(type, number)) ?? number - layers.length
}

type PlaceOf = (own: Own, index: number) => number | undefined

/** A look back that is not done together comes after everything else, and is left to each one’s own plan. */
const isLeftOut = (layer: Layer, isTogether: (layer: Layer) => boolean) => layer.type === 'follow-up' && !layer.fixed && !isTogether(layer)

function layersOf(own: readonly Own[], order: (layer: Layer) => number, isTogether: (layer: Layer) => boolean): { readonly layers: readonly Layer[]; readonly placeOf: PlaceOf; readonly whose: readonly (readonly Own[])[] } {
  const found = new Map<string, { readonly layer: Layer; readonly whose: Own[] }>()
  const keyOf = (one: Own, layer: Layer) => (layer.fixed ? `${own.indexOf(one)} ${layer.visit}` : visitKey(layer.type, layer.number))
  for (const one of own) {
    for (const layer of one.plan.layers) {
      if (isLeftOut(layer, isTogether)) continue
      const key = keyOf(one, layer)
      const known = found.get(key)
      if (known) known.whose.push(one)
      else found.set(key, { layer, whose: [one] })
    }
  }
  const sorted = [...found].toSorted(([, a], [, b]) => order(a.layer) - order(b.layer))
  const places = new Map(sorted.map(([key], index) => [key, index]))
  return {
    layers: sorted.map(([, { layer }], index) => ({ ...layer, index })), whose: sorted.map(([, { whose }]) => whose),
    placeOf: (one, index) => { const layer = one.plan.layers[index]; return layer && places.get(keyOf(one, layer)) },
  }
}

function relationsOf(own: readonly Own[], placeOf: PlaceOf): readonly Relation[] {
  const found = new Map<string, Relation>()
  for (const one of own) {
    for (const relation of one.plan.relations) {
      const [earlier, later] = [placeOf(one, relation.earlier), placeOf(one, relation.later)]
      if (earlier === undefined || later === undefined) continue
      const merged = { ...relation, earlier, later }
      found.set(JSON.stringify(merged), merged)
    }
  }
  return [...found.values()]
}

/** The days on which a visit can lie for everybody whose it is. */
function boundsOf(own: readonly Own[], plan: CoursePlan, whose: readonly (readonly Own[])[]): readonly Bounds[] {
  const each = new Map(own.map((one) => [one, boundsFor(one.request, plan)]))
  return plan.layers.map(({ index }) => {
    const theirs = (whose[index] ?? []).flatMap((one) => each.get(one)?.[index] ?? [])
    return { lo: Math.max(...theirs.map(({ lo }) => lo)), hi: Math.min(...theirs.map(({ hi }) => hi)) }
  })
}

/** Where a visit can stand that is done together: for the room and the people as for one, and for each patient by their own wishes. */
function openingsFor(asked: Together, all: PlanRequest, wall: Wall, own: readonly Own[], isTogether: (layer: Layer) => boolean): OpeningsOn {
  const together = openingsOf(all, wall, [])
  const [first] = own
  const alone = first ? openingsOf({ ...first.request, wishes: { when: [], blackout: [], online: first.request.wishes.online } }, wall, []) : together
  const away = own.map(({ request }) => new Set(request.wishes.blackout.map(dayNumber)))
  const therapists = new Set(asked.members.flatMap(({ request }) => (request.continuity === 'required' ? [request.therapist] : [])))
  const known = new Map<string, Openings>()
  return (layer, dayNo) => {
    if (!isTogether(layer)) return alone(layer, dayNo)
    const key = `${layer.type} ${dayNo}`
    const found = known.get(key) ?? (away.some((days) => days.has(dayNo)) ? none : listOf(together(layer, dayNo).all().flatMap((opening) => suiting(own, layer, opening, therapists))))
    known.set(key, found)
    return found
  }
}

function suiting(own: readonly Own[], layer: Layer, opening: Opening, therapists: ReadonlySet<string>): readonly Opening[] {
  const { dayNo, minute } = opening
  if (layer.phase.staff.some(({ role }) => role === 'therapist') && ![...therapists].every((one) => opening.people.some(({ person, role }) => person === one && role === 'therapist'))) return []
  if (own.some(({ plan }) => plan.others.some((other) => overlaps(opening.startMs, opening.endMs, { fromMs: other.startMs, toMs: other.endMs }) || (other.dayNo === dayNo && (isDosing(layer) || isDosing(other)))))) return []
  const wishes = own.map(({ request }) => wishesFor(request.wishes.when, layer, dayNo, minute))
  return wishes.includes('refused') ? [] : [{ ...opening, missedWish: wishes.includes('missed') ? 1 : 0 }]
}

const listOf = (all: readonly Opening[]): Openings => ({ at: (i) => all[i], all: () => all })
const none: Openings = listOf([])
