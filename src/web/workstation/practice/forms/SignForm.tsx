import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import type { Request } from '../../../../core/contract/contract.ts'
import type { Instrument } from '../../../../core/measures/instrument.ts'
import { withCopy, type FormState } from '../../../../core/measures/own-copy.ts'
import { Button, CodeField, Disclosure, Notice, Stack, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { Refused, Section, Told } from '../../desk/parts.tsx'
import { useAct } from '../../desk/use-act.ts'
import { useMe } from '../../me.ts'
import { AsRead } from './AsRead.tsx'

type Signed = Request<'signForm'>['body']
type What = Signed extends infer One ? (One extends unknown ? Omit<One, 'id' | 'code' | 'instrument'> : never) : never

/** What the medical director settles: the condition first, then the words, and the end of either. */
export function SignForm({ instrument, state }: { readonly instrument: Instrument; readonly state: FormState }) {
  const [told, setTold] = useState('')
  const { condition, text } = instrument.licence
  const stands = state.accepted !== undefined || state.copy !== undefined
  if (condition === undefined && text === 'shipped') return null
  return (
    <Section id="settle" title="What the medical director settles">
      <Stack air="wide">
        {told && <Told key={told}><Notice what={told} /></Told>}
        {condition !== undefined && !state.accepted && <Accept instrument={instrument} clause={condition} onSigned={() => setTold('The condition is accepted. It stands here with your name, the day and the clause.')} />}
        {text === 'from-practice' && <Load instrument={instrument} again={state.copy !== undefined} onSigned={() => setTold('The words are loaded. What was answered before keeps the words it was answered in.')} />}
        {stands && <Disclosure summary="Use it no more"><Stop instrument={instrument} onSigned={() => setTold('It is used no more. Answers that were given stay as they are.')} /></Disclosure>}
      </Stack>
    </Section>
  )
}

interface PartProps { readonly instrument: Instrument; readonly onSigned: () => void }

function Accept({ instrument, clause, onSigned }: PartProps & { readonly clause: string }) {
  return (
    <SigningForm instrument={instrument} label="Accept the condition" button="Accept this condition" what={{ kind: 'condition', clause }} onSigned={onSigned}>
      <p><strong>“{clause}”</strong></p>
      <p className="soft">You say this for the practice. Where you are not sure, ask {instrument.licence.holder} first.</p>
    </SigningForm>
  )
}

/** A file is read here first: what does not fit is said before anything is signed, and what fits is shown as a patient will read it. */
function Load({ instrument, again, onSigned }: PartProps & { readonly again: boolean }) {
  const picker = useRef<HTMLInputElement>(null)
  const [held, setHeld] = useState<{ readonly id: string; readonly name: string; readonly copy: unknown }>()
  const read = held && withCopy(instrument, held.copy)
  const bring = (file: File) => void file.text().then((words) => setHeld({ id: newId(clock.ms()), name: file.name, copy: parsed(words) }))
  return (
    <Stack>
      <h3>{again ? 'Load a later copy' : 'Load the words of your copy'}</h3>
      <p>A file of JSON with <span className="p-command">instrument</span>, <span className="p-command">version</span>, <span className="p-command">language</span>, <span className="p-command">licence</span>, the words of each question under <span className="p-command">items</span> and those of each step under <span className="p-command">answers</span>. {instrument.licence.collecting === 'by-permission' && 'Its terms ask for a written permission for electronic use: name yours under licence.'}</p>
      <div className="k-buttons"><Button onClick={() => picker.current?.click()}>{held ? 'Choose another file' : 'Choose a file'}</Button></div>
      <input ref={picker} type="file" accept=".json,application/json" hidden aria-label="A file with the words" onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) bring(file) }} />
      {held && read && !read.ok && <Notice urgent level="caution" what={`“${held.name}” does not fit${read.refusal.key === undefined ? '' : ` at “${read.refusal.key}”`}: ${read.refusal.message}.`} kept="Nothing was loaded." next="Put it right in the file and choose it again." />}
      {held && read?.ok && (
        <SigningForm key={held.id} instrument={instrument} label="Load these words" button="Load these words" what={{ kind: 'copy', copy: held.copy }} onSigned={() => { setHeld(undefined); onSigned() }}>
          <p>“{held.name}” fits: {read.value.items.length} questions, all with their words.</p>
          <AsRead id="to-be-read" title="As a patient will read it" open instrument={read.value} />
        </SigningForm>
      )}
    </Stack>
  )
}

function Stop({ instrument, onSigned }: PartProps) {
  const [why, setWhy] = useState('')
  return (
    <SigningForm instrument={instrument} label="Use it no more" button="Use it no more" what={{ kind: 'stopped', why: why.trim() }} ready={why.trim() !== ''} onSigned={onSigned}>
      <TextArea label="Why" hint="For example, that the licence has ended." rows={2} value={why} onChange={setWhy} />
    </SigningForm>
  )
}

/** One signature with a one-time code. The number is made once, so that sending it twice signs once. */
function SigningForm({ instrument, label, button, what, ready = true, onSigned, children }: PartProps & { readonly label: string; readonly button: string; readonly what: What; readonly ready?: boolean; readonly children: React.ReactNode }) {
  const me = useMe()
  const queries = useQueryClient()
  const [id] = useState(() => newId(clock.ms()))
  const [code, setCode] = useState('')
  const { pending, refusal, act } = useAct()
  const sign = (event: FormEvent) => {
    event.preventDefault()
    void act(() => call('signForm', { body: { ...what, id, code, instrument: instrument.id } as Signed })).then((answer) => {
      setCode('')
      if (!answer) return
      queries.setQueryData(['forms'], answer)
      onSigned()
    })
  }
  return (
    <form aria-label={label} onSubmit={sign}>
      <Stack>
        {children}
        <CodeField label="One-time code" hint="Six digits from your authenticator app. You sign with it." value={code} onChange={setCode} />
        <Refused refusal={refusal} />
        <div className="k-buttons">
          <Button type="submit" kind="primary" pending={pending} disabled={!ready || code.length < 6}>{button}</Button>
          {me?.practice.sample && <Button onClick={() => void act(() => call('sampleCode')).then((answer) => answer && setCode(answer.code))}>Use the sample code</Button>}
        </div>
      </Stack>
    </form>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
