import type { ReactNode } from 'react'

/** The class that makes a router's link the whole row's target: `who={<Link className={rowOpen} …>Mara K.</Link>}`. */
export const rowOpen = 'k-row__open'

export interface RowProps {
  /** The name; usually a link with the class `rowOpen`, so that the whole row opens. */
  readonly who: ReactNode
  /** Where in the course. */
  readonly where?: ReactNode
  /** What is missing, and from whom. */
  readonly missing?: ReactNode
  /** Since when, as people say it. */
  readonly since?: ReactNode
  /** A button of its own inside the row. */
  readonly act?: ReactNode
}

/** A list of people or things in order of who needs somebody: who, where, what is missing, since when. */
export const Rows = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => <div className="k-rows-frame"><ul className="k-rows" aria-label={label}>{children}</ul></div>

/** One line of the list. */
export const Row = ({ who, where, missing, since, act }: RowProps) => (
  <li className="k-row">
    <span className="k-row__who">{who}</span>
    <span className="k-row__where">{where}</span>
    <span className="k-row__missing">{missing}</span>
    <span className="k-row__since">{since}{act && <span className="k-row__act"> {act}</span>}</span>
  </li>
)

/** A button that opens the row where there is no address to link to. */
export const RowOpen = ({ onOpen, children }: { readonly onOpen: () => void; readonly children: ReactNode }) => <button type="button" className={rowOpen} onClick={onOpen}>{children}</button>
