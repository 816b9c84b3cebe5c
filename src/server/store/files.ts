import type { EntryKind } from '../../core/chart/kinds.ts'
import type { MediaType } from '../../core/files/file-named.ts'
import type { Context } from './database.ts'

type Asking = Pick<Context, 'client' | 'actor'>

/**
 * The bytes of files, by the stream that names them and their digest. These few functions are all that the rest of the
 * program knows of where bytes lie: today in the database, another day in an object store behind the same names.
 */
export interface KeptFile {
  readonly sha256: string
  readonly type: MediaType
  readonly bytes: Buffer
}

/** Keeps bytes under their digest, once however often they are brought. `forbidden`: this person may not name a file so on that stream. */
export async function keepFile({ client }: Pick<Context, 'client'>, stream: string, kind: EntryKind, { type, bytes }: Pick<KeptFile, 'type' | 'bytes'>, at: string): Promise<'stored' | 'again' | 'forbidden'> {
  const { rows } = await client.query<{ kept: 'stored' | 'again' | 'forbidden' }>('select app.keep_file($1, $2, $3, $4, $5) as kept', [stream, kind, type, bytes, at])
  return rows[0]!.kept
}

/** The bytes that an entry of this stream names; nothing while they have not arrived. */
export async function fileOf({ client, actor }: Asking, stream: string, sha256: string): Promise<KeptFile | undefined> {
  const { rows } = await client.query<KeptFile>({ name: 'file-of', text: 'select sha256, media_type as type, bytes from app.file where practice_id = $1 and stream_id = $2 and sha256 = $3', values: [actor.practice, stream, sha256] })
  return rows[0]
}

/** The bytes that an entry shares from the journal of this chart; nothing while nobody may open them, or they have not arrived. */
export async function fileOfJournal({ client, actor }: Asking, chart: string, sha256: string): Promise<KeptFile | undefined> {
  const { rows } = await client.query<KeptFile>({ name: 'file-of-journal', text: `select sha256, media_type as type, bytes from app.file where practice_id = $1 and chart_id = $2 and sha256 = $3 and ${OF_A_JOURNAL} limit 1`, values: [actor.practice, chart, sha256] })
  return rows[0]
}
const OF_A_JOURNAL = `stream_id <> chart_id and kind in ('journal-photo.v1', 'journal-voice.v1')`

/** As many of these as have arrived; with them what is shared from the journal of the chart whose stream this is. */
export async function filesOf({ client, actor }: Asking, stream: string, digests: readonly string[]): Promise<Map<string, KeptFile>> {
  if (digests.length === 0) return new Map()
  const { rows } = await client.query<KeptFile>({ name: 'files-of', text: `select sha256, media_type as type, bytes from app.file where practice_id = $1 and (stream_id = $2 or (chart_id = $2 and ${OF_A_JOURNAL})) and sha256 = any($3)`, values: [actor.practice, stream, digests] })
  return new Map(rows.map((file) => [file.sha256, file]))
}

/** Deletes what no entry has named for so many days. Answers how many. */
export async function sweepFiles({ client }: Pick<Context, 'client'>, days: number): Promise<number> {
  const { rows } = await client.query<{ swept: number }>('select app.sweep_files($1) as swept', [days])
  return rows[0]!.swept
}
