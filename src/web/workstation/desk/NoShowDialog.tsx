import { useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { Refused } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle, visitWhen } from './visits.ts'

/** The time has come and nobody was there. What the chart says took place cannot be missed; the server looks. */
export function NoShowDialog({ chart, visit, onClose, onDone }: { readonly chart: string; readonly visit: BookedVisit; readonly onClose: () => void; readonly onDone: () => void }) {
  const [words, setWords] = useState('')
  const { pending, refusal, actAs } = useAct()
  const write = () => {
    void actAs((me) => call('noShow', { params: { chart, visit: visit.visit }, body: { id: newId(clock.ms()), device: me.device, words } })).then((done) => done && onDone())
  }
  return (
    <Dialog open title={`Nobody came to ${visitTitle(visit)}?`} onClose={onClose} end={<><Button onClick={onClose}>Leave it as it is</Button><Button kind="primary" pending={pending} onClick={write}>Nobody came</Button></>}>
      <p>{visitWhen(visit)}. It can then be planned again. Whether it costs anything is decided under Money, by a person.</p>
      <TextArea label="What was tried to reach them" optional rows={2} maxLength={1000} value={words} onChange={setWords} />
      <Refused refusal={refusal} />
    </Dialog>
  )
}
