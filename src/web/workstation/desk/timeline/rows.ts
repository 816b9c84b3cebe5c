import type { Response } from '../../../../core/contract/contract.ts'
import { workingHoursOf } from '../../../../core/scheduling/calendar.ts'
import { enteredHours } from '../../../../core/scheduling/entered-hours.ts'
import { ON_CALL } from '../../../../core/scheduling/booked.ts'
import { hoursShown, type CalendarNow, type CalendarVisit } from '../calendar-layout.ts'
import { xOf, type Axis, type AxisDay, type Hours } from './axis.ts'

export type Staff = Response<'practice'>['staff']

/** A visit in one row. */
export interface Bar {
  readonly visit: CalendarVisit
  readonly x: number
  readonly width: number
  /** What is kept free before it, and after it until the room is ready again or the person free. */
  readonly before: number
  readonly after: number
  readonly lane: number
}

/** Somebody on call, for one room or for several at once. */
export interface Call {
  readonly x: number
  readonly width: number
  readonly rooms: number
}

export interface Row {
  readonly id: string
  readonly title: string
  readonly kind: 'person' | 'room'
  readonly bars: readonly Bar[]
  readonly calls: readonly Call[]
  /** Hours in which nobody is there, and days on which the room or the practice is closed. */
  readonly shades: readonly { readonly x: number; readonly width: number }[]
  readonly y: number
  readonly height: number
}

export const LANE_PX = 46
const CALL_PX = 14
const PAD_PX = 6

/** Whom visits are planned with; who only runs the desk gets a row where they have a visit. */
const ATTENDING: readonly string[] = ['therapist', 'prescriber', 'monitor']

/** People first, then rooms, each below the other and as high as what stands in it needs. */
export function rowsOf(calendar: CalendarNow, staff: Staff, axis: Axis): { readonly rows: readonly Row[]; readonly height: number } {
  const { visits, people, rooms } = calendar
  const there = new Set(visits.flatMap((visit) => visit.people.map(({ person }) => person)))
  const shown = people.filter(({ person, roles }) => there.has(person) || roles.some((role) => ATTENDING.includes(role)))
  const named = [...shown.map(({ person, name }) => ({ id: person, title: name, kind: 'person' as const })), ...rooms.map(({ id, name }) => ({ id, title: name, kind: 'room' as const }))]
  let y = 0
  const byRow = visitsByRow(visits)
  const rows = named.map((one): Row => {
    const { there: own = [], onCall = [] } = byRow.get(one.id) ?? {}
    const bars = inLanes(own.flatMap((visit) => barOf(visit, one.id, axis)))
    const calls = callsOf(onCall, one.id, axis)
    const lanes = Math.max(1, ...bars.map(({ lane }) => lane + 1))
    const height = lanes * LANE_PX + (calls.length > 0 ? CALL_PX : 0) + PAD_PX
    const row = { ...one, bars, calls, y, height, shades: one.kind === 'person' ? offHours(staff.find(({ person }) => person === one.id), calendar.elsewhere, axis) : [] }
    y += height
    return row
  })
  return { rows, height: y }
}

/** The same rows with hours so many times as wide: what stands where does not change. */
export const widened = (rows: readonly Row[], times: number): readonly Row[] => times === 1 ? rows : rows.map((row) => ({
  ...row,
  bars: row.bars.map((bar) => ({ ...bar, x: bar.x * times, width: bar.width * times, before: bar.before * times, after: bar.after * times })),
  calls: row.calls.map((call) => ({ ...call, x: call.x * times, width: call.width * times })),
  shades: row.shades.map(({ x, width }) => ({ x: x * times, width: width * times })),
}))

interface OfRow {
  readonly there: CalendarVisit[]
  readonly onCall: CalendarVisit[]
}

/** Each visit with everybody and everything it stands in a row of, looked through once. */
function visitsByRow(visits: readonly CalendarVisit[]): ReadonlyMap<string, OfRow> {
  const rows = new Map<string, OfRow>()
  const of = (id: string) => rows.get(id) ?? rows.set(id, { there: [], onCall: [] }).get(id)!
  for (const visit of visits) {
    const there = new Set(visit.people.flatMap(({ person, role }) => (role === ON_CALL ? [] : [person])))
    if (visit.room) there.add(visit.room.id)
    for (const id of there) of(id).there.push(visit)
    for (const id of new Set(visit.people.flatMap(({ person, role }) => (role === ON_CALL ? [person] : [])))) of(id).onCall.push(visit)
  }
  return rows
}

function barOf(visit: CalendarVisit, id: string, axis: Axis): Omit<Bar, 'lane'>[] {
  const took = visit.takes.find((one) => one.id === id) ?? visit
  const [from, x, end, until] = [took.startsAt, visit.startsAt, visit.endsAt, took.endsAt].map((at) => xOf(axis, Date.parse(at))) as [number, number, number, number]
  return end > x ? [{ visit, x, width: end - x, before: Math.max(0, x - from), after: Math.max(0, until - end) }] : []
}

/** What overlaps stands in lanes below each other, what it keeps free included. */
function inLanes(bars: readonly Omit<Bar, 'lane'>[]): Bar[] {
  const ends: number[] = []
  return bars.toSorted((a, b) => a.x - a.before - (b.x - b.before) || b.width - a.width).map((bar) => {
    const from = bar.x - bar.before
    const free = ends.findIndex((end) => end <= from + 0.01)
    const lane = free < 0 ? ends.length : free
    ends[lane] = bar.x + bar.width + bar.after
    return { ...bar, lane }
  })
}

/** Where several rooms are answered for at once, the span says how many. */
function callsOf(visits: readonly CalendarVisit[], id: string, axis: Axis): Call[] {
  const spans = visits.map((visit) => {
    const { startsAt, endsAt } = visit.takes.find((one) => one.id === id) ?? visit
    return [xOf(axis, Date.parse(startsAt)), xOf(axis, Date.parse(endsAt))] as const
  })
  const edges = [...new Set(spans.flat())].toSorted((a, b) => a - b)
  return edges.slice(1).flatMap((to, i) => {
    const from = edges[i]!
    const rooms = spans.filter(([start, end]) => start <= from && end >= to).length
    return rooms > 0 ? [{ x: from, width: to - from, rooms }] : []
  })
}

/** What of the hours drawn somebody does not work, or is busy elsewhere. Whose hours nobody entered is never there. */
function offHours(person: Staff[number] | undefined, elsewhere: CalendarNow['elsewhere'], axis: Axis): { x: number; width: number }[] {
  const works = person ? workingHoursOf({ ...enteredHours(person), elsewhere: elsewhere.filter((time) => time.person === person.person) }, axis.wall) : () => []
  return axis.days.flatMap((day) => gaps(day, works(day.dayNo)).map(([from, to]) => ({ x: xOf(axis, from), width: xOf(axis, to - 1) - xOf(axis, from) })).filter(({ width }) => width > 0.5))
}

function gaps({ fromMs, toMs }: AxisDay, worked: readonly { readonly fromMs: number; readonly toMs: number }[]): [number, number][] {
  const off: [number, number][] = []
  let at = fromMs
  for (const one of worked.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (one.fromMs > at) off.push([at, Math.min(one.fromMs, toMs)])
    at = Math.max(at, one.toMs)
  }
  if (at < toMs) off.push([at, toMs])
  return off
}

/** The hours that are drawn: a working day, and whatever is booked or kept free outside it. */
export function hoursOf({ visits }: CalendarNow, wall: Axis['wall']): Hours {
  const spans = visits.flatMap((visit) => [visit, ...visit.takes]).map(({ startsAt, endsAt }) => {
    const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)]
    return { startMin: wall.minute(start), endMin: wall.dayNo(end) === wall.dayNo(start) ? wall.minute(end) : 24 * 60 }
  })
  return hoursShown(spans)
}
