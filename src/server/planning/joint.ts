import { randomUUID } from 'node:crypto'
import { bookedFrom } from '../../core/scheduling/booked.ts'
import type { JointPlan, Waiting } from '../../core/scheduling/joint.ts'
import { shareDone, type JointProgress } from '../../core/scheduling/joint-progress.ts'
import type { Score } from '../../core/scheduling/request.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { endRun, hearRun, keepAnswers, type KeptAnswer } from '../store/planning-runs.ts'
import type { PlanTogether } from './in-worker.ts'

/** The joint plans that this server makes, at most one for each practice. */
export interface Together {
  begin(practice: string, run: string, waiting: readonly Waiting[]): void
  /** Nobody wants it any more: it ends at once where it is made here, and within a moment where another server makes it. */
  stop(run: string): void
  /** Ends all of them, when the server stops. */
  close(): Promise<void>
}

/** How often it is written down how far one has come. */
const BEAT_MS = 1_000

export function togetherBy(shell: Pick<Shell, 'database' | 'clock' | 'log'>, plan: PlanTogether): Together {
  const running = new Map<string, { readonly ended: Promise<void>; stop(): void }>()
  return {
    begin(practice, run, waiting) {
      let latest: JointProgress | undefined
      const work = plan(waiting, (progress) => { latest = progress })
      const hear = () => asJob(shell, practice, (client) => hearRun(client, practice, run, latest && { ...latest, share: shareDone(latest) }))
      const beat = setInterval(() => void hear().then((wanted) => { if (!wanted) work.stop() }).catch(() => {}), BEAT_MS)
      const ended = work.done.then((plans) => keep(shell, practice, run, plans)).catch((failure: unknown) => giveUp(shell, practice, run, failure)).finally(() => {
        clearInterval(beat)
        running.delete(run)
      })
      running.set(run, { ended, stop: () => work.stop() })
    },
    stop: (run) => running.get(run)?.stop(),
    async close() {
      const all = [...running.values()]
      for (const one of all) one.stop()
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

type Kept = Pick<Shell, 'database' | 'clock' | 'log'>

/** All of it or nothing, and only while somebody still wants it. */
const keep = (shell: Kept, practice: string, run: string, plans: readonly JointPlan[]): Promise<void> =>
  asJob(shell, practice, async (client) => {
    if (await endRun(client, practice, run, 'done', shell.clock.now())) await keepAnswers(client, practice, run, new Map(plans.map((one) => [one.id, answerOf(one)])))
  }, true)

/** Stopped by somebody is written down already; anything else is a failure that the desk reads of. */
async function giveUp(shell: Kept, practice: string, run: string, failure: unknown): Promise<void> {
  const unexpected = await asJob(shell, practice, (client) => endRun(client, practice, run, 'failed', shell.clock.now()), true).catch(() => false)
  if (unexpected) shell.log.warn({ job: 'plan the waiting list', failure: String((failure as Error).message) }, 'a joint plan was not made')
}

export function answerOf(plan: JointPlan): KeptAnswer {
  const beside = { alone: plan.alone ? shown(plan.alone) : null, because: plan.because }
  if ('impossible' in plan) return { plan: null, impossible: plan.impossible.map(({ code, says }) => ({ code, says })), wouldHelp: plan.wouldHelp.map(({ says }) => says), ...beside }
  const { visits, score, notes } = plan.proposal
  return { plan: { visits: visits.map((visit) => bookedFrom(visit, randomUUID())), score: shown(score), notes }, impossible: [], wouldHelp: [], ...beside }
}

const shown = ({ finishDay, continuity, wishes }: Score) => ({ finishDay, ...continuity, wishesMet: wishes.met, wishesAsked: wishes.asked })
