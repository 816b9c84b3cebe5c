import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import type { GroupVisit } from '../../../core/contract/groups.ts'
import { instantOf } from '../../../core/scheduling/zone.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, DateField, Notice, Stack, TimeField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { sendAct } from '../../sync/send-act.ts'
import { Refused } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { HOLD_HOURS, visitPlace, visitTitle, visitWhen, zoneName } from '../desk/visits.ts'
import type { GroupNow } from './GroupPage.tsx'

interface MoveProps {
  readonly now: GroupNow
  readonly visit: GroupVisit
  readonly onClose: () => void
  readonly onDone: (words: string) => Promise<void>
}

/** A time that suits everybody, or whose rule stands against it; then each is told, or asked first. */
export function MoveTogether({ now, visit, onClose, onDone }: MoveProps) {
  const [day, setDay] = useState<string | null>(null)
  const [time, setTime] = useState<string | null>(null)
  const [found, setFound] = useState<Response<'proposeGroupMove'>>()
  const asking = useAct()
  const moving = useAct()
  const params = { group: now.id, visit: visit.visit }
  const wanted = day && time ? `${day}T${time}` : ''
  const gap = wanted !== '' && instantOf(wanted, now.zone) === undefined
  const half = (day === null) !== (time === null)
  const edit = (change: () => void) => { change(); setFound(undefined); asking.forget(); moving.forget() }
  const ask = () => void asking.act(() => call('proposeGroupMove', { params, body: wanted ? { to: { localStart: wanted, zone: now.zone } } : {} }, { timeoutMs: 60_000 })).then(setFound)
  const send = (how: 'moveGroup' | 'askGroup') => {
    const to = found?.to
    if (!to) return
    void moving.actAs((me) => sendAct([me.person, how, params, to], async (id) => { await (how === 'moveGroup' ? call('moveGroup', { params, body: { id, device: me.device, to } }) : call('askGroup', { params, body: { id, device: me.device, to, hours: HOLD_HOURS } })); return true }), () => setFound(undefined))
      .then((done) => done ? onDone(how === 'moveGroup' ? `${visitTitle(visit)} was moved for everybody, and each is told.` : `Each of them is asked. ${visitTitle(visit)} stays where it is until you move it.`) : undefined)
  }
  const to = found?.to
  return (
    <Dialog open title={`Move ${visitTitle(visit)} for everybody`} onClose={onClose} end={<><Button onClick={onClose}>Leave it where it is</Button>{to
      ? <><Button pending={moving.pending} onClick={() => send('moveGroup')}>Move now</Button>{!visit.asked && <Button kind="primary" pending={moving.pending} onClick={() => send('askGroup')}>Ask first</Button>}</>
      : <Button kind="primary" pending={asking.pending} disabled={half || gap} onClick={ask}>Find a time</Button>}</>}>
      <Stack>
        <p>Now: {visitWhen(visit)}, {visitPlace(visit)}. Leave both fields open to find the nearest time that suits everybody. Times are the practice’s: {zoneName(now.zone)}.</p>
        <div className="d-fields">
          <DateField label="New day" optional min={localDay(clock.now(), now.zone)} value={day} onChange={(next) => edit(() => setDay(next))} />
          <TimeField label="New time" optional stepMinutes={15} value={time} onChange={(next) => edit(() => setTime(next))} problem={gap ? 'The clocks jump over this time that day.' : half ? 'Give both, or neither.' : undefined} />
        </div>
        {asking.pending && <p className="soft" role="status">Asking everybody’s calendar …</p>}
        <Refused refusal={asking.refusal ?? moving.refusal} />
        {found && !to && <Notice urgent level="caution" what="It cannot go there. Nothing was moved."><ul className="d-reasons">{found.impossible.map(({ says }, place) => <li key={`${place} ${says}`}>{says}</li>)}</ul></Notice>}
        {to && <p aria-live="polite"><strong>{visitTitle(visit)}</strong> <s className="soft">{visitWhen(visit)}</s> <span className="heard">becomes</span> <span aria-hidden="true">→</span> {visitWhen(to)}, {visitPlace(to)}</p>}
        {to && <dl className="d-ways"><dt>Ask first</dt><dd>Each gets a message of their own and says yes or no. The new time is held for {HOLD_HOURS} hours; you move it once everybody has said yes.</dd><dt>Move now</dt><dd>It moves for everybody at once, and each is told.</dd></dl>}
      </Stack>
    </Dialog>
  )
}
