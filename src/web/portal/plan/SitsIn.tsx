import { useState } from 'react'
import { sitsInOf } from '../../../core/online/sits-in.ts'
import { inState, whereChoices, type Whereabouts } from '../../../core/shared/us-states.ts'
import { Button, Disclosure, Notice, Select, Stack } from '../../kit/index.ts'
import { usePatient } from '../patient.tsx'
import { SavedLine } from '../SavedLine.tsx'
import { dayOf, plainDay } from '../times.ts'

/** In which state she usually sits for visits online; hers to change. On the day she is asked once more. */
export function SitsIn() {
  const { used, zone } = usePatient()
  const said = sitsInOf(used.chart)
  const [state, setState] = useState<Whereabouts | null>(null)
  const [failed, setFailed] = useState(false)
  const keep = () => { if (state) { setFailed(false); void used.write('sits-in.v1', { state, via: 'patient' }).then(() => setState(null), () => setFailed(true)) } }
  return (
    <section className="k-no-print k-stack k-stack--tight" aria-labelledby="sits-in">
      <h2 id="sits-in">Visits online</h2>
      <p>{said ? <>You usually sit {inState(said.body.state)}, as said on {plainDay(dayOf(said.at, zone))}.</> : 'We do not know yet in which state you usually sit.'} Your clinician needs a licence for it. On the day we ask once more.</p>
      {said?.body.via === 'patient' && <SavedLine entry={said.id} saved="We have it." />}
      <Disclosure open={!said} summary={said ? 'I sit somewhere else now' : 'Say where'}>
        <Stack>
          <Select label="State" choices={whereChoices} value={state} onChange={setState} />
          <div className="k-buttons"><Button disabled={state === null || state === said?.body.state} onClick={keep}>Keep this state</Button></div>
          {failed && <Notice urgent level="caution" what="It could not be kept on this device. Nothing was saved." next="Try again, or tell us." />}
        </Stack>
      </Disclosure>
    </section>
  )
}
