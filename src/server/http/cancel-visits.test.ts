import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { ask, bookedVisit, byAct, device, world, type World } from '../testing/world.ts'

/** Several visits cancelled in one act: all or none, once, and the patient is told with it. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const MESSAGE = 'The course has ended, so these visits will not take place.'
const cancel = (visits: readonly string[], id: string = randomUUID(), who = all.home.thea) =>
  ask(all, 'cancelVisits', who.token, { params: { chart: all.home.chart }, body: { id, device, visits, why: 'The course has ended.', message: MESSAGE } })
const entries = async (who = all.home.thea) => (await ask(all, 'entries', who.token, { params: { chart: all.home.chart } })).json<{ entries: StoredEntry[] }>().entries
const cancelled = async () => (await entries()).flatMap((entry) => (entry.kind === 'visit-cancelled.v1' ? [(entry.body as { visit: string }).visit] : []))
const messages = async (who = all.home.thea) => (await entries(who)).filter(({ kind }) => kind === 'message.v1')

/** Booked with somebody beside the therapist, who has to hear that it is off. */
async function withMonitor(startsAt: string): Promise<string> {
  const visit = randomUUID()
  const { thea, mona, chart } = all.home
  const people = [{ person: thea.person, name: 'Thea', role: 'therapist' }, { person: mona.person, name: 'Mona', role: 'monitor' }]
  await byAct(all.shell, thea, chart, 'visits-booked.v1', { visits: [{ visit, type: 'medicine', number: 1, startsAt, endsAt: startsAt.replace(':00:', ':30:'), localStart: `${startsAt.slice(0, 10)}T09:00`, zone: 'America/Los_Angeles', people, online: false }], why: '' })
  return visit
}

test('one that is over, or of nobody, refuses them all, and nobody is told', async () => {
  const [coming, over] = [await bookedVisit(all), await withMonitor('2026-11-02T17:00:00.000Z')]
  for (const visits of [[coming, over], [coming, randomUUID()]]) expect((await cancel(visits)).statusCode).toBe(404)
  expect([await cancelled(), await messages()]).toEqual([[], []])
})

test('all at once, with one message that the patient reads, and a line for who was booked; sent twice it is done once', async () => {
  const visits = [await withMonitor('2026-12-07T17:00:00.000Z'), await withMonitor('2026-12-09T17:00:00.000Z'), await bookedVisit(all)]
  const id = randomUUID()
  for (let times = 0; times < 2; times++) expect((await cancel([...visits, visits[0]!], id)).statusCode).toBe(200)
  expect((await cancelled()).toSorted()).toEqual(visits.toSorted())
  expect(await messages(all.home.mara)).toMatchObject([{ id, by: all.home.thea.person, body: { topic: 'scheduling', text: MESSAGE } }])
  const { notices } = (await ask(all, 'home', all.home.mona.token)).json<{ notices: { says: string }[] }>()
  expect(notices.filter(({ says }) => says.endsWith('3 booked visits were cancelled.'))).toHaveLength(1)
})
