import { Link } from '@tanstack/react-router'
import type { PlannedPerson } from '../../../../core/contract/joint.ts'
import { Badge, buttonClass, Checkbox, DataPairs, Disclosure, Tag } from '../../../kit/index.ts'
import { dayAndTime, plainDay } from '../../times.ts'
import { Refused } from '../parts.tsx'
import { byStart, visitDay } from '../visits.ts'
import { VisitList } from '../VisitList.tsx'
import type { Outcome } from './act-on-all.ts'
import { becauseWords, besideAlone, scorePairs, waitedWords } from './words.ts'

interface CardProps {
  readonly one: PlannedPerson
  readonly zone: string
  readonly chosen: boolean
  readonly onChosen: (on: boolean) => void
  readonly outcome: Outcome | undefined
}

/** One person's plan: when, how it stands beside what they would have alone and why, and visit by visit. */
export function PlannedCard({ one, zone, chosen, onChosen, outcome }: CardProps) {
  const { name, plan, alone, because, state, waitedDays } = one
  const waited = waitedWords(waitedDays)
  return (
    <li className="k-card d-planned" aria-label={`${name}: ${plan ? 'a plan' : 'no plan'}`}>
      <div className="d-planned__head">
        {plan && state === 'open' ? <Checkbox label={<strong>{name}</strong>} hint={waited} checked={chosen} onChange={onChosen} /> : <p><strong>{name}</strong> <span className="soft">{waited}</span></p>}
        <Standing one={one} zone={zone} outcome={outcome} />
      </div>
      {plan ? <Plan one={{ ...one, plan }} /> : <NoPlan one={one} />}
      {plan && alone && <p className="d-planned__beside">{besideAlone(plan.score, alone)}</p>}
      {!plan && alone && <p className="d-planned__beside">If nobody else waited there would be a plan, with the last integration on {plainDay(alone.finishDay)}.</p>}
      {because.length > 0 && <Disclosure open={!plan} summary={`Who has the other times: ${because.map(({ to }) => to).slice(0, 3).join(', ')}${because.length > 3 ? ` and ${because.length - 3} more` : ''}`}><ul className="d-reasons">{because.map((lost) => <li key={lost.chart}>{becauseWords(lost, zone)}</li>)}</ul></Disclosure>}
      {outcome?.became === 'refused' && <Refused refusal={outcome.refusal} />}
      {plan && <Disclosure summary={`All ${plan.visits.length} visits`}><VisitList visits={byStart(plan.visits)} label={`Visits planned for ${name}`} /></Disclosure>}
    </li>
  )
}

function Standing({ one: { state, heldUntil, replannedAt }, zone, outcome }: Pick<CardProps, 'one' | 'zone' | 'outcome'>) {
  if (state === 'booked') return <Tag>booked</Tag>
  if (state === 'held') return <Tag>{heldUntil ? `held until ${dayAndTime(heldUntil, zone)}` : 'held'}</Tag>
  return replannedAt || outcome?.became === 'again' ? <Badge level="caution">planned again: somebody took one of the times</Badge> : null
}

function Plan({ one: { plan } }: { readonly one: PlannedPerson & { readonly plan: NonNullable<PlannedPerson['plan']> } }) {
  const visits = byStart(plan.visits)
  const [first] = visits
  return (
    <>
      <DataPairs wide pairs={[...(first ? [['First visit', visitDay(first)] as const] : []), ...scorePairs(plan.score)]} />
      {plan.notes.map((note) => <p key={note} className="soft">{note}</p>)}
    </>
  )
}

function NoPlan({ one: { chart, impossible, wouldHelp } }: { readonly one: PlannedPerson }) {
  return (
    <>
      <p>No plan was found beside the others.</p>
      <ul className="d-reasons">{impossible.map(({ code, says }, place) => <li key={`${code} ${place}`}>{says}</li>)}</ul>
      {wouldHelp.length > 0 && <><p>What would help:</p><ul className="d-reasons">{wouldHelp.map((says) => <li key={says}>{says}</li>)}</ul></>}
      <div className="k-buttons"><Link className={buttonClass('quiet')} to="/work/charts/$chart/plan" params={{ chart }}>Plan this course alone</Link></div>
    </>
  )
}
