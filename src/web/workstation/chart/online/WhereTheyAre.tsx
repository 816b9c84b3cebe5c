import { useState } from 'react'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import { sitsInOf } from '../../../../core/online/sits-in.ts'
import { inState, whereChoices, type Whereabouts } from '../../../../core/shared/us-states.ts'
import { Button, DataPairs, Notice, RadioTiles, Select, TextField } from '../../../kit/index.ts'
import { clockTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useAct } from '../parts/act.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { upper } from '../words.ts'

type Said = EntryOf<'whereabouts.v1'>
const VIA = { link: 'by the link', portal: 'on their own pages', aloud: 'aloud, heard by the clinician' } as const

/** Where the patient says they are, when they said it, and that it is confirmed aloud; not asked today is said as such. */
export function WhereTheyAre({ visit, said }: { readonly visit: BookedVisit; readonly said: Said | undefined }) {
  const { chart, used, zone, mayWrite } = useOpenChart()
  const [asking, setAsking] = useState(said === undefined)
  const act = useAct()
  const contact = chart.latest('demographics.v1')?.body.emergencyContact
  const confirm = () => act.run(() => used.write('whereabouts.v1', { ...said!.body, via: 'aloud' }))
  return (
    <>
      {said
        ? <DataPairs wide pairs={[['Where they are', `${upper(inState(said.body.state))}: ${said.body.place}`], ['Call back', <a key="tel" href={`tel:${said.body.phone.replaceAll(/[^\d+]/g, '')}`}>{said.body.phone}</a>], ['Alone', said.body.company === 'alone' ? 'Yes, nobody can hear them' : 'No, somebody is near'], ['Said', `${clockTime(said.at, zone)} today, ${VIA[said.body.via]}`], ...(contact ? [['Emergency contact', `${contact.name}, ${contact.phone}`] as const] : [])]} />
        : <Notice level="caution" what="Not asked today: nobody knows where they are." next="Ask aloud before anything else, and write it here." />}
      <p className="soft">The emergency number for that place is not kept here. Look it up before you begin; 911 from your telephone reaches your own area.</p>
      {said && said.body.via !== 'aloud' && mayWrite('whereabouts.v1') && !asking && <div className="k-buttons"><Button pending={act.pending} onClick={() => void confirm()}>I asked aloud: it is so</Button><Button onClick={() => setAsking(true)}>It is another place</Button></div>}
      {said && said.body.via === 'aloud' && mayWrite('whereabouts.v1') && !asking && <div className="k-buttons"><Button onClick={() => setAsking(true)}>They have gone somewhere else</Button></div>}
      {asking && mayWrite('whereabouts.v1') && <AskAloud visit={visit} said={said} onDone={() => setAsking(false)} />}
    </>
  )
}

function AskAloud({ visit, said, onDone }: { readonly visit: BookedVisit; readonly said: Said | undefined; readonly onDone: () => void }) {
  const { chart, used } = useOpenChart()
  const [state, setState] = useState<Whereabouts | null>(said?.body.state ?? sitsInOf(chart)?.body.state ?? null)
  const [place, setPlace] = useState(said?.body.place ?? '')
  const [phone, setPhone] = useState(said?.body.phone ?? chart.latest('demographics.v1')?.body.phone ?? '')
  const [company, setCompany] = useState<'alone' | 'not-alone' | null>(said?.body.company ?? null)
  const problems = {
    state: state ? undefined : 'Choose the state they are in.', place: place.trim().length >= 3 ? undefined : 'Write street, number and town.',
    phone: phone.replaceAll(/\D/g, '').length >= 7 ? undefined : 'Write a number with its area code.', company: company ? undefined : 'Say whether they are alone.',
  }
  const save = () => used.write('whereabouts.v1', { visit: visit.visit, startsAt: visit.startsAt, state: state!, place: place.trim(), phone: phone.trim(), company: company!, via: 'aloud' })
  return (
    <SaveForm label="Where they are, asked aloud" save="Write where they are" problems={problems} onSave={save} onDone={onDone}>
      {(wrong) => <>
        <div className="c-pair">
          <Select label="State they are in" choices={whereChoices} value={state} onChange={setState} problem={wrong('state')} />
          <TextField label="Number to call back" type="tel" maxLength={40} value={phone} onChange={setPhone} problem={wrong('phone')} />
        </div>
        <TextField label="Street and number, and the town" hint="To where help could be sent." maxLength={300} value={place} onChange={setPlace} problem={wrong('place')} />
        <RadioTiles label="Are they alone, where nobody can hear them?" tile="11rem" choices={[{ value: 'alone', label: 'Yes' }, { value: 'not-alone', label: 'No, somebody is near' }]} value={company} onChange={setCompany} problem={wrong('company')} />
      </>}
    </SaveForm>
  )
}
