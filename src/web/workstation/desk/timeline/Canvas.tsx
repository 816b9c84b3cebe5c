import { sayClock } from '../../../../core/shared/local-day.ts'
import type { CalendarNow } from '../calendar-layout.ts'
import { clockTime, shortDay } from '../../times.ts'
import { visitTitle } from '../visits.ts'
import { across, ticksOf, xOf, type Axis, type AxisDay, type Window } from './axis.ts'
import type { Verdict } from './carry.ts'
import { LANE_PX, type Row } from './rows.ts'
import type { Carry } from './use-carry.ts'

interface DaysProps {
  readonly axis: Axis
  readonly window: Window
  readonly closings: CalendarNow['closings']
  readonly headPx: number
}
const HOUR_NAME_PX = 34
const closedOn = (closings: CalendarNow['closings'], day: string) => closings.filter(({ from, to }) => from <= day && day <= to).map(({ name }) => name).join(', ')
const inView = ({ axis, window }: DaysProps): AxisDay[] => axis.days.filter(({ x, width }) => across(x, x + width, window))

/** The days and their hours, above what scrolls. */
export function DaysAbove(props: DaysProps) {
  const { axis, closings, headPx } = props
  return (
    <div className="t-top">
      {inView(props).map((day) => {
        const closed = closedOn(closings, day.day)
        return (
          <div key={day.day} className="t-top__day" style={{ left: headPx + day.x, width: day.width }}>
            <span className="t-top__name" style={{ left: headPx }}>{shortDay(`${day.day}T12:00:00Z`, 'UTC')}{closed && <small className="soft"> closed: {closed}</small>}</span>
            {ticksOf(axis, day).filter(({ x }) => x + HOUR_NAME_PX <= day.width).map(({ hour, x }) => <span key={hour} className="t-top__hour" style={{ left: x }}>{hour % 12 === 0 ? 12 : hour % 12}{hour < 12 ? 'am' : 'pm'}</span>)}
          </div>
        )
      })}
      <span className="t-top__corner" style={{ width: headPx }} />
    </div>
  )
}

export function DaysBelow(props: DaysProps) {
  const { axis, closings, headPx } = props
  return inView(props).map((day) => <span key={day.day} className="t-day" data-closed={closedOn(closings, day.day) !== '' || undefined} style={{ left: headPx + day.x, width: day.width, backgroundSize: `${ticksOf(axis, day)[1]?.x ?? day.width}px 100%` }} />)
}

/** Where the day stands now; drawn only in the hours that are drawn of today. */
export function NowLine({ axis, now, headPx, zone }: { readonly axis: Axis; readonly now: string; readonly headPx: number; readonly zone: string }) {
  const ms = Date.parse(now)
  if (!axis.days.some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs)) return null
  return <span className="t-now" style={{ left: headPx + xOf(axis, ms) }}><span className="heard">Now, {clockTime(now, zone)}</span></span>
}

interface InHandProps {
  readonly carry: Carry
  readonly x: number
  readonly row: Row
  readonly verdict: Verdict
  readonly words: string
  readonly axis: Axis
  readonly headPx: number
  /** On which side of it the words stand. */
  readonly above: boolean
  readonly end: boolean
}

/** The visit where it is held over the rows, and in words whether it fits there. */
export function InHand({ carry, x, row, verdict, words, axis, headPx, above, end }: InHandProps) {
  const { visit, spot } = carry
  const width = ((Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / 3_600_000) * axis.pxPerHour
  const fits = verdict.kind === 'fits' ? (verdict.place.alone ? 'alone' : 'others') : verdict.kind
  return (
    <div className="t-hand" data-fits={fits} style={{ left: headPx + x, top: row.y + 3, width, height: LANE_PX - 4 }}>
      <span className="t-hand__bar" />
      <span className="t-hand__said" data-end={end || undefined} data-above={above || undefined} aria-hidden="true"><strong>{sayClock(spot.minute)} · {visitTitle(visit)}</strong> {words}</span>
    </div>
  )
}
