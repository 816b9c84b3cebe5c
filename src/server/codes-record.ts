import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { codesRecordSchema, nothingCompared, type CodesRecord } from '../core/codes/record.ts'

/**
 * What `kap codes --record` found, in a file of its own beside the practice's data: the command line writes it while
 * the server runs, which reads it each time it is asked. It holds public codes and no word about a person.
 */
const fileIn = (folder: string) => path.join(folder, 'codes-compared.json')

export function readCodesRecord(folder: string): { readonly record: CodesRecord; readonly broken: string | null } {
  let text: string
  try {
    text = readFileSync(fileIn(folder), 'utf8')
  } catch (failure) {
    return (failure as { code?: string }).code === 'ENOENT' ? { record: nothingCompared, broken: null } : unreadable(`(${(failure as { code?: string }).code ?? 'unknown reason'})`)
  }
  try {
    return { record: codesRecordSchema.parse(JSON.parse(text)), broken: null }
  } catch {
    return unreadable('(it is damaged)')
  }
}

const unreadable = (why: string) => ({ record: nothingCompared, broken: `What was recorded about the codes cannot be read ${why}, so none of it counts.` })

/** Written beside its place and moved there, so that nobody reads half of it. */
export function keepCodesRecord(folder: string, record: CodesRecord): void {
  const half = `${fileIn(folder)}.${process.pid}`
  writeFileSync(half, `${JSON.stringify(record, undefined, 1)}\n`, { mode: 0o644, flush: true })
  renameSync(half, fileIn(folder))
}
