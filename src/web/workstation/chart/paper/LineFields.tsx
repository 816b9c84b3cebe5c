import { dischargeRuleIds } from '../../../../core/session/discharge-rows.ts'
import { discharge } from '../../../../knowledge/discharge.ts'
import { recoveryScores } from '../../../../knowledge/recovery-scores.ts'
import { CheckboxGroup, NumberField, RadioTiles, Select, TextField, TimeField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { leavingTicks, photoChoices, type NumberName, type PaperLine } from './paper-lines.ts'

interface LineFieldsProps {
  readonly line: PaperLine
  readonly onChange: (change: Partial<PaperLine>) => void
}

/** Bounds of the possible, not of the healthy: the table of kinds holds the same. */
const numbers: Readonly<Record<'reading', readonly (readonly [NumberName, string, string, number, number])[]>> = {
  reading: [
    ['systolicMmHg', 'Systolic', 'mmHg', 30, 300], ['diastolicMmHg', 'Diastolic', 'mmHg', 20, 200], ['heartRatePerMin', 'Pulse', '/min', 20, 300], ['respiratoryRatePerMin', 'Breathing', '/min', 0, 80],
    ['spo2Percent', 'Saturation', '%', 30, 100], ['moaaS', 'MOAA/S', 'of 5', 0, 5], ['rass', 'RASS', '−5 to 4', -5, 4], ['orientation', 'Oriented to', 'of 4', 0, 4], ['distress', 'Distress', 'of 10', 0, 10],
  ],
}

/** The fields of one line, as the sheet has them. */
export function LineFields({ line, onChange }: LineFieldsProps) {
  const set = (name: NumberName) => (value: number | null) => onChange({ numbers: { ...line.numbers, [name]: value } })
  return (
    <>
      <div className="c-pair">
        <TimeField label="At, as on the paper" value={line.time} onChange={(time) => onChange({ time })} />
        <TextField label={line.what === 'dose' ? 'Prepared and given by, as on the paper' : 'By, as on the paper'} optional value={line.by} onChange={(by) => onChange({ by })} />
      </div>
      {line.what === 'reading' && <div className="c-four">{numbers.reading.map(([name, label, unit, min, max]) => <NumberField key={name} label={label} unit={unit} min={min} max={max} optional value={line.numbers[name] ?? null} onChange={set(name)} />)}</div>}
      {line.what === 'dose' && <DoseFields line={line} onChange={onChange} set={set} />}
      {line.what === 'effect' && <EffectFields line={line} onChange={onChange} set={set} />}
      {(line.what === 'reading' || line.what === 'note') && <TextField label="What was seen, said and done" optional={line.what === 'reading'} value={line.text} onChange={(text) => onChange({ text })} />}
      {line.what === 'escort' && <div className="c-pair"><TextField label="Name" value={line.text} onChange={(text) => onChange({ text })} /><TextField label="Identification" optional value={line.more} onChange={(more) => onChange({ more })} /></div>}
      {line.what === 'leaving' && <LeavingFields line={line} onChange={onChange} set={set} />}
      {line.what === 'ticked' && <TickedFields line={line} onChange={onChange} />}
      {line.what === 'identity' && <><p className="soft">By name and birth date, as the sheet asks.</p><Select label="The photo on the sheet and the face" optional empty="Not on the paper" choices={photoChoices} value={line.choice} onChange={(choice) => onChange({ choice })} /></>}
    </>
  )
}

type PartProps = LineFieldsProps & { readonly set: (name: NumberName) => (value: number | null) => void }

function DoseFields({ line, onChange, set }: PartProps) {
  const { team } = useOpenChart()
  const second = (person: string | null) => onChange({ choice: person, more: team.find((one) => one.person === person)?.name ?? '' })
  return (
    <div className="c-four">
      <NumberField label="Step" unit="of 4" min={1} max={4} value={line.numbers.step ?? null} onChange={set('step')} />
      <NumberField label="Given" unit="mg" decimals={1} min={0.1} max={1_000} value={line.numbers.doseMg ?? null} onChange={set('doseMg')} />
      <TextField label="Lot" optional value={line.text} onChange={(text) => onChange({ text })} />
      <Select label="Read back by" optional empty="Not on the paper" choices={team.map(({ person, name }) => ({ value: person, label: name }))} value={line.choice} onChange={second} />
      <TimeField label="Ended at" optional value={line.until} onChange={(until) => onChange({ until })} />
    </div>
  )
}

function EffectFields({ line, onChange, set }: PartProps) {
  const { book } = useOpenChart()
  return (
    <div className="c-four">
      <Select label="Which" choices={book.effects.terms.map(({ id, label }) => ({ value: id, label }))} value={line.choice} onChange={(choice) => onChange({ choice })} />
      <NumberField label="How strong" unit="of 5" min={1} max={5} value={line.numbers.grade ?? null} onChange={set('grade')} />
      <TimeField label="Until" optional value={line.until} onChange={(until) => onChange({ until })} />
      <TextField label="What was done" optional value={line.more} onChange={(more) => onChange({ more })} />
    </div>
  )
}

/** The assessment as the sheet has it: each item of both scores, and what the rules for going home ask beside them. */
function LeavingFields({ line, onChange, set }: PartProps) {
  const minds = numbers.reading.filter(([name]) => name === 'moaaS' || name === 'rass' || name === 'orientation')
  return (
    <>
      <div className="c-four">{minds.map(([name, label, unit, min, max]) => <NumberField key={name} label={label} unit={unit} min={min} max={max} value={line.numbers[name] ?? null} onChange={set(name)} />)}</div>
      <div className="c-pair">
        <RadioTiles label="Gait" tile="9rem" choices={[{ value: 'steady', label: 'Steady' }, { value: 'assisted', label: 'Needs help' }]} value={line.choice} onChange={(choice) => onChange({ choice })} />
        <RadioTiles label="Feels detached" tile="9rem" choices={[{ value: 'none-above-baseline', label: 'No more than before' }, { value: 'present', label: 'More than before' }]} value={line.detached ?? null} onChange={(detached) => onChange({ detached })} />
      </div>
      {(['aldrete', 'padss'] as const).map((score) => (
        <div key={score} className="c-pair">
          {recoveryScores[score].items.map(({ key, asks, steps }) => {
            const name: NumberName = `${score}.${key}`
            const value = line.numbers[name]
            return <Select key={key} label={`${recoveryScores[score].name}: ${asks}`} empty="Not there" choices={steps.map((says, place) => ({ value: String(2 - place), label: `${2 - place} ${says}` }))} value={value === null || value === undefined ? null : String(value)} onChange={(next) => set(name)(next === null ? null : Number(next))} />
          })}
        </div>
      ))}
      <CheckboxGroup label="Ticked there" choices={leavingTicks.map((value) => ({ value, label: tickNames[value] }))} value={line.ticks ?? []} onChange={(ticks) => onChange({ ticks })} />
    </>
  )
}
const tickNames: Readonly<Record<(typeof leavingTicks)[number], string>> = { noDrivingSigned: discharge.D11.asks, instructionsGiven: 'Written instructions were given', roomAir: 'Breathes room air' }

/** The thirteen as they stand on the sheet. They stay words: the rules are met by what was measured, seen and signed. */
function TickedFields({ line, onChange }: LineFieldsProps) {
  return (
    <>
      <CheckboxGroup label="Ticked on the paper at this time" choices={dischargeRuleIds.map((id) => ({ value: id, label: `${id} ${discharge[id].asks}` }))} value={line.ticks ?? []} onChange={(ticks) => onChange({ ticks })} />
      <TextField label="What stands beside them" optional value={line.more} onChange={(more) => onChange({ more })} />
      <p className="soft">They are kept as the paper says them. What the rules ask is met by readings, the assessment and whoever came, each a line of its own.</p>
    </>
  )
}
