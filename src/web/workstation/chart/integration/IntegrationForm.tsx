import type { Step } from '../../../../core/course/step.ts'
import { Button, CheckboxGroup, DateField, Notice, TextArea, TextField, TimeField } from '../../../kit/index.ts'
import { clock, newId } from '../../../sync/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { AroseFields } from './AroseFields.tsx'
import { modalityChoices } from '../visits/modalities.ts'
import { momentOf, wallAt } from '../words.ts'

interface Commitment { readonly id: string; readonly text: string; readonly dueOn: string | null; readonly insight?: string | undefined }
export interface Arose { readonly emotions: string; readonly insights: readonly { readonly id: string; readonly text: string }[]; readonly visions: string; readonly body: string }
interface Draft {
  readonly day: string | null
  readonly from: string | null
  readonly to: string | null
  readonly themes: string
  readonly arose: Arose
  readonly modalities: readonly string[]
  readonly commitments: readonly Commitment[]
  readonly nextIntention: string
}

/** An integration: themes, ways of working, and what the person resolves, in their words. */
export function IntegrationForm({ session, step }: { readonly session: string; readonly step: Step | undefined }) {
  const { used, chartId, zone, now, go } = useOpenChart()
  const amending = useAmending('integration.v1')
  const before = amending?.body
  const visit = step?.visit
  const from = before?.startedAt ?? visit?.startsAt
  const until = before?.endedAt ?? visit?.endsAt
  const first: Draft = {
    day: from ? wallAt(from, zone).day : wallAt(now, zone).day, from: from ? wallAt(from, zone).time : null, to: until ? wallAt(until, zone).time : null, themes: before?.themes ?? '', arose: before?.arose ?? { emotions: '', insights: [], visions: '', body: '' }, modalities: before?.modalities ?? [],
    commitments: before?.commitments.map(({ id, text, dueOn, insight }) => ({ id, text, dueOn: dueOn ?? null, insight })) ?? [], nextIntention: before?.nextIntention ?? '',
  }
  const draft = useDraft<Draft>(`${chartId} integration ${amending?.id ?? session}`, first)
  const { value, set } = draft
  const [startedAt, endedAt] = [momentOf(value.day, value.from, zone), momentOf(value.day, value.to, zone)]
  const problems = {
    when: !startedAt || !endedAt ? 'Say on which day, from when and until when.' : endedAt <= startedAt ? 'It ends before it begins.' : startedAt > now ? 'This visit lies ahead; it can be written once it has begun.' : undefined,
    themes: value.themes.trim() ? undefined : 'Write what arose.',
  }
  const insights = value.arose.insights.filter(({ text }) => text.trim()).map(({ id, text }) => ({ id, text: text.trim() }))
  const arose = { emotions: value.arose.emotions.trim(), insights, visions: value.arose.visions.trim(), body: value.arose.body.trim() }
  const commitments = value.commitments.filter(({ text }) => text.trim()).map(({ id, text, dueOn, insight }) => ({ id, text: text.trim(), ...(dueOn ? { dueOn } : {}), ...(insight && insights.some((one) => one.id === insight) ? { insight } : {}) }))
  const save = () => used.write('integration.v1', { session, ...(before?.visit ?? visit?.visit ? { visit: before?.visit ?? visit?.visit } : {}), startedAt: startedAt!, endedAt: endedAt!, themes: value.themes.trim(), ...(insights.length > 0 || arose.emotions || arose.visions || arose.body ? { arose } : {}), modalities: [...value.modalities], commitments, nextIntention: value.nextIntention.trim() }, inPlaceOf(amending))
  const change = (id: string, next: Partial<Commitment>) => set({ commitments: value.commitments.map((one) => (one.id === id ? { ...one, ...next } : one)) })

  return (
    <SaveForm label="Integration" save={amending ? 'Save the correction' : 'Write the integration'} problems={problems} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'integration' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <Notice what="The patient can read this." next={<RoomLink step="notes">Your private notes are kept elsewhere</RoomLink>} />
        <div className="c-three">
          <DateField label="Day of the integration" value={value.day} onChange={(day) => set({ day })} problem={wrong('when')} />
          <TimeField label="Began at" value={value.from} onChange={(next) => set({ from: next })} />
          <TimeField label="Ended at" value={value.to} onChange={(to) => set({ to })} />
        </div>
        <TextArea label="What arose, and what it means" value={value.themes} onChange={(themes) => set({ themes })} problem={wrong('themes')} />
        <AroseFields arose={value.arose} onChange={(next) => set({ arose: { ...value.arose, ...next } })} onCarry={(insight, text) => set({ commitments: [...value.commitments, { id: newId(clock.ms()), text, dueOn: null, insight }] })} carried={value.commitments.flatMap(({ insight }) => insight ?? [])} />
        <CheckboxGroup label="Ways of working" optional tile="10.5rem" choices={modalityChoices} value={value.modalities} onChange={(modalities) => set({ modalities })} />
        {value.commitments.map((one, at) => (
          <div key={one.id} className="c-pair">
            <TextField label={`What is carried into the week ${at + 1}`} hint={at === 0 ? 'In the person’s words; asked about next time.' : undefined} optional value={one.text} onChange={(text) => change(one.id, { text })} />
            <DateField label={`By when ${at + 1}`} optional value={one.dueOn} onChange={(dueOn) => change(one.id, { dueOn })} />
          </div>
        ))}
        {value.commitments.length < 10 && <Button kind="quiet" onClick={() => set({ commitments: [...value.commitments, { id: newId(clock.ms()), text: '', dueOn: null }] })}>Add what is carried into the week</Button>}
        <TextArea label="Towards the next time" optional value={value.nextIntention} onChange={(nextIntention) => set({ nextIntention })} />
      </>}
    </SaveForm>
  )
}
