import type { FactName } from '../../../../core/chart/facts.ts'
import type { GapReason } from '../../../../core/eligibility/facts.ts'
import type { Written } from '../../../sync/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import { gapWords, listed, plural, upper } from '../words.ts'
import { Answer } from './Answer.tsx'
import { factBody, unanswered, type AnswerDraft } from './fact-body.ts'
import { questions } from './questions.ts'

export interface MissingFact {
  readonly fact: FactName
  readonly why: GapReason
  readonly rules: readonly string[]
}

/** Everything the screening waits for, in one form: what is answered is written together, the rest stays open. */
export function MissingForm({ missing }: { readonly missing: readonly MissingFact[] }) {
  const { used, chartId, zone } = useOpenChart()
  const draft = useDraft<{ readonly [fact: string]: AnswerDraft }>(`${chartId} missing facts`, {})
  const now = missing.map((one) => {
    const value = draft.value[one.fact] ?? unanswered
    return { ...one, value, made: value.said === null ? undefined : factBody(one.fact, questions[one.fact], value, zone) }
  })
  const answered = now.flatMap(({ made }) => (made && 'body' in made ? [made.body] : []))
  const problems = {
    none: now.every(({ made }) => made === undefined) ? 'No question is answered yet.' : undefined,
    ...Object.fromEntries(now.map(({ fact, made }) => [fact, made && 'problem' in made ? `${questions[fact].asks} ${made.problem}` : undefined])),
  }
  const save = () => used.writeAct(answered.map((body): Written => ({ kind: 'fact.v1', body })))
  return (
    <SaveForm label="Questions that are missing" save={answered.length > 0 ? `Save ${plural(answered.length, 'answer')}` : 'Save the answers'} problems={problems} onSave={save} onDone={draft.clear} said="What is still open stays on the list.">
      {(wrong) => now.map(({ fact, why, rules, value }) => (
        <div key={fact} className="c-fact" id={`fact-${fact}`}>
          <Answer question={questions[fact]} draft={value} set={(change) => draft.set({ [fact]: { ...value, ...change } })} problem={wrong(fact)} />
          <p className="c-fact__now">{upper(gapWords[why])}. {rules.length > 6 ? `${rules.length} rules wait` : `${listed(rules)} ${rules.length === 1 ? 'waits' : 'wait'}`} for it.</p>
        </div>
      ))}
    </SaveForm>
  )
}
