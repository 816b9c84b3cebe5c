import type { ComponentProps } from 'react'
import { Field, useField, type FieldProps } from './Field.tsx'

type Native<Tag extends 'input' | 'textarea' | 'select'> = Omit<ComponentProps<Tag>, 'onChange' | 'className' | 'value' | 'defaultValue'>

export interface TextFieldProps extends FieldProps, Native<'input'> {
  readonly value?: string
  readonly defaultValue?: string
  readonly onChange?: (value: string) => void
}

/** One line of text. */
export function TextField({ label, hint, problem, optional = false, onChange, id: givenId, type = 'text', ...rest }: TextFieldProps) {
  const { id, input } = useField({ hint, problem }, givenId)
  return (
    <Field id={id} label={label} hint={hint} problem={problem} optional={optional}>
      <input {...rest} {...input} type={type} className="k-input" required={rest.required ?? !optional} {...(onChange && { onChange: (event) => onChange(event.target.value) })} />
    </Field>
  )
}

export interface TextAreaProps extends FieldProps, Native<'textarea'> {
  readonly value?: string
  readonly defaultValue?: string
  readonly onChange?: (value: string) => void
}

/** Several lines of text; it grows with what is written. */
export function TextArea({ label, hint, problem, optional = false, onChange, id: givenId, ...rest }: TextAreaProps) {
  const { id, input } = useField({ hint, problem }, givenId)
  return (
    <Field id={id} label={label} hint={hint} problem={problem} optional={optional}>
      <textarea {...rest} {...input} className="k-input" required={rest.required ?? !optional} {...(onChange && { onChange: (event) => onChange(event.target.value) })} />
    </Field>
  )
}

export interface Choice<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly hint?: string | undefined
  readonly disabled?: boolean | undefined
  /** As a tile: something beside it is shown while it is chosen, by the stylesheet alone. */
  readonly marked?: boolean | undefined
}

export interface SelectProps<Value extends string> extends FieldProps, Native<'select'> {
  readonly choices: readonly Choice<Value>[]
  readonly value?: Value | null
  readonly defaultValue?: Value
  readonly onChange?: (value: Value | null) => void
  /** The words of the empty choice; nothing is chosen for anybody. */
  readonly empty?: string
}

/** One of many, in the device's own list; starts with nothing chosen. */
export function Select<Value extends string>({ label, hint, problem, optional = false, choices, value, defaultValue, onChange, empty = 'Choose…', id: givenId, ...rest }: SelectProps<Value>) {
  const { id, input } = useField({ hint, problem }, givenId)
  const chosen = value === undefined ? { defaultValue: defaultValue ?? '' } : { value: value ?? '' }
  return (
    <Field id={id} label={label} hint={hint} problem={problem} optional={optional}>
      <select {...rest} {...input} {...chosen} className="k-input" required={rest.required ?? !optional} {...(onChange && { onChange: (event) => onChange((event.target.value || null) as Value | null) })}>
        <option value="">{empty}</option>
        {choices.map((choice) => <option key={choice.value} value={choice.value} disabled={choice.disabled}>{choice.label}</option>)}
      </select>
    </Field>
  )
}
