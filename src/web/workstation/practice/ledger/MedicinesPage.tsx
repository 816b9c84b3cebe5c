import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ledgerRows } from '../../../../knowledge/ledger.ts'
import { Button, Disclosure, EmptyState, Notice, Stack, Tag, buttonClass } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { Loaded, Section, Told } from '../../desk/parts.tsx'
import { Frame } from '../../Frame.tsx'
import { isOne, useMe } from '../../me.ts'
import { Begin } from './Begin.tsx'
import { Count } from './Count.tsx'
import { Differences } from './Differences.tsx'
import { NewestLines } from './NewestLines.tsx'
import { OnHand } from './OnHand.tsx'
import { Receive } from './Receive.tsx'
import { TakeOut } from './TakeOut.tsx'
import type { DifferenceRow, LedgerNow } from './words.ts'
import '../../desk/desk.css'
import '../practice.css'
import './ledger.css'

type Form = 'receive' | 'count' | 'take-out' | 'place'

/** The medicine of the practice: what does not come out, what is there, and what may be done next. */
export function MedicinesPage() {
  const me = useMe()
  const query = useQuery({ queryKey: ['ledger'], queryFn: () => call('ledger'), refetchInterval: 30_000, enabled: me !== undefined && isOne(me, 'therapist', 'prescriber', 'monitor', 'medical-director', 'owner') })
  return (
    <Frame title="Medicines">
      <Stack air="wide">
        <h1>Medicines</h1>
        {me && !isOne(me, 'therapist', 'prescriber', 'monitor', 'medical-director', 'owner')
          ? <Notice what="The drug ledger is read by those who treat, and by the owner." next="Ask a prescriber if something here should change." />
          : <Loaded query={query} what="the drug ledger">{(ledger) => <Shown ledger={ledger} zone={me?.practice.zone ?? 'UTC'} sample={me?.practice.sample ?? false} />}</Loaded>}
      </Stack>
    </Frame>
  )
}

function Shown({ ledger, zone, sample }: { readonly ledger: LedgerNow; readonly zone: string; readonly sample: boolean }) {
  const queries = useQueryClient()
  const [form, setForm] = useState<Form>()
  const [left, setLeft] = useState<DifferenceRow>()
  const [said, setSaid] = useState('')
  const kept = async (what: string) => { setForm(undefined); setSaid(what); await Promise.all([queries.invalidateQueries({ queryKey: ['ledger'] }), queries.invalidateQueries({ queryKey: ['home'] })]) }
  const part = { ledger, zone, onLeave: () => setForm(undefined), onKept: kept }
  if (ledger.begun === null) return <NotBegun ledger={ledger}>{ledger.mayKeep && <Begin {...part} />}</NotBegun>
  if (form === 'receive') return <Receive {...part} />
  if (form === 'count') return <Count {...part} />
  if (form === 'take-out') return <TakeOut {...part} left={left} />
  if (form === 'place') return <Begin {...part} />
  return (
    <>
      {said && <Told key={said}><Notice what={said} /></Told>}
      {ledger.whole && <Notice urgent level="emergency" what={`This ledger cannot be vouched for. ${ledger.whole}`} kept="Nothing was taken out of it." next="Print the log, and tell whoever keeps the server, who can compare it with a copy." />}
      <Differences ledger={ledger} zone={zone} sample={sample} onSettled={kept} onWaste={(one) => { setLeft(one); setForm('take-out') }} />
      <OnHand ledger={ledger} zone={zone} />
      <div className="k-buttons">
        {ledger.mayKeep && <><Button {...(ledger.differences.length === 0 && { kind: 'primary' as const })} onClick={() => setForm('receive')}>Receive medicine</Button><Button onClick={() => setForm('count')}>Count</Button><Button onClick={() => { setLeft(undefined); setForm('take-out') }}>Waste, lose or send away</Button></>}
        <Link className={buttonClass('quiet')} to="/work/practice/medicines/log">Log to print</Link>
        {ledger.mayKeep && <Button kind="quiet" onClick={() => setForm('place')}>Another registered place</Button>}
      </div>
      <Section id="newest" title="Written last"><NewestLines lines={ledger.newest} zone={zone} /></Section>
      <Duties />
    </>
  )
}

const NotBegun = ({ ledger, children }: { readonly ledger: LedgerNow; readonly children: React.ReactNode }) => (
  <>
    <EmptyState what="No drug ledger has been begun here. What is received, drawn, given, wasted and counted will stand here, vial by vial." begin={ledger.mayKeep ? 'It begins with the name of the registered place.' : 'A prescriber begins it by naming the registered place.'} />
    {ledger.dosesBefore > 0 && <Notice level="caution" what={`${ledger.dosesBefore} ${ledger.dosesBefore === 1 ? 'dose stands' : 'doses stand'} on charts and in no ledger.`} next="They stay outside. From its beginning on, the ledger takes over every dose." />}
    {children}
    <Duties />
  </>
)

/** Facts for whoever answers for the cupboard, each with where it comes from and whether it was read there. */
function Duties() {
  return (
    <Disclosure summary="What the rules ask of these records">
      <Stack>
        <p className="soft">United States rules, and what this product proposes. They are facts to check with a lawyer; nothing is reported or filed from here.</p>
        <ul className="p-rules">
          {[...ledgerRows.duties, ...ledgerRows.loss].map(({ id, says, citation, tag }) => <li key={id} className="p-duty"><p>{says}</p><p className="soft small">{citation} <Tag>{tag === 'V' ? 'read in the source' : 'recalled, not yet read in the source'}</Tag></p></li>)}
        </ul>
      </Stack>
    </Disclosure>
  )
}
