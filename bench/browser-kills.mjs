// bench/browser-kills: what a browser itself keeps when it is killed while it writes, without this program. A page writes
// into the browser's database as fast as it may, each time until the browser says that it is durable, and is killed; the
// next one counts. Stops where something that had been promised is gone, and shows what the browser said about it. All its
// processes end at once, as in a device whose power goes, and none is left when the next one starts; `--only-first` kills the
// one that was started and lets the others notice, to see whether that makes a difference.
import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { aliveOf, browser, endAll } from '../tools/browser.mjs'
import { option } from './support/figures.mjs'

const KILLS = option('kills', 300)
const ONLY_FIRST = process.argv.includes('--only-first')
const folder = mkdtempSync(path.join(tmpdir(), 'openkap-browser-kills-'))
const server = createServer((_, answer) => { answer.setHeader('content-type', 'text/html').end('<title>Kills</title>') })
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve) })
const url = `http://127.0.0.1:${server.address().port}/`
let promised = 0
let survivors = 0

try {
  for (let kill = 0; kill <= KILLS; kill += 1) {
    const { program, evaluate } = await start()
    const { count, newest } = JSON.parse(await evaluate(`(${readAll})()`))
    if (newest < promised || count !== newest) {
      console.log(`after ${kill} kills ${count} of ${promised} writes are there`)
      console.log(readFileSync(path.join(folder, 'said'), 'utf8').split('\n').filter((line) => /indexed_?db|leveldb/i.test(line)).join('\n'))
      process.exitCode = 1
      await end(program)
      break
    }
    if (kill % 20 === 0) console.log(`${kill} kills, ${count} writes, all there`)
    void evaluate(`(${writeOn})(${newest})`).catch(() => {}) // It never ends by itself.
    await wait(100 + Math.random() * 500)
    await end(program)
  }
} finally {
  console.log(`at most ${survivors} processes of a killed browser were left when the next one started`)
  server.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
}

/** In the page: opens the database and counts what is in it. */
async function readAll() {
  globalThis.database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('kept', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('writes', { keyPath: 'number' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const keys = await new Promise((resolve) => { const asked = globalThis.database.transaction('writes').objectStore('writes').getAllKeys(); asked.onsuccess = () => resolve(asked.result) })
  return JSON.stringify({ count: keys.length, newest: keys.at(-1) ?? 0 })
}

/** In the page: writes on, and tells of each write once it is durable. */
async function writeOn(newest) {
  for (let number = newest + 1; ; number += 1) {
    await new Promise((resolve, reject) => {
      const writing = globalThis.database.transaction('writes', 'readwrite', { durability: 'strict' })
      writing.objectStore('writes').put({ number, text: 'x'.repeat(600) })
      writing.oncomplete = resolve
      writing.onabort = reject
    })
    globalThis.tell(String(number))
  }
}

async function start() {
  const { executablePath, env } = browser()
  const said = openSync(path.join(folder, 'said'), 'w')
  const program = spawn(executablePath, ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--enable-logging=stderr', '--remote-debugging-pipe', `--user-data-dir=${path.join(folder, 'profile')}`, 'about:blank'], { stdio: ['ignore', said, said, 'pipe', 'pipe'], env: { ...process.env, ...env }, detached: true })
  const waiting = new Map()
  let last = 0
  let rest = ''
  program.stdio[4].setEncoding('utf8').on('data', (text) => {
    const parts = (rest + text).split('\0')
    rest = parts.pop()
    for (const { id, method, params, result } of parts.map((part) => JSON.parse(part))) {
      if (id !== undefined) waiting.get(id)?.(result)
      else if (method === 'Runtime.bindingCalled') promised = Math.max(promised, Number(params.payload))
    }
  })
  program.stdio[3].on('error', () => {}) // It was killed while something was said to it.
  const call = (method, params = {}, sessionId = undefined) => new Promise((resolve) => {
    waiting.set((last += 1), resolve)
    program.stdio[3].write(`${JSON.stringify({ id: last, method, params, ...(sessionId && { sessionId }) })}\0`)
  })
  const { targetId } = await call('Target.createTarget', { url })
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true })
  await call('Runtime.enable', {}, sessionId)
  await call('Runtime.addBinding', { name: 'tell' }, sessionId)
  const evaluate = async (expression) => (await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId))?.result?.value
  while ((await evaluate('document.title')) !== 'Kills') await wait(50)
  return { program, evaluate }
}

async function end(program) {
  const ended = new Promise((resolve) => { program.once('exit', resolve) })
  if (ONLY_FIRST) program.kill('SIGKILL')
  else await endAll(program, folder)
  await ended
  if (ONLY_FIRST) await wait(150) // Its other processes end once they notice.
  survivors = Math.max(survivors, aliveOf(program.pid, folder).length)
}
