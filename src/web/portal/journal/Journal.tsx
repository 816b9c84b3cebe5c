import { lazy, Suspense, useState, type FormEvent } from 'react'
import type { Entry } from '../../../core/chart/entry.ts'
import { Button, EmptyState, Notice, Scale, Stack, TextArea } from '../../kit/index.ts'
import { useDevice, useDeviceState } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { CouldNotAsk, Waiting } from '../Trouble.tsx'
import { Carried } from './Carried.tsx'
import { JournalItem } from './JournalItem.tsx'
import { readJournal, together } from './journal-entries.ts'

// Who writes waits for neither camera nor microphone.
const AddPhoto = lazy(() => import('./AddPhoto.tsx').then((part) => ({ default: part.AddPhoto })))
const OnlyHere = lazy(() => import('./OnlyHere.tsx').then((part) => ({ default: part.OnlyHere })))

/** Hers alone. What she shares, she shares entry by entry, and sees which. */
export function Journal() {
  const { chartId, used } = usePatient()
  const device = useDevice()
  const { waiting } = useDeviceState()
  const [written, setWritten] = useState<readonly Entry[]>([])
  const [adding, setAdding] = useState<'photo' | 'voice'>()
  const asked = useAsked(`journal ${chartId}`, () => readJournal(chartId), `${waiting} ${used.connection}`)
  const acts = device.acts().filter(({ chart, stream }) => chart === chartId && stream === 'journal')
  const entries = together(asked.value ?? [], acts, written)
  const keep = (entry: Entry) => setWritten((before) => [...before, entry])
  const done = () => setAdding(undefined)
  return (
    <Frame title="Journal">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>My journal</h1>
          <p>Only you can open it: not your therapist, not the desk, not the owner of the practice. You may share a single entry, take it back, and you see below which you shared.</p>
          <p className="soft small">What you keep in it lies on the practice’s own server, apart from your chart. It is not locked against whoever runs that machine, and since nobody reads it, it is no way to call for help.</p>
        </div>
        <Write onWritten={keep} />
        {!adding && <div className="k-buttons" role="group" aria-label="Another way"><Button onClick={() => setAdding('photo')}>Add a photo</Button><Button onClick={() => setAdding('voice')}>Speak an entry</Button></div>}
        <Suspense fallback={adding && <Waiting />}>
          {adding === 'photo' && <AddPhoto onWritten={keep} onDone={done} />}
          <OnlyHere speaking={adding === 'voice'} onWritten={keep} onDone={done} />
        </Suspense>
        <Carried />
        <section className="k-stack" aria-labelledby="entries">
          <h2 id="entries">What I kept</h2>
          {asked.failure !== undefined && !asked.value && <CouldNotAsk failure={asked.failure} again={asked.again} kept="Your earlier entries are safe, and are read only with a connection; they are not kept on this device." />}
          {!asked.value && asked.failure === undefined && <Waiting />}
          {asked.value && entries.length === 0 && <EmptyState what="What you keep stands here, newest first." begin="A line is enough." />}
          <ul className="p-words">{entries.map((entry) => <JournalItem key={entry.id} entry={entry} />)}</ul>
        </section>
      </Stack>
    </Frame>
  )
}

function Write({ onWritten }: { readonly onWritten: (entry: Entry) => void }) {
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
      if (entry) onWritten(entry)
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
