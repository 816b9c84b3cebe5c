import { useId } from 'react'
import { Button, FieldGroup, TextField } from '../../kit/index.ts'

interface LinesFieldProps {
  readonly legend: string
  readonly hint?: string
  /** What one of them is called: "Sign" makes "Sign 1", "Sign 2". */
  readonly one: string
  readonly lines: readonly string[]
  readonly onChange: (lines: readonly string[]) => void
}

/** Several short answers to one question; an empty one counts for nothing. */
export function LinesField({ legend, hint, one, lines, onChange }: LinesFieldProps) {
  const id = useId()
  return (
    <FieldGroup id={id} label={legend} hint={hint}>
      <div className="p-lines">
        {lines.map((line, place) => <TextField key={place} label={`${one} ${place + 1}`} optional={place > 0} value={line} maxLength={400} onChange={(next) => onChange(lines.with(place, next))} />)}
        <Button kind="plain" onClick={() => onChange([...lines, ''])}>Add another {one.toLowerCase()}</Button>
      </div>
    </FieldGroup>
  )
}

export type Pair = readonly [string, string]

interface PairsFieldProps extends Omit<LinesFieldProps, 'lines' | 'onChange'> {
  readonly first: string
  readonly second: string
  readonly pairs: readonly Pair[]
  readonly onChange: (pairs: readonly Pair[]) => void
  readonly optional?: boolean
  readonly phone?: boolean
}

/** Several people or steps, each with one thing beside it. */
export function PairsField({ legend, hint, one, first, second, pairs, onChange, optional = false, phone = false }: PairsFieldProps) {
  const id = useId()
  return (
    <FieldGroup id={id} label={legend} hint={hint} optional={optional}>
      <div className="p-lines">
        {pairs.map(([name, beside], place) => (
          <div className="p-pair" key={place}>
            <TextField label={`${one} ${place + 1}: ${first}`} required={false} value={name} maxLength={200} onChange={(next) => onChange(pairs.with(place, [next, beside]))} />
            <TextField label={`${one} ${place + 1}: ${second}`} required={false} type={phone ? 'tel' : 'text'} value={beside} maxLength={phone ? 40 : 200} onChange={(next) => onChange(pairs.with(place, [name, next]))} />
          </div>
        ))}
        <Button kind="plain" onClick={() => onChange([...pairs, ['', '']])}>Add {pairs.length > 0 ? 'another' : 'a'} {one.toLowerCase()}</Button>
      </div>
    </FieldGroup>
  )
}
