import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { wordsOf } from '../../../core/measures/words.ts'
import { instruments } from '../../../knowledge/instruments.ts'
import { bodyOf } from './answers.ts'

test('an answer keeps the version, the language and a digest of the words that were read', () => {
  const phq2 = instruments['phq-2']
  expect(bodyOf(phq2, { q1: 1 }, '2026-11-23T10:00:00.000Z')).toEqual({
    instrument: 'phq-2', version: phq2.version, language: 'en', textSha256: createHash('sha256').update(wordsOf(phq2)).digest('hex'),
    answers: { q1: 1, q2: null }, answeredBy: 'patient', startedAt: '2026-11-23T10:00:00.000Z',
  })
})
