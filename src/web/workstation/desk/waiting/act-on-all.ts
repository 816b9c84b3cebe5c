import type { PlannedPerson } from '../../../../core/contract/joint.ts'
import type { Me } from '../../me.ts'
import { call } from '../../../sync/client.ts'
import { sendAct } from '../../../sync/send-act.ts'
import { refusalOf, type Refusal } from '../use-act.ts'
import { HOLD_HOURS } from '../visits.ts'

export type How = 'book' | 'hold'
/** What became of one: `again` is another plan, because somebody took one of its times. */
export type Outcome = { readonly became: 'booked' | 'held' | 'again' | 'none' } | { readonly became: 'refused'; readonly refusal: Refusal }

/**
 * One course after the other, each whole or not at all. One whose times are gone is planned again beside the others, and is
 * looked at before it is booked. Without a connection nobody else is tried: answers how many were, and all of it may be pressed again.
 */
export async function actOnAll(me: Me, run: string, how: How, people: readonly PlannedPerson[], tell: (chart: string, outcome: Outcome) => void): Promise<number> {
  for (const [done, one] of people.entries()) {
    const outcome = await actOn(me, run, how, one)
    if (outcome.became === 'refused' && outcome.refusal.code === 'offline') return done
    tell(one.chart, outcome)
  }
  return people.length
}

async function actOn(me: Me, run: string, how: How, { chart, plan }: PlannedPerson): Promise<Outcome> {
  const first = plan!.visits[0]!.visit
  const params = { chart, run }
  try {
    if (how === 'hold') await call('holdPlanned', { params, body: { first, hours: HOLD_HOURS } })
    else await sendAct([me.person, chart, 'bookPlanned', run, first], (id) => call('bookPlanned', { params, body: { id, device: me.device, first } }))
    return { became: how === 'hold' ? 'held' : 'booked' }
  } catch (failure) {
    const refusal = refusalOf(failure)
    return refusal.code === 'plan.clash' || refusal.code === 'plan.violates' ? again(params, refusal) : { became: 'refused', refusal }
  }
}

async function again(params: { chart: string; run: string }, lost: Refusal): Promise<Outcome> {
  // Made again by somebody else meanwhile: theirs is looked at, and not replaced once more.
  if (lost.list.some(({ code }) => code === 'replanned')) return { became: 'again' }
  try {
    const { state, plan } = await call('planAgain', { params })
    return { became: state === 'booked' ? 'booked' : plan ? 'again' : 'none' }
  } catch (failure) {
    return { became: 'refused', refusal: refusalOf(failure) }
  }
}
