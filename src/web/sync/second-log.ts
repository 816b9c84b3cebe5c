import { fromBase64, textOf, toBase64 } from './envelope.ts'

type Bytes = Uint8Array<ArrayBuffer>
export type Records = ReadonlyMap<string, Bytes>
/** What stands in a log, and where its last whole record ends. */
export interface Log {
  readonly stands: Map<string, Bytes>
  end: number
}

/** One thing kept under a name, until it is kept anew or taken away: then there is no value. */
export interface Change {
  readonly name: string
  readonly value?: unknown
}

/** As much of a file as the log needs: what a worker has of one of the browser's private files. */
export interface LogFile {
  getSize(): number
  read(into: Bytes, from: { readonly at: number }): number
  write(bytes: Bytes, to: { readonly at: number }): number
  truncate(size: number): void
  flush(): void
}

/** Every record begins with this. No text of ours holds such bytes, so that after a torn record the next whole one is found. */
const MARK = [0xf5, 0x0b, 0xca, 0xff]
/** The mark, the length of what follows, and the checksum of both. */
const HEAD = 12
/** What is over may lie there so long while something else still waits. */
const LOOSE_BYTES = 256 * 1024

export const [ACT, LEAVE] = ['act ', 'leave ']

/**
 * Takes changes down at the end of the log and answers the records that stand, in the order in which each was first kept.
 * What a crash tore off is skipped, wherever it lies, and written over. Written anew, and short, once no act waits, or where
 * most of it is over, but never by being read: whoever changes something has the first place open, and all of it lies there.
 */
export function changeLog(file: LogFile, changes: readonly Change[], log: Log = openLog(file)): Records {
  const { stands, end } = log
  const due = changes.filter(({ name, value }) => value !== undefined || stands.has(name)).map((change) => ({ ...change, record: recordOf(change) }))
  for (const { name, value, record } of due) if (value === undefined) stands.delete(name); else stands.set(name, record)
  const added = joined(due.map(({ record }) => record))
  const standing = [...stands.values()].reduce((sum, { length }) => sum + length, 0)
  const isOver = ![...stands.keys()].some((name) => name.startsWith(ACT)) || end + added.length - standing > Math.max(LOOSE_BYTES, standing)
  if (due.length === 0) return stands
  const [at, bytes] = isOver ? [0, joined([...stands.values()])] : [end, added]
  file.write(bytes, { at })
  file.truncate(at + bytes.length)
  file.flush()
  log.end = at + bytes.length
  return stands
}

export const openLog = (file: LogFile): Log => readLog(bytesOf(file))

export function readLog(bytes: Bytes): Log {
  const stands = new Map<string, Bytes>()
  let end = 0
  for (let at = 0; at + HEAD <= bytes.length;) {
    const size = wholeAt(bytes, at)
    if (size === 0) {
      const next = bytes.indexOf(MARK[0]!, at + 1)
      if (next < 0) break
      at = next
      continue
    }
    const record = bytes.subarray(at, at + size)
    const { name, isGone } = titleOf(record)
    if (isGone) stands.delete(name); else stands.set(name, record)
    at += size
    end = at
  }
  return { stands, end }
}

/** A name and a line's end, then what is kept under it: nothing where it was taken away. */
export function recordOf({ name, value }: Change): Bytes {
  const text = new TextEncoder().encode(`${name}\n${value === undefined ? '' : JSON.stringify(value, packed)}`)
  const record = new Uint8Array(HEAD + text.length)
  const view = new DataView(record.buffer)
  record.set(MARK)
  view.setUint32(4, text.length)
  record.set(text, HEAD)
  view.setUint32(8, checksum(record.subarray(4, 8), text))
  return record
}

export function valueOf(record: Bytes): unknown {
  const text = textOf(record.subarray(HEAD))
  return JSON.parse(text.slice(text.indexOf('\n') + 1), unpacked)
}

function titleOf(record: Bytes): { readonly name: string; readonly isGone: boolean } {
  const at = record.indexOf(LINE_END, HEAD)
  return { name: textOf(record.subarray(HEAD, at)), isGone: at === record.length - 1 }
}
const LINE_END = 10

/** The length of the whole record that begins here; zero where there is none. */
function wholeAt(bytes: Bytes, at: number): number {
  if (MARK.some((byte, place) => bytes[at + place] !== byte)) return 0
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at)
  const size = HEAD + view.getUint32(4)
  return size <= view.byteLength && checksum(bytes.subarray(at + 4, at + 8), bytes.subarray(at + HEAD, at + size)) === view.getUint32(8) ? size : 0
}

function bytesOf(file: LogFile): Bytes {
  const bytes = new Uint8Array(file.getSize())
  file.read(bytes, { at: 0 })
  return bytes
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) { whole.set(part, at); at += part.length }
  return whole
}

/** Sealed bytes as text and back, to the last bit. */
const packed = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? { bytes: toBase64(value as Bytes) } : value instanceof ArrayBuffer ? { buffer: toBase64(new Uint8Array(value)) } : value)
function unpacked(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('bytes' in value && typeof value.bytes === 'string') return fromBase64(value.bytes)
  return 'buffer' in value && typeof value.buffer === 'string' ? fromBase64(value.buffer).buffer : value
}

/** The checksum of zip files (CRC-32). */
function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0xffffffff
  for (const part of parts) for (let at = 0; at < part.length; at += 1) sum = TABLE[(sum ^ part[at]!) & 0xff]! ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}
const TABLE = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum
})
