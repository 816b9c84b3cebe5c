import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Response } from '../../../../core/contract/contract.ts'
import { amountUg, showQuantity } from '../../../../core/ledger/container.ts'
import { localDay, plusDaysOf } from '../../../../core/shared/local-day.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { Button, CodeField, DateField, Disclosure, Notice, Select, Stack, Table, buttonClass } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { Loaded, Refused } from '../../desk/parts.tsx'
import { useAct } from '../../desk/use-act.ts'
import { Frame } from '../../Frame.tsx'
import { useMe } from '../../me.ts'
import { dayAndTime, plainDay } from '../../times.ts'
import { saysContainer, saysWhat, type LedgerNow } from './words.ts'
import '../../desk/desk.css'
import '../practice.css'
import './ledger.css'

type Log = Response<'ledgerLog'>
const DAYS_BACK = 90

/** The log of one place and one period, as an inspector reads it on paper: every line, what each lot came to, and what is open. */
export function LogPage() {
  const me = useMe()
  const ledger = useQuery({ queryKey: ['ledger'], queryFn: () => call('ledger'), enabled: me !== undefined })
  return (
    <Frame title="Log of medicines">
      <Stack air="wide">
        <div className="k-heading"><h1>Log of medicines</h1><Link className={`${buttonClass('quiet')} k-no-print`} to="/work/practice/medicines">Back to medicines</Link></div>
        <Loaded query={ledger} what="the drug ledger">{(now) => (now.places.length === 0 ? <Notice what="No drug ledger has been begun here." /> : <Chosen now={now} zone={me?.practice.zone ?? 'UTC'} sample={me?.practice.sample ?? false} />)}</Loaded>
      </Stack>
    </Frame>
  )
}

function Chosen({ now, zone, sample }: { readonly now: LedgerNow; readonly zone: string; readonly sample: boolean }) {
  const today = localDay(clock.now(), zone)
  const [place, setPlace] = useState<string | null>(now.places[0]!.id)
  const [from, setFrom] = useState<string | null>(plusDaysOf(today, -DAYS_BACK))
  const [to, setTo] = useState<string | null>(today)
  const asked = place && from && to ? { place, from, to } : undefined
  const query = useQuery({ queryKey: ['ledger log', asked], queryFn: () => call('ledgerLog', { query: asked! }), enabled: asked !== undefined })
  return (
    <>
      <div className="d-fields k-no-print">
        {now.places.length > 1 && <Select label="Place" choices={now.places.map(({ id, name }) => ({ value: id, label: name }))} value={place} onChange={setPlace} />}
        <DateField label="From" value={from} onChange={setFrom} max={today} />
        <DateField label="Through" value={to} onChange={setTo} max={today} />
        <div className="k-buttons p-print"><Button kind="primary" onClick={() => window.print()} disabled={query.data === undefined}>Print</Button></div>
      </div>
      <Loaded query={query} what="the log">{(log) => <Shown log={log} zone={zone} sample={sample} />}</Loaded>
      {now.mayKeep && place && <div className="k-no-print"><Disclosure summary="Close a period"><Close key={place} place={place} zone={zone} sample={sample} /></Disclosure></div>}
    </>
  )
}

function Shown({ log, zone, sample }: { readonly log: Log; readonly zone: string; readonly sample: boolean }) {
  return (
    <Stack air="wide">
      <Stack air="tight">
        <h2>{log.practice}: {log.place.name}</h2>
        <p>{log.place.registration ? `Registration ${log.place.registration}` : 'No registration number entered'} · {plainDay(log.from)} to {plainDay(log.to)} · drawn up {dayAndTime(log.printedAt, zone)}</p>
        {sample && <p><strong>Sample practice: everybody and everything here is invented.</strong></p>}
        {log.whole ? <Notice level="emergency" what={`This ledger cannot be vouched for. ${log.whole}`} /> : <p className="soft small">Every line was compared with its digest and with the one before it, and what was received comes out with what is there and what went out. Lines are never changed; what was wrong is put right by a later one.</p>}
      </Stack>
      <Table caption="What each lot came to" rows={log.lots} rowKey={({ label }) => `${label.lot} ${label.expires} ${label.strengthUg}`} empty="No lot was here in this period." columns={[
        { key: 'lot', head: 'Lot', cell: ({ label }) => <>{label.lot}<br /><small className="soft">{saysWhat(label)}, expires {plainDay(label.expires)}</small></> },
        ...(['opening', 'received', 'given', 'wasted', 'lost', 'away', 'moved', 'adjusted', 'drawn', 'closing'] as const).map((key) => ({ key, head: heads[key], numeric: true, cell: (row: Log['lots'][number]) => (row[key] === 0 ? '–' : <>{showQuantity(row[key], row.label.form)}<br /><small className="soft">{showMg(amountUg(row[key], row.label))}</small></>) })),
      ]} />
      <Table caption="Every line of the period" rows={log.lines} rowKey={({ id }) => id} empty="Nothing was written in this period." columns={[
        { key: 'nr', head: 'Line', cell: ({ seq }) => seq },
        { key: 'at', head: 'When', cell: ({ at, receivedAt, cameLate }) => <>{dayAndTime(at, zone)}{(cameLate || localDay(receivedAt, zone) !== localDay(at, zone)) && <><br /><small className="soft">written {dayAndTime(receivedAt, zone)}{cameLate && ', after its period was closed'}</small></>}</> },
        { key: 'what', head: 'What', cell: ({ what, label, person }) => <>{what}{(label || person) && <><br /><small className="soft">{[label && saysContainer({ label }), person?.label].filter(Boolean).join(' · ')}</small></>}</> },
        { key: 'amount', head: 'Amount', numeric: true, cell: ({ label, quantity, amountUg: amount, fits }) => (label && quantity !== null ? <>{showQuantity(quantity, label.form)}{amount !== null && <><br /><small className="soft">{showMg(amount)}</small></>}{!fits && <><br /><small>does not fit</small></>}</> : '–') },
        { key: 'left', head: 'Left in it', numeric: true, cell: ({ label, onHandAfter }) => (label && onHandAfter !== null ? showQuantity(onHandAfter, label.form) : '–') },
        { key: 'by', head: 'By', cell: ({ by, witnesses }) => <>{by}{witnesses.length > 0 && <><br /><small>with {witnesses.join(' and ')}</small></>}</> },
      ]} />
      <section aria-label="Open differences">
        <h3>Open today</h3>
        {log.differences.length === 0 ? <p>No difference is open in this place.</p> : <ul>{log.differences.map(({ key, says, since, explained }) => <li key={key}>{says} <span className="soft">{dayAndTime(since, zone)}{explained && `; explained by ${explained.by}, not yet signed by a second person`}</span></li>)}</ul>}
      </section>
    </Stack>
  )
}

const heads = { opening: 'At the start', received: 'Received', given: 'Given', wasted: 'Wasted', lost: 'Lost', away: 'Destroyed or sent', moved: 'Moved', adjusted: 'Put right', drawn: 'Drawn, open', closing: 'At the end' } as const

/** Up to that day nothing is written into the place any more. What comes later says so. */
function Close({ place, zone, sample }: { readonly place: string; readonly zone: string; readonly sample: boolean }) {
  const [id] = useState(() => newId(clock.ms()))
  const [through, setThrough] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [done, setDone] = useState(false)
  const { pending, refusal, act } = useAct()
  if (done) return <Notice what="The period is closed." kept="What was on hand stands in the ledger with your name." />
  const close = async () => { const answer = through && await act(() => call('closePeriod', { body: { id, place, through, code } })); setCode(''); if (answer) setDone(true) }
  return (
    <form aria-label="Close a period" onSubmit={(event) => { event.preventDefault(); void close() }}>
      <Stack>
        <p>Every draw of the period has to be given, wasted or explained first. What comes later than that is written with the day it came.</p>
        <div className="d-fields"><DateField label="Close through" value={through} onChange={setThrough} max={plusDaysOf(localDay(clock.now(), zone), -1)} /><CodeField label="One-time code" value={code} onChange={setCode} /></div>
        <Refused refusal={refusal} />
        <div className="k-buttons"><Button kind="primary" type="submit" pending={pending} disabled={!through || code.length < 6}>Close and sign</Button>{sample && <Button kind="quiet" onClick={() => void act(() => call('sampleCode')).then((answer) => answer && setCode(answer.code))}>Use the sample code</Button>}</div>
      </Stack>
    </form>
  )
}
