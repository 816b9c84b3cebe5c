import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../core/shared/time.ts'
import { readyCharts, type Ready, type ReadyPerson, type Room } from '../testing/ready.ts'
import { ask } from '../testing/world.ts'

/** One medicine visit that two patients have together: two sessions, carried by the same two people at the same time. */
let at: Ready
let charts: readonly [string, string]
let rooms: readonly [Room, Room]
beforeAll(async () => {
  at = await readyCharts()
  charts = [await at.copy(), await at.copy()]
  rooms = [await at.room(charts[0]), await at.room(charts[1])]
}, 300_000)
afterAll(() => at.close())

interface Stored { readonly id: string; readonly kind: string; readonly session?: string; readonly body: Record<string, unknown> }
const inSession = async (chart: string, session: string) => (await ask(at, 'entries', at.people.therapist.token, { params: { chart } })).json<{ entries: Stored[] }>().entries.filter((one) => one.session === session)
const running = async ({ token }: ReadyPerson) => (await ask(at, 'runningSessions', token)).json<{ running: { chart: string; session: string }[] }>().running

describe('two sessions of one visit', { timeout: 60_000 }, () => {
  test('run beside each other, for both who carry them', async () => {
    for (const who of [at.people.therapist, at.people.monitor]) expect((await running(who)).map(({ chart, session }) => [chart, session]).toSorted()).toEqual(charts.map((chart, i) => [chart, rooms[i]!.session]).toSorted())
  })
  test('a second one on the same chart for the same visit is not begun', async () => {
    expect((await at.start(at.people.therapist, charts[0], { id: randomUUID() })).statusCode).toBeGreaterThanOrEqual(400)
  })
  test('what is sent to the chart of the other is refused, whole, and stored nowhere', async () => {
    const [mine, theirs] = rooms
    const before = await Promise.all(charts.map((chart) => at.count(chart, 'dose-given.v1')))
    for (const wrong of [mine.dose(), mine.inside('vitals.v1', { systolicMmHg: 124, diastolicMmHg: 78, position: 'seated' }, 15)]) expect((await at.write(at.people.monitor, charts[1], [wrong])).statusCode).toBeGreaterThanOrEqual(400)
    // A dose confirmed for one of them is not given to the other under their own session.
    const { prepared, confirmed } = mine.dose().body as { prepared: string; confirmed: string }
    expect((await at.write(at.people.monitor, charts[1], [theirs.dose({ prepared, confirmed })])).statusCode).toBeGreaterThanOrEqual(400)
    expect(await Promise.all(charts.map((chart) => at.count(chart, 'dose-given.v1')))).toEqual(before)
  })
  test('each is given their own dose and read by themselves, and nothing of one lies on the chart of the other', async () => {
    at.shell.clock.set?.(plusMinutes(at.at, 25))
    for (const [i, systolicMmHg] of [131, 117].entries()) {
      const { dose, inside } = rooms[i]!
      await at.must(at.people.monitor, charts[i]!, [dose(), inside('vitals.v1', { systolicMmHg, diastolicMmHg: 78, position: 'seated' }, 20), inside('session-note.v1', { text: `Said by number ${i + 1}.` }, 21)])
    }
    for (const [i, chart] of charts.entries()) {
      const own = await inSession(chart, rooms[i]!.session)
      expect(own.filter(({ kind }) => kind === 'dose-given.v1')).toHaveLength(1)
      expect(own.filter(({ kind }) => kind === 'vitals.v1').at(-1)?.body).toMatchObject({ systolicMmHg: [131, 117][i] })
      expect(own.filter(({ kind }) => kind === 'session-note.v1').map(({ body }) => body['text'])).toEqual([`Said by number ${i + 1}.`])
      expect(await inSession(chart, rooms[1 - i]!.session)).toEqual([])
    }
  })
  test('one is closed, and the other runs on', async () => {
    const { inside } = rooms[0]
    expect((await at.write(at.people.therapist, charts[0], [inside('session-closed.v1', { how: 'transferred', tolerance: 'as-intended', note: 'Ended early.' }, 24)])).statusCode, 'closed').toBe(201)
    expect((await running(at.people.therapist)).map((one) => one.session)).toEqual([rooms[1].session])
    expect((await at.write(at.people.monitor, charts[1], [rooms[1].inside('session-note.v1', { text: 'Still here.' }, 24)])).statusCode).toBe(201)
  })
})
