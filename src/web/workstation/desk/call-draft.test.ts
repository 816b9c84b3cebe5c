import { describe, expect, it } from 'vitest'
import { unanswered } from '../../../core/matching/call-sheet.ts'
import { callSheet } from '../../../knowledge/call-sheet.ts'
import { answerWords, draftOf, fromForm, preferencesWith } from './call-draft.ts'

const open = { conditions: [], approaches: [], modality: 'either', days: [], partOfDay: [], language: 'en', therapistWish: '', currentClient: false, sitsIn: '' } as const
const preferences = (more: object = {}) => ({ ...open, conditions: [] as string[], approaches: [] as string[], days: [] as number[], partOfDay: [] as ('morning' | 'afternoon' | 'evening')[], ...more })
const question = (id: string) => callSheet.find((one) => one.id === id)!

describe('what the form already answered', () => {
  it.each([
    ['nothing filled in: everything is asked', {}, '', {}],
    ['words about what brings them', {}, 'Low for two years', { 'what-brings': 'Low for two years' }],
    ['two conditions', { conditions: ['depression', 'ptsd'] }, '', { conditions: 'depression,ptsd' }],
    ['two ways of working', { approaches: ['cbt', 'emdr'] }, '', { approach: 'cbt,emdr' }],
    ['either place is what the form says of those who left it open', { modality: 'either' }, '', {}],
    ['online', { modality: 'online' }, '', { place: 'online' }],
    ['two days', { days: [2, 4] }, '', { days: '2,4' }],
    ['English is what the form says of those who left it open', { language: 'en' }, '', {}],
    ['Spanish', { language: 'es' }, '', { language: 'es' }],
    ['a client here', { currentClient: true }, '', { 'current-client': 'here' }],
  ])('%s', (_, more, message, expected) => {
    expect(fromForm({ message, preferences: preferences(more) }, callSheet)).toEqual(expected)
  })

  it('leaves what only a voice can answer to the call', () => {
    const all = fromForm({ message: 'Words', preferences: preferences({ conditions: ['depression'], modality: 'online', currentClient: true }) }, callSheet)
    expect(unanswered(callSheet, all)).toEqual(['right-moment', 'today'])
  })
})

describe('what the call says for the match', () => {
  it.each([
    ['a place said on the phone wins', { place: 'in-person' }, { modality: 'in-person' }],
    ['a place that was not asked stays', {}, { modality: 'online' }],
    ['days', { days: '1,5' }, { days: [1, 5] }],
    ['a way of working', { approach: 'cbt' }, { approaches: ['cbt'] }],
    ['a way of working that was not asked stays', {}, { approaches: ['emdr'] }],
    ['a way of working taken back', { approach: '' }, { approaches: [] }],
    ['days taken back', { days: '' }, { days: [] }],
    ['in care elsewhere is not in care here', { 'current-client': 'elsewhere' }, { currentClient: false }],
    ['in care here', { 'current-client': 'here' }, { currentClient: true }],
  ])('%s', (_, answers, expected) => {
    expect(preferencesWith(preferences({ modality: 'online', days: [2], approaches: ['emdr'] }), answers, callSheet)).toMatchObject(expected)
  })

  it('takes over what the form said, unchanged, when nothing else was said', () => {
    const said = preferences({ conditions: ['ptsd'], approaches: ['somatic'], modality: 'online', days: [2], partOfDay: ['evening'], language: 'es', therapistWish: 'a woman', currentClient: true })
    expect(preferencesWith(said, fromForm({ message: '', preferences: said }, callSheet), callSheet)).toEqual(said)
  })
})

describe('an answer in words', () => {
  it.each([
    ['days', '2,4', 'Tuesday, Thursday'],
    ['place', 'either', 'Either'],
    ['what-brings', 'Low, and tired', 'Low, and tired'],
    ['days', undefined, ''],
  ])('%s %s', (id, value, words) => expect(answerWords(question(id), value)).toBe(words))

  it('keeps several answers apart by a comma, which no answer holds', () => {
    for (const { answer } of callSheet) if (answer.kind !== 'words') for (const { value } of answer.choices) expect(value).not.toContain(',')
  })
})

it('goes on where the call was left', () => {
  const call = { startedAt: '2026-11-21T17:00:00.000Z', endedAt: null, answers: { place: 'online' }, outcome: null, note: 'Speaks softly.' }
  expect(draftOf({ message: 'Low', preferences: preferences({ modality: 'in-person' }), call }, callSheet)).toEqual({ ...call, answers: { 'what-brings': 'Low', place: 'online' } })
})
