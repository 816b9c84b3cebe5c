import { useState, type FormEvent } from 'react'
import type { Response } from '../../../../core/contract/contract.ts'
import { localDay, plusDaysOf } from '../../../../core/shared/local-day.ts'
import { therapyRows } from '../../../../knowledge/therapy.ts'
import { Button, DateField, NumberField, RadioTiles, Select, Stack, TimeField } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { sendAct } from '../../../sync/send-act.ts'
import { isLostRace } from '../booking-refusal.ts'
import { Refused } from '../parts.tsx'
import { useAct, type Refusal } from '../use-act.ts'
import { zoneName } from '../visits.ts'
import { weekdays } from '../WishForm.tsx'
import { Hours } from './Hours.tsx'
import { decided, emptySeries, lengthChoices, oftenChoices, ruleOf, type Choices, type SeriesDraft, type TherapyOf } from './therapy.ts'

type Found = Response<'planTherapy'>
interface FormProps {
  readonly chart: string
  readonly known: TherapyOf
  readonly onBooked: (count: number) => void
  readonly onClose: () => void
}

/** A series as it is asked for, every hour of it as it would stand, and only then the act. */
export function SeriesForm({ chart, known, onBooked, onClose }: FormProps) {
  const [draft, setDraft] = useState(() => emptySeries(known))
  const [found, setFound] = useState<Found>()
  const [choices, setChoices] = useState<Choices>({})
  const [raced, setRaced] = useState<Refusal>()
  const asking = useAct()
  const booking = useAct()
  const rule = ruleOf(draft, known)
  const change = (more: Partial<SeriesDraft>) => { setDraft({ ...draft, ...more }); setFound(undefined); setChoices({}); setRaced(undefined); asking.forget(); booking.forget() }
  const ask = async () => {
    if (!rule) return
    const answer = await asking.act(() => call('planTherapy', { params: { chart }, body: { rule } }, { timeoutMs: 60_000 }))
    if (answer) setFound(answer)
  }
  const { take, open } = decided(found?.hours ?? [], choices)
  const book = async () => {
    if (!rule || !found) return
    const visits = take.map(({ to }) => to)
    // Who lost a race is shown at once what is free now; what was chosen stays chosen where it still can be.
    const lost = (why: Refusal) => { if (isLostRace(why)) { setRaced({ ...why, what: 'Somebody booked one of these hours a moment ago. Nothing was booked. What you asked for is kept, and what is free now stands below.', list: [] }); void ask() } }
    const done = await booking.actAs((me) => sendAct([me.person, chart, 'book therapy', rule, visits], (id) => call('bookTherapy', { params: { chart }, body: { id, device: me.device, rule, visits, plannedTo: found.plannedTo } })), lost)
    if (done) onBooked(done.booked)
  }
  const send = (event: FormEvent) => { event.preventDefault(); setRaced(undefined); void ask() }
  return (
    <form className="d-form" aria-label="Book therapy" onSubmit={send}>
      <Stack air="wide">
        <Fields draft={draft} known={known} change={change} />
        <div className="k-buttons"><Button type="submit" kind={found ? 'quiet' : 'primary'} pending={asking.pending} disabled={!rule}>Look for these hours</Button><Button onClick={onClose}>Not now</Button></div>
        {!rule && <p className="soft">Every field above is needed before hours can be looked for.</p>}
        <Refused refusal={asking.refusal} />
        <Refused refusal={raced ?? booking.refusal} />
        {found && <Hours hours={found.hours} choices={choices} onChoose={setChoices} />}
        {found && draft.ends === 'open' && <p>These are booked now, {therapyRows.aheadWeeks} weeks ahead. Further hours are booked by themselves, week by week, until somebody ends it. Where there is no place for one, the therapist and the desk are told.</p>}
        {found && <div className="k-buttons"><Button kind="primary" pending={booking.pending} disabled={open.length > 0 || take.length === 0} onClick={() => void book()}>{take.length === 0 ? 'Book these visits' : take.length === 1 ? 'Book one visit' : `Book ${take.length} visits`}</Button></div>}
      </Stack>
    </form>
  )
}

function Fields({ draft, known, change }: { readonly draft: SeriesDraft; readonly known: TherapyOf; readonly change: (more: Partial<SeriesDraft>) => void }) {
  const tomorrow = plusDaysOf(localDay(clock.now(), known.zone), 1)
  const tooMany = draft.visits !== null && (draft.visits < 1 || draft.visits > therapyRows.mostVisits)
  return (
    <>
      <p className="soft">Times are the practice’s: {zoneName(known.zone)}. The hour on the wall stays the same when the clocks change.</p>
      <div className="d-fields">
        <Select label="With" choices={known.therapists.map(({ person, name }) => ({ value: person, label: name }))} value={draft.therapist} onChange={(therapist) => change({ therapist })} />
        <Select label="How often" choices={oftenChoices} value={draft.everyWeeks} onChange={(everyWeeks) => change({ everyWeeks })} />
        <Select label="On" choices={weekdays} value={draft.weekday} onChange={(weekday) => change({ weekday })} />
        <TimeField label="At" stepMinutes={5} value={draft.at} onChange={(at) => change({ at })} />
        <Select label="Length" choices={lengthChoices} value={draft.lengthMin} onChange={(lengthMin) => change({ lengthMin })} />
        <DateField label="From" hint="The first is on that day or after it." min={tomorrow} value={draft.from} onChange={(from) => change({ from })} />
      </div>
      <RadioTiles label="Where" tile="11rem" choices={[{ value: 'online', label: 'Online' }, { value: 'room', label: 'In a room' }]} value={draft.where} onChange={(where) => change({ where, roomFeature: null })} />
      {draft.where === 'room' && known.roomFeatures.length > 0 && <div className="d-narrow"><Select label="The room has" optional empty="Any room will do" choices={known.roomFeatures.map((value) => ({ value, label: value }))} value={draft.roomFeature} onChange={(roomFeature) => change({ roomFeature })} /></div>}
      <RadioTiles label="How long it goes on" tile="11rem" choices={[{ value: 'visits', label: 'So many visits' }, { value: 'day', label: 'Until a day' }, { value: 'open', label: 'Without an end' }]} value={draft.ends} onChange={(ends) => change({ ends, visits: null, until: null })} />
      {draft.ends === 'visits' && <div className="d-narrow"><NumberField label="How many" unit="visits" min={1} max={therapyRows.mostVisits} value={draft.visits} onChange={(visits) => change({ visits })} problem={tooMany ? `Between 1 and ${therapyRows.mostVisits}.` : undefined} /></div>}
      {draft.ends === 'day' && <div className="d-narrow"><DateField label="The last day" min={draft.from ?? tomorrow} value={draft.until} onChange={(until) => change({ until })} /></div>}
    </>
  )
}
