// bench/device-write: how long an act takes on a device from a touch until it is durable, in a real browser's own database:
// not sealed at all, sealed with one key as it was before there was a vault, sealed for its author and for the server, and
// that with the second place waited for.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { browser } from '../tools/browser.mjs'
import { machine, option, printTable, quantile, show } from './support/figures.mjs'

const ACTS = option('acts', 500)
const MARK_MS = 50
const home = path.dirname(import.meta.dirname)
const made = mkdtempSync(path.join(tmpdir(), 'openkap-device-write-'))
await build({
  root: home, configFile: false, logLevel: 'error',
  build: { lib: { entry: path.join(home, 'bench/support/device-write.ts'), formats: ['es'], fileName: () => 'write.js' }, outDir: made, minify: false, copyPublicDir: false },
})
const server = createServer(({ url }, answer) => {
  const isScript = /^[\w/.-]+\.js$/.test(url ?? '') && !url?.includes('..')
  answer.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
  answer.end(isScript ? readFileSync(path.join(made, url)) : '<!doctype html>')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
const { executablePath, env } = browser()
const program = await chromium.launchPersistentContext(path.join(made, 'profile'), { executablePath, env: { ...process.env, ...env } })
try {
  console.log(`machine   ${machine()}\nversions  Chromium ${program.browser()?.version() ?? ''}, Node ${process.versions.node}`)
  const page = await program.newPage()
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  const times = await page.evaluate(async ({ count, from }) => (await import(from)).deviceWrites(count), { count: ACTS, from: '/write.js' })
  console.log(`${ACTS} acts each, one after the other and in turns, every one flushed to the disk; mark: p99 under ${MARK_MS} ms, which nobody sees\n`)
  const names = { bare: 'not sealed', before: 'sealed with one key', once: 'sealed for its author and for the server', now: 'and in the second place' }
  printTable(['ms', 'p50', 'p95', 'p99', 'slowest'], Object.entries(names).map(([name, says]) => [says, ...[0.5, 0.95, 0.99, 1].map((part) => show(quantile(times[name], part)))]))
} finally {
  await program.close()
  server.close()
  rmSync(made, { recursive: true, force: true })
}
