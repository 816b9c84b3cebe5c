import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../core/contract/contract.ts'
import { nothingCompared, withCompared } from '../../core/codes/record.ts'
import { keepCodesRecord } from '../codes-record.ts'
import { shippedCodes } from '../shipped-codes.ts'
import { ask, world, type World } from '../testing/world.ts'

/** What the rulebook page is told about the codes: nothing counts as compared that was not. */
let all: World
const dataDir = mkdtempSync(path.join(tmpdir(), 'kap-codes-'))
beforeAll(async () => {
  all = await world()
  Object.assign(all.shell, { dataDir })
})
beforeEach(() => rmSync(path.join(dataDir, 'codes-compared.json'), { force: true }))
afterAll(async () => {
  rmSync(dataDir, { recursive: true })
  await all.close()
})
const asked = async (token = all.home.thea.token) => (await ask(all, 'rulebookCodes', token)).json<Answer<'rulebookCodes'>>()
const verdicts = ({ codes }: Answer<'rulebookCodes'>) => [...new Set(codes.map(({ system, verdict }) => `${system} ${verdict}`))].toSorted()

test('before anybody compared anything, every code that ships is said not to be compared', async () => {
  const told = await asked()
  expect(told).toMatchObject({ broken: null, compared: [] })
  expect(told.codes).toHaveLength(shippedCodes.length)
  expect(verdicts(told)).toEqual(['icd10cm not-compared', 'loinc not-compared', 'rxnorm not-compared'])
})

test('what was recorded while the server runs is told at the next question', async () => {
  const file = { file: 'Loinc.csv', form: 'Loinc.csv', release: '2.81', sha256: 'c'.repeat(64), codes: 100_000 }
  keepCodesRecord(dataDir, withCompared(nothingCompared, shippedCodes.map((code) => ({ ...code, verdict: code.system === 'loinc' ? 'there' : 'not-compared' })), new Map([['loinc', [file]]]), '2026-11-21T17:00:00.000Z'))
  const told = await asked()
  expect(told.compared).toEqual([{ system: 'loinc', at: '2026-11-21T17:00:00.000Z', files: [file] }])
  expect(verdicts(told)).toEqual(['icd10cm not-compared', 'loinc there', 'rxnorm not-compared'])
})

test.each([['damaged', '{"format":1,"compared":[{"sys'], ['of another shape', '{"format":2,"compared":[]}'], ['empty', '']])('a record that is %s counts for nothing, and that is said', async (_, text) => {
  writeFileSync(path.join(dataDir, 'codes-compared.json'), text)
  const told = await asked()
  expect(told).toMatchObject({ broken: expect.stringContaining('so none of it counts'), compared: [] })
  expect(verdicts(told)).toEqual(['icd10cm not-compared', 'loinc not-compared', 'rxnorm not-compared'])
})

test('a patient is not told', async () => expect((await ask(all, 'rulebookCodes', all.home.mara.token)).statusCode).toBe(403))
