import type { Instant } from '../../core/shared/time.ts'
import { bytesOf, textOf } from './envelope.ts'
import { deviceFiles } from './files.ts'
import { sha256Of } from './use-file.ts'
import type { Spoken } from './making/use-recorder.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A recording that lies on this device and nowhere else. */
export interface HereOnly extends Pick<Spoken, 'type' | 'lengthMs'> {
  readonly id: string
  readonly at: Instant
  readonly bytes: Bytes
}
/** It lies here, and cannot be opened now. */
export interface HereShut {
  readonly id: string
  readonly shut: true
}

/** Whether something can be kept on this device alone: not where nothing is sealed, and not before the server was heard once. */
export const canKeepHere = async (owner: string): Promise<boolean> => (await deviceFiles()).readyToKeep(owner).catch(() => false)

/** Seals a recording on this device, durable before it answers. What it is and when it was spoken is sealed with it. */
export async function keepHere(owner: string, chart: string, { bytes, type, lengthMs }: Omit<HereOnly, 'id' | 'at'>, at: Instant): Promise<string> {
  const packed = pack({ type, lengthMs, at }, bytes)
  const sha256 = await sha256Of(packed)
  await (await deviceFiles()).put({ owner, chart, sha256, why: 'here-only', atMs: Date.parse(at) }, packed)
  return sha256
}

/** What this person keeps here alone, newest first. */
export async function recordingsHere(owner: string, chart: string): Promise<readonly (HereOnly | HereShut)[]> {
  const files = await deviceFiles()
  const lie = (await files.all()).filter((file) => file.why === 'here-only' && file.owner === owner && file.chart === chart).toSorted((a, b) => b.atMs - a.atMs)
  return Promise.all(lie.map(async (file) => {
    const packed = await files.bytes(file).catch(() => undefined)
    return packed ? { id: file.sha256, ...unpack(packed) } : { id: file.sha256, shut: true as const }
  }))
}

/** How many such recordings lie here, whether they open now or not. */
export const countHere = async (owner: string): Promise<number> => (await (await deviceFiles()).all()).filter((file) => file.why === 'here-only' && file.owner === owner).length

export const deleteHere = async (owner: string, chart: string, id: string): Promise<void> => (await deviceFiles()).drop({ owner, chart, sha256: id })

/** How long what is said of it is, what is said of it, and then the sound. */
function pack(about: Omit<HereOnly, 'id' | 'bytes'>, bytes: Bytes): Bytes {
  const head = bytesOf(JSON.stringify(about))
  const packed = new Uint8Array(HEAD + head.length + bytes.length)
  new DataView(packed.buffer).setUint32(0, head.length)
  packed.set(head, HEAD)
  packed.set(bytes, HEAD + head.length)
  return packed
}

function unpack(packed: Bytes): Omit<HereOnly, 'id'> {
  const end = HEAD + new DataView(packed.buffer, packed.byteOffset).getUint32(0)
  return { ...(JSON.parse(textOf(packed.slice(HEAD, end))) as Omit<HereOnly, 'id' | 'bytes'>), bytes: packed.slice(end) }
}
const HEAD = 4
