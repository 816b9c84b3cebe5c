import { createHash, randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { mayRead, mayWrite } from '../../core/access/policy.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import { isEntryKind, kindRow, type EntryKind } from '../../core/chart/kinds.ts'
import { endings, fileNamedBy, notArrived, type NamedFile } from '../../core/files/file-named.ts'
import { readMedia, type MediaRefusal } from '../../core/files/media.ts'
import { takenBack } from '../../core/files/photo.ts'
import { entryById, entriesOfKind, hiddenStream } from '../store/charts.ts'
import { fileOf, fileOfJournal, keepFile } from '../store/files.ts'
import { refuseOther } from './charts.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

const WHY: Readonly<Record<MediaRefusal, string>> = {
  unknown: 'It is neither a picture in JPEG nor sound in WebM, Ogg or MP4.', 'not-whole': 'It breaks off, or its parts do not fit together.', 'more-inside': 'Something else lies inside it or behind it.',
  'tells-more': 'It still says where, when or with what it was made.', 'not-sound': 'It holds something other than sound.', 'too-large': 'It has more points than a picture of a face needs.',
}

export const fileHandlers: Handlers<'putFile' | 'file'> = {
  async putFile({ params, body }, here) {
    refuseOther(body.by, here.actor.person)
    const { kind } = body
    const bytes = Buffer.from(body.data, 'base64')
    if (!isEntryKind(kind) || !bringsFile(kind)) throw new Problem('file.refused', { list: [{ code: kind, says: 'No entry of this kind brings a file.' }] })
    if (!mayWrite(kind, here.standings)) throw new Problem('not-allowed')
    if (digestOf(bytes) !== body.sha256) throw new Problem('file.altered')
    const media = judged(bytes, kind, body.sha256)
    const { stream: type } = kindRow(kind)
    const stream = type === 'chart' ? params.chart : await hiddenStream(here, params.chart, type)
    const kept = await keepFile(here, stream, kind, { type: media, bytes }, here.now)
    if (kept === 'forbidden') throw new Problem('not-allowed')
    return { kept: true, again: kept === 'again' }
  },
  async file({ params }, here) {
    const { stream, entry } = await entryFor(here, params.chart, params.entry)
    const named = fileNamedBy(entry)
    if (!named) throw new Problem('not-found')
    if (entry.kind === 'photo-taken.v1' && takenBack(entry, await entriesOfKind(here, stream, 'photo-taken-back.v1'))) throw new Problem('photo.taken-back')
    const isShared = entry.kind === 'journal-file-shared.v1'
    if (isShared && (await entriesOfKind(here, stream, 'journal-taken-back.v1')).some(({ body }) => body.shared === entry.id)) throw new Problem('journal.taken-back')
    const file = await (isShared ? fileOfJournal : fileOf)(here, stream, named.sha256)
    if (!file || file.type !== named.type || file.bytes.length !== named.bytes) throw new Problem('file.not-arrived', { list: [{ code: named.type, says: notArrived(named.type) }] })
    // Whatever it is, no browser draws it as a page of ours, keeps it, or learns a name from it.
    here.reply.type(file.type).header('content-disposition', `attachment; filename="${randomUUID()}.${endings[file.type]}"`).header('cache-control', 'no-store').header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'; sandbox")
    return file.bytes
  },
}

/** What the table of kinds says of the file of a kind. */
const shapeOfFile = (kind: EntryKind): z.ZodType<NamedFile> | undefined => (kindRow(kind).body as unknown as { readonly shape?: { readonly file?: z.ZodType<NamedFile> } }).shape?.file
const namesFile = (kind: EntryKind): boolean => shapeOfFile(kind) !== undefined
/** What is shared from a journal is named once more, and lies there. */
const bringsFile = (kind: EntryKind): boolean => namesFile(kind) && kind !== 'journal-file-shared.v1'

/** By its bytes from the first to the last, and by the bounds of the kind. A picture of a face is square. */
function judged(bytes: Buffer, kind: EntryKind, sha256: string): NamedFile['type'] {
  const media = readMedia(bytes)
  if (!media.ok) throw new Problem('file.refused', { list: [{ code: media.refusal, says: WHY[media.refusal] }] })
  const { type, widthPx, heightPx } = media.value
  const fits = shapeOfFile(kind)!.safeParse({ sha256, bytes: bytes.length, type })
  if (!fits.success) throw new Problem('file.refused', { list: [{ code: type, says: 'It is larger than such a file can be, or not of its sort.' }] })
  if (kind === 'photo-taken.v1' && widthPx !== heightPx) throw new Problem('file.refused', { list: [{ code: type, says: 'The picture is not square.' }] })
  return type
}

/** Whether bytes are what this entry names, and would be taken from its author if they brought them themselves. */
export function isWhatItNames({ kind, body }: Pick<EntryDraft, 'kind' | 'body'>, bytes: Buffer): boolean {
  const named = fileNamedBy({ body })
  if (!named || !namesFile(kind) || named.bytes !== bytes.length || digestOf(bytes) !== named.sha256) return false
  try {
    return judged(bytes, kind, named.sha256) === named.type
  } catch (failure) {
    if (failure instanceof Problem) return false
    throw failure
  }
}
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** An entry this person may read: on the chart, in their own notes about it, or in a journal of their own. */
async function entryFor(here: Here, chart: string, id: string) {
  const onChart = await entryById(here, chart, id)
  if (onChart && mayRead(onChart.kind, here.standings)) return { stream: chart, entry: onChart }
  for (const [type, kind] of [['notes', 'psychotherapy-recording.v1'], ['journal', 'journal-photo.v1']] as const) {
    const stream = mayRead(kind, here.standings) ? await hiddenStream(here, chart, type) : undefined
    const entry = stream && (await entryById(here, stream, id))
    if (stream && entry) return { stream, entry }
  }
  throw new Problem('not-found')
}
