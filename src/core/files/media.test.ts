import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pictureAlone } from './jpeg.ts'
import { readMedia, type MediaRefusal } from './media.ts'
import { comment, exif, jpeg, joined, mp4, ogg, ownBox, tags, textAsBytes, thumbnail, webm } from './testing/media.ts'

const html = textAsBytes('<html><script>alert(1)</script></html>')
const zip = textAsBytes('PK\u0003\u0004 a packed file with its list at the end PK\u0005\u0006')
const whole = [['a picture', jpeg()], ['sound from one browser', webm()], ['the same with its lengths known', webm({ open: false })], ['sound from another', ogg()], ['sound from a tablet', mp4()]] as const

describe('a file is what its bytes are, from the first to the last', () => {
  test.each([
    ['a picture', jpeg({ width: 640 }), { type: 'image/jpeg', widthPx: 640, heightPx: 640 }], ['sound in WebM', webm(), { type: 'audio/webm' }], ['sound in WebM, lengths known', webm({ open: false }), { type: 'audio/webm' }],
    ['sound in Ogg', ogg(), { type: 'audio/ogg' }], ['sound in MP4', mp4(), { type: 'audio/mp4' }],
  ])('%s', (_, bytes, value) => expect(readMedia(bytes)).toEqual({ ok: true, value }))

  test.each<[string, Uint8Array, MediaRefusal]>([
    ['nothing', new Uint8Array(), 'unknown'], ['a page', html, 'unknown'], ['a drawing that runs programs', textAsBytes('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'), 'unknown'], ['a packed file', zip, 'unknown'], ['a picture in another format', textAsBytes('GIF89a..............'), 'unknown'],
    ['a picture that is a page as well', joined(jpeg(), html), 'more-inside'], ['a picture that is a packed file as well', joined(jpeg(), zip), 'more-inside'], ['two pictures in one', joined(jpeg(), jpeg()), 'more-inside'],
    ['sound that is a page as well', joined(webm(), html), 'not-whole'], ['sound of known length and a page', joined(webm({ open: false }), html), 'more-inside'], ['sound in Ogg and a page', joined(ogg(), html), 'more-inside'], ['two streams in one', ogg({ serials: [1, 1, 2, 2] }), 'more-inside'],
    ['sound in MP4 and a packed file', joined(mp4(), zip), 'not-whole'], ['a page that begins as MP4', textAsBytes('\0\0\0\u0008ftyp<html>'), 'not-whole'],
    ['a picture with its place', jpeg({ beside: exif }), 'tells-more'], ['a picture with a thumbnail', jpeg({ beside: thumbnail }), 'tells-more'], ['a picture with words', jpeg({ beside: comment }), 'tells-more'], ['sound with tags', webm({ beside: tags }), 'tells-more'], ['sound with a box of its own', mp4({ beside: ownBox }), 'tells-more'],
    ['moving pictures', webm({ type: 1, codec: 'V_VP8' }), 'not-sound'], ['pictures that call themselves sound', webm({ codec: 'V_VP8' }), 'not-sound'], ['moving pictures in MP4', mp4({ handler: 'vide' }), 'not-sound'], ['another sound in Ogg', ogg({ head: 'vorbis__' }), 'not-sound'], ['another kind of Matroska', webm({ docType: 'matroska' }), 'unknown'],
    ['more points than a face needs', jpeg({ width: 2_049 }), 'too-large'], ['one side too long', jpeg({ width: 64, height: 60_000 }), 'too-large'], ['no points at all', jpeg({ width: 0 }), 'not-whole'],
  ])('%s is refused', (_, bytes, refusal) => expect(readMedia(bytes)).toEqual({ ok: false, refusal }))

  test.each(whole)('%s that breaks off anywhere is no whole file', (_, bytes) => {
    const parts = new Set(Array.from({ length: bytes.length }, (_one, length) => length).filter((length) => readMedia(bytes.subarray(0, length)).ok))
    // Where a recorder left its lengths open, a file may end after any whole block, as a recording does that was stopped there.
    for (const length of parts) expect(bytes[length], `${length} of ${bytes.length}`).toBeOneOf([0xa3, 0xe7, 0x1f, 0x4f])
  })

  test.each(whole)('whatever stands behind %s, it is refused', (_, bytes) => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (more) => {
      // What stands behind may by chance be one more of its own parts; then it is one file.
      fc.pre(![0xa3, 0xa0, 0xa7, 0xab, 0xe7, 0xec, 0xbf, 0x1f, 0x11, 0x15, 0x16, 0x1c].includes(more[0]!))
      expect(readMedia(joined(bytes, more)).ok).toBe(false)
    }))
  })

  test('no bytes at all bring it to a fall', () => {
    const begun = fc.constantFrom(...whole.map(([, bytes]) => bytes)).chain((bytes) => fc.tuple(fc.nat(bytes.length), fc.uint8Array({ maxLength: 200 })).map(([length, rest]) => joined(bytes.subarray(0, length), rest)))
    fc.assert(fc.property(fc.oneof(begun, fc.uint8Array({ maxLength: 300 })), (bytes) => { expect([true, false]).toContain(readMedia(bytes).ok) }), { numRuns: 2_000 })
  })
})

describe('a picture alone', () => {
  test.each([['its place', exif], ['a thumbnail', thumbnail], ['words', comment], ['all of these', [...exif, ...comment, ...thumbnail]]])('loses %s, and nothing of itself', (_, beside) => {
    expect(pictureAlone(jpeg({ beside }))).toEqual(jpeg())
  })

  test('loses what stands behind its end, and is taken as it is then', () => {
    const alone = pictureAlone(joined(jpeg({ beside: exif }), html))!
    expect([alone, readMedia(alone).ok]).toEqual([jpeg(), true])
  })

  test('of what is no whole picture there is none', () => {
    expect([pictureAlone(html), pictureAlone(jpeg().subarray(0, 100))]).toEqual([undefined, undefined])
  })
})
