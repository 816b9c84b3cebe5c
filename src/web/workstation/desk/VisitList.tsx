import type { ReactNode } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { visitClock, visitDay, visitPeople, visitPlace, visitTitle } from './visits.ts'

/** Visits under each other: the day, the clock, what it is, who is there, and where. */
export const VisitList = ({ visits, label, act }: { readonly visits: readonly BookedVisit[]; readonly label: string; readonly act?: (visit: BookedVisit) => ReactNode }) => (
  <ol className="d-visits" aria-label={label}>
    {visits.map((visit) => (
      <li key={visit.visit} data-large={visit.type === 'medicine' || undefined}>
        <span className="d-visits__when"><strong>{visitDay(visit)}</strong><br /><span className="soft d-visits__clock">{visitClock(visit)}</span></span>
        <span className="d-visits__what"><strong>{visitTitle(visit)}</strong><br /><span className="soft">{[visitPlace(visit), visitPeople(visit)].filter(Boolean).join(' · ')}</span></span>
        {act && <span className="k-buttons d-visits__act">{act(visit)}</span>}
      </li>
    ))}
  </ol>
)
