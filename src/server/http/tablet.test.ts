import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { instruments } from '../../knowledge/instruments.ts'
import { tabletRows } from '../../knowledge/reminders.ts'
import { readAnswer, renderAnswer } from '../../web/site/render.tsx'
import { world, type World } from '../testing/world.ts'
import { readEntries } from '../store/charts.ts'
import { createApp } from './app.ts'
import { asJob } from './job.ts'
import type { Site } from './shell.ts'

let all: World
let app: World['app']
let time = ''
const clock = { now: () => time, set: (at: string) => { time = at } }
const NOON = '2026-11-24T20:00:00.000Z'
const TABLET = '00000000-0000-4000-8000-00000000d0aa'
const OTHER = '00000000-0000-4000-8000-00000000d0bb'

beforeEach(async () => {
  all = await world()
  clock.set(NOON)
  const site = { renderAnswer, readAnswer, renderSite: () => ({ status: 404, html: '' }), readInquiry: () => ({ ok: false, refusal: 'trap' }) } as unknown as Site
  all.shell = { ...all.shell, clock, site }
  app = await createApp(all.shell)
}, 60_000)
afterEach(async () => { await app.close(); await all.close() })

const cookies = (token: string, device = TABLET) => ({ openkap: token, 'openkap-device': device })
const api = (path: string) => `/api/charts/${all.home.chart}${path}`
const hand = (token = all.home.thea.token, more: object = {}, device = TABLET) => app.inject({ method: 'POST', url: api('/tablet'), cookies: cookies(token, device), payload: { id: randomUUID(), forms: ['phq-9', 'gad-7'], by: ['name', 'birth-date'], ...more } })
const handed = async (...how: Parameters<typeof hand>) => (await hand(...how)).json<{ address: string }>().address
const open = (address: string, device: string | undefined = TABLET) => app.inject({ url: address, cookies: device ? { 'openkap-device': device } : {} })
const send = (address: string, values: Record<string, string>, device = TABLET) => app.inject({ method: 'POST', url: address, cookies: { 'openkap-device': device }, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(values).toString() })
const begin = (address: string, payload: object) => app.inject({ method: 'POST', url: `${address}/begun`, cookies: { 'openkap-device': TABLET }, payload })
const formOf = (html: string) => /name="instrument" value="([^"]+)"/.exec(html)?.[1]
const every = (form: 'phq-9' | 'gad-7', value: string, more: Record<string, string> = {}) => ({ instrument: form, ...Object.fromEntries(instruments[form].items.filter(({ required }) => required).map(({ id }) => [id, value])), ...more })
const read = () => asJob(all.shell, all.home.practice, async (client) => readChart(await readEntries({ client, actor: { practice: all.home.practice } as never }, all.home.chart)))
const answers = async () => (await read()).all('measure-answered.v1')
const notices = async (kind: string) => (await all.admin.query<{ person: string; says: string }>('select person_id as person, says from app.notice where kind = $1', [kind])).rows
const audited = async () => (await all.admin.query<{ action: string }>(`select action from app.audit where chart_id = $1 and action like 'tablet.%' order by audit_id`, [all.home.chart])).rows.map(({ action }) => action).filter((action, at, all) => action !== all[at - 1])

describe('handed over', () => {
  test('whoever did it is signed out in the same breath, and it is written down by name, on which device and how it was made sure who this is', async () => {
    const { token } = all.home.thea
    const [before, answer] = [await app.inject({ url: '/api/me', cookies: cookies(token) }), await hand()]
    expect([before.statusCode, answer.statusCode, (await app.inject({ url: '/api/me', cookies: cookies(token) })).statusCode, (await app.inject({ url: api(''), cookies: cookies(token) })).statusCode]).toEqual([200, 200, 401, 401])
    expect(answer.cookies.find(({ name }) => name === 'openkap')?.value).toBe('')
    expect((await read()).latest('tablet-handed.v1')).toMatchObject({ by: all.home.thea.person, device: TABLET, body: { forms: ['phq-9', 'gad-7'], by: ['name', 'birth-date'] } })
    expect(await audited()).toEqual(['tablet.handed'])
  })
  test.each([['one detail is not enough', { by: ['name'] }, 422], ['no form', { forms: [] }, 422], ['a form of clinicians', { forms: ['c-ssrs'] }, 409], ['a form that is not there', { forms: ['x'] }, 409]])('%s: nothing is handed over, and nobody is signed out', async (_, more, status) => {
    expect([(await hand(undefined, more)).statusCode, (await app.inject({ url: '/api/me', cookies: cookies(all.home.thea.token) })).statusCode, (await read()).all('tablet-handed.v1').length]).toEqual([status, 200, 0])
  })
  test('the desk may; the patient may not', async () => expect([(await hand(all.home.cora.token)).statusCode, (await hand(all.home.mara.token)).statusCode]).toEqual([200, 403]))
  test('what is open and what was begun stands first, and how it was answered nowhere', async () => {
    await begin(await handed(), { instrument: 'gad-7', q1: '3' })
    const { forms, name } = (await app.inject({ url: api('/tablet'), cookies: cookies(all.home.cora.token) })).json<{ name: string; forms: { instrument: string; begun: boolean; open: boolean }[] }>()
    expect([name, forms.filter(({ begun }) => begun).map(({ instrument }) => instrument), forms.map(({ instrument }) => instrument).includes('c-ssrs')]).toEqual(['Mara Sample', ['gad-7'], false])
    expect(JSON.stringify(forms)).not.toContain('"q1"')
  })
})

describe('on the tablet', () => {
  test('exactly these forms, as answered by her at the practice; after the last one the link is used up', async () => {
    const address = await handed()
    const first = await open(address)
    expect([first.statusCode, formOf(first.body), first.headers['set-cookie']]).toEqual([200, 'phq-9', undefined])
    expect(first.body).toContain('Hello Mara')
    expect(first.body).not.toMatch(/Sample|href="(?!\/sign-in|\/site|#)/)
    expect((await send(address, every('phq-9', '0'))).headers['location']).toBe(address)
    expect(formOf((await open(address)).body)).toBe('gad-7')
    expect((await send(address, every('gad-7', '1'))).headers['location']).toBe('/answer/back')
    const hander = (await read()).latest('tablet-handed.v1')!.id
    for (const { by, device, body } of await answers()) expect([by, device, body.answeredBy, body.via, body.handed]).toEqual([all.home.mara.person, TABLET, 'patient', 'tablet', hander])
    expect([(await open(address)).statusCode, (await send(address, every('phq-9', '3'))).statusCode, (await answers()).length]).toEqual([404, 404, 2])
  })
  test('on no other device, and for no other form', async () => {
    const address = await handed(undefined, { forms: ['phq-9'] })
    expect([(await open(address, OTHER)).statusCode, (await app.inject({ url: address })).statusCode, (await send(address, every('phq-9', '1'), OTHER)).statusCode, (await send(address, every('gad-7', '1'))).statusCode, (await answers()).length]).toEqual([404, 404, 404, 404, 0])
  })
  test('left alone it shows nothing, a touch keeps it open, and what is on its way is still taken', async () => {
    const address = await handed()
    clock.set(plusMinutes(NOON, tabletRows.coverMin - 1))
    await begin(address, { instrument: 'phq-9', q1: '2' })
    clock.set(plusMinutes(NOON, tabletRows.coverMin + 1))
    expect(formOf((await open(address)).body)).toBe('phq-9')
    clock.set(plusMinutes(NOON, 3 * tabletRows.coverMin))
    const covered = await open(address)
    expect([formOf(covered.body), /Mara|PHQ/.test(covered.body)]).toEqual([undefined, false])
    expect([(await begin(address, { instrument: 'phq-9', q2: '2' })).statusCode, formOf((await open(address)).body)]).toEqual([200, undefined])
    const again = await handed(all.home.cora.token)
    expect((await open(again)).body.match(/You answered this before/g)?.length).toBe(2)
    expect((await begin(address, { instrument: 'phq-9', q3: '2' })).statusCode).toBe(404)
  })
  test('given back before the end: what was answered is kept, and going back shows nothing', async () => {
    const address = await handed()
    expect((await send(address, { back: 'yes', instrument: 'phq-9', q1: '3' })).headers['location']).toBe('/answer/back')
    expect([formOf((await open(address)).body), (await answers()).length, await audited()]).toEqual([undefined, 0, ['tablet.handed', 'tablet.covered']])
  })
  test('its time over, whoever handed it over gone, or her account ended: nothing is opened and nothing taken', async () => {
    const address = await handed()
    const shut = async () => [(await open(address)).statusCode, (await begin(address, { instrument: 'phq-9', q1: '1' })).statusCode, (await send(address, every('phq-9', '1'))).statusCode]
    for (const person of [all.home.thea.person, all.home.mara.person]) {
      await all.admin.query('update app.person set active = false where person_id = $1', [person])
      expect(await shut()).toEqual([404, 404, 404])
      await all.admin.query('update app.person set active = true where person_id = $1', [person])
    }
    await all.admin.query('update app.chart set deceased_on = $2 where chart_id = $1', [all.home.chart, '2026-11-24'])
    expect(await shut()).toEqual([404, 404, 404])
    await all.admin.query('update app.chart set deceased_on = null where chart_id = $1', [all.home.chart])
    expect((await open(address)).statusCode).toBe(200)
    clock.set(plusMinutes(NOON, tabletRows.lifeMin))
    expect([await shut(), (await answers()).length]).toEqual([[404, 404, 404], 0])
  })
  test('handed to somebody else on the same device, the first one’s is covered at once', async () => {
    const address = await handed()
    await app.inject({ method: 'POST', url: `/api/charts/${all.otherChart}/tablet`, cookies: cookies(all.home.cora.token), payload: { id: randomUUID(), forms: ['phq-9'], by: ['name', 'birth-date'] } })
    expect([formOf((await open(address)).body), (await begin(address, { instrument: 'phq-9', q1: '1' })).statusCode]).toEqual([undefined, 200])
  })
})

test('an answer that cannot wait is on the chart and told before the form is sent; whoever handed it over and the desk are sent to her, once', async () => {
  const address = await handed()
  for (const q9 of ['1', '3']) expect((await begin(address, { instrument: 'phq-9', q9 })).json()).toEqual({ told: true })
  expect((await answers())[0]!.body).toMatchObject({ via: 'tablet', answers: { q9: 3 } })
  const called = await notices('tablet')
  expect(called.map(({ person }) => person).toSorted()).toEqual([all.home.thea.person, all.home.cora.person].toSorted())
  expect(called[0]!.says).toMatch(/^Mara Sample has the tablet .* Go to them\.$/)
  expect((await notices('on-call')).length).toBeGreaterThan(0)
  const { body } = await open(address)
  expect(body).toContain('Somebody is here with you: tell them')
  expect(formOf(body)).toBe('phq-9')
  const sent = await send(address, every('phq-9', '1', { q9: '1' }))
  expect(sent.headers['location']).toBe(`${address}/help`)
  const help = await open(`${address}/help`)
  expect([/Somebody is here with you: tell them/.test(help.body), /tel:/.test(help.body)]).toEqual([true, false])
  expect((await answers()).length).toBe(1)
})
