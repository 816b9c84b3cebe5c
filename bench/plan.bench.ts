import { bench, describe } from 'vitest'
import { planCourse } from '../src/core/scheduling/plan.ts'
import { halfFull } from './support/half-full.ts'

/** A hundred practices, each with another course to plan; those in which none fits are planned apart, since saying why costs more. */
const requests = Array.from({ length: 100 }, (_, i) => halfFull(i + 1))
const [fits, fitsNot] = [requests.filter((one) => 'proposals' in planCourse(one)), requests.filter((one) => 'impossible' in planCourse(one))]
/** What one answer costs, whatever else runs on the machine. */
const processorMs = (asked: (typeof requests)[number]) => {
  const before = process.cpuUsage()
  planCourse(asked)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
for (const [what, some] of [['proposals', fits], ['why none fits', fitsNot]] as const) {
  const spent = some.map(processorMs).toSorted((a, b) => a - b)
  console.log(`processor time, ${what}: median ${spent[Math.floor(spent.length / 2)]?.toFixed(0)} ms, slowest of ${spent.length} ${spent.at(-1)?.toFixed(0)} ms`)
}
const inTurn = (some: typeof requests) => {
  let next = 0
  return () => { planCourse(some[next++ % some.length]!) }
}

/** `npx vitest bench --run bench/plan.bench.ts`. The marks are 50 ms in the middle and 250 ms at the 99th percentile. */
describe('a course of six among twenty clinicians and eight rooms, eight weeks, calendars half full', () => {
  bench(`up to three proposals (${fits.length} courses)`, inTurn(fits), { iterations: 200, time: 10_000, warmupIterations: 20 })
  bench(`why none fits, and what would have to give (${fitsNot.length} courses)`, inTurn(fitsNot), { iterations: 50, time: 5_000, warmupIterations: 5 })
})
