// bench/joint: a waiting list planned together, and what no joint plan could cost less than. The bound is a column generation
// to its end, or, with --bound-minutes, as far as it came: what it prints is a true bound in every round.
import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { runnerImport } from 'vite'
import { home } from '../tools/prepare.mjs'
import { option, show } from './support/figures.mjs'

const COUNT = option('courses', 100)
const SEED = option('seed', 1)
const MINUTES = option('bound-minutes', Infinity)
const [MARK_S, MARK_SHARE] = [60, 0.05]

const load = async (file) => (await runnerImport(path.join(home, file), { configFile: false, root: home, logLevel: 'error' })).module
const { waitingList, planJointly, boundOf, highsChooser, broken } = await load('bench/support/joint.ts')
const waiting = waitingList(COUNT, SEED)
const choose = await highsChooser()

console.log(`machine   ${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.versions.node}`)
console.log(`asked     ${COUNT} courses of solo-six, seed ${SEED}; 20 clinicians, 8 rooms, 26 weeks\n`)
const started = performance.now()
const before = process.cpuUsage()
const parts = new Map()
let partSince = performance.now()
const joint = await planJointly(waiting, { choose, tell: ({ doing }) => {
  parts.set(doing, (parts.get(doing) ?? 0) + performance.now() - partSince)
  partSince = performance.now()
} })
const wallS = (performance.now() - started) / 1_000
const { user, system } = process.cpuUsage(before)
const cpuS = (user + system) / 1e6
const faults = broken(waiting, joint.plans)
const placed = joint.plans.filter((plan) => 'proposal' in plan).length
console.log(`ours      ${placed} of ${COUNT} have a plan, ${faults.length} rules broken by all of them together; cost ${show(joint.cost, 0)}`)
console.log(`took      ${show(wallS, 1)} s on the wall, ${show(cpuS, 1)} s of processor time; the mark is ${MARK_S} s`)
console.log(`parts     ${[...parts].map(([doing, ms]) => `${doing} ${show((100 * ms) / (1_000 * wallS), 0)} %`).join(', ')}`)
if (process.argv.includes('--no-bound')) process.exit(faults.length > 0 || wallS > MARK_S ? 1 : 0)
let last
for await (const bound of boundOf(waiting, choose)) {
  last = bound
  const minutes = (performance.now() - started) / 60_000
  console.log(`bound     round ${bound.round}: at least ${show(bound.least, 0)}, in parts ${show(bound.inParts, 0)}, ${bound.columns} plans, ${show(minutes, 1)} min`)
  if (minutes > MINUTES) break
}
const above = (joint.cost - last.least) / last.least
console.log(`\nours is at most ${show(100 * above, 1)} % above the bound; the mark is ${100 * MARK_SHARE} %${last.ended ? '' : ' (the bound was cut off and may still rise)'}`)
process.exit(faults.length > 0 || wallS > MARK_S || above > MARK_SHARE ? 1 : 0)
