// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BillProblemCode } from '../../../core/money/superbill-problems.ts'
import { Superbills } from './Superbills.tsx'

const CHART = 'c0000000-0000-4000-8000-000000000001'
const me = { person: 'p', name: 'Cora', roles: ['coordinator'], practice: { id: 'x', name: 'Sample', zone: 'America/Los_Angeles', sample: true }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }
const visit = { visit: 'a0000000-0000-4000-8000-000000000001', type: 'preparation', number: 1, startsAt: '2026-11-09T17:00:00.000Z', endsAt: '2026-11-09T18:00:00.000Z', localStart: '2026-11-09T09:00', zone: 'America/Los_Angeles', people: [], online: true }

let missing: { readonly code: BillProblemCode; readonly says: string }[]
beforeEach(() => {
  vi.stubGlobal('fetch', async (url: string, how: { method?: string }) => how.method === 'POST'
    ? Response.json({ code: 'bill.incomplete', say: 'The bill is not complete.', list: missing }, { status: 409 })
    : Response.json(url.endsWith('/api/me') ? me : { waiting: [visit], issued: [] }))
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

test.each<[string, BillProblemCode, string, number]>([
  ['of the person leads to their page, whatever its words', 'missing-of-patient', 'Falta: la dirección.', 1],
  ['of the practice does not, though its words begin alike', 'missing-field', 'Missing: patient-facing phone.', 0],
])('what is missing %s', async (_, code, says, links) => {
  missing = [{ code, says }]
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(['me'], me)
  render(<QueryClientProvider client={queries}><Superbills chart={CHART} onIssued={async () => {}} /></QueryClientProvider>)
  const issue = await screen.findByRole('button', { name: /^Issue the superbill/ })
  await act(async () => { fireEvent.click(issue) })
  expect((await screen.findAllByText(says)).length).toBeGreaterThan(0)
  expect(screen.queryAllByRole('link', { name: 'Go to name and contact' })).toHaveLength(links)
})

test('what was pressed before it is known who pressed it is done once that is known', async () => {
  let tell = () => {}
  const known = new Promise<void>((resolve) => { tell = resolve })
  const issued: unknown[] = []
  vi.stubGlobal('fetch', async (url: string, how: { method?: string; body?: string }) => {
    if (url.endsWith('/api/me')) { await known; return Response.json(me) }
    if (how.method === 'POST') { issued.push(JSON.parse(how.body!)); return Response.json({ number: '7', document: 'f0000000-0000-4000-8000-000000000001', problems: [] }) }
    return Response.json({ waiting: [visit], issued: [] })
  })
  render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><Superbills chart={CHART} onIssued={async () => {}} /></QueryClientProvider>)
  const issue = await screen.findByRole('button', { name: /^Issue the superbill/ })
  await act(async () => { fireEvent.click(issue) })
  expect(issued).toEqual([])
  await act(async () => { tell(); await known })
  await screen.findByText(/^Superbill 7 for/)
  expect(issued).toMatchObject([{ device: 'd', visit: visit.visit }])
})
