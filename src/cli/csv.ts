import { ok, refuse, type Result } from '../core/shared/result.ts'

export interface CsvRow {
  /** Where the row begins in the file, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Rows of a file with commas (RFC 4180): cells in quotes may hold commas, line ends and doubled quotes. Empty lines are none. */
export function readCsv(text: string): Result<readonly CsvRow[], { readonly line: number; readonly message: string }> {
  const rows: CsvRow[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text
  let cells: string[] = []
  let [begins, line] = [1, 1]
  for (let at = 0; at < whole.length || cells.length > 0; at = cell.lastIndex) {
    cell.lastIndex = at
    const found = cell.exec(whole)
    if (!found) return refuse({ line, message: 'a quote is opened and not closed, or stands in the middle of a cell' })
    const [all, quoted, plain = '', end = ''] = found
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    line += all.match(/\r\n|\n|\r/g)?.length ?? 0
    if (end === ',') continue
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begins, cells })
    cells = []
    begins = line
  }
  return ok(rows)
}
