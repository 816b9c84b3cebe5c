import { Field, useField, type FieldProps } from './Field.tsx'

export interface CodeFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (digits: string) => void
  readonly digits?: number
  /** Called once when the last digit is there. */
  readonly onComplete?: (digits: string) => void
  readonly name?: string
  readonly autoFocus?: boolean
}

/** A one-time code: digits only, spaces forgiven, filled in by the phone where it can. */
export function CodeField({ label, hint, problem, value, onChange, digits = 6, onComplete, ...rest }: CodeFieldProps) {
  const { id, input } = useField({ hint, problem })
  const type = (text: string) => {
    const next = text.replace(/\D/g, '').slice(0, digits)
    onChange(next)
    if (next.length === digits && value.length < digits) onComplete?.(next)
  }
  return (
    <Field id={id} label={label} hint={hint} problem={problem}>
      <input {...rest} {...input} className="k-input k-code" type="text" inputMode="numeric" autoComplete="one-time-code" required value={value} onChange={(event) => type(event.target.value)} />
    </Field>
  )
}
