import { useEffect, useRef, useState, type PointerEvent as Pressed, type RefObject } from 'react'
import type { CalendarVisit } from '../calendar-layout.ts'
import { momentAt, momentOf, type Axis } from './axis.ts'
import { stepped, type Spot } from './carry.ts'
import type { Bar, Row } from './rows.ts'

/** How far a mouse moves before a press becomes a carry, and how long a finger rests. */
const MOVED_PX = 5
const LONG_MS = 450
const EDGE_PX = 56
const SCROLL_PX = 14

export interface Carry {
  readonly visit: CalendarVisit
  readonly from: Spot
  readonly spot: Spot
  readonly by: 'pointer' | 'keys'
}

interface Board {
  readonly scroller: RefObject<HTMLElement | null>
  readonly axis: Axis
  readonly rows: readonly Row[]
  /** What stands before the canvas: the names of the rows, and the days above. */
  readonly headPx: number
  readonly topPx: number
  readonly onDrop: (carry: Carry) => void
  readonly onPutBack: (carry: Carry) => void
}

/** A visit in hand, by pointer, finger or key. Letting it go only asks: nothing is booked here. */
export function useCarry(board: Board) {
  const [carry, setCarry] = useState<Carry>()
  const now = useRef<Carry | undefined>(undefined)
  now.current = carry
  const latest = useRef(board)
  latest.current = board
  const ended = useRef(0)
  const stop = useRef(() => {})
  useEffect(() => () => stop.current(), [])
  useEffect(() => keepFromScrolling(board.scroller.current, () => now.current?.by === 'pointer'), [board.scroller])

  const set = (next: Carry | undefined) => { now.current = next; setCarry(next) }
  const end = (how: 'drop' | 'back') => {
    stop.current()
    const done = now.current
    set(undefined)
    if (done) latest.current[how === 'drop' ? 'onDrop' : 'onPutBack'](done)
  }
  const pick = (bar: Pick<Bar, 'visit'>, row: Pick<Row, 'id'>, by: Carry['by']) => {
    const spot = { ...momentOf(bar.visit.localStart), row: row.id }
    set({ visit: bar.visit, from: spot, spot, by })
  }

  function press(event: Pressed, bar: Bar, row: Row) {
    if (event.button !== 0 || now.current) return
    const at = { x: event.clientX, y: event.clientY }
    const touch = event.pointerType === 'touch'
    const grabPx = pointOn(latest.current, at).x - bar.x
    let timer = touch ? setTimeout(() => begin(), LONG_MS) : undefined
    let frame = 0
    const begin = () => { timer = undefined; pick(bar, row, 'pointer'); frame = requestAnimationFrame(scrollOn) }
    const follow = () => { if (now.current?.by === 'pointer') { const spot = spotAt(latest.current, at, grabPx); if (spot && !same(spot, now.current.spot)) set({ ...now.current, spot }) } }
    const scrollOn = () => { if (scrollAtEdge(latest.current.scroller.current, at, latest.current.headPx)) follow(); frame = requestAnimationFrame(scrollOn) }
    const move = (next: PointerEvent) => {
      const far = Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) > MOVED_PX
      at.x = next.clientX
      at.y = next.clientY
      if (now.current) follow()
      else if (far && touch) stop.current() // A finger that moves at once scrolls.
      else if (far) begin()
    }
    const up = () => { const held = now.current; if (held) { ended.current = performance.now(); end(isOver(latest.current.scroller.current, at) ? 'drop' : 'back') } else stop.current() }
    const lost = () => { if (now.current) end('back'); else stop.current() }
    const key = (pressed: KeyboardEvent) => { if (pressed.key === 'Escape' && now.current) { pressed.preventDefault(); end('back') } }
    const heard = { pointermove: move, pointerup: up, pointercancel: lost, blur: lost } as const
    for (const [name, listener] of Object.entries(heard)) window.addEventListener(name, listener as EventListener)
    window.addEventListener('keydown', key, true)
    stop.current = () => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      for (const [name, listener] of Object.entries(heard)) window.removeEventListener(name, listener as EventListener)
      window.removeEventListener('keydown', key, true)
      stop.current = () => {}
    }
  }

  /** Answers whether the key was for the visit in hand. */
  function key(pressed: { readonly key: string; readonly shiftKey: boolean }): boolean {
    const held = now.current
    if (!held) return false
    if (pressed.key === 'Escape') end('back')
    else if (pressed.key === 'Enter' || pressed.key === ' ') end('drop')
    else if (pressed.key.startsWith('Arrow')) set({ ...held, by: 'keys', spot: stepped(held.spot, pressed.key, pressed.shiftKey, latest.current.axis, latest.current.rows) })
    else return false
    return true
  }
  /** A click that only ends a carry is not a press. */
  const wasCarried = () => performance.now() - ended.current < 300
  return { carry, press, key, pick: (bar: Pick<Bar, 'visit'>, row: Pick<Row, 'id'>) => pick(bar, row, 'keys'), putBack: () => end('back'), letGo: () => { stop.current(); set(undefined) }, wasCarried }
}

interface Point { readonly x: number; readonly y: number }
const same = (a: Spot, b: Spot) => a.day === b.day && a.minute === b.minute && a.row === b.row

function pointOn({ scroller, headPx, topPx }: Board, { x, y }: Point): Point {
  const place = scroller.current
  const box = place?.getBoundingClientRect()
  return place && box ? { x: x - box.left + place.scrollLeft - headPx, y: y - box.top + place.scrollTop - topPx } : { x: 0, y: 0 }
}

function spotAt(board: Board, at: Point, grabPx: number): Spot | undefined {
  const { x, y } = pointOn(board, at)
  const row = board.rows.findLast((one) => one.y <= Math.max(0, y))
  return row && { ...momentAt(board.axis, x - grabPx), row: row.id }
}

function isOver(place: HTMLElement | null, { x, y }: Point): boolean {
  const box = place?.getBoundingClientRect()
  return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
}

function scrollAtEdge(place: HTMLElement | null, { x, y }: Point, headPx: number): boolean {
  if (!place) return false
  const { left, right, top, bottom } = place.getBoundingClientRect()
  const pull = (at: number, from: number, to: number) => (at < from + EDGE_PX ? -1 : at > to - EDGE_PX ? 1 : 0) * SCROLL_PX
  const [byX, byY] = [pull(x, left + headPx, right), pull(y, top, bottom)]
  const before = [place.scrollLeft, place.scrollTop]
  if (byX !== 0 || byY !== 0) place.scrollBy(byX, byY)
  return place.scrollLeft !== before[0] || place.scrollTop !== before[1]
}

/** A finger that carries a visit does not scroll the page below it. */
function keepFromScrolling(place: HTMLElement | null, isCarrying: () => boolean) {
  const keep = (event: Event) => { if (isCarrying() && event.cancelable) event.preventDefault() }
  place?.addEventListener('touchmove', keep, { passive: false })
  place?.addEventListener('contextmenu', keep)
  return () => { place?.removeEventListener('touchmove', keep); place?.removeEventListener('contextmenu', keep) }
}
