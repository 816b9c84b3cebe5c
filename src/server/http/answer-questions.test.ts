import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import { plusDays, plusMinutes } from '../../core/shared/time.ts'
import { instruments } from '../../knowledge/instruments.ts'
import { readAnswer, renderAnswer } from '../../web/site/render.tsx'
import { askQuestions } from '../jobs/ask-questions.ts'
import { byAct, world, type World } from '../testing/world.ts'
import { readEntries } from '../store/charts.ts'
import { createApp } from './app.ts'
import { asJob } from './job.ts'
import type { Site } from './shell.ts'

let all: World
let app: World['app']
let time = ''
const clock = { now: () => time, set: (at: string) => { time = at } }
/** Half past ten in the morning in Los Angeles, a week before the first dose. */
const MORNING = '2026-11-24T18:30:00.000Z'
const STARTS = '2026-12-01T17:00:00.000Z'

beforeEach(async () => {
  all = await world()
  clock.set(MORNING)
  const site = { renderAnswer, readAnswer, renderSite: () => ({ status: 404, html: '' }), readInquiry: () => ({ ok: false, refusal: 'trap' }) } as unknown as Site
  all.shell = { ...all.shell, clock, site }
  app = await createApp(all.shell)
  await book(STARTS)
}, 60_000)
afterEach(async () => { await app.close(); await all.close() })

const book = (startsAt: string, visit = crypto.randomUUID()) => byAct(all.shell, all.home.thea, all.home.chart, 'visits-booked.v1', { visits: [{ visit, type: 'medicine', number: 1, startsAt, endsAt: plusMinutes(startsAt, 180), localStart: '2026-12-01T09:00', zone: 'America/Los_Angeles', people: [{ person: all.home.thea.person, name: 'Thea', role: 'therapist' }], online: false }], why: '' })
const ask = () => askQuestions({ ...all.shell, texts: false }, all.home.practice)
const mails = async () => (await all.admin.query<{ subject: string; body: string }>(`select subject, body from app.mail where body like '%/answer/%' order by created_at`)).rows
const asking = async () => (await all.admin.query<{ ask: string; step: string; outcome: string }>('select ask, step, outcome from app.asking order by made_at, ask, step')).rows
const notices = async (kind: string) => (await all.admin.query<{ person: string; says: string; done: boolean }>('select person_id as person, says, done_at is not null as done from app.notice where kind = $1 order by says', [kind])).rows
const answers = () => asJob(all.shell, all.home.practice, async (client) => readChart(await readEntries({ client, actor: { practice: all.home.practice } as never }, all.home.chart)).all('measure-answered.v1'))
const begunRows = async () => (await all.admin.query<{ given: object }>('select given from app.begun_answer')).rows
const tokenIn = (body: string) => /\/answer\/(\S+)/.exec(body)![1]!
const open = (token: string) => app.inject({ url: `/answer/${token}` })
const send = (token: string, values: Record<string, string>) => app.inject({ method: 'POST', url: `/answer/${token}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(values).toString() })
const begin = (token: string, values: object) => app.inject({ method: 'POST', url: `/answer/${token}/begun`, payload: values })
const entryOf = (html: string) => /name="entry" value="([^"]+)"/.exec(html)![1]!
const formOf = (html: string) => /name="instrument" value="([^"]+)"/.exec(html)?.[1]
const every = (form: string, value: string, more: Record<string, string> = {}) => ({ instrument: form, ...Object.fromEntries(Object.values(instruments).find(({ id }) => id === form)!.items.filter(({ required }) => required).map(({ id }) => [id, value])), ...more })
const linked = async () => { await ask(); return tokenIn((await mails()).at(-1)!.body) }

describe('a message with one link for everything that is open', () => {
  test('goes out once, tells nothing, and is written down for each form', async () => {
    expect([await ask(), await ask()]).toEqual([1, 0])
    const [mail] = await mails()
    expect(`${mail!.subject} ${mail!.body}`).not.toMatch(/ketamine|depress|anxi|medicine|session|PHQ|GAD|therap/i)
    expect(mail!.body).toContain('988')
    const rows = await asking()
    expect(rows.filter(({ step }) => step === 'first').length).toBe(new Set(rows.map(({ ask: one }) => one)).size)
    expect(new Set(rows.map(({ ask: one }) => one)).size).toBeGreaterThan(1)
  })

  test('a second server at the same moment sends nothing', async () => {
    expect((await Promise.all([ask(), ask(), ask()])).reduce((sum, one) => sum + one, 0)).toBe(1)
    expect((await mails()).length).toBe(1)
  })

  test('comes again after two days and after four, and once nobody has answered, people are named; an answer ends that', async () => {
    await ask()
    for (const days of [1, 2, 3, 4, 5]) { clock.set(plusDays(plusMinutes(MORNING, 8 * 60), days)); await ask() }
    expect((await mails()).map(({ subject }) => subject.slice(0, 10))).toEqual(['A few ques', 'Still open', 'Still open'])
    expect(await notices('unanswered-questions')).toEqual([])
    clock.set('2026-11-30T18:00:00.000Z')
    await ask()
    const told = await notices('unanswered-questions')
    expect(told.map(({ person }) => person).toSorted()).toEqual([all.home.thea.person, all.home.cora.person].toSorted())
    expect(told[0]!.says).toMatch(/^Mara Sample has not answered \d questionnaires\. Nobody knows how they are/)
    const token = tokenIn((await mails()).at(-1)!.body)
    for (let form = formOf((await open(token)).body); form; form = formOf((await open(token)).body)) expect((await send(token, every(form, '0'))).statusCode).toBe(303)
    await ask()
    expect((await notices('unanswered-questions')).map(({ done }) => done)).toEqual([true, true])
  })

  test('what was missed is named while the link would still work, and then goes by itself: the silence stands on the chart', async () => {
    await ask()
    const seen: unknown[] = []
    for (const at of ['2026-11-30T18:00:00.000Z', plusDays(STARTS, 2), plusDays(STARTS, 13), plusDays(STARTS, 15)]) { clock.set(at); await ask(); seen.push((await notices('unanswered-questions')).some(({ done }) => !done)) }
    expect(seen).toEqual([true, true, true, false])
  })

  test('a form with the practice’s own copy is asked at its moment by itself, as soon as it is signed and not before', async () => {
    const at = plusMinutes(MORNING, -16 * 60)
    await byAct(all.shell, all.home.thea, all.home.chart, 'visits-booked.v1', { visits: [{ visit: crypto.randomUUID(), type: 'preparation', number: 1, startsAt: plusMinutes(MORNING, -90), endsAt: plusMinutes(MORNING, -30), localStart: '2026-11-24T08:30', zone: 'America/Los_Angeles', people: [{ person: all.home.thea.person, name: 'Thea', role: 'therapist' }], online: false }], why: '' })
    const names = async () => [...new Set((await asking()).map(({ ask: one }) => one.split(' ')[0]))]
    await ask()
    expect(await names()).not.toContain('srs')
    const form = Object.values(instruments).find(({ id }) => id === 'srs')!
    const copy = { instrument: 'srs', version: form.version, language: 'en', licence: 'Ours.', items: Object.fromEntries(form.items.map(({ id }) => [id, `Line ${id}`])), ends: ['low', 'high'] }
    await all.admin.query(`insert into app.form_choice (practice_id, choice_id, instrument, version, kind, statement, words, words_sha256, text_sha256, made_by, made_at) values ($1, gen_random_uuid(), 'srs', $2, 'copy', 'Ours.', $3, encode(sha256(convert_to($3, 'UTF8')), 'hex'), repeat('0', 64), $4, $5)`, [all.home.practice, form.version, JSON.stringify(copy), all.home.dina.person, at])
    await byAct(all.shell, all.home.thea, all.home.chart, 'demographics.v1', { givenName: 'Mara', familyName: 'Sample', birthDate: '1986-03-14' })
    expect(await ask()).toBe(1)
    expect(await names()).toContain('srs')
    clock.set(plusDays(MORNING, 1))
    await ask()
    expect(await notices('unanswered-questions'), 'of a form that the course does not ask nobody is told').toEqual([])
  })

  test('nobody is asked who never had a visit', async () => expect([await askQuestions({ ...all.shell, texts: false }, all.away.practice), await askQuestions({ ...all.shell, texts: false }, all.away.practice)]).toEqual([0, 0]))

  test('somebody whose first visit was held and who waits for the next one is asked', async () => {
    expect(await ask()).toBe(1)
    const { tomas } = all.home
    await byAct(all.shell, tomas, all.otherChart, 'visits-booked.v1', { visits: [{ visit: crypto.randomUUID(), type: 'intake', number: 1, startsAt: plusDays(MORNING, -3), endsAt: plusDays(plusMinutes(MORNING, 60), -3), localStart: '2026-11-21T10:30', zone: 'America/Los_Angeles', people: [{ person: tomas.person, name: 'Tomas', role: 'therapist' }], online: false }], why: '' })
    expect(await ask()).toBe(1)
  })
})

describe('answered by the link', () => {
  test('each form after the other, in her name, said to have come by a link, and then it asks no more', async () => {
    const token = await linked()
    const forms: string[] = []
    for (let page = await open(token); formOf(page.body); page = await open(token)) {
      forms.push(formOf(page.body)!)
      await send(token, every(forms.at(-1)!, '1', { entry: entryOf(page.body) }))
      if (forms.length > 6) break
    }
    const kept = await answers()
    expect(kept.map(({ body }) => body.instrument).toSorted()).toEqual(forms.toSorted())
    expect(forms.length).toBeGreaterThan(3)
    for (const { by, body } of kept) expect([by, body.answeredBy, body.via, Object.values(body.answers).includes(null)]).toEqual([all.home.mara.person, 'patient', 'link', false])
    expect((await open(token)).body).toContain('Thank you')
    clock.set(plusDays(MORNING, 2))
    expect(await ask()).toBe(0)
  })

  test('sent again because its answer was lost, it is stored once', async () => {
    const token = await linked()
    const page = await open(token)
    const values = every(formOf(page.body)!, '1', { entry: entryOf(page.body) })
    expect((await Promise.all([send(token, values), send(token, values), send(token, values)])).map(({ statusCode }) => statusCode).filter((code) => code !== 303)).toEqual([])
    expect((await answers()).length).toBe(1)
  })

  test('a gap is named and nothing is lost; sent all the same, it is written as one and stays open', async () => {
    const token = await linked()
    const { q3: _, ...some } = every('phq-9', '1', { entry: crypto.randomUUID() }) as Record<string, string>
    const back = await send(token, some)
    expect([back.statusCode, (await answers()).length]).toEqual([422, 0])
    expect(back.body).toMatch(/Still open: Trouble falling or staying asleep/)
    expect(back.body.match(/checked=""/g)?.length).toBe(8)
    await send(token, { ...some, gaps: 'yes' })
    expect((await answers())[0]!.body.answers).toMatchObject({ q1: 1, q3: null })
    expect(formOf((await open(token)).body)).toBe('phq-9')
  })

  test('what an item does not have is no answer, and no other form or item gets in', async () => {
    const token = await linked()
    expect((await send(token, every('phq-9', '7'))).statusCode).toBe(422)
    expect((await send(token, every('c-ssrs', '1'))).statusCode).toBe(404)
    await send(token, every('phq-9', '1', { q99: '1', __proto__: '1' }))
    expect(Object.keys((await answers())[0]!.body.answers).toSorted()).toEqual(['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'])
  })

  test('answered yesterday without a connection, it is dated yesterday; a clock that runs ahead is not believed', async () => {
    const token = await linked()
    clock.set(plusDays(MORNING, 1))
    await send(token, every('phq-9', '1', { answeredAt: MORNING }))
    await send(token, every('gad-7', '1', { answeredAt: plusDays(MORNING, 9) }))
    expect((await answers()).map(({ at, body }) => [body.instrument, at])).toEqual([['phq-9', MORNING], ['gad-7', clock.now()]])
  })

  test('too old, or replaced by a newer one, it opens nothing and takes nothing', async () => {
    const token = await linked()
    clock.set(plusDays(plusMinutes(MORNING, 8 * 60), 4))
    await ask()
    expect([(await open(token)).statusCode, (await send(token, every('phq-9', '1'))).statusCode, (await begin(token, { instrument: 'phq-9', q1: '1' })).statusCode, (await answers()).length]).toEqual([404, 404, 404, 0])
    const newer = tokenIn((await mails()).at(-1)!.body)
    clock.set(plusDays(clock.now(), 15))
    expect((await open(newer)).statusCode).toBe(404)
  })
})

describe('stopped and gone on with', () => {
  test('on another device it knows which questions were answered, and never says how', async () => {
    const token = await linked()
    expect((await begin(token, { instrument: 'phq-9', q1: '3', q2: '2' })).json()).toEqual({ told: false })
    const { body } = await open(token)
    expect(body.match(/You answered this before/g)?.length).toBe(2)
    expect(body).not.toContain('checked=""')
    const rest = Object.fromEntries(['q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'].map((item) => [item, '0']))
    expect((await send(token, { instrument: 'phq-9', ...rest })).statusCode).toBe(303)
    expect((await answers())[0]!.body).toMatchObject({ answers: { q1: 3, q2: 2, q9: 0 }, startedAt: MORNING })
    expect(await begunRows()).toEqual([])
  })

  test('nobody who works here reads what was not sent', async () => {
    const token = await linked()
    await begin(token, { instrument: 'phq-9', q1: '3' })
    for (const who of [all.home.thea, all.home.owner, all.home.cora]) expect(await all.shell.database.inContext(who.token, { chart: all.home.chart, durable: false }, async ({ client }) => (await client.query('select from app.begun_answer')).rowCount)).toBe(0)
    expect((await answers()).length).toBe(0)
  })
})

test('what was begun and never gone on with is not kept longer than its link', async () => {
  await begin(await linked(), { instrument: 'phq-9', q1: '3' })
  for (const [days, kept] of [[13, 1], [15, 0]] as const) {
    clock.set(plusDays(MORNING, days))
    await ask()
    expect((await begunRows()).length).toBe(kept)
  }
})

describe('thoughts of death or self-harm', () => {
  test('are on the chart and told at once, though the form is left there', async () => {
    const token = await linked()
    await begin(token, { instrument: 'phq-9', q1: '2' })
    expect((await begin(token, { instrument: 'phq-9', q1: '2', q9: '1' })).json()).toEqual({ told: true })
    expect((await answers()).map(({ body }) => body.answers)).toEqual([{ q1: 2, q2: null, q3: null, q4: null, q5: null, q6: null, q7: null, q8: null, q9: 1 }])
    expect((await notices('risk')).map(({ person }) => person)).toEqual([all.home.thea.person])
  })

  test('once for the same answer, again where it is worse, and the form that follows puts the piece right', async () => {
    const token = await linked()
    for (const q9 of ['1', '1', '3', '3', '1']) await begin(token, { instrument: 'phq-9', q9 })
    expect((await answers()).map(({ body }) => body.answers['q9'])).toEqual([3])
    const { headers } = await send(token, every('phq-9', '1', { entry: crypto.randomUUID(), q9: '0' }))
    // What was said once is not taken back by another press: the path stays open until somebody has spoken with her.
    expect(headers['location']).toBe(`/answer/${token}`)
    const standing = await answers()
    expect(standing.length).toBe(1)
    expect(standing[0]!.body.answers).toMatchObject({ q1: 1, q9: 0 })
    const { rows } = await all.admin.query(`select from app.entry where chart_id = $1 and kind = 'measure-answered.v1'`, [all.home.chart])
    expect(rows.length).toBe(3)
  })

  test('sent in one go, without a script: help is the page that follows', async () => {
    const token = await linked()
    const { headers, statusCode } = await send(token, every('phq-9', '0', { q9: '2' }))
    expect([statusCode, headers['location']]).toEqual([303, `/answer/${token}/help`])
    const help = await app.inject({ url: `/answer/${token}/help` })
    for (const words of ['tel:988', 'tel:911', 'people at the practice were told']) expect(help.body).toContain(words)
    expect((await notices('risk')).map(({ person }) => person)).toEqual([all.home.thea.person])
  })
})

test('whoever treats sees what was sent, by when a person calls, and that it is late; and that it was answered', async () => {
  const asked = async () => (await app.inject({ url: `/api/charts/${all.home.chart}/questions`, cookies: { openkap: all.home.thea.token } })).json<{ on: boolean; asked: { instrument: string; last: { outcome: string } | null; answerBy: string | null; late: boolean }[] }>()
  expect((await asked()).asked[0]).toMatchObject({ instrument: 'phq-9', last: null, answerBy: null, late: false })
  const token = await linked()
  expect((await asked()).asked[0]).toMatchObject({ last: { outcome: 'sent', at: MORNING }, answerBy: '2026-11-30T18:00:00.000Z', late: false })
  clock.set('2026-11-30T18:00:00.000Z')
  expect((await asked()).asked[0]!.late).toBe(true)
  await send(token, every('phq-9', '0'))
  expect((await asked()).asked.map(({ instrument }) => instrument)).not.toContain('phq-9')
})
