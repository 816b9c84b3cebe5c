// bench/outcomes: PHQ-9 answers scored a second on one core; patients told from their entries a second; and how long the
// figures of a practice take over a registry of generated patients: with nothing remembered, and as a screen asks again.
// So many different patients are told from their entries; the rest of the registry are the same rows under other names.
import { randomUUID } from 'node:crypto'
import { runnerImport } from 'vite'
import { home } from '../tools/prepare.mjs'
import { cpuMs, option, printMachine, printTable, quantile, rssMb, show } from './support/figures.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const LARGEST = option('largest', 100_000)
const SIZES = [LARGEST / 100, LARGEST / 10, LARGEST].filter((size) => size >= 1_000)
const [TOLD, SCORED, COLD, WARM] = [option('told', 10_000), option('scored', 1_000_000), option('cold', 20), option('warm', 200)]
/** Complete scores are copied up to here; beyond it no figure reads them, and they would only fill the disk. */
const SCORES_UP_TO = 100_000
const owner = '5a3e0000-0000-4000-8000-000000000101'
const TABLES = ['chart', 'stream', 'inquiry', 'outcome_chart', 'outcome_course', 'outcome_measure', 'outcome_event', 'outcome_score']
const { module: program } = await runnerImport(`${home}/bench/support/registry.ts`, { root: home, configFile: false, logLevel: 'error' })

const cpu = (work) => { const before = process.cpuUsage(); const answer = work(); const { user, system } = process.cpuUsage(before); return { answer, seconds: (user + system) / 1e6 } }
program.scoring(SCORED / 4)
const scoring = cpu(() => program.scoring(SCORED))
const server = await realServer({ args: [] })
try {
  const practice = await withAdmin(server, async (admin) => { await printMachine(admin); return (await admin.query('select practice_id as id from app.person where person_id = $1', [owner])).rows[0].id })
  console.log(`scored    ${SCORED} answers to the PHQ-9 in ${show(scoring.seconds, 2)} s of one core: ${Math.round(SCORED / scoring.seconds)} a second\n`)
  const rows = []
  for (const size of SIZES) rows.push([size, ...await measured(practice, size)])
  printTable(['patients', 'courses', 'scores', 'first after a start ms', 'cold p50', 'cold p95', 'warm p50', 'warm p95', 'CPU cold', 'CPU warm', 'server MB before', 'after'], rows)
  const [small, large] = [rows[0], rows.at(-1)]
  const growth = (large[8] / small[8]) / ((large[0] * Math.log(large[0])) / (small[0] * Math.log(small[0])))
  console.log(`\nthe processor time of a cold answer from ${small[0]} to ${large[0]} patients grew by ${show(large[8] / small[8])}: ${show(growth, 2)} of n log n`)
} finally {
  await server.close()
}

/** Fills up to so many patients, then asks as the owner does. */
async function measured(practice, size) {
  const counts = await withAdmin(server, async (admin) => {
    await admin.query('set session_replication_role = replica')
    await told(admin, practice, Math.min(size, TOLD))
    await copied(admin, practice, size)
    await admin.query('vacuum (analyze)')
    return (await admin.query('select (select count(*)::int from app.outcome_course where practice_id = $1) as courses, (select count(*)::int from app.outcome_score where practice_id = $1) as scores', [practice])).rows[0]
  })
  await server.end()
  await server.start()
  const cookie = await signedIn()
  const before = rssMb(server.pid)
  const first = await asked(cookie, '')
  const [cold, warm] = [[], []]
  const spent = () => cpuMs({ pid: server.pid }) + cpuMs({ pid: server.database.pid, family: true })
  const start = spent()
  for (let at = 0; at < COLD; at += 1) {
    await withAdmin(server, (admin) => admin.query(`update app.outcome_chart set revision = nextval('app.outcome_revision') where (practice_id, chart_id) = (select practice_id, chart_id from app.outcome_chart where practice_id = $1 limit 1)`, [practice]))
    cold.push(await asked(cookie, ''))
  }
  const between = spent()
  const groups = ['', '?by=route&value=IM', '?by=protocol&value=solo-six', '?year=2024', '?by=indication&value=depression&year=2025']
  for (let at = 0; at < WARM; at += 1) warm.push(await asked(cookie, groups[at % groups.length]))
  const cost = [(between - start) / COLD, (spent() - between) / WARM].map((ms) => Number(show(ms)))
  return [counts.courses, counts.scores, show(first), ...[[cold, 0.5], [cold, 0.95], [warm, 0.5], [warm, 0.95]].map(([times, part]) => Number(show(quantile(times, part)))), ...cost, show(before, 0), show(rssMb(server.pid), 0)]
}

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
  const into = (table, columns, casts, rows) => rows.length === 0 ? undefined : admin.query(`insert into app.${table} (${columns}) select ${casts.map((cast, at) => `(e->>${at})::${cast}`).join(', ')} from jsonb_array_elements($1) e`, [JSON.stringify(rows)])
  await into('chart', 'practice_id, chart_id, display_name, opened_at', ['uuid', 'uuid', 'text', 'text'], patients.map(({ chart, number }, at) => [practice, chart, `Generated ${number}`, all[at].askedAt]))
  await into('stream', 'practice_id, stream_id, chart_id, type, last_seq', ['uuid', 'uuid', 'uuid', 'text', 'int'], patients.map(({ chart }, at) => [practice, chart, chart, 'chart', all[at].entries]))
  await into('inquiry', 'practice_id, inquiry_id, received_at, name, state, call, chart_id', ['uuid', 'uuid', 'text', 'text', 'text', 'jsonb', 'uuid'], patients.map(({ chart }, at) => [practice, randomUUID(), all[at].askedAt, 'Generated', 'matched', { outcome: 'goes-on' }, chart]))
  await into('outcome_chart', 'practice_id, chart_id, up_to, rules, asked_year, reached_days', ['uuid', 'uuid', 'int', 'text', 'text', 'int[]'], all.map(({ chart }) => chart.map((value, at) => (at === 3 ? rules : value))))
  await into('outcome_course', 'practice_id, chart_id, number, cell, protocol, indication, route, dose_range, first_dose, last_dose, settles_on, sessions, finished, maintained, kept, kept_days, relapsed, to_response_days, response_days', ['uuid', 'uuid', 'int', 'text', 'text', 'text', 'text', 'text', 'date', 'date', 'date', 'int', 'bool', 'bool', 'text', 'int', 'bool', 'int', 'int'], all.flatMap(({ courses }) => courses))
  await into('outcome_measure', 'practice_id, chart_id, number, instrument, cell, settles_on, says, baseline, end_score, follow_ups', ['uuid', 'uuid', 'int', 'text', 'text', 'date', 'text', 'numeric', 'numeric', 'numeric[]'], all.flatMap(({ measures }) => measures))
  await into('outcome_event', 'practice_id, chart_id, number, term, cell, grade', ['uuid', 'uuid', 'int', 'text', 'text', 'int'], all.flatMap(({ events }) => events))
  await into('outcome_score', 'practice_id, chart_id, entry_id, instrument, at, total', ['uuid', 'uuid', 'uuid', 'text', 'timestamptz', 'numeric'], all.flatMap(({ scores }) => scores))
}

/** The same rows under other names, until there are so many patients. */
async function copied(admin, practice, size) {
  const { rows: [{ now }] } = await admin.query(`select count(*)::int as now from app.outcome_chart o join app.chart c using (practice_id, chart_id) where practice_id = $1 and display_name like 'Generated %'`, [practice])
  const first = `practice_id = $1 and chart_id in (select chart_id from app.chart where practice_id = $1 and display_name like 'Generated %' and position('copy' in display_name) = 0)`
  for (let copy = Math.round(now / TOLD); copy * TOLD < size; copy += 1) {
    for (const table of TABLES) {
      if (table === 'outcome_score' && copy * TOLD >= SCORES_UP_TO) continue
      const { rows: columns } = await admin.query(`select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`, [`app.${table}`])
      const other = (name) => (['chart_id', 'stream_id', 'inquiry_id', 'entry_id'].includes(name) ? `md5(${name}::text || '${copy}')::uuid` : name === 'display_name' ? `display_name || ' copy'` : name === 'revision' ? `nextval('app.outcome_revision')` : name)
      await admin.query(`insert into app.${table} (${columns.map(({ name }) => name).join(', ')}) select ${columns.map(({ name }) => other(name)).join(', ')} from app.${table} where ${first}`, [practice])
    }
  }
}
