import type { VisitType } from '../../../../core/chart/kinds/aftercare.ts'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { standingVisits } from '../../../../core/measures/doses.ts'
import { visitNames } from '../../home/Home.tsx'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { NotYours, Part, Written } from '../parts/Room.tsx'
import { OnlineVisit } from '../online/OnlineVisit.tsx'
import { VisitForm } from './VisitForm.tsx'

/** The booked visit of a kind that nobody has closed yet, oldest first; and those that took place without one. */
export function openVisits(open: Pick<ReturnType<typeof useOpenChart>, 'chart'>, type: VisitType) {
  const closed = new Set(open.chart.all('visit-closed.v1').map(({ body }) => body.visit))
  return standingVisits(open.chart).filter((visit) => visit.type === type && !closed.has(visit.visit))
}

/** The first or only visit of its kind: how it is booked, what became of it, and the form to say so. */
export function VisitState({ type }: { readonly type: 'intake' | 'consult' | 'medical-clearance' }) {
  const open = useOpenChart()
  const { chart, zone, mayWrite, now } = open
  const held = chart.all('visit-closed.v1').filter(({ body }) => body.type === type)
  const [booked] = openVisits(open, type)
  const begun = booked !== undefined && booked.startsAt <= now
  return (
    <>
    <OnlineVisit visit={booked} />
    <Part title={`The visit: ${visitNames[type]?.toLowerCase()}`}>
      {booked && <p>Booked for {dayAndTime(booked.startsAt, zone)}{booked.online ? ', online' : booked.room ? `, ${booked.room.name}` : ''}, with {booked.people.map(({ name }) => name).join(' and ') || 'nobody named yet'}.</p>}
      {held.map((entry) => <PastVisit key={entry.id} entry={entry} />)}
      {!booked && held.length === 0 && <p className="soft">Not booked and not written yet.</p>}
      {(begun || (!booked && held.length === 0)) && (mayWrite('visit-closed.v1') ? <VisitForm key={booked?.visit ?? 'unbooked'} type={type} visit={booked} label={`Visit: ${visitNames[type]?.toLowerCase()}`} /> : <NotYours who="Therapist or prescriber writes what became of it." />)}
    </Part>
    </>
  )
}

export function PastVisit({ entry }: { readonly entry: EntryOf<'visit-closed.v1'> }) {
  const { zone } = useOpenChart()
  const { body } = entry
  return (
    <div className="c-past">
      <p><strong>{dayAndTime(body.startedAt, zone)}</strong> · {body.outcome === 'completed' ? 'took place' : body.outcome === 'missed' ? 'nobody came' : 'ended early'}{body.covered.length > 0 && ` · covered: ${body.covered.join(', ')}`}{body.modalities.length > 0 && ` · ${body.modalities.join(', ')}`}</p>
      {body.summary && <p>{body.summary}</p>}
      {body.carePlan && <p className="soft">Next: {body.carePlan}</p>}
      <Written entry={entry} room={`visit-${body.type}`} what={`the visit of ${dayAndTime(body.startedAt, zone)}`} />
    </div>
  )
}
