import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { noWishes } from '../../../core/contract/running.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { isNoticed } from '../../../core/scheduling/told-changes.ts'
import { instantOf } from '../../../core/scheduling/zone.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, DateField, Notice, Stack, TimeField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { bookingRefusal, isLostRace } from './booking-refusal.ts'
import { Refused } from './parts.tsx'
import { useAct, type Refusal } from './use-act.ts'
import { HOLD_HOURS, visitPlace, visitTitle, visitWhen, zoneName } from './visits.ts'

type Repair = Response<'proposeMove'>
export interface MoveProps {
  readonly chart: string
  readonly visit: BookedVisit
  readonly zone: string
  /** Where it was put down already: asked about at once. */
  readonly to?: { readonly localStart: string; readonly room?: string }
  readonly onClose: () => void
  readonly onMoved: (count: number, how: 'moved' | 'asked') => void
}

/** Where a visit should go, everything that would have to move with it and why, and only then the act. */
export function MoveDialog({ chart, visit, zone, to, which, onClose, onMoved }: MoveProps & { readonly which?: ReactNode }) {
  const queries = useQueryClient()
  const today = localDay(clock.now(), zone)
  const [day, setDay] = useState(to?.localStart.slice(0, 10) ?? null)
  const [time, setTime] = useState(to?.localStart.slice(11, 16) ?? null)
  const [room, setRoom] = useState(to?.room)
  const [repair, setRepair] = useState<Repair>()
  const [raced, setRaced] = useState<Refusal>()
  const asking = useAct()
  const moving = useAct()
  const pending = asking.pending || moving.pending
  // The planner takes the time on the wall; whether the wall shows it that day is asked here.
  const wanted = day && time ? `${day}T${time}` : ''
  const gap = wanted !== '' && instantOf(wanted, zone) === undefined
  const ask = () => {
    setRepair(undefined)
    const wishes = noWishes(today, visit.online ? [visit.type] : [])
    void asking.act(() => call('proposeMove', { params: { chart, visit: visit.visit }, body: { ...(wanted ? { to: { localStart: wanted, zone } } : {}), ...(room ? { room } : {}), wishes } }, { timeoutMs: 60_000 })).then(setRepair)
  }
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked once, for the place it came with
  useEffect(() => { if (to) ask() }, [])
  const move = () => {
    if (!repair) return
    const moves = repair.moves.map(({ to, why }) => ({ id: newId(clock.ms()), to, why }))
    // Who lost a race is shown at once what is possible now, for the same day and hour.
    const lost = (why: Refusal) => { setRepair(undefined); if (isLostRace(why)) { setRaced(bookingRefusal(why, moves.map(({ to }) => to), 'move')); ask() } }
    void moving.actAs((me) => call('move', { params: { chart }, body: { device: me.device, moves } }), lost).then((done) => done && onMoved(moves.length, 'moved'))
  }
  const askFirst = () => {
    if (!repair) return
    const moves = repair.moves.map(({ to, why }) => ({ to, why }))
    const lost = (why: Refusal) => { if (isLostRace(why)) { setRepair(undefined); setRaced(bookingRefusal(why, moves.map(({ to }) => to), 'move')); ask() } }
    void moving.actAs((me) => call('askMoves', { params: { chart }, body: { id: newId(clock.ms()), device: me.device, hours: HOLD_HOURS, moves } }), lost).then(async (done) => {
      if (!done) return
      await queries.invalidateQueries({ queryKey: ['changes', chart] })
      onMoved(moves.length, 'asked')
    })
  }
  const edit = (change: () => void) => { change(); setRoom(undefined); setRepair(undefined); setRaced(undefined); asking.forget(); moving.forget() }
  const half = (day === null) !== (time === null)
  const found = repair && repair.moves.length > 0
  const noticed = repair?.moves.some(isNoticed) ?? false
  return (
    <Dialog
      open title={`Move ${visitTitle(visit)}`} onClose={onClose}
      end={<><Button onClick={onClose}>Leave it where it is</Button>{found
        ? noticed
        ? <><Button pending={pending} onClick={move}>Move now</Button><Button kind="primary" pending={pending} onClick={askFirst}>Ask first</Button></>
        : <Button kind="primary" pending={pending} onClick={move}>{repair.moves.length === 1 ? 'Move this visit' : `Move these ${repair.moves.length} visits`}</Button>
        : <Button kind="primary" pending={pending} disabled={half || gap} onClick={ask}>Show what would change</Button>}</>}
    >
      <Stack>
        {which}
        <p>Now: {visitWhen(visit)}, {visitPlace(visit)}. Leave both fields open to find the nearest other time. Times are the practice’s: {zoneName(zone)}.</p>
        <div className="d-fields">
          <DateField label="New day" optional min={today} value={day} onChange={(next) => edit(() => setDay(next))} />
          <TimeField label="New time" optional stepMinutes={15} value={time} onChange={(next) => edit(() => setTime(next))} problem={gap ? 'The clocks jump over this time that day.' : half ? 'Please give both, or neither.' : undefined} />
        </div>
        {asking.pending && <p className="soft" role="status">Asking what would change …</p>}
        <Refused refusal={raced ?? moving.refusal} />
        <Refused refusal={asking.refusal} />
        {repair && repair.impossible.length > 0 && (
          <Notice urgent level="caution" what="It cannot go there. Nothing was moved."><ul className="d-reasons">{repair.impossible.map(({ says }) => <li key={says}>{says}</li>)}</ul></Notice>
        )}
        {found && <Changes repair={repair} />}
        {found && (noticed
          ? <dl className="d-ways"><dt>Ask first</dt><dd>The patient gets a message and says yes or no. Until then the old times stay booked; the new ones are held for {HOLD_HOURS} hours.</dd><dt>Move now</dt><dd>The new times are booked at once. The patient gets them in a message, and can say that they do not suit.</dd></dl>
          : <p className="soft">No time of the patient changes, so they get no message.</p>)}
      </Stack>
    </Dialog>
  )
}

export const Changes = ({ repair }: { readonly repair: Repair }) => (
  <section aria-label="What would change" aria-live="polite">
    <p><strong>{repair.moves.length === 1 ? 'Only this visit changes.' : `${repair.moves.length} visits change.`}</strong></p>
    <ol className="d-changes">
      {repair.moves.map(({ from, to, why }) => (
        <li key={to.visit}>
          <strong>{visitTitle(to)}</strong>
          <span><s className="soft">{visitWhen(from)}</s> <span className="heard">becomes</span> <span aria-hidden="true">→</span> {visitWhen(to)}, {visitPlace(to)}</span>
          <span className="soft">{why}</span>
        </li>
      ))}
    </ol>
  </section>
)
