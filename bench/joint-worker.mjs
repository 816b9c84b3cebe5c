// bench/joint-worker: how long the thread that answers requests is held while the built worker plans a waiting list beside it,
// and how long it is held by the same work where there is no worker. Needs a build: `node tools/build.mjs`.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { runnerImport } from 'vite'
import { home } from '../tools/prepare.mjs'
import { machine, option, show } from './support/figures.mjs'

const COUNT = option('courses', 100)
const { module } = await runnerImport(path.join(home, 'bench/support/joint.ts'), { configFile: false, root: home, logLevel: 'error' })
const waiting = module.waitingList(COUNT, option('seed', 1))
console.log(`machine   ${machine()}, Node ${process.versions.node}`)

const [idle, busy] = [await held(() => new Promise((resolve) => setTimeout(resolve, 5_000))), await held(inWorker)]
console.log(`at rest   ${saying(idle)}`)
console.log(`planning  ${saying(busy)}; ${COUNT} courses in ${show(busy.seconds)} s, ${show(busy.cpu)} s of processor time, ${busy.answer.filter((plan) => 'proposal' in plan).length} have a plan`)
if (process.argv.includes('--in-thread')) {
  const choose = await module.highsChooser()
  console.log(`no worker ${saying(await held(() => module.planJointly(waiting, { choose })))}`)
}

function inWorker() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(home, 'dist/server/joint-worker.mjs'), { workerData: waiting, resourceLimits: { maxOldGenerationSizeMb: 1_024 } })
    worker.on('message', (message) => { if ('plans' in message) resolve(message.plans) })
    worker.once('error', reject)
  })
}

async function held(work) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const [started, before] = [performance.now(), process.cpuUsage()]
  delay.enable()
  const answer = await work()
  delay.disable()
  const { user, system } = process.cpuUsage(before)
  return { answer, cpu: (user + system) / 1e6, seconds: (performance.now() - started) / 1_000, ms: (part) => delay.percentile(part) / 1e6, longest: delay.max / 1e6 }
}

function saying({ ms, longest }) {
  return `event loop at 5 ms: median ${show(ms(50))} ms, p99 ${show(ms(99))}, longest ${show(longest, 0)}`
}
