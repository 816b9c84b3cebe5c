import { useState, type FormEvent, type ReactNode } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import { Button, CheckboxGroup, DateField, RadioTiles, Stack, TimeField } from '../../kit/index.ts'
import { plainDay } from '../times.ts'
import { Section } from './parts.tsx'
import { visitNames, zoneName } from './visits.ts'
import { NeedsFields } from './NeedsFields.tsx'
import { SitsInField } from './SitsInField.tsx'
import { AWAY_AT_MOST, awayDays, talkingTypes, type AwayDays, type WishDraft } from './wishes.ts'

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((label, place) => ({ value: String(place + 1), label }))

interface WishFormProps {
  readonly draft: WishDraft
  readonly onDraft: (draft: WishDraft) => void
  readonly protocol: Protocol
  /** Left out where several people are planned together: each sits where they sit. */
  readonly sitsIn?: Response<'course'>['sitsIn']
  readonly zone: string
  readonly pending: boolean
  readonly onPropose: () => void
  /** What is asked besides, before the button. */
  readonly children?: ReactNode
}

/** What the person said about time. All of it may stay open. */
export function WishForm({ draft, onDraft, protocol, sitsIn, zone, pending, onPropose, children }: WishFormProps) {
  const change = (more: Partial<WishDraft>) => onDraft({ ...draft, ...more })
  const send = (event: FormEvent) => { event.preventDefault(); onPropose() }
  return (
    <Section id="wishes" title="When suits them?">
      <p className="soft">All of it may stay open. Times are the practice’s: {zoneName(zone)}.</p>
      <form className="d-form" onSubmit={send}>
        <Stack air="wide">
          <DateField label="Earliest day" hint="Nothing is planned before it." value={draft.earliest} onChange={(earliest) => earliest && change({ earliest })} />
          <WhenTheyCome draft={draft} onDraft={onDraft} />
          <CheckboxGroup label="Online, for talking" hint="Medicine sessions are always in person." optional tile="11rem" choices={talkingTypes(protocol).map((type) => ({ value: type, label: visitNames[type] ?? type }))} value={draft.online} onChange={(online) => change({ online })} />
          {sitsIn !== undefined && <SitsInField value={draft.sitsIn} said={sitsIn} asks={draft.online.length > 0} onChange={(state) => change({ sitsIn: state })} />}
          <NeedsFields needs={draft.needs} onNeeds={(needs) => change({ needs })} />
          {children}
          <Button type="submit" kind="primary" pending={pending} disabled={isUpsideDown(draft)}>Propose plans</Button>
        </Stack>
      </form>
    </Section>
  )
}

/** A time of day that ends before it begins is put right before anything is sent. */
export const isUpsideDown = ({ from, to }: Pick<WishDraft, 'from' | 'to'>): boolean => from !== null && to !== null && from >= to

/** Days, hours, how firm they are, and days away: what one person says about time. */
export function WhenTheyCome({ draft, onDraft }: Pick<WishFormProps, 'draft' | 'onDraft'>) {
  const change = (more: Partial<WishDraft>) => onDraft({ ...draft, ...more })
  return (
    <>
      <CheckboxGroup label="Days for medicine sessions" hint="Each takes about three hours, and somebody has to see them home." optional tile="8rem" choices={weekdays} value={draft.medicineDays} onChange={(medicineDays) => change({ medicineDays })} />
      <CheckboxGroup label="Days for the other visits" optional tile="8rem" choices={weekdays} value={draft.otherDays} onChange={(otherDays) => change({ otherDays })} />
      <div className="d-fields">
        <TimeField label="Not before" optional stepMinutes={15} value={draft.from} onChange={(from) => change({ from })} />
        <TimeField label="Over by" optional stepMinutes={15} value={draft.to} onChange={(to) => change({ to })} problem={isUpsideDown(draft) ? 'This lies before the other time. Put one of them right.' : undefined} />
      </div>
      <RadioTiles label="How firm are these days and times?" tile="15rem" value={draft.firm} onChange={(firm) => change({ firm })} choices={[
        { value: 'rather', label: 'Would rather', hint: 'Kept where it can be, and said where it cannot.' },
        { value: 'must', label: 'Cannot come otherwise', hint: 'Kept always, or there is no plan.' },
      ]} />
      <AwayList away={draft.away} onAway={(away) => change({ away })} earliest={draft.earliest} />
    </>
  )
}

/** Days on which they cannot come, entered as stretches. */
function AwayList({ away, onAway, earliest }: { readonly away: readonly AwayDays[]; readonly onAway: (away: readonly AwayDays[]) => void; readonly earliest: string }) {
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const backwards = from !== null && to !== null && to < from
  const add = () => {
    if (!from || backwards) return
    onAway([...away, { from, to: to ?? from }].toSorted((a, b) => (a.from < b.from ? -1 : 1)))
    setFrom(null)
    setTo(null)
  }
  const words = ({ from: first, to: last }: AwayDays) => (first === last ? plainDay(first) : `${plainDay(first)} to ${plainDay(last)}`)
  return (
    <fieldset className="k-field d-away">
      <legend className="k-field__label">Days they cannot come <span className="k-field__optional">(if you like)</span></legend>
      <span className="k-field__hint">For a single day the first one is enough.</span>
      {away.length > 0 && (
        <ul className="d-chips" aria-label="Days they cannot come">
          {away.map((stretch, place) => <li key={`${stretch.from} ${stretch.to}`}>{words(stretch)} <Button kind="plain" aria-label={`Take away ${words(stretch)}`} onClick={() => onAway(away.filter((_, other) => other !== place))}>Take away</Button></li>)}
        </ul>
      )}
      <div className="d-fields">
        <DateField label="First day away" optional min={earliest} value={from} onChange={setFrom} />
        <DateField label="Last day away" optional {...(from ? { min: from } : {})} value={to} onChange={setTo} problem={backwards ? 'This lies before the first day. Put one of them right.' : undefined} />
        <Button onClick={add} disabled={!from || backwards}>Add these days</Button>
      </div>
      {awayDays(away).length >= AWAY_AT_MOST && <p className="k-field__hint">Only the first {AWAY_AT_MOST} of these days are counted.</p>}
    </fieldset>
  )
}
