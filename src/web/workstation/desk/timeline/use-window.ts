import { useEffect, useLayoutEffect, useState, type CSSProperties, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { sameWindow, windowOf, type Window } from './axis.ts'

const NOTHING_YET: Window = { left: 0, right: 1_600, top: 0, bottom: 1_000 }
const ALL: Window = { left: 0, right: Infinity, top: 0, bottom: Infinity }
/** A sheet across, less its margins, at 96 pixels an inch. */
const PAPER = { width: 1_000, height: 600 }

/** What of the canvas is looked at, as it is scrolled; on paper all of it, as small as one page needs. */
export function useWindow(place: RefObject<HTMLElement | null>, width: number, height: number): { readonly window: Window; readonly print: CSSProperties } {
  const [window, setWindow] = useState(NOTHING_YET)
  const [printing, setPrinting] = useState(false)
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return
    let frame = 0
    const look = () => { frame = 0; setWindow((before) => { const next = windowOf(element); return sameWindow(before, next) ? before : next }) }
    const soon = () => { frame ||= requestAnimationFrame(look) }
    look()
    element.addEventListener('scroll', soon, { passive: true })
    const resized = new ResizeObserver(soon)
    resized.observe(element)
    return () => { cancelAnimationFrame(frame); element.removeEventListener('scroll', soon); resized.disconnect() }
  }, [place])
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => { removeEventListener('beforeprint', before); removeEventListener('afterprint', after) }
  }, [])
  return { window: printing ? ALL : window, print: { '--fit': Math.min(1, PAPER.width / (width + 200), PAPER.height / (height + 60)) } as CSSProperties }
}
