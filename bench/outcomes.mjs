// bench/outcomes: PHQ-9 answers scored a second on one core; patients told from their entries a second; and how long the
// figures of a practice take over a registry of generated patients.
// "After a start" is the first answer of a server that was just started, while its jobs go through every chart. "Cold" is an
// answer of which the process remembers nothing, because something was counted anew. "Warm" is one as a screen asks again.
// So many different patients are told from their entries; the rest of the registry are the same rows under other names.
import { randomUUID } from 'node:crypto'
import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { runnerImport } from 'vite'
import { home } from '../tools/prepare.mjs'
import { cpuMs, option, printMachine, printTable, quantile, rssMb, show } from './support/figures.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const LARGEST = option('largest', 100_000)
const SIZES = [LARGEST / 1_000, LARGEST / 100, LARGEST / 10, LARGEST].filter((size) => size >= option('smallest', 1_000))
const [TOLD, SCORED, STARTS, COLD, WARM] = [option('told', 10_000), option('scored', 1_000_000), option('starts', 10), option('cold', 40), option('warm', 400)]
/** Complete scores are copied up to here; beyond it no figure reads them, and they would only fill the disk. */
const SCORES_UP_TO = option('scores', 100_000)
const owner = '5a3e0000-0000-4000-8000-000000000101'
const TABLES = ['chart', 'stream', 'inquiry', 'outcome_chart', 'outcome_course', 'outcome_measure', 'outcome_event', 'outcome_score']
const { module: program } = await runnerImport(`${home}/bench/support/registry.ts`, { root: home, configFile: false, logLevel: 'error' })

const part = (of, share) => (one) => quantile(of(one), share)
const TITLES = [
  ['rows', [['courses', ({ rows }) => rows.outcome_course], ['scores', ({ rows }) => rows.outcome_score], ['tallies', ({ tallies }) => tallies], ['database MB', ({ rows }) => rows.disk], ['filled in s', ({ filledSeconds }) => filledSeconds]]],
  ['an answer, ms of wall time and of processor time', [['after a start p50', part(({ starts }) => starts, 0.5)], ['p95', part(({ starts }) => starts, 0.95)], ['cold p50', part(({ cold }) => cold, 0.5)], ['p95', part(({ cold }) => cold, 0.95)], ['CPU', ({ coldCpu }) => coldCpu], ['warm p50', part(({ warm }) => warm, 0.5)], ['p95', part(({ warm }) => warm, 0.95)], ['CPU', ({ warmCpu }) => warmCpu, 1]]],
  ['aside from every answer, and memory', [['a round of the job ms', ({ roundMs }) => roundMs], ['all counted anew ms', ({ anewMs }) => anewMs], ['all jobs, CPU ms a second', ({ idleMs }) => idleMs * 1_000], ['server MB started', ({ started }) => started], ['after', ({ after }) => after], ['load', ({ load }) => load, 1]]],
]

const cpu = (work) => { const before = process.cpuUsage(); const answer = work(); const { user, system } = process.cpuUsage(before); return { answer, seconds: (user + system) / 1e6 } }
program.scoring(SCORED / 4)
const scoring = cpu(() => program.scoring(SCORED))
const server = await realServer({ args: [] })
try {
  const practice = await withAdmin(server, async (admin) => { await printMachine(admin); return (await admin.query('select practice_id as id from app.person where person_id = $1', [owner])).rows[0].id })
  console.log(`scored    ${SCORED} answers to the PHQ-9 in ${show(scoring.seconds, 2)} s of one core: ${Math.round(SCORED / scoring.seconds)} a second\n`)
  const all = []
  for (const size of SIZES) {
    all.push(await measured(practice, size))
    const { coldCpu, warmCpu, cold, warm } = all.at(-1)
    console.log(`measured  ${size} patients: cold ${show(quantile(cold, 0.95), 0)} ms p95, ${show(coldCpu, 0)} ms of processor time; warm ${show(quantile(warm, 0.95), 0)} and ${show(warmCpu, 0)}; load ${show(loadavg()[0])}`)
  }
  for (const [title, columns] of TITLES) {
    console.log(`\n${title}`)
    printTable(['patients', ...columns.map(([head]) => head)], all.map((one) => [one.patients, ...columns.map(([, of, digits = 0]) => show(of(one), digits))]))
  }
  if (all.length > 1) grown(all[0], all.at(-1))
} finally {
  await server.close()
}

/** How the cost grows between two sizes. */
function grown(small, large) {
  const exponent = (of) => Math.log(of(large) / of(small)) / Math.log(large.patients / small.patients)
  const most = Math.log((large.patients * Math.log(large.patients)) / (small.patients * Math.log(small.patients))) / Math.log(large.patients / small.patients)
  console.log(`\ngrowth from ${small.patients} to ${large.patients} patients, as a power of their number; n log n would be ${show(most, 2)}`)
  for (const [name, of] of [['a cold answer, processor time', (one) => one.coldCpu], ['a warm answer, processor time', (one) => one.warmCpu], ['a round of the job', (one) => one.roundMs], ['all counted anew', (one) => one.anewMs]]) console.log(`  ${name.padEnd(32)} ${show(exponent(of), 2)}`)
}

/** Fills up to so many patients, then asks as the owner does. */
async function measured(practice, size) {
  const began = performance.now()
  const rows = await withAdmin(server, async (admin) => {
    await admin.query('set session_replication_role = replica')
    await told(admin, practice, Math.min(size, TOLD))
    await copied(admin, practice, size)
    // Put in past every route: so all is counted anew at the next start.
    await admin.query('update app.outcome_practice set day = null, looked_at = null where practice_id = $1', [practice])
    await admin.query('vacuum (analyze)')
    const count = (table) => `(select count(*)::int from app.${table} where practice_id = $1) as ${table}`
    return (await admin.query(`select ${['outcome_chart', 'outcome_course', 'outcome_score'].map(count).join(', ')}, pg_database_size(current_database())::float8 / 1048576 as disk`, [practice])).rows[0]
  })
  const filledSeconds = (performance.now() - began) / 1_000
  console.log(`filled    ${size} patients in ${show(filledSeconds, 0)} s`)
  await restarted(practice)
  const starts = []
  for (let at = 0; at < STARTS; at += 1) { await restarted(); starts.push(await asked(await signedIn(), '')) }
  const cookie = await signedIn()
  const [started, spent] = [rssMb(server.pid), () => cpuMs({ pid: server.pid }) + cpuMs({ pid: server.database.pid, family: true })]
  await wait(6_000)
  const idleMs = await spentWithin(spent, () => wait(10_000)) / 10_000
  const [cold, warm] = [[], []]
  const coldCpu = await netted(spent, idleMs, async () => {
    for (let at = 0; at < COLD; at += 1) {
      await withAdmin(server, (admin) => admin.query('update app.outcome_practice set revision = revision + 1 where practice_id = $1', [practice]))
      cold.push(await asked(cookie, ''))
    }
  }) / COLD
  const groups = ['', '?by=route&value=IM', '?by=protocol&value=solo-six', '?year=2024', '?by=indication&value=depression&year=2024', '?by=route&value=IM&beside=IV']
  const warmCpu = await netted(spent, idleMs, async () => { for (let at = 0; at < WARM; at += 1) warm.push(await asked(cookie, groups[at % groups.length])) }) / WARM
  return { patients: size, rows, filledSeconds, starts, cold, warm, coldCpu, warmCpu, idleMs, started, after: rssMb(server.pid), load: loadavg()[0], ...await withAdmin(server, (admin) => behind(admin, practice)) }
}

/** What the job does aside from every answer, asked by itself: what one round looks through, and all counted anew as on a new day. */
async function behind(admin, practice) {
  const took = async (work) => { const before = performance.now(); await work(); return performance.now() - before }
  await admin.query('begin')
  const { rows: [{ rules, tallies }] } = await admin.query(`select max(rules) as rules, (select count(*)::int from app.outcome_tally where practice_id = $1) as tallies from app.outcome_chart where practice_id = $1`, [practice])
  const rounds = []
  for (let at = 0; at < 5; at += 1) rounds.push(await took(async () => { await program.chartsToCount(admin, practice, rules, 200); await program.countAsked(admin, practice) }))
  const anewMs = await took(() => program.countAnew(admin, practice, '2030-01-01'))
  await admin.query('rollback')
  return { roundMs: quantile(rounds, 0.5), anewMs, tallies }
}

async function restarted(practice) {
  await server.end()
  await server.start()
  while (practice && !(await withAdmin(server, (admin) => admin.query('select from app.outcome_practice where practice_id = $1 and looked_at is not null', [practice]))).rowCount) await wait(200)
}

async function spentWithin(spent, work) { const before = spent(); await work(); return spent() - before }
/** Processor time of server and database together, without what both use while nobody asks. */
async function netted(spent, idleMs, work) { const began = performance.now(); const used = await spentWithin(spent, work); return Math.max(0, used - idleMs * (performance.now() - began)) }

async function signedIn() {
  const answer = await fetch(`${server.url}/api/sample/enter`, { method: 'POST', headers: { 'content-type': 'application/json', origin: server.url }, body: JSON.stringify({ person: owner }) })
  return answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ')
}

async function asked(cookie, query) {
  const began = performance.now()
  const answer = await fetch(`${server.url}/api/outcomes${query}`, { headers: { cookie } })
  const { figures } = await answer.json()
  if (!(figures?.begun > 0) || figures.measures.length === 0) throw new Error(`${query}: ${answer.status}, no figures`)
  return performance.now() - began
}

/** Different patients, each told from entries by the program's own functions. The rules are those the server counted the sample by. */
async function told(admin, practice, count) {
  const { rows: [{ known }] } = await admin.query(`select count(*)::int as known from app.chart where practice_id = $1 and display_name like 'Generated %'`, [practice])
  if (known >= count) return
  const rules = (await untilCounted(admin, practice)).rules
  let seconds = 0
  for (let from = known; from < count; from += 500) {
    const patients = Array.from({ length: Math.min(500, count - from) }, (_, at) => ({ chart: randomUUID(), number: from + at }))
    const counted = cpu(() => patients.map(({ chart, number }) => program.patientRows(number, practice, chart)))
    seconds += counted.seconds
    await put(admin, practice, patients, counted.answer, rules)
  }
  console.log(`told      ${count - known} patients from their entries in ${show(seconds)} s of one core: ${Math.round((count - known) / seconds)} a second`)
}

async function untilCounted(admin, practice) {
  for (;;) {
    const { rows } = await admin.query(`select rules from app.outcome_chart where practice_id = $1 and rules <> '' limit 1`, [practice])
    if (rows[0]) return rows[0]
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function put(admin, practice, patients, all, rules) {
  await admin.query('begin')
  const into = (table, columns, casts, rows) => rows.length === 0 ? undefined : admin.query(`insert into app.${table} (${columns}) select ${casts.map((cast, at) => `(e->>${at})::${cast}`).join(', ')} from jsonb_array_elements($1) e`, [JSON.stringify(rows)])
  await into('chart', 'practice_id, chart_id, display_name, opened_at', ['uuid', 'uuid', 'text', 'text'], patients.map(({ chart, number }, at) => [practice, chart, `Generated ${number}`, all[at].askedAt]))
  await into('stream', 'practice_id, stream_id, chart_id, type, last_seq', ['uuid', 'uuid', 'uuid', 'text', 'int'], patients.map(({ chart }, at) => [practice, chart, chart, 'chart', all[at].entries]))
  await into('inquiry', 'practice_id, inquiry_id, received_at, name, state, call, chart_id', ['uuid', 'uuid', 'text', 'text', 'text', 'jsonb', 'uuid'], patients.map(({ chart }, at) => [practice, randomUUID(), all[at].askedAt, 'Generated', 'matched', { outcome: 'goes-on' }, chart]))
  await into('outcome_chart', 'practice_id, chart_id, up_to, rules, asked_year, reached_days', ['uuid', 'uuid', 'int', 'text', 'text', 'int[]'], all.map(({ chart }) => chart.map((value, at) => (at === 3 ? rules : value))))
  await into('outcome_course', 'practice_id, chart_id, number, cell, protocol, indication, route, dose_range, first_dose, last_dose, settles_on, sessions, finished, maintained, kept, kept_days, relapsed, to_response_days, response_days', ['uuid', 'uuid', 'int', 'text', 'text', 'text', 'text', 'text', 'date', 'date', 'date', 'int', 'bool', 'bool', 'text', 'int', 'bool', 'int', 'int'], all.flatMap(({ courses }) => courses))
  await into('outcome_measure', 'practice_id, chart_id, number, instrument, cell, settles_on, says, baseline, end_score, follow_ups', ['uuid', 'uuid', 'int', 'text', 'text', 'date', 'text', 'numeric', 'numeric', 'numeric[]'], all.flatMap(({ measures }) => measures))
  await into('outcome_event', 'practice_id, chart_id, number, term, cell, grade', ['uuid', 'uuid', 'int', 'text', 'text', 'int'], all.flatMap(({ events }) => events))
  await into('outcome_score', 'practice_id, chart_id, entry_id, instrument, at, total', ['uuid', 'uuid', 'uuid', 'text', 'timestamptz', 'numeric'], all.flatMap(({ scores }) => scores))
  await admin.query('commit')
}

/** The same rows under other names, until there are so many patients. */
async function copied(admin, practice, size) {
  await admin.query(`create temporary table first_ones on commit preserve rows as select chart_id from app.chart where practice_id = $1 and display_name like 'Generated %' and position('copy' in display_name) = 0`, [practice])
  const { rows: [{ now, told }] } = await admin.query(`select (select count(*)::int from app.chart where practice_id = $1 and display_name like 'Generated %') as now, (select count(*)::int from first_ones) as told`, [practice])
  for (let copy = Math.round(now / told); copy * told < size; copy += 1) {
    await admin.query('begin')
    for (const table of TABLES) {
      if (table === 'outcome_score' && copy * told >= SCORES_UP_TO) continue
      const { rows: columns } = await admin.query(`select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [`app.${table}`])
      const other = (name) => (['chart_id', 'stream_id', 'inquiry_id', 'entry_id'].includes(name) ? `md5(${name}::text || '${copy}')::uuid` : name === 'display_name' ? `display_name || ' copy'` : name)
      await admin.query(`insert into app.${table} (${columns.map(({ name }) => name).join(', ')}) select ${columns.map(({ name }) => other(name)).join(', ')} from app.${table} where practice_id = $1 and chart_id in (select chart_id from first_ones)`, [practice])
    }
    await admin.query('commit')
  }
  await admin.query('drop table first_ones')
}
