import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Shell } from './http/shell.ts'
import { selfSigned } from './launch/testing/certificate.ts'
import { startProgram, type Program, type Surroundings } from './program.ts'
import { readSettings } from './settings.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step()
})

function freshFolder() {
  const folder = path.join(tmpdir(), `openkap-test-${process.pid}-program-${performance.now()}`)
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const surroundings: Surroundings = { report: () => {}, lost: () => {}, seed: async () => { throw new Error('nothing is to be filled here') } }

async function start(environment: Record<string, string>, args = ['--empty'], seed = surroundings.seed): Promise<Program> {
  const program = await startProgram(readSettings(args, environment, '/'), { ...surroundings, seed })
  undo.push(program.stop)
  return program
}

function listen(answer: (socket: Socket) => void = () => {}): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer(answer)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    undo.push(() => server.close())
  })
}

async function freePort() {
  const port = await listen()
  await undo.pop()?.()
  return String(port)
}

test('it starts, answers, stops, and starts again on the same data', async () => {
  const environment = { PORT: await freePort(), DATA_DIR: freshFolder() }
  for (const round of ['first', 'second']) {
    const program = await start(environment)
    const answer = await fetch(`${program.url}/api/health`)
    expect([round, answer.status]).toEqual([round, 200])
    await program.stop()
    await expect(fetch(`${program.url}/api/health`)).rejects.toThrow('fetch failed')
  }
}, 60_000)

/** Two steps, as the real filling has many: one can be there without the other. */
const samplePractice = async ({ database }: Shell, cutOff = false) => {
  const begin = 'select app.begin_practice($1, gen_random_uuid(), $2, $3, true, gen_random_uuid(), $4, $5, $6)'
  await database.pool.query(begin, [database.key, 'Half', 'UTC', 'Olga', 'Owner', 'olga@example.org'])
  if (cutOff) throw new Error('cut off')
  await database.pool.query(begin, [database.key, 'Whole', 'UTC', 'Otto', 'Owner', 'otto@example.org'])
}

test('filling with the sample practice is all or nothing, and happens once', async () => {
  const environment = { PORT: await freePort(), DATA_DIR: freshFolder() }
  const shells: Shell[] = []
  const names = async () => (await shells.at(-1)!.database.pool.query<{ name: string }>('select name from app.practices($1) order by name', [shells.at(-1)!.database.key])).rows.map(({ name }) => name)
  const fill = (cutOff: boolean) => async (_: unknown, shell: Shell) => {
    shells.push(shell)
    expect(await names()).toEqual([])
    await samplePractice(shell, cutOff)
    expect(await names()).toEqual(['Half', 'Whole'])
  }
  await expect(start(environment, [], fill(true))).rejects.toThrow('cut off')
  await start(environment, [], fill(false)).then((program) => program.stop())
  const program = await start(environment, []) // The seed that throws is not called.
  expect((await fetch(`${program.url}/api/health`)).status).toBe(200)
  await program.stop()
  expect(shells.map(({ sample }) => sample)).toEqual([true, true])
  await expect(start(environment, ['--empty'])).rejects.toThrow('holds the sample practice, which is for this machine alone. Nothing was changed')
}, 60_000)

test('with a certificate it speaks TLS itself', async () => {
  const folder = freshFolder()
  mkdirSync(folder, { mode: 0o755 })
  const [cert, key] = [path.join(folder, 'cert'), path.join(folder, 'key')]
  const made = selfSigned()
  writeFileSync(cert, made.cert)
  writeFileSync(key, made.key)
  const program = await start({ PORT: await freePort(), DATA_DIR: path.join(folder, 'data'), TLS_CERT: cert, TLS_KEY: key })
  expect(program.url).toMatch(/^https:/)
  const status = await new Promise((resolve, reject) => {
    request(`${program.url}/api/health`, { rejectUnauthorized: false }, (answer) => resolve(answer.statusCode)).once('error', reject).end()
  })
  expect(status).toBe(200)
}, 60_000)

test('a taken port: one line, and no data folder is made', async () => {
  const port = await listen()
  const folder = freshFolder()
  await expect(start({ PORT: String(port), DATA_DIR: folder })).rejects.toThrow(
    `Port ${port} is taken by another program. Nothing was changed: stop that program, or set PORT to another number.`)
  expect(existsSync(folder)).toBe(false)
})

test('an address of another machine: one line', async () => {
  await expect(start({ HOST: '192.0.2.1', TRUST_PROXY: '192.0.2.2', PORT: await freePort(), DATA_DIR: freshFolder() })).rejects.toThrow('HOST 192.0.2.1 is not an address of this machine.')
})

test('a data folder that cannot be made: one line, nothing damaged', async () => {
  const folder = freshFolder()
  mkdirSync(folder)
  const file = path.join(folder, 'a-file')
  writeFileSync(file, 'kept')
  const port = await freePort()
  await expect(start({ PORT: port, DATA_DIR: path.join(file, 'data') })).rejects.toThrow('cannot be written to (ENOTDIR). Nothing was changed')
  await expect(start({ PORT: port, DATA_DIR: file })).rejects.toThrow(`The data folder ${file} is a file.`)
  expect(readdirSync(folder)).toEqual(['a-file'])
})

test.runIf(process.getuid?.() === 0)('a named folder that the database cannot enter is refused, not moved', async () => {
  const closed = freshFolder()
  mkdirSync(closed, { mode: 0o700 })
  await expect(start({ PORT: await freePort(), DATA_DIR: path.join(closed, 'data') })).rejects.toThrow('cannot enter. Set DATA_DIR to another folder, or start as an ordinary user.')
})

test('a database nobody answers at: one line', async () => {
  const port = await freePort()
  await expect(start({ PORT: await freePort(), DATA_DIR: freshFolder(), DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/kap` })).rejects.toThrow(
    `The database at 127.0.0.1:${port}/kap cannot be used: nobody answers there. Nothing was changed: check DATABASE_URL and that the server runs.`)
})

test.each([
  ['14.11', '140011', 'PostgreSQL 15 or newer is needed; the server at 127.0.0.1:PORT/kap is 14.11. Nothing was changed.'],
  ['9.6.24', '90624', 'is 9.6.24. Nothing was changed.'],
])('PostgreSQL %s is too old: one line, and it was asked nothing but its version', async (name, number, line) => {
  const asked: string[] = []
  const port = await listen((socket) => pretendPostgres(socket, name, number, asked))
  await expect(start({ PORT: await freePort(), DATA_DIR: freshFolder(), DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/kap` })).rejects.toThrow(line.replace('PORT', String(port)))
  expect(asked).toEqual([expect.stringContaining('server_version_num')])
})

/** Just enough of PostgreSQL's protocol to let anybody in and to answer one row of two texts. */
function pretendPostgres(socket: Socket, name: string, number: string, asked: string[]) {
  const message = (type: string, ...parts: (string | number[])[]) => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
    const head = Buffer.alloc(5)
    head.write(type)
    head.writeInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  const column = (title: string) => Buffer.concat([Buffer.from(`${title}\0`), Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0])])
  const text = (value: string) => Buffer.concat([Buffer.from([0, 0, 0, value.length]), Buffer.from(value)])
  const ready = message('Z', 'I')
  let greeted = false
  socket.on('error', () => {})
  socket.on('data', (data) => {
    if (!greeted) {
      greeted = true
      socket.write(Buffer.concat([message('R', [0, 0, 0, 0]), ready]))
    } else if (data.toString('latin1', 0, 1) === 'Q') {
      asked.push(data.toString('utf8', 5, data.length - 1))
      const columns = [[0, 2], [...column('number')], [...column('name')]]
      socket.write(Buffer.concat([message('T', ...columns), message('D', [0, 2], [...text(number)], [...text(name)]), message('C', 'SELECT 1\0'), ready]))
    }
  })
}
