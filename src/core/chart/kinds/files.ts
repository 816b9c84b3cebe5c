import { z } from 'zod'
import { clinicians, everybody, freeText, id, kind } from './kind.ts'

const whole = (min: number, max: number) => z.int().min(min).max(max)
/** A file as the chart names it: by the digest of its bytes, which lie beside the chart and may arrive later or never. */
const file = <const Types extends readonly string[]>(types: Types, mostBytes: number) =>
  z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: whole(100, mostBytes), type: z.enum(types) })

/** Bounds of the possible: longer or larger than this, nobody spoke one note or took one picture of a face. */
export const SPOKEN_MOST_MS = 5 * 60_000
export const SPOKEN_MOST_BYTES = 2_000_000
export const PHOTO_MOST_BYTES = 600_000

const photoFile = file(['image/jpeg'], PHOTO_MOST_BYTES)
const spoken = z.object({ file: file(['audio/webm', 'audio/ogg', 'audio/mp4'], SPOKEN_MOST_BYTES), lengthMs: whole(1, SPOKEN_MOST_MS) })
const writtenOut = z.object({ spoken: id, holds: z.enum(['words', 'nothing']), text: freeText(20_000) }).refine(({ holds, text }) => (holds === 'words') === (text !== ''), 'words are written out, and where there are none it is said')

const inTheRoom = { write: ['therapist', 'prescriber', 'monitor'], read: clinicians, offline: true } as const
const ofTheAuthor = { write: ['therapist'], read: ['therapist'], offline: true, stream: 'notes' } as const

/** What names a file, and what people say about it. The newest photo is the one that counts; nothing is overwritten. */
export const fileKinds = {
  /** A picture of the patient's face, to know them by. Nobody takes one without having asked. */
  'photo-taken.v1': kind({ body: z.object({ file: photoFile, agreed: z.enum(['aloud', 'in-writing']) }), write: ['therapist', 'prescriber', 'monitor', 'coordinator', 'owner'], read: everybody, offline: true, corrected: 'never' }),
  /** From then on no picture of before is shown. It stays in the record. */
  'photo-taken-back.v1': kind({ body: z.object({ photo: id, why: z.enum(['asked', 'another-person', 'of-no-use']), said: freeText(1000) }), write: everybody, read: everybody, offline: true, corrected: 'never' }),
  /** Somebody held the photo against the face in the room, or says why not. */
  'photo-compared.v1': kind({
    body: z.object({ found: z.enum(['matches', 'does-not-match', 'none-on-record', 'not-seen']), photo: id.optional() }).refine(({ found, photo }) => (found === 'none-on-record') === (photo === undefined), 'a photo is named, or there is none'),
    ...inTheRoom, corrected: 'never',
  }),
  'spoken-note.v1': kind({ body: spoken, ...inTheRoom, corrected: 'never' }),
  /** Its author's words for what they spoke, or that it holds nothing. Another's do not count. */
  'spoken-note-written.v1': kind({ body: writtenOut, ...inTheRoom }),
  'psychotherapy-recording.v1': kind({ body: spoken, ...ofTheAuthor, corrected: 'never' }),
  'psychotherapy-recording-written.v1': kind({ body: writtenOut, ...ofTheAuthor }),
} as const
