import { memo, type KeyboardEvent, type PointerEvent } from 'react'
import { namesOf } from '../calendar-layout.ts'
import { clockTime } from '../../times.ts'
import { initialsOf } from '../initials.ts'
import { heldWords, visitPeople, visitPlace, visitTitle, visitWhen } from '../visits.ts'
import { across, type Window } from './axis.ts'
import type { Light } from './carry.ts'
import { LANE_PX, type Bar, type Row } from './rows.ts'

export interface BarActs {
  readonly onPress: (event: PointerEvent, bar: Bar, row: Row) => void
  readonly onKey: (event: KeyboardEvent, bar: Bar, row: Row) => void
  readonly onChoose: (bar: Bar, row: Row) => void
  readonly onFocus: (bar: Bar, row: Row) => void
}

interface RowProps {
  readonly row: Row
  readonly window: Window
  readonly headPx: number
  readonly lights: readonly Light[]
  /** The visit that the tab key comes to, and the one in hand or chosen: drawn also where nobody looks. */
  readonly active: string | undefined
  readonly chosen: string | undefined
  readonly inHand: string | undefined
  readonly initials: boolean
  readonly movable: (bar: Bar) => boolean
  readonly acts: BarActs
}

/** One person or room: what stands there, and what keeps anything from standing there. Only what is in view is drawn. */
export const TimelineRow = memo(function TimelineRow({ row, window, headPx, lights, active, chosen, inHand, initials, movable, acts }: RowProps) {
  const seen = <One extends { readonly x: number; readonly width: number }>(all: readonly One[]) => all.filter(({ x, width }) => across(x, x + width, window))
  const bars = row.bars.filter((bar) => bar.visit.visit === active || bar.visit.visit === inHand || across(bar.x - bar.before, bar.x + bar.width + bar.after, window))
  const at = (x: number, width: number) => ({ left: headPx + x, width })
  return (
    <div className="t-row" role="group" aria-label={row.kind === 'room' ? `Room ${row.title}` : row.title} data-kind={row.kind} style={{ top: row.y, height: row.height }}>
      {seen(row.shades).map(({ x, width }) => <span key={x} className="t-off" style={at(x, width)} />)}
      {seen(lights).map(({ x, width, alone }) => <span key={`${x} ${alone}`} className="t-light" data-alone={alone || undefined} style={at(x, width)} />)}
      {seen(row.calls).map(({ x, width, rooms }) => <span key={x} className="t-call" style={at(x, width)}><span className="t-call__says">on call{rooms > 1 ? `, ${rooms} rooms` : ''}</span></span>)}
      {bars.map((bar) => <VisitBar key={bar.visit.visit} bar={bar} row={row} headPx={headPx} tab={bar.visit.visit === active} chosen={bar.visit.visit === chosen} inHand={bar.visit.visit === inHand} initials={initials} movable={movable(bar)} acts={acts} />)}
      <div className="t-row__head" style={{ width: headPx }}>{row.kind === 'room' && <small className="soft">Room</small>}<span>{initials && row.kind === 'person' ? initialsOf(row.title) : row.title}</span></div>
    </div>
  )
})

/** Below this a name would be cut after its first letter. */
const NARROW_PX = 64
const LEAST_PX = 22
const WIDE_PX = 90

interface VisitBarProps extends Pick<RowProps, 'row' | 'headPx' | 'initials' | 'acts'> {
  readonly bar: Bar
  readonly tab: boolean
  readonly chosen: boolean
  readonly inHand: boolean
  readonly movable: boolean
}

/** Drawn anew only where something about it changed: scrolling draws what comes into view, and nothing twice. */
const VisitBar = memo(function VisitBar({ bar, row, headPx, tab, chosen, inHand, initials, movable, acts }: VisitBarProps) {
  const { visit, x, width, before, after, lane } = bar
  const top = lane * LANE_PX + 3
  return (
    <>
      {before > 0.5 && <span className="t-kept" style={{ left: headPx + x - before, width: before, top }} />}
      {after > 0.5 && <span className="t-kept" style={{ left: headPx + x + width, width: after, top }} />}
      <button
        type="button" className="t-bar" data-visit={visit.visit} data-row={row.id} data-type={visit.type} data-held={visit.heldUntil !== undefined || undefined} data-hand={inHand || undefined} data-movable={movable || undefined} data-narrow={width < NARROW_PX || undefined}
        aria-pressed={chosen} tabIndex={tab ? 0 : -1} style={{ left: headPx + x, width, top }}
        onPointerDown={(event) => { if (movable) acts.onPress(event, bar, row) }} onClick={() => acts.onChoose(bar, row)} onFocus={() => acts.onFocus(bar, row)} onKeyDown={(event) => acts.onKey(event, bar, row)}
      >
        <BarWords visit={visit} room={width < LEAST_PX ? 'none' : width < NARROW_PX ? 'initials' : width > WIDE_PX ? 'two lines' : 'name'} initials={initials} movable={movable} />
      </button>
    </>
  )
})

interface BarWordsProps {
  readonly visit: Bar['visit']
  readonly room: 'none' | 'initials' | 'name' | 'two lines'
  readonly initials: boolean
  readonly movable: boolean
}

/** What a bar says changes with the room there is for it, not with every width. */
const BarWords = memo(function BarWords({ visit, room, initials, movable }: BarWordsProps) {
  const name = namesOf(visit, initials)
  const said = [name, visitTitle(visit), visitWhen(visit), visitPlace(visit), visitPeople(visit), heldWords(visit)].filter(Boolean).join(', ')
  return (
    <>
      {room !== 'none' && <strong aria-hidden="true">{room === 'initials' && visit.patients.length > 0 ? visit.patients.map((one) => initialsOf(one.name).replaceAll(/[. ]/g, '')).join(' ') : name}</strong>}
      {room === 'two lines' && <span aria-hidden="true">{visit.heldUntil === undefined ? clockTime(visit.startsAt, visit.zone) : 'held'} · {visitTitle(visit)}</span>}
      <span className="heard">{said}{movable && '. Press M to move it'}</span>
    </>
  )
})
