import { useState } from 'react'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Combo } from '../../../kit/aria.ts'
import { Button, Scale, TextArea } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { TextList, written } from '../parts/TextList.tsx'
import { codesUnverified, indicationChoices, indicationOf, type Coding } from './indications.ts'

type Intake = BodyOf<'intake.v1'>
interface Draft extends Omit<Intake, 'readiness' | 'indications' | 'goals'> {
  readonly readiness: number | null
  readonly goals: readonly string[]
  readonly indications: readonly Coding[]
}
const blank: Draft = { presenting: '', psychiatricHistory: '', currentStatus: '', goals: [], readiness: null, readinessNote: '', supportNeeded: '', indications: [], carePlan: '' }

/** The psychological intake. What has to be answered is asked for before anything is written. */
export function IntakeForm() {
  const { used, chartId, go } = useOpenChart()
  const amending = useAmending('intake.v1')
  const draft = useDraft<Draft>(`${chartId} intake ${amending?.id ?? ''}`, amending?.body ?? blank)
  const { value, set } = draft
  const problems = problemsOf(value)

  const save = () => used.write('intake.v1', bodyOf(value), inPlaceOf(amending))
  return (
    <SaveForm label="Psychological intake" save={amending ? 'Save the correction' : 'Write the intake into the chart'} problems={problems} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'intake' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <TextArea label="What brings this person here" hint="In their words where you can." value={value.presenting} onChange={(presenting) => set({ presenting })} problem={wrong('presenting')} />
        <TextArea label="Psychiatric history" hint="Episodes, treatments and what they did, stays in hospital, attempts, family." value={value.psychiatricHistory} onChange={(psychiatricHistory) => set({ psychiatricHistory })} problem={wrong('psychiatricHistory')} />
        <TextArea label="How they are now" hint="Mental status as you saw it, and what was asked about safety." value={value.currentStatus} onChange={(currentStatus) => set({ currentStatus })} problem={wrong('currentStatus')} />
        <TextList one="Goal" hint="What should be different afterwards." values={value.goals} onChange={(goals) => set({ goals })} problem={wrong('goals')} />
        <Scale label="Readiness for this work" ends={['not ready', 'fully ready']} value={value.readiness} onChange={(readiness) => set({ readiness })} problem={wrong('readiness')} />
        <TextArea label="About the readiness" optional value={value.readinessNote} onChange={(readinessNote) => set({ readinessNote })} />
        <TextArea label="Support this person needs" hint="At home, on the way, with language, money, children." optional value={value.supportNeeded} onChange={(supportNeeded) => set({ supportNeeded })} />
        <Indications chosen={value.indications} onChange={(indications) => set({ indications })} problem={wrong('indications')} />
        <TextArea label="Care plan" optional value={value.carePlan} onChange={(carePlan) => set({ carePlan })} />
      </>}
    </SaveForm>
  )
}

/** What the treatment is for, coded; any code of the catalogue, several if it is several. */
function Indications({ chosen, onChange, problem }: { readonly chosen: readonly Coding[]; readonly onChange: (chosen: readonly Coding[]) => void; readonly problem: string | undefined }) {
  const [last, setLast] = useState<string | null>(null)
  const add = (value: string | null) => {
    setLast(value)
    const coding = value === null ? undefined : indicationOf(value)
    if (coding && !chosen.some(({ code }) => code === coding.code)) onChange([...chosen, coding])
  }
  return (
    <div className="c-list">
      <Combo label="Indication" hint={`Type a few letters or a code.${codesUnverified ? ' The codes are from memory and not verified; compare them with the current release.' : ''}`} choices={indicationChoices} value={last} onChange={add} problem={problem} optional={chosen.length > 0} />
      {chosen.length > 0 && (
        <ul className="c-chosen" aria-label="Indications chosen">
          {chosen.map(({ code, display }) => <li key={code}><span>{display ?? 'without words'} <span className="numbers">{code}</span></span> <Button kind="plain" aria-label={`Take out the indication ${code}`} onClick={() => onChange(chosen.filter((other) => other.code !== code))}>Take out</Button></li>)}
        </ul>
      )}
    </div>
  )
}

function problemsOf({ presenting, psychiatricHistory, currentStatus, goals, readiness, indications }: Draft) {
  const text = (value: string, says: string) => (value.trim() ? undefined : says)
  return {
    presenting: text(presenting, 'What brings this person here is not written yet.'), psychiatricHistory: text(psychiatricHistory, 'The history is not written yet. If there is none, say so.'), currentStatus: text(currentStatus, 'How they are now is not written yet.'),
    goals: written(goals).length > 0 ? undefined : 'At least one goal is needed.', readiness: readiness === null ? 'The readiness is not rated yet.' : undefined, indications: indications.length > 0 ? undefined : 'At least one indication with its code is needed.',
  }
}

const bodyOf = ({ readiness, goals, indications, ...rest }: Draft): Intake => ({ ...rest, goals: written(goals), readiness: readiness ?? 0, indications: indications.map(({ system, code, display }) => ({ system, code, ...(display ? { display } : {}) })) })
