import { roleNames } from '../../../../core/access/roles.ts'
import { colleagueQuestions, type ColleagueQuestion } from '../../../../core/course/colleague-questions.ts'
import { Badge, DateField, EmptyState, Select, TextArea, TimeField } from '../../../kit/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part, Room, When, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { momentOf, plural } from '../words.ts'

/** Questions between the people who treat, each with its due time and its answer, in the chart where they can be counted. */
export function QuestionsRoom() {
  const { chart, used, mayWrite, now } = useOpenChart()
  const asked = colleagueQuestions(chart, now)
  const open = asked.filter(({ state }) => state !== 'answered')
  const mine = open.filter(({ question }) => question.body.to === used.me.person)
  return (
    <Room title="Questions between colleagues" says={open.length === 0 ? 'No question is open.' : `${plural(open.length, 'question')} open${mine.length > 0 ? `, ${mine.length} for you` : ''}.`}>
      {open.map((one) => <OneQuestion key={one.question.id} asked={one} />)}
      {mayWrite('question-asked.v1') && <Part title="Ask"><AskForm /></Part>}
      <Part title="Answered">
        {open.length === asked.length && <EmptyState what="Answered questions stand here with their answers." />}
        {asked.filter(({ state }) => state === 'answered').map((one) => <Answered key={one.question.id} asked={one} />)}
      </Part>
    </Room>
  )
}

/** An open question with its due time, and the place to answer it for whoever may. */
export function OneQuestion({ asked: { question, state } }: { readonly asked: ColleagueQuestion }) {
  const { name, zone, used, chartId, mayWrite } = useOpenChart()
  const { to, text, dueAt } = question.body
  const draft = useDraft(`${chartId} answer ${question.id}`, { text: '' })
  const mayAnswer = mayWrite('question-answered.v1') && (to === used.me.person || question.by !== used.me.person)
  return (
    <Part title={`For ${name(to)}`} label={`For ${name(to)}: ${text.slice(0, 60)}`} end={dueAt && <>{state === 'overdue' && <Badge level="caution">overdue</Badge>} <span className="soft">by {dayAndTime(dueAt, zone)}</span></>}>
      <blockquote className="c-quote">{text}</blockquote>
      <Written entry={question} what="this question" />
      {mayAnswer && (
        <SaveForm label={`Answer to: ${text.slice(0, 60)}`} save="Answer" saveLabel={`Answer: ${text.slice(0, 60)}`} problems={{ text: draft.value.text.trim() ? undefined : 'The answer is empty.' }} onSave={() => used.write('question-answered.v1', { question: question.id, text: draft.value.text.trim() })} onDone={draft.clear}>
          {(wrong) => <TextArea label={`Your answer to ${name(question.by)}`} hint="What you decided, and why." value={draft.value.text} onChange={(answer) => draft.set({ text: answer })} problem={wrong('text')} />}
        </SaveForm>
      )}
    </Part>
  )
}

const Answered = ({ asked: { question, answers } }: { readonly asked: ColleagueQuestion }) => {
  const { name } = useOpenChart()
  return <div className="c-past"><p>{question.body.text} <span className="soft">{name(question.by)} to {name(question.body.to)}, <When at={question.at} /></span></p>{answers.map((answer) => <div key={answer.id}><p><strong>{answer.body.text}</strong></p><Written entry={answer} what="this answer" /></div>)}</div>
}

interface Draft { readonly to: string | null; readonly text: string; readonly day: string | null; readonly time: string | null }

/** `to` is who is most likely asked from here; anybody else who treats can be chosen. */
export function AskForm({ to }: { readonly to?: string | undefined } = {}) {
  const { team, used, chartId, zone, now } = useOpenChart()
  const draft = useDraft<Draft>(`${chartId} ask`, { to: null, text: '', day: null, time: null })
  const { value, set } = draft
  const others = [...new Map(team.filter(({ person, role }) => person !== used.me.person && (role === 'therapist' || role === 'prescriber' || role === 'monitor' || role === 'medical-director')).map((one) => [one.person, { value: one.person, label: `${one.name}, ${roleNames[one.role]}` }])).values()]
  const chosen = value.to ?? to ?? null
  const dueAt = momentOf(value.day, value.time, zone)
  const problems = { to: chosen ? undefined : 'Choose whom you ask.', text: value.text.trim() ? undefined : 'The question is empty.', due: (value.day || value.time) && !dueAt ? 'The due time needs a day and a time.' : dueAt && dueAt < now ? 'The due time lies in the past.' : undefined }
  return (
    <SaveForm label="A question to a colleague" save="Ask" problems={problems} onSave={() => used.write('question-asked.v1', { to: chosen ?? '', text: value.text.trim(), ...(dueAt ? { dueAt } : {}) })} onDone={draft.clear} said="It stands here until it is answered.">
      {(wrong) => <>
        <Select label="Whom you ask" choices={others} value={chosen} onChange={(next) => set({ to: next })} problem={wrong('to')} {...(others.length === 0 ? { hint: 'Nobody else who treats is on the team yet.' } : {})} />
        <TextArea label="Question" value={value.text} onChange={(text) => set({ text })} problem={wrong('text')} />
        <div className="c-pair"><DateField label="Answer needed by, day" optional value={value.day} onChange={(day) => set({ day })} problem={wrong('due')} /><TimeField label="Answer needed by, time" optional value={value.time} onChange={(time) => set({ time })} /></div>
      </>}
    </SaveForm>
  )
}
