import { useQuery } from '@tanstack/react-query'
import { instrumentOf, missingItems, type Instrument } from '../../../../core/measures/instrument.ts'
import { score } from '../../../../core/measures/score.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { Notice, Row, Rows } from '../../../kit/index.ts'
import { call } from '../../../sync/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { RatePart, ratedHere } from './RateForm.tsx'

/** The questionnaires, for the clinician: what is asked, what was sent, and what was answered. The person answers by a link or on their own pages. */
export function QuestionnairesRoom() {
  const { course, chart, team } = useOpenChart()
  const isStaff = (person: string) => team.some((one) => one.person === person)
  const step = course.steps.find(({ id }) => id === 'baseline')
  const answered = chart.all('measure-answered.v1').toReversed()
  return (
    <Room title="Questionnaires" says="The patient answers them by a link in a message, on their own pages, or here on a tablet that you hand over. What a clinician rates, and what was answered on paper, is entered here; the C-SSRS has a room of its own.">
      <p>{step?.state === 'done' ? 'Those asked before the start are answered.' : step?.title}</p>
      <p><RoomLink step="tablet">Hand over the tablet</RoomLink></p>
      <AskedNow />
      <RatePart />
      <Part title="Answered">
        {answered.length === 0 && <p className="soft">None yet.</p>}
        {answered.map((entry) => {
          const instrument = instrumentOf(instruments, entry.body.instrument)
          return <div key={entry.id} className="c-past"><p><strong>{instrument?.title ?? entry.body.instrument}</strong>{totalWords(instrument, entry.body.answers)}{entry.body.via === 'link' ? ', by a link' : entry.body.via === 'tablet' ? ', on the practice’s tablet' : entry.body.answeredBy === 'clinician' ? ', rated by a clinician' : ''}</p><Written entry={entry} {...(isStaff(entry.by) && ratedHere(entry) ? { room: 'baseline' } : {})} what={instrument?.title ?? 'this questionnaire'} /></div>
        })}
      </Part>
    </Room>
  )
}

/** What nobody has answered yet, with what was done about it. Silence is shown as what it is. */
function AskedNow() {
  const { chartId } = useOpenChart()
  const { data, error } = useQuery({ queryKey: ['questions-asked', chartId], queryFn: () => call('questionsAsked', { params: { chart: chartId } }), retry: false })
  if (error) return <Part title="Asked now"><Notice level="caution" what="What is asked of them now could not be read." next="It is shown again as soon as there is a connection." /></Part>
  if (!data) return null
  return (
    <Part title="Asked now">
      {data.asked.length === 0 && <p className="soft">Nothing is open.</p>}
      {!data.on && data.asked.length > 0 && <p className="soft">This practice sends no messages: ask them yourself.</p>}
      {data.asked.length > 0 && <Rows label="Questionnaires asked now">{data.asked.map((one) => <Row key={one.instrument} who={one.title} where={sentWords(one)} missing={one.late ? 'not answered in time: call, or ask at the next visit' : null} since={one.answerBy && !one.late ? `a person calls from ${dayAndTime(one.answerBy)}` : ''} />)}</Rows>}
    </Part>
  )
}

interface Asked { readonly last: { readonly at: string; readonly outcome: 'sent' | 'unreachable' | 'not-wanted' } | null }
function sentWords({ last }: Asked): string {
  if (!last) return 'open, no message sent yet'
  return { sent: `a link was sent ${dayAndTime(last.at)}`, unreachable: 'no message reaches them', 'not-wanted': 'they want no messages' }[last.outcome]
}

function totalWords(instrument: Instrument | undefined, answers: Parameters<typeof missingItems>[1]): string {
  if (!instrument) return ''
  const { total, band, missing } = score(instrument, answers)
  if (missing.length > 0) return `: no total, ${missing.length} not answered`
  return total === null ? ': complete' : `: ${total}${band ? `, ${band}` : ''}`
}
