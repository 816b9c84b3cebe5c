import { useRef, useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, ButtonLink, EmptyState, Notice, Stack, TextArea } from '../../kit/index.ts'
import { call, clock } from '../../sync/index.ts'
import { Refused } from '../../sync/client.ts'
import { newId } from '../../sync/new-id.ts'
import { useAsked } from '../ask.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import type { ScreenProps } from '../screen.ts'
import { clockTime, dayOf, longDay, when, zoneNote } from '../times.ts'
import { CouldNotAsk, Waiting, WaitingPage, saidOf } from '../Trouble.tsx'
import { peopleOf, placeOf, visitName, visitsOf } from '../visits.ts'

type Slots = Response<'ownSlots'>
type Done = { readonly state: 'moved' | 'asked'; readonly to: BookedVisit }

/** Another time for one visit: choose it, look at it once more, done. Only times that keep the whole course as it is. */
export function MoveVisit({ id }: ScreenProps) {
  const { chartId, used, course, zone, now } = usePatient()
  const visit = visitsOf(course.value, used.chart).find((each) => each.visit === id)
  const asked = useAsked(`own slots ${id}`, () => call('ownSlots', { params: { chart: chartId, visit: id } }))
  const [chosen, setChosen] = useState<BookedVisit>()
  const [raced, setRaced] = useState(false)
  const [done, setDone] = useState<Done>()
  if (done) return <Moved done={done} />
  if (!visit && !used.ready) return <Frame title="Move a visit"><WaitingPage /></Frame>
  if (!visit) return <Frame title="Move a visit"><h1>There is no such visit</h1><p>It may have been moved or cancelled. <a href="/my/plan">To your plan</a></p></Frame>
  const lost = () => { setChosen(undefined); setRaced(true); asked.again() }
  return (
    <Frame title="Move a visit">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>Move {visitName(visit).toLowerCase()}</h1>
          <p>Now {when(visit.startsAt, now, zone)}. {chosen ? '' : 'It stays there until you have another time.'}{zoneNote(zone) && ` ${zoneNote(zone)}`}</p>
        </div>
        {!chosen && raced && <Notice urgent level="caution" what="Somebody took that time a moment ago." kept="Your visit is where it was." next="These times are free now." />}
        {asked.failure !== undefined && !asked.value && <CouldNotAsk failure={asked.failure} again={asked.again} kept="Your visit stays where it is." />}
        {!asked.value && asked.failure === undefined && <Waiting>Looking for times …</Waiting>}
        {asked.value && !chosen && <Choose slots={asked.value} therapy={visit.type === 'therapy'} onChoose={(slot) => { setRaced(false); setChosen(slot); scrollTo(0, 0) }} />}
        {asked.value && chosen && <Confirm slots={asked.value} visit={visit} chosen={chosen} onBack={() => setChosen(undefined)} onLost={lost} onDone={(state) => { course.again(); setDone({ state, to: chosen }) }} />}
      </Stack>
    </Frame>
  )
}

function Choose({ slots: { how, why, noticeHours, slots }, therapy, onChoose }: { readonly slots: Slots; readonly therapy: boolean; readonly onChoose: (slot: BookedVisit) => void }) {
  const { zone } = usePatient()
  if (how === 'not') return <Notice what={whyNot(why, noticeHours)} kept="Your visit stays where it is."><Reach /></Notice>
  if (slots.length === 0) return <EmptyState what="There is no other time now at which the same people are free and the rest of your plan can stay as it is." begin="The practice can move more than one visit at once."><p><Reach /></p></EmptyState>
  const days = [...new Set(slots.map(({ startsAt }) => dayOf(startsAt, zone)))]
  return (
    <section aria-labelledby="free" className="k-stack">
      <h2 id="free">Free, with the same people</h2>
      {how === 'asked' && <p>The practice says yes or no to this one. Until it does, nothing changes.</p>}
      {days.map((day) => {
        const [first, ...rest] = slots.filter(({ startsAt }) => dayOf(startsAt, zone) === day)
        return (
          <section key={day} className="p-visit" aria-label={longDay(first!.startsAt, zone)}>
            <h3>{longDay(first!.startsAt, zone)}</h3>
            <div className="p-hours">{[first!, ...rest].map((slot) => <Button key={slot.startsAt} size="room" aria-label={`${longDay(slot.startsAt, zone)}, ${clockTime(slot.startsAt, zone)}`} onClick={() => onChoose(slot)}>{clockTime(slot.startsAt, zone)}</Button>)}</div>
          </section>
        )
      })}
      <p className="soft">{therapy ? 'You would like every hour of therapy at another time, or nothing here fits? ' : 'Nothing that fits? '}<Reach /></p>
    </section>
  )
}

interface ConfirmProps {
  readonly slots: Slots
  readonly visit: BookedVisit
  readonly chosen: BookedVisit
  readonly onBack: () => void
  readonly onLost: () => void
  readonly onDone: (state: Done['state']) => void
}

function Confirm({ slots: { how }, visit, chosen, onBack, onLost, onDone }: ConfirmProps) {
  const { me, chartId, zone } = usePatient()
  const [words, setWords] = useState('')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState('')
  // Sent again after its answer was lost, it is the same act.
  const act = useRef(newId(clock.ms()))
  async function move() {
    setPending(true)
    setProblem('')
    try {
      const { state } = await call('ownMove', { params: { chart: chartId, visit: visit.visit }, body: { id: act.current, device: me.device, startsAt: chosen.startsAt, words: words.trim() } })
      onDone(state)
    } catch (failure) {
      setPending(false)
      if (failure instanceof Refused && failure.code === 'plan.clash') onLost()
      else setProblem(failure instanceof Refused && failure.list.length > 0 ? `${failure.list.map(({ says }) => says).join(' ')} Your visit stays where it is.` : saidOf(failure))
    }
  }
  const asks = how === 'asked'
  return (
    <section aria-labelledby="new" className="k-stack">
      <h2 id="new">{asks ? 'Ask for this time?' : 'Move it here?'}</h2>
      <p className="p-sum">{longDay(chosen.startsAt, zone)}, {clockTime(chosen.startsAt, zone)} to {clockTime(chosen.endsAt, zone)}</p>
      <p>{capital(placeOf(chosen))}{peopleOf(chosen) && `, with ${peopleOf(chosen)}`}. Every other visit stays where it is.</p>
      {asks && <TextArea label="Why it suits you better" optional rows={2} maxLength={1000} value={words} onChange={setWords} />}
      {problem && <Notice urgent level="caution" what={problem} />}
      <Button kind="primary" size="room" wide pending={pending} onClick={() => void move()}>{asks ? 'Ask for this time' : 'Move it'}</Button>
      <Button size="room" wide onClick={onBack}>Choose another time</Button>
    </section>
  )
}

function Moved({ done: { state, to } }: { readonly done: Done }) {
  const { zone, now } = usePatient()
  return (
    <Frame title="Move a visit">
      <Stack air="wide">
        <h1>{state === 'moved' ? 'It is moved' : 'You have asked'}</h1>
        {state === 'moved'
          ? <Notice what={`${visitName(to)} is ${when(to.startsAt, now, zone)} now.`} kept="Everybody who comes has been told." next="If the dates stand in your own calendar, put them there once more." />
          : <Notice what={`You asked for ${longDay(to.startsAt, zone)}, ${clockTime(to.startsAt, zone)}.`} kept="Your visit stays where it is until the practice says yes." next="The answer stands in your plan and in your messages. The time is not held for you meanwhile." />}
        <ButtonLink kind="primary" size="room" wide href="/my/plan">To my plan</ButtonLink>
      </Stack>
    </Frame>
  )
}

function Reach() {
  const { practice } = usePatient()
  return <><a href="/my/messages">Send a message</a>{practice.phone && <> or call {practice.phone}</>}.</>
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
const whyNot = (why: Slots['why'], hours: number) =>
  why === 'too-late' ? `It begins in less than ${hours} hours. The practice can still help.` : why === 'over' ? 'This visit has begun already.' : why === 'together' ? 'You have this visit with your group, so the practice moves it for everybody. Ask by message or by telephone.' : 'The practice moves this visit itself.'
