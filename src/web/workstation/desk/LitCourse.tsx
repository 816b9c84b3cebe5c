import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../../kit/index.ts'
import { namesOf, type CalendarVisit } from './calendar-layout.ts'
import { byStart, heldWords, visitPlace, visitTitle, visitWhen } from './visits.ts'

/** The course that was touched, or the group, in words: its visits in the time shown, and the ways on from here. */
export function LitCourse({ visits, course, nothing, onLetGo }: { readonly visits: readonly CalendarVisit[]; readonly course: string | null; readonly nothing: boolean; readonly onLetGo: () => void }) {
  const first = visits[0]
  if (!first || course === null) return <p className="soft small" aria-live="polite">{nothing ? 'Nothing is booked in this time.' : 'Touch a visit to see the whole course of that person, or all of that group.'}</p>
  const { group } = first
  const name = group?.name ?? namesOf(first)
  return (
    <section className="k-card d-lit" aria-label={group ? `The visits of ${name}` : `The course of ${name}`} aria-live="polite">
      <div className="k-heading"><h2>{name}</h2><Button kind="plain" onClick={onLetGo}>Let go</Button></div>
      <ol className="d-list">
        {byStart(visits).map((visit) => <li key={visit.visit} className="d-list__visit"><span className="d-list__clock">{visitWhen(visit)}</span><span>{visitTitle(visit)}{group && `, ${namesOf(visit)}`} <span className="soft">{[visitPlace(visit), heldWords(visit)].filter(Boolean).join(' · ')}</span></span></li>)}
      </ol>
      <div className="k-buttons">
        {group
          ? <Link className={buttonClass('quiet')} to="/work/groups/$group" params={{ group: group.id }}>Open the group</Link>
          : <><Link className={buttonClass('quiet')} to="/work/charts/$chart" params={{ chart: course }}>Open the chart</Link><Link className={buttonClass('quiet')} to="/work/charts/$chart/plan" params={{ chart: course }}>Open the plan</Link></>}
      </div>
    </section>
  )
}
