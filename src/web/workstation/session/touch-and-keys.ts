import { useEffect, useRef } from 'react'
import { useDevice } from '../../sync/index.ts'

/** Tells the device that somebody is there, so that it locks only when nobody is. */
export function useTouched() {
  const device = useDevice()
  useEffect(() => {
    const touched = () => device.touched()
    addEventListener('pointerdown', touched, { passive: true })
    addEventListener('keydown', touched)
    return () => { removeEventListener('pointerdown', touched); removeEventListener('keydown', touched) }
  }, [device])
}

/** Single keys, as long as nobody is typing and no other key is held with them. */
export function useKeys(on: boolean, acts: Readonly<Record<string, () => void>>) {
  const held = useRef(acts)
  held.current = acts
  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || target?.closest('input, textarea, select, [contenteditable]')) return
      const act = held.current[event.key.toLowerCase()]
      if (act) { event.preventDefault(); act() }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [on])
}
