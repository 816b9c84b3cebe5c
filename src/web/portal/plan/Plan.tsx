import { lazy, Suspense } from 'react'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { isDosing, isOfCourse } from '../../../core/course/dosing-visit.ts'
import { joining } from '../../../core/online/join.ts'
import { askedMoves } from '../../../core/scheduling/asked-moves.ts'
import { ownMove, ownMoveRules } from '../../../core/scheduling/own-move.ts'
import { therapySeries } from '../../../core/scheduling/series-on-chart.ts'
import { onlineVisits } from '../../../knowledge/online.ts'
import { ownMoveDefaults } from '../../../knowledge/moving.ts'
import { Button, ButtonLink, DataPairs, Disclosure, EmptyState, Notice, Stack } from '../../kit/index.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { afterwardsAdvice, fastingBefore } from '../preparing/advice.ts'
import { clockTime, dayAfter, dayOf, lengthOf, longDay, plainDay, zoneNote } from '../times.ts'
import { CouldNotAsk, WaitingPage } from '../Trouble.tsx'
import { peopleOf, rideFor, visitName, visitsOf } from '../visits.ts'
import { calendarFile, handOver } from './ics.ts'
import { Reminded } from './Reminded.tsx'

/** Whoever waits for nothing loads none of it. */
const SoonerLine = lazy(async () => ({ default: (await import('./SoonerLine.tsx')).SoonerLine }))
const SitsIn = lazy(async () => ({ default: (await import('./SitsIn.tsx')).SitsIn }))
const AskedElsewhere = lazy(async () => ({ default: (await import('./AskedElsewhere.tsx')).AskedElsewhere }))
const OfferedTime = lazy(async () => ({ default: (await import('./SoonerLine.tsx')).OfferedTime }))

/** Her own timeline: every date with its hours, place and people, and what a session asks of the days around it. */
export function Plan() {
  const { used, course, zone, now } = usePatient()
  const visits = visitsOf(course.value, used.chart)
  const [past, coming] = [visits.filter(({ endsAt }) => endsAt <= now), visits.filter(({ endsAt }) => endsAt > now)]
  const [ahead, therapy] = [coming.filter(isOfCourse), coming.filter((visit) => !isOfCourse(visit))]
  const note = zoneNote(zone)
  // Before the course was read, no dates means that nobody has looked yet, and not that there are none.
  const looked = used.ready && (course.value !== undefined || course.failure !== undefined)
  if (!looked && visits.length === 0) return <Frame title="Plan"><WaitingPage /></Frame>
  return (
    <Frame title="Plan">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>My plan</h1>
          {coming.length > 0 && <p>{coming.length === 1 ? 'One visit lies' : `${coming.length} visits lie`} ahead, the last on {plainDay(dayOf(coming.at(-1)!.startsAt, zone))}.{note && ` ${note}`}</p>}
          {coming.length > 0 && (
            <div className="k-buttons k-no-print">
              <Button onClick={() => handOver('appointments.ics', new Blob([calendarFile(coming, now)], { type: 'text/calendar' }))}>Put the dates into my calendar</Button>
              <Button kind="plain" onClick={() => print()}>Print my plan</Button>
            </div>
          )}
          {coming.length > 0 && <p className="soft small k-no-print">In your calendar each stands as “Appointment”, with nothing else, so that nobody who looks over your shoulder learns more.</p>}
        </div>
        {used.chart.all('time-offered.v1').length > 0 && <Suspense fallback={null}><OfferedTime /></Suspense>}
        {used.chart.all('change-told.v1').length > 0 && <Suspense fallback={null}><AskedElsewhere /></Suspense>}
        {course.failure !== undefined && !course.value && <CouldNotAsk failure={course.failure} again={course.again} kept="The dates below are those kept on this device." />}
        {coming.length === 0 && <EmptyState what="Your dates will stand here, with hours, places and people." begin={past.length > 0 ? 'Nothing further is booked.' : 'They are planned with you after the first visit.'} />}
        {ahead.length > 0 && <section aria-labelledby="ahead"><h2 id="ahead">Ahead</h2>{ahead.map((visit) => <Visit key={visit.visit} visit={visit} ahead />)}</section>}
        {therapy.length > 0 && <Therapy visits={therapy} />}
        {coming.some(isDosing) && <section className="k-stack k-stack--tight" aria-labelledby="after"><h2 id="after">After every medicine session</h2><ul>{afterwardsAdvice.map((line) => <li key={line}>{line}</li>)}</ul></section>}
        {past.length > 0 && <Disclosure summary={`Behind you: ${past.length} ${past.length === 1 ? 'visit' : 'visits'}`}>{past.toReversed().map((visit) => <Visit key={visit.visit} visit={visit} />)}</Disclosure>}
        {coming.some(({ online }) => online) && <Suspense fallback={null}><SitsIn /></Suspense>}
        <Reminded />
        <Links />
      </Stack>
    </Frame>
  )
}

/** How many hours of therapy are shown without asking: they come back, and the next ones are what somebody looks for. */
const SHOWN = 3

/** Therapy beside the course, which comes back by itself. */
function Therapy({ visits }: { readonly visits: readonly BookedVisit[] }) {
  const { used, now, zone } = usePatient()
  const series = therapySeries(used.chart, now).filter(({ over }) => !over)
  const [next, later] = [visits.slice(0, SHOWN), visits.slice(SHOWN)]
  return (
    <section aria-labelledby="therapy" className="k-stack">
      <h2 id="therapy">Therapy</h2>
      <p>{series.map(({ rule }) => oftenWords(rule.everyWeeks)).join(', ')}{series.length > 0 && '. '}{visits.length === 1 ? 'One hour is booked' : `${visits.length} hours are booked, the last on ${plainDay(dayOf(visits.at(-1)!.startsAt, zone))}`}.{series.some(({ open }) => open) && ' Further ones are booked as the weeks go by.'}</p>
      {next.map((visit) => <Visit key={visit.visit} visit={visit} ahead />)}
      {later.length > 0 && <Disclosure summary={later.length === 1 ? 'One more hour' : `${later.length} more hours`}>{later.map((visit) => <Visit key={visit.visit} visit={visit} ahead />)}</Disclosure>}
    </section>
  )
}

const oftenWords = (weeks: number) => (weeks === 1 ? 'Every week' : weeks === 2 ? 'Every second week' : `Every ${weeks} weeks`)

const isSoon = (visit: BookedVisit, now: string) => joining(visit, onlineVisits.joinFromMinBefore, now) === 'now'

function Visit({ visit, ahead = false }: { readonly visit: BookedVisit; readonly ahead?: boolean }) {
  const { practice, zone, now } = usePatient()
  const place = visit.online ? 'Online' : [visit.room && `Room ${visit.room.name}`, practice.place].filter(Boolean).join(', ') || 'At the practice'
  return (
    <article className="p-visit" aria-label={`${visitName(visit)}, ${longDay(visit.startsAt, zone)}`}>
      <h3>{visitName(visit)}</h3>
      <p className="p-visit__day">{longDay(visit.startsAt, zone)}, {clockTime(visit.startsAt, zone)} to {clockTime(visit.endsAt, zone)} ({lengthOf(visit.startsAt, visit.endsAt)})</p>
      {ahead && <DataPairs wide none="not known yet" pairs={[['Where', place], ['With', peopleOf(visit)]]} />}
      {ahead && visit.online && <p className="k-no-print"><ButtonLink kind={isSoon(visit, now) ? 'primary' : 'quiet'} href={`/my/online/${visit.visit}`} aria-label={`Join the visit: ${visitName(visit)}`}>Join the visit</ButtonLink></p>}
      {ahead && isDosing(visit) && <Around visit={visit} />}
      {ahead && <Move visit={visit} />}
    </article>
  )
}

/** Another time for it, as far as the practice lets her, and what became of one she asked for. */
function Move({ visit }: { readonly visit: BookedVisit }) {
  const { used, practice, zone, now } = usePatient()
  const asked = askedMoves(used.chart, now).find((one) => one.asked.body.to.visit === visit.visit && one.asked.body.from === visit.startsAt)
  const may = ownMove(visit, ownMoveRules(practice.settings, ownMoveDefaults), now)
  const to = asked && `${longDay(asked.asked.body.to.startsAt, zone)}, ${clockTime(asked.asked.body.to.startsAt, zone)}`
  return (
    <>
      {asked?.state === 'open' && <Notice what={`You asked for ${to}. The practice has not answered yet.`} kept="Until it does, your visit is as it stands here." />}
      {asked?.state === 'no' && <Notice what={`You asked for ${to}. The practice says it cannot be: ${asked.answer!.body.words}`} kept="Your visit stays as it stands here." />}
      {may.how === 'not' && may.why === 'together' && <p className="soft">You have this visit with {visit.group!.name}. If another time would suit you better, ask the practice; it moves the visit for everybody. You can cancel for yourself.</p>}
      {used.chart.all('sooner-wished.v1').some(({ body }) => body.visit === visit.visit) && <Suspense fallback={null}><SoonerLine visit={visit} /></Suspense>}
      <p className="k-no-print k-buttons">
        {may.how !== 'not' && <ButtonLink href={`/my/move/${visit.visit}`} aria-label={`Move ${visitName(visit)}`}>Move</ButtonLink>}
        {dayOf(visit.startsAt, zone) > dayAfter(dayOf(now, zone)) && <ButtonLink kind="plain" href={`/my/sooner/${visit.visit}`} aria-label={`I would come sooner to ${visitName(visit)}`}>I would come sooner</ButtonLink>}
        {visit.startsAt > now && <ButtonLink kind="plain" href={`/my/cancel/${visit.visit}`} aria-label={`Cancel ${visitName(visit)}`}>Cancel</ButtonLink>}
      </p>
    </>
  )
}

/** What a medicine session asks of the days around it. */
function Around({ visit }: { readonly visit: BookedVisit }) {
  const { used, zone } = usePatient()
  const { foodUntil, fluidUntil, routeKnown } = fastingBefore(visit, used.chart)
  const ride = rideFor(used.chart, visit.visit)?.body
  const day = dayOf(visit.startsAt, zone)
  const name = visitName(visit).toLowerCase()
  return (
    <>
      <DataPairs wide pairs={[
        ['Before', `Food until ${clockTime(foodUntil, zone)}${dayOf(foodUntil, zone) === day ? '' : ' the evening before'}, clear fluids until ${clockTime(fluidUntil, zone)}${routeKnown ? '' : ' (the longest wait; your prescriber may tell you another one)'}`],
        ['Keep free', `All of ${plainDay(day)}, and the morning of ${plainDay(dayAfter(day))}`],
        ['Ride home', ride ? `${ride.name}, ${ride.phone}` : 'Nobody named yet'],
      ]} />
      <p className="k-no-print"><a href={`/my/ride/${visit.visit}`}>{ride ? 'Change' : 'Name'} who takes me home from {name}</a> · <a href={`/my/day/${visit.visit}`}>The day of {name}</a> · <a href={`/my/checks/${visit.visit}`}>Before {name}</a></p>
    </>
  )
}

const links = [
  ['/my/after', 'After my session', 'what does good, how it is'], ['/my/time-off', 'Time off', 'days to keep free, a note for work'], ['/my/calendar', 'My calendar', 'dates in my telephone, or by mail'], ['/my/questionnaires', 'Questionnaires', 'what is asked of you'], ['/my/consents', 'Consents', 'read, sign, take back'], ['/my/intention', 'My intention', 'in your own words'], ['/my/agreements', 'Agreements', 'touch, signs, music'],
  ['/my/curve', 'My curve', 'how you have been'], ['/my/money', 'Costs and bills', 'estimate, superbills'], ['/my/record', 'Who looked at my record', 'and a copy for you'], ['/my/devices', 'My devices', 'PIN, sign out'],
] as const

const Links = () => (
  <nav className="k-no-print" aria-label="What belongs to the plan">
    <ul className="p-links">{links.map(([to, word, says]) => <li key={to}><a href={to}>{word}<small>{says}</small></a></li>)}</ul>
  </nav>
)
