/** Small files put together by hand, as cameras and recorders make them. Tests only. */
const ascii = (text: string) => [...text].map((sign) => sign.charCodeAt(0))
const bytes = (...parts: readonly (readonly number[] | Uint8Array)[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const filler = (length: number, seed = 7) => Array.from({ length }, (_, at) => (at * 31 + seed) % 251)

const segment = (marker: number, content: readonly number[]) => [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content]
const frame = (width: number, height: number) => segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0])
export const exif = segment(0xe1, [...ascii('Exif\0\0'), ...filler(40)])
export const comment = segment(0xfe, ascii('taken at home'))
export const thumbnail = segment(0xe0, [...ascii('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9])
const jfif = segment(0xe0, [...ascii('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 0, 0])

export function jpeg({ width = 64, height, beside = [], lines = 200, seed = 7 }: { readonly width?: number; readonly height?: number; readonly beside?: readonly number[]; readonly lines?: number; readonly seed?: number } = {}): Uint8Array {
  const packed = filler(lines, seed).flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]))
  return bytes([0xff, 0xd8], jfif, beside, segment(0xdb, filler(65)), frame(width, height ?? width), segment(0xc4, filler(20)), segment(0xda, [1, 1, 0, 0, 0x3f, 0]), packed, [0xff, 0xd0], packed, [0xff, 0xd9])
}

const size = (length: number) => [0x10 | (length >> 24), (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff]
const element = (id: readonly number[], content: readonly number[]) => [...id, ...size(content.length), ...content]
const OPEN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
export const tags = element([0x12, 0x54, 0xc3, 0x67], filler(30))

/** As a recorder writes it: the length of the segment and of its clusters left open. */
export function webm({ type = 2, codec = 'A_OPUS', docType = 'webm', beside = [] as readonly number[], open = true, seed = 7 } = {}): Uint8Array {
  const header = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], ascii(docType)))
  const tracks = element([0x16, 0x54, 0xae, 0x6b], element([0xae], [...element([0x83], [type]), ...element([0x86], ascii(codec))]))
  const blocks = [...element([0xe7], [0]), ...element([0xa3], filler(80, seed)), ...element([0xa3], filler(80, seed + 1))]
  const cluster = open ? [0x1f, 0x43, 0xb6, 0x75, ...OPEN, ...blocks] : element([0x1f, 0x43, 0xb6, 0x75], blocks)
  const inside = [...element([0x15, 0x49, 0xa9, 0x66], filler(10)), ...tracks, ...beside, ...cluster, ...cluster]
  return bytes(header, [0x18, 0x53, 0x80, 0x67], open ? OPEN : size(inside.length), inside)
}

const box = (type: string, content: readonly number[]) => [0, 0, (content.length + 8) >> 8, (content.length + 8) & 0xff, ...ascii(type), ...content]
export function mp4({ handler = 'soun', beside = [] as readonly number[], seed = 7 } = {}): Uint8Array {
  const track = box('trak', box('mdia', box('hdlr', [0, 0, 0, 0, 0, 0, 0, 0, ...ascii(handler), ...filler(12)])))
  return bytes(box('ftyp', [...ascii('M4A '), 0, 0, 0, 0]), beside, box('moov', [...box('mvhd', filler(20)), ...track]), box('mdat', filler(200, seed)))
}
export const ownBox = box('uuid', filler(40))

const page = (serial: number, content: readonly number[]) => [...ascii('OggS'), 0, 0, ...filler(8), serial, 0, 0, 0, ...filler(8), 1, content.length, ...content]
export const ogg = ({ head = 'OpusHead', serials = [1, 1, 1, 1] as readonly number[], seed = 7 } = {}): Uint8Array =>
  bytes(page(serials[0]!, [...ascii(head), ...filler(11)]), page(serials[1]!, [...ascii('OpusTags'), ...filler(20)]), page(serials[2]!, filler(100, seed)), page(serials[3]!, filler(100)))

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => bytes(...parts)
export const textAsBytes = (text: string): Uint8Array => bytes(ascii(text))
