import { useId, useRef, useState, type PointerEvent } from 'react'
import { Button } from './Button.tsx'
import { FieldGroup } from './Field.tsx'
import { TextField } from './TextField.tsx'

/** What a signature is made of: strokes as an SVG path in a 600 × 160 field, or a name typed out. */
export type Signed =
  | { readonly method: 'drawn'; readonly path: string }
  | { readonly method: 'typed-name'; readonly name: string }

export interface SignaturePadProps {
  readonly label: string
  readonly value: Signed | null
  readonly onChange: (value: Signed | null) => void
  readonly problem?: string | undefined
}

const WIDTH = 600
const HEIGHT = 160

/** A signature drawn with a finger, or a name typed by those who cannot or do not want to draw. */
export function SignaturePad({ label, value, onChange, problem }: SignaturePadProps) {
  const id = useId()
  const [typing, setTyping] = useState(value?.method === 'typed-name')
  const drawing = useRef(false)
  const path = value?.method === 'drawn' ? value.path : ''

  const at = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const scale = (offset: number, size: number, length: number) => Math.round((offset / (size || 1)) * length)
    return `${scale(event.clientX - box.left, box.width, WIDTH)} ${scale(event.clientY - box.top, box.height, HEIGHT)}`
  }
  const start = (event: PointerEvent<SVGSVGElement>) => {
    drawing.current = true
    event.currentTarget.setPointerCapture?.(event.pointerId)
    onChange({ method: 'drawn', path: `${path}M${at(event)}` })
  }
  const move = (event: PointerEvent<SVGSVGElement>) => { if (drawing.current) onChange({ method: 'drawn', path: `${path}L${at(event)}` }) }
  const stop = () => { drawing.current = false }
  const swap = () => { setTyping(!typing); onChange(null) }

  return (
    <FieldGroup id={id} label={label} problem={problem} className="k-sign">
      {typing
        ? <TextField label="Your full name, typed" autoComplete="name" value={value?.method === 'typed-name' ? value.name : ''} onChange={(name) => onChange(name.trim() ? { method: 'typed-name', name } : null)} />
        : (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> cannot be drawn on
          <svg className="k-sign__pad" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={path ? 'Your signature' : 'Draw your signature here'} onPointerDown={start} onPointerMove={move} onPointerUp={stop} onPointerCancel={stop}>
            <line className="k-sign__line" x1="24" x2={WIDTH - 24} y1="124" y2="124" />
            <path className="k-sign__ink" d={path} />
          </svg>
          )}
      <div className="k-buttons">
        <Button kind="plain" onClick={swap}>{typing ? 'Draw instead' : 'Type my name instead'}</Button>
        {value && <Button kind="plain" onClick={() => onChange(null)}>Start again</Button>}
      </div>
    </FieldGroup>
  )
}
