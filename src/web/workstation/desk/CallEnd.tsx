import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { Button, Notice, RadioTiles, Stack, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import type { CallOutcome } from './call-draft.ts'
import { Refused } from './parts.tsx'
import { useAct } from './use-act.ts'

const endings: readonly { readonly value: CallOutcome; readonly label: string; readonly hint?: string }[] = [
  { value: 'goes-on', label: 'Wants to go on', hint: 'Next: who fits, and a first visit.' },
  { value: 'not-now', label: 'Not now' },
  { value: 'referred-elsewhere', label: 'Referred elsewhere' },
  { value: 'no-answer', label: 'No answer', hint: 'The sheet stays open for another try.' },
  { value: 'crisis', label: 'A crisis', hint: 'Somebody else had to help first.' },
]

/** What came of the call. Going on needs every needed question answered; every other end needs nothing more. */
export function HowItEnded({ missing, onEnd }: { readonly missing: readonly { readonly id: string; readonly asks: string }[]; readonly onEnd: (outcome: CallOutcome) => void }) {
  const [outcome, setOutcome] = useState<CallOutcome | null>(null)
  const open = outcome === 'goes-on' && missing.length > 0
  return (
    <form className="d-section" aria-label="End of the call" onSubmit={(event) => { event.preventDefault(); if (outcome && !open) onEnd(outcome) }}>
      <RadioTiles label="How did the call end?" tile="11rem" choices={endings} value={outcome} onChange={setOutcome} />
      {open && (
        <Notice urgent level="caution" what={missing.length === 1 ? 'One question is still open.' : `${missing.length} questions are still open.`}>
          <ul className="d-reasons">{missing.map(({ id, asks }) => <li key={id}><a href={`#question-${id}`}>{asks}</a></li>)}</ul>
        </Notice>
      )}
      <Button type="submit" kind="primary">End the call</Button>
    </form>
  )
}

/** Takes the inquiry off the list, with the reason. What was written stays with it. */
export function CloseInquiry({ inquiry, outcome }: { readonly inquiry: InquiryRow; readonly outcome: CallOutcome | null }) {
  const [why, setWhy] = useState('')
  const { pending, refusal, act } = useAct()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const close = (event: FormEvent) => {
    event.preventDefault()
    void act(() => call('closeInquiry', { params: { id: inquiry.id }, body: { why } })).then(async (done) => {
      if (!done) return
      await queries.invalidateQueries({ queryKey: ['inquiries'] })
      await navigate({ to: '/work/inquiries' })
    })
  }
  return (
    <form className="d-section" aria-labelledby="close-inquiry" onSubmit={close}>
      <Stack>
        <h2 id="close-inquiry">Close the inquiry</h2>
        <p>It leaves the list, and what was written stays with it.{outcome === 'no-answer' && ' You can also leave it open and try again another day.'}</p>
        <TextArea label="Why it is closed" hint="For whoever looks at it later." rows={2} minLength={3} maxLength={1000} value={why} onChange={setWhy} />
        <Refused refusal={refusal} />
        <Button type="submit" pending={pending} disabled={why.trim().length < 3}>Close the inquiry</Button>
      </Stack>
    </form>
  )
}
