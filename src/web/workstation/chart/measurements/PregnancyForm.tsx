import { DateField, RadioTiles, TimeField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { momentOf, wallAt } from '../words.ts'

interface Draft {
  readonly result: 'negative' | 'positive' | null
  readonly specimen: 'urine' | 'serum' | null
  readonly day: string | null
  readonly time: string | null
}

/** A pregnancy test as it was read; how old it may be, the rules say. */
export function PregnancyForm() {
  const { used, chartId, go, now, zone, today, mayWrite } = useOpenChart()
  const amending = useAmending('pregnancy-test.v1')
  const before = amending && { ...amending.body, ...wallAt(amending.body.takenAt, zone) }
  const draft = useDraft<Draft>(`${chartId} pregnancy ${amending?.id ?? ''}`, { result: before?.result ?? null, specimen: before?.specimen ?? null, day: before?.day ?? today, time: before?.time ?? null })
  const { value, set } = draft
  if (!mayWrite('pregnancy-test.v1')) return null
  const takenAt = momentOf(value.day, value.time, zone)
  const problems = {
    result: value.result === null ? 'The result is missing.' : undefined, specimen: value.specimen === null ? 'Say whether it was urine or serum.' : undefined,
    taken: !takenAt ? 'Say on which day and at what time it was taken.' : takenAt > now ? 'The test cannot be taken in the future.' : undefined,
  }
  return (
    <SaveForm label="Pregnancy test" save={amending ? 'Save the corrected test' : 'Write the test'} saveLabel={amending ? 'Save the corrected test' : 'Write the test: pregnancy'} problems={problems} onSave={() => used.write('pregnancy-test.v1', { result: value.result!, specimen: value.specimen!, takenAt: takenAt! }, inPlaceOf(amending))} onDone={() => { draft.clear(); if (amending) go({ step: 'measurements' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <RadioTiles label="Result of the pregnancy test" tile="8rem" choices={[{ value: 'negative', label: 'Negative' }, { value: 'positive', label: 'Positive' }]} value={value.result} onChange={(result) => set({ result })} problem={wrong('result')} />
        <RadioTiles label="Specimen" tile="8rem" choices={[{ value: 'urine', label: 'Urine' }, { value: 'serum', label: 'Serum' }]} value={value.specimen} onChange={(specimen) => set({ specimen })} problem={wrong('specimen')} />
        <div className="c-pair"><DateField label="Test taken on" value={value.day} onChange={(day) => set({ day })} problem={wrong('taken')} /><TimeField label="Test taken at" value={value.time} onChange={(time) => set({ time })} /></div>
      </>}
    </SaveForm>
  )
}
