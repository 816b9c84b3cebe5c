// npm run proof:sync: whole lives of two to six devices and their server, each from a seed: about 400 steps with a bad
// network, wrong clocks, crashes at every write, full disks, people after each other; then everything has to agree.
//   --seeds 1000 --from 1    how many, and the first;  --workers 2   processes side by side;  --every 20   each twentieth seed: from 15 those with guests
//   --faults                 plants each fault of src/web/sync/testing/faults.ts and looks for a seed that finds it: first the one that
//                            did before (src/web/sync/testing/finders.json), then one after the other;  --anew   without that
//   --only no-gap-check      with --faults: these alone, may stand several times
import { fork } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { home } from './prepare.mjs'
import { lifeIn, make, plant } from './proof-sync-build.mjs'

const { values: asked } = parseArgs({ options: {
  seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' }, every: { type: 'string', default: '1' }, workers: { type: 'string', default: String(availableParallelism()) }, faults: { type: 'boolean' }, anew: { type: 'boolean' }, only: { type: 'string', multiple: true },
} })
const [count, from, every, workers] = [asked.seeds, asked.from, asked.every, asked.workers].map(Number)
const seeds = () => Array.from({ length: count }, (_, place) => from + place * every)
/** A life takes a fifth of a second; one that takes so long goes round in circles. */
const STUCK_MS = 60_000
const made = path.join(home, `node_modules/.openkap-proof-${process.pid}`)
mkdirSync(made, { recursive: true })
process.on('exit', () => rmSync(made, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
process.exitCode = asked.faults ? await findFaults() : await liveAll()

async function liveAll() {
  const started = performance.now()
  await make(made)
  const sum = {}
  const failures = []
  let done = 0
  let told = started
  await each(seeds(), lifeIn(made), (one) => {
    if (one.figures || one.failure) done += 1
    if (one.failure) failures.push(one)
    if (one.failure) console.log(`seed ${one.seed}: ${one.failure}`)
    for (const [name, figure] of Object.entries(one.figures ?? {})) sum[name] = (sum[name] ?? 0) + figure
    if (performance.now() - told < 10_000) return true
    told = performance.now()
    console.log(`${done} of ${count} lives, ${sum.acknowledged ?? 0} entries acknowledged, ${failures.length} failures, ${((told - started) / 1000).toFixed(0)} s`)
    return true
  })
  console.log(`lives ${done} (seeds ${from} to ${from + (count - 1) * every}), ${Object.entries(sum).map(([name, figure]) => `${name} ${figure}`).join(', ')}, failures ${failures.length}, seconds ${((performance.now() - started) / 1000).toFixed(0)}`)
  if (failures.length > 0) console.log(`Keep them in src/web/sync/testing/kept-seeds.json: ${failures.map(({ seed }) => seed).join(', ')}`)
  return failures.length > 0 || done !== count ? 1 : 0
}

/** Every fault by itself, several at a time; a fault that no seed finds is a fault of the proof. */
async function findFaults() {
  const { module: { faults } } = await runnerImport(path.join(home, 'src/web/sync/testing/faults.ts'), { configFile: false, logLevel: 'warn' })
  const finders = JSON.parse(readFileSync(path.join(home, 'src/web/sync/testing/finders.json'), 'utf8'))
  const waiting = faults.filter(({ id }) => !asked.only || asked.only.includes(id))
  const missed = []
  const whole = path.join(made, 'whole')
  await make(whole)
  const all = waiting.length
  const search = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
      const folder = path.join(made, fault.id)
      await plant(folder, whole, fault)
      let found
      const before = asked.anew ? [] : [finders[fault.id]].filter(Boolean)
      await each([...before, ...seeds()], lifeIn(folder), (one) => { found ??= one.failure && one; return !found }, 1)
      rmSync(folder, { recursive: true, force: true })
      if (!found) missed.push(fault.id)
      console.log(`| \`${fault.id}\` | ${fault.what} | ${found ? found.seed : 'NOT FOUND'} | ${found ? found.failure.split(/ [[{0-9]/)[0].slice(0, 90) : ''} |`)
    }
  }
  await Promise.all(Array.from({ length: workers }, search))
  console.log(`${all - missed.length} of ${all} planted faults found${missed.length > 0 ? `; not found: ${missed.join(', ')}` : ''}`)
  return all === 0 || missed.length > 0 ? 1 : 0
}

/** Lives these seeds in so many processes; ends when all have been told or nobody wants to hear more. */
function each(seeds, file, hear, processes = workers) {
  let goesOn = true
  const one = () => new Promise((resolve) => {
    let child
    let seed
    let stuck
    const next = () => {
      clearTimeout(stuck)
      seed = goesOn ? seeds.shift() : undefined
      if (seed === undefined) { child.kill('SIGKILL'); resolve(undefined); return }
      child.send(seed)
      stuck = setTimeout(() => child.kill('SIGKILL'), STUCK_MS)
    }
    const start = () => {
      child = fork(path.join(home, 'tools/proof-sync-worker.mjs'), [file], { execArgv: ['--max-semi-space-size=32', '--single-threaded-gc'] })
      child.on('message', (/** @type {{ loose?: string, ready?: true, seed?: number, figures?: object, failure?: string }} */ said) => {
        // What went wrong unheard is a fault of the product, unless one was planted.
        if (said.loose) { if (!asked.faults) hear({ seed, failure: said.loose }); return }
        if (!said.ready && !hear(said)) goesOn = false
        next()
      })
      child.on('exit', () => {
        clearTimeout(stuck)
        if (seed === undefined) return
        if (!hear({ seed, failure: 'a life that never ended, or took its process with it' })) goesOn = false
        start()
      })
    }
    start()
  })
  return Promise.all(Array.from({ length: Math.min(processes, seeds.length) }, one))
}
