import type { Whereabouts } from '../../../core/shared/us-states.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { sendAct } from '../../sync/send-act.ts'

/** Where the patient sits for visits online, said to the desk, with today's date. Sent again under the same id where its answer was lost. */
export async function keepSitsIn(chart: string, state: Whereabouts, device: string): Promise<true> {
  const at = clock.now()
  await sendAct([chart, 'sits-in', state], (id) => call('append', { params: { chart }, body: { entries: [{ id, kind: 'sits-in.v1', at, writtenAt: at, device, body: { state, via: 'desk' } }] } }))
  return true
}
