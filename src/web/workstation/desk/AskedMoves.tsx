import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Notice, Stack, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock, useNow } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { ago } from '../times.ts'
import { Changes } from './MoveDialog.tsx'
import { Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle, visitWhen } from './visits.ts'

type Asked = Response<'askedMoves'>['asked'][number]

/** Other times that the patient asks for, each with what would change: yes or no with one tap, and the patient is told. */
export function AskedMoves({ chart, onAnswered }: { readonly chart: string; readonly onAnswered: (words: string) => void }) {
  const query = useQuery({ queryKey: ['asked-moves', chart], queryFn: () => call('askedMoves', { params: { chart } }), refetchInterval: 60_000 })
  const asked = query.data?.asked ?? []
  if (asked.length === 0) return null
  return (
    <Section id="asked" title="The patient asks for another time">
      <Stack>{asked.map((one) => <Answer key={one.id} chart={chart} asked={one} again={() => void query.refetch()} onAnswered={async (words) => { await query.refetch(); onAnswered(words) }} />)}</Stack>
    </Section>
  )
}

function Answer({ chart, asked, again, onAnswered }: { readonly chart: string; readonly asked: Asked; readonly again: () => void; readonly onAnswered: (words: string) => Promise<void> }) {
  const now = useNow(60_000)
  const [declining, setDeclining] = useState(false)
  const [words, setWords] = useState('')
  const { pending, refusal, actAs } = useAct()
  const { moves, impossible } = asked
  const send = (body: { answer: 'yes'; moves: { id: string; to: Asked['to']; why: string }[] } | { answer: 'no'; words: string }, said: string) => {
    void actAs((me) => call('answerMove', { params: { chart, asked: asked.id }, body: { id: newId(clock.ms()), device: me.device, ...body } }), again).then((done) => done && onAnswered(said))
  }
  const yes = () => send({ answer: 'yes', moves: moves.map(({ to, why }) => ({ id: newId(clock.ms()), to, why })) }, `${visitTitle(asked.to)} was moved to ${visitWhen(asked.to)}, and the patient is told.`)
  const no = () => send({ answer: 'no', words: words.trim() }, `${visitTitle(asked.from)} stays on ${visitWhen(asked.from)}, and the patient is told why.`)
  return (
    <Notice level={impossible.length > 0 ? 'caution' : undefined} what={`${visitTitle(asked.from)}: ${visitWhen(asked.to)} instead of ${visitWhen(asked.from)}.`} kept={<>Asked {ago(asked.at, now)}.{asked.words && <> “{asked.words}”</>} It stays where it is until somebody says yes.</>}>
      <div className="d-answer">
        {impossible.length > 0 && <><p><strong>It cannot go there any more.</strong></p><ul className="d-reasons">{impossible.map(({ says }) => <li key={says}>{says}</li>)}</ul></>}
        {moves.length > 0 && <Changes repair={{ moves, impossible }} />}
        <Refused refusal={refusal} />
        {declining
          ? <><TextArea label="Why not" hint="The patient reads this." rows={2} minLength={3} maxLength={1000} value={words} onChange={setWords} /><div className="k-buttons"><Button kind="primary" pending={pending} disabled={words.trim().length < 3} onClick={no}>Say no</Button><Button onClick={() => setDeclining(false)}>Back</Button></div></>
          : <div className="k-buttons">{moves.length > 0 && <Button kind="primary" pending={pending} onClick={yes}>{moves.length === 1 ? 'Yes, move it' : `Yes, move these ${moves.length}`}</Button>}<Button onClick={() => setDeclining(true)}>No …</Button></div>}
      </div>
    </Notice>
  )
}
