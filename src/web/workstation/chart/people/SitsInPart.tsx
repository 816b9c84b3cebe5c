import { useState } from 'react'
import { sitsInOf } from '../../../../core/online/sits-in.ts'
import { inState, whereChoices, type Whereabouts } from '../../../../core/shared/us-states.ts'
import { Button, Select } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { exactTime, upper } from '../words.ts'

const VIA: Record<string, string> = { form: 'on the form', call: 'on the first call', desk: 'to the practice', patient: 'by themselves' }

/** In which state they sit for visits online, with its day; each change is a new entry. */
export function SitsInPart() {
  const { chart, used, mayWrite, zone } = useOpenChart()
  const said = sitsInOf(chart)
  const [state, setState] = useState<Whereabouts | null>(null)
  const [changing, setChanging] = useState(false)
  const choice = state ?? said?.body.state ?? null
  return (
    <Part title="Visits online">
      <p>{said ? <>{upper(inState(said.body.state))}, said {VIA[said.body.via]}, {exactTime(said.at, zone)}.</> : <>In which state they sit for visits online was not asked yet. Without it no licence is looked at when a course is planned.</>}</p>
      {mayWrite('sits-in.v1') && said && !changing && <div className="k-buttons"><Button onClick={() => setChanging(true)}>They sit elsewhere now</Button></div>}
      {mayWrite('sits-in.v1') && (changing || !said) && (
        <SaveForm label="State for visits online" save="Save the state" problems={{ state: choice === null ? 'Choose a state.' : choice === said?.body.state ? 'This is what stands already.' : undefined }} onSave={() => used.write('sits-in.v1', { state: choice!, via: 'desk' })} onDone={() => { setState(null); setChanging(false) }}>
          {(wrong) => <Select label="In which state they live and would sit for a visit online" empty="Not asked" choices={whereChoices} value={choice} onChange={setState} problem={wrong('state')} />}
        </SaveForm>
      )}
    </Part>
  )
}
