import { useId } from 'react'
import { FieldGroup, type FieldProps } from './Field.tsx'

export interface ScaleProps extends FieldProps {
  readonly value: number | null
  readonly onChange: (value: number) => void
  readonly from?: number
  readonly to?: number
  /** What the two ends mean. */
  readonly ends: readonly [string, string]
  readonly name?: string
}

/** A number from 0 to 10 as eleven keys. Unlike a slider it has no place to start from, so silence stays silence. */
export function Scale({ value, onChange, from = 0, to = 10, ends, name, ...field }: ScaleProps) {
  const id = useId()
  const steps = Array.from({ length: to - from + 1 }, (_, step) => from + step)
  return (
    <FieldGroup {...field} id={id} className="k-scale">
      <div className="k-scale__row">
        {steps.map((step) => (
          <label key={step}>
            <input type="radio" name={name ?? id} value={step} checked={value === step} required={!field.optional} onChange={() => onChange(step)} aria-label={step === from ? `${step}, ${ends[0]}` : step === to ? `${step}, ${ends[1]}` : String(step)} />
            {step}
          </label>
        ))}
      </div>
      <span className="k-scale__ends" aria-hidden="true"><span>{ends[0]}</span><span>{ends[1]}</span></span>
    </FieldGroup>
  )
}
