import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Copies the data of a server that was stopped. The database's files may belong to an account of their own, which a copy
 * has to keep: the system's own command does.
 * @param {string} from @param {string} to
 */
export function copyOf(from, to) {
  if (process.platform === 'win32') return cpSync(from, to, { recursive: true })
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The data could not be copied: ${stderr}`)
}

/**
 * Within so many minutes.
 * @param {string} url @param {import('node:child_process').ChildProcess} program
 */
export async function untilItAnswers(url, program, minutes = 1) {
  for (const began = performance.now(); performance.now() - began < minutes * 60_000; await wait(50)) {
    if (program.exitCode !== null) throw new Error(`The server ended with ${program.exitCode} instead of answering.`)
    const answer = await fetch(`${url}/api/health`).catch(() => undefined)
    if (answer?.ok) return
  }
  throw new Error(`The server did not answer within ${minutes} minutes.`)
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
