import { useId, type ReactNode } from 'react'
import { classes } from './classes.ts'
import { FieldGroup, type FieldProps } from './Field.tsx'
import type { Choice } from './TextField.tsx'

interface GroupProps<Value extends string> extends FieldProps {
  readonly choices: readonly Choice<Value>[]
  readonly name?: string
  /** Least width of a tile before the next starts a new row. */
  readonly tile?: string
}

export interface RadioTilesProps<Value extends string> extends GroupProps<Value> {
  /** Null until somebody answers; nothing is chosen beforehand. Leave out (with `name`) for a plain form. */
  readonly value?: Value | null
  /** What was answered before, where a plain form comes back with something to put right. */
  readonly defaultValue?: Value | undefined
  readonly onChange?: (value: Value) => void
}

/** One of a few, as tiles large enough for a thumb. */
export function RadioTiles<Value extends string>({ choices, name, value, defaultValue, onChange, tile, ...field }: RadioTilesProps<Value>) {
  const id = useId()
  return (
    <FieldGroup {...field} id={id}>
      <Tiles tile={tile}>
        {choices.map((choice) => (
          <Tile key={choice.value} hint={choice.hint} id={`${id}-${choice.value}`} label={choice.label}>
            <input
              type="radio" id={`${id}-${choice.value}`} name={name ?? id} value={choice.value} disabled={choice.disabled} required={!field.optional} data-marked={choice.marked || undefined}
              {...(value === undefined ? { defaultChecked: defaultValue === choice.value } : { checked: value === choice.value, onChange: () => onChange?.(choice.value) })}
            />
          </Tile>
        ))}
      </Tiles>
    </FieldGroup>
  )
}

export interface CheckboxGroupProps<Value extends string> extends GroupProps<Value> {
  readonly value?: readonly Value[]
  readonly defaultValue?: readonly Value[] | undefined
  readonly onChange?: (value: readonly Value[]) => void
}

/** Any of a few, as tiles. */
export function CheckboxGroup<Value extends string>({ choices, name, value, defaultValue, onChange, tile, ...field }: CheckboxGroupProps<Value>) {
  const id = useId()
  const flip = (one: Value, on: boolean) => onChange?.(choices.map((choice) => choice.value).filter((other) => (other === one ? on : value?.includes(other))))
  return (
    <FieldGroup {...field} id={id}>
      <Tiles tile={tile}>
        {choices.map((choice) => (
          <Tile key={choice.value} hint={choice.hint} id={`${id}-${choice.value}`} label={choice.label}>
            <input
              type="checkbox" id={`${id}-${choice.value}`} name={name ?? id} value={choice.value} disabled={choice.disabled}
              {...(value === undefined ? { defaultChecked: defaultValue?.includes(choice.value) ?? false } : { checked: value.includes(choice.value), onChange: (event) => flip(choice.value, event.target.checked) })}
            />
          </Tile>
        ))}
      </Tiles>
    </FieldGroup>
  )
}

export interface CheckboxProps {
  readonly label: ReactNode
  readonly hint?: string | undefined
  readonly checked?: boolean
  readonly defaultChecked?: boolean | undefined
  readonly onChange?: (checked: boolean) => void
  readonly name?: string
  readonly value?: string
  readonly required?: boolean
  readonly disabled?: boolean
  /** As a tile with a frame, for the one thing that has to be ticked. */
  readonly framed?: boolean
  readonly problem?: string | undefined
}

/** One thing said yes to; never ticked beforehand. */
export function Checkbox({ label, hint, checked, defaultChecked, onChange, framed = false, problem, ...rest }: CheckboxProps) {
  const id = useId()
  return (
    <div className="k-field">
      <Tile bare={!framed} hint={hint} id={id} label={label}>
        <input {...rest} id={id} type="checkbox" aria-invalid={problem ? true : undefined} aria-describedby={problem ? `${id}-problem` : undefined} {...(checked === undefined ? { defaultChecked } : { checked, onChange: (event) => onChange?.(event.target.checked) })} />
      </Tile>
      {problem && <span className="k-field__problem" id={`${id}-problem`}>{problem}</span>}
    </div>
  )
}

const Tiles = ({ tile, children }: { readonly tile: string | undefined; readonly children: ReactNode }) =>
  <div className="k-tiles" style={tile ? { ['--tile' as string]: tile } : undefined}>{children}</div>

function Tile({ id, label, hint, bare = false, children }: { readonly id: string; readonly label: ReactNode; readonly hint: string | undefined; readonly bare?: boolean; readonly children: ReactNode }) {
  return (
    <label className={classes('k-tile', bare && 'k-tile--bare')} htmlFor={id}>
      {children}
      <span>{label}</span>
      {hint && <span className="k-tile__hint">{hint}</span>}
    </label>
  )
}
