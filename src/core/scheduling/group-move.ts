import type { VisitType } from '../chart/kinds/aftercare.ts'
import { phaseOf } from '../course/protocol.ts'
import { openingsOf } from './openings.ts'
import { plannedVisit } from './plan.ts'
import type { PlannedVisit } from './request.ts'
import { brokenAlready, brokenTogether, requestOfAll, type Member } from './group.ts'
import type { MemberReason } from './group-faults.ts'
import type { TogetherRows } from './group-staff.ts'
import { clockMinutes, dayNumber, localStartOf, wallOf } from './zone.ts'

/** A visit that several patients have together and that is to go elsewhere. No request holds it as standing. */
export interface MovedTogether {
  readonly members: readonly Member[]
  readonly therapists: readonly string[]
  readonly rows: TogetherRows
  readonly visit: PlannedVisit
}

/** How many days around where it stands are looked at when no hour is named. */
const DAYS_AROUND = 28

/** Where it may go while nothing else moves: at the hour that is named, or at the nearest that suits everybody. */
export function placeTogether(moved: MovedTogether, to?: string): { readonly to: PlannedVisit } | { readonly impossible: readonly MemberReason[] } {
  const found = to === undefined ? nearest(moved) : openingsOn(moved, dayNumber(to.slice(0, 10))).find(({ localStart }) => localStart === to)
  if (found) {
    const held = brokenTogether(askedOf(moved), [found])
    return 'broken' in held ? { impossible: held.broken } : { to: found }
  }
  const says = to === undefined ? `No time within ${DAYS_AROUND} days suits everybody while nothing else moves.` : 'The people it takes, or a room that holds everybody, are not free at that hour.'
  return { impossible: [{ code: 'no-place-together', says, facts: {} }, ...(to === undefined ? [] : brokenAlready(askedOf(moved), [at(moved, to)]).filter(({ taken }) => !taken))] }
}

const askedOf = ({ members, rows, visit }: MovedTogether) => ({ members, rows, types: [visit.type] as readonly VisitType[] })

function openingsOn(moved: MovedTogether, dayNo: number): readonly PlannedVisit[] {
  const { visit } = moved
  const all = requestOfAll({ ...moved, types: [visit.type] })
  const phase = phaseOf(all.protocol, visit.type)
  if (!phase) return []
  const standing = new Map([[visit.visit, { minute: clockMinutes(visit.localStart.slice(11, 16)), people: visit.people.map(({ person }) => person), ...(visit.room ? { room: visit.room.id } : {}) }]])
  const layer = { index: 0, visit: visit.visit, type: visit.type, number: visit.number, phase }
  return openingsOf(visit.online ? { ...all, wishes: { ...all.wishes, online: [visit.type] } } : all, wallOf(all.zone), [], { standing, lookPast: new Set([visit.visit]) })(layer, dayNo).all().map((opening) => plannedVisit(all.zone, layer, opening))
}

/** Days outward from where it stands; on a day the hour nearest to its own comes first. */
function nearest(moved: MovedTogether): PlannedVisit | undefined {
  const { visit } = moved
  const own = dayNumber(visit.day)
  const far = (one: PlannedVisit) => Math.abs(clockMinutes(one.localStart.slice(11, 16)) - clockMinutes(visit.localStart.slice(11, 16)))
  for (let away = 0; away <= DAYS_AROUND; away += 1) {
    for (const dayNo of away === 0 ? [own] : [own + away, own - away]) {
      const fits = openingsOn(moved, dayNo).filter(({ localStart }) => localStart !== visit.localStart).toSorted((a, b) => far(a) - far(b)).find((one) => brokenAlready(askedOf(moved), [one]).length === 0 && 'alone' in brokenTogether(askedOf(moved), [one]))
      if (fits) return fits
    }
  }
  return undefined
}

/** The same visit with the same people at another hour, to be judged. */
function at({ visit }: MovedTogether, to: string): PlannedVisit {
  const wall = wallOf(visit.zone)
  const [day, minute] = [dayNumber(to.slice(0, 10)), clockMinutes(to.slice(11, 16))]
  const movedMs = (wall.at(day, minute) ?? wall.edge(day, minute)) - Date.parse(visit.startsAt)
  const later = (moment: string) => new Date(Date.parse(moment) + movedMs).toISOString()
  return { ...visit, day: to.slice(0, 10), localStart: localStartOf(day, minute), startsAt: later(visit.startsAt), endsAt: later(visit.endsAt), roomUntil: later(visit.roomUntil) }
}
