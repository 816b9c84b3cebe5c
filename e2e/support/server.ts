import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { copyOf, freePort, untilItAnswers } from './data-copy.mjs'

/** A server of a test's own: to kill it, to start it again on the same data, to begin with an empty practice. */
export interface OwnServer {
  url: string
  /** Starts it, or starts it again on the data it left. */
  start(): Promise<void>
  /** As the power going: the process ends without a word. */
  kill(): Promise<void>
  /** Stops it, asking first, and removes its data. */
  close(): Promise<void>
}

/** `program` is another than `npm start`, such as a copy of what was built that may be damaged. */
export async function ownServer({ empty = false, env = {}, program: started = 'tools/start.mjs' }: { empty?: boolean; env?: Record<string, string>; program?: string } = {}): Promise<OwnServer> {
  const port = await freePort()
  const folder = path.join(tmpdir(), `openkap-test-${process.pid}-${port}`)
  const url = `http://127.0.0.1:${port}`
  const ready = process.env['E2E_READY'] ?? ''
  if (!empty && existsSync(ready)) copyOf(ready, folder)
  let program: ChildProcess | undefined
  const end = async (signal: NodeJS.Signals) => {
    const ended = program && program.exitCode === null && new Promise((resolve) => program?.once('exit', resolve))
    program?.kill(signal)
    await ended
    program = undefined
  }
  const server: OwnServer = {
    url,
    async start() {
      program = spawn(process.execPath, [started, ...(empty ? ['--empty'] : [])], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DATABASE_URL: '', APP_DATABASE_URL: '', ...env, PORT: String(port), DATA_DIR: folder },
      })
      await untilItAnswers(url, program)
    },
    kill: () => end('SIGKILL'),
    async close() {
      if (!program) await server.start() // A killed program leaves its database running: taking it over stops both.
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await server.start()
  } catch (failure) {
    await server.kill() // Whoever asked for it never gets hold of it, so nobody else would end it.
    throw failure
  }
  return server
}
