import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { localDay } from '../../../core/shared/local-day.ts'
import type { Day } from '../../../core/shared/time.ts'
import { Button, DateField, Disclosure, Select, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { Frame } from '../Frame.tsx'
import { useMe } from '../me.ts'
import { dayName, plainDay } from '../times.ts'
import { CalendarGrid } from './CalendarGrid.tsx'
import { courseOf, dayBlocks, daysFromDay, mondayOf, weekBlocks, weekOf, type CalendarNow } from './calendar-layout.ts'
import { CalendarList } from './CalendarList.tsx'
import { LitCourse } from './LitCourse.tsx'
import { Loaded } from './parts.tsx'
import { closingDays, zoneName } from './visits.ts'
import './desk.css'
import './calendar.css'

type View = 'day' | 'week' | 'list'
interface Shown {
  readonly view?: View
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
  const today = localDay(useNow(60_000), zone)
  const search = useSearch({ strict: false }) as Shown
  const navigate = useNavigate()
  const day = search.day ?? today
  const view = search.view ?? (globalThis.innerWidth < NARROW_PX ? 'list' : 'week')
  const who = search.who ?? null
  const [from, to] = view === 'day' ? [day, day] : [mondayOf(day), daysFromDay(mondayOf(day), 6)]
  const query = useQuery({ queryKey: ['calendar', from, to], queryFn: () => call('calendar', { query: { from, to } }), placeholderData: keepPreviousData, refetchInterval: 60_000 })
  const show = (more: { readonly [Key in keyof Shown]: Shown[Key] | undefined }) => void navigate({ to: '/work/calendar', search: { view, day, who: who ?? undefined, ...more } as never, replace: true })

  return (
    <Stack>
      <h1>Calendar</h1>
      <Controls today={today} day={day} view={view} show={show}>
        {view !== 'day' && query.data && <WhoSelect calendar={query.data} who={who} onWho={(one) => show({ who: one ?? undefined })} />}
      </Controls>
      <Loaded query={query} what="the calendar">
        {(calendar) => (
          <>
            <p className="soft" aria-live="polite">{spanWords(view, from, to, today)}. Times are the practice’s: {zoneName(zone)}.</p>
            <Closed closings={calendar.closings} />
            <Views calendar={calendar} view={view} day={day} today={today} who={who} />
          </>
        )}
      </Loaded>
    </Stack>
  )
}

const spanWords = (view: View, from: Day, to: Day, today: Day) => (view === 'day' ? `${dayName(`${from}T12:00:00Z`, 'UTC')}, ${from.slice(0, 4)}${from === today ? ', today' : ''}` : `${plainDay(from)} to ${plainDay(to)}`)

function Controls({ today, day, view, show, children }: { readonly today: Day; readonly day: Day; readonly view: View; readonly show: (more: Shown) => void; readonly children: ReactNode }) {
  const step = view === 'day' ? 1 : 7
  const unit = view === 'day' ? 'day' : 'week'
  return (
    <div className="d-controls">
      <fieldset className="d-segments">
        <legend className="heard">Show the calendar as</legend>
        {(['day', 'week', 'list'] as const).map((one) => <button key={one} type="button" aria-pressed={view === one} onClick={() => show({ view: one })}>{viewNames[one]}</button>)}
      </fieldset>
      <div className="k-buttons">
        <Button onClick={() => show({ day: daysFromDay(day, -step) })} aria-label={`Previous ${unit}`}>←</Button>
        <Button onClick={() => show({ day: today })}>Today</Button>
        <Button onClick={() => show({ day: daysFromDay(day, step) })} aria-label={`Next ${unit}`}>→</Button>
      </div>
      <DateField label="Go to" value={day} onChange={(next) => next && show({ day: next })} />
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

const viewNames: Record<View, string> = { day: 'Day', week: 'Week', list: 'List' }

const WhoSelect = ({ calendar: { people, rooms }, who, onWho }: { readonly calendar: CalendarNow; readonly who: string | null; readonly onWho: (who: string | null) => void }) => (
  <div className="d-narrow">
    <Select label="Whose calendar" required={false} empty="Everybody and every room" value={who} onChange={onWho} choices={[...people.map(({ person, name }) => ({ value: person, label: name })), ...rooms.map(({ id, name }) => ({ value: id, label: `Room ${name}` }))]} />
  </div>
)

function Views({ calendar, view, day, today, who }: { readonly calendar: CalendarNow; readonly view: View; readonly day: Day; readonly today: Day; readonly who: string | null }) {
  const [held, setHeld] = useState<string | null>(null)
  const shown = who === null || view === 'day' ? calendar.visits : calendar.visits.filter(({ room, people }) => room?.id === who || people.some(({ person }) => person === who))
  if (view === 'list') return <CalendarList visits={shown} zone={calendar.zone} today={today} />
  const { columns, blocks } = view === 'day' ? dayBlocks(calendar, day) : weekBlocks(calendar, weekOf(day), today, who)
  const lit = calendar.visits.filter((visit) => held !== null && courseOf(visit) === held)
  return (
    <>
      <CalendarGrid columns={columns} blocks={blocks} zone={calendar.zone} label={view === 'day' ? `People and rooms on ${plainDay(day)}` : `The week of ${plainDay(mondayOf(day))}`} isToday={view === 'day' ? day === today : undefined} held={held} onHold={(chart) => setHeld(chart === held ? null : chart)} />
      <LitCourse visits={lit} chart={held} nothing={blocks.length === 0} onLetGo={() => setHeld(null)} />
      <Disclosure summary="The same as a table"><CalendarList visits={shown} zone={calendar.zone} today={today} table /></Disclosure>
    </>
  )
}
