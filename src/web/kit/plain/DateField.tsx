import { Field, useField, type FieldProps } from './Field.tsx'

export interface DateFieldProps extends FieldProps {
  /** A calendar day such as `2026-11-21`, or null while nothing whole is entered. */
  readonly value: string | null
  readonly onChange: (value: string | null) => void
  readonly min?: string
  readonly max?: string
  readonly name?: string
  readonly autoComplete?: string
  readonly disabled?: boolean
}

/** A day. The device's own field: it speaks the person's calendar and order of day and month. */
export const DateField = (props: DateFieldProps) => <Temporal {...props} type="date" />

export interface TimeFieldProps extends Omit<DateFieldProps, 'autoComplete'> {
  /** A wall-clock time such as `14:05`, or null. */
  readonly value: string | null
  /** Steps in minutes; free to the minute unless said. */
  readonly stepMinutes?: number
}

/** A time of day, to the minute. */
export const TimeField = ({ stepMinutes = 1, ...props }: TimeFieldProps) => <Temporal {...props} type="time" step={stepMinutes * 60} />

function Temporal({ label, hint, problem, optional = false, value, onChange, ...rest }: DateFieldProps & { readonly type: 'date' | 'time'; readonly step?: number }) {
  const { id, input } = useField({ hint, problem })
  return (
    <Field id={id} label={label} hint={hint} problem={problem} optional={optional}>
      <input {...rest} {...input} className="k-input" style={{ maxWidth: '14rem' }} value={value ?? ''} required={!optional} onChange={(event) => onChange(event.target.value || null)} />
    </Field>
  )
}
