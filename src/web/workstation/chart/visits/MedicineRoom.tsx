import { showDose } from '../../../../core/measures/doses.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { buttonClass, DataPairs, Notice } from '../../../kit/index.ts'
import { dayAndTime } from '../../times.ts'
import { sessionBriefs } from '../brief/sessions.ts'
import { Blockers } from '../next/NextStep.tsx'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SessionNote } from './SessionNote.tsx'

/** One medicine session seen from the chart: what stands in its way, the way in, and afterwards what it was. */
export function MedicineRoom({ stepId }: { readonly stepId: string }) {
  const { chart, chartId, course, zone, now, may, mayWrite } = useOpenChart()
  const step = course.steps.find(({ id }) => id === stepId)
  if (!step) return <Room title="Medicine session"><p>This course has no such session.</p></Room>
  const session = sessionBriefs(chart).find(({ id }) => step.facts.includes(id))
  const running = course.openSession !== undefined && step.facts.includes(course.openSession)
  const visit = step.visit
  return (
    <Room title={step.title} says={visit ? `Booked for ${dayAndTime(visit.startsAt, zone)}${visit.room ? `, room ${visit.room.name}` : ''}, with ${visit.people.map(({ name }) => name).join(' and ')}.` : 'Not booked yet.'}>
      <Blockers step={step} />
      {running && <Notice level="call" what="This session is running.">{may('session.join') && <a className={buttonClass('primary')} href={`/work/charts/${chartId}/session/${course.openSession}`}>Go to the running session</a>}</Notice>}
      {!running && step.state !== 'done' && may('session.start') && (
        <Part title="Before the door">
          <p>{step.state === 'due' || step.state === 'overdue' || step.state === 'open' ? 'Everything is checked once more on the way in.' : visit && visit.startsAt > now ? 'Its day has not come. You can look at what is checked on the way in.' : 'What is missing is listed above and again on the way in.'}</p>
          <a className={buttonClass(step.state === 'due' ? 'primary' : 'quiet')} href={`/work/charts/${chartId}/start${visit ? `?visit=${visit.visit}` : ''}`}>Start the medicine session</a>
        </Part>
      )}
      {session && (
        <Part title="What it was" end={<a href={`/work/charts/${chartId}/session/${session.id}`}>The whole session</a>}>
          <DataPairs wide pairs={[
            ['Medicine', `${session.doseUg === undefined ? `${session.route}, dose ${showDose(undefined)}` : `${showMg(session.doseUg)} by ${session.route}`}${session.perKg === undefined ? '' : `, ${session.perKg}`}`], ['Highest pressure', session.peakPressure], ['Strongest', session.peakEffect], ['Deepest', session.deepest],
            ['Side effects', session.sideEffects.length > 0 ? session.sideEffects.join('; ') : 'none written'], ['As the room saw it', session.tolerance], ['Written at the close', session.note],
          ]} />
        </Part>
      )}
      {session && (session.paper === 'unchecked' || session.paper === 'differs') && <Notice level="caution" what={session.paper === 'unchecked' ? 'This session was typed from paper: transcribed, not yet checked.' : 'This session was typed from paper, and something differs from it.'} kept="Its figures stand as they were typed."><RoomLink step="paper" kind="quiet">To the comparison</RoomLink></Notice>}
      {session && <SessionNote session={session.id} />}
      {!running && step.state !== 'done' && visit && visit.startsAt <= now && mayWrite('visit-closed.v1') && <p className="c-links"><RoomLink step="paper" entry={visit.visit}>It took place on paper: type it in</RoomLink> <RoomLink step="visit-medicine">The booked session did not take place</RoomLink></p>}
      <p className="c-links"><RoomLink step="brief">All sessions side by side</RoomLink> <RoomLink step="agreements">To the agreements</RoomLink> <RoomLink step="intention">To the intention</RoomLink> <RoomLink step="escort">To the escort</RoomLink></p>
    </Room>
  )
}
