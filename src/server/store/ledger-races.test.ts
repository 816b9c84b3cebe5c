import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { differencesOf } from '../../core/ledger/differences.ts'
import { comesOut } from '../../core/ledger/laws.ts'
import { readLedger } from '../../core/ledger/ledger.ts'
import { ledgerRows } from '../../knowledge/ledger.ts'
import { takeOverEntries } from '../http/take-over.ts'
import { bare, linesOf, stock, writeBare } from '../testing/ledger.ts'
import { addChart, clinic, draft, testShell, type Clinic, type TestPerson } from '../testing/practice.ts'
import { race } from '../testing/race.ts'

/** The rules of the ledger that span rows, raced four hundred times: two rivals for the last ten milligrams, and never both. */
const RACES = 400
const LAST_UL = 200

let server: Awaited<ReturnType<typeof testShell>>
let people: Clinic
let admin: pg.Client
beforeAll(async () => {
  server = await testShell()
  admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await server.close()
})

const prescribers = async (races = RACES) => {
  people = await clinic(server.shell.database)
  await admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'prescriber')`, [people.practice, people.mona.person])
  return stock(server.shell.database, people.pia, Array.from({ length: races }, () => ({ quantity: LAST_UL })))
}

test('the last ten milligrams go to one of two', { timeout: 120_000 }, async () => {
  const { place, containers } = await prescribers()
  const take = (who: TestPerson, at: number) => writeBare(server.shell.database, who, [bare('wasted', { how: 'bin' }, who, place, { container: containers[at]!, quantity: LAST_UL })])
  const winners = await race(RACES, (at) => [take(people.pia, at), take(people.mona, at)])
  expect(winners).toHaveLength(RACES)
  expect(winners.filter((n) => n !== 1)).toEqual([])
  const ledger = readLedger(await linesOf(server.shell.database, people.pia), 'UTC')
  expect([ledger.lines.length, ledger.broken, comesOut(ledger), [...ledger.containers.values()].filter(({ onHand }) => onHand !== 0)]).toEqual([1 + 2 * RACES, [], true, []])
})

/** In eight practices, fifty times each: a ledger is read whole each time something is taken over. */
test.each(Array.from({ length: 8 }, (_, practice) => practice + 1))('drawn by two in two rooms at once: both charts keep it, one draw fits, and the other is a difference (%i of 8)', { timeout: 120_000 }, async () => {
  const races = RACES / 8
  const { containers } = await prescribers(races)
  const { database } = server.shell
  const charts = [people.chart, await addChart(database, people.owner, 'Second', [{ person: people.mona, role: 'monitor' }])]
  const sessions = [randomUUID(), randomUUID()]
  for (const [at, chart] of charts.entries()) await admin.query('insert into app.session_claim (practice_id, session_id, chart_id, closed) values ($1, $2, $3, true)', [people.practice, sessions[at], chart])
  const draw = async (who: TestPerson, room: number, at: number) => {
    await server.shell.append({ token: who.token, actor: { practice: people.practice, person: who.person }, stream: charts[room]!, receivedAt: '2026-11-21T17:00:01.000Z', action: 'entries.append',
      entries: [draft('medicine-drawn.v1', { prepared: randomUUID(), from: 'stock', container: containers[at]!, lot: 'A1', measure: 'ul', quantity: LAST_UL, dose: LAST_UL }, { session: sessions[room] }) as never] })
    await takeOverEntries(server.shell, people.practice)
  }
  const kept = await race(races, (at) => [draw(people.thea, 0, at), draw(people.mona, 1, at)])
  expect(kept.filter((n) => n !== 2), 'nothing that happened in a room is refused').toEqual([])
  await takeOverEntries(server.shell, people.practice)
  const ledger = readLedger(await linesOf(database, people.pia), 'UTC')
  const drawn = ledger.lines.filter(({ kind }) => kind === 'drawn')
  const fitting = drawn.filter(({ fits }) => fits)
  expect([drawn.length, fitting.length, new Set(fitting.map(({ container }) => container)).size]).toEqual([2 * races, races, races])
  expect(differencesOf(ledger, ledgerRows).filter(({ kind }) => kind === 'unfit')).toHaveLength(races)
  expect([ledger.broken, comesOut(ledger)]).toEqual([[], true])
})

test('one entry of a chart, taken over by several at once, is one line', { timeout: 60_000 }, async () => {
  const { containers } = await prescribers()
  const session = randomUUID()
  await admin.query('insert into app.session_claim (practice_id, session_id, chart_id, closed) values ($1, $2, $3, true)', [people.practice, session, people.chart])
  const entries = containers.slice(0, 40).map((container) => draft('medicine-drawn.v1', { prepared: randomUUID(), from: 'stock', container, lot: 'A1', measure: 'ul', quantity: 10, dose: 10 }, { session }))
  await server.shell.append({ token: people.thea.token, actor: { practice: people.practice, person: people.thea.person }, stream: people.chart, receivedAt: '2026-11-21T17:00:01.000Z', action: 'entries.append', entries: entries as never })
  await Promise.all(Array.from({ length: 8 }, () => takeOverEntries(server.shell, people.practice)))
  const lines = (await linesOf(server.shell.database, people.pia)).filter(({ kind }) => kind === 'drawn')
  expect([lines.length, new Set(lines.map(({ entry }) => entry)).size]).toEqual([entries.length, entries.length])
})
