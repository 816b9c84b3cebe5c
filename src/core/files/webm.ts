import { ok, refuse, type Result } from '../shared/result.ts'
import type { Media, MediaRefusal } from './media.ts'

interface Element {
  readonly id: number
  readonly from: number
  /** Where its content begins and ends; an open end goes as far as whatever it lies in. */
  readonly content: number
  readonly to: number
  readonly open: boolean
}
const HEADER = 0x1a45dfa3
const SEGMENT = 0x18538067
const [CLUSTER, TRACKS, TRACK, TRACK_TYPE, CODEC, DOC_TYPE, VOID] = [0x1f43b675, 0x1654ae6b, 0xae, 0x83, 0x86, 0x4282, 0xec]
/** Where to look, what it is, the tracks, the sound, an index, and room that was left. */
const INSIDE: readonly number[] = [0x114d9b74, 0x1549a966, TRACKS, CLUSTER, 0x1c53bb6b, VOID]
/** Tags, chapters and attached files. */
const ASIDE: readonly number[] = [0x1254c367, 0x1043a770, 0x1941a469]
/** What a cluster holds: its time, its place, its blocks. */
const IN_CLUSTER: readonly number[] = [0xe7, 0xa7, 0xab, 0xa3, 0xa0, VOID, 0xbf]

/** Sound in WebM as browsers record it: one header, one segment to the last byte, Opus in every track. */
export function readWebm(bytes: Uint8Array): Result<Media, MediaRefusal> {
  const header = element(bytes, 0, bytes.length)
  if (header?.id !== HEADER || header.open || header.to > bytes.length) return refuse('not-whole')
  if (text(bytes, child(bytes, header, DOC_TYPE)) !== 'webm') return refuse('unknown')
  const segment = element(bytes, header.to, bytes.length)
  if (segment?.id !== SEGMENT) return refuse(segment ? 'more-inside' : 'not-whole')
  if (segment.to > bytes.length) return refuse('not-whole')
  if (segment.to < bytes.length) return refuse('more-inside')
  let tracks: Element | undefined
  let clusters = 0
  for (let at = segment.content; at < segment.to;) {
    const one = element(bytes, at, segment.to)
    if (!one) return refuse('not-whole')
    if (ASIDE.includes(one.id)) return refuse('tells-more')
    if (!INSIDE.includes(one.id)) return refuse('more-inside')
    const end = one.id === CLUSTER ? endOfCluster(bytes, one) : one.open ? undefined : one.to
    if (end === undefined || end > segment.to) return refuse('not-whole')
    if (one.id === TRACKS) tracks = one
    if (one.id === CLUSTER) clusters += 1
    at = end
  }
  if (!tracks || clusters === 0) return refuse('not-whole')
  return isOpus(bytes, tracks) ? ok({ type: 'audio/webm' }) : refuse('not-sound')
}

function isOpus(bytes: Uint8Array, tracks: Element): boolean {
  const each = children(bytes, tracks)?.filter(({ id }) => id === TRACK) ?? []
  return each.length > 0 && each.every((track) => {
    const type = child(bytes, track, TRACK_TYPE)
    return type !== undefined && type.to - type.content === 1 && bytes[type.content] === 2 && text(bytes, child(bytes, track, CODEC)) === 'A_OPUS'
  })
}

/** A recorder does not know how long a cluster will be: then it ends where something begins that no cluster holds. */
function endOfCluster(bytes: Uint8Array, cluster: Element): number | undefined {
  let at = cluster.content
  while (at < cluster.to) {
    const one = element(bytes, at, cluster.to)
    if (!one) return undefined
    if (!IN_CLUSTER.includes(one.id)) return cluster.open && INSIDE.concat(ASIDE).includes(one.id) ? at : undefined
    if (one.open || one.to > cluster.to) return undefined
    at = one.to
  }
  return at
}

function children(bytes: Uint8Array, of: Element): Element[] | undefined {
  const found: Element[] = []
  for (let at = of.content; at < of.to;) {
    const one = element(bytes, at, of.to)
    if (!one || one.open || one.to > of.to) return undefined
    found.push(one)
    at = one.to
  }
  return found
}
const child = (bytes: Uint8Array, of: Element, id: number) => children(bytes, of)?.find((one) => one.id === id)
const text = (bytes: Uint8Array, of: Element | undefined) => (of ? String.fromCharCode(...bytes.subarray(of.content, Math.min(of.to, of.content + 40))).replace(/\0+$/, '') : '')

/** Ids keep the bit that says how long they are; lengths lose it, and are open where all their bits are set. */
function element(bytes: Uint8Array, from: number, end: number): Element | undefined {
  const first = bytes[from] ?? 0
  const idLength = first === 0 ? 9 : Math.clz32(first) - 23
  if (idLength > 4 || from + idLength >= end) return undefined
  let id = 0
  for (let place = 0; place < idLength; place += 1) id = id * 256 + bytes[from + place]!
  const at = from + idLength
  const lead = bytes[at] ?? 0
  const sizeLength = lead === 0 ? 9 : Math.clz32(lead) - 23
  if (sizeLength > 8 || at + sizeLength > end) return undefined
  let size = lead & (0xff >> sizeLength)
  let open = size === 0xff >> sizeLength
  for (let place = 1; place < sizeLength; place += 1) { size = size * 256 + bytes[at + place]!; open &&= bytes[at + place] === 0xff }
  const content = at + sizeLength
  return { id, from, content, to: open ? end : content + size, open }
}
