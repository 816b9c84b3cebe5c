import { describe, expect, test } from 'vitest'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { clearanceNow } from './clearance.ts'
import { clearanceHistory, type ClearanceEvent } from './clearance-history.ts'
import { clearance, plainChart, told, type Told } from './fixtures.ts'

const now = '2026-11-24T18:00:00.000Z'
const plain = plainChart('2026-11-20')
const sign = (chart: Told, more: Parameters<typeof clearance>[2] = {}, at = '2026-11-20') => chart.on(`${at}T17:30`, 'clearance.v1', clearance(at, chart, more))
const takes = (chart: Told, name: string, at: string, extra = {}) => chart.on(at, 'medication.v1', { name, codes: [], dosage: '', status: 'active' }, extra)
const history = (chart: Told, at = now) => clearanceHistory(chart, eligibility, at, limits)
const line = (event: ClearanceEvent) => (event.what === 'signed' ? event.entry.body.decision : event.what === 'reopened' ? `reopened ${event.rules.map(({ rule }) => rule.id).join(' ')}` : event.what)
const lines = (chart: Told, at = now) => history(chart, at).map(line)

describe('everything that happened to a clearance', () => {
  const cleared = sign(plain)
  const reopened = takes(cleared, 'Nardil', '2026-11-21')
  const reason = 'Weighed with the psychiatrist today.'
  test.each<[string, Told, string[]]>([
    ['nothing was signed', plain, []],
    ['cleared', cleared, ['cleared']],
    ['held, then cleared', sign(sign(plain, { decision: 'held' }), {}, '2026-11-21'), ['held', 'cleared']],
    ['refused', sign(plain, { decision: 'refused' }), ['refused']],
    ['reopened by a new medicine', reopened, ['cleared', 'reopened O14']],
    ['and by another rule after that', reopened.says('2026-11-22', 'homeOxygen', true), ['cleared', 'reopened O14', 'reopened O06']],
    ['signed again, with a reason', sign(reopened, { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] }, '2026-11-22'), ['cleared', 'reopened O14', 'cleared']],
    ['and reopened again, since its facts changed', takes(sign(reopened, { met: [['O14', 'override']], overrides: [{ rule: 'O14', reason }] }, '2026-11-22'), 'phenelzine', '2026-11-23'), ['cleared', 'reopened O14', 'cleared', 'reopened O14']],
    ['what had been written by mistake is corrected', takes(cleared, 'Nardil', '2026-11-21T09:00', { id: 'slip' }).on('2026-11-21T10:00', 'medication.v1', { name: 'metformin', codes: [], dosage: '', status: 'active' }, { amends: 'slip' }), ['cleared', 'reopened O14', 'counts-again']],
    ['an entry that has nothing to do with it in between', takes(cleared, 'Nardil', '2026-11-21T09:00').on('2026-11-21T10:00', 'weight.v1', { weightG: 75_000 }), ['cleared', 'reopened O14']],
    ['reopened while nobody had cleared', takes(sign(plain, { decision: 'held' }), 'Nardil', '2026-11-21'), ['held']],
  ])('%s', (_, chart, expected) => expect(lines(chart)).toEqual(expected))

  test('a reopening names the entry, and so who wrote it and when', () => {
    expect(history(reopened)[1]).toMatchObject({ what: 'reopened', at: '2026-11-21T17:00:00.000Z', entries: [{ kind: 'medication.v1', by: 'someone' }] })
  })
  test('its end is a line at the moment it ended, and only after it', () => {
    const [last, after] = ['2027-02-18T17:30:00.000Z', '2027-02-18T17:30:01.000Z']
    expect(lines(cleared, last)).toEqual(['cleared'])
    expect(history(cleared, after).at(-1)).toEqual({ what: 'expired', at: last })
  })
  test('what came after its end is not told, and its end is told once; what was never cleared does not end', () => {
    const after = '2027-04-01T18:00:00.000Z'
    expect(lines(takes(cleared, 'Nardil', '2027-03-01').on('2027-03-02', 'weight.v1', { weightG: 75_000 }), after)).toEqual(['cleared', 'expired'])
    expect(lines(sign(plain, { decision: 'held' }).on('2027-03-02', 'weight.v1', { weightG: 75_000 }), after)).toEqual(['held'])
  })
  test('a rule that is open already is told again where another entry meets it, and names that entry', () => {
    expect(lines(takes(reopened, 'tranylcypromine', '2026-11-22'))).toEqual(['cleared', 'reopened O14', 'reopened O14'])
    const both = cleared.says('2026-11-21', 'homeOxygen', true).says('2026-11-22', 'untreatedSleepApnea', true, { id: 'apnea' })
    expect(lines(both), 'also where it rests on the first as well').toEqual(['cleared', 'reopened O06', 'reopened O06'])
    expect(history(both).at(-1)).toMatchObject({ entries: [{ id: 'apnea' }] })
  })
  test('of what came at one moment, the entries that met a rule are named, each rule’s own and no other', () => {
    const moment = '2026-11-21T09:00'
    const [, told] = history(takes(cleared, 'Nardil', moment, { id: 'pill' }).on(moment, 'weight.v1', { weightG: 75_000 }).says(moment, 'homeOxygen', true, { id: 'oxygen' }))
    expect(told).toMatchObject({ what: 'reopened', entries: [{ id: 'pill' }, { id: 'oxygen' }] })
    const [, later] = history(sign(plain.says('2026-11-20', 'mania', 'past')).says('2026-11-21', 'moodStabilizer', false, { id: 'none' }))
    expect(later).toMatchObject({ what: 'reopened', entries: [{ id: 'none' }] })
  })
  test('told in the order in which the record received it: news that came before a signature, and was not read for it', () => {
    const again = takes(cleared, 'Nardil', '2026-11-21T09:00').on('2026-11-21T09:05', 'clearance.v1', { ...clearance('2026-11-21', cleared), signature: { ...clearance('2026-11-21', cleared).signature, signedAt: '2026-11-21T08:55:00.000Z' } })
    expect(lines(again)).toEqual(['cleared', 'reopened O14', 'cleared', 'reopened O14'])
  })
  test('ends as the clearance stands now', () => {
    for (const chart of [plain, cleared, reopened, sign(reopened, { decision: 'held' }, '2026-11-22'), told()]) {
      const { state } = clearanceNow(chart, eligibility, now, limits)
      expect((lines(chart).at(-1) ?? 'none').split(' ')[0]).toBe(state)
    }
  })
})
