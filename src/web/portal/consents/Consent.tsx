import { useEffect, useRef, useState, type FormEvent } from 'react'
import { consentForm, type ConsentForm } from '../../../knowledge/consents.ts'
import { Button, Checkbox, Notice, RadioTiles, Stack, TextField } from '../../kit/index.ts'
import { call, clock, newId, Refused } from '../../sync/index.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import type { ScreenProps } from '../screen.ts'
import { WaitingPage, saidOf } from '../Trouble.tsx'
import { StateWords } from './ConsentList.tsx'
import { consentState, openParts, textDigest, type ConsentDraft } from './consent-state.ts'
import { SignedConsent } from './SignedConsent.tsx'

/** One form, word for word: read it, tick each risk by itself, choose, and sign with your name. */
export function Consent({ id }: ScreenProps) {
  const { used } = usePatient()
  const form = consentForm(id)
  if (!form) return <Frame title="Consent"><h1>There is no such form</h1><p><a href="/my/consents">To all consents</a></p></Frame>
  if (!used.ready) return <Frame title={form.title}><WaitingPage /></Frame>
  const state = consentState(used.chart, form)
  return (
    <Frame title={form.title}>
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>{form.title}</h1><p className="soft">Version {form.version} · <StateWords form={form} /></p></div>
        <p className="lead">{form.intro}</p>
        {form.sections.map(({ heading, text }) => <section key={heading} className="k-stack k-stack--tight"><h2>{heading}</h2><p>{text}</p></section>)}
        {state.is === 'signed' ? <SignedConsent form={form} entry={state.entry} /> : <Sign form={form} />}
      </Stack>
    </Frame>
  )
}

const empty: ConsentDraft = { ticked: [], choices: {}, name: '' }

function Sign({ form }: { readonly form: ConsentForm }) {
  const { me, used, chartId } = usePatient()
  const [draft, setDraft, clear] = useDraft(`${me.person} consent ${form.form} ${form.version}`, empty)
  const [signed, setSigned] = useState(false)
  const { pending, problem, sign } = useSigning(form, draft, () => { clear(); setSigned(true) })
  const [told, setTold] = useState(false)
  const open = openParts(form, draft)
  const isOpen = (id: string) => told && open.some((part) => part.id === id)
  const away = used.connection === 'away'

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (open.length === 0) void sign(chartId, me.device)
    else document.querySelector<HTMLElement>(`#${open[0]?.id} input`)?.focus()
  }
  if (signed) return <output className="p-outcome">Signed. It stands in your record, and shows here in a moment.</output>
  return (
    <form noValidate onSubmit={submit}>
      <Stack air="wide">
        <section className="k-stack" aria-labelledby="risks">
          <h2 id="risks">What can go wrong</h2>
          <p>Please tick each one by itself, once you have understood it. If one is not clear, leave it and ask.</p>
          {form.risks.map(({ id, says }) => (
            <div key={id} id={`risk-${id}`}>
              <Checkbox
                framed label={says} checked={draft.ticked.includes(id)} problem={isOpen(`risk-${id}`) ? 'Not ticked yet.' : undefined}
                onChange={(on) => setDraft((before) => ({ ...before, ticked: on ? [...before.ticked, id] : before.ticked.filter((other) => other !== id) }))}
              />
            </div>
          ))}
        </section>
        {form.choices.map(({ id, asks, options }) => (
          <div key={id} id={`choice-${id}`}>
            <RadioTiles
              label={asks} choices={options.map((option) => ({ value: option, label: option }))} value={draft.choices[id] ?? null} problem={isOpen(`choice-${id}`) ? 'Please choose one.' : undefined}
              onChange={(chosen) => setDraft((before) => ({ ...before, choices: { ...before.choices, [id]: chosen } }))}
            />
          </div>
        ))}
        <section className="k-card k-stack" aria-labelledby="teach"><h2 id="teach">Before you sign</h2><p>Could you answer these in your own words? If not, ask first; nobody minds.</p><ul>{form.teachBack.map((question) => <li key={question}>{question}</li>)}</ul></section>
        <div id="name">
          <TextField
            label="Your full name, typed as your signature" hint="It stands under these words with today’s date." autoComplete="name"
            value={draft.name} problem={isOpen('name') ? 'Please type your name.' : undefined} onChange={(name) => setDraft((before) => ({ ...before, name }))}
          />
        </div>
        {told && open.length > 0 && <Notice urgent level="caution" what={`It is not signed yet: ${open.length === 1 ? 'one thing is' : `${open.length} things are`} open.`} kept="What you ticked, chose and typed is kept." />}
        {problem && <Notice urgent level="caution" what={problem.what} kept={problem.more} next="Nothing was signed. What you ticked is kept." />}
        {away && <Notice what="Signing needs the connection, because the practice has to have the same words in front of it." kept="You can read and tick here; what you did is kept." />}
        <Button kind="primary" size="room" wide type="submit" pending={pending} disabled={away}>Sign</Button>
      </Stack>
    </form>
  )
}

/** A signature is an act of its own: online, with the digest of the very words on the screen. */
function useSigning(form: ConsentForm, draft: ConsentDraft, done: () => void) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<{ readonly what: string; readonly more?: string | undefined }>()
  const id = useRef('')
  useEffect(() => { id.current = newId(clock.ms()) }, [form]) // Pressed twice, it is signed once.

  async function sign(chart: string, device: string) {
    setPending(true)
    setProblem(undefined)
    try {
      const textSha256 = await textDigest(form)
      if (!textSha256) { setProblem({ what: 'This browser cannot sign here: the page was not opened over a secure connection.' }); setPending(false); return }
      await call('signConsent', { params: { chart }, body: { id: id.current, device, form: form.form, version: form.version, textSha256, acknowledged: [...draft.ticked], choices: draft.choices, typedName: draft.name.trim() } })
      done()
    } catch (failure) {
      setProblem({ what: saidOf(failure), more: failure instanceof Refused && failure.list.length > 0 ? failure.list.map(({ says }) => says).join(' ') : undefined })
    }
    setPending(false)
  }
  return { pending, problem, sign }
}
