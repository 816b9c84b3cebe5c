import { violations } from '../../src/core/scheduling/check.ts'
import type { JointPlan, Waiting } from '../../src/core/scheduling/joint.ts'
import { withTaken } from '../../src/core/scheduling/taken.ts'

export { highsChooser } from '../../src/server/planning/choose.ts'
export { planJointly } from '../../src/core/scheduling/joint.ts'
export { boundOf } from './bound.ts'
export { waitingList } from './waiting-list.ts'

/** What all plans together break, as the check sees each in calendars that hold everybody else's. */
export const broken = (waiting: readonly Waiting[], plans: readonly JointPlan[]) => {
  const visitsOf = (plan: JointPlan) => ('proposal' in plan ? plan.proposal.visits : [])
  return waiting.flatMap(({ id, request }) => {
    const own = plans.find((plan) => plan.id === id)
    const others = plans.filter((plan) => plan.id !== id).flatMap(visitsOf)
    return own && 'proposal' in own ? violations({ visits: own.proposal.visits }, withTaken(request, others, () => 'of another patient')) : []
  })
}
