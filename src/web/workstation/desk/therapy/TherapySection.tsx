import { useState } from 'react'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import type { ChartHead } from '../../../../core/contract/charting.ts'
import type { SeriesRow } from '../../../../core/contract/therapy.ts'
import { isDosing } from '../../../../core/course/dosing-visit.ts'
import { sayRule, sayUntil } from '../../../../core/scheduling/series-words.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { Button, Disclosure, EmptyState, Notice, Stack } from '../../../kit/index.ts'
import { useNow } from '../../../sync/clock.ts'
import { plainDay } from '../../times.ts'
import type { DeskCourse } from '../course.ts'
import { NoShowDialog } from '../NoShowDialog.tsx'
import { Loaded, Section, Told } from '../parts.tsx'
import { VisitList } from '../VisitList.tsx'
import { byStart, visitTitle, visitWhen } from '../visits.ts'
import { ChangeSeries } from './ChangeSeries.tsx'
import { SeriesForm } from './SeriesForm.tsx'
import { StopSeries } from './StopSeries.tsx'
import { useTherapy, type TherapyOf } from './therapy.ts'
import { CancelAny, MoveAny } from './WhichOfThem.tsx'

interface TherapyProps {
  readonly head: ChartHead
  readonly course: DeskCourse
  readonly onChanged: () => Promise<void>
}

/** How many hours are shown without asking. */
const SHOWN = 3

/** Therapy that comes back beside the course: booked as a series, looked at, changed. Nothing of the course waits for it. */
export function TherapySection({ head, course, onChanged }: TherapyProps) {
  const query = useTherapy(head.chart)
  const [booking, setBooking] = useState(false)
  const [said, setSaid] = useState<string>()
  const done = (words: string) => { setBooking(false); setSaid(words); void query.refetch(); void onChanged() }
  return (
    <Section id="therapy" title="Therapy, beside the course">
      {said && <Told key={said}><Notice what={said} /></Told>}
      <Loaded query={query} what="therapy">
        {(known) => (
          <Stack>
            {known.series.every(({ over }) => over) && !booking && <EmptyState what="No therapy is booked beside the course." begin="An hour that comes back every week, or less often, is booked here in one act." />}
            {known.series.filter(({ over }) => !over).map((series) => <Series key={series.series} head={head} known={known} series={series} course={course} onSaid={done} />)}
            {known.mayBook && <Notice level="caution" what={known.mayBook.says} />}
            {!known.mayBook && (booking ? <Told><SeriesForm chart={head.chart} known={known} onClose={() => setBooking(false)} onBooked={(count) => done(`${count === 1 ? 'One visit of therapy is' : `${count} visits of therapy are`} booked, all of them together. They stand in the calendar and on the patient’s own page.`)} /></Told> : <div><Button kind={known.series.length === 0 ? 'primary' : 'quiet'} onClick={() => { setSaid(undefined); setBooking(true) }}>{known.series.every(({ over }) => over) ? 'Book therapy' : 'Book further therapy'}</Button></div>)}
            <Alone known={known} course={course} />
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

function Series({ head, known, series, course, onSaid }: { readonly head: ChartHead; readonly known: TherapyOf; readonly series: SeriesRow; readonly course: DeskCourse; readonly onSaid: (words: string) => void }) {
  const now = useNow(60_000)
  const [moving, setMoving] = useState<BookedVisit>()
  const [cancelling, setCancelling] = useState<BookedVisit>()
  const [missed, setMissed] = useState<BookedVisit>()
  const [act, setAct] = useState<'change' | 'pause' | 'end'>()
  const coming = byStart(series.visits.filter(({ startsAt }) => startsAt > now))
  const over = byStart(series.visits.filter(({ startsAt }) => startsAt <= now)).toReversed()
  const acts = (visit: BookedVisit) => (
    <>
      <Button onClick={() => setMoving(visit)} aria-label={`Move therapy on ${visitWhen(visit)}`}>Move</Button>
      <Button kind="plain" onClick={() => setCancelling(visit)} aria-label={`Cancel therapy on ${visitWhen(visit)}`}>Cancel</Button>
    </>
  )
  const close = () => { setMoving(undefined); setCancelling(undefined); setMissed(undefined); setAct(undefined) }
  const said = (words: string) => { close(); onSaid(words) }
  const without = series.without.filter(({ day }) => !coming.some(({ localStart }) => localStart.startsWith(day)))
  return (
    <div className="d-series">
      <p><strong>{sayRule(series.rule)}.</strong> With {series.rule.therapist.name}, {series.rule.online ? 'online' : 'in a room'}, {sayUntil(series.rule)}.{series.open && ` Booked to ${plainDay(series.plannedTo)} so far, and on from there by itself.`}</p>
      {series.rule.pauses.filter(({ to }) => to >= localDay(now, series.rule.zone)).map(({ from, to }) => <p key={from} className="soft">Left out from {plainDay(from)} to {plainDay(to)}.</p>)}
      {without.length > 0 && <Notice level="caution" what={without.length === 1 ? 'One hour of it has no place.' : `${without.length} hours of it have no place.`} next="Book an hour of its own for it, or leave it out."><ul className="d-reasons">{without.map(({ day, says }) => <li key={day}>{plainDay(day)}: {says}</li>)}</ul></Notice>}
      {coming.length === 0 ? <EmptyState what="No visit of it is booked from now on." /> : <VisitList visits={coming.slice(0, SHOWN)} label="Next visits of therapy" act={acts} />}
      {coming.length > SHOWN && <Disclosure summary={`${coming.length - SHOWN} more`}><VisitList visits={coming.slice(SHOWN)} label="Further visits of therapy" act={acts} /></Disclosure>}
      {over.length > 0 && <Disclosure summary={over.length === 1 ? 'One earlier visit' : `${over.length} earlier visits`}><VisitList visits={over} label="Earlier visits of therapy" act={(visit) => <Button kind="plain" onClick={() => setMissed(visit)} aria-label={`Nobody came to therapy on ${visitWhen(visit)}`}>Nobody came</Button>} /></Disclosure>}
      {coming.length > 0 && <div className="k-buttons"><Button onClick={() => setAct('change')}>Change the hour</Button><Button onClick={() => setAct('pause')}>Leave out some weeks</Button><Button kind="plain" onClick={() => setAct('end')}>End it</Button></div>}
      {moving && <MoveAny chart={head.chart} visit={moving} zone={series.rule.zone} onClose={close} onMoved={(count, how) => said(saidMoved(count, how))} />}
      {cancelling && <CancelAny chart={head.chart} visit={cancelling} onClose={close} onCancelled={(count) => said(count === 1 ? `Therapy on ${visitWhen(cancelling)} was cancelled, and the patient is told.` : saidEnded(count))} />}
      {missed && <NoShowDialog chart={head.chart} visit={missed} onClose={close} onDone={() => said(`It is written down that nobody came to ${visitTitle(missed).toLowerCase()} on ${visitWhen(missed)}.`)} />}
      {act === 'change' && coming[0] && <ChangeSeries chart={head.chart} known={known} series={series} from={{ visit: coming[0].visit, scope: 'all' }} count={coming.length} first={coming[0]} onClose={close} onDone={(how) => said(saidMoved(coming.length, how))} />}
      {act === 'end' && coming[0] && <StopSeries chart={head.chart} series={series} from={{ visit: coming[0].visit, scope: 'all' }} gone={coming} onClose={close} onDone={(count) => said(saidEnded(count))} />}
      {act === 'pause' && <StopSeries chart={head.chart} series={series} gone={coming} weeks={weeksOf(course, now)} onClose={close} onDone={(count) => said(count === 0 ? 'These weeks are left out.' : `These weeks are left out. ${count === 1 ? 'One visit was' : `${count} visits were`} cancelled, and the patient is told once.`)} />}
    </div>
  )
}

const saidMoved = (count: number, how: 'moved' | 'asked') => (how === 'asked' ? 'The patient is asked, in one message. The old times stand until they say yes.' : count === 1 ? 'That visit of therapy was moved, and the patient is told.' : `${count} visits of therapy were moved, and the patient is told once.`)
const saidEnded = (count: number) => `Therapy has ended. ${count === 1 ? 'One visit of it was' : `${count} visits of it were`} cancelled, and the patient is told once.`

/** From the first dose that is still to come to the last one: the weeks that a course takes. */
function weeksOf({ visits }: DeskCourse, now: string): { readonly from: string; readonly to: string } | undefined {
  const doses = byStart(visits.filter((visit) => isDosing(visit) && visit.startsAt > now))
  const [first, last] = [doses[0], doses.at(-1)]
  return first && last ? { from: first.localStart.slice(0, 10), to: last.localStart.slice(0, 10) } : undefined
}

/** Hours of therapy that belong to no series that goes on: those of one that ended, which took place. */
function Alone({ known, course }: { readonly known: TherapyOf; readonly course: DeskCourse }) {
  const shown = new Set(known.series.filter(({ over }) => !over).flatMap(({ visits }) => visits.map(({ visit }) => visit)))
  const rest = byStart(course.visits.filter(({ type, visit }) => type === 'therapy' && !shown.has(visit)))
  return rest.length === 0 ? null : <Disclosure summary={rest.length === 1 ? 'One earlier visit of therapy' : `${rest.length} earlier visits of therapy`}><VisitList visits={rest} label="Earlier visits of therapy" /></Disclosure>
}
