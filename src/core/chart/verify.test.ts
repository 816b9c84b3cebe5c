import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GENESIS } from './digest.ts'
import { sealOf, verifyStream, type SealedEntry } from './verify.ts'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const id = (place: number) => `0193a000-0000-7000-8000-${String(place).padStart(12, '0')}`

function stream(length: number, body: (place: number) => unknown = (place) => ({ weightG: 70_000 + place, said: 'ä"\\\u2028😀' })): SealedEntry[] {
  const entries: SealedEntry[] = []
  for (let seq = 1; seq <= length; seq += 1) {
    const at = `2026-11-0${1 + (seq % 9)}T09:00:00.000Z`
    const entry = {
      practice: id(1), chart: id(2), seq, id: id(100 + seq), kind: 'weight.v1', at, writtenAt: at, receivedAt: at, by: id(3), device: id(4), body: body(seq),
      ...(seq % 3 === 0 && { session: id(5) }), ...(seq % 4 === 0 && { amends: id(99 + seq) }),
    }
    entries.push({ ...entry, digest: sealOf(entry, entries.at(-1)?.digest ?? GENESIS, sha256) })
  }
  return entries
}

const misfit = (entries: readonly SealedEntry[], head?: { seq: number; digest: string }) => {
  const verified = verifyStream(entries, sha256, head)
  return verified.ok ? 'fits' : [verified.refusal.seq, verified.refusal.why]
}
const whole = stream(12)
const at = (place: number, change: Partial<SealedEntry>) => whole.map((entry, index) => (index === place - 1 ? { ...entry, ...change } : entry))

test('a stream as it was written fits, and so does an empty one', () => {
  expect(verifyStream(whole, sha256)).toEqual({ ok: true, value: { entries: 12, head: { seq: 12, digest: whole[11]?.digest } } })
  expect(misfit(whole, { seq: 12, digest: whole[11]?.digest ?? '' })).toBe('fits')
  expect(misfit([])).toBe('fits')
})

test('the digest of one entry, worked out by hand, so that a change of the form cannot pass unnoticed', () => {
  const entry = { practice: 'p', chart: 'c', seq: 1, id: 'i', kind: 'weight.v1', at: 'a', writtenAt: 'w', receivedAt: 'r', by: 'b', device: 'd', body: { weightG: 1 } }
  const text = `{"at":"a","body":{"weightG":1},"by":"b","chart":"c","device":"d","id":"i","kind":"weight.v1","practice":"p","previous":"${GENESIS}","receivedAt":"r","seq":1,"writtenAt":"w"}`
  expect(sealOf(entry, GENESIS, sha256)).toBe(sha256(text))
})

describe('every kind of tampering is found, at the first entry it touches', () => {
  test.each<[string, SealedEntry[], (number | string)[]]>([
    ['a value edited', at(5, { body: { weightG: 1 } }), [5, 'digest']],
    ['a time moved back', at(5, { at: '2020-01-01T09:00:00.000Z' }), [5, 'digest']],
    ['another author', at(5, { by: id(9) }), [5, 'digest']],
    ['taken out of its session', at(6, { session: undefined }), [6, 'digest']],
    ['what it corrects changed', at(8, { amends: id(101) }), [8, 'digest']],
    ['another kind', at(5, { kind: 'height.v1' }), [5, 'digest']],
    ['the digest itself', at(5, { digest: 'f'.repeat(64) }), [5, 'digest']],
    ['the received time', at(5, { receivedAt: '2026-11-30T09:00:00.000Z' }), [5, 'digest']],
    ['the device', at(5, { device: id(9) }), [5, 'digest']],
    ['one taken out', whole.toSpliced(4, 1), [5, 'number']],
    ['one taken out and the rest renumbered', whole.toSpliced(4, 1).map((entry, place) => ({ ...entry, seq: place + 1 })), [5, 'digest']],
    ['one put in', whole.toSpliced(4, 0, { ...whole[4], id: id(7) } as SealedEntry), [5, 'digest']],
    ['two swapped', whole.map((entry, place) => (place === 4 ? whole[5] : place === 5 ? whole[4] : entry) as SealedEntry), [5, 'number']],
    ['one twice', [...whole, { ...whole[11], seq: 13 } as SealedEntry], [13, 'twice']],
    ['one of another chart', at(5, { chart: id(8) }), [5, 'another-stream']],
    ['the whole stream under another practice', whole.map((entry) => ({ ...entry, practice: id(8) })), [1, 'digest']],
    ['the first taken off', whole.slice(1), [1, 'number']],
    ['a number without end', at(5, { body: { weightG: Number.POSITIVE_INFINITY } }), [5, 'unreadable']],
  ])('%s', (_, entries, expected) => expect(misfit(entries)).toEqual(expected))

  test('the newest taken off shows against the head, and only there', () => {
    const cut = whole.slice(0, 9)
    expect(misfit(cut)).toBe('fits')
    expect(misfit(cut, { seq: 12, digest: whole[11]?.digest ?? '' })).toEqual([10, 'cut-short'])
  })

  test('a run of entries written anew, digests and all, shows at the entry after it or against the head', () => {
    const forged = stream(12, (place) => (place === 5 ? { weightG: 1 } : { weightG: 70_000 + place, said: 'ä"\\\u2028😀' }))
    expect(misfit([...forged.slice(0, 8), ...whole.slice(8)])).toEqual([9, 'digest'])
    expect(misfit(forged, { seq: 12, digest: whole[11]?.digest ?? '' })).toEqual([13, 'cut-short'])
  })

  test('any body, any place: fits as written, and not once changed', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }), fc.nat(), (bodies, pick) => {
      const written = stream(bodies.length, (place) => bodies[place - 1])
      expect(misfit(JSON.parse(JSON.stringify(written)) as SealedEntry[])).toBe('fits')
      const place = pick % bodies.length
      expect(misfit(written.map((entry, index) => (index === place ? { ...entry, body: [entry.body] } : entry)))).toEqual([place + 1, 'digest'])
    }))
  })
})
