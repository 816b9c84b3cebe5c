import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instruments } from '../../../knowledge/instruments.ts'
import type { Counting } from '../../measures/counting.ts'
import type { AnswerScale, Instrument } from '../../measures/instrument.ts'
import { loincNotice, ORDINAL_VALUE } from '../codes.ts'
import { readQuestionnaires } from './read.ts'
import { copyrightOf, DEFINITION, writeQuestionnaire } from './write.ts'

const library = Object.values(instruments) as readonly Instrument[]
const travelled = (instrument: Instrument): unknown => JSON.parse(JSON.stringify(writeQuestionnaire(instrument)))
const read = (input: unknown) => { const answer = readQuestionnaires(input); return answer.ok ? answer.value : answer.refusal }

test.each(library.map((row) => [row.id, row] as const))('%s leaves and comes back the same row', (_, row) => {
  const [back] = read(travelled(row)) as readonly Instrument[]
  expect(back).toEqual(JSON.parse(JSON.stringify(row)))
})

const text = fc.string({ minLength: 1, maxLength: 40 }).filter((words) => words.trim() !== '')
const scale: fc.Arbitrary<AnswerScale> = fc.oneof(
  fc.constant<AnswerScale>({ kind: 'yes-no' }), fc.record({ min: fc.nat(3), more: fc.integer({ min: 1, max: 90 }), low: text, high: text }).map(({ min, more, low, high }): AnswerScale => ({ kind: 'slider', min, max: min + more, low, high })),
  fc.uniqueArray(fc.nat(100), { minLength: 1, maxLength: 6 }).chain((values) => fc.tuple(...values.map(() => text)).map((words): AnswerScale => ({ kind: 'choice', options: values.map((value, place) => ({ value, text: words[place]! })) }))),
)
const anyRow: fc.Arbitrary<Instrument> = fc.record({ scales: fc.array(fc.tuple(scale, text, fc.boolean()), { minLength: 1, maxLength: 8 }), base: fc.constantFrom(...library), kind: fc.constantFrom('sum', 'mean', 'highest', 'count', 'none'), stem: fc.option(text, { nil: undefined }), gate: fc.boolean() }).map(({ scales, base, kind, stem, gate }) => {
  const items = scales.map(([answer, words, required], place) => ({ id: `i${place}`, text: words, answer, required, ...(gate && place > 0 && { askedWhen: { item: 'i0', is: firstOf(scales[0]![0]) } }) }))
  const ids = items.map(({ id }) => id)
  const counting: Counting | { kind: 'none' } = kind === 'none' ? { kind } : kind === 'highest' ? { kind, groups: [ids] } : kind === 'count' ? { kind, items: ids, from: 2 } : kind === 'sum' ? { kind, items: ids, reversed: [ids[0]!], times: 4 } : { kind: 'mean', items: ids, mayMiss: 1 }
  const { stem: _stem, risk: _risk, flags: _flags, findings: _findings, ...rest } = base
  return { ...rest, ...(stem !== undefined && { stem }), items, scoring: { ...counting, subscales: { part: { kind: 'sum', items: ids } } }, findings: [{ id: 'f', says: 'a finding', when: { any: [{ score: 'part', atLeast: 1 }, { not: { items: ids, from: 1, howMany: 1 } }] } }] }
})
const firstOf = (answer: AnswerScale) => (answer.kind === 'yes-no' ? 1 : answer.kind === 'slider' ? answer.min : answer.options[0]!.value)

test('whatever questions, answers, gates and ways of counting a row has, writing and reading gives the row again', () => {
  fc.assert(fc.property(anyRow, (row) => { expect(read(travelled(row))).toEqual([JSON.parse(JSON.stringify(row))]) }), { numRuns: 120 })
})

describe('what other systems find in it', () => {
  const phq9 = writeQuestionnaire(instruments['phq-9']) as unknown as { item: { linkId: string; type: string; answerOption?: { valueCoding: { code: string; extension: { url: string; valueDecimal: number }[] } }[] }[]; code: { code: string }[]; copyright: string }
  test('the codes and the worth of every answer, and the notice that goes with the codes', () => {
    expect(phq9.code).toEqual([{ system: 'http://loinc.org', code: '44249-1', display: 'PHQ-9' }])
    expect(phq9.item[9]).toMatchObject({ linkId: '/44260-8', type: 'choice' })
    expect(phq9.item[9]!.answerOption!.map(({ valueCoding: { code, extension: [worth] } }) => [code, worth])).toEqual([['LA6568-5', 0], ['LA6569-3', 1], ['LA6570-1', 2], ['LA6571-9', 3]].map(([code, valueDecimal]) => [code, { url: ORDINAL_VALUE, valueDecimal }]))
    expect(phq9.copyright).toContain(loincNotice)
  })
  test('whose it is, on what condition, and that the wording of a skeleton is not there', () => {
    expect(copyrightOf(instruments['core-10'])).not.toContain('LOINC')
    expect(copyrightOf(instruments['dast-10'])).toMatch(/^Skinner.*Condition: We give credit.*wording is not part/s)
    for (const row of library.filter(({ licence, id }) => licence.text === 'from-practice' && id !== 'c-ssrs')) for (const { text: words } of row.items) expect(words).toMatch(/^(Question|Event) /)
  })
})

describe('what does not fit is refused by its place, and nothing of the file is taken', () => {
  type Form = { extension: { url: string; valueString: string }[]; item: Record<string, any>[]; [key: string]: any } // eslint-disable-line typescript/no-explicit-any
  const of = (row: Instrument, change: (form: Form) => void): unknown => { const form = travelled(row) as Form; change(form); return form }
  const { 'phq-9': phq9, peg, 'pq-16': pq16, itq } = instruments
  const inside = (form: Form, change: (definition: Record<string, unknown>) => void) => { const held = JSON.parse(form.extension[0]!.valueString) as Record<string, unknown>; change(held); form.extension[0]!.valueString = JSON.stringify(held) }
  test.each<[string, unknown, string]>([
    ['another resource', { resourceType: 'Patient' }, 'Questionnaire.resourceType'], ['no resource', null, 'Questionnaire'], ['an empty list', [], 'the file'],
    ['no way of counting', of(phq9, (form) => { form.extension = [] }), 'Questionnaire.extension'],
    ['a way of counting that is not JSON', of(phq9, (form) => { form.extension[0]!.valueString = '{' }), 'Questionnaire.extension[0].valueString'],
    ['a way of counting of which nobody knows', of(phq9, (form) => { inside(form, (held) => { held['scoring'] = { kind: 'eval', code: '1+1' } }) }), 'Questionnaire.extension[0].valueString.scoring.kind'],
    ['a word too many', of(phq9, (form) => { inside(form, (held) => { held['prorated'] = true }) }), 'Questionnaire.extension[0].valueString'],
    ['a question that is counted and not asked', of(phq9, (form) => { form.item = form.item.filter(({ id }) => id !== 'q4') }), 'Questionnaire.extension'],
    ['a finding about a part that there is not', of(itq, (form) => { inside(form, (held) => { held['findings'] = [{ id: 'x', says: 'x', when: { score: 'rage', atLeast: 1 } }] }) }), 'Questionnaire.extension'],
    ['an answer without its worth', of(phq9, (form) => { delete form.item[1]!['answerOption'][2].valueCoding.extension }), 'Questionnaire.item[1].answerOption[2].valueCoding.extension'],
    ['a worth beyond the possible', of(phq9, (form) => { form.item[1]!['answerOption'][2].valueCoding.extension[0].valueDecimal = 101 }), 'Questionnaire.item[1].answerOption[2].valueCoding.extension[0].valueDecimal'],
    ['a question without an id', of(phq9, (form) => { delete form.item[2]!['id'] }), 'Questionnaire.item[2]'],
    ['a line without its upper end', of(peg, (form) => { form.item[0]!['extension'].pop() }), 'Questionnaire.item[0]'],
    ['a gate that is no question', of(pq16, (form) => { form.item[1]!['enableWhen'][0].question = 'q99' }), 'Questionnaire.item[1]'],
    ['a condition that would be read otherwise', of(pq16, (form) => { form.item[1]!['enableWhen'][0].operator = '!=' }), 'Questionnaire.item[1].enableWhen[0].operator'],
    ['a field that would be lost', of(phq9, (form) => { form.item[3]!['initial'] = [{ valueInteger: 1 }] }), 'Questionnaire.item[3].initial'],
    ['a modifier that turns the meaning round', of(phq9, (form) => { form['modifierExtension'] = [{ url: 'https://example.org/not', valueBoolean: true }] }), 'Questionnaire.modifierExtension'],
    ['a retired form', of(phq9, (form) => { form['status'] = 'retired' }), 'Questionnaire.status'],
    ['a copyright that was taken off', of(phq9, (form) => { form['copyright'] = 'none' }), 'Questionnaire.copyright'],
    ['the second of two', [travelled(phq9), of(peg, (form) => { form.item[0]!['type'] = 'text' })], '[1].item[0].type'],
    ['one form twice', { resourceType: 'Bundle', entry: [{ resource: travelled(phq9) }, { resource: travelled(phq9) }] }, 'Bundle.entry[1].resource.id'],
  ])('%s', (_, input, path) => {
    const answer = readQuestionnaires(input)
    expect(answer.ok ? 'taken' : answer.refusal.path).toBe(path)
    if (!answer.ok) expect(answer.refusal.reason.length).toBeGreaterThan(5)
  })
  test('a narrative and a date of storing change nothing', () => {
    expect(read(of(phq9, (form) => { form['meta'] = { lastUpdated: '2026-11-23T10:00:00Z' }; form['text'] = { status: 'generated', div: '<div/>' } }))).toHaveLength(1)
  })
  test('whatever is handed in, it is read or refused, and never thrown at', () => {
    fc.assert(fc.property(fc.anything({ maxDepth: 4 }), (input) => { expect(readQuestionnaires(input)).toHaveProperty('ok') }), { numRuns: 120 })
    fc.assert(fc.property(fc.constantFrom(...library.slice(0, 12)), fc.string(), fc.anything(), (row, key, value) => { expect(readQuestionnaires({ ...(travelled(row) as object), [key]: value, extension: [{ url: DEFINITION, valueString: key }] }).ok).toBe(false) }), { numRuns: 50 })
  })
})
