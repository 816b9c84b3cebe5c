import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Entry, EntryOf } from '../../../../core/chart/entry.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { standingVisits } from '../../../../core/measures/doses.ts'
import { Button, EmptyState, Notice, Select, TextArea } from '../../../kit/index.ts'
import { call, Refused, useDevice, useDeviceState } from '../../../sync/index.ts'
import { visitNames } from '../../home/Home.tsx'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part, Room } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { SpeakNote, SpokenToOneself } from './SpokenNotes.tsx'
import { exactTime } from '../words.ts'

type Note = BodyOf<'psychotherapy-note.v1'>
interface Draft { readonly text: string; readonly visit: string | null }

/** A therapist's own psychotherapy notes: a stream of its own, not part of the chart, read by nobody else. */
export function NotesRoom() {
  const { may, used } = useOpenChart()
  if (!may('notes.keep')) return <Room title="Psychotherapy notes"><p>Psychotherapy notes belong to the therapist who writes them. They are not part of this chart, and you cannot see whether there are any.</p></Room>
  return (
    <Room title="Your psychotherapy notes" says={`Only you, ${used.me.name}, read these: not the team, not the desk, not the patient. They are kept apart from the chart, and leave it with no export.`}>
      <Notice what="What others need to know does not belong here." next="Visits, integration, risk and medicines are written in their own rooms, where the team finds them." />
      <NoteForm />
      <SpeakNote />
      <Notes />
    </Room>
  )
}

function NoteForm() {
  const { chart, used, chartId, zone } = useOpenChart()
  const draft = useDraft<Draft>(`${chartId} note`, { text: '', visit: null })
  const { value, set } = draft
  const visits = standingVisits(chart).toReversed()
  const save = () => used.write('psychotherapy-note.v1', { text: value.text.trim(), ...(value.visit ? { visit: value.visit } : {}) })
  return (
    <SaveForm label="Psychotherapy note" save="Keep the note" problems={{ text: value.text.trim() ? undefined : 'The note is empty.' }} onSave={save} onDone={draft.clear} said="Kept in your own notes.">
      {(wrong) => <>
        <TextArea label="Private note" rows={8} value={value.text} onChange={(text) => set({ text })} problem={wrong('text')} />
        <Select label="About which visit" optional empty="None in particular" choices={visits.map((visit) => ({ value: visit.visit, label: `${visitNames[visit.type]} ${visit.number}, ${dayAndTime(visit.startsAt, zone)}` }))} value={value.visit} onChange={(visit) => set({ visit })} />
      </>}
    </SaveForm>
  )
}

/** Those the server has, and those still on this device. Asked for anew whenever one has gone out. */
function Notes() {
  const { chartId, zone, chart } = useOpenChart()
  const device = useDevice()
  const { waiting } = useDeviceState()
  const { data, error, refetch, isPending } = useQuery({ queryKey: ['notes', chartId], queryFn: () => call('notes', { params: { chart: chartId }, query: {} }) })
  useEffect(() => { void refetch() }, [waiting, refetch])
  const here = device.acts().filter((act) => act.chart === chartId && act.stream === 'notes')
  const visits = standingVisits(chart)
  const all = [...((data?.entries ?? []) as unknown as Entry[]), ...here.flatMap((act) => act.entries)]
  const ofKind = <Kind extends Entry['kind']>(kind: Kind) => [...new Map(all.filter((entry): entry is EntryOf<Kind> => entry.kind === kind).map((entry) => [entry.id, entry])).values()].toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const corrected = new Set(all.flatMap(({ amends }) => amends ?? []))
  const stored = (data?.entries ?? []).filter(({ kind }) => kind === 'psychotherapy-note.v1').toReversed().map((entry) => ({ id: entry.id, at: entry.at, body: entry.body as Note, kept: 'saved' }))
  const known = new Set(stored.map(({ id }) => id))
  const local = here.flatMap((act) => act.entries.filter(({ id, kind }) => kind === 'psychotherapy-note.v1' && !known.has(id)).map((entry) => ({ id: entry.id, at: entry.at, body: entry.body as Note, kept: act.problem ? `problem: ${act.problem.say}` : 'saved here, on its way' }))).toReversed()
  return (
    <>
      <SpokenToOneself recordings={ofKind('psychotherapy-recording.v1')} written={ofKind('psychotherapy-recording-written.v1').filter(({ id }) => !corrected.has(id))} />
      <Part title="Notes">
        {error && <Notice level="caution" what={error instanceof Refused ? error.say : 'Your notes cannot be read without a connection.'} kept="What you write is kept on this device and goes out by itself."><Button onClick={() => void refetch()}>Try again</Button></Notice>}
        {isPending && !error && <p className="soft">Reading your notes…</p>}
        {data && stored.length + local.length === 0 && <EmptyState what="You have no notes about this person yet." />}
        {[...local, ...stored].map((note) => {
          const visit = visits.find((one) => one.visit === note.body.visit)
          return <div key={note.id} className="c-past"><p className="c-note">{note.body.text}</p><p className="c-written">{exactTime(note.at, zone)}{visit && ` · ${visitNames[visit.type]} ${visit.number}`}{note.kept !== 'saved' && ` · ${note.kept}`}</p></div>
        })}
      </Part>
    </>
  )
}
