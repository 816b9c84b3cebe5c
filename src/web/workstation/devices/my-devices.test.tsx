// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Act, ShutAct } from '../../sync/index.ts'
import { keptOnCharts } from './kept-on-charts.ts'
import { MyDevices } from './MyDevices.tsx'

const uuid = (end: number) => `5a3e0000-0000-4000-8000-${String(end).padStart(12, '0')}`
const AT = '2026-11-20T22:02:00.000Z'
const me = { person: uuid(1), name: 'Ida Sample', roles: ['therapist'], practice: { id: uuid(2), name: 'Harbor Street (sample)', zone: 'America/Los_Angeles', sample: true }, device: uuid(3), hasPin: true, idleMinutes: 5, chart: null, now: AT }
const sent: string[] = []
let own: object
beforeEach(() => {
  sent.length = 0
  own = { signIns: [{ id: uuid(4), device: uuid(3), since: AT, lastSeen: AT, thisOne: true }, ...[5, 6].map((end) => ({ id: uuid(end), device: uuid(end), since: AT, lastSeen: AT, thisOne: false }))], guestOn: [{ guest: uuid(7), lender: 'Sam Reyes', since: AT, until: '2026-11-21T06:00:00.000Z' }] }
  vi.stubGlobal('fetch', async (address: string) => {
    const path = address.replace(/^.*(?=\/api)/, '')
    if (path.endsWith('/end')) { sent.push(path); return Response.json({ done: true }) }
    const answers: Record<string, object> = { '/api/me': me, '/api/sign-ins': own, '/api/home': { now: AT, rows: [] } }
    return path in answers ? Response.json(answers[path]) : Response.json({ code: 'not-found', say: 'Not here.' }, { status: 404 })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

async function shown() {
  const router = createRouter({ routeTree: createRootRoute({ component: MyDevices }), history: createMemoryHistory() })
  await router.load()
  render(<QueryClientProvider client={new QueryClient()}><RouterProvider router={router as never} /></QueryClientProvider>)
  await screen.findByText('This device')
}

describe('where somebody is signed in', () => {
  test('this device, the others, and on whose device their PIN signs', async () => {
    await shown()
    expect(screen.getAllByText('Another device')).toHaveLength(2)
    expect(screen.getByText('The device of Sam Reyes')).toBeTruthy()
    expect(screen.getByText('at the latest until Fri, Nov 20, 10:00 PM')).toBeTruthy()
    expect(screen.getAllByRole('button', { name: /^End it: sign-in/ }), 'this one is left by signing out').toHaveLength(2)
  })
  test.each([
    ['one', /^End it: sign-in 2,/, [`/api/sign-ins/${uuid(5)}/end`], /^It is ended: nothing goes out/],
    ['all the others, and not this one', 'End all but this one', [5, 6].map((end) => `/api/sign-ins/${uuid(end)}/end`), /^It is ended: nothing goes out/],
    ['where a PIN signs', /^End it: on the device of Sam Reyes/, [`/api/sign-ins/guests/${uuid(7)}/end`], /^It is ended: your PIN opens nothing there/],
  ])('ends %s', async (_, button, calls, says) => {
    await shown()
    fireEvent.click(screen.getByRole('button', { name: button }))
    expect(await screen.findByText(says)).toBeTruthy()
    expect(sent).toEqual(calls)
  })
  test('nowhere as a guest is said, not left empty', async () => {
    own = { ...own, guestOn: [] }
    await shown()
    expect(screen.getByText(/^Nowhere now\./)).toBeTruthy()
  })
})

test('what waits on a device stands by chart, what needs somebody first, the oldest before the newer', () => {
  const act = (chart: number, at: number, more: Partial<Act> = {}): Act => ({ id: uuid(at), chart: uuid(chart), stream: 'chart', entries: [{}, {}] as never, writtenAt: `2026-11-20T22:0${at}:00.000Z`, ...more })
  const shut: ShutAct = { act: uuid(9), chart: uuid(30), entries: 3, from: '2026-11-20T21:00:00.000Z', to: AT }
  const problem = { code: 'x', say: 'No.', list: [] }
  expect(keptOnCharts([act(10, 3), act(20, 2), act(20, 1), act(40, 4), act(40, 5, { problem })], [shut])).toEqual([
    { chart: uuid(40), entries: 4, from: '2026-11-20T22:04:00.000Z', says: 'not taken: decide on the chart' },
    { chart: uuid(30), entries: 3, from: '2026-11-20T21:00:00.000Z', says: 'cannot be opened any more' },
    { chart: uuid(20), entries: 4, from: '2026-11-20T22:01:00.000Z', says: 'saved here, on its way' },
    { chart: uuid(10), entries: 2, from: '2026-11-20T22:03:00.000Z', says: 'saved here, on its way' },
  ])
  expect(keptOnCharts([], [])).toEqual([])
})
