/** A UUIDv7: made on the device, so that sending twice stores once; ordered by the time it was made. */
export function newId(ms: number, random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  const bytes = random(new Uint8Array(16))
  // Two ids of one millisecond keep their order by the twelve bits after the time.
  count = ms === last ? count + 1 : (bytes[6]! & 0x07) << 8 | bytes[7]!
  last = ms
  const stamp = ms + (count >> 12)
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(stamp / 2 ** (8 * (5 - place))) % 256
  bytes[6] = 0x70 | (count >> 8 & 0x0f)
  bytes[7] = count & 0xff
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

let last = -1
let count = 0
