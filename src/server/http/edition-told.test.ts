import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edition as shippedName } from '../rulebook.ts'
import { addChart, addPerson, type TestPerson } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'

/** An edition that reopens a clearance is told to those who treat the person, and to nobody else. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const H01 = 'eligibility/H01/systolicMmHg.atLeast'
const director = () => all.actors.find((one) => one.says === 'medical director off the team')!

async function cleared(name: string, team: Parameters<typeof addChart>[3], systolicMmHg: number) {
  const patient = await addPerson(all.shell.database, all.home.practice, all.home.owner, name, ['patient'])
  const chart = await addChart(all.shell.database, all.home.owner, name, team, patient)
  await byAct(all.shell, all.home.pia, chart, 'clearance.v1', {
    decision: 'cleared', conditions: [], reason: 'Seen.', expiresOn: '2027-01-31', overrides: [], lastSeq: 0, screening: { edition: shippedName, decision: 'ELIGIBLE', met: [], unknown: [] },
    signature: { person: all.home.pia.person, name: 'Pia', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T16:00:00.000Z' },
  })
  await byAct(all.shell, all.home.thea, chart, 'vitals.v1', { systolicMmHg, diastolicMmHg: 80 })
  return chart
}
const said = async (who: Pick<TestPerson, 'token'>) => (await ask(all, 'home', who.token)).json<{ notices: { kind: string; chart: string | null; says: string }[] }>().notices.filter(({ says }) => says.includes('edition 1'))
const adopt = async (to: number) => ask(all, 'adoptEdition', director().token, { body: { on: 0, steps: [{ dial: H01, from: 160, to, reason: '' }], reason: 'Agreed by the clinicians.', code: await all.codeOf(director()) } })

test('who treats somebody reads that the edition reopened their clearance, with what ships; others and other charts hear nothing', async () => {
  const { pia, thea, mona } = all.home
  const chart = await cleared('Vera Sample', [{ person: pia, role: 'prescriber' }, { person: thea, role: 'therapist' }, { person: mona, role: 'monitor' }], 150)
  await cleared('Owen Sample', [{ person: pia, role: 'prescriber' }, { person: thea, role: 'therapist' }], 120)
  expect((await adopt(145)).statusCode).toBe(200)
  for (const who of [pia, thea]) {
    const notices = await said(who)
    expect(notices).toMatchObject([{ kind: 'reopened', chart }])
    expect(notices[0]!.says).toMatch(/^Vera Sample: edition 1 of the rulebook reopened the medical clearance\. H01: .*systolic pressure 145 or more mmHg \(as shipped: 160 or more mmHg\)/)
  }
  for (const who of [mona, director()]) expect(await said(who)).toEqual([])
})

test('the charts are read before the practice is locked; what is signed meanwhile is judged again, and told', async () => {
  const { pia, thea } = all.home
  const waiting = async () => (await all.admin.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into app.rulebook_edition%'`)).rows[0]!.n
  const holds = new pg.Client({ connectionString: all.adminUrl })
  await holds.connect()
  await holds.query('begin')
  await holds.query('select from app.practice where practice_id = $1 for no key update', [all.home.practice])
  const adopting = ask(all, 'adoptEdition', director().token, { body: { on: 1, steps: [{ dial: H01, from: 145, to: 140, reason: '' }], reason: 'Agreed by the clinicians.', code: await all.codeOf(director()) } })
  const answer = adopting.then(({ statusCode }) => statusCode)
  await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
  // It has read every chart and waits to write: now somebody is cleared by the edition that is still in force.
  const chart = await cleared('Late Sample', [{ person: pia, role: 'prescriber' }, { person: thea, role: 'therapist' }], 142)
  await holds.query('rollback')
  await holds.end()
  expect(await answer).toBe(200)
  for (const who of [pia, thea]) {
    const told = (await ask(all, 'home', who.token)).json<{ notices: { chart: string | null; says: string }[] }>().notices.filter(({ says }) => says.includes('edition 2'))
    expect(told.filter((one) => one.chart === chart)).toMatchObject([{ says: expect.stringMatching(/^Late Sample: edition 2 of the rulebook reopened the medical clearance/) }])
    expect(told).toHaveLength(new Set(told.map((one) => one.chart)).size)
  }
})
