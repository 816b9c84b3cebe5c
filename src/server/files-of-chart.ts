import type { Entry } from '../core/chart/entry.ts'
import { fileNamedBy } from '../core/files/file-named.ts'
import type { Context } from './store/database.ts'
import { filesOf, type KeptFile } from './store/files.ts'

/** The files that these entries of a chart name and that have arrived, by their digest. */
export const filesNamed = (asking: Pick<Context, 'client' | 'actor'>, chart: string, entries: readonly Entry[]): Promise<Map<string, KeptFile>> =>
  filesOf(asking, chart, entries.flatMap((entry) => fileNamedBy(entry)?.sha256 ?? []))

export const asBase64 = (files: ReadonlyMap<string, KeptFile>): Map<string, string> => new Map([...files].map(([sha256, { bytes }]) => [sha256, bytes.toString('base64')]))
