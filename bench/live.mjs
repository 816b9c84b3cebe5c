// bench/live: from an entry on one device to the other one's stream; at rest, with eight writers, after a reconnect, and
// with hundreds of rooms at once. `--minutes 5` keeps each of those crowds up for so long, `--rooms 500` takes one alone.
import { setTimeout as wait } from 'node:timers/promises'
import net from 'node:net'
import { line } from './support/line.mjs'
import { median, option, printMachine, printTable, quantile, rssMb, show } from './support/figures.mjs'
import { makePractice, vitals } from './support/people.mjs'
import { head, makeRooms, row, runRooms } from './support/rooms.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const ENTRIES = option('entries', 300)
const ROUNDS = option('rounds', 3)
const WRITERS = 8
const CROWDS = option('rooms', 0) ? [option('rooms', 0)] : [100, 500, 1_000, 2_000, 4_000, 8_000]
const CROWD_SECONDS = option('minutes', 0.25) * 60
/** What a crowd may take from device to device. */
const MARKS = { p50: 50, p99: 500 }

const server = await realServer()
try {
  const world = await withAdmin(server, async (admin) => {
    await printMachine(admin)
    return makePractice(admin, WRITERS + 1)
  })
  console.log('switched on  row-level security, session token, kinds filtered by who listens, the append durable before it is heard of\n')
  await roomOf(world, 100)
  const rows = []
  for (const writers of [0, WRITERS]) {
    const rounds = []
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await besideWriters(world, writers))
    const of = (part) => show(median(rounds.map((times) => quantile(times, part))), 2)
    rows.push([writers ? `beside ${writers} clients writing` : 'at rest', of(0.5), of(0.95), of(0.99), `${rounds.flat().length}`])
  }
  printTable(['created here → shown there', 'p50', 'p95', 'p99 ms', 'entries'], rows)
  const times = []
  for (let round = 0; round < 20; round += 1) times.push(await replay(world))
  console.log(`\nreconnected, and the 50 entries missed were there after ${show(median(times), 2)} ms (p50 of ${times.length}), each once`)
  await crowds(world.practice)
} finally {
  await server.close()
}

/** Rooms of three devices with an entry each five seconds, more and more of them, until a mark is missed. */
async function crowds(practice) {
  const done = []
  const restMb = rssMb(server.pid)
  let rooms = []
  for (const count of CROWDS) {
    rooms = [...rooms, ...(await makeRooms(server, practice, count - rooms.length))]
    const one = await runRooms(server, rooms, CROWD_SECONDS, restMb)
    done.push({ ...one, held: one.lost === 0 && one.refused === 0 && one.p50 <= MARKS.p50 && one.p99 <= MARKS.p99 })
    if (!done.at(-1).held) break
  }
  console.log(`\n${CROWD_SECONDS} s each; marks: p50 ${MARKS.p50} ms, p99 ${MARKS.p99} ms, nothing lost`)
  printTable(head, done.map((one) => row(one, one.held)))
  const missed = done.find(({ held }) => !held)
  const most = done.findLast(({ held }) => held)
  console.log(missed ? `the knee lies between ${most?.rooms ?? 0} and ${missed.rooms} rooms` : `no knee up to ${most.rooms} rooms`)
}

async function besideWriters(world, writers) {
  let over = false
  const busy = Array.from({ length: writers }, async (_, at) => {
    const connection = await line(server.port)
    const { chart, monitor, session } = world.charts[at + 1]
    while (!over) await connection.post(`/api/charts/${chart}/entries`, monitor.token, { entries: [vitals({ session })] })
    connection.close()
  })
  const times = await roomOf(world, ENTRIES)
  over = true
  await Promise.all(busy)
  return times
}

/** Two people in one room: what the monitor writes, the therapist sees. One entry at a time, as people write. */
async function roomOf({ charts }, count) {
  const { chart, therapist, monitor, session } = charts[0]
  const connection = await line(server.port)
  const heard = await listen(chart, therapist.token, await newest(connection, chart, therapist))
  const times = []
  for (let at = 0; at < count; at += 1) {
    const entry = vitals({ session })
    const arrives = heard.waitFor(entry.id)
    const began = performance.now()
    void connection.post(`/api/charts/${chart}/entries`, monitor.token, { entries: [entry] })
    times.push((await arrives) - began)
    await wait(3)
  }
  heard.close()
  connection.close()
  return times
}

async function replay({ charts }) {
  const { chart, therapist, monitor, session } = charts[0]
  const connection = await line(server.port)
  const before = await newest(connection, chart, therapist)
  const entries = Array.from({ length: 50 }, () => vitals({ session }))
  await connection.post(`/api/charts/${chart}/entries`, monitor.token, { entries })
  const began = performance.now()
  const heard = await listen(chart, therapist.token, before)
  const took = (await heard.waitFor(entries.at(-1).id)) - began
  if (heard.count() !== 50) throw new Error(`${heard.count()} entries were replayed instead of 50`)
  heard.close()
  connection.close()
  return took
}

async function newest(connection, chart, { token }) {
  const { body } = await connection.get(`/api/charts/${chart}/entries?newest=1`, token)
  return JSON.parse(body).lastSeq
}

/** One stream over a plain socket; notes the moment at which each entry is first seen. */
async function listen(chart, token, after) {
  const socket = net.connect({ port: server.port, host: '127.0.0.1', noDelay: true })
  const seen = new Map()
  const waiting = new Map()
  let text = ''
  const opened = new Promise((resolve) => {
    socket.on('data', (data) => {
      const now = performance.now()
      text += data.toString('latin1')
      if (text.includes('retry: 1000')) resolve()
      const end = text.lastIndexOf('\n\n')
      for (const [, id] of text.slice(0, Math.max(end, 0)).matchAll(/"id":"([0-9a-f-]{36})"/g)) {
        if (!seen.has(id)) seen.set(id, now)
        waiting.get(id)?.(now)
      }
      if (end >= 0) text = text.slice(end)
    })
  })
  socket.write(`GET /api/charts/${chart}/live?after=${after} HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\ncookie: openkap=${token}\r\n\r\n`)
  await opened
  return { waitFor: (id) => new Promise((resolve) => (seen.has(id) ? resolve(seen.get(id)) : waiting.set(id, resolve))), count: () => seen.size, close: () => socket.destroy() }
}
