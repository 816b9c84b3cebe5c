import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registryRows } from '../knowledge/registry.ts'
import { aliasOf } from '../core/registry/alias.ts'
import { tables } from '../core/registry/tables.ts'
import { patient } from '../core/registry/testing/patients.ts'
import { addPerson, beginPractice, shellWithAdmin } from '../server/testing/practice.ts'
import { putGenerated } from '../server/testing/generated-patients.ts'
import { readCsv } from './csv.ts'
import { openCharts } from './open-charts.ts'
import { kap } from './testing/ask.ts'

/** The registry from a real database to the files, and back from the files. */
let server: Awaited<ReturnType<typeof shellWithAdmin>>
const folder = mkdtempSync(path.join(tmpdir(), 'kap-registry-'))
const at = (...names: string[]) => path.join(folder, ...names)
const before = { ...process.env }
const AGREED = 34
const states = ['withdrawn', 'withdrawn', 'older', 'not-asked', 'not-asked', 'not-asked'] as const
let charts: string[]
let practice: string
let therapist: string
beforeAll(async () => {
  server = await shellWithAdmin()
  const begun = await beginPractice(server.shell.database, 'Clinic by the Quiet Lake', false)
  practice = begun.practice
  therapist = (await addPerson(server.shell.database, practice, begun.owner, 'Thea', ['therapist'])).person
  process.env.DATABASE_URL = server.adminUrl
  process.env.APP_DATABASE_URL = server.shell.database.pool.options.connectionString
  charts = await putGenerated(server.admin, { practice, therapist }, 0, AGREED + states.length, (number) => patient(number, states[number - AGREED] ?? 'signed'))
})
afterAll(async () => {
  process.env = before
  rmSync(folder, { recursive: true, force: true })
  await server.close()
})
const ask = (...args: string[]) => kap(['registry', ...args], '', { openCharts, now: () => '2026-11-21T17:00:00.000Z' })
const rowsOf = (out: string, name: string) => { const read = readCsv(readFileSync(at(out, 'csv', `${name}.csv`), 'utf8')); if (!read.ok) throw new Error(name); const [head, ...rows] = read.value; return rows.map(({ cells }) => Object.fromEntries(cells.map((cell, place) => [head!.cells[place]!, cell]))) }
async function withdraw(chart: string) {
  const { rows } = await server.admin.query<{ seq: number }>('update app.stream set last_seq = last_seq + 1 where practice_id = $1 and stream_id = $2 returning last_seq as seq', [practice, chart])
  await server.admin.query(
    `insert into app.entry (practice_id, stream_id, chart_id, seq, id, kind, at, written_at, received_at, by_person, device, body, digest) values ($1, $2, $2, $3, $4, 'consent-withdrawn.v1', $5, $5, $5, $6, $6, '{"form":"registry","said":""}', repeat('0', 64))`,
    [practice, chart, rows[0]!.seq, randomUUID(), '2026-11-20T10:00:00.000Z', therapist])
}

test('people who agreed leave in three formats without anything that names them, and who did not are counted', { timeout: 60_000 }, async () => {
  const { code, out, err } = await ask('export', '--out', at('one'))
  expect([code, err]).toEqual([0, ''])
  const people = rowsOf('one', 'persons').length
  const alike = AGREED - people
  expect(people).toBeGreaterThan(20)
  expect(out).toContain(`${people} people written`)
  expect(out).toContain(`${alike} patients who are like too few others`)
  expect(out).toContain('2 patients who took that consent back')
  expect(out).toContain('1 patient who signed it in words that are no longer today’s')
  expect(out).toContain('3 patients who did not sign the consent to it')
  const files = readdirSync(at('one'), { recursive: true, encoding: 'utf8' }).filter((name) => statSync(at('one', name)).isFile())
  expect(files).toHaveLength(tables.length * 2 + 4 + 3)
  const words = files.filter((name) => !name.endsWith('.parquet')).map((name) => readFileSync(at('one', name), 'utf8')).join('\n')
  expect(words).not.toMatch(/Generated|Number\d|Quiet Lake|Thea|Olga/)
  for (const chart of charts) expect(words.includes(chart)).toBe(false)
  const manifest = JSON.parse(readFileSync(at('one', 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ people, leftOut: { withdrawn: 'fewer than 10', 'not-asked': 'fewer than 10', unreadable: 0 }, rules: { fewest: 10 }, rows: { persons: people } })
  for (const { name, sha256 } of manifest.files) expect(createHash('sha256').update(readFileSync(at('one', name))).digest('hex'), name).toBe(sha256)
})

test('Parquet, read by another program’s reader, says what the CSV says', async () => {
  const written = (value: unknown, type: string) => (value === null || value === undefined ? '' : type === 'date' ? (value as Date).toISOString().slice(0, 10) : String(value))
  for (const { name, columns } of tables) {
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(at('one', 'parquet', `${name}.parquet`)) })
    expect(rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, written(row[column.name], column.type)]))), name).toEqual(rowsOf('one', name))
  }
})

test('whoever takes it back is in no later export, and the others keep their names; each export stands on the charts it was made from', async () => {
  const { key } = (await server.admin.query<{ key: string }>('select key from app.registry_key where practice_id = $1', [practice])).rows[0]!
  const nameOf = (chart: string) => aliasOf(chart, (text) => createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex'), registryRows.calendar).person
  const names = (of: string) => rowsOf(of, 'persons').map(({ person }) => person!)
  const leaving = charts.find((chart) => names('one').includes(nameOf(chart)))!
  await withdraw(leaving)
  const { code, out } = await ask('export', '--out', at('two'), '--format', 'csv')
  expect([code, out]).toEqual([0, expect.stringContaining('3 patients who took that consent back')])
  expect(names('two').includes(nameOf(leaving))).toBe(false)
  expect(readFileSync(at('two', 'csv', 'scores.csv'), 'utf8')).not.toContain(nameOf(leaving))
  expect(names('two').filter((name) => names('one').includes(name)).length).toBeGreaterThan(10)
  const { rows } = await server.admin.query<{ chart: string; lines: number }>(`select chart_id as chart, count(*)::int as lines from app.audit where practice_id = $1 and action = 'registry.exported' group by 1`, [practice])
  const expected = (chart: string) => ['one', 'two'].filter((of) => names(of).includes(nameOf(chart))).length
  for (const chart of charts) expect(rows.find((row) => row.chart === chart)?.lines ?? 0).toBe(expected(chart))
  expect(rows.find(({ chart }) => chart === null)?.lines).toBe(2)
})

test('a folder that holds something is left alone, an empty one is taken, and half of one never stands there', async () => {
  mkdirSync(at('kept'))
  writeFileSync(at('kept', 'letter.txt'), 'mine')
  expect(await ask('export', '--out', at('kept'))).toMatchObject({ code: 3, err: expect.stringContaining('is there already, and was left as it is') })
  expect(readdirSync(at('kept'))).toEqual(['letter.txt'])
  mkdirSync(at('empty'))
  expect((await ask('export', '--out', at('empty'), '--format', 'fhir')).code).toBe(0)
  expect(readdirSync(at('empty', 'fhir')).toSorted()).toEqual(['AdverseEvent.ndjson', 'MedicationAdministration.ndjson', 'Observation.ndjson', 'Patient.ndjson'])
  expect(readdirSync(folder).filter((name) => name.includes('.part-'))).toEqual([])
})

test('counts are written, found sound, put on a page; a changed file and the same practice twice are not', { timeout: 60_000 }, async () => {
  expect(await ask('aggregate', '--out', at('a.json'))).toMatchObject({ code: 0, out: expect.stringContaining('40 people counted') })
  expect(await ask('check', at('a.json'))).toMatchObject({ code: 0, out: expect.stringContaining('Nothing in it tells of fewer than 10') })
  const text = readFileSync(at('a.json'), 'utf8')
  writeFileSync(at('changed.json'), text.replace('"people": 40', '"people": 41'))
  expect(await ask('check', at('changed.json'))).toMatchObject({ code: 1, err: expect.stringMatching(/line \d+, digest: does not fit the file/) })
  expect(await ask('read', at('a.json'), at('changed.json'), '--out', at('page.html'))).toMatchObject({ code: 1, err: expect.stringContaining('No page was written') })
  expect(await ask('read', at('a.json'), at('a.json'), '--out', at('page.html'))).toMatchObject({ code: 1, err: expect.stringContaining('the same practice') })
  expect(existsSync(at('page.html'))).toBe(false)
  expect((await ask('read', at('a.json'), '--out', at('page.html'))).code).toBe(0)
  const page = readFileSync(at('page.html'), 'utf8')
  expect(page).toContain('Clinic by the Quiet Lake')
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3)/)
})

test('fewer than ten who agreed are not written, and it says what keeps the others out', async () => {
  for (const chart of charts.slice(1, AGREED - 8)) await withdraw(chart)
  const { code, err } = await ask('export', '--out', at('few'))
  expect([code, err]).toEqual([1, expect.stringContaining('it takes 10 at least')])
  expect(err).toContain('took that consent back')
  expect(existsSync(at('few'))).toBe(false)
})

test.each([[[], 'Say what'], [['export'], '--out'], [['export', '--out', 'x', '--format', 'xls'], '--format is csv, parquet, fhir or all'], [['aggregate'], '--out'], [['check'], 'Name one file'], [['read', '--out', 'x'], 'Name the files']])('asked wrongly, %j does nothing', async (args, says) => {
  expect(await ask(...args)).toMatchObject({ code: 2, err: expect.stringContaining(says) })
})
