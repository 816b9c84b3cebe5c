import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { plainCase } from '../core/eligibility/cases/rule-cases.ts'
import { CannotUse } from './command.ts'
import { readCsv } from './csv.ts'
import { readLines } from './files.ts'
import { answersOf, kap } from './testing/ask.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kap-questions-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}
const lines = (...all: unknown[]) => all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')

const cases = { eligibility: 'eligibility', predose: 'session', monitor: 'session', discharge: 'session', dose: 'dosing', outcome: 'outcomes' } as const
describe.each(Object.entries(cases))('kap decide %s', (question, room) => {
  const text = readFileSync(new URL(`../core/${room}/cases/${question}.jsonl`, import.meta.url), 'utf8')
  const asked = answersOf(text)
  test('every worked case, in its order', async () => {
    const { code, out, err } = await kap(['decide', question], text)
    expect([code, err]).toEqual([0, ''])
    const answers = answersOf(out)
    expect(answers.map(({ id }) => id)).toEqual(asked.map(({ id }) => id))
    expect(asked.length).toBeGreaterThan(2)
    const sorted = (value: unknown): unknown => (Array.isArray(value) && typeof value[0] === 'string' ? value.toSorted() : value)
    asked.forEach((one, at) => {
      const output = (answers[at] as { output: Record<string, unknown> }).output
      for (const [key, value] of Object.entries(one['expect'] as object)) expect(sorted(output[key]), `${String(one['id'])} ${key}`).toEqual(sorted(value))
    })
  })
})

describe('a line that cannot be answered', () => {
  test('names its number and key in its place, and the rest is answered', async () => {
    const fine = { id: 'fine', input: plainCase }
    const { code, out, err } = await kap(['decide', 'eligibility'], lines(fine, '{"id":"torn","input":{', '', { id: 'slip', input: { ...plainCase, sistolic: 120 } }, { id: 7, input: { ...plainCase, age: 'thirty' } }, { input: { ...plainCase, psychosis: 'maybe' } }, { id: 'bare' }, { id: 'more', input: plainCase, expects: {} }, { id: [1], input: plainCase }, '[1]', 'null', { id: 'last', why: 'as told', input: plainCase, expect: {} }))
    expect(code).toBe(1)
    expect(answersOf(out)).toMatchObject([
      { id: 'fine', output: { decision: 'ELIGIBLE' } }, { error: { line: 2, message: expect.stringContaining('JSON') } }, { id: 'slip', error: { line: 4, key: 'sistolic' } }, { id: 7, error: { line: 5, key: 'age' } }, { error: { line: 6, key: 'psychosis' } }, { id: 'bare', error: { line: 7, key: 'input' } },
      { id: 'more', error: { line: 8, key: 'expects' } }, { error: { line: 9, key: 'id' } }, { error: { line: 10 } }, { error: { line: 11 } }, { id: 'last', output: { decision: 'ELIGIBLE' } },
    ])
    expect(answersOf(out).map((one) => Object.keys(one))).toEqual([['id', 'output'], ['error'], ['id', 'error'], ['id', 'error'], ['error'], ['id', 'error'], ['id', 'error'], ['error'], ['error'], ['error'], ['id', 'output']])
    expect(err).toContain('9 of 11 lines were not answered')
  })

  test('a line without an id is answered without one; a mark before the first line and line ends of another system do no harm', async () => {
    const { code, out } = await kap(['decide', 'eligibility'], `\uFEFF${JSON.stringify({ input: plainCase })}\r\n${JSON.stringify({ id: 0, input: plainCase })}\r\n`)
    expect([code, answersOf(out).map(({ id }) => id)]).toEqual([0, [undefined, 0]])
  })

  test.each([['predose', { pulse: 80 }, 'pulse'], ['monitor', { rass: 9 }, 'rass'], ['discharge', { gait: 'fine' }, 'gait'], ['dose', { question: 'more' }, 'question'], ['outcome', { question: 'npi' }, 'npi']])('of %s: %j', async (question, input, key) => {
    const { code, out } = await kap(['decide', question], lines({ id: 1, input }))
    expect([code, answersOf(out)]).toMatchObject([1, [{ id: 1, error: { line: 1, key } }]])
  })

  test('nothing asked is said', async () => expect(await kap(['decide', 'eligibility'], '\n\n')).toEqual({ code: 0, out: '', err: 'There was no line to answer.' }))
  test('every rule, where it is asked for', async () => {
    const { out } = await kap(['decide', 'eligibility', '--rules'], lines({ id: 1, input: plainCase }))
    expect((answersOf(out)[0] as { output: { judged: unknown[] } }).output.judged.length).toBeGreaterThan(70)
  })
})

describe('asked wrongly, it does nothing and says what is missing', () => {
  test.each([
    [['decide'], 2, 'Name one question: eligibility'], [['decide', 'toString'], 2, 'Name one question'], [['decide', 'dose', 'a', 'b'], 2, 'Name one question'], [['decide', 'dose', '--rule'], 2, '--rule'], [['decide', 'dose', '/nowhere/at-all'], 3, 'could not be read (ENOENT)'],
    [['score'], 2, 'Name one questionnaire: phq-9'], [['score', 'phq-9', 'a', 'b'], 2, 'Name one questionnaire'], [['survival', 'a', 'b'], 2, 'Name one file'], [['survival', '/nowhere/at-all'], 3, 'ENOENT'], [['plasma', 'a', 'b'], 2, 'Name one file'],
    [['explain'], 2, 'Name one exported chart'], [['explain', 'a', 'b'], 2, 'Name one'], [['explain', 'a.ndjson', '--at', 'today'], 2, '--at is a moment'], [['explain', 'a.ndjson', '--at', '2026-13-40T00:00:00.000Z'], 2, '--at is a moment'], [['rulebook', 'x'], 2, 'It takes no file'],
  ])('%j → %i', async (args, code, says) => {
    const answer = await kap(args)
    expect(answer).toMatchObject({ code, out: '' })
    expect(answer.err).toContain(says)
  })
})

test('kap score: answers from a file, with what a clinician should see', async () => {
  const answers = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`q${at + 1}`, 1]))
  const asked = file('phq.jsonl', lines({ id: 'a', answers }, { id: 'b', answers: { ...answers, q3: 9 } }, { id: 'c', answers: { ...answers, q10: 1 } }, { id: 'd', input: answers }))
  const { code, out } = await kap(['score', 'phq-9', asked])
  expect(code).toBe(1)
  expect(answersOf(out)).toMatchObject([
    { id: 'a', output: { total: 9, band: 'mild', missing: [], alerts: [{ action: 'risk.item', items: ['q9'] }] } }, { id: 'b', output: { total: null, band: null, missing: ['q3'], unusable: ['q3'] } }, { id: 'c', error: { line: 3, key: 'q10' } }, { id: 'd', error: { line: 4, key: 'input' } },
  ])
})

test('kap plasma: a level for each time, and the route to put right', async () => {
  const input = { model: 'clements1981', weightKg: 70, doses: [{ mg: 35, route: 'IM', atMinutes: 0, durationMinutes: 0 }, { mg: 20, route: 'IM', atMinutes: 20, durationMinutes: 0 }], times: [10, 30, 120] }
  const { code, out } = await kap(['plasma'], lines({ id: 'a', input }, { id: 'b', input: { ...input, model: 'domino1982' } }))
  const [first, second] = answersOf(out) as [{ output: { concentrations: number[] } }, object]
  expect(code).toBe(1)
  for (const [at, wanted] of [118.5, 209.8, 87.8].entries()) expect(Math.abs((first.output.concentrations[at] as number) / wanted - 1)).toBeLessThan(0.01)
  expect(second).toMatchObject({ id: 'b', error: { line: 2, key: 'doses.0.route', message: expect.stringContaining('Domino') } })
})

describe('kap survival', () => {
  const count = (text: string) => kap(['survival'], text)
  test('two groups, quoted or not, by number and not by letter', async () => {
    const { code, out } = await count('time,event,group\r\n1,1,"10"\n2,1,10\n3,0,"10"\n4,1,2\n\n5,1,2\n6,1,2\n')
    const { groups, logRank } = JSON.parse(out) as { groups: { group: string; n: number; median: number; steps: object[] }[]; logRank: object }
    expect([code, groups.map(({ group, n, median }) => [group, n, median])]).toEqual([0, [['2', 3, 5], ['10', 3, 2]]])
    expect(groups[1]?.steps[2]).toEqual({ time: 3, atRisk: 1, events: 0, censored: 1, survival: expect.closeTo(1 / 3, 9), standardError: expect.closeTo(0.2721655, 6), lower: expect.any(Number), upper: 1 })
    expect(Object.keys(logRank)).toEqual(['chiSquare', 'degreesOfFreedom', 'p'])
  })

  test('without groups there is one curve, and null where nothing can be said', async () => {
    const { out } = await count('\uFEFFEvent , TIME\n1,2.5\n1,3e0\n')
    expect(JSON.parse(out)).toMatchObject({ groups: [{ group: null, n: 2, medianUpper: null, steps: [{ time: 2.5 }, { time: 3, survival: 0, standardError: null, lower: null, upper: null }] }], logRank: null })
  })

  test.each([
    ['', 'Line 1: the file is empty'], ['time,event\n', 'Line 1: nobody stands below'], ['time,event,age\n1,1,3', 'Line 1, age: the columns are'], ['time,event,\n1,1,', 'a column without a name'], ['time,event,time\n1,1,1', 'Line 1, time:'], ['time,group\n1,a', 'Line 1, event: this column is not there'], ['event\n1', 'Line 1, time:'],
    ['time,event\n1,1\n\n-2,1', 'Line 4, time: "-2"'], ['time,event\nNA,1', 'Line 2, time: "NA"'], ['time,event\n,1', 'Line 2, time: ""'], ['time,event\n0x10,1', 'Line 2, time'], ['time,event\n1e999,1', 'Line 2, time'], ['time,event\n1,2', 'Line 2, event: "2"'], ['time,event\n1,TRUE', 'Line 2, event'], ['time,event,group\n1,1, ', 'Line 2, group'],
    ['time,event\n1', 'Line 2: 1 cells where there are 2 columns'], ['time,event\n1,0\n2,0,3', 'Line 3: 3 cells'], ['time,event\n1,0\n"2,0', 'Line 3: a quote'], ['time,event\n1,"0"x', 'Line 2: a quote'],
  ])('%j → %s', async (text, says) => {
    const { code, out, err } = await count(text)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(says)
    expect(err).toContain('Nothing was counted')
  })

  test('cells in quotes hold commas, quotes and line ends, and rows are counted by their line', () => {
    expect(readCsv('a,"b,""c""\n"\rd,\n"",e')).toEqual({ ok: true, value: [{ line: 1, cells: ['a', 'b,"c"\n'] }, { line: 3, cells: ['d', ''] }, { line: 4, cells: ['', 'e'] }] })
  })
})

describe('reading lines', () => {
  const read = async (name: string) => {
    const all: string[] = []
    for await (const batch of readLines(name)) all.push(...batch)
    return all
  }
  test('however long the file, whole and in order, with letters of several bytes', async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `${at} “Grüße, ${'ż'.repeat(at % 50)}”`)
    expect(await read(file('many.txt', many.join('\n')))).toEqual(many)
    expect(await read(file('ended.txt', 'a\nb\n'))).toEqual(['a', 'b'])
    expect(await read(file('empty.txt', ''))).toEqual([])
  })
  test('a file that is none', async () => await expect(read(folder)).rejects.toThrow(CannotUse))
})
