import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, told, type Told } from '../session/fixtures.ts'
import { photoAt, photoNow } from './photo.ts'

const file = (letter: string) => ({ sha256: letter.repeat(64), bytes: 400, type: 'image/jpeg' as const })
const taken = (story: Told, at: number, id: string) => story.on(at, 'photo-taken.v1', { file: file('a'), agreed: 'aloud' }, { id })
const back = (story: Told, at: number, photo: string, id = `back of ${photo}`) => story.on(at, 'photo-taken-back.v1', { photo, why: 'asked', said: '' }, { id })
const now = (story: Told) => { const one = photoNow(story.chart); return one.state === 'none' ? 'none' : `${one.state} ${one.photo.id}` }

describe('the photo that counts', () => {
  test.each<[string, Told, string]>([
    ['nobody took one', told([]), 'none'], ['one', taken(told([]), 0, 'first'), 'there first'], ['a newer one takes its place', taken(taken(told([]), 0, 'first'), 10, 'second'), 'there second'],
    ['taken back', back(taken(told([]), 0, 'first'), 10, 'first'), 'taken-back first'], ['taken back, and no older one comes forward', back(taken(taken(told([]), 0, 'first'), 10, 'second'), 20, 'second'), 'taken-back second'],
    ['an older one taken back, after a newer was taken', back(taken(taken(told([]), 0, 'first'), 10, 'second'), 20, 'first'), 'taken-back second'],
    ['an older one taken back, before a newer was taken', taken(back(taken(told([]), 0, 'first'), 5, 'first'), 10, 'second'), 'there second'],
    ['taken back by a device whose clock is behind', back(taken(told([]), 10, 'first'), 0, 'first'), 'taken-back first'],
  ])('%s', (_, story, expected) => expect(now(story)).toBe(expected))

  test.each<[string, Told, number, string | undefined]>([
    ['before anybody took one', taken(told([]), 10, 'first'), 9, undefined], ['at that minute', taken(told([]), 10, 'first'), 10, 'first'], ['between two', taken(taken(told([]), 10, 'first'), 30, 'second'), 20, 'first'],
    ['before it was taken back', back(taken(told([]), 10, 'first'), 30, 'first'), 20, 'first'], ['after it was taken back', back(taken(told([]), 10, 'first'), 30, 'first'), 40, undefined],
  ])('the photo on record then: %s', (_, story, minute, expected) => expect(photoAt(story.chart, at(minute))?.id).toBe(expected))

  test('once taken back it is never shown, whatever comes in whatever order, except by a new photo', () => {
    const acts = fc.array(fc.record({ at: fc.integer({ min: 0, max: 100 }), takes: fc.boolean() }), { maxLength: 8 })
    fc.assert(fc.property(acts, fc.integer({ min: 0, max: 100 }), (before, at) => {
      const story = before.reduce((so, one, place) => (one.takes ? taken(so, one.at, `photo ${place}`) : back(so, one.at, `photo ${place - 1}`, `back ${place}`)), told([]))
      const shown = photoNow(story.chart)
      if (shown.state !== 'there') return
      const after = photoNow(back(story, at, shown.photo.id, 'the last word').chart)
      expect(after.state).toBe('taken-back')
    }))
  })
})
