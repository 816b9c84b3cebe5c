import { gad7 } from '../../../knowledge/instruments/gad-7.ts'
import { phq9 } from '../../../knowledge/instruments/phq.ts'
import { Curve, EmptyState, Stack } from '../../kit/index.ts'
import { Frame } from '../Frame.tsx'
import { usePatient, type Patient } from '../patient.tsx'
import { fullDay, shortDay } from '../times.ts'
import { CouldNotAsk, Waiting } from '../Trouble.tsx'
import { sessionsHeld } from '../visits.ts'
import { differenceWords, ownCurve, type OwnCurve } from './curves.ts'

const shown = [{ row: phq9, title: 'Low mood (PHQ-9)' }, { row: gad7, title: 'Worry (GAD-7)' }] as const

/** After the course: how she answered over time, with the days of the sessions. What it means is for a talk, not for this page. */
export function MyCurve() {
  const patient = usePatient()
  const { used, course } = patient
  const counts = course.value?.counts.medicine
  const isAfter = counts !== undefined && (counts.done >= counts.needed || course.value?.stage.startsWith('Ended')) && counts.done > 0
  const curves = shown.map(({ row, title }) => ({ title, curve: ownCurve(used.chart, row) })).filter(({ curve }) => curve.points.length > 0)
  return (
    <Frame title="My curve">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>My curve</h1>
          <p>How you answered the same questions over time. A higher line means that more of them weighed on you. A number is not you: please talk about it with your therapist.</p>
        </div>
        {!course.value && course.failure === undefined && <Waiting />}
        {!course.value && course.failure !== undefined && <CouldNotAsk failure={course.failure} again={course.again} />}
        {course.value && !isAfter && <EmptyState what="After the course your answers stand here as a line, with the days of your sessions." begin="During the course a single number says little, so it is not shown to you beside your answers. Ask your therapist whenever you want to see it." />}
        {isAfter && curves.length === 0 && <EmptyState what="There is no complete answer yet that could be drawn." begin="The next questionnaire begins the line." />}
        {isAfter && curves.map(({ title, curve }) => <OneCurve key={title} title={title} curve={curve} patient={patient} />)}
      </Stack>
    </Frame>
  )
}

function OneCurve({ title, curve: { points, start, last, lowerBy, most }, patient: { used, zone } }: { readonly title: string; readonly curve: OwnCurve; readonly patient: Patient }) {
  const ms = (at: string) => Date.parse(at)
  const sessions = sessionsHeld(used.chart)
  const all = [...points.map(({ at }) => ms(at)), ...sessions.map(({ startedAt }) => ms(startedAt))]
  const [min, max] = [Math.min(...all), Math.max(...all)]
  const ticks = [min, max].map((at) => ({ at, label: shortDay(new Date(at).toISOString(), zone).replace(/^\w+, /, '') }))
  return (
    <section className="k-stack p-curve">
      <Curve
        title={title} series={[{ name: title, points: points.map(({ at, total }) => ({ x: ms(at), y: total, label: fullDay(at, zone) })) }]}
        y={{ min: 0, max: most, ticks: [0, Math.round(most / 3), Math.round((most * 2) / 3), most] }} x={{ min, max, ticks: min === max ? ticks.slice(0, 1) : ticks }}
        marks={sessions.map(({ startedAt }, place) => ({ at: ms(startedAt), label: String(place + 1) }))}
        note={sessions.length > 0 ? `The upright lines are your sessions: ${sessions.map(({ startedAt }, place) => `${place + 1} on ${shortDay(startedAt, zone).replace(/^\w+, /, '')}`).join(', ')}.` : undefined}
      />
      {start && last && <p><strong>{differenceWords(lowerBy)}</strong> {lowerBy !== undefined && `${start.total} on ${fullDay(start.at, zone)}, ${last.total} on ${fullDay(last.at, zone)}, of at most ${most}.`}</p>}
    </section>
  )
}
