import { useState } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { timeOff, type TimeOff } from '../../../core/scheduling/time-off.ts'
import { timeOffRows } from '../../../knowledge/time-off.ts'
import { Button, Checkbox, CheckboxGroup, DataPairs, EmptyState, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/index.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { afterwardsAdvice } from '../preparing/advice.ts'
import { clockTime, dayAndTime, longDay, plainDay } from '../times.ts'
import { WaitingPage, saidOf } from '../Trouble.tsx'
import { visitName, visitsOf } from '../visits.ts'
import { calendarFile, handOver } from './ics.ts'

/** What the course takes of her days: what to keep free, until when not to drive, a calendar file and a paper for work. */
export function TimeOffPage() {
  const { used, course, zone, now } = usePatient()
  const ahead = visitsOf(course.value, used.chart).filter(({ endsAt }) => endsAt > now)
  const days = timeOff(ahead, timeOffRows, zone)
  if (!used.ready && ahead.length === 0) return <Frame title="Time off"><WaitingPage /></Frame>
  return (
    <Frame title="Time off">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>Time off</h1>
          {days.length > 0 && <p>{summary(days)} The last is on {plainDay(days.at(-1)!.day)}.</p>}
          {days.length > 0 && <div className="k-buttons k-no-print"><Button onClick={() => handOver('time-off.ics', new Blob([calendarFile(ahead, now, days)], { type: 'text/calendar' }))}>Put these into my calendar</Button></div>}
          {days.length > 0 && <p className="soft small k-no-print">There it says “Appointment”, “Keep free” and “No driving”, and nothing of why.</p>}
        </div>
        {days.length === 0 && <EmptyState what="The days to keep free will stand here." begin="They follow from your dates, once these are booked with you." />}
        {days.length > 0 && <section aria-labelledby="days"><h2 id="days">What each visit takes</h2>{days.map((off) => <Taken key={off.visit} off={off} visit={ahead.find(({ visit }) => visit === off.visit)!} />)}</section>}
        {days.some(({ wholeDay }) => wholeDay) && <section className="k-stack k-stack--tight" aria-labelledby="after"><h2 id="after">After every medicine session</h2><ul>{afterwardsAdvice.map((line) => <li key={line}>{line}</li>)}</ul></section>}
        {days.length > 0 && <ForWork ahead={ahead} days={days} />}
      </Stack>
    </Frame>
  )
}

function summary(days: readonly TimeOff[]): string {
  const whole = days.filter(({ wholeDay }) => wholeDay).length
  const said = [whole > 0 && `${whole} whole ${whole === 1 ? 'day' : 'days'}`, days.length > whole && `${days.length - whole} shorter ${days.length - whole === 1 ? 'visit' : 'visits'}`].filter(Boolean)
  return `To keep free: ${said.join(' and ')}.`
}

function Taken({ off: { startsAt, wholeDay, noDrivingUntil, notByOwnCar }, visit }: { readonly off: TimeOff; readonly visit: BookedVisit }) {
  const { zone } = usePatient()
  return (
    <article className="p-visit" aria-label={`${visitName(visit)}, ${longDay(startsAt, zone)}`}>
      <h3>{longDay(visit.startsAt, zone)}</h3>
      <p className="p-visit__day">{wholeDay ? 'The whole day' : `${clockTime(visit.startsAt, zone)} to ${clockTime(visit.endsAt, zone)}`} · {visitName(visit)}</p>
      {notByOwnCar && <p>You may not drive there yourself yet. Ask somebody, or come by bus or train.</p>}
      {noDrivingUntil && <DataPairs wide pairs={[['No driving', `until ${dayAndTime(noDrivingUntil, zone)}, and only after a night’s sleep`]]} />}
    </article>
  )
}

/** A paper that says when she is away, and nothing from which anybody could guess why. */
function ForWork({ ahead, days }: { readonly ahead: readonly BookedVisit[]; readonly days: readonly TimeOff[] }) {
  const { chartId, practice, zone } = usePatient()
  const [chosen, setChosen] = useState<readonly string[]>(() => days.filter(({ wholeDay }) => wholeDay).map(({ visit }) => visit))
  const [driving, setDriving] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState('')
  const still = chosen.filter((id) => ahead.some(({ visit }) => visit === id))
  async function make() {
    setPending(true)
    setProblem('')
    try {
      handOver('appointments.pdf', await call('workNote', { params: { chart: chartId }, body: { visits: still, driving } }) as Blob)
    } catch (failure) {
      setProblem(saidOf(failure))
    }
    setPending(false)
  }
  return (
    <section className="k-stack k-no-print" aria-labelledby="work">
      <h2 id="work">A note for work or school</h2>
      {practice.letterName === '' && practice.known && <EmptyState what="The practice has not said yet under which name it writes to employers." begin="Ask for it with a message, and the note can be made here." />}
      {practice.letterName !== '' && (
        <>
          <p>It comes from “{practice.letterName}”, with a telephone number where somebody may ask whether it is genuine. It says when you are away. It names no treatment and no kind of visit.</p>
          <CheckboxGroup label="Days on the note" value={still} onChange={setChosen} choices={days.map(({ visit, startsAt, endsAt, wholeDay }) => ({ value: visit, label: longDay(startsAt, zone), hint: wholeDay ? 'the whole day' : `${clockTime(startsAt, zone)} to ${clockTime(endsAt, zone)}` }))} />
          <Checkbox label="Also say until when I may not drive or use machines" checked={driving} onChange={setDriving} />
          {problem && <Notice urgent level="caution" what={problem} />}
          <div className="k-buttons"><Button pending={pending} disabled={still.length === 0} onClick={() => void make()}>Make the note</Button></div>
          {still.length === 0 && <p className="soft small">Choose at least one day.</p>}
        </>
      )}
    </section>
  )
}
