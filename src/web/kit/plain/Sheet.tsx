import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './Button.tsx'

export interface SheetProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  /** How far up it may reach, as a share of the screen's height; it never covers what is above. */
  readonly reach?: string
  readonly children: ReactNode
}

/**
 * Opens upward from the bottom over the page. It is fixed, so nothing underneath moves, and it is not modal:
 * the numbers above stay readable and the emergency key stays in reach. Escape closes it and gives the focus back.
 */
export function Sheet({ open, title, onClose, reach = '60dvh', children }: SheetProps) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const sheet = useRef<HTMLDialogElement>(null)
  const before = useRef<Element | null>(null)

  useEffect(() => {
    if (!open) return
    before.current = document.activeElement
    heading.current?.focus({ preventScroll: true })
    return () => { if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true }) }
  }, [open])

  // A button that was pressed may be gone or switched off a moment later, and the focus with it: whoever was in here stays in here.
  const within = useRef(false)
  useEffect(() => {
    const follow = ({ target }: Event) => { within.current = sheet.current?.contains(target as Node) ?? false }
    document.addEventListener('focusin', follow)
    document.addEventListener('pointerdown', follow)
    return () => { document.removeEventListener('focusin', follow); document.removeEventListener('pointerdown', follow) }
  }, [])
  useEffect(() => { if (open && within.current && isNowhere(document.activeElement)) heading.current?.focus({ preventScroll: true }) })

  useEffect(() => {
    const element = sheet.current
    const escape = (event: KeyboardEvent) => { if (event.key === 'Escape') { event.stopPropagation(); onClose() } }
    element?.addEventListener('keydown', escape)
    return () => element?.removeEventListener('keydown', escape)
  }, [open, onClose])

  if (!open) return null
  return (
    <dialog open ref={sheet} className="k-sheet" aria-labelledby={id} style={{ ['--sheet-reach' as string]: reach }}>
      <div className="k-sheet__in">
        <div className="k-sheet__top"><h2 id={id} ref={heading} tabIndex={-1}>{title}</h2><Button kind="plain" onClick={onClose}>Close</Button></div>
        {children}
      </div>
    </dialog>
  )
}

const isNowhere = (element: Element | null): boolean => element === null || element === document.body || (element instanceof HTMLButtonElement && element.disabled)
