import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { standingCodes } from '../core/codes/record.ts'
import { readCodesRecord } from '../server/codes-record.ts'
import { shippedCodes } from '../server/shipped-codes.ts'
import { practiceFolder } from './files.ts'
import { answersOf, kap } from './testing/ask.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kap-codes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, lines: readonly string[]) => {
  writeFileSync(path.join(folder, name), lines.join('\n'))
  return path.join(folder, name)
}
const some = shippedCodes.filter(({ system, prefix }) => system === 'icd10cm' && !prefix)
const plain = (code: string) => code.replace('.', '')
/** A rule may take a whole chapter: something of it has to be there. */
const released = shippedCodes.filter(({ system }) => system === 'icd10cm').map(({ code, says }) => ({ code: code.length === 1 ? `${code}80` : code, says }))
const all = file('icd10cm-order.txt', released.map(({ code, says }, at) => `${String(at + 1).padStart(5, '0')} ${plain(code).padEnd(7)} 1 ${(says ?? code).slice(0, 60).padEnd(60)} ${says ?? code}`))

test('every code that ships stands once, and names who leans on it', () => {
  expect(shippedCodes.length).toBeGreaterThan(200)
  expect(new Set(shippedCodes.map(({ system, code }) => `${system}|${code}`)).size).toBe(shippedCodes.length)
  expect(shippedCodes.every(({ usedBy }) => usedBy.length > 0)).toBe(true)
  expect(new Set(shippedCodes.map(({ system }) => system))).toEqual(new Set(['icd10cm', 'rxnorm', 'loinc']))
})

test('with one release the others are said not to be compared', async () => {
  const { code, out, err } = await kap(['codes', all])
  expect(code).toBe(0)
  expect(err).toMatch(/ICD-10-CM order file, \d+ codes read/)
  expect(out).toMatch(/in the release: \d+/)
  expect(out.match(/not compared: no file of its system was given/g)).toHaveLength(2)
})

test('a code that is not in the release is named, with the rows that lean on it', async () => {
  const [missing, kept] = [some[0]!, some[1]!]
  const { code, out } = await kap(['codes', '--json', file('short.txt', [`${plain(kept.code).padEnd(7)} Something`])])
  expect(code).toBe(1)
  const answers = answersOf(out)
  expect(answers).toHaveLength(shippedCodes.length)
  expect(answers.find((one) => one.code === missing.code)).toMatchObject({ verdict: 'not-there', usedBy: missing.usedBy })
  expect(answers.find((one) => one.code === kept.code)).toMatchObject({ verdict: 'there', official: 'Something' })
})

test.each([[[], 2], [[file('other.txt', ['id;name', '1;x'])], 3], [[file('empty.txt', [''])], 3], [[path.join(folder, 'none.txt')], 3], [[file('head.csv', ['"LOINC_NUM","LONG_COMMON_NAME","STATUS"'])], 3]])('asked with %j it says why nothing was compared', async (files, expected) => {
  const { code, out, err } = await kap(['codes', ...files])
  expect(code).toBe(expected)
  expect(out).toBe('')
  expect(err).toMatch(/Nothing was|Nothing was compared|What was answered before stands/)
})

describe('--record keeps what was found for the practice', () => {
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const practiceFolder = () => data
  const recorded = () => readCodesRecord(data)
  const standing = (system: string) => standingCodes(shippedCodes, recorded().record).filter((code) => code.system === system)
  const named = file('icd10cm-order-2026.txt', readFileSync(all, 'utf8').split('\n'))

  test('without being asked nothing is written', async () => {
    await kap(['codes', named], '', { practiceFolder })
    expect(readdirSync(data)).toEqual([])
  })

  test('by which release of which file and when; what was not compared stays so', async () => {
    const { code, err } = await kap(['codes', '--record', named], '', { practiceFolder })
    expect([code, err]).toEqual([0, expect.stringContaining('Recorded for this practice: ICD-10-CM.')])
    expect(recorded().record.compared).toMatchObject([{ system: 'icd10cm', at: '2026-11-21T17:00:00.000Z', files: [{ file: 'icd10cm-order-2026.txt', release: '2026', sha256: createHash('sha256').update(readFileSync(named)).digest('hex') }] }])
    expect(new Set(standing('icd10cm').map(({ verdict }) => verdict))).toEqual(new Set(['there']))
    expect(new Set([...standing('rxnorm'), ...standing('loinc')].map(({ verdict }) => verdict))).toEqual(new Set(['not-compared']))
    expect(readdirSync(data)).toEqual(['codes-compared.json'])
    expect(readFileSync(path.join(data, 'codes-compared.json'), 'utf8').length).toBeLessThan(100_000)
  })

  test('what does not fit is recorded as well, and the end is still 1', async () => {
    const { code } = await kap(['codes', '--record', '--release', '2027, draft', file('renamed.txt', [`${plain(some[1]!.code).padEnd(7)} Something`])], '', { practiceFolder })
    expect(code).toBe(1)
    expect(recorded().record.compared[0]!.files[0]).toMatchObject({ file: 'renamed.txt', release: '2027, draft' })
    expect(standing('icd10cm').find((one) => one.code === some[0]!.code)).toMatchObject({ verdict: 'not-there' })
  })

  test('a damaged record is said and begun anew', async () => {
    writeFileSync(path.join(data, 'codes-compared.json'), '{"format":1')
    expect(recorded()).toMatchObject({ broken: expect.stringContaining('it is damaged'), record: { compared: [] } })
    expect((await kap(['codes', '--record', named], '', { practiceFolder })).err).toMatch(/cannot be read.*begun anew/)
    expect(recorded().broken).toBeNull()
  })

  test.each([
    ['no practice there', ['--record', all], 3, /There is no practice here/], ['standard input', ['--record', '-'], 2, /standard input has none/], ['one name for two files', ['--record', '--release', 'x', all, named], 2, /about one file/], ['a name without a record', ['--release', 'x', all], 2, /about one file/],
  ])('%s: nothing is recorded', async (_, args, expected, says) => {
    const before = recorded()
    const { code, err } = await kap(['codes', ...args])
    expect([code, err]).toEqual([expected, expect.stringMatching(says)])
    expect(recorded()).toEqual(before)
  })
})

test('the practice is where DATA_DIR says, once a server has begun one there', () => {
  const where = process.env.DATA_DIR
  const data = path.join(folder, 'theirs')
  try {
    chmodSync(folder, 0o755) // Root's database account has to be able to walk there.
    process.env.DATA_DIR = data
    expect(practiceFolder).toThrow('Nothing was recorded: set DATA_DIR')
    expect(existsSync(data)).toBe(false)
    mkdirSync(data)
    expect(practiceFolder).toThrow('There is no practice')
    writeFileSync(path.join(data, 'secret'), 'x')
    expect(practiceFolder()).toBe(data)
  } finally {
    if (where === undefined) delete process.env.DATA_DIR
    else process.env.DATA_DIR = where
  }
})
