import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import type { SeriesRow } from '../../../../core/contract/therapy.ts'
import { isNoticed } from '../../../../core/scheduling/told-changes.ts'
import { Dialog } from '../../../kit/aria.ts'
import { Button, Disclosure, RadioTiles, Select, Stack, TimeField } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import type { Me } from '../../me.ts'
import { isLostRace } from '../booking-refusal.ts'
import { Refused } from '../parts.tsx'
import { useAct, type Refusal } from '../use-act.ts'
import { HOLD_HOURS, visitWhen, zoneName } from '../visits.ts'
import { weekdays } from '../WishForm.tsx'
import { Hours } from './Hours.tsx'
import { decided, lengthChoices, oftenChoices, weekdayOfVisit, type Choices, type TherapyOf } from './therapy.ts'

interface ChangeProps {
  readonly chart: string
  readonly known: TherapyOf
  readonly series: SeriesRow
  readonly from: { readonly visit: string; readonly scope: 'following' | 'all' }
  readonly which?: ReactNode
  readonly count: number
  readonly first: BookedVisit
  readonly onClose: () => void
  readonly onDone: (how: 'moved' | 'asked') => void
}
type Found = Response<'planTherapyChange'>

/** Another hour for a whole series or the rest of it: every visit beside where it stands, and only then the act. */
export function ChangeSeries({ chart, known, series, from, which, count, first, onClose, onDone }: ChangeProps) {
  const [draft, setDraft] = useState(() => ({ therapist: series.rule.therapist.person, everyWeeks: String(series.rule.everyWeeks), weekday: weekdayOfVisit(first), at: series.rule.at as string | null, lengthMin: String(series.rule.lengthMin), where: series.rule.online ? 'online' as const : 'room' as const }))
  const [found, setFound] = useState<Found>()
  const [choices, setChoices] = useState<Choices>({})
  const asking = useAct()
  const therapist = known.therapists.find(({ person }) => person === draft.therapist) ?? series.rule.therapist
  const change = (more: Partial<typeof draft>) => { setDraft({ ...draft, ...more }); setFound(undefined); setChoices({}); asking.forget() }
  const ask = () => {
    if (!draft.at) return
    const online = draft.where === 'online'
    const rule = { everyWeeks: Number(draft.everyWeeks), weekday: Number(draft.weekday), at: draft.at, lengthMin: Number(draft.lengthMin), online, roomFeatures: online ? [] : series.rule.roomFeatures, therapist: { person: therapist.person, name: therapist.name } }
    void asking.act(() => call('planTherapyChange', { params: { chart, series: series.series }, body: { from, rule } }, { timeoutMs: 60_000 })).then(setFound)
  }
  const acting = useChange({ chart, series, from, found, choices, onDone, onLost: ask })
  return (
    <Dialog open title={`Move ${count} visits of therapy`} onClose={onClose} end={<><Button onClick={onClose}>Leave them where they are</Button>{found ? <Ways acting={acting} /> : <Button kind="primary" pending={asking.pending} disabled={!draft.at} onClick={ask}>Show what would change</Button>}</>}>
      <Stack>
        {which}
        <p>The first of them now: {visitWhen(first)}. Times are the practice’s: {zoneName(known.zone)}.</p>
        <div className="d-fields">
          <Select label="How often" choices={oftenChoices} value={draft.everyWeeks} onChange={(everyWeeks) => everyWeeks && change({ everyWeeks })} />
          <Select label="On" choices={weekdays} value={draft.weekday} onChange={(weekday) => weekday && change({ weekday })} />
          <TimeField label="At" stepMinutes={5} value={draft.at} onChange={(at) => change({ at })} />
        </div>
        <Disclosure summary="Length, therapist, place">
          <div className="d-fields">
            <Select label="Length" choices={lengthChoices} value={draft.lengthMin} onChange={(lengthMin) => lengthMin && change({ lengthMin })} />
            <Select label="With" choices={known.therapists.map(({ person, name }) => ({ value: person, label: name }))} value={draft.therapist} onChange={(person) => person && change({ therapist: person })} />
          </div>
          <RadioTiles label="Where" tile="9rem" choices={[{ value: 'online', label: 'Online' }, { value: 'room', label: 'In a room' }]} value={draft.where} onChange={(where) => change({ where })} />
        </Disclosure>
        <Refused refusal={acting.refusal} />
        <Refused refusal={asking.refusal} />
        {found && <Hours hours={found.hours} choices={choices} onChoose={setChoices} />}
        {found && acting.cancels > 0 && <p>{acting.cancels === 1 ? 'One visit finds no day any more and is cancelled.' : `${acting.cancels} visits find no day any more and are cancelled.`}</p>}
        {found && acting.mayAsk && <dl className="d-ways"><dt>Ask first</dt><dd>The patient gets one message and says yes or no to all of it. Until then the old times stay booked; the new ones are held for {HOLD_HOURS} hours.</dd><dt>Move now</dt><dd>The new times are booked at once. The patient gets one message, and can say that they do not suit.</dd></dl>}
      </Stack>
    </Dialog>
  )
}

type Acting = ReturnType<typeof useChange>
const Ways = ({ acting }: { readonly acting: Acting }) =>
  (acting.mayAsk
    ? <><Button pending={acting.pending} disabled={!acting.ready} onClick={acting.now}>Move now</Button><Button kind="primary" pending={acting.pending} disabled={!acting.ready} onClick={acting.ask}>Ask first</Button></>
    : <Button kind="primary" pending={acting.pending} disabled={!acting.ready} onClick={acting.now}>Change therapy</Button>)

interface UseChange extends Pick<ChangeProps, 'chart' | 'series' | 'from' | 'onDone'> {
  readonly found: Found | undefined
  readonly choices: Choices
  readonly onLost: () => void
}

/** What is done with the hours as they were decided: at once, or after a yes where only times change. */
function useChange({ chart, series, from, found, choices, onDone, onLost }: UseChange) {
  const queries = useQueryClient()
  const { pending, refusal, actAs } = useAct()
  const [raced, setRaced] = useState<Refusal>()
  const { take, out, open } = decided(found?.hours ?? [], choices)
  const moves = take.flatMap(({ to, hour }) => (hour.was ? [{ to, was: hour.was, why: 'Therapy was put on another hour.' }] : []))
  const book = take.flatMap(({ to, hour }) => (hour.was ? [] : [to]))
  const inDays = new Set(found?.hours.flatMap(({ was }) => was?.visit ?? []))
  const now = clock.now()
  const scoped = found ? series.visits.filter(({ visit, startsAt }) => startsAt > now && !inDays.has(visit) && (from.scope === 'all' || startsAt >= series.visits.find((one) => one.visit === from.visit)!.startsAt)) : []
  const lost = (why: Refusal) => { if (isLostRace(why)) { setRaced({ ...why, what: 'Somebody booked one of these hours a moment ago. Nothing was moved. What is free now stands below.', list: [] }); onLost() } }
  const cancel = [...out.flatMap(({ was }) => was?.visit ?? []), ...(found && found.rule.everyWeeks !== series.rule.everyWeeks ? scoped.map(({ visit }) => visit) : [])]
  const mayAsk = cancel.length === 0 && book.length === 0 && moves.some(({ was, to }) => isNoticed({ from: was, to, why: '' }))
  const send = (how: 'moved' | 'asked') => {
    if (!found) return
    const rule = { series: series.series, rule: found.rule, plannedTo: found.plannedTo }
    const asked = moves.map(({ to, why }) => ({ to, why }))
    const work = how === 'moved'
      ? (me: Me) => call('changeTherapy', { params: { chart, series: series.series }, body: { id: newId(clock.ms()), device: me.device, from, rule: found.rule, moves: asked, cancel, book, plannedTo: found.plannedTo } })
      : (me: Me) => call('askMoves', { params: { chart }, body: { id: newId(clock.ms()), device: me.device, hours: HOLD_HOURS, moves: asked, therapy: rule } })
    void actAs<unknown>(work, lost).then(async (done) => {
      if (!done) return
      await Promise.all([queries.invalidateQueries({ queryKey: ['therapy', chart] }), queries.invalidateQueries({ queryKey: ['changes', chart] })])
      onDone(how)
    })
  }
  return { pending, refusal: raced ?? refusal, ready: open.length === 0 && take.length + cancel.length > 0, mayAsk, cancels: cancel.length, now: () => send('moved'), ask: () => send('asked') }
}
