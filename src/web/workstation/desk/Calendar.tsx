import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState, type ReactNode } from 'react'
import { busyAt } from '../../../core/scheduling/elsewhere.ts'
import { dayNumber } from '../../../core/scheduling/zone.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import type { Day } from '../../../core/shared/time.ts'
import { Button, buttonClass, DateField, Disclosure, Notice, Select, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { clockTime, dayName, plainDay, shortDay } from '../times.ts'
import { CalendarGrid } from './CalendarGrid.tsx'
import { awayBlocks, dayBlocks, daysFromDay, mondayOf, namesOf, threadOf, weekBlocks, weekOf, type CalendarNow } from './calendar-layout.ts'
import { CalendarList } from './CalendarList.tsx'
import { LitCourse } from './LitCourse.tsx'
import { Loaded } from './parts.tsx'
import { FreedLink } from './FreedLink.tsx'
import { RoomsToday } from './RoomsToday.tsx'
import { Timeline } from './timeline/Timeline.tsx'
import { byStart, closingDays, visitTitle, visitWhen, zoneName } from './visits.ts'
import './desk.css'
import './calendar.css'

type View = 'day' | 'week' | 'list' | 'timeline' | 'rooms'
type Span = 'day' | 'week' | 'weeks'
interface Shown {
  readonly view?: View
  readonly span?: Span
  readonly day?: Day
  readonly who?: string
}
/** On a phone the list is read first; the grid is one press away. */
const NARROW_PX = 700

/** Who is where, when: time runs down, people and rooms stand across, in the practice's own zone. */
export function Calendar() {
  const me = useMe()
  return <Frame title="Calendar">{me ? <Dated zone={me.practice.zone} /> : <p className="soft" role="status">Reading the calendar …</p>}</Frame>
}

function Dated({ zone }: { readonly zone: string }) {
  const me = useMe()
  const today = localDay(useNow(60_000), zone)
  const search = useSearch({ strict: false }) as Shown
  const navigate = useNavigate()
  const day = search.day ?? today
  const view = search.view ?? (globalThis.innerWidth < NARROW_PX ? 'list' : 'week')
  const who = search.who ?? null
  const span = search.span ?? 'week'
  const [from, to] = shownDays(view, span, day, today)
  const query = useQuery({ queryKey: ['calendar', from, to], queryFn: () => call('calendar', { query: { from, to } }), placeholderData: keepPreviousData, refetchInterval: 60_000 })
  const show = (more: { readonly [Key in keyof Shown]: Shown[Key] | undefined }) => void navigate({ to: '/work/calendar', search: { view, span: search.span, day, who: who ?? undefined, ...more } as never, replace: true })

  return (
    <Stack>
      <div className="k-heading"><h1>Calendar</h1><span className="k-buttons">{isOne(me, 'coordinator', 'owner') && <><FreedLink /><Link to="/work/waiting-list" className={buttonClass('quiet')}>Plan the waiting list</Link></>}<Link to="/work/my-calendars" className={buttonClass('quiet')}>My calendars</Link></span></div>
      <Controls today={today} day={day} view={view} span={span} show={show}>
        {(view === 'week' || view === 'list') && query.data && <WhoSelect calendar={query.data} who={who} onWho={(one) => show({ who: one ?? undefined })} />}
      </Controls>
      <Loaded query={query} what="the calendar">
        {(calendar) => (
          <>
            <p className="soft" aria-live="polite">{spanWords(from, to, today)}. Times are the practice’s: {zoneName(zone)}.</p>
            <Closed closings={calendar.closings} />
            {view !== 'rooms' && <Clashes calendar={calendar} />}
            {view !== 'rooms' && <BusyElsewhere calendar={calendar} />}
            {view === 'timeline' ? <AlongTime calendar={calendar} from={from} to={to} /> : view === 'rooms' ? <RoomsToday calendar={calendar} today={today} /> : <Views calendar={calendar} view={view} day={day} today={today} who={who} />}
          </>
        )}
      </Loaded>
    </Stack>
  )
}

/** A day, a week or four of them; the rooms are always those of today. */
function shownDays(view: View, span: Span, day: Day, today: Day): readonly [from: Day, to: Day] {
  if (view === 'rooms') return [today, today]
  if (view === 'day' || (view === 'timeline' && span === 'day')) return [day, day]
  return [mondayOf(day), daysFromDay(mondayOf(day), view === 'timeline' && span === 'weeks' ? 27 : 6)]
}

const spanWords = (from: Day, to: Day, today: Day) => (from === to ? `${dayName(`${from}T12:00:00Z`, 'UTC')}, ${from.slice(0, 4)}${from === today ? ', today' : ''}` : `${plainDay(from)} to ${plainDay(to)}`)

interface ControlsProps {
  readonly today: Day
  readonly day: Day
  readonly view: View
  readonly span: Span
  readonly show: (more: Shown) => void
  readonly children: ReactNode
}

function Controls({ today, day, view, span, show, children }: ControlsProps) {
  const unit = view === 'day' || (view === 'timeline' && span === 'day') ? 'day' : view === 'timeline' && span === 'weeks' ? 'four weeks' : 'week'
  const step = { day: 1, week: 7, 'four weeks': 28 }[unit]
  return (
    <div className="d-controls k-no-print">
      <fieldset className="d-segments">
        <legend className="heard">Show the calendar as</legend>
        {(['day', 'week', 'list', 'timeline', 'rooms'] as const).map((one) => <button key={one} type="button" aria-pressed={view === one} onClick={() => show({ view: one })}>{viewNames[one]}</button>)}
      </fieldset>
      {view === 'timeline' && (
        <fieldset className="d-segments">
          <legend className="heard">How much of the timeline</legend>
          {(['day', 'week', 'weeks'] as const).map((one) => <button key={one} type="button" aria-pressed={span === one} onClick={() => show({ span: one })}>{spanNames[one]}</button>)}
        </fieldset>
      )}
      {view !== 'rooms' && <>
        <div className="k-buttons">
          <Button onClick={() => show({ day: daysFromDay(day, -step) })} aria-label={`Previous ${unit}`}>←</Button>
          <Button onClick={() => show({ day: today })}>Today</Button>
          <Button onClick={() => show({ day: daysFromDay(day, step) })} aria-label={`Next ${unit}`}>→</Button>
        </div>
        <DateField label="Go to" value={day} onChange={(next) => next && show({ day: next })} />
      </>}
      {children}
    </div>
  )
}

/** Why nothing is planned into these days. Whatever was booked before stands there until somebody moves it. */
const Closed = ({ closings }: Pick<CalendarNow, 'closings'>) => closings.length === 0 ? null : (
  <ul className="d-chips" aria-label="Days on which the practice is closed">
    {closings.map((closing) => <li key={`${closing.from} ${closing.name}`}>Closed {closingDays(closing)}: {closing.name}</li>)}
  </ul>
)

/** When nothing can be planned for somebody, in words; by their own calendars, of which no more is known here. */
function BusyElsewhere({ calendar: { elsewhere, people, zone } }: { readonly calendar: CalendarNow }) {
  if (elsewhere.length === 0) return null
  const nameOf = (person: string) => people.find((one) => one.person === person)?.name ?? 'Somebody'
  return (
    <Disclosure summary={elsewhere.length === 1 ? 'Busy elsewhere: one time' : `Busy elsewhere: ${elsewhere.length} times`}>
      <ul className="d-reasons">{byStart(elsewhere).map(({ person, startsAt, endsAt }) => <li key={`${person} ${startsAt}`}>{nameOf(person)}, {shortDay(startsAt, zone)}, {clockTime(startsAt, zone)} to {localDay(startsAt, zone) === localDay(endsAt, zone) ? '' : `${shortDay(endsAt, zone)}, `}{clockTime(endsAt, zone)}</li>)}</ul>
    </Disclosure>
  )
}

/** Booked first, busy afterwards: somebody has to settle it, and until then the visit stays where it is. */
function Clashes({ calendar: { visits, elsewhere } }: { readonly calendar: CalendarNow }) {
  const now = useNow(60_000)
  const found = byStart(visits).filter(({ endsAt }) => endsAt > now).map((visit) => ({ visit, names: busyAt(visit, elsewhere) })).filter(({ names }) => names.length > 0)
  if (found.length === 0) return null
  return (
    <Notice level="caution" what={`${found.length === 1 ? 'A visit stands' : `${found.length} visits stand`} where somebody is busy elsewhere by now.`} kept={found.length === 1 ? 'It stays where it is until somebody moves it.' : 'They stay where they are until somebody moves them.'}>
      <ul className="d-reasons">{found.map(({ visit, names }) => <li key={visit.visit}>{namesOf(visit)}, {visitTitle(visit)}, {visitWhen(visit)}: {names.join(' and ')}</li>)}</ul>
    </Notice>
  )
}

const viewNames: Record<View, string> = { day: 'Day', week: 'Week', list: 'List', timeline: 'Timeline', rooms: 'Rooms today' }
const spanNames: Record<Span, string> = { day: 'One day', week: 'A week', weeks: 'Four weeks' }

const WhoSelect = ({ calendar: { people, rooms }, who, onWho }: { readonly calendar: CalendarNow; readonly who: string | null; readonly onWho: (who: string | null) => void }) => (
  <div className="d-narrow">
    <Select label="Whose calendar" required={false} empty="Everybody and every room" value={who} onChange={onWho} choices={[...people.map(({ person, name }) => ({ value: person, label: name })), ...rooms.map(({ id, name }) => ({ value: id, label: `Room ${name}` }))]} />
  </div>
)

/** People and rooms below each other, with the hours that were entered for them. */
function AlongTime({ calendar, from, to }: { readonly calendar: CalendarNow; readonly from: Day; readonly to: Day }) {
  const me = useMe()
  const queries = useQueryClient()
  const practice = useQuery({ queryKey: ['practice'], queryFn: () => call('practice'), staleTime: 60_000 })
  const days = useMemo(() => Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, at) => daysFromDay(from, at)), [from, to])
  return (
    <>
      <Loaded query={practice} what="people’s hours">
        {({ staff }) => <Timeline key={`${from} ${to}`} calendar={calendar} staff={staff} days={days} label={`People and rooms, ${from === to ? plainDay(from) : `${plainDay(from)} to ${plainDay(to)}`}`} mayMove={isOne(me, 'coordinator', 'owner', 'therapist', 'prescriber')} onMoved={() => void queries.invalidateQueries({ queryKey: ['calendar'] })} />}
      </Loaded>
      <Disclosure summary="The same as a table"><CalendarList visits={calendar.visits} zone={calendar.zone} today={from} table /></Disclosure>
    </>
  )
}

function Views({ calendar, view, day, today, who }: { readonly calendar: CalendarNow; readonly view: View; readonly day: Day; readonly today: Day; readonly who: string | null }) {
  const [held, setHeld] = useState<string | null>(null)
  const shown = who === null || view === 'day' ? calendar.visits : calendar.visits.filter(({ room, people }) => room?.id === who || people.some(({ person }) => person === who))
  if (view === 'list') return <CalendarList visits={shown} zone={calendar.zone} today={today} />
  const { columns, blocks } = view === 'day' ? dayBlocks(calendar, day) : weekBlocks(calendar, weekOf(day), today, who)
  const lit = calendar.visits.filter((visit) => held !== null && threadOf(visit) === held)
  return (
    <>
      <CalendarGrid columns={columns} blocks={blocks} away={awayBlocks(calendar, columns, view === 'day' ? null : who, day)} zone={calendar.zone} label={view === 'day' ? `People and rooms on ${plainDay(day)}` : `The week of ${plainDay(mondayOf(day))}`} isToday={view === 'day' ? day === today : undefined} held={held} onHold={(thread) => setHeld(thread === held ? null : thread)} />
      <LitCourse visits={lit} course={held} nothing={blocks.length === 0} onLetGo={() => setHeld(null)} />
      <Disclosure summary="The same as a table"><CalendarList visits={shown} zone={calendar.zone} today={today} table /></Disclosure>
    </>
  )
}
