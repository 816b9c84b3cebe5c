import type { FactName } from '../../../../core/chart/facts.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, When, inPlaceOf } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { factSays } from '../ledger/say-entry.ts'
import { draftOf, factBody, unanswered, type AnswerDraft } from './fact-body.ts'
import { Answer } from './Answer.tsx'
import { questions } from './questions.ts'

/** One plain question of the vocabulary. "Not known" and "declined" are answers; silence is not. */
export function FactQuestion({ fact }: { readonly fact: FactName }) {
  const { chart, chartId, zone, used, place, go, mayWrite } = useOpenChart()
  const question = questions[fact]
  const latest = chart.latest('fact.v1', ({ body }) => body.fact === fact)
  const amending = place.amends === undefined ? undefined : chart.all('fact.v1').find(({ id, body }) => id === place.amends && body.fact === fact)
  const first = amending ? draftOf(amending.body, question, zone) : unanswered
  const draft = useDraft<AnswerDraft>(`${chartId} fact ${fact} ${amending?.id ?? ''}`, first)
  const made = factBody(fact, question, draft.value, zone)
  const save = () => ('body' in made ? used.write('fact.v1', made.body, inPlaceOf(amending)) : Promise.resolve())

  return (
    <div className="c-fact" id={`fact-${fact}`}>
      <p className="c-fact__now">
        {latest ? <>Answered <When at={latest.at} />: <strong>{factSays(latest, zone)}</strong>{used.kept(latest.id) !== 'saved' && ` · ${used.kept(latest.id)}`} · <RoomLink step="ledger" entry={latest.id} label={`Record of: ${question.asks}`}>record</RoomLink></> : 'Not asked yet.'}
      </p>
      {question.kind === 'in-the-room' ? <p>Asked in the session room before a dose, and again there when something changes; the newest answer counts.</p> : mayWrite('fact.v1')
        ? (
          <SaveForm label={question.asks} save={amending ? 'Save the correction' : 'Save the answer'} saveLabel={`${amending ? 'Save the correction' : 'Save the answer'}: ${question.asks}`} problems={{ answer: 'problem' in made ? made.problem : undefined }} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'facts' }) }}>
            {(wrong) => <><Correcting entry={amending} /><Answer question={question} draft={draft.value} set={draft.set} problem={wrong('answer')} /></>}
          </SaveForm>
          )
        : <p>{question.asks}</p>}
    </div>
  )
}
