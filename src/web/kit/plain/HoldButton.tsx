import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { classes } from './classes.ts'

export interface HoldButtonProps {
  readonly children: string
  readonly onHeld: () => void
  readonly holdMs?: number
  readonly size?: 'normal' | 'room'
  readonly kind?: 'emergency' | 'quiet'
  readonly disabled?: boolean
}

/**
 * Acts only after half a second's press, so that a sleeve cannot call an ambulance. A keyboard, a switch or a
 * screen reader cannot hold: there the first press arms the button, says so, and the second within five seconds acts.
 */
export function HoldButton({ children, onHeld, holdMs = 500, size = 'room', kind = 'emergency', disabled = false }: HoldButtonProps) {
  const [holding, setHolding] = useState(false)
  const [armed, setArmed] = useState(false)
  const [short, setShort] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const arm = useRef<ReturnType<typeof setTimeout>>(undefined)
  const byPointer = useRef(false)

  useEffect(() => () => { clearTimeout(timer.current); clearTimeout(arm.current) }, [])

  const release = () => { clearTimeout(timer.current); setHolding(false) }
  const letGo = () => { if (holding) setShort(true); release() }
  const act = () => { release(); clearTimeout(arm.current); setArmed(false); onHeld() }
  const press = (event: PointerEvent) => {
    if (disabled || bySpeech(event)) return
    byPointer.current = true
    setShort(false)
    setHolding(true)
    timer.current = setTimeout(act, holdMs)
  }
  const click = () => {
    // A click that ends a pointer's press is the press itself: letting go early must do nothing.
    if (byPointer.current) { byPointer.current = false; return }
    if (armed) { act(); return }
    setArmed(true)
    arm.current = setTimeout(() => setArmed(false), 5_000)
  }
  // A key that repeats while held down is one press, not two.
  const keyDown = (event: KeyboardEvent) => { byPointer.current = false; if (event.repeat) event.preventDefault() }

  return (
    <>
      <button
        type="button"
        className={classes('k-button', 'k-hold', kind === 'emergency' ? 'k-hold--emergency' : 'k-button--quiet', size === 'room' && 'k-button--room')}
        style={{ '--hold': `${holdMs}ms` } as CSSProperties}
        data-holding={holding || undefined}
        disabled={disabled}
        onPointerDown={press}
        onPointerUp={letGo}
        onPointerLeave={release}
        onPointerCancel={() => { byPointer.current = false; release() }}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={keyDown}
        onClick={click}
      >
        <span className="k-hold__fill" aria-hidden="true" />
        <span className="k-hold__label">{armed ? `${children}: press again` : short ? `${children}: keep pressing` : children}</span>
      </button>
      <output className="heard">{armed ? 'Press again within five seconds to confirm.' : short ? 'Keep pressing for half a second.' : ''}</output>
    </>
  )
}

/** A screen reader on a touch screen makes a press without size or pressure, and cannot hold it. */
const bySpeech = (event: PointerEvent) =>
  (event.width === 0 && event.height === 0) || (event.width === 1 && event.height === 1 && event.pressure === 0 && event.detail === 0 && event.pointerType === 'mouse')
