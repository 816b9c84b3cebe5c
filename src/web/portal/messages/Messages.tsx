import { useState, type FormEvent } from 'react'
import { Button, EmptyState, Notice, RadioTiles, Stack, Tag, TextArea } from '../../kit/index.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient, whoWrote } from '../patient.tsx'
import { SavedLine } from '../SavedLine.tsx'
import { dayAndTime } from '../times.ts'
import { Waiting } from '../Trouble.tsx'

const topics = [
  { value: 'process', label: 'The therapy', hint: 'what comes up, how I am' }, { value: 'safety', label: 'My safety', hint: 'something worries me' },
  { value: 'scheduling', label: 'Dates', hint: 'moving a visit, the ride' }, { value: 'other', label: 'Something else' },
] as const
type Topic = (typeof topics)[number]['value']
const topicName = (topic: Topic) => topics.find(({ value }) => value === topic)?.label ?? ''

/** Written to the team and read on working days; it says so before anybody writes what cannot wait. */
export function Messages() {
  const patient = usePatient()
  const { used, zone, practice } = patient
  const messages = used.chart.all('message.v1').toReversed()
  return (
    <Frame title="Messages">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>Messages</h1>
          <p>Your team reads them{practice.hours ? ` in its hours (${practice.hours})` : ' on working days'}, not at night. They stand in your chart. What cannot wait: {practice.phone ? `call ${practice.phone}, or ` : ''}<a href="/my/help">the crisis line</a>.</p>
        </div>
        <Write />
        <section className="k-stack" aria-labelledby="messages">
          <h2 id="messages">Written so far</h2>
          {messages.length === 0 && (used.ready ? <EmptyState what="What you and your team write to each other stands here, newest first." /> : <Waiting />)}
          <ul className="p-words">
            {messages.map((entry) => {
              const kept = used.kept(entry.id)
              return (
                <li key={entry.id}>
                  <div className="k-heading"><strong>{whoWrote(patient, entry.by)}</strong><span className="soft small">{dayAndTime(entry.at, zone)}</span></div>
                  <p><Tag>{topicName(entry.body.topic)}</Tag>{kept !== 'saved' && <> <Tag>{kept === 'problem' ? 'not taken, see above' : 'on this device, not sent yet'}</Tag></>}</p>
                  <p className="p-said">{entry.body.text}</p>
                </li>
              )
            })}
          </ul>
        </section>
      </Stack>
    </Frame>
  )
}

function Write() {
  const { me, used, practice } = usePatient()
  const [draft, setDraft, clear] = useDraft<{ topic: Topic | null; text: string }>(`${me.person} message`, { topic: null, text: '' })
  const [state, setState] = useState<'' | 'open' | 'away' | 'failed'>('')
  const [sent, setSent] = useState<string>()
  const set = (some: Partial<typeof draft>) => { setState(''); setSent(undefined); setDraft((before) => ({ ...before, ...some })) }
  async function send(event: FormEvent) {
    event.preventDefault()
    const text = draft.text.trim()
    if (!draft.topic || !text) { setState('open'); return }
    // A message that waits unseen on a phone would be taken for one that was read.
    if (used.connection === 'away') { setState('away'); return }
    await used.write('message.v1', { topic: draft.topic, text }).then(({ id }) => { setDraft({ topic: null, text: '' }); clear(); setState(''); setSent(id) }, () => setState('failed'))
  }
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Stack>
        <RadioTiles label="What is it about?" choices={topics} tile="11rem" value={draft.topic} problem={state === 'open' && !draft.topic ? 'Please choose one.' : undefined} onChange={(topic) => set({ topic })} />
        {draft.topic === 'safety' && <Notice level="caution" what="In danger, or thinking of ending your life? Do not wait for an answer here." next={<a href="/my/help">Call or text 988 now</a>} />}
        <TextArea label="Your message" value={draft.text} maxLength={4000} rows={4} problem={state === 'open' && !draft.text.trim() ? 'There is nothing written yet.' : undefined} onChange={(text) => set({ text })} />
        {state === 'away' && <Notice urgent level="caution" what="There is no connection, so it was not sent." kept="What you wrote stays here." next={practice.phone ? `If it cannot wait, call ${practice.phone}.` : 'Try again when the connection is back.'} />}
        {state === 'failed' && <Notice urgent level="caution" what="It could not be kept on this device, so it was not sent." kept="What you wrote stays here." next="Please try again." />}
        <Button kind="primary" type="submit">Send my message</Button>
        <SavedLine entry={sent} saved="Your team has it." />
      </Stack>
    </form>
  )
}
