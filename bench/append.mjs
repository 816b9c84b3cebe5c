// bench/append: entries acknowledged a second and how long each takes, beside a bare INSERT in the same run.
import { fork } from 'node:child_process'
import path from 'node:path'
import { line } from './support/line.mjs'
import { load, median, option, printMachine, printTable, show } from './support/figures.mjs'
import { makePractice, questionnaire, vitals } from './support/people.mjs'
import { freePort, realServer, withAdmin } from './support/server.mjs'

const SECONDS = option('seconds', 3)
const ROUNDS = option('rounds', 3)
const CONNECTIONS = 12
const WARM_SECONDS = 3

const server = await realServer()
let bare
try {
  const world = await withAdmin(server, async (admin) => {
    await printMachine(admin)
    return makePractice(admin, 64)
  })
  bare = await bareServer()
  console.log('switched on  row-level security, session token judged in the database, policy by kind and care team, digest chain, audit row in the same transaction, idempotency')
  console.log(`bare         the same Fastify and pg, ${CONNECTIONS} connections, one prepared INSERT, nothing else\n`)
  const rows = []
  const oneVital = ({ session, monitor }) => ({ who: monitor, entries: [vitals({ session })] })
  const tenVitals = ({ session, monitor }) => ({ who: monitor, entries: Array.from({ length: 10 }, () => vitals({ session })) })
  const answers = ({ patient }) => ({ who: patient, entries: [questionnaire()] })
  for (const which of ['ours', 'bare']) await measured(which, world, oneVital, 8, WARM_SECONDS)
  for (const [name, make, clients] of [['one vital', oneVital, 1], ['one vital', oneVital, 8], ['one vital', oneVital, 64], ['batch of 10', tenVitals, 8], ['questionnaire', answers, 64]]) rows.push(await compared(world, name, make, clients))
  printTable(['', 'clients', 'ours/s', 'bare/s', 'ratio', 'ours p50', 'p95', 'p99 ms', 'bare p50', 'p99 ms', 'p99 ratio', 'cpu each: server', 'database', 'bare', 'database'], rows)
} finally {
  bare?.kill()
  await server.close()
}

async function compared(world, name, make, clients) {
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours']
    const result = {}
    for (const which of first) result[which] = await measured(which, world, make, clients)
    rounds.push(result)
  }
  const of = (which, what) => median(rounds.map((round) => round[which][what]))
  const cpu = (which, at) => median(rounds.map((round) => round[which].cpuMsEach[at]))
  const wrong = rounds.reduce((sum, { ours, bare: other }) => sum + ours.wrong + other.wrong, 0)
  if (wrong > 0) console.log(`${wrong} answers were not what they should be`)
  return [name, clients, show(of('ours', 'perSecond'), 0), show(of('bare', 'perSecond'), 0), show(median(rounds.map(({ ours, bare: other }) => ours.perSecond / other.perSecond)), 2),
    show(of('ours', 'p50')), show(of('ours', 'p95')), show(of('ours', 'p99')), show(of('bare', 'p50')), show(of('bare', 'p99')), show(median(rounds.map(({ ours, bare: other }) => ours.p99 / other.p99)), 2),
    show(cpu('ours', 0), 2), show(cpu('ours', 1), 2), show(cpu('bare', 0), 2), show(cpu('bare', 1), 2)]
}

async function measured(which, { charts }, make, clients, seconds = SECONDS) {
  const port = which === 'ours' ? server.port : bare.port
  const lines = await Promise.all(Array.from({ length: clients }, () => line(port)))
  try {
    return await load({
      clients, seconds, processes: [{ pid: which === 'ours' ? server.pid : bare.pid }, { pid: server.database.pid, family: true }],
      once: async (at) => {
        const one = charts[at % charts.length]
        const { who, entries } = make(one)
        const { status, body } = await lines[at].post(`/api/charts/${one.chart}/entries`, who.token, { entries })
        return status === 201 && body.includes(entries.at(-1).id)
      },
    })
  } finally {
    for (const each of lines) each.close()
  }
}

async function bareServer() {
  const port = await freePort()
  const child = fork(path.join(import.meta.dirname, 'support/bare.mjs'), [server.adminUrl, String(CONNECTIONS), String(port)])
  await new Promise((resolve) => child.once('message', resolve))
  return Object.assign(child, { port })
}
