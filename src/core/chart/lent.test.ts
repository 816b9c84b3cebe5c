import { describe, expect, test } from 'vitest'
import type { EntryDraft } from './entry.ts'
import { lendable, lentFault, lentOf, lentText, type Guest, type LentFault } from './lent.ts'

/** Sam signs on Ida's tablet, in the session in which he typed his PIN there. */
const guest: Guest = { guest: 'guest', person: 'sam', chart: 'chart', session: 'session', device: 'tablet', lentBy: 'ida', until: '2026-11-21T21:00:00.000Z', ended: false }
const signature = { person: 'sam', name: 'Sam', meaning: 'confirmation', method: 'pin', signedAt: '2026-11-21T17:00:00.000Z', lent: { by: 'ida', name: 'Ida', guest: 'guest', proof: 'proof' } }
const signed = (more: object = {}, of: object = {}, lent: object = {}) =>
  ({ id: 'a', kind: 'hand-over-taken.v1', at: 'x', writtenAt: 'x', device: 'tablet', session: 'session', body: { handOver: 'h', readBack: ['doses'], signature: { ...signature, ...of, lent: { ...signature.lent, ...lent } } }, ...more }) as unknown as EntryDraft
const asked = { chart: 'chart', sender: 'ida', guest, now: '2026-11-21T18:00:00.000Z' }

describe('what a second person signed on the device of the first', () => {
  const rows: [string, EntryDraft, Partial<typeof asked> | { guest: Guest | undefined }, LentFault | undefined][] = [
    ['in time, by who typed their PIN there', signed(), {}, undefined],
    ['by the one whose device it is', signed({}, { person: 'ida' }), {}, 'guest.same-person'],
    ['by the one whose device it is, who calls it somebody else’s', signed({}, { person: 'ida' }, { by: 'ida' }), {}, 'guest.same-person'],
    ['by a third person', signed({}, { person: 'thea' }), {}, 'guest.unknown'],
    ['as a guest nobody knows', signed(), { guest: undefined }, 'guest.unknown'],
    ['as another guest', signed({}, {}, { guest: 'other' }), {}, 'guest.unknown'],
    ['on the device of another', signed({}, {}, { by: 'thea' }), {}, 'guest.unknown'],
    ['and brought by another', signed(), { sender: 'thea' }, 'guest.unknown'],
    ['and brought by nobody', signed(), { sender: null as never }, 'guest.unknown'],
    ['for another chart', signed(), { chart: 'other' }, 'guest.unknown'],
    ['for another session', signed({ session: 'other' }), {}, 'guest.unknown'],
    ['for no session', signed({ session: undefined }), {}, 'guest.unknown'],
    ['on another device', signed({ device: 'phone' }), {}, 'guest.unknown'],
    ['after it was ended', signed(), { guest: { ...guest, ended: true } }, 'guest.ended'],
    ['at the last moment', signed({}, { signedAt: guest.until }), {}, undefined],
    ['a moment after that', signed({}, { signedAt: '2026-11-21T21:00:00.001Z' }), {}, 'guest.ended'],
    ['in time, and brought three days later', signed(), { now: '2026-11-24T21:00:00.000Z' }, undefined],
    ['in time, and brought later than that', signed(), { now: '2026-11-24T21:00:00.001Z' }, 'guest.ended'],
    ['drawn by hand', signed({}, { method: 'drawn' }), {}, 'guest.not-lendable'],
    ['without a signature', signed({ body: { handOver: 'h', readBack: ['doses'] } }), {}, 'guest.not-lendable'],
    ['a note', signed({ kind: 'session-narrative.v1' }), {}, 'guest.not-lendable'],
    ['a dose given', signed({ kind: 'dose-given.v1' }), {}, 'guest.not-lendable'],
  ]
  test.each(rows)('%s', (_, entry, more, fault) => {
    expect(lentFault(entry, { ...asked, ...more })).toBe(fault)
  })
  test.each(lendable)('%s may be', (kind) => {
    expect(lentFault(signed({ kind }), asked)).toBeUndefined()
  })
  test('says whose device it was, and nothing of what was signed on one’s own', () => {
    expect(lentOf(signed())).toMatchObject({ by: 'ida', name: 'Ida' })
    expect([lentOf(signed({ body: {} })), lentOf(signed({ body: { signature: { ...signature, lent: undefined } } }))]).toEqual([undefined, undefined])
  })
})

describe('what the proof covers', () => {
  const whole = { ...signed(), by: 'sam' } as never as Parameters<typeof lentText>[1]
  const text = lentText('chart', whole)
  test('is everything but itself', () => {
    expect(lentText('chart', { ...signed({}, {}, { proof: 'another' }), by: 'sam' } as never)).toBe(text)
    expect(text).not.toContain('proof')
  })
  const changed: [string, string, object][] = [
    ['chart', 'other', {}], ...(['id', 'kind', 'at', 'writtenAt', 'device', 'session', 'amends', 'by'] as const).map((field): [string, string, object] => [field, 'chart', { [field]: 'other' }]),
    ['body', 'chart', { body: { ...(whole.body as object), readBack: ['vitals'] } }], ['signer', 'chart', { body: signed({}, { person: 'thea' }).body }], ['time', 'chart', { body: signed({}, { signedAt: 'x' }).body }], ['guest', 'chart', { body: signed({}, {}, { guest: 'x' }).body }], ['lender', 'chart', { body: signed({}, {}, { by: 'x' }).body }],
  ]
  test.each(changed)('the %s', (_, chart, more) => {
    expect(lentText(chart, { ...whole, ...more } as never)).not.toBe(text)
  })
})
