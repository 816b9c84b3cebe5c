import { ok, refuse, type Result } from '../shared/result.ts'
import type { Media, MediaRefusal } from './media.ts'

/** Sound in Ogg: pages end to end, all of one stream, and that one Opus. */
export function readOgg(bytes: Uint8Array): Result<Media, MediaRefusal> {
  let stream: string | undefined
  let pages = 0
  for (let at = 0; at < bytes.length; pages += 1) {
    if (says(bytes, at, 'OggS') === false) return refuse(pages > 0 ? 'more-inside' : 'not-whole')
    const lengths = bytes[at + 26] ?? 0
    const content = at + 27 + lengths
    const end = bytes.subarray(at + 27, content).reduce((sum, length) => sum + length, content)
    if (content > bytes.length || end > bytes.length || bytes[at + 4] !== 0) return refuse('not-whole')
    const serial = bytes.subarray(at + 14, at + 18).join('.')
    if (pages === 0 && !says(bytes, content, 'OpusHead')) return refuse('not-sound')
    if (stream !== undefined && stream !== serial) return refuse('more-inside')
    stream = serial
    at = end
  }
  return pages > 2 ? ok({ type: 'audio/ogg' }) : refuse('not-whole')
}

const says = (bytes: Uint8Array, at: number, text: string) => [...text].every((sign, place) => bytes[at + place] === sign.charCodeAt(0))
