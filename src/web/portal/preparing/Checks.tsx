import { useState, type FormEvent } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { DayAnswers } from '../../../core/chart/kinds/day.ts'
import { instant } from '../../../core/shared/time.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { Button, Notice, RadioTiles, Stack, TimeField } from '../../kit/index.ts'
import type { Written } from '../../sync/chart-on-device.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { morningFacts, saidBefore } from '../home/next.ts'
import { usePatient } from '../patient.tsx'
import { SavedLine } from '../SavedLine.tsx'
import type { ScreenProps } from '../screen.ts'
import { clockTime, dayOf, dayWords, daysApart, when } from '../times.ts'
import { WaitingPage } from '../Trouble.tsx'
import { rideFor, visitName, visitsOf } from '../visits.ts'
import { afterwardsAdvice, fastingBefore } from './advice.ts'
import { askedAbout, MedicinesAsked, writtenMedicines, type TakenSaid } from './MedicinesAsked.tsx'

/** The day before and the morning of a session: what to do, and questions that the room asks for anyway. */
export function Checks({ id }: ScreenProps) {
  const { used, course, zone, now } = usePatient()
  const visit = visitsOf(course.value, used.chart).find((each) => each.visit === id)
  if (!visit && !used.ready) return <Frame title="Before the session"><WaitingPage /></Frame>
  if (!visit || !isDosing(visit)) return <Frame title="Before the session"><h1>There is no such session</h1><p>It may have been moved or cancelled. <a href="/my/plan">To your plan</a></p></Frame>
  return (
    <Frame title="Before the session">
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>Before my session</h1><p>{visitName(visit)}, {when(visit.startsAt, now, zone)}.</p></div>
        <Todo visit={visit} />
        <Questions visit={visit} />
      </Stack>
    </Frame>
  )
}

function Todo({ visit }: { readonly visit: BookedVisit }) {
  const { used, zone, now, practice } = usePatient()
  const { foodUntil, fluidUntil, says, routeKnown } = fastingBefore(visit, used.chart)
  const ride = rideFor(used.chart, visit.visit)?.body
  return (
    <section className="k-stack" aria-labelledby="todo">
      <h2 id="todo">What to do</h2>
      <ul className="p-list">
        <li>
          <strong>Food until {clockTime(foodUntil, zone)}{dayOf(foodUntil, zone) !== dayOf(fluidUntil, zone) && ` ${dayWords(foodUntil, now, zone)}`}, clear fluids until {clockTime(fluidUntil, zone)} {dayWords(fluidUntil, now, zone)}.</strong>
          {' '}{says}{!routeKnown && ' This is the longest wait; if your prescriber told you another one, keep to that.'}
        </li>
        <li><strong>Ride home: {ride ? `${ride.name}, ${ride.phone}` : 'nobody named yet'}.</strong> <a href={`/my/ride/${visit.visit}`}>{ride ? 'Change who takes me home' : 'Name the person who takes me home'}</a></li>
        <li>Take your regular medicines as the prescriber told you. Bring something soft to wear, and what comforts you.</li>
        {practice.phone && <li>Something came up, or you do not feel well? Call {practice.phone} before you set out.</li>}
      </ul>
      <h3>Afterwards</h3>
      <ul>{afterwardsAdvice.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  )
}

interface Draft {
  readonly foodDay: Which | null
  readonly foodTime: string | null
  readonly fluidDay: Which | null
  readonly fluidTime: string | null
  readonly alcohol: 'yes' | 'no' | 'in-person' | null
  readonly medicines: TakenSaid
  readonly fastingClear: 'yes' | 'no' | null
  readonly medicinesClear: 'yes' | 'no' | null
}
type Which = 'today' | 'yesterday'
const empty: Draft = { foodDay: null, foodTime: null, fluidDay: null, fluidTime: null, alcohol: null, medicines: {}, fastingClear: null, medicinesClear: null }
const alcoholChoices = [{ value: 'no', label: 'No' }, { value: 'yes', label: 'Yes' }, { value: 'in-person', label: 'I would rather say it in person' }] as const
const yesNo = [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }] as const
const days = [{ value: 'today', label: 'Today' }, { value: 'yesterday', label: 'Yesterday' }] as const

function Questions({ visit }: { readonly visit: BookedVisit }) {
  const { me, used, now, zone } = usePatient()
  const [draft, setDraft, clear] = useDraft(`${me.person} day ${visit.visit}`, empty)
  const [state, setState] = useState<{ readonly kept?: string | undefined; readonly gaps?: boolean; readonly failed?: boolean; readonly problem?: string }>({})
  const set = (some: Partial<Draft>) => { setState({}); setDraft((before) => ({ ...before, ...some })) }
  const said = saidBefore(used.chart, visit, zone)
  const asked = askedAbout(used.chart, now, zone)
  const dayBefore = daysApart(dayOf(now, zone), dayOf(visit.startsAt, zone)) === 1

  async function save(event: FormEvent) {
    event.preventDefault()
    const [{ facts: three, problem }, medicines] = [read(draft, now), writtenMedicines(asked, draft.medicines)]
    const facts = [...three, ...medicines.facts]
    const before = answersBefore(draft, three, visit, { now, zone })
    const wrong = problem ?? medicines.problem ?? (facts.length + before.length === 0 ? 'Nothing is answered yet.' : undefined)
    if (wrong) { setState({ problem: wrong }); return }
    await used.writeAct([...facts, ...before]).then(([entry]) => { setDraft(empty); clear(); setState({ kept: entry?.id, gaps: facts.length < morningFacts.length }) }, () => setState({ failed: true }))
  }
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack>
        <h2>Questions for the day</h2>
        <p>Answer on the day, or as soon as you know. If something changes, answer again: the newest answer counts. Be frank; at worst the session moves to another day.{said.all && ' You have answered all of them.'}</p>
        {dayBefore && <RadioTiles label="Is it clear to you from when on you eat and drink nothing?" choices={yesNo} value={draft.fastingClear} onChange={(fastingClear) => set({ fastingClear })} tile="8rem" />}
        {dayBefore && <RadioTiles label="Is it clear to you which of your medicines to take, and which to leave?" choices={yesNo} value={draft.medicinesClear} onChange={(medicinesClear) => set({ medicinesClear })} tile="8rem" />}
        <When what="eat" label="When did you last eat?" day={draft.foodDay} time={draft.foodTime} onDay={(foodDay) => set({ foodDay })} onTime={(foodTime) => set({ foodTime })} />
        <When what="drink" label="When did you last drink something?" day={draft.fluidDay} time={draft.fluidTime} onDay={(fluidDay) => set({ fluidDay })} onTime={(fluidTime) => set({ fluidTime })} />
        <RadioTiles label="Alcohol or cannabis in the two days before the session?" choices={alcoholChoices} value={draft.alcohol} onChange={(alcohol) => set({ alcohol })} tile="9.5rem" />
        <MedicinesAsked asked={asked} said={draft.medicines} now={now} zone={zone} onSaid={(medicines) => set({ medicines })} />
        {state.problem && <Notice urgent level="caution" what={state.problem} kept="Nothing was saved yet; what you chose is kept." />}
        {state.failed && <Notice urgent level="caution" what="It could not be kept on this device. Nothing was saved." next="Please try again." />}
        <Button kind="primary" size="room" wide type="submit">Save my answers</Button>
        <SavedLine entry={state.kept} saved={`Saved. Your team sees it.${state.gaps ? ' What you left open we ask when you come, or you come back here.' : ''}`} />
      </Stack>
    </form>
  )
}

interface WhenProps { readonly what: string; readonly label: string; readonly day: Which | null; readonly time: string | null; readonly onDay: (day: Which) => void; readonly onTime: (time: string | null) => void }

const When = ({ what, label, day, time, onDay, onTime }: WhenProps) => (
  <div className="p-pair p-when">
    <RadioTiles label={label} choices={days} value={day} onChange={onDay} tile="8rem" />
    <TimeField label={`At what time did you last ${what}?`} value={time} onChange={onTime} />
  </div>
)

/** Only what was answered is written. Half an answer is said to be one, and a time to come is a slip. */
function read(draft: Draft, now: string): { readonly facts: readonly Written[]; readonly problem?: string } {
  const facts: Written[] = []
  for (const [fact, day, time] of [['lastFoodAt', draft.foodDay, draft.foodTime], ['lastFluidAt', draft.fluidDay, draft.fluidTime]] as const) {
    if ((day === null) !== (time === null)) return { facts, problem: 'To each time belongs a day, and to each day a time.' }
    if (day === null || time === null) continue
    const at = atWall(day, time, now)
    if (at > now) return { facts, problem: 'One of the times lies ahead. Was it yesterday?' }
    facts.push({ kind: 'fact.v1', body: { fact, state: 'answered', value: at } })
  }
  if (draft.alcohol === 'in-person') facts.push({ kind: 'fact.v1', body: { fact: 'alcoholOrCannabisWithin48h', state: 'declined' } })
  else if (draft.alcohol !== null) facts.push({ kind: 'fact.v1', body: { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: draft.alcohol === 'yes' } })
  return { facts }
}

/** What the same questions by a link would say, so that whoever waits for an answer knows that it came. Before the day before nobody waits for one. */
function answersBefore(draft: Draft, facts: readonly Written[], { visit, startsAt }: BookedVisit, { now, zone }: { readonly now: string; readonly zone: string }): readonly Written[] {
  const ahead = daysApart(dayOf(now, zone), dayOf(startsAt, zone))
  if (ahead > 1 || now >= startsAt) return []
  const moment = (name: 'lastFoodAt' | 'lastFluidAt') => facts.flatMap(({ body }) => ('fact' in body && body.fact === name && body.state === 'answered' ? [[name, body.value as string] as const] : []))
  const said: DayAnswers = {
    ...Object.fromEntries([...moment('lastFoodAt'), ...moment('lastFluidAt')]), ...(draft.alcohol === null ? {} : { alcohol: draft.alcohol }),
    ...(ahead === 1 && draft.fastingClear ? { fastingClear: draft.fastingClear === 'yes' } : {}), ...(ahead === 1 && draft.medicinesClear ? { medicinesClear: draft.medicinesClear === 'yes' } : {}),
  }
  return Object.keys(said).length === 0 ? [] : [{ kind: 'day-answers.v1', body: { visit, check: ahead === 1 ? 'day-before' : 'morning', via: 'portal', said } }]
}

/** A time on the wall of the place where she is, which is what her own clock shows. */
function atWall(day: Which, time: string, now: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const at = new Date(now)
  at.setHours(hours, minutes, 0, 0)
  if (day === 'yesterday') at.setDate(at.getDate() - 1)
  return instant(at.getTime())
}
