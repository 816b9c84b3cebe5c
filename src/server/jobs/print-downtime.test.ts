import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync, mkdirSync, existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import { plusMinutes, type Day } from '../../core/shared/time.ts'
import { readPdf } from '../outside/read-pdf.ts'
import { samplePractice } from '../sample/people.ts'
import { device } from '../testing/practice.ts'
import { readyCharts, type Ready } from '../testing/ready.ts'
import { ask } from '../testing/world.ts'
import { printDowntime } from './print-downtime.ts'

const ZONE = 'America/Los_Angeles'
let all: Ready
let visit: { visit: string; at: string; chart: string; name: string; therapist: string }
let dataDir: string
beforeAll(async () => {
  all = await readyCharts()
  const { rows } = await all.admin.query<typeof visit>(`select v.visit_id as visit, to_char(lower(v.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, x.chart_id as chart, c.display_name as name, t.person_id as therapist
    from app.visit v join app.visit_patient x using (practice_id, visit_id) join app.chart c using (practice_id, chart_id) join app.care_team t on t.practice_id = v.practice_id and t.chart_id = x.chart_id and t.role = 'therapist' and t.until is null where v.type = 'medicine' and v.state = 'booked' and x.active order by lower(v.during) desc limit 1`)
  visit = rows[0]!
}, 300_000)
afterAll(() => all.close())
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'sheets-'))
  await set({})
  return () => rmSync(dataDir, { recursive: true, force: true })
})

const day = (): Day => localDay(visit.at, ZONE)
const clock = (at: string) => all.shell.clock.set?.(at)
const eveningBefore = () => clock(plusMinutes(visit.at, -14 * 60))
const run = () => printDowntime({ ...all.shell, dataDir }, samplePractice.id)
const set = (settings: object) => all.admin.query('update app.practice set settings = settings - array[$2, $3, $4] || $5::jsonb where practice_id = $1', [samplePractice.id, 'downtimeSheets', 'downtimeKeepDays', 'paperSize', JSON.stringify(settings)])
const folder = (of: Day = day()) => path.join(dataDir, 'downtime', samplePractice.id, of)
const files = (of: Day = day(), end = '.pdf') => (existsSync(folder(of)) ? readdirSync(folder(of)).filter((file) => file.endsWith(end)).toSorted() : [])
const text = (file: string) => readPdf(new Uint8Array(readFileSync(file))).text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')
const audited = async (action: string) => (await all.admin.query<{ n: number }>('select count(*)::int as n from app.audit where action = $1', [action])).rows[0]!.n
const allergy = async (substance: string) => {
  const { rows: [therapist] } = await all.admin.query<{ person: string }>('select $1::text as person', [visit.therapist])
  const { signedIn } = await import('../testing/practice.ts')
  const token = await signedIn(all.shell.database, samplePractice.id, therapist!.person)
  const at = all.shell.clock.now()
  const answer = await ask(all, 'append', token, { params: { chart: visit.chart }, body: { entries: [{ id: randomUUID(), kind: 'allergy.v1', at, writtenAt: at, device, body: { substance, codes: [], reaction: '', status: 'active' } }] } })
  expect(answer.statusCode, answer.body).toBe(201)
}

describe('the sheets of tomorrow', () => {
  test('are there the evening before, once, for nobody else to read, and their making stands in the audit', async () => {
    clock(plusMinutes(visit.at, -22 * 60))
    await run()
    expect(files(), 'in the morning of the day before: not yet').toEqual([])
    eveningBefore()
    const before = await audited('downtime.prepared')
    const made = await run()
    expect(made).toBeGreaterThan(0)
    expect(await run(), 'nothing has changed').toBe(0)
    expect(await audited('downtime.prepared')).toBe(before + made)
    const [file] = files().filter((name) => name.includes(visit.visit.slice(0, 8)))
    expect(text(path.join(folder(), file!))).toContain(visit.name)
    expect(file).not.toContain(visit.name.split(' ')[0])
    const modes = [path.join(dataDir, 'downtime'), path.join(dataDir, 'downtime', samplePractice.id), folder(), ...readdirSync(folder()).map((name) => path.join(folder(), name))].map((name) => statSync(name).mode & 0o077)
    expect([...new Set(modes)]).toEqual([0])
  })

  test('are made again when a fact changes, and the older one says on its face that it is not to be used', async () => {
    eveningBefore()
    await run()
    const [file] = files().filter((name) => name.includes(visit.visit.slice(0, 8)))
    clock(plusMinutes(visit.at, -60))
    await allergy('latex of a kind nobody knew')
    await run()
    expect(text(path.join(folder(), file!))).toContain('latex of a kind nobody knew')
    const old = readdirSync(path.join(folder(), 'do-not-use')).filter((name) => name.includes(visit.visit.slice(0, 8)))
    expect(old).toHaveLength(1)
    const said = text(path.join(folder(), 'do-not-use', old[0]!))
    expect(said).toContain('DO NOT USE: a newer sheet, as of')
    expect(said).not.toContain('latex of a kind nobody knew')
  })

  test('one whose visit was moved or cancelled is no sheet any more', async () => {
    eveningBefore()
    await run()
    await all.admin.query(`update app.visit set state = 'cancelled' where visit_id = $1`, [visit.visit])
    await run()
    await all.admin.query(`update app.visit set state = 'booked' where visit_id = $1`, [visit.visit])
    expect(files().filter((name) => name.includes(visit.visit.slice(0, 8)))).toEqual([])
    const old = readdirSync(path.join(folder(), 'do-not-use')).find((name) => name.includes(visit.visit.slice(0, 8)))!
    expect(text(path.join(folder(), 'do-not-use', old))).toContain('was moved or cancelled')
  })

  test('old ones go after so many days, and all of them where the practice turns it off', async () => {
    eveningBefore()
    await run()
    const [old, young] = [plusDaysOf(localDay(all.shell.clock.now(), ZONE), -15), plusDaysOf(localDay(all.shell.clock.now(), ZONE), -14)]
    for (const each of [old, young]) { mkdirSync(folder(each), { recursive: true }); writeFileSync(path.join(folder(each), 'x.pdf'), 'x') }
    utimesSync(folder(young), 0, 0)
    await run()
    expect([existsSync(folder(old)), existsSync(folder(young)), files().length > 0]).toEqual([false, true, true])
    await set({ downtimeSheets: 'off' })
    expect(await run()).toBe(0)
    expect([existsSync(folder(young)), existsSync(folder())]).toEqual([false, false])
  })

  test('a file that was damaged is made anew', async () => {
    eveningBefore()
    await run()
    const [facts] = files(day(), '.json')
    writeFileSync(path.join(folder(), facts!), '{"sheet":')
    expect(await run()).toBe(1)
  })
})

describe('a day of them in one press', () => {
  test('for those who treat, each of their own people, with a line in the audit for each; the desk gets none', async () => {
    eveningBefore()
    const { signedIn } = await import('../testing/practice.ts')
    const before = await audited('downtime.printed')
    const answer = await ask(all, 'downtimeSheets', await signedIn(all.shell.database, samplePractice.id, visit.therapist), { params: { day: day() } })
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/pdf', 'no-store'])
    expect(readPdf(new Uint8Array(answer.rawPayload)).text.replaceAll('\n', ' ')).toContain(visit.name)
    expect(await audited('downtime.printed')).toBeGreaterThan(before + 1)
    const { rows } = await all.admin.query('select from app.audit where action = $1 and chart_id = $2', ['downtime.printed', visit.chart])
    expect(rows.length).toBeGreaterThan(0)
    for (const who of [all.people.coordinator, all.people.owner, all.people.otherPatient]) {
      const none = await ask(all, 'downtimeSheets', who.token, { params: { day: day() } })
      expect(readPdf(new Uint8Array(none.rawPayload)).text.replaceAll('\n', ' '), who.says).not.toContain(visit.name)
    }
  })
})
