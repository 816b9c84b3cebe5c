import { dosedSessions } from '../../../../core/measures/doses.ts'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { DataPairs, EmptyState } from '../../../kit/index.ts'
import { dayAndTime, plainDay } from '../../times.ts'
import { sessionBriefs } from '../brief/sessions.ts'
import { say } from '../../session/say.ts'
import { useOpenChart } from '../open-chart.ts'
import { NotYours, Part, Room, useAmending, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { Blockers } from '../next/NextStep.tsx'
import { OnlineVisit } from '../online/OnlineVisit.tsx'
import { Commitments } from './Commitments.tsx'
import { IntegrationForm } from './IntegrationForm.tsx'

/** Making sense of a session: what it was, what is carried on, and what was kept of the last time. */
export function IntegrationRoom({ stepId }: { readonly stepId?: string | undefined }) {
  const { chart, course, mayWrite, place, zone, now } = useOpenChart()
  const amending = useAmending('integration.v1')
  const sessions = dosedSessions(chart)
  const step = course.steps.find(({ id }) => id === stepId)
  const number = stepId && /\d+$/.test(stepId) ? Number(/\d+$/.exec(stepId)![0]) : undefined
  const ofCourse = sessions.filter(({ part }) => part === 'course')
  const session = amending ? sessions.find((one) => one.session === amending.body.session) : number === undefined ? sessions.at(-1) : ofCourse[number - 1]
  const written = chart.all('integration.v1').toReversed()
  const here = session && written.find(({ body }) => body.session === session.session)
  const writing = mayWrite('integration.v1') && session !== undefined && (amending !== undefined || (place.amends === undefined && !here))
  return (
    <Room title={step?.title ?? 'Integration'} says={session ? `After the session of ${dayAndTime(session.firstDoseAt, zone)}.` : 'It follows a medicine session; there has been none yet.'}>
      {step && <Blockers step={step} />}
      {session && <Before session={session.session} />}
      <OnlineVisit visit={step?.visit} />
      <Commitments />
      {writing && <IntegrationForm key={amending?.id ?? session.session} session={session.session} step={step} />}
      {writing && !amending && step?.visit && step.visit.startsAt <= now && <p className="c-links"><RoomLink step="visit-integration">The booked visit did not take place</RoomLink></p>}
      {!mayWrite('integration.v1') && !here && <NotYours who="The therapist writes the integration." />}
      <Part title="Integrations">
        {written.length === 0 && <EmptyState what="What arose, what it means, and what is carried into the week will stand here." />}
        {written.map((entry) => <PastIntegration key={entry.id} entry={entry} />)}
      </Part>
    </Room>
  )
}

/** The session at a glance, for the hour about it: the intention that was brought, the hard moments, and what helped. */
function Before({ session }: { readonly session: string }) {
  const { chart, name } = useOpenChart()
  const brief = sessionBriefs(chart).find(({ id }) => id === session)
  const started = chart.entry(session)
  const intention = chart.latest('intention.v1', ({ at }) => started === undefined || at <= started.at)
  const inRoom = <Entry extends { readonly session?: string | undefined }>(entries: readonly Entry[]) => entries.filter((entry) => entry.session === session)
  const told = (entry: Parameters<typeof say>[0]) => say(entry, { session: { alerts: { all: [] } } as never, name })
  const effects = inRoom(chart.all('side-effect.v1'))
  // One touch writes an effect and its sign together; here it is said once.
  const signs = inRoom(chart.all('symptom.v1')).filter(({ at, body }) => !body.present || !effects.some((effect) => effect.at === at && effect.body.term === body.symptom))
  const hard = [...inRoom(chart.all('signal.v1')), ...signs, ...effects].toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const helped = [...inRoom(chart.all('comfort.v1'))]
  const notes = inRoom(chart.all('session-note.v1'))
  return (
    <Part title="The session">
      <DataPairs pairs={[
        ['Intention', intention?.body.text], ['Strongest', brief?.peakEffect], ['Deepest', brief?.deepest], ['Hard moments', hard.length > 0 ? <ul key="hard">{hard.map((entry) => <li key={entry.id}>{told(entry)}</li>)}</ul> : 'none written'],
        ['What helped', helped.length > 0 ? <ul key="helped">{helped.map((entry) => <li key={entry.id}>{told(entry)}</li>)}</ul> : 'nothing written'], ['Notes of the room', notes.length > 0 ? <ul key="notes">{notes.map((entry) => <li key={entry.id}>{told(entry)}</li>)}</ul> : ''], ['As the room saw it', brief?.tolerance],
      ]} />
    </Part>
  )
}

const insightOf = ({ arose }: EntryOf<'integration.v1'>['body'], id: string | undefined) => { const found = arose?.insights.find((one) => one.id === id); return found && found.text !== '' ? <span className="soft"> · from “{found.text}”</span> : null }

function PastIntegration({ entry }: { readonly entry: EntryOf<'integration.v1'> }) {
  const { zone } = useOpenChart()
  const { body } = entry
  return (
    <div className="c-past">
      <p><strong>{dayAndTime(body.startedAt, zone)}</strong>{body.modalities.length > 0 && ` · ${body.modalities.join(', ')}`}</p>
      <p>{body.themes}</p>
      {body.arose && <DataPairs pairs={[['Emotions', body.arose.emotions], ['Insights', body.arose.insights.length > 0 ? <ul key="insights">{body.arose.insights.map(({ id, text }) => <li key={id}>{text}</li>)}</ul> : ''], ['Visions and images', body.arose.visions], ['In the body', body.arose.body]]} />}
      {body.commitments.length > 0 && <ul aria-label="Carried into the week">{body.commitments.map((one) => <li key={one.id}>{one.text}{one.dueOn ? `, by ${plainDay(one.dueOn)}` : ''}{insightOf(body, one.insight)}</li>)}</ul>}
      {body.nextIntention && <p className="soft">Towards the next time: {body.nextIntention}</p>}
      <Written entry={entry} room="integration" what={`the integration of ${dayAndTime(body.startedAt, zone)}`} />
    </div>
  )
}
