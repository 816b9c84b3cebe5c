import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { ChartHead } from '../../../core/contract/charting.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { isOfCourse } from '../../../core/course/dosing-visit.ts'
import { PLACE_REVIEW } from '../../../core/course/step.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import { courseIn, unknownCourseSays } from '../../../core/rulebook/own-courses.ts'
import { localDay, plusDaysOf } from '../../../core/shared/local-day.ts'
import { Disclosure, Notice, Stack, Thread, type ThreadVisit } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock, useNow } from '../../sync/clock.ts'
import { Frame } from '../Frame.tsx'
import { useMe } from '../me.ts'
import { useRules } from '../rules.ts'
import { Booked } from './Booked.tsx'
import { ChartTop, useChartHead } from './ChartTop.tsx'
import { ChooseProtocol } from './ChooseProtocol.tsx'
import { courseThread, deskCourse, leftInCourse, type DeskCourse } from './course.ts'
import { HeldPlan, useHeld } from './HeldPlan.tsx'
import { Loaded, Told } from './parts.tsx'
import { PlaceAccepted } from './PlaceAccepted.tsx'
import { Propose } from './Propose.tsx'
import { WhyNotThisDay } from './WhyNotThisDay.tsx'
import { visitNames } from './visits.ts'
import { TherapySection } from './therapy/TherapySection.tsx'
import { noWishes, wishesOf } from './wishes.ts'
import './desk.css'

/** The whole course planned in one go, booked in one go, and put right when one visit has to move. */
export function PlanCourse() {
  const { chart } = useParams({ strict: false }) as { chart: string }
  const head = useChartHead(chart)
  const course = useQuery({ queryKey: ['course', chart], queryFn: () => call('course', { params: { chart } }) })
  const zone = useMe()?.practice.zone
  return (
    <Frame title="Plan">
      <Stack air="wide">
        <ChartTop head={head.data} title="Plan" />
        <Loaded query={head} what="the chart">
          {(known) => <Loaded query={course} what="the course">{(answer) => (zone ? <Planning head={known} answer={answer} zone={zone} /> : null)}</Loaded>}
        </Loaded>
      </Stack>
    </Frame>
  )
}

function Planning({ head, answer, zone }: { readonly head: ChartHead; readonly answer: Response<'course'>; readonly zone: string }) {
  const queries = useQueryClient()
  const all = deskCourse(answer)
  const course = { ...all, visits: all.visits.filter(isOfCourse) }
  const { book, missing } = useRules()
  const protocol = courseIn(book, head.protocol)
  const unknown = head.protocol !== null && !protocol ? missing ?? unknownCourseSays(head.protocol) : undefined
  const now = useNow(60_000)
  const changed = async () => {
    await Promise.all([['course', head.chart], ['calendar'], ['home'], ['chart', head.chart], ['held', head.chart], ['therapy', head.chart]].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  const [booked, setBooked] = useState<number>()
  const [told, setTold] = useState(false)
  const hold = useHeld(head.chart)
  const toPlace = all.steps.find(({ id, state }) => id === PLACE_REVIEW && (state === 'due' || state === 'overdue'))
  const onBooked = async (count: number) => { setBooked(count); await changed() }
  return (
    <>
      {!answer.mayPlan.may && <Notice level="caution" what={`A course cannot be planned for ${head.name}.`} kept={answer.mayPlan.says} next="What is booked already stays as it is." />}
      {booked !== undefined && <Told><Notice what={booked === 1 ? 'One visit is booked.' : `${booked} visits are booked.`} kept="All of them together, for everybody and every room at once." next="They stand in the calendar and on the patient’s own page." /></Told>}
      {course.visits.length > 1 && <CourseLine name={head.name} visits={courseThread(course, now)} />}
      {hold && answer.mayPlan.may && <HeldPlan key={hold.until} head={head} hold={hold} zone={zone} told={told} onBooked={onBooked} />}
      {toPlace && answer.mayPlan.may && <PlaceAccepted head={head} step={toPlace} zone={zone} onBooked={onBooked} />}
      {unknown && answer.mayPlan.may && <Notice level="caution" what={unknown} kept="What is booked already stays as it is." />}
      {protocol === undefined && !unknown && answer.mayPlan.may && <ChooseProtocol chart={head.chart} onChosen={changed} />}
      {protocol && answer.mayPlan.may && <ToPlan head={head} sitsIn={answer.sitsIn} course={course} protocol={protocol} zone={zone} onBooked={onBooked} onHeld={async () => { setBooked(undefined); setTold(true); await changed() }} />}
      <Booked head={head} course={course} protocol={protocol} zone={zone} onChanged={changed} />
      <TherapySection head={head} course={all} onChanged={changed} />
    </>
  )
}

function CourseLine({ name, visits }: { readonly name: string; readonly visits: readonly ThreadVisit[] }) {
  const done = visits.filter(({ state }) => state === 'done').length
  const next = visits.find(({ state }) => state === 'next')
  return <Thread label={`The course of ${name}`} visits={visits} caption={`${done} of ${visits.length} booked visits held.${next ? ` Next: ${next.label} · ${next.when}` : ''}`} />
}

interface ToPlanProps {
  readonly head: ChartHead
  readonly sitsIn: Response<'course'>['sitsIn']
  readonly course: DeskCourse
  readonly protocol: Protocol
  readonly zone: string
  readonly onBooked: (count: number) => Promise<void>
  readonly onHeld: () => Promise<void>
}

/** What is still to be booked, the wishes, up to three plans, and why a day is not possible. */
function ToPlan({ head, sitsIn, course, protocol, zone, onBooked, onHeld }: ToPlanProps) {
  const [draft, setDraft] = useState(() => noWishes(plusDaysOf(localDay(clock.now(), zone), 1), sitsIn?.state))
  const left = leftInCourse(protocol, course)
  if (left.length === 0) return <p><strong>{protocol.name}.</strong> Every visit is booked. When one has to move, what follows from it is shown first and moves with it.</p>
  const wishes = wishesOf(draft, protocol)
  return (
    <>
      <p><strong>{protocol.name}.</strong> Still to be booked: {left.map(({ type, left: count }) => `${count} × ${(visitNames[type] ?? type).toLowerCase()}`).join(', ')}.</p>
      <Propose head={head} sitsIn={sitsIn} protocol={protocol} draft={draft} onDraft={setDraft} wishes={wishes} zone={zone} onBooked={onBooked} onHeld={onHeld} />
      <Disclosure summary="Why not this day?"><WhyNotThisDay chart={head.chart} types={left.map(({ type }) => type)} wishes={wishes} /></Disclosure>
    </>
  )
}
