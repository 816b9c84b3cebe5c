import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  readonly numeric?: boolean
}

export interface TableProps<Row> {
  readonly caption: ReactNode
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** The caption is read out but not shown, where a heading above already says it. */
  readonly captionHeard?: boolean
  /** What is said when there are no rows. */
  readonly empty?: string
}

/** Rows and columns; the first column names its row. Wide tables scroll in their own place and can be reached by key. */
export function Table<Row>({ caption, columns, rows, rowKey, captionHeard = false, empty = 'Nothing here yet.' }: TableProps<Row>) {
  const numeric = (column: Column<Row>) => (column.numeric ? { 'data-numeric': true } : {})
  return (
    // A region that scrolls has to be reachable by key, or its right half cannot be read without a mouse.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="k-table" aria-label={typeof caption === 'string' ? caption : 'Table'} tabIndex={0}>
      <table>
        <caption className={captionHeard ? 'heard' : undefined}>{caption}</caption>
        <thead><tr>{columns.map((column) => <th key={column.key} scope="col" {...numeric(column)}>{column.head}</th>)}</tr></thead>
        <tbody>
          {rows.length === 0 && <tr><td colSpan={columns.length}>{empty}</td></tr>}
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, place) => place === 0
                ? <th key={column.key} scope="row" {...numeric(column)}>{column.cell(row)}</th>
                : <td key={column.key} {...numeric(column)}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Names and values under each other. A value that is not there is said to be missing, never left blank. */
export const DataPairs = ({ pairs, wide = false, none = 'not recorded' }: { readonly pairs: readonly (readonly [name: ReactNode, value: ReactNode])[]; readonly wide?: boolean; readonly none?: string }) => (
  <dl className={wide ? 'k-pairs k-pairs--wide' : 'k-pairs'}>
    {pairs.map(([name, value], place) => (
      <div key={place}><dt>{name}</dt><dd>{value === null || value === undefined || value === '' ? <span className="k-pairs__none">{none}</span> : value}</dd></div>
    ))}
  </dl>
)

/** Cents as people write them. */
export const Money = ({ cents, currency = 'USD' }: { readonly cents: number; readonly currency?: string }) => (
  <span className="k-money">{new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(cents / 100)}</span>
)

/** Words that open to more words; the browser's own, so it works without a script. They are drawn while it is closed: a search of the page finds them, what was typed in them stays, and on paper it is open. */
export const Disclosure = ({ summary, open = false, children }: { readonly summary: ReactNode; readonly open?: boolean; readonly children: ReactNode }) => (
  <details className="k-disclosure" open={open}><summary>{summary}</summary><div className="k-disclosure__body">{children}</div></details>
)
