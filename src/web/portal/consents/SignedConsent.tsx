import { useState } from 'react'
import type { EntryOf } from '../../../core/chart/entry.ts'
import type { ConsentForm } from '../../../knowledge/consents.ts'
import { Button, DataPairs, Notice, TextArea } from '../../kit/index.ts'
import { usePatient } from '../patient.tsx'
import { dayAndTime } from '../times.ts'

/** What was signed, by whom and when; and the way back, which needs no reason and no connection. */
export function SignedConsent({ form, entry }: { readonly form: ConsentForm; readonly entry: EntryOf<'consent.v1'> }) {
  const { zone } = usePatient()
  const { signature, acknowledged, choices = {}, textSha256 } = entry.body
  return (
    <>
      <section className="k-stack k-stack--tight" aria-labelledby="ticked"><h2 id="ticked">What you read and ticked</h2><ul>{form.risks.filter(({ id }) => acknowledged.includes(id)).map(({ id, says }) => <li key={id}>{says}</li>)}</ul></section>
      <section className="k-card k-stack" aria-labelledby="signed">
        <h2 id="signed">Signed</h2>
        <DataPairs pairs={[['By', signature.name], ['On', dayAndTime(signature.signedAt, zone)], ...form.choices.map(({ id, asks }) => [asks, choices[id]] as const), ['These exact words, as a number', <span className="numbers small" key="digest">{textSha256.slice(0, 16)} …</span>]]} />
        <div className="k-buttons k-no-print"><Button kind="plain" onClick={() => print()}>Print it</Button></div>
      </section>
      <TakeBack form={form} />
    </>
  )
}

function TakeBack({ form }: { readonly form: ConsentForm }) {
  const { used } = usePatient()
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState('')
  const [failed, setFailed] = useState(false)
  async function takeBack() {
    setFailed(false)
    await used.write('consent-withdrawn.v1', { form: form.form, said: said.trim() }).then(() => scrollTo(0, 0), () => setFailed(true))
  }
  if (!asking) return <div className="k-stack k-stack--tight k-no-print"><p>You may take this back at any time, without a reason.</p><Button onClick={() => setAsking(true)}>Take this consent back</Button></div>
  return (
    <section className="k-card k-stack" aria-labelledby="take-back">
      <h2 id="take-back">Take it back?</h2>
      <p>{form.whenTakenBack ?? `It counts at once${form.required ? ', and no further dose is given' : ''}.`} Nothing else about your care changes, and you can sign again later.</p>
      <TextArea label="Anything you want to say about it" optional value={said} onChange={setSaid} maxLength={1000} />
      {failed && <Notice urgent level="caution" what="It could not be written down on this device." next="Please try again, or tell anybody at the practice: saying it is enough." />}
      <div className="k-buttons"><Button kind="danger" onClick={() => void takeBack()}>Yes, take it back</Button><Button onClick={() => setAsking(false)}>Leave it as it is</Button></div>
    </section>
  )
}
