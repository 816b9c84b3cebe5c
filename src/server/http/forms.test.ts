import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Response } from '../../core/contract/contract.ts'
import { withCopy } from '../../core/measures/own-copy.ts'
import { copyFor } from '../../core/measures/testing/own-copy.ts'
import { wordsOf } from '../../core/measures/words.ts'
import { instruments } from '../../knowledge/instruments.ts'
import type { TestPerson } from '../testing/practice.ts'
import { ask, world, type World } from '../testing/world.ts'

/** What a practice signs about questionnaires that are not free for all. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const { 'dast-10': dast, isi } = instruments
const clause = dast.licence.condition!
const sign = async (body: object, who: TestPerson = all.home.dina, code?: string) => {
  const answer = await ask(all, 'signForm', who.token, { body: { id: randomUUID(), code: code ?? (await all.codeOf({ ...who, practice: all.home.practice } as never)), ...body } })
  return answer.statusCode === 200 ? 'signed' : (answer.json<{ code: string; list?: { code: string }[] }>().list?.[0]?.code ?? answer.json<{ code: string }>().code)
}
const shown = async (who: { readonly token: string } = all.home.dina) => (await ask(all, 'formChoices', who.token)).json<Response<'formChoices'>>().choices

describe('refused, and nothing is kept', () => {
  test.each<[string, object, string]>([
    ['a form that is not in the library', { kind: 'stopped', instrument: 'bdi-ii', why: 'x' }, 'not-found'], ['a clause that reads otherwise', { kind: 'condition', instrument: 'dast-10', clause: `${clause} ` }, 'clause'], ['a form without a condition', { kind: 'condition', instrument: 'phq-9', clause: '' }, 'no-condition'],
    ['words that do not fit', { kind: 'copy', instrument: 'isi', copy: copyFor(isi, { version: '1' }) }, 'version'], ['words for a form that has them', { kind: 'copy', instrument: 'phq-9', copy: copyFor(instruments['phq-9']) }, 'instrument'], ['no file at all', { kind: 'copy', instrument: 'isi', copy: null }, 'file'], ['an end to nothing', { kind: 'stopped', instrument: 'isi', why: 'The licence ended.' }, 'nothing-stands'],
  ])('%s', async (_, body, code) => expect(await sign(body)).toBe(code))
  test('a wrong code, and anybody but the medical director', async () => {
    expect(await sign({ kind: 'condition', instrument: 'dast-10', clause }, all.home.dina, '000000')).toBe('sign-in.code-refused')
    for (const who of [all.home.thea, all.home.pia, all.home.owner, all.home.cora, all.home.mara]) expect(await sign({ kind: 'condition', instrument: 'dast-10', clause }, who, '000000')).toBe('not-allowed')
    expect(await shown()).toEqual([])
  })
})

test('a condition and a copy are kept word for word, with who, when and the digest that answers name; the words reach whoever answers', async () => {
  const copy = copyFor(isi)
  expect([await sign({ kind: 'condition', instrument: 'dast-10', clause }), await sign({ kind: 'copy', instrument: 'isi', copy })]).toEqual(['signed', 'signed'])
  const read = withCopy(isi, copy)
  const textSha256 = createHash('sha256').update(read.ok ? wordsOf(read.value) : '').digest('hex')
  const at = expect.any(String)
  expect(await shown()).toEqual([
    { instrument: 'dast-10', version: dast.version, kind: 'condition', statement: clause, copy: null, textSha256: null, by: expect.stringContaining('Dina'), at },
    { instrument: 'isi', version: isi.version, kind: 'copy', statement: 'Licence 123 of the sample owner', copy, textSha256, by: expect.stringContaining('Dina'), at },
  ])
  expect((await shown(all.home.mara)).map(({ by, copy: words }) => [by, words?.items['q1'] ?? null])).toEqual([['', null], ['', 'Sample words of q1']])
  expect(await shown(all.away.owner)).toEqual([])
})

test('sent twice it is one; under its number nothing else is signed; what was loaded before stays beside what comes after', async () => {
  const id = randomUUID()
  const before = (await shown()).length
  const copy = copyFor(isi, { stem: 'A later edition:' })
  expect([await sign({ id, kind: 'copy', instrument: 'isi', copy }), await sign({ id, kind: 'copy', instrument: 'isi', copy }), await sign({ id, kind: 'copy', instrument: 'isi', copy: copyFor(isi, { stem: 'Another:' }) })]).toEqual(['signed', 'signed', 'id'])
  expect((await shown()).slice(before).map(({ copy: words }) => words?.stem)).toEqual(['A later edition:'])
  expect(await sign({ kind: 'stopped', instrument: 'isi', why: 'The licence ended.' })).toBe('signed')
  expect((await shown()).map(({ kind }) => kind)).toEqual(['condition', 'copy', 'copy', 'stopped'])
  const { rows } = await all.admin.query(`select count(*)::int as lines from app.audit where action = 'form.signed' and outcome = 'done'`)
  expect(rows).toEqual([{ lines: 5 }])
})

test('the database itself keeps one person from signing for another, and every signature as it was', async () => {
  await expect(all.admin.query(`update app.form_choice set statement = 'x'`)).rejects.toThrow('written once')
  await expect(all.admin.query(`insert into app.form_choice (practice_id, choice_id, instrument, version, kind, statement, words, words_sha256, text_sha256, made_by, made_at) select practice_id, gen_random_uuid(), 'isi', '1', 'copy', 'x', '{}', repeat('0', 64), repeat('0', 64), made_by, 'x' from app.form_choice limit 1`)).rejects.toThrow('form_choice')
})
