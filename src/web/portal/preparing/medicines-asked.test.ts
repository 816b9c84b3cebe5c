import { expect, test } from 'vitest'
import { sinceWords, writtenMedicines } from './MedicinesAsked.tsx'

const since = '2026-11-23T08:00:00.000Z'
const asked = [{ medicine: 'lorazepam', since, rows: [] }, { medicine: 'anything else', since, rows: [] }]

test.each([
  ['nothing answered: nothing is written, and nothing is wrong', {}, 0, false], ['half of it: nothing is written, and it is said', { lorazepam: 'no' }, 0, true],
  ['all of it', { lorazepam: 'as-needed', 'anything else': 'not-known' }, 1, false], ['a medicine that is not asked about any more', { gabapentin: 'no' }, 0, false],
] as const)('%s', (_, said, written, wrong) => {
  const { facts, problem } = writtenMedicines(asked, said)
  expect([facts.length, problem !== undefined]).toEqual([written, wrong])
})

test('each with the moment it was asked from', () => {
  expect(writtenMedicines(asked, { lorazepam: 'as-needed', 'anything else': 'no' }).facts).toEqual([
    { kind: 'fact.v1', body: { fact: 'medicinesOnTheDay', state: 'answered', value: [{ medicine: 'lorazepam', since, taken: 'as-needed' }, { medicine: 'anything else', since, taken: 'no' }] } },
  ])
})

test.each([
  ['the beginning of yesterday', '2026-11-22T08:00:00.000Z'], ['the beginning of today', '2026-11-23T08:00:00.000Z'], ['yesterday at 8:00 AM', '2026-11-22T16:00:00.000Z'], ['the beginning of Friday, November 20', '2026-11-20T08:00:00.000Z'],
])('from when on it is asked: %s', (words, since) => expect(sinceWords(since, '2026-11-23T16:00:00.000Z', 'America/Los_Angeles')).toBe(words))
