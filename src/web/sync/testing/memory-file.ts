import { secondPlaceBy, type SecondPlace } from '../second-place.ts'
import { changeLog, valueOf, type LogFile } from '../second-log.ts'

/** Tests only: one of the browser's private files, in memory. */
export interface MemoryFile extends LogFile {
  bytes: Uint8Array<ArrayBuffer>
  /** So many bytes of the next write arrive; then the power goes. */
  tornAfter: number
}

export function memoryFile(): MemoryFile {
  let room = new Uint8Array(0)
  const file: MemoryFile = {
    bytes: room, tornAfter: Infinity,
    getSize: () => file.bytes.length,
    read(into, { at }) { into.set(file.bytes.subarray(at, at + into.length)); return into.length },
    write(bytes, { at }) {
      const arrived = bytes.subarray(0, Math.min(bytes.length, file.tornAfter))
      const size = Math.max(file.bytes.length, at + arrived.length)
      if (file.bytes.buffer !== room.buffer || size > room.length) { room = new Uint8Array(2 * size); room.set(file.bytes) }
      room.set(arrived, at)
      file.bytes = room.subarray(0, size)
      if (arrived.length < bytes.length) throw new Error('The power went')
      return bytes.length
    },
    truncate(size) { file.bytes = file.bytes.subarray(0, size) },
    flush() {},
  }
  return file
}

/** The second place of one browser, without a worker between; a page that is killed hears no answer. */
export const placeIn = (file: MemoryFile): SecondPlace => secondPlaceBy(async (changes) => [...changeLog(file, changes)].map(([name, record]) => [name, changes.length === 0 ? valueOf(record) : undefined] as const))
