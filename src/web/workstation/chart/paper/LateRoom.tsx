import type { Entry, EntryOf } from '../../../../core/chart/entry.ts'
import { isWaiting, lanesOf, type LateEntry } from '../../../../core/session/lanes.ts'
import { sayReopened } from '../../../../core/session/record-matters.ts'
import { Notice, RadioTiles, TextField } from '../../../kit/index.ts'
import { clockTime } from '../../times.ts'
import { kindNames } from '../ledger/kinds.ts'
import { sayEntry } from '../ledger/say-entry.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { NotYours, Part, Room } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { exactTime } from '../words.ts'

/** What reached the record of a session after it was closed: each is taken in or left aside by a clinician, by name. */
export function LateRoom() {
  const { chart, mayWrite } = useOpenChart()
  const sessions = chart.all('session-started.v1').flatMap((started) => { const late = lanesOf(chart, started.id)?.late ?? []; return late.length > 0 ? [{ started, late }] : [] }).toReversed()
  return (
    <Room title="Late entries" says="What came after a session was closed is kept and marked late for good. It counts in the record only once a clinician has taken it in.">
      {sessions.length === 0 && <p className="soft">Nothing has come after a close.</p>}
      {sessions.map(({ started, late }) => <OneSession key={started.id} started={started} late={late} />)}
      {!mayWrite('late-reviewed.v1') && <NotYours who="The therapist or the prescriber looks at what came late." />}
    </Room>
  )
}

function OneSession({ started, late }: { readonly started: EntryOf<'session-started.v1'>; readonly late: readonly LateEntry[] }) {
  const { chart, name, zone, mayWrite } = useOpenChart()
  const waiting = late.filter(isWaiting)
  const reopened = sayReopened(chart, started.id, { name, time: (at) => exactTime(at, zone) })
  return (
    <Part title={`Session ${started.body.number}, ${exactTime(started.at, zone)}`}>
      {reopened && <Notice level="caution" what={`This record is ${reopened}`} />}
      {late.filter((one) => !isWaiting(one)).map(({ entry, review }) => (
        <div key={entry.id} className="c-past"><p><Said entry={entry} /></p><p className="soft">{review!.found === 'taken' ? 'Taken into the record, marked late' : `Left aside: ${review!.reason}`}. {review!.by.body.signature.name}, {exactTime(review!.by.at, zone)}.</p></div>
      ))}
      {waiting.length > 0 && mayWrite('late-reviewed.v1') && <ReviewForm key={waiting.map(({ entry }) => entry.id).join()} session={started.id} waiting={waiting} />}
      {waiting.length > 0 && !mayWrite('late-reviewed.v1') && waiting.map(({ entry }) => <p key={entry.id}><Said entry={entry} /></p>)}
    </Part>
  )
}

function Said({ entry }: { readonly entry: Entry }) {
  const { zone, name, book } = useOpenChart()
  return <><strong>{kindNames[entry.kind]}</strong> {clockTime(entry.at, zone)}: {sayEntry(entry, { zone, name, book })} <span className="soft small">{name(entry.by)}{entry.receivedAt ? `, arrived ${exactTime(entry.receivedAt, zone)}` : ', not sent yet'}</span></>
}

interface Decision { readonly found: 'taken' | 'aside' | null; readonly reason: string }

function ReviewForm({ session, waiting }: { readonly session: string; readonly waiting: readonly LateEntry[] }) {
  const { used, chartId, now, zone } = useOpenChart()
  const { me } = used
  const draft = useDraft<{ decisions: Readonly<Record<string, Decision>>; name: string }>(`${chartId} late ${session}`, { decisions: {}, name: '' })
  const { value, set } = draft
  const of = (id: string): Decision => value.decisions[id] ?? { found: null, reason: '' }
  const decide = (id: string, change: Partial<Decision>) => set({ decisions: { ...value.decisions, [id]: { ...of(id), ...change } } })
  const said = waiting.flatMap(({ entry }) => { const { found, reason } = of(entry.id); return found ? [{ entry: entry.id, found, reason: reason.trim() }] : [] })
  const problems = {
    ...Object.fromEntries(waiting.map(({ entry }) => [entry.id, of(entry.id).found === 'aside' && !of(entry.id).reason.trim() ? 'Say why it is left aside.' : undefined])),
    none: said.length === 0 ? 'Take in or leave aside at least one.' : undefined, name: value.name.trim() === me.name ? undefined : `Type your name as it stands here: ${me.name}.`,
  }
  const save = () => used.write('late-reviewed.v1', { reviewed: said, signature: { person: me.person, name: me.name, meaning: 'review', method: 'typed-name', signedAt: now } }, { session })
  return (
    <SaveForm label="What came late" save="Sign what I have decided" problems={problems} onSave={save} onDone={draft.clear}>
      {(wrong) => <>
        {waiting.map(({ entry }) => (
          <div key={entry.id} className="c-past">
            <p><Said entry={entry} /></p>
            <RadioTiles label={`${kindNames[entry.kind]}, ${clockTime(entry.at, zone)}`} tile="12rem" optional choices={[{ value: 'taken', label: 'Take into the record', hint: 'It counts, and stays marked late.' }, { value: 'aside', label: 'Leave aside', hint: 'It stays readable and does not count.' }]} value={of(entry.id).found} onChange={(found) => decide(entry.id, { found })} />
            {of(entry.id).found === 'aside' && <TextField label="Why it is left aside" value={of(entry.id).reason} onChange={(reason) => decide(entry.id, { reason })} problem={wrong(entry.id)} />}
          </div>
        ))}
        <TextField label="My name, to sign" autoComplete="off" value={value.name} onChange={(name) => set({ name })} problem={wrong('name')} />
      </>}
    </SaveForm>
  )
}
