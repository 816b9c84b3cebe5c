import { describe, expect, test } from 'vitest'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import type { Entry } from '../chart/entry.ts'
import { isEntryKind, kindRow } from '../chart/kinds.ts'
import { screenChart } from './clearance.ts'
import type { FactName } from './facts.ts'
import { clearance, coded, interview, phq9, plainChart, told, type Told } from './fixtures.ts'
import { openQuestions } from './screen.ts'
import { screeningFacts } from './screening-facts.ts'

const now = '2026-11-21T18:00:00.000Z'
const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const read = (chart: Told, fact: FactName, at = now) => screeningFacts(chart, at, limits)[fact]
const screened = (chart: Told, at = now) => screenChart(chart, eligibility, at, limits)
const metBy = (chart: Told, at = now) => screened(chart, at).met.map((one) => one.rule.id)
const plain = plainChart('2026-11-20')

test('the plain chart is made of entries as they are stored', () => {
  for (const { kind, body } of plain.entries as readonly Entry[]) {
    expect(isEntryKind(kind)).toBe(true)
    expect(kindRow(kind).body.safeParse(body).error?.issues).toBeUndefined()
  }
})

test('an empty chart knows nothing, and everything is asked for', () => {
  const screening = screened(told())
  expect(screening.decision).toBe('INCOMPLETE')
  expect(screening.met.map((one) => one.rule.id)).toEqual(['M01', 'M02', 'M03', 'M04', 'M05', 'M07', 'M08', 'M09'])
  const asked = openQuestions(screening).map((one) => one.fact)
  expect(asked).toEqual(expect.arrayContaining(['age', 'sexAtBirth', 'psychosis', 'mania', 'substanceUse', 'allergies', 'medications', 'diagnoses', 'hasCapacity', 'escortAvailable', 'systolicMmHg', 'cSsrsComplete', 'phq9']))
})

test('on the plain chart only the clearance is open', () => {
  expect(metBy(plain)).toEqual(['M01'])
  expect(openQuestions(screened(plain)).map((one) => one.fact)).toEqual(['clearanceSigned'])
  const signed = plain.on('2026-11-20', 'clearance.v1', clearance('2026-11-20', plain))
  expect(screened(signed).decision).toBe('ELIGIBLE')
})

describe('pressure: the higher of the last two sittings', () => {
  const measured = (...readings: readonly (readonly [at: string, systolicMmHg: number, diastolicMmHg: number, session?: string])[]) =>
    readings.reduce((chart, [at, systolicMmHg, diastolicMmHg, session]) => chart.on(at, 'vitals.v1', { systolicMmHg, diastolicMmHg }, session ? { session } : {}), told())
  test.each([
    ['one reading', measured(['2026-11-20', 158, 80]), 158],
    ['the mean of one sitting', measured(['2026-11-20T17:00Z', 170, 80], ['2026-11-20T17:10Z', 150, 80]), 160],
    ['a high day, then one lower day: still high', measured(['2026-11-15', 172, 80], ['2026-11-20', 130, 80]), 172],
    ['a high day, then two lower days', measured(['2026-11-10', 172, 80], ['2026-11-15', 130, 80], ['2026-11-20', 134, 80]), 134],
    ['a lower day, then a high one', measured(['2026-11-15', 130, 80], ['2026-11-20', 165, 80]), 165],
    ['two sittings less than 12 hours apart are one', measured(['2026-11-20T05:01Z', 170, 80], ['2026-11-20T17:00Z', 140, 80]), 155],
    ['at 12 hours they are two', measured(['2026-11-20T05:00Z', 170, 80], ['2026-11-20T17:00Z', 140, 80]), 170],
    ['a reading of a medicine session does not count', measured(['2026-11-19', 120, 80], ['2026-11-20', 185, 110, 's1']), 120],
    ['30 days old', measured(['2026-10-22T18:00:00Z', 120, 80]), 120],
  ])('%s', (_, chart, systolic) => expect(read(chart, 'systolicMmHg')).toMatchObject({ state: 'known', value: systolic }))

  test('older than 30 days is stale', () => expect(read(measured(['2026-10-22T17:59:59Z', 120, 80]), 'systolicMmHg')).toEqual({ state: 'missing', why: 'stale', entries: ['e1'] }))
  test('dated two days ahead is stale, too', () => expect(read(measured(['2026-11-23T18:00:00Z', 120, 80]), 'systolicMmHg')).toMatchObject({ state: 'missing', why: 'stale' }))
  test('a later reading of saturation alone changes nothing', () => {
    const chart = measured(['2026-11-19', 165, 80]).on('2026-11-20', 'vitals.v1', { spo2Percent: 97 })
    expect(read(chart, 'systolicMmHg')).toEqual({ state: 'known', value: 165, entries: ['e1'] })
  })
})

describe('age, weight and height', () => {
  test.each([['2026-03-03T12:00:00.000Z', 34], ['2026-03-04T12:00:00.000Z', 35]])('on %s the age is %i', (at, years) => expect(read(plain, 'age', at)).toMatchObject({ value: years }))
  test('BMI needs both', () => {
    expect(read(told().on('2026-11-20', 'weight.v1', { weightG: 80_000 }), 'bmi')).toMatchObject({ why: 'not-asked' })
    expect(read(told().on('2026-11-20', 'weight.v1', { weightG: 100_000 }).on('2026-11-20', 'height.v1', { heightMm: 2_000 }), 'bmi')).toEqual({ state: 'known', value: 25, entries: ['e1', 'e2'] })
  })
})

describe('a pregnancy test', () => {
  const she = plainChart('2026-11-20').says('2026-11-20', 'sexAtBirth', 'F').says('2026-11-20', 'childbearingPotential', true).says('2026-11-20', 'lactating', false)
  const tested = (takenAt: string, result: 'negative' | 'positive' = 'negative') => she.on('2026-11-20', 'pregnancy-test.v1', { result, takenAt, specimen: 'urine' })
  test.each([
    ['none', she, ['M01', 'M02']],
    ['7 days old', tested('2026-11-14T18:00:00.000Z'), ['M01']],
    ['older than 7 days', tested('2026-11-14T17:59:00.000Z'), ['M01', 'M02']],
    ['dated far ahead', tested('2027-11-14T17:59:00.000Z'), ['M01', 'M02']],
    ['positive', tested('2026-11-20T18:00:00.000Z', 'positive'), ['B05', 'M01']],
    ['positive long ago', tested('2026-06-20T18:00:00.000Z', 'positive'), ['B05', 'M01']],
    ['positive, then negative', tested('2026-11-10T18:00:00.000Z', 'positive').on('2026-11-20', 'pregnancy-test.v1', { result: 'negative', takenAt: '2026-11-19T18:00:00.000Z', specimen: 'serum' }), ['M01']],
    ['positive and negative at one moment', tested('2026-11-19T18:00:00.000Z', 'positive').on('2026-11-20', 'pregnancy-test.v1', { result: 'negative', takenAt: '2026-11-19T18:00:00.000Z', specimen: 'serum' }), ['B05', 'M01']],
    ['not possible, as stated', she.says('2026-11-21', 'childbearingPotential', false), ['M01']],
    ['declined to say', she.on('2026-11-21', 'fact.v1', { fact: 'childbearingPotential', state: 'declined' }), ['M01', 'M02']],
  ])('%s', (_, chart, met) => expect(metBy(chart)).toEqual(met))
})

describe('pregnancy as written down without a test', () => {
  const he = plainChart('2026-11-20')
  const she = he.says('2026-11-20', 'sexAtBirth', 'F').says('2026-11-20', 'childbearingPotential', true).says('2026-11-20', 'lactating', false)
  const writes = (on: string, value: string | number | undefined, chart = she) => chart.on(on, 'observation.v1', { codes: [{ system: 'http://loinc.org', code: '82810-3' }], name: 'Pregnancy status', ...(value !== undefined && { value }), category: 'social-history' })
  const tested = (on: string, result: 'negative' | 'positive', chart: typeof she) => chart.on('2026-11-20', 'pregnancy-test.v1', { result, takenAt: `${on}T18:00:00.000Z`, specimen: 'urine' })
  const denies = (on: string, chart: typeof she) => chart.says(on, 'childbearingPotential', false)
  test.each([
    ['pregnant', writes('2026-11-19', 'Pregnant'), ['B05', 'M01', 'M02'], []], ['by its SNOMED code', writes('2026-11-19', '77386006'), ['B05', 'M01', 'M02'], []], ['as a finding', writes('2026-11-19', 'Pregnant (finding)'), ['B05', 'M01', 'M02'], []], ['with its week', writes('2026-11-19', 'Pregnant, 12 weeks'), ['B05', 'M01', 'M02'], []],
    ['not pregnant: no block, and still no test', writes('2026-11-19', 'Not pregnant'), ['M01', 'M02'], []], ['not pregnant, with a test of yesterday', tested('2026-11-20', 'negative', writes('2026-11-19', 'Not pregnant')), ['M01'], []],
    ['possible', writes('2026-11-19', 'Possible pregnancy'), ['M01', 'M02'], ['B05']], ['unknown', writes('2026-11-19', 'Unknown'), ['M01', 'M02'], ['B05']], ['words nobody can read', writes('2026-11-19', 'see note'), ['M01', 'M02'], ['B05']], ['a number', writes('2026-11-19', 1), ['M01', 'M02'], ['B05']], ['nothing beside its code', writes('2026-11-19', undefined), ['M01', 'M02'], ['B05']],
    ['possible, of somebody who was said to be unable before', writes('2026-11-21', 'Possible pregnancy', denies('2026-11-20', he)), ['M01'], ['B05']], ['possible, and said later not to be', denies('2026-11-21', writes('2026-11-19', 'Possible pregnancy')), ['M01'], []], ['possible, and tested since', tested('2026-11-20', 'negative', writes('2026-11-19', 'Possible pregnancy')), ['M01'], []],
    ['pregnant, and tested negative since', tested('2026-11-20', 'negative', writes('2026-11-19', 'Pregnant')), ['M01'], []], ['pregnant, after a negative test', tested('2026-11-18', 'negative', writes('2026-11-19', 'Pregnant')), ['B05', 'M01'], []], ['pregnant, and tested positive since', tested('2026-11-20', 'positive', writes('2026-11-19', 'Pregnant')), ['B05', 'M01'], []],
    ['a test dated far ahead lifts nothing', tested('2027-11-20', 'negative', writes('2026-11-19', 'Pregnant')), ['B05', 'M01', 'M02'], []],
    ['pregnant, then not', writes('2026-11-20', 'Not pregnant', writes('2026-11-19', 'Pregnant')), ['M01', 'M02'], []], ['not, then pregnant', writes('2026-11-20', 'Pregnant', writes('2026-11-19', 'Not pregnant')), ['B05', 'M01', 'M02'], []], ['pregnant, then unknown: it stands', writes('2026-11-20', 'Unknown', writes('2026-11-19', 'Pregnant')), ['B05', 'M01', 'M02'], []],
    ['both at one moment: the worse', writes('2026-11-19', 'Not pregnant', writes('2026-11-19', 'Pregnant')), ['B05', 'M01', 'M02'], []], ['pregnant, and said later not to be possible: a test says', denies('2026-11-21', writes('2026-11-19', 'Pregnant')), ['B05', 'M01'], []],
    ['300 days ago', writes('2026-01-26', 'Pregnant'), ['B05', 'M01', 'M02'], []], ['longer ago: not the present one, and open', writes('2026-01-24', 'Pregnant'), ['M01', 'M02'], ['B05']], ['longer ago, and said later not to be possible', denies('2026-11-21', writes('2022-08-24', 'Pregnant')), ['M01'], []],
    ['of a man, by mistake', writes('2026-11-19', 'Pregnant', he), ['B05', 'M01'], []], ['another observation', she.on('2026-11-19', 'observation.v1', { codes: [{ system: 'http://loinc.org', code: '86645-9' }], name: 'Pregnancy intention', value: 'Pregnant', category: 'social-history' }), ['M01', 'M02'], []],
  ])('%s', (_, chart, met, unknown) => {
    expect(metBy(chart)).toEqual(met)
    expect(screened(chart).unknown.map(({ rule }) => rule.id).filter((id) => id === 'B05')).toEqual(unknown)
  })
})

describe('lists', () => {
  const takes = (name: string, more: { codes?: { system: string; code: string }[]; status?: 'active' | 'stopped'; stoppedOn?: string } = {}) =>
    plain.on('2026-11-20', 'medication.v1', { name, codes: [], dosage: '', status: 'active', ...more })
  test.each([
    ['by ingredient', takes('tranylcypromine'), ['O14', 'M01']],
    ['by brand and strength', takes('Parnate 10 MG Oral Tablet'), ['O14', 'M01']],
    ['by RxNorm code alone', takes('see code', { codes: [{ system: rxnorm, code: '10734' }] }), ['O14', 'M01']],
    ['in a combination', takes('acetaminophen 325 MG / oxycodone 5 MG'), ['M01', 'M04', 'C07']],
    ['stopped, nobody knows when', takes('tranylcypromine', { status: 'stopped' }), ['M01', 'M10']],
    ['stopped today', takes('tranylcypromine', { status: 'stopped', stoppedOn: '2026-11-21' }), ['M01', 'C31']],
    ['stopped long ago', takes('tranylcypromine', { status: 'stopped', stoppedOn: '2019-01-01' }), ['M01', 'C31']],
    ['to be stopped tomorrow', takes('tranylcypromine', { status: 'stopped', stoppedOn: '2026-11-22' }), ['O14', 'M01']],
    ['active until yesterday', takes('tranylcypromine', { stoppedOn: '2026-11-20' }), ['M01', 'C31']],
    ['of another class, stopped', takes('lithium', { status: 'stopped' }), ['M01']],
    ['that stimulates, stopped yesterday', takes('modafinil', { status: 'stopped', stoppedOn: '2026-11-20' }), ['M01', 'C06']],
    ['that stimulates, stopped the day before', takes('modafinil', { status: 'stopped', stoppedOn: '2026-11-19' }), ['M01']],
    ['that calms, stopped three days ago: its daily amount is asked', takes('lorazepam', { status: 'stopped', stoppedOn: '2026-11-18' }), ['M01', 'M04']],
    ['that calms, stopped four days ago', takes('lorazepam', { status: 'stopped', stoppedOn: '2026-11-17' }), ['M01']],
    ['active until today', takes('tranylcypromine', { stoppedOn: '2026-11-21' }), ['O14', 'M01']],
    ['stopped later', takes('tranylcypromine').on('2026-11-21', 'medication.v1', { name: 'Tranylcypromine', codes: [], dosage: '', status: 'stopped' }), ['M01', 'M10']],
    ['one without a rule', takes('Metformin 500 mg'), ['M01']],
    ['one that nobody can read', takes('the blue ones'), ['M01', 'M04']],
    ['one with a code of another kind', takes('the blue ones', { codes: [{ system: rxnorm, code: '1' }] }), ['M01']],
  ])('a medicine %s', (_, chart, met) => expect(metBy(chart)).toEqual(met))

  test('what cannot be read leaves every other medicine open', () => {
    const screening = screened(takes('the blue ones'))
    expect(screening.decision).toBe('INCOMPLETE')
    expect(openQuestions(screening).find((one) => one.fact === 'medications')).toMatchObject({ why: 'incomplete', about: ['the blue ones'] })
  })
  test('medicines on the chart without a review leave the list open, and one that counts still counts', () => {
    const chart = told().on('2026-11-20', 'medication.v1', { name: 'phenelzine', codes: [], dosage: '', status: 'active' })
    expect(read(chart, 'medications')).toMatchObject({ state: 'known', gap: { why: 'not-asked' } })
    expect(metBy(chart)).toContain('O14')
    expect(screened(chart).unknown.map((one) => one.rule.id)).toContain('O16')
  })
  test('"there are some" without any is not a list', () => {
    expect(read(told().on('2026-11-20', 'list-reviewed.v1', { list: 'medications', none: false }), 'medications')).toMatchObject({ state: 'missing', why: 'incomplete' })
  })
  test('a review counts for 30 days', () => {
    expect(metBy(plain, '2026-12-20T16:59:00.000Z')).not.toContain('M04')
    expect(metBy(plain, '2026-12-20T17:00:01.000Z')).toContain('M04')
  })
  test.each([
    ['an allergy', { substance: 'Ketalar', codes: [], status: 'active' as const }, ['B01', 'M01']],
    ['one by code', { substance: 'an anesthetic', codes: [{ system: rxnorm, code: '6130' }], status: 'active' as const }, ['B01', 'M01']],
    ['one refuted', { substance: 'Ketamine', codes: [], status: 'refuted' as const }, ['M01']],
    ['another one', { substance: 'Latex', codes: [], status: 'active' as const }, ['M01']],
  ])('%s', (_, body, met) => expect(metBy(plain.on('2026-11-20', 'allergy.v1', body))).toEqual(met))

  const has = (code: string, status: 'active' | 'remission' | 'resolved') => plain.on('2026-11-20', 'condition.v1', { name: code, codes: coded(code), status, category: 'problem' })
  test.each([
    ['F20.9', 'active', ['B04', 'M01']], ['F20.9', 'remission', ['B04', 'M01']], ['F20.9', 'resolved', ['O01', 'M01']],
    ['I61.9', 'resolved', ['B03', 'M01']], ['I71.4', 'resolved', ['B02', 'M01']], ['O09.90', 'resolved', ['M01']], ['O09.90', 'active', ['B05', 'M01']],
    ['F10.20', 'active', ['H03', 'M01']], ['F10.20', 'remission', ['M01']], ['F44.81', 'resolved', ['M01']],
  ] as const)('%s, %s', (code, status, met) => expect(metBy(has(code, status))).toEqual(met))

  test('a condition in words alone cannot be read, and leaves the diagnoses open', () => {
    const chart = plain.on('2026-11-20', 'condition.v1', { name: 'Something with the ear', codes: [{ system: 'http://snomed.info/sct', code: '1' }], status: 'active', category: 'problem' })
    expect(openQuestions(screened(chart)).find((one) => one.fact === 'diagnoses')).toMatchObject({ why: 'incomplete', about: ['Something with the ear'] })
    expect(screened(chart).decision).toBe('INCOMPLETE')
  })
  test('an operation needs no code', () => {
    expect(screened(plain.on('2026-11-20', 'condition.v1', { name: 'Appendix removed', codes: [], status: 'resolved', category: 'surgery' })).unknown.map((one) => one.rule.id)).toEqual(['H04'])
  })
})

describe('answers', () => {
  test('an ECG that nobody mentions is missing where one is due', () => {
    const older = plain.on('2026-11-21', 'demographics.v1', { givenName: 'Sample', familyName: 'Person', birthDate: '1976-11-21' })
    expect(metBy(older)).toEqual(['M01', 'M06'])
    expect(metBy(older.says('2026-11-21', 'ecgDone', true))).toEqual(['M01'])
  })
  test('breastfeeding is asked of everybody but men', () => {
    const unknown = (chart: Told) => screened(chart).unknown.map((one) => one.rule.id)
    expect(unknown(plain)).not.toContain('O13')
    expect(unknown(plain.says('2026-11-21', 'sexAtBirth', 'F'))).toContain('O13')
    expect(unknown(plain.says('2026-11-21', 'sexAtBirth', 'other'))).toContain('O13')
    expect(metBy(plain.says('2026-11-21', 'lactating', true))).toContain('O13')
  })
  test.each([['declined'], ['not-known']] as const)('%s is an answer, and not a no', (state) => {
    const chart = plain.on('2026-11-21', 'fact.v1', { fact: 'psychosis', state })
    expect(read(chart, 'psychosis')).toMatchObject({ state: 'missing', why: state })
    expect(metBy(chart)).toEqual(['M01', 'M09'])
  })
  test('a corrected answer counts, not the one it corrects', () => {
    const wrong = plain.says('2026-11-20', 'homeOxygen', true, { id: 'wrong' })
    expect(metBy(wrong)).toContain('O06')
    expect(metBy(wrong.says('2026-11-20', 'homeOxygen', false, { amends: 'wrong' }))).not.toContain('O06')
  })
  test.each([
    ['2026-11-27T16:59:00.000Z', 6, 'B07'], ['2026-11-27T17:00:00.000Z', 7, 'O03'], ['2027-04-16T16:59:00.000Z', 26, 'O03'],
  ])('six weeks on 20 November: on %s it is %i, and %s speaks', (at, weeks, rule) => {
    const chart = plain.says('2026-11-20', 'weeksSinceCardiovascularEvent', 6)
    expect(read(chart, 'weeksSinceCardiovascularEvent', at)).toMatchObject({ value: weeks })
    expect(metBy(chart, at).filter((id) => id === 'B07' || id === 'O03')).toEqual([rule])
  })
  test('an admission grows older by whole days', () => {
    const chart = plain.says('2026-11-20', 'daysSincePsychiatricAdmission', 13)
    expect(metBy(chart, '2026-11-22T16:59:00.000Z')).toContain('H06')
    expect(metBy(chart, '2026-11-22T17:00:00.000Z')).not.toContain('H06')
  })
  test('an alcohol course asks about the last day, and an old answer is no answer', () => {
    const course = plain.on('2026-11-19', 'course-chosen.v1', { protocol: 'kare-aud', edition: 'test' })
    expect(metBy(course)).toEqual(['H08', 'M01', 'C22'])
    expect(metBy(course.says('2026-11-21', 'hoursSinceAlcohol', 24))).toEqual(['M01', 'C22'])
    expect(metBy(course.says('2026-11-21', 'hoursSinceAlcohol', 23))).toEqual(['H08', 'M01', 'C22'])
    expect(metBy(course.says('2026-11-18', 'hoursSinceAlcohol', 90))).toEqual(['H08', 'M01', 'C22'])
  })
  test('a question of the day is listed, and does not hold the screening open', () => {
    const signed = plain.on('2026-11-20', 'clearance.v1', clearance('2026-11-20', plain))
    const later = screened(signed, '2026-11-25T18:00:00.000Z')
    expect(later.decision).toBe('ELIGIBLE')
    expect(later.unknown.map((one) => one.rule.id)).toEqual(['H04'])
  })
})

describe('the C-SSRS', () => {
  const asked = (at: string, answers: Parameters<typeof interview>[0], extra: { id?: string; amends?: string } = {}) => (chart: Told) => chart.on(at, 'measure-answered.v1', interview(answers), extra)
  const high = asked('2026-11-10', { q2: true, q3: true, q4: true, q5: false }, { id: 'high' })
  const calm = asked('2026-11-20', {})
  const closed = (at: string, level: 'low' | 'high', opened = 'high') => (chart: Told) =>
    chart.on(at, 'risk-contact.v1', { opened, level, reached: true, decided: 'closed', note: 'Seen and assessed.' })
  const after = (...acts: readonly ((chart: Told) => Told)[]) => acts.reduce((chart, act) => act(chart), plainChart('2026-11-01'))
  const rules = (...acts: readonly ((chart: Told) => Told)[]) => metBy(after(...acts)).filter((id) => ['H02', 'M05', 'C11'].includes(id))

  test.each([
    ['calm', [calm], []],
    ['only a wish', [asked('2026-11-20', { q1: true })], ['C11']],
    ['an attempt long ago', [asked('2026-11-20', { q6Lifetime: true, q6PastThreeMonths: false })], ['C11']],
    ['high', [high], ['H02']],
    ['high, then calm: still high', [high, calm], ['H02']],
    ['high, calm, and closed at a lower level', [high, calm, closed('2026-11-20', 'low')], []],
    ['high, calm, and closed as still high', [high, calm, closed('2026-11-20', 'high')], ['H02']],
    ['high, calm, and another path closed', [high, calm, closed('2026-11-20', 'low', 'other')], ['H02']],
    ['high, calm, and a contact from before', [high, calm, closed('2026-11-09', 'low')], ['H02']],
    ['high and closed, without a new interview', [high, closed('2026-11-12', 'low')], ['H02']],
    ['high, taken back by a correction', [high, asked('2026-11-10', {}, { amends: 'high' })], ['H02']],
    ['a question left open', [asked('2026-11-20', { q2: null })], ['M05']],
    ['a follow-up question left open', [asked('2026-11-20', { q2: true, q3: false, q4: null, q5: false })], ['M05']],
    ['"ever" without "when"', [asked('2026-11-20', { q6Lifetime: true })], ['M05']],
  ] as const)('%s', (_, acts, met) => expect(rules(...acts)).toEqual(met))

  test('a high one does not grow old, a calm one does', () => {
    const chart = after(high)
    expect(metBy(chart, '2027-03-01T18:00:00.000Z')).toEqual(expect.arrayContaining(['H02', 'M05']))
    expect(metBy(after(calm), '2026-12-20T17:00:00.000Z')).not.toContain('M05')
    expect(metBy(after(calm), '2026-12-20T17:01:00.000Z')).toContain('M05')
  })
})

describe('the PHQ-9', () => {
  const base = plainChart('2026-11-10')
  test('is added up', () => expect(read(base, 'phq9')).toMatchObject({ value: 16 }))
  test('with an item missing has no total, and an older complete one serves as the baseline', () => {
    const body = phq9()
    const partial = { ...body, answers: { ...body.answers, q3: null } }
    expect(read(told().on('2026-11-20', 'measure-answered.v1', partial), 'phq9')).toMatchObject({ why: 'incomplete' })
    expect(read(base.on('2026-11-20', 'measure-answered.v1', partial), 'phq9')).toMatchObject({ value: 16 })
  })
  test.each([
    ['0', 0, undefined, false],
    ['1, and nobody asked', 1, undefined, true],
    ['3, asked ten hours before', 3, '2026-11-20T07:00:00Z', false],
    ['3, asked thirteen hours before', 3, '2026-11-20T04:00:00Z', true],
    ['3, asked afterwards', 3, '2026-11-20T18:00:00Z', false],
  ])('item 9 at %s', (_, item9, askedAt, isOpen) => {
    const answered = base.on('2026-11-20T17:00:00Z', 'measure-answered.v1', phq9(item9))
    const chart = askedAt ? answered.on(askedAt, 'measure-answered.v1', interview({})) : answered
    expect(metBy(chart).includes('M05')).toBe(isOpen)
  })
  test('an incomplete interview does not answer item 9', () => {
    const chart = base.on('2026-11-20T17:00:00Z', 'measure-answered.v1', phq9(2)).on('2026-11-20T18:00:00Z', 'measure-answered.v1', interview({ q2: null }))
    expect(read(chart, 'itemNineOpen')).toMatchObject({ value: true })
  })
})
