import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { instruments } from '../knowledge/instruments.ts'
import { answersOf, kap } from './testing/ask.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kap-questionnaires-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => path.join(folder, name)

test('all of them leave, one a file, and come back as the ones that are here', async () => {
  const { code, out } = await kap(['questionnaires', '--to', at('all')])
  expect([code, out]).toEqual([0, expect.stringContaining('without words')])
  expect(readdirSync(at('all'))).toHaveLength(Object.keys(instruments).length)
  const read = await kap(['questionnaires', '--read', '-'], JSON.stringify(readdirSync(at('all')).map((name) => JSON.parse(readFileSync(at(`all/${name}`), 'utf8')) as unknown)))
  expect([read.code, new Set(answersOf(read.out).map(({ here }) => here))]).toEqual([0, new Set(['the same'])])
})

test('what was changed is said to differ; a fault is named by its place, and nothing of the file is told', async () => {
  await kap(['questionnaires', 'phq-9', 'gad-7', '--to', at('two')])
  const form = readFileSync(at('two/phq-9.json'), 'utf8')
  const changed = await kap(['questionnaires', '--read', '-'], form.replaceAll('Poor appetite', 'Poorer appetite'))
  expect([changed.code, answersOf(changed.out)]).toEqual([0, [{ id: 'phq-9', version: '2026-1', title: 'PHQ-9', questions: 10, here: 'differs' }]])
  const broken = await kap(['questionnaires', '--read', '-'], `[${readFileSync(at('two/gad-7.json'), 'utf8')},${form.replace('"type": "choice"', '"type": "string"')}]`)
  expect([broken.code, broken.out, broken.err]).toEqual([1, '', expect.stringMatching(/^\[1\]\.item\[1\]\.type: .*Nothing of the file was taken/)])
  expect((await kap(['questionnaires', '--read', '-'], '{')).code).toBe(1)
})

test.each([[['questionnaires']], [['questionnaires', 'bdi-ii', '--to', 'x']], [['questionnaires', 'phq-9', '--read', 'x']], [['questionnaires', '--to', 'x', '--read', 'y']]])('not asked rightly: %j', async (args) => expect((await kap(args)).code).toBe(2))
