import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { readAnswer, renderAnswer } from '../../web/site/render.tsx'
import { remind } from '../jobs/remind.ts'
import { byAct, world, type World } from '../testing/world.ts'
import { createApp } from './app.ts'
import { readEntries } from '../store/charts.ts'
import { makeNarrowLink, type VisitPurpose } from '../store/narrow-links.ts'
import { asJob } from './job.ts'
import type { Site } from './shell.ts'

let all: World
let app: World['app']
let time = ''
/** Stands still, and goes back as well. */
const clock = { now: () => time, set: (at: string) => { time = at } }
/** A session at nine on the wall of Los Angeles; its morning reminder is due at 06:30. */
const STARTS = '2026-12-01T17:00:00.000Z'
const MORNING = '2026-12-01T14:31:00.000Z'
const DAY_BEFORE = '2026-12-01T00:01:00.000Z'

beforeAll(async () => {
  all = await world()
  const site = { renderAnswer, readAnswer, renderSite: () => ({ status: 404, html: '' }), readInquiry: () => ({ ok: false, refusal: 'trap' }) } as unknown as Site
  all.shell = { ...all.shell, clock, site }
  app = await createApp(all.shell)
})
afterAll(async () => { await app.close(); await all.close() })

let visit: string
beforeEach(async () => {
  await all.admin.query('update app.visit set state = $1', ['cancelled'])
  await all.admin.query(`update app.visit_patient set active = false`)
  await all.admin.query(`delete from app.reminder; delete from app.mail; delete from app.notice; delete from app.narrow_link; update app.person set reminded_by = null`)
  clock.set('2026-11-24T17:00:00.000Z')
  visit = await booked(STARTS)
})

async function booked(startsAt: string, chart = all.home.chart, practice = all.home.practice): Promise<string> {
  const id = randomUUID()
  const endsAt = plusMinutes(startsAt, 180)
  await all.admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'medicine', tstzrange($3, $4), '2026-12-01T09:00', 'America/Los_Angeles')`, [practice, id, startsAt, endsAt])
  await all.admin.query('insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, tstzrange($4, $5))', [practice, id, chart, startsAt, endsAt])
  const who = practice === all.home.practice ? all.home.thea : all.away.therapist
  await byAct(all.shell, who, chart, 'visits-booked.v1', { visits: [{ visit: id, type: 'medicine', number: 1, startsAt, endsAt, localStart: '2026-12-01T09:00', zone: 'America/Los_Angeles', people: [{ person: who.person, name: 'Thea', role: 'therapist' }], online: false }], why: '' })
  return id
}
const move = (to: string) => all.admin.query('update app.visit set during = tstzrange($2, $3) where visit_id = $1', [visit, to, plusMinutes(to, 180)])
const run = (texts = false) => remind({ ...all.shell, texts }, all.home.practice)
const link = (purpose: VisitPurpose, named: string | null = null) => asJob(all.shell, all.home.practice, (client) => makeNarrowLink(client, all.shell.database, { practice: all.home.practice, purpose, chart: all.home.chart, visit, startsAt: STARTS, person: purpose === 'ride' ? null : all.home.mara.person, named, expiresAt: STARTS }, clock.now()), true)
const open = (token: string) => app.inject({ url: `/answer/${token}` })
const answer = (token: string, values: Record<string, string>) => app.inject({ method: 'POST', url: `/answer/${token}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(values).toString() })
const chart = () => asJob(all.shell, all.home.practice, async (client) => readChart(await readEntries({ client, actor: { practice: all.home.practice } as never }, all.home.chart)))
const mails = async () => (await all.admin.query<{ channel: string; recipient: string; subject: string; body: string }>('select channel, recipient, subject, body from app.mail order by created_at, subject')).rows
const notices = async () => (await all.admin.query<{ person: string; kind: string; says: string }>('select person_id as person, kind, says from app.notice order by created_at, says')).rows
const steps = async () => (await all.admin.query<{ step: string; outcome: string }>('select step, outcome from app.reminder order by made_at, step')).rows
const tokenIn = (body: string) => /\/answer\/(\S+)/.exec(body)![1]!
const fineMorning = { foodDay: 'yesterday', foodTime: '20:00', fluidDay: 'today', fluidTime: '05:00', medicines: 'as-told', alcohol: 'no', ride: 'other', rideName: 'Theo Keller', ridePhone: '+1 510 555 0100', rideAdult: 'yes' }

describe('a link', () => {
  test('lies there as a digest alone, and asks under a first name without a word of why', async () => {
    clock.set(MORNING)
    const token = await link('morning')
    const { rows } = await all.admin.query<{ sha: Buffer; row: string }>('select token_sha256 as sha, l::text as row from app.narrow_link l')
    expect(rows[0]!.sha.equals(createHash('sha256').update(token).digest())).toBe(true)
    expect(rows[0]!.row).not.toContain(token)
    const page = await open(token)
    expect([page.statusCode, page.headers['cache-control'], page.headers['referrer-policy'], page.headers['set-cookie']]).toEqual([200, 'no-store', 'no-referrer', undefined])
    expect(page.body).toContain('Hello Mara')
    expect(page.body).not.toMatch(/Sample|ketamin|therap|session|dose|<script|https?:\/\//i)
  })
  test('writes the answers in her name, once, and leads on to the forms of the day by one press, beside the link that was mailed; sent again it has ended and stores nothing', async () => {
    clock.set(MORNING)
    const token = await link('morning')
    const mailed = await asJob(all.shell, all.home.practice, (client) => makeNarrowLink(client, all.shell.database, { practice: all.home.practice, purpose: 'questions', chart: all.home.chart, person: all.home.mara.person, expiresAt: STARTS }, clock.now()), true)
    const on = (await answer(token, fineMorning)).headers.location!
    expect(on, 'leads on to the forms that are open').toMatch(/^\/answer\/[\w-]{43}\/thanks$/)
    expect((await app.inject({ url: on })).body).toMatch(/open for you today, before your appointment.*href="\.\/"/s)
    const { headers: { location: form } } = await app.inject({ url: on.replace('thanks', '') })
    expect([(await app.inject({ url: form! })).body.includes('data-asking'), (await open(mailed)).statusCode]).toEqual([true, 200])
    const read = await chart()
    const said = read.latest('day-answers.v1')!
    expect(said).toMatchObject({ by: all.home.mara.person, at: MORNING, body: { visit, check: 'morning', via: 'link', said: { lastFoodAt: '2026-12-01T04:00:00.000Z', lastFluidAt: '2026-12-01T13:00:00.000Z', medicines: 'as-told', alcohol: 'no', ride: 'coming' } } })
    expect(read.latest('fact.v1', ({ body }) => body.fact === 'lastFoodAt')).toMatchObject({ by: all.home.mara.person, body: { value: '2026-12-01T04:00:00.000Z' } })
    expect(read.latest('escort-named.v1')?.body).toMatchObject({ name: 'Theo Keller', visit, adult: true })
    const seq = read.entries.at(-1)!.seq
    const again = await Promise.all([answer(token, { ...fineMorning, alcohol: 'yes' }), open(token)])
    expect(again.map(({ statusCode }) => statusCode)).toEqual([404, 404])
    expect((await chart()).entries.at(-1)!.seq).toBe(seq)
  })
  test('sent twice at once stores once', async () => {
    clock.set(MORNING)
    const token = await link('morning')
    const before = (await chart()).all('day-answers.v1').length
    const answers = await Promise.all([answer(token, fineMorning), answer(token, fineMorning), answer(token, fineMorning)])
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1)
    expect((await chart()).all('day-answers.v1')).toHaveLength(before + 1)
  })
  test.each<[string, (token: string) => Promise<string>]>([
    ['made up', async () => 'A'.repeat(43)],
    ['too old', async (token) => { clock.set(STARTS); return token }],
    ['of a visit that moved', async (token) => { await move('2026-12-02T17:00:00.000Z'); return token }],
    ['of a visit that was cancelled', async (token) => { await all.admin.query(`update app.visit set state = 'cancelled' where visit_id = $1`, [visit]); return token }],
    ['that a newer one replaced', async (token) => { await link('morning'); return token }],
    ['of somebody whose access has ended', async (token) => { await all.admin.query('update app.person set active = false where person_id = $1', [all.home.mara.person]); return token }],
    ['of a visit that is another chart’s', async (token) => { await all.admin.query('update app.narrow_link set chart_id = $1', [all.otherChart]); return token }],
    ['of another practice', async (token) => { await all.admin.query('delete from app.narrow_link'); return token }],
  ])('%s says the same as every other, and what to do next', async (_, spoil) => {
    clock.set(MORNING)
    const token = await spoil(await link('morning'))
    try {
      const [seen, sent, madeUp] = [await open(token), await answer(token, fineMorning), await open('B'.repeat(43))]
      expect([seen.statusCode, sent.statusCode]).toEqual([404, 404])
      expect([seen.body, sent.body]).toEqual([madeUp.body, madeUp.body])
      expect(seen.body).toContain('Look for a newer message')
    } finally {
      await all.admin.query('update app.person set active = true where person_id = $1', [all.home.mara.person])
    }
  })
  test('keeps what was written when something is missing, and is not used up by it', async () => {
    clock.set(MORNING)
    const token = await link('morning')
    const page = await answer(token, { ...fineMorning, foodTime: '23:00', foodDay: 'today', alcohol: '' })
    expect(page.statusCode).toBe(422)
    expect(page.body).toContain('This time lies ahead')
    expect(page.body).toContain('value="Theo Keller"')
    expect((await answer(token, fineMorning)).statusCode).toBe(303)
  })
  test('each opening, answer and refusal stands in the audit', async () => {
    clock.set(MORNING)
    const token = await link('morning')
    await all.admin.query(`create table if not exists public.mark as select max(audit_id) as at from app.audit`)
    await open(token); await answer(token, fineMorning); await open(token)
    const { rows } = await all.admin.query<{ action: string; outcome: string; chart: string | null }>(`select action, outcome, chart_id as chart from app.audit where audit_id > (select at from public.mark) and action in ('link.opened', 'day.answered', 'link.refused') order by audit_id`)
    expect(rows).toEqual([{ action: 'link.opened', outcome: 'done', chart: all.home.chart }, { action: 'day.answered', outcome: 'done', chart: all.home.chart }, { action: 'link.refused', outcome: 'refused', chart: null }])
  })
})

describe('an answer that asks for somebody', () => {
  test('is told at once to those who treat, with what the rule says; the desk hears of the ride alone', async () => {
    clock.set(MORNING)
    await answer(await link('morning'), { ...fineMorning, foodDay: 'today', foodTime: '06:00', medicines: 'not-as-told', ride: 'nobody' })
    const told = await notices()
    const to = (person: string) => told.filter((one) => one.person === person && one.kind === 'day').map(({ says }) => says).join(' ')
    for (const { person } of [all.home.thea, all.home.pia]) expect(to(person)).toMatch(/Ate too close.*06:00.*medicines.*Nobody takes/)
    expect(to(all.home.cora.person)).toMatch(/nobody takes them home/)
    expect(to(all.home.cora.person)).not.toMatch(/[Aa]te|medicine/)
  })
  test('fine ones are told to nobody', async () => {
    clock.set(MORNING)
    await answer(await link('morning'), fineMorning)
    expect(await notices()).toEqual([])
  })
})

describe('the adult who was named', () => {
  const name = () => byAct(all.shell, all.home.mara, all.home.chart, 'escort-named.v1', { name: 'Theo Keller', phone: '+1 510 555 0100', relationship: '', adult: true, visit })
  test('is asked once by a link of their own, says no, and the chart and people know', async () => {
    const named = await name()
    clock.set(DAY_BEFORE)
    await run(true); await run(true)
    const texts = (await mails()).filter(({ channel }) => channel === 'text')
    expect(texts).toHaveLength(1)
    expect(texts[0]!.recipient).toBe('+1 510 555 0100')
    expect(texts[0]!.body).not.toMatch(/Sample|session|ketamin|therap|medic/i)
    const page = await open(tokenIn(texts[0]!.body))
    expect(page.body).toContain('Mara named you')
    expect(page.body).not.toMatch(/Hello|session|ketamin|therap|medic/i)
    expect((await answer(tokenIn(texts[0]!.body), { comes: 'no' })).statusCode).toBe(303)
    expect((await chart()).latest('ride-answered.v1')).toMatchObject({ by: '00000000-0000-0000-0000-000000000000', body: { visit, startsAt: STARTS, named, name: 'Theo Keller', comes: false } })
    expect((await notices()).filter(({ kind }) => kind === 'day').map(({ person }) => person).toSorted()).toEqual([all.home.thea, all.home.pia, all.home.cora].map(({ person }) => person).toSorted())
  })
  test('is called by the desk where no text can be sent', async () => {
    await name()
    clock.set(DAY_BEFORE)
    await run(false); await run(false)
    expect((await notices()).filter(({ person, says }) => person === all.home.cora.person && says.includes('call Theo Keller'))).toHaveLength(1)
  })
})

describe('reminders', () => {
  test('go out once each, by two servers at once, without a health fact; the last two with a link', async () => {
    for (const now of ['2026-11-24T18:00:00.000Z', '2026-11-29T18:00:00.000Z', DAY_BEFORE, MORNING]) {
      clock.set(now)
      await Promise.all([run(), run(), run()])
      await run()
      await all.admin.query('update app.mail set sent_at = $1', [now])
    }
    const sent = await mails()
    expect((await steps()).filter(({ outcome }) => outcome === 'sent').map(({ step }) => step)).toEqual(['week', 'two-days', 'day-before', 'morning'])
    expect(sent.map(({ body }) => /\/answer\//.test(body))).toEqual([false, false, true, true])
    for (const { body, subject } of sent) expect(`${subject} ${body}`).not.toMatch(/Sample|session|ketamin|therap|medic|dose|eat/i)
  })
  test('begin anew when the visit moves, and the old link has ended', async () => {
    clock.set(DAY_BEFORE)
    await run()
    const old = tokenIn((await mails())[0]!.body)
    await move('2026-12-04T17:00:00.000Z')
    clock.set('2026-12-04T00:01:00.000Z')
    await run()
    expect((await steps()).filter(({ step }) => step === 'day-before')).toHaveLength(2)
    expect((await open(old)).statusCode).toBe(404)
    expect((await open(tokenIn((await mails()).at(-1)!.body))).statusCode).toBe(200)
  })
  test('stop when the visit is cancelled, and when what they ask is answered', async () => {
    clock.set(MORNING)
    await answer(await link('morning'), fineMorning)
    await run()
    expect((await steps()).find(({ step }) => step === 'morning')).toEqual({ step: 'morning', outcome: 'not-needed' })
    await all.admin.query(`update app.visit set state = 'cancelled'; delete from app.reminder`)
    await run()
    expect([await mails(), await steps()]).toEqual([[], []])
  })
  test.each<[string, string, boolean, string, string | undefined]>([
    ['who wants none', `reminded_by = 'none'`, true, 'not-wanted', undefined],
    ['by text, where they chose it', `reminded_by = 'text', phone = '555 0100'`, true, 'sent', 'text'],
    ['by text, where nobody carries it: not by mail either', `reminded_by = 'text', phone = '555 0100'`, false, 'unreachable', undefined],
    ['with neither mail nor telephone', 'email = null, phone = null', true, 'unreachable', undefined],
    ['with a telephone alone', `email = null, phone = '555 0100'`, true, 'sent', 'text'],
  ])('to somebody %s', async (_, how, texts, outcome, channel) => {
    const { email } = (await all.admin.query<{ email: string }>('select email from app.person where person_id = $1', [all.home.mara.person])).rows[0]!
    await all.admin.query(`update app.person set ${how} where person_id = $1`, [all.home.mara.person])
    clock.set('2026-11-29T18:00:00.000Z')
    await run(texts); await run(texts)
    expect(await steps()).toEqual([{ step: 'two-days', outcome }])
    expect((await mails()).map((one) => one.channel)).toEqual(channel ? [channel] : [])
    expect((await notices()).filter(({ person }) => person === all.home.cora.person)).toHaveLength(outcome === 'unreachable' ? 1 : 0)
    await all.admin.query('update app.person set email = $2, phone = null where person_id = $1', [all.home.mara.person, email])
  })
  test('that do not leave are told to the desk, once; nobody who died is written to', async () => {
    clock.set('2026-11-29T18:00:00.000Z')
    await run()
    clock.set('2026-11-29T18:31:00.000Z')
    await run(); await run()
    expect((await notices()).filter(({ person, says }) => person === all.home.cora.person && says.includes('could not be sent'))).toHaveLength(1)
    await all.admin.query(`delete from app.reminder; delete from app.mail; update app.chart set deceased_on = '2026-11-20' where chart_id = '${all.home.chart}'`)
    await run()
    expect(await mails()).toEqual([])
    await all.admin.query(`update app.chart set deceased_on = null where chart_id = '${all.home.chart}'`)
  })
  test('what nobody answered by its hour has names that call, once', async () => {
    clock.set('2026-12-01T15:44:00.000Z')
    await run()
    expect((await notices()).filter(({ says }) => says.includes('on the morning'))).toEqual([])
    clock.set('2026-12-01T15:45:00.000Z')
    await run(); await run()
    expect((await notices()).filter(({ says }) => says.includes('on the morning')).map(({ person }) => person)).toEqual([all.home.cora.person])
  })
})
