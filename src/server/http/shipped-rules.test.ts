import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { digestOf, lookAtShipped, shippedText } from '../rulebook.ts'
import { watchRules } from '../rules-file.ts'
import { ask, byAct, device, draft, world, type World } from '../testing/world.ts'

/** The file of the rules that ship, damaged on the disk of a running server: what stops, what goes on, and that it heals. */
let all: World
const folder = mkdtempSync(path.join(tmpdir(), 'kap-shipped-'))
const file = path.join(folder, 'rulebook.json')
beforeAll(async () => {
  all = await world()
  await all.admin.query(`update app.chart set protocol = 'solo-six' where chart_id = $1`, [all.home.chart])
  writeFileSync(file, shippedText)
  lookAtShipped(watchRules({ file, recorded: digestOf(shippedText), loaded: shippedText }))
})
afterEach(() => writeFileSync(file, shippedText))
afterAll(async () => {
  lookAtShipped(() => undefined)
  rmSync(folder, { recursive: true })
  await all.close()
})

const actor = (says: string) => all.actors.find((one) => one.says === says)!
const at = () => ({ params: { chart: all.home.chart } })
const id = () => ({ id: randomUUID(), device })
const code = (who: ReturnType<typeof actor>) => all.codeOf(who)
const start = () => ask(all, 'startSession', all.home.thea.token, { ...at(), body: { ...id(), order: randomUUID() } })
const QTC = { dial: 'eligibility/O04/qtcMs.moreThan', from: 500, to: 480, reason: '' }

async function session() {
  await all.admin.query('update app.session_claim set closed = true where chart_id = $1', [all.home.chart])
  return byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: randomUUID(), clearance: randomUUID(), consents: [randomUUID()], edition: '2026-11 · 0123456789ab', number: 1, gates: [], people: [] })
}
const dose = (session: string) => ask(all, 'append', all.home.mona.token, { ...at(), body: { entries: [draft('dose-given.v1', { step: 1, doseUg: 35_000, route: 'IM', order: randomUUID(), prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: '', selfAdministered: false }, { session })] } })

/** Everything that binds, and what it is refused for while the file is whole. */
const binding: readonly (readonly [string, (session: string) => Promise<{ json: <Said>() => Said }>, string | undefined])[] = [
  ['starting a session', start, 'session.gates'], ['giving a dose', dose, 'dose.gates'],
  ['clearing somebody', async () => ask(all, 'signClearance', all.home.pia.token, { ...at(), body: { ...id(), code: await code(actor('prescriber on the team')), clearance: { decision: 'cleared', conditions: [], reason: 'Read.', expiresOn: '2027-01-01', lastSeq: 1_000, overrides: [] } } }), 'step.blocked'],
  ['signing an order', async () => ask(all, 'signOrder', all.home.pia.token, { ...at(), body: { ...id(), code: '000000', order: { medication: 'racemic-ketamine', route: 'IM', doseUg: 35_000, boosterUg: 0, maxTotalUg: 35_000, weightG: 70_000, validFrom: '2026-11-21', validUntil: '2026-12-21', instructions: '', reason: '' } } }), 'step.blocked'],
  ['adopting a course', async () => ask(all, 'adoptProtocol', actor('medical director off the team').token, { body: { protocol: 'solo-six', code: await code(actor('medical director off the team')) } }), undefined],
  ['signing an edition', async () => ask(all, 'adoptEdition', actor('medical director off the team').token, { body: { on: 7, steps: [QTC], reason: 'agreed', code: '000000' } }), 'rulebook.moved-on'],
]

const damages: readonly (readonly [string, () => void, RegExp])[] = [
  ['missing', () => rmSync(file), /is missing/], ['cut short', () => truncateSync(file, 1_000), /is cut short/], ['altered', () => writeFileSync(file, shippedText.replace('"fewestPeople":2', '"fewestPeople":1')), /is not what was built/],
]

describe.each(damages)('the file is %s', (_, damage, says) => {
  test.each(binding)('%s is refused with what is wrong, and judged as before once it is back', async (_name, act, whole) => {
    const under = await session()
    expect((await act(under)).json<{ code?: string }>().code).toBe(whole)
    damage()
    expect((await act(under)).json()).toMatchObject({ code: 'rulebook.broken', list: [{ says: expect.stringMatching(says) }] })
    writeFileSync(file, shippedText)
    expect((await act(under)).json<{ code?: string }>().code).toBe(whole)
  })

  test('charts stay readable, a running session goes on being written, and every page is told', async () => {
    const under = await session()
    damage()
    const read = await Promise.all([...(['chart', 'entries', 'course'] as const).map((name) => ask(all, name, all.home.thea.token, at())), ask(all, 'home', all.home.thea.token), ask(all, 'rulebook', all.home.thea.token)])
    expect(read.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200])
    expect((await ask(all, 'append', all.home.mona.token, { ...at(), body: { entries: [draft('vitals.v1', { systolicMmHg: 120, diastolicMmHg: 80 }, { session: under })] } })).statusCode).toBe(201)
    const told = (await ask(all, 'editions', all.home.thea.token)).json<{ broken: string; shipped: { broken: string } }>()
    expect([told.broken, told.shipped.broken]).toEqual([expect.stringMatching(says), expect.stringMatching(says)])
    // The practice is kept from nothing else: somebody may still be put on hold.
    expect((await ask(all, 'signClearance', all.home.pia.token, { ...at(), body: { ...id(), code: await code(actor('prescriber on the team')), clearance: { decision: 'held', conditions: [], reason: 'Waiting for the cardiologist.', lastSeq: 1_000, overrides: [] } } })).statusCode).toBe(200)
  })
})

test('an edition of the practice’s own rests on what ships: it binds nobody either while that is not whole', async () => {
  const director = actor('medical director off the team')
  expect((await ask(all, 'adoptEdition', director.token, { body: { on: 0, steps: [QTC], reason: 'agreed', code: await code(director) } })).statusCode).toBe(200)
  expect((await start()).json()).toMatchObject({ code: 'session.gates' })
  truncateSync(file, 1_000)
  expect((await start()).json()).toMatchObject({ code: 'rulebook.broken', list: [{ says: expect.stringContaining('is cut short') }] })
  expect((await ask(all, 'editionBook', all.home.thea.token, { params: { number: '1' } })).statusCode).toBe(200)
  writeFileSync(file, shippedText)
  expect((await start()).json()).toMatchObject({ code: 'session.gates' })
})
