import type { ComponentProps } from 'react'
import { classes } from './classes.ts'

export type ButtonKind = 'primary' | 'quiet' | 'plain' | 'danger'
export type ButtonSize = 'normal' | 'room'

/** The class of a button, for a router's link that should look like one: `<Link className={buttonClass('primary')}>`. */
export const buttonClass = (kind: ButtonKind = 'quiet', size: ButtonSize = 'normal', wide = false) =>
  classes('k-button', `k-button--${kind}`, size === 'room' && 'k-button--room', wide && 'k-button--wide')

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly kind?: ButtonKind
  /** `room` is at least 60 px high, for gloves, dim light and a thumb. */
  readonly size?: ButtonSize
  readonly wide?: boolean
  /** The act is on its way: the button keeps the focus, says so to those who listen, and takes no second press. */
  readonly pending?: boolean
}

/** One act. A screen has at most one primary button. */
export function Button({ kind = 'quiet', size = 'normal', wide = false, pending = false, type = 'button', onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(kind, size, wide)}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {children}
      {pending && <span aria-hidden="true">…</span>}
    </button>
  )
}

/** A link that looks like a button, because it leads to the one next thing. */
export function ButtonLink({ kind = 'quiet', size = 'normal', wide = false, children, ...rest }: Omit<ComponentProps<'a'>, 'className'> & Pick<ButtonProps, 'kind' | 'size' | 'wide'>) {
  return <a {...rest} className={buttonClass(kind, size, wide)}>{children}</a>
}
