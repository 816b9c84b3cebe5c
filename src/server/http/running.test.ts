import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Running } from '../../core/session/running.ts'
import { tell } from '../store/charts.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'
import { asJob } from './job.ts'

/** The sessions that run elsewhere, in a line each, for whoever treats on their teams. */
const BEGAN = '2026-11-21T17:00:00.000Z'
let all: World
let session: string
let now: string
beforeEach(async () => {
  all = await world()
  now = BEGAN
  vi.spyOn(all.shell.clock, 'now').mockImplementation(() => now)
  session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: crypto.randomUUID(), clearance: crypto.randomUUID(), consents: [crypto.randomUUID()], edition: 'test', number: 1, gates: [], people: [{ person: all.home.thea.person, name: 'Thea Sample', role: 'therapist' }] }, { at: BEGAN, writtenAt: BEGAN })
  await send('checked-in.v1', { person: all.home.thea.person, name: 'Thea Sample', role: 'therapist' }, 1)
})
afterEach(async () => { vi.restoreAllMocks(); await all.close() })

const after = (seconds: number) => new Date(Date.parse(BEGAN) + seconds * 1_000).toISOString()
const send = async (kind: string, body: object, seconds: number) => {
  now = after(seconds)
  expect((await ask(all, 'append', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [draft(kind, body, { session, at: now, writtenAt: now })] } })).statusCode).toBe(201)
}
const seenBy = async (token: string) => (await ask(all, 'runningSessions', token)).json<{ running: Running[] }>().running

describe('a running session, seen from another room', () => {
  test('is told to those who treat on its team, and to nobody else', async () => {
    const seen: string[] = []
    for (const { says, token } of all.actors.filter((one) => one.person && !one.says.startsWith('somebody half'))) if ((await seenBy(token)).length > 0) seen.push(says)
    expect(seen.toSorted()).toEqual(['medical director on the team', 'monitor on the team', 'prescriber on the team', 'therapist on the team'])
  })

  test('is a name that others may see, what stands and what is due, and no more of the chart', async () => {
    await send('vitals.v1', { systolicMmHg: 190, diastolicMmHg: 90 }, 60)
    const [one] = await seenBy(all.home.mona.token)
    expect(Object.keys(one!).toSorted()).toEqual(['alert', 'chart', 'dueAt', 'firstDoseAt', 'heardAt', 'name', 'people', 'phase', 'session', 'with'])
    expect(one).toMatchObject({ chart: all.home.chart, session, alert: { level: 'orange', at: after(60), answered: false }, firstDoseAt: null, people: 1, with: ['Thea S.'], phase: null, heardAt: after(60) })
    expect(one!.name).toMatch(/^\S+ \S\.$/)
  })

  test('that it has started is news while it runs, and for nobody once it is closed', async () => {
    await asJob(all.shell, all.home.practice, (client) => tell(client, all.home.practice, [all.home.mona.person], { chart: all.home.chart, kind: 'session', says: 'The medicine session has started.', entry: session, at: BEGAN }), true)
    const news = async () => (await ask(all, 'home', all.home.mona.token)).json<{ notices: { kind: string }[] }>().notices.filter(({ kind }) => kind === 'session')
    expect(await news()).toHaveLength(1)
    await send('session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, 120)
    expect(await news()).toEqual([])
  })

  test('is gone once it is closed', async () => {
    await send('session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, 120)
    expect(await seenBy(all.home.thea.token)).toEqual([])
  })
})
