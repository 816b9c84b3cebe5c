import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderInForce } from '../session/orders.ts'
import { told } from '../measures/fixtures.ts'
import { takenBack } from '../course/consent.ts'
import { openRisks } from '../measures/open-risks.ts'
import { readChart } from './chart.ts'
import { corrects, neverCorrected, takenBackByNote } from './corrections.ts'
import type { Entry } from './entry.ts'
import { entryKinds, kinds, type EntryKind } from './kinds.ts'
import { rulebook } from '../../knowledge/rulebook.ts'

const entry = (kind: EntryKind, body: object = {}, session?: string) => ({ kind, body, ...(session ? { session } : {}) }) as unknown as Entry
const cSsrs = { instrument: 'c-ssrs' }

describe('what takes the place of what', () => {
  test.each<[string, Entry, Entry, boolean]>([
    ['a reading by a reading', entry('vitals.v1', {}, 's'), entry('vitals.v1', {}, 's'), true],
    ['a reading by a note of its session', entry('session-note.v1', {}, 's'), entry('vitals.v1', {}, 's'), true],
    ['a reading by a note of another session', entry('session-note.v1', {}, 't'), entry('vitals.v1', {}, 's'), false],
    ['a reading of no session by a note of none', entry('session-note.v1'), entry('vitals.v1'), false],
    ['a dose by a note of its session', entry('session-note.v1', {}, 's'), entry('dose-given.v1', {}, 's'), false],
    ['a dose by a dose of its session', entry('dose-given.v1', {}, 's'), entry('dose-given.v1', {}, 's'), true],
    ['a dose by a dose of another session', entry('dose-given.v1', {}, 't'), entry('dose-given.v1', {}, 's'), false],
    ['who is there, by a note', entry('session-note.v1', {}, 's'), entry('checked-in.v1', {}, 's'), false],
    ['answers by answers to the same questions', entry('measure-answered.v1', cSsrs), entry('measure-answered.v1', cSsrs), true],
    ['answers by answers to other questions', entry('measure-answered.v1', { instrument: 'phq-9' }), entry('measure-answered.v1', cSsrs), false],
    ['answers by a message', entry('message.v1'), entry('measure-answered.v1', cSsrs), false],
    ['a hold on the clearance by a message', entry('message.v1'), entry('clearance.v1'), false],
    ['a withdrawal by a withdrawal', entry('consent-withdrawn.v1'), entry('consent-withdrawn.v1'), false],
    ['a stop by a stop', entry('order-stopped.v1'), entry('order-stopped.v1'), false],
    ['what was imported by the trace of the next import', entry('imported.v1'), entry('condition.v1'), true],
    ['answers by the trace of an import', entry('imported.v1'), entry('measure-answered.v1', cSsrs), false],
    ['a signature by the trace of an import', entry('imported.v1'), entry('clearance.v1'), false],
    ['a dose by the trace of an import', entry('imported.v1'), entry('dose-given.v1', {}, 's'), false],
  ])('%s', (_, by, of, expected) => expect(corrects(by, of)).toBe(expected))

  test('the lists say what the table of kinds says', () => {
    const ofTable = (how: string) => entryKinds.filter((kind) => kinds[kind].corrected === how).toSorted()
    expect([neverCorrected.toSorted(), takenBackByNote.toSorted()]).toEqual([ofTable('never'), ofTable('note')])
    expect(takenBackByNote.length).toBeGreaterThan(5)
  })

  test('nothing but its like corrects what only an act may write, whoever wrote it', () => {
    const acts = entryKinds.filter((kind) => kinds[kind].through === 'act')
    expect(acts.length).toBeGreaterThan(10)
    for (const of of acts) for (const by of entryKinds) if (by !== of) expect(corrects(entry(by, {}, 's'), entry(of, {}, 's')), `${by} ${of}`).toBe(false)
  })

  test('a kind that a newer version wrote is corrected by its like', () => {
    expect(corrects(entry('vitals.v9' as never), entry('vitals.v9' as never))).toBe(true)
    expect(corrects(entry('session-note.v1', {}, 's'), entry('vitals.v9' as never, {}, 's'))).toBe(false)
  })
})

describe('on a chart', () => {
  const high = { instrument: 'c-ssrs', version: '1', language: 'en', answers: { q1: true, q2: true, q3: true, q4: true, q5: true, q6Lifetime: false }, answeredBy: 'clinician' as const }
  const order = { medication: 'racemic-ketamine' as const, route: 'IM' as const, doseUg: 1, boosterUg: 0, maxTotalUg: 1, weightG: 70_000, validFrom: '2026-01-01', validUntil: '2026-12-31', instructions: '', reason: '', signature: {} as never }
  const closed = told().on('2026-03-01', 'measure-answered.v1', high, { id: 'high' }).on('2026-03-01', 'consent-withdrawn.v1', { form: 'treatment', said: '' }, { id: 'back' }).on('2026-03-01', 'order.v1', order, { id: 'order' }).on('2026-03-02', 'order-stopped.v1', { order: 'order', reason: 'x' }, { id: 'stop' })
  const rows = { instruments: rulebook.instruments, paths: rulebook.risk.paths, followUpHours: 24, zone: 'UTC' }
  const stand = (entries: readonly Entry[]) => {
    const chart = readChart(entries)
    return [openRisks(chart, '2026-03-03T00:00:00.000Z', rows).map(({ opened }) => opened), takenBack(chart, 'treatment')?.id, orderInForce(chart, '2026-03-03')?.id]
  }

  test('no entry of any kind makes a danger, a withdrawal or a stop disappear, in whatever order they arrive', () => {
    const before = stand(closed.entries)
    expect(before).toEqual([['high'], 'back', undefined])
    const others = entryKinds.filter((kind) => !['risk-contact.v1', 'consent.v1', 'order.v1', 'measure-answered.v1'].includes(kind))
    const wrote = fc.record({ kind: fc.constantFrom(...others), amends: fc.constantFrom('high', 'back', 'stop', 'order'), session: fc.constantFrom(undefined, 's') })
    fc.assert(fc.property(fc.array(wrote, { maxLength: 6 }).chain((more) => fc.shuffledSubarray([...closed.entries, ...more.map((one, place) => ({ ...one, id: `x${place}`, at: '2026-03-02T18:00:00.000Z', writtenAt: '2026-03-02T18:00:00.000Z', by: 'someone', device: 'tablet', body: { form: 'photographs', order: 'another', instrument: 'phq-9' } }) as unknown as Entry)], { minLength: closed.entries.length + more.length })), (entries) => {
      const [risks, withdrawn, inForce] = stand(entries)
      expect([risks, withdrawn !== undefined, inForce]).toEqual([before[0], true, before[2]])
    }))
  })
})
