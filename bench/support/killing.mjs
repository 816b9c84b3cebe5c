// Kills a real server under load, again and again, and looks whether anything acknowledged is missing.
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { line } from './line.mjs'
import { draft, makePractice } from './people.mjs'
import { realServer, withAdmin } from './server.mjs'

const CHARTS = 4
const WRITERS = 8

/**
 * Answers what was acknowledged, how often what was killed, and every fault that was found: an acknowledged entry
 * that is missing or stands elsewhere, half of a batch, a gap in the numbers, a digest that does not fit.
 * @param {{ kills: number, seed: number, built?: string, report?: (text: string) => void }} options
 */
export async function killing({ kills, seed, built, report = () => {} }) {
  const chance = randomFrom(seed)
  const server = await realServer({ built, quiet: true })
  const world = await withAdmin(server, (admin) => makePractice(admin, CHARTS))
  const load = startLoad(server, world, chance)
  const counts = { node: 0, both: 0, database: 0 }
  const faults = []
  const seen = new Map()
  try {
    for (let at = 0; at < kills; at += 1) {
      await load.someMore()
      await wait(20 + chance() * 380)
      const victim = pick(chance)
      counts[victim] += 1
      await kill(server, victim)
      if (victim !== 'database') await server.start()
      report(`kill ${at + 1} of ${kills}: ${victim}; ${load.acknowledged.size} entries acknowledged`)
      faults.push(...(await lookAt(server, world, load, { seen })))
      if (faults.length > 20) break
    }
    await load.finish()
    faults.push(...(await lookAt(server, world, load, { atRest: true })))
  } finally {
    load.stop()
    await server.close()
  }
  return { kills: counts, acknowledged: load.acknowledged.size, batches: load.batches.size, retried: load.retried(), faults: [...new Set(faults)] }
}

const pick = (chance) => {
  const at = chance()
  return at < 0.5 ? 'node' : at < 0.8 ? 'both' : 'database'
}

async function kill(server, victim) {
  const { pid } = server.database
  if (victim !== 'node') process.kill(pid, 'SIGKILL')
  if (victim !== 'database') await server.end('SIGKILL')
  // The program starts the database again by itself; it is back when the database has another process.
  else for (let tries = 0; tries < 3_000 && !server.ended(); tries += 1) {
    const now = await Promise.resolve().then(() => server.database).catch(() => undefined)
    if (now && now.pid !== pid && (await fetch(`${server.url}/api/welcome`).then(({ ok }) => ok, () => false))) return
    await wait(20)
  }
}

/** Eight writers on four charts; each batch of one to five entries carries its name and size, so that half of one can be told. */
function startLoad(server, { charts }, chance) {
  const [batches, acknowledged] = [new Map(), new Map()]
  let [over, retries, answered] = [false, 0, 0]
  const writer = async (at) => {
    const { chart, therapist } = charts[at % CHARTS]
    let connection
    let pending
    while (!over) {
      pending ??= newBatch(chance, chart)
      batches.set(pending.name, pending)
      try {
        connection ??= await line(server.port)
        const { status, body } = await connection.post(`/api/charts/${chart}/entries`, therapist.token, { entries: pending.entries })
        if (status !== 201) throw new Error(`${status} ${body}`)
        for (const { id, seq, digest } of JSON.parse(body).stored) acknowledged.set(id, { seq, digest, chart })
        answered += 1
        pending = undefined
      } catch {
        connection?.close()
        connection = undefined
        retries += 1
        // Every other one is sent again under the same ids, as a device would; the rest stay whatever they became.
        if (chance() < 0.5) pending = undefined
        await wait(30)
      }
    }
    connection?.close()
  }
  const all = Promise.all(Array.from({ length: WRITERS }, (_, at) => writer(at)))
  return {
    batches, acknowledged, retried: () => retries, stop() { over = true },
    async someMore() {
      const before = answered
      for (let tries = 0; answered < before + 10 && tries < 3_000; tries += 1) await wait(10)
    },
    async finish() { over = true; await all },
  }
}

function newBatch(chance, chart) {
  const [name, size] = [randomUUID(), 1 + Math.floor(chance() * 5)]
  return { name, size, chart, entries: Array.from({ length: size }, (_, at) => draft('session-note.v1', { text: `${name} ${at + 1}/${size}` })) }
}

/**
 * Reads what came to every chart since it was last looked at, and compares; at the end, every chart whole, so that what
 * went away later is missed too. With writers still at work, only what was acknowledged before the reading counts.
 */
async function lookAt(server, { practice, charts }, { acknowledged }, { atRest = false, seen = new Map() }) {
  const faults = []
  for (const { chart, therapist } of charts) {
    const from = seen.get(chart) ?? START
    const before = [...acknowledged].filter(([, entry]) => entry.chart === chart && entry.seq > from.seq)
    const { entries, lastSeq } = await readChart(server, chart, therapist.token, from.seq)
    const byId = new Map(entries.map((entry) => [entry.id, entry]))
    for (const [id, { seq, digest }] of before) {
      const entry = byId.get(id)
      if (!entry) faults.push(`lost: ${id} was acknowledged as ${seq} and is not there`)
      else if (entry.seq !== seq || entry.digest !== digest) faults.push(`moved: ${id} was acknowledged as ${seq} and is ${entry.seq}`)
    }
    faults.push(...halves(entries), ...gaps(entries, lastSeq, from, atRest), ...chain(entries, practice, chart, from))
    seen.set(chart, entries.at(-1) ?? from)
  }
  return faults
}

const START = { seq: 0, digest: '0'.repeat(64) }

async function readChart({ url, ended }, chart, token, after) {
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${url}/api/charts/${chart}/entries?after=${after}`, { headers: { cookie: `openkap=${token}` } }).catch(() => undefined)
    if (answer?.ok) return answer.json()
    if (ended()) throw new Error(`The program ended by itself: ${ended()}`)
    if (tries > 500) throw new Error(`The chart could not be read: ${answer?.status} ${await answer?.text()}`)
    await wait(20)
  }
}

function halves(entries) {
  const kept = new Map()
  for (const { body } of entries) {
    const [, name, size] = /^(\S+) \d+\/(\d+)$/.exec(body.text)
    kept.set(name, { size: Number(size), found: (kept.get(name)?.found ?? 0) + 1 })
  }
  return [...kept].filter(([, { size, found }]) => size !== found).map(([name, { size, found }]) => `half: ${found} of ${size} entries of batch ${name}`)
}

function gaps(entries, lastSeq, from, atRest) {
  const wrong = entries.find(({ seq }, at) => seq !== from.seq + at + 1)
  return [...(wrong ? [`gap: ${wrong.seq} follows out of turn`] : []), ...(lastSeq < from.seq ? [`lost: the head says ${lastSeq} after ${from.seq}`] : []), ...(atRest && lastSeq !== entries.length ? [`gap: the head says ${lastSeq} and ${entries.length} are there`] : [])]
}

/** Worked out again here, apart from the product's own code: SHA-256 over the sorted JSON with the digest before. */
function chain(entries, practice, chart, from) {
  let previous = from.digest
  for (const { digest, ...entry } of entries) {
    const text = sorted({ ...entry, practice, chart, previous })
    if (createHash('sha256').update(text).digest('hex') !== digest) return [`chain: entry ${entry.seq} of ${chart} does not fit`]
    previous = digest
  }
  return []
}

const sorted = (value) => value === null || typeof value !== 'object' ? JSON.stringify(value)
  : Array.isArray(value) ? `[${value.map(sorted).join(',')}]`
  : `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${sorted(value[key])}`).join(',')}}`

function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
