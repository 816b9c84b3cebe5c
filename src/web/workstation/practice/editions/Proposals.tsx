import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import type { Response } from '../../../../core/contract/contract.ts'
import { Button, CodeField, Disclosure, Notice, Stack, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { refreshEditions } from '../../../sync/editions.ts'
import { Refused, Section, Told } from '../../desk/parts.tsx'
import { useAct } from '../../desk/use-act.ts'
import { useMe } from '../../me.ts'
import { useRules } from '../../rules.ts'
import { ago, dayAndTime } from '../../times.ts'
import { WouldSee } from '../courses/SignCourse.tsx'
import { Changed } from './Changed.tsx'
import { reasonCharacters, said, titled } from './turning.ts'
import { Way } from './Way.tsx'

type ProposalsNow = Response<'proposals'>
type Proposal = ProposalsNow['proposals'][number]

/** Loosened editions that one person has signed. They bind nothing; whoever may sign second looks at each row here. */
export function Proposals({ now: { now, proposals } }: { readonly now: ProposalsNow }) {
  const [told, setTold] = useState<{ readonly what: string; readonly next: string }>()
  const open = proposals.filter(({ state }) => state === 'waiting' || state === 'stale')
  // What was signed stands among the editions.
  const answered = proposals.filter(({ state }) => state === 'declined' || state === 'withdrawn')
  // Whoever comes here to sign arrives before this is drawn.
  useEffect(() => { if (window.location.hash === '#proposals') document.getElementById('proposals')?.scrollIntoView({ block: 'start' }) }, [])
  if (open.length === 0 && answered.length === 0 && !told) return null
  return (
    <Section id="proposals" title="Waiting for a second signature" level={3}>
      <Stack>
        {told && <Told key={told.what}><Notice {...told} /></Told>}
        {open.length === 0 && !told && <p className="soft">Nothing waits.</p>}
        {open.length > 0 && <ul className="p-proposals">{open.map((proposal) => <li key={proposal.id} className="k-card" aria-label={titleFor(proposal)}><Waiting proposal={proposal} now={now} onDone={(what, next) => setTold({ what, next })} /></li>)}</ul>}
        {answered.length > 0 && <Answered proposals={answered} now={now} />}
      </Stack>
    </Section>
  )
}

const titleFor = ({ by, course }: Proposal) => (course ? `The course “${course.name}”, proposed by ${by}` : `Looser figures, proposed by ${by}`)
type Done = (what: string, next: string) => void

function Waiting({ proposal, now, onDone }: { readonly proposal: Proposal; readonly now: string; readonly onDone: Done }) {
  const zone = useMe()?.practice.zone
  const { by, at, reason, on, stale, mine, forMe, couldSign } = proposal
  return (
    <Stack>
      <Stack air="tight">
        <h4>{titleFor(proposal)}</h4>
        <p className="soft">{ago(at, now)}: {dayAndTime(at, zone)}, on {on === 0 ? 'what ships' : `edition ${on}`}. It holds for nobody yet.</p>
        {reason && <p>“{reason}”</p>}
      </Stack>
      <Turned proposal={proposal} />
      {stale
        ? <Notice level="caution" what={`Nobody can sign it any more. ${stale}`} kept="Nothing of it has held, and it stays here to be read." next={mine ? 'Propose again what you still want, and withdraw this one.' : `${by} proposes again what is still wanted.`} />
        : <Look proposal={proposal} onDone={onDone}>{forMe ? undefined : <p role="status">{couldSign.length === 0 ? 'Nobody else in this practice is a therapist, a prescriber or a medical director, so nobody can sign it.' : `It waits for one of these: ${couldSign.join(', ')}.`}</p>}</Look>}
      {mine && <Answer proposal={proposal} how="withdraw" onDone={onDone} />}
      {!mine && forMe && <Answer proposal={proposal} how="decline" onDone={onDone} />}
    </Stack>
  )
}

/** Every row with before and after, looser ones first. */
function Turned({ proposal: { moves, course } }: { readonly proposal: Proposal }) {
  const { book: { protocols: courses } } = useRules()
  const rows = moves.filter(({ dial }) => !/^courses\/[^/]+$/.test(dial)).toSorted((a, b) => Number(b.way === 'looser') - Number(a.way === 'looser'))
  return (
    <>
      {course && <p>Made from “{course.from}”.{rows.length === 0 && ' Nothing in it departs from that one.'}</p>}
      <ul className="p-turned" aria-label="What it turns">
        {rows.map(({ dial, title, from, to, way, beyondShipped, reason }) => (
          <li key={dial}>
            <p>{title ?? titled(dial, courses)}: {said(dial, from)} <span aria-hidden="true">→</span><span className="heard"> becomes </span> <strong>{said(dial, to)}</strong> <Way way={way} />{way === 'tighter' && beyondShipped && <span className="soft"> still looser than it ships</span>}</p>
            {reason && <p className="soft">“{reason}”</p>}
          </li>
        ))}
      </ul>
    </>
  )
}

/** First whom it would change; then, for whoever may, the second signature. */
function Look({ proposal, onDone, children }: { readonly proposal: Proposal; readonly onDone: Done; readonly children: ReactNode }) {
  const looking = useAct()
  const [seen, setSeen] = useState<Response<'previewProposal'>>()
  const { id, course, forMe } = proposal
  const look = () => void looking.act(() => call('previewProposal', { params: { proposal: id } })).then((says) => says && setSeen(says))
  return (
    <>
      {children}
      <div className="k-buttons"><Button kind={forMe && !seen ? 'primary' : 'quiet'} pending={looking.pending} onClick={look}>Who would change</Button></div>
      <Refused refusal={looking.refusal} />
      {seen && (course ? <WouldSee preview={{ looked: seen.looked, changed: seen.changed, named: seen.underWay }} fromName={course.from} /> : <Changed preview={{ looked: seen.looked, changed: seen.changed, named: seen.judged }} />)}
      {seen && forMe && <SignSecond proposal={proposal} onDone={onDone} />}
    </>
  )
}

function SignSecond({ proposal: { id, sha256, by }, onDone }: { readonly proposal: Proposal; readonly onDone: Done }) {
  const me = useMe()
  const queries = useQueryClient()
  const signing = useAct()
  const [reason, setReason] = useState('')
  const [code, setCode] = useState('')
  const short = reasonCharacters - reason.trim().length
  const sign = async (event: FormEvent) => {
    event.preventDefault()
    const done = await signing.act(() => call('countersignEdition', { params: { proposal: id }, body: { sha256, reason: reason.trim(), code } }))
    setCode('')
    if (!done) return
    onDone(`Signed by ${by} and by you: edition ${done.number}.`, 'It holds for everybody from now on. A session that is under way keeps the edition it started with.')
    if (me) await refreshEditions(me.practice.id)
    await Promise.all([['editions'], ['proposals'], ['rulebook'], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  return (
    <form onSubmit={(event) => void sign(event)} aria-label="Sign as the second person">
      <Stack>
        <TextArea label="What you looked at, and why it may be so" hint={`At least ${reasonCharacters} characters. It stands in the edition for good.`} value={reason} onChange={setReason} problem={reason.trim() !== '' && short > 0 ? `${short} characters more.` : undefined} />
        <CodeField label="One-time code" hint="Six digits from your authenticator app. You sign with it." value={code} onChange={setCode} />
        <Refused refusal={signing.refusal} />
        <div className="k-buttons">
          <Button type="submit" kind="primary" pending={signing.pending} disabled={short > 0 || code.length < 6}>Sign as the second person</Button>
          {me?.practice.sample && <Button onClick={() => void signing.act(() => call('sampleCode')).then((answer) => answer && setCode(answer.code))}>Use the sample code</Button>}
        </div>
      </Stack>
    </form>
  )
}

const ANSWERS = {
  decline: { open: 'Decline it', label: 'Why you decline', hint: 'Whoever proposed it reads this.', press: 'Decline this proposal', told: 'Declined.', least: 3 },
  withdraw: { open: 'Withdraw it', label: 'Why you withdraw it', hint: 'It stays here to be read.', press: 'Withdraw this proposal', told: 'Withdrawn.', least: 0 },
} as const

function Answer({ proposal: { id, by }, how, onDone }: { readonly proposal: Proposal; readonly how: keyof typeof ANSWERS; readonly onDone: Done }) {
  const { open, label, hint, press, told, least } = ANSWERS[how]
  const queries = useQueryClient()
  const answering = useAct()
  const [reason, setReason] = useState('')
  const answer = async (event: FormEvent) => {
    event.preventDefault()
    const body = { reason: reason.trim() }
    const done = await answering.act(() => (how === 'decline' ? call('declineProposal', { params: { proposal: id }, body }) : call('withdrawProposal', { params: { proposal: id }, body })))
    if (!done) return
    onDone(`${told} Everything holds as it did.`, how === 'decline' ? `${by} is told, with your reason.` : 'What is still wanted is proposed anew.')
    await Promise.all([['proposals'], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  return (
    <Disclosure summary={open}>
      <form onSubmit={(event) => void answer(event)} aria-label={press}>
        <Stack>
          <TextArea label={label} hint={hint} optional={least === 0} value={reason} onChange={setReason} />
          <Refused refusal={answering.refusal} />
          <div className="k-buttons"><Button type="submit" pending={answering.pending} disabled={reason.trim().length < least}>{press}</Button></div>
        </Stack>
      </form>
    </Disclosure>
  )
}

function Answered({ proposals, now }: { readonly proposals: readonly Proposal[]; readonly now: string }) {
  return (
    <Disclosure summary={`Declined or withdrawn: ${proposals.length}`}>
      <ul className="p-proposals">
        {proposals.map((proposal) => (
          <li key={proposal.id}>
            <Stack air="tight">
              <p><strong>{titleFor(proposal)}</strong>, {ago(proposal.at, now)}: “{proposal.reason}”</p>
              <Turned proposal={proposal} />
              {proposal.answer && <p>{proposal.state === 'declined' ? 'Declined' : 'Withdrawn'} by {proposal.answer.by}, {ago(proposal.answer.at, now)}{proposal.answer.reason && `: “${proposal.answer.reason}”`}</p>}
            </Stack>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
