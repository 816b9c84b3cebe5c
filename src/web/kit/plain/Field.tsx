import { useId, type ReactNode } from 'react'
import { classes } from './classes.ts'

export interface FieldProps {
  readonly label: string
  /** What helps to answer, in one sentence. */
  readonly hint?: ReactNode
  /** What is wrong and how to put it right; shown below the field and read out with it. */
  readonly problem?: string | undefined
  /** Fields are needed unless said otherwise; an optional one says so in words. */
  readonly optional?: boolean | undefined
}

/** Ids that tie a field to its hint and its problem. */
export function useField({ hint, problem }: Pick<FieldProps, 'hint' | 'problem'>, givenId?: string) {
  const made = useId()
  const id = givenId ?? made
  const describedBy = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ') || undefined
  return { id, describedBy, input: { id, 'aria-describedby': describedBy, 'aria-invalid': problem ? (true as const) : undefined } }
}

/** A label above, a hint under it, the input, and what is wrong with it. */
export function Field({ id, label, hint, problem, optional = false, children }: FieldProps & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="k-field">
      <label className="k-field__label" htmlFor={id}>{label}{optional && <Optional />}</label>
      {hint && <span className="k-field__hint" id={`${id}-hint`}>{hint}</span>}
      {children}
      <Problem id={id} problem={problem} />
    </div>
  )
}

/** Several inputs under one question: a fieldset whose legend is the question. */
export function FieldGroup({ id, label, hint, problem, optional = false, className, children }: FieldProps & { readonly id: string; readonly className?: string; readonly children: ReactNode }) {
  const describedBy = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ') || undefined
  return (
    <fieldset className={classes('k-field', className)} id={id} aria-describedby={describedBy} aria-invalid={problem ? true : undefined}>
      <legend className="k-field__label">{label}{optional && <Optional />}</legend>
      {hint && <span className="k-field__hint" id={`${id}-hint`}>{hint}</span>}
      {children}
      <Problem id={id} problem={problem} />
    </fieldset>
  )
}

const Optional = () => <span className="k-field__optional"> (if you like)</span>
const Problem = ({ id, problem }: { readonly id: string; readonly problem?: string | undefined }) =>
  problem ? <span className="k-field__problem" id={`${id}-problem`}>{problem}</span> : null
