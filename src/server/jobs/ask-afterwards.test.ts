import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, byAct, world, type World } from '../testing/world.ts'
import { draft } from '../testing/practice.ts'
import { askAfterwards } from './ask-afterwards.ts'
import { askQuestions } from './ask-questions.ts'

/** How it is after a session: asked once at each rung, told to people where somebody is needed. */
let all: World
let [session, visit] = ['', randomUUID() as string]
const run = (now: string) => askAfterwards({ ...all.shell, clock: { ...all.shell.clock, now: () => now }, texts: false }, all.home.practice)
const mails = async () => (await all.admin.query<{ recipient: string; body: string }>('select recipient, body from app.mail order by created_at')).rows
const told = async (who: string) => (await ask(all, 'home', who)).json<{ notices: { kind: string; says: string }[] }>().notices.map(({ says }) => says)

beforeAll(async () => {
  all = await world()
  const { admin, home, shell } = all
  await admin.query(`update app.person set email = 'mara@example.org' where person_id = $1`, [home.mara.person])
  await admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'medicine', '[2026-11-21T14:00Z, 2026-11-21T17:00Z)', '2026-11-21T06:00', 'America/Los_Angeles')`, [home.practice, visit])
  session = await byAct(shell, home.thea, home.chart, 'session-started.v1', { protocol: 'solo-six', visit, number: 1 })
  await byAct(shell, home.thea, home.chart, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session })
})
afterAll(() => all.close())

describe('how it is after a session', () => {
  test('nothing on the day itself; a day later once, with nothing in it that tells what it was', async () => {
    expect(await run('2026-11-22T16:59:00.000Z')).toBe(0)
    expect([await run('2026-11-22T17:00:00.000Z'), await run('2026-11-22T18:00:00.000Z')]).toEqual([1, 0])
    const [mail] = await mails()
    expect(mail).toMatchObject({ recipient: 'mara@example.org', body: expect.stringMatching(/\/my\/after\n/) })
    expect(mail!.body).not.toMatch(/session|medicine|ketamine|therap/i)
  })
  test('in the quiet hours it waits for the morning', async () => {
    expect([await run('2026-11-25T08:00:00.000Z'), await run('2026-11-25T16:30:00.000Z')]).toEqual([0, 1])
  })
  test('not where it was said already; and a rung that has lapsed is not caught up on', async () => {
    const { chart, mara } = all.home
    const answer = await ask(all, 'append', mara.token, { params: { chart }, body: { entries: [draft('afterwards.v1', { session, rung: '1w', did: ['walk'], how: 'good', words: '' })] } })
    expect(answer.statusCode).toBe(201)
    expect(await run('2026-11-28T18:00:00.000Z')).toBe(0)
    expect(await run('2026-12-22T18:00:00.000Z'), 'a month after; two weeks after has lapsed').toBe(1)
    expect(await mails()).toHaveLength(3)
  })
  test('somebody is needed: those who treat and the desk read the name, and an ordinary answer tells nobody', async () => {
    const { chart, mara, thea, pia, cora } = all.home
    expect((await told(thea.token)).filter((says) => says.includes('need somebody'))).toEqual([])
    await ask(all, 'append', mara.token, { params: { chart }, body: { entries: [draft('afterwards.v1', { session, did: [], how: 'need-somebody', words: '' })] } })
    for (const who of [thea, pia, cora]) expect((await told(who.token)).filter((says) => says.includes('need somebody')), who.person).toHaveLength(1)
  })
  test('where the practice asks questions on the day after, both stand in one message, and the ladder goes on at its next rung', async () => {
    const { admin, home, shell } = all
    const [second, at] = [randomUUID(), '2027-01-11T17:00:00.000Z']
    await admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'medicine', '[2027-01-11T17:00Z, 2027-01-11T20:00Z)', '2027-01-11T09:00', 'America/Los_Angeles')`, [home.practice, second])
    await byAct(shell, home.thea, home.chart, 'demographics.v1', { givenName: 'Mara', familyName: 'Sample', birthDate: '1986-03-14' })
    const later = await byAct(shell, home.thea, home.chart, 'session-started.v1', { protocol: 'solo-six', visit: second, number: 2 }, { at, writtenAt: at })
    await byAct(shell, home.thea, home.chart, 'dose-given.v1', { step: 1, doseUg: 50_000, route: 'IM' }, { session: later, at, writtenAt: at })
    await byAct(shell, home.thea, home.chart, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: later, at: '2027-01-11T20:00:00.000Z', writtenAt: '2027-01-11T20:00:00.000Z' })
    const before = (await mails()).length
    const asks = (now: string) => askQuestions({ ...all.shell, clock: { ...all.shell.clock, now: () => now }, texts: false }, home.practice)
    expect([await run('2027-01-12T20:00:30.000Z'), await asks('2027-01-12T20:01:00.000Z'), await run('2027-01-12T20:30:00.000Z')]).toEqual([0, 1, 0])
    expect((await mails()).slice(before).map(({ body }) => [/\/answer\/\S/.test(body), /\/my\/after\n/.test(body), /session|medicine|ketamine|therap/i.test(body)])).toEqual([[true, true, false]])
    expect(await run('2027-01-14T20:30:00.000Z')).toBe(1)
  })
  test('only the patient says how it is', async () => {
    const answer = await ask(all, 'append', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [draft('afterwards.v1', { session, did: ['rest'], words: '' })] } })
    expect(answer.statusCode).toBe(403)
  })
  test('closed as one without a dose: nobody is asked, until a dose of it arrives from a device that was away', async () => {
    const { admin, home, shell } = all
    const [third, at] = [randomUUID(), '2027-01-25T17:00:00.000Z']
    await admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'medicine', '[2027-01-25T17:00Z, 2027-01-25T20:00Z)', '2027-01-25T09:00', 'America/Los_Angeles')`, [home.practice, third])
    const last = await byAct(shell, home.thea, home.chart, 'session-started.v1', { protocol: 'solo-six', visit: third, number: 3 }, { at, writtenAt: at })
    await byAct(shell, home.thea, home.chart, 'session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, { session: last, at: '2027-01-25T20:00:00.000Z', writtenAt: '2027-01-25T20:00:00.000Z' })
    expect(await run('2027-01-28T20:30:00.000Z')).toBe(0)
    await byAct(shell, home.thea, home.chart, 'dose-given.v1', { step: 1, doseUg: 50_000, route: 'IM' }, { session: last, at, writtenAt: at })
    expect(await run('2027-01-28T21:00:00.000Z')).toBe(1)
  })
})
