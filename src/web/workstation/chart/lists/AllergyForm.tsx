import { RadioTiles, TextField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

interface Draft {
  readonly substance: string
  readonly reaction: string
  readonly status: 'active' | 'refuted' | null
}

/** An allergy, or one that turned out not to be. */
export function AllergyForm() {
  const { used, chartId, go, mayWrite } = useOpenChart()
  const amending = useAmending('allergy.v1')
  const before = amending?.body
  const draft = useDraft<Draft>(`${chartId} allergy ${amending?.id ?? ''}`, { substance: before?.substance ?? '', reaction: before?.reaction ?? '', status: before?.status ?? null })
  const { value, set } = draft
  if (!mayWrite('allergy.v1')) return null
  const problems = { substance: value.substance.trim() ? undefined : 'The substance is missing.', status: value.status === null ? 'Say whether it is an allergy now.' : undefined }
  const save = () => used.write('allergy.v1', { substance: value.substance.trim(), codes: before?.codes ?? [], status: value.status ?? 'active', ...(value.reaction.trim() ? { reaction: value.reaction.trim() } : {}) }, inPlaceOf(amending))
  return (
    <SaveForm label="An allergy" save={amending ? 'Save the corrected allergy' : 'Write the allergy'} problems={problems} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'lists' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <div className="c-pair">
          <TextField label="Substance" value={value.substance} onChange={(substance) => set({ substance })} problem={wrong('substance')} />
          <TextField label="What happened" optional value={value.reaction} onChange={(reaction) => set({ reaction })} />
        </div>
        <RadioTiles label="Is it an allergy?" tile="9rem" choices={[{ value: 'active', label: 'Yes' }, { value: 'refuted', label: 'Found not to be one' }]} value={value.status} onChange={(status) => set({ status })} problem={wrong('status')} />
      </>}
    </SaveForm>
  )
}
