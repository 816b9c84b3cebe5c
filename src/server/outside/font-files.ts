import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import type { Weight } from './typesetter.ts'

const require = createRequire(import.meta.url)
const unpacked = new Map<string, Buffer>()

/** A font that ships, unpacked once for all documents: from its packed form each document would inflate its tables again, which took longer than the page. */
export function fontFile(script: string, weight: Weight): Uint8Array {
  const file = require.resolve(`@fontsource/noto-sans/files/noto-sans-${script}-${weight}-normal.woff`)
  const found = unpacked.get(file) ?? sfntOf(readFileSync(file))
  unpacked.set(file, found)
  return found
}

/** The same tables as WOFF 1.0 packs one by one, laid out as OpenType has them: https://www.w3.org/TR/WOFF/. */
function sfntOf(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, place) => {
    const [row, field] = [44 + 20 * place, (at: number) => woff.readUInt32BE(44 + 20 * place + at)]
    const packed = woff.subarray(field(4), field(4) + field(8))
    return { tag: woff.subarray(row, row + 4), checksum: field(16), bytes: field(8) < field(12) ? inflateSync(packed) : packed }
  })
  const power = Math.floor(Math.log2(count))
  const head = Buffer.alloc(12 + 16 * count)
  woff.copy(head, 0, 4, 8)
  for (const [place, value] of [count, 16 * 2 ** power, power, 16 * (count - 2 ** power)].entries()) head.writeUInt16BE(value, 4 + 2 * place)
  let at = head.length
  const body = tables.map(({ tag, checksum, bytes }, place) => {
    const row = 12 + 16 * place
    tag.copy(head, row)
    for (const [field, value] of [checksum, at, bytes.length].entries()) head.writeUInt32BE(value, row + 4 + 4 * field)
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    at += padded.length
    return padded
  })
  return Buffer.concat([head, ...body])
}
