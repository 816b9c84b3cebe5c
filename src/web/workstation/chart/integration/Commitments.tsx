import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Button, Disclosure } from '../../../kit/index.ts'
import { ago, plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { ActLine, useAct } from '../parts/act.tsx'
import { Part, When } from '../parts/Room.tsx'
import { keptWords, upper } from '../words.ts'

type Kept = BodyOf<'commitment-kept.v1'>['kept']

/** What was resolved in earlier integrations, and what became of it, as the person says. */
export function Commitments() {
  const { chart } = useOpenChart()
  const withAny = chart.all('integration.v1').filter(({ body }) => body.commitments.length > 0)
  const [last, ...earlier] = withAny.toReversed()
  if (!last) return null
  const of = (entries: typeof withAny) => entries.flatMap(({ at, body }) => body.commitments.map((one) => <OneCommitment key={one.id} commitment={{ ...one, at }} />))
  return (
    <Part title="Resolved last time">
      <ul className="c-plain">{of([last])}</ul>
      {earlier.length > 0 && <Disclosure summary={`Resolved before that (${earlier.length})`}><ul className="c-plain">{of(earlier)}</ul></Disclosure>}
    </Part>
  )
}

function OneCommitment({ commitment }: { readonly commitment: { readonly id: string; readonly text: string; readonly dueOn?: string | undefined; readonly at: string } }) {
  const { chart, used, mayWrite, now } = useOpenChart()
  const act = useAct()
  const kept = chart.latest('commitment-kept.v1', ({ body }) => body.commitment === commitment.id)
  return (
    <li className="c-past">
      <p>{commitment.text} <span className="soft">resolved <When at={commitment.at} />{commitment.dueOn ? `, by ${plainDay(commitment.dueOn)}` : ''}{kept ? ` · ${keptWords[kept.body.kept]}${kept.body.said ? `: “${kept.body.said}”` : ''}` : ' · not asked yet'}</span></p>
      {mayWrite('commitment-kept.v1') && !kept && (
        <div className="k-buttons">
          {(Object.keys(keptWords) as Kept[]).map((value) => <Button key={value} pending={act.pending} aria-label={`${upper(keptWords[value])}: ${commitment.text}, resolved ${ago(commitment.at, now)}`} onClick={() => void act.run(() => used.write('commitment-kept.v1', { commitment: commitment.id, kept: value, said: '' }))}>{upper(keptWords[value])}</Button>)}
        </div>
      )}
      <ActLine act={act} />
    </li>
  )
}
