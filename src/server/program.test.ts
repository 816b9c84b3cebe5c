import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startProgram, type Program } from './program.ts'
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

async function start(environment: Record<string, string>): Promise<Program> {
  const program = await startProgram(readSettings(['--empty'], environment, '/'), { report: () => {}, lost: () => {} })
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
}, 30_000)

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
