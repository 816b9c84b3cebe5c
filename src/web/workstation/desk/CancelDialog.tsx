import { useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { useMe } from '../me.ts'
import { Refused } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle, visitWhen } from './visits.ts'

/** A visit is cancelled with a reason; the visits around it stay where they are. */
export function CancelDialog({ chart, visit, onClose, onCancelled }: { readonly chart: string; readonly visit: BookedVisit; readonly onClose: () => void; readonly onCancelled: () => void }) {
  const me = useMe()
  const [why, setWhy] = useState('')
  const { pending, refusal, act } = useAct()
  const cancel = () => {
    if (!me) return
    void act(() => call('cancelVisit', { params: { chart, visit: visit.visit }, body: { id: newId(clock.ms()), device: me.device, why } })).then((done) => done && onCancelled())
  }
  return (
    <Dialog
      open title={`Cancel ${visitTitle(visit)}?`} onClose={onClose}
      end={<><Button onClick={onClose}>Keep the visit</Button><Button kind="danger" pending={pending} disabled={why.trim().length < 3} onClick={cancel}>Cancel this visit</Button></>}
    >
      <p>{visitWhen(visit)}. The other visits stay where they are; plan again to fill what is missing.</p>
      <TextArea label="Why it is cancelled" rows={2} minLength={3} maxLength={1000} value={why} onChange={setWhy} />
      <Refused refusal={refusal} />
    </Dialog>
  )
}
