import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eligibility, factVocabulary, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { readChart } from '../chart/chart.ts'
import { theServer, type Entry, type StoredEntry } from '../chart/entry.ts'
import { clearanceHistory } from './clearance-history.ts'
import { clearanceNow, sayReopening, screenChart } from './clearance.ts'
import { clearance, plainChart, type Told } from './fixtures.ts'
import { asReceived } from './replay.ts'
import { judgedChart, reopenedBody, reopenedSince, withReopening } from './reopened.ts'
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
  test('followed again from the first entry, one rule met by one entry and then by another is not written down again', () => {
    const swapped = follow(takes(chart, later, 'stopped')).on('2026-11-23T12:00', 'medication.v1', { name: 'tranylcypromine', codes: [], dosage: '', status: 'active' })
    expect(ids(swapped), 'the other medicine is news').toEqual(['O14'])
    const twice = follow(swapped)
    expect(twice.all('clearance-reopened.v1').map(({ body }) => body.rules[0]!.facts[0]!.value)).toEqual([['phenelzine'], ['tranylcypromine']])
    expect(ids(twice)).toEqual([])
  })
  test('what an import took off, so that an older answer stands again', () => {
    const answered = sign(plain.says('2026-11-19T20:00', 'homeOxygen', true).says('2026-11-19T21:00', 'homeOxygen', false, { id: 'no' }))
    const taken = answered.on(entered, 'imported.v1', { source: 'county clinic', resource: 'Observation/1', sha256: 'ab'.repeat(32), becameEntries: [], note: '' }, { amends: 'no' })
    expect(found(taken, answered.lastSeq)).toMatchObject({ rules: [{ rule: { id: 'O06' } }], news: [{ rule: { id: 'O06' } }] })
  })
  test('on a device it has a name of its own, and says that it was judged there', () => {
    const chart = takes(cleared, entered)
    const read = judgedChart(chart, { eligibility, screening: limits })
    expect(read.latest('clearance-reopened.v1')).toMatchObject({ id: expect.stringContaining(cleared.latest('clearance.v1')!.id), body: { edition: 'on this device' } })
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

const oxygen = (state: 'not-known' | 'declined') => (chart: Told) => chart.on(later, 'fact.v1', { fact: 'homeOxygen', state })
const needsOxygen = (chart: Told) => chart.says(entered, 'homeOxygen', true)
const NOT_SO: readonly (readonly [string, (chart: Told) => Told, (chart: Told) => Told, 'no' | 'unknown', RegExp])[] = [
  ['answered otherwise', needsOxygen, (chart) => chart.says(later, 'homeOxygen', false), 'no', /\. That is not so any more; it still waits for a prescriber to sign again\.$/],
  ['not known any more', needsOxygen, oxygen('not-known'), 'unknown', /\. It cannot be judged any more; it still waits for a prescriber to sign again\.$/],
  ['declined when asked again', needsOxygen, oxygen('declined'), 'unknown', /\. It cannot be judged any more; it still waits for a prescriber to sign again\.$/],
]
describe.each(NOT_SO)('what is said of it when it is %s', (_, comes, goes, truth, words) => {
  const chart = goes(follow(comes(cleared)))
  test('where the clearance stands', () => {
    const [one] = stands(chart).newlyMet
    expect(one).toMatchObject({ rule: { id: 'O06' }, past: true, truth })
    expect(sayReopening(one!)).toMatch(words)
  })
  test('in its history', () => expect(clearanceHistory(chart, eligibility, now, limits).at(-1)).toMatchObject({ what: 'awaits-signature', truth }))
  test('on a record from before', () => expect(clearanceHistory(goes(comes(cleared)), eligibility, now, limits).at(-1)).toMatchObject({ what: 'counts-again', truth }))
})
describe('what is said of it', () => {
  test('when one of two went away, and the other had become unknown before it', () => {
    const chart = takes(oxygen('declined')(follow(takes(needsOxygen(cleared), '2026-11-21T10:00'))), '2026-11-23T11:00', 'stopped')
    expect(stands(chart).newlyMet.map(({ rule, truth }) => [rule.id, truth]).toSorted()).toEqual([['O06', 'unknown'], ['O14', 'no']])
    expect(clearanceHistory(chart, eligibility, now, limits).at(-1)).toMatchObject({ what: 'awaits-signature', truth: 'unknown' })
    const again = sign(chart, {}, '2026-11-24')
    const anew = takes(follow(takes(again, '2026-11-24T17:40')), '2026-11-24T17:50', 'stopped')
    expect(clearanceHistory(anew, eligibility, now, limits).at(-1), 'what was open before the signature is settled').toMatchObject({ what: 'awaits-signature', truth: 'no' })
  })
  test('when another is met now: both are said', () => {
    const chart = takes(follow(takes(cleared, entered)), later, 'stopped').says('2026-11-23T11:00', 'homeOxygen', true)
    expect(stands(chart).newlyMet.map(({ rule, past }) => [rule.id, past])).toEqual([['O06', undefined], ['O14', true]])
  })
  test('when the rules no longer hold that rule', () => expect(sayReopening(clearanceNow(follow(takes(cleared, entered)), [], now, limits).newlyMet[0]!)).toContain('It cannot be judged any more;'))
  test('when it is met by what the prescriber had read', () => {
    const overridden = sign(takes(plain, '2026-11-19T20:00'), { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })
    const doubled = follow(overridden.on(entered, 'medication.v1', { name: 'phenelzine', codes: [], dosage: '45 mg', status: 'active' }, { id: 'double' }))
    const read = takes(doubled, later, 'active', { amends: 'double' })
    expect(sayReopening(stands(read).newlyMet[0]!)).toMatch(/\. It is met now by nothing that reopens the clearance; it still waits/)
    expect(clearanceHistory(read, eligibility, now, limits).at(-1)).toMatchObject({ what: 'awaits-signature', truth: 'yes' })
  })
})

/** A device that has heard so many entries of the server; what comes after them was written on it and waits. */
const onDevice = (chart: Told, heard: number) => readChart(asReceived(chart).map(({ seq, receivedAt, digest, ...entry }) => (seq! <= heard ? { ...entry, seq, receivedAt: receivedAt ?? entry.writtenAt, digest: digest ?? '' } : entry) as Entry))
const book = { eligibility, screening: limits }
const judgedState = (chart: ReturnType<typeof readChart>) => clearanceNow(judgedChart(chart, book), eligibility, now, limits).state

describe.each(GOES_AWAY)('on a device without the network: %s', (_, rule, comes, goes) => {
  const after = goes(comes(cleared))
  test.each([['all of it waits there', signed], ['the server has the first', signed + 1], ['the server has both, and its answer was not heard', signed + 2]])('%s, and the clearance is open, as the server will say', (__, heard) => {
    const chart = onDevice(after, heard)
    expect(clearanceNow(judgedChart(chart, book), eligibility, now, limits)).toMatchObject({ state: 'reopened', newlyMet: [{ rule: { id: rule }, past: true }] })
    expect(chart.all('clearance-reopened.v1'), 'and nothing is on the record that nobody wrote').toEqual([])
  })
  test('once the server has written it down it counts once', () => {
    const chart = readChart(follow(after).entries.concat(asReceived(follow(after))))
    expect(judgedChart(chart, book)).toBe(chart)
    expect(judgedState(chart)).toBe('reopened')
  })
  test('a prescriber who signs again ends it', () => expect(judgedState(onDevice(sign(after, {}, '2026-11-24'), after.lastSeq + 1))).toBe('cleared'))
})
describe('on a device', () => {
  test.each([['nobody signed', plain], ['cleared', cleared], ['a weight came', cleared.on(entered, 'weight.v1', { weightG: 75_000 }, { unnumbered: true })]])('%s: the chart is judged as it is', (_, chart) => expect(judgedChart(chart, book)).toBe(chart))
  test('it is worked out once for each state of the chart and each book', () => {
    const chart = onDevice(takes(takes(cleared, entered), later, 'stopped'), signed)
    const read = judgedChart(chart, book)
    expect(judgedChart(chart, { ...book })).toBe(read)
    expect(judgedChart(chart, { eligibility: [], screening: limits })).toBe(chart)
    expect(judgedChart(chart, { eligibility, screening: { ...limits } })).not.toBe(read)
    expect(judgedChart(onDevice(cleared, signed), book)).not.toBe(read)
  })
  test('what waits is numbered in the order in which it was written, wherever it stands in the list, and an entry sent twice is one', () => {
    const [first, last] = [{ writtenAt: '2026-11-21T09:00:00.000Z' }, { writtenAt: '2026-11-21T09:05:00.000Z' }]
    const waits = (chart: Told) => [...onDevice(chart, signed).entries].filter(({ seq }) => seq === undefined)
    const both = waits(takes(takes(cleared, entered, 'active', first), entered, 'stopped', last))
    for (const list of [both, both.toReversed(), [...both, ...both]]) {
      expect(clearanceNow(readChart(withReopening([...written(cleared), ...list], signed, rows)), eligibility, now, limits).state).toBe('reopened')
    }
    const backdated = waits(takes(takes(cleared, '2026-11-18T09:00', 'active', first), '2026-11-18T10:00', 'stopped', last))
    expect(clearanceNow(readChart(withReopening([...written(cleared), ...backdated], signed, rows)), eligibility, now, limits).state, 'taken and stopped before the signature, and told one after the other since').toBe('reopened')
    const stoppedFirst = waits(takes(takes(cleared, entered, 'stopped', first), entered, 'stopped', last))
    expect(withReopening([...written(cleared), ...stoppedFirst], signed, rows).some(({ kind }) => kind === 'clearance-reopened.v1')).toBe(false)
  })
  test('what has a number keeps it, whatever numbers lie between', () => {
    const before = takes(plain, '2026-11-19T20:00')
    const overridden = sign(before, { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] })
    const doubled = overridden.on(entered, 'medication.v1', { name: 'phenelzine', codes: [], dosage: '45 mg', status: 'active' }).on(later, 'weight.v1', { weightG: 75_000 })
    const apart = [...onDevice(doubled, doubled.lastSeq - 1).entries].map((entry) => ({ ...entry, ...(entry.seq !== undefined && { seq: entry.seq * 10 }), ...(entry.kind === 'clearance.v1' && { body: { ...entry.body, lastSeq: entry.body.lastSeq * 10 } }) }) as Entry)
    expect(withReopening(apart, 0, rows).at(-1)).toMatchObject({ kind: 'clearance-reopened.v1', body: { rules: [{ rule: 'O14' }] } })
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

test('a device that sent nothing yet says what the server will say, however much the server has heard', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 8 }), fc.nat(8), (acts, heard) => {
    const chart = acts.reduce((all, act, at) => act(all, minute(at)), cleared)
    const server = clearanceNow(readChart(withReopening(written(chart), signed, rows)), eligibility, now, limits)
    const device = clearanceNow(judgedChart(onDevice(chart, signed + heard), book), eligibility, now, limits)
    expect([device.state, device.newlyMet.map(({ rule }) => rule.id)]).toEqual([server.state, server.newlyMet.map(({ rule }) => rule.id)])
  }), { numRuns: 150 })
})

test('followed after each entry or after all of them, the same rules are written down', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 8 }), (acts) => {
    const together = follow(acts.reduce((chart, act, at) => act(chart, minute(at)), cleared), signed)
    const one = acts.reduce((chart, act, at) => follow(act(chart, minute(at)), chart.lastSeq), cleared)
    const rulesOf = (chart: Told) => [...new Set(chart.all('clearance-reopened.v1').flatMap(({ body }) => body.rules.map(({ rule }) => rule)))].toSorted()
    expect(rulesOf(together)).toEqual(rulesOf(one))
  }), { numRuns: 200 })
})
