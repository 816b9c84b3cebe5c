import { DateField, RadioTiles, TextField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

type Felt = 'easier' | 'harder' | 'neither'
interface Draft { readonly on: string | null; readonly says: string; readonly felt: Felt | null }

/** Something that happened in a life, on a day: it stands on the axis of the scores, where both can be seen at once. */
export function LifeEventForm() {
  const { used, chartId, mayWrite, today } = useOpenChart()
  const { value, set, clear } = useDraft<Draft>(`${chartId} life event`, { on: null, says: '', felt: null })
  if (!mayWrite('life-event.v1')) return null
  const problems = { on: value.on === null ? 'Say on which day.' : value.on > today ? 'This day lies ahead.' : undefined, says: value.says.trim() ? undefined : 'Say in a few words what happened.', felt: value.felt ? undefined : 'Say how it felt.' }
  return (
    <Part title="Something that happened in life">
      <SaveForm label="Something that happened in life" save="Put it on the axis" problems={problems} onSave={() => used.write('life-event.v1', { on: value.on ?? today, says: value.says.trim(), felt: value.felt ?? 'neither' })} onDone={clear} said="It stands on the axis. The patient can read it.">
        {(wrong) => <>
          <div className="c-pair"><TextField label="What happened" hint="In a few words, as the person says it." maxLength={200} value={value.says} onChange={(says) => set({ says })} problem={wrong('says')} /><DateField label="On" value={value.on} onChange={(on) => set({ on })} problem={wrong('on')} /></div>
          <RadioTiles label="It made life" tile="8rem" choices={[{ value: 'easier', label: 'Easier' }, { value: 'harder', label: 'Harder' }, { value: 'neither', label: 'Neither' }]} value={value.felt} onChange={(felt) => set({ felt })} problem={wrong('felt')} />
        </>}
      </SaveForm>
    </Part>
  )
}
