import { afterAll, beforeAll, expect, test } from 'vitest'
import { draft } from '../testing/practice.ts'
import { ask, world, type World } from '../testing/world.ts'

let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

test('she takes her record along in one file, with her own journal; nobody else gets that', async () => {
  const [chart, { nora, tomas }] = [all.otherChart, all.home]
  await ask(all, 'keepJournal', nora.token, { params: { chart }, body: { entries: [draft('journal.v1', { text: 'For me alone.' })] } })
  const [hers, theirs] = [await ask(all, 'export', nora.token, { params: { chart }, query: { as: 'zip' } }), await ask(all, 'export', tomas.token, { params: { chart }, query: { as: 'zip' } })]
  expect([hers.statusCode, hers.headers['content-type'], hers.rawPayload.readUInt32LE(0)]).toEqual([200, 'application/zip', 0x04034b50])
  for (const name of ['record.html', 'record.fhir.json', 'record.entries.ndjson', 'my-journal.txt', 'For me alone.']) expect(hers.rawPayload.includes(name), name).toBe(true)
  expect([theirs.rawPayload.includes('record.html'), theirs.rawPayload.includes('my-journal'), theirs.rawPayload.includes('For me alone.')]).toEqual([true, false, false])
})
