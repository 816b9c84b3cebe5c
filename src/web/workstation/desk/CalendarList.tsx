import { Link } from '@tanstack/react-router'
import { localDay } from '../../../core/shared/local-day.ts'
import { EmptyState, Table } from '../../kit/index.ts'
import { dayName } from '../times.ts'
import { courseOf, namesOf, type CalendarVisit } from './calendar-layout.ts'
import { byStart, heldWords, visitClock, visitDay, visitPeople, visitPlace, visitTitle } from './visits.ts'

interface ListProps {
  readonly visits: readonly CalendarVisit[]
  readonly zone: string
  readonly today: string
  readonly table?: boolean
}

/** The calendar for those who read lists or listen: day by day on a phone, or as one table beside the grid. */
export function CalendarList({ visits, zone, today, table = false }: ListProps) {
  if (visits.length === 0) return <EmptyState what="Nothing is booked in this time." begin="Booked visits appear here as soon as a first visit is chosen or a course is planned." />
  if (table) return <VisitTable visits={visits} />
  const days = [...new Set(byStart(visits).map(({ startsAt }) => localDay(startsAt, zone)))]
  return (
    <div className="d-agenda">
      {days.map((day) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>{dayName(`${day}T12:00:00Z`, 'UTC')}{day === today && <span className="d-today"> today</span>}</h2>
          <ol className="d-list">{byStart(visits).filter(({ startsAt }) => localDay(startsAt, zone) === day).map((visit) => <Line key={visit.visit} visit={visit} />)}</ol>
        </section>
      ))}
    </div>
  )
}

const Line = ({ visit }: { readonly visit: CalendarVisit }) => (
  <li className="d-list__visit">
    <span className="d-list__clock">{visitClock(visit)}</span>
    <span><Whose visit={visit} />, {visitTitle(visit)}<br /><span className="soft">{[visitPlace(visit), visitPeople(visit), heldWords(visit)].filter(Boolean).join(' · ')}</span></span>
  </li>
)

function Whose({ visit }: { readonly visit: CalendarVisit }) {
  const chart = courseOf(visit)
  if (visit.group) return <><Link to="/work/groups/$group" params={{ group: visit.group.id }}>{visit.group.name}</Link>: {namesOf(visit)}</>
  return chart ? <Link to="/work/charts/$chart" params={{ chart }}>{namesOf(visit)}</Link> : <>{namesOf(visit)}</>
}

const VisitTable = ({ visits }: { readonly visits: readonly CalendarVisit[] }) => (
  <Table
    caption="Booked and held visits" captionHeard rows={byStart(visits)} rowKey={({ visit }) => visit}
    columns={[
      { key: 'when', head: 'When', cell: (visit) => `${visitDay(visit)}, ${visitClock(visit)}` },
      { key: 'who', head: 'Who', cell: (visit) => <Whose visit={visit} /> },
      { key: 'what', head: 'What', cell: (visit) => [visitTitle(visit), heldWords(visit)].filter(Boolean).join(', ') },
      { key: 'with', head: 'With', cell: visitPeople },
      { key: 'where', head: 'Where', cell: visitPlace },
    ]}
  />
)
