import { useId } from 'react'
import type { PlanningRun } from '../../../../core/contract/joint.ts'
import { Button, Stack } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { ago } from '../../times.ts'
import { Refused } from '../parts.tsx'
import { useAct } from '../use-act.ts'
import { doingWords } from './words.ts'

/** How far it has come, by whoever began it, and the way to stop it. */
export function Making({ run, now, onStopped }: { readonly run: PlanningRun; readonly now: string; readonly onStopped: () => void }) {
  const id = useId()
  const { pending, refusal, act } = useAct()
  return (
    <div className="k-card">
      <Stack>
        <h2 id={id}>{run.people === 1 ? 'Planning one person' : `Planning ${run.people} people together`}</h2>
        <progress className="d-progress" aria-labelledby={id} max={100} value={Math.round(100 * run.share)} />
        <output>{doingWords(run)}</output>
        <p className="soft">Begun by {run.by}, {ago(run.begunAt, now)}. A list of a hundred takes about a minute. Nothing is booked by it, and you can leave this page: the result is kept for a day.</p>
        <Refused refusal={refusal} />
        <div className="k-buttons"><Button pending={pending} onClick={() => void act(() => call('stopPlanning', { params: { run: run.run } })).then((done) => done && onStopped())}>Stop planning</Button></div>
      </Stack>
    </div>
  )
}
