import type { EntryOf } from '../../../../core/chart/entry.ts'
import { roleNames } from '../../../../core/access/roles.ts'
import { Badge, DateField, EmptyState, Select, TextArea, TimeField } from '../../../kit/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part, Room, When, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { momentOf, plural } from '../words.ts'

/** Questions between the people who treat, each with its due time and its answer, in the chart where they can be counted. */
export function QuestionsRoom() {
  const { chart, used, mayWrite } = useOpenChart()
  const answers = chart.all('question-answered.v1')
  const asked = chart.all('question-asked.v1').map((question) => ({ question, answer: answers.find(({ body }) => body.question === question.id) }))
  const open = asked.filter(({ answer }) => !answer).toSorted((a, b) => ((a.question.body.dueAt ?? '9') < (b.question.body.dueAt ?? '9') ? -1 : 1))
  const mine = open.filter(({ question }) => question.body.to === used.me.person)
  return (
    <Room title="Questions between colleagues" says={open.length === 0 ? 'No question is open.' : `${plural(open.length, 'question')} open${mine.length > 0 ? `, ${mine.length} for you` : ''}.`}>
      {open.map(({ question }) => <OneQuestion key={question.id} question={question} />)}
      {mayWrite('question-asked.v1') && <Part title="Ask"><AskForm /></Part>}
      <Part title="Answered">
        {open.length === asked.length && <EmptyState what="Answered questions stand here with their answers." />}
        {asked.filter(({ answer }) => answer).toReversed().map(({ question, answer }) => <Answered key={question.id} question={question} answer={answer!} />)}
      </Part>
    </Room>
  )
}

function OneQuestion({ question }: { readonly question: EntryOf<'question-asked.v1'> }) {
  const { name, now, zone, used, chartId, mayWrite } = useOpenChart()
  const { to, text, dueAt } = question.body
  const draft = useDraft(`${chartId} answer ${question.id}`, { text: '' })
  const mayAnswer = mayWrite('question-answered.v1') && (to === used.me.person || question.by !== used.me.person)
  return (
    <Part title={`For ${name(to)}`} end={dueAt && (dueAt < now ? <Badge level="caution">overdue</Badge> : <span className="soft">by {dayAndTime(dueAt, zone)}</span>)}>
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

const Answered = ({ question, answer }: { readonly question: EntryOf<'question-asked.v1'>; readonly answer: EntryOf<'question-answered.v1'> }) => {
  const { name } = useOpenChart()
  return <div className="c-past"><p>{question.body.text} <span className="soft">{name(question.by)} to {name(question.body.to)}, <When at={question.at} /></span></p><p><strong>{answer.body.text}</strong></p><Written entry={answer} what="this answer" /></div>
}

interface Draft { readonly to: string | null; readonly text: string; readonly day: string | null; readonly time: string | null }

function AskForm() {
  const { team, used, chartId, zone, now } = useOpenChart()
  const draft = useDraft<Draft>(`${chartId} ask`, { to: null, text: '', day: null, time: null })
  const { value, set } = draft
  const others = [...new Map(team.filter(({ person, role }) => person !== used.me.person && (role === 'therapist' || role === 'prescriber' || role === 'monitor' || role === 'medical-director')).map((one) => [one.person, { value: one.person, label: `${one.name}, ${roleNames[one.role]}` }])).values()]
  const dueAt = momentOf(value.day, value.time, zone)
  const problems = { to: value.to ? undefined : 'Choose whom you ask.', text: value.text.trim() ? undefined : 'The question is empty.', due: (value.day || value.time) && !dueAt ? 'The due time needs a day and a time.' : dueAt && dueAt < now ? 'The due time lies in the past.' : undefined }
  return (
    <SaveForm label="A question to a colleague" save="Ask" problems={problems} onSave={() => used.write('question-asked.v1', { to: value.to ?? '', text: value.text.trim(), ...(dueAt ? { dueAt } : {}) })} onDone={draft.clear} said="It stands here until it is answered.">
      {(wrong) => <>
        <Select label="Whom you ask" choices={others} value={value.to} onChange={(to) => set({ to })} problem={wrong('to')} {...(others.length === 0 ? { hint: 'Nobody else who treats is on the team yet.' } : {})} />
        <TextArea label="Question" value={value.text} onChange={(text) => set({ text })} problem={wrong('text')} />
        <div className="c-pair"><DateField label="Answer needed by, day" optional value={value.day} onChange={(day) => set({ day })} problem={wrong('due')} /><TimeField label="Answer needed by, time" optional value={value.time} onChange={(time) => set({ time })} /></div>
      </>}
    </SaveForm>
  )
}
