import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import { at, begun, clock, SESSION, signature, type Told } from './fixtures.ts'
import { isTaken, isWaiting, lanesOf } from './lanes.ts'
import { maySettle, ownerOf, recordMatters, sayReopened } from './record-matters.ts'
import { readSession } from './session.ts'

const received = (minute: number) => ({ receivedAt: at(minute) })
const closed = () => begun().with((entries) => entries.map((entry) => ({ ...entry, ...received(-50) }))).whole(-3).with((entries) => entries.map((entry) => ({ ...entry, receivedAt: entry.receivedAt ?? at(-3) })))
  .dose(0, 1, 40, { id: 'first', ...received(0) }).reading(10, {}, { id: 'reading', ...received(10) }).on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'close', ...received(31) })
const late = () => closed().reading(20, { systolicMmHg: 171 }, { id: 'high', by: 'jun', device: 'phone', ...received(90) }).dose(15, 2, 20, { id: 'second', by: 'jun', device: 'phone', ...received(91) })
const review = (story: Told, said: readonly [string, 'taken' | 'aside'][], minute = 100, by = 'rosa') =>
  story.on(minute, 'late-reviewed.v1', { reviewed: said.map(([entry, found]) => ({ entry, found, reason: found === 'aside' ? 'Written twice.' : '' })), signature: signature(by, 'Rosa M.', minute) }, { id: `review-${minute}`, by, ...received(minute) })
const read = (story: Told) => {
  const session = readSession(story.chart, SESSION, sessionRowsOf(rulebook), clock(200))
  if (!session.ok) throw new Error(session.refusal)
  return session.value
}
const words = { name: (person: string) => (person === 'jun' ? 'Lee Tan' : person), time: (when: string) => when.slice(11, 16) }
const says = (story: Told) => sayReopened(story.chart, SESSION, words)

describe('what was spoken', () => {
  const spoken = (story: Told, by: string, id: string) => story.on(12, 'spoken-note.v1', { file: { sha256: 'a'.repeat(64), bytes: 400, type: 'audio/webm' }, lengthMs: 9_000 }, { id, by, ...received(12) })
  const written = (story: Told, of: string, by: string) => story.on(95, 'spoken-note-written.v1', { spoken: of, holds: 'words', text: 'She hums.' }, { id: `written ${of} ${by}`, by, ...received(95) })
  const team = [{ person: 'rosa', role: 'therapist' as const }, { person: 'jun', role: 'monitor' as const }]

  test('waits for whoever spoke it, and for nobody else', () => {
    const [matter, ...others] = recordMatters(spoken(spoken(closed(), 'jun', 'one'), 'jun', 'two').chart, words)
    expect([matter, others]).toMatchObject([{ about: 'spoken', says: 'Session 2 holds 2 spoken notes of Lee Tan, not yet written out.' }, []])
    expect([ownerOf(matter!, team)?.person, maySettle(matter!, 'jun', ['monitor']), maySettle(matter!, 'rosa', ['therapist'])]).toEqual(['jun', true, false])
    expect(ownerOf(matter!, team.slice(0, 1))).toBeUndefined()
  })

  test('each author has their own, with the entries it is about; a note of another session is none of this one', () => {
    const two = recordMatters(spoken(spoken(closed(), 'jun', 'one'), 'rosa', 'two').chart, words)
    expect(two.map(({ only, entries, says: said }) => [only, entries, said])).toEqual([
      ['jun', ['one'], 'Session 2 holds 1 spoken note of Lee Tan, not yet written out.'], ['rosa', ['two'], 'Session 2 holds 1 spoken note of rosa, not yet written out.'],
    ])
    const elsewhere = closed().on(12, 'spoken-note.v1', { file: { sha256: 'a'.repeat(64), bytes: 400, type: 'audio/webm' }, lengthMs: 9_000 }, { id: 'one', by: 'jun', session: 'another', ...received(12) })
    expect(recordMatters(elsewhere.chart, words)).toEqual([])
  })

  test.each(['therapist', 'prescriber', 'monitor'] as const)('its author sees to it, also as a %s alone', (role) => {
    expect(ownerOf({ about: 'spoken', not: undefined, only: 'jun' }, [{ person: 'rosa', role: 'therapist' }, { person: 'jun', role }])).toEqual({ person: 'jun', role })
  })

  test('written out after the close it belongs to the record, and waits no more; in another hand it still waits', () => {
    const story = written(spoken(closed(), 'jun', 'one'), 'one', 'jun')
    expect([recordMatters(story.chart, words), read(story).late]).toEqual([[], []])
    expect(recordMatters(written(spoken(closed(), 'jun', 'one'), 'one', 'rosa').chart, words).map(({ about }) => about)).toEqual(['spoken'])
  })
})

describe('what came after the close', () => {
  test.each<[string, Told, string | undefined, readonly string[], number | undefined]>([
    ['waits, and opens the record again', late(), 'reopened for review: 2 entries arrived after closing, at 19:30 from Lee Tan’s device.', ['reading'], 40_000],
    ['taken in, both', review(late(), [['high', 'taken'], ['second', 'taken']]), undefined, ['reading', 'high'], 60_000],
    ['one taken in', review(late(), [['high', 'taken']]), 'reopened for review: 1 entry arrived after closing, at 19:31 from Lee Tan’s device.', ['reading', 'high'], 40_000],
    ['left aside with a reason', review(late(), [['high', 'aside'], ['second', 'aside']]), undefined, ['reading'], 40_000],
    ['looked at once more: the newest word counts', review(review(late(), [['high', 'taken'], ['second', 'taken']]), [['second', 'aside']], 110), undefined, ['reading', 'high'], 40_000],
    ['a word about another entry', review(late(), [['nowhere', 'taken']]), 'reopened for review: 2 entries arrived after closing, at 19:30 from Lee Tan’s device.', ['reading'], 40_000],
  ])('%s', (_, story, reopened, readings, totalUg) => {
    const session = read(story)
    expect(says(story)).toBe(reopened)
    expect(session.vitals.map(({ id }) => id).filter((id) => id === 'reading' || id === 'high').toReversed()).toEqual(readings)
    expect(session.doses.totalUg).toBe(totalUg)
    expect(session.late.map(({ entry }) => entry.id).toSorted(), 'marked late for good').toEqual(['high', 'second'])
    expect(recordMatters(story.chart, words).map((matter) => matter.about)).toEqual(reopened === undefined ? [] : ['late'])
  })

  test('who looked at it, and why, stands with it', () => {
    const [high, second] = read(review(late(), [['high', 'taken'], ['second', 'aside']])).late.toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1))
    expect([high!.review?.by.by, isTaken(high!), isWaiting(high!)]).toEqual(['rosa', true, false])
    expect([second!.review?.found, second!.review?.reason, isTaken(second!)]).toEqual(['aside', 'Written twice.', false])
  })

  test('a late correction takes the place of what it corrects only once it was taken in', () => {
    const story = closed().reading(10, { systolicMmHg: 181 }, { id: 'right', amends: 'reading', ...received(90) })
    const standing = (one: Told) => read(one).vitals.filter(({ id }) => id === 'reading' || id === 'right').map(({ id }) => id)
    expect([standing(story), standing(review(story, [['right', 'taken']])), standing(review(story, [['right', 'aside']]))]).toEqual([['reading'], ['right'], ['reading']])
  })

  test('what was taken in goes on standing, marked late, while a later correction of it waits', () => {
    const story = review(closed().reading(10, { systolicMmHg: 181 }, { id: 'right', amends: 'reading', ...received(90) }), [['right', 'taken']]).reading(10, { systolicMmHg: 118 }, { id: 'again', amends: 'right', ...received(120) })
    const standing = (one: Told) => [read(one).vitals.filter(({ id }) => ['reading', 'right', 'again'].includes(id)).map(({ id }) => id), read(one).late.map(({ entry, review }) => [entry.id, review?.found])]
    expect(standing(story)).toEqual([['right'], [['again', undefined], ['right', 'taken']]])
    expect(standing(review(story, [['again', 'taken']], 130))).toEqual([['again'], [['again', 'taken']]])
    expect(standing(review(story, [['right', 'aside'], ['again', 'aside']], 130))).toEqual([['reading'], [['again', 'aside']]])
  })

  test('several devices are named each, with their first moment', () => {
    expect(says(late().reading(25, {}, { id: 'other', by: 'ada', device: 'tablet-2', ...received(95) }))).toBe('reopened for review: 3 entries arrived after closing, at 19:30 from Lee Tan’s device and at 19:35 from ada’s device.')
  })

  test('who sees to it, and who may', () => {
    const team = [{ person: 'jun', role: 'monitor' as const }, { person: 'rosa', role: 'therapist' as const }, { person: 'osei', role: 'prescriber' as const }]
    expect([ownerOf({ about: 'late', not: undefined }, team)?.person, ownerOf({ about: 'paper', not: 'jun' }, team)?.person, ownerOf({ about: 'paper', not: 'rosa' }, team)?.person, ownerOf({ about: 'paper', not: 'rosa' }, team.slice(1, 2))]).toEqual(['rosa', 'rosa', 'jun', undefined])
    expect([maySettle({ about: 'late', not: undefined }, 'jun', ['monitor']), maySettle({ about: 'late', not: undefined }, 'rosa', ['therapist']), maySettle({ about: 'paper', not: 'rosa' }, 'rosa', ['therapist']), maySettle({ about: 'paper', not: 'jun' }, 'osei', ['prescriber']), maySettle({ about: 'paper', not: 'jun' }, 'cora', ['coordinator'])]).toEqual([false, true, false, true, false])
  })

  test('nothing comes in by itself, and nothing is lost: every entry is in the record or in the late lane, whatever was said about it', () => {
    const said = fc.array(fc.tuple(fc.constantFrom('high', 'second', 'note', 'nowhere'), fc.constantFrom<'taken' | 'aside'>('taken', 'aside')), { minLength: 1, maxLength: 4 })
    fc.assert(fc.property(fc.array(said, { maxLength: 3 }), (reviews) => {
      const story = reviews.reduce((so, one, place) => review(so, one, 100 + place), late().on(25, 'session-note.v1', { text: 'A thought.' }, { id: 'note', by: 'jun', device: 'phone', ...received(92) }))
      const lanes = lanesOf(story.chart, SESSION)!
      for (const entry of story.entries.filter(({ session }) => session === SESSION)) {
        const word = reviews.flat().findLast(([id]) => id === entry.id)?.[1]
        const isLate = ['high', 'second', 'note'].includes(entry.id)
        expect([lanes.late.some((one) => one.entry.id === entry.id), lanes.main.list.some(({ id }) => id === entry.id)], entry.id).toEqual([isLate, !isLate || word === 'taken'])
      }
    }))
  })
})
