import type { PlacesOnDay } from '../../../../core/contract/running.ts'
import { showClock } from '../../../../core/scheduling/zone.ts'
import type { Day } from '../../../../core/shared/time.ts'
import { localStart, momentOf, STEP_MIN, xOfMoment, type Axis, type Moment } from './axis.ts'
import type { Row } from './rows.ts'

/** Where a visit in hand is held: a quarter of an hour, over one row. */
export interface Spot extends Moment {
  readonly row: string
}

export type Place = PlacesOnDay['free'][number]
export type Verdict =
  | { readonly kind: 'fits'; readonly place: Place }
  | { readonly kind: 'refused'; readonly says: readonly string[] }
  /** The server has not answered for this day. */
  | { readonly kind: 'asking' }

export type Days = ReadonlyMap<Day, PlacesOnDay>
type Over = Pick<Row, 'id' | 'title' | 'kind'>

/** Whether a visit could be put down here, as the server sees it; never a yes before it has answered. */
export function verdictOf(days: Days, spot: Spot, over: Over, room: string | undefined): Verdict {
  const day = days.get(spot.day)
  if (!day) return { kind: 'asking' }
  const start = localStart(spot)
  const then = day.free.filter((place) => place.localStart === start)
  if (then.length === 0) {
    const clock = showClock(spot.minute)
    const says = day.refused.find(({ from, to }) => from <= clock && clock <= to)?.says ?? []
    return { kind: 'refused', says: says.length > 0 ? says : ['It cannot start then.'] }
  }
  const here = then.filter((place) => isAt(place, over))
  const place = here.find((one) => one.room?.id === room) ?? here[0]
  return place ? { kind: 'fits', place } : { kind: 'refused', says: [elsewhere(then, over)] }
}

const isAt = (place: Place, { id, kind }: Pick<Over, 'id' | 'kind'>) => (kind === 'room' ? place.room?.id === id : place.people.some(({ person }) => person === id))

/** The hour would do, and the row does not. */
function elsewhere(then: readonly Place[], { title, kind }: Over): string {
  if (kind === 'room') {
    const rooms = then.flatMap(({ room }) => room?.name ?? [])
    return rooms.length === 0 ? `It is online and takes no room.` : `${title} cannot take it then; ${rooms.join(' or ')} can.`
  }
  return `${title} would not be at it; then it is ${then[0]!.people.map(({ name }) => name).join(' and ')}.`
}

/** In words for whoever listens, and beside the pointer. */
export function verdictWords(verdict: Verdict): string {
  if (verdict.kind === 'asking') return 'Asking whether it fits …'
  if (verdict.kind === 'refused') return `Does not fit. ${verdict.says.join(' ')}`
  return verdict.place.alone ? 'Fits. Nothing else changes.' : 'Fits, if other visits of the course change with it.'
}

/** A lit stretch of starts in one row. */
export interface Light {
  readonly x: number
  readonly width: number
  readonly alone: boolean
}

/** The starts of one row at which the visit in hand could be put down, joined where they follow each other. */
export function lightsOf(days: Days, axis: Axis, row: Pick<Row, 'id' | 'kind'>): Light[] {
  const step = (STEP_MIN / 60) * axis.pxPerHour
  const lights: Light[] = []
  for (const { free } of days.values()) {
    for (const place of free) {
      if (!isAt(place, row)) continue
      const x = xOfMoment(axis, momentOf(place.localStart))
      const last = lights.at(-1)
      if (x === undefined || (last && last.alone === place.alone && x < last.x + last.width - 0.01)) continue
      if (last && last.alone === place.alone && Math.abs(last.x + last.width - x) < 0.01) lights[lights.length - 1] = { ...last, width: last.width + step }
      else lights.push({ x, width: step, alone: place.alone })
    }
  }
  return lights
}

/** One press of an arrow: a quarter of an hour, with Shift a day, up and down a row. At the edges it stays. */
export function stepped(spot: Spot, key: string, wide: boolean, axis: Axis, rows: readonly Row[]): Spot {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key]
  if (by === undefined) {
    const at = rows.findIndex(({ id }) => id === spot.row) + ({ ArrowUp: -1, ArrowDown: 1 }[key] ?? 0)
    return { ...spot, row: rows[Math.min(rows.length - 1, Math.max(0, at))]?.id ?? spot.row }
  }
  const at = axis.days.findIndex(({ day }) => day === spot.day)
  const next = axis.days[at + by]
  if (wide) return next ? { ...spot, day: next.day } : spot
  // An hour that the clocks jump over is stepped over.
  for (let minute = spot.minute + by * STEP_MIN; minute >= 0 && minute < 24 * 60; minute += by * STEP_MIN) {
    const x = xOfMoment(axis, { day: spot.day, minute })
    if (x === undefined) continue
    const day = axis.days[at]!
    if (x < day.x + day.width - 0.01) return { ...spot, minute }
  }
  if (!next) return spot
  const edge = axis.wall.minute(by > 0 ? next.fromMs : next.toMs - STEP_MIN * 60_000)
  return { ...spot, day: next.day, minute: edge }
}
