import type { VisitType } from '../../../../core/chart/kinds/aftercare.ts'
import { phaseOf } from '../../../../core/course/protocol.ts'
import { Notice, Select } from '../../../kit/index.ts'
import { useState } from 'react'
import { visitTitle } from '../../desk/visits.ts'
import { visitNames } from '../../home/Home.tsx'
import { dayAndTime } from '../../times.ts'
import { Blockers } from '../next/NextStep.tsx'
import { useOpenChart } from '../open-chart.ts'
import { NotYours, Part, Room, useAmending } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { upper } from '../words.ts'
import { OnlineVisit } from '../online/OnlineVisit.tsx'
import { VisitForm } from './VisitForm.tsx'
import { openVisits, PastVisit } from './VisitState.tsx'

const SAYS: Partial<Record<VisitType, string>> = {
  preparation: 'What is covered over the preparation visits stands in the protocol; tick what this visit covered.',
  'follow-up': 'How it has been since, what the scores say, and what is needed now.',
  consult: 'A consultation about whether and how to go on.',
  therapy: 'Therapy beside the course. Nothing of the course waits for it or counts it.',
}

/** A visit of the course: its place in the course, what was covered so far, and the form that closes it. */
export function VisitRoom({ type, stepId }: { readonly type: VisitType; readonly stepId?: string | undefined }) {
  const open = useOpenChart()
  const { chart, course, mayWrite, go, place, now, zone } = open
  const amending = useAmending('visit-closed.v1')
  const step = course.steps.find(({ id }) => id === stepId)
  const held = chart.all('visit-closed.v1').filter(({ body }) => body.type === type).toReversed()
  const waiting = openVisits(open, type)
  const [chosen, setChosen] = useState<string | null>()
  const booked = chosen === undefined ? (waiting.find(({ visit }) => visit === step?.visit?.visit) ?? (step?.visit ? undefined : waiting[0])) : waiting.find(({ visit }) => visit === chosen)
  const ahead = booked !== undefined && booked.startsAt > now
  const writing = mayWrite('visit-closed.v1') && (place.amends === undefined ? step?.state !== 'done' : amending?.body.type === type)
  return (
    <Room title={step?.title ?? visitNames[type] ?? 'Visit'} says={SAYS[type]}>
      {step && <Blockers step={step} />}
      {!amending && <OnlineVisit visit={booked} />}
      <Covered type={type} />
      {type === 'follow-up' && <p className="c-links"><RoomLink step="outcome">Outcome so far</RoomLink> <RoomLink step="baseline">To the questionnaires</RoomLink> <RoomLink step="maintenance">Maintenance</RoomLink></p>}
      {writing && (
        <Part title={amending ? 'Correct the visit' : 'This visit'}>
          {!amending && waiting.length > 0 && <WhichVisit waiting={waiting} value={booked?.visit ?? null} onChange={setChosen} />}
          {!amending && !booked && <Notice what="Nothing is booked for this. It can be written all the same, with the time it took place." />}
          {!amending && ahead && <Notice what={`It is booked for ${dayAndTime(booked.startsAt, zone)}.`} next="It can be written once it has begun. For a visit that took place at another time, choose “Without a booking”." />}
          {(amending || !ahead) && <VisitForm key={amending?.id ?? booked?.visit ?? 'unbooked'} type={type} visit={amending ? undefined : booked} label={step?.title ?? `Visit: ${visitNames[type]?.toLowerCase()}`} onDone={() => go({ step: stepId ?? `visit-${type}` })} />}
        </Part>
      )}
      {!mayWrite('visit-closed.v1') && <NotYours who="Therapist or prescriber writes what became of a visit." />}
      <Part title="Visits of this kind">
        {held.length === 0 && <p className="soft">None has been written yet.</p>}
        {held.map((entry) => <PastVisit key={entry.id} entry={entry} />)}
      </Part>
    </Room>
  )
}

function WhichVisit({ waiting, value, onChange }: { readonly waiting: ReturnType<typeof openVisits>; readonly value: string | null; readonly onChange: (visit: string | null) => void }) {
  const { zone } = useOpenChart()
  return <Select label="Which booking" optional empty="Without a booking" choices={waiting.map((visit) => ({ value: visit.visit, label: `${visitTitle(visit)}, ${dayAndTime(visit.startsAt, zone)}` }))} value={value} onChange={onChange} />
}

/** What the protocol asks to be covered, and at which visit it was. What nobody ticked is open, not forgotten. */
function Covered({ type }: { readonly type: VisitType }) {
  const { chart, protocol, zone } = useOpenChart()
  const content = phaseOf(protocol, type)?.content ?? []
  if (content.length === 0) return null
  const held = chart.all('visit-closed.v1').filter(({ body }) => body.type === type && body.outcome !== 'missed')
  const at = (one: string) => held.find(({ body }) => body.covered.includes(one))?.body.startedAt
  return (
    <Part title="To be covered">
      <ul className="c-covered">{content.map((one) => { const when = at(one); return <li key={one} data-done={when ? true : undefined}><span>{upper(one)}</span> <span className="soft">{when ? `covered ${dayAndTime(when, zone)}` : 'open'}</span></li> })}</ul>
    </Part>
  )
}
