import { useState } from 'react'
import type { GroupVisit } from '../../../core/contract/groups.ts'
import { namesToLookAt } from '../../../core/groups/names.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, Checkbox, Notice, RadioTiles, Stack, TextArea } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { sendAct } from '../../sync/send-act.ts'
import { Refused, Section } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { visitTitle, visitWhen } from '../desk/visits.ts'
import type { GroupNow } from './GroupPage.tsx'

type Outcome = 'completed' | 'ended-early' | 'missed'
interface Part {
  readonly outcome: Outcome | null
  readonly summary: string
  readonly carePlan: string
}
const blank: Part = { outcome: null, summary: '', carePlan: '' }

/** What the group did, once; and for each their own part, which goes to their chart alone. */
export function CloseTogether({ now, visit, onClose, onDone }: { readonly now: GroupNow; readonly visit: GroupVisit; readonly onClose: () => void; readonly onDone: (words: string) => Promise<void> }) {
  const open = visit.patients.filter(({ closed }) => !closed)
  const [shared, setShared] = useState('')
  const [parts, setParts] = useState<Readonly<Record<string, Part>>>({})
  const [lookedAt, setLookedAt] = useState('')
  const { pending, refusal, actAs } = useAct()
  const partOf = (chart: string) => parts[chart] ?? blank
  const named = namesToLookAt(shared, visit.patients.map(({ chart, name }) => ({ chart, name, words: `${partOf(chart).summary} ${partOf(chart).carePlan}` })))
  // Whatever is named after somebody has looked is to be looked at again.
  const looked = lookedAt === JSON.stringify(named)
  const whole = open.every(({ chart }) => { const { outcome, summary } = partOf(chart); return outcome !== null && (outcome === 'missed' || summary.trim() !== '') })
  const save = () => {
    const notes = open.map(({ chart }) => { const { outcome, summary, carePlan } = partOf(chart); return { chart, startedAt: visit.startsAt, endedAt: visit.endsAt, outcome: outcome!, summary, carePlan } })
    const said = { shared, namesLookedAt: named.length > 0, notes }
    void actAs((me) => sendAct([me.person, visit.visit, said], (id) => call('closeGroup', { params: { group: now.id, visit: visit.visit }, body: { id, device: me.device, ...said } }))).then((done) => done && onDone(`${visitTitle(visit)} is written down, for each on their own chart.`))
  }
  return (
    <Dialog open title={`Write ${visitTitle(visit)} down`} onClose={onClose} end={<><Button onClick={onClose}>Not yet</Button><Button kind="primary" pending={pending} disabled={!whole || (named.length > 0 && !looked)} onClick={save}>Write it for everybody</Button></>}>
      <Stack air="wide">
        <p>{visitWhen(visit)}, as it was booked. Somebody whose visit ran otherwise gets a correction on their own chart.</p>
        <TextArea label="What the group did" optional hint="Copied to the chart of everybody who was there. Name nobody." maxLength={6000} value={shared} onChange={setShared} />
        {open.map(({ chart, name }) => <One key={chart} chart={chart} name={name} part={partOf(chart)} onPart={(part) => setParts((all) => ({ ...all, [chart]: part }))} />)}
        {named.length > 0 && (
          <Notice level="caution" what="Look at these names before you sign.">
            <Stack air="tight">
              <ul className="d-reasons">{named.map((one) => <li key={`${one.named} ${one.in}`}>{one.in === 'shared' ? `${one.named} is named in what everybody’s chart gets.` : `${one.named} is named in what goes to the chart of ${one.in}.`}</li>)}</ul>
              <Checkbox label="I have looked: none of it is about another person" checked={looked} onChange={(on) => setLookedAt(on ? JSON.stringify(named) : '')} />
            </Stack>
          </Notice>
        )}
        <Refused refusal={refusal} />
      </Stack>
    </Dialog>
  )
}

function One({ chart, name, part, onPart }: { readonly chart: string; readonly name: string; readonly part: Part; readonly onPart: (part: Part) => void }) {
  const came = part.outcome !== 'missed'
  return (
    <Section id={`part-${chart}`} title={`${name}, on their chart alone`} level={3}>
      <RadioTiles<Outcome> label={`What became of it for ${name}`} tile="9rem" choices={[{ value: 'completed', label: 'They took part' }, { value: 'ended-early', label: 'Left early' }, { value: 'missed', label: 'Did not come' }]} value={part.outcome} onChange={(outcome) => onPart({ ...part, outcome })} />
      <TextArea label={came ? `What it was for ${name}` : `What is known about why ${name} did not come`} optional={!came} maxLength={6000} value={part.summary} onChange={(summary) => onPart({ ...part, summary })} />
      {came && <TextArea label={`What happens next for ${name}`} optional rows={2} maxLength={4000} value={part.carePlan} onChange={(carePlan) => onPart({ ...part, carePlan })} />}
    </Section>
  )
}
