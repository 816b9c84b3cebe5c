import { useState } from 'react'
import type { Adjust } from '../../../../core/ledger/line.ts'
import { ledgerRows } from '../../../../knowledge/ledger.ts'
import { Badge, Button, Checkbox, CodeField, NumberField, Select, Stack, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { Refused, Section } from '../../desk/parts.tsx'
import { useAct } from '../../desk/use-act.ts'
import { ago, dayAndTime } from '../../times.ts'
import { decimalsOf, quantityTyped, saysAmount, saysContainer, unitOf, type DifferenceRow, type LedgerNow } from './words.ts'

interface Props {
  readonly ledger: LedgerNow
  readonly zone: string
  readonly sample: boolean
  readonly onSettled: (said: string) => Promise<void>
  readonly onWaste: (one: DifferenceRow) => void
}

/** What does not come out, oldest first: each says what is asked for, and of whom. There is no word for none but that nothing is open. */
export function Differences({ ledger, ...props }: Props) {
  const { differences } = ledger
  return (
    <Section id="differences" title="To be settled" end={differences.length > 0 ? `${differences.length} open` : undefined}>
      {differences.length === 0 && <p className="soft">No difference is open. Everything the ledger knows of comes out; what nobody wrote down on a chart it cannot know.</p>}
      <ol className="p-differences">{differences.map((one) => <Difference key={one.key} one={one} ledger={ledger} {...props} />)}</ol>
    </Section>
  )
}

function Difference({ one, ledger, zone, sample, onSettled, onWaste }: Props & { readonly one: DifferenceRow }) {
  const [open, setOpen] = useState<'sign' | 'explain'>()
  const sign = one.explained?.line ?? one.line
  return (
    <li className="k-card p-difference">
      <Stack air="tight">
        <p>{one.incident && <><Badge level="call">incident</Badge> </>}<strong>{one.says}</strong></p>
        <p className="soft small">{dayAndTime(one.since, zone)}, {ago(one.since, ledger.now)} · {one.by}{one.person && ` · ${one.person.label}`}</p>
        {one.explained && <p>{one.explained.by} explained it: “{one.explained.reason}” It is settled when somebody else has signed that.</p>}
        {one.incident && <details className="k-disclosure"><summary>What the rules say about a loss</summary><div className="k-disclosure__body">{ledgerRows.loss.map(({ id, says, citation }) => <p key={id} className="small">{says} <span className="soft">({citation}; recalled, not yet read in the source)</span></p>)}<p className="small">Nothing is reported from here.</p></div></details>}
        {!open && <div className="k-buttons">
          {one.maySign && <Button kind="primary" onClick={() => setOpen('sign')}>{one.explained ? 'Sign as the second person' : 'I saw it: sign as witness'}</Button>}
          {!one.explained && one.ends === 'waste' && ledger.mayKeep && <Button kind="primary" onClick={() => onWaste(one)}>Waste what is left</Button>}
          {!one.explained && ledger.mayKeep && <Button kind={one.ends === 'explanation' ? 'primary' : 'quiet'} onClick={() => setOpen('explain')}>Explain it</Button>}
          {!one.maySign && !(ledger.mayKeep && !one.explained) && <span className="soft">{one.explained || one.ends === 'signature' ? 'Somebody else has to sign.' : 'A prescriber explains it.'}</span>}
        </div>}
        {open === 'sign' && <Sign line={sign} sample={sample} settles={one.explained !== null} onLeave={() => setOpen(undefined)} onSettled={onSettled} />}
        {open === 'explain' && <Explain one={one} ledger={ledger} sample={sample} onLeave={() => setOpen(undefined)} onSettled={onSettled} />}
      </Stack>
    </li>
  )
}

function Sign({ line, sample, settles, onLeave, onSettled }: { readonly line: string; readonly sample: boolean; readonly settles: boolean; readonly onLeave: () => void; readonly onSettled: (said: string) => Promise<void> }) {
  const [id] = useState(() => newId(clock.ms()))
  const [code, setCode] = useState('')
  const { pending, refusal, act } = useAct()
  const sign = async () => {
    const done = await act(() => call('witnessLine', { params: { line }, body: { id, code } }))
    setCode('')
    if (done) await onSettled(settles ? 'Signed by two people. The difference is settled, and the explanation stays in the ledger.' : 'Your name stands beside it as the witness.')
  }
  return (
    <form aria-label="Sign" onSubmit={(event) => { event.preventDefault(); void sign() }}>
      <Stack air="tight"><Code code={code} sample={sample} onCode={setCode} /><Refused refusal={refusal} /><div className="k-buttons"><Button kind="primary" type="submit" pending={pending} disabled={code.length < 6}>Sign</Button><Button kind="quiet" onClick={onLeave}>Not now</Button></div></Stack>
    </form>
  )
}

function Explain({ one, ledger, sample, onLeave, onSettled }: { readonly one: DifferenceRow; readonly ledger: LedgerNow; readonly sample: boolean; readonly onLeave: () => void; readonly onSettled: (said: string) => Promise<void> }) {
  const [id] = useState(() => newId(clock.ms()))
  const [reason, setReason] = useState('')
  const [code, setCode] = useState('')
  const [right, setRight] = useState(one.adjust !== null)
  const [named, setNamed] = useState<Adjust | null>(null)
  const { pending, refusal, act } = useAct()
  const box = ledger.containers.find((each) => each.id === one.adjust?.container)
  const adjust = one.adjust && right ? one.adjust : one.adjust === null && one.kind === 'unfit' ? named : null
  const explain = async () => {
    const done = await act(() => call('explainDifference', { body: { id, difference: one.key, reason: reason.trim(), adjust, code } }))
    setCode('')
    if (done) await onSettled('Your explanation is in the ledger. The difference stays open until somebody else has signed it as well.')
  }
  return (
    <form aria-label="Explain it" onSubmit={(event) => { event.preventDefault(); void explain() }}>
      <Stack air="tight">
        <TextArea label="How it came" hint="Read by an inspector. It stands for good." value={reason} onChange={setReason} />
        {one.adjust && box && <Checkbox label={`Put the stock right when it is signed: ${saysAmount(one.adjust.quantity, box.label)} ${one.adjust.way} in ${saysContainer(box)}`} checked={right} onChange={setRight} />}
        {one.adjust === null && one.kind === 'unfit' && <NameSource ledger={ledger} onNamed={setNamed} />}
        <Code code={code} sample={sample} onCode={setCode} />
        <Refused refusal={refusal} />
        <div className="k-buttons"><Button kind="primary" type="submit" pending={pending} disabled={code.length < 6 || reason.trim().length < SHORTEST}>Explain and sign</Button><Button kind="quiet" onClick={onLeave}>Not now</Button></div>
      </Stack>
    </form>
  )
}
/** As the ledger asks for. */
const SHORTEST = 10

/** What a chart says was taken, and the ledger has not: named afterwards, it leaves the stock with the second signature. */
function NameSource({ ledger, onNamed }: { readonly ledger: LedgerNow; readonly onNamed: (adjust: Adjust | null) => void }) {
  const [box, setBox] = useState<string | null>(null)
  const [amount, setAmount] = useState<number | null>(null)
  const chosen = ledger.containers.find(({ id }) => id === box)
  const say = (next: string | null, typed: number | null) => {
    const one = ledger.containers.find(({ id }) => id === next)
    onNamed(one && typed ? { container: one.id, way: 'less', quantity: quantityTyped(typed, one.label.form) } : null)
  }
  return (
    <div className="d-fields">
      <Select label="It came from" optional empty="Nothing of the stock" choices={ledger.containers.map((one) => ({ value: one.id, label: saysContainer(one) }))} value={box} onChange={(next) => { setBox(next); say(next, amount) }} />
      {chosen && <NumberField label="How much" unit={unitOf(chosen.label.form)} decimals={decimalsOf(chosen.label.form)} min={0} value={amount} onChange={(typed) => { setAmount(typed); say(box, typed) }} />}
    </div>
  )
}

function Code({ code, sample, onCode }: { readonly code: string; readonly sample: boolean; readonly onCode: (code: string) => void }) {
  const { pending, act } = useAct()
  return (
    <div className="p-code">
      <CodeField label="One-time code" hint="Six digits from your authenticator app. You sign with it." value={code} onChange={onCode} />
      {sample && <Button kind="quiet" pending={pending} onClick={() => void act(() => call('sampleCode')).then((answer) => answer && onCode(answer.code))}>Use the sample code</Button>}
    </div>
  )
}
