import { reviewTopics } from '../../../../core/chart/kinds/care.ts'
import { EXPOSURE } from '../../../../core/course/step.ts'
import { dosedSessions, showDose } from '../../../../core/measures/doses.ts'
import { exposure } from '../../../../core/outcomes/exposure.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { DataPairs, RadioTiles, TextArea, TextField } from '../../../kit/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { useDraft } from '../parts/drafts.ts'
import { NotYours, Part, Room, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { plural, upper } from '../words.ts'

/** How much medicine somebody has had in all, what that asks to be looked at, and what was found each time. */
export function ExposureRoom() {
  const { chart, course, mayWrite, zone } = useOpenChart()
  const step = course.steps.find(({ id }) => id === EXPOSURE)
  const { sessions, totalUg, sessionsPerWeek } = exposure(chart)
  const looked = chart.all('exposure-reviewed.v1').toReversed()
  return (
    <Room title="After many doses" says="Harm from repeated doses comes slowly. It is looked at by how much was given, and not only when somebody complains.">
      <Part title="Given so far">
        <DataPairs wide none="none yet" pairs={[['Sessions with medicine', sessions.length > 0 ? String(sessions.length) : ''], ['In all', sessions.length > 0 ? showDose(totalUg) : ''], ['A week', sessionsPerWeek === null ? '' : String(sessionsPerWeek)]]} />
        {step ? <p><strong>{step.title}.</strong> {step.dueBy && `By ${dayAndTime(step.dueBy, zone)}.`}</p> : <p className="soft">No look is due by the number of doses or by time.</p>}
        {step?.who.includes('therapist') && <p className="c-links"><RoomLink step="baseline">Ask about the bladder</RoomLink></p>}
        <BasisOf id={rulebook.outcomes.maintenance.id} tag="P" cites={rulebook.outcomes.maintenance.cites} verified={rulebook.outcomes.maintenance.verified} />
        <BasisOf id={rulebook.outcomes.exposure.id} tag="P" cites={rulebook.outcomes.exposure.cites} verified={rulebook.outcomes.exposure.verified} />
      </Part>
      {sessions.length > 0 && (mayWrite('exposure-reviewed.v1') ? <ReviewForm /> : <NotYours who="A prescriber writes the review." />)}
      <Part title="Looked at before">
        {looked.length === 0 && <p className="soft">Nobody has written a review yet.</p>}
        {looked.map((entry) => <div key={entry.id} className="c-past"><p><strong>After {plural(entry.body.sessions, 'session')}</strong>: {GO_ON[entry.body.goOn].toLowerCase()}. {entry.body.reason}</p><ul>{entry.body.found.map(({ topic, says }) => <li key={topic}>{upper(topic)}: {says}</li>)}</ul><Written entry={entry} what="this review" /></div>)}
      </Part>
    </Room>
  )
}

const GO_ON = { yes: 'Medicine may go on', wait: 'It waits', stop: 'It stops' } as const
type Topic = (typeof reviewTopics)[number]
interface Draft { readonly found: Partial<Record<Topic, string>>; readonly goOn: keyof typeof GO_ON | null; readonly reason: string }

function ReviewForm() {
  const { used, chartId, chart } = useOpenChart()
  const { value, set, clear } = useDraft<Draft>(`${chartId} exposure`, { found: {}, goOn: null, reason: '' })
  const open = reviewTopics.filter((topic) => !value.found[topic]?.trim())
  const problems = { found: open.length > 0 ? `Not said yet: ${open.join(', ')}. Where it was not looked at, say so.` : undefined, goOn: value.goOn ? undefined : 'Say whether medicine may go on.', reason: value.reason.trim() ? undefined : 'Write why: what the benefit is, and what speaks against it.' }
  const save = () => used.write('exposure-reviewed.v1', { sessions: dosedSessions(chart).length, found: reviewTopics.map((topic) => ({ topic, says: value.found[topic]!.trim() })), goOn: value.goOn ?? 'wait', reason: value.reason.trim() })
  return (
    <Part title="Write the review">
      <SaveForm label="Review after many doses" save="Write the review" problems={problems} onSave={save} onDone={clear} said="The count begins again from here. The patient can read it.">
        {(wrong) => <>
          {reviewTopics.map((topic, at) => <TextField key={topic} label={`${upper(topic)}: what was found`} maxLength={1_000} value={value.found[topic] ?? ''} onChange={(says) => set({ found: { ...value.found, [topic]: says } })} problem={at === 0 ? wrong('found') : undefined} />)}
          <RadioTiles label="Medicine" tile="11rem" choices={(Object.keys(GO_ON) as (keyof typeof GO_ON)[]).map((one) => ({ value: one, label: GO_ON[one] }))} value={value.goOn} onChange={(goOn) => set({ goOn })} problem={wrong('goOn')} />
          <TextArea label="Why" value={value.reason} onChange={(reason) => set({ reason })} problem={wrong('reason')} />
        </>}
      </SaveForm>
    </Part>
  )
}
