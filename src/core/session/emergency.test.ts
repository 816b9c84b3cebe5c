import { describe, expect, test } from 'vitest'
import type { EmergencyCard, EmergencyRole } from './cards.ts'
import { begunCards, cardNow } from './emergency.ts'
import { at, told, type Told } from './fixtures.ts'

const card = { id: 'seizure', steps: [{ id: 'time', says: 'Look at the clock.' }, { id: 'side', says: 'Onto the side.' }], timers: [{ id: 'five', from: 'time', afterMin: 5, says: 'Does it go on?' }] } as unknown as EmergencyCard
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
  test('done again, it runs from there', () => expect(now(9, step(2, 'Look at the clock.'), step(6, 'Look at the clock.', 'jun')).timers[0]).toMatchObject({ since: at(6), at: at(11), reached: false }))
  test('it waits for its own step, and for no other', () => expect(now(9, step(2, 'Onto the side.')).timers).toEqual([]))
})

test('who said last that they do it, does it', () => {
  expect(now(9, step(2, 'I lead'), step(3, 'I lead', 'jun'), step(4, 'I call')).roles.map(({ role, taken }) => [role.id, taken?.by])).toEqual([['lead', 'jun'], ['call', 'rosa']])
  expect(now(9).roles.map(({ taken }) => taken)).toEqual([undefined, undefined])
})

test('the cards that were begun come newest first, and no other is among them', () => {
  const cards = [{ id: 'seizure' }, { id: 'vomiting' }, { id: 'stroke' }]
  expect(begunCards(cards, written(step(5, 'a', 'rosa', 'vomiting'), step(2, 'b'))).map(({ id }) => id)).toEqual(['vomiting', 'seizure'])
  expect(begunCards(cards, written(step(5, 'a', 'rosa', 'vomiting'), step(8, 'b'))).map(({ id }) => id)).toEqual(['seizure', 'vomiting'])
  expect(begunCards(cards, [])).toEqual([])
})
