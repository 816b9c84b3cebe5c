import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { isCrisis, unanswered } from '../../../core/matching/call-sheet.ts'
import { minutesBetween } from '../../../core/shared/time.ts'
import { callLength, callSheet } from '../../../knowledge/call-sheet.ts'
import { Button, Clock, Disclosure, Stack, StatusLine, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock, useNow } from '../../sync/clock.ts'
import { useMe } from '../me.ts'
import { clockTime } from '../times.ts'
import { draftOf, isAnswered, preferencesWith, type CallDraft, type CallOutcome } from './call-draft.ts'
import { AlreadyAnswered, CallInWords, ToAsk } from './CallQuestions.tsx'
import { CloseInquiry, HowItEnded } from './CallEnd.tsx'
import { CrisisSheet } from './CrisisSheet.tsx'
import { CrisisTold } from './CrisisTold.tsx'
import { Matching } from './Matching.tsx'
import { useAutosave, type Autosave } from './use-autosave.ts'

/** The call sheet: begun, kept as it is written, ended with what came of it, and then who fits. */
export function CallDesk({ inquiry, written }: { readonly inquiry: InquiryRow; readonly written: ReactNode }) {
  const [draft, setDraft] = useState(() => draftOf(inquiry, callSheet))
  // Which questions were answered before is decided once: a question must not move away under the hand that answers it.
  const [before] = useState(() => new Set(callSheet.filter(({ id }) => isAnswered(draft.answers, id)).map(({ id }) => id)))
  const [help, setHelp] = useState(false)
  const zone = useMe()?.practice.zone
  const save = useSave(inquiry)
  const kept = useAutosave(draft, save, draft.startedAt !== null)
  const change = (more: Partial<CallDraft>) => setDraft((now) => ({ ...now, ...more }))
  const answer = (question: string, value: string) => {
    const answers = { ...draft.answers, [question]: value }
    if (isCrisis(callSheet, answers) && !isCrisis(callSheet, draft.answers)) setHelp(true)
    change({ answers })
  }
  const end = (outcome: CallOutcome) => change({ outcome, endedAt: draft.endedAt ?? clock.now() })
  const questions = { answers: draft.answers, onAnswer: answer }
  const running = draft.startedAt !== null && draft.endedAt === null

  return (
    <div className={running ? 'd-call d-call--running' : 'd-call'}>
      <Stack air="wide">
        <CrisisTold crisis={inquiry.crisis} zone={zone} />
        {draft.startedAt === null && <><Begin name={inquiry.name} onBegin={() => change({ startedAt: clock.now() })} /><AlreadyAnswered sheet={callSheet.filter(({ id }) => before.has(id))} {...questions} /></>}
        {running && (
          <>
            <CallBar draft={draft} kept={kept} urgent={isCrisis(callSheet, draft.answers)} onHelp={() => setHelp(true)} />
            <ToAsk sheet={callSheet.filter(({ id }) => !before.has(id))} {...questions} />
            <AlreadyAnswered sheet={callSheet.filter(({ id }) => before.has(id))} {...questions} />
            <TextArea label="Notes from the call" hint="The therapist reads them before the first visit." optional rows={4} maxLength={4000} value={draft.note} onChange={(note) => change({ note })} />
            <HowItEnded missing={missingQuestions(draft)} onEnd={end} />
          </>
        )}
        {draft.endedAt !== null && <AfterCall inquiry={inquiry} draft={draft} kept={kept} onAgain={() => change({ startedAt: clock.now(), endedAt: null, outcome: null })} onReopen={() => change({ endedAt: null, outcome: null })} />}
      </Stack>
      <div className="d-call__beside">{written}</div>
      <CrisisSheet open={help} name={firstName(inquiry.name)} phone={inquiry.phone} crisis={inquiry.crisis} zone={zone} recorded={draft.outcome === 'crisis'} onClose={() => setHelp(false)} onCrisis={() => end('crisis')} />
    </div>
  )
}

const firstName = (name: string) => name.split(' ')[0] ?? name
const missingQuestions = ({ answers }: CallDraft) => unanswered(callSheet, answers).map((id) => ({ id, asks: callSheet.find((one) => one.id === id)?.asks ?? id }))

/** Sends the whole call, with what it says for the match, and lets the list know. */
function useSave(inquiry: InquiryRow) {
  const queries = useQueryClient()
  return async (draft: CallDraft) => {
    if (draft.startedAt === null) return
    const row = await call('logCall', {
      params: { id: inquiry.id },
      body: { startedAt: draft.startedAt, endedAt: draft.endedAt, answers: { ...draft.answers }, outcome: draft.outcome, note: draft.note, preferences: preferencesWith(inquiry.preferences, draft.answers, callSheet) },
    })
    queries.setQueryData<{ inquiries: InquiryRow[] }>(['inquiries'], (all) => all && { inquiries: all.inquiries.map((one) => (one.id === row.id ? row : one)) })
    await queries.invalidateQueries({ queryKey: ['shortlist', inquiry.id] })
  }
}

const Begin = ({ name, onBegin }: { readonly name: string; readonly onBegin: () => void }) => (
  <section className="d-section" aria-label="The first call">
    <p>The call takes {callLength.minMinutes} to {callLength.maxMinutes} minutes. The sheet asks only what {firstName(name)} has not already told us, and keeps what you write as you write it.</p>
    <Button kind="primary" onClick={onBegin}>Begin the call</Button>
  </section>
)

function CallBar({ draft, kept, urgent, onHelp }: { readonly draft: CallDraft; readonly kept: Autosave; readonly urgent: boolean; readonly onHelp: () => void }) {
  const now = useNow(1_000)
  const minutes = Math.floor(Math.max(0, minutesBetween(draft.startedAt ?? now, now)))
  return (
    <section className="d-callbar" aria-label="The call under way">
      <Clock minutes={minutes} label={`of ${callLength.minMinutes} to ${callLength.maxMinutes} minutes`} overdue={minutes > callLength.maxMinutes} />
      <KeptLine kept={kept} />
      <Button kind={urgent ? 'danger' : 'quiet'} onClick={onHelp}>Help now</Button>
    </section>
  )
}

function KeptLine({ kept }: { readonly kept: Autosave }) {
  if (kept.state === 'saving') return <StatusLine>Saving …</StatusLine>
  if (kept.state === 'waiting') return <StatusLine waiting>Not sent yet · waiting for the connection. Keep this page open.</StatusLine>
  if (kept.state === 'refused') return <StatusLine waiting>Not saved. {kept.refusal?.what}</StatusLine>
  return <StatusLine>{kept.savedAt === null ? 'Saved as you write' : `Saved at ${clockTime(new Date(kept.savedAt).toISOString())}`}</StatusLine>
}

function AfterCall({ inquiry, draft, kept, onAgain, onReopen }: { readonly inquiry: InquiryRow; readonly draft: CallDraft; readonly kept: Autosave; readonly onAgain: () => void; readonly onReopen: () => void }) {
  const minutes = Math.round(minutesBetween(draft.startedAt ?? '', draft.endedAt ?? ''))
  return (
    <>
      <section className="d-section" aria-labelledby="call-over">
        <h2 id="call-over">The call</h2>
        <p>{afterWords[draft.outcome ?? 'no-answer']} It took {minutes < 1 ? 'less than a minute' : minutes === 1 ? '1 minute' : `${minutes} minutes`}.</p>
        <KeptLine kept={kept} />
        <Disclosure summary="What was said"><Stack><CallInWords sheet={callSheet} answers={draft.answers} />{draft.note && <div><p className="soft small">Notes</p><p>{draft.note}</p></div>}</Stack></Disclosure>
        <div className="k-buttons">
          {draft.outcome === 'no-answer' ? <Button kind="primary" onClick={onAgain}>Call again</Button> : <Button onClick={onReopen}>Go back into the sheet</Button>}
        </div>
      </section>
      {draft.outcome === 'goes-on' && kept.state === 'saved' && <Matching inquiry={inquiry} />}
      {draft.outcome !== 'goes-on' && <CloseInquiry inquiry={inquiry} outcome={draft.outcome} />}
    </>
  )
}

const afterWords: Record<CallOutcome, string> = {
  'goes-on': 'They want to go on.', 'not-now': 'They do not want to go on for now.', 'referred-elsewhere': 'They were referred to somebody else.', 'no-answer': 'Nobody answered.',
  crisis: 'Something could not wait. See above whether a clinician has acknowledged it, and call back today.',
}
