import type { Entry } from '../chart/entry.ts'

export type MediaType = 'image/jpeg' | 'audio/webm' | 'audio/ogg' | 'audio/mp4'

/** A file as an entry names it. */
export interface NamedFile {
  readonly sha256: string
  readonly bytes: number
  readonly type: MediaType
}

/** The file that an entry names, where it names one. */
export function fileNamedBy({ body }: Pick<Entry, 'body'>): NamedFile | undefined {
  const { file } = body as { readonly file?: NamedFile }
  return file && typeof file.sha256 === 'string' ? file : undefined
}

/** The file whose bytes come with an entry. What is shared from a journal is named once more, and its bytes stay where they lie. */
export const fileBroughtBy = (entry: Pick<Entry, 'kind' | 'body'>): NamedFile | undefined => (entry.kind === 'journal-file-shared.v1' ? undefined : fileNamedBy(entry))

/** The digests of all that these entries name. */
export const filesNamedBy = (entries: readonly Pick<Entry, 'body'>[]): readonly string[] => entries.flatMap((entry) => fileNamedBy(entry)?.sha256 ?? [])

export const endings: Readonly<Record<MediaType, string>> = { 'image/jpeg': 'jpg', 'audio/webm': 'webm', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a' }
/** What a missing file is called where it should be. */
export const notArrived = (type: MediaType): string => (type === 'image/jpeg' ? 'The picture has not arrived.' : 'The sound has not arrived.')
