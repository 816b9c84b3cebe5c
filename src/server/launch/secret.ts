import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** Thirty-two bytes that never leave this installation, made at its first start. They seal one-time-code secrets. */
export function installationSecret(folder: string): Buffer {
  const file = path.join(folder, 'secret')
  if (!existsSync(file)) {
    const half = `${file}.${process.pid}`
    writeFileSync(half, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
    renameSync(half, file)
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
  if (secret.length === 32) return secret
  throw new CannotStart(`The file ${file} is damaged: without it nobody's one-time codes can be checked. Put it back from the backup; nothing was changed.`)
}
