// bench/plan-highs: the search for one course beside HiGHS on the same problem in the same run: how much longer HiGHS takes,
// how much dearer ours is at worst, and how often both come to the same cost.
import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { runnerImport } from 'vite'
import { home } from '../tools/prepare.mjs'
import { median, option, quantile, show } from './support/figures.mjs'

const COUNT = option('instances', 500)
const SEED = option('seed', 1)
const SECONDS = option('seconds', 120)
const [MARK_TIMES, MARK_GAP, MARK_EQUAL] = [20, 0.01, 0.95]
const EQUAL = 1e-6

const { module } = await runnerImport(path.join(home, 'bench/support/plan-highs.ts'), { configFile: false, root: home, logLevel: 'error' })
const { halfFull, ours, exact } = module
const FORM = process.argv.includes('--textbook') ? 'begins' : 'begun'
const solver = await exact(FORM, SECONDS)
console.log(`machine   ${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.versions.node}`)
console.log(`asked     ${COUNT} courses of solo-six from seed ${SEED} on; 20 clinicians, 8 rooms, 8 weeks, calendars half full; the soonest plan; a column says that a visit ${FORM === 'begun' ? 'has begun by a start' : 'begins at a start'}\n`)
ours(halfFull(SEED)) // Compiled before it is timed.
solver(halfFull(SEED))

const rows = []
for (let seed = SEED; seed < SEED + COUNT; seed += 1) {
  const request = halfFull(seed)
  const [own, best] = [ours(request), solver(request)]
  rows.push({ seed, own, best })
  if (best.broken > 0) console.log(`seed ${seed}: HiGHS's plan breaks ${best.broken} rules, so the model leaves something out`)
  if (best.ended && !same(own, best)) console.log(`seed ${seed}: ours ${own.cost ?? 'none'}, HiGHS ${best.cost ?? 'none'}`)
  if (rows.length % 50 === 0) console.error(`${rows.length} of ${COUNT}`)
}

function same(own, best) {
  if (own.cost === undefined || best.cost === undefined) return own.cost === best.cost
  return Math.abs(own.cost - best.cost) <= EQUAL * Math.max(1, best.cost)
}
const ended = rows.filter(({ best }) => best.ended)
const [planned, refused] = [ended.filter(({ best }) => best.cost !== undefined), ended.filter(({ best }) => best.cost === undefined)]
const equal = ended.filter(({ own, best }) => same(own, best)).length
const worst = Math.max(0, ...planned.map(({ own, best }) => (own.cost === undefined ? Infinity : (own.cost - best.cost) / best.cost)))
const cheaper = planned.filter(({ own, best }) => own.cost !== undefined && own.cost < best.cost - EQUAL * best.cost).length
const times = (some) => some.filter(({ best }) => best.ms > 0).map(({ own, best }) => best.ms / own.ms)
const line = (what, some) => console.log(`${what.padEnd(10)}${some.length} courses: ours median ${show(median(some.map(({ own }) => own.ms)), 1)} ms, p99 ${show(quantile(some.map(({ own }) => own.ms), 0.99), 0)} (with the openings ${show(median(some.map(({ own }) => own.wholeMs)), 0)} and ${show(quantile(some.map(({ own }) => own.wholeMs), 0.99), 0)}); HiGHS median ${show(median(some.map(({ best }) => best.ms)), 0)} ms, p99 ${show(quantile(some.map(({ best }) => best.ms), 0.99), 0)}; HiGHS takes ${show(median(times(some)))} times as long in the middle, ${show(quantile(times(some), 0.05))} at the 5th percentile`)
if (planned.length > 0) line('a plan', planned)
if (refused.length > 0) line('no plan', refused)
console.log(`cut off   ${rows.length - ended.length} at ${SECONDS} s, and not counted`)
console.log(`equal     ${equal} of ${ended.length} (${show((100 * equal) / ended.length)} %; the mark is ${100 * MARK_EQUAL} %)`)
console.log(`worst     ${show(100 * worst, 3)} % dearer (the mark is ${100 * MARK_GAP} %); ours cheaper than the best in ${cheaper}, which would be a fault of the model`)
console.log(`faster    ${show(median(times(planned)))} times in the middle (the mark is ${MARK_TIMES})`)
process.exit(equal / ended.length < MARK_EQUAL || worst > MARK_GAP || median(times(planned)) < MARK_TIMES || cheaper > 0 || rows.some(({ best }) => best.broken > 0) ? 1 : 0)
