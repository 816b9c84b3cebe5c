import { useRef, useState } from 'react'
import { mostUrgentFirst, type Running } from '../../../core/session/running.ts'
import { minutesBetween } from '../../../core/shared/time.ts'
import { LevelShape } from '../../kit/index.ts'
import { shapeOf } from './AlertStrip.tsx'
import { minutesAndSeconds, wallTime, type Room } from './room.ts'
import type { RunningElsewhere } from './use-running.ts'

export type Go = (chart: string, session: string) => void

/** Longer than this without news and a chip says how old it is. */
const OLD_MIN = 1

/**
 * The other sessions that run, the most urgent first, each one touch away. A chip leads there and writes nothing: what
 * is written belongs to the room it is written in. While a finger is on them they keep their places.
 */
export function Chips({ elsewhere, room, onGo }: { readonly elsewhere: RunningElsewhere | undefined; readonly room: Pick<Room, 'now' | 'zone'>; readonly onGo: Go | undefined }) {
  const [touched, setTouched] = useState(false)
  const shown = useRef<readonly string[]>([])
  if (!elsewhere || elsewhere.running.length === 0) return null
  const urgent = mostUrgentFirst(elsewhere.running, room.now)
  const place = (one: Running) => { const at = shown.current.indexOf(one.session); return at < 0 ? shown.current.length : at }
  const order = touched ? urgent.toSorted((a, b) => place(a) - place(b)) : urgent
  shown.current = order.map(({ session }) => session)
  const old = minutesBetween(elsewhere.asOf, room.now) > OLD_MIN
  return (
    <nav className="r-chips" aria-label="Other sessions that run" onPointerEnter={() => setTouched(true)} onPointerDown={() => setTouched(true)} onPointerLeave={() => setTouched(false)} onPointerCancel={() => setTouched(false)}>
      {order.map((one) => (
        <a key={one.session} className="r-chip" data-level={one.alert && !one.alert.answered ? one.alert.level : undefined} href={`/work/charts/${one.chart}/session/${one.session}`}
          onClick={(event) => { if (onGo && !event.metaKey && !event.ctrlKey) { event.preventDefault(); onGo(one.chart, one.session) } }}>
          {one.alert && <LevelShape level={shapeOf[one.alert.level]} />}
          <span className="r-chip__who">{one.name}</span> <span className="r-chip__says">{chipSays(one, room.now)}</span>
          {old && <span className="r-chip__old">as of {wallTime(elsewhere.asOf, room.zone)}</span>}
        </a>
      ))}
    </nav>
  )
}

const levels = { yellow: 'caution', orange: 'call', red: 'emergency' } as const

/** What stands there or is due there, in a few words. */
export function chipSays({ alert, dueAt, firstDoseAt }: Running, now: string): string {
  const ms = dueAt === null ? undefined : Date.parse(dueAt) - Date.parse(now)
  const reading = ms === undefined ? (firstDoseAt === null ? 'before the dose' : 'no reading due') : ms < 0 ? `reading ${minutesAndSeconds(ms)} late` : `reading in ${minutesAndSeconds(ms)}`
  if (!alert) return reading
  return `${levels[alert.level]}: ${alert.says.split(' (')[0]}${alert.answered ? ', somebody is on it' : ''}${ms !== undefined && ms < 0 ? ` · ${reading}` : ''}`
}
