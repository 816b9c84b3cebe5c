import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import type { Instrument } from './instrument.ts'
import { formHere, formState, withCopy, type FormChoice, type FormCopy } from './own-copy.ts'
import { score } from './score.ts'
import { copyFor } from './testing/own-copy.ts'

const { isi, peg, audit, 'dast-10': dast, 'phq-9': phq9, itq, 'pq-16': pq16 } = instruments
const skeletons = (Object.values(instruments) as readonly Instrument[]).filter(({ licence }) => licence.text === 'from-practice')

test.each(skeletons.map((row) => [row.id, row] as const))('%s takes words that fit it, and counts as before', (_, row) => {
  const read = withCopy(row, copyFor(row))
  if (!read.ok) throw new Error(read.refusal.message)
  expect(read.value.items.map(({ text }) => text)).toEqual(row.items.map(({ id }) => `Sample words of ${id}`))
  expect(JSON.stringify(read.value.scoring)).toBe(JSON.stringify(row.scoring))
  const answers = Object.fromEntries(row.items.map(({ id, answer }) => [id, answer.kind === 'choice' ? answer.options.at(-1)!.value : answer.kind === 'slider' ? answer.max : 1]))
  expect(score(read.value, answers)).toEqual(score(row, answers))
})

describe('words that do not fit are refused by their place', () => {
  const without = (row: Instrument, id: string) => copyFor(row, { items: Object.fromEntries(row.items.filter((item) => item.id !== id).map((item) => [item.id, 'words'])) })
  test.each<[string, Instrument, unknown, string | undefined]>([
    ['no object', isi, 'words', undefined], ['another form', isi, copyFor(audit), 'instrument'], ['a form that has its words', phq9, copyFor(phq9), 'instrument'], ['another version', isi, copyFor(isi, { version: '1999' }), 'version'],
    ['no licence', isi, copyFor(isi, { licence: ' ' }), 'licence'], ['a field too many', isi, copyFor(isi, { scoring: 'sum' }), 'scoring'], ['no such language', isi, copyFor(isi, { language: 'English' }), 'language'],
    ['a question without words', isi, without(isi, 'q4'), 'items.q4'], ['an empty question', isi, copyFor(isi, { items: { ...(copyFor(isi)['items'] as object), q1: '' } }), 'items.q1'], ['a question too many', isi, copyFor(isi, { items: { ...(copyFor(isi)['items'] as object), q8: 'more' } }), 'items.q8'],
    ['an answer without words', isi, copyFor(isi, { answers: { 0: 'a', 1: 'b', 2: 'c', 3: 'd' } }), 'answers.4'], ['one question’s own answers, one missing', audit, copyFor(audit, { answersOf: { q9: { 0: 'no', 4: 'yes' } } }), 'answersOf.q9.2'],
    ['an answer that the question does not have', audit, copyFor(audit, { answersOf: { q9: { 0: 'no', 1: 'once', 2: 'some', 4: 'yes' } } }), 'answersOf.q9.1'], ['a line without ends', peg, copyFor(peg, { ends: undefined }), 'ends'], ['answers of a question that is not there', itq, copyFor(itq, { answersOf: { x: { 0: 'a' } } }), 'items.x'],
    ['a name that every object has', pq16, copyFor(pq16, { answersOf: { toString: { 0: 'a' } } }), 'items.toString'],
  ])('%s', (_, row, copy, key) => {
    const read = withCopy(row, copy)
    expect(read.ok ? 'taken' : read.refusal.key).toBe(key)
  })
})

describe('where a form stands', () => {
  const signed = (instrument: Instrument, kind: FormChoice['kind'], more: Partial<FormChoice> = {}): FormChoice => ({ instrument: instrument.id, version: instrument.version, kind, statement: kind === 'condition' ? (instrument.licence.condition ?? '') : 'x', copy: kind === 'copy' ? (copyFor(instrument) as FormCopy) : null, by: 'Dina', at: 'x', ...more })
  const missing = (row: Instrument, ...choices: FormChoice[]) => formState(row, choices).missing
  test.each<[string, Instrument, FormChoice[], readonly string[]]>([
    ['free and here', phq9, [], []], ['open, but its words are not here', itq, [], ['copy']], ['on a condition', dast, [], ['condition', 'copy']],
    ['accepted, no copy', dast, [signed(dast, 'condition')], ['copy']], ['a copy, not accepted', dast, [signed(dast, 'copy')], ['condition']], ['both', dast, [signed(dast, 'copy'), signed(dast, 'condition')], []],
    ['about another form', dast, [signed(audit, 'condition'), signed(audit, 'copy')], ['condition', 'copy']], ['a clause that reads otherwise now', dast, [signed(dast, 'condition', { statement: 'an older clause' }), signed(dast, 'copy')], ['condition']],
    ['words for an older version', isi, [signed(isi, 'copy', { version: '2020-1' })], ['copy']], ['stopped', isi, [signed(isi, 'copy'), signed(isi, 'stopped')], ['copy']], ['stopped and loaded again', isi, [signed(isi, 'copy'), signed(isi, 'stopped'), signed(isi, 'copy')], []],
  ])('%s', (_, row, choices, expected) => expect(missing(row, ...choices)).toEqual(expected))

  test('the newest copy is what is read, and nothing is while anything is missing', () => {
    const later = signed(isi, 'copy', { copy: copyFor(isi, { stem: 'Newer:' }) as FormCopy })
    expect(formHere(isi, [signed(isi, 'copy'), later])?.stem).toBe('Newer:')
    expect(formHere(isi, [])).toBeUndefined()
    expect(formHere(isi, [signed(isi, 'copy', { copy: { ...(copyFor(isi) as FormCopy), items: {} } })])).toBeUndefined()
    expect(formHere(phq9, [])).toBe(phq9)
  })
})
