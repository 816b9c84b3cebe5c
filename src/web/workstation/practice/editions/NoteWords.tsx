import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fillSentence, sentenceRefusals, type NarrativeSentence } from '../../../../core/session/narrative.ts'
import { narrativeSample } from '../../../../knowledge/narrative.ts'
import { Button, CodeField, Disclosure, Notice, Stack, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { refreshEditions, shipped } from '../../../sync/editions.ts'
import { Refused, Section, Told } from '../../desk/parts.tsx'
import { useAct } from '../../desk/use-act.ts'
import { isOne, useMe } from '../../me.ts'
import { useRules } from '../../rules.ts'
import type { EditionsNow } from './Editions.tsx'

const PARTS: Readonly<Record<NarrativeSentence['paragraph'], string>> = { opening: 'How it began', before: 'Before the dose', dose: 'The dose', during: 'While it worked', after: 'Going home' }

/** The sentences that a session's note is drafted in: as they ship, as this practice says them, and for the medical director the way to other words. */
export function NoteWords({ now }: { readonly now: EditionsNow }) {
  const me = useMe()
  const { book: { narrative } } = useRules()
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [signed, setSigned] = useState<number>()
  const directs = isOne(me, 'medical-director') && !now.broken && !now.shipped.broken
  const own = narrative.filter((row) => row.own)
  // Typed and then put back is nothing to be signed.
  const turned = shipped.narrative.filter((row) => typed[row.id] !== undefined && typed[row.id]!.trim() !== wordsNow(narrative, row))
  return (
    <Section id="note-words" title="The words of a session’s note">
      <Stack>
        <p>The note of a session is drafted from its record in these sentences. {own.length === 0 ? 'All of them say what ships.' : `${own.length} of ${narrative.length} ${own.length === 1 ? 'is' : 'are'} this practice’s own.`} A note keeps the words it was signed with, and says which edition it was drafted in.</p>
        {signed !== undefined && <Told key={signed}><Notice what={`Signed: edition ${signed}.`} next="Notes are drafted in these words from now on. What was signed before stays as it is." /></Told>}
        {own.length > 0 && <ul className="p-differs">{own.map((row) => <li key={row.id}><span>{upper(row.when)}</span><span>{shippedRow(row.id)?.says} <span aria-hidden="true">→</span><span className="heard"> becomes </span> <strong>{row.says}</strong></span></li>)}</ul>}
        {(Object.keys(PARTS) as NarrativeSentence['paragraph'][]).map((part) => (
          <Disclosure key={part} summary={`${PARTS[part]}: ${shipped.narrative.filter(({ paragraph }) => paragraph === part).length} sentences`}>
            <ul className="p-dials">{shipped.narrative.filter(({ paragraph }) => paragraph === part).map((row) => <OneSentence key={row.id} row={row} says={typed[row.id] ?? wordsNow(narrative, row)} onSay={directs ? (says) => setTyped({ ...typed, [row.id]: says }) : undefined} />)}</ul>
          </Disclosure>
        ))}
        {directs && turned.length > 0 && <SignWords now={now} rows={turned} typed={typed} onSigned={(edition) => { setTyped({}); setSigned(edition) }} />}
      </Stack>
    </Section>
  )
}

const shippedRow = (id: string) => shipped.narrative.find((row) => row.id === id)
const wordsNow = (narrative: readonly NarrativeSentence[], row: NarrativeSentence): string => narrative.find(({ id }) => id === row.id)?.says ?? row.says
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** One sentence as it is typed: what may stand in it, what is wrong with it, and what it would say of a session that never was. */
function OneSentence({ row, says, onSay }: { readonly row: NarrativeSentence; readonly says: string; readonly onSay: ((says: string) => void) | undefined }) {
  const refused = sentenceRefusals(says, row)
  const may = row.places.filter((place) => !row.required.includes(place))
  const hint = `${row.required.length > 0 ? `Has to say ${row.required.map((place) => `{${place}}`).join(', ')}.` : 'Names no place of the record.'}${may.length > 0 ? ` May say ${may.map((place) => `{${place}}`).join(', ')}; in brackets it is left out where nothing was written.` : ''}`
  const sample = narrativeSample(row.id)
  const bare = fillSentence(says, Object.fromEntries(Object.entries(sample).filter(([place]) => row.required.includes(place))))
  return (
    <li className="p-dial" aria-label={upper(row.when)}>
      {onSay
        ? <TextArea label={upper(row.when)} hint={hint} rows={3} value={says} onChange={onSay} problem={refused[0] && says.trim() !== '' ? refused.map((one) => one.says).join(' ') : undefined} />
        : <p><strong>{upper(row.when)}</strong></p>}
      <p className="soft">{refused.length > 0 ? (says.trim() === '' ? `Empty: it says again what ships. ${fillSentence(row.says, sample)}` : 'Nothing can be shown while something is wrong with it.') : fillSentence(says, sample)}</p>
      {refused.length === 0 && says.includes('[') && <p className="soft">Where that was not written down: {bare}</p>}
      {says !== row.says && <p className="soft">As it ships: {row.says}</p>}
      {onSay && says !== row.says && <Button kind="plain" onClick={() => onSay(row.says)}>{`As it ships: ${upper(row.when)}`}</Button>}
    </li>
  )
}

interface SignProps {
  readonly now: EditionsNow
  readonly rows: readonly NarrativeSentence[]
  readonly typed: Readonly<Record<string, string>>
  readonly onSigned: (edition: number) => void
}

/** Words decide nothing, so one signature is enough: the medical director's. */
function SignWords({ now, rows, typed, onSigned }: SignProps) {
  const me = useMe()
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const signing = useAct()
  const wrong = rows.filter((row) => typed[row.id]!.trim() !== '' && sentenceRefusals(typed[row.id]!.trim(), row).length > 0)
  const sign = async () => {
    const sentences = rows.map(({ id }) => ({ id, says: typed[id]!.trim() }))
    const done = await signing.act(() => call('adoptEdition', { body: { on: now.inForce, sentences, reason: 'The words of a session’s note.', code } }))
    setCode('')
    if (!done) return
    if (me) await refreshEditions(me.practice.id)
    await queries.invalidateQueries({ queryKey: ['editions'] })
    onSigned(done.number)
  }
  return (
    <form aria-label="Sign the words of the note" onSubmit={(event) => { event.preventDefault(); if (wrong.length === 0) void sign() }}>
      <Stack>
        <p>{rows.length} {rows.length === 1 ? 'sentence' : 'sentences'} to be signed{wrong.length > 0 ? `; something is wrong with ${wrong.map(({ when }) => `“${when}”`).join(', ')}` : ''}.</p>
        <CodeField label="One-time code" hint="Six digits from your authenticator app. You sign with it." value={code} onChange={setCode} />
        <Refused refusal={signing.refusal} />
        <div className="k-buttons">
          <Button type="submit" kind="primary" pending={signing.pending} disabled={wrong.length > 0 || code.length < 6}>Sign these words</Button>
          {me?.practice.sample && <Button onClick={() => void signing.act(() => call('sampleCode')).then((answer) => answer && setCode(answer.code))}>Use the sample code</Button>}
        </div>
      </Stack>
    </form>
  )
}
