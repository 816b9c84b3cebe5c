import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { DataPairs, EmptyState, RadioTiles, TextArea } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, Part, Room, Written, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

type Item = BodyOf<'medical-history.v1'>['items'][number]

/** Each is asked about, and each may be left unasked or declined; all three are said. */
const TOPICS: readonly (readonly [topic: string, hint: string])[] = [
  ['Illnesses', 'Heart, pressure, lungs, liver, kidneys and bladder, thyroid, nerves, seizures, migraine, sleep, eyes.'],
  ['Surgeries', 'Operations with their years, and how anaesthesia went.'],
  ['Genetic disorders in the family', 'Illnesses that run in the family, of body and mind.'],
]
type Asked = { readonly state: Item['state'] | null; readonly answer: string }
type Draft = { readonly [topic: string]: Asked }

/** Illnesses, surgeries, genetic disorders: asked, not asked, or declined. */
export function HistoryRoom() {
  const { chart, mayWrite, place } = useOpenChart()
  const history = chart.latest('medical-history.v1')
  const writing = mayWrite('medical-history.v1') && (!history || place.amends !== undefined)
  return (
    <Room title="Medical history" says={<>What somebody tells about illnesses, surgeries and the family. What the rules read stands in <RoomLink step="lists">conditions, medicines and allergies</RoomLink>.</>}>
      {writing && <HistoryForm />}
      {history && !writing && (
        <Part title="The medical history">
          <DataPairs pairs={history.body.items.map(({ topic, state, answer }) => [topic, state === 'asked' ? answer || 'asked, nothing told' : state === 'declined' ? 'declined to say' : 'not asked'])} />
          <Written entry={history} room="history" what="the medical history" />
        </Part>
      )}
      {!history && !writing && <EmptyState what="The medical history is not written yet." />}
    </Room>
  )
}

function HistoryForm() {
  const { used, chartId, go } = useOpenChart()
  const amending = useAmending('medical-history.v1')
  const topics = [...TOPICS, ...(amending?.body.items ?? []).filter(({ topic }) => !TOPICS.some(([known]) => known === topic)).map(({ topic }) => [topic, ''] as const)]
  const first: Draft = Object.fromEntries(topics.map(([topic]) => { const item = amending?.body.items.find((one) => one.topic === topic); return [topic, { state: item?.state ?? null, answer: item?.answer ?? '' }] }))
  const draft = useDraft<Draft>(`${chartId} history ${amending?.id ?? ''}`, first)
  const asked = (topic: string): Asked => draft.value[topic] ?? { state: null, answer: '' }
  const problems = Object.fromEntries(topics.map(([topic]) => {
    const { state, answer } = asked(topic)
    return [topic, state === null ? `${topic}: say whether it was asked.` : state === 'asked' && !answer.trim() ? `${topic}: write what was told. If there is nothing, write “none”.` : undefined]
  }))
  const save = () => used.write('medical-history.v1', { items: topics.map(([topic]) => ({ topic, state: asked(topic).state ?? 'not-asked', answer: asked(topic).state === 'asked' ? asked(topic).answer.trim() : '' })) }, inPlaceOf(amending))
  return (
    <SaveForm label="Medical history" save={amending ? 'Save the correction' : 'Write the medical history'} problems={problems} onSave={save} onDone={() => { draft.clear(); go({ step: 'history' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        {topics.map(([topic, hint]) => {
          const { state, answer } = asked(topic)
          return (
            <div key={topic} className="c-asked">
              <RadioTiles label={topic} hint={hint} tile="8rem" choices={[{ value: 'asked', label: 'Asked' }, { value: 'declined', label: 'Declined' }, { value: 'not-asked', label: 'Not asked' }]} value={state} onChange={(next) => draft.set({ [topic]: { state: next, answer } })} problem={state === null ? wrong(topic) : undefined} />
              {state === 'asked' && <TextArea label={`${topic}: what was told`} value={answer} onChange={(next) => draft.set({ [topic]: { state, answer: next } })} problem={wrong(topic)} />}
            </div>
          )
        })}
      </>}
    </SaveForm>
  )
}
