import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../../../kit/index.ts'
import { courseOf, namesOf, type CalendarVisit } from '../calendar-layout.ts'
import { heldWords, visitPeople, visitPlace, visitTitle, visitWhen } from '../visits.ts'

/** The visit that was pressed, in words, and the ways on from here. */
export function Chosen({ visit, onMove, onLetGo }: { readonly visit: CalendarVisit; readonly onMove: (() => void) | undefined; readonly onLetGo: () => void }) {
  const chart = courseOf(visit)
  return (
    <section className="k-card d-lit k-no-print" aria-label={`${namesOf(visit)}, ${visitTitle(visit)}`}>
      <div className="k-heading"><h2>{namesOf(visit)}: {visitTitle(visit)}</h2><Button kind="plain" onClick={onLetGo}>Let go</Button></div>
      <p>{visitWhen(visit)} <span className="soft">{[visitPlace(visit), visitPeople(visit), heldWords(visit)].filter(Boolean).join(' · ')}</span></p>
      <div className="k-buttons">
        {onMove && <Button kind="primary" onClick={onMove}>Move</Button>}
        {visit.group && <Link className={buttonClass('quiet')} to="/work/groups/$group" params={{ group: visit.group.id }}>Open {visit.group.name}</Link>}
        {chart && <Link className={buttonClass('quiet')} to="/work/charts/$chart" params={{ chart }}>Open the chart</Link>}
        {chart && <Link className={buttonClass('quiet')} to="/work/charts/$chart/plan" params={{ chart }}>Open the plan</Link>}
      </div>
    </section>
  )
}
