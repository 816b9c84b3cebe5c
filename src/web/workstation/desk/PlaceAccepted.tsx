import { useState } from 'react'
import type { ChartHead } from '../../../core/contract/charting.ts'
import type { Response } from '../../../core/contract/contract.ts'
import type { ProposalRow } from '../../../core/contract/running.ts'
import { localDay, plusDaysOf } from '../../../core/shared/local-day.ts'
import { rulebook } from '../../../knowledge/rulebook.ts'
import { Button } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { sendAct } from '../../sync/send-act.ts'
import { plainDay } from '../times.ts'
import { BookDialog } from './BookDialog.tsx'
import { bookingRefusal, isLostRace } from './booking-refusal.ts'
import type { DeskCourse } from './course.ts'
import { Refused, Section, Told } from './parts.tsx'
import { Answer } from './Propose.tsx'
import { useAct, type Refusal } from './use-act.ts'

interface PlaceProps {
  readonly head: ChartHead
  readonly step: DeskCourse['steps'][number]
  readonly zone: string
  readonly onBooked: (count: number) => Promise<void>
}

const BELONGS = { maintenance: 'A session is searched with all that belongs to it: the talk with the prescriber or the medical clearance, a new safety plan where it is due, two people and the room, a prescriber in reach, and the integration after it.', consult: 'A time with a prescriber is searched.', integration: 'A time with the therapist is searched.' } as const

/** What was accepted after the course and has no time yet: up to three places, or why there is none; one press books all of it. */
export function PlaceAccepted({ head, step, zone, onBooked }: PlaceProps) {
  const [answer, setAnswer] = useState<Response<'planAccepted'>>()
  const [until, setUntil] = useState<string>()
  const [picked, setPicked] = useState<ProposalRow>()
  const [wanted, setWanted] = useState<string>()
  const [why, setWhy] = useState('')
  const [refused, setRefused] = useState<Refusal>()
  const looking = useAct()
  const booking = useAct()
  const look = async (to?: string) => {
    const found = await looking.act(() => call('planAccepted', { params: { chart: head.chart }, body: to === undefined ? {} : { until: to } }, { timeoutMs: 60_000 }))
    setUntil(to)
    setAnswer(found)
  }
  const book = async () => {
    if (!picked) return
    const { visits, id: plan } = picked
    const done = await booking.actAs((me) => sendAct([me.person, head.chart, 'book-accepted', visits, why], (id) => call('bookAccepted', { params: { chart: head.chart }, body: { id, device: me.device, visits, why, ...(until === undefined ? {} : { until }) } })), (refusal) => {
      setRefused(bookingRefusal(refusal, visits))
      setPicked(undefined)
      setWanted(isLostRace(refusal) ? plan : undefined)
      if (refusal.code === 'plan.clash' || refusal.code === 'plan.violates') void look(until) // What is shown is old.
    })
    if (done) await onBooked(done.booked)
  }
  const later = answer && plusDaysOf(latest(answer.to, localDay(clock.now(), zone)), rulebook.outcomes.care.placeWithinDays)
  return (
    <Section id="accepted" title={step.title}>
      <p>{answer ? `${BELONGS[answer.what]} Looked at from ${plainDay(answer.from)} to ${plainDay(answer.to)}.` : 'It was accepted and signed. Nothing is booked until somebody books it.'}</p>
      {!answer && <Button kind="primary" pending={looking.pending} onClick={() => void look()}>Find a time</Button>}
      <Refused refusal={looking.refusal} />
      <Refused refusal={booking.refusal && refused} />
      {answer && <Told><Answer answer={answer} none="Within these days it does not fit." wanted={wanted} onPick={setPicked} /></Told>}
      {answer && answer.proposals.length === 0 && later && !answer.impossible.some(({ code }) => code === 'consent' || code === 'clearance') && <Button pending={looking.pending} onClick={() => void look(later)}>Look beyond the days that were signed, up to {plainDay(later)}</Button>}
      {picked && <BookDialog proposal={picked} name={head.name} pending={booking.pending} why={why} onWhy={setWhy} onBook={() => void book()} onClose={() => setPicked(undefined)} />}
    </Section>
  )
}

const latest = (a: string, b: string) => (a > b ? a : b)
