import { createWriteStream, type WriteStream } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { fileWriter, ParquetWriter } from 'hyparquet-writer'
import { csvHead, csvRow } from '../../core/registry/csv.ts'
import { fhirOf, fhirTypes } from '../../core/registry/fhir.ts'
import { tables, type Cell, type Column, type Table, type Tables } from '../../core/registry/tables.ts'
import { codes } from '../library.ts'

export const formats = ['csv', 'parquet', 'fhir'] as const
export type Format = (typeof formats)[number]

/** Takes the rows of one person after the other, and holds no more of them than a group of rows. */
export interface Writer {
  write(person: Tables): Promise<void>
  end(): Promise<void>
}

export async function writerOf(format: Format, folder: string): Promise<Writer> {
  const into = path.join(folder, format)
  await mkdir(into, { mode: 0o700 })
  return { csv: csvWriter, parquet: parquetWriter, fhir: fhirWriter }[format](into)
}

/** Text that waits for the disk where the disk is slower. */
function textFile(name: string) {
  const stream: WriteStream = createWriteStream(name, { mode: 0o600 })
  let failure: Error | undefined
  stream.on('error', (error) => (failure = error))
  return {
    async write(text: string) { if (failure) throw failure; if (text !== '' && !stream.write(text)) await once(stream, 'drain') },
    async end() { stream.end(); await finished(stream) },
  }
}

function csvWriter(into: string): Writer {
  const files = tables.map((table) => ({ table, file: textFile(path.join(into, `${table.name}.csv`)) }))
  const begun = Promise.all(files.map(({ table, file }) => file.write(csvHead(table))))
  return {
    async write(person) { await begun; for (const { table, file } of files) await file.write(person[table.name].map((row) => csvRow(table, row)).join('')) },
    async end() { await begun; for (const { file } of files) await file.end() },
  }
}

function fhirWriter(into: string): Writer {
  const files = fhirTypes.map((type) => ({ type, file: textFile(path.join(into, `${type}.ndjson`)) }))
  return {
    async write(person) { const all = fhirOf(person, codes); for (const { type, file } of files) await file.write(all.filter(({ resourceType }) => resourceType === type).map((one) => `${JSON.stringify(one)}\n`).join('')) },
    async end() { for (const { file } of files) await file.end() },
  }
}

/** Rows of one group in a Parquet file: what is held of a table at most, and what a reader can leave out. */
const GROUP = 10_000
const elements = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, date: { type: 'INT32', converted_type: 'DATE' }, integer: { type: 'INT32' }, number: { type: 'DOUBLE' }, boolean: { type: 'BOOLEAN' },
} as const satisfies Readonly<Record<Column['type'], object>>
/** A column that the dictionary calls never empty is required, so a missing cell cannot be written. */
const schemaOf = ({ columns }: Table) => [{ name: 'root', num_children: columns.length }, ...columns.map(({ name, type, empty }) => ({ name, ...elements[type], repetition_type: empty ? ('OPTIONAL' as const) : ('REQUIRED' as const) }))]

function parquetWriter(into: string): Writer {
  const files = tables.map((table) => parquetFile(table, path.join(into, `${table.name}.parquet`)))
  return {
    async write(person) { for (const file of files) for (const row of person[file.table.name]) file.add(file.table.columns.map(({ name }) => row[name] ?? null)) },
    async end() { for (const file of files) await file.end() },
  }
}

function parquetFile(table: Table, name: string) {
  const held: Cell[][] = table.columns.map(() => [])
  const columnData = () => table.columns.map((column, at) => ({ name: column.name, data: column.type === 'date' ? held[at]!.map(dayOf) : held[at]!, offsetIndex: false }))
  const writer = new ParquetWriter({ writer: fileWriter(name), schema: schemaOf(table), createdBy: 'openkap' })
  const flush = () => {
    if (held[0]!.length > 0) void writer.write({ columnData: columnData(), rowGroupSize: GROUP })
    for (const column of held) column.length = 0
  }
  return {
    table,
    add(cells: readonly Cell[]) { for (const [at, cell] of cells.entries()) held[at]!.push(cell); if (held[0]!.length >= GROUP) flush() },
    async end() { flush(); void writer.finish(); await chmod(name, 0o600) },
  }
}

/** A day as the format keeps it: days since the beginning of 1970. */
const dayOf = (day: Cell) => (day === null ? null : new Date(`${String(day)}T00:00:00Z`))
