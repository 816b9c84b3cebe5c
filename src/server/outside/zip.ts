/** Several files in one, as every system opens them. Nothing is compressed: what is in it is text and small. */
export interface Packed {
  readonly name: string
  readonly bytes: Buffer
}

/** By the ZIP format (APPNOTE 6.3, method 0): each file behind its own head, and the list of all at the end. */
export function zip(files: readonly Packed[], at: string): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const [called, about] = [Buffer.from(name, 'utf8'), headOf(bytes, name, at)]
    const local = Buffer.concat([u32(0x04034b50), about, called])
    list.push(u32(0x02014b50), u16(20), about, u16(0), u16(0), u16(0), u32(0), u32(offset), called)
    parts.push(local, bytes)
    offset += local.length + bytes.length
  }
  const directory = Buffer.concat(list)
  return Buffer.concat([...parts, directory, u32(0x06054b50), u16(0), u16(0), u16(files.length), u16(files.length), u32(directory.length), u32(offset), u16(0)])
}

/** What both places say of a file: version, names in UTF-8, stored as it is, when, and how long. The last field is how much follows. */
function headOf(bytes: Buffer, name: string, at: string): Buffer {
  const [date = '', time = ''] = at.split('T')
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return Buffer.concat([u16(20), u16(0x0800), u16(0), u16((hours << 11) | (minutes << 5)), u16(((year - 1980) << 9) | (month << 5) | day), u32(crc32(bytes)), u32(bytes.length), u32(bytes.length), u16(Buffer.byteLength(name)), u16(0)])
}

const u16 = (value: number) => { const bytes = Buffer.alloc(2); bytes.writeUInt16LE(value); return bytes }
const u32 = (value: number) => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(value >>> 0); return bytes }

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}
