import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sessionLabels } from '../../knowledge/session-labels.ts'
import { narrative } from '../../knowledge/narrative.ts'
import type { Entry } from '../chart/entry.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { dosedSessions } from '../measures/doses.ts'
import { spacingOf } from '../measures/spacing.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import { callsOf } from './calls.ts'
import { at, atTheDoor, begun, calmCourse, clock, SESSION, signature, told, zone, type Told } from './fixtures.ts'
import { narrativeOf, narrativeText } from './narrative.ts'
import { recordMatters } from './record-matters.ts'
import { readSession, type SessionNow } from './session.ts'
import { protocol } from './testing/fixtures.ts'
import { comparedIn, marksOf, mayBeTyped, mayCompare, sayHand, transcribable, transcriptions } from './transcribed.ts'

const TYPED = 2_000
const rows = sessionRowsOf(rulebook)

test.each<[string, string, object, boolean]>([
  ['a reading', 'vitals.v1', { systolicMmHg: 120 }, true], ['a dose', 'dose-given.v1', {}, true], ['one that names no signature', 'identity-checked.v1', { signature: undefined }, true],
  ['one that somebody would have signed', 'identity-checked.v1', { signature: {} }, false], ['an order', 'order.v1', {}, false], ['a signature of the way home', 'discharge-signed.v1', { signature: {} }, false],
])('what may be typed from paper: %s', (_, kind, body, may) => expect(mayBeTyped({ kind, body } as never)).toBe(may))

const names: Readonly<Record<string, string>> = { rosa: 'Rosa M.', jun: 'Jun L.' }
const name = (person: string) => names[person] ?? person
const close = (story: Told, minute = 125) => story.on(minute, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'close' }).with((entries) => entries.map((entry) => ({ ...entry, receivedAt: entry.receivedAt ?? entry.at })))
function read(story: Told, minute = TYPED + 60): SessionNow {
  const session = readSession(story.chart, SESSION, rows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return session.value
}

/** The same story as it reads when Rosa typed it from Jun's paper a day later: the same moments, other hands and other clocks. */
function fromPaper(story: Told, typist = 'rosa'): Told {
  const inRoom = (entry: Entry) => entry.id === SESSION || (entry.session === SESSION && transcribable.includes(entry.kind))
  const lines = story.entries.filter(inRoom).map(({ id }) => ({ entry: id, by: 'Jun L.' }))
  return story.with((entries) => entries.map((entry) => (inRoom(entry) ? { ...entry, by: typist, writtenAt: at(TYPED), receivedAt: at(TYPED) } : entry)))
    .on(TYPED, 'session-transcribed.v1', { wrote: 'Jun L.', why: 'No power in the house.', edition: 'test', lines, unmet: [] }, { id: 'paper', by: typist, receivedAt: at(TYPED) })
}
type Said = BodyOf<'transcription-checked.v1'>['compared'][number]
const check = (story: Told, by = 'jun', change: (lines: readonly Said[]) => readonly Said[] = (lines) => lines, minute = TYPED + 10) =>
  story.on(minute, 'transcription-checked.v1', { transcription: 'paper', unmet: [], signature: signature(by, name(by), minute), compared: [...change(transcriptions(story.chart)[0]!.lines.map(({ entry }) => ({ entry: entry.id, found: 'agrees' as const, says: '' })))] }, { id: `check-${by}-${minute}`, by, receivedAt: at(minute) })

describe('typed from paper', () => {
  const live = close(atTheDoor())
  const paper = fromPaper(live)

  test.each<[string, Told, 'none' | 'unchecked' | 'differs' | 'checked']>([
    ['nothing typed', live, 'none'], ['typed', paper, 'unchecked'], ['compared by a second person', check(paper), 'checked'], ['by whoever typed it', check(paper, 'rosa'), 'unchecked'],
    ['all lines but one', check(paper, 'jun', (lines) => lines.slice(1)), 'unchecked'], ['one line differs', check(paper, 'jun', ([first, ...rest]) => [{ ...first!, found: 'differs', says: 'The paper says 9:05.' }, ...rest]), 'differs'],
    ['compared again, and it agrees', check(check(paper, 'jun', ([first, ...rest]) => [{ ...first!, found: 'differs', says: 'x' }, ...rest]), 'ada', undefined, TYPED + 30), 'checked'],
    ['compared before it differed', check(check(paper), 'ada', ([first, ...rest]) => [{ ...first!, found: 'differs', says: 'x' }, ...rest], TYPED + 30), 'differs'],
  ])('%s', (_, story, expected) => {
    expect([comparedIn(story.chart, SESSION), read(story).paper.state]).toEqual([expected, expected])
    expect(recordMatters(story.chart, { name, time: (when) => when }).map(({ about }) => about)).toEqual(expected === 'unchecked' || expected === 'differs' ? ['paper'] : [])
  })

  test('nobody compares what they typed, and a check of another transcription is none of this one', () => {
    expect([mayCompare({ by: 'rosa' }, 'rosa'), mayCompare({ by: 'rosa' }, 'jun')]).toEqual([false, true])
    const other = check(paper).with((entries) => entries.map((entry) => (entry.kind === 'transcription-checked.v1' ? { ...entry, body: { ...entry.body, transcription: 'another' } } : entry)))
    expect(comparedIn(other.chart, SESSION)).toBe('unchecked')
  })

  test('a mark names the paper’s hand, who typed it and who compared it, and never takes one for the other', () => {
    const [before, after] = [marksOf(paper.chart), marksOf(check(paper).chart)]
    const reading = paper.entries.find((entry) => entry.kind === 'vitals.v1')!.id
    expect(sayHand(before.get(reading)!, name)).toBe('Jun L. (transcribed, not yet checked: typed by Rosa M.)')
    expect(sayHand(after.get(reading)!, name)).toBe('Jun L. (transcribed: typed by Rosa M., checked by Jun L.)')
    expect([before.has('order'), before.has('paper'), before.has('signed-1')]).toEqual([false, false, false])
  })

  test('what the second person put right takes its place and is checked; a later correction waits for a comparison again', () => {
    const slip = fromPaper(close(calmCourse().reading(20.5, { systolicMmHg: 222 }, { id: 'slip' })))
    const right = check(slip.reading(20.5, { systolicMmHg: 122 }, { id: 'right', by: 'jun', amends: 'slip', writtenAt: at(TYPED + 10), receivedAt: at(TYPED + 10) }), 'jun', (lines) => lines.map((line) => (line.entry === 'right' ? { entry: 'slip', found: 'corrected', by: 'right', says: '' } : line)))
    expect(read(slip).vitals.map(({ id }) => id)).toContain('slip')
    expect([read(right).vitals.some(({ id }) => id === 'slip'), read(right).vitals.some(({ id }) => id === 'right'), read(right).paper.state, read(right).late]).toEqual([false, true, 'checked', []])
    expect([right.chart.entry('slip')?.id, marksOf(right.chart).get('slip')?.state, marksOf(slip.chart).get('slip')?.state]).toEqual(['slip', 'checked', 'unchecked'])
    const again = right.reading(20.5, { systolicMmHg: 132 }, { id: 'again', by: 'rosa', amends: 'right', writtenAt: at(TYPED + 50), receivedAt: at(TYPED + 50) })
    expect([read(again).paper.state, read(again).late.map(({ entry }) => entry.id)]).toEqual(['unchecked', ['again']])
  })

  test('a line struck out by a note is gone from the readings and kept in the record', () => {
    const twice = fromPaper(close(calmCourse().reading(21, {}, { id: 'twice' })))
    const struck = check(twice.on(21, 'session-note.v1', { text: 'Not on the paper.' }, { id: 'note', by: 'jun', amends: 'twice', writtenAt: at(TYPED + 10), receivedAt: at(TYPED + 10) }), 'jun', (lines) => lines.map((line) => (line.entry === 'note' ? { entry: 'twice', found: 'struck', by: 'note', says: 'Not on the paper.' } : line)))
    expect([read(struck).paper.state, read(struck).vitals.some(({ id }) => id === 'twice'), struck.chart.entry('twice')?.id]).toEqual(['checked', false, 'twice'])
  })

  test('until it is compared the typing goes on; after that, what arrives is late', () => {
    const more = (story: Told, minute: number) => story.reading(50, {}, { id: 'more', writtenAt: at(minute), receivedAt: at(minute) })
    expect(read(more(paper, TYPED + 5)).late).toEqual([])
    expect(read(more(check(paper), TYPED + 20)).late.map(({ entry, why }) => `${entry.id} ${why}`)).toEqual(['more arrived-after-close'])
  })

  test('a reading from paper would have alarmed, and calls nobody: neither in a closed session nor in one that runs', () => {
    const high = fromPaper(begun().whole(-3).dose(0).reading(20, { systolicMmHg: 205 }, { id: 'high' }))
    const session = read(high, 25)
    const alert = session.alerts.all.find(({ entry }) => entry === 'high')!
    expect([alert.level, alert.fromPaper, session.alerts.redToday]).toEqual(['red', true, true])
    expect(callsOf(session, rulebook.monitoring.escalation, at(40)).due.filter((call) => call.alert.entry === 'high')).toEqual([])
    const seen = read(begun().whole(-3).dose(0).reading(20, { systolicMmHg: 205 }, { id: 'high' }), 25)
    expect(callsOf(seen, rulebook.monitoring.escalation, at(40)).due.some((call) => call.alert.entry === 'high')).toBe(true)
    // What is read live in the same session goes on calling, from its own moment.
    const both = read(high.reading(24, { systolicMmHg: 206 }, { id: 'now' }), 25)
    expect(callsOf(both, rulebook.monitoring.escalation, at(24.2)).due.flatMap((call) => call.alert.entry ?? [])).toEqual(['now'])
  })

  test('the note of the session says so, and names whom the paper names', () => {
    const text = (story: Told) => narrativeText(narrativeOf(read(story), { patient: 'Mara Keller', day: 'Saturday', name, time: (when) => when.slice(11, 16), labels: sessionLabels, sentences: narrative }))
    expect(text(paper)).toContain('typed afterwards by Rosa M., transcribed, not yet checked.')
    expect(text(check(paper))).toContain('compared with the paper by Jun L.')
    expect(text(paper)).toContain('given by Jun L. (on paper)')
    expect(text(live)).not.toContain('paper')
  })
})

describe('laws', () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('reading' as const), minute: fc.integer({ min: -30, max: 118 }), systolicMmHg: fc.integer({ min: 80, max: 215 }), spo2Percent: fc.integer({ min: 80, max: 100 }) }),
    fc.record({ kind: fc.constant('mind' as const), minute: fc.integer({ min: -30, max: 118 }), moaaS: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ kind: fc.constant('dose' as const), minute: fc.integer({ min: 0, max: 30 }), step: fc.integer({ min: 1, max: 2 }), doseMg: fc.integer({ min: 10, max: 60 }) }),
    fc.record({ kind: fc.constant('symptom' as const), minute: fc.integer({ min: 0, max: 118 }), present: fc.boolean() }),
  )
  const story = fc.array(event, { maxLength: 14 }).map((events) => close(events.reduce<Told>((so, one) =>
    one.kind === 'reading' ? so.reading(one.minute, { systolicMmHg: one.systolicMmHg, spo2Percent: one.spo2Percent }) : one.kind === 'mind' ? so.mind(one.minute, { moaaS: one.moaaS }) : one.kind === 'dose' ? so.dose(one.minute, one.step, one.doseMg) : so.on(one.minute, 'symptom.v1', { symptom: 'chest-pain', present: one.present }), begun())))
  const facts = (session: SessionNow) => ({
    doses: session.doses.steps.map(({ step, given, stands, conflict }) => ({ step, given: given.map(({ id }) => id), stands: stands?.id, conflict })), total: session.doses.totalUg, at: [session.doses.firstAt, session.doses.lastAt],
    rules: session.discharge.check.rules.map(({ rule, state }) => `${rule} ${state}`), alerts: session.alerts.all.map(({ id, level }) => `${id} ${level}`), baseline: session.baseline, left: session.late.length,
  })

  test('the same events typed from paper and recorded live give the same doses, totals, spacing and facts for going home', () => {
    fc.assert(fc.property(story, (live) => {
      const paper = fromPaper(live)
      expect(facts(read(paper))).toEqual(facts(read(live)))
      expect(facts(read(check(paper)))).toEqual(facts(read(live)))
      const spacing = (one: Told) => spacingOf(dosedSessions(one.chart), protocol.spacing, at(3_000), zone, 'sessions')
      expect(spacing(paper)).toEqual(spacing(live))
    }), { numRuns: 150 })
  })

  test('taking a check away, or any line of it, never makes it better, and unchecked never reads as fine', () => {
    const rank = { unchecked: 0, differs: 1, checked: 2, none: 3 }
    fc.assert(fc.property(story, fc.infiniteStream(fc.boolean()), (live, keep) => {
      const paper = fromPaper(live)
      const some = check(paper, 'jun', (lines) => lines.filter(() => keep.next().value))
      const whole = check(paper)
      expect(rank[comparedIn(some.chart, SESSION)]).toBeLessThanOrEqual(rank[comparedIn(whole.chart, SESSION)])
      const left = transcriptions(some.chart)[0]!.lines.filter(({ state }) => state !== 'checked')
      if (left.length === 0) return
      expect(recordMatters(some.chart, { name, time: String })).toHaveLength(1)
      for (const { entry } of left) expect(sayHand(marksOf(some.chart).get(entry.id)!, name)).toContain('not yet checked')
    }), { numRuns: 150 })
  })

  test('the order of arrival changes nothing', () => {
    fc.assert(fc.property(story.chain((live) => { const whole = check(fromPaper(live)).entries; return fc.tuple(fc.constant(whole), fc.shuffledSubarray([...whole], { minLength: whole.length })) }), ([whole, other]) => {
      expect(facts(read(told(other)))).toEqual(facts(read(told(whole))))
      expect(comparedIn(told(other).chart, SESSION)).toBe(comparedIn(told(whole).chart, SESSION))
    }), { numRuns: 60 })
  })
})
