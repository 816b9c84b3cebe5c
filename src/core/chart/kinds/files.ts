import { z } from 'zod'
import { JOURNAL_PHOTO_MOST_BYTES, JOURNAL_VOICE_MOST_BYTES, JOURNAL_VOICE_MOST_MS, PHOTO_MOST_BYTES, SPOKEN_MOST_BYTES, SPOKEN_MOST_MS } from '../../files/limits.ts'
import { clinicians, cliniciansAndPatient, everybody, freeText, id, instant, kind } from './kind.ts'

const whole = (min: number, max: number) => z.int().min(min).max(max)
/** A file as the chart names it: by the digest of its bytes, which lie beside the chart and may arrive later or never. */
const file = <const Types extends readonly string[]>(types: Types, mostBytes: number) =>
  z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: whole(100, mostBytes), type: z.enum(types) })

const photoFile = file(['image/jpeg'], PHOTO_MOST_BYTES)
const SOUND = ['audio/webm', 'audio/ogg', 'audio/mp4'] as const
const spoken = z.object({ file: file(SOUND, SPOKEN_MOST_BYTES), lengthMs: whole(1, SPOKEN_MOST_MS) })
const writtenOut = z.object({ spoken: id, holds: z.enum(['words', 'nothing']), text: freeText(20_000) }).refine(({ holds, text }) => (holds === 'words') === (text !== ''), 'words are written out, and where there are none it is said')

const [journalPhoto, journalVoice] = [file(['image/jpeg'], JOURNAL_PHOTO_MOST_BYTES), file(SOUND, JOURNAL_VOICE_MOST_BYTES)]
/** A line beside it; and of a photo what can be seen on it, for whoever does not see it. */
const besideIt = { text: freeText(4_000), alt: freeText(500) }

const inTheRoom = { write: ['therapist', 'prescriber', 'monitor'], read: clinicians, offline: true } as const
const ofTheAuthor = { write: ['therapist'], read: ['therapist'], offline: true, stream: 'notes' } as const
const ofThePatient = { write: ['patient'], read: ['patient'], offline: true, stream: 'journal', corrected: 'never' } as const

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
  'journal-photo.v1': kind({ body: z.object({ file: journalPhoto, ...besideIt }), ...ofThePatient }),
  'journal-voice.v1': kind({ body: z.object({ file: journalVoice, lengthMs: whole(1, JOURNAL_VOICE_MOST_MS), text: besideIt.text }), ...ofThePatient }),
  /** A photo or a recording of her journal that the team may open. It names bytes that lie in the journal, and brings none. */
  'journal-file-shared.v1': kind({ body: z.object({ journal: id, writtenAt: instant, file: z.union([journalPhoto, journalVoice]), lengthMs: whole(1, JOURNAL_VOICE_MOST_MS).optional(), ...besideIt }), write: ['patient'], read: cliniciansAndPatient, corrected: 'never' }),
  /** From then on nobody opens what was shared. That it was shared, and what was read of it, stays in the record. */
  'journal-taken-back.v1': kind({ body: z.object({ shared: id }), write: ['patient'], read: cliniciansAndPatient, offline: true, corrected: 'never' }),
} as const
