import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dialRows } from '../../knowledge/dials.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { screeningLimits } from '../../knowledge/eligibility.ts'
import { sources } from '../../knowledge/sources.ts'
import { plainCase, ruleCases } from '../eligibility/cases/rule-cases.ts'
import { factsFromCase } from '../eligibility/facts-from-case.ts'
import { decisions, screen } from '../eligibility/screen.ts'
import type { ScreeningFacts } from '../eligibility/facts.ts'
import { canonical } from '../shared/canonical.ts'
import type { Rulebook } from './book.ts'
import { applyChanges, type Change, changesIn, refuseValue, standsAt, type Step, stepFrom, takesTwo } from './changes.ts'
import { comparisonsIn, dialsOf, sayValue, wayOf, type Dial, type DialValue } from './dials.ts'

const shipped: Rulebook = rulebook
const dials = dialsOf(shipped, dialRows)
const dial = (id: string): Dial => dials.find((one) => one.id === id)!
const apply = (...changes: readonly (readonly [string, DialValue, DialValue])[]) => applyChanges(shipped, changes.map(([id, from, to]) => ({ dial: id, from, to })), dialRows)
const signed = { by: 'petra', at: '2026-11-22T10:00:00.000Z' }
const because = 'Agreed at the meeting of the clinicians.'

describe('the dials as rows', () => {
  test('every number that a rule compares has a span, and a new one without is named here', () => {
    const turned = new Set(dials.flatMap(({ at }) => at.map((path) => path.join('/'))))
    const without = (book: Rulebook) => comparisonsIn(book).filter(({ path }) => !turned.has(path.join('/'))).map(({ base, of, compare }) => `${base} ${of} ${compare}`)
    const planted = { ...shipped, eligibility: [...shipped.eligibility, { ...shipped.eligibility[0]!, id: 'X1', when: { fact: 'phq9', atLeast: 20 } as const }] }
    expect(without(planted)).toEqual(['eligibility/X1 phq9 atLeast'])
    expect(comparisonsIn(shipped).length).toBeGreaterThan(100)
    expect(without(shipped)).toEqual([])
  })
  test('every dial has one name, and what ships is a value it takes', () => {
    expect(dials.length).toBeGreaterThan(250)
    expect(new Set(dials.map(({ id }) => id)).size).toBe(dials.length)
    expect(dials.flatMap((one) => refuseValue(one, one.shipped) ?? [])).toEqual([])
  })
  test('every figure and every floor names something, with a source that exists', () => {
    for (const row of dialRows.figures) expect(dialsOf({ ...shipped }, { ...dialRows, figures: [row], bounds: [] }).filter(({ id }) => !/\/(action|gate)$/.test(id)).length, row.at).toBeGreaterThan(0)
    for (const floor of dialRows.floors) {
      for (const pattern of floor.holds) expect(dialsOf({ ...shipped }, { ...dialRows, floors: [{ ...floor, holds: [pattern] }] }).filter((one) => one.floor).length, pattern).toBeGreaterThan(0)
      for (const source of floor.cites) expect(Object.keys(sources)).toContain(source)
      expect(floor.because).toMatch(/^[A-Z].*\.$/)
    }
  })
  test('no block, no red level, no gate that nobody overrides, no ceiling and nothing of the label stands without a floor', () => {
    const floorless = (wanted: (one: Dial) => boolean) => dials.filter((one) => wanted(one) && !one.floor).map(({ id }) => id)
    const blocks = shipped.eligibility.filter(({ action }) => action === 'block').map(({ id }) => id)
    const hard = shipped.monitoring.preDose.rules.filter(({ overridable }) => !overridable).map(({ id }) => id)
    expect(blocks.length).toBeGreaterThan(10)
    expect(hard.length).toBeGreaterThan(10)
    expect(floorless(({ row }) => blocks.includes(row) || hard.includes(row))).toEqual([])
    expect(floorless(({ id }) => /^alerts\/.*\/red\//.test(id) || id.includes('/hard/') || id.includes('IN-esketamine/start') || id.includes('minimum/IN-esketamine'))).toEqual([])
    expect(floorless(({ id }) => id.startsWith('pre-dose/')).length).toBeGreaterThan(0)
  })
})

test.each([
  ['eligibility/H01/systolicMmHg.atLeast', 150, 'tighter'], ['eligibility/H01/systolicMmHg.atLeast', 170, 'looser'], ['eligibility/H01/systolicMmHg.atLeast', 160, 'same'],
  ['eligibility/H05/tsh.below', 0.3, 'tighter'], ['eligibility/O03/weeksSinceCardiovascularEvent.atMost', 52, 'tighter'], ['eligibility/O04/qtcMs.moreThan', 480, 'tighter'],
  ['eligibility/C07/morphineEquivalentMg.atLeast', 60, 'tighter'], ['eligibility/C07/morphineEquivalentMg.atLeast', 40, 'looser'],
  ['eligibility/O01/action', 'hold', 'tighter'], ['eligibility/O01/action', 'caution', 'looser'], ['pre-dose/PRE-HR/gate', 'no_dose', 'tighter'], ['pre-dose/PRE-HR/gate', 'caution', 'looser'],
  ['alerts/SPO2/yellow/spo2Percent.below', 96, 'tighter'], ['alerts/RASS/yellow/rass.atMost', -2, 'tighter'], ['alerts/RASS/yellow/rass.atMost', -4, 'looser'], ['alerts/MOAAS/lowers/spo2Percent.atLeast', 97, 'tighter'],
  ['screening/freshness/fresh.pressure/withinDays', 14, 'tighter'], ['dosing/doses/dose.IM/soft/ugPerKg', 900, 'tighter'], ['discharge/D1/minimum/IM/minutes', 150, 'tighter'], ['discharge/D2/systolicBelow', 150, 'tighter'],
] as const)('%s turned to %s is %s', (id, to, way) => expect(wayOf(dial(id), dial(id).shipped, to)).toBe(way))

describe('what is refused', () => {
  const H01 = 'eligibility/H01/systolicMmHg.atLeast'
  test.each([
    ['no number', Number.NaN, 'not-a-value'], ['minus nothing', -0, 'not-a-value'], ['without end', Number.POSITIVE_INFINITY, 'not-a-value'], ['a thousand million', 1e9, 'out-of-range'], ['a text', '150', 'not-a-value'],
    ['between two steps', 150.5, 'not-a-value'], ['a diastolic in its field', 95, 'out-of-range'], ['just below its span', 119, 'out-of-range'], ['just above', 221, 'out-of-range'],
  ])('%s', (_, to, code) => expect(apply([H01, 160, to])).toMatchObject({ ok: false, refusal: { dial: H01, code } }))
  test.each([
    ['an unknown dial', 'eligibility/H01/__proto__', 1, 2, 'unknown-dial'], ['what ships otherwise now', H01, 155, 150, 'moved-on'], ['a word that is none', 'eligibility/O01/action', 'override', 'ignore', 'not-a-value'], ['a rule that falls silent', 'eligibility/O01/action', 'override', 'missing', 'not-a-value'],
    ['a block made milder', 'eligibility/B01/action', 'block', 'hold', 'floor'], ['a later red alert', 'alerts/BP-S/red/systolicMmHg.atLeast', 200, 201, 'floor'], ['one person in the room', 'monitoring/gates/fewestPeople', 2, 1, 'out-of-range'], ['a higher ceiling', 'dosing/doses/dose.IM/hard/ug', 130_000, 131_000, 'floor'],
    ['a shorter stay after the spray', 'discharge/D1/minimum/IN-esketamine/minutes', 120, 119, 'floor'], ['an older pregnancy test', 'monitoring/gates/pregnancyTestDays', 7, 8, 'floor'], ['values that would be nobody’s', 'eligibility/O15/lorazepamEquivalentMg.moreThan', 3, 4, 'gap'],
  ] as const)('%s', (_, id, from, to, code) => expect(apply([id, from, to])).toMatchObject({ ok: false, refusal: { dial: id, code } }))
  test('the same dial twice', () => expect(apply([H01, 160, 150], [H01, 160, 155])).toMatchObject({ refusal: { code: 'twice' } }))
  test('loosening without a reason, and with one it goes', () => {
    const loosen = (reason: string) => stepFrom(shipped, [], [{ dial: 'eligibility/O04/qtcMs.moreThan', from: 500, to: 510, reason }], dialRows, signed)
    expect(loosen('x'.repeat(19))).toMatchObject({ refusal: { code: 'reason' } })
    expect(loosen(` ${' '.repeat(30)}`)).toMatchObject({ refusal: { code: 'reason' } })
    expect(loosen('x'.repeat(20)).ok).toBe(true)
  })
  test('a step from where the dial no longer stands', () => {
    const first = stepFrom(shipped, [], [{ dial: H01, from: 160, to: 150, reason: '' }], dialRows, signed)
    expect(first.ok && stepFrom(shipped, first.value.changes, [{ dial: H01, from: 160, to: 140, reason: '' }], dialRows, signed)).toMatchObject({ refusal: { code: 'moved-on' } })
  })
})

test('turning a tightened dial back is loosening, and leaves no change behind', () => {
  const tight = stepFrom(shipped, [], [{ dial: 'eligibility/O04/qtcMs.moreThan', from: 500, to: 480, reason: '' }], dialRows, signed)
  const changes = tight.ok ? tight.value.changes : []
  expect(stepFrom(shipped, changes, [{ dial: 'eligibility/O04/qtcMs.moreThan', from: 480, to: 500, reason: 'short' }], dialRows, signed)).toMatchObject({ refusal: { code: 'reason' } })
  const back = stepFrom(shipped, changes, [{ dial: 'eligibility/O04/qtcMs.moreThan', from: 480, to: 500, reason: because }], dialRows, signed)
  expect(back).toMatchObject({ ok: true, value: { changes: [], moves: [{ way: 'looser', from: 480, to: 500 }] } })
  expect(back.ok && canonical(back.value.book)).toBe(canonical(shipped))
})

describe('one signature is not enough', () => {
  const QTC = 'eligibility/O04/qtcMs.moreThan'
  test.each([
    ['tighter than it ships', 500, 480, false], ['looser than it ships', 500, 510, true], ['a tightened one back to what ships', 480, 500, true], ['a tightened one half-way back', 480, 490, true],
    ['a tightened one tighter still', 480, 470, false], ['a loosened one looser still', 510, 512, true], ['a loosened one towards what ships, and still looser', 510, 505, true], ['a loosened one back to what ships', 510, 500, false], ['a loosened one past what ships', 510, 490, false],
  ])('%s', (_, from, to, two) => {
    const before = from === 500 ? [] : [{ dial: QTC, from: 500, to: from, reason: because, ...signed }]
    const stepped = stepFrom(shipped, before, [{ dial: QTC, from, to, reason: because }], dialRows, signed)
    expect(stepped.ok && stepped.value.moves.map(takesTwo)).toEqual([two])
  })
  test('a loosened one that is not turned asks for nobody', () => {
    const stepped = stepFrom(shipped, [{ dial: QTC, from: 500, to: 510, reason: because, ...signed }], [{ dial: 'eligibility/H01/systolicMmHg.atLeast', from: 160, to: 150, reason: '' }], dialRows, signed)
    expect(stepped.ok && [stepped.value.changes.length, stepped.value.moves.map(takesTwo)]).toEqual([2, [false]])
  })
  test('what stays as it stands is no move, whichever side of what ships', () => expect(takesTwo({ way: 'same', beyondShipped: true })).toBe(false))
})

test('a sentence that names the figure says the practice’s own beside it', () => {
  const book = apply(['eligibility/H01/systolicMmHg.atLeast', 160, 150], ['monitoring/reading/togetherMin', 5, 4])
  const row = book.ok ? book.value.eligibility.find(({ id }) => id === 'H01')! : undefined
  expect(row?.says).toMatch(/In this practice: systolic pressure 150 or more mmHg \(as shipped: 160 or more mmHg\)\.$/)
  expect(row?.liftedBy).toContain('In this practice')
  expect(sayValue(dial('eligibility/H05/tsh.below'), 0.1)).toBe('below 0.1 mIU/L')
})

/** Any value that a dial takes at all. */
const valueOf = (one: Dial): fc.Arbitrary<DialValue> => {
  if ('choices' in one.takes) return fc.constantFrom(...one.takes.choices)
  const { between: [least, most], step } = one.takes
  return fc.integer({ min: Math.ceil(least / step), max: Math.floor(most / step) }).map((steps) => Number((steps * step).toFixed(6)))
}
const aTurn = fc.constantFrom(...dials).chain((one) => valueOf(one).map((to) => ({ one, to })))
const turns = fc.uniqueArray(aTurn, { maxLength: 12, selector: ({ one }) => one.id })
const asChanges = (list: readonly { one: Dial; to: DialValue }[]): Change[] => list.map(({ one, to }) => ({ dial: one.id, from: one.shipped, to, reason: because, ...signed }))
const tightening = turns.map((list) => list.filter(({ one, to }) => wayOf(one, one.shipped, to) === 'tighter'))

test('changes alter their own rows and nothing else, and can be read back', () => {
  const before = canonical(shipped)
  fc.assert(fc.property(turns, (list) => {
    const book = applyChanges(shipped, asChanges(list), dialRows)
    if (!book.ok) return
    expect(changesIn(shipped, book.value, dialRows)).toEqual(dials.flatMap((one) => list.filter((turned) => turned.one === one && turned.to !== one.shipped).map(({ to }) => ({ dial: one.id, from: one.shipped, to }))))
    const rows = new Set(list.map(({ one }) => one.row))
    for (const [place, rule] of shipped.eligibility.entries()) if (!rows.has(rule.id)) expect(book.value.eligibility[place]).toBe(rule)
    for (const [place, alert] of shipped.monitoring.alerts.entries()) if (!rows.has(alert.id)) expect(book.value.monitoring.alerts[place]).toBe(alert)
    for (const part of ['protocols', 'consents', 'instruments', 'effects', 'outcomes'] as const) expect(book.value[part]).toBe(shipped[part])
  }), { numRuns: 200 })
  expect(canonical(shipped)).toBe(before)
})

test('tightening alone is never refused', () => {
  fc.assert(fc.property(tightening, (list) => {
    expect(applyChanges(shipped, asChanges(list), dialRows).ok).toBe(true)
  }), { numRuns: 200 })
})

const inputs = Object.values(ruleCases).flatMap((cases) => [...cases.fires, ...cases.not])
const someFacts = fc.array(fc.constantFrom(...inputs), { maxLength: 3 }).map((parts): ScreeningFacts => {
  const facts = factsFromCase(Object.assign({}, plainCase, ...parts) as Record<string, unknown>, screeningLimits)
  if (!facts.ok) throw new Error(facts.refusal.message)
  return facts.value.facts
})
const ofRules = dials.filter(({ id }) => id.startsWith('eligibility/'))
const tightRules = fc.uniqueArray(fc.constantFrom(...ofRules).chain((one) => valueOf(one).map((to) => ({ one, to }))), { minLength: 1, maxLength: 10, selector: ({ one }) => one.id }).map((list) => list.filter(({ one, to }) => wayOf(one, one.shipped, to) === 'tighter'))

test('a tightened book fires every rule that fired before, as strongly, and decides no milder', () => {
  fc.assert(fc.property(someFacts, tightRules, (facts, list) => {
    const book = applyChanges(shipped, asChanges(list), dialRows)
    if (!book.ok) throw new Error(book.refusal.says)
    const [before, after] = [screen(shipped.eligibility, facts), screen(book.value.eligibility, facts)]
    const met = new Map(after.met.map(({ rule }) => [rule.id, rule.action]))
    for (const { rule } of before.met) {
      expect(met.has(rule.id), rule.id).toBe(true)
      expect(['missing', ...dialRows.strengths.rule].indexOf(met.get(rule.id)!)).toBeGreaterThanOrEqual(['missing', ...dialRows.strengths.rule].indexOf(rule.action))
    }
    expect(decisions.indexOf(after.decision)).toBeLessThanOrEqual(decisions.indexOf(before.decision))
    if (before.urgent) expect(after.urgent).toBe(true)
  }), { numRuns: 500 })
})

test('a floor cannot be got under in several steps', () => {
  const floored = dials.filter(({ floor }) => floor)
  const way = fc.array(fc.constantFrom(...floored).chain((one) => valueOf(one).map((to) => ({ one, to }))), { minLength: 1, maxLength: 30 })
  fc.assert(fc.property(way, (steps) => {
    let changes: readonly Change[] = []
    let book: Rulebook = shipped
    for (const { one, to } of steps) {
      const step: Step = { dial: one.id, from: standsAt(book, one), to, reason: because }
      const next = stepFrom(shipped, changes, [step], dialRows, signed)
      if (next.ok) ({ changes, book } = next.value)
    }
    for (const one of floored) expect(wayOf(one, one.shipped, standsAt(book, one)), one.id).not.toBe('looser')
  }), { numRuns: 200 })
})
