import { useEffect, useRef, useState } from 'react'
import { Field, useField, type FieldProps } from './Field.tsx'
import { readNumber } from './read-number.ts'

export interface NumberFieldProps<Unit extends string> extends FieldProps {
  /** Null while the field is empty or cannot be read: a slip never becomes a number. */
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  /** Null only beside `units`, until one of them is chosen. */
  readonly unit: Unit | null
  /** Where two units are in use (kg and lb), both are offered beside the number and one is chosen, never assumed. */
  readonly units?: readonly Unit[]
  readonly onUnitChange?: (unit: Unit) => void
  readonly decimals?: number
  readonly min?: number
  readonly max?: number
  readonly name?: string
  readonly disabled?: boolean
  readonly autoFocus?: boolean
}

/**
 * A number with its unit. A text field with a numeric keyboard rather than React Aria's number field, which
 * pulls values to the nearest bound without saying so and reads "1,5" as 15 in English. While the text cannot
 * be read the field is invalid to the browser too, so the form around it cannot be sent.
 */
export function NumberField<Unit extends string>({ label, hint, problem, optional = false, value, onChange, unit, units, onUnitChange, decimals = 0, min, max, ...rest }: NumberFieldProps<Unit>) {
  const bounds = { decimals, ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
  const [text, setText] = useState(value === null ? '' : String(value))
  const [last, setLast] = useState(value)
  const [left, setLeft] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const read = readNumber(text, bounds)
  const own = read.ok ? undefined : read.problem
  const shown = problem ?? (left ? own : undefined)
  const field = useField({ hint, problem: shown })

  // The value may change from outside (a cleared form, a reading copied in); what is being typed stays as typed.
  const held = read.ok ? read.value : null
  if (value !== last) {
    setLast(value)
    if (value !== held) setText(value === null ? '' : String(value))
  }
  useEffect(() => input.current?.setCustomValidity(own ?? ''), [own])

  const type = (next: string) => {
    setText(next)
    const answer = readNumber(next, bounds)
    onChange(answer.ok ? answer.value : null)
  }

  return (
    <Field id={field.id} label={units || unit === null ? label : `${label} (${unit})`} hint={hint} problem={shown} optional={optional}>
      <div className="k-number" data-invalid={shown ? true : undefined}>
        <input
          {...rest} {...field.input} ref={input} className="k-input" type="text" inputMode={decimals > 0 ? 'decimal' : 'numeric'} autoComplete="off"
          size={4} value={text} required={!optional} onChange={(event) => type(event.target.value)} onBlur={() => setLeft(true)} onFocus={() => setLeft(false)}
        />
        {units
          ? <UnitChoice id={field.id} label={label} units={units} unit={unit} onUnitChange={onUnitChange} />
          : <span className="k-number__unit" aria-hidden="true">{unit}</span>}
      </div>
    </Field>
  )
}

function UnitChoice<Unit extends string>({ id, label, units, unit, onUnitChange }: { readonly id: string; readonly label: string; readonly units: readonly Unit[]; readonly unit: Unit | null; readonly onUnitChange: ((unit: Unit) => void) | undefined }) {
  return (
    <span className="k-number__units" role="radiogroup" aria-label={`${label}: unit`}>
      {units.map((one) => (
        <label key={one}>
          <input type="radio" name={`${id}-unit`} checked={one === unit} onChange={() => onUnitChange?.(one)} />
          {one}
        </label>
      ))}
    </span>
  )
}
