import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { addChart, clinic, draft, shellWithAdmin, type Clinic } from '../testing/practice.ts'
import { race } from '../testing/race.ts'
import { appendWithin } from './append.ts'
import { bookVisits } from './calendar.ts'

/** Every rule that spans rows, raced four hundred times: two rivals at once, and never both. */
const RACES = 400

let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
let admin: pg.Client
beforeAll(async () => {
  server = await shellWithAdmin()
  admin = server.admin
  people = await clinic(server.shell.database)
  await server.shell.database.inContext(people.owner.token, { durable: true }, ({ client, actor }) => client.query(`insert into app.room (practice_id, room_id, name, dosing) values ($1, $2, 'Cedar', true)`, [actor.practice, room]))
})
afterAll(() => server.close())
const room = randomUUID()

const visitAt = (minutes: number, more: Partial<BookedVisit>): BookedVisit => ({
  visit: randomUUID(), type: 'preparation', number: 1, startsAt: plusMinutes('2027-01-01T08:00:00.000Z', minutes), endsAt: plusMinutes('2027-01-01T08:00:00.000Z', minutes + 60), localStart: '2027-01-01T00:00', zone: 'America/Los_Angeles', people: [], online: false, ...more,
})
const NOW = '2026-11-22T08:00:00.000Z'
const book = (chart: string, visit: BookedVisit) => server.shell.database.inContext(people.cora.token, { durable: true }, (context) => bookVisits(context, chart, [visit], (each) => each.endsAt, NOW))

test('a room is never booked twice', { timeout: 60_000 }, async () => {
  const other = await addChart(server.shell.database, people.owner, 'Other')
  const winners = await race(RACES, (at) => [book(people.chart, visitAt(at * 100, { room: { id: room, name: 'Cedar' } })), book(other, visitAt(at * 100 + 30, { room: { id: room, name: 'Cedar' } }))])
  expect(winners).toHaveLength(RACES)
  expect(winners.filter((n) => n !== 1)).toEqual([])
})

const hold = (chart: string, visit: BookedVisit, until: string, at = NOW) => server.shell.database.inContext(people.cora.token, { durable: true }, (context) => bookVisits(context, chart, [visit], (each) => each.endsAt, at, { until, by: people.cora.person }))
const inCedar = { room: { id: room, name: 'Cedar' } }

test('what is held is nobody else’s, whether they hold or book', { timeout: 60_000 }, async () => {
  const charts = await Promise.all(Array.from({ length: RACES }, (_, i) => addChart(server.shell.database, people.owner, `Held ${i}`)))
  const others = await Promise.all(Array.from({ length: RACES }, (_, i) => addChart(server.shell.database, people.owner, `Rival ${i}`)))
  const [held, other] = [(at: number) => visitAt(500_000 + at * 100, inCedar), (at: number) => visitAt(500_000 + at * 100 + 30, inCedar)]
  const winners = await race(RACES, (at) => [hold(charts[at]!, held(at), '2026-11-23T08:00:00.000Z'), at % 2 ? book(others[at]!, other(at)) : hold(others[at]!, other(at), '2026-11-23T08:00:00.000Z')])
  expect(winners).toHaveLength(RACES)
  expect(winners.filter((n) => n !== 1)).toEqual([])
})

test('a hold whose end has passed keeps nobody out, and of two who then want it one gets it', { timeout: 60_000 }, async () => {
  const lapsed = await Promise.all(Array.from({ length: RACES }, (_, i) => addChart(server.shell.database, people.owner, `Lapsed ${i}`)))
  const [a, b] = [await addChart(server.shell.database, people.owner, 'First after'), await addChart(server.shell.database, people.owner, 'Second after')]
  for (let at = 0; at < RACES; at += 1) await hold(lapsed[at]!, visitAt(700_000 + at * 100, inCedar), NOW, '2026-11-21T08:00:00.000Z')
  const winners = await race(RACES, (at) => [book(a, visitAt(700_000 + at * 100 + 10, inCedar)), book(b, visitAt(700_000 + at * 100 + 20, inCedar))])
  expect(winners.filter((n) => n !== 1)).toEqual([])
})

test('a person is never in two places', { timeout: 60_000 }, async () => {
  const [a, b] = [await addChart(server.shell.database, people.owner, 'A'), await addChart(server.shell.database, people.owner, 'B')]
  const therapist = [{ person: people.thea.person, name: 'Thea', role: 'therapist' }]
  const winners = await race(RACES, (at) => [book(a, visitAt(100_000 + at * 200, { people: therapist })), book(b, visitAt(100_000 + at * 200 + 59, { people: therapist }))])
  expect(winners.filter((n) => n !== 1)).toEqual([])
})

test('a prescriber on call covers four rooms at once and never a fifth', { timeout: 60_000 }, async () => {
  const charts = await Promise.all(Array.from({ length: 5 }, (_, i) => addChart(server.shell.database, people.owner, `Five ${i}`)))
  const onCall = [{ person: people.pia.person, name: 'Pia', role: 'prescriber on call' }]
  for (let at = 0; at < 20; at += 1) {
    let placed = 0
    for (const chart of charts) placed += await book(chart, visitAt(300_000 + at * 100, { people: onCall })).then(() => 1, () => 0)
    expect(placed).toBe(4)
  }
})

test('a patient has one open session, whoever starts it', { timeout: 60_000 }, async () => {
  const charts = await Promise.all(Array.from({ length: RACES }, (_, i) => addChart(server.shell.database, people.owner, `Open ${i}`, [{ person: people.thea, role: 'therapist' }, { person: people.pia, role: 'prescriber' }])))
  const start = (who: typeof people.thea, chart: string) => server.shell.database.inContext(who.token, { durable: true }, ({ client, actor }) =>
    appendWithin(client, { token: who.token, actor, stream: chart, receivedAt: '2026-11-21T17:00:00.000Z', action: 'session.started', act: true, entries: [draft('session-started.v1', { protocol: 'solo-six' }) as never] }))
  const winners = await race(RACES, (at) => [start(people.thea, charts[at]!), start(people.pia, charts[at]!)])
  expect(winners.filter((n) => n !== 1)).toEqual([])
})

test('a dose step belongs to one entry, and the other is kept beside it', { timeout: 60_000 }, async () => {
  const { database } = server.shell
  const chart = await addChart(database, people.owner, 'Dosed', [{ person: people.thea, role: 'therapist' }, { person: people.mona, role: 'monitor' }])
  const dose = (who: typeof people.thea, session: string) => server.shell.append({
    token: who.token, actor: { practice: people.practice, person: who.person }, stream: chart, receivedAt: '2026-11-21T17:00:00.000Z', action: 'entries.append',
    entries: [draft('dose-given.v1', { step: 1, doseUg: 40_000 }, { session }) as never],
  })
  const sessions: string[] = []
  for (let at = 0; at < RACES; at += 1) {
    const session = randomUUID()
    sessions.push(session)
    await admin.query('insert into app.session_claim (practice_id, session_id, chart_id, closed) values ($1, $2, $3, true)', [people.practice, session, chart])
  }
  const kept = await race(RACES, (at) => [dose(people.thea, sessions[at]!), dose(people.mona, sessions[at]!)])
  expect(kept.filter((n) => n !== 2), 'both entries are stored').toEqual([])
  const claims = await database.inContext(people.thea.token, { durable: false }, async ({ client }) => (await client.query('select session_id from app.dose_claim where chart_id = $1', [chart])).rowCount)
  expect(claims).toBe(RACES)
})

test('one entry sent by two devices at once is stored once', { timeout: 60_000 }, async () => {
  const entries = Array.from({ length: RACES }, () => draft('session-note.v1', { text: 'once' }))
  const send = (at: number) => server.shell.append({ token: people.thea.token, actor: { practice: people.practice, person: people.thea.person }, stream: people.chart, receivedAt: '2026-11-21T17:00:00.000Z', action: 'entries.append', entries: [entries[at] as never] })
  await race(RACES, (at) => [send(at), send(at)])
  const { rows } = await server.shell.database.inContext(people.thea.token, { durable: false }, ({ client }) => client.query<{ n: number; top: number }>(`select count(*)::int as n, max(seq) as top from app.entry where stream_id = $1`, [people.chart]))
  expect(rows[0]).toEqual({ n: RACES, top: RACES })
})
