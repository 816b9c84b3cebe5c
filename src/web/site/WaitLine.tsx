import type { Protocol } from '../../core/course/protocol.ts'
import type { PracticeView } from './practice.ts'
import { fill, slotsOf } from './slots.ts'
import { promiseHolds, waitSays } from './wait.ts'

/** How long somebody new waits; and the promise, only while it can be kept. */
export function WaitLine({ practice, protocol }: { readonly practice: PracticeView; readonly protocol: Protocol }) {
  const { says, seen } = waitSays(practice.firstVisit, practice.zone)
  return (
    <p className="wait">
      {says}{promiseHolds(practice.firstVisit, protocol) && ` ${fill('When you say yes to a therapist, you meet within {firstVisitWithin}.', slotsOf(protocol))}`}
      {seen && <span className="wait__seen">{seen}</span>}
    </p>
  )
}
