import { useState } from 'react'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import { isOfCourse } from '../../../../core/course/dosing-visit.ts'
import type { Instant } from '../../../../core/shared/time.ts'
import { TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { sendAct } from '../../../sync/send-act.ts'
import { byStart, visitDay, visitTitle, visitWhen } from '../../desk/visits.ts'
import { clockTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { plural } from '../words.ts'

const WHY = 'The course has ended.'

/** Visits of a course that is over stay booked until a person cancels them: here in one act, with the patient told. Follow-ups go on. */
export function CancelComing({ since }: { readonly since: Instant }) {
  const { chart, course, now, may } = useOpenChart()
  const coming = byStart(course.visits.filter((visit) => visit.startsAt > now && visit.type !== 'follow-up' && isOfCourse(visit)))
  const cancelled = chart.all('visit-cancelled.v1').filter(({ at }) => at >= since).length
  if (coming.length === 0) return <p className="soft">No visit of it is booked any more{cancelled > 0 && <>; {plural(cancelled, 'visit was', 'visits were')} cancelled since it ended</>}. {cancelled > 0 && <RoomLink step="messages">What the patient was told</RoomLink>}</p>
  return (
    <>
      <p>{coming.length === 1 ? 'One visit of it is' : `${coming.length} visits of it are`} still booked:</p>
      <ul aria-label="Visits still booked">{coming.map((visit) => <li key={visit.visit}>{visitTitle(visit)}, {visitWhen(visit)}</li>)}</ul>
      {may('plan.book') ? <CancelThem key={coming.map(({ visit }) => visit).join()} coming={coming} /> : <p className="soft">The therapist, the prescriber or the desk cancels them.</p>}
    </>
  )
}

function CancelThem({ coming }: { readonly coming: readonly BookedVisit[] }) {
  const { used, chartId } = useOpenChart()
  const [message, setMessage] = useState(() => messageOf(coming))
  const cancel = async () => {
    const visits = coming.map(({ visit }) => visit)
    await sendAct([used.me.person, chartId, 'cancel visits', visits, message], (id) => call('cancelVisits', { params: { chart: chartId }, body: { id, device: used.me.device, visits, why: WHY, message: message.trim() } }))
  }
  return (
    <SaveForm label="Visits still booked" save={coming.length === 1 ? 'Cancel this visit' : `Cancel these ${plural(coming.length, 'visit')}`} problems={{ message: message.trim().length < 3 ? 'Write what the patient reads.' : undefined }} onSave={cancel} said="They are cancelled, and the patient was told.">
      {(wrong) => <TextArea label="What the patient reads" hint="Sent as a message together with it. People and rooms are free again at once." rows={Math.min(12, coming.length + 4)} maxLength={4000} value={message} onChange={setMessage} problem={wrong('message')} />}
    </SaveForm>
  )
}

const messageOf = (coming: readonly BookedVisit[]) => [
  `${WHY} ${coming.length === 1 ? 'This visit will not take place:' : 'These visits will not take place:'}`,
  ...coming.map((visit) => `${visitTitle(visit)}, ${visitDay(visit)}, ${clockTime(visit.startsAt, visit.zone)}`),
  'Follow-ups go on as planned. If you have a question, answer here or call us.',
].join('\n')
