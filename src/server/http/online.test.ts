import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { readAnswer, renderAnswer } from '../../web/site/render.tsx'
import { remind } from '../jobs/remind.ts'
import { readEntries } from '../store/charts.ts'
import { makeBookable } from '../testing/bookable.ts'
import { device, draft, type TestPerson } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'
import { createApp } from './app.ts'
import { asJob } from './job.ts'
import type { Site } from './shell.ts'

/** A visit online at ten on the wall of Los Angeles, with Thea; Pia the prescriber and Mona the monitor are on the team and not on it. */
const STARTS = '2026-12-01T18:00:00.000Z'
const MORNING = '2026-12-01T16:30:00.000Z'
let all: World
let app: World['app']
let visit: string
let time = '2026-11-24T17:00:00.000Z'
const clock = { now: () => time, set: (at: string) => { time = at } }

beforeAll(async () => {
  all = await world()
  const site = { renderAnswer, readAnswer, renderSite: () => ({ status: 404, html: '' }), readInquiry: () => ({ ok: false, refusal: 'trap' }) } as unknown as Site
  all.shell = { ...all.shell, clock, site }
  app = await createApp(all.shell)
  all.app = app
  await makeBookable(all)
  await licensed(all.home.thea, [{ state: 'California', number: '', until: null }])
})
afterAll(async () => { await app.close(); await all.close() })

beforeEach(async () => {
  clock.set('2026-11-24T17:00:00.000Z')
  await all.admin.query(`update app.visit set state = 'cancelled'; update app.visit_patient set active = false; update app.visit_person set active = false; delete from app.notice; delete from app.video_address; delete from app.narrow_link; delete from app.reminder; delete from app.mail`)
  visit = randomUUID()
  const endsAt = plusMinutes(STARTS, 60)
  const people = [{ person: all.home.thea.person, name: 'Thea Sample', role: 'therapist' }]
  await all.admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone, online) values ($1, $2, 'preparation', tstzrange($3, $4), '2026-12-01T10:00', 'America/Los_Angeles', true)`, [all.home.practice, visit, STARTS, endsAt])
  await all.admin.query('insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, tstzrange($4, $5))', [all.home.practice, visit, all.home.chart, STARTS, endsAt])
  await all.admin.query(`insert into app.visit_person (practice_id, visit_id, person_id, role, during) values ($1, $2, $3, 'therapist', tstzrange($4, $5))`, [all.home.practice, visit, all.home.thea.person, STARTS, endsAt])
  await byAct(all.shell, all.home.thea, all.home.chart, 'visits-booked.v1', { visits: [{ visit, type: 'preparation', number: 1, startsAt: STARTS, endsAt, localStart: '2026-12-01T10:00', zone: 'America/Los_Angeles', people, online: true }], why: '' })
})

async function licensed({ person }: TestPerson, licences: readonly object[]) {
  const { staff } = (await ask(all, 'practice', all.home.owner.token)).json<{ staff: { person: string; name: string; planning: object }[] }>()
  const { name: _name, ...row } = staff.find((one) => one.person === person)!
  expect((await ask(all, 'keepStaff', all.home.owner.token, { body: { ...row, planning: { ...row.planning, licences } } })).statusCode).toBe(200)
}
const say = async (who: TestPerson, kind: string, body: object) => {
  // Two things said one after the other are not said in the same moment.
  clock.set(new Date(Date.parse(clock.now()) + 1_000).toISOString())
  const answered = await ask(all, 'append', who.token, { params: { chart: all.home.chart }, body: { entries: [draft(kind, body, { at: clock.now(), writtenAt: clock.now() })] } })
  return answered.statusCode
}
const isIn = (state: string, who = all.home.mara, via = 'portal') => say(who, 'whereabouts.v1', { visit, startsAt: STARTS, state, place: '12 Sample Lane, Reno', phone: '+1 510 555 0160', company: 'alone', via })
const notices = async () => (await all.admin.query<{ person: string; says: string }>(`select person_id as person, says from app.notice where kind = 'licence' order by created_at, says`)).rows
const read = () => asJob(all.shell, all.home.practice, async (client) => readChart(await readEntries({ client, actor: { practice: all.home.practice } as never }, all.home.chart)))
const join = (who: TestPerson) => ask(all, 'joinVisit', who.token, { params: { chart: all.home.chart, visit } })
const address = async (who: TestPerson) => (await join(who)).json<{ address: string | null; of: string | null }>()
const keep = (who: TestPerson, person: string | null, to: string) => ask(all, 'keepVideoAddress', who.token, { body: { person, address: to } })
const planned = async (body: object) => (await ask(all, 'plan', all.home.cora.token, { params: { chart: all.home.chart }, body: { earliest: '2026-11-25', online: ['preparation'], ...body } })).json<{ proposals: { visits: { online: boolean }[]; score: { part: string; says: string }[] }[]; impossible: { says: string }[] }>()

describe('where a visit online is joined', () => {
  test('is shown to the patient and to whoever is on it; the team beside it and the desk learn no address', async () => {
    expect((await keep(all.home.thea, all.home.thea.person, 'https://thea.example.org/room')).statusCode).toBe(200)
    expect(await address(all.home.mara)).toMatchObject({ address: 'https://thea.example.org/room', of: 'person' })
    expect(await address(all.home.thea)).toMatchObject({ address: 'https://thea.example.org/room' })
    for (const who of [all.home.pia, all.home.mona, all.home.cora, all.home.owner]) expect(await address(who)).toMatchObject({ address: null, of: 'person' })
    for (const who of [all.home.tomas, all.away.patient]) expect((await join(who)).statusCode).toBe(404)
  })
  test('is always the newest, and the narrowest of three', async () => {
    const kept = (to: string) => ask(all, 'keepVisitVideo', all.home.cora.token, { params: { chart: all.home.chart, visit }, body: { address: to } })
    await keep(all.home.cora, null, 'https://all.example.org')
    expect(await address(all.home.mara)).toMatchObject({ address: 'https://all.example.org', of: 'practice' })
    await keep(all.home.cora, all.home.thea.person, 'https://thea.example.org')
    await kept('https://first.example.org')
    await kept('https://second.example.org')
    expect(await address(all.home.mara)).toMatchObject({ address: 'https://second.example.org', of: 'visit' })
    await kept('')
    expect(await address(all.home.mara)).toMatchObject({ address: 'https://thea.example.org', of: 'person' })
    expect((await all.admin.query(`select from app.notice`)).rowCount).toBe(0)
  })
  test('nobody changes another’s, the practice’s, or that of a visit they are not on', async () => {
    for (const [who, person] of [[all.home.thea, null], [all.home.thea, all.home.pia.person], [all.home.cora, all.home.mara.person]] as const) expect((await keep(who, person, 'https://x.example.org')).statusCode).toBe(409)
    expect((await keep(all.home.mona, all.home.mona.person, 'https://x.example.org')).statusCode).toBe(403)
    expect((await ask(all, 'keepVisitVideo', all.home.pia.token, { params: { chart: all.home.chart, visit }, body: { address: 'https://x.example.org' } })).statusCode).toBe(409)
    expect((await keep(all.home.cora, null, 'http://x.example.org')).statusCode).toBe(422)
  })
  test('the database keeps it from the rest of the team, and takes nothing but https', async () => {
    await keep(all.home.cora, all.home.thea.person, 'https://thea.example.org')
    const seen = (token: string) => all.shell.database.inContext(token, { durable: false }, async ({ client }) => (await client.query('select from app.video_address')).rowCount)
    expect(await Promise.all([all.home.thea, all.home.cora, all.home.pia, all.home.mara].map(({ token }) => seen(token)))).toEqual([1, 1, 0, 0])
    await expect(all.admin.query(`insert into app.video_address values ($1, $2, null, null, 'https://a:b@x.example.org', $3, 'x')`, [all.home.practice, randomUUID(), all.home.cora.person])).rejects.toThrow(/check/)
  })
})

describe('in which state they are on the day', () => {
  beforeEach(() => clock.set(MORNING))
  test('one in which whoever treats them is licensed tells nobody', async () => {
    expect(await isIn('CA')).toBe(201)
    expect(await notices()).toEqual([])
  })
  test('another tells the clinician of the visit and the desk, once each, with rule, licences and source; the patient reads that it may have to wait', async () => {
    expect(await isIn('NV')).toBe(201)
    expect(await isIn('NV')).toBe(201)
    expect(await isIn('NV', all.home.thea, 'aloud')).toBe(201)
    const told = await notices()
    expect(told.map(({ person }) => person).toSorted()).toEqual([all.home.thea.person, all.home.cora.person].toSorted())
    for (const { says } of told) expect(says).toMatch(/Nevada\. Thea Sample is not entered as licensed in Nevada\. Entered: California\..*where the patient is.*Source: /)
    expect(told.some(({ says }) => says.includes('Sample Lane') || says.includes('555'))).toBe(false)
    expect((await join(all.home.mara)).json()).toMatchObject({ waits: expect.stringContaining('may have to wait') })
  })
  test('nothing is forbidden: the clinician decides, the desk hears it, and the patient reads it', async () => {
    await isIn('NV')
    await all.admin.query('delete from app.notice')
    expect(await say(all.home.thea, 'licence-decided.v1', { visit, startsAt: STARTS, state: 'NV', decision: 'phone', reason: 'On a journey until Friday.' })).toBe(201)
    expect(await notices()).toEqual([{ person: all.home.cora.person, says: expect.stringMatching(/Thea Sample decided\. By telephone only\. On a journey/) }])
    expect((await join(all.home.mara)).json()).toMatchObject({ waits: 'Your clinician has decided: by telephone only.' })
    await isIn('NV')
    expect(await notices()).toHaveLength(1)
    await isIn('OR')
    expect(await notices()).toHaveLength(3)
  })
  test('stands on the lists of who treats and of the desk until it is decided, and so does that it was not said', async () => {
    clock.set('2026-12-01T17:50:00.000Z')
    const open = async (who: TestPerson) => (await ask(all, 'home', who.token)).json<{ before: { open: { about: string; says: string; urgent: boolean }[] }[] }>().before.flatMap((one) => one.open)
    for (const who of [all.home.thea, all.home.cora]) expect(await open(who)).toMatchObject([{ about: 'where', urgent: true, says: expect.stringContaining('not said today') }])
    await isIn('NV')
    for (const who of [all.home.thea, all.home.cora]) expect(await open(who)).toMatchObject([{ about: 'where', urgent: true, says: expect.stringContaining('Nobody has decided yet') }])
    await say(all.home.thea, 'licence-decided.v1', { visit, startsAt: STARTS, state: 'NV', decision: 'held', reason: 'Allowed there for a short stay.' })
    expect(await open(all.home.thea)).toEqual([])
  })
  test('the street and the number are for those who treat, and not for the desk', async () => {
    await isIn('CA')
    const entries = async (who: TestPerson) => (await ask(all, 'entries', who.token, { params: { chart: all.home.chart } })).body
    expect(await entries(all.home.thea)).toContain('Sample Lane, Reno')
    expect(await entries(all.home.cora)).not.toContain('Sample Lane, Reno')
  })
})

describe('a narrow link on the morning of it', () => {
  test('asks where they are, names no treatment, and shows where to join only once it is said; a second use finds it ended', async () => {
    clock.set(MORNING)
    await keep(all.home.cora, null, 'https://all.example.org/room')
    await remind({ ...all.shell, texts: false }, all.home.practice)
    const { rows } = await all.admin.query<{ body: string }>('select body from app.mail')
    expect(rows).toHaveLength(1)
    expect(rows[0]!.body).not.toMatch(/all\.example|therap|ketamin|session/i)
    const token = /\/answer\/(\S+)/.exec(rows[0]!.body)![1]!
    const page = await app.inject({ url: `/answer/${token}` })
    expect(page.body).toMatch(/In which state are you/)
    expect(page.body).not.toMatch(/all\.example|Sample|therap|ketamin/i)
    const send = (values: Record<string, string>) => app.inject({ method: 'POST', url: `/answer/${token}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(values).toString() })
    const half = await send({ state: 'NV', place: '', phone: '1', company: '' })
    expect([half.statusCode, half.body.includes('all.example')]).toEqual([422, false])
    const sent = await send({ state: 'NV', place: '12 Sample Lane, Reno', phone: '+1 510 555 0160', company: 'alone' })
    expect(sent.statusCode).toBe(200)
    expect(sent.body).toMatch(/may have to wait[^]*href="https:\/\/all\.example\.org\/room"/)
    expect((await read()).latest('whereabouts.v1', ({ body }) => body.visit === visit)).toMatchObject({ by: all.home.mara.person, body: { visit, startsAt: STARTS, state: 'NV', via: 'link' } })
    expect(await notices()).toHaveLength(2)
    expect((await send({ state: 'CA', place: '12 Sample Lane, Reno', phone: '+1 510 555 0160', company: 'alone' })).statusCode).toBe(404)
  })
})

describe('planning', () => {
  test('without a known state a plan says that no licence was looked at', async () => {
    const { proposals } = await planned({})
    expect(proposals[0]!.score.filter(({ part }) => part === 'note').map(({ says }) => says)).toEqual([expect.stringContaining('was not asked in which state')])
  })
  test('the state on the chart is passed on to the planner, by its code; what the desk says for this plan goes before it', async () => {
    await say(all.home.cora, 'sits-in.v1', { state: 'OR', via: 'desk' })
    expect((await planned({})).impossible.map(({ says }) => says).join(' ')).toContain('entered as licensed in Oregon')
    const here = await planned({ sitsIn: 'CA' })
    expect(here.proposals[0]!.score.some(({ part }) => part === 'note')).toBe(false)
    expect(here.proposals[0]!.visits.some(({ online }) => online)).toBe(true)
    expect((await ask(all, 'course', all.home.cora.token, { params: { chart: all.home.chart } })).json()).toMatchObject({ sitsIn: { state: 'OR' } })
    await say(all.home.cora, 'sits-in.v1', { state: 'CA', via: 'desk' })
    expect((await planned({})).proposals.length).toBeGreaterThan(0)
  })
  test('what was asked of people is looked at again when the plan is booked or held: nothing is booked, and it says who does not bring it', async () => {
    const { visits } = (await planned({ sitsIn: 'CA' })).proposals[0]!
    const send = async (name: 'book' | 'hold', skill: string) => (await ask(all, name, all.home.cora.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device: randomUUID(), visits, needs: [{ role: 'therapist', skill }] } })).json()
    for (const name of ['book', 'hold'] as const) expect(await send(name, 'Spanish')).toMatchObject({ code: 'plan.violates', list: expect.arrayContaining([{ code: 'skill', says: expect.stringContaining('does not bring Spanish') as string }]) as unknown })
  })
  test('what whoever fills a role has to bring is passed on, a language by its name', async () => {
    expect((await planned({ sitsIn: 'CA', needs: [{ role: 'therapist', skill: 'Spanish' }] })).impossible.map(({ says }) => says).join(' ')).toMatch(/Spanish/)
  })
})

describe('the shortlist', () => {
  const inquiry = async (preferences: object) => {
    const id = randomUUID()
    await all.admin.query(`insert into app.inquiry (practice_id, inquiry_id, received_at, name, message, preferences) values ($1, $2, $3, 'Ina', '', $4)`, [all.home.practice, id, clock.now(), JSON.stringify(preferences)])
    return (await ask(all, 'shortlist', all.home.cora.token, { params: { id } })).json<{ therapists: { name: string; against: string[]; slots: object[] }[]; notOffered: { name: string; says: string }[] }>()
  }
  test('leaves out for visits online who is not licensed there, and says so; for either it is a reason against', async () => {
    await all.admin.query('update app.staff_profile set online = true where person_id = $1', [all.home.thea.person])
    expect((await inquiry({ modality: 'online', sitsIn: 'OR' })).notOffered).toContainEqual({ therapist: all.home.thea.person, name: 'Thea Sample', says: 'Online: not entered as licensed in Oregon' })
    expect((await inquiry({ modality: 'either', sitsIn: 'OR' })).therapists.find(({ name }) => name === 'Thea Sample')?.against).toContain('Online: not entered as licensed in Oregon')
    for (const preferences of [{ modality: 'online', sitsIn: 'CA' }, { modality: 'in-person', sitsIn: 'OR' }, { modality: 'online' }]) {
      const { therapists, notOffered } = await inquiry(preferences)
      expect([therapists.some(({ name }) => name === 'Thea Sample'), JSON.stringify([therapists, notOffered]).includes('licensed')]).toEqual([true, false])
    }
  })
  test('a match takes the state along to the chart', async () => {
    const id = randomUUID()
    await all.admin.query(`insert into app.inquiry (practice_id, inquiry_id, received_at, name, message, preferences, call) values ($1, $2, $3, 'Ina', '', '{"sitsIn":"OR"}', $4)`, [all.home.practice, id, clock.now(), JSON.stringify({ startedAt: clock.now(), endedAt: clock.now(), answers: { 'sits-in': 'OR' }, outcome: 'goes-on', note: '' })])
    const slot = { startsAt: '2026-12-02T17:00:00.000Z', endsAt: '2026-12-02T18:00:00.000Z', localStart: '2026-12-02T09:00', zone: 'America/Los_Angeles', online: false }
    const { chart } = (await ask(all, 'match', all.home.cora.token, { params: { id }, body: { therapist: all.home.thea.person, slot, givenName: 'Ina', familyName: 'Oregon', birthDate: '1990-01-01', email: 'ina@example.org', device } })).json<{ chart: string }>()
    expect((await ask(all, 'course', all.home.cora.token, { params: { chart } })).json()).toMatchObject({ sitsIn: { state: 'OR' } })
  })
})
