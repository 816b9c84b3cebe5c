import { isDosing } from '../../../../core/course/dosing-visit.ts'
import { standingVisits } from '../../../../core/measures/doses.ts'
import { EmptyState, RadioTiles, Select, TextField } from '../../../kit/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, Part, Room, Written, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

interface Draft {
  readonly name: string
  readonly phone: string
  readonly relationship: string
  readonly adult: 'yes' | 'no' | null
  readonly visit: string | null
}

/** Who takes the person home. Named for one session, or for the one that comes next. */
export function EscortRoom() {
  const { chart, mayWrite, zone } = useOpenChart()
  const named = chart.all('escort-named.v1').toReversed()
  const visits = standingVisits(chart)
  const visitWords = (id: string | undefined) => { const visit = visits.find((one) => one.visit === id); return visit ? `for ${dayAndTime(visit.startsAt, zone)}` : 'for the session that comes next' }
  return (
    <Room title="Escort home" says="An adult who is there at the end and stays the first night. Without a name no session starts.">
      {mayWrite('escort-named.v1') && <EscortForm />}
      <Part title="Named">
        {named.length === 0 && <EmptyState what="Nobody is named yet." />}
        {named.map((entry) => <div key={entry.id} className="c-past"><p><strong>{entry.body.name}</strong>{entry.body.relationship ? `, ${entry.body.relationship}` : ''} · <a href={`tel:${entry.body.phone.replaceAll(' ', '')}`}>{entry.body.phone}</a>{entry.body.adult ? '' : ' · not an adult'} · {visitWords(entry.body.visit)}</p><Written entry={entry} room="escort" what={`the escort ${entry.body.name}`} /></div>)}
      </Part>
    </Room>
  )
}

function EscortForm() {
  const { chart, used, chartId, go, now, zone } = useOpenChart()
  const amending = useAmending('escort-named.v1')
  const before = amending?.body
  const draft = useDraft<Draft>(`${chartId} escort ${amending?.id ?? ''}`, { name: before?.name ?? '', phone: before?.phone ?? '', relationship: before?.relationship ?? '', adult: before ? (before.adult ? 'yes' : 'no') : null, visit: before?.visit ?? null })
  const { value, set } = draft
  const ahead = standingVisits(chart).filter((visit) => isDosing(visit) && visit.endsAt > now)
  const problems = { name: value.name.trim() ? undefined : 'The name is missing.', phone: value.phone.trim() ? undefined : 'A phone number is needed for the day.', adult: value.adult === null ? 'Say whether the person is an adult.' : undefined }
  const save = () => used.write('escort-named.v1', { name: value.name.trim(), phone: value.phone.trim(), relationship: value.relationship.trim(), adult: value.adult === 'yes', ...(value.visit ? { visit: value.visit } : {}) }, inPlaceOf(amending))
  return (
    <SaveForm label="Escort home" save={amending ? 'Save the correction' : 'Save the escort'} problems={problems} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'escort' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <div className="c-pair">
          <TextField label="Name of the escort" value={value.name} onChange={(name) => set({ name })} problem={wrong('name')} />
          <TextField label="Phone of the escort" type="tel" value={value.phone} onChange={(phone) => set({ phone })} problem={wrong('phone')} />
        </div>
        <TextField label="How they know each other" optional value={value.relationship} onChange={(relationship) => set({ relationship })} />
        <RadioTiles label="Is the escort an adult?" tile="8rem" choices={[{ value: 'yes', label: 'An adult' }, { value: 'no', label: 'Not an adult' }]} value={value.adult} onChange={(adult) => set({ adult })} problem={wrong('adult')} />
        <Select label="For which session" optional empty="For the one that comes next" choices={ahead.map((visit) => ({ value: visit.visit, label: `Medicine session ${visit.number}, ${dayAndTime(visit.startsAt, zone)}` }))} value={value.visit} onChange={(visit) => set({ visit })} />
      </>}
    </SaveForm>
  )
}
