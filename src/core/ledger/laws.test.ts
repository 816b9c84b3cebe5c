import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Line, LineDraft } from './line.ts'
import { comesOut, isSettled, mayWitness, refusalOf, type LawCode } from './laws.ts'
import { readLedger } from './ledger.ts'
import { chart, cupboard, dosed, draw, drawn, idOf, label, people, session, stocked, story, vial, zone, type Story } from './testing/story.ts'

const judge = (from: Story, draft: LineDraft) => refusalOf(from.read(), draft, zone)?.code
const other = idOf(2)
const twoPlaces = () => stocked().on('place', { name: 'Satellite', registration: '' }, { id: other, place: other })
const chartSays = { chart, session, entry: idOf(850) }
const wasted = (from: Story = dosed(drawn(stocked(), 1_200), 1_000)) => from.on('wasted', { how: 'absorbent' }, { id: idOf(23), container: vial, quantity: 200, of: draw, by: 'mona' })

describe('each law below, at and above its edge', () => {
  const rows: [string, Story, (from: Story) => LineDraft, LawCode | undefined][] = [
    ['a draw of all that is there', stocked(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 10_000 }), undefined],
    ['a draw of more', stocked(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 10_001 }), 'below_zero'],
    ['a waste of more than is there', stocked(), (s) => s.draft('wasted', { how: 'sink' }, { container: vial, quantity: 10_001 }), 'below_zero'],
    ['a loss of more than is there', stocked(), (s) => s.draft('lost', { what: 'broken', why: 'fell' }, { container: vial, quantity: 10_001 }), 'below_zero'],
    ['destroyed: more than is there', stocked(), (s) => s.draft('destroyed', { how: 'by two', why: 'old', paper: '' }, { container: vial, quantity: 10_001 }), 'below_zero'],
    ['sent away: more than is there', stocked(), (s) => s.draft('sent-away', { to: 'supplier', why: 'recall', paper: '' }, { container: vial, quantity: 10_001 }), 'below_zero'],

    ['on the last day of the label', stocked({ expires: '2026-11-02' }), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1 }), undefined],
    ['late in that evening, which is the next day elsewhere', stocked({ expires: '2026-11-02' }), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, at: '2026-11-03T05:00:00.000Z' }), undefined],
    ['the day after', stocked({ expires: '2026-11-01' }), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1 }), 'expired'],
    ['what has expired may be wasted', stocked({ expires: '2026-11-01' }), (s) => s.draft('wasted', { how: 'by two' }, { container: vial, quantity: 1 }), undefined],

    ['single use, again in the same session', drawn(stocked({ singleUse: true })), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, session, chart, entry: idOf(5) }), undefined],
    ['single use, in another session', drawn(stocked({ singleUse: true })), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, session: idOf(6), chart, entry: idOf(5) }), 'single_use'],
    ['several uses, in another session', drawn(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, session: idOf(6), chart, entry: idOf(5) }), undefined],

    ['given: all of a draw', drawn(), (s) => s.draft('given', { order: idOf(7), doseUg: 50_000 }, { container: vial, quantity: 1_000, of: draw }), undefined],
    ['given: more than was drawn', drawn(), (s) => s.draft('given', { order: idOf(7), doseUg: 50_050 }, { container: vial, quantity: 1_001, of: draw }), 'draw'],
    ['given: twice', dosed(drawn(stocked(), 1_200), 1_000), (s) => s.draft('given', { order: idOf(7), doseUg: 50 }, { container: vial, quantity: 1, of: draw }), 'twice'],
    ['given: without an order', drawn(), (s) => s.draft('given', { doseUg: 50_000 }, { container: vial, quantity: 1_000, of: draw }), 'order'],
    ['given: of no draw', drawn(), (s) => s.draft('given', { order: idOf(7), doseUg: 50_000 }, { container: vial, quantity: 1_000 }), 'draw'],
    ['wasted: what was left of a draw', dosed(drawn(stocked(), 1_200), 1_000), (s) => s.draft('wasted', { how: 'bin' }, { container: vial, quantity: 200, of: draw }), undefined],
    ['wasted: more than was left of it', dosed(drawn(stocked(), 1_200), 1_000), (s) => s.draft('wasted', { how: 'bin' }, { container: vial, quantity: 201, of: draw }), 'draw'],
    ['put back from a syringe', drawn(), (s) => s.draft('returned', { why: 'not needed' }, { container: vial, quantity: 1_000, of: draw }), 'draw'],
    ['put back: a lozenge', drawn(stocked({ form: 'lozenge' }, 30), 2), (s) => s.draft('returned', { why: 'not needed' }, { container: vial, quantity: 2, of: draw }), undefined],

    ['counted against what is expected', drawn(), (s) => s.draft('counted', { expected: 9_000, act: idOf(8) }, { container: vial, quantity: 8_900 }), undefined],
    ['counted against what was expected before', drawn(), (s) => s.draft('counted', { expected: 10_000, act: idOf(8) }, { container: vial, quantity: 10_000 }), 'count'],

    ['witnessed by somebody else', wasted(), (s) => s.draft('witnessed', { name: 'Thea', method: 'pin' }, { of: idOf(23), by: 'thea' }), undefined],
    ['witnessed by who wasted it', wasted(), (s) => s.draft('witnessed', { name: 'Mona', method: 'pin' }, { of: idOf(23), by: 'mona' }), 'witness'],
    ['witnessed twice by one', wasted().on('witnessed', { name: 'Thea', method: 'pin' }, { of: idOf(23), by: 'thea' }), (s) => s.draft('witnessed', { name: 'Thea', method: 'pin' }, { of: idOf(23), by: 'thea' }), 'twice'],
    ['a count needs no witness', drawn().on('counted', { expected: 9_000, act: idOf(8) }, { id: idOf(24), container: vial, quantity: 9_000 }), (s) => s.draft('witnessed', { name: 'Thea', method: 'pin' }, { of: idOf(24), by: 'thea' }), 'witness'],

    ['moved whole', twoPlaces(), (s) => s.draft('transferred', { from: cupboard, why: 'needed there' }, { container: vial, quantity: 10_000, place: other }), undefined],
    ['moved in part', twoPlaces(), (s) => s.draft('transferred', { from: cupboard, why: 'needed there' }, { container: vial, quantity: 9_999, place: other }), 'place'],
    ['moved to where it stands', twoPlaces(), (s) => s.draft('transferred', { from: cupboard, why: 'needed there' }, { container: vial, quantity: 10_000 }), 'place'],
    ['drawn at another place', twoPlaces(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, place: other }), 'place'],
    ['at a place that nobody named', stocked(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, place: idOf(9) }), 'place'],
    ['from what was never received', stocked(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: idOf(9), quantity: 1 }), 'container'],
    ['received twice', stocked(), (s) => s.draft('received', label(), { id: vial, container: vial, quantity: 10 }), 'twice'],
    ['of nothing', stocked(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 0 }), 'shape'],
    ['nothing was counted', stocked({}, 1).on('wasted', { how: 'bin' }, { container: vial, quantity: 1 }), (s) => s.draft('counted', { expected: 0, act: idOf(8) }, { container: vial, quantity: 0 }), undefined],

    ['kept without fitting, from a chart', stocked(), (s) => s.draft('drawn', { prepared: idOf(1), why: 'below_zero' }, { container: vial, quantity: 99_999, fits: false, ...chartSays }), undefined],
    ['kept without fitting, by a person', stocked(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 99_999, fits: false }), 'shape'],
    ['an entry taken over a second time', drawn(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, chart, session, entry: idOf(830) }), 'twice'],
    ['the same id on another chart', drawn(), (s) => s.draft('drawn', { prepared: idOf(1) }, { container: vial, quantity: 1, chart: idOf(801), session, entry: idOf(830) }), undefined],

    ['closed: through yesterday', dosed(), (s) => s.draft('closed', { through: '2026-11-02T06:59:59.999Z', onHand: [] }), undefined],
    ['closed: through now', dosed(), (s) => s.draft('closed', { through: s.at, onHand: [] }), 'closed'],
    ['closed while a draw has not come out', drawn(), (s) => s.draft('closed', { through: '2026-11-02T06:59:59.999Z', onHand: [] }), 'balance'],
    ['written right after a period that was closed', closedNow(), (s) => s.draft('wasted', { how: 'bin' }, { container: vial, quantity: 1, receivedAt: s.lines.at(-1)!.receivedAt }), undefined],
  ]
  test.each(rows)('%s', (_, from, draft, expected) => expect(judge(from, draft(from))).toBe(expected))

  test('what was closed takes nothing more, and nothing is written before the line above it', () => {
    const lines = [...dosed().lines]
    const last = lines.at(-1)!
    const closed = { ...story(lines).draft('closed', { through: last.receivedAt, onHand: [] }), seq: lines.length + 1, digest: '' } as Line
    const ledger = readLedger([...lines, closed], zone)
    const late = (receivedAt: string) => refusalOf(ledger, { ...story([...lines, closed]).draft('wasted', { how: 'bin' }, { container: vial, quantity: 1 }), receivedAt }, zone)?.code
    expect([late(last.receivedAt), late(closed.receivedAt)]).toEqual(['closed', undefined])
    // Somebody who closed ahead of the day, past the database, has closed all the same.
    const ahead = readLedger([...lines, { ...closed, body: { through: '2026-11-03T00:00:00.000Z', onHand: [] } } as Line], zone)
    const then = (receivedAt: string) => refusalOf(ahead, { ...story([...lines, closed]).draft('wasted', { how: 'bin' }, { container: vial, quantity: 1 }), receivedAt }, zone)?.code
    expect([then('2026-11-02T23:59:59.999Z'), then('2026-11-03T00:00:00.000Z'), then('2026-11-03T00:00:00.001Z')]).toEqual(['closed', 'closed', undefined])
    expect(refusalOf(dosed().read(), { ...dosed().draft('wasted', { how: 'bin' }, { container: vial, quantity: 1 }), receivedAt: '2026-11-02T17:00:00.000Z' }, zone)?.code).toBe('closed')
  })
})

function closedNow(): Story {
  const before = dosed()
  return before.on('closed', { through: '2026-11-02T06:59:59.999Z', onHand: [] })
}

describe('two people', () => {
  test('whoever gave the dose does not witness what was left of it, and whoever drew it neither', () => {
    const gave = (by: 'thea' | 'mona') => drawn(stocked(), 1_200).on('given', { prepared: idOf(820), order: idOf(840), doseUg: 50_000 }, { id: idOf(22), container: vial, quantity: 1_000, of: draw, by }).on('wasted', { how: 'bin' }, { id: idOf(23), container: vial, quantity: 200, of: draw, by: 'pia' }).read()
    expect([mayWitness(gave('thea'), idOf(23), people.thea), mayWitness(gave('thea'), idOf(23), people.mona), mayWitness(gave('mona'), idOf(23), people.thea), mayWitness(gave('mona'), idOf(23), people.pia)]).toEqual([false, false, true, false])
  })

  test('a difference is settled by an explanation and another one’s name, and stock is put right only then', () => {
    const counted = stocked().on('counted', { expected: 10_000, act: idOf(8) }, { id: idOf(24), container: vial, quantity: 9_700 })
    const adjust = { container: vial, way: 'less' as const, quantity: 300 }
    const explained = counted.on('resolved', { difference: `count:${idOf(24)}`, reason: 'Left in the needles of ten draws.', adjust }, { id: idOf(25) })
    const right = (from: Story) => judge(from, from.draft('adjusted', { way: 'less' }, { container: vial, quantity: 300, of: idOf(25), by: 'thea' }))
    const signed = explained.on('witnessed', { name: 'Thea', method: 'one-time-code' }, { of: idOf(25), by: 'thea' })
    expect([isSettled(explained.read(), `count:${idOf(24)}`), isSettled(signed.read(), `count:${idOf(24)}`)]).toEqual([false, true])
    expect([right(explained), right(signed), right(signed.on('adjusted', { way: 'less' }, { container: vial, quantity: 300, of: idOf(25), by: 'thea' }))]).toEqual(['adjusted', undefined, 'twice'])
    expect(judge(signed, signed.draft('adjusted', { way: 'less' }, { container: vial, quantity: 301, of: idOf(25), by: 'thea' }))).toBe('adjusted')
    expect(judge(explained, explained.draft('resolved', { difference: `count:${idOf(24)}`, reason: 'Something else entirely.' }, {}))).toBe('twice')
  })
})

test('a draw that was explained by two lets its period be closed', () => {
  const explained = drawn().on('resolved', { difference: `draw:${draw}`, reason: 'The syringe was emptied before anybody could sign.' }, { id: idOf(25) })
  const through = '2026-11-02T06:59:59.999Z'
  expect(judge(explained, explained.draft('closed', { through, onHand: [] }))).toBe('balance')
  const signed = explained.on('witnessed', { name: 'Thea', method: 'pin' }, { of: idOf(25), by: 'thea' })
  expect(judge(signed, signed.draft('closed', { through, onHand: [] }))).toBeUndefined()
})

test('a ledger that breaks a law says in which line', () => {
  const faulty = stocked().on('drawn', { prepared: idOf(1) }, { id: draw, container: vial, quantity: 10_001 })
  expect(faulty.read().broken.map(({ seq, code }) => [seq, code])).toEqual([[3, 'below_zero']])
  expect(comesOut(faulty.read())).toBe(false)
})

test('whatever is tried, what was allowed adds up, and nothing is below nothing', () => {
  const act = fc.record({ kind: fc.constantFrom('drawn', 'given', 'wasted', 'wasted-draw', 'lost', 'returned', 'destroyed', 'counted'), quantity: fc.integer({ min: 0, max: 4_000 }), which: fc.nat(5), by: fc.constantFrom('pia', 'mona', 'thea') })
  fc.assert(fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
    let told = stocked()
    for (const [at, { kind, quantity, which, by }] of acts.entries()) {
      const draws = [...told.read().draws.keys()]
      const of = draws[which % Math.max(1, draws.length)]
      const id = idOf(5_000 + at)
      const name = by as 'pia' | 'mona' | 'thea'
      const about = { id, container: vial, quantity, by: name }
      const next = kind === 'drawn' ? told.draft('drawn', {}, { ...about, session: idOf(6_000 + at) }) : kind === 'given' ? told.draft('given', { order: idOf(7), doseUg: 1 }, { ...about, of }) : kind === 'wasted' ? told.draft('wasted', { how: 'x' }, about)
        : kind === 'wasted-draw' ? told.draft('wasted', { how: 'x' }, { ...about, of }) : kind === 'lost' ? told.draft('lost', { what: 'spilled', why: 'xxx' }, { ...about, of }) : kind === 'returned' ? told.draft('returned', { why: 'xxx' }, { ...about, of })
        : kind === 'destroyed' ? told.draft('destroyed', { how: 'x', why: 'xxx', paper: '' }, about) : told.draft('counted', { expected: quantity, act: idOf(8) }, about)
      if (!refusalOf(told.read(), next, zone)) told = story([...told.lines, { ...next, seq: told.lines.length + 1, digest: '' } as Line])
    }
    const ledger = told.read()
    expect(ledger.broken).toEqual([])
    expect(comesOut(ledger)).toBe(true)
    for (const { left, line, given, wasted: went, returned, lost } of ledger.draws.values()) expect(given + went + returned + lost + left).toBe(line.quantity)
  }), { numRuns: 200 })
})
