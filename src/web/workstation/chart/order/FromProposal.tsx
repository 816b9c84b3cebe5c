import { canDecide, proposalStands } from '../../../../core/dosing/decide.ts'
import { mg, showMg } from '../../../../core/shared/units.ts'
import { Button, Notice, TextArea } from '../../../kit/index.ts'
import { seenOf, statedOf, useDoseBrief, useStated } from '../brief/dose-brief.ts'
import { useOpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import type { OrderDraft } from './draft.ts'

interface FromProposalProps {
  readonly draft: OrderDraft
  readonly set: (change: Partial<OrderDraft>) => void
  readonly answer: Answer
  readonly problem: string | undefined
}

interface Answer {
  /** Whether the order as it stands is what was proposed; nothing while no proposal is answered. */
  readonly as: 'accepted' | 'changed' | undefined
  /** The proposal has changed since it was taken over: signing would answer another one. */
  readonly movedOn: boolean
  readonly problem: string | undefined
}

/** How the order being written stands to the proposal it answers. */
export function useAnswer({ titration, route, doseMg }: OrderDraft): Answer {
  const now = useDoseBrief(titration?.stated ?? {})
  if (!titration) return { as: undefined, movedOn: false, problem: undefined }
  const movedOn = JSON.stringify(seenOf(now)) !== JSON.stringify(titration.seen)
  const as = doseMg !== null && mg(doseMg) === titration.seen.doseUg && route === now.route ? 'accepted' : 'changed'
  return { as, movedOn, problem: movedOn ? 'The proposal has changed since you took it over. Look at the titration brief again, or write the order without it.' : as === 'changed' && titration.reason.trim() === '' ? 'Write why it differs from the proposal.' : undefined }
}

/** The decision that is signed with the order. */
export function decisionOf({ titration }: OrderDraft, id: string) {
  if (!titration || !canDecide(titration.seen.action)) return undefined
  const { stated, seen, reason } = titration
  return { id, reason: reason.trim(), stated: { ...(stated.route && { route: stated.route }), ...(stated.window && { window: [...stated.window] as [number, number] }), noSideEffects: stated.noSideEffects === true }, seen: { ...seen, action: titration.seen.action } }
}

/** An order may be written without an answer to the brief; that there is one to answer is said, and stands in nobody's way. */
function Unanswered({ route }: Pick<OrderDraft, 'route'>) {
  const { chart } = useOpenChart()
  const stated = useStated()
  const said = statedOf(stated.value)
  const brief = useDoseBrief(said.route || !route ? said : { ...said, route })
  const stands = proposalStands(chart, brief)
  if (stands === 'none' || stands === 'answered') return null
  const next = <RoomLink step="brief">To the titration brief</RoomLink>
  if (stands === 'not-evaluable') return <Notice what="Nobody has decided about the titration brief since the last session, and it holds no proposal yet: something is not known." kept="An order signed here leaves it so." next={next} />
  return <Notice level="caution" what={brief.doseUg === undefined ? 'The titration brief leaves the dose to you, and nobody has answered it yet.' : `The titration brief proposes ${showMg(brief.doseUg)} ${brief.route}, and nobody has answered that yet.`} kept="An order signed here leaves the proposal unanswered." next={next} />
}

/** Above the order: which proposal it answers, and how. Accepting filled in the dose; only the signature decides. */
export function FromProposal({ draft, set, answer, problem }: FromProposalProps) {
  const { titration, doseMg } = draft
  if (!titration) return <Unanswered route={draft.route} />
  const { seen, reason } = titration
  return (
    <div className="c-list">
      <Notice
        level={answer.movedOn ? 'caution' : undefined}
        what={answer.movedOn ? 'The proposal has changed since you took it over.' : seen.doseUg === undefined ? 'This order answers the titration brief, which leaves the dose to you.' : answer.as === 'accepted' ? `${showMg(seen.doseUg)} is filled in as proposed. Nothing is ordered until you sign.` : `The brief proposed ${showMg(seen.doseUg)}${doseMg === null ? '' : `; this order says ${doseMg} mg`}.`}
        kept="Your decision about the proposal is signed and kept with the order."
        next={<RoomLink step="brief">Back to the titration brief</RoomLink>}
      >
        <Button kind="plain" onClick={() => set({ titration: null })}>Write the order without it</Button>
      </Notice>
      {answer.as === 'changed' && !answer.movedOn && <TextArea label="Why it differs from the proposal" value={reason} onChange={(why) => set({ titration: { ...titration, reason: why } })} problem={problem} />}
    </div>
  )
}
