import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CourseDraft } from '../../../../core/course/own-course.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { canonical } from '../../../../core/shared/canonical.ts'
import { Button, CodeField, Stack } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { refreshEditions } from '../../../sync/editions.ts'
import { Refused } from '../../desk/parts.tsx'
import { useAct } from '../../desk/use-act.ts'
import { isOne, useMe } from '../../me.ts'
import { NOBODY_ELSE } from '../editions/turning.ts'

interface SignCourseProps {
  readonly draft: CourseDraft
  readonly reason: string
  /** Whether nothing stands in its way any more. */
  readonly ready: boolean
  /** What is still to be written until then, in words. */
  readonly missing: readonly string[]
  /** Something in it is looser, so one signature is not enough. */
  readonly byTwo: boolean
  /** Which edition it is made on. */
  readonly on: number
  readonly fromName: string
  readonly onSigned: (edition: number) => void
  readonly onProposed: () => void
}

type Preview = Response<'previewCourse'>

/** First who would see something else, then the signature: the only one, or the first of two. Nothing holds before that, and nobody under way is moved by it. */
export function SignCourse({ draft, reason, ready, missing, byTwo, on, fromName, onSigned, onProposed }: SignCourseProps) {
  const me = useMe()
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const [preview, setPreview] = useState<{ readonly of: string; readonly says: Preview }>()
  const looking = useAct()
  const signing = useAct()
  const text = canonical(draft)
  const seen = preview?.of === text ? preview.says : undefined
  const look = () => void looking.act(() => call('previewCourse', { body: { on, course: draft } })).then((says) => says && setPreview({ of: text, says }))
  const directs = isOne(me, 'medical-director')
  const proposals = useQuery({ queryKey: ['proposals'], queryFn: () => call('proposals'), enabled: byTwo && directs })
  const signed = () => ({ on, courses: [draft], reason: reason.trim(), code })
  const sign = async () => {
    const done = await signing.act(() => call('adoptEdition', { body: signed() }))
    setCode('')
    if (!done) return
    if (me) await refreshEditions(me.practice.id)
    await Promise.all([['editions'], ['rulebook'], ['proposals']].map((queryKey) => queries.invalidateQueries({ queryKey })))
    onSigned(done.number)
  }
  const propose = async () => {
    const done = await signing.act(() => call('proposeEdition', { body: signed() }))
    setCode('')
    if (!done) return
    await queries.invalidateQueries({ queryKey: ['proposals'] })
    onProposed()
  }
  if (byTwo && !directs) return <p role="status">Something here is looser than in “{fromName}”. The medical director signs that; make it tighter, or ask for it.</p>
  if (byTwo && proposals.data?.others.length === 0) return <p role="status">{NOBODY_ELSE}</p>
  return (
    <Stack>
      <div className="k-buttons"><Button kind={seen || !ready ? 'quiet' : 'primary'} disabled={!ready} pending={looking.pending} onClick={look}>Who would see something else</Button></div>
      {!ready && missing.length > 0 && <p className="soft">Still to come before it can be signed: {missing.join(', ')}.</p>}
      <Refused refusal={looking.refusal} />
      {seen && <WouldSee preview={seen} fromName={fromName} />}
      <form onSubmit={(event) => { event.preventDefault(); void (byTwo ? propose() : sign()) }} aria-label={byTwo ? 'Propose the course' : 'Sign the course'}>
        <Stack>
          {byTwo && <p role="status">Something in it is looser, so it takes two. Your signature proposes it; it does not stand in the rulebook before {proposals.data ? `one of these has signed it too: ${proposals.data.others.join(', ')}` : 'somebody else who treats here has signed it too'}.</p>}
          <CodeField label="One-time code" hint="Six digits from your authenticator app. You sign with it." value={code} onChange={setCode} />
          <Refused refusal={signing.refusal} />
          <div className="k-buttons">
            <Button type="submit" kind={seen ? 'primary' : 'quiet'} pending={signing.pending} disabled={!ready || !seen || code.length < 6}>{byTwo ? 'Propose this course' : 'Sign this course'}</Button>
            {me?.practice.sample && <Button onClick={() => void signing.act(() => call('sampleCode')).then((answer) => answer && setCode(answer.code))}>Use the sample code</Button>}
          </div>
          {!seen && ready && <p className="soft">Look first who would see something else.</p>}
        </Stack>
      </form>
    </Stack>
  )
}

/** People under way on the course it is made from: they stay on it. What they would see on the new one is shown before it is signed. */
export function WouldSee({ preview: { looked, changed, named }, fromName }: { readonly preview: Preview; readonly fromName: string }) {
  const others = changed - named.length
  return (
    <div role="status">
      <p>
        <strong>{looked === 0 ? `Nobody is under way on “${fromName}”.` : changed === 0 ? `None of ${looked} under way on “${fromName}” would see anything else.` : `${changed} of ${looked} under way on “${fromName}” would see something else on this course.`}</strong>
        {looked > 0 && ' They stay on the course they are on, until somebody chooses another for them.'}{others > 0 && ` ${others} of them ${others === 1 ? 'is' : 'are'} not of your team.`}
      </p>
      {named.length > 0 && (
        <ul className="d-points">
          {named.map(({ chart, name, next, bookings }) => (
            <li key={chart}><a href={`/work/charts/${chart}`}>{name}</a>{next && <>: next would be “{next.to}”, not “{next.from}”</>}{bookings.length > 0 && <ul className="d-points">{bookings.map((says) => <li key={says}>{says}</li>)}</ul>}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
