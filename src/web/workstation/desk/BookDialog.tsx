import type { ProposalRow } from '../../../core/contract/running.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, TextField } from '../../kit/index.ts'
import { planNames } from './ProposalCard.tsx'
import { byStart, visitDay } from './visits.ts'

interface BookProps {
  readonly proposal: Pick<ProposalRow, 'id' | 'visits'>
  readonly name: string
  readonly pending: boolean
  /** Kept by whoever opens this: a refused booking closes the dialog and loses no word. */
  readonly why: string
  readonly onWhy: (why: string) => void
  readonly onBook: () => void
  readonly onClose: () => void
}

/** The last look before a whole course is booked. */
export function BookDialog({ proposal, name, pending, why, onWhy, onBook, onClose }: BookProps) {
  const visits = byStart(proposal.visits)
  const [first, last] = [visits[0], visits.at(-1)]
  return (
    <Dialog
      open title={`Book ${visits.length} visits for ${name}?`} onClose={onClose}
      end={<><Button onClick={onClose}>Not yet</Button><Button kind="primary" pending={pending} onClick={onBook}>Book all {visits.length} visits</Button></>}
    >
      <p>{(planNames[proposal.id] ?? proposal.id)} plan{first && last && <>, from {visitDay(first)} to {visitDay(last)}</>}. Either all of it is booked or nothing.</p>
      <TextField label="Why this plan" optional hint="Kept in the chart beside the visits." maxLength={1000} value={why} onChange={onWhy} />
    </Dialog>
  )
}
