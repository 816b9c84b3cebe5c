// The real server on data of its own, as a process that can be measured, stopped and killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { home, prepare } from '../../tools/prepare.mjs'

/** The built program: ours, or the one that somebody names. */
export const dist = process.env.OPENKAP_DIST ? path.resolve(process.env.OPENKAP_DIST) : path.join(home, 'dist')

/** The name lets the next test run clear away what a killed one left. */
const folderOf = (port) => path.join(tmpdir(), `openkap-test-${process.pid}-bench-${port}`)

export async function realServer({ args = ['--empty'], env = {}, port = undefined, folder = undefined, built = undefined, quiet = false } = {}) {
  if (!built && !process.env.OPENKAP_DIST) await prepare()
  const main = path.join(built ?? dist, 'server/main.mjs')
  const onPort = port ?? (await freePort())
  const data = folder ?? folderOf(onPort)
  const server = {
    url: `http://127.0.0.1:${onPort}`, port: onPort, folder: data, pid: 0, startedInMs: 0, lastWords: '',
    get database() { return postmaster(data) },
    get adminUrl() { return adminUrl(data) },
    async start() {
      const began = performance.now()
      const program = spawn(process.execPath, [main, ...args], {
        cwd: home, stdio: ['ignore', 'ignore', quiet ? 'pipe' : 'inherit'], env: { ...process.env, DATABASE_URL: '', APP_DATABASE_URL: '', ...env, PORT: String(onPort), DATA_DIR: data },
      })
      server.program = program
      server.lastWords = ''
      program.stderr?.on('data', (text) => { server.lastWords = `${server.lastWords}${text}`.slice(-4_000) })
      server.pid = program.pid
      await untilItAnswers(server)
      server.startedInMs = performance.now() - began
    },
    /** With what, and with which words, the program ended; nothing while it runs. Words are kept where it runs quietly. */
    ended: () => { const { exitCode, signalCode } = server.program; return exitCode === null && signalCode === null ? undefined : `${exitCode ?? signalCode}. ${server.lastWords}` },
    async end(signal = 'SIGTERM') {
      const { program } = server
      if (!program || program.exitCode !== null || program.signalCode !== null) return
      const ended = once(program, 'exit')
      program.kill(signal)
      await ended
    },
    /** Takes the server over once more, so that the database goes with it, and removes the data. */
    async close() {
      if (server.program?.exitCode !== null || server.program.signalCode !== null) await server.start().catch(() => {})
      await server.end('SIGTERM')
      rmSync(data, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

async function untilItAnswers({ url, program }) {
  for (let tries = 0; tries < 12_000; tries++) {
    if (program.exitCode !== null || program.signalCode !== null) throw new Error(`The server ended with ${program.exitCode ?? program.signalCode} instead of answering.`)
    const answer = await fetch(`${url}/api/health`).catch(() => undefined)
    if (answer?.ok) return
    await wait(5)
  }
  throw new Error('The server did not answer within a minute.')
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** The database server's own process and port, by its lock file. */
function postmaster(data) {
  const [pid, , , port] = readFileSync(path.join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')
  return { pid: Number(pid), port: Number(port) }
}

const adminUrl = (data) => `postgres://openkap_admin:${readFileSync(path.join(data, 'postgres.secret'), 'utf8')}@127.0.0.1:${postmaster(data).port}/openkap`

export async function withAdmin(server, work) {
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
