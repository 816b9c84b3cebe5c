// The server that all browser tests share. The sample practice is told once, into a folder that stays as it then is:
// this server and every test's own begin with a copy of it, which takes a second instead of twelve.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { copyOf, freePort, untilItAnswers } from './data-copy.mjs'

const ready = process.env.E2E_READY
const own = `${ready}-shared`
let ending = false
let program
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { ending = true; program?.kill(signal) })

try {
  const port = await freePort()
  program = started(ready, port)
  await untilItAnswers(`http://127.0.0.1:${port}`, program, 4)
  await ended('SIGTERM')
  if (!ending) {
    copyOf(ready, own)
    program = started(own, Number(process.env.PORT))
    await ended()
  }
} finally {
  for (const folder of [ready, own]) rmSync(folder, { recursive: true, force: true })
}
process.exit(program.exitCode ?? 1)

function started(folder, port) {
  return spawn(process.execPath, [path.join(import.meta.dirname, '../../tools/start.mjs')], {
    stdio: 'inherit', env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '', APP_DATABASE_URL: '', PORT: String(port) },
  })
}

async function ended(signal) {
  if (program.exitCode !== null || program.signalCode !== null) return
  const exit = once(program, 'exit')
  if (signal) program.kill(signal)
  await exit
}
