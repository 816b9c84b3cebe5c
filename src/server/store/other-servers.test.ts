import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { databaseAccount } from '../launch/account.ts'
import { dataFolder } from '../launch/data-folder.ts'
import { startEmbedded } from '../launch/embedded.ts'
import { ownMigrations } from './migrate.ts'
import { databaseUrl, prepareDatabase } from './prepare.ts'

/** Somebody else's server: no superuser for us, an account that may make roles, a database it owns. */
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step()
})

const migrations = readdirSync(ownMigrations).filter((name) => name.endsWith('.sql')).toSorted()

async function prepareAsGuest(superuserUrl: string) {
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  await admin.query(`create role guest login nosuperuser createrole password 'guest'`)
  await admin.query('create database kap owner guest')
  await admin.end()
  const url = Object.assign(new URL(databaseUrl(superuserUrl, 'kap')), { username: 'guest', password: 'guest' }).href
  return prepareDatabase(url)
}

test('as an account that may make roles, on the version that comes with OpenKAP', async () => {
  const folder = freshFolder()
  const embedded = await startEmbedded(folder, { durable: false })
  undo.push(embedded.stop)
  expect((await prepareAsGuest(embedded.adminUrl)).ran).toEqual(migrations)
}, 60_000)

/** Where the system has one of the versions we promise to work with, every migration runs on it. */
describe.each(['15', '16', '17'])('PostgreSQL %s', (version) => {
  const programs = `/usr/lib/postgresql/${version}/bin`

  test.runIf(existsSync(programs))('every migration runs', async () => {
    const url = await startInstalled(programs)
    expect((await prepareAsGuest(url)).ran).toEqual(migrations)
  }, 60_000)
})

function freshFolder() {
  const folder = dataFolder(path.join(tmpdir(), `openkap-test-${process.pid}-other-${performance.now()}`), { relocatable: true })
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function startInstalled(programs: string): Promise<string> {
  const folder = path.join(freshFolder(), 'postgres')
  const account = databaseAccount(folder)
  mkdirSync(folder, { mode: 0o700 })
  const secret = `${folder}.secret`
  writeFileSync(secret, 'secret', { mode: 0o600 })
  if (account) for (const item of [folder, secret]) chownSync(item, account.uid, account.gid)
  const as = account ? { uid: account.uid, gid: account.gid } : {}
  execFileSync(path.join(programs, 'initdb'), ['-D', folder, '-U', 'super', '--auth=scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale=C', '--no-sync'], { ...as, stdio: 'pipe' })
  const port = 20_000 + (process.pid % 20_000)
  const server: ChildProcess = spawn(path.join(programs, 'postgres'), ['-D', folder, '-p', String(port), '-k', '', '-h', '127.0.0.1', '-c', 'fsync=off'], { ...as, stdio: 'ignore' })
  undo.push(() => new Promise((resolve) => { server.once('exit', resolve).kill('SIGINT') }))
  const url = `postgres://super:secret@127.0.0.1:${port}/postgres`
  for (let tries = 0; tries < 200 && !(await answers(url)); tries++) await wait(50)
  return url
}

async function answers(url: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  const connected = await client.connect().then(() => true, () => false)
  await client.end().catch(() => {})
  return connected
}
