// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { InquiryRow } from '../../../core/contract/running.ts'
import { Matching } from './Matching.tsx'

const CHART = 'c0000000-0000-4000-8000-000000000001'
const THEA = 'a0000000-0000-4000-8000-000000000002'
const slot = { startsAt: '2026-12-02T17:00:00.000Z', endsAt: '2026-12-02T18:00:00.000Z', localStart: '2026-12-02T09:00', zone: 'America/Los_Angeles', online: true }
const inquiry = { id: 'i0000000', name: 'Ana Lang', email: 'ana@example.org', phone: null, preferences: { modality: 'online', sitsIn: '' } } as unknown as InquiryRow
const sent: Record<string, unknown>[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    if (url.endsWith('/shortlist')) return Response.json({ notOffered: [], therapists: [{ therapist: THEA, name: 'Thea', credentials: '', about: '', score: 1, for: [], against: [], slots: [slot] }] })
    sent.push(JSON.parse(how.body ?? '{}') as Record<string, unknown>)
    return Response.json({ code: 'email.in-use', say: 'This e-mail address is in use already.', chart: CHART, list: [{ code: 'has-chart', says: 'Ana Lang, born 1990-01-01, has a chart here with this address.' }] }, { status: 409 })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const value = (label: RegExp) => (screen.getByLabelText(label) as HTMLInputElement).value
const press = (name: RegExp) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })

function draw(preferences: object = inquiry.preferences) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  queries.setQueryData(['me'], { person: 'p', name: 'Cora', roles: ['coordinator'], practice: { id: 'x', name: 'S', zone: 'America/Los_Angeles', sample: true }, device: 'd0000000-0000-4000-8000-000000000001' })
  render(<QueryClientProvider client={queries}><Matching inquiry={{ ...inquiry, preferences } as InquiryRow} /></QueryClientProvider>)
}

test('an address in use: says what happened, keeps what was typed, and offers both ways on', async () => {
  draw()
  await waitFor(() => screen.getByRole('radio'))
  fireEvent.click(screen.getByRole('radio'))
  fireEvent.change(screen.getByLabelText(/^Birth date/), { target: { value: '1990-01-01' } })
  fireEvent.change(screen.getByLabelText(/^Phone/), { target: { value: '555 0101' } })
  await press(/^Open the chart and book/)
  await waitFor(() => expect(screen.getByText(/has a chart here with this address/)).toBeTruthy())
  expect([value(/^Given name/), value(/^Family name/), value(/^Birth date/), value(/^E-mail/), value(/^Phone/)]).toEqual(['Ana', 'Lang', '1990-01-01', 'ana@example.org', '555 0101'])
  expect((screen.getByRole('radio') as HTMLInputElement).checked).toBe(true)
  expect(screen.getByRole('link', { name: /Look at that chart/ }).getAttribute('href')).toBe(`/work/charts/${CHART}`)

  await press(/^It is the same person/)
  expect(sent[1]).toEqual({ ...sent[0], existing: CHART })

  fireEvent.change(screen.getByLabelText(/^E-mail/), { target: { value: 'another@example.org' } })
  await press(/^Open the chart and book/)
  expect(sent[2]).toEqual({ ...sent[0], email: 'another@example.org' })
})

test('whoever is not offered stands there with the reason, and a state that was not asked is never fine', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ notOffered: [{ therapist: THEA, name: 'Thea', says: 'Online: not entered as licensed in Oregon' }], therapists: [] }))
  draw({ modality: 'online', sitsIn: 'OR' })
  await waitFor(() => expect(screen.getByText('Thea: online: not entered as licensed in Oregon.')).toBeTruthy())
  expect(screen.getByText(/^Online they would sit in Oregon/)).toBeTruthy()
  cleanup()
  draw({ modality: 'either', sitsIn: '' })
  expect(screen.getByText('It was not asked in which state they would sit for a visit online.')).toBeTruthy()
  cleanup()
  draw({ modality: 'in-person', sitsIn: '' })
  expect(screen.queryByText(/which state/)).toBeNull()
})
