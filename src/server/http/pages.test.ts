import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import fastify from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { Problem } from './problems.ts'
import { pages } from './pages.ts'
import type { Shell } from './shell.ts'

const script = 'export const says = "the same words" // '.repeat(50)
const webDir = mkdtempSync(path.join(tmpdir(), 'openkap-test-pages-'))
mkdirSync(path.join(webDir, 'assets'))
writeFileSync(path.join(webDir, 'assets/a-1.js'), script)
writeFileSync(path.join(webDir, 'assets/a-1.js.br'), brotliCompressSync(script))
writeFileSync(path.join(webDir, 'assets/a-1.js.gz'), gzipSync(script))
writeFileSync(path.join(webDir, 'assets/b-2.js'), script)
writeFileSync(path.join(webDir, 'secret.js'), 'not for anybody')

const app = fastify()
app.setErrorHandler((failure, _, reply) => reply.code(failure instanceof Problem ? 404 : 500).send())
pages(app, { webDir } as Shell)
afterAll(async () => {
  await app.close()
  rmSync(webDir, { recursive: true, force: true })
})

const get = (url: string, accepts?: string) => app.inject({ url, headers: accepts === undefined ? {} : { 'accept-encoding': accepts } })
const opened = { br: brotliDecompressSync, gzip: gunzipSync, undefined: (bytes: Buffer) => bytes }

test.each([
  ['gzip, deflate, br, zstd', 'br'], ['gzip', 'gzip'], ['br;q=0, gzip', 'gzip'], ['br;q=0.0, gzip;q=0', undefined], ['identity', undefined], ['', undefined], [undefined, undefined],
] as const)('to whoever takes %j a file goes as %s, and is the same file', async (accepts, coding) => {
  const { headers, rawPayload } = await get('/assets/a-1.js', accepts)
  expect(headers['content-encoding']).toBe(coding)
  expect(headers).toMatchObject({ 'content-type': 'text/javascript', vary: 'accept-encoding' })
  expect(String(opened[String(coding) as keyof typeof opened](rawPayload))).toBe(script)
})

test('what has no smaller form goes as it is', async () => {
  const { headers, body } = await get('/assets/b-2.js', 'br')
  expect(headers['content-encoding']).toBeUndefined()
  expect(body).toBe(script)
})

test.each(['/assets/../secret.js', '/assets/%2e%2e/secret.js', '/assets/', '/assets/none.js'])('%s is not there', async (url) => {
  expect((await get(url)).statusCode).toBe(404)
})
