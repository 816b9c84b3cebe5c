import { describe, expect, test } from 'vitest'
import type { Chart } from '../chart/chart.ts'
import { isEntryKind, type EntryKind } from '../chart/kinds.ts'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { factHistory } from './fact-history.ts'
import type { FactName } from './facts.ts'
import { factNames } from './facts.ts'
import { clearance, coded, plainChart, told, type Told } from './fixtures.ts'
import { judge } from './judge.ts'
import { asReceived, kindsRead, replay } from './replay.ts'
import { ruleHistory } from './rule-history.ts'
import { screeningFacts } from './screening-facts.ts'

const now = '2026-11-21T18:00:00.000Z'
const steps = (chart: Chart, at = now) => replay(chart, at, limits)
const became = (chart: Chart, fact: FactName, at = now) => factHistory(steps(chart, at), fact)
const rule = (id: string) => eligibility.find((one) => one.id === id)!
const of = (chart: Chart, id: string, at = now) => ruleHistory(steps(chart, at), rule(id), limits)

describe('a chart told again', () => {
  test('ends with the facts as they are read now, whatever came in which order', () => {
    const chart = plainChart('2026-11-20').says('2026-11-21', 'psychosis', 'past', { id: 'late', unnumbered: true }).on('2026-11-21', 'medication.v1', { name: 'Nardil', codes: [], dosage: '', status: 'active' })
    for (const at of [now, '2027-06-01T18:00:00.000Z']) {
      const facts = screeningFacts(chart, at, limits)
      expect(steps(chart, at).at(-1)?.after).toEqual(facts)
    }
  })

  test('reads every kind that the facts are read from: one more source of facts has to be named in the list', () => {
    const asked = new Set<EntryKind>()
    const spy: Chart = { ...plainChart('2026-11-20'), all: (kind) => { asked.add(kind); return plainChart('2026-11-20').all(kind) }, latest: (kind, fits) => { asked.add(kind); return plainChart('2026-11-20').latest(kind, fits) } }
    screeningFacts(spy, now, limits)
    expect(asked.size).toBeGreaterThan(10)
    expect([...asked].filter((kind) => !kindsRead.includes(kind))).toEqual([])
    expect(kindsRead.filter((kind) => !isEntryKind(kind))).toEqual([])
  })

  test('every entry is told once, corrected ones before what corrects them, in the order of the record', () => {
    const chart = told().says('2026-11-20', 'mania', 'none', { id: 'first' }).says('2026-11-20', 'mania', 'past', { id: 'second', amends: 'first' }).says('2026-11-20', 'mania', 'current', { id: 'third', amends: 'second' })
    expect(asReceived(chart).map(({ id }) => id)).toEqual(['first', 'second', 'third'])
  })
})

describe('what became of a fact', () => {
  const at = (time: string) => `2026-11-20T${time}:00.000Z`
  test.each<[string, Told, FactName, unknown[]]>([
    ['nobody asked', told(), 'homeOxygen', []],
    ['answered once', told().says(at('09:00'), 'homeOxygen', true), 'homeOxygen', [{ how: 'answered', to: { value: true } }]],
    ['the same again', told().says(at('09:00'), 'homeOxygen', true).says(at('09:04'), 'homeOxygen', true), 'homeOxygen', [{ how: 'answered' }]],
    ['two answers, four minutes apart', told().says(at('09:00'), 'homeOxygen', true).says(at('09:04'), 'homeOxygen', false), 'homeOxygen', [{ how: 'answered' }, { how: 'changed', from: { value: true }, to: { value: false }, minutesLater: 4, by: ['someone'], entries: ['e2'] }]],
    ['a correction', told().says(at('09:00'), 'homeOxygen', true, { id: 'wrong' }).says(at('09:04'), 'homeOxygen', false, { amends: 'wrong' }), 'homeOxygen', [{ how: 'answered' }, { how: 'corrected', from: { value: true }, to: { value: false }, minutesLater: 4 }]],
    ['declined, after an answer', told().says(at('09:00'), 'homeOxygen', true).on(at('10:30'), 'fact.v1', { fact: 'homeOxygen', state: 'declined' }), 'homeOxygen', [{ how: 'answered' }, { how: 'changed', from: { value: true }, to: { missing: 'declined' }, minutesLater: 90 }]],
    ['an answer that arrives late does not count, and is not lost', told().says(at('09:04'), 'homeOxygen', false).says(at('09:00'), 'homeOxygen', true, { id: 'late' }), 'homeOxygen', [{ how: 'answered', to: { value: false } }, { how: 'behind', to: { value: true }, entries: ['late'] }]],
    ['another question', told().says(at('09:00'), 'seizureUncontrolled', true), 'homeOxygen', []],
    ['a medicine more, and one stopped', told().on(at('09:00'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'active' }).on(at('09:10'), 'medication.v1', { name: 'Nardil', codes: [], dosage: '', status: 'active' }).on(at('09:20'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'stopped' }), 'medications', [{ to: { value: ['lithium'] } }, { how: 'changed', from: { value: ['lithium'] }, to: { value: ['lithium', 'Nardil'] } }, { how: 'changed', to: { value: ['Nardil'] }, minutesLater: 10 }]],
    ['one diagnosis, written in two places', told().on(at('09:00'), 'condition.v1', { name: 'Depression', codes: coded('F33.2'), status: 'active', category: 'indication' }).on(at('09:10'), 'intake.v1', { presenting: 'x', psychiatricHistory: 'x', currentStatus: 'x', goals: ['x'], readiness: 5, readinessNote: '', supportNeeded: '', carePlan: '', indications: coded('F33.2') }), 'diagnoses', [{ how: 'answered', to: { value: ['F33.2'] } }]],
    ['a weight', plainChart('2026-11-20').on(at('18:00'), 'weight.v1', { weightG: 90_000 }), 'bmi', [{ how: 'answered' }, { how: 'changed', by: ['someone'] }]],
  ])('%s', (_, chart, fact, expected) => {
    const found = became(chart, fact)
    expect(found).toHaveLength(expected.length)
    expect(found).toMatchObject(expected)
  })

  test('growing older is no change: nobody wrote anything', () => {
    const chart = told().on('2026-05-01', 'demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1991-06-01' }).says('2026-05-01', 'weeksSinceCardiovascularEvent', 4).says('2026-11-20', 'homeOxygen', false)
    expect(became(chart, 'age')).toHaveLength(1)
    expect(became(chart, 'weeksSinceCardiovascularEvent')).toHaveLength(1)
  })

  test('the last change says what the fact says, for every fact of a whole chart', () => {
    const chart = plainChart('2026-11-20').says('2026-11-21', 'psychosis', 'past')
    const facts = screeningFacts(chart, now, limits)
    for (const fact of factNames) {
      const last = became(chart, fact).at(-1)
      const held = facts[fact]
      if (held.state === 'known' && !('items' in held) && fact !== 'protocolTarget' && fact !== 'itemNineOpen') expect(last?.to, fact).toEqual({ value: held.value })
    }
  })
})

describe('what became of a rule', () => {
  const plain = plainChart('2026-11-20')
  test('first met by an entry, then on other facts, then no longer', () => {
    const chart = plain.says('2026-11-20T18:00', 'seizureUncontrolled', true, { id: 'yes' }).says('2026-11-20T19:00', 'seizureUncontrolled', false, { id: 'no' })
    expect(of(chart, 'O05')).toMatchObject([{ state: 'not-met' }, { state: 'met', at: '2026-11-20T18:00:00.000Z', entries: ['yes'], by: ['someone'], facts: [{ fact: 'seizureUncontrolled', value: true }] }, { state: 'not-met', at: '2026-11-20T19:00:00.000Z', entries: ['no'] }])
  })
  test('met still, on one medicine more', () => {
    const takes = (chart: Told, name: string, at: string) => chart.on(at, 'medication.v1', { name, codes: [], dosage: '', status: 'active' }, { id: name })
    const chart = takes(takes(takes(plain, 'phenelzine', '2026-11-20T18:00'), 'metformin', '2026-11-20T18:30'), 'tranylcypromine', '2026-11-20T19:00')
    expect(of(chart, 'O14').filter(({ state }) => state === 'met')).toMatchObject([{ entries: ['phenelzine'] }, { entries: ['tranylcypromine'], facts: [{ value: ['phenelzine', 'tranylcypromine'] }] }])
  })
  test('an entry that has nothing to do with it leaves no line', () => {
    const before = of(plain, 'O05')
    expect(of(plain.on('2026-11-21', 'weight.v1', { weightG: 80_000 }), 'O05')).toEqual(before)
  })
  test('what time alone changed has no author, and its moment is found to the minute', () => {
    const chart = plainChart('2026-08-01').says('2026-11-20', 'homeOxygen', false)
    const lines = of(chart, 'H01')
    const gone = lines.at(-1)!
    expect(gone).toMatchObject({ state: 'unknown', entries: [], by: [] })
    const freshDays = limits.freshness.find(({ facts }) => facts.includes('systolicMmHg'))!.withinDays
    expect((Date.parse(gone.at) - Date.parse('2026-08-01T17:00:00.000Z')) / 86_400_000).toBeCloseTo(freshDays, 2)
  })
  test('ends in the state in which the rule stands now, for every rule', () => {
    const chart = plain.on('2026-11-21', 'condition.v1', { name: 'Aneurysm', codes: coded('I67.1'), status: 'active', category: 'problem' }).on('2026-11-21', 'clearance.v1', clearance('2026-11-21', plain))
    const all = steps(chart)
    for (const one of eligibility) {
      const last = ruleHistory(all, one, limits).at(-1)
      const met = ruleHistory(steps(chart).slice(-1), one, limits)
      expect(last?.state ?? 'unknown', one.id).toBe(stateNow(chart, one.id))
      expect(met.length).toBeLessThanOrEqual(1)
    }
  })
})

function stateNow(chart: Chart, id: string) {
  const { truth } = judge(rule(id).when, screeningFacts(chart, now, limits))
  return ({ yes: 'met', no: 'not-met', unknown: 'unknown' } as const)[truth]
}
