import { CheckboxGroup } from './Tiles.tsx'
import { DateField, TimeField } from './DateField.tsx'

/** Days and hours between which something may lie. No weekday named is every one. */
export interface When {
  readonly from: string | null
  readonly to: string | null
  readonly weekdays: readonly string[]
  readonly after: string | null
  readonly before: string | null
}

/** What is wrong with it, by field; nothing where it can be used. */
export function whenProblems({ from, to, after, before }: When): Partial<Record<'to' | 'before', string>> {
  return {
    ...(from && to && to < from ? { to: 'This lies before the first day. Put one of them right.' } : {}),
    ...(after && before && before <= after ? { before: 'This lies before the other time. Put one of them right.' } : {}),
  }
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((label, place) => ({ value: String(place + 1), label }))

interface WhenFieldsProps {
  readonly value: When
  readonly onChange: (value: When) => void
  readonly min: string
  readonly max: string
}

/** From which day to which, on which weekdays, between which hours. */
export function WhenFields({ value, onChange, min, max }: WhenFieldsProps) {
  const change = (more: Partial<When>) => onChange({ ...value, ...more })
  const { to, before } = whenProblems(value)
  return (
    <>
      <div className="k-pair">
        <DateField label="From" min={min} max={max} value={value.from} onChange={(from) => change({ from })} />
        <DateField label="To" min={value.from ?? min} max={max} value={value.to} onChange={(last) => change({ to: last })} problem={to} />
      </div>
      <CheckboxGroup label="Weekdays" hint="None chosen means any day." optional tile="8rem" choices={weekdays} value={value.weekdays} onChange={(chosen) => change({ weekdays: chosen })} />
      <div className="k-pair">
        <TimeField label="Not before" optional stepMinutes={15} value={value.after} onChange={(after) => change({ after })} />
        <TimeField label="Over by" optional stepMinutes={15} value={value.before} onChange={(last) => change({ before: last })} problem={before} />
      </div>
    </>
  )
}
