// bench/first-load: what a browser fetches, compressed, until somebody's first screen stands; nothing kept from before.
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { browser as found } from '../tools/browser.mjs'
import { printTable, show } from './support/figures.mjs'
import { realServer } from './support/server.mjs'

const people = [['patient portal', '/my', '5a3e0000-0000-4000-8000-000000000121'], ['workstation, therapist', '/work', '5a3e0000-0000-4000-8000-000000000103'], ['public page', '/', null]]

const server = await realServer({ args: [] })
const { executablePath, env } = found()
const program = await chromium.launch({ executablePath, env: { ...process.env, ...env } })
try {
  const rows = []
  for (const [name, path, person] of people) rows.push([name, ...(await firstLoad(path, person))])
  printTable(['kB, compressed', 'script', 'style', 'font', 'page', 'answers of the server'], rows)
} finally {
  await program.close()
  await server.close()
}

async function firstLoad(path, person) {
  const context = await program.newContext({ baseURL: server.url, serviceWorkers: 'block' })
  if (person) await context.request.post('/api/sample/enter', { data: { person } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  const [kinds, bytes] = [new Map(), { Script: 0, Stylesheet: 0, Font: 0, Document: 0, Fetch: 0 }]
  devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId)
    if (kind in bytes) bytes[kind] += encodedDataLength
  })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  // Streams stay open, so the network is never idle: what is still coming has arrived by now.
  await wait(2_000)
  await context.close()
  if (bytes.Document === 0) throw new Error(`Nothing was fetched for ${path}.`)
  return Object.values(bytes).map((each) => show(each / 1000))
}
