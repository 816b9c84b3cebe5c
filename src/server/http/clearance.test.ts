import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePractice } from '../sample/people.ts'
import { codeAfter, newCodeSecret } from '../sign-in/one-time-code.ts'
import { seal } from '../sign-in/secrets.ts'
import { signedIn } from '../testing/practice.ts'
import { sampleShell } from '../testing/sample.ts'
import { ask, device } from '../testing/world.ts'
import { keepCredential } from './sign-in.ts'

/**
 * A session may start only on a clearance that is in force, also when the prescriber takes it back in the very same
 * moment. Four hundred charts, each a copy of one on which a session did start, as it stood right before.
 */
const RACES = 400
const LANES = 4

let server: Awaited<ReturnType<typeof sampleShell>>
let admin: pg.Client
let before: Ready
beforeAll(async () => {
  server = await sampleShell();
  ({ admin } = server)
  before = await readyChart()
}, 300_000)
afterAll(() => server.close())

interface Ready {
  readonly chart: string
  readonly lastSeq: number
  readonly at: string
  readonly visit: string
  readonly order: string
  readonly therapist: string
}

/** A chart of the sample practice up to the entry before its first medicine session. */
async function readyChart(): Promise<Ready> {
  const { rows } = await admin.query<Ready>(`select stream_id as chart, seq - 1 as "lastSeq", at, body->>'visit' as visit, body->>'order' as order, by_person as therapist from app.entry where kind = 'session-started.v1' order by at limit 1`)
  return rows[0]!
}

async function copies(prescribers: readonly string[]): Promise<string[]> {
  const charts = Array.from({ length: RACES }, () => randomUUID())
  const columns = 'kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest'
  await admin.query(`insert into app.chart (practice_id, chart_id, display_name, birth_date, opened_at, protocol) select c.practice_id, x, c.display_name, c.birth_date, c.opened_at, c.protocol from app.chart c, unnest($2::uuid[]) x where c.chart_id = $1`, [before.chart, charts])
  await admin.query(`insert into app.stream (practice_id, stream_id, chart_id, type, last_seq, last_digest) select e.practice_id, x, x, 'chart', e.seq, e.digest from app.entry e, unnest($2::uuid[]) x where e.stream_id = $1 and e.seq = $3`, [before.chart, charts, before.lastSeq])
  await admin.query(`insert into app.entry (practice_id, stream_id, chart_id, seq, id, ${columns}) select practice_id, x, x, seq, id, ${columns} from app.entry e, unnest($2::uuid[]) x where e.stream_id = $1 and e.seq <= $3`, [before.chart, charts, before.lastSeq])
  await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) select t.practice_id, x, t.person_id, t.role, t.since from app.care_team t, unnest($2::uuid[]) x where t.chart_id = $1`, [before.chart, charts])
  await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) select $1, x, y, 'prescriber', 'x' from unnest($2::uuid[]) x, unnest($3::uuid[]) y`, [samplePractice.id, charts, prescribers])
  return charts
}

/** Each lane has a prescriber of its own, since a one-time code works once and a fresh secret replaces the last. */
async function prescriber(lane: number) {
  const person = randomUUID()
  await admin.query(`insert into app.person (practice_id, person_id, given_name, family_name) values ($1, $2, 'Pia', $3)`, [samplePractice.id, person, `Lane ${lane}`])
  await admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'prescriber')`, [samplePractice.id, person])
  const token = await signedIn(server.shell.database, samplePractice.id, person)
  return {
    person, token,
    async code() {
      const secret = newCodeSecret()
      await keepCredential(server.shell, samplePractice.id, person, `${person}@example.org`, { totpSecret: seal(server.shell.secret, secret) })
      return codeAfter(secret, 0)
    },
  }
}

test('a clearance taken back while a session starts: none starts on one that is no longer in force', { timeout: 180_000 }, async () => {
  const prescribers: Awaited<ReturnType<typeof prescriber>>[] = []
  for (let lane = 0; lane < LANES; lane += 1) prescribers.push(await prescriber(lane))
  const charts = await copies(prescribers.map(({ person }) => person))
  const token = await signedIn(server.shell.database, samplePractice.id, before.therapist)
  server.shell.clock.set?.(before.at)
  const unexpected: string[] = []
  let next = 0
  await Promise.all(prescribers.map(async ({ token: signer, code }) => {
    while (next < RACES) {
      const at = next++
      const chart = charts[at]!
      const hold = { decision: 'held', conditions: [], reason: 'Something was said on the telephone this morning.', overrides: [], lastSeq: before.lastSeq }
      const body = { id: randomUUID(), device, code: await code(), clearance: hold }
      const start = () => ask(server, 'startSession', token, { params: { chart }, body: { id: randomUUID(), device, visit: before.visit, order: before.order } })
      const take = () => ask(server, 'signClearance', signer, { params: { chart }, body })
      const [started, held] = at % 2 ? await Promise.all([start(), take()]) : (await Promise.all([take(), start()])).toReversed()
      if (held!.statusCode !== 200) unexpected.push(`held: ${held!.body}`)
      if (started!.statusCode !== 200 && !(started!.json().code === 'session.gates' && started!.body.includes('clearance'))) unexpected.push(`started: ${started!.body}`)
    }
  }))
  expect(unexpected).toEqual([])

  const { rows } = await admin.query<{ held: number; started: number | null }>(
    `select min(seq) filter (where kind = 'clearance.v1') as held, min(seq) filter (where kind = 'session-started.v1') as started from app.entry where stream_id = any($1) and seq > $2 group by stream_id`, [charts, before.lastSeq])
  const first = rows.filter(({ started }) => started !== null).length
  console.log(`clearance taken back ${rows.length} times while a session starts: ${first} sessions came first, ${rows.length - first} did not start`)
  expect(rows).toHaveLength(RACES)
  expect(rows.filter(({ held, started }) => started !== null && started > held)).toEqual([])
  expect(Math.min(first, RACES - first), 'either came first often enough to mean something').toBeGreaterThan(20)
  const { rows: told } = await admin.query<{ chart: string }>(`select distinct chart_id as chart from app.notice where chart_id = any($1) and kind = 'clearance' and person_id = $2 and done_at is null`, [charts, before.therapist])
  expect(told, 'whoever runs the session hears of it, whichever came first').toHaveLength(RACES)
})
