// Many rooms at once: three devices each, and an entry every five seconds. Until one of the marks is missed, or to the end.
import { randomUUID } from 'node:crypto'
import net from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { quantile, rssMb, show } from './figures.mjs'
import { line } from './line.mjs'
import { device, signIn, vitals } from './people.mjs'
import { withAdmin } from './server.mjs'

const DEVICES = 3
const EVERY_MS = 5_000
const LANES = 32

/** So many running sessions, each on a chart of its own with a therapist and a monitor, begun as the server begins them. */
export async function makeRooms(server, practice, count) {
  return withAdmin(server, async (admin) => {
    const rooms = Array.from({ length: count }, () => ({ chart: randomUUID(), session: randomUUID(), therapist: randomUUID(), monitor: randomUUID() }))
    const all = (name) => rooms.map((room) => room[name])
    const now = new Date().toISOString()
    const started = (one) => JSON.stringify({ protocol: 'solo-six', route: 'IM', order: randomUUID(), clearance: randomUUID(), consents: [randomUUID()], edition: 'bench', number: 1, gates: [], people: [{ person: one.therapist, name: 'Thea Bench', role: 'therapist' }] })
    await admin.query('begin')
    for (const role of ['therapist', 'monitor']) {
      await admin.query(`insert into app.person (practice_id, person_id, given_name, family_name) select $1, x, 'Thea', 'Bench' from unnest($2::uuid[]) x`, [practice, all(role)])
      await admin.query('insert into app.membership (practice_id, person_id, role) select $1, x, $3 from unnest($2::uuid[]) x', [practice, all(role), role])
    }
    await admin.query(`insert into app.chart (practice_id, chart_id, display_name, birth_date, opened_at) select $1, x, 'Mara Bench', '1986-03-14', $3 from unnest($2::uuid[]) x`, [practice, all('chart'), now])
    await admin.query(`insert into app.stream (practice_id, stream_id, chart_id, type, last_seq, last_digest) select $1, x, x, 'chart', 1, repeat('0', 64) from unnest($2::uuid[]) x`, [practice, all('chart')])
    for (const role of ['therapist', 'monitor']) await admin.query('insert into app.care_team (practice_id, chart_id, person_id, role, since) select $1, c, p, $4, $5 from unnest($2::uuid[], $3::uuid[]) as u(c, p)', [practice, all('chart'), all(role), role, now])
    await admin.query('insert into app.session_claim (practice_id, session_id, chart_id) select $1, s, c from unnest($2::uuid[], $3::uuid[]) as u(s, c)', [practice, all('session'), all('chart')])
    await admin.query(
      `insert into app.entry (practice_id, stream_id, chart_id, seq, id, kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest)
       select $1, c, c, 1, s, 'session-started.v1', $6, $6, $6, p, $7, null, null, b::jsonb, repeat('0', 64) from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) as u(c, s, p, b)`,
      [practice, all('chart'), all('session'), all('therapist'), rooms.map(started), now, device])
    for (const room of rooms) for (const role of ['therapist', 'monitor']) room[`${role}Token`] = await signIn(admin, practice, room[role])
    await admin.query('commit')
    await admin.query('analyze')
    return rooms
  })
}

/** All rooms at once for so long. Every entry has to arrive on all three devices. `restMb` is what the server held before the first of them. */
export async function runRooms(server, rooms, seconds, restMb) {
  const devices = []
  await inLanes(rooms.flatMap((room) => Array.from({ length: DEVICES }, (_, at) => ({ room, token: at === 0 ? room.monitorToken : room.therapistToken }))), async ({ room, token }) => { devices.push(await listening(server.port, room, token)) })
  const opened = rssMb(server.pid)
  const lines = await Promise.all(Array.from({ length: LANES }, () => line(server.port)))
  const sent = new Map()
  const times = []
  let [acknowledged, refused, next] = [0, 0, 0]
  for (const one of devices) one.heard = (id, now) => { const began = sent.get(id); if (began !== undefined) { times.push(now - began.at); began.left -= 1 } }
  const began = performance.now()
  // One entry of each room in every five seconds, spread evenly; what is due while all lines are busy is counted from when it was due.
  await Promise.all(lines.map(async (one) => {
    for (;;) {
      const at = next++
      const dueMs = began + (at * EVERY_MS) / rooms.length
      if (dueMs - began > seconds * 1_000) return
      if (performance.now() < dueMs) await wait(dueMs - performance.now())
      const room = rooms[at % rooms.length]
      const entry = vitals({ session: room.session })
      sent.set(entry.id, { at: Math.max(dueMs, began), left: DEVICES })
      const { status } = await one.post(`/api/charts/${room.chart}/entries`, room.monitorToken, { entries: [entry] })
      if (status === 201) acknowledged += 1
      else { refused += 1; sent.delete(entry.id) }
    }
  }))
  const lagMs = performance.now() - began - seconds * 1_000
  for (let tries = 0; tries < 100 && [...sent.values()].some(({ left }) => left > 0); tries += 1) await wait(100)
  const lost = [...sent.values()].filter(({ left }) => left > 0).length
  const after = rssMb(server.pid)
  for (const one of lines) one.close()
  for (const one of devices) one.close()
  return { rooms: rooms.length, acknowledged, refused, lost, lagMs, p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99), kbEach: ((opened - restMb) * 1024) / rooms.length, rss: after }
}

export const row = (one, held) => [`${one.rooms} rooms`, `${one.rooms * DEVICES}`, `${one.acknowledged}`, `${one.lost}`, show(one.p50, 1), show(one.p95, 0), show(one.p99, 0), show(one.kbEach, 0), show(one.rss, 0), held ? 'held' : 'missed']
export const head = ['', 'streams', 'entries', 'lost', 'p50', 'p95', 'p99 ms', 'kB a room', 'server MB', '']

async function inLanes(all, work) {
  const left = [...all]
  await Promise.all(Array.from({ length: LANES }, async () => { for (let one = left.shift(); one; one = left.shift()) await work(one) }))
}

/** One device's stream on a plain socket: tells of each entry the moment its number arrives. */
async function listening(port, { chart }, token) {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
  const one = { heard: () => {}, close: () => socket.destroy() }
  let text = ''
  await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.on('data', (data) => {
      const now = performance.now()
      text += data.toString('latin1')
      if (text.includes('retry: 1000')) resolve()
      const end = text.lastIndexOf('\n\n')
      if (end < 0) return
      for (const [, id] of text.slice(0, end).matchAll(/"id":"([0-9a-f-]{36})"/g)) one.heard(id, now)
      text = text.slice(end + 2)
    })
    socket.write(`GET /api/charts/${chart}/live?after=1 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: openkap=${token}\r\n\r\n`)
  })
  return one
}
