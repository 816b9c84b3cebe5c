import { Button, TextField } from '../../../kit/index.ts'

interface TextListProps {
  /** What one line is: "Goal". The lines are numbered, so that each has a name of its own. */
  readonly one: string
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly most?: number
  readonly problem?: string | undefined
  readonly hint?: string
  readonly optional?: boolean
}

/** A few short lines, one thing each. There is always one empty line less than the limit to write into. */
export function TextList({ one, values, onChange, most = 12, problem, hint, optional = false }: TextListProps) {
  const shown = values.length === 0 ? [''] : values
  return (
    <div className="c-list">
      {shown.map((value, at) => (
        <TextField key={at} label={`${one} ${at + 1}`} {...(at === 0 && hint ? { hint } : {})} optional={optional || at > 0} problem={at === 0 ? problem : undefined} value={value} onChange={(text) => onChange(shown.map((other, place) => (place === at ? text : other)))} />
      ))}
      {shown.length < most && <Button kind="plain" onClick={() => onChange([...shown, ''])}>{`Another: ${one}`}</Button>}
    </div>
  )
}

export const written = (values: readonly string[]) => values.map((value) => value.trim()).filter(Boolean)
