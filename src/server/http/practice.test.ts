import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StaffRow } from '../../core/contract/running.ts'
import { ask, draft, world, type World } from '../testing/world.ts'

let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const practice = async () => (await ask(all, 'practice', all.home.owner.token)).json<{ staff: StaffRow[]; rooms: { id: string; planning: object }[] }>()

test('a page from before planning asked for more takes nothing away of what was said since', async () => {
  const room = { id: crypto.randomUUID(), name: 'Willow', features: ['recliner'], dosing: true }
  const planning = { location: 'Harbor Street', capacity: 2, turnoverMin: 20, featuresUntil: { recliner: '2027-06-30' } }
  expect((await ask(all, 'keepRoom', all.home.owner.token, { body: { ...room, planning } })).statusCode).toBe(200)
  expect((await ask(all, 'keepRoom', all.home.owner.token, { body: { ...room, name: 'Willow upstairs' } })).statusCode).toBe(200)
  expect((await practice()).rooms.find(({ id }) => id === room.id)).toMatchObject({ name: 'Willow upstairs', planning })

  const { name: _name, ...thea } = (await practice()).staff.find(({ person }) => person === all.home.thea.person)!
  const said = { ...thea.planning, mostDosingPerDay: 2, licences: [{ state: 'CA', number: 'PSY 1', until: '2027-12-31' }] }
  expect((await ask(all, 'keepStaff', all.home.owner.token, { body: { ...thea, planning: said } })).statusCode).toBe(200)
  const { planning: _planning, ...old } = thea
  expect((await ask(all, 'keepStaff', all.home.owner.token, { body: { ...old, about: 'Here since spring.' } })).statusCode).toBe(200)
  expect((await practice()).staff.find(({ person }) => person === all.home.thea.person)).toMatchObject({ about: 'Here since spring.', planning: said })
})

test('a room that comes without a word of it holds one person and needs no time', async () => {
  const id = crypto.randomUUID()
  await ask(all, 'keepRoom', all.home.owner.token, { body: { id, name: 'Cedar', features: [], dosing: false } })
  expect((await practice()).rooms.find((room) => room.id === id)?.planning).toEqual({ location: '', capacity: 1, turnoverMin: 0, featuresUntil: {} })
})

test('a patient sees who works here, and neither their licences nor their hours; where she sits is hers to say', async () => {
  const { home } = all
  const { staff } = (await ask(all, 'practice', home.mara.token)).json<{ staff: StaffRow[] }>()
  expect(staff.length).toBeGreaterThan(2)
  for (const { planning, licence, weekly, npi, email } of staff) expect([planning.licences, planning.skills, licence, weekly, npi, email]).toEqual([[], [], null, [], null, null])
  const state = (who: { token: string }) => ask(all, 'append', who.token, { params: { chart: home.chart }, body: { entries: [draft('sits-in.v1', { state: 'NV', via: 'patient' })] } })
  expect([(await state(home.mara)).statusCode, (await state(home.nora)).statusCode]).toEqual([201, 404])
})
