import type { Response } from '../../../core/contract/contract.ts'
import { dayNumber, dayOfNumber, wallOf, weekdayOf } from '../../../core/scheduling/zone.ts'
import { dayEnd, dayStart } from '../../../core/shared/local-day.ts'
import type { Day } from '../../../core/shared/time.ts'
import { initialsOf } from './initials.ts'

export type CalendarNow = Response<'calendar'>
export type CalendarVisit = CalendarNow['visits'][number]

/** The grid is drawn in quarters of an hour. */
export const SLOT_MIN = 15

export interface Column {
  readonly id: string
  readonly title: string
  readonly kind: 'day' | 'person' | 'room'
  readonly today?: boolean
  /** Why the practice is closed on this day. */
  readonly closed?: string
}

export interface Block {
  readonly key: string
  readonly visit: CalendarVisit
  readonly column: number
  /** Minutes of the practice's day. */
  readonly startMin: number
  readonly endMin: number
  /** Visits that overlap in one column stand beside each other. */
  readonly lane: number
  readonly lanes: number
  readonly onCall: boolean
}

/** Monday of the week that a day lies in. */
export const mondayOf = (day: Day): Day => dayOfNumber(dayNumber(day) - (weekdayOf(dayNumber(day)) - 1))
export const daysFromDay = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days)
export const weekOf = (day: Day): Day[] => Array.from({ length: 7 }, (_, place) => daysFromDay(mondayOf(day), place))

const isThere = (visit: CalendarVisit, id: string) => visit.room?.id === id || visit.people.some(({ person }) => person === id)
const isOnCall = (visit: CalendarVisit, id: string) => visit.people.some(({ person, role }) => person === id && role === 'prescriber on call')

/** Whom visits are planned with; who only runs the desk gets a column on the days they have a visit. */
const ATTENDING: readonly string[] = ['therapist', 'prescriber', 'monitor']

/** One day: a column for everybody who sees patients and for every room. */
export function dayBlocks({ visits, people, rooms, zone }: CalendarNow, day: Day): { readonly columns: Column[]; readonly blocks: Block[] } {
  const onDay = placedOn(visits, zone).filter((one) => one.day === day)
  const shown = people.filter(({ person, roles }) => roles.some((role) => ATTENDING.includes(role)) || onDay.some(({ visit }) => isThere(visit, person)))
  const columns: Column[] = [...shown.map(({ person, name }): Column => ({ id: person, title: name, kind: 'person' })), ...rooms.map(({ id, name }): Column => ({ id, title: name, kind: 'room' }))]
  const blocks = columns.flatMap(({ id }, column) => inLanes(onDay.filter(({ visit }) => isThere(visit, id)).map((one) => ({ ...one, column, onCall: isOnCall(one.visit, id) }))))
  return { columns, blocks }
}

/** Several days beside each other: everything, or what one person or room is part of. */
export function weekBlocks({ visits, closings, zone }: CalendarNow, days: readonly Day[], today: Day, who: string | null): { readonly columns: Column[]; readonly blocks: Block[] } {
  const columns = days.map((day): Column => ({ id: day, title: day, kind: 'day', today: day === today, ...closedOn(closings, day) }))
  const shown = placedOn(who === null ? visits : visits.filter((visit) => isThere(visit, who)), zone)
  const blocks = days.flatMap((day, column) => inLanes(shown.filter((one) => one.day === day).map((one) => ({ ...one, column, onCall: who !== null && isOnCall(one.visit, who) }))))
  return { columns, blocks }
}

export interface AwayBlock {
  readonly key: string
  readonly column: number
  readonly startMin: number
  readonly endMin: number
  readonly name: string
}

/** When people are busy elsewhere, in their own columns of a day, or through the week of the one person looked at. */
export function awayBlocks({ elsewhere, people, zone }: CalendarNow, columns: readonly Column[], who: string | null, day: Day): AwayBlock[] {
  const nameOf = (person: string) => people.find((one) => one.person === person)?.name ?? ''
  return elsewhere.flatMap(({ person, startsAt, endsAt }) => columns.flatMap((column, place) => {
    if (column.kind === 'day' ? person !== who : person !== column.id) return []
    const on = column.kind === 'day' ? column.id : day
    const [from, to] = [Math.max(Date.parse(startsAt), Date.parse(dayStart(on, zone))), Math.min(Date.parse(endsAt), Date.parse(dayEnd(on, zone)))]
    const wall = wallOf(zone)
    return from < to ? [{ key: `${place} ${startsAt}`, column: place, name: nameOf(person), startMin: wall.minute(from), endMin: wall.dayNo(to) === dayNumber(on) ? wall.minute(to) : 24 * 60 }] : []
  }))
}

const closedOn = (closings: CalendarNow['closings'], day: Day) => {
  const names = closings.filter(({ from, to }) => from <= day && day <= to).map(({ name }) => name)
  return names.length > 0 ? { closed: names.join(', ') } : {}
}

interface Placed {
  readonly visit: CalendarVisit
  readonly day: Day
  readonly startMin: number
  readonly endMin: number
}

/** Where visits stand on the practice's wall. One that runs past midnight is cut there: nobody works across it here. */
function placedOn(visits: readonly CalendarVisit[], zone: string): Placed[] {
  const wall = wallOf(zone)
  return visits.map((visit) => {
    const [start, end] = [Date.parse(visit.startsAt), Date.parse(visit.endsAt)]
    const dayNo = wall.dayNo(start)
    return { visit, day: dayOfNumber(dayNo), startMin: wall.minute(start), endMin: wall.dayNo(end) === dayNo ? wall.minute(end) : 24 * 60 }
  })
}

type Unlaned = Omit<Block, 'lane' | 'lanes' | 'key'> & { readonly day: Day }

/** Gives each visit of one column a lane; visits that touch each other, directly or through others, share the width. */
function inLanes(placed: readonly Unlaned[]): Block[] {
  const blocks: Block[] = []
  let group: { readonly one: Unlaned; readonly lane: number }[] = []
  let groupEnd = 0
  const close = () => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane)) + 1
    for (const { one: { day: _day, ...one }, lane } of group) blocks.push({ ...one, key: `${one.column} ${one.visit.visit}`, lane, lanes })
    group = []
  }
  for (const one of placed.toSorted((a, b) => a.startMin - b.startMin || b.endMin - a.endMin)) {
    if (one.startMin >= groupEnd) close()
    const taken = new Set(group.filter((other) => other.one.endMin > one.startMin).map(({ lane }) => lane))
    let lane = 0
    while (taken.has(lane)) lane += 1
    group.push({ one, lane })
    groupEnd = Math.max(group.length === 1 ? 0 : groupEnd, one.endMin)
  }
  close()
  return blocks
}

/** The hours the grid shows: the usual working day, and whatever lies outside it. */
export function hoursShown(blocks: readonly Pick<Block, 'startMin' | 'endMin'>[]): { readonly fromHour: number; readonly toHour: number } {
  return {
    fromHour: Math.min(8, ...blocks.map(({ startMin }) => Math.floor(startMin / 60))),
    toHour: Math.max(18, ...blocks.map(({ endMin }) => Math.ceil(endMin / 60))),
  }
}

/** Whose course a visit belongs to; nothing where the names are not this person's to see. */
/** The one chart a visit belongs to; a visit of several belongs to none of them alone. */
export const courseOf = ({ patients, group }: CalendarVisit): string | null => (patients.length === 1 && !group ? patients[0]!.chart : null)
/** What lights up as one: a person’s course, or what a group has together. */
export const threadOf = (visit: CalendarVisit): string | null => visit.group?.id ?? courseOf(visit)
export const namesOf = (visit: CalendarVisit, initials = false): string => (visit.patients.length > 0 ? visit.patients.map(({ name }) => (initials ? initialsOf(name) : name)).join(', ') : visit.heldUntil === undefined ? 'Booked' : 'Held')
