import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { dataFolder } from '../../launch/data-folder.ts'
import { startEmbedded, type Embedded } from '../../launch/embedded.ts'
import { appUrlOf, closeToPublic, databaseUrl, prepareDatabase } from '../prepare.ts'

export interface TestDatabase {
  /** As the application connects: row-level security holds. */
  appUrl: string
  /** As the superuser, for arranging and for looking at what the application must not see. */
  adminUrl: string
  readonly close: () => Promise<void>
}

/** A migrated, empty database of its own for a test file or a test: about 25 ms. Or a copy of one that was filled. */
export async function testDatabase(from = template): Promise<TestDatabase> {
  const { adminUrl } = await cluster()
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`create database ${name} template ${from} strategy file_copy`)
    await closeToPublic(admin, name)
  })
  const url = databaseUrl(adminUrl, name)
  return {
    appUrl: appUrlOf(url),
    adminUrl: url,
    close: () => asAdmin(adminUrl, async (admin) => void (await admin.query(`drop database if exists ${name} with (force)`))),
  }
}

/**
 * A copy of what somebody filled: by the first test of the whole run that asks, whichever process it is in, while the others
 * wait. Who fills leaves no connection behind. A failure leaves nothing, and the next who asks tries again.
 */
export async function filledOnce(name: string, fill: (empty: TestDatabase) => Promise<void>): Promise<TestDatabase> {
  const { adminUrl } = await cluster()
  await asAdmin(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name])
    if ((await admin.query('select from pg_database where datname = $1', [name])).rowCount) return
    const made = await testDatabase()
    try {
      await fill(made)
      await admin.query(`alter database ${new URL(made.adminUrl).pathname.slice(1)} rename to ${name}`)
    } finally {
      await made.close()
    }
  })
  return testDatabase(name)
}

/** The throwaway server itself, for tests of the preparing. */
export async function cluster(): Promise<{ adminUrl: string }> {
  const door = process.env[doorVariable]
  if (!door) throw new Error('No test cluster: run this with vitest, whose config names this file as globalSetup.')
  const answer = await fetch(door)
  if (!answer.ok) throw new Error(`The test cluster did not start: ${await answer.text()}`)
  return (await answer.json()) as { adminUrl: string }
}

/**
 * For vitest's globalSetup. One throwaway server for the whole run, owned by vitest's main process and started by
 * the first test that asks, so that a run of pure tests does not pay for it.
 */
export default async function setup(): Promise<() => Promise<void>> {
  sweep()
  let started: Promise<Embedded> | undefined
  const folder = dataFolder(path.join(tmpdir(), `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`), { relocatable: true })
  const door = createServer((_, response) => {
    started ??= startWithTemplate(folder)
    started.then(
      ({ adminUrl }) => response.end(JSON.stringify({ adminUrl })),
      (failure: unknown) => response.writeHead(500).end(String((failure as Error).stack ?? failure)),
    )
  })
  await new Promise<void>((resolve) => { door.listen(0, '127.0.0.1', resolve) })
  process.env[doorVariable] = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  return async () => {
    door.closeAllConnections()
    door.close()
    const embedded = await started?.catch(() => undefined)
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const doorVariable = 'OPENKAP_TEST_DOOR'
const template = 'openkap_template'
const prefix = 'openkap-test-'

async function startWithTemplate(folder: string): Promise<Embedded> {
  const embedded = await startEmbedded(folder, { durable: false })
  try {
    await prepareDatabase(embedded.adminUrl, { database: template })
    return embedded
  } catch (failure) {
    await embedded.stop()
    throw failure
  }
}

async function asAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

/** A run that was killed could not clean up after itself: its folder names the process that is gone. */
function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (alive(Number(name.slice(prefix.length).split('-')[0]))) continue
    const folder = path.join(tmpdir(), name)
    const server = Number(readIfThere(path.join(folder, 'postgres', 'postmaster.pid')).split('\n')[0])
    if (server) kill(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

function alive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (failure) {
    return (failure as { code?: string }).code === 'EPERM'
  }
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It is gone, or it belongs to somebody else.
  }
}

function readIfThere(file: string) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
