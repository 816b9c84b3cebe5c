import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { RouteName } from '../../core/contract/contract.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { readAnswer, renderAnswer } from '../../web/site/render.tsx'
import { tellChanges } from '../jobs/tell-changes.ts'
import { makeBookable } from '../testing/bookable.ts'
import type { TestPerson } from '../testing/practice.ts'
import { device, world, type Asked, type World, answered, done, type Answered } from '../testing/world.ts'
import { createApp } from './app.ts'
import type { Site } from './shell.ts'

/** A booked course whose visits the desk moves or cancels: who is told, who is asked first, and what their answer does. */
let all: World
let mara: string
let now = '2026-11-23T18:00:00.000Z'
const by = (who: TestPerson, name: RouteName, asked: Asked = {}) => answered(all, name, who, asked)
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora, name, { ...asked, params: { chart: mara, ...asked.params } })
const entries = async () => (await desk('entries')).entries as StoredEntry[]
const of = async (kind: string) => (await entries()).filter((entry) => entry.kind === kind)
const find = async (type: string, number: number) => standingVisits(readChart(await entries())).find((one) => one.type === type && one.number === number)!
const changes = async () => (await desk('changes')).changes as { told: string; state: string; until: string | null; message: string | null }[]
const openAtHome = async (who = all.home.cora) => (await by(who, 'home')).changes as { told: string; name: string; says: string }[]
const notices = async (who: TestPerson) => ((await by(who, 'home')).notices as { kind: string; says: string }[]).map(({ says }) => says)
const mails = async () => (await all.admin.query<{ channel: string; recipient: string; subject: string; body: string }>('select channel, recipient, subject, body from app.mail order by created_at')).rows
const run = (texts = false) => tellChanges({ ...all.shell, texts }, all.home.practice)
const link = async () => { await run(); return /\/answer\/(\S+)/.exec((await mails()).at(-1)!.body)![1]! }
const open = (token: string) => all.app.inject({ url: `/answer/${token}` })
/** Each from another address, or so many answers would be too many. */
let answers = 0
const say = async (token: string, suits: string) => {
  const { statusCode, headers } = await all.app.inject({ remoteAddress: `10.1.1.${answers++ % 250}`, method: 'POST', url: `/answer/${token}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ suits }).toString() })
  return headers.location ?? statusCode
}
/** Where the calendar itself has a visit, and how many places are held for nobody's visit but an asked one. */
const inCalendar = async (visit: string) => (await all.admin.query<{ from: string }>(`select to_char(lower(during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as from from app.visit where visit_id = $1 and state = 'booked'`, [visit])).rows[0]?.from
const heldNow = async () => (await all.admin.query<{ room: string | null }>(`select r.room_id as room from app.visit v left join app.visit_room r on r.visit_id = v.visit_id and r.active where v.state = 'held' and v.held_until > $1::timestamptz`, [now])).rows
/** Another place for a visit, as the planner finds it. */
const elsewhere = async (visit: BookedVisit, to?: string) => {
  const { moves, impossible } = await done(desk('proposeMove', { params: { visit: visit.visit }, body: { ...(to ? { to: { localStart: to, zone: visit.zone } } : {}), wishes: { earliest: '2026-11-24' } } }))
  expect(impossible).toEqual([])
  return (moves as { to: BookedVisit; why: string }[]).map(({ to: there, why }) => ({ to: there, why }))
}
const moveNow = async (moves: { to: BookedVisit; why: string }[]) => desk('move', { body: { device, moves: moves.map((one) => ({ id: randomUUID(), ...one })) } })
const askFirst = async (moves: { to: BookedVisit; why: string }[], id: string = randomUUID()) => desk('askMoves', { body: { id, device, moves } })

beforeAll(async () => {
  all = await world()
  const { home } = all
  mara = home.chart
  const site = { renderAnswer, readAnswer, renderSite: () => ({ status: 404, html: '' }), readInquiry: () => ({ ok: false, refusal: 'trap' }) } as unknown as Site
  await all.app.close()
  all = { ...all, shell: { ...all.shell, clock: { now: () => (now = plusMinutes(now, 1 / 60)) }, site } as World['shell'] }
  all = { ...all, app: await createApp(all.shell) }
  await makeBookable(all)
  const { proposals } = await desk('plan', { body: { earliest: '2026-12-01' } })
  await done(desk('book', { body: { id: randomUUID(), device, visits: proposals[0].visits, why: 'as asked' } }))
}, 60_000)
afterAll(async () => { await all.app.close(); await all.close() })
beforeEach(() => all.admin.query(`update app.notice set done_at = '2026-11-23T18:00:00.000Z'; update app.person set reminded_by = null; update app.reminder set mail_id = null; delete from app.mail`))

describe('moved now', { timeout: 60_000 }, () => {
  test('the patient gets old and new times once, without a family name or a word of why; those who come hear of it', async () => {
    const before = await find('integration', 6)
    const [to] = await elsewhere(before)
    await done(moveNow([to!]))
    expect([await run(), await run()]).toEqual([1, 0])
    const [mail] = await mails()
    expect(mail).toMatchObject({ channel: 'mail', subject: expect.stringContaining('Your appointments with') })
    expect(mail!.body).toMatch(/Hello Mara,[^]*has moved an appointment[^]*: now /)
    expect(`${mail!.subject} ${mail!.body}`).not.toMatch(/Sample|session|ketamin|therap|medic|dose|integration/i)
    expect((await changes())[0]).toMatchObject({ state: 'told', message: 'sent' })
    for (const who of [all.home.thea]) expect((await notices(who)).filter((says) => says.includes('Integration 6 moved from'))).toHaveLength(1)
    expect(await inCalendar(before.visit)).toBe(to!.to.startsAt)
  })
  test('that it does not suit stands in her name and on the desk’s list, until somebody settles it; nothing moves by itself', async () => {
    const before = await find('integration', 6)
    const [to] = await elsewhere(before, `${before.localStart.slice(0, 11)}08:00`).catch(() => elsewhere(before))
    await done(moveNow([to!]))
    const token = await link()
    const page = await open(token)
    expect([page.statusCode, page.headers['set-cookie'], page.headers['cache-control']]).toEqual([200, undefined, 'no-store'])
    expect(page.body).toContain('Hello Mara')
    expect(page.body.replace(/<style[^]*?<\/style>/, '')).not.toMatch(/Sample|session|ketamin|therap|medic|dose|integration|<script/i)
    expect([await say(token, 'yes'), await say(token, 'no'), await say(token, 'no')]).toEqual([422, '/answer/thanks', 404])
    expect(await inCalendar(before.visit)).toBe(to!.to.startsAt)
    expect((await of('change-answered.v1')).at(-1)).toMatchObject({ by: all.home.mara.person, body: { answer: 'no', via: 'link', lost: false } })
    const [line] = await openAtHome()
    expect(line).toMatchObject({ name: 'Mara Sample', says: expect.stringMatching(/do not suit them\. The new times stand: Integration 6/) })
    expect((await by(all.home.mara, 'home')).changes).toEqual([])
    await done(desk('settleChange', { params: { told: line!.told }, body: { id: randomUUID(), device, how: 'settled', words: 'Spoken on the telephone.' } }))
    expect([await openAtHome(), (await desk('settleChange', { params: { told: line!.told }, body: { id: randomUUID(), device, how: 'settled' } })).code]).toEqual([[], 'move.answered'])
  })
  test('sent twice moves and tells once', async () => {
    const before = await find('integration', 6)
    const [to] = await elsewhere(before)
    const body = { device, moves: [{ id: randomUUID(), ...to! }] }
    const told = (await of('change-told.v1')).length
    for (let times = 0; times < 2; times++) await done(desk('move', { body }))
    expect(await of('change-told.v1')).toHaveLength(told + 1)
    await run()
  })
  test('one that the desk cancels is told in the same way, with no link', async () => {
    const { visit } = await find('follow-up', 2)
    await done(desk('cancelVisit', { params: { visit }, body: { id: randomUUID(), device, why: 'ill', told: { by: 'practice', reason: 'practice' } } }))
    expect([await run(), await run()]).toEqual([1, 0])
    const [mail] = await mails()
    expect(mail!.body).toMatch(/has cancelled this appointment/)
    expect(mail!.body).not.toMatch(/\/answer\/|Follow/)
    expect((await notices(all.home.thea)).some((says) => says.includes('Follow-up 2'))).toBe(true)
  })
  test.each<[string, string, boolean, string, RegExp]>([
    ['by text, where nobody carries it: not by mail either', `reminded_by = 'text', phone = '555 0100'`, false, 'unreachable', /Mara Sample has a visit that was moved .*cannot be reached in the way they chose\. Call them/],
    ['wanting no messages', `reminded_by = 'none'`, true, 'not-wanted', /Mara Sample .*wants no messages\. Call them/],
    ['by text, where they chose it', `reminded_by = 'text', phone = '555 0100'`, true, 'sent', /^$/],
  ])('somebody %s', async (_, how, texts, outcome, says) => {
    await all.admin.query(`update app.person set ${how} where person_id = $1`, [all.home.mara.person])
    await done(moveNow([(await elsewhere(await find('integration', 6)))[0]!]))
    await run(texts); await run(texts)
    expect((await changes())[0]).toMatchObject({ message: outcome })
    expect((await mails()).map(({ channel }) => channel)).toEqual(outcome === 'sent' ? ['text'] : [])
    expect((await notices(all.home.cora)).filter((one) => says.test(one))).toHaveLength(outcome === 'sent' ? 0 : 1)
  })
})

describe('asked first', { timeout: 60_000 }, () => {
  const asked = async (to?: string) => {
    const before = await find('medicine', 6)
    const moves = await elsewhere(before, to)
    const id = randomUUID()
    const first = await done(askFirst(moves, id))
    expect(await done(askFirst(moves, id))).toEqual(first)
    return { before, moves, told: id, until: first.until as string, token: await link() }
  }
  const stands = async ({ before }: { before: BookedVisit }) => expect([(await find('medicine', 6)).startsAt, await inCalendar(before.visit)]).toEqual([before.startsAt, before.startsAt])

  test('the old times stand, the new ones are held from everybody else, and opening uses nothing up; yes books it', async () => {
    const one = await asked()
    await stands(one)
    expect((await heldNow()).length).toBe(one.moves.length)
    expect((await desk('held')).hold).toBeNull()
    expect((await askFirst(one.moves)).code).toBe('change.waiting')
    expect((await changes())[0]).toMatchObject({ told: one.told, state: 'waiting', until: one.until })
    for (let times = 0; times < 3; times++) expect((await open(one.token)).body).toContain('Yes, ')
    expect((await open(one.token)).body.replace(/<style[^]*?<\/style>/, '')).not.toMatch(/Sample|session|ketamin|therap|medic|dose/i)
    // Two answers at the same moment: one of them counts.
    const answers = await Promise.all([say(one.token, 'yes'), say(one.token, 'yes'), say(one.token, 'yes')])
    expect(answers.toSorted()).toEqual(['/answer/thanks', 404, 404].toSorted())
    expect([(await find('medicine', 6)).startsAt, await inCalendar(one.before.visit), (await heldNow()).length]).toEqual([one.moves[0]!.to.startsAt, one.moves[0]!.to.startsAt, 0])
    expect((await of('visit-moved.v1')).at(-1)).toMatchObject({ by: all.home.mara.person })
    expect((await of('change-answered.v1')).filter(({ body }) => (body as { told: string }).told === one.told)).toMatchObject([{ body: { answer: 'yes', lost: false } }])
    expect((await notices(all.home.thea)).some((says) => says.includes('Medicine 6 moved') || says.includes('session 6 moved'))).toBe(true)
  })
  test('a yes and a no at the same moment: one counts, and the calendar agrees with it', async () => {
    const one = await asked()
    const [yes, no] = await Promise.all([say(one.token, 'yes'), say(one.token, 'no')])
    expect([yes === '/answer/thanks', no === '/answer/stays'].filter(Boolean)).toHaveLength(1)
    expect(await inCalendar(one.before.visit)).toBe(yes === '/answer/thanks' ? one.moves[0]!.to.startsAt : one.before.startsAt)
    expect(await heldNow()).toEqual([])
    for (const { told } of await openAtHome()) await done(desk('settleChange', { params: { told }, body: { id: randomUUID(), device, how: 'settled' } }))
  })
  test('no keeps the old times, gives back what was held, and stands on the desk’s list', async () => {
    const one = await asked()
    expect([await say(one.token, 'no'), await say(one.token, 'yes')]).toEqual(['/answer/stays', 404])
    await stands(one)
    expect(await heldNow()).toEqual([])
    expect(await openAtHome()).toMatchObject([{ told: one.told, name: 'Mara Sample', says: expect.stringContaining('The old times stand') }])
    await done(desk('settleChange', { params: { told: one.told }, body: { id: randomUUID(), device, how: 'settled' } }))
  })
  test('taken back by the desk: the link has ended and nothing is held', async () => {
    const one = await asked()
    await done(desk('settleChange', { params: { told: one.told }, body: { id: randomUUID(), device, how: 'taken-back' } }))
    expect([(await open(one.token)).statusCode, await say(one.token, 'yes'), await heldNow(), await openAtHome()]).toEqual([404, 404, [], []])
    await stands(one)
  })
  test('a visit that moved again meanwhile: the answer changes nothing', async () => {
    const one = await asked()
    const [other] = await elsewhere(one.before)
    await done(moveNow([other!]))
    expect([(await open(one.token)).statusCode, await say(one.token, 'yes')]).toEqual([404, 404])
    expect([(await find('medicine', 6)).startsAt, (await changes()).find(({ told }) => told === one.told)!.state]).toEqual([other!.to.startsAt, 'overtaken'])
    await run()
  })
  type Asked = Awaited<ReturnType<typeof asked>>
  const DESK_WAITS_MS = [0, 3, 10, 25, 60, Infinity]
  const meanwhile: [string, (one: Asked) => Promise<() => Promise<Answered>>][] = [
    ['moves it elsewhere', async ({ before }) => { const other = await elsewhere(before); return () => moveNow(other) }],
    ['takes the question back', async ({ told }) => () => desk('settleChange', { params: { told }, body: { id: randomUUID(), device, how: 'taken-back' } })],
  ]
  test.each(meanwhile)('a yes at the same moment as the desk %s: chart and calendar agree, nothing stands twice, nothing stays held', async (_, act) => {
    const won = { yes: 0, desk: 0 }
    for (let round = 0; round < DESK_WAITS_MS.length; round++) {
      const one = await asked()
      const deskActs = await act(one)
      const later = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })
      // From the same moment on, the desk waits a little longer each time: an answer has a way to go before it takes its turn.
      const tip = (await entries()).at(-1)!.seq
      const saying = say(one.token, 'yes')
      const [said, did] = await Promise.all([saying, Number.isFinite(DESK_WAITS_MS[round]) ? later(DESK_WAITS_MS[round]!).then(deskActs) : saying.then(deskActs)])
      const stands = await find('medicine', 6)
      expect(await inCalendar(one.before.visit), 'the calendar has what the chart has').toBe(stands.startsAt)
      expect((await all.admin.query(`select from app.visit_person x join app.visit v using (practice_id, visit_id) where x.active and v.state <> 'booked'`)).rowCount, 'nobody is kept for nothing').toBe(0)
      expect(await heldNow()).toEqual([])
      const answered = (await of('change-answered.v1')).filter(({ body }) => (body as { told: string }).told === one.told)
      expect(answered, 'thanked is written, and what is written was thanked for').toHaveLength(said === '/answer/thanks' ? 1 : 0)
      const since = (await entries()).filter(({ seq }) => seq > tip)
      const [yes, desks] = [since.find(({ kind }) => kind === 'change-answered.v1'), since.find(({ kind, by: who }) => who === all.home.cora.person && (kind === 'visit-moved.v1' || kind === 'change-settled.v1'))]
      expect(!yes || !desks || yes.seq < desks.seq, 'no yes is taken to what the desk has overtaken').toBe(true)
      if (said === '/answer/thanks') won.yes += 1
      if (did.status < 300) won.desk += 1
      expect(said === '/answer/thanks' || did.status < 300, 'one of them counts').toBe(true)
      await run()
      for (const { told } of await openAtHome()) await done(desk('settleChange', { params: { told }, body: { id: randomUUID(), device, how: 'settled' } }))
    }
    expect(Math.min(won.yes, won.desk), `each has counted: ${JSON.stringify(won)}`).toBeGreaterThan(0)
  })
  test('a room that somebody took after all: the old times stand, she is told at once, and the desk by name', async () => {
    const one = await asked()
    const { to } = one.moves[0]!
    // Somebody has exactly what was held, as if the hold had given way.
    const rival = randomUUID()
    await all.admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'medicine', tstzrange($3, $4), 'x', 'UTC')`, [all.home.practice, rival, to.startsAt, to.endsAt])
    const taken = await all.admin.query(`with held as (update app.visit_room set active = false where active and visit_id in (select visit_id from app.visit where state = 'held') returning *)
      insert into app.visit_room (practice_id, visit_id, room_id, during) select practice_id, $1, room_id, during from held where room_id = $2`, [rival, to.room!.id])
    expect(taken.rowCount).toBe(1)
    expect(await say(one.token, 'yes')).toBe('/answer/taken')
    expect((await open('taken')).body).toContain('Your old times stand')
    await stands(one)
    expect(await heldNow()).toEqual([])
    expect((await of('change-answered.v1')).at(-1)).toMatchObject({ body: { answer: 'yes', lost: true } })
    expect(await openAtHome()).toMatchObject([{ told: one.told, says: expect.stringMatching(/said yes, and a place was taken meanwhile/) }])
    await all.admin.query('delete from app.visit_room where visit_id = $1', [rival])
    await done(desk('settleChange', { params: { told: one.told }, body: { id: randomUUID(), device, how: 'settled' } }))
  })
  test('half an hour later, where old and new places overlap, is held as well', async () => {
    const before = await find('medicine', 6)
    const to = plusMinutes(before.startsAt, 30)
    const local = `${before.localStart.slice(0, 11)}${String(Number(before.localStart.slice(11, 13)) + (before.localStart.endsWith('30') ? 1 : 0)).padStart(2, '0')}:${before.localStart.endsWith('30') ? '00' : '30'}`
    const one = await asked(local)
    expect(one.moves[0]!.to.startsAt).toBe(to)
    expect((await desk('calendar', { query: { from: local.slice(0, 10), to: local.slice(0, 10) } })).status).toBe(200)
    expect(await say(one.token, 'yes')).toBe('/answer/thanks')
    expect(await inCalendar(before.visit)).toBe(to)
  })
  test('no answer until the end: nothing changes, the hold is given back, and a named line stands', async () => {
    const one = await asked()
    now = one.until
    try {
      expect([(await open(one.token)).statusCode, await say(one.token, 'yes'), await heldNow()]).toEqual([404, 404, []])
      await stands(one)
      expect(await openAtHome()).toMatchObject([{ told: one.told, name: 'Mara Sample', says: expect.stringContaining('have not answered') }])
      expect((await changes())[0]).toMatchObject({ state: 'lapsed' })
    } finally {
      now = '2026-11-23T18:00:00.000Z'
    }
  })
})
