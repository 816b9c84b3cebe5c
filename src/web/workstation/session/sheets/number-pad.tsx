import { useId, useRef, type ReactNode, type RefObject } from 'react'

export interface PadField {
  readonly name: string
  readonly label: string
  /** So many digits fill it; a leading digit that leaves no room for a third fills it earlier. */
  readonly digits: number
  readonly problem?: string | undefined
}

interface NumberPadProps {
  readonly fields: readonly PadField[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (name: string, text: string) => void
  readonly onDone: () => void
  /** What belongs under the fields, in reach of the same thumb. */
  readonly children?: ReactNode
}

/**
 * Fields and one pad of large keys below a thumb. The device's own keyboard stays down, because it would cover the
 * numbers above; a keyboard on a cable types into the fields as usual. A full field hands over to the next.
 */
export function NumberPad({ fields, values, onChange, onDone, children }: NumberPadProps) {
  const id = useId()
  const inputs = useRef<Record<string, HTMLInputElement | null>>({})
  const current = useRef(fields[0]?.name ?? '')
  const goTo = (name: string | undefined) => { if (name) inputs.current[name]?.focus() }
  const next = () => fields[fields.findIndex(({ name }) => name === current.current) + 1]?.name

  const type = (name: string, text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, 3)
    onChange(name, digits)
    const field = fields.find((one) => one.name === name)
    if (field && digits.length > (values[name] ?? '').length && isFull(field, digits)) goTo(next())
  }
  const press = (digit: string) => {
    const name = current.current
    const before = values[name] ?? ''
    const field = fields.find((one) => one.name === name)
    inputs.current[name]?.focus()
    type(name, field && isFull(field, before) ? digit : before + digit)
  }

  return (
    <div className="r-pad">
      <div className="r-pad__left">
        <div className="r-pad__fields">
          {fields.map((field, place) => (
            <label key={field.name} className="r-pad__field" data-problem={field.problem ? true : undefined}>
              <span>{field.label.split(' (')[0]}<span className="r-unit">{field.label.includes(' (') ? ` (${field.label.split(' (')[1]}` : ''}</span></span>
              <input
                ref={keep(inputs, field.name)} type="text" inputMode="none" autoComplete="off" enterKeyHint={place === fields.length - 1 ? 'done' : 'next'} value={values[field.name] ?? ''}
                aria-invalid={field.problem ? true : undefined} aria-describedby={field.problem ? `${id}-${field.name}` : undefined}
                onFocus={() => { current.current = field.name }} onChange={(event) => type(field.name, event.target.value)}
                onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); if (next()) goTo(next()); else onDone() } }}
              />
              {field.problem && <small id={`${id}-${field.name}`}>{field.problem}</small>}
            </label>
          ))}
        </div>
        {children}
      </div>
      <div className="r-pad__keys" role="group" aria-label="Number pad">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => <PadKey key={digit} name={`Digit ${digit}`} onPress={() => press(digit)}>{digit}</PadKey>)}
        <PadKey name="Delete digit" onPress={() => { goTo(current.current); onChange(current.current, (values[current.current] ?? '').slice(0, -1)) }}>⌫</PadKey>
        <PadKey name="Digit 0" onPress={() => press('0')}>0</PadKey>
        <PadKey name="Next field" onPress={() => goTo(next())}>→</PadKey>
      </div>
    </div>
  )
}

function PadKey({ name, onPress, children }: { readonly name: string; readonly onPress: () => void; readonly children: string }) {
  // The field keeps the focus, so that what is typed next goes where the person is looking.
  return <button type="button" className="r-pad__key" aria-label={name} tabIndex={-1} onPointerDown={(event) => event.preventDefault()} onClick={onPress}>{children}</button>
}

const isFull = ({ digits }: PadField, text: string): boolean => text.length >= digits || (digits === 3 && text.length === 2 && Number(text[0]) >= 4)

const keep = (inputs: RefObject<Record<string, HTMLInputElement | null>>, name: string) => (element: HTMLInputElement | null) => { inputs.current[name] = element }
