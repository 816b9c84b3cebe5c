import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { textDigests } from '../../knowledge/instruments/text-digests.ts'
import { bodyOf, givenFrom, helpLevel } from './given.ts'
import { wordsKey, wordsOf } from './words.ts'

test('an answer keeps the version, the language and a digest of the words that were read', () => {
  const phq2 = instruments['phq-2']
  expect(bodyOf(phq2, { q1: 1 }, '2026-11-23T10:00:00.000Z', { textSha256: textDigests[wordsKey(phq2)] })).toEqual({
    instrument: 'phq-2', version: phq2.version, language: 'en', textSha256: createHash('sha256').update(wordsOf(phq2)).digest('hex'),
    answers: { q1: 1, q2: null }, answeredBy: 'patient', startedAt: '2026-11-23T10:00:00.000Z',
  })
})

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['as a form sends it', { q1: '2', q9: '0' }, { q1: 2, q9: 0 }],
  ['what the item does not have is no answer', { q1: '4', q2: '-1', q3: '1.5', q4: 'yes', q5: '', q6: ['1', '2'], q7: null, q8: true }, {}],
  ['what the form does not have stays outside', { q99: '1', constructor: '1' }, {}],
])('text is read item by item: %s', (_, sent, given) => expect(givenFrom(instruments['phq-9'], sent)).toEqual(given))

test('how far answers speak of death or self-harm', () => expect([{}, { q9: 0 }, { q9: 1 }, { q9: 3, q1: 3 }, { q1: 3 }].map((given) => helpLevel(instruments['phq-9'], given))).toEqual([0, 0, 1, 3, 0]))
