import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { ButtonLink, DataPairs, Stack } from '../../kit/index.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import type { ScreenProps } from '../screen.ts'
import { clockTime, dayOf, dayWords, lengthOf, longDay } from '../times.ts'
import { WaitingPage } from '../Trouble.tsx'
import { peopleOf, placeOf, rideFor, visitName, visitsOf } from '../visits.ts'
import { afterwardsAdvice, fastingBefore } from './advice.ts'

/** How the day of a medicine session goes, hour by hour, from what lies on this device: it opens on the way there as well. */
export function SessionDay({ id }: ScreenProps) {
  const { used, course, zone } = usePatient()
  const visit = visitsOf(course.value, used.chart).find((each) => each.visit === id)
  if (!visit && !used.ready) return <Frame title="The day of my session"><WaitingPage /></Frame>
  if (!visit || !isDosing(visit)) return <Frame title="The day of my session"><h1>There is no such session</h1><p>It may have been moved or cancelled. <a href="/my/plan">To your plan</a></p></Frame>
  return (
    <Frame title="The day of my session">
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>The day of my session</h1><p>{visitName(visit)}, {longDay(visit.startsAt, zone)}</p></div>
        <Hours visit={visit} />
        <InTheRoom />
        <section className="k-stack k-stack--tight" aria-labelledby="afterwards"><h2 id="afterwards">Afterwards</h2><ul>{afterwardsAdvice.map((line) => <li key={line}>{line}</li>)}</ul></section>
        <p className="k-buttons"><ButtonLink href={`/my/checks/${visit.visit}`}>Questions before the session</ButtonLink><ButtonLink kind="plain" href="/my/after">After my session</ButtonLink></p>
      </Stack>
    </Frame>
  )
}

function Hours({ visit }: { readonly visit: BookedVisit }) {
  const { used, zone, now, practice } = usePatient()
  const { foodUntil, fluidUntil, says, routeKnown } = fastingBefore(visit, used.chart)
  const ride = rideFor(used.chart, visit.visit)?.body
  const eveningBefore = dayOf(foodUntil, zone) !== dayOf(visit.startsAt, zone) ? `, ${dayWords(foodUntil, now, zone)}` : ''
  const place = visit.online ? 'Online' : [visit.room && `room ${visit.room.name}`, practice.place].filter(Boolean).join(', ') || placeOf(visit)
  return (
    <ol className="p-day">
      <li><time dateTime={foodUntil}>{clockTime(foodUntil, zone)}</time><div><strong>The last time to eat{eveningBefore}</strong><p>{says}{!routeKnown && ' This is the longest wait; if your prescriber told you another one, keep to that.'}</p></div></li>
      <li><time dateTime={fluidUntil}>{clockTime(fluidUntil, zone)}</time><div><strong>The last clear drink</strong><p>Take your regular medicines as the prescriber told you.</p></div></li>
      <li><time dateTime={visit.startsAt}>{clockTime(visit.startsAt, zone)}</time><div><strong>It begins: {place}</strong><p>{visit.people.length > 0 && `With ${peopleOf(visit)}. `}It takes {lengthOf(visit.startsAt, visit.endsAt)}. Bring something soft to wear, and what comforts you.{practice.phone && ` If something comes up, call ${practice.phone}.`}</p></div></li>
      <li><time dateTime={visit.endsAt}>{clockTime(visit.endsAt, zone)}</time><div><strong>Planned until then; home with {ride ? `${ride.name}, ${ride.phone}` : 'somebody you name before'}</strong><p>You leave when the people in the room have seen that you can, and not alone. <a href={`/my/ride/${visit.visit}`}>{ride ? 'Change who takes me home' : 'Name the person who takes me home'}</a></p></div></li>
    </ol>
  )
}

/** What was agreed and what she hopes for, as the people beside her read it. */
function InTheRoom() {
  const { used } = usePatient()
  const agreed = used.chart.latest('agreements.v1')?.body
  const intention = used.chart.latest('intention.v1')?.body
  return (
    <section className="k-stack k-stack--tight" aria-labelledby="room">
      <h2 id="room">In the room</h2>
      <DataPairs wide none="not written yet" pairs={[['My intention', intention?.text ?? ''], ['My sign for: stop', agreed?.stopSignal ?? ''], ['What steadies me', agreed?.grounding.map((one) => one.replaceAll('-', ' ')).join(', ') ?? '']]} />
      <p><a href="/my/agreements">All agreements</a> · <a href="/my/intention">My intention</a></p>
    </section>
  )
}
