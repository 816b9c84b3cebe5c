import { refuse, type Result } from '../shared/result.ts'
import type { MediaType } from './file-named.ts'
import { readJpeg } from './jpeg.ts'
import { readMp4 } from './mp4.ts'
import { readOgg } from './ogg.ts'
import { readWebm } from './webm.ts'

/** What bytes are by themselves, whatever anybody calls them. */
export interface Media {
  readonly type: MediaType
  /** Of a picture. */
  readonly widthPx?: number
  readonly heightPx?: number
}

/**
 * `unknown`: nothing that is taken here. `not-whole`: it breaks off, or its parts do not fit. `more-inside`: something else
 * lies in it or behind it, as in a file that is two things at once. `tells-more`: it says where or with what it was made.
 * `not-sound`: it holds pictures where sound should be. `too-large`: more pixels than a face needs.
 */
export type MediaRefusal = 'unknown' | 'not-whole' | 'more-inside' | 'tells-more' | 'not-sound' | 'too-large'

/**
 * Reads a file from its first byte to its last: its parts have to be those of its format, one after the other, and nothing
 * else. A file that begins as one thing and goes on as another is refused, wherever the other part lies between two of its own.
 */
export function readMedia(bytes: Uint8Array): Result<Media, MediaRefusal> {
  if (begins(bytes, 0, [0xff, 0xd8, 0xff])) return readJpeg(bytes)
  if (begins(bytes, 0, [0x1a, 0x45, 0xdf, 0xa3])) return readWebm(bytes)
  if (begins(bytes, 0, [0x4f, 0x67, 0x67, 0x53])) return readOgg(bytes)
  if (begins(bytes, 4, [0x66, 0x74, 0x79, 0x70])) return readMp4(bytes)
  return refuse('unknown')
}

const begins = (bytes: Uint8Array, at: number, signs: readonly number[]) => signs.every((sign, place) => bytes[at + place] === sign)
