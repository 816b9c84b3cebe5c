import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import { sessionRowsOf } from '../../core/rulebook/book.ts'
import { readSession } from '../../core/session/session.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { followUp } from '../jobs/follow-up.ts'
import { shipped } from '../rulebook.ts'
import { samplePractice } from '../sample/people.ts'
import { fromRow } from '../store/charts.ts'
import { readyCharts, type Ready, type ReadyPerson } from '../testing/ready.ts'
import { ask, device } from '../testing/world.ts'

/**
 * What two people do to one chart in the same moment, through the routes their devices call: four hundred charts for each
 * pair, each a copy of one on which both may be done. Then the same with the guard taken out of the database, to see that
 * the race would show it.
 */
const RACES = 400
const PLANTED = 80
const LANES = 6

let ready: Ready
beforeAll(async () => { ready = await readyCharts() }, 300_000)
afterAll(() => ready.close())

interface Raced { readonly chart: string; readonly session: string }

/** So many copies of a chart as it stands now; a session that runs on it runs on each, under a name of its own. */
async function copies(source: string, count: number, running?: string): Promise<Raced[]> {
  const rows = Array.from({ length: count }, () => ({ chart: randomUUID(), session: randomUUID() }))
  const each = [rows.map(({ chart }) => chart), rows.map(({ session }) => session)]
  const columns = 'kind, at, written_at, received_at, by_person, device, amends, body, digest'
  const { admin } = ready
  await admin.query(`insert into app.chart (practice_id, chart_id, display_name, birth_date, opened_at, protocol) select c.practice_id, x, c.display_name, c.birth_date, c.opened_at, c.protocol from app.chart c, unnest($2::uuid[]) x where c.chart_id = $1`, [source, each[0]])
  await admin.query(`insert into app.stream (practice_id, stream_id, chart_id, type, last_seq, last_digest) select s.practice_id, x, x, 'chart', s.last_seq, s.last_digest from app.stream s, unnest($2::uuid[]) x where s.stream_id = $1`, [source, each[0]])
  await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) select t.practice_id, x, t.person_id, t.role, t.since from app.care_team t, unnest($2::uuid[]) x where t.chart_id = $1`, [source, each[0]])
  if (running) await admin.query(`insert into app.session_claim (practice_id, session_id, chart_id) select $3, s, x from unnest($1::uuid[], $2::uuid[]) as u(x, s)`, [...each, samplePractice.id])
  await admin.query(
    `insert into app.entry (practice_id, stream_id, chart_id, seq, id, session_id, ${columns}) select e.practice_id, x, x, e.seq, case when e.id = $4 then s else e.id end, case when e.session_id = $4 then s else e.session_id end, ${columns}
       from app.entry e, unnest($2::uuid[], $3::uuid[]) as u(x, s) where e.stream_id = $1`, [source, ...each, running ?? null])
  return rows
}

type Answered = Awaited<ReturnType<typeof ask>>

/** Two rivals at once on each chart, the first one first in every other race. */
async function race(charts: readonly Raced[], one: (raced: Raced) => Promise<Answered>, other: (raced: Raced) => Promise<Answered>): Promise<{ raced: Raced; answers: readonly [Answered, Answered] }[]> {
  const done: { raced: Raced; answers: readonly [Answered, Answered] }[] = []
  let next = 0
  await Promise.all(Array.from({ length: LANES }, async () => {
    while (next < charts.length) {
      const at = next++
      const raced = charts[at]!
      if (at % 2) done.push({ raced, answers: await Promise.all([one(raced), other(raced)]) })
      else {
        const [second, first] = await Promise.all([other(raced), one(raced)])
        done.push({ raced, answers: [first, second] })
      }
    }
  }))
  return done
}

const entriesOf = async (chart: string) => (await ready.admin.query('select * from app.entry where stream_id = $1 order by seq', [chart])).rows.map(fromRow)
const statuses = (done: Awaited<ReturnType<typeof race>>) => [...new Set(done.map(({ answers }) => answers.map(({ statusCode, body }) => (statusCode < 300 ? statusCode : `${statusCode} ${JSON.parse(body).code}`)).join(', ')))].toSorted()

/** Takes something out of the database for as long as the work lasts. */
async function without<T>(take: readonly string[], giveBack: readonly string[], work: () => Promise<T>): Promise<T> {
  for (const sql of take) await ready.admin.query(sql)
  try {
    return await work()
  } finally {
    for (const sql of giveBack) await ready.admin.query(sql)
  }
}

/** Judging no longer holds the chart's head. */
async function withoutLock<T>(work: () => Promise<T>): Promise<T> {
  const { rows } = await ready.admin.query<{ text: string }>(`select pg_get_functiondef('app.lock_head'::regproc) as text`)
  const { text } = rows[0]!
  expect(text).toContain(' for update')
  return without([text.replace(' for update', '')], [text], work)
}

describe('a new fact that reopens the clearance, while a session starts', () => {
  const pill = ({ chart }: Raced) => ready.write(ready.people.prescriber, chart, [ready.entry('medication.v1', { name: 'phenelzine', codes: [], dosage: '15 mg', status: 'active' })])
  const start = ({ chart, session }: Raced) => ready.start(ready.people.therapist, chart, { id: session })
  const order = async (charts: readonly Raced[]) => (await ready.admin.query<{ fact: number; started: number | null; reopened: number | null; told: number }>(
    `select min(seq) filter (where kind = 'medication.v1' and seq > $2) as fact, min(seq) filter (where kind = 'session-started.v1') as started, min(seq) filter (where kind = 'clearance-reopened.v1' and seq > $2) as reopened,
       (select count(distinct person_id)::int from app.notice n where n.chart_id = e.stream_id and n.kind = 'reopened') as told from app.entry e where stream_id = any($1) group by stream_id`, [charts.map(({ chart }) => chart), ready.lastSeq])).rows
  const behind = ({ fact, started }: { fact: number; started: number | null }) => started !== null && started > fact

  test('none starts behind it, and where the session was first both people are told', { timeout: 180_000 }, async () => {
    ready.shell.clock.set?.(ready.at)
    const charts = await copies(await ready.copy(), RACES)
    const done = await race(charts, start, pill)
    expect(statuses(done)).toEqual(['200, 201', '409 session.gates, 201'])
    // Who waits too long for a lock leaves it to the sweep, which the product runs every five seconds.
    const swept = (await order(charts)).filter(({ reopened }) => reopened === null).length
    expect(swept, 'most hear of it at once').toBeLessThan(RACES / 2)
    await followUp(ready.shell, samplePractice.id)
    const rows = await order(charts)
    const first = rows.filter(({ started }) => started !== null).length
    console.log(`a new medicine written ${rows.length} times while a session starts: ${first} sessions came first, ${rows.length - first} did not start; ${swept} left to the sweep`)
    expect(rows).toHaveLength(RACES)
    expect(rows.filter(behind)).toEqual([])
    expect(rows.filter(({ reopened, told }) => reopened === null || told < 2), 'reopened in writing, therapist and prescriber told').toEqual([])
    expect(Math.min(first, RACES - first), 'either came first often enough to mean something').toBeGreaterThan(20)
  })

  test('without the lock on the chart the race would show it', { timeout: 120_000 }, async () => {
    const charts = await copies(await ready.copy(), PLANTED)
    await withoutLock(() => race(charts, start, pill))
    expect((await order(charts)).filter(behind).length).toBeGreaterThan(0)
  })
})

describe('two people open a session for one patient in one moment', () => {
  const by = (who: ReadyPerson) => ({ chart }: Raced) => ready.start(who, chart)
  const open = async (charts: readonly Raced[]) => (await ready.admin.query<{ n: number }>(`select count(*)::int as n from app.entry where stream_id = any($1) and kind = 'session-started.v1' group by stream_id`, [charts.map(({ chart }) => chart)])).rows

  test('one is open, and the other person is told that it is', { timeout: 180_000 }, async () => {
    ready.shell.clock.set?.(ready.at)
    const charts = await copies(await ready.copy(), RACES)
    const done = await race(charts, by(ready.people.therapist), by(ready.people.prescriber))
    expect(statuses(done)).toEqual(['200, 409 session.gates', '409 session.gates, 200'])
    expect(done.filter(({ answers }) => !answers.some(({ body }) => body.includes('"code":"no-open-session"')))).toEqual([])
    const rows = await open(charts)
    expect([rows.length, rows.filter(({ n }) => n !== 1)]).toEqual([RACES, []])
  })

  test('without the lock and the index the race would show it; by the index alone none opens twice', { timeout: 120_000 }, async () => {
    const [indexed, bare] = [await copies(await ready.copy(), PLANTED), await copies(await ready.copy(), PLANTED)]
    const both = (charts: readonly Raced[]) => race(charts, by(ready.people.therapist), by(ready.people.prescriber))
    const index = 'create unique index one_open_session_a_chart on app.session_claim (practice_id, chart_id) where not closed'
    await withoutLock(async () => {
      await both(indexed)
      await without(['drop index app.one_open_session_a_chart'], ['update app.session_claim set closed = true', index], () => both(bare))
    })
    expect((await open(indexed)).filter(({ n }) => n !== 1)).toEqual([])
    expect((await open(bare)).filter(({ n }) => n > 1).length).toBeGreaterThan(0)
  })
})

describe('in a running session', () => {
  let room: Awaited<ReturnType<Ready['room']>>
  let source: string
  beforeAll(async () => {
    source = await ready.copy()
    room = await ready.room(source)
  })
  const read = async ({ chart, session }: Raced) => {
    const found = readSession(readChart(await entriesOf(chart)), session, sessionRowsOf(shipped), { now: plusMinutes(ready.at, 60), zone: 'America/Los_Angeles' })
    if (!found.ok) throw new Error('There is no such session.')
    return found.value
  }
  const inside = ({ session }: Raced, entry: ReturnType<typeof room.dose>) => ({ ...entry, id: randomUUID(), session })

  describe('two people record one dose in one moment', () => {
    const gives = (who: ReadyPerson, on: string) => (raced: Raced) => ready.write(who, raced.chart, [{ ...inside(raced, room.dose({ site: `${on} arm` })), device: randomUUID() }])
    // For each dose the drug ledger of its practice is read whole and held, and here all of them are in one: its own races stand in store/ledger-races.test.ts.
    beforeAll(() => ready.admin.query(`update app.ledger set begun_at = '9' || begun_at`))
    afterAll(() => ready.admin.query('update app.ledger set begun_at = substr(begun_at, 2)'))
    const claims = async (charts: readonly Raced[]) => (await ready.admin.query<{ n: number }>('select count(*)::int as n from app.dose_claim where session_id = any($1) group by session_id', [charts.map(({ session }) => session)])).rows

    test('both records are kept, one has the step, and no total is shown until both people have said which stands', { timeout: 180_000 }, async () => {
      ready.shell.clock.set?.(plusMinutes(ready.at, 15))
      const charts = await copies(source, RACES, room.session)
      const done = await race(charts, gives(ready.people.therapist, 'left'), gives(ready.people.monitor, 'right'))
      expect(statuses(done)).toEqual(['201, 201'])
      const rows = await claims(charts)
      expect([rows.length, rows.filter(({ n }) => n !== 1)]).toEqual([RACES, []])
      const wrong: string[] = []
      for (const raced of charts) {
        const { doses } = await read(raced)
        if (doses.steps[0]?.given.length !== 2 || doses.conflicts.join() !== '1' || doses.totalUg !== undefined) wrong.push(`${raced.chart}: ${JSON.stringify(doses.conflicts)} ${doses.totalUg}`)
      }
      expect(wrong).toEqual([])
    })

    test('without the key of the claim the race would show it', { timeout: 120_000 }, async () => {
      const charts = await copies(source, PLANTED, room.session)
      await without(['alter table app.dose_claim drop constraint dose_claim_pkey'], [`delete from app.dose_claim`, 'alter table app.dose_claim add primary key (practice_id, session_id, step)'], async () => {
        await race(charts, gives(ready.people.therapist, 'left'), gives(ready.people.monitor, 'right'))
        expect((await claims(charts)).filter(({ n }) => n > 1).length).toBeGreaterThan(0)
      })
    })
  })

  describe('a reading that arrives while the session is closed', () => {
    const reading = (raced: Raced) => ready.write(ready.people.monitor, raced.chart, [inside(raced, room.inside('vitals.v1', { systolicMmHg: 171, diastolicMmHg: 90, position: 'seated' }, 20))])
    const close = (raced: Raced) => ready.write(ready.people.therapist, raced.chart, [inside(raced, room.inside('session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, 20))])
    const is171 = (body: object) => (body as { systolicMmHg?: number }).systolicMmHg === 171

    /** What each of three readers makes of it: the server, and two devices to which the two entries came in either order. */
    async function lanes(raced: Raced) {
      const entries = await entriesOf(raced.chart)
      const two = entries.filter(({ kind, body }) => kind === 'session-closed.v1' || is171(body))
      const rest = entries.filter((entry) => !two.includes(entry))
      const seen = [entries, [...rest, ...two], [...two.toReversed(), ...rest]].map((order) => {
        const found = readSession(readChart(order), raced.session, sessionRowsOf(shipped), { now: plusMinutes(ready.at, 60), zone: 'America/Los_Angeles' })
        if (!found.ok) throw new Error('There is no such session.')
        const main = found.value.entries.all('vitals.v1').filter(({ body }) => is171(body)).length
        const late = found.value.late.filter(({ entry }) => is171(entry.body)).length
        return main === 1 && late === 0 ? 'in it' : main === 0 && late === 1 ? 'beside it' : `${main} in it, ${late} beside it`
      })
      const [closed, vital] = [two.find(({ kind }) => kind === 'session-closed.v1')!, two.find(({ body }) => is171(body))!]
      return { seen: [...new Set(seen)], behind: vital.receivedAt > closed.receivedAt }
    }

    test('stands once, inside or beside the record, by the server’s clock alone and alike for everybody', { timeout: 180_000 }, async () => {
      ready.shell.clock.set?.(plusMinutes(ready.at, 20))
      const charts = await copies(source, RACES, room.session)
      const done = await race(charts, reading, close)
      expect(statuses(done)).toEqual(['201, 201'])
      const count = { 'in it': 0, 'beside it': 0 }
      const wrong: unknown[] = []
      for (const raced of charts) {
        const { seen, behind } = await lanes(raced)
        if (seen.length !== 1 || seen[0] !== (behind ? 'beside it' : 'in it')) wrong.push({ seen, behind })
        else count[seen[0]] += 1
      }
      console.log(`a reading sent ${charts.length} times while the session is closed: ${count['in it']} in the record, ${count['beside it']} beside it`)
      expect(wrong).toEqual([])
      const { rows } = await ready.admin.query('select from app.session_claim where session_id = any($1) and not closed', [charts.map(({ session }) => session)])
      expect(rows, 'every session is closed').toHaveLength(0)
    })
  })
})

test('an act that a device sends again while its first is still being judged is done once', { timeout: 180_000 }, async () => {
  ready.shell.clock.set?.(ready.at)
  const charts = await copies(await ready.copy(), RACES)
  const again = ({ chart, session }: Raced) => ask(ready, 'startSession', ready.people.therapist.token, { params: { chart }, body: { id: session, device, visit: ready.visit, order: ready.order } })
  const done = await race(charts, again, again)
  expect(statuses(done)).toEqual(['200, 200'])
  expect(done.filter(({ answers: [a, b] }) => a.json().entry.seq !== b.json().entry.seq)).toEqual([])
})
