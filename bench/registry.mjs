// bench/registry: how long the export for a registry takes, and what it holds in memory at most, over practices of generated
// patients; the larger one shows whether memory grows with them. Charts are whole, entry by entry, as the export reads them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runnerImport } from 'vite'
import { home } from '../tools/prepare.mjs'
import { option, printMachine, printTable, rssMb, show } from './support/figures.mjs'
import { dist, realServer, withAdmin } from './support/server.mjs'

const PATIENTS = option('patients', 4_000)
const KEEP = process.argv.includes('--keep')
const SIZES = [PATIENTS / 4, PATIENTS]
const owner = '5a3e0000-0000-4000-8000-000000000101'
const therapist = '5a3e0000-0000-4000-8000-000000000103'
const { module: program } = await runnerImport(`${home}/bench/support/registry.ts`, { root: home, configFile: false, logLevel: 'error' })

const server = await realServer({ args: [] })
try {
  const practice = await withAdmin(server, async (admin) => { await printMachine(admin); return (await admin.query('select practice_id as id from app.person where person_id = $1', [owner])).rows[0].id })
  const rows = []
  let there = 0
  for (const size of SIZES) {
    await withAdmin(server, (admin) => program.putGenerated(admin, { practice, therapist }, there, size, (number) => program.patient(number, number % 10 === 9 ? 'not-asked' : 'signed')))
    there = size
    for (const format of ['csv', 'parquet', 'fhir', 'all']) {
      const out = path.join(server.folder, `registry-${size}-${format}`)
      const { seconds, peak } = await kap('export', '--out', out, '--format', format)
      const { people, rows: counted, files } = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8'))
      rows.push([size, format, people, Object.values(counted).reduce((sum, more) => sum + more, 0), show(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6), show(seconds), show(peak, 0)])
      if (!KEEP) rmSync(out, { recursive: true })
    }
    const counts = path.join(server.folder, `counts-${size}.json`)
    const { seconds, peak } = await kap('aggregate', '--out', counts)
    const { cells } = JSON.parse(readFileSync(counts, 'utf8'))
    rows.push([size, 'counts', cells.reduce((sum, { people }) => sum + people, 0), cells.length, show(readFileSync(counts).length / 1e6), show(seconds), show(peak, 0)])
    await kap('check', counts)
    await kap('read', counts, '--out', path.join(server.folder, `page-${size}.html`))
  }
  printTable(['patients', 'what', 'people', 'rows or groups', 'MB', 'seconds', 'peak MB'], rows)
  if (KEEP) { console.log(`kept in ${server.folder} until Enter`); await once(process.stdin, 'data') }
} finally {
  await server.close()
}

/** One command beside the running server, on its database, watched while it runs. */
async function kap(...args) {
  const began = performance.now()
  const child = spawn(process.execPath, [path.join(dist, 'server/kap.mjs'), 'registry', ...args], { cwd: home, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DATABASE_URL: server.adminUrl, APP_DATABASE_URL: '' } })
  let peak = 0
  const watch = setInterval(() => { peak = Math.max(peak, rssMb(child.pid)) }, 50)
  const [code] = await once(child, 'exit')
  clearInterval(watch)
  if (code !== 0) throw new Error(`kap registry ${args[0]} ended with ${code}`)
  return { seconds: (performance.now() - began) / 1_000, peak }
}
