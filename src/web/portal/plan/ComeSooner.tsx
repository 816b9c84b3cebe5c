import { useRef, useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { openWishes, type SoonerWish } from '../../../core/scheduling/sooner.ts'
import { Button, ButtonLink, Checkbox, Notice, RadioTiles, Stack, WhenFields, whenProblems, type When } from '../../kit/index.ts'
import { call, clock } from '../../sync/index.ts'
import { newId } from '../../sync/new-id.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import type { ScreenProps } from '../screen.ts'
import { dayAfter, dayOf, when } from '../times.ts'
import { WaitingPage, saidOf } from '../Trouble.tsx'
import { visitName, visitsOf } from '../visits.ts'

const notices = [{ value: '4', label: 'A few hours' }, { value: '24', label: 'A day' }, { value: '48', label: 'Two days' }, { value: '168', label: 'A week' }] as const

/** When somebody would come sooner to one visit of hers. Nothing is moved by it: where a time comes free, she is asked. */
export function ComeSooner({ id }: ScreenProps) {
  const { used, course, zone, now } = usePatient()
  const [done, setDone] = useState<'kept' | 'withdrawn'>()
  const visit = visitsOf(course.value, used.chart).find((each) => each.visit === id)
  if (done) return <Done how={done} />
  if (!visit && !used.ready) return <Frame title="Come sooner"><WaitingPage /></Frame>
  if (!visit || visit.startsAt <= now) return <Frame title="Come sooner"><h1>There is no such visit to come</h1><p>It may be over, moved or cancelled. <a href="/my/plan">To your plan</a></p></Frame>
  const before = openWishes(used.chart, now, zone).find((wish) => wish.visit.visit === id)
  return (
    <Frame title="Come sooner">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>Would you come sooner?</h1>
          <p>{visitName(visit)} is {when(visit.startsAt, now, zone)}, and stays there. When a time comes free that fits the rest of your plan, we ask whether it suits you.</p>
        </div>
        <Form key={before?.wished.id ?? 'new'} visit={visit} before={before} onDone={setDone} />
      </Stack>
    </Frame>
  )
}

function draftOf(before: SoonerWish | undefined, tomorrow: string, last: string): When {
  const said = before?.wished.body
  return { from: said && said.from > tomorrow ? said.from : tomorrow, to: said?.to ?? last, weekdays: said?.weekdays.map(String) ?? [], after: said?.after ?? null, before: said?.before ?? null }
}

function Form({ visit, before, onDone }: { readonly visit: BookedVisit; readonly before: SoonerWish | undefined; readonly onDone: (how: 'kept' | 'withdrawn') => void }) {
  const { me, chartId, zone, now } = usePatient()
  const [tomorrow, last] = [dayAfter(dayOf(now, zone)), visit.localStart.slice(0, 10)]
  const [draft, setDraft] = useState(draftOf(before, tomorrow, last))
  const [notice, setNotice] = useState<string | null>(before ? String(before.wished.body.noticeHours) : null)
  const [otherWay, setOtherWay] = useState(before?.wished.body.otherWay ?? false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState('')
  // Sent again after its answer was lost, it is the same act.
  const act = useRef(newId(clock.ms()))
  const send = async (work: () => Promise<unknown>, how: 'kept' | 'withdrawn') => {
    setPending(true)
    setProblem('')
    await work().then(() => onDone(how), (failure: unknown) => { setPending(false); setProblem(saidOf(failure)) })
  }
  const keep = () => {
    const { from, to, after, before: until } = draft
    if (!from || !to || !notice) return setProblem('Say from which day to which, and how much notice you need.')
    if (Object.keys(whenProblems(draft)).length > 0) return setProblem('Not sent yet: one of the days or hours does not fit.')
    const wish = { from, to, weekdays: draft.weekdays.map(Number), otherWay, noticeHours: Number(notice), ...(after ? { after } : {}), ...(until ? { before: until } : {}) }
    void send(() => call('wishSooner', { params: { chart: chartId, visit: visit.visit }, body: { id: act.current, device: me.device, wish } }), 'kept')
  }
  return (
    <section className="k-stack" aria-label="When you would come">
      <WhenFields value={draft} onChange={setDraft} min={tomorrow} max={last} />
      <RadioTiles label="How much notice do you need?" tile="9rem" choices={notices} value={notice} onChange={setNotice} />
      {!isDosing(visit) && <Checkbox label={visit.online ? 'At the practice would do as well' : 'Online would do as well, where this visit can be online'} checked={otherWay} onChange={setOtherWay} />}
      {problem && <Notice urgent level="caution" what={problem} />}
      <Button kind="primary" size="room" wide pending={pending} onClick={keep}>{before ? 'Change it' : 'Put me on the list'}</Button>
      {before && <Button size="room" wide pending={pending} onClick={() => void send(() => call('withdrawSooner', { params: { chart: chartId, visit: visit.visit }, body: { id: act.current, device: me.device } }), 'withdrawn')}>Take me off the list</Button>}
    </section>
  )
}

function Done({ how }: { readonly how: 'kept' | 'withdrawn' }) {
  return (
    <Frame title="Come sooner">
      <Stack air="wide">
        <h1>{how === 'kept' ? 'You are on the list' : 'You are off the list'}</h1>
        {how === 'kept'
          ? <Notice what="When a time comes free that fits, we write to you." kept="Your visit stays where it is until you say yes." next="You can change this or take it back on your plan." />
          : <Notice what="We do not ask you about sooner times for this visit any more." kept="Your visit stays where it is." />}
        <ButtonLink kind="primary" size="room" wide href="/my/plan">To my plan</ButtonLink>
      </Stack>
    </Frame>
  )
}
