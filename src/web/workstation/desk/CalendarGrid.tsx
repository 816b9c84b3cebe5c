import { useState, type CSSProperties } from 'react'
import { wallOf, weekdayOf, dayNumber, showWeekday } from '../../../core/scheduling/zone.ts'
import { useNow } from '../../sync/clock.ts'
import { clockTime, shortDay } from '../times.ts'
import { threadOf, hoursShown, namesOf, SLOT_MIN, type AwayBlock, type Block, type Column } from './calendar-layout.ts'
import { heldWords, visitPeople, visitPlace, visitTitle, visitWhen } from './visits.ts'

interface GridProps {
  readonly columns: readonly Column[]
  readonly blocks: readonly Block[]
  /** When people are busy elsewhere. */
  readonly away: readonly AwayBlock[]
  readonly zone: string
  readonly label: string
  /** Set for one day: whether it is today. In a week the columns know. */
  readonly isToday: boolean | undefined
  /** The course or the group that was pressed and stays lit. */
  readonly held: string | null
  readonly onHold: (thread: string) => void
}

/** Time down, people and rooms or days across. A course lights up as one thread when one of its visits is touched. */
export function CalendarGrid({ columns, blocks, away, zone, label, isToday, held, onHold }: GridProps) {
  const [near, setNear] = useState<string | null>(null)
  const { fromHour, toHour } = hoursShown(blocks)
  const rowOf = (minute: number) => (minute - fromHour * 60) / SLOT_MIN
  const rows = rowOf(toHour * 60)
  const lit = near ?? held
  const style = { '--columns': columns.length, '--rows': rows, '--least': columns[0]?.kind === 'day' ? '7.5rem' : '7rem' } as CSSProperties
  return (
    // The grid scrolls both ways in its own place, so it can be reached by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="d-calendar" aria-label={label} tabIndex={0}>
      <div className="d-grid" style={style} data-lit={lit !== null || undefined}>
        <span className="d-grid__corner" />
        {columns.map((column, place) => <Head key={column.id} column={column} place={place} />)}
        {columns.map((column, place) => <span key={column.id} className="d-grid__column" data-today={column.today || undefined} data-closed={column.closed ? true : undefined} data-kind={column.kind} style={{ gridColumn: place + 2 }} />)}
        {Array.from({ length: toHour - fromHour }, (_, hour) => <Hour key={hour} hour={fromHour + hour} row={rowOf((fromHour + hour) * 60)} />)}
        {away.map((one) => <Away key={one.key} block={one} rowOf={rowOf} rows={rows} />)}
        <NowLine zone={zone} columns={columns} isToday={isToday} rowOf={rowOf} rows={rows} />
        <CourseThread blocks={blocks.filter(({ visit }) => lit !== null && threadOf(visit) === lit)} columns={columns.length} rows={rows} rowOf={rowOf} />
        {blocks.map((block) => <VisitBlock key={block.key} block={block} column={columns[block.column]} rowOf={rowOf} lit={lit} held={held} onNear={setNear} onHold={onHold} />)}
      </div>
    </section>
  )
}

function Head({ column, place }: { readonly column: Column; readonly place: number }) {
  const words = column.kind === 'day' ? `${showWeekday(weekdayOf(dayNumber(column.id)))} ${Number(column.id.slice(8))}` : column.title
  return (
    <span className="d-grid__head" style={{ gridColumn: place + 2 }} data-today={column.today || undefined}>
      {column.kind === 'room' && <small className="soft">Room </small>}{words}{column.today && <small> today</small>}{column.closed && <small className="soft"> closed: {column.closed}</small>}
    </span>
  )
}

const Hour = ({ hour, row }: { readonly hour: number; readonly row: number }) => (
  <>
    <span className="d-grid__hour" style={{ gridRow: row + 2 }}>{hour % 12 === 0 ? 12 : hour % 12} {hour < 12 ? 'am' : 'pm'}</span>
    <span className="d-grid__line" style={{ gridRow: row + 2 }} />
  </>
)

/** Somebody is busy elsewhere: that is all there is to know, and it stands behind whatever is booked. */
function Away({ block: { column, startMin, endMin, name }, rowOf, rows }: { readonly block: AwayBlock; readonly rowOf: (minute: number) => number; readonly rows: number }) {
  const [from, to] = [Math.max(0, rowOf(startMin)), Math.min(rows, rowOf(endMin))]
  if (to <= from) return null
  return <span className="d-grid__away" style={{ gridColumn: column + 2, '--from': from, '--to': to } as CSSProperties}><span className="heard">{name} is </span>busy elsewhere</span>
}

/** Where the day stands now. It is drawn only over today. */
function NowLine({ zone, columns, isToday, rowOf, rows }: { readonly zone: string; readonly columns: readonly Column[]; readonly isToday: boolean | undefined; readonly rowOf: (minute: number) => number; readonly rows: number }) {
  const now = useNow(60_000)
  const row = rowOf(wallOf(zone).minute(Math.floor(Date.parse(now) / 60_000) * 60_000))
  const column = columns.findIndex(({ today }) => today)
  if ((isToday === undefined ? column < 0 : !isToday) || row < 0 || row > rows) return null
  return <span className="d-grid__now" style={{ gridColumn: isToday ? '2 / -1' : column + 2, '--at': row } as CSSProperties}><span className="heard">Now, {clockTime(now, zone)}</span></span>
}

/** The lit course's visits joined by one line, in the order in which they happen. */
function CourseThread({ blocks, columns, rows, rowOf }: { readonly blocks: readonly Block[]; readonly columns: number; readonly rows: number; readonly rowOf: (minute: number) => number }) {
  if (blocks.length < 2) return null
  const points = blocks.toSorted((a, b) => (a.visit.startsAt < b.visit.startsAt ? -1 : a.visit.startsAt > b.visit.startsAt ? 1 : a.column - b.column))
    .map(({ column, lane, lanes, startMin, endMin }) => [column + (lane + 0.5) / lanes, rowOf((startMin + endMin) / 2)] as const)
  return (
    <svg className="d-grid__thread" viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <polyline points={points.map((point) => point.join(',')).join(' ')} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

interface BlockProps {
  readonly block: Block
  readonly column: Column | undefined
  readonly rowOf: (minute: number) => number
  readonly lit: string | null
  readonly held: string | null
  readonly onNear: (thread: string | null) => void
  readonly onHold: (thread: string) => void
}

function VisitBlock({ block: { visit, startMin, endMin, column: place, lane, lanes, onCall }, column, rowOf, lit, held, onNear, onHold }: BlockProps) {
  const thread = threadOf(visit)
  const [name, title] = [namesOf(visit), visitTitle(visit)]
  const where = column && column.kind !== 'day' ? `, in the column of ${column.title}` : ''
  // What is seen is heard first, and the rest of it follows.
  const more = [onCall ? title : '', visitWhen(visit), visitPeople(visit), heldWords(visit)].filter(Boolean).join(', ')
  const [from, to] = [rowOf(startMin), rowOf(endMin)]
  return (
    <button
      type="button" className="d-visit" aria-pressed={thread !== null && held === thread} disabled={thread === null}
      data-type={visit.type} data-oncall={onCall || undefined} data-held={visit.heldUntil !== undefined || undefined} data-lit={(thread !== null && lit === thread) || undefined} data-short={endMin - startMin <= 45 || undefined}
      style={{ gridColumn: place + 2, '--from': from, '--to': to, '--lane': lane, '--lanes': lanes } as CSSProperties}
      onClick={() => thread && onHold(thread)} onFocus={() => onNear(thread)} onBlur={() => onNear(null)} onMouseEnter={() => onNear(thread)} onMouseLeave={() => onNear(null)}
    >
      <strong>{name}</strong>{' '}
      <span>{visit.heldUntil !== undefined && <em className="d-visit__held">held · </em>}{onCall ? 'on call' : title}</span>{' '}
      <span className="d-visit__when">{visit.heldUntil === undefined ? `${clockTime(visit.startsAt, visit.zone)} · ${visitPlace(visit)}` : `until ${clockTime(visit.heldUntil, visit.zone)}, ${shortDay(visit.heldUntil, visit.zone)}`}</span>{' '}
      <span className="heard">{more}{where}</span>
    </button>
  )
}
