import { describe, expect, test } from 'vitest'
import type { Chart } from '../chart/chart.ts'
import { isEntryKind, type EntryKind } from '../chart/kinds.ts'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { entriesOf, factHistory } from './fact-history.ts'
import type { FactName } from './facts.ts'
import { factNames } from './facts.ts'
import { clearance, coded, phq9, plainChart, told, type Told } from './fixtures.ts'
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
  test('what two people corrected is told once', () => {
    const chart = told().says('2026-11-20', 'mania', 'none', { id: 'first' }).says('2026-11-20', 'mania', 'past', { id: 'one', amends: 'first' }).says('2026-11-20', 'mania', 'current', { id: 'other', amends: 'first' })
    expect(asReceived(chart).map(({ id }) => id)).toEqual(['first', 'one', 'other'])
  })
  test('what waits on a device comes last, as it was written, and of one moment always in one order', () => {
    const waits = (chart: Told, id: string, time: string) => chart.says(`2026-11-20T${time}`, 'mania', 'none', { id, unnumbered: true })
    const chart = [['z', '10:00'], ['y', '09:00'], ['x', '09:00'], ['a', '11:00']].reduce((so, [id, time]) => waits(so, id!, time!), told()).says('2026-11-20T12:00', 'mania', 'none', { id: 'numbered' })
    expect(asReceived(chart).map(({ id }) => id)).toEqual(['numbered', 'x', 'y', 'z', 'a'])
  })
  test('it comes as it was written, not as it happened', () => {
    const waits = (chart: Told, id: string, happened: string, written: string) => chart.says(`2026-11-20T${happened}`, 'mania', 'none', { id, unnumbered: true, writtenAt: `2026-11-20T${written}:00.000Z` })
    const chart = waits(waits(waits(waits(told(), 'a', '09:00', '11:00'), 'b', '10:00', '10:30'), 'o', '08:00', '12:00'), 'n', '08:30', '12:00')
    expect(asReceived(chart).map(({ id }) => id)).toEqual(['b', 'a', 'n', 'o'])
  })
  test('two that correct each other are told once all the same', () => {
    const circle = told().says('2026-11-20', 'mania', 'none', { id: 'one', amends: 'other' }).says('2026-11-20', 'mania', 'past', { id: 'other', amends: 'one' }).says('2026-11-20', 'mania', 'past', { id: 'last', amends: 'one' })
    expect(asReceived(circle).map(({ id }) => id)).toEqual(['one', 'other', 'last'])
  })
  test('a moment is when the record received it: what was written on a device that was away comes later, and with what came by then', () => {
    const chart = told().says('2026-11-20T09:00', 'mania', 'none', { id: 'away', receivedAt: '2026-11-20T12:00:00.000Z' }).says('2026-11-20T10:00', 'homeOxygen', false, { id: 'here', receivedAt: '2026-11-20T10:00:00.000Z' }).says('2026-11-20T13:00', 'pdmpChecked', true, { id: 'later' })
    expect(steps(chart).map(({ at, fresh }) => [at, ...fresh.map(({ id }) => id)])).toEqual([['2026-11-20T12:00:00.000Z', 'away', 'here'], ['2026-11-20T13:00:00.000Z', 'later'], [now]])
  })
  test('what came after the moment of asking is not told', () => {
    const chart = told().says('2026-11-20', 'mania', 'none').says('2026-11-22', 'mania', 'past')
    expect(steps(chart).map(({ at }) => at)).toEqual(['2026-11-20T17:00:00.000Z', now])
    expect(steps(chart, '2026-11-20T17:00:00.000Z').map(({ fresh }) => fresh.length)).toEqual([1, 0])
    expect(steps(chart, '2026-11-20T16:59:00.000Z').map(({ fresh }) => fresh.length)).toEqual([0])
    expect(steps(chart).map((step) => step.chart.entries.length)).toEqual([1, 2])
  })
  test('what the rules do not read makes no step, nor does a reading of a medicine session', () => {
    const chart = told().on('2026-11-20', 'weight.v1', { weightG: 70_000 }).on('2026-11-20T18:00', 'vitals.v1', { systolicMmHg: 180, diastolicMmHg: 90 }, { session: 's1' }).on('2026-11-20T19:00', 'rating.v1', { scale: 'intensity', value: 3 }).on('2026-11-20T20:00', 'measure-answered.v1', phq9(), { session: 's1' })
    expect(steps(chart).map(({ fresh }) => fresh.map(({ kind }) => kind))).toEqual([['weight.v1'], ['measure-answered.v1'], []])
  })
  test('what an entry did is told apart from what time did: before and after are of one moment', () => {
    const chart = told().says('2026-11-01', 'intoxicated', false, { id: 'day' }).says('2026-11-20', 'mania', 'past')
    const [first, second] = steps(chart)
    expect([first!.before.intoxicated, first!.after.intoxicated, second!.before.intoxicated, second!.before.mania, second!.after.mania]).toMatchObject([{ why: 'not-asked' }, { value: false }, { why: 'stale' }, { why: 'not-asked' }, { value: 'past' }])
  })
  test('an empty chart has one moment, the one of asking, at which nothing is known', () => {
    expect(steps(told())).toMatchObject([{ at: now, fresh: [], chart: { entries: [] }, before: { age: { state: 'missing' } }, after: { age: { state: 'missing' } } }])
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
    ['a late one that says the same is no news', told().says(at('09:04'), 'homeOxygen', false).says(at('09:00'), 'homeOxygen', false, { id: 'late' }), 'homeOxygen', [{ how: 'answered' }]],
    ['a refusal that arrives late', told().says(at('09:04'), 'homeOxygen', false).on(at('09:00'), 'fact.v1', { fact: 'homeOxygen', state: 'declined' }, { id: 'late' }), 'homeOxygen', [{ how: 'answered' }, { how: 'behind', from: { value: false }, to: { missing: 'declined' }, entries: ['late'], minutesLater: 0 }]],
    ['drugs found in urine', told().says(at('09:00'), 'urineDrugScreenPositive', ['cocaine']), 'urineDrugScreenPositive', [{ how: 'answered', from: { missing: 'not-asked' }, to: { value: ['cocaine'] } }]],
    ['a diagnosis that resolved', told().on(at('09:00'), 'condition.v1', { name: 'Depression', codes: coded('F33.2'), status: 'active', category: 'problem' }).on(at('09:10'), 'condition.v1', { name: 'Depression', codes: coded('F33.2'), status: 'resolved', category: 'problem' }), 'diagnoses', [{ to: { value: ['F33.2'] } }, { how: 'changed', to: { value: ['F33.2, resolved'] } }]],
    ['what somebody uses', told().says(at('09:00'), 'substanceUse', [{ substance: 'Cocaine', status: 'active' }]), 'substanceUse', [{ to: { value: [{ substance: 'cocaine', status: 'active' }] } }]],
    ['the only medicine stopped, on a list that nobody went through', told().on(at('09:00'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'active' }).on(at('09:10'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'stopped' }), 'medications', [{ to: { value: ['lithium'] } }, { how: 'changed', to: { missing: 'not-asked' } }]],
    ['an allergy taken back, and a weight that came with it', told().on(at('09:00'), 'allergy.v1', { substance: 'latex', codes: [], status: 'active' }, { id: 'slip' }).on(at('09:10'), 'weight.v1', { weightG: 70_000 }).on(at('09:10'), 'allergy.v1', { substance: 'latex', codes: [], status: 'refuted' }, { id: 'back', amends: 'slip', by: 'another' }), 'allergies', [{ how: 'answered', by: ['someone'] }, { how: 'corrected', from: { value: ['latex'] }, to: { missing: 'not-asked' }, entries: ['back'], by: ['another'] }]],
    ['one medicine corrected, and one more that came with it', told().on(at('09:00'), 'medication.v1', { name: 'lithum', codes: [], dosage: '', status: 'active' }, { id: 'slip' }).on(at('09:10'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'active' }, { amends: 'slip' }).on(at('09:10'), 'medication.v1', { name: 'Nardil', codes: [], dosage: '', status: 'active' }), 'medications', [{ how: 'answered' }, { how: 'corrected', to: { value: ['lithium', 'Nardil'] }, entries: ['e2', 'e3'] }]],
    ['another question', told().says(at('09:00'), 'seizureUncontrolled', true), 'homeOxygen', []],
    ['a medicine more, and one stopped', told().on(at('09:00'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'active' }).on(at('09:10'), 'medication.v1', { name: 'Nardil', codes: [], dosage: '', status: 'active' }).on(at('09:20'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'stopped' }), 'medications', [{ to: { value: ['lithium'] } }, { how: 'changed', from: { value: ['lithium'] }, to: { value: ['lithium', 'Nardil'] } }, { how: 'changed', to: { value: ['Nardil'] }, minutesLater: 10 }]],
    ['one diagnosis, written in two places', told().on(at('09:00'), 'condition.v1', { name: 'Depression', codes: coded('F33.2'), status: 'active', category: 'indication' }).on(at('09:10'), 'intake.v1', { presenting: 'x', psychiatricHistory: 'x', currentStatus: 'x', goals: ['x'], readiness: 5, readinessNote: '', supportNeeded: '', carePlan: '', indications: coded('F33.2') }), 'diagnoses', [{ how: 'answered', to: { value: ['F33.2'] } }]],
    ['a weight', plainChart('2026-11-20').on(at('18:00'), 'weight.v1', { weightG: 90_000 }), 'bmi', [{ how: 'answered' }, { how: 'changed', by: ['someone'] }]],
  ])('%s', (_, chart, fact, expected) => {
    const found = became(chart, fact)
    expect(found).toHaveLength(expected.length)
    expect(found).toMatchObject(expected)
  })

  test('a fact stands in whoever went through its list, in its items, and in what is open on it', () => {
    const facts = screeningFacts(told().on(at('09:00'), 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'active' }, { id: 'known' }).on(at('09:10'), 'medication.v1', { name: 'the blue ones', codes: [], dosage: '', status: 'active' }, { id: 'unread' }).on(at('09:20'), 'list-reviewed.v1', { list: 'medications', none: false }, { id: 'review' }).on(at('09:30'), 'fact.v1', { fact: 'mania', state: 'declined' }, { id: 'no' }), now, limits)
    expect([entriesOf(facts, 'medications'), entriesOf(facts, 'mania'), entriesOf(facts, 'medicationsReconciled'), entriesOf(facts, 'allergies'), entriesOf(facts, 'medicationsUnread')]).toEqual([['review', 'known', 'unread', 'unread'], ['no'], ['review'], [], ['unread']])
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
  test('of what came together only what made it met is named', () => {
    const chart = plain.says('2026-11-20T18:00', 'homeOxygen', true, { id: 'oxygen', by: 'nurse' }).on('2026-11-20T18:00', 'weight.v1', { weightG: 80_000 }, { by: 'another' })
    expect(of(chart, 'O06').at(-1)).toMatchObject({ state: 'met', entries: ['oxygen'], by: ['nurse'] })
    const both = plain.says('2026-11-20T18:00', 'homeOxygen', true, { id: 'oxygen', by: 'nurse' }).says('2026-11-20T18:00', 'untreatedSleepApnea', true, { id: 'apnea', by: 'nurse' })
    expect(of(both, 'O06').at(-1)).toMatchObject({ entries: ['oxygen', 'apnea'], by: ['nurse'] })
  })
  test('a number that grows while the rule is met is no line, and the minute at which it is met no more is one', () => {
    const chart = plain.says('2026-11-20T18:00', 'weeksSinceCardiovascularEvent', 4, { id: 'event' })
    const lines = (at: string) => of(chart, 'B07', at).slice(1).map(({ state, entries, at: when }) => [state, ...entries, when.slice(0, 16)])
    expect(lines('2026-12-10T18:00:00.000Z')).toEqual([['met', 'event', '2026-11-20T18:00']])
    expect(lines('2026-12-18T18:00:00.000Z')).toEqual([['met', 'event', '2026-11-20T18:00'], ['not-met', '2026-12-11T18:00']])
  })
  test('met or not is what counts while nobody can say: a reason that changed is no line', () => {
    const chart = told().says('2026-11-20T09:00', 'homeOxygen', false).on('2026-11-20T10:00', 'fact.v1', { fact: 'homeOxygen', state: 'declined' }).on('2026-11-20T11:00', 'fact.v1', { fact: 'homeOxygen', state: 'not-known' })
    expect(of(chart, 'O06').map(({ state }) => state)).toEqual([])
    const answered = chart.says('2026-11-20T12:00', 'homeOxygen', true).on('2026-11-20T13:00', 'fact.v1', { fact: 'homeOxygen', state: 'declined' }, { id: 'no' }).on('2026-11-20T14:00', 'fact.v1', { fact: 'homeOxygen', state: 'not-known' })
    expect(of(answered, 'O06').map(({ state, entries }) => [state, entries])).toEqual([['met', ['e4']], ['unknown', ['no']]])
  })
  test('another reading on which it is not met either is no line', () => {
    const chart = told().on('2026-11-20T09:00', 'vitals.v1', { systolicMmHg: 120, diastolicMmHg: 80 }).on('2026-11-20T10:00', 'vitals.v1', { systolicMmHg: 130, diastolicMmHg: 80 })
    expect(of(chart, 'H01').map(({ state }) => state)).toEqual(['not-met'])
  })
  test('where the two moments are a minute apart it is not looked for more closely', () => {
    const chart = told().on('2026-10-22T17:00', 'vitals.v1', { systolicMmHg: 170, diastolicMmHg: 80 }).on('2026-11-21T16:59:40Z', 'weight.v1', { weightG: 70_000 }).on('2026-11-21T17:00:40Z', 'weight.v1', { weightG: 70_000 })
    expect(of(chart, 'H01').map(({ state, at }) => [state, at])).toEqual([['met', '2026-10-22T17:00:00.000Z'], ['unknown', '2026-11-21T17:00:40.000Z']])
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
