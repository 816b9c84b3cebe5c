import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { ChartHead } from '../../../core/contract/charting.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import { daysBetween } from '../../../core/shared/time.ts'
import { Button, buttonClass, Disclosure, EmptyState, Notice } from '../../kit/index.ts'
import { useNow } from '../../sync/clock.ts'
import { AskedMoves } from './AskedMoves.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import type { DeskCourse } from './course.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { NoShowDialog } from './NoShowDialog.tsx'
import { Section, Told } from './parts.tsx'
import { SoonerDialog, useSooner, WouldComeSooner } from './Sooner.tsx'
import { ToldChanges } from './ToldChanges.tsx'
import { VisitList } from './VisitList.tsx'
import { byStart, visitTitle, visitWhen } from './visits.ts'

/** Later than this, what became of a visit is for its note to say. */
const MISSED_WITHIN_DAYS = 14

interface BookedProps {
  readonly head: ChartHead
  readonly course: DeskCourse
  readonly protocol: Protocol | undefined
  readonly zone: string
  readonly onChanged: () => Promise<void>
}

/** Visits that stand, each of which can be moved with everything that follows from it, or cancelled with a reason. */
export function Booked({ head, course, protocol, zone, onChanged }: BookedProps) {
  const now = useNow(60_000)
  const [moving, setMoving] = useState<BookedVisit>()
  const [cancelling, setCancelling] = useState<BookedVisit>()
  const [missed, setMissed] = useState<BookedVisit>()
  const [earlier, setEarlier] = useState<BookedVisit>()
  const sooner = useSooner(head.chart)
  const [said, setSaid] = useState<string>()
  const coming = byStart(course.visits.filter(({ startsAt }) => startsAt > now))
  const over = byStart(course.visits.filter(({ startsAt }) => startsAt <= now))
  const done = (words: string) => { setMoving(undefined); setCancelling(undefined); setMissed(undefined); setEarlier(undefined); setSaid(words); void sooner.refetch(); void onChanged() }
  const acts = (visit: BookedVisit) => (
    <>
      {visit.group && <Link className={buttonClass('quiet')} to="/work/groups/$group" params={{ group: visit.group.id }}>{visit.group.name}</Link>}
      {protocol && !visit.group && <Button onClick={() => setMoving(visit)} aria-label={`Move ${visitTitle(visit)}`}>Move</Button>}
      {protocol && !visit.group && sooner.data && <Button kind="plain" onClick={() => setEarlier(visit)} aria-label={`${visitTitle(visit)}: would they come sooner`}>Sooner …</Button>}
      <Button kind="plain" onClick={() => setCancelling(visit)} aria-label={`Cancel ${visitTitle(visit)}`}>Cancel</Button>
    </>
  )
  return (
    <>
      {protocol && <AskedMoves chart={head.chart} onAnswered={done} />}
      <ToldChanges chart={head.chart} zone={zone} onChanged={done} />
      <WouldComeSooner chart={head.chart} sooner={sooner.data} visits={coming} zone={zone} onChanged={done} />
      <Section id="booked" title="Booked visits">
        {said && <Told key={said}><Notice what={said} /></Told>}
        {coming.length === 0 ? <EmptyState what="No visit is booked from now on." /> : <VisitList visits={coming} label="Visits to come" act={acts} />}
        {over.length > 0 && <Disclosure summary={over.length === 1 ? 'One earlier visit' : `${over.length} earlier visits`}><VisitList visits={over} label="Earlier visits" act={(visit) => (daysBetween(visit.startsAt, now) < MISSED_WITHIN_DAYS ? <Button kind="plain" onClick={() => setMissed(visit)} aria-label={`Nobody came to ${visitTitle(visit)}`}>Nobody came</Button> : null)} /></Disclosure>}
        {moving && protocol && <MoveDialog chart={head.chart} visit={moving} zone={zone} onClose={() => setMoving(undefined)} onMoved={(count, how) => done(how === 'asked' ? `The patient is asked. ${visitTitle(moving)} stays where it is until they say yes.` : count === 1 ? `${visitTitle(moving)} was moved, and the patient is told.` : `${visitTitle(moving)} was moved, and ${count - 1} others with it. The patient is told.`)} />}
        {earlier && <SoonerDialog chart={head.chart} visit={earlier} zone={zone} before={sooner.data?.wishes.find((one) => one.visit === earlier.visit)} onClose={() => setEarlier(undefined)} onDone={done} />}
        {missed && <NoShowDialog chart={head.chart} visit={missed} onClose={() => setMissed(undefined)} onDone={() => done(`It is written down that nobody came to ${visitTitle(missed)}. It can be planned again.`)} />}
        {cancelling && <CancelDialog chart={head.chart} visit={cancelling} onClose={() => setCancelling(undefined)} onCancelled={() => done(`${visitTitle(cancelling)} on ${visitWhen(cancelling)} was cancelled, and the patient is told. Its time is free for others.`)} />}
      </Section>
    </>
  )
}
