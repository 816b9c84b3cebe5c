// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LateFees } from './LateFees.tsx'

vi.mock('../me.ts', () => { const me = { device: 'd', practice: { zone: 'America/Los_Angeles' } }; return { useMe: () => me, useWhoActs: () => async () => me } })
const fee = (some: object = {}) => ({ told: 't', type: 'integration', number: 2, startsAt: '2026-11-24T18:00:00.000Z', outcome: 'cancelled', by: 'patient', reason: 'no-ride', words: 'The car broke down.', knownAt: '2026-11-24T15:00:00.000Z', amountCents: 12_500, says: '', ...some })
let answer: object
const sent = vi.fn<(body: Record<string, unknown>) => void>()
beforeEach(() => {
  sent.mockClear()
  vi.stubGlobal('fetch', async (_: string, { method, body }: { method?: string; body?: string }) => {
    if (method === 'POST') sent(JSON.parse(body!))
    return new Response(JSON.stringify(method === 'POST' ? { done: true } : answer), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const open = (...fees: object[]) => {
  answer = { open: fees, decided: [] }
  return render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><LateFees chart="c" /></QueryClientProvider>)
}

test('what the rule proposes is said with why, and charged by one tap of a person and by nothing else', async () => {
  const { container } = open(fee())
  const charge = await screen.findByRole('button', { name: 'Charge $125.00' })
  expect(container.textContent).toContain('No ride. The car broke down.')
  expect(container.textContent).toContain('Your rule proposes $125.00. Nothing has been charged.')
  expect(sent).not.toHaveBeenCalled()
  fireEvent.click(charge)
  await waitFor(() => expect(sent.mock.calls.map(([body]) => [body['decision'], body['amountCents']])).toEqual([['charged', 12_500]]))
})

test('one whose amount is not known offers no charge, and a waiver takes its reason', async () => {
  open(fee({ amountCents: null, says: 'There is no price for integration.' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Waive …' }))
  expect(screen.queryByRole('button', { name: /^Charge/ })).toBeNull()
  expect((screen.getByRole('button', { name: 'Waive it' }) as HTMLButtonElement).disabled).toBe(true)
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'It snowed.' } })
  fireEvent.click(screen.getByRole('button', { name: 'Waive it' }))
  await waitFor(() => expect(sent.mock.calls[0]![0]).toMatchObject({ decision: 'waived', why: 'It snowed.' }))
})
