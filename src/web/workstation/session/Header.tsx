import { useMemo } from 'react'
import { ageOn } from '../../../core/shared/time.ts'
import { Clock } from '../../kit/index.ts'
import { Face, useFace } from '../files/Face.tsx'
import { broughtHere, broughtLine, neverForget } from './glance.ts'
import { minutesAndSeconds, shortName, type Room } from './room.ts'
import { useInRoom } from './room-context.tsx'

/** Who lies here and what must never be forgotten about them; the two clocks everybody looks for. */
export function Header({ room }: { readonly room: Room }) {
  const { used, chart, session } = room
  const name = used.head?.name ?? nameOnChart(room)
  const face = useFace(room.chartId, chart, used.connection === 'live')
  const birthDate = used.head?.birthDate ?? chart.latest('demographics.v1')?.body.birthDate
  return (
    <header className="r-top">
      <div className="r-who">
        <Face face={face} name={name} size="small" />
        <h1>{shortName(name)}</h1>
        <span className="soft">{birthDate ? <>born {bornOn(birthDate)}<span className="r-age">, {ageOn(birthDate, session.today)} years</span></> : 'date of birth not recorded'} · {face.says}</span>
        <span className="r-clocks">
          <Clock minutes={session.minutesSinceFirstDose === undefined ? null : Math.floor(session.minutesSinceFirstDose)} label="since dose" />
          <NextReading room={room} />
        </span>
      </div>
      <dl className="r-never-forget" aria-label="Never forget">
        {neverForget(room).map(([term, says]) => <div key={term}><dt>{term}</dt><dd>{says}</dd></div>)}
      </dl>
      <Brought room={room} />
    </header>
  )
}

/** Why the person came and how the last time was, in one line that never grows; all of it is one touch away, network or not. */
function Brought({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const line = useMemo(() => broughtLine(broughtHere(room)), [room.chart, room.session.session, room.session.closed])
  return <button type="button" className="r-brought" onClick={() => show('before')}><span className="r-brought__line">{line}</span><span className="r-brought__all">All of it</span></button>
}

function NextReading({ room: { session, now } }: { readonly room: Room }) {
  const { due, closed } = session
  if (closed || !due) return <span className="k-clock"><span className="k-clock__time">–:––</span><span className="soft">{closed ? 'closed' : 'next reading'}</span></span>
  if (due.why === 'before-dose') return <span className="k-clock"><span className="soft">{due.missing.length > 0 ? 'first reading asked for' : 'no reading due before the dose'}</span></span>
  const ms = Date.parse(due.at) - Date.parse(now)
  return (
    <span className="k-clock" data-overdue={ms < 0 || undefined} role="timer" aria-label={ms < 0 ? 'Reading overdue by' : 'Next reading in'}>
      <span className="k-clock__time">{minutesAndSeconds(ms)}</span><span className="soft">{ms < 0 ? 'overdue' : 'next reading'}</span>
    </span>
  )
}

function nameOnChart({ chart }: Room): string {
  const body = chart.latest('demographics.v1')?.body
  return body ? `${body.preferredName || body.givenName} ${body.familyName}` : 'Name not known here'
}

const bornOn = (day: string) => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
