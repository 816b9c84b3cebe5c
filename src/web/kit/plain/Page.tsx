import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export interface PageProps {
  /** Name of the house, top left; usually a link home. */
  readonly brand: ReactNode
  /** Links of the main navigation, already routed; mark the current one with `aria-current="page"`. */
  readonly nav?: ReactNode
  /** What stands at the far end of the header: the person signed in, the way out, the safety plan. */
  readonly end?: ReactNode
  readonly footer?: ReactNode
  /** What stays beside the page where there is room: facts that never leave. */
  readonly beside?: ReactNode
  readonly besideLabel?: string
  /** `reading` is one column of 46 rem. */
  readonly width?: 'full' | 'reading'
  /** Text of the patient's screens is larger. */
  readonly patient?: boolean
  /** Targets of the dosing room are larger. */
  readonly room?: boolean
  readonly children: ReactNode
}

/** Header, one main place, and a link that skips to it. */
export function Page({ brand, nav, end, footer, beside, besideLabel = 'Always in sight', width = 'full', patient = false, room = false, children }: PageProps) {
  const main = classes('k-main', width === 'reading' && 'k-main--reading')
  return (
    <div className={classes('k-page', patient && 'patient', room && 'k-room')}>
      <a className="k-skip" href="#main">Skip to the page</a>
      <header className="k-header">
        {brand}
        {nav && <nav aria-label="Main">{nav}</nav>}
        {end && <div className="k-header__end">{end}</div>}
      </header>
      {beside
        ? <div className="k-main k-main--beside"><main id="main" tabIndex={-1}>{children}</main><aside className="k-beside" aria-label={besideLabel}>{beside}</aside></div>
        : <main id="main" tabIndex={-1} className={main}>{children}</main>}
      {footer && <footer className="k-footer">{footer}</footer>}
    </div>
  )
}

/** The name of the house in the header. */
export const Brand = ({ href = '/', children }: { readonly href?: string; readonly children: ReactNode }) => <a className="k-header__brand" href={href}>{children}</a>

/** Things under each other with air between them. */
export const Stack = ({ air = 'normal', children }: { readonly air?: 'tight' | 'normal' | 'wide'; readonly children: ReactNode }) => (
  <div className={classes('k-stack', air !== 'normal' && `k-stack--${air}`)}>{children}</div>
)

/** One thing on its own ground. */
export const Card = ({ children, label }: { readonly children: ReactNode; readonly label?: string }) =>
  label ? <section className="k-card" aria-label={label}>{children}</section> : <div className="k-card">{children}</div>

/** A heading with what belongs at its right. */
export function Heading({ level = 2, children, end }: { readonly level?: 1 | 2 | 3 | 4; readonly children: ReactNode; readonly end?: ReactNode }) {
  const Tag = `h${level}` as const
  return <div className="k-heading"><Tag>{children}</Tag>{end && <span>{end}</span>}</div>
}
