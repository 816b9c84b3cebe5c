import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reporting } from '../../../knowledge/outcomes.ts'
import { registryRows } from '../../../knowledge/registry.ts'
import { proportion } from '../../outcomes/proportion.ts'
import { registry } from '../../outcomes/practice/testing/rows.ts'
import { aggregateCounts } from './build.ts'
import { checkAggregate, sealed } from './check.ts'
import { FORMAT, FORMAT_VERSION, type AggregateCell, type AggregateFile } from './file.ts'
import { breaches, keptBreaches, keptMisfits, misfits } from './law.ts'
import { pooledCurve, pooledEvents, pooledMeasures } from './pool.ts'
import { aggregateTally, type AggregateTally } from './tally.ts'

const FEWEST = registryRows.fewest.people
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const tally = aggregateTally(registry(900).courses, '2029-01-01')
const counts = aggregateCounts(tally, registryRows)
const { cells } = counts
const none = { people: 0, intervals: [] }
const fileOf = (of: readonly AggregateCell[], practice = 'a', over: Partial<AggregateFile> = {}): AggregateFile =>
  sealed({ format: FORMAT, version: FORMAT_VERSION, practice: { id: practice.repeat(20).slice(0, 20), name: `Practice ${practice}` }, fewest: FEWEST, rules: '2026-11', edition: 'x', madeAt: '2026-11-21T17:00:00.000Z', countedTo: '2026-11-21', cells: [...of], kept: none, ...over }, sha256)
const check = (value: unknown) => checkAggregate(value, { sha256, fewest: FEWEST })
const all = () => true

describe('what is written', () => {
  test('counts everybody once, is what the check finds nothing in, and shares nobody between cells', () => {
    expect(cells.reduce((sum, { people }) => sum + people, 0)).toBeGreaterThan(870)
    expect(cells.flatMap((cell) => [...breaches(cell, FEWEST), ...misfits(cell)])).toEqual([])
    expect([...keptBreaches(counts, FEWEST), ...keptMisfits(counts)]).toEqual([])
    expect(check(fileOf(cells, 'a', counts))).toMatchObject({ faults: [], file: { practice: { name: 'Practice a' } } })
    expect(cells.some(({ measures }) => measures.some(({ response }) => typeof response === 'number' && response > 0))).toBe(true)
    expect(counts.kept.intervals.length).toBeGreaterThan(3)
  })

  const some = fc.integer({ min: 1, max: 25 })
  const place = fc.record({ protocol: fc.constantFrom('p', 'q', ''), indication: fc.constantFrom('i', 'j'), route: fc.constantFrom('IM', 'SL'), people: some })
  const truth = fc.option(fc.boolean(), { nil: null })
  const any: fc.Arbitrary<AggregateTally> = fc.array(fc.tuple(place, truth, truth, truth, fc.boolean(), fc.integer({ min: 0, max: 200 }), fc.constantFrom('nausea', 'headache', ''), fc.integer({ min: 1, max: 4 })), { maxLength: 40 }).map((rows) => ({
    people: rows.map(([at, response, , , , days]) => ({ ...at, kept: response === true ? 'followed' as const : 'no-response' as const, days: response === true ? days : null, relapsed: response === true ? days % 3 === 0 : null })),
    measures: rows.map(([at, response, remission, worse, missing]) => ({ ...at, instrument: 'phq-9', hasBaseline: true, hasEnd: !missing, response: missing ? null : response, remission: missing ? null : response === true && remission === true, reliable: missing ? null : response, worse: missing ? null : response !== true && worse === true })),
    events: rows.flatMap(([at, , , , , , term, grade]) => (term === '' ? [] : [{ ...at, term, grade }])),
  }))
  test('whatever a practice looks like, nothing tells of few, and nothing that is shown is wrong', () => {
    fc.assert(fc.property(any, (one) => {
      const made = aggregateCounts(one, registryRows)
      expect([...keptBreaches(made, FEWEST), ...keptMisfits(made)]).toEqual([])
      for (const cell of made.cells) expect([...breaches(cell, FEWEST), ...misfits(cell)]).toEqual([])
      const people = one.people.reduce((sum, row) => sum + row.people, 0)
      expect(people - made.cells.reduce((sum, cell) => sum + cell.people, 0)).toBeLessThan(FEWEST)
    }), { numRuns: 150 })
  })
})

describe('the check', () => {
  const [big] = cells.toSorted((a, b) => b.people - a.people) as [AggregateCell, ...AggregateCell[]]
  const at = (over: Partial<AggregateCell>) => fileOf([{ ...big, ...over }])
  const phq = (over: object) => at({ measures: [{ instrument: 'phq-9', people: big.people, missing: 0, response: 0, remission: 0, reliable: 0, worse: 0, ...over }] })
  test.each<[string, AggregateFile | object, string, RegExp]>([
    ['a group that is small', at({ people: 9, measures: [], events: [] }), 'cells.0.people', /tells of 9: people of this cell/],
    ['a count that is small', phq({ worse: 3 }), 'cells.0.measures.0.worse', /tells of 3/],
    ['a small one that is left over', phq({ missing: big.people - 4 }), 'cells.0.measures.0.missing', /tells of 4: people with both scores/],
    ['a small one between two counts', phq({ response: 30, remission: 25, reliable: 0 }), 'cells.0.measures.0.remission', /tells of 5: response in phq-9 and not remission/],
    ['a small one between three counts', phq({ missing: 20, response: big.people - 25, reliable: 0, remission: 0 }), 'cells.0.measures.0.response', /tells of 5: both scores of phq-9 and not response/],
    ['a hidden grade that can be worked out', at({ events: [{ term: 'nausea', people: 40, grades: [{ grade: 1, people: 36 }, { grade: 2, people: 'few' }] }] }), 'cells.0.events.0.grades.0.people', /tells of 4: nausea of the grades that are hidden/],
    ['parts that are more than the whole', phq({ missing: big.people, response: 10, reliable: 10 }), 'cells.0.measures.0.response', /more people than were asked/],
    ['a curve with a hole', fileOf([big], 'a', { kept: { people: 40, intervals: [{ fromDay: 0, toDay: 14, atRisk: 40, relapses: 10, ended: 0 }, { fromDay: 14, toDay: 28, atRisk: 29, relapses: 0, ended: 0 }] } }), 'kept.intervals.1.atRisk', /not what the interval before it left/],
    ['a few relapses', fileOf([big], 'a', { kept: { people: 40, intervals: [{ fromDay: 0, toDay: 14, atRisk: 40, relapses: 4, ended: 0 }] } }), 'kept.intervals.0.relapses', /tells of 4: relapses by day 14/],
    ['the same people twice', fileOf([big, big]), 'cells.1', /the same people a second time/],
    ['another rule than ours', fileOf([big], 'a', { fewest: 5 }), 'fewest', /allows groups of 5/],
    ['something changed afterwards', { ...fileOf([big]), countedTo: '2026-11-22' }, 'digest', /changed after it was made/],
    ['a key that does not belong', { ...fileOf([big]), name: 'x' }, 'name', /no file of this kind has such a key/],
    ['something else altogether', { hello: 1 }, 'format', /./],
  ])('finds %s', (_, file, path, says) => {
    const { faults, file: read } = check(file)
    expect(read).toBeUndefined()
    expect(faults.filter((fault) => fault.path.join('.') === path).map((fault) => fault.says)).toEqual(expect.arrayContaining([expect.stringMatching(says)]))
  })
})

describe('several practices together', () => {
  const cell = (over: Partial<AggregateCell> = {}): AggregateCell => ({ protocol: 'solo-six', indication: 'depression', route: 'IM', people: 100, measures: [{ instrument: 'phq-9', people: 100, missing: 20, response: 40, remission: 20, reliable: 40, worse: 'few' }], events: [{ term: 'nausea', people: 30, grades: [{ grade: 1, people: 30 }] }], ...over })
  const kept = (people: number, ...intervals: AggregateFile['kept']['intervals']) => ({ kept: { people, intervals } })
  const two = [
    fileOf([cell()], 'a', kept(40, { fromDay: 0, toDay: 28, atRisk: 40, relapses: 10, ended: 0 }, { fromDay: 28, toDay: 56, atRisk: 30, relapses: 10, ended: 10 })),
    fileOf([cell({ people: 60, measures: [{ instrument: 'phq-9', people: 60, missing: 'few', response: 30, remission: 'beside', reliable: 30, worse: 0 }], events: [] })], 'b', kept(20, { fromDay: 0, toDay: 28, atRisk: 20, relapses: 0, ended: 0 })),
  ]

  test('a share that every practice tells is that of all people, with its Wilson limits', () => {
    const [{ shares, people }] = pooledMeasures(two, all, reporting.proportion) as [ReturnType<typeof pooledMeasures>[number]]
    const whole = proportion(70, 160, reporting.proportion) as { p: number; lo: number; hi: number }
    expect(people).toBe(160)
    expect(shares.response).toEqual({ people: 160, least: 70, most: 70, hidden: 0, p: [whole.p, whole.p], lo: whole.lo, hi: whole.hi })
  })
  test('a hidden count is never taken for none: the share goes from the least to the most it can be', () => {
    const [{ shares }] = pooledMeasures(two, all, reporting.proportion) as [ReturnType<typeof pooledMeasures>[number]]
    expect(shares.worse).toMatchObject({ least: 1, most: 9, hidden: 1 })
    expect(shares.missing).toMatchObject({ least: 21, most: 29, hidden: 1 })
    expect(shares.remission).toMatchObject({ least: 20, most: 80, hidden: 1 })
    expect(pooledEvents(two, all, reporting.proportion)).toMatchObject([{ term: 'nausea', share: { people: 160, least: 30, most: 30 } }])
  })
  test('a hidden grade is no more people than had it and are in no other grade', () => {
    const one = fileOf([cell({ events: [{ term: 'nausea', people: 30, grades: [{ grade: 1, people: 'beside' }, { grade: 2, people: 10 }, { grade: 3, people: 'few' }] }] })], 'd')
    expect(pooledEvents([one], all, reporting.proportion)[0]!.grades).toEqual([{ grade: 1, least: 0, most: 20 }, { grade: 2, least: 10, most: 10 }, { grade: 3, least: 1, most: 9 }])
  })
  test('the curve is a life table of all who are told of in an interval', () => {
    const steps = pooledCurve(two, reporting.survival.criticalValue)
    expect(steps).toMatchObject([{ toDay: 28, atRisk: 60, relapses: 10, ended: 0 }, { toDay: 56, atRisk: 30, relapses: 10, ended: 10 }])
    expect(steps[0]!.survival).toBeCloseTo(50 / 60)
    expect(steps[1]!.survival).toBeCloseTo((50 / 60) * (1 - 10 / 25))
    expect(steps.every(({ lower, survival, upper }) => lower < survival && survival < upper)).toBe(true)
  })
  test('days that not all have in common are passed over', () => {
    const other = fileOf([cell()], 'c', kept(40, { fromDay: 0, toDay: 56, atRisk: 40, relapses: 20, ended: 0 }))
    expect(pooledCurve([two[0]!, other], 1.96)).toMatchObject([{ fromDay: 0, toDay: 56, atRisk: 80, relapses: 40, ended: 10 }])
  })
})
