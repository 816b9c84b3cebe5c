// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AuditList } from './AuditList.tsx'

const CHART = 'c0000000-0000-4000-8000-000000000001'
const line = (id: string, more: object = {}) => ({ id, at: '2026-11-21T17:00:00.000Z', person: 'p', who: `Person ${id}`, action: 'chart.read', outcome: 'done', chart: CHART, about: 'Mara', mine: false, ownReading: false, ...more })
const pages: Record<string, object> = {
  '': { lines: [line('9', { ownReading: true, mine: true, who: 'Olga' }), line('8')], next: '8' },
  '8': { lines: [line('7'), line('6')], next: null },
}
const asked: URL[] = []
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (address: string) => {
    const url = new URL(address, 'http://127.0.0.1')
    if (url.pathname === '/api/me') return Response.json({ person: 'p', name: 'Olga', roles: ['owner'], practice: { id: 'x', name: 'Sample', zone: 'UTC', sample: true } })
    if (url.pathname === '/api/practice') return Response.json({ zone: 'UTC', staff: [{ person: 'a0000000-0000-4000-8000-000000000002', name: 'Mona' }] })
    asked.push(url)
    return Response.json(pages[url.searchParams.get('before') ?? ''])
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const draw = (chart?: string) => render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><AuditList {...(chart ? { chart } : {})} /></QueryClientProvider>)
const press = (name: string) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })

test('reads on from the last line, to the end, and says so', async () => {
  draw(CHART)
  await waitFor(() => expect(screen.getByText('Person 8')).toBeTruthy())
  expect(screen.getByText(/there are earlier ones/)).toBeTruthy()
  await press('Show earlier lines')
  await waitFor(() => expect(screen.getByText('Person 6')).toBeTruthy())
  expect(screen.getByText('Person 8')).toBeTruthy()
  expect(screen.getByText(/There are no earlier ones/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Show earlier lines' })).toBeNull()
  expect(asked.map(({ pathname }) => pathname)).toEqual(Array.from({ length: 2 }, () => `/api/charts/${CHART}/access`))
})

test('shows the reader’s own looks, and can leave them out while saying how many', async () => {
  draw(CHART)
  await waitFor(() => expect(screen.getByText('looked at this list')).toBeTruthy())
  fireEvent.click(screen.getByLabelText('Show that I looked at this list'))
  expect(screen.queryByText('looked at this list')).toBeNull()
  expect(screen.getByText(/1 of your own looks at this list not shown/)).toBeTruthy()
})

test('asks the server for one person and one outcome, and for the whole practice where no chart is named', async () => {
  draw()
  await waitFor(() => expect(screen.getByText('Person 8')).toBeTruthy())
  await act(async () => { fireEvent.change(screen.getByLabelText(/^Whose lines/), { target: { value: 'a0000000-0000-4000-8000-000000000002' } }) })
  await act(async () => { fireEvent.change(screen.getByLabelText(/^Outcome/), { target: { value: 'refused' } }) })
  await waitFor(() => expect(Object.fromEntries(asked.at(-1)!.searchParams)).toEqual({ person: 'a0000000-0000-4000-8000-000000000002', outcome: 'refused' }))
  expect(asked.at(-1)!.pathname).toBe('/api/audit')
})
