import { afterAll, beforeAll, expect, test } from 'vitest'
import { settableClock } from '../clock.ts'
import { testShell } from '../testing/practice.ts'
import { staffPeople } from './people.ts'
import { tokenFor } from './practice.ts'
import { seedSample } from './seed.ts'

let server: Awaited<ReturnType<typeof testShell>>
beforeAll(async () => {
  server = await testShell({ sample: true, clock: settableClock('2026-11-21T17:00:00.000Z') })
}, 60_000)
afterAll(() => server.close())

test('the sample practice can be told through the front door', { timeout: 120_000 }, async () => {
  await seedSample(server.app, server.shell)
  const home = await server.app.inject({ url: '/api/home', cookies: { openkap: await tokenFor(server.shell, staffPeople.claire) } })
  const { rows, inquiries, notices } = home.json()
  expect(inquiries.waiting).toBe(3)
  expect(notices).toEqual([])
  expect(rows.map(({ name, stage }: { name: string; stage: string }) => [name, stage]).toSorted()).toEqual([
    ['Ida Nilsson', 'Waiting for medical clearance'],
    ['Mara Keller', 'In the course, 2 of 6 medicine sessions'],
    ['Tomás Rivera', 'After the course'],
  ])
})
