import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draft } from '../testing/practice.ts'
import { ask, byAct, device, world, type World } from '../testing/world.ts'

/** Signs that whoever treats may tell, and prescribers alone read. */
let all: World
beforeEach(async () => { all = await world() })
afterEach(() => all.close())

const SAID = 'Asked for Friday’s dose on Wednesday, twice.'
const sign = (name: string) => draft('misuse-sign.v1', { sign: name, seen: true, on: '2026-11-21', said: SAID })
const review = (read: readonly string[]) => draft('misuse-reviewed.v1', { read: [...read], found: [], edition: 'x', reason: 'Talked it over with her, nothing to act on.' })
const write = (token: string, ...entries: ReturnType<typeof draft>[]) => ask(all, 'append', token, { params: { chart: all.home.chart }, body: { entries } })
const read = async (token: string) => (await ask(all, 'entries', token, { params: { chart: all.home.chart }, query: { after: '0' } } as never)).body
const three = () => ['misuse.early', 'misuse.lost', 'misuse.higher'].map(sign)
const lastSeqOf = async (token: string) => (await ask(all, 'chart', token, { params: { chart: all.home.chart } })).json<{ lastSeq: number }>().lastSeq
const clear = async () => byAct(all.shell, all.home.pia, all.home.chart, 'clearance.v1', {
  decision: 'cleared', conditions: [], reason: 'Seen.', overrides: [], screening: { edition: 'test', decision: 'INCOMPLETE', met: [], unknown: [] },
  signature: { person: all.home.pia.person, name: 'Pia Sample', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T17:00:00.000Z' }, lastSeq: await lastSeqOf(all.home.pia.token),
})
const notices = async () => (await all.admin.query<{ kind: string; name: string; says: string }>('select n.kind, p.given_name as name, n.says from app.notice n join app.person p using (practice_id, person_id) order by 1, 2')).rows

describe('who may tell', () => {
  test.each(['thea', 'mona', 'pia'] as const)('%s may', async (who) => expect((await write(all.home[who].token, sign('misuse.early'))).statusCode).toBe(201))
  test.each(['cora', 'owner', 'tomas'] as const)('%s may not', async (who) => expect((await write(all.home[who].token, sign('misuse.early'))).statusCode).toBeGreaterThanOrEqual(403))
  test.each(['thea', 'mona', 'cora', 'owner'] as const)('%s may not say that they were looked at', async (who) => expect((await write(all.home[who].token, review([]))).statusCode).toBeGreaterThanOrEqual(403))
})

describe('who reads it', () => {
  test('the prescriber of the team, word for word; nobody else a word of it, not even who told', async () => {
    expect((await write(all.home.thea.token, sign('misuse.early'))).statusCode).toBe(201)
    expect(await read(all.home.pia.token)).toContain(SAID)
    for (const actor of all.actors) {
      const body = await read(actor.token)
      if (body.includes('misuse')) expect(['prescriber on the team', 'medical director on the team']).toContain(actor.says)
    }
    for (const who of ['thea', 'mona', 'cora', 'owner', 'tomas'] as const) expect(await read(all.home[who].token), who).not.toMatch(/misuse|Friday/)
  })
  test('nor in an export', async () => {
    await write(all.home.mona.token, sign('misuse.early'))
    for (const as of ['html', 'ndjson', 'fhir']) {
      const exported = await ask(all, 'export', all.home.thea.token, { params: { chart: all.home.chart }, query: { as } } as never)
      expect([exported.statusCode, exported.body.includes('Friday'), exported.body.includes('misuse')], as).toEqual([200, false, false])
    }
  })
})

describe('what follows', () => {
  test('one sign tells nobody; two tell the prescriber that there is something to read, and not what', async () => {
    await write(all.home.thea.token, sign('misuse.early'))
    expect(await notices()).toEqual([])
    await write(all.home.mona.token, sign('misuse.lost'))
    expect(await notices()).toEqual([{ kind: 'to-prescriber', name: 'Pia', says: expect.stringMatching(/^Mara Sample: .+ only a prescriber reads/) }])
    expect(JSON.stringify(await notices())).not.toMatch(/Friday|early|lost|misuse/i)
  })

  test('three reopen the clearance for everybody, in the same words, and no dose starts', async () => {
    await clear()
    await write(all.home.thea.token, ...three())
    for (const who of ['thea', 'pia'] as const) expect(await read(all.home[who].token), who).toContain('A prescriber looks at this chart again before the next dose.')
    expect((await notices()).filter(({ kind }) => kind === 'reopened').map(({ name }) => name)).toEqual(['Pia', 'Thea'])
    expect(JSON.stringify((await notices()).filter(({ name }) => name === 'Thea'))).not.toMatch(/misuse|Friday|early/i)
    expect(await read(all.home.thea.token)).not.toMatch(/misuse|Friday/)
  })

  test('no clearance is signed before they were looked at', async () => {
    await write(all.home.thea.token, ...three())
    const actor = all.actors.find(({ says }) => says === 'prescriber on the team')!
    const sign = async () => ask(all, 'signClearance', actor.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device, code: await all.codeOf(actor), clearance: { decision: 'cleared', conditions: [], reason: 'Seen today.', overrides: [], lastSeq: await lastSeqOf(actor.token), expiresOn: '2027-01-01' } } })
    expect((await sign()).body).toContain('prescriber-looks')
    const ids = (await all.admin.query<{ id: string }>(`select id from app.entry where kind = 'misuse-sign.v1'`)).rows.map(({ id }) => id)
    expect((await write(actor.token, review(ids))).statusCode).toBe(201)
    expect((await sign()).body).not.toContain('prescriber-looks')
  })

  test('whoever has not read what came last signs nothing over it', async () => {
    const actor = all.actors.find(({ says }) => says === 'prescriber on the team')!
    const lastSeq = await lastSeqOf(actor.token)
    await write(all.home.thea.token, sign('misuse.early'))
    const answer = await ask(all, 'signClearance', actor.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device, code: await all.codeOf(actor), clearance: { decision: 'held', conditions: ['A letter.'], reason: 'A call.', overrides: [], lastSeq } } })
    expect(answer.json<{ code: string }>().code).toBe('clearance.outdated')
  })
})
