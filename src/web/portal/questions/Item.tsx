import type { InstrumentItem } from '../../../core/measures/instrument.ts'
import { NumberField, RadioTiles, Scale } from '../../kit/index.ts'

export type Answer = number | boolean | null

interface ItemProps {
  readonly item: InstrumentItem
  readonly place: number
  readonly count: number
  readonly value: Answer
  readonly problem?: string | undefined
  readonly onChange: (value: Answer) => void
}

/** A long line would be a hundred keys: it is typed instead. */
const MOST_KEYS = 20

/** One question in its own words, with tiles for a thumb. Nothing is chosen beforehand. */
export function Item({ item, place, count, value, problem, onChange }: ItemProps) {
  const shared = { label: item.text, hint: `Question ${place} of ${count}`, problem, optional: !item.required }
  if (item.answer.kind === 'slider' && item.answer.max - item.answer.min > MOST_KEYS) return <NumberField {...shared} hint={`${shared.hint}. A number from ${item.answer.min}, ${item.answer.low}, to ${item.answer.max}, ${item.answer.high}.`} unit={`of ${item.answer.max}`} min={item.answer.min} max={item.answer.max} value={typeof value === 'number' ? value : null} onChange={(given) => { onChange(given) }} />
  if (item.answer.kind === 'slider') return <Scale {...shared} from={item.answer.min} to={item.answer.max} ends={[item.answer.low, item.answer.high]} value={typeof value === 'number' ? value : null} onChange={onChange} />
  const choices = item.answer.kind === 'yes-no' ? [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }] : item.answer.options.map(({ value: option, text }) => ({ value: String(option), label: text }))
  return <RadioTiles {...shared} choices={choices} tile="9.5rem" value={value === null ? null : String(value)} onChange={(chosen) => onChange(item.answer.kind === 'yes-no' ? chosen === 'true' : Number(chosen))} />
}
