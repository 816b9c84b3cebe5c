import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { slowingBreakdown, titration } from '../../knowledge/titration.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { at, atTheDoor, begun, calmCourse, clock, signature, told, zone, type Told } from '../session/fixtures.ts'
import { doseBrief, type BriefRows, type Stated } from './brief.ts'
import { decideDose } from './decide.ts'
import { rowOfRule } from './say-rule.ts'
import type { TitrationRule } from './titration.ts'

const rows: BriefRows = { book: rulebook, titration, inhibitors: slowingBreakdown, response: instruments['phq-9'] }
const DAY = 24 * 60
const cleared: BodyOf<'clearance.v1'> = { decision: 'cleared', conditions: [], reason: 'seen', expiresOn: '2027-02-01', screening: { edition: 'test', decision: 'x', met: [], unknown: [] }, overrides: [], lastSeq: 0, signature: { ...signature('dr-osei', 'Dr. Osei', -10_001), meaning: 'approval' } }
const phq = (total: number): BodyOf<'measure-answered.v1'> => ({ instrument: 'phq-9', version: '1', language: 'en', answeredBy: 'patient', answers: Object.fromEntries(Array.from({ length: 9 }, (_, item) => [`q${item + 1}`, Math.max(0, Math.min(3, total - item * 3))])) })
const effect = (term: string, grade: number, attributed = true): BodyOf<'side-effect.v1'> => ({ term, grade, onsetAt: at(30), action: '', attributed })

/** Forty milligrams into a muscle at 80 kg: a calm, whole session, felt too little, with scores before and after. */
const room = (course: Told = calmCourse()) => atTheDoor(course.on(40, 'rating.v1', { scale: 'intensity', value: 3 }, { id: 'felt' })).on(122, 'session-closed.v1', { how: 'discharged', tolerance: 'room-for-more', note: '' }, { id: 'closed' })
const about = (course: Told) => course.on(-10_001, 'clearance.v1', cleared, { id: 'clearance', session: undefined as never }).on(-2 * DAY, 'measure-answered.v1', phq(20), { id: 'before', session: undefined as never }).on(2 * DAY, 'measure-answered.v1', phq(15), { id: 'after', session: undefined as never })
const calm = about(room())
const stated: Stated = { window: [4, 7], noSideEffects: true }
const briefOf = (course: Told, said: Stated = stated) => doseBrief(course.chart, said, rows, clock(3 * DAY))
const summary = (course: Told, said?: Stated) => {
  const { action, doseUg, missing } = briefOf(course, said)
  return [action, ...(doseUg === undefined ? [] : [doseUg / 1_000]), ...missing.map(({ fact }) => fact)]
}

describe('from the last session, below, at and above', () => {
  test.each<[string, Told, unknown[], Stated?]>([
    ['weaker than the window', calm, ['INCREASE', 48]],
    ['at its lower end', about(room(calmCourse().on(41, 'rating.v1', { scale: 'intensity', value: 4 }))), ['MAINTAIN', 40]],
    ['at its upper end', about(room(calmCourse().on(41, 'rating.v1', { scale: 'intensity', value: 7 }))), ['MAINTAIN', 40]],
    ['above it, and the strongest rating counts', about(room(calmCourse().on(35, 'rating.v1', { scale: 'intensity', value: 8 }))), ['DECREASE', 32]],
    ['a rating before the dose is none of it', about(room(calmCourse().on(-5, 'rating.v1', { scale: 'intensity', value: 9 }))), ['INCREASE', 48]],
    ['a score 45 % lower', calm.on(2 * DAY + 1, 'measure-answered.v1', phq(11)), ['INCREASE', 48]], ['50 % lower', calm.on(2 * DAY + 1, 'measure-answered.v1', phq(10)), ['MAINTAIN', 40]], ['55 % lower', calm.on(2 * DAY + 1, 'measure-answered.v1', phq(9)), ['MAINTAIN', 40]],
    ['MOAA/S 3 with an alert of its own', about(room(calmCourse().mind(25, { moaaS: 3 }))), ['MAINTAIN', 40]], ['MOAA/S 2', about(room(calmCourse().mind(25, { moaaS: 2 }))), ['DECREASE', 32]],
    ['an unexpected side effect of grade 1', calm.on(30, 'side-effect.v1', effect('rash', 1)), ['INCREASE', 48]], ['of grade 2', calm.on(30, 'side-effect.v1', effect('rash', 2)), ['DECREASE', 32]], ['of grade 3', calm.on(30, 'side-effect.v1', effect('rash', 3)), ['PRESCRIBER_REVIEW']],
    ['an expected one of grade 2', calm.on(30, 'side-effect.v1', effect('nausea', 2)), ['INCREASE', 48]], ['an expected one of grade 3', calm.on(30, 'side-effect.v1', effect('nausea', 3)), ['PRESCRIBER_REVIEW']],
    ['one that did not come of the medicine', calm.on(30, 'side-effect.v1', effect('rash', 3, false)), ['INCREASE', 48]],
    ['one that was written the day after', calm.on(DAY, 'side-effect.v1', effect('rash', 2)), ['DECREASE', 32]],
    ['a written one stands against "none"', calm.on(30, 'side-effect.v1', effect('rash', 2)), ['DECREASE', 32], stated],
    ['a yellow alert', about(room(calmCourse().reading(25, { systolicMmHg: 166 }))), ['MAINTAIN', 40]], ['a red one', about(room(calmCourse().reading(25, { systolicMmHg: 210 }))), ['PRESCRIBER_REVIEW']],
  ])('%s', (_, course, expected, said) => expect(summary(course, said)).toEqual(expected))
})

describe('above the soft maximum of 80 mg at 80 kg', () => {
  const given = (doseMg: number) => calm.with((entries) => entries.map((entry) => (entry.kind === 'dose-given.v1' ? { ...entry, body: { ...entry.body, doseUg: doseMg * 1_000 } } : entry)))
  test.each([['below it', 71, 79, undefined], ['at it', 72, 80, undefined], ['above it', 73, 81, true]] as const)('%s: after %i mg comes %i', (_, lastMg, nextMg, requiresReason) => {
    const brief = briefOf(given(lastMg))
    expect([brief.action, brief.doseUg, brief.requiresReason]).toEqual(['INCREASE', nextMg * 1_000, requiresReason])
  })
})

describe('what is not known is no proposal, and says why', () => {
  test.each<[string, Told, unknown[], Stated?]>([
    ['no window', calm, ['NOT_EVALUABLE', 'target'], { noSideEffects: true }],
    ['no side effect written and nobody said that there was none', calm, ['NOT_EVALUABLE', 'worstGrade'], { window: [4, 7] }],
    ['one written is a word about side effects', calm.on(30, 'side-effect.v1', effect('nausea', 1)), ['INCREASE', 48], { window: [4, 7] }],
    ['not rated', calm.without('felt'), ['NOT_EVALUABLE', 'intensity']], ['not closed', calm.without('closed'), ['NOT_EVALUABLE', 'worstAlert']],
    ['no score since the dose', calm.without('after'), ['NOT_EVALUABLE', 'responsePercent']], ['no score before it', calm.without('before'), ['NOT_EVALUABLE', 'responsePercent']],
    ['a score below the cut-off before it: nothing to respond with', calm.without('before').on(-2 * DAY, 'measure-answered.v1', phq(9)), ['NOT_EVALUABLE', 'responsePercent']],
    ['the order is on another chart', calm.without('order'), ['NOT_EVALUABLE', 'weightG']],
    ['no birth date', calm.without('who'), ['NOT_EVALUABLE', 'age']], ['no clearance', calm.without('clearance'), ['NOT_EVALUABLE', 'cleared']],
    ['no MOAA/S at all', calm.with((entries) => entries.filter(({ kind }) => kind !== 'mental-status.v1')), ['NOT_EVALUABLE', 'worstAlert', 'minMoaaS']],
    ['two planned readings left out', calm.with((entries) => entries.filter((entry) => !(entry.kind === 'vitals.v1' && (entry.at === at(20) || entry.at === at(30))))), ['NOT_EVALUABLE', 'worstAlert']],
    ['one pressure of one reading left out', calm.with((entries) => entries.map((entry) => (entry.kind === 'vitals.v1' && entry.at === at(30) ? { ...entry, body: { ...entry.body, systolicMmHg: undefined } } : entry)) as never), ['NOT_EVALUABLE', 'worstAlert']],
    ['a reading that came after the close', calm.reading(130), ['NOT_EVALUABLE', 'worstAlert']],
    ['two records of one dose', calm.dose(1, 1, 44), ['NOT_EVALUABLE', 'lastUg']], ['a booster beside the dose', about(room(calmCourse().dose(15, 2, 20).whole(25).whole(35).whole(50))), ['NOT_EVALUABLE', 'lastUg']],
    ['a red alert stops whatever else is missing', about(room(calmCourse().reading(25, { systolicMmHg: 210 }))).without('closed').without('felt').without('after'), ['PRESCRIBER_REVIEW'], {}],
    ['and although the dose stands in two records', about(room(calmCourse().reading(25, { systolicMmHg: 210 }))).dose(1, 1, 44), ['PRESCRIBER_REVIEW']],
    ['a clearance on hold', calm.on(DAY, 'clearance.v1', { ...cleared, decision: 'held' }), ['REFUSE']],
  ])('%s', (_, course, expected, said) => expect(summary(course, said)).toEqual(expected))

  test('nor is an alert known where no reading is planned for the way it was given', () => {
    const { missing } = doseBrief(calm.chart, stated, { ...rows, book: { ...rulebook, monitoring: { ...rulebook.monitoring, schedules: rulebook.monitoring.schedules.filter(({ route }) => route !== 'IM') } } }, clock(3 * DAY))
    expect(missing).toEqual([{ fact: 'worstAlert', says: expect.stringMatching(/No reading is planned/) }])
  })

  test.each<[string, Told, RegExp]>([
    ['a session that was not closed', calm.without('closed'), /^The last session is not closed yet\.$/], ['a dose whose session is not on the chart', calm.dose(DAY, 1, 40, { id: 'lone', session: 'gone' }), /^The session of the last dose is not on this chart/], ['a dose in no session', calm.dose(DAY, 1, 40, { id: 'lone', session: undefined } as never), /^The session of the last dose is not on this chart/],
  ])('nor is an alert known after %s, and it says which', (_, course, says) => {
    expect(briefOf(course).missing.find(({ fact }) => fact === 'worstAlert')?.says).toMatch(says)
  })

  test('nor has a score fallen that was 0, where no cut-off is known', () => {
    const zero = calm.without('before').on(-2 * DAY, 'measure-answered.v1', phq(0))
    const { action, missing } = doseBrief(zero.chart, stated, { ...rows, book: { ...rulebook, outcomes: { ...rulebook.outcomes, changes: [] } } }, clock(3 * DAY))
    expect([action, missing]).toEqual(['NOT_EVALUABLE', [{ fact: 'responsePercent', says: expect.stringMatching(/was 0, so nothing can have fallen/) }]])
  })

  test('every fact that a rule looks at has a sentence for when it is missing', () => {
    const nothing = calmCourse().without('who').without('order').with((entries) => entries.filter(({ kind }) => kind !== 'mental-status.v1'))
    for (const said of [stated, {}]) for (const { rules, missing } of [briefOf(nothing, said), briefOf(told(), { ...said, route: 'SL' })]) {
      const open = rules.flatMap(({ facts }) => Object.keys(facts).filter((name) => facts[name] === null))
      expect(open.length).toBeGreaterThan(0)
      expect(open.filter((fact) => !missing.some((one) => one.fact === fact))).toEqual([])
      for (const { says } of missing) expect(says).toMatch(/^[A-Z].*\.$/)
    }
  })

  test('each reason is a sentence, and readings are counted in it', () => {
    const { missing } = briefOf(calm.without('felt').with((entries) => entries.filter((entry) => entry.at !== at(30))), {})
    expect(missing.map(({ says }) => says)).toEqual(expect.arrayContaining([expect.stringMatching(/planned readings after the dose, 1 was not taken whole/), expect.stringMatching(/nobody has said that there was none/), expect.stringMatching(/not rated/)]))
  })
})

describe('before the first session', () => {
  const nobody = (birthDate = '1986-03-14') => told().on(-20_000, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate }, { id: 'who' }).on(-10_001, 'clearance.v1', cleared, { id: 'clearance' }).on(-9_000, 'weight.v1', { weightG: 70_000 }, { id: 'weight' }).on(-9_000, 'height.v1', { heightMm: 1_700 }, { id: 'height' })
    .on(-9_000, 'list-reviewed.v1', { list: 'medications', none: true }, { id: 'list' })
  const takes = (name: string) => nobody().on(-9_000, 'medication.v1', { name, codes: [], dosage: '', status: 'active' }).on(-8_000, 'list-reviewed.v1', { list: 'medications', none: false })
  test.each<[string, Told, Stated, unknown[]]>([
    ['half a milligram a kilogram', nobody(), { route: 'IM' }, ['START', 35]], ['64 years', nobody('1962-03-14'), { route: 'IM' }, ['START', 35]], ['65 years: half', nobody('1961-03-14'), { route: 'IM' }, ['START', 18]], ['17 years', nobody('2009-03-14'), { route: 'IM' }, ['REFUSE']],
    ['no way chosen', nobody(), {}, ['NOT_EVALUABLE', 'route']], ['no weight', nobody().without('weight'), { route: 'IM' }, ['NOT_EVALUABLE', 'weightG']], ['no height', nobody().without('height'), { route: 'IM' }, ['NOT_EVALUABLE', 'heightMm']], ['under the tongue needs neither', nobody().without('weight').without('height'), { route: 'SL' }, ['START', 100]],
    ['no clearance', nobody().without('clearance'), { route: 'IM' }, ['NOT_EVALUABLE', 'cleared']], ['a clearance on hold', nobody().on(-1_000, 'clearance.v1', { ...cleared, decision: 'held' }), { route: 'IM' }, ['REFUSE']],
    ['an inhibitor under the tongue: half', takes('Clarithromycin 500 mg'), { route: 'SL' }, ['START', 50]], ['none of them', takes('sertraline'), { route: 'SL' }, ['START', 100]], ['a medicine nobody can read', takes('Zzyzx'), { route: 'SL' }, ['NOT_EVALUABLE', 'inhibitor']], ['the list not gone through', nobody().without('list'), { route: 'SL' }, ['NOT_EVALUABLE', 'inhibitor']],
    ['into a muscle it does not matter', nobody().without('list'), { route: 'IM' }, ['START', 35]],
  ])('%s', (_, course, said, expected) => expect(summary(course, said)).toEqual(expected))

  test('a way outside the dose table has no proposal, first or later', () => {
    const without = { ...rows, book: { ...rulebook, dosing: { ...rulebook.dosing, doses: [] } } }
    for (const course of [nobody(), calm]) {
      const { action, doseUg, missing } = doseBrief(course.chart, { ...stated, route: 'IM' }, without, clock(3 * DAY))
      expect([action, doseUg, missing[0]?.fact]).toEqual(['REFUSE', undefined, 'route'])
    }
  })
})

describe('the decision that is kept', () => {
  const brief = briefOf(calm)
  const seen = { action: brief.action, doseUg: brief.doseUg, after: brief.after }
  const order = { id: 'order-2', route: 'IM' as const, doseUg: 48_000 }
  const decide = (change: Partial<Parameters<typeof decideDose>[1]> = {}, about = brief) => decideDose(about, { seen, stated, reason: '', order, ...change }, 'edition', titration)
  test.each<[string, ReturnType<typeof decide>, string]>([
    ['the same dose', decide(), 'accepted'], ['a milligram less, with a reason', decide({ order: { ...order, doseUg: 47_000 }, reason: 'slowly' }), 'changed'], ['and without', decide({ order: { ...order, doseUg: 47_000 } }), 'decision-reason'],
    ['another way is a change', decide({ order: { ...order, route: 'SL' }, reason: 'no needle' }), 'changed'], ['no order, with a reason', decide({ order: undefined as never, reason: 'a pause' }), 'declined'], ['and without', decide({ order: undefined as never, reason: ' ' }), 'decision-reason'],
    ['seen before something changed', decide({ seen: { ...seen, doseUg: 44_000 } }), 'proposal-moved-on'], ['of another session', decide({ seen: { ...seen, after: 'other' } }), 'proposal-moved-on'],
    ['nothing was proposed', decide({ seen: { ...seen, action: 'NOT_EVALUABLE', doseUg: undefined } }, briefOf(calm, {})), 'proposal-moved-on'],
  ])('%s', (_, decided, expected) => expect(decided.ok ? decided.value.decision : decided.refusal.code).toBe(expected))

  test('a proposal that was flagged keeps its flag: a yellow alert held the dose', () => {
    const yellow = briefOf(about(room(calmCourse().reading(25, { systolicMmHg: 166 }))))
    const decided = decide({ seen: { action: 'MAINTAIN', doseUg: 40_000, after: 'the-session' }, order: { ...order, doseUg: 40_000 } }, yellow)
    expect(decided.ok && [decided.value.decision, decided.value.proposal.flag]).toEqual(['accepted', 'YELLOW_ALERT'])
  })

  test('it holds the rules word for word, the window, the session and the order', () => {
    const decided = decide()
    expect(decided.ok && decided.value).toMatchObject({ order: 'order-2', after: 'the-session', window: [4, 7], noSideEffects: true, proposal: { edition: 'edition', route: 'IM', action: 'INCREASE', doseUg: 48_000 } })
    expect(decided.ok && decided.value.proposal.rules.find(({ rule }) => rule === 'too-little')).toEqual({ rule: 'too-little', state: 'met', says: expect.stringMatching(/one step up/) })
  })
})

test.each<[TitrationRule, string | undefined]>([
  ['not-adult', 'titration.adult'], ['red-or-severe', 'titration.review'], ['orange-grade-or-sedation', 'titration.lower'], ['enough-response', 'titration.keep'], ['yellow', 'titration.keep'], ['older', 'titration.start.older'], ['inhibitor', 'titration.start.inhibited'],
  ['not-cleared', undefined], ['too-intense', undefined], ['too-little', undefined], ['ideal-weight', undefined],
])('the figures of %s stand in %s', (rule, row) => expect(rowOfRule(rule, titration)?.id).toBe(row))

test('the day is the one where the person is', () => {
  const birthday = begun().without('who').on(-20_000, 'demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1961-11-21' })
  const first = birthday.with((entries) => entries.filter(({ kind }) => kind === 'demographics.v1'))
  const older = (now: string) => doseBrief(first.chart, { route: 'SL' }, rows, { now, zone }).rules.find(({ id }) => id === 'older')?.state
  expect([older('2026-11-21T07:59:00.000Z'), older('2026-11-21T08:00:00.000Z')]).toEqual(['not-met', 'met'])
})
