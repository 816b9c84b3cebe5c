import type { Chooser } from '../../core/scheduling/choice.ts'
import { planJointly } from '../../core/scheduling/joint.ts'
import type { PlanTogether } from '../planning/in-worker.ts'

/** A solver that never has a better choice: everybody keeps the plan they have beside those before them. */
const noneBetter: Chooser = ({ columns, rows }) => Promise.resolve({ values: columns.map(() => 0), duals: rows.map(() => 0) })

/** A small waiting list planned in the test's own thread. From sources there is no built worker to start. */
export const inThread: PlanTogether = (waiting, tell) => {
  let refuse = (_: Error) => {}
  const done = Promise.race([
    new Promise<never>((_, reject) => { refuse = reject }),
    planJointly(waiting, { choose: noneBetter, rounds: 1, tries: 0, tell }).then(({ plans }) => plans),
  ])
  return { done, stop: () => refuse(new Error('stopped')) }
}
