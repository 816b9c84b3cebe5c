import { NumberField, Select, TextField, TimeField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import type { NumberName, PaperLine } from './paper-lines.ts'

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
      {line.what === 'identity' && <p className="soft">By name and birth date, as the sheet asks.</p>}
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
