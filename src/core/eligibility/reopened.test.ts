import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eligibility, factVocabulary, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { readChart } from '../chart/chart.ts'
import { theServer, type StoredEntry } from '../chart/entry.ts'
import { clearanceHistory } from './clearance-history.ts'
import { clearanceNow, screenChart } from './clearance.ts'
import { clearance, plainChart, type Told } from './fixtures.ts'
import { asReceived } from './replay.ts'
import { reopenedBody, reopenedSince, withReopening } from './reopened.ts'
import { sayMet } from './say-fact.ts'

const now = '2026-11-24T18:00:00.000Z'
const rows = { rules: eligibility, limits, edition: 'test' }
const reason = 'Weighed with the psychiatrist today.'
const plain = plainChart('2026-11-19')
const sign = (chart: Told, more: Parameters<typeof clearance>[2] = {}, at = '2026-11-20') => chart.on(`${at}T17:30`, 'clearance.v1', clearance(at, chart, more))
const cleared = sign(plain)
const signed = cleared.lastSeq
const stands = (chart: Told, at = now) => clearanceNow(chart, eligibility, at, limits)
const state = (chart: Told, at = now) => stands(chart, at).state

/** The entries as the server stored them, in the order of their numbers. */
const written = (chart: Told) => asReceived(chart).map((entry) => ({ ...entry, receivedAt: entry.receivedAt ?? entry.writtenAt, digest: '' })) as StoredEntry[]
const found = (chart: Told, after = 0) => reopenedSince(written(chart), after, rows)
const ids = (chart: Told, after = 0) => found(chart, after)?.rules.map(({ rule }) => rule.id) ?? []
/** What the server writes down after an append, as often as it likes. */
const follow = (chart: Told, after = 0): Told => {
  const reopened = found(chart, after)
  return reopened ? chart.on(reopened.at, 'clearance-reopened.v1', reopenedBody(reopened, 'test'), { by: theServer }) : chart
}

const takes = (chart: Told, time: string, status: 'active' | 'stopped' = 'active', extra = {}) => chart.on(time, 'medication.v1', { name: 'phenelzine', codes: [], dosage: '15 mg', status }, extra)
const presses = (chart: Told, time: string, systolicMmHg: number) => chart.on(time, 'vitals.v1', { systolicMmHg, diastolicMmHg: 78 })
const entered = '2026-11-21T09:00'
const later = '2026-11-23T10:00'
const GOES_AWAY: readonly (readonly [string, string, (chart: Told) => Told, (chart: Told) => Told])[] = [
  ['a medicine, stopped', 'O14', (chart) => takes(chart, entered), (chart) => takes(chart, later, 'stopped')],
  ['a medicine, taken off as written by mistake', 'O14', (chart) => takes(chart, entered, 'active', { id: 'slip' }), (chart) => chart.on(later, 'medication.v1', { name: 'metformin', codes: [], dosage: '', status: 'active' }, { amends: 'slip' })],
  ['an answer, answered otherwise', 'O06', (chart) => chart.says(entered, 'homeOxygen', true), (chart) => chart.says(later, 'homeOxygen', false)],
  ['an allergy, found not to be one', 'B01', (chart) => chart.on(entered, 'allergy.v1', { substance: 'ketamine', codes: [], status: 'active' }), (chart) => chart.on(later, 'allergy.v1', { substance: 'ketamine', codes: [], status: 'refuted' })],
  ['a block, answered otherwise', 'B04', (chart) => chart.says(entered, 'psychosis', 'active'), (chart) => chart.says(later, 'psychosis', 'none')],
]

describe.each(GOES_AWAY)('what reopened it goes away: %s', (_, rule, comes, goes) => {
  const after = goes(comes(cleared))
  test('by the facts alone it would count again', () => expect(state(after)).toBe('cleared'))
  test('written down when it came, it stays open and says why', () => {
    const chart = goes(follow(comes(cleared)))
    expect(stands(chart)).toMatchObject({ state: 'reopened', newlyMet: [{ rule: { id: rule }, past: true }] })
    expect(ids(chart), 'and is not written down twice').toEqual([])
  })
  test('appended and gone before anybody followed, it is found all the same, also in one batch', () => {
    expect(ids(after)).toEqual([rule])
    expect(found(after)!.news.map((one) => one.rule.id), 'people are told').toEqual([rule])
    expect(stands(follow(after))).toMatchObject({ state: 'reopened', newlyMet: [{ rule: { id: rule }, past: true }] })
  })
  test('until then a permission is judged as if it had been written down', () => expect(clearanceNow(readChart(withReopening(written(after), signed, rows)), eligibility, now, limits).state).toBe('reopened'))
  test('a record on which it was told and never written down: the entry that would lift it keeps it open, and nobody is told again', () => {
    const told = comes(cleared).lastSeq
    expect(found(after, told)).toMatchObject({ rules: [{ rule: { id: rule } }], news: [] })
  })
  test('a prescriber who signs again ends it', () => {
    const again = sign(follow(after), {}, '2026-11-24')
    expect(state(again)).toBe('cleared')
    expect(ids(again)).toEqual([])
  })
  test('the history says when it came, that it waits, and when it was signed', () => {
    const chart = goes(follow(comes(cleared)))
    expect(clearanceHistory(chart, eligibility, now, limits).map(({ what }) => what)).toEqual(['signed', 'reopened', 'awaits-signature'])
    expect(clearanceHistory(sign(chart, {}, '2026-11-24'), eligibility, now, limits).map(({ what }) => what)).toEqual(['signed', 'reopened', 'awaits-signature', 'signed'])
  })
})

describe('what is written down', () => {
  const chart = follow(takes(cleared, entered))
  const entry = chart.latest('clearance-reopened.v1')!
  test('names the clearance, the edition, the rule word for word, its facts and their entries', () => {
    expect(entry.body).toMatchObject({ clearance: cleared.latest('clearance.v1')!.id, edition: 'test', rules: [{ rule: 'O14', says: eligibility.find(({ id }) => id === 'O14')!.says, action: 'override', facts: [{ fact: 'medications', value: ['phenelzine'], entries: [`e${signed + 1}`] }] }] })
  })
  test('is said as it was said when it was met, whatever has become of the rule or the fact', () => {
    const [one] = clearanceNow(takes(chart, later, 'stopped'), [], now, limits).newlyMet
    expect(sayMet(one!, factVocabulary)).toMatch(/^O14: .+ \(medications: phenelzine\)$/)
    expect(sayMet({ ...one!, facts: [{ fact: 'askedOnce' as never, value: 7, entries: [] }] }, factVocabulary)).toMatch(/\(askedOnce: 7\)$/)
  })
  test('several in one go, each once', () => {
    const both = takes(cleared, entered).says('2026-11-21T09:05', 'homeOxygen', true)
    expect(ids(both)).toEqual(['O14', 'O06'])
    expect(stands(follow(both)).newlyMet.map(({ rule, past }) => [rule.id, past])).toEqual([['O06', undefined], ['O14', undefined]])
  })
  test('another rule after the first, and the same rule by another entry, are written down as well', () => {
    expect(ids(chart.says(later, 'homeOxygen', true))).toEqual(['O06'])
    const other = chart.on(later, 'medication.v1', { name: 'tranylcypromine', codes: [], dosage: '', status: 'active' })
    expect(ids(other)).toEqual(['O14'])
    expect(found(other)!.news.map(({ rule }) => rule.id)).toEqual(['O14'])
  })
  test('what an import took off, so that an older answer stands again', () => {
    const answered = sign(plain.says('2026-11-19T20:00', 'homeOxygen', true).says('2026-11-19T21:00', 'homeOxygen', false, { id: 'no' }))
    const taken = answered.on(entered, 'imported.v1', { source: 'county clinic', resource: 'Observation/1', sha256: 'ab'.repeat(32), becameEntries: [], note: '' }, { amends: 'no' })
    expect(found(taken, answered.lastSeq)).toMatchObject({ rules: [{ rule: { id: 'O06' } }], news: [{ rule: { id: 'O06' } }] })
  })
  test('back again, it is not news', () => expect(ids(takes(takes(chart, later, 'stopped', { id: 'stop' }), '2026-11-23T11:00', 'stopped', { amends: 'stop' }))).toEqual([]))
  test('lasts to the end of the clearance, and an expired one is expired', () => {
    expect(state(chart, '2027-02-18T17:30:00.000Z')).toBe('reopened')
    expect(state(chart, '2027-02-18T17:30:01.000Z')).toBe('expired')
  })
  test('an override for a rule that reopened it is signed again, also where its facts are as they were', () => {
    const before = takes(plain, '2026-11-19T20:00')
    const overridden = sign(before, { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })
    const doubled = (extra = {}) => overridden.on(entered, 'medication.v1', { name: 'phenelzine', codes: [], dosage: '45 mg', status: 'active' }, extra)
    const back = (chart: Told) => takes(chart, later, 'active', { amends: 'double' })
    expect(screenChart(back(doubled({ id: 'double' })), eligibility, now, limits).met.find((one) => one.rule.id === 'O14')).toHaveProperty('override')
    const open = back(follow(doubled({ id: 'double' })))
    expect(state(open)).toBe('reopened')
    expect(screenChart(open, eligibility, now, limits).met.find((one) => one.rule.id === 'O14')).not.toHaveProperty('override')
  })
})

describe('nothing is written down', () => {
  test.each([
    ['nobody signed', takes(plain, entered)],
    ['it was held', takes(sign(plain, { decision: 'held' }), entered)],
    ['it was refused', takes(sign(plain, { decision: 'refused' }), entered)],
    ['it had expired when the fact came', takes(sign(plain, { expiresOn: '2026-11-20' }), entered)],
    ['a caution', cleared.on(entered, 'medication.v1', { name: 'sertraline', codes: [], dosage: '', status: 'active' })],
    ['a reading of a medicine session', cleared.on(entered, 'vitals.v1', { systolicMmHg: 182, diastolicMmHg: 104 }, { session: 's1' })],
    ['what the prescriber had before them', sign(takes(plain, '2026-11-19T20:00'), { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })],
    ['another clearance was signed since', sign(takes(takes(cleared, entered), later, 'stopped'), {}, '2026-11-24')],
  ])('%s', (_, chart) => expect(ids(chart)).toEqual([]))
  test('of what was followed up already', () => {
    const chart = takes(cleared, entered)
    expect(ids(chart, signed)).toEqual(['O14'])
    expect(ids(chart, chart.lastSeq)).toEqual([])
  })
})

describe('told as it came', () => {
  test('entered and stopped at one moment, the history still says that it was reopened, and by whom', () => {
    const chart = follow(takes(takes(cleared, entered), '2026-11-21T09:00', 'stopped'))
    expect(clearanceHistory(chart, eligibility, now, limits)).toMatchObject([{ what: 'signed' }, { what: 'reopened', at: '2026-11-21T09:00:00.000Z', rules: [{ rule: { id: 'O14' } }], entries: [{ kind: 'medication.v1', by: 'someone' }] }])
  })
  test('a record from before says what it said then', () => {
    expect(clearanceHistory(takes(takes(cleared, entered), later, 'stopped'), eligibility, now, limits).map(({ what }) => what)).toEqual(['signed', 'reopened', 'counts-again'])
  })
})

/** Whatever is written, in whatever portions it arrives. */
type Act = (chart: Told, at: string) => Told
const ACTS: readonly Act[] = [
  (chart, at) => takes(chart, at), (chart, at) => takes(chart, at, 'stopped'), (chart, at) => chart.says(at, 'homeOxygen', true), (chart, at) => chart.says(at, 'homeOxygen', false),
  (chart, at) => chart.says(at, 'psychosis', 'active'), (chart, at) => chart.says(at, 'psychosis', 'none'), (chart, at) => presses(chart, at, 172), (chart, at) => presses(chart, at, 121),
  (chart, at) => chart.on(at, 'vitals.v1', { systolicMmHg: 190, diastolicMmHg: 100 }, { session: 's1' }), (chart, at) => chart.on(at, 'weight.v1', { weightG: 75_000 }), (chart, at) => chart.says(at, 'intoxicated', true),
  (chart, at) => chart.on(at, 'medication.v1', { name: 'metformin', codes: [], dosage: '', status: 'active' }, { amends: chart.latest('medication.v1')?.id ?? 'none' }),
]
const portions = fc.array(fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 4 }), { maxLength: 6 })
const minute = (at: number) => new Date(Date.parse('2026-11-21T09:00:00.000Z') + at * 3_600_000).toISOString()

test('once reopened, nothing that is written makes it count without a signature, and a signature does', () => {
  fc.assert(fc.property(portions, (all) => {
    let chart = cleared
    let wasOpen = false
    let at = 0
    for (const portion of all) {
      const before = chart.lastSeq
      for (const act of portion) {
        chart = act(chart, minute((at += 1)))
        wasOpen ||= state(chart, minute(at)) === 'reopened'
      }
      chart = follow(chart, before)
      expect(state(chart, minute(at))).toBe(wasOpen ? 'reopened' : 'cleared')
      expect(stands(chart, minute(at)).newlyMet.length > 0).toBe(wasOpen)
    }
    const { newlyMet } = stands(chart, minute(at))
    const met = newlyMet.filter(({ past }) => !past).map(({ rule }) => [rule.id, rule.action] as const)
    const overrides = met.filter(([, action]) => action === 'override').map(([rule]) => ({ rule, reason }))
    const again = chart.on(minute(at + 1), 'clearance.v1', { ...clearance('2026-11-21', chart, { met, overrides }), signature: { ...clearance('2026-11-21', chart).signature, signedAt: minute(at + 1) } })
    // Only the server refuses such a signature; a sheet that clears over a block counts for nothing here either.
    expect(state(follow(again), minute(at + 1))).toBe(met.some(([, action]) => action === 'block') ? 'reopened' : 'cleared')
  }), { numRuns: 200 })
})

test('followed after each entry or after all of them, the same rules are written down', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 8 }), (acts) => {
    const together = follow(acts.reduce((chart, act, at) => act(chart, minute(at)), cleared), signed)
    const one = acts.reduce((chart, act, at) => follow(act(chart, minute(at)), chart.lastSeq), cleared)
    const rulesOf = (chart: Told) => [...new Set(chart.all('clearance-reopened.v1').flatMap(({ body }) => body.rules.map(({ rule }) => rule)))].toSorted()
    expect(rulesOf(together)).toEqual(rulesOf(one))
  }), { numRuns: 200 })
})
