import { describe, expect, test } from 'vitest'
import type { BodyOf } from '../chart/kinds.ts'
import { at, begun, SESSION, signature, type Told } from './fixtures.ts'
import { comparedIn, marksOf, sayHand, sayMark, transcribable, transcriptions, type Compared } from './transcribed.ts'

type Said = BodyOf<'transcription-checked.v1'>['compared'][number]
const name = (person: string) => ({ rosa: 'Rosa M.', jun: 'Jun L.' })[person] ?? person
const live = begun().reading(10, {}, { id: 'reading' }).reading(20, {}, { id: 'other' })
const typed = (story: Told = live, lines: readonly string[] = ['reading', 'other'], id = 'paper', session = SESSION) =>
  story.on(60, 'session-transcribed.v1', { wrote: 'Jun L.', why: 'No power.', edition: 'test', lines: lines.map((entry) => ({ entry, by: 'Jun L.' })), unmet: [] }, { id, session })
const check = (compared: readonly Said[], story: Told = typed(), minute = 70, extra: object = {}, of = 'paper') =>
  story.on(minute, 'transcription-checked.v1', { transcription: of, unmet: [], signature: signature('jun', 'Jun L.', minute), compared: [...compared] }, { by: 'jun', ...extra })
const agrees = (...entries: readonly string[]): Said[] => entries.map((entry) => ({ entry, found: 'agrees', says: '' }))
const state = (story: Told) => comparedIn(story.chart, SESSION)
const lines = (story: Told) => transcriptions(story.chart)[0]!.lines.map((line) => [line.entry.id, line.state, line.says])

test('what may be typed is what stands on the paper of a session, and nothing that somebody signs or that a start or a gate rests on', () => {
  expect(transcribable.toSorted()).toEqual([
    'checked-in.v1', 'checked-out.v1', 'comfort.v1', 'discharge-assessed.v1', 'dose-confirmed.v1', 'dose-ended.v1', 'dose-given.v1', 'dose-prepared.v1', 'emergency-step.v1', 'escort-arrived.v1', 'identity-checked.v1', 'mental-status.v1',
    'music.v1', 'photo-compared.v1', 'rating.v1', 'rescue-given.v1', 'session-closed.v1', 'session-note.v1', 'side-effect.v1', 'signal.v1', 'symptom.v1', 'vitals-missed.v1', 'vitals.v1',
  ])
})

describe('a transcription is compared when every line of it is', () => {
  test.each<[string, () => Told, Compared | 'none']>([
    ['both lines', () => check(agrees('reading', 'other')), 'checked'], ['one line', () => check(agrees('reading')), 'unchecked'],
    ['a line that is not on this copy, whatever the others are', () => check(agrees('reading', 'other'), typed(live, ['reading', 'other', 'elsewhere'])), 'unchecked'], ['no line is on this copy', () => check(agrees('elsewhere'), typed(live, ['elsewhere'])), 'unchecked'],
    ['a check that was written in another session', () => check(agrees('reading', 'other'), typed(), 70, { session: 'another' }), 'unchecked'],
    ['put right by an entry that stands', () => check([{ entry: 'reading', found: 'corrected', by: 'right', says: '' }, ...agrees('other')], typed().reading(10, {}, { id: 'right', amends: 'reading', by: 'jun' })), 'checked'],
    ['put right by one that is not on this copy: what was typed still stands', () => check([{ entry: 'reading', found: 'corrected', by: 'right', says: '' }, ...agrees('other')]), 'unchecked'], ['struck out by one that is not', () => check([{ entry: 'reading', found: 'struck', by: 'note', says: 'Not there.' }, ...agrees('other')]), 'unchecked'],
    ['two transcriptions, one of them compared', () => typed(check(agrees('reading'), typed(live, ['reading'])), ['other'], 'paper-2'), 'unchecked'],
    ['two, and one differs', () => check([{ entry: 'other', found: 'differs', says: 'x' }], typed(check(agrees('reading'), typed(live, ['reading'])), ['other'], 'paper-2'), 80, {}, 'paper-2'), 'differs'],
    ['two, one differs and one waits', () => typed(check([{ entry: 'reading', found: 'differs', says: 'x' }], typed(live, ['reading'])), ['other'], 'paper-2'), 'unchecked'],
    ['one of another session says nothing about this one', () => typed(live, ['reading'], 'paper-2', 'another'), 'none'],
  ])('%s', (_, story, expected) => {
    expect(state(story())).toBe(expected)
  })

  test('what was said of each line stands with it; nothing where nobody has said anything', () => {
    expect(lines(check([{ entry: 'other', found: 'differs', says: 'The paper says 9:05.' }]))).toEqual([['reading', 'unchecked', ''], ['other', 'differs', 'The paper says 9:05.']])
  })

  test('one chart is read once, however often it is asked', () => {
    const { chart } = typed()
    expect([transcriptions(chart) === transcriptions(chart), marksOf(chart) === marksOf(chart)]).toEqual([true, true])
  })
})

describe('whose hand it was', () => {
  const hand = (story: Told, entry = 'reading') => sayHand(marksOf(story.chart).get(entry)!, name)
  test.each<[string, () => Told, string]>([
    ['nobody has compared it', () => typed(), 'Jun L. (transcribed, not yet checked: typed by Rosa M.)'], ['compared', () => check(agrees('reading')), 'Jun L. (transcribed: typed by Rosa M., checked by Jun L.)'],
    ['it differs: whoever found that has not checked it', () => check([{ entry: 'reading', found: 'differs', says: 'x' }]), 'Jun L. (transcribed, differs from the paper: typed by Rosa M.)'],
    ['the paper names nobody', () => typed().with((entries) => entries.map((entry) => (entry.kind === 'session-transcribed.v1' ? { ...entry, body: { ...entry.body, lines: entry.body.lines.map((line) => ({ ...line, by: '' })) } } : entry))), 'not named on the paper (transcribed, not yet checked: typed by Rosa M.)'],
  ])('%s', (_, story, says) => {
    expect(hand(story())).toBe(says)
  })

  test('a checked line whose checker is not known names none', () => {
    expect(sayHand({ transcription: 'paper', paperBy: 'Jun L.', typedBy: 'rosa', typedAt: at(60), state: 'checked' }, name)).toBe('Jun L. (transcribed: typed by Rosa M.)')
  })

  test('in two or three words, what was put right and what was struck out with the version it took the place of', () => {
    const right = check([{ entry: 'reading', found: 'corrected', by: 'right', says: '' }, { entry: 'other', found: 'struck', by: 'note', says: 'Not there.' }], typed().reading(10, {}, { id: 'right', amends: 'reading', by: 'jun' }).on(20, 'session-note.v1', { text: 'Not there.' }, { id: 'note', amends: 'other', by: 'jun' }))
    expect(['reading', 'right', 'other', 'note'].map((id) => sayMark(marksOf(right.chart).get(id)!))).toEqual(['transcribed', 'transcribed', 'transcribed', 'transcribed'])
    expect(hand(right, 'right')).toBe('Jun L. (transcribed: typed by Jun L., checked by Jun L.)')
  })
})
