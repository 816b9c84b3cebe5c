import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { edition } from '../rulebook.ts'
import { addChart, type TestPerson } from '../testing/practice.ts'
import { ask, device, draft, world, type World } from '../testing/world.ts'

/** Which courses a practice works by: adopted by its medical director, kept edition by edition, and chosen from those alone. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const actor = (says: string) => all.actors.find((one) => one.says === says)!
async function adopt(protocol: string, who = 'medical director off the team') {
  const director = actor(who)
  return ask(all, 'adoptProtocol', director.token, { body: { protocol, code: await all.codeOf(director) } })
}
const choose = (chart: string, protocol: string, who: TestPerson = all.home.thea, id: string = randomUUID()) => ask(all, 'chooseProtocol', who.token, { params: { chart }, body: { id, protocol, device } })
const books = async (who = all.home.thea.token) => (await ask(all, 'rulebook', who)).json<{ protocols: { protocol: string; edition: string; offered: boolean; says: string; adoptedBy: string }[]; history: { protocol: string; edition: string; adoptedAt: string; adoptedBy: string }[] }>()
const courseOf = async (chart: string) => (await all.admin.query<{ protocol: string | null }>('select protocol from app.chart where chart_id = $1', [chart])).rows[0]!.protocol
const chosen = async (chart: string) => (await all.admin.query<{ body: { protocol: string; edition: string } }>(`select body from app.entry where chart_id = $1 and kind = 'course-chosen.v1' order by seq`, [chart])).rows.map(({ body }) => body)

async function aChart() {
  const chart = await addChart(all.shell.database, all.home.owner, `Somebody ${randomUUID().slice(0, 4)}`, [{ person: all.home.thea, role: 'therapist' }])
  await ask(all, 'append', all.home.cora.token, { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'Somebody', familyName: 'Sample', birthDate: '1986-03-14' })] } })
  return chart
}

describe('choosing a course', () => {
  test('that nobody adopted is refused, with what has to come first, and changes nothing', async () => {
    const chart = await aChart()
    const answer = await choose(chart, 'group-maintenance')
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'protocol.refused', list: [{ code: 'not-adopted', says: expect.stringContaining('The medical director adopts it') }] })
    expect([await courseOf(chart), await chosen(chart)]).toEqual([null, []])
  })

  test.each(Object.values(protocols).filter(({ heldBack }) => heldBack !== undefined).map(({ id }) => id))('%s ships switched off and is refused', async (id) => {
    const chart = await aChart()
    expect((await choose(chart, id)).json()).toMatchObject({ code: 'protocol.refused', list: [{ code: 'not-adopted', says: expect.stringContaining('switched off') }] })
    expect(await courseOf(chart)).toBeNull()
  })

  test('that another practice adopted is not adopted here', async () => {
    await all.admin.query(`insert into app.protocol_choice (practice_id, protocol, adopted_by, adopted_at, edition) values ($1, 'group-maintenance', $2, '2026-01-01T00:00:00.000Z', $3)`, [all.away.practice, all.away.owner.person, edition])
    expect((await choose(await aChart(), 'group-maintenance')).statusCode).toBe(409)
  })

  test('adopted, it may be chosen by whom the policy names, and by nobody else', async () => {
    expect((await adopt('solo-six')).statusCode).toBe(200)
    for (const who of ['thea', 'cora', 'owner'] as const) expect((await choose(await aChart(), 'solo-six', all.home[who])).statusCode, who).toBe(200)
    for (const who of ['pia', 'mona', 'mara'] as const) expect((await choose(all.home.chart, 'solo-six', all.home[who])).statusCode, who).toBe(403)
    expect((await choose(all.home.chart, 'solo-six', all.home.tomas)).statusCode).toBe(404)
  })

  test('sent a second time, an older choice does not come back over a newer one', async () => {
    await adopt('solo-six')
    const [chart, first] = [await aChart(), randomUUID()]
    expect((await choose(chart, 'solo-six', all.home.thea, first)).statusCode).toBe(200)
    await all.admin.query(`update app.chart set protocol = 'another' where chart_id = $1`, [chart])
    expect((await choose(chart, 'solo-six', all.home.thea, first)).statusCode).toBe(200)
    expect([await courseOf(chart), (await chosen(chart)).length]).toEqual(['another', 1])
  })
})

describe('adopting', () => {
  test('is the medical director’s, with a code', async () => {
    const director = actor('medical director off the team')
    expect((await ask(all, 'adoptProtocol', director.token, { body: { protocol: 'solo-six', code: '000000' } })).statusCode).toBeGreaterThanOrEqual(400)
    expect((await adopt('nothing-like-it')).statusCode).toBe(404)
    expect((await adopt('solo-six', 'owner')).statusCode).toBe(403)
  })

  test('again keeps who, when and which; the newest counts for new courses, and begun ones keep theirs', async () => {
    const chart = await aChart()
    await all.admin.query(`delete from app.protocol_choice where practice_id = $1`, [all.home.practice])
    await all.admin.query(`insert into app.protocol_choice (practice_id, protocol, adopted_by, adopted_at, edition, adopted_row) values ($1, 'solo-six', $2, '2025-01-01T00:00:00.000Z', '2025-01 · older', $3)`, [all.home.practice, all.home.dina.person, JSON.stringify(protocols['solo-six'])])
    expect((await choose(chart, 'solo-six')).statusCode).toBe(200)
    all.shell.clock.set?.('2026-11-21T18:00:00.000Z')
    expect((await adopt('solo-six')).statusCode).toBe(200)
    const later = await aChart()
    expect((await choose(later, 'solo-six')).statusCode).toBe(200)
    expect([(await chosen(chart))[0]?.edition, (await chosen(later))[0]?.edition]).toEqual(['2025-01 · older', edition])
    const { protocols: now, history } = await books()
    expect(now).toEqual([expect.objectContaining({ protocol: 'solo-six', edition, offered: true, adoptedBy: 'Dirk Sample' })])
    expect(history.map(({ edition: which, adoptedBy, adoptedAt }) => [which, adoptedBy, adoptedAt.slice(0, 13)])).toEqual([['2025-01 · older', 'Dina Sample', '2025-01-01T00'], [edition, 'Dirk Sample', '2026-11-21T18']])
    all.shell.clock.set?.('2026-11-21T17:00:00.000Z')
  })

  test('a row that has changed since it was adopted is offered to nobody until it is adopted again', async () => {
    await all.admin.query(`delete from app.protocol_choice where practice_id = $1`, [all.home.practice])
    const loosened = { ...protocols['solo-six'], peopleInRoom: 1 }
    await all.admin.query(`insert into app.protocol_choice (practice_id, protocol, adopted_by, adopted_at, edition, adopted_row) values ($1, 'solo-six', $2, '2025-01-01T00:00:00.000Z', '2025-01 · older', $3)`, [all.home.practice, all.home.dina.person, JSON.stringify(loosened)])
    expect((await choose(await aChart(), 'solo-six')).json()).toMatchObject({ code: 'protocol.refused', list: [{ code: 'changed-since-adopted' }] })
    expect((await books()).protocols[0]).toMatchObject({ offered: false, says: expect.stringContaining('has changed since') })
    await adopt('solo-six')
    expect((await choose(await aChart(), 'solo-six')).statusCode).toBe(200)
  })

  test('nobody changes or takes away what was adopted', async () => {
    for (const change of [`update app.protocol_choice set edition = 'x'`, 'delete from app.protocol_choice']) {
      await expect(all.shell.database.inContext(actor('medical director off the team').token, { durable: false }, ({ client }) => client.query(change))).rejects.toThrow('Your part in this practice does not include that')
    }
  })
})
