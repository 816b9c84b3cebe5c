import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { canReach, databaseAccount } from './account.ts'
import { CannotStart, plainly } from './cannot-start.ts'

/** Where root keeps what an unprivileged account must reach when the usual place is closed to it. */
export const systemFolder = '/var/lib/openkap'

/**
 * The folder all data lives in, made and tried out. A folder that somebody named is used or refused; only the
 * default may move, and only when root types the command below a folder that nobody else can enter.
 */
export function dataFolder(wanted: string, { relocatable = false } = {}): string {
  const folder = path.resolve(wanted)
  const account = databaseAccount(path.join(folder, 'postgres'))
  makeFolder(folder, account ? 0o711 : 0o700)
  if (canReach(folder, account)) return tryOut(folder)
  if (!relocatable) {
    throw new CannotStart(`The data folder ${folder} lies below a folder that the database's account (${account?.name}) cannot enter. Set DATA_DIR to another folder, or start as an ordinary user.`)
  }
  const moved = path.join(systemFolder, createHash('sha256').update(folder).digest('hex').slice(0, 12))
  makeFolder(moved, 0o711)
  return tryOut(moved)
}

/** Parents stay open to walk through: a recursive mkdir would close them with the same mode as the last one. */
function makeFolder(folder: string, mode: number) {
  try {
    const parent = path.dirname(folder)
    if (!existsSync(parent)) makeFolder(parent, 0o755)
    if (!existsSync(folder)) {
      mkdirSync(folder)
      chmodSync(folder, mode) // The umask of whoever types the command must not decide.
    }
    if (!statSync(folder).isDirectory()) throw new CannotStart(`The data folder ${folder} is a file. Set DATA_DIR to a folder.`)
  } catch (failure) {
    throw plainly(failure, folder) ?? notWritable(folder, failure)
  }
}

function tryOut(folder: string): string {
  const probe = path.join(folder, `.probe-${process.pid}`)
  try {
    writeFileSync(probe, 'x'.repeat(4096))
    return folder
  } catch (failure) {
    throw plainly(failure, folder) ?? notWritable(folder, failure)
  } finally {
    rmSync(probe, { force: true })
  }
}

const notWritable = (folder: string, failure: unknown) =>
  new CannotStart(`The data folder ${folder} cannot be written to (${(failure as { code?: string }).code ?? 'unknown reason'}). Nothing was changed: give this account the right to write there, or set DATA_DIR to another folder.`)
