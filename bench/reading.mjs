// bench/reading: a chart read whole, its newest entries, what came after a number; and all of it as the chart grows.
import { line } from './support/line.mjs'
import { load, median, option, printMachine, printTable, show } from './support/figures.mjs'
import { draft, makePractice, vitals } from './support/people.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const SECONDS = option('seconds', 2)
const ROUNDS = option('rounds', 3)
const SIZES = [50, 500, 5_000]

const server = await realServer()
try {
  const world = await withAdmin(server, async (admin) => {
    await printMachine(admin)
    return makePractice(admin, 12)
  })
  console.log('switched on  row-level security, session token, policy by kind and care team, one audit line a read\n')
  for (const { chart, therapist } of world.charts.slice(0, 8)) await fill(chart, therapist, 117)
  const whole = []
  for (const clients of [1, 8, 64]) whole.push(await reading(world, clients, '/entries', 117, `the whole chart, 117 entries`))
  whole.push(await reading(world, 8, '/entries?newest=100', 100, 'the newest 100 of 117'))
  printTable(['', 'clients', 'a second', 'p50', 'p95', 'p99 ms', 'wrong', 'cpu each: server', 'database'], whole)
  console.log('\nas a chart grows (p50, one client)')
  printTable(['entries', 'append one ms', 'newest 100 ms', 'after the last but 10 ms', 'whole ms', 'whole, each entry µs'], await growing(world))
} finally {
  await server.close()
}

/** A chart as a course leaves it: mostly readings of a session, some notes, some answers. */
async function fill(chart, { token }, upTo, from = 0) {
  const connection = await line(server.port)
  for (let at = from; at < upTo; at += 100) {
    const entries = Array.from({ length: Math.min(100, upTo - at) }, (_, one) => (one % 5 === 4 ? draft('session-note.v1', { text: 'Quiet, eyes closed; asked for the blanket. Said that the light had been warm and very far away.' }) : one % 7 === 6 ? draft('rating.v1', { scale: 'intensity', value: 6 }) : vitals()))
    const { status, body } = await connection.post(`/api/charts/${chart}/entries`, token, { entries })
    if (status !== 201) throw new Error(`${status} ${body}`)
  }
  connection.close()
}

async function reading({ charts }, clients, path, expected, says) {
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const lines = await Promise.all(Array.from({ length: clients }, () => line(server.port)))
    rounds.push(await load({
      clients, seconds: SECONDS, processes: [{ pid: server.pid }, { pid: server.database.pid, family: true }],
      once: async (at) => {
        const { chart, therapist } = charts[at % 8]
        const { status, body } = await lines[at].get(`/api/charts/${chart}${path}`, therapist.token)
        return status === 200 && body.endsWith('"lastSeq":117}') && count(body) === expected
      },
    }))
    for (const each of lines) each.close()
  }
  const of = (what) => median(rounds.map((round) => round[what]))
  return [says, clients, show(of('perSecond'), 0), show(of('p50'), 2), show(of('p95'), 2), show(of('p99'), 2), rounds.reduce((sum, { wrong }) => sum + wrong, 0), show(median(rounds.map(({ cpuMsEach }) => cpuMsEach[0])), 2), show(median(rounds.map(({ cpuMsEach }) => cpuMsEach[1])), 2)]
}
function count(body) {
  return body.split('"digest":').length - 1
}

async function growing({ charts }) {
  const { chart, therapist, session } = charts[8]
  const rows = []
  let filled = 0
  for (const size of SIZES) {
    await fill(chart, therapist, size, filled)
    await withAdmin(server, (admin) => admin.query('analyze'))
    const base = `/api/charts/${chart}/entries`
    const append = await timed((connection) => connection.post(base, therapist.token, { entries: [vitals({ session })] }), 201)
    const { newest, whole, last } = { newest: await timed((connection) => connection.get(`${base}?newest=100`, therapist.token), 200), whole: await timed((connection) => connection.get(base, therapist.token), 200, 40), last: await lastSeq(base, therapist) }
    const after = await timed((connection) => connection.get(`${base}?after=${last - 10}`, therapist.token), 200)
    filled = last
    rows.push([size, show(append, 2), show(newest, 2), show(after, 2), show(whole, 2), show((whole / last) * 1000, 1)])
  }
  return rows
}

async function lastSeq(base, { token }) {
  const connection = await line(server.port)
  const { body } = await connection.get(`${base}?newest=1`, token)
  connection.close()
  return JSON.parse(body).lastSeq
}

async function timed(once, right, times = 150) {
  const connection = await line(server.port)
  const took = []
  for (let at = 0; at < times + 20; at += 1) {
    const began = performance.now()
    const { status, body } = await once(connection)
    if (status !== right) throw new Error(`${status} ${body}`)
    if (at >= 20) took.push(performance.now() - began)
  }
  connection.close()
  return median(took)
}
