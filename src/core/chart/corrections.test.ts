import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderInForce } from '../session/orders.ts'
import { told } from '../measures/fixtures.ts'
import { takenBack } from '../course/consent.ts'
import { openRisks } from '../measures/open-risks.ts'
import { readChart } from './chart.ts'
import { corrects, matters, neverCorrected, takenBackByNote } from './corrections.ts'
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
    ['a reading by a reading of another session', entry('vitals.v1', {}, 't'), entry('vitals.v1', {}, 's'), false],
    ['a reading of a session by one at rest', entry('vitals.v1'), entry('vitals.v1', {}, 's'), false],
    ['the end of a session by that of another', entry('session-closed.v1', {}, 't'), entry('session-closed.v1', {}, 's'), false],
    ['answers given in a session by answers outside it', entry('measure-answered.v1', cSsrs), entry('measure-answered.v1', cSsrs, 's'), false],
    ['a medicine by the name that was meant', entry('medication.v1', { name: 'lithium' }), entry('medication.v1', { name: 'lithum' }), true],
    ['a diagnosis by the one that was meant', entry('condition.v1', { name: 'mania', codes: [] }), entry('condition.v1', { name: 'mannia', codes: [{}] }), true],
    ['an escort by the name that was meant', entry('escort-named.v1', { name: 'Lena' }), entry('escort-named.v1', { name: 'Lea' }), true],
  ])('%s', (_, by, of, expected) => expect(corrects(by, of)).toBe(expected))

  test.each<[EntryKind, object, object]>([
    ['fact.v1', { fact: 'intoxicated' }, { fact: 'lastFoodAt' }], ['symptom.v1', { symptom: 'chest-pain', present: true }, { symptom: 'nausea', present: false }], ['consent.v1', { form: 'treatment' }, { form: 'touch' }],
    ['risk-contact.v1', { opened: 'one' }, { opened: 'other' }], ['rating.v1', { scale: 'distress' }, { scale: 'intensity' }], ['side-effect.v1', { term: 'syncope' }, { term: 'nausea' }], ['signal.v1', { signal: 'stop' }, { signal: 'quiet' }],
    ['measure-answered.v1', cSsrs, { instrument: 'phq-9' }], ['dose-given.v1', { step: 1 }, { step: 2 }], ['dose-prepared.v1', { step: 1 }, { step: 2 }], ['dose-confirmed.v1', { prepared: 'one' }, { prepared: 'other' }],
    ['dose-ended.v1', { dose: 'one' }, { dose: 'other' }], ['dose-conflict-resolved.v1', { step: 1 }, { step: 2 }], ['checked-in.v1', { person: 'jun' }, { person: 'rosa' }], ['checked-out.v1', { person: 'jun' }, { person: 'rosa' }], ['prescriber-reachable.v1', { person: 'osei' }, { person: 'lindt' }],
    ['gate-passed.v1', { gate: 'fasting', step: 1 }, { gate: 'fasting', step: 2 }], ['gate-passed.v1', { gate: 'fasting', step: 1 }, { gate: 'escort', step: 1 }], ['alert-answered.v1', { alert: 'one' }, { alert: 'other' }],
    ['vitals-missed.v1', { plannedFor: 'ten' }, { plannedFor: 'twenty' }], ['discharge-signed.v1', { assessed: 'one', role: 'rn' }, { assessed: 'one', role: 'monitor' }], ['discharge-signed.v1', { assessed: 'one', role: 'rn' }, { assessed: 'other', role: 'rn' }],
    ['list-reviewed.v1', { list: 'allergies' }, { list: 'genetic' }], ['imported.v1', { source: 'a', resource: 'Condition/1' }, { source: 'a', resource: 'Condition/2' }], ['imported.v1', { source: 'a', resource: 'Condition/1' }, { source: 'b', resource: 'Condition/1' }],
    ['inquiry-received.v1', { inquiry: 'one' }, { inquiry: 'other' }], ['question-answered.v1', { question: 'one' }, { question: 'other' }], ['visit-cancelled.v1', { visit: 'one' }, { visit: 'other' }], ['visit-closed.v1', { type: 'intake' }, { type: 'preparation' }],
    ['integration.v1', { session: 'one' }, { session: 'other' }], ['commitment-kept.v1', { commitment: 'one' }, { commitment: 'other' }], ['journal-shared.v1', { journal: 'one' }, { journal: 'other' }], ['superbill-issued.v1', { visit: 'one' }, { visit: 'other' }],
  ])('%s is put right by its like about the same, and by nothing about another', (kind, one, other) => {
    expect(corrects(entry(kind, { ...one, note: 'again' }, 's'), entry(kind, one, 's'))).toBe(true)
    expect([corrects(entry(kind, other, 's'), entry(kind, one, 's')), corrects(entry(kind, one, 's'), entry(kind, other, 's'))]).toEqual([false, false])
  })

  /** One in its session or on the chart, or said in words that may have been mistyped. A kind that comes is put here or into the list. */
  const ofOneMatter: readonly EntryKind[] = [
    'demographics.v1', 'call-logged.v1', 'match-chosen.v1', 'course-chosen.v1', 'condition.v1', 'medication.v1', 'allergy.v1', 'weight.v1', 'height.v1', 'pregnancy-test.v1', 'observation.v1', 'intake.v1', 'medical-history.v1',
    'referral.v1', 'clearance.v1', 'order.v1', 'dose-decided.v1', 'safety-plan.v1', 'intention.v1', 'agreements.v1', 'escort-named.v1', 'question-asked.v1',
    'session-started.v1', 'vitals.v1', 'mental-status.v1', 'identity-checked.v1', 'room-checked.v1', 'escort-arrived.v1', 'comfort.v1', 'music.v1', 'session-note.v1', 'rescue-given.v1', 'emergency-step.v1', 'discharge-assessed.v1', 'session-closed.v1', 'session-narrative.v1',
    'visits-booked.v1', 'visit-moved.v1', 'message.v1', 'maintenance-decided.v1', 'exposure-reviewed.v1', 'silence-contact.v1', 'life-event.v1', 'course-ended.v1', 'estimate-given.v1', 'journal.v1', 'psychotherapy-note.v1',
  ]

  test('of every kind somebody said what it is about, by names that its body has', () => {
    expect([...Object.keys(matters), ...ofOneMatter, ...neverCorrected].toSorted()).toEqual(entryKinds.toSorted())
    type Shaped = { readonly shape?: object; readonly options?: readonly Shaped[] }
    const names = ({ shape, options = [] }: Shaped): string[] => [...Object.keys(shape ?? {}), ...options.flatMap(names)]
    for (const kind of Object.keys(matters) as EntryKind[]) expect(names(kinds[kind].body as Shaped), kind).toEqual(expect.arrayContaining([...matters[kind]!]))
  })

  test('nothing of another session takes the place of anything, whatever the two are', () => {
    const sessions = [undefined, 's', 't']
    for (const of of entryKinds) for (const by of entryKinds) for (const one of sessions) for (const other of sessions) if (one !== other) expect(corrects(entry(by, {}, one), entry(of, {}, other)), `${by} ${of}`).toBe(false)
  })

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

  test('what names itself stays, until something else puts it right', () => {
    const symptom = (present: boolean) => ({ symptom: 'chest-pain' as const, present })
    const said = told().on('2026-03-02', 'symptom.v1', symptom(true), { id: 'pain', session: 's', amends: 'pain' })
    const standing = (entries: readonly Entry[]) => readChart(entries).all('symptom.v1').map(({ id }) => id)
    expect(standing(said.entries)).toEqual(['pain'])
    expect(standing(said.on('2026-03-02', 'symptom.v1', symptom(false), { id: 'right', session: 's', amends: 'pain' }).entries)).toEqual(['right'])
  })

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
