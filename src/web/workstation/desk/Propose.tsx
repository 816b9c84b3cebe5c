import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChartHead } from '../../../core/contract/charting.ts'
import type { Response } from '../../../core/contract/contract.ts'
import type { ProposalRow, Wishes } from '../../../core/contract/running.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import { EmptyState, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { sendAct } from '../../sync/send-act.ts'
import { BookDialog } from './BookDialog.tsx'
import { bookingRefusal, isLostRace } from './booking-refusal.ts'
import { Refused, Section, Told } from './parts.tsx'
import { ProposalCard } from './ProposalCard.tsx'
import { useAct, type Refusal } from './use-act.ts'
import type { WishDraft } from './wishes.ts'
import { keepSitsIn } from './keep-sits-in.ts'
import { HOLD_HOURS } from './visits.ts'
import { WishForm } from './WishForm.tsx'

interface ProposeProps {
  readonly head: ChartHead
  readonly sitsIn: Response<'course'>['sitsIn']
  readonly protocol: Protocol
  readonly draft: WishDraft
  readonly onDraft: (draft: WishDraft) => void
  readonly wishes: Wishes
  readonly zone: string
  readonly onBooked: (count: number) => Promise<void>
  readonly onHeld: () => Promise<void>
}

/** A whole course is searched for; that may take longer than reading a page. */
const PATIENCE = { timeoutMs: 60_000 }

/** Wishes in, up to three plans out, one of them booked whole. */
export function Propose({ head, sitsIn, protocol, draft, onDraft, wishes, zone, onBooked, onHeld }: ProposeProps) {
  const queries = useQueryClient()
  const [answer, setAnswer] = useState<Response<'plan'>>()
  const [asked, setAsked] = useState(0)
  // What the plans that are shown were asked for, whatever stands in the form by now: it is looked at again when one is booked.
  const [needs, setNeeds] = useState<Wishes['needs']>([])
  const [picked, setPicked] = useState<ProposalRow>()
  // What was chosen outlives a lost race: the same kind of plan is marked among the new ones, and the reason is still there.
  const [wanted, setWanted] = useState<string>()
  const [why, setWhy] = useState('')
  const [refused, setRefused] = useState<Refusal>()
  const planning = useAct()
  const booking = useAct()
  const holding = useAct()
  const [held, setHeld] = useState<string>()
  const propose = async () => {
    const { sitsIn: state } = draft
    // What is booked is held against the chart, so what was said now stands there first.
    if (state && state !== sitsIn?.state) {
      if (!(await planning.actAs((me) => keepSitsIn(head.chart, state, me.device)))) return
      await queries.invalidateQueries({ queryKey: ['course', head.chart] })
    }
    const proposed = await planning.act(() => call('plan', { params: { chart: head.chart }, body: wishes }, PATIENCE))
    setAsked((count) => count + 1)
    setNeeds(wishes.needs)
    setAnswer(proposed)
  }
  const book = async () => {
    if (!picked) return
    const done = await booking.actAs((me) => sendAct([me.person, head.chart, 'book', picked.visits, why], (id) => call('book', { params: { chart: head.chart }, body: { id, device: me.device, visits: picked.visits, why, needs } })), (refusal) => {
      setRefused(bookingRefusal(refusal, picked.visits))
      setPicked(undefined)
      setWanted(isLostRace(refusal) ? picked.id : undefined)
      if (refusal.code === 'plan.clash' || refusal.code === 'plan.violates') void propose() // The plans that are shown are old.
    })
    if (!done) return
    setPicked(undefined)
    setWanted(undefined)
    setWhy('')
    setAnswer(undefined)
    await onBooked(done.booked)
  }
  const hold = async ({ id, visits }: ProposalRow) => {
    setHeld(id)
    const done = await holding.act(() => call('hold', { params: { chart: head.chart }, body: { visits, hours: HOLD_HOURS, needs } }), (refusal) => {
      setRefused(bookingRefusal(refusal, visits, 'hold'))
      setWanted(isLostRace(refusal) ? id : undefined)
      if (isLostRace(refusal)) void propose()
    })
    if (!done) return
    setAnswer(undefined)
    await onHeld()
  }
  return (
    <>
      <WishForm sitsIn={sitsIn} draft={draft} onDraft={onDraft} protocol={protocol} zone={zone} pending={planning.pending} onPropose={() => { booking.forget(); holding.forget(); setWanted(undefined); void propose() }} />
      <Refused refusal={planning.refusal} />
      <Refused refusal={(booking.refusal ?? holding.refusal) && refused} />
      {answer && <Told key={asked}><Answer answer={answer} wanted={wanted} holding={holding.pending ? held : undefined} onPick={setPicked} onHold={(proposal) => void hold(proposal)} /></Told>}
      {picked && <BookDialog proposal={picked} name={head.name} pending={booking.pending} why={why} onWhy={setWhy} onBook={() => void book()} onClose={() => setPicked(undefined)} />}
    </>
  )
}

interface AnswerProps {
  readonly answer: Pick<Response<'plan'>, 'proposals' | 'impossible'>
  /** What did not fit, where no plan does. */
  readonly none?: string
  readonly wanted: string | undefined
  readonly holding?: string | undefined
  readonly onPick: (proposal: ProposalRow) => void
  /** Nothing where a plan cannot be held. */
  readonly onHold?: (proposal: ProposalRow) => void
}

/** Up to three plans side by side, or why there is none and what would help. */
export function Answer({ answer: { proposals, impossible }, none = 'With these wishes the course does not fit.', wanted, holding, onPick, onHold }: AnswerProps) {
  const real = proposals.filter(({ visits }) => visits.length > 0)
  const nothing = impossible.find(({ code }) => code === 'nothing-to-book')
  if (nothing) return <EmptyState what={nothing.says} begin={impossible.find(({ code }) => code === 'would-help')?.says} />
  if (impossible.length > 0) return <Impossible none={none} reasons={impossible} />
  if (real.length === 0) return <EmptyState what="Nothing is left to book: every visit of this course stands already." />
  return (
    <Section id="proposals" title={real.length === 1 ? 'One plan' : `${real.length} plans`}>
      <p className="soft">{real.length === 1 ? 'No clearly different plan was found.' : 'They differ in what they put first. Nothing is booked until you book one'}{real.length > 1 && (onHold ? '; one of them can be held while somebody asks.' : '.')}</p>
      <ol className="d-proposals" aria-label="Proposed plans">{real.map((proposal) => <ProposalCard key={proposal.id} proposal={proposal} chosen={proposal.id === wanted} holding={proposal.id === holding} onPick={() => onPick(proposal)} {...(onHold ? { onHold: () => onHold(proposal) } : {})} />)}</ol>
    </Section>
  )
}

function Impossible({ none, reasons }: { readonly none: string; readonly reasons: Response<'plan'>['impossible'] }) {
  const helps = reasons.filter(({ code }) => code === 'would-help')
  return (
    <Section id="no-plan" title="There is no plan like this">
      <Notice urgent level="caution" what={`${none} Nothing was booked.`}>
        <Stack air="tight">
          <ul className="d-reasons">{reasons.filter(({ code }) => code !== 'would-help').map(({ says }) => <li key={says}>{says}</li>)}</ul>
          {helps.length > 0 && <><p><strong>What would help, each by itself:</strong></p><ul className="d-reasons">{helps.map(({ says }) => <li key={says}>{says}</li>)}</ul></>}
        </Stack>
      </Notice>
    </Section>
  )
}

