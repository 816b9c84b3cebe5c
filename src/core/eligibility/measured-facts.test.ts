import { describe, expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import type { BodyOf } from '../chart/kinds.ts'
import type { FactName } from './facts.ts'
import { interview, phq9, told, type Told } from './fixtures.ts'
import { screeningFacts } from './screening-facts.ts'

const now = '2026-11-21T18:00:00.000Z'
const read = (chart: Told, fact: FactName, at = now) => screeningFacts(chart, at, limits)[fact]
const none = { q1: false, q2: false, q3: false, q4: false, q5: false, q6Lifetime: false, q6PastThreeMonths: false }
const items = Object.keys(none) as (keyof typeof none)[]
const factOf = (item: string) => item.replace('q', 'cSsrsQ') as FactName
type Answers = BodyOf<'measure-answered.v1'>['answers']
const asked = (answers: Answers, at = '2026-11-20', extra: { id?: string; amends?: string } = { id: 'asked' }, chart = told()) => chart.on(at, 'measure-answered.v1', { ...interview({}), answers }, extra)

describe('the interview, question by question', () => {
  test.each(items)('a yes to %s is a yes to it alone, and a no a no', (item) => {
    for (const [yes, no] of [[true, false], [1, 0]] as const) {
      const chart = asked({ ...Object.fromEntries(items.map((one) => [one, no])), [item]: yes })
      for (const one of items) expect([one, read(chart, factOf(one))]).toEqual([one, { state: 'known', value: one === item, entries: ['asked'] }])
      expect(read(chart, 'cSsrsComplete')).toEqual({ state: 'known', value: true, entries: ['asked'] })
    }
  })

  /** Which questions stay open when this one has no answer, after a no or a yes to the one that leads to it. */
  test.each<[string, Answers, string[]]>([
    ['nothing', none, []],
    ['question 1', { ...none, q1: null }, ['q1']], ['question 2', { ...none, q2: null }, ['q2']], ['"ever"', { ...none, q6Lifetime: null }, ['q6Lifetime']],
    ['3 to 5 after a no', { ...none, q3: null, q4: null, q5: null }, []], ['3 after a yes', { ...none, q2: true, q3: null }, ['q3']], ['4 after a yes', { ...none, q2: true, q4: null }, ['q4']], ['5 after a yes', { ...none, q2: true, q5: null }, ['q5']],
    ['2 to 5', { ...none, q2: null, q3: null, q4: null, q5: null }, ['q2', 'q3', 'q4', 'q5']],
    ['"when" after "never"', { ...none, q6PastThreeMonths: null }, []], ['"when" after "once"', { ...none, q6Lifetime: true, q6PastThreeMonths: null }, ['q6PastThreeMonths']], ['both', { ...none, q6Lifetime: null, q6PastThreeMonths: null }, ['q6Lifetime', 'q6PastThreeMonths']],
    ['a word in place of an answer', { ...none, q1: 'perhaps' as never }, ['q1']], ['a number that is no answer', { ...none, q1: 2 }, ['q1']], ['nothing at all', {}, items],
  ])('left out: %s', (_, answers, open) => {
    const chart = asked(answers)
    expect(items.filter((item) => read(chart, factOf(item)).state === 'missing')).toEqual(open)
    for (const item of open) expect(read(chart, factOf(item))).toEqual({ state: 'missing', why: 'incomplete', entries: ['asked'] })
    // What had not to be asked is a no.
    for (const item of items) if (answers[item] === null && !open.includes(item)) expect([item, read(chart, factOf(item))]).toMatchObject([item, { value: false }])
    expect(read(chart, 'cSsrsComplete')).toMatchObject({ value: open.length === 0 })
  })

  test('asked for none, each question is missing; asked too long ago, each is stale', () => {
    for (const fact of [...items.map(factOf), 'cSsrsComplete' as const]) {
      expect(read(told(), fact)).toEqual({ state: 'missing', why: 'not-asked', entries: [] })
      expect(read(asked({ ...none, q1: true }, '2026-10-20'), fact)).toEqual({ state: 'missing', why: 'stale', entries: ['asked'] })
    }
  })
  test('the latest interview counts', () => expect(read(asked(none, '2026-11-20', {}, asked({ ...none, q1: true }, '2026-11-19')), 'cSsrsQ1')).toMatchObject({ value: false }))
})

describe('a high interview counts on', () => {
  const high = asked({ ...none, q2: true, q4: true }, '2026-11-10', { id: 'high' })
  const calm = asked(none, '2026-11-20', { id: 'calm' }, high)
  type Contact = BodyOf<'risk-contact.v1'>
  const contact = (chart: Told, more: Partial<Contact> = {}, at = '2026-11-20') => chart.on(at, 'risk-contact.v1', { opened: 'high', level: 'low', reached: true, decided: 'closed', note: 'Seen.', ...more })

  test.each(['q4', 'q5', 'q6PastThreeMonths'] as const)('when it is high by %s, with all that it said', (item) => {
    const chart = asked(none, '2026-11-20', { id: 'calm' }, asked({ ...none, q1: true, [item]: true }, '2026-11-10', { id: 'high' }))
    expect(read(chart, factOf(item))).toEqual({ state: 'known', value: true, entries: ['high'] })
    expect(read(chart, 'cSsrsQ1')).toEqual({ state: 'known', value: true, entries: ['high'] })
    expect(read(chart, 'cSsrsQ2')).toEqual({ state: 'known', value: false, entries: ['calm'] })
  })
  test.each(['q1', 'q2', 'q3', 'q6Lifetime'] as const)('a yes to %s alone is not high', (item) => {
    expect(read(asked(none, '2026-11-20', { id: 'calm' }, asked({ ...none, [item]: true }, '2026-11-10', { id: 'high' })), factOf(item))).toEqual({ state: 'known', value: false, entries: ['calm'] })
  })
  test('said again, both stand behind it; and an old one is the only one once the new one is stale', () => {
    const twice = asked({ ...none, q2: true, q4: true }, '2026-11-20', { id: 'again' }, high)
    expect(read(twice, 'cSsrsQ4')).toEqual({ state: 'known', value: true, entries: ['high', 'again'] })
    expect(read(high, 'cSsrsQ4')).toEqual({ state: 'known', value: true, entries: ['high'] })
    const mild = asked({ ...none, q2: true }, '2026-11-20', { id: 'mild' }, high)
    expect([read(mild, 'cSsrsQ2'), read(mild, 'cSsrsQ2', '2027-02-01T18:00:00.000Z')]).toMatchObject([{ entries: ['high', 'mild'] }, { entries: ['high'] }])
  })
  test.each<[string, Told, boolean]>([
    ['nobody closed its path', calm, true], ['closed as low', contact(calm), false], ['closed as moderate', contact(calm, { level: 'moderate' }), false], ['closed as still high', contact(calm, { level: 'high' }), true],
    ['seen, and not closed', contact(calm, { decided: 'safety-plan-and-follow-up' }), true], ['another path closed', contact(calm, { opened: 'calm' }), true],
    ['closed in the same minute', contact(calm, {}, '2026-11-10'), false], ['a contact from the minute before', contact(calm, {}, '2026-11-10T16:59'), true],
  ])('%s', (_, chart, counts) => expect(read(chart, 'cSsrsQ4')).toMatchObject({ value: counts }))

  const takenBack = asked(none, '2026-11-10', { id: 'corrected', amends: 'high' }, high)
  const twice = asked({ ...none, q1: true }, '2026-11-10', { id: 'again', amends: 'corrected' }, takenBack)
  test.each<[string, Told, boolean]>([
    ['taken back', takenBack, true], ['taken back, and corrected once more', twice, true], ['taken back, and closed by the first name of its path', contact(takenBack), false],
    ['a correction that is high, closed by the name of what it corrects', contact(asked(none, '2026-11-12', { id: 'calm' }, asked({ ...none, q5: true }, '2026-11-10', { id: 'worse', amends: 'mild' }, asked({ ...none, q1: true }, '2026-11-10', { id: 'mild' }))), { opened: 'mild' }), false],
  ])('corrected: %s', (_, chart, counts) => expect([read(chart, 'cSsrsQ4'), read(chart, 'cSsrsQ5')].some((fact) => fact.state === 'known' && 'value' in fact && fact.value === true)).toBe(counts))
  test('two that correct each other are read to the end all the same', () => {
    const circle = asked(none, '2026-11-10', { id: 'last', amends: 'one' }, asked(none, '2026-11-10', { id: 'other', amends: 'one' }, asked({ ...none, q4: true }, '2026-11-10', { id: 'one', amends: 'other' })))
    expect(read(circle, 'cSsrsQ4')).toEqual({ state: 'known', value: true, entries: ['one'] })
  })
})

describe('item 9 of the PHQ-9', () => {
  const form = (item9: number | null, at = '2026-11-20T17:00:00Z', chart = told(), id = 'form') => chart.on(at, 'measure-answered.v1', { ...phq9(), answers: { ...phq9().answers, q9: item9 } }, { id })
  const talked = (at: string, chart: Told, answers: Answers = none) => asked(answers, at, { id: 'talk' }, chart)
  test.each<[string, Told, unknown]>([
    ['nobody asked', told(), { state: 'known', value: false, entries: [] }],
    ['0', form(0), { state: 'known', value: false, entries: ['form'] }],
    ['left out', form(null), { state: 'missing', why: 'incomplete', entries: ['form'] }],
    ['1', form(1), { state: 'known', value: true, entries: ['form'] }],
    ['1, asked twelve hours before', talked('2026-11-20T05:00:00Z', form(1)), { state: 'known', value: false, entries: ['form', 'talk'] }],
    ['1, asked a minute earlier than that', talked('2026-11-20T04:59:00Z', form(1)), { state: 'known', value: true, entries: ['form'] }],
    ['1, asked afterwards but not to the end', talked('2026-11-20T18:00:00Z', form(1), { ...none, q1: null }), { state: 'known', value: true, entries: ['form'] }],
    ['1, then 0: it still waits', form(0, '2026-11-21T17:00:00Z', form(1), 'later'), { state: 'known', value: true, entries: ['form'] }],
    ['1, then left out: it still waits', form(null, '2026-11-21T17:00:00Z', form(1), 'later'), { state: 'known', value: true, entries: ['form'] }],
    ['0, then left out', form(null, '2026-11-21T17:00:00Z', form(0), 'later'), { state: 'missing', why: 'incomplete', entries: ['later'] }],
    ['twice 1, asked after the first alone', form(1, '2026-11-21T17:00:00Z', talked('2026-11-20T18:00:00Z', form(1)), 'later'), { state: 'known', value: true, entries: ['later'] }],
    ['twice 1, asked after both', talked('2026-11-21T17:30:00Z', form(1, '2026-11-21T17:00:00Z', form(1), 'later')), { state: 'known', value: false, entries: ['later', 'talk'] }],
  ])('%s', (_, chart, fact) => expect(read(chart, 'itemNineOpen')).toEqual(fact))

  test('the total is the sum of the latest whole one, and says which that was', () => {
    expect(read(form(3), 'phq9')).toEqual({ state: 'known', value: 19, entries: ['form'] })
    expect(read(form(null, '2026-11-21', form(3), 'later'), 'phq9')).toEqual({ state: 'known', value: 19, entries: ['form'] })
    expect(read(form(1, '2026-11-21', form(3), 'later'), 'phq9')).toEqual({ state: 'known', value: 17, entries: ['later'] })
    expect(read(form(null), 'phq9')).toEqual({ state: 'missing', why: 'incomplete', entries: ['form'] })
    expect(read(told(), 'phq9')).toEqual({ state: 'missing', why: 'not-asked', entries: [] })
  })
})

test('the bladder check says which answer it was, and a word is no number', () => {
  const check = (blood: number | string | null) => told().on('2026-11-20', 'measure-answered.v1', { ...phq9(), instrument: 'urinary-check', answers: { blood: blood as number } }, { id: 'check' })
  expect([0, 1, 3, null, 'some'].map((blood) => read(check(blood), 'visibleBloodInUrine'))).toEqual([
    { state: 'known', value: false, entries: ['check'] }, { state: 'known', value: true, entries: ['check'] }, { state: 'known', value: true, entries: ['check'] }, ...[1, 2].map(() => ({ state: 'missing', why: 'incomplete', entries: ['check'] })),
  ])
  expect(read(told().on('2026-11-20', 'measure-answered.v1', { ...phq9(), answers: { ...phq9().answers, q3: 'often' as never } }), 'phq9')).toMatchObject({ why: 'incomplete' })
})

test('one questionnaire is not read for another', () => {
  const chart = told().on('2026-11-20', 'measure-answered.v1', { ...phq9(2), instrument: 'gad-7' }).on('2026-11-20', 'measure-answered.v1', { ...interview({ q1: true }), instrument: 'asrm' }).on('2026-11-20', 'measure-answered.v1', { ...interview({}), instrument: 'other', answers: { blood: 3 } })
  expect([read(chart, 'phq9'), read(chart, 'cSsrsQ1'), read(chart, 'visibleBloodInUrine')]).toMatchObject([{ why: 'not-asked' }, { why: 'not-asked' }, { why: 'not-asked' }])
  expect(read(chart, 'itemNineOpen')).toMatchObject({ value: false })
})
