import { describe, expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { coded, told, type Told } from './fixtures.ts'
import { listedFacts } from './listed-facts.ts'

const now = '2026-11-21T18:00:00.000Z'
const rxnorm = (code: string) => ({ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code })
const read = (chart: Told) => listedFacts(chart, now, limits)
const list = (name: BodyOf<'list-reviewed.v1'>['list'], none: boolean, chart = told()) => chart.on('2026-11-19', 'list-reviewed.v1', { list: name, none }, { id: `${name} gone through` })
const takes = (name: string, chart = told(), more: Partial<BodyOf<'medication.v1'>> = {}, id = name) => chart.on('2026-11-20', 'medication.v1', { name, codes: [], dosage: '', status: 'active', ...more }, { id })
const has = (name: string, codes: string[], chart = told(), more: Partial<BodyOf<'condition.v1'>> = {}, id = name) => chart.on('2026-11-20', 'condition.v1', { name, codes: coded(...codes), status: 'active', category: 'problem', ...more }, { id })
const allergic = (substance: string, chart = told(), more: Partial<BodyOf<'allergy.v1'>> = {}) => chart.on('2026-11-20', 'allergy.v1', { substance, codes: [], status: 'active', ...more }, { id: substance })
const sought = (chart: Told, ...codes: string[]) => chart.on('2026-11-20', 'intake.v1', { presenting: 'x', psychiatricHistory: 'x', currentStatus: 'x', goals: ['x'], readiness: 5, readinessNote: '', supportNeeded: '', carePlan: '', indications: coded(...codes) }, { id: 'intake' })
const item = (value: unknown, entry: string) => ({ value, entries: [entry] })

describe('a list is as known as somebody made it', () => {
  const silent = { state: 'missing', why: 'not-asked', entries: [] }
  const lists = [['medications', 'medications', takes('lithium', told(), { status: 'stopped' })], ['conditions', 'diagnoses', has('Appendix removed', [], told(), { category: 'surgery' })], ['allergies', 'allergies', allergic('latex', told(), { status: 'refuted' })]] as const
  test.each(lists)('%s', (name, fact, nothingLeft) => {
    expect(read(told())[fact]).toEqual(silent)
    expect(read(list(name, true))[fact]).toEqual({ state: 'known', items: [], entries: [`${name} gone through`] })
    expect(read(list(name, false))[fact]).toEqual({ state: 'missing', why: 'incomplete', entries: [`${name} gone through`] })
    // What stood on it and counts no longer is no empty list that nobody made, and no word that it was whole.
    expect(read(nothingLeft)[fact]).toEqual({ state: 'known', items: [], entries: [], gap: { why: 'not-asked', entries: [] } })
    expect(read(list(name, false, nothingLeft))[fact]).toEqual({ state: 'known', items: [], entries: [`${name} gone through`] })
  })
  test('going through one list says nothing about another', () => expect(read(list('medications', true))).toMatchObject({ medications: { state: 'known' }, diagnoses: silent, allergies: silent }))
})

describe('diagnoses', () => {
  test.each<[string, Told, unknown]>([
    ['one of two codes', list('conditions', false, has('Depression', ['F33.2', 'F32.9'])), { state: 'known', items: [item({ code: 'F33.2', status: 'active' }, 'Depression'), item({ code: 'F32.9', status: 'active' }, 'Depression')], entries: ['conditions gone through'] }],
    ['what treatment is sought for counts, although nobody made the list', sought(told(), 'F33.2'), { state: 'known', items: [item({ code: 'F33.2', status: 'active' }, 'intake')], entries: [], gap: { why: 'not-asked', entries: [] } }],
    ['the last word on one illness', has('depression', ['F33.2'], has('Depression', ['F33.2']), { status: 'resolved' }, 'later'), { state: 'known', items: [item({ code: 'F33.2', status: 'resolved' }, 'later')], entries: [], gap: { why: 'not-asked', entries: [] } }],
    ['in words alone', list('conditions', false, has('Ear trouble', [], has('Depression', ['F33.2']))), { state: 'known', items: [item({ code: 'F33.2', status: 'active' }, 'Depression')], entries: ['conditions gone through'], gap: { why: 'incomplete', entries: ['Ear trouble'], about: ['Ear trouble'] } }],
    ['an operation in words alone', list('conditions', false, has('Appendix removed', [], told(), { category: 'surgery' })), { state: 'known', items: [], entries: ['conditions gone through'] }],
    ['a code of another system', has('Ear trouble', [], told(), { codes: [rxnorm('F33.2')] }), { state: 'known', items: [], entries: [], gap: { why: 'incomplete', entries: ['Ear trouble'], about: ['Ear trouble'] } }],
  ])('%s', (_, chart, fact) => expect(read(chart).diagnoses).toEqual(fact))
})

describe('medicines', () => {
  const pill = (name: string, plain: string, ...ingredients: string[]) => item({ name, plain, ingredients }, name)
  test.each<[string, Told, unknown[], string[]]>([
    ['by its name', takes('Lithium 300 mg'), [pill('Lithium 300 mg', 'lithium 300 mg', 'lithium')], []],
    ['by its code', takes('see code', told(), { codes: [rxnorm('10734')] }), [pill('see code', 'see code', 'tranylcypromine')], []],
    ['by a code that no rule knows', takes('see code', told(), { codes: [rxnorm('1')] }), [pill('see code', 'see code')], []],
    ['one that no rule asks about', takes('Metformin 500 mg'), [pill('Metformin 500 mg', 'metformin 500 mg')], []],
    ['one that nobody can read', takes('the blue ones'), [pill('the blue ones', 'the blue ones')], ['the blue ones']],
    ['stopped', takes('lithium', told(), { status: 'stopped' }), [], []],
    ['the last word on one medicine', takes('LITHIUM', takes('Lithium'), { status: 'stopped' }, 'later'), [], []],
    ['until today', takes('lithium', told(), { stoppedOn: '2026-11-21' }), [pill('lithium', 'lithium', 'lithium')], []],
    ['until yesterday', takes('lithium', told(), { stoppedOn: '2026-11-20' }), [], []],
  ])('%s', (_, chart, items, unread) => {
    const { medications, medicationsUnread } = read(list('medications', false, chart))
    expect(medications).toEqual({ state: 'known', items, entries: ['medications gone through'], ...(unread.length > 0 && { gap: { why: 'incomplete', entries: unread, about: unread } }) })
    expect(medicationsUnread).toEqual({ state: 'known', items: unread.map((name) => item(name, name)), entries: [] })
  })
  test('the list counts as reconciled while its review is fresh, whatever stands on it', () => {
    const known = list('medications', true)
    expect([read(told()), read(known), listedFacts(known, '2027-01-01T00:00:00.000Z', limits)].map((facts) => facts.medicationsReconciled)).toEqual([
      { state: 'missing', why: 'not-asked', entries: [] }, { state: 'known', value: true, entries: ['medications gone through'] }, { state: 'missing', why: 'stale', entries: ['medications gone through'] },
    ])
  })
})

test('allergies: what was refuted is none, a code tells the ingredient, and the last word counts', () => {
  const chart = list('allergies', false, allergic('an anesthetic', allergic('Latex', allergic('LATEX', allergic('Ketalar')), { status: 'refuted' }), { codes: [rxnorm('6130')] }))
  expect(read(chart).allergies).toEqual({
    state: 'known', entries: ['allergies gone through'],
    items: [item({ name: 'Ketalar', plain: 'ketalar', ingredients: ['ketamine'] }, 'Ketalar'), item({ name: 'an anesthetic', plain: 'an anesthetic', ingredients: ['ketamine'] }, 'an anesthetic')],
  })
})

describe('what was stopped and may still act', () => {
  const told2 = (name: string, more: Partial<BodyOf<'medication.v1'>>, on = '2026-11-20') => told().on(on, 'medication.v1', { name, codes: [], dosage: '', status: 'stopped', ...more }, { id: name })
  const of = (chart: Told) => {
    const { medications, medicinesToJudge, medicinesStoppedUndated } = read(chart)
    const names = (fact: { readonly state: string; readonly items?: readonly { readonly value: unknown; readonly entries: readonly string[] }[] }) => (fact.items ?? []).map(({ value, entries }) => [typeof value === 'string' ? value : (value as { name: string }).name, ...entries].join(' | '))
    expect([medicinesToJudge, medicinesStoppedUndated]).toMatchObject([{ state: 'known', entries: [] }, { state: 'known', entries: [] }])
    return { taken: names(medications), toJudge: names(medicinesToJudge), undated: names(medicinesStoppedUndated) }
  }
  const none = { taken: [], toJudge: [], undated: [] }
  test.each<[string, Told, object]>([
    ['an MAO inhibitor, with its day', told2('Nardil 15 mg', { stoppedOn: '2026-11-20' }), { ...none, toJudge: ['Nardil 15 mg, stopped 2026-11-20 | Nardil 15 mg'] }], ['an MAO inhibitor, by its code alone', told2('see code', { codes: [rxnorm('8123')], stoppedOn: '2020-01-01' }), { ...none, toJudge: ['see code, stopped 2020-01-01 | see code'] }],
    ['an MAO inhibitor, without a day', told2('phenelzine', {}), { ...none, undated: ['phenelzine, stopped | phenelzine'] }], ['an MAO inhibitor, to be stopped tomorrow', told2('phenelzine', { stoppedOn: '2026-11-22' }), { ...none, taken: ['phenelzine, stopped 2026-11-22 | phenelzine'] }],
    ['an MAO inhibitor that was begun again', takes('phenelzine', told2('phenelzine', { stoppedOn: '2026-11-19' }, '2026-11-19'), {}, 'again'), { ...none, taken: ['phenelzine | again'] }],
    ['a stimulant, stopped yesterday', told2('modafinil', { stoppedOn: '2026-11-20' }), { ...none, taken: ['modafinil, stopped 2026-11-20 | modafinil'] }], ['a stimulant, stopped two days ago', told2('modafinil', { stoppedOn: '2026-11-19' }), none],
    ['a stimulant without a day, written down yesterday', told2('modafinil', {}), { ...none, taken: ['modafinil, stopped | modafinil'] }], ['a stimulant without a day, written down two days ago', told2('modafinil', {}, '2026-11-19'), none],
    ['a benzodiazepine, stopped three days ago', told2('lorazepam', { stoppedOn: '2026-11-18' }), { ...none, taken: ['lorazepam, stopped 2026-11-18 | lorazepam'] }], ['a benzodiazepine, stopped four days ago', told2('lorazepam', { stoppedOn: '2026-11-17' }), none],
    ['a medicine of no such class, stopped today', told2('lithium', { stoppedOn: '2026-11-21' }), none],
  ])('%s', (_, chart, expected) => expect(of(chart)).toEqual(expected))

  test('every row names ingredients of the interaction table, and one without a figure says that none was found', () => {
    const known = limits.medicines.map(({ ingredient }) => ingredient)
    for (const { ingredients, stillCountsDays, says, verified } of limits.washouts) {
      expect(ingredients.length).toBeGreaterThan(0)
      for (const one of ingredients) expect(known).toContain(one)
      expect([stillCountsDays === undefined, verified]).toEqual([/stands in no source/.test(says), false])
    }
  })
})
