import { useState } from 'react'
import type { LedgerTaken } from '../../../../core/contract/ledger.ts'
import { showQuantity } from '../../../../core/ledger/container.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { DateField, NumberField, Select, Stack, TextField, Notice } from '../../../kit/index.ts'
import { ledgerRows } from '../../../../knowledge/ledger.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { useAct } from '../../desk/use-act.ts'
import { FormTitle } from '../FormTitle.tsx'
import { KeepBar } from '../KeepBar.tsx'
import type { PartProps } from './Begin.tsx'
import { decimalsOf, momentOn, quantityTyped, saysContainer, saysWhat, typedOf, unitOf, type DifferenceRow } from './words.ts'

type Way = 'wasted' | 'broken' | 'spilled' | 'missing' | 'stolen' | 'destroyed' | 'sent-away' | 'transferred'
const ways: readonly { readonly value: Way; readonly label: string }[] = [
  { value: 'wasted', label: 'Wasted: left over' }, { value: 'broken', label: 'Broken' }, { value: 'spilled', label: 'Spilled' }, { value: 'missing', label: 'Missing' }, { value: 'stolen', label: 'Stolen' },
  { value: 'destroyed', label: 'Destroyed here by two people' }, { value: 'sent-away', label: 'Sent to the supplier or for destruction' }, { value: 'transferred', label: 'Moved to another place, whole' },
]
const after: Record<Way, string> = {
  wasted: 'The waste is in the ledger, and waits for a witness.', broken: 'It is in the ledger, and waits for a witness.', spilled: 'It is in the ledger, and waits for a witness.', missing: 'It is in the ledger, and waits to be explained by two people.', stolen: 'It is in the ledger, and waits to be explained by two people.',
  destroyed: 'The destruction is in the ledger, and waits for the second person’s signature.', 'sent-away': 'It is in the ledger.', transferred: 'It stands in the other place now.',
}

/** Whatever leaves a place without being given. A witness signs afterwards, on a device and with a code of their own. */
export function TakeOut({ ledger, zone, onLeave, onKept, left }: PartProps & { readonly left?: DifferenceRow | undefined }) {
  const now = clock.now()
  const [id] = useState(() => newId(clock.ms()))
  const begun = ledger.containers.find((one) => one.id === left?.container)
  const [box, setBox] = useState<string | null>(begun?.id ?? null)
  const [way, setWay] = useState<Way | null>(begun ? 'wasted' : null)
  const [amount, setAmount] = useState<number | null>(begun && left?.left ? typedOf(left.left, begun.label.form) : null)
  // What was left of a draw comes out of that draw, and not out of the vial once more.
  const draw = left?.kind === 'draw' && box === left.container ? left.line : undefined
  const [how, setHow] = useState('')
  const [why, setWhy] = useState('')
  const [paper, setPaper] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [day, setDay] = useState<string | null>(localDay(now, zone))
  const { pending, refusal, act } = useAct()
  const chosen = ledger.containers.find((one) => one.id === box)
  const elsewhere = ledger.places.filter(({ id: place }) => place !== chosen?.place)
  const choose = (next: string | null) => { setBox(next); const one = ledger.containers.find((each) => each.id === next); setAmount(one ? typedOf(one.onHand, one.label.form) : null) }
  const keep = async () => {
    if (!chosen || !way || !day) return
    const body = bodyOf({ id, container: chosen.id, at: momentOn(day, now, zone) }, { way, quantity: amount === null ? 0 : quantityTyped(amount, chosen.label.form), how: how.trim(), why: why.trim(), paper: paper.trim(), to, draw })
    if (!body) return
    const done = await act(() => call('takeStock', { body }))
    if (done) await onKept(after[way])
  }
  const asksHow = way === 'wasted' || way === 'destroyed' || way === 'sent-away'
  return (
    <form className="p-form" aria-label="Waste, lose or send away" onSubmit={(event) => { event.preventDefault(); void keep() }}>
      <Stack>
        <FormTitle>Waste, lose or send away</FormTitle>
        {draw && <p>{left?.says}</p>}
        <div className="d-fields">
          <Select label="Which container" choices={ledger.containers.map((one) => ({ value: one.id, label: `${saysContainer(one)}, ${showQuantity(one.onHand, one.label.form)}` }))} value={box} onChange={choose} />
          <Select label="What happened" choices={ways.filter(({ value }) => value !== 'transferred' || elsewhere.length > 0)} value={way} onChange={setWay} />
          {chosen && way && way !== 'transferred' && <NumberField label="How much" hint={saysWhat(chosen.label)} unit={unitOf(chosen.label.form)} decimals={decimalsOf(chosen.label.form)} min={0} value={amount} onChange={setAmount} />}
          {way === 'transferred' && <Select label="To which place" choices={elsewhere.map((one) => ({ value: one.id, label: one.name }))} value={to} onChange={setTo} />}
          <DateField label="On which day" value={day} onChange={setDay} max={localDay(now, zone)} />
        </div>
        {asksHow && <TextField label={way === 'sent-away' ? 'To whom' : 'How it was made unusable'} maxLength={200} value={how} onChange={setHow} />}
        {way && way !== 'wasted' && <TextField label="Why" maxLength={1000} value={why} onChange={setWhy} />}
        {(way === 'destroyed' || way === 'sent-away') && <TextField label="Form or receipt" optional maxLength={80} value={paper} onChange={setPaper} />}
        {(way === 'missing' || way === 'stolen') && <Notice level="caution" what="What the rules say about theft and loss" kept={<>{ledgerRows.loss.map(({ id: row, says, citation }) => <span key={row} className="p-duty__line">{says} ({citation}, recalled and not yet read in the source.) </span>)}</>} next="Nothing is reported from here." />}
        <KeepBar refusal={refusal} pending={pending} kept={false} onLeave={onLeave}>Into the ledger</KeepBar>
      </Stack>
    </form>
  )
}

type Base = Pick<LedgerTaken, 'id' | 'container' | 'at'>
function bodyOf(base: Base, { way, quantity, how, why, paper, to, draw }: { way: Way; quantity: number; how: string; why: string; paper: string; to: string | null; draw: string | undefined }): LedgerTaken | undefined {
  switch (way) {
    case 'wasted': return { ...base, kind: 'wasted', quantity, how, ...(draw && { draw }) }
    case 'destroyed': return { ...base, kind: 'destroyed', quantity, how, why, paper }
    case 'sent-away': return { ...base, kind: 'sent-away', quantity, to: how, why, paper }
    case 'transferred': return to ? { ...base, kind: 'transferred', to, why } : undefined
    default: return { ...base, kind: 'lost', quantity, what: way, why, ...(draw && { draw }) }
  }
}
