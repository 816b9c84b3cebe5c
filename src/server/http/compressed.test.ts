import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '../../core/contract/contract.ts'
import { draft } from '../testing/practice.ts'
import { ask, world, type World } from '../testing/world.ts'

let all: World
beforeAll(async () => {
  all = await world()
  const messages = Array.from({ length: 20 }, (_, at) => draft('message.v1', { topic: 'other', text: `The same question, asked for the ${at}th time.` }))
  expect((await ask(all, 'append', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: messages } })).statusCode).toBe(201)
})
afterAll(() => all.close())

const read = (accepts?: string, url = contract.entries.path.replace(':chart', all.home.chart)) =>
  all.app.inject({ url, cookies: { openkap: all.home.thea.token }, headers: accepts === undefined ? {} : { 'accept-encoding': accepts } })
const opened = { br: brotliDecompressSync, gzip: gunzipSync, undefined: (bytes: Buffer) => bytes }

test.each([['gzip, deflate, br, zstd', 'br'], ['gzip', 'gzip'], ['identity', undefined], [undefined, undefined]] as const)('to whoever takes %j a long answer goes as %s, and is the same answer', async (accepts, coding) => {
  const [plain, { headers, rawPayload }] = [await read(), await read(accepts)]
  expect(headers['content-encoding']).toBe(coding)
  expect(headers['content-type']).toContain('application/json')
  expect(JSON.parse(String(opened[String(coding) as keyof typeof opened](rawPayload)))).toEqual(plain.json())
  if (coding) expect(rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
})

test('a short answer goes as it is', async () => {
  const { headers, body } = await read('br', '/api/health')
  expect(headers['content-encoding']).toBeUndefined()
  expect(JSON.parse(body)).toMatchObject({ ok: true })
})
