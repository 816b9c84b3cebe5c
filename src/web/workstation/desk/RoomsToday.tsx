import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { Running } from '../../../core/session/running.ts'
import { minutesBetween } from '../../../core/shared/time.ts'
import { Badge, Button, Card, Checkbox, DataPairs, EmptyState, hoursAndMinutes, Notice } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { isOne, useMe } from '../me.ts'
import { ago, clockTime } from '../times.ts'
import { boardOf, type RoomCard } from './board.ts'
import { namesOf, type CalendarNow, type CalendarVisit } from './calendar-layout.ts'
import { initialsOf } from './initials.ts'
import { visitPeople, visitTitle } from './visits.ts'

const AGAIN_MS = 10_000
const LEVELS = { yellow: 'caution', orange: 'call', red: 'emergency' } as const

/** Today's rooms: who is in them, what runs there, what comes next. What the server does not know it says, with the time it last knew. */
export function RoomsToday({ calendar, today }: { readonly calendar: CalendarNow; readonly today: string }) {
  const now = useNow(AGAIN_MS)
  const clinician = isOne(useMe(), 'therapist', 'prescriber', 'monitor', 'medical-director')
  const [initials, setInitials] = useState(false)
  const query = useQuery({ queryKey: ['running'], queryFn: () => call('runningSessions'), refetchInterval: AGAIN_MS })
  const { cards, elsewhere } = boardOf(calendar, query.data?.running ?? [], now)
  const asOf = query.data?.now
  const shown = { zone: calendar.zone, now, initials, clinician, asOf }
  const closed = calendar.closings.find(({ from, to }) => from <= today && today <= to)
  return (
    <section aria-label="Rooms today" className="d-section">
      <div className="t-tools"><Checkbox label="Initials instead of names" checked={initials} onChange={setInitials} /><Button onClick={() => globalThis.print()}>Print</Button></div>
      {query.isError && <Notice urgent level="caution" what={asOf ? `The running sessions were last heard of at ${clockTime(asOf, calendar.zone)}. What has happened since is not known here.` : 'The running sessions cannot be read. Whether one runs is not known here.'}><Button onClick={() => void query.refetch()}>Try again</Button></Notice>}
      {closed && <p>The practice is closed today: {closed.name}.</p>}
      {cards.length === 0 && <EmptyState what="No room has been entered." begin="Rooms are entered under Practice; each then has a card here." />}
      <ul className="d-rooms">{cards.map((card) => <li key={card.id}><OneRoom card={card} {...shown} /></li>)}</ul>
      {elsewhere.length > 0 && <section aria-label="Running in no room of today’s calendar" className="d-section"><h2>Running, in no room of today’s calendar</h2><ul className="d-rooms">{elsewhere.map((one) => <li key={one.session}><Card><h3>{nameOf(one.name, initials)}</h3><Runs one={one} {...shown} /></Card></li>)}</ul></section>}
      <p className="soft small">As of {asOf ? clockTime(asOf, calendar.zone) : 'not yet'}; asked again every few seconds. {clinician ? 'Sessions are shown of those on whose teams you are.' : 'What happens inside a session is shown to those who treat in it.'}</p>
    </section>
  )
}

interface Shown {
  readonly zone: string
  readonly now: string
  readonly initials: boolean
  readonly clinician: boolean
  readonly asOf: string | undefined
}
const nameOf = (name: string, initials: boolean) => (initials ? initialsOf(name) : name)

function OneRoom({ card: { name, running, booked, keptUntil, next }, ...shown }: { readonly card: RoomCard } & Shown) {
  const { zone, now, initials, clinician } = shown
  return (
    <Card>
      <h2>{name}</h2>
      {running ? <>
        <p className="d-room__who">{namesOf(running.visit, initials)}, {visitTitle(running.visit)}</p>
        {running.sessions.map((one) => <div key={one.session} className="d-section">{(running.sessions.length > 1 || running.visit.patients.length > 1) && <h3>{nameOf(one.name, initials)}</h3>}<Runs one={one} {...shown} /></div>)}
        {running.sessions.length < running.visit.patients.length && <p className="soft">{notYet(running.visit.patients.length - running.sessions.length)}</p>}
      </> : booked ? <>
        <p className="d-room__who">{namesOf(booked, initials)}, {visitTitle(booked)}</p>
        <p>Booked until {clockTime(booked.endsAt, zone)}, with {visitPeople(booked) || 'nobody entered'}.</p>
        <p className="soft">{notKnown(booked, clinician)}</p>
      </> : keptUntil ? <p className="d-room__who">Kept after the last visit until {clockTime(keptUntil, zone)}</p> : <p className="d-room__who">Nothing is booked now</p>}
      <p className="d-room__next">{next ? <>Next: {namesOf(next, initials)}, {visitTitle(next)}, at {clockTime(next.startsAt, zone)} <span className="soft">(in {untilWords(Date.parse(next.startsAt) - Date.parse(now))})</span></> : 'Nothing more is booked here today.'}</p>
    </Card>
  )
}

/** "2 h 29 min" */
function untilWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  return [minutes >= 60 ? `${Math.floor(minutes / 60)} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : ''].filter(Boolean).join(' ')
}

const notYet = (others: number) => (others === 1 ? 'Of one more, the server has no running session that you may see.' : `Of ${others} more, the server has no running session that you may see.`)

const notKnown = (visit: CalendarVisit, clinician: boolean) =>
  visit.type !== 'medicine' && visit.type !== 'maintenance' ? 'Whether they have come is not known here.' : clinician ? 'The server has no running session of it that you may see.' : 'Whether its session has begun is shown to those who treat in it.'

/** What the record of one session says, and how old that is. */
function Runs({ one, zone, now, initials }: { readonly one: Running } & Shown) {
  const overdue = one.dueAt !== null && one.dueAt <= now
  const due: ReactNode = one.dueAt === null ? 'none is planned now' : overdue ? <Badge level="caution">{`due since ${clockTime(one.dueAt, zone)}`}</Badge> : clockTime(one.dueAt, zone)
  return (
    <>
      {one.alert && <p><Badge level={LEVELS[one.alert.level]}>{one.alert.says}</Badge> <span className="soft">{clockTime(one.alert.at, zone)}, {one.alert.answered ? 'somebody is on it' : 'nobody has answered'}</span></p>}
      <DataPairs none="not known" pairs={[
        ['Since the dose', one.firstDoseAt ? `${hoursAndMinutes(minutesBetween(one.firstDoseAt, now))}${one.phase ? `, ${one.phase} (expected, not measured)` : ''}` : 'no dose is recorded'],
        ['Next reading', due],
        ['With them', one.with.length > 0 ? one.with.map((name) => nameOf(name, initials)).join(', ') : 'nobody is checked in'],
        ['Last heard', `${clockTime(one.heardAt, zone)}, ${ago(one.heardAt, now)}`],
      ]} />
      {overdue && <p>Nothing newer than {clockTime(one.heardAt, zone)} has reached the server. How they are since is not known here.</p>}
      <Link to="/work/charts/$chart/session/$session" params={{ chart: one.chart, session: one.session }} className="k-no-print">Open the session</Link>
    </>
  )
}
