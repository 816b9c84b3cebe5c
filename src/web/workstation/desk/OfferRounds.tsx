import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OfferRound } from '../../../core/contract/fill.ts'
import { Button, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { ago, clockTime, dayAndTime, shortDay } from '../times.ts'
import { Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'

interface RoundsProps {
  readonly rounds: readonly OfferRound[]
  readonly now: string
  readonly zone: string
  readonly onSaid: (words: string) => void
}

/** Who is being asked, and what became of it. */
export function OfferRounds({ rounds, ...shown }: RoundsProps) {
  if (rounds.length === 0) return null
  return <Section id="rounds" title="Being offered"><Stack>{rounds.map((round) => <Round key={round.round} round={round} {...shown} />)}</Stack></Section>
}

function Round({ round: { round, startsAt, endsAt, way, turns, outcome, stopped, by, madeAt }, now, zone, onSaid }: Omit<RoundsProps, 'rounds'> & { readonly round: OfferRound }) {
  const queries = useQueryClient()
  const { pending, refusal, act } = useAct()
  // A yes moved the visit when it was said; that the round has ended is written a moment later.
  const taken = turns.some(({ state }) => state === 'agreed')
  const stop = () => void act(() => call('stopOffer', { params: { round }, body: {} })).then((done) => { if (done) { onSaid('Taken back. Nobody else is asked, and whoever has not answered hears that the time is gone.'); void queries.invalidateQueries({ queryKey: ['freed'] }) } })
  return (
    <Notice level={outcome === 'nobody' ? 'caution' : undefined} what={`${shortDay(startsAt, zone)}, ${clockTime(startsAt, zone)} to ${clockTime(endsAt, zone)}: ${outcome || taken ? OUTCOMES[outcome ?? 'taken'] : stopped ? 'it is being taken back.' : turns.length === 1 ? 'one person is asked.' : way === 'in-turn' ? 'asked one after the other.' : 'asked all at once; the first yes has it.'}`} kept={`Offered by ${by} ${ago(madeAt, now)}.`}>
      <div className="d-answer">
        <ol className="d-reasons">{turns.map((turn) => <li key={turn.chart}><Link to="/work/charts/$chart/plan" params={{ chart: turn.chart }} hash="sooner">{turn.name}</Link>: {saysOf(turn, zone, outcome !== null || taken)}</li>)}</ol>
        <Refused refusal={refusal} />
        {!outcome && !stopped && !taken && <div className="k-buttons"><Button pending={pending} onClick={stop}>Take it back</Button></div>}
      </div>
    </Notice>
  )
}

const OUTCOMES: Record<NonNullable<OfferRound['outcome']>, string> = { taken: 'somebody took it.', nobody: 'nobody took it.', began: 'it has begun.', stopped: 'it was taken back.', gone: 'it was used otherwise.' }

function saysOf({ state, until, passed, message }: OfferRound['turns'][number], zone: string, over: boolean): string {
  if (state === 'waiting') return `asked, until ${until ? dayAndTime(until, zone) : 'the time begins'}. ${FARED[message ?? 'none']}`.trim()
  if (state === 'passed') return `not asked. ${passed ?? ''}`.trim()
  if (state === 'next') return over ? 'not asked.' : 'comes next.'
  return { agreed: 'said yes; the visit is moved.', declined: 'said no.', lost: 'said yes, and somebody else was quicker. They know it.', lapsed: 'did not answer.', ended: 'had not answered when it ended.', overtaken: 'their visit has moved on.' }[state]
}

/** How the message itself fared, where somebody has to know. */
const FARED = { none: 'The message goes out in a moment.', sent: '', 'not-needed': '', failed: 'The message has not gone out; call them.', unreachable: 'They cannot be reached in the way they chose; call them.', 'not-wanted': 'They want no messages; call them.' }
