import { startTransition, useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { wallOf } from '../../../../core/scheduling/zone.ts'
import type { Day } from '../../../../core/shared/time.ts'
import { useNow } from '../../../sync/clock.ts'
import { Button, Checkbox } from '../../../kit/index.ts'
import { courseOf, type CalendarNow } from '../calendar-layout.ts'
import { MoveAny } from '../therapy/WhichOfThem.tsx'
import { visitTitle } from '../visits.ts'
import { along, axisOf, localStart, xOfMoment } from './axis.ts'
import { lightsOf, verdictOf, verdictWords, type Light, type Place, type Verdict } from './carry.ts'
import { Chosen } from './Chosen.tsx'
import { DaysAbove, DaysBelow, InHand, NowLine } from './Canvas.tsx'
import { hoursOf, rowsOf, widened, type Bar, type Row, type Staff } from './rows.ts'
import { spotWords } from './spot-words.ts'
import { TimelineRow, type BarActs } from './TimelineRow.tsx'
import { useCarry, type Carry } from './use-carry.ts'
import { usePlaces } from './use-places.ts'
import { WaitingMoves } from './WaitingMoves.tsx'
import { useWindow } from './use-window.ts'
import './timeline.css'

const TOP_PX = 50
const NO_LIGHTS: readonly Light[] = []
const ZOOM = 1.5

interface TimelineProps {
  readonly calendar: CalendarNow
  readonly staff: Staff
  readonly days: readonly Day[]
  readonly label: string
  readonly mayMove: boolean
  readonly onMoved: () => void
}

/** Hours that are wide enough to read, and narrow enough to see the days together. */
const pxPerHourOf = (days: number) => (days === 1 ? 84 : days <= 7 ? 30 : 12)

/** What stands where is worked out once; wider hours only stretch it. */
function useRows(calendar: CalendarNow, staff: Staff, days: readonly Day[], zoom: number) {
  const { zone } = calendar
  const hours = useMemo(() => hoursOf(calendar, wallOf(zone)), [calendar, zone])
  const px = pxPerHourOf(days.length)
  const drawn = useMemo(() => rowsOf(calendar, staff, axisOf(zone, days, hours, px)), [calendar, staff, zone, days, hours, px])
  const axis = useMemo(() => axisOf(zone, days, hours, px * zoom), [zone, days, hours, px, zoom])
  const rows = useMemo(() => widened(drawn.rows, zoom), [drawn, zoom])
  return { axis, rows, height: drawn.height }
}

/** Time runs along, people and rooms stand below each other. A visit is carried from place to place; putting it down only asks. */
export function Timeline({ calendar, staff, days, label, mayMove, onMoved }: TimelineProps) {
  const { zone } = calendar
  const now = useNow(60_000)
  const [zoom, setZoom] = useState(1)
  const [initials, setInitials] = useState(false)
  const [said, setSaid] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [active, setActive] = useState<Stop>()
  const [asked, setAsked] = useState<{ readonly carry: Carry; readonly place: Place }>()
  const scroller = useRef<HTMLElement>(null)
  const headPx = globalThis.innerWidth < 700 ? 96 : 168
  const { axis, rows, height } = useRows(calendar, staff, days, zoom)
  const { window, print } = useWindow(scroller, axis.width, height)
  const rowOf = (id: string) => rows.find((one) => one.id === id) ?? rows[0]!

  const held = useCarry({ scroller, axis, rows, headPx, topPx: TOP_PX, onDrop: drop, onPutBack: () => setSaid('Put back where it was. Nothing was moved.') })
  const { carry } = held
  const chart = carry && courseOf(carry.visit)
  const places = usePlaces(carry && chart ? { chart, visit: carry.visit.visit, day: carry.from.day } : undefined, days, (words) => { held.letGo(); setSaid(words) })
  const verdict = carry && verdictOf(places, carry.spot, rowOf(carry.spot.row), carry.visit.room?.id)
  const words = carry && verdict ? verdictWords(verdict) : undefined
  const lights = useMemo(() => new Map(places.size === 0 ? [] : rows.map((row) => [row.id, lightsOf(places, axis, row)])), [places, axis, rows])

  useEffect(() => { if (carry?.by === 'keys') showSpot(scroller.current, xOfMoment(axis, carry.spot) ?? 0, rowOf(carry.spot.row), headPx) })

  function drop(done: Carry) {
    const place = putDown(done, verdictOf(places, done.spot, rowOf(done.spot.row), done.visit.room?.id))
    setSaid(typeof place === 'string' ? place : 'Asking what would change. Nothing is moved yet.')
    if (typeof place !== 'string') setAsked({ carry: done, place })
  }
  const movable = (bar: Bar) => mayMove && courseOf(bar.visit) !== null && bar.visit.heldUntil === undefined && bar.visit.startsAt > now
  const pick = (bar: Bar, row: Row) => { setSaid(''); setActive({ visit: bar.visit.visit, row: row.id }); held.pick(bar, row) }
  const focusOn = (visit: string, row: string) => {
    flushSync(() => setActive({ visit, row }))
    const button = scroller.current?.querySelector<HTMLElement>(`[data-visit="${CSS.escape(visit)}"][data-row="${CSS.escape(row)}"]`)
    button?.focus()
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  // The rows are drawn anew only for what they show: the newest acts are reached through one that stays.
  const latest = useRef<BarActs>(undefined as never)
  latest.current = {
    onPress: (event, bar, row) => held.press(event, bar, row),
    onChoose: (bar) => { if (!held.wasCarried() && !carry) setChosen((before) => (before === bar.visit.visit ? undefined : bar.visit.visit)) },
    onFocus: (bar, row) => { if (!carry) setActive({ visit: bar.visit.visit, row: row.id }) },
    onKey(event, bar, row) {
      if (carry) { if (held.key(event)) { event.preventDefault(); event.stopPropagation() } return }
      if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); if (movable(bar)) pick(bar, row); else setSaid(whyNot(bar, mayMove, now)) }
      const next = neighbour(rows, row, bar, event)
      if (next) { event.preventDefault(); focusOn(next.visit, next.row) }
    },
  }
  const { acts, isMovable } = useStill(latest, movable)
  const tab = tabStop(rows, active)
  const barOf = (id: string) => rows.flatMap((row) => row.bars.flatMap((bar) => (bar.visit.visit === id ? [{ bar, row }] : [])))[0]
  const shown = calendar.visits.find(({ visit }) => visit === chosen)
  return (
    <>
      <section ref={scroller} className="t-scroll" aria-label={label} data-carrying={carry ? carry.by : undefined} tabIndex={-1} style={print}>
        <div className="t-canvas" style={{ width: headPx + axis.width, height: TOP_PX + height }}>
          <DaysAbove axis={axis} window={window} closings={calendar.closings} headPx={headPx} />
          <div className="t-body" style={{ top: TOP_PX, height }}>
            <DaysBelow axis={axis} window={window} closings={calendar.closings} headPx={headPx} />
            {rows.filter((row) => row.id === tab?.row || along(row.y, row.height, window)).map((row) => (
              <TimelineRow key={row.id} row={row} window={window} headPx={headPx} lights={lights.get(row.id) ?? NO_LIGHTS} active={row.id === tab?.row ? tab.visit : undefined} chosen={chosen} inHand={carry?.visit.visit} initials={initials} movable={isMovable} acts={acts} />
            ))}
            <NowLine axis={axis} now={now} headPx={headPx} zone={zone} />
            {carry && verdict && words && <InHand carry={carry} x={xOfMoment(axis, carry.spot) ?? 0} row={rowOf(carry.spot.row)} verdict={verdict} words={words} axis={axis} headPx={headPx} {...sideOf(scroller.current, xOfMoment(axis, carry.spot) ?? 0, rowOf(carry.spot.row), headPx)} />}
          </div>
        </div>
      </section>
      <p className="t-told" role="status" aria-live="assertive">{carry && words ? <span className="heard">{spotWords(carry.spot, rowOf(carry.spot.row))}: {words}</span> : said}</p>
      <WaitingMoves waiting={calendar.waiting} zone={zone} mayMove={mayMove} onDone={(words) => { setSaid(words); onMoved() }} />
      <Tools mayMove={mayMove} initials={initials} onInitials={setInitials} onZoom={(by) => startTransition(() => setZoom((one) => Math.min(6, Math.max(0.4, one * by))))} />
      {shown && <Chosen visit={shown} onLetGo={() => setChosen(undefined)} onMove={barOf(shown.visit) && movable(barOf(shown.visit)!.bar) ? () => { const { bar, row } = barOf(shown.visit)!; focusOn(shown.visit, row.id); pick(bar, row) } : undefined} />}
      {asked && <AskedMove {...asked} zone={zone} onDone={(words, moved) => { setAsked(undefined); setSaid(words); if (moved) onMoved() }} />}
    </>
  )
}

interface AskedProps {
  readonly carry: Carry
  readonly place: Place
  readonly zone: string
  readonly onDone: (words: string, moved: boolean) => void
}

/** What would change with it, for a person to accept or not. */
const AskedMove = ({ carry: { visit }, place, zone, onDone }: AskedProps) => (
  <MoveAny
    chart={courseOf(visit)!} visit={visit} zone={zone} to={{ localStart: place.localStart, ...(place.room ? { room: place.room.id } : {}) }}
    onClose={() => onDone('Left where it was. Nothing was moved.', false)}
    onMoved={(count, how) => onDone(how === 'asked' ? `The patient is asked. ${visitTitle(visit)} stays where it is until they say yes.` : `${visitTitle(visit)} was moved${count > 1 ? `, and ${count - 1} others with it` : ''}.`, true)}
  />
)

/** Where it was put down, or in words why it is put back. */
function putDown({ spot, from }: Carry, verdict: Verdict): Place | string {
  if (localStart(spot) === localStart(from) && spot.row === from.row) return 'Put back where it was. Nothing was moved.'
  if (verdict.kind === 'fits') return verdict.place
  return `${verdict.kind === 'asking' ? 'The server had not answered yet.' : verdictWords(verdict)} Put back where it was; nothing was moved.`
}

/** Acts and rights that stay the same from one drawing to the next, and do what the newest would. */
function useStill(latest: RefObject<BarActs>, movable: (bar: Bar) => boolean) {
  const rights = useRef(movable)
  rights.current = movable
  const [still] = useState(() => ({
    acts: { onPress: (...all) => latest.current.onPress(...all), onKey: (...all) => latest.current.onKey(...all), onChoose: (...all) => latest.current.onChoose(...all), onFocus: (...all) => latest.current.onFocus(...all) } satisfies BarActs as BarActs,
    isMovable: (bar: Bar) => rights.current(bar),
  }))
  return still
}

interface Stop { readonly visit: string; readonly row: string }
/** The one visit that the tab key comes to: the one last touched while it stands there, else the first. */
function tabStop(rows: readonly Row[], active: Stop | undefined): Stop | undefined {
  if (active && rows.some(({ id, bars }) => id === active.row && bars.some(({ visit }) => visit.visit === active.visit))) return active
  const first = rows.find(({ bars }) => bars.length > 0)
  return first && { visit: first.bars[0]!.visit.visit, row: first.id }
}

interface ToolsProps {
  readonly mayMove: boolean
  readonly initials: boolean
  readonly onInitials: (on: boolean) => void
  readonly onZoom: (by: number) => void
}

const KEY = [['held', 'held'], ['kept', 'kept free'], ['call', 'on call'], ['off', 'not worked, or closed']] as const

const Tools = ({ mayMove, initials, onInitials, onZoom }: ToolsProps) => (
  <>
    <p className="soft small t-key">{KEY.map(([of, says]) => <span key={of} className="t-key__one"><span data-of={of} /> {says}</span>)}{mayMove && <span className="t-key__how">Drag a visit, hold it with a finger, or press M on it, to see where it could go. By key: arrows for a quarter of an hour and a row, with Shift for a day.</span>}</p>
    <div className="t-tools">
      <div className="k-buttons"><Button onClick={() => onZoom(1 / ZOOM)} aria-label="Narrower hours">−</Button><Button onClick={() => onZoom(ZOOM)} aria-label="Wider hours">+</Button></div>
      <Checkbox label="Initials instead of names" checked={initials} onChange={onInitials} />
      <Button onClick={() => globalThis.print()}>Print</Button>
    </div>
  </>
)

/** Keeps what is held by key in sight, with the words beside it. */
function showSpot(place: HTMLElement | null, x: number, row: Row, headPx: number) {
  if (!place) return
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = place
  if (x < scrollLeft + NEAR_PX || x > scrollLeft + clientWidth - headPx - 2 * NEAR_PX) place.scrollLeft = Math.max(0, x - clientWidth / 3)
  if (row.y < scrollTop || row.y + row.height > scrollTop + clientHeight - TOP_PX) place.scrollTop = Math.max(0, row.y - clientHeight / 3)
}
const NEAR_PX = 40

/** The words stand where there is room for them: above a row that stands low, to the left of a place that stands far right. */
function sideOf(place: HTMLElement | null, x: number, row: Row, headPx: number): { readonly above: boolean; readonly end: boolean } {
  if (!place) return { above: false, end: false }
  return { above: row.y + row.height + SAID_PX > place.scrollTop + place.clientHeight - TOP_PX, end: x + SAID_WIDTH_PX > place.scrollLeft + place.clientWidth - headPx }
}
const SAID_WIDTH_PX = 330
const SAID_PX = 90

/** Where an arrow leads from one visit: along its row, or to the nearest one above or below. */
function neighbour(rows: readonly Row[], row: Row, bar: Bar, { key }: KeyboardEvent): { readonly visit: string; readonly row: string } | undefined {
  const beside = { ArrowLeft: -1, ArrowRight: 1 }[key]
  if (beside !== undefined) {
    const inOrder = row.bars.toSorted((a, b) => a.x - b.x)
    const next = inOrder[inOrder.findIndex(({ visit }) => visit.visit === bar.visit.visit) + beside]
    return next && { visit: next.visit.visit, row: row.id }
  }
  const rest = { ArrowUp: rows.slice(0, rows.indexOf(row)).toReversed(), ArrowDown: rows.slice(rows.indexOf(row) + 1) }[key]
  const to = rest?.find(({ bars }) => bars.length > 0)
  const near = to?.bars.toSorted((a, b) => Math.abs(a.x - bar.x) - Math.abs(b.x - bar.x))[0]
  return to && near && { visit: near.visit.visit, row: to.id }
}

function whyNot({ visit }: Bar, mayMove: boolean, now: string): string {
  if (visit.group) return `${visit.group.name} has this visit together. It moves for everybody, on the group’s own page.`
  if (!mayMove || courseOf(visit) === null) return 'This visit is not yours to move.'
  if (visit.heldUntil !== undefined) return 'It is only held: it is planned anew from its chart.'
  return visit.startsAt <= now ? 'It has begun; what has begun is not moved.' : ''
}
