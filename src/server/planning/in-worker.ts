import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { JointPlan, Waiting } from '../../core/scheduling/joint.ts'
import type { JointProgress } from '../../core/scheduling/joint-progress.ts'

/** Plans a waiting list somewhere, and can be told to stop: then `done` is refused. */
export type PlanTogether = (waiting: readonly Waiting[], tell: (progress: JointProgress) => void) => { readonly done: Promise<readonly JointPlan[]>; stop(): void }

export type FromWorker = { readonly progress: JointProgress } | { readonly plans: readonly JointPlan[] }

/** More than a hundred courses ever took. A list that takes more ends its thread, and not the server. */
const MOST_MB = 1_024

/** In a thread of its own, since the solver holds the one it runs in. The built worker lies beside the built server. */
export const inWorker: PlanTogether = (waiting, tell) => {
  const worker = new Worker(path.join(import.meta.dirname, 'joint-worker.mjs'), { workerData: waiting, resourceLimits: { maxOldGenerationSizeMb: MOST_MB } })
  const done = new Promise<readonly JointPlan[]>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => ('plans' in message ? resolve(message.plans) : tell(message.progress)))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the planning thread ended without an answer')))
  })
  return { done, stop: () => void worker.terminate() }
}
