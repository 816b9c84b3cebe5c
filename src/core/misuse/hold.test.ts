import { describe, expect, test } from 'vitest'
import { eligibility, factVocabulary, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { misuse } from '../../knowledge/safety/misuse.ts'
import { readChart } from '../chart/chart.ts'
import type { StoredEntry } from '../chart/entry.ts'
import { clearance, plainChart, type Told } from '../eligibility/fixtures.ts'
import { clearanceNow, sayReopening } from '../eligibility/clearance.ts'
import { asReceived } from '../eligibility/replay.ts'
import { judgedChart, reopenedSince, withReopening } from '../eligibility/reopened.ts'
import { sayMet } from '../eligibility/say-fact.ts'

/** How signs that prescribers alone read stop a dose: the clearance is reopened for everybody, and says no more than that. */
const now = '2026-11-24T18:00:00.000Z'
const rows = { rules: eligibility, limits, edition: 'test', misuse }
const plain = plainChart('2026-11-19')
const cleared = plain.on('2026-11-20T17:30', 'clearance.v1', clearance('2026-11-20', plain, {}))
const tell = (chart: Told, ...signs: readonly string[]) => signs.reduce((so, sign) => so.on('2026-11-21T09:00', 'misuse-sign.v1', { sign, seen: true, on: '2026-11-21', said: 'A word that nobody else may read.' }, { id: sign }), chart)
const review = (chart: Told, ...read: readonly string[]) => chart.on('2026-11-22T09:00', 'misuse-reviewed.v1', { read: [...read], found: [], edition: 'test', reason: 'Talked it over, nothing to act on.' })
const stored = (chart: Told) => asReceived(chart).map((entry) => ({ ...entry, receivedAt: entry.receivedAt ?? entry.writtenAt, digest: '' })) as StoredEntry[]
const judged = (chart: Told) => readChart(withReopening(stored(chart), 0, rows))
const stands = (chart: Told) => clearanceNow(judged(chart), eligibility, now, limits)
const three = ['misuse.early', 'misuse.lost', 'misuse.higher'] as const

describe('the clearance', () => {
  test.each<[string, Told, string]>([
    ['two signs', tell(cleared, ...three.slice(0, 2)), 'cleared'], ['three', tell(cleared, ...three), 'reopened'], ['three, read before the third came', tell(review(tell(cleared, ...three.slice(0, 2)), ...three.slice(0, 2)), 'misuse.higher'), 'cleared'],
    ['three that were read: it still waits for a signature', review(tell(cleared, ...three), ...three), 'reopened'], ['two signs and a fact', tell(cleared, ...three.slice(0, 2)).says('2026-11-21T10:00', 'hoursSinceAlcohol', 20), 'reopened'],
  ])('%s: %s', (_, chart, state) => expect(stands(chart).state).toBe(state))

  test('says that a prescriber looks, and not what for', () => {
    const [found] = stands(tell(cleared, ...three)).newlyMet
    expect(found).toMatchObject({ rule: { id: 'prescriber-looks' }, facts: [] })
    expect([sayReopening(found!), sayMet(found!, factVocabulary)]).toEqual(Array.from({ length: 2 }, () => 'A prescriber looks at this chart again before the next dose.'))
    const entry = judged(tell(cleared, ...three)).latest('clearance-reopened.v1')!
    expect(JSON.stringify(entry.body)).not.toMatch(/misuse|sign|lozenge|nobody else/i)
  })

  test('whoever may not read the signs finds it written down, and judges alike', () => {
    const whole = tell(cleared, ...three)
    const entry = judged(whole).latest('clearance-reopened.v1')!
    const theirs = readChart([...asReceived(whole).filter(({ kind }) => kind !== 'misuse-sign.v1'), entry])
    expect(clearanceNow(judgedChart(theirs, { eligibility, screening: limits, misuse }), eligibility, now, limits).state).toBe('reopened')
  })

  test('it is written down once', () => {
    const whole = tell(cleared, ...three)
    const entry = judged(whole).latest('clearance-reopened.v1')!
    const after = [...stored(whole), { ...entry, seq: whole.lastSeq + 1, receivedAt: now, digest: '' } as StoredEntry]
    expect(reopenedSince(after, 0, rows)).toBeUndefined()
  })

  test('signed again after they were read it counts, and three more reopen it once more', () => {
    const looked = review(tell(cleared, ...three), ...three)
    const again = looked.on('2026-11-22T17:30', 'clearance.v1', clearance('2026-11-22', looked, {}))
    expect(stands(again).state).toBe('cleared')
    const more = ['misuse.early', 'misuse.lost', 'misuse.self-raised'].reduce((so, sign) => so.on('2026-11-23T09:00', 'misuse-sign.v1', { sign, seen: true, on: '2026-11-23', said: 'x' }, { id: `${sign} again` }), again)
    expect(stands(more).state).toBe('reopened')
  })
})
