import type { ReactNode } from 'react'
import { LevelShape, type Level } from './Badge.tsx'
import { classes } from './classes.ts'

export interface NoticeProps {
  /** What happened, in one sentence. */
  readonly what: ReactNode
  /** What was kept: what the person need not do again. */
  readonly kept?: ReactNode
  /** What comes next, or what the person can do. */
  readonly next?: ReactNode
  readonly level?: Level | undefined
  /** Read out at once when it appears. Only for what cannot wait. */
  readonly urgent?: boolean | undefined
  /** Buttons or links. */
  readonly children?: ReactNode
}

/** What happened, what was kept, what next. */
export function Notice({ what, kept, next, level, urgent = false, children }: NoticeProps) {
  return (
    <div className={classes('k-notice', level && `k-notice--${level}`)} role={urgent ? 'alert' : undefined}>
      {level && <LevelShape level={level} />}
      <p className="k-notice__what">{what}</p>
      {kept && <p>{kept}</p>}
      {next && <p>{next}</p>}
      {children && <div className="k-notice__act k-buttons">{children}</div>}
    </div>
  )
}

/** An empty screen says what will be here and how to begin. */
export const EmptyState = ({ what, begin, children }: { readonly what: string; readonly begin?: ReactNode; readonly children?: ReactNode }) => (
  <div className="k-empty"><p>{what}</p>{begin && <p className="soft">{begin}</p>}{children}</div>
)

/** One quiet line that tells how things stand ("Saved here · waiting for the connection"); changes are read out politely. */
export const StatusLine = ({ children, waiting = false }: { readonly children: ReactNode; readonly waiting?: boolean }) => (
  <output className="k-status" data-waiting={waiting || undefined}>{children}</output>
)
