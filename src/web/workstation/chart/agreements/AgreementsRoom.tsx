import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { comfortMeasures } from '../../../../knowledge/comfort.ts'
import { CheckboxGroup, DataPairs, EmptyState, Notice, RadioTiles, TextField } from '../../../kit/index.ts'
import { touchNow, touchWords } from '../../../../core/session/touch.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, Part, Room, Written, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

type Body = BodyOf<'agreements.v1'>
interface Draft extends Omit<Body, 'touch' | 'grounding'> {
  readonly touch: Body['touch'] | null
  readonly grounding: readonly string[]
}

/** What was agreed beforehand: touch, signals, grounding, music. In the session permission can only be taken back. */
export function AgreementsRoom() {
  const { chart, mayWrite, place } = useOpenChart()
  const agreed = chart.latest('agreements.v1')
  const writing = mayWrite('agreements.v1') && (!agreed || place.amends !== undefined || place.entry === 'new')
  return (
    <Room title="Agreements" says="Agreed in a clear head, before any dose. Under the medicine, permission is only taken back, never widened.">
      {touchNow(chart).takenBack && <Notice level="caution" what="Consent to touch, or to the treatment, was taken back: no touch." next="What was agreed in words stays written; it holds again only when the consent is signed again." />}
      {agreed && !writing && (
        <Part title="Agreed">
          <DataPairs pairs={[
            ['Touch', `${touchWords[agreed.body.touch]}${agreed.body.touchNote ? `. ${agreed.body.touchNote}` : ''}`], ['Stop', agreed.body.stopSignal], ['Lighter', agreed.body.lighterSignal], ['Quiet', agreed.body.quietSignal],
            ['Grounding', agreed.body.grounding.map(groundingName).join(', ')], ['Music', agreed.body.music],
          ]} />
          <Written entry={agreed} room="agreements" what="the agreements" />
          {mayWrite('agreements.v1') && <RoomLink step="agreements" entry="new" kind="quiet">Agree anew</RoomLink>}
        </Part>
      )}
      {!agreed && !writing && <EmptyState what="Nothing is agreed yet about touch and signals." />}
      {writing && <AgreementsForm before={agreed?.body} />}
    </Room>
  )
}

const groundingName = (id: string) => comfortMeasures.find((one) => one.id === id)?.label ?? id
/** What needs no touch can be practised by anybody. */
const GROUNDING = comfortMeasures.map(({ id, label, how }) => ({ value: id as string, label, hint: how }))

function AgreementsForm({ before }: { readonly before: Body | undefined }) {
  const { used, chartId, go } = useOpenChart()
  const amending = useAmending('agreements.v1')
  const from = amending?.body ?? before
  const draft = useDraft<Draft>(`${chartId} agreements ${amending?.id ?? ''}`, {
    touch: amending?.body.touch ?? null, touchNote: from?.touchNote ?? '', stopSignal: from?.stopSignal ?? '', lighterSignal: from?.lighterSignal ?? '', quietSignal: from?.quietSignal ?? '', grounding: from?.grounding ?? [], music: from?.music ?? '',
  })
  const { value, set } = draft
  const problems = { touch: value.touch === null ? 'Say what was agreed about touch.' : undefined, stopSignal: value.stopSignal.trim() ? undefined : 'A stop signal is needed.' }
  const save = () => used.write('agreements.v1', { ...value, touch: value.touch ?? 'none', grounding: [...value.grounding] }, inPlaceOf(amending))
  return (
    <SaveForm label="Agreements" save={amending ? 'Save the correction' : 'Save the agreements'} problems={problems} onSave={save} onDone={() => { draft.clear(); go({ step: 'agreements' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <RadioTiles label="Touch" tile="12rem" choices={(Object.keys(touchWords) as Body['touch'][]).map((touch) => ({ value: touch, label: touchWords[touch] }))} value={value.touch} onChange={(touch) => set({ touch })} problem={wrong('touch')} />
        <TextField label="About touch" hint="How it is offered, where never." optional value={value.touchNote} onChange={(touchNote) => set({ touchNote })} />
        <TextField label="Signal for stop" value={value.stopSignal} onChange={(stopSignal) => set({ stopSignal })} problem={wrong('stopSignal')} />
        <div className="c-pair">
          <TextField label="Signal for lighter" optional value={value.lighterSignal} onChange={(lighterSignal) => set({ lighterSignal })} />
          <TextField label="Signal for quiet" optional value={value.quietSignal} onChange={(quietSignal) => set({ quietSignal })} />
        </div>
        <CheckboxGroup label="Grounding that was practised" optional choices={GROUNDING} value={value.grounding} onChange={(grounding) => set({ grounding })} />
        <TextField label="Music" optional value={value.music} onChange={(music) => set({ music })} />
      </>}
    </SaveForm>
  )
}
