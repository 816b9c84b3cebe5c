import { weightDoubts, type WeightDoubt } from '../../../../core/dosing/weight.ts'
import { showKg } from '../../../../core/shared/units.ts'
import { dosing } from '../../../../knowledge/dosing.ts'
import { NumberField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, Part, Written, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

/** Weight and height. A weight that does not fit is asked about; pounds are never turned into kilograms by us. */
export function BodyForms() {
  const { chart, mayWrite, facts } = useOpenChart()
  const weight = chart.latest('weight.v1')
  const height = chart.latest('height.v1')
  return (
    <Part title="Weight and height">
      <p>{weight ? showKg(weight.body.weightG) : 'Weight not measured'} · {height ? `${height.body.heightMm / 10} cm` : 'height not measured'}{facts.bmi.state === 'known' && ` · BMI ${Math.round(facts.bmi.value * 10) / 10}`}</p>
      {weight && <Written entry={weight} room="measurements" what="the weight" />}
      {height && <Written entry={height} room="measurements" what="the height" />}
      {mayWrite('weight.v1') && <WeightForm />}
      {mayWrite('height.v1') && <HeightForm />}
    </Part>
  )
}

function WeightForm() {
  const { chart, used, chartId, go } = useOpenChart()
  const amending = useAmending('weight.v1')
  const draft = useDraft<{ weightKg: number | null }>(`${chartId} weight ${amending?.id ?? ''}`, { weightKg: amending ? amending.body.weightG / 1_000 : null })
  const { weightKg } = draft.value
  const weightG = weightKg === null ? null : Math.round(weightKg * 1_000)
  const last = chart.latest('weight.v1', ({ id }) => id !== amending?.id)
  const heightMm = chart.latest('height.v1')?.body.heightMm
  const known = { ...(last ? { lastWeightG: last.body.weightG } : {}), ...(heightMm === undefined ? {} : { heightMm }) }
  const doubts = weightG === null ? [] : weightDoubts(weightG, known, dosing.plausibleWeight).map((doubt) => sayDoubt(doubt, weightG, known))
  return (
    <SaveForm label="Weight" save={amending ? 'Save the corrected weight' : 'Write the weight'} saveLabel={amending ? 'Save the corrected weight' : 'Write the weight'} problems={{ weight: weightG === null ? 'The weight is missing.' : undefined }} doubts={doubts.length > 0 ? [...doubts, 'Is the scale set to kilograms? If not, weigh again in kilograms.'] : []}
      onSave={(confirmed) => used.write('weight.v1', { weightG: weightG!, ...(confirmed ? { confirmed: true } : {}) }, inPlaceOf(amending))} onDone={() => { draft.clear(); if (amending) go({ step: 'measurements' }) }}>
      {(wrong) => <><Correcting entry={amending} /><NumberField label="Weight" unit="kg" decimals={1} min={20} max={400} hint="In kilograms, as the scale shows them." value={weightKg} onChange={(next) => draft.set({ weightKg: next })} problem={wrong('weight')} /></>}
    </SaveForm>
  )
}

function sayDoubt(doubt: WeightDoubt, weightG: number, { lastWeightG, heightMm }: { readonly lastWeightG?: number; readonly heightMm?: number }): string {
  if (doubt === 'differs-from-last' && lastWeightG !== undefined) return `${showKg(weightG)} is ${showKg(Math.abs(weightG - lastWeightG))} ${weightG > lastWeightG ? 'more' : 'less'} than the last weight, ${showKg(lastWeightG)}.`
  return `${showKg(weightG)} is unlikely for a height of ${(heightMm ?? 0) / 10} cm.`
}

function HeightForm() {
  const { used, chartId, go } = useOpenChart()
  const amending = useAmending('height.v1')
  const draft = useDraft<{ heightCm: number | null }>(`${chartId} height ${amending?.id ?? ''}`, { heightCm: amending ? amending.body.heightMm / 10 : null })
  const { heightCm } = draft.value
  return (
    <SaveForm label="Height" save={amending ? 'Save the corrected height' : 'Write the height'} saveLabel={amending ? 'Save the corrected height' : 'Write the height'} problems={{ height: heightCm === null ? 'The height is missing.' : undefined }} onSave={() => used.write('height.v1', { heightMm: Math.round(heightCm! * 10) }, inPlaceOf(amending))} onDone={() => { draft.clear(); if (amending) go({ step: 'measurements' }) }}>
      {(wrong) => <><Correcting entry={amending} /><NumberField label="Height" unit="cm" decimals={1} min={90} max={250} value={heightCm} onChange={(next) => draft.set({ heightCm: next })} problem={wrong('height')} /></>}
    </SaveForm>
  )
}
