import { useId } from 'react'
import { FieldGroup, type FieldProps } from './Field.tsx'

export interface ScaleProps extends FieldProps {
  /** Null until somebody answers. Leave out (with `name`) for a plain form. */
  readonly value?: number | null
  /** What was answered before, where a plain form comes back with something to put right. */
  readonly defaultValue?: number
  readonly onChange?: (value: number) => void
  readonly from?: number
  readonly to?: number
  /** What the two ends mean. */
  readonly ends: readonly [string, string]
  readonly name?: string
}

/** A number from 0 to 10 as eleven keys. Unlike a slider it has no place to start from, so silence stays silence. */
export function Scale({ value, defaultValue, onChange, from = 0, to = 10, ends, name, ...field }: ScaleProps) {
  const id = useId()
  const steps = Array.from({ length: to - from + 1 }, (_, step) => from + step)
  return (
    <FieldGroup {...field} id={id} className="k-scale">
      <div className="k-scale__row">
        {steps.map((step) => (
          <label key={step}>
            <input type="radio" name={name ?? id} value={step} required={!field.optional} {...(value === undefined ? { defaultChecked: defaultValue === step } : { checked: value === step, onChange: () => onChange?.(step) })} aria-label={step === from ? `${step}, ${ends[0]}` : step === to ? `${step}, ${ends[1]}` : String(step)} />
            {step}
          </label>
        ))}
      </div>
      <span className="k-scale__ends" aria-hidden="true"><span>{ends[0]}</span><span>{ends[1]}</span></span>
    </FieldGroup>
  )
}
