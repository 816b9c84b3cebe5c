import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GENESIS } from '../chart/digest.ts'
import { amountUg, formsForRoute, quantityOf, showContainer, showQuantity, showStrengthOf } from './container.ts'
import { sealOfLine, verifyLedger } from './digest.ts'
import type { Line } from './line.ts'
import { logOf } from './log.ts'
import { cupboard, dosed, draw, drawn, idOf, label, stocked, vial, type Story } from './testing/story.ts'

const told = (): Story => dosed(drawn(stocked(), 1_200), 1_000)
  .on('wasted', { how: 'bin' }, { id: idOf(23), container: vial, quantity: 200, of: draw, by: 'mona' })
  .on('lost', { what: 'spilled', why: 'tipped over' }, { container: vial, quantity: 300 })
  .on('destroyed', { how: 'cartridge', why: 'old', paper: '' }, { container: vial, quantity: 500 })
  .on('drawn', { prepared: idOf(821) }, { id: idOf(29), container: vial, quantity: 700 })
const all = { from: '', until: '~', place: cupboard }

test('what a lot came to: opening, with all that came and went, is closing', () => {
  const [lot] = logOf(told().read(), all).lots
  expect(lot).toMatchObject({ opening: 0, received: 10_000, given: 1_000, wasted: 200, lost: 300, away: 500, drawn: 700, moved: 0, adjusted: 0, closing: 7_300 })
})

test('every line says how much was in its container afterwards', () => expect(logOf(told().read(), all).lines.map(({ line, onHandAfter }) => [line.kind, onHandAfter])).toEqual([
  ['place', undefined], ['received', 10_000], ['drawn', 8_800], ['given', 8_800], ['wasted', 8_800], ['lost', 8_500], ['destroyed', 8_000], ['drawn', 7_300],
]))

test('wherever a ledger is cut into periods, each begins with what the one before ended with', () => {
  const ledger = told().read()
  fc.assert(fc.property(fc.nat(told().lines.length - 1), (cut) => {
    const middle = told().lines[cut]!.receivedAt
    const [first, second] = [logOf(ledger, { ...all, until: middle }), logOf(ledger, { ...all, from: middle })]
    expect(first.lines.length + second.lines.length).toBe(told().lines.length)
    expect(second.lots[0]!.opening).toBe(first.lots[0]?.closing ?? 0)
    for (const { lots } of [first, second]) for (const lot of lots) expect(lot.opening + lot.received + lot.moved + lot.adjusted - lot.given - lot.wasted - lot.lost - lot.away - lot.drawn).toBe(lot.closing)
  }))
})

test('what happened in a closed period and came later says so', () => {
  const closed = dosed().on('closed', { through: '2026-11-02T17:03:30.000Z', onHand: [] }).on('wasted', { how: 'bin' }, { container: vial, quantity: 1, at: '2026-11-02T17:01:00.000Z' })
  expect(logOf(closed.read(), all).lines.map(({ cameLate }) => cameLate)).toEqual([false, false, false, false, false, true])
})

test('what moves to another place leaves one log and enters the other', () => {
  const other = idOf(2)
  const moved = stocked().on('place', { name: 'Satellite', registration: '' }, { id: other, place: other }).on('transferred', { from: cupboard, why: 'needed there' }, { container: vial, quantity: 10_000, place: other })
  expect([cupboard, other].map((place) => logOf(moved.read(), { ...all, place }).lots.map(({ moved: by, closing }) => [by, closing]))).toEqual([[[-10_000, 0]], [[10_000, 10_000]]])
})

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const practice = idOf(700)
function sealed(from: Story): Line[] {
  let previous = GENESIS
  return from.lines.map((line) => { previous = sealOfLine(line, practice, previous, sha256); return { ...line, digest: previous } })
}

test('a chain shows whatever was changed, taken out, put in or cut off', () => {
  const lines = sealed(told())
  const head = { seq: lines.length, digest: lines.at(-1)!.digest }
  expect(verifyLedger(lines, practice, sha256, head)).toEqual({ ok: true, value: { lines: 8 } })
  const faults: [string, Line[], number][] = [
    ['another amount', lines.map((line, at) => (at === 2 ? { ...line, quantity: 1 } : line)), 3], ['another person', lines.map((line, at) => (at === 4 ? { ...line, by: idOf(1) } : line)), 5], ['does not fit after all', lines.map((line, at) => (at === 2 ? { ...line, fits: false } : line)), 3],
    ['another label', lines.map((line, at) => (at === 1 ? { ...line, body: label({ lot: 'B2' }) } as Line : line)), 2], ['taken out', lines.toSpliced(3, 1), 4], ['put twice', lines.toSpliced(3, 0, lines[3]!), 5], ['cut off', lines.slice(0, -1), 8],
  ]
  for (const [what, changed, seq] of faults) expect(verifyLedger(changed, practice, sha256, head), what).toMatchObject({ ok: false, refusal: { seq } })
  expect(verifyLedger(lines, idOf(701), sha256, head)).toMatchObject({ ok: false, refusal: { seq: 1 } })
})

test('amounts are whole, and are said as they stand on a label', () => {
  const vialOf = { form: 'vial', strengthUg: 50_000 } as const
  expect([amountUg(1_080, vialOf), quantityOf(54_000, vialOf), amountUg(3, { form: 'lozenge', strengthUg: 100_000 }), quantityOf(250_000, { form: 'lozenge', strengthUg: 100_000 })]).toEqual([54_000, 1_080, 300_000, undefined])
  expect([showQuantity(4_200, 'vial'), showQuantity(4_205, 'vial'), showQuantity(1, 'nasal-device'), showQuantity(12, 'lozenge')]).toEqual(['4.20 mL', '4.205 mL', '1 device', '12 lozenges'])
  expect([showStrengthOf(vialOf), showStrengthOf({ form: 'tablet', strengthUg: 50_000 }), showContainer(label({ number: 3 })), showContainer(label({ form: 'nasal-device' }))]).toEqual(['50 mg/mL', '50 mg a tablet', 'Lot A1, vial 3', 'Lot A1, box 1'])
  expect([formsForRoute('IM'), formsForRoute('IV'), formsForRoute('SL'), formsForRoute('PO'), formsForRoute('IN-esketamine')]).toEqual([['vial'], ['vial'], ['tablet', 'lozenge'], ['tablet', 'lozenge'], ['nasal-device']])
})
