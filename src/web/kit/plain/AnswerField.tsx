import { NumberField } from './NumberField.tsx'
import { Scale } from './Scale.tsx'
import { RadioTiles } from './Tiles.tsx'

/** How one question may be answered. */
export type AnswerKeys =
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: number; readonly text: string }[] }
  | { readonly kind: 'slider'; readonly min: number; readonly max: number; readonly low: string; readonly high: string }
  | { readonly kind: 'yes-no' }

export interface AnswerFieldProps {
  readonly question: string
  readonly keys: AnswerKeys
  /** Which question of how many it is, where its words do not say so. */
  readonly hint?: string | undefined
  readonly optional?: boolean
  readonly value: number | boolean | null
  readonly problem?: string | undefined
  readonly onChange: (value: number | boolean | null) => void
}

/** A long line would be a hundred keys: it is typed instead. */
const MOST_KEYS = 20

/** Steps that have no words but their numbers are one row of keys. */
const isBare = ({ options }: Extract<AnswerKeys, { kind: 'choice' }>): boolean => options.length > 2 && options.every(({ value, text }, at) => text === String(value) && value === options[0]!.value + at)

/** One question in its own words, with tiles for a thumb. Nothing is chosen beforehand. */
export function AnswerField({ question, keys, hint, optional = false, value, problem, onChange }: AnswerFieldProps) {
  const shared = { label: question, hint, problem, optional }
  const number = typeof value === 'number' ? value : null
  if (keys.kind === 'slider' && keys.max - keys.min > MOST_KEYS) return <NumberField {...shared} hint={`${hint ? `${hint}. ` : ''}A number from ${keys.min}, ${keys.low}, to ${keys.max}, ${keys.high}.`} unit={`of ${keys.max}`} min={keys.min} max={keys.max} value={number} onChange={onChange} />
  if (keys.kind === 'slider') return <Scale {...shared} from={keys.min} to={keys.max} ends={[keys.low, keys.high]} value={number} onChange={onChange} />
  if (keys.kind === 'choice' && isBare(keys)) return <Scale {...shared} from={keys.options[0]!.value} to={keys.options.at(-1)!.value} ends={['lowest', 'highest']} value={number} onChange={onChange} />
  const choices = keys.kind === 'yes-no' ? [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }] : keys.options.map(({ value: option, text }) => ({ value: String(option), label: text }))
  return <RadioTiles {...shared} choices={choices} tile="9.5rem" value={value === null ? null : String(value)} onChange={(chosen) => onChange(keys.kind === 'yes-no' ? chosen === 'true' : Number(chosen))} />
}
