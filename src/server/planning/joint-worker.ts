import os from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { planJointly, type Waiting } from '../../core/scheduling/joint.ts'
import { highsChooser } from './choose.ts'
import type { FromWorker } from './in-worker.ts'

/**
 * The thread that plans a waiting list: it gets the list when it begins, says how far it has come, and answers once. It touches
 * no database. On Linux a thread has a rank of its own, and this one stands behind whoever answers requests.
 */
if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
const say = (message: FromWorker) => parentPort?.postMessage(message)
const { plans } = await planJointly(workerData as readonly Waiting[], { choose: await highsChooser(), tell: (progress) => say({ progress }) })
say({ plans })
