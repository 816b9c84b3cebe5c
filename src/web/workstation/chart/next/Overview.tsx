import type { Step } from '../../../../core/course/step.ts'
import { Row, Rows, rowOpen } from '../../../kit/index.ts'
import { dayAndTime, shortDay } from '../../times.ts'
import { LedgerLine } from '../ledger/LedgerLine.tsx'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { people, stateWords } from '../words.ts'
import { elsewhere } from './acts.ts'
import { OnlineToday } from '../online/OnlineVisit.tsx'
import { NextStep } from './NextStep.tsx'

const NEWEST = 6

/** Where the course stands: what comes next, what else is open and for whom, and what was written last. */
export function Overview() {
  const { course, chart, roles } = useOpenChart()
  const isMine = (step: Step) => step.who.some((role) => roles.includes(role))
  const open = course.steps.filter(({ state }) => state === 'overdue' || state === 'due' || state === 'open' || state === 'blocked').toSorted((a, b) => Number(isMine(b) && b.state !== 'blocked') - Number(isMine(a) && a.state !== 'blocked'))
  return (
    <Room title="Where we are">
      <OnlineToday />
      <NextStep />
      <Part title="Open steps">
        {open.length === 0 ? <p className="soft">No step is open now. What lies ahead stands on the thread above.</p> : <Rows label="Open steps of the course">{open.map((step) => <StepRow key={step.id} step={step} />)}</Rows>}
      </Part>
      <Part title="Written last" end={<RoomLink step="ledger">See everything written</RoomLink>}>
        <ul className="c-ledger">{chart.entries.slice(-NEWEST).toReversed().map((entry) => <LedgerLine key={entry.id} entry={entry} />)}</ul>
      </Part>
    </Room>
  )
}

function StepRow({ step }: { readonly step: Step }) {
  const { chartId, zone, may, isClinical } = useOpenChart()
  const there = elsewhere(step.id, chartId)
  const leads = there ? step.id !== 'estimate' || may('money.read') : isClinical || step.id === 'protocol' || step.id.startsWith('consent-')
  return (
    <Row
      who={!leads ? step.title : there ? <a className={rowOpen} href={there}>{step.title}</a> : <RoomLink step={step.id} className={rowOpen}>{step.title}</RoomLink>}
      where={people(step.who)}
      missing={step.blockedBy.length > 0 ? step.blockedBy.map(({ says }) => says).join(' ') : `${stateWords[step.state]}${step.visit ? `, booked for ${dayAndTime(step.visit.startsAt, zone)}` : ''}`}
      since={step.dueBy ? `by ${shortDay(step.dueBy, zone)}` : ''}
    />
  )
}
