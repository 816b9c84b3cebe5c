import { useState, type FormEvent } from 'react'
import type { FeeRow } from '../../../core/contract/running.ts'
import { billingRules, codeNumbers, codesNotice } from '../../../knowledge/fees.ts'
import { Button, EmptyState, Money, Notice, NumberField, Row, RowOpen, Rows, Select, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { Told } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { visitNames } from '../desk/visits.ts'
import { FormTitle } from './FormTitle.tsx'
import { KeepBar } from './KeepBar.tsx'

const billed: Record<string, string> = { ...visitNames, laboratory: 'Laboratory tests' }
const newFee = (): FeeRow => ({ id: newId(clock.ms()), visitType: '', code: '', descriptor: '', modifier: '', placeOfService: '11', unitsPerVisit: 1, chargeCents: 0, demonstration: false })

/** What each kind of visit costs, in the practice's own codes and words. */
export function Fees({ fees, onKept }: { readonly fees: readonly FeeRow[]; readonly onKept: () => Promise<void> }) {
  const [open, setOpen] = useState<FeeRow>()
  const [said, setSaid] = useState('')
  if (open) return <FeeForm key={open.id} fee={open} isNew={!fees.some(({ id }) => id === open.id)} onLeave={() => setOpen(undefined)} onKept={async () => { setOpen(undefined); setSaid('The price is kept. Estimates count with it from now on; those that were given stay as they are.'); await onKept() }} />
  return (
    <Stack>
      {said && <Told><Notice what={said} /></Told>}
      <Notice what="You type your own codes and your own words for them." kept={codesNotice} next="A visit without a price stops the estimate, and says so: nothing is ever counted as nothing." />
      {fees.length === 0
        ? <EmptyState what="No price has been entered yet." begin="Begin with the visits of the course you offer; then an estimate can be given." />
        : (
          <Rows label="Prices">
            {fees.map((fee) => (
              <Row key={fee.id} who={<RowOpen onOpen={() => setOpen(fee)}>{billed[fee.visitType] ?? fee.visitType}<span className="heard">, {fee.code}</span></RowOpen>}
                where={<span className="numbers">{[fee.code, fee.modifier].filter(Boolean).join(' ')}</span>} missing={fee.descriptor}
                since={<>{fee.unitsPerVisit > 1 && `${fee.unitsPerVisit} × `}<Money cents={fee.chargeCents} /></>} />
            ))}
          </Rows>
        )}
      <Button onClick={() => setOpen(newFee())}>Add a price</Button>
    </Stack>
  )
}

function FeeForm({ fee, isNew, onLeave, onKept }: { readonly fee: FeeRow; readonly isNew: boolean; readonly onLeave: () => void; readonly onKept: () => Promise<void> }) {
  const [draft, setDraft] = useState(fee)
  const [dollars, setDollars] = useState<number | null>(isNew ? null : fee.chargeCents / 100)
  const [units, setUnits] = useState<number | null>(fee.unitsPerVisit)
  const { pending, refusal, act } = useAct()
  const change = (more: Partial<FeeRow>) => setDraft({ ...draft, ...more })
  const often = codeNumbers.find(({ visitType }) => visitType === draft.visitType)
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (dollars === null || units === null) return
    void act(() => call('keepFee', { body: { ...draft, unitsPerVisit: units, chargeCents: Math.round(dollars * 100) } })).then((done) => done && onKept())
  }
  return (
    <form onSubmit={keep} aria-label={isNew ? 'A new price' : `Price of ${billed[fee.visitType] ?? fee.visitType}`} className="p-form">
      <Stack>
        <FormTitle>{isNew ? 'A new price' : billed[fee.visitType] ?? fee.visitType}</FormTitle>
        {fee.demonstration && <Notice what="This is an invented price of the sample practice. It never stands on a real bill." />}
        <div className="d-fields">
          <Select label="Kind of visit" choices={Object.entries(billed).map(([value, label]) => ({ value, label }))} value={draft.visitType || null} onChange={(visitType) => change({ visitType: visitType ?? '' })} />
          <TextField label="Code" maxLength={20} value={draft.code} onChange={(code) => change({ code })} hint={often ? `Often used here: ${often.codes.join(', ')}. Not verified; ask whoever does your billing.` : undefined} />
          <TextField label="Modifiers" optional maxLength={20} value={draft.modifier} onChange={(modifier) => change({ modifier })} />
        </div>
        <TextField label="What the bill calls it" hint="In your own words, or under your own licence" maxLength={200} value={draft.descriptor} onChange={(descriptor) => change({ descriptor })} />
        <div className="d-fields">
          <Select label="Place of service" choices={billingRules.placesOfService.map(({ code, says }) => ({ value: code, label: `${code}, ${says}` }))} value={draft.placeOfService as '11' | null} onChange={(placeOfService) => change({ placeOfService: placeOfService ?? '' })} />
          <NumberField label="For one visit" unit="units" min={1} max={24} value={units} onChange={setUnits} />
          <NumberField label="Charge for one unit" unit="USD" decimals={2} min={0} max={100_000} value={dollars} onChange={setDollars} />
        </div>
        <KeepBar refusal={refusal} pending={pending} kept={false} onLeave={onLeave}>Keep this price</KeepBar>
      </Stack>
    </form>
  )
}
