import { instruments } from '../../../knowledge/instruments.ts'
import { EmptyState, Row, Rows, rowOpen, Stack } from '../../kit/index.ts'
import { hasDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { stillDue } from '../home/next.ts'
import { usePatient } from '../patient.tsx'
import { longDay, when } from '../times.ts'
import { CouldNotAsk, Waiting } from '../Trouble.tsx'

/** Forms that anybody may fill in of their own accord, because their answers are read one by one and never counted against a limit. */
const ofOneself = [instruments['urinary-check'], instruments['alliance-check']]

/** What is asked now, what may be told besides, and what was answered. Never a number beside it. */
export function QuestionnaireList() {
  const { me, used, course, zone, now } = usePatient()
  const due = stillDue(course.value?.measures ?? [], used.chart)
  const answered = used.chart.all('measure-answered.v1').filter(({ body }) => body.answeredBy === 'patient').toReversed()
  return (
    <Frame title="Questionnaires">
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>Questionnaires</h1><p>Your answers show you and your team how you are over time. There are no right ones. They are read on working days, not at night: in danger, <a href="/my/help">call or text 988</a>.</p></div>
        <section className="k-stack" aria-labelledby="due">
          <h2 id="due">For you now</h2>
          {!course.value && course.failure === undefined && <Waiting />}
          {!course.value && course.failure !== undefined && <CouldNotAsk failure={course.failure} again={course.again} />}
          {course.value && due.length === 0 && <EmptyState what="Nothing is asked of you now." begin="Before each session and some weeks after the last one, short forms stand here." />}
          {due.length > 0 && (
            <Rows label="Questionnaires for you now">
              {due.map((one) => (
                <Row
                  key={one.instrument} who={<a className={rowOpen} href={`/my/questionnaires/${one.instrument}`}>{one.title}</a>} where={saysOf(one.instrument)}
                  missing={hasDraft(`${me.person} ${one.instrument}`) ? 'begun, not sent yet' : null} since={one.closesAt ? `by ${longDay(one.closesAt, zone)}` : ''}
                />
              ))}
            </Rows>
          )}
        </section>
        <section className="k-stack" aria-labelledby="own">
          <h2 id="own">If you like</h2>
          <Rows label="Questionnaires if you like">{ofOneself.map((one) => <Row key={one.id} who={<a className={rowOpen} href={`/my/questionnaires/${one.id}`}>{one.title}</a>} where={one.says} />)}</Rows>
        </section>
        {answered.length > 0 && (
          <section className="k-stack" aria-labelledby="past">
            <h2 id="past">Answered</h2>
            <Rows label="Questionnaires you have answered">{answered.slice(0, 20).map((entry) => <Row key={entry.id} who={instrumentNamed(entry.body.instrument)?.title ?? entry.body.instrument} where={`answered ${when(entry.at, now, zone)}`} since={used.kept(entry.id)} />)}</Rows>
          </section>
        )}
      </Stack>
    </Frame>
  )
}

export const instrumentNamed = (id: string) => Object.values(instruments).find((row) => row.id === id)
const saysOf = (id: string) => instrumentNamed(id)?.says
