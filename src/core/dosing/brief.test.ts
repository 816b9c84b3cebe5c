import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { slowingBreakdown, titration } from '../../knowledge/titration.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { at, atTheDoor, begun, calmCourse, clock, signature, told, zone, type Told } from '../session/fixtures.ts'
import { doseBrief, type BriefRows, type DoseBrief, type Stated } from './brief.ts'
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
    ['a clearance on hold', calm.on(DAY, 'clearance.v1', { ...cleared, decision: 'held' }), ['REFUSE']], ['and although the dose stands in two records', calm.dose(1, 1, 44).on(DAY, 'clearance.v1', { ...cleared, decision: 'held' }), ['REFUSE']],
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

  const lines = ['closed', 'the-session'].map((entry) => ({ entry, by: 'Jun L.' }))
  const typed = calm.on(2 * DAY, 'session-transcribed.v1', { wrote: 'Jun L.', why: 'No power.', edition: 'test', lines, unmet: [] }, { id: 'paper', by: 'rosa' })
  const compared = (found: 'agrees' | 'differs') => typed.on(2 * DAY + 10, 'transcription-checked.v1', { transcription: 'paper', unmet: [], signature: signature('jun', 'Jun L.', 2 * DAY + 10), compared: lines.map(({ entry }) => ({ entry, found, says: 'x' })) }, { by: 'jun' })
  test.each<[string, Told, string]>([
    ['typed from paper', typed, 'The last session was typed from paper, and nobody has compared it with the paper yet.'], ['typed, and not so on the paper', compared('differs'), 'The last session was typed from paper, and a line of it differs from the paper.'],
  ])('nor is an alert known of a session that was %s', (_, course, says) => {
    expect(briefOf(course)).toMatchObject({ action: 'NOT_EVALUABLE', missing: [{ fact: 'worstAlert', says }] })
    expect(summary(compared('agrees')), 'compared, it counts').toEqual(['INCREASE', 48])
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
  const takes = (name: string, codes: BodyOf<'medication.v1'>['codes'] = []) => nobody().on(-9_000, 'medication.v1', { name, codes, dosage: '', status: 'active' }).on(-8_000, 'list-reviewed.v1', { list: 'medications', none: false })
  test.each<[string, Told, Stated, unknown[]]>([
    ['half a milligram a kilogram', nobody(), { route: 'IM' }, ['START', 35]], ['64 years', nobody('1962-03-14'), { route: 'IM' }, ['START', 35]], ['65 years: half', nobody('1961-03-14'), { route: 'IM' }, ['START', 18]], ['17 years', nobody('2009-03-14'), { route: 'IM' }, ['REFUSE']], ['17 years, and nobody has cleared them', nobody('2009-03-14').without('clearance'), { route: 'IM' }, ['REFUSE']],
    ['no way chosen', nobody(), {}, ['NOT_EVALUABLE', 'route']], ['no weight', nobody().without('weight'), { route: 'IM' }, ['NOT_EVALUABLE', 'weightG']], ['no height', nobody().without('height'), { route: 'IM' }, ['NOT_EVALUABLE', 'heightMm']], ['under the tongue needs neither', nobody().without('weight').without('height'), { route: 'SL' }, ['START', 100]],
    ['no clearance', nobody().without('clearance'), { route: 'IM' }, ['NOT_EVALUABLE', 'cleared']], ['a clearance on hold', nobody().on(-1_000, 'clearance.v1', { ...cleared, decision: 'held' }), { route: 'IM' }, ['REFUSE']],
    ['an inhibitor under the tongue: half', takes('Clarithromycin 500 mg'), { route: 'SL' }, ['START', 50]], ['none of them', takes('sertraline'), { route: 'SL' }, ['START', 100]], ['a medicine nobody can read', takes('Zzyzx'), { route: 'SL' }, ['NOT_EVALUABLE', 'inhibitor']], ['the list not gone through', nobody().without('list'), { route: 'SL' }, ['NOT_EVALUABLE', 'inhibitor']],
    ['one that only its code tells', takes('Tablets from abroad', [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '21212' }]), { route: 'SL' }, ['START', 50]],
    ['the list gone through 30 days ago', nobody().without('list').on(-27 * DAY, 'list-reviewed.v1', { list: 'medications', none: true }), { route: 'SL' }, ['START', 100]], ['31 days ago', nobody().without('list').on(-28 * DAY, 'list-reviewed.v1', { list: 'medications', none: true }), { route: 'SL' }, ['NOT_EVALUABLE', 'inhibitor']],
    ['into a muscle it does not matter', nobody().without('list'), { route: 'IM' }, ['START', 35]],
  ])('%s', (_, course, said, expected) => expect(summary(course, said)).toEqual(expected))

  test('one that slows the breakdown counts by its name, also where the screening cannot read it', () => {
    const own = { ...rows, inhibitors: [{ ingredient: 'zzyzx' }] }
    expect(doseBrief(takes('Zzyzx 5 mg').chart, { route: 'SL' }, own, clock(3 * DAY))).toMatchObject({ action: 'START', doseUg: 50_000 })
  })

  test('from a body mass index of 30 the ideal weight of a man or a woman; of the two the lower where nobody has said', () => {
    const heavy = (sex?: 'M' | 'F') => (sex ? nobody().on(-9_000, 'fact.v1', { fact: 'sexAtBirth', state: 'answered', value: sex }) : nobody()).without('weight').on(-9_000, 'weight.v1', { weightG: 120_000 })
    const brief = (course: Told) => { const { doseUg, weight } = briefOf(course, { route: 'IM' }); return [doseUg, weight?.weightG, weight?.basis] }
    expect([brief(nobody()), brief(heavy('M')), brief(heavy('F')), brief(heavy())]).toEqual([[35_000, 70_000, 'actual'], [33_000, 65_937, 'ibw'], [31_000, 61_437, 'ibw'], [31_000, 61_437, 'ibw']])
  })

  test('what it rests on stands beside it: whether they are cleared first, then the rules of a first dose', () => {
    const { about: which, route, rules, after } = briefOf(nobody(), { route: 'IM' })
    expect([which, route, after, rules.map(({ id, state }) => `${id} ${state}`), rules[0]!.facts]).toEqual(['first', 'IM', undefined, ['not-cleared not-met', 'not-adult not-met', 'older not-met', 'inhibitor not-met', 'ideal-weight not-met'], { cleared: true }])
    expect(briefOf(nobody().without('clearance'), { route: 'SL' }).rules.map(({ id, state }) => `${id} ${state}`)).toEqual(['not-cleared not-evaluable', 'not-adult not-met', 'older not-met', 'inhibitor not-met'])
  })

  test('what is not known is not there: no dose, no weight and no rule without one', () => {
    const open = briefOf(nobody(), {})
    expect(open).toStrictEqual({ about: 'first', route: undefined, action: 'NOT_EVALUABLE', rules: [], missing: [{ fact: 'route', says: 'Nobody has said how it would be given.' }] })
    expect(Object.keys(briefOf(nobody(), { route: 'SL' }))).not.toContain('weight')
    expect(briefOf(calm)).toMatchObject({ about: 'next', route: 'IM', after: 'the-session', weight: { weightG: 80_000 } })
    for (const brief of [briefOf(calm.without('order')), briefOf(calm.on(DAY, 'clearance.v1', { ...cleared, decision: 'held' }))]) expect(Object.keys(brief)).not.toContain('doseUg')
    expect(Object.keys(briefOf(calm.without('order')))).not.toContain('weight')
  })

  test('each of them says what is missing', () => {
    const says = (course: Told, route: 'IM' | 'SL' = 'IM') => briefOf(course, { route }).missing.map((one) => one.says)
    expect([says(nobody().without('weight').without('height')), says(nobody().without('who').without('clearance')), says(nobody().without('list'), 'SL')]).toEqual([
      ['The weight is not on the chart.', 'The height is not on the chart.'], ['Nobody has signed a medical clearance yet.', 'The birth date is not on the chart.'], ['The list of medicines has not been gone through, or holds one that no rule can read.'],
    ])
  })

  test('a way outside the dose table has no proposal, first or later', () => {
    const without = { ...rows, book: { ...rulebook, dosing: { ...rulebook.dosing, doses: [] } } }
    for (const course of [nobody(), calm]) {
      const { action, doseUg, rules, missing } = doseBrief(course.chart, { ...stated, route: 'IM' }, without, clock(3 * DAY))
      expect([action, doseUg, rules, missing]).toEqual(['REFUSE', undefined, [], [{ fact: 'route', says: 'This practice has no dose table for the route IM, so nothing is proposed.' }]])
    }
  })
})

describe('the decision that is kept', () => {
  const seen = { action: 'INCREASE' as const, doseUg: 48_000, after: 'the-session' }
  const order = { id: 'order-2', route: 'IM' as const, doseUg: 48_000 }
  const decide = (change: Partial<Parameters<typeof decideDose>[1]> = {}, about = briefOf(calm)) => decideDose(about, { seen, stated, reason: '', order, ...change }, 'edition', titration)
  test.each<[string, Parameters<typeof decide>[0], string]>([
    ['the same dose', {}, 'accepted'], ['a milligram less, with a reason', { order: { ...order, doseUg: 47_000 }, reason: 'slowly' }, 'changed'], ['and without', { order: { ...order, doseUg: 47_000 } }, 'decision-reason'],
    ['another way is a change', { order: { ...order, route: 'SL' }, reason: 'no needle' }, 'changed'], ['no order, with a reason', { order: undefined as never, reason: 'a pause' }, 'declined'], ['and without', { order: undefined as never, reason: ' ' }, 'decision-reason'],
    ['seen before something changed', { seen: { ...seen, doseUg: 44_000 } }, 'proposal-moved-on'], ['seen as another step', { seen: { ...seen, action: 'MAINTAIN' } }, 'proposal-moved-on'], ['of another session', { seen: { ...seen, after: 'other' } }, 'proposal-moved-on'],
  ])('%s', (_, change, expected) => {
    const decided = decide(change)
    expect(decided.ok ? decided.value.decision : decided.refusal.code).toBe(expected)
  })

  test('nothing was proposed: there is nothing to decide about', () => {
    expect(decide({ seen: { ...seen, action: 'NOT_EVALUABLE', doseUg: undefined } }, briefOf(calm, {}))).toMatchObject({ ok: false, refusal: { code: 'proposal-moved-on' } })
  })

  test('a proposal without a way cannot be decided about, and each refusal says what to do', () => {
    const says = (change: Parameters<typeof decide>[0], about = briefOf(calm)) => { const decided = decide(change, about); return decided.ok ? 'decided' : decided.refusal.says }
    expect(says({}, { ...briefOf(calm), route: undefined })).toMatch(/no longer stands\. Look at the titration brief again\.$/)
    expect(says({ order: { ...order, doseUg: 47_000 } })).toMatch(/^This order differs.* Please write why\.$/)
    expect(says({ order: undefined as never })).toMatch(/write why the proposal is declined\.$/)
  })

  test('what is not there is not written, and that nobody asked about side effects is not a word that there were none', () => {
    const first: DoseBrief = { about: 'first', route: 'IM', action: 'PRESCRIBER_REVIEW', rules: [], missing: [] }
    const decided = decideDose(first, { seen: { action: 'PRESCRIBER_REVIEW' }, stated: {}, reason: ' No dose for now.  ' }, 'edition', titration)
    expect(decided.ok && decided.value).toStrictEqual({ decision: 'declined', reason: 'No dose for now.', noSideEffects: false, proposal: { edition: 'edition', route: 'IM', action: 'PRESCRIBER_REVIEW', rules: [] } })
  })

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
