import { ok, refuse, type Result } from '../shared/result.ts'
import type { Media, MediaRefusal } from './media.ts'

interface Box {
  readonly type: string
  readonly content: number
  readonly to: number
}
const TOP: readonly string[] = ['ftyp', 'styp', 'moov', 'moof', 'mdat', 'mfra', 'sidx', 'free', 'skip', 'wide']
const ASIDE: readonly string[] = ['uuid', 'meta', 'udta']

/** Sound in MP4: boxes end to end from the first byte to the last, and a sound handler in every track. */
export function readMp4(bytes: Uint8Array): Result<Media, MediaRefusal> {
  const boxes = boxesOf(bytes, 0, bytes.length)
  if (!boxes) return refuse('not-whole')
  if (boxes.some(({ type }) => ASIDE.includes(type))) return refuse('tells-more')
  if (boxes.some(({ type }) => !TOP.includes(type))) return refuse('more-inside')
  const movies = boxes.filter(({ type }) => type === 'moov')
  if (boxes[0]?.type !== 'ftyp' || movies.length !== 1 || !boxes.some(({ type }) => type === 'mdat')) return refuse('not-whole')
  const tracks = inside(bytes, movies[0]!, 'trak')
  const isSound = tracks.length > 0 && tracks.every((track) => {
    const handlers = inside(bytes, track, 'mdia').flatMap((media) => inside(bytes, media, 'hdlr'))
    return handlers.length === 1 && name(bytes, handlers[0]!.content + 8) === 'soun'
  })
  return isSound ? ok({ type: 'audio/mp4' }) : refuse('not-sound')
}

const inside = (bytes: Uint8Array, of: Box, type: string) => (boxesOf(bytes, of.content, of.to) ?? []).filter((box) => box.type === type)

function boxesOf(bytes: Uint8Array, from: number, end: number): Box[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Box[] = []
  for (let at = from; at < end;) {
    if (at + 8 > end) return undefined
    const short = view.getUint32(at)
    if (short === 1 && at + 16 > end) return undefined
    const size = short === 1 ? view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12) : short
    const head = short === 1 ? 16 : 8
    if (size < head || at + size > end) return undefined
    found.push({ type: name(bytes, at + 4), content: at + head, to: at + size })
    at += size
  }
  return found
}

const name = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
