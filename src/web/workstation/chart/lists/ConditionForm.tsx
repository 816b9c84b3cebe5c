import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Combo } from '../../../kit/aria.ts'
import { DateField, RadioTiles, TextField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { diagnosisChoices, diagnosisCoding, isDiagnosisCode } from './codes.ts'

type Body = BodyOf<'condition.v1'>
interface Draft {
  readonly name: string
  readonly code: string
  readonly category: Body['category'] | null
  readonly status: Body['status'] | null
  readonly onset: string | null
}

/** A condition, a surgery or a genetic disorder. What has no code is written all the same, and said to be unread by the rules. */
export function ConditionForm() {
  const { used, chartId, go, mayWrite } = useOpenChart()
  const amending = useAmending('condition.v1')
  const before = amending?.body
  const draft = useDraft<Draft>(`${chartId} condition ${amending?.id ?? ''}`, { name: before?.name ?? '', code: before?.codes[0]?.code ?? '', category: before?.category ?? null, status: before?.status ?? null, onset: before?.onset ?? null })
  const { value, set } = draft
  if (!mayWrite('condition.v1')) return null

  const pick = (code: string | null) => {
    const choice = diagnosisChoices.find((one) => one.value === code)
    if (choice) set({ code: choice.value, name: choice.label, category: value.category ?? 'problem' })
  }
  const problems = {
    name: value.name.trim() ? undefined : 'The name of the condition is missing.', category: value.category === null ? 'Say what it is: a condition, a surgery, a genetic disorder, or what the treatment is for.' : undefined,
    status: value.status === null ? 'Say how it stands now.' : undefined, code: value.code.trim() && !isDiagnosisCode(value.code) ? 'An ICD-10-CM code looks like F33.1.' : undefined,
  }
  const others = (before?.codes ?? []).slice(1)
  const save = () => used.write('condition.v1', {
    name: value.name.trim(), codes: [...(value.code.trim() ? [diagnosisCoding(value.code, value.name.trim())] : []), ...others], status: value.status ?? 'active', category: value.category ?? 'problem', ...(value.onset ? { onset: value.onset } : {}),
  } as Body, inPlaceOf(amending))

  return (
    <SaveForm label="A condition" save={amending ? 'Save the corrected condition' : 'Write the condition'} problems={problems} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'lists' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <Combo label="From the catalogue" hint="Fills in name and code. Leave it empty to write your own." optional choices={diagnosisChoices} value={diagnosisChoices.some((choice) => choice.value === value.code) ? value.code : null} onChange={pick} key={amending?.id ?? 'new'} />
        <div className="c-pair">
          <TextField label="Name of the condition" value={value.name} onChange={(name) => set({ name })} problem={wrong('name')} />
          <TextField label="ICD-10-CM code" hint="Without it no rule can read the condition. A surgery needs none." optional value={value.code} onChange={(code) => set({ code })} problem={wrong('code')} autoCapitalize="characters" />
        </div>
        <RadioTiles label="What it is" tile="10rem" choices={[{ value: 'problem', label: 'Condition' }, { value: 'indication', label: 'What the treatment is for' }, { value: 'surgery', label: 'Surgery' }, { value: 'genetic', label: 'Genetic disorder' }]} value={value.category} onChange={(category) => set({ category })} problem={wrong('category')} />
        <RadioTiles label="How it stands" tile="9rem" choices={[{ value: 'active', label: 'Now' }, { value: 'remission', label: 'In remission' }, { value: 'resolved', label: 'In the past' }]} value={value.status} onChange={(status) => set({ status })} problem={wrong('status')} />
        <DateField label="Condition since" optional value={value.onset} onChange={(onset) => set({ onset })} />
      </>}
    </SaveForm>
  )
}
