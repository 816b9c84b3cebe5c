import { DataPairs, EmptyState } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { NotYours, Part, Room, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { VisitState } from '../visits/VisitState.tsx'
import { IntakeForm } from './IntakeForm.tsx'

/** The intake as it was written, or the form to write it. */
export function IntakeRoom() {
  const { chart, mayWrite, place } = useOpenChart()
  const intake = chart.latest('intake.v1')
  const writing = mayWrite('intake.v1') && (!intake || place.amends !== undefined)
  return (
    <Room title="Psychological intake" says="Who this person is, what has been, what they hope for, and what the treatment is for.">
      {writing && <IntakeForm />}
      {!writing && !intake && <EmptyState what="The intake is not written yet. What the therapist writes will stand here." />}
      {!mayWrite('intake.v1') && !intake && <NotYours who="The therapist writes the intake." />}
      {intake && !writing && (
        <Part title="The intake">
          <DataPairs pairs={[
            ['What brings this person here', intake.body.presenting], ['Psychiatric history', intake.body.psychiatricHistory], ['How they are now', intake.body.currentStatus],
            ['Goals', <ul key="goals">{intake.body.goals.map((goal) => <li key={goal}>{goal}</li>)}</ul>], ['Readiness', `${intake.body.readiness} of 10${intake.body.readinessNote ? `. ${intake.body.readinessNote}` : ''}`],
            ['Support needed', intake.body.supportNeeded], ['Indications', intake.body.indications.map(({ code, display }) => `${display ?? ''} ${code}`.trim()).join('; ')], ['Care plan', intake.body.carePlan],
          ]} />
          <Written entry={intake} room="intake" what="the intake" />
        </Part>
      )}
      <VisitState type="intake" />
      <Part title="Goes with the intake"><p className="c-links"><RoomLink step="history">To the medical history</RoomLink> <RoomLink step="lists">To conditions, medicines and allergies</RoomLink> <RoomLink step="facts">To the questions</RoomLink> <RoomLink step="c-ssrs">To the C-SSRS</RoomLink></p></Part>
    </Room>
  )
}
