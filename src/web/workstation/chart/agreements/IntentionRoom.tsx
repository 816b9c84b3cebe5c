import { EmptyState, TextArea } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, Part, Room, Written, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

/** What the person turns towards, in their words. The newest is read out in the session. */
export function IntentionRoom() {
  const { chart, mayWrite } = useOpenChart()
  const intentions = chart.all('intention.v1').toReversed()
  return (
    <Room title="Intention" says="In the person’s own words. They may write it themselves on their pages; the newest one is at hand in the session.">
      <Part title="Intentions">
        {intentions.length === 0 && <EmptyState what="No intention is written yet." />}
        {intentions.map((entry) => <div key={entry.id} className="c-past"><blockquote className="c-quote">{entry.body.text}</blockquote>{entry.body.hopes && <p>Hopes: {entry.body.hopes}</p>}{entry.body.fears && <p>Fears: {entry.body.fears}</p>}<Written entry={entry} room="intention" what="this intention" /></div>)}
      </Part>
      {mayWrite('intention.v1') && <IntentionForm />}
    </Room>
  )
}

function IntentionForm() {
  const { used, chartId, go } = useOpenChart()
  const amending = useAmending('intention.v1')
  const draft = useDraft(`${chartId} intention ${amending?.id ?? ''}`, { text: amending?.body.text ?? '', hopes: amending?.body.hopes ?? '', fears: amending?.body.fears ?? '' })
  const { value, set } = draft
  const save = () => used.write('intention.v1', { text: value.text.trim(), ...(value.hopes.trim() ? { hopes: value.hopes.trim() } : {}), ...(value.fears.trim() ? { fears: value.fears.trim() } : {}) }, inPlaceOf(amending))
  return (
    <SaveForm label="Intention" save={amending ? 'Save the correction' : 'Save the intention'} problems={{ text: value.text.trim() ? undefined : 'The intention is not written yet.' }} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'intention' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <TextArea label="The intention" value={value.text} onChange={(text) => set({ text })} problem={wrong('text')} />
        <TextArea label="Hopes" optional value={value.hopes} onChange={(hopes) => set({ hopes })} />
        <TextArea label="Fears" optional value={value.fears} onChange={(fears) => set({ fears })} />
      </>}
    </SaveForm>
  )
}
