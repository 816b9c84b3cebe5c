import { describe, expect, test } from 'vitest'
import { ledgerRows } from '../../knowledge/ledger.ts'
import { countDue, differencesOf, isOvertaken } from './differences.ts'
import { chart, cupboard, dosed, draw, drawn, idOf, label, session, stocked, vial, zone, type Story } from './testing/story.ts'

const open = (from: Story) => differencesOf(from.read(), ledgerRows).map(({ kind, key, ends, incident }) => [kind, key.split(':')[1], ends, incident])
const wasted = (from: Story, by: 'mona' | 'pia' = 'mona') => from.on('wasted', { how: 'bin' }, { id: idOf(23), container: vial, quantity: 200, of: draw, by })
const left = () => dosed(drawn(stocked(), 1_200), 1_000)
const counted = (quantity: number, from = stocked()) => from.on('counted', { expected: from.read().containers.get(vial)!.onHand, act: idOf(8) }, { id: idOf(24), container: vial, quantity })

describe('what does not come out shows, and what does is silent', () => {
  const rows: [string, Story, unknown[]][] = [
    ['nothing drawn', stocked(), []],
    ['drawn and given', dosed(), []],
    ['drawn, and neither a dose nor a waste', drawn(), [['draw', draw, 'explanation', false]]],
    ['left after the dose', left(), [['draw', draw, 'waste', false]]],
    ['wasted, and nobody else signed', wasted(left()), [['witness', idOf(23), 'signature', false]]],
    ['wasted and witnessed', wasted(left()).on('witnessed', { name: 'Thea', method: 'pin' }, { of: idOf(23), by: 'thea' }), []],
    ['counted as expected', counted(10_000), []],
    ['a microlitre too little', counted(9_999), [['count', idOf(24), 'explanation', false]]],
    ['half a millilitre too little', counted(9_500), [['count', idOf(24), 'explanation', false]]],
    ['more than that', counted(9_499), [['count', idOf(24), 'explanation', true]]],
    ['too much is a difference as well', counted(10_501), [['count', idOf(24), 'explanation', true]]],
    ['a twentieth of little', counted(1_900, stocked({}, 2_000)), [['count', idOf(24), 'explanation', false]]],
    ['more than a twentieth of little', counted(1_899, stocked({}, 2_000)), [['count', idOf(24), 'explanation', true]]],
    ['one lozenge of thirty', counted(29, stocked({ form: 'lozenge' }, 30)), [['count', idOf(24), 'explanation', false]]],
    ['two lozenges of thirty', counted(28, stocked({ form: 'lozenge' }, 30)), [['count', idOf(24), 'explanation', true]]],
    ['missing', stocked().on('lost', { what: 'missing', why: 'not there' }, { id: idOf(25), container: vial, quantity: 10 }), [['gone', idOf(25), 'explanation', true]]],
    ['stolen', stocked().on('lost', { what: 'stolen', why: 'lock broken' }, { id: idOf(25), container: vial, quantity: 10 }), [['gone', idOf(25), 'explanation', true]]],
    ['broken, and nobody else signed', stocked().on('lost', { what: 'broken', why: 'fell' }, { id: idOf(25), container: vial, quantity: 10 }), [['witness', idOf(25), 'signature', false]]],
    ['destroyed by one', stocked().on('destroyed', { how: 'cartridge', why: 'old', paper: '' }, { id: idOf(25), container: vial, quantity: 10 }), [['witness', idOf(25), 'signature', false]]],
    ['the rest of a single-use vial', dosed(drawn(stocked({ singleUse: true }))), [['remainder', vial, 'waste', false]]],
    ['a single-use vial that was used up', dosed(drawn(stocked({ singleUse: true }, 1_000))), []],
    ['said on a chart, and does not fit', stocked().on('given', { why: 'no-draw', doseUg: 50_000, said: '50 mg IM' }, { id: idOf(26), fits: false, chart, session, entry: idOf(831) }), [['unfit', idOf(26), 'explanation', false]]],
  ]
  test.each(rows)('%s', (_, from, expected) => expect(open(from)).toEqual(expected))

  test('a law that was broken past the database is a difference, and an incident', () => {
    const faulty = stocked().on('drawn', { prepared: idOf(1) }, { id: draw, container: vial, quantity: 10_001 })
    expect(open(faulty)).toContainEqual(['law', draw, 'explanation', true])
  })

  test('who gave the dose may be known after the waste was signed: then the signature counts no more', () => {
    const early = drawn(stocked(), 1_200).on('wasted', { how: 'bin' }, { id: idOf(23), container: vial, quantity: 200, of: draw, by: 'pia' }).on('witnessed', { name: 'Thea', method: 'pin' }, { of: idOf(23), by: 'thea' })
    const given = (by: 'thea' | 'mona') => early.on('given', { prepared: idOf(820), order: idOf(840), doseUg: 50_000 }, { id: idOf(22), container: vial, quantity: 1_000, of: draw, by })
    expect([open(given('mona')), open(given('thea'))]).toEqual([[], [['witness', idOf(23), 'signature', false]]])
  })

  test('it stays until one person has explained it and another one has signed, and offers what would put it right', () => {
    const less = counted(9_300)
    const [found] = differencesOf(less.read(), ledgerRows)
    expect(found!.adjust).toEqual({ container: vial, way: 'less', quantity: 700 })
    const explained = less.on('resolved', { difference: found!.key, reason: 'Ten needles at a twentieth each.' }, { id: idOf(27) })
    expect(differencesOf(explained.read(), ledgerRows)[0]?.resolved?.id).toBe(idOf(27))
    expect(open(explained.on('witnessed', { name: 'Thea', method: 'one-time-code' }, { of: idOf(27), by: 'thea' }))).toEqual([])
  })
})

test('counted again before the first difference was put right: only the newest count speaks, and never both', () => {
  const again = (quantity: number) => counted(9_500).on('counted', { expected: 10_000, act: idOf(9) }, { id: idOf(28), container: vial, quantity })
  expect([open(again(9_400)), open(again(10_000))]).toEqual([[['count', idOf(28), 'explanation', true]], []])
  expect([`count:${idOf(24)}`, `count:${idOf(28)}`, 'draw:none'].map((key) => isOvertaken(again(9_400).read(), key))).toEqual([true, false, false])
  const second = stocked().on('received', label({ number: 2 }), { id: idOf(12), container: idOf(12), quantity: 10_000 })
  expect(open(counted(9_500, second).on('counted', { expected: 10_000, act: idOf(9) }, { id: idOf(28), container: idOf(12), quantity: 10_000 }))).toEqual([['count', idOf(24), 'explanation', false]])
})

test('a count is due so long after the place was opened, or after everything in it was last counted', () => {
  const second = stocked().on('received', label({ number: 2 }), { id: idOf(12), container: idOf(12), quantity: 10_000 })
  const due = (from: Story) => countDue(from.read(), cupboard, ledgerRows, zone)
  const one = counted(10_000, second)
  const both = one.on('counted', { expected: 10_000, act: idOf(8) }, { id: idOf(28), container: idOf(12), quantity: 10_000 })
  expect([due(second), due(one), due(both).last]).toEqual([{ last: undefined, by: '2028-11-01' }, { last: undefined, by: '2028-11-01' }, one.lines.at(-1)!.at])
})
