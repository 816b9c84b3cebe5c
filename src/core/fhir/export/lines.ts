import { isEntryKind, kindRow } from '../../chart/kinds.ts'
import type { StoredEntry } from '../../chart/entry.ts'
import { canonical } from '../../shared/canonical.ts'

/**
 * Entries one a line, as canonical JSON, oldest number first: the whole stream, corrected entries too. Each line
 * names its practice and chart, so that its digest can be worked out anywhere from the lines alone.
 */
export function entryLines(entries: readonly StoredEntry[], stream: { readonly practice: string; readonly chart: string }): string {
  const leaving = entries.filter((entry) => isEntryKind(entry.kind) && kindRow(entry.kind).stream === 'chart')
  return leaving.toSorted((a, b) => a.seq - b.seq).map((entry) => `${canonical({ ...stream, ...entry })}\n`).join('')
}
