import type { Cell, Table, TableRow } from './tables.ts'

/**
 * One line of a table with commas (RFC 4180), its end included. An empty cell is null. A text that a spreadsheet would
 * take for a formula gets an apostrophe before it, which every spreadsheet shows as text; numbers are told as they are.
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

export const csvHead = ({ columns }: Table): string => csvLine(columns.map(({ name }) => name))
export const csvRow = ({ columns }: Table, row: TableRow): string => csvLine(columns.map(({ name }) => row[name] ?? null))

function csvCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const tame = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(tame) || tame === '' ? `"${tame.replaceAll('"', '""')}"` : tame
}
const FORMULA = /^[=+\-@\t\r]/
