import { bench, describe } from 'vitest'
import { withTaken } from '../src/core/scheduling/taken.ts'
import { planCourse } from '../src/core/scheduling/plan.ts'
import { repair, type CourseChange } from '../src/core/scheduling/repair.ts'
import type { PlannedVisit, PlanRequest } from '../src/core/scheduling/request.ts'
import { dayNumber, dayOfNumber } from '../src/core/scheduling/zone.ts'
import { chanceOf, halfFull } from './support/half-full.ts'

interface Case {
  readonly request: PlanRequest
  readonly booked: readonly PlannedVisit[]
  readonly change: CourseChange
}

/** Courses as `plan.bench.ts` plans them, each booked as first proposed and then struck by one thing. */
const struck = Array.from({ length: 140 }, (_, i) => i + 1).flatMap((seed) => {
  const asked = halfFull(seed)
  const answer = planCourse(asked)
  if (!('proposals' in answer)) return []
  const { visits: booked } = answer.proposals[0]
  const visit = booked[Math.floor(chanceOf(seed)() * booked.length)]!
  return [{ request: withTaken(asked, booked), booked, visit, seed }]
})
const midnight = (day: string, after = 0) => `${dayOfNumber(dayNumber(day) + after)}T05:00:00.000Z`
const changes: readonly (readonly [string, (visit: PlannedVisit, seed: number) => CourseChange])[] = [
  ['one visit falls out and needs another time', ({ visit }) => ({ kind: 'move', visit })],
  ['somebody of one visit is away that day', (visit, seed) => ({ kind: 'absence', person: visit.people[seed % visit.people.length]!.person, startsAt: midnight(visit.day), endsAt: midnight(visit.day, 1) })],
  ['the own therapist is away for a week', ({ day }, seed) => ({ kind: 'absence', person: halfFull(seed).therapist, startsAt: midnight(day), endsAt: midnight(day, 7) })],
]

/** What one answer costs, whatever else runs on the machine. */
function processorMs({ request, booked, change }: Case): number {
  const before = process.cpuUsage()
  repair(request, booked, change)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
const cases = changes.map(([what, changeOf]) => ({ what, all: struck.map(({ request, booked, visit, seed }): Case => ({ request, booked, change: changeOf(visit, seed) })) }))
for (const { what, all } of cases) {
  const found = all.map(({ request, booked, change }) => repair(request, booked, change)) // Once before anything is timed: what runs for the first time is slower.
  const spent = all.map(processorMs).toSorted((a, b) => a - b)
  const others = found.flatMap((one) => (one.ok ? [one.value.changes.length] : []))
  console.log(`processor time, ${what}: median ${spent[Math.floor(spent.length / 2)]?.toFixed(0)} ms, p95 ${spent[Math.floor(spent.length * 0.95)]?.toFixed(0)}, slowest of ${spent.length} ${spent.at(-1)?.toFixed(0)} ms; ${others.length} repaired, ${others.reduce((sum, one) => sum + one, 0)} visits changed`)
}

/** `npx vitest bench --run bench/repair.bench.ts`. The mark is 50 ms in the middle. */
describe('a booked course of six is repaired among twenty clinicians and eight rooms, calendars half full', () => {
  for (const { what, all } of cases) {
    let next = 0
    bench(what, () => {
      const one = all[next++ % all.length]!
      repair(one.request, one.booked, one.change)
    }, { iterations: 100, time: 5_000, warmupIterations: 10 })
  }
})
