import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { dataFolder } from './data-folder.ts'
import { startEmbedded, type Embedded } from './embedded.ts'

/** One data folder for the whole file: making a cluster takes a second, opening it a twentieth. */
const folders: string[] = []
let place: string
beforeAll(() => { place = folder() })
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true })
})

const running: Embedded[] = []
afterEach(async () => {
  for (const embedded of running.splice(0)) await embedded.stop()
})

function folder() {
  const made = dataFolder(path.join(tmpdir(), `openkap-test-${process.pid}-launch-${folders.length}-${performance.now()}`), { relocatable: true })
  folders.push(made)
  return made
}

async function start(where = place) {
  const embedded = await startEmbedded(where)
  running.push(embedded)
  return embedded
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

const postmaster = () => Number(readFileSync(path.join(place, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

test('stopped and started again, everything is there', async () => {
  const first = await startEmbedded(place)
  await ask(first.adminUrl, 'create table kept_one (a int); insert into kept_one values (1)')
  await first.stop()
  const second = await start()
  expect(second.adopted).toBe(false)
  expect(await ask(second.adminUrl, 'select * from kept_one')).toEqual([{ a: 1 }])
})

test.runIf(process.getuid?.() === 0)('typed by root, it runs as an account without privileges', async () => {
  await start()
  expect(statSync(`/proc/${postmaster()}`).uid).not.toBe(0)
  expect(statSync(path.join(place, 'postgres')).mode & 0o777).toBe(0o700)
})

test('it flushes to disk, listens to this machine only and asks for the password', async () => {
  const { adminUrl } = await start()
  const [settings] = await ask(adminUrl, `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listens, current_setting('data_checksums') as checksums, lower('ÄÖ') as lower`)
  expect(settings).toEqual({ fsync: 'on', commit: 'on', pages: 'on', listens: '127.0.0.1', checksums: 'on', lower: 'äö' })
  const stranger = new URL(adminUrl)
  stranger.password = 'guess'
  await expect(ask(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('a failed statement leaves no words of a patient in the log', async () => {
  const { adminUrl } = await start()
  await expect(ask(adminUrl, `create table t (a text unique); insert into t values ('Ada Muster'), ('Ada Muster')`)).rejects.toThrow()
  const log = readFileSync(path.join(place, 'postgres.log'), 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).not.toContain('Muster')
})

test('a server killed under a running program comes back on the same port with every committed row', async () => {
  const { adminUrl } = await start()
  await ask(adminUrl, 'create table kept (a int)')
  const before = postmaster()
  for (let row = 0; row < 50; row++) await ask(adminUrl, `insert into kept values (${row})`)
  process.kill(before, 'SIGKILL')
  const back = await eventually(() => ask<{ n: number }>(adminUrl, 'select count(*)::int as n from kept'))
  expect(back).toEqual([{ n: 50 }])
  expect(postmaster()).not.toBe(before)
}, 60_000)

test('a server killed again just as it comes back is brought back once more', async () => {
  const given: unknown[] = []
  const embedded = await startEmbedded(place, { lost: (failure) => given.push(failure) })
  running.push(embedded)
  for (let round = 0; round < 30 && given.length === 0; round++) {
    process.kill(postmaster(), 'SIGKILL')
    // As soon as it accepts anybody, its keeper is about to take the lock, or has just taken it.
    await eventually(() => ask(embedded.adminUrl, 'select 1'), 1)
  }
  expect(given).toEqual([])
  await eventually(() => ask(embedded.adminUrl, 'select 1'))
}, 90_000)

test('a program killed with its server still running: the next one takes the server over', async () => {
  const child = await startInAnotherProgram()
  const server = postmaster()
  child.kill('SIGKILL')
  const next = await start()
  expect(next.adopted).toBe(true)
  expect(postmaster()).toBe(server)
}, 60_000)

test('a program and its server killed together: the next start recovers', async () => {
  const child = await startInAnotherProgram()
  process.kill(postmaster(), 'SIGKILL')
  child.kill('SIGKILL')
  const next = await start()
  expect(await ask(next.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
}, 60_000)

test.runIf(process.platform === 'linux')('a lock file that names a stranger since the machine was restarted is no obstacle', async () => {
  await (await startEmbedded(place)).stop()
  const stranger = spawn('sleep', ['60'], { ...asOwnerOf(path.join(place, 'postgres')), cwd: '/' })
  try {
    writeFileSync(path.join(place, 'postgres', 'postmaster.pid'), `${stranger.pid}\n${place}/postgres\n0\n1\n\n127.0.0.1\n\n`)
    const next = await start()
    expect(next.adopted).toBe(false)
  } finally {
    stranger.kill()
  }
}, 60_000)

test('a second program on the same folder is refused in one line, and the first goes on', async () => {
  const { adminUrl } = await start()
  await expect(startEmbedded(place)).rejects.toThrow(`Another OpenKAP is running on the data folder ${place}.`)
  expect(await ask(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
}, 60_000)

test('half a cluster from a start that was cut off is thrown away', async () => {
  const fresh = folder()
  const half = path.join(fresh, 'postgres.new')
  execFileSync('mkdir', ['-p', half])
  writeFileSync(path.join(half, 'PG_VERSION'), '18\n')
  const { adminUrl } = await start(fresh)
  expect(await ask(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

async function eventually<T>(work: () => Promise<T>, everyMs = 100): Promise<T> {
  for (const began = performance.now(); performance.now() - began < 20_000; ) {
    const done = await work().then((value) => ({ value }), () => undefined)
    if (done) return done.value
    await wait(everyMs)
  }
  return work()
}

const asOwnerOf = (file: string) => {
  const { uid, gid } = statSync(file)
  return process.getuid?.() === 0 ? { uid, gid } : {}
}

/** Another Node process that holds the folder, so that a test can kill it. Node runs no TypeScript: vite bundles it. */
async function startInAnotherProgram() {
  const { build } = await import('vite')
  const out = mkdtempSync(path.join(process.cwd(), 'node_modules', '.openkap-launch-'))
  folders.push(out)
  await build({
    configFile: false, logLevel: 'error',
    build: { ssr: path.join(import.meta.dirname, 'embedded.ts'), outDir: out, target: 'node20', rollupOptions: { output: { entryFileNames: 'embedded.mjs' } } },
  })
  const script = `import { startEmbedded } from ${JSON.stringify(path.join(out, 'embedded.mjs'))}; await startEmbedded(${JSON.stringify(place)}); console.log('up'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error('the other program ended early')))
  })
  return child
}
