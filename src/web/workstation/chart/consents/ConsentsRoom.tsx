import { useState } from 'react'
import { consentNow } from '../../../../core/course/consent.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { Button, DataPairs, Disclosure, Tag, TextField } from '../../../kit/index.ts'
import { consentWords } from '../beside/standing.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

type Form = (typeof rulebook.consents)[number]

/** How each consent stands. Only the patient gives one; anybody who hears it taken back writes that down. */
export function ConsentsRoom() {
  return (
    <Room title="Consents" says="The patient reads and signs on their own pages, in a clear head. Taking consent back is never refused and counts at once, also from your hand.">
      {rulebook.consents.map((form) => <OneConsent key={form.form} form={form} />)}
    </Room>
  )
}

function OneConsent({ form }: { readonly form: Form }) {
  const { chart } = useOpenChart()
  const { state, signed, withdrawn } = consentNow(chart, form)
  return (
    <Part title={form.title} end={<Tag>{`${consentWords[state]}${form.required ? '' : ', not required'}`}</Tag>}>
      {state === 'not-signed' && <p className="soft">Version {form.version} waits on the patient’s own pages.</p>}
      {state === 'older-version' && signed && <p>Signed in version {signed.body.version}; today’s is {form.version}. It has to be read and signed anew.</p>}
      {withdrawn && state === 'withdrawn' && <><p>Taken back{withdrawn.body.said ? `: “${withdrawn.body.said}”` : '.'}</p><Written entry={withdrawn} what={`the withdrawal: ${form.title}`} /></>}
      {signed && (
        <Disclosure summary={`What was signed: ${form.title}`}>
          <DataPairs pairs={[['Signed as', signed.body.signature.name], ['Version', signed.body.version], ['Risks ticked', `${signed.body.acknowledged.length}`], ...form.choices.map(({ id, asks }) => [asks, signed.body.choices?.[id]] as const), ['Digest of the text', `${signed.body.textSha256.slice(0, 16)}…`]]} />
          <Written entry={signed} what={`the consent: ${form.title}`} />
        </Disclosure>
      )}
      {(state === 'signed' || state === 'older-version') && <Withdraw form={form} />}
    </Part>
  )
}

function Withdraw({ form }: { readonly form: Form }) {
  const { used, mayWrite } = useOpenChart()
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  if (!mayWrite('consent-withdrawn.v1')) return null
  if (!open) return <Button kind="quiet" onClick={() => setOpen(true)}>{`It was taken back: ${form.title}`}</Button>
  return (
    <SaveForm label={`Withdrawal of: ${form.title}`} save="Write the withdrawal" problems={{}} onSave={() => used.write('consent-withdrawn.v1', { form: form.form, said: said.trim() })} onDone={() => setOpen(false)} beside={<Button kind="plain" onClick={() => setOpen(false)}>Not now</Button>}>
      {() => <TextField label="What was said" hint="In the person’s words. A reason is not needed." optional value={said} onChange={setSaid} />}
    </SaveForm>
  )
}
