import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { EmptyState, RadioTiles, TextArea } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part, Room, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { SharedJournal } from './SharedJournal.tsx'

type Topic = BodyOf<'message.v1'>['topic']
const TOPICS: Record<Topic, string> = { process: 'The work', safety: 'Safety', scheduling: 'Times', other: 'Something else' }
interface Draft { readonly topic: Topic | null; readonly text: string }

/** Messages with the patient, in the chart; and the journal pages the patient chose to show. */
export function MessagesRoom() {
  const { chart, used, chartId, mayWrite, name } = useOpenChart()
  const messages = chart.all('message.v1')
  const draft = useDraft<Draft>(`${chartId} message`, { topic: null, text: '' })
  const { value, set } = draft
  const last = messages.at(-1)
  const topic = value.topic ?? last?.body.topic ?? null
  const save = () => used.write('message.v1', { topic: topic ?? 'other', text: value.text.trim(), ...(last && last.by !== used.me.person ? { inReplyTo: last.id } : {}) })
  return (
    <Room title="Messages" says="Read by the whole team, the desk and the patient. Not watched around the clock: in danger, 988 or 911.">
      <Part title="Between you and the patient">
        {messages.length === 0 && <EmptyState what="Nobody has written yet." />}
        <ol className="c-messages">{messages.map((entry) => <li key={entry.id} data-mine={entry.by === used.me.person || undefined}><p className="c-note">{entry.body.text}</p><p className="soft small">{name(entry.by)} · {TOPICS[entry.body.topic]}</p><Written entry={entry} what="this message" /></li>)}</ol>
        {mayWrite('message.v1') && (
          <SaveForm label="Message" save="Send the message" problems={{ text: value.text.trim() ? undefined : 'The message is empty.', topic: topic ? undefined : 'Say what it is about.' }} onSave={save} onDone={draft.clear} said="The patient sees it on their pages.">
            {(wrong) => <>
              <TextArea label="Your message" value={value.text} onChange={(text) => set({ text })} problem={wrong('text')} />
              <RadioTiles label="What it is about" tile="8rem" choices={(Object.keys(TOPICS) as Topic[]).map((one) => ({ value: one, label: TOPICS[one] }))} value={topic} onChange={(next) => set({ topic: next })} problem={wrong('topic')} />
            </>}
          </SaveForm>
        )}
      </Part>
      {mayWrite('visit-closed.v1') && <SharedJournal />}
    </Room>
  )
}
