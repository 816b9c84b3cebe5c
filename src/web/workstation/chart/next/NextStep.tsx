import type { Step } from '../../../../core/course/step.ts'
import { Badge, buttonClass, Notice } from '../../../kit/index.ts'
import { dayAndTime, shortDay } from '../../times.ts'
import { useOpenChart, type OpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import { people, stateWords } from '../words.ts'
import { elsewhere, roomOfBlocker, verbOf } from './acts.ts'

const CAN = ['overdue', 'due', 'open'] as const
const isFor = (step: Step, { roles }: Pick<OpenChart, 'roles'>) => step.who.some((role) => roles.includes(role))

/** What this person can do next; nothing while everything waits for somebody else. */
export function ownStep(open: Pick<OpenChart, 'course' | 'roles'>): Step | undefined {
  const { course } = open
  if (course.next && isFor(course.next, open)) return course.next
  return CAN.flatMap((state) => course.steps.filter((step) => step.state === state && isFor(step, open)))[0]
}

/** One clear next action for this person, with what blocks it and why; and who is waited for, if it is somebody else. */
export function NextStep() {
  const open = useOpenChart()
  const { course } = open
  const own = ownStep(open)
  const next = course.next
  if (course.openSession) return <RunningSession />
  if (!next) return <Notice what="Nothing is due in this course now." next="Whatever comes up is listed here as soon as it does." />
  return (
    <section className="c-next" aria-label="What comes next">
      {own && <StepCard step={own} mine />}
      {own !== next && <StepCard step={next} mine={false} />}
    </section>
  )
}

function RunningSession() {
  const { chartId, course, may } = useOpenChart()
  return (
    <Notice level="call" what="A medicine session is running now." next={course.next?.title}>
      {may('session.join') && <a className={buttonClass('primary')} href={`/work/charts/${chartId}/session/${course.openSession}`}>Go to the running session</a>}
    </Notice>
  )
}

function StepCard({ step, mine }: { readonly step: Step; readonly mine: boolean }) {
  const { zone } = useOpenChart()
  return (
    <div className={mine ? 'c-next__mine' : 'c-next__other'}>
      <p className="c-next__who">{mine ? 'Next for you' : <Names step={step} />}</p>
      <h2 className="c-next__title">{step.title}</h2>
      <p className="c-next__when">
        {step.state === 'overdue' && <Badge level="caution">overdue</Badge>} {step.state !== 'overdue' && <span>{stateWords[step.state]}</span>}
        {step.dueBy && step.state !== 'not-yet' && <span>by {dayAndTime(step.dueBy, zone)}</span>}
        {step.visit && <span>booked for {dayAndTime(step.visit.startsAt, zone)}{step.visit.online ? ', online' : step.visit.room ? `, ${step.visit.room.name}` : ''}</span>}
        {step.since && <span>since {shortDay(step.since, zone)}</span>}
      </p>
      <Blockers step={step} />
      {mine && <StepLink step={step} kind="primary" />}
    </div>
  )
}

/** The people who do a step, by name where the team has them. */
function Names({ step }: { readonly step: Step }) {
  const { team } = useOpenChart()
  const named = team.filter(({ role }) => step.who.includes(role) && role !== 'patient').map(({ name }) => name)
  const patient = [...(step.who.includes('patient') ? ['the patient'] : []), ...(step.who.includes('coordinator') ? ['the care coordinator'] : [])]
  return <>Waiting for {named.length + patient.length > 0 ? [...new Set([...patient, ...named])].join(' or ') : `a ${people(step.who)}; nobody is on the team yet`}</>
}

/** What stands in the way, each with the place where it is lifted. */
export function Blockers({ step }: { readonly step: Step }) {
  if (step.blockedBy.length === 0) return null
  return (
    <ul className="c-blockers" aria-label={`What ${step.title} waits for`}>
      {step.blockedBy.map((blocker) => {
        const room = roomOfBlocker(blocker.code)
        return <li key={`${blocker.code} ${blocker.says}`}>{blocker.says} {room && <RoomLink step={room} label={`Look at it: ${blocker.says}`}>Look at it</RoomLink>}</li>
      })}
    </ul>
  )
}

export function StepLink({ step, kind }: { readonly step: Step; readonly kind: 'primary' | 'quiet' }) {
  const { chartId, may } = useOpenChart()
  const there = elsewhere(step.id, chartId)
  if (step.id === 'estimate' && !may('money.read')) return null
  if (there) return <a className={buttonClass(kind)} href={there}>{verbOf(step)}</a>
  return <RoomLink step={step.id} kind={kind}>{verbOf(step)}</RoomLink>
}
