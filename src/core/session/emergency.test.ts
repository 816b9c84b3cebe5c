import { describe, expect, test } from 'vitest'
import { kinds } from '../chart/kinds.ts'
import type { EmergencyCard, EmergencyRole } from './cards.ts'
import { begunCards, cardNow, IT_BEGAN } from './emergency.ts'
import { at, told, type Told } from './fixtures.ts'

const card = { id: 'seizure', steps: [{ id: 'time', says: 'Look at the clock.' }, { id: 'side', says: 'Onto the side.' }], timers: [{ id: 'five', from: 'time', afterMin: 5, says: 'Does it go on?' }, { id: 'two', from: 'side', afterMin: 2, says: 'Is the mouth clear?' }] } as unknown as EmergencyCard
const roles = [{ id: 'lead', says: 'I lead' }, { id: 'call', says: 'I call' }] as unknown as readonly EmergencyRole[]
const step = (minute: number, says: string, by = 'rosa', of = 'seizure') => (story: Told) => story.on(minute, 'emergency-step.v1', { card: of, step: says }, { by })
const written = (...steps: readonly ((story: Told) => Told)[]) => steps.reduce((story, one) => one(story), told()).chart.all('emergency-step.v1')
const now = (minute: number, ...steps: readonly ((story: Told) => Told)[]) => cardNow(card, written(...steps), roles, at(minute))

describe('the clocks of a card', () => {
  test('nothing written: nothing runs', () => expect(now(9)).toMatchObject({ beganAt: undefined, timers: [] }))
  test('the first thing written begins it, whoever wrote it and in whatever order it arrived', () => expect(now(9, step(4, 'Onto the side.', 'jun'), step(2, 'It began')).beganAt).toBe(at(2)))
  test('another card begins nothing here', () => expect(now(9, step(2, 'It began', 'rosa', 'vomiting')).beganAt).toBeUndefined())
  test('what is dated ahead has not happened', () => expect(now(9, step(10, 'It began')).beganAt).toBeUndefined())
  test.each([[4.9, false], [5, true], [60, true]])('a timer of five minutes after %s: reached %s', (after, reached) => expect(now(2 + after, step(2, 'Look at the clock.')).timers[0]).toMatchObject({ since: at(2), at: at(7), reached }))
  test('what is written this very moment has begun', () => expect(now(2, step(2, 'Look at the clock.'))).toMatchObject({ beganAt: at(2), timers: [{ since: at(2), reached: false }] }))
  test('done again, it runs from there', () => expect(now(9, step(2, 'Look at the clock.'), step(6, 'Look at the clock.', 'jun')).timers[0]).toMatchObject({ since: at(6), at: at(11), reached: false }))
  test('each waits for its own step, and for no other', () => {
    expect(now(9, step(2, 'Onto the side.')).timers.map(({ timer, at: due }) => [timer.id, due])).toEqual([['two', at(4)]])
    expect(now(9, step(2, 'Look at the clock.')).timers.map(({ timer, at: due }) => [timer.id, due])).toEqual([['five', at(7)]])
  })
  test('a card may have none, and a timer that waits for a step of another card never runs', () => {
    const { timers: _, ...bare } = card
    const lost = { ...card, timers: [{ ...card.timers![0]!, from: 'elsewhere' }] }
    for (const one of [bare, lost]) expect(cardNow(one, written(step(2, 'Look at the clock.')), roles, at(9))).toMatchObject({ beganAt: at(2), timers: [] })
  })
  test('somebody may start the clock before any step: it can be written, and is none of the steps', () => {
    expect(kinds['emergency-step.v1'].body.safeParse({ card: card.id, step: IT_BEGAN }).success).toBe(true)
    expect(now(9, step(2, IT_BEGAN))).toMatchObject({ beganAt: at(2), steps: [{ done: [] }, { done: [] }], timers: [] })
  })
})

test('each step with everybody who did it, in the order of the card', () => {
  const { steps } = now(9, step(6, 'Look at the clock.', 'jun'), step(2, 'Look at the clock.'), step(3, 'Onto the side.', 'rosa', 'vomiting'))
  expect(steps.map(({ step: { id }, done }) => [id, done.map(({ by }) => by)])).toEqual([['time', ['rosa', 'jun']], ['side', []]])
})

test('who said last that they do it, does it', () => {
  expect(now(9, step(2, 'I lead'), step(3, 'I lead', 'jun'), step(4, 'I call')).roles.map(({ role, taken }) => [role.id, taken?.by])).toEqual([['lead', 'jun'], ['call', 'rosa']])
  expect(now(9).roles.map(({ taken }) => taken)).toEqual([undefined, undefined])
})

test('the cards that were begun come newest first, and no other is among them', () => {
  const cards = [{ id: 'seizure' }, { id: 'vomiting' }, { id: 'stroke' }]
  expect(begunCards(cards, written(step(5, 'a', 'rosa', 'vomiting'), step(2, 'b'))).map(({ id }) => id)).toEqual(['vomiting', 'seizure'])
  expect(begunCards(cards, written(step(5, 'a', 'rosa', 'vomiting'), step(8, 'b'))).map(({ id }) => id)).toEqual(['seizure', 'vomiting'])
  expect(begunCards(cards, written(step(5, 'a', 'rosa', 'vomiting'), step(5, 'b'))).map(({ id }) => id), 'begun in one moment: as they hang on the wall').toEqual(['seizure', 'vomiting'])
  expect(begunCards(cards, [])).toEqual([])
})
