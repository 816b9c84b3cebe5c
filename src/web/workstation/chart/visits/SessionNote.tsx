import { readSession } from '../../../../core/session/session.ts'
import { narrativeOf, narrativeText } from '../../../../core/session/narrative.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { sessionRowsOf } from '../../../../core/rulebook/book.ts'
import { sessionLabels } from '../../../../knowledge/session-labels.ts'
import { Button, EmptyState, TextArea, TextField } from '../../../kit/index.ts'
import { shipped, useRulesInForce, useRulesOf } from '../../../sync/editions.ts'
import { clockTime, plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

/** The notes of one session: each drafted from its record in the practice's sentences, read, changed and signed by its own author. */
export function SessionNote({ session }: { readonly session: string }) {
  const { chart, chartId, mayWrite, may, used } = useOpenChart()
  const signed = chart.all('session-narrative.v1').filter((entry) => entry.session === session)
  const closed = chart.all('session-closed.v1').some((entry) => entry.session === session)
  const mine = signed.some(({ by }) => by === used.me.person)
  return (
    <Part title="Note of the session" end={may('session.record') && <a href={`/api/charts/${chartId}/sessions/${session}/record`} download>The record as a document</a>}>
      {signed.length === 0 && <EmptyState what={closed ? 'Nobody has signed a note of this session yet.' : 'A note is written once the session is closed.'} />}
      {signed.map((entry) => <div key={entry.id} className="c-past"><p className="c-prose">{entry.body.text}</p><p>Signed by {entry.body.signature.name}.{entry.body.edition && <span className="soft"> Drafted in the words of {wordsOf(entry.body.edition)}.</span>}</p><Written entry={entry} what="this note" /></div>)}
      {closed && !mine && mayWrite('session-narrative.v1') && <NoteForm session={session} others={signed.length > 0} />}
    </Part>
  )
}

function NoteForm({ session, others }: { readonly session: string; readonly others: boolean }) {
  const { used, chartId, now } = useOpenChart()
  const { me } = used
  const { drafted, edition } = useDrafted(session)
  const draft = useDraft(`${chartId} note of ${session}`, { text: '', name: '' })
  const { value, set } = draft
  const text = value.text || drafted
  const save = () => used.write('session-narrative.v1', { text: text.trim(), edition, signature: { person: me.person, name: me.name, meaning: 'authorship', method: 'typed-name', signedAt: now } }, { session })
  const problems = { text: text.trim() ? undefined : 'The note is empty.', name: value.name.trim() === me.name ? undefined : `Type your name as it stands here: ${me.name}.` }
  return (
    <SaveForm label={others ? 'A note of my own' : 'Note of the session'} save="Sign this note" problems={problems} onSave={save} onDone={draft.clear}>
      {(wrong) => <>
        <p className="soft">Drafted from what was written down in the room, and by nothing else. Read it, change it, and sign it as yours. What belongs into a psychotherapy note stays in there.</p>
        <TextArea label="The note" rows={14} value={text} onChange={(next) => set({ text: next })} problem={wrong('text')} />
        {value.text !== '' && value.text !== drafted && <div className="k-buttons"><Button kind="plain" onClick={() => set({ text: '' })}>Draft it again from the record</Button></div>}
        <TextField label="My name, to sign" autoComplete="off" value={value.name} onChange={(name) => set({ name })} problem={wrong('name')} />
      </>}
    </SaveForm>
  )
}

/** What the record says, judged by the rules that the session was watched by, in the words that the practice uses now. */
function useDrafted(session: string): { readonly drafted: string; readonly edition: string } {
  const { chart, used, zone, now, name, patient } = useOpenChart()
  const started = chart.all('session-started.v1').find(({ id }) => id === session)
  const { book } = useRulesOf(used.me.practice.id, started?.body.edition)
  const inForce = useRulesInForce(used.me.practice.id)
  const edition = inForce.missing ? SHIPS : inForce.edition ?? SHIPS
  const read = readSession(chart, session, sessionRowsOf(book), { now, zone })
  if (!read.ok) return { drafted: '', edition }
  const sentences = inForce.missing ? shipped.narrative : inForce.book.narrative
  return { edition, drafted: narrativeText(narrativeOf(read.value, { patient, day: plainDay(localDay(read.value.started.at, zone)), name, time: (at) => clockTime(at, zone), labels: sessionLabels, sentences })) }
}

const SHIPS = `${shipped.published} as it ships`
/** The edition as people say it: its number here, or what ships. */
const wordsOf = (edition: string): string => { const number = / here (\d+)$/.exec(edition)?.[1]; return number ? `edition ${number} of this practice` : `the rulebook as it ships (${edition.split(' ')[0]})` }
