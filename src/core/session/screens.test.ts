import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { answered, noThoughts, told, type Told } from './fixtures.ts'
import { hasNewThoughts, riskScreens, wasReviewed, type RiskScreen } from './screens.ts'

const asked = (story: Told, minute: number, answers: Parameters<typeof answered>[0], id: string) => story.on(minute, 'measure-answered.v1', answered(answers), { id })
const screens = (story: Told) => riskScreens(story.chart, instruments)
const wish = { ...noThoughts, q1: true }
const thoughts = { ...wish, q2: true, q3: true, q4: false, q5: false }
const longAgo = { q6Lifetime: true, q6PastThreeMonths: false }
const screen = (answers: Parameters<typeof answered>[0]): RiskScreen => screens(asked(told(), 1, answers, 'one'))[0]!

describe('the interviews on a chart', () => {
  test.each([['a questionnaire without such an item', 'gad-7'], ['one with a single item about it', 'phq-9'], ['one that nobody knows', 'nothing']])('%s is none', (_, instrument) => {
    expect(screens(told().on(1, 'measure-answered.v1', { ...answered({}), instrument }))).toEqual([])
  })
  test('oldest first, each with how whole and how high it is', () => {
    const story = asked(asked(asked(told(), 3, { ...thoughts, q4: true }, 'high'), 1, noThoughts, 'calm'), 2, { q1: false }, 'gaps')
    expect(screens(story).map(({ entry, complete, high }) => [entry, complete, high])).toEqual([['calm', true, false], ['gaps', false, false], ['high', true, true]])
  })
})

describe('thoughts that were not there before', () => {
  test.each<[string, RiskScreen, RiskScreen | undefined, boolean]>([
    ['none', screen(noThoughts), undefined, false], ['a wish alone is not one', screen(wish), undefined, false], ['found, and nobody had asked', screen(thoughts), undefined, true], ['found, and the same before', screen(thoughts), screen(thoughts), false],
    ['one of two is new', screen({ ...thoughts, ...longAgo }), screen({ ...noThoughts, ...longAgo }), true], ['neither of two is', screen({ ...thoughts, ...longAgo }), screen({ ...thoughts, ...longAgo }), false],
  ])('%s', (_, one, before, isNew) => expect(hasNewThoughts(one, before)).toBe(isNew))
})

describe('talked through', () => {
  const contact = (story: Told, minute: number, more: object = {}) => story.on(minute, 'risk-contact.v1', { opened: 'one', level: 'moderate', reached: true, decided: 'safety-plan-and-follow-up', note: 'x', ...more } as never)
  const story = asked(told(), 5, thoughts, 'one')
  test.each<[string, Told, boolean]>([
    ['by nobody', story, false], ['after it', contact(story, 6), true], ['in its minute', contact(story, 5), true], ['before it', contact(story, 4), false], ['about another', contact(story, 6, { opened: 'two' }), false],
    ['not reached', contact(story, 6, { reached: false }), false], ['only tried again', contact(story, 6, { decided: 'tried-again' }), false],
  ])('%s', (_, told, reviewed) => expect(wasReviewed(told.chart, screens(told)[0]!)).toBe(reviewed))
})
