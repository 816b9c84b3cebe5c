// bench/calendar: who is taken when, in three calendars at once; and twenty rivals for one slot.
import { randomUUID } from 'node:crypto'
import { line } from './support/line.mjs'
import { load, median, option, printMachine, printTable, show } from './support/figures.mjs'
import { device, makePractice } from './support/people.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const SECONDS = option('seconds', 3)
const ROUNDS = option('rounds', 3)
const RIVALS = 20

const server = await realServer()
try {
  const world = await withAdmin(server, async (admin) => {
    await printMachine(admin)
    const made = await makePractice(admin, 3)
    await threeCalendars(admin, made)
    return made
  })
  console.log('switched on  row-level security, session token, one audit line a read\n')
  printTable(['', 'clients', 'a second', 'p50', 'p99 ms', 'wrong'], [await freeTime(world, 1), await freeTime(world, 8)])
  const rounds = []
  for (let round = 0; round < ROUNDS * 3; round += 1) rounds.push(await rivals(world, round))
  const alone = []
  for (let round = 0; round < ROUNDS * 3; round += 1) alone.push(await rivals(world, 100 + round, 1))
  console.log(`\n${RIVALS} rivals for one slot: the winner's time ${show(median(rounds.map(({ winnerMs }) => winnerMs)))} ms (${show(median(alone.map(({ winnerMs }) => winnerMs)))} ms alone), winners a round ${[...new Set(rounds.map(({ winners }) => winners))].join(', ')}; everybody answered within ${show(median(rounds.map(({ lastMs }) => lastMs)))} ms`)
} finally {
  await server.close()
}

/** Three therapists with weekly hours and a month of visits, and a first visit to be booked. */
async function threeCalendars(admin, { practice, charts }) {
  for (const [at, { therapist, chart }] of charts.entries()) {
    await admin.query(`insert into app.staff_profile (practice_id, person_id, accepting, weekly) values ($1, $2, true, $3)`, [practice, therapist.person, JSON.stringify([1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })))])
    for (let day = 0; day < 30; day += 1) {
      for (const hour of [9, 13]) {
        const [visit, from] = [randomUUID(), new Date(Date.UTC(2026, 11, 1 + day, 17 + hour - 9, at * 15))]
        const during = `[${from.toISOString()}, ${new Date(from.getTime() + 3_000_000).toISOString()})`
        await admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'integration', $3, 'x', 'America/Los_Angeles')`, [practice, visit, during])
        await admin.query('insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, $4)', [practice, visit, chart, during])
        await admin.query(`insert into app.visit_person (practice_id, visit_id, person_id, role, during) values ($1, $2, $3, 'therapist', $4)`, [practice, visit, therapist.person, during])
      }
    }
  }
  await admin.query('analyze')
}

async function freeTime({ desk }, clients) {
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const lines = await Promise.all(Array.from({ length: clients }, () => line(server.port)))
    rounds.push(await load({
      clients, seconds: SECONDS,
      once: async (at) => {
        const { status, body } = await lines[at].get('/api/calendar?from=2026-12-07&to=2026-12-07', desk.token)
        return status === 200 && body.split('"visit":').length === 7
      },
    }))
    for (const each of lines) each.close()
  }
  const of = (what) => median(rounds.map((round) => round[what]))
  return ['one day of three calendars', clients, show(of('perSecond'), 0), show(of('p50'), 2), show(of('p99'), 2), rounds.reduce((sum, { wrong }) => sum + wrong, 0)]
}

/** Everybody wants the same hour with the same therapist as a first visit: the whole of matching, all or nothing. */
async function rivals({ practice, desk, charts }, round, count = RIVALS) {
  const inquiries = Array.from({ length: count }, () => randomUUID())
  await withAdmin(server, async (admin) => {
    for (const id of inquiries) {
      const call = { startedAt: '2026-11-20T17:00:00.000Z', endedAt: '2026-11-20T17:20:00.000Z', answers: {}, outcome: 'goes-on', note: '' }
      await admin.query(`insert into app.inquiry (practice_id, inquiry_id, received_at, name, preferences, state, call) values ($1, $2, '2026-11-20T17:00:00.000Z', 'Rival', '{"conditions":[]}', 'called', $3)`, [practice, id, JSON.stringify(call)])
    }
  })
  const from = new Date(Date.UTC(2027, 1, 1 + round, 17))
  const slot = { startsAt: from.toISOString(), endsAt: new Date(from.getTime() + 3_600_000).toISOString(), localStart: `${from.toISOString().slice(0, 10)}T09:00`, zone: 'America/Los_Angeles', online: true }
  const lines = await Promise.all(inquiries.map(() => line(server.port)))
  const began = performance.now()
  const answers = await Promise.all(inquiries.map(async (id, at) => {
    const { status, body } = await lines[at].post(`/api/inquiries/${id}/match`, desk.token, { therapist: charts[0].therapist.person, slot, givenName: 'Rival', familyName: String(at), birthDate: '1990-01-01', email: `${id}@example.org`, device })
    if (status !== 200 && !body.includes('plan.clash')) throw new Error(`${status} ${body}`)
    return { status, ms: performance.now() - began }
  }))
  for (const each of lines) each.close()
  const won = answers.filter(({ status }) => status === 200)
  return { winners: won.length, winnerMs: won[0]?.ms ?? Number.NaN, lastMs: Math.max(...answers.map(({ ms }) => ms)) }
}
