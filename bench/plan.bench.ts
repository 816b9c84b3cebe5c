import { bench, describe } from 'vitest'
import { ana, ben, mia, requestFor, roomOne, roomTwo, rosa } from '../src/core/scheduling/fixtures.ts'
import { protocols } from '../src/knowledge/protocols.ts'
import { planCourse } from '../src/core/scheduling/plan.ts'

const request = requestFor(protocols['solo-six'])

/** How long a whole course takes to plan: `npx vitest bench --run bench/plan.bench.ts`. The mark is 300 ms. */
describe('a whole course', () => {
  bench('four people, two rooms', () => {
    planCourse(request({ people: [ana, ben, mia, rosa], rooms: [roomOne, roomTwo] }))
  }, { iterations: 20, time: 2_000 })
})
