import type { CallQuestion } from '../../../core/matching/call-sheet.ts'
import { CheckboxGroup, Disclosure, RadioTiles, Select, Stack, TextArea } from '../../kit/index.ts'
import { answerWords, several, together, type Answers } from './call-draft.ts'

interface QuestionsProps {
  readonly sheet: readonly CallQuestion[]
  readonly answers: Answers
  readonly onAnswer: (question: string, value: string) => void
}

/** What is still to be asked, in the order of the sheet. A question that is answered stays where it is. */
export const ToAsk = ({ sheet, answers, onAnswer }: QuestionsProps) => (
  <ol className="d-questions" aria-label="Questions of the call">
    {sheet.map((question) => <li key={question.id} id={`question-${question.id}`}><Question question={question} value={answers[question.id]} onAnswer={onAnswer} /></li>)}
  </ol>
)

/** What the person already told us: not asked again, and open to be put right. */
export function AlreadyAnswered({ sheet, answers, onAnswer }: QuestionsProps) {
  if (sheet.length === 0) return null
  return (
    <section aria-labelledby="already-answered">
      <h2 id="already-answered">Already answered, not asked again</h2>
      {sheet.map((question) => (
        <Disclosure key={question.id} summary={<span className="d-answered"><span>{question.asks}</span> <span className="soft">{answerWords(question, answers[question.id])}</span></span>}>
          <Question question={question} value={answers[question.id]} onAnswer={onAnswer} />
        </Disclosure>
      ))}
    </section>
  )
}

/** More than these are found sooner in the device's own list. */
const MOST_TILES = 12

function Question({ question, value = '', onAnswer }: { readonly question: CallQuestion; readonly value: string | undefined; readonly onAnswer: QuestionsProps['onAnswer'] }) {
  const { id, asks, because, needed, answer } = question
  const field = { label: asks, hint: because, optional: !needed }
  if (answer.kind === 'words') return <TextArea {...field} rows={3} value={value} maxLength={2000} onChange={(words) => onAnswer(id, words)} />
  const choices = answer.choices.map(({ value: one, label }) => ({ value: one, label: label.charAt(0).toUpperCase() + label.slice(1) }))
  if (answer.kind === 'any-of') return <CheckboxGroup {...field} tile="13rem" choices={choices} value={several(value)} onChange={(values) => onAnswer(id, together(values))} />
  if (choices.length > MOST_TILES) return <Select {...field} empty="Not asked yet" choices={choices} value={value || null} onChange={(one) => onAnswer(id, one ?? '')} />
  return <RadioTiles {...field} tile="9rem" choices={choices} value={value || null} onChange={(one) => onAnswer(id, one)} />
}

/** The whole call in words, once it is over. */
export const CallInWords = ({ sheet, answers }: Omit<QuestionsProps, 'onAnswer'>) => (
  <Stack air="tight">
    {sheet.filter(({ id }) => answers[id]).map((question) => <div key={question.id}><p className="soft small">{question.asks}</p><p>{answerWords(question, answers[question.id])}</p></div>)}
  </Stack>
)
