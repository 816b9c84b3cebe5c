import { ok, refuse, type Result } from '../shared/result.ts'
import type { Media, MediaRefusal } from './media.ts'

/** A side longer than this is no picture of a face, and costs whoever unpacks it more memory than it is worth. */
const MOST_SIDE_PX = 2_048

interface Segment {
  readonly marker: number
  readonly from: number
  readonly to: number
}
const [SOI, EOI, SOS, DQT, DHT, DRI, COM] = [0xd8, 0xd9, 0xda, 0xdb, 0xc4, 0xdd, 0xfe]
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2]
const PICTURE: readonly number[] = [SOI, EOI, SOS, DQT, DHT, DRI, ...FRAMES]

export function readJpeg(bytes: Uint8Array): Result<Media, MediaRefusal> {
  const segments = segmentsOf(bytes)
  const last = segments?.at(-1)
  if (!segments || last?.marker !== EOI) return refuse('not-whole')
  if (last.to !== bytes.length) return refuse('more-inside')
  const frames = segments.filter(({ marker }) => FRAMES.includes(marker))
  const [frame] = frames
  if (!frame || frames.length > 1 || frame.to - frame.from < 10 || !segments.some(({ marker }) => marker === SOS)) return refuse('not-whole')
  if (segments.some((segment) => !isPicture(bytes, segment))) return refuse(segments.every((one) => isPicture(bytes, one) || isAside(one)) ? 'tells-more' : 'not-whole')
  const [heightPx, widthPx] = [word(bytes, frame.from + 5), word(bytes, frame.from + 7)]
  if (heightPx === 0 || widthPx === 0) return refuse('not-whole')
  return heightPx > MOST_SIDE_PX || widthPx > MOST_SIDE_PX ? refuse('too-large') : ok({ type: 'image/jpeg', widthPx, heightPx })
}

/** The same picture with nothing told beside it: no place, no device, no thumbnail, no words, and nothing behind its end. */
export function pictureAlone(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const segments = segmentsOf(bytes)
  if (segments?.at(-1)?.marker !== EOI) return undefined
  const kept = segments.filter((segment) => isPicture(bytes, segment))
  const alone = new Uint8Array(kept.reduce((sum, { from, to }) => sum + to - from, 0))
  let at = 0
  for (const { from, to } of kept) { alone.set(bytes.subarray(from, to), at); at += to - from }
  return alone
}

/** Segments from the first byte to the end of the picture, the lines of a scan with its head. Nothing where they do not fit. */
function segmentsOf(bytes: Uint8Array): Segment[] | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined
  const segments: Segment[] = [{ marker: SOI, from: 0, to: 2 }]
  let at = 2
  for (;;) {
    const marker = bytes[at + 1]
    if (bytes[at] !== 0xff || marker === undefined || marker < 0xc0 || marker === 0xff) return undefined
    if (marker === EOI) return [...segments, { marker, from: at, to: at + 2 }]
    if (isRestart(marker) || marker === SOI || at + 4 > bytes.length) return undefined
    const end = at + 2 + word(bytes, at + 2)
    if (end < at + 4 || end > bytes.length) return undefined
    const to = marker === SOS ? endOfScan(bytes, end) : end
    if (to === undefined) return undefined
    segments.push({ marker, from: at, to })
    at = to
  }
}

/** Where the packed lines end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1]!
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !isRestart(next)) return at
  }
  return undefined
}

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7
const word = (bytes: Uint8Array, at: number) => (bytes[at]! << 8) | bytes[at + 1]!

/** What a picture needs: its own segments, the short head that says so, and how its colours were mixed. A head with a thumbnail is longer. */
function isPicture(bytes: Uint8Array, { marker, from, to }: Segment): boolean {
  if (marker === 0xe0) return to - from === 18 && says(bytes, from + 4, 'JFIF\0')
  if (marker === 0xee) return to - from === 16 && says(bytes, from + 4, 'Adobe')
  return PICTURE.includes(marker)
}
const isAside = ({ marker }: Segment) => marker === COM || (marker >= 0xe0 && marker <= 0xef)
const says = (bytes: Uint8Array, at: number, text: string) => [...text].every((sign, place) => bytes[at + place] === sign.charCodeAt(0))
