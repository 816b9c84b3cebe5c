import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { CancelReason } from '../../../core/chart/kinds/aftercare.ts'
import type { GroupVisit } from '../../../core/contract/groups.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, Disclosure, EmptyState, Notice, Select, Stack, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { sendAct } from '../../sync/send-act.ts'
import { reasonWords } from '../desk/CancelDialog.tsx'
import { Refused, Section } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { VisitList } from '../desk/VisitList.tsx'
import { byStart, visitTitle, visitWhen } from '../desk/visits.ts'
import { isOne, useMe } from '../me.ts'
import { CloseTogether } from './CloseTogether.tsx'
import type { GroupNow } from './GroupPage.tsx'
import { MoveTogether } from './MoveTogether.tsx'
import { dayAndTime } from '../times.ts'

interface VisitsProps {
  readonly now: GroupNow
  readonly desk: boolean
  readonly onChanged: (words: string) => Promise<void>
}
type Doing = { readonly what: 'move' | 'cancel' | 'close'; readonly visit: GroupVisit }

/** What they have together: to come, with who comes, and what is over and has to be written down. */
export function GroupVisits({ now, desk, onChanged }: VisitsProps) {
  const at = useNow(60_000)
  const writes = isOne(useMe(), 'therapist', 'prescriber')
  const [doing, setDoing] = useState<Doing>()
  const coming = byStart(now.visits.filter(({ startsAt }) => startsAt > at))
  const over = byStart(now.visits.filter(({ startsAt }) => startsAt <= at))
  const open = over.filter((visit) => !isDosing(visit) && visit.patients.some(({ closed }) => !closed))
  const done = async (words: string) => { setDoing(undefined); await onChanged(words) }
  const find = (id: string) => now.visits.find(({ visit }) => visit === id)!
  const acts = ({ visit: id }: { readonly visit: string }) => { const visit = find(id); return desk ? <><Button onClick={() => setDoing({ what: 'move', visit })} aria-label={`Move ${visitTitle(visit)}`}>Move</Button><Button kind="plain" onClick={() => setDoing({ what: 'cancel', visit })} aria-label={`Cancel ${visitTitle(visit)}`}>Cancel</Button></> : null }
  const write = ({ visit: id }: { readonly visit: string }) => { const visit = find(id); return writes && open.includes(visit) ? <Button kind="primary" onClick={() => setDoing({ what: 'close', visit })} aria-label={`Write ${visitTitle(visit)} down`}>Write it down</Button> : <Whose visit={visit} /> }
  return (
    <Section id="visits" title="Visits together">
      {now.visits.filter(({ asked }) => asked).map((visit) => <Asked key={visit.visit} now={now} visit={visit} desk={desk} onMove={() => setDoing({ what: 'move', visit })} onChanged={onChanged} />)}
      {open.length > 0 && <VisitList visits={open} label="Visits to write down" act={write} />}
      {coming.length === 0 ? <EmptyState what="No visit together is booked from now on." /> : <VisitList visits={coming} label="Visits to come" act={acts} />}
      {coming.some(({ patients }) => patients.length < now.members.length) && <p className="soft">Not everybody comes to each: {coming.filter(({ patients }) => patients.length < now.members.length).map((visit) => `${visitTitle(visit)}, ${visit.patients.map(({ name }) => name).join(' and ')}`).join('; ')}.</p>}
      {over.length > open.length && <Disclosure summary={over.length - open.length === 1 ? 'One earlier visit' : `${over.length - open.length} earlier visits`}><VisitList visits={over.filter((visit) => !open.includes(visit))} label="Earlier visits" act={write} /></Disclosure>}
      {doing?.what === 'move' && <MoveTogether now={now} visit={doing.visit} onClose={() => setDoing(undefined)} onDone={done} />}
      {doing?.what === 'cancel' && <CancelTogether now={now} visit={doing.visit} onClose={() => setDoing(undefined)} onDone={done} />}
      {doing?.what === 'close' && <CloseTogether now={now} visit={doing.visit} onClose={() => setDoing(undefined)} onDone={done} />}
    </Section>
  )
}

/** The way to each one’s own record: nothing of a visit together is written for two at once. */
const Whose = ({ visit }: { readonly visit: GroupVisit }) => <>{visit.patients.map(({ chart, name }) => <Link key={chart} to="/work/charts/$chart" params={{ chart }}>{name}</Link>)}</>

const saidWords = { waiting: 'has not answered', yes: 'says yes', no: 'says no' } as const

function Asked({ now, visit, desk, onMove, onChanged }: { readonly now: GroupNow; readonly visit: GroupVisit; readonly desk: boolean; readonly onMove: () => void; readonly onChanged: (words: string) => Promise<void> }) {
  const { pending, refusal, actAs } = useAct()
  const { to, until, answers } = visit.asked!
  const all = answers.length === visit.patients.length && answers.every(({ state }) => state === 'yes')
  const send = (how: 'moveGroup' | 'takeBackGroup') => {
    const params = { group: now.id, visit: visit.visit }
    void actAs((me) => sendAct([me.person, how, params, to], (id) => (how === 'moveGroup' ? call('moveGroup', { params, body: { id, device: me.device, to } }) : call('takeBackGroup', { params, body: { id, device: me.device } }))))
      .then((done) => done && onChanged(how === 'moveGroup' ? `${visitTitle(visit)} was moved for everybody.` : 'Taken back. The old time stands; tell those who have seen the question.'))
  }
  return (
    <Notice level={answers.some(({ state }) => state === 'no') ? 'caution' : undefined} what={all ? `Everybody says yes to another time of ${visitTitle(visit)}.` : `They are asked about another time of ${visitTitle(visit)}.`} kept={`Now ${visitWhen(visit)}; asked about ${visitWhen(to)}, held until ${dayAndTime(until, now.zone)}. The old time stands until you move it.`}>
      <Stack air="tight">
        <ul className="d-reasons">{answers.map(({ chart, name, state }) => <li key={chart}>{name} {saidWords[state]}.</li>)}</ul>
        <Refused refusal={refusal} />
        {desk && <div className="k-buttons">{all && <Button kind="primary" pending={pending} onClick={() => send('moveGroup')}>Move it for everybody</Button>}<Button pending={pending} onClick={() => send('takeBackGroup')}>Take it back</Button>{!all && <Button kind="plain" onClick={onMove}>Move it anyway</Button>}</div>}
      </Stack>
    </Notice>
  )
}

const ofPractice: readonly CancelReason[] = ['practice', 'clinical-hold', 'weather', 'other']

function CancelTogether({ now, visit, onClose, onDone }: { readonly now: GroupNow; readonly visit: GroupVisit; readonly onClose: () => void; readonly onDone: (words: string) => Promise<void> }) {
  const [reason, setReason] = useState<CancelReason | null>(null)
  const [why, setWhy] = useState('')
  const { pending, refusal, actAs } = useAct()
  const cancel = () => {
    if (!reason) return
    void actAs((me) => sendAct([me.person, 'cancelGroup', visit.visit, reason, why], (id) => call('cancelGroup', { params: { group: now.id, visit: visit.visit }, body: { id, device: me.device, why, reason } }))).then((done) => done && onDone(`${visitTitle(visit)} was cancelled for everybody, and each is told.`))
  }
  return (
    <Dialog open title={`Cancel ${visitTitle(visit)} for everybody?`} onClose={onClose} end={<><Button onClick={onClose}>Keep the visit</Button><Button kind="danger" pending={pending} disabled={!reason || why.trim().length < 3} onClick={cancel}>Cancel for everybody</Button></>}>
      <Stack>
        <p>{visitWhen(visit)}. It is cancelled for {visit.patients.map(({ name }) => name).join(', ')}. For one of them alone, cancel it on their own chart, under Plan: the others keep it.</p>
        <Select<CancelReason> label="Reason" choices={ofPractice.map((value) => ({ value, label: reasonWords[value] }))} value={reason} onChange={setReason} />
        <TextArea label="In words" hint="Each of them reads this, so it names nobody." rows={2} minLength={3} maxLength={1000} value={why} onChange={setWhy} />
        <Refused refusal={refusal} />
      </Stack>
    </Dialog>
  )
}
