import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { databaseAccount, type Account } from './account.ts'
import { binaries } from './binaries.ts'
import { CannotStart, plainly } from './cannot-start.ts'

/** One PostgreSQL cluster on disk, and the ways to start and find its server. */
export interface Cluster {
  folder: string
  password: string
  /** Starts a server on the port. It may refuse and end; its last words are in the log. */
  start(port: number): ChildProcess
  /** The server that the cluster's own lock file names, alive or not. */
  running(): { pid: number; port: number } | undefined
  /** A lock file may outlive the machine's restart and name a stranger. True when no server can be behind it. */
  dropStaleLock(): boolean
  /** What the server started last has logged so far. */
  lastWords(): string
}

const superuser = 'openkap_admin'

export const urlOf = ({ password }: Cluster, port: number) => `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`

/** Opens the cluster inside a data folder, and makes it first if there is none. */
export async function openCluster(dataFolder: string, durable: boolean): Promise<Cluster> {
  const folder = path.join(dataFolder, 'postgres')
  const account = databaseAccount(folder)
  const programs = binaries(account)
  const lock = path.join(folder, 'postmaster.pid')
  const log = path.join(dataFolder, 'postgres.log')
  let logBegins = 0
  if (!existsSync(folder)) await makeCluster(programs.initdb, folder, account, durable)
  const running = () => {
    const [pid, , , port] = readIfThere(lock).split('\n')
    return pid && port ? { pid: Number(pid), port: Number(port) } : undefined
  }
  return {
    folder,
    password: readSecret(folder),
    running,
    start(port) {
      const output = openSync(log, sizeOf(log) > 1_000_000 ? 'w' : 'a', 0o600)
      logBegins = sizeOf(log)
      const settings = [...serverSettings, ...(durable ? [] : hastySettings)].flatMap((setting) => ['-c', setting])
      const child = spawn(programs.postgres, ['-D', folder, '-p', String(port), ...settings], {
        ...as(account), env: environment, stdio: ['ignore', output, output],
        detached: true, // Ctrl-C reaches the whole foreground group: the database must outlast the program's own goodbye.
      })
      closeSync(output)
      child.on('error', () => {}) // The exit that follows says enough.
      child.unref()
      return child
    },
    dropStaleLock() {
      if (!running() || serversIn(folder) !== 0) return false
      rmSync(lock, { force: true })
      return true
    },
    lastWords: () => readIfThere(log).slice(logBegins).trimEnd().split('\n').slice(-12).join('\n'),
  }
}

const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }

const as = (account: Account) => (account ? { uid: account.uid, gid: account.gid } : {})

/** The log keeps the server's own events only: a failed statement could carry a patient's words. */
const serverSettings = [
  'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=80',
  'shared_buffers=64MB', 'jit=off', 'log_min_messages=log', 'log_checkpoints=off', 'log_error_verbosity=terse',
]

const hastySettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/** Made beside its place and moved there whole, so that a half-made cluster is never taken for a real one. */
async function makeCluster(initdb: string, folder: string, account: Account, durable: boolean) {
  const half = `${folder}.new`
  const secret = secretOf(folder)
  try {
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half, { mode: 0o700 })
    writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (account) for (const item of [half, secret]) chownSync(item, account.uid, account.gid)
    await run(initdb, [
      '-D', half, '-U', superuser, '--auth=scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8',
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(durable ? [] : ['--no-sync']),
    ], account)
    renameSync(half, folder)
  } catch (failure) {
    rmSync(half, { recursive: true, force: true })
    throw plainly(failure, path.dirname(folder)) ?? failure
  }
}

function run(program: string, args: string[], account: Account): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...as(account), env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    child.stderr.on('data', (text) => (said += text))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`The database could not be made: ${said.trim()}`))))
  })
}

const secretOf = (folder: string) => `${folder}.secret`

function readSecret(folder: string) {
  try {
    return readFileSync(secretOf(folder), 'utf8')
  } catch (failure) {
    if ((failure as { code?: string }).code === 'EACCES') {
      throw new CannotStart(`The data in ${path.dirname(folder)} belong to another account of this machine. Start OpenKAP as that account, or set DATA_DIR to another folder.`)
    }
    throw new CannotStart(`The file ${secretOf(folder)} is missing: without it the database in ${folder} cannot be opened. Put it back from the backup; nothing was changed.`)
  }
}

/** How many processes work inside the cluster, which every server does. Undefined where the system cannot say. */
function serversIn(folder: string): number | undefined {
  if (process.platform !== 'linux') return undefined
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && workingFolder(pid) === folder).length
}

function workingFolder(pid: string) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function readIfThere(file: string) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0
