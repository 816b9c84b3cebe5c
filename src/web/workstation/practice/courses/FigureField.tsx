import { useState } from 'react'
import { isRange, sameValue, sayCourseValue, type CourseValue } from '../../../../core/course/course-figures.ts'
import type { DayRange } from '../../../../core/course/protocol.ts'
import type { CourseRefusal } from '../../../../core/course/own-course.ts'
import { Button, FieldGroup, NumberField, Select, TextField } from '../../../kit/index.ts'
import { readList, type Turnable } from './drafting.ts'

interface FigureFieldProps {
  readonly figure: Turnable
  readonly value: CourseValue
  readonly problem: CourseRefusal | undefined
  /** Nothing while what stands in the field cannot be read: then the figure stays as it was. */
  readonly onChange: (to: CourseValue | undefined) => void
  readonly onMend: (mend: NonNullable<CourseRefusal['mend']>) => void
}

/** One figure of a course: as it stands, as it was, and why it cannot stand so. */
export function FigureField({ figure, value, problem, onChange, onMend }: FigureFieldProps) {
  const { name, unit, stands } = figure
  const hint = sameValue(stands, value) ? undefined : `It was ${sayCourseValue(stands, unit)}.`
  return (
    <div className="p-figure" data-changed={hint ? true : undefined}>
      <Input figure={figure} value={value} label={upper(name)} hint={hint} problem={problem?.says} onChange={onChange} />
      {problem?.mend && <Button kind="quiet" onClick={() => onMend(problem.mend!)}>Make it {sayCourseValue(problem.mend.to, unit)}</Button>}
    </div>
  )
}
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

interface InputProps extends Pick<FigureFieldProps, 'figure' | 'value' | 'onChange'> {
  readonly label: string
  readonly hint: string | undefined
  readonly problem: string | undefined
}

function Input({ figure: { row, unit }, value, label, hint, problem, onChange }: InputProps) {
  const said = { label, hint, problem }
  if ('yesOrNo' in row.takes) return <Select {...said} choices={[{ value: 'yes', label: 'yes' }, { value: 'no', label: 'no' }]} value={value ? 'yes' : 'no'} onChange={(to) => onChange(to === null ? undefined : to === 'yes')} />
  if ('choices' in row.takes) return <Select {...said} choices={row.takes.choices.map((one) => ({ value: one, label: one.replaceAll('-', ' ') }))} value={String(value)} onChange={(to) => onChange(to ?? undefined)} />
  if (isRange(value)) return <RangeInput {...said} unit={unit} value={value} onChange={onChange} />
  if (Array.isArray(value)) return <ListInput {...said} unit={unit} value={value as readonly number[]} onChange={onChange} />
  return <NumberField {...said} unit={unit || null} value={Number(value)} onChange={(to) => onChange(to ?? undefined)} />
}

function RangeInput({ label, hint, problem, unit, value, onChange }: Omit<InputProps, 'figure' | 'value'> & { readonly unit: string; readonly value: DayRange }) {
  return (
    <FieldGroup id={`range-${label}`.replaceAll(/\W+/g, '-')} label={unit ? `${label} (${unit})` : label} hint={hint} problem={problem} className="p-figure__range">
      <NumberField label="at least" unit={null} value={value.min} onChange={(min) => onChange(min === null ? undefined : { ...value, min })} />
      <NumberField label="at most" unit={null} value={value.max} onChange={(max) => onChange(max === null ? undefined : { ...value, max })} />
    </FieldGroup>
  )
}

/** Whole numbers with commas between them. What is being typed stays as typed. */
function ListInput({ label, hint, problem, unit, value, onChange }: Omit<InputProps, 'figure' | 'value'> & { readonly unit: string; readonly value: readonly number[] }) {
  const [text, setText] = useState(value.join(', '))
  const [last, setLast] = useState(value)
  const read = readList(text)
  if (!sameValue(value, last)) {
    setLast(value)
    if (!sameValue(value, read)) setText(value.join(', '))
  }
  const change = (next: string) => { setText(next); onChange(readList(next)) }
  return <TextField label={unit ? `${label} (${unit})` : label} hint={hint} inputMode="numeric" problem={read ? problem : 'Whole numbers, with a comma between them, such as 7, 30, 90.'} value={text} onChange={change} />
}
