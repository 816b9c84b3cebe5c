import { useState, type FormEvent } from 'react'
import { Button, EmptyState, Notice, Scale, Stack, Tag, TextArea } from '../../kit/index.ts'
import { useDevice, useDeviceState } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { dayAndTime, fullDay } from '../times.ts'
import { CouldNotAsk, Waiting } from '../Trouble.tsx'
import { Carried } from './Carried.tsx'
import { readJournal, together, type JournalEntry } from './journal-entries.ts'

/** Hers alone. What she shares, she shares entry by entry, and sees which. */
export function Journal() {
  const { chartId, used } = usePatient()
  const device = useDevice()
  const { waiting } = useDeviceState()
  const [written, setWritten] = useState<readonly JournalEntry[]>([])
  const asked = useAsked(`journal ${chartId}`, () => readJournal(chartId), `${waiting} ${used.connection}`)
  const acts = device.acts().filter(({ chart, stream }) => chart === chartId && stream === 'journal')
  const entries = together(asked.value ?? [], acts, written)
  return (
    <Frame title="Journal">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>My journal</h1>
          <p>Only you can open it: not your therapist, not the desk, not the owner of the practice. You may share a single entry, and you see below which you shared.</p>
          <p className="soft small">It lies on the practice’s own server, apart from your chart. It is not locked against whoever runs that machine, and since nobody reads it, it is no way to call for help.</p>
        </div>
        <Carried />
        <Write onWritten={(entry) => setWritten((before) => [...before, entry])} />
        <section className="k-stack" aria-labelledby="entries">
          <h2 id="entries">What I wrote</h2>
          {asked.failure !== undefined && !asked.value && <CouldNotAsk failure={asked.failure} again={asked.again} kept="Your earlier entries are safe, and are read only with a connection; they are not kept on this device." />}
          {!asked.value && asked.failure === undefined && <Waiting />}
          {asked.value && entries.length === 0 && <EmptyState what="What you write stands here, newest first." begin="A line is enough." />}
          <ul className="p-words">{entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</ul>
        </section>
      </Stack>
    </Frame>
  )
}

function Write({ onWritten }: { readonly onWritten: (entry: JournalEntry) => void }) {
  const { me, used, chartId } = usePatient()
  const device = useDevice()
  const [draft, setDraft, clear] = useDraft<{ text: string; mood: number | null }>(`${me.person} journal`, { text: '', mood: null })
  const [state, setState] = useState<'' | 'empty' | 'kept' | 'failed'>('')
  async function save(event: FormEvent) {
    event.preventDefault()
    const text = draft.text.trim()
    if (!text) { setState('empty'); return }
    const body = { text, ...(draft.mood === null ? {} : { mood: draft.mood }) }
    try {
      const [entry] = await device.write(chartId, [{ kind: 'journal.v1', body }])
      if (entry) onWritten({ id: entry.id, at: entry.at, body, waiting: false })
      setDraft({ text: '', mood: null })
      clear()
      setState('kept')
    } catch {
      setState('failed')
    }
  }
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack>
        <TextArea label="What do I want to keep?" value={draft.text} maxLength={20_000} rows={5} problem={state === 'empty' ? 'There is nothing written yet.' : undefined} onChange={(text) => { setState(''); setDraft((before) => ({ ...before, text })) }} />
        <Scale label="How I am right now" optional ends={['very low', 'very well']} value={draft.mood} onChange={(mood) => { setState(''); setDraft((before) => ({ ...before, mood })) }} />
        {state === 'failed' && <Notice urgent level="caution" what="It could not be kept on this device." kept="What you wrote still stands above." next="Please try again." />}
        <Button kind="primary" type="submit">Keep this entry</Button>
        <output className="p-outcome">{state === 'kept' ? used.connection === 'live' ? 'Kept, for you alone.' : 'Kept on this device, for you alone. It goes to your journal when the connection is back.' : ''}</output>
      </Stack>
    </form>
  )
}

function Entry({ entry }: { readonly entry: JournalEntry }) {
  const { used, zone } = usePatient()
  const [asking, setAsking] = useState(false)
  const shared = used.chart.latest('journal-shared.v1', ({ body }) => body.journal === entry.id)
  const at = dayAndTime(entry.at, zone)
  return (
    <li>
      <div className="k-heading"><strong>{at}</strong><span>{entry.waiting ? <Tag>on this device, not sent yet</Tag> : shared ? <Tag>{`shared on ${fullDay(shared.at, zone)}`}</Tag> : <Tag>only for me</Tag>}</span></div>
      <p className="p-said">{entry.body.text}</p>
      {entry.body.mood !== undefined && <p className="soft small">How I was: {entry.body.mood} of 10</p>}
      {!shared && !entry.waiting && !asking && <p><Button kind="plain" onClick={() => setAsking(true)}>Share<span className="heard"> the entry of {at}</span></Button></p>}
      {asking && !shared && <Share entry={entry} onDone={() => setAsking(false)} />}
    </li>
  )
}

/** Says who will be able to read it before it happens, by name. */
function Share({ entry, onDone }: { readonly entry: JournalEntry; readonly onDone: () => void }) {
  const { used } = usePatient()
  const [problem, setProblem] = useState('')
  const readers = (used.head?.team ?? []).filter(({ role }) => role !== 'coordinator').map(({ name }) => name)
  async function share() {
    if (used.connection === 'away') { setProblem('Sharing needs the connection. Nothing was shared; try again when it is back.'); return }
    await used.write('journal-shared.v1', { journal: entry.id, writtenAt: entry.at, text: entry.body.text }).then(onDone, () => setProblem('It could not be shared. Nothing has left your journal.'))
  }
  return (
    <div className="k-card k-stack">
      <p><strong>Share this entry?</strong> {readers.length > 0 ? `${[...new Set(readers)].join(', ')} can then read it` : 'Those who treat you can then read it'}, and whoever joins your care team later. It becomes part of your chart and cannot be unshared, because what was read cannot be unread.</p>
      {problem && <Notice urgent level="caution" what={problem} />}
      <div className="k-buttons"><Button kind="primary" onClick={() => void share()}>Yes, share it</Button><Button onClick={onDone}>Keep it to myself</Button></div>
    </div>
  )
}
