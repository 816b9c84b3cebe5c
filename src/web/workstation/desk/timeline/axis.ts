import { dayNumber, showClock, wallOf, type Wall } from '../../../../core/scheduling/zone.ts'
import { MINUTE_MS, type Day } from '../../../../core/shared/time.ts'

const HOUR_MS = 60 * MINUTE_MS
/** Visits are carried in quarters of an hour. */
export const STEP_MIN = 15

export interface AxisDay {
  readonly day: Day
  readonly dayNo: number
  /** The hours of the day that are drawn, from and to, in UTC. */
  readonly fromMs: number
  readonly toMs: number
  readonly x: number
  readonly width: number
}

/** Time along the top: days beside each other, each as wide as the hours drawn of it really last. */
export interface Axis {
  readonly wall: Wall
  readonly days: readonly AxisDay[]
  readonly width: number
  readonly pxPerHour: number
}

export interface Hours {
  readonly fromHour: number
  readonly toHour: number
}

/** A day on which the clocks change is an hour narrower or wider where that hour is drawn. */
export function axisOf(zone: string, days: readonly Day[], { fromHour, toHour }: Hours, pxPerHour: number): Axis {
  const wall = wallOf(zone)
  let x = 0
  const placed = days.map((day): AxisDay => {
    const dayNo = dayNumber(day)
    const [fromMs, toMs] = [wall.edge(dayNo, fromHour * 60), wall.edge(dayNo, toHour * 60)]
    const width = ((toMs - fromMs) / HOUR_MS) * pxPerHour
    const one = { day, dayNo, fromMs, toMs, x, width }
    x += width
    return one
  })
  return { wall, days: placed, width: x, pxPerHour }
}

/** Where a moment stands; what lies outside the hours drawn stands at their edge. */
export function xOf({ days, width, pxPerHour }: Axis, ms: number): number {
  const day = days.find(({ toMs }) => ms < toMs)
  if (!day) return width
  return day.x + (Math.max(0, ms - day.fromMs) / HOUR_MS) * pxPerHour
}

export interface Moment {
  readonly day: Day
  /** A quarter of an hour on the wall. */
  readonly minute: number
}

/** The nearest quarter of an hour under a point. */
export function momentAt({ days, pxPerHour, wall }: Axis, x: number): Moment {
  const day = days.findLast((one) => one.x <= x) ?? days[0]!
  const ms = Math.min(day.toMs - STEP_MIN * MINUTE_MS, Math.max(day.fromMs, day.fromMs + ((x - day.x) / pxPerHour) * HOUR_MS))
  return { day: day.day, minute: Math.round(wall.minute(Math.round(ms / MINUTE_MS) * MINUTE_MS) / STEP_MIN) * STEP_MIN }
}

/** Where a quarter of an hour stands, or nothing where its day is not drawn or the clocks jump over it. */
export function xOfMoment(axis: Axis, { day, minute }: Moment): number | undefined {
  const found = axis.days.find((one) => one.day === day)
  const ms = found && axis.wall.at(found.dayNo, minute)
  return ms === undefined || ms < found!.fromMs || ms > found!.toMs ? undefined : xOf(axis, ms)
}

export const localStart = ({ day, minute }: Moment): string => `${day}T${showClock(minute)}`
export const momentOf = (start: string): Moment => ({ day: start.slice(0, 10), minute: Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16)) })

export interface Tick {
  readonly hour: number
  readonly x: number
}

/** The hours that are named along the top, as many as there is room for; a jump of the clocks leaves one out. */
export function ticksOf({ pxPerHour, wall }: Axis, { dayNo, fromMs, toMs }: AxisDay): Tick[] {
  const every = [1, 2, 3, 4, 6].find((hours) => hours * pxPerHour >= TICK_PX) ?? 12
  const ticks: Tick[] = []
  for (let hour = 0; hour < 24; hour += 1) {
    const ms = wall.at(dayNo, hour * 60)
    if (ms !== undefined && hour % every === 0 && ms >= fromMs && ms < toMs) ticks.push({ hour, x: ((ms - fromMs) / HOUR_MS) * pxPerHour })
  }
  return ticks
}
const TICK_PX = 46

/** How much of the canvas is looked at. */
export interface Window {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
export const across = (from: number, to: number, { left, right }: Window): boolean => from < right && left < to
export const along = (top: number, height: number, window: Window): boolean => top < window.bottom && window.top < top + height

/** Drawn a little further than is seen, and drawn anew only every so many pixels. */
export function windowOf(view: { readonly scrollLeft: number; readonly scrollTop: number; readonly clientWidth: number; readonly clientHeight: number }): Window {
  const [x, y] = [Math.floor(view.scrollLeft / QUANTUM_PX) * QUANTUM_PX, Math.floor(view.scrollTop / QUANTUM_PX) * QUANTUM_PX]
  return { left: x - QUANTUM_PX, right: x + view.clientWidth + 2 * QUANTUM_PX, top: y - QUANTUM_PX, bottom: y + view.clientHeight + 2 * QUANTUM_PX }
}
const QUANTUM_PX = 120
export const sameWindow = (a: Window, b: Window): boolean => a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom
