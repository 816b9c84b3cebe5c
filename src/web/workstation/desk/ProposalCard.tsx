import { isDosing } from '../../../core/course/dosing-visit.ts'
import type { ProposalRow } from '../../../core/contract/running.ts'
import { HOLD_HOURS } from './visits.ts'
import { Button, DataPairs, Disclosure, Thread } from '../../kit/index.ts'
import { plainDay } from '../times.ts'
import { threadVisit } from './course.ts'
import { VisitList } from './VisitList.tsx'
import { byStart } from './visits.ts'

export const planNames: Record<string, string> = { soonest: 'Soonest', 'as-wished': 'As wished', steady: 'Steady', later: 'Later start', held: 'Held' }
const bookWords: Record<string, string> = { soonest: 'Book the soonest plan', 'as-wished': 'Book the plan as wished', steady: 'Book the steady plan', later: 'Book the plan with a later start' }
/** On a phone three long lists in a row hide the choice; there they open on a press. */
const WIDE_PX = 700
const partNames: Record<string, string> = { finish: 'Finishes', continuity: 'The same people', wishes: 'Wishes', load: 'The therapist’s days', note: 'To know before' }

/** One plan: in a sentence, as a line, taken apart, and visit by visit with date, time, people and room. */
export function ProposalCard({ proposal: { id, visits, score }, chosen, holding, onPick, onHold }: { readonly proposal: ProposalRow; readonly chosen: boolean; readonly holding: boolean; readonly onPick: () => void; readonly onHold?: () => void }) {
  const name = planNames[id] ?? id
  const inOrder = byStart(visits)
  const short = score.find(({ part }) => part === 'in short')?.says
  return (
    <li className="k-card d-proposal" aria-label={`${name} plan`}>
      <h3>{name}</h3>
      {chosen && <p><strong>The kind of plan you chose, at times that are free now.</strong></p>}
      <p>{short && withDays(afterColon(short))}</p>
      <Thread label={`The ${name.toLowerCase()} plan as a line`} visits={inOrder.map((visit) => threadVisit(visit, 'planned'))} caption={`${visits.length} visits, ${inOrder.filter(isDosing).length} of them with medicine`} />
      <DataPairs pairs={score.filter(({ part }) => part !== 'in short').map(({ part, says }) => [partNames[part] ?? part, withDays(says)] as const)} />
      <div className="d-proposal__acts">
        <Button wide onClick={onPick}>{bookWords[id] ?? `Book the plan “${name}”`}</Button>
        {onHold && <Button wide kind="plain" pending={holding} onClick={onHold} aria-label={`Hold for ${HOLD_HOURS} hours: the ${name.toLowerCase()} plan`}>Hold for {HOLD_HOURS} hours</Button>}
      </div>
      <Disclosure open={globalThis.innerWidth >= WIDE_PX} summary={`All ${visits.length} visits`}><VisitList visits={inOrder} label={`Visits of the ${name.toLowerCase()} plan`} /></Disclosure>
    </li>
  )
}

/** The plan's own sentence without its name, which stands above it. */
const afterColon = (says: string) => { const at = says.indexOf(': '); return at < 0 ? says : says.charAt(at + 2).toUpperCase() + says.slice(at + 3) }
/** Days as people write them. */
const withDays = (says: string) => says.replaceAll(/\d{4}-\d\d-\d\d/g, (day) => plainDay(day))
