// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render as renderAlone, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Act } from '../sync/device-store.ts'

const [MARA, OWEN] = ['c0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002']
const written = (chart: string, entries = 1, problem?: string): Act => ({ id: `${chart} ${problem}`, chart, stream: 'chart', writtenAt: '', entries: Array.from({ length: entries }, () => ({})), ...(problem && { problem: { code: problem, say: '', list: [] } }) }) as unknown as Act
let acts: Act[] = []
let closed = false
const listeners = new Set<() => void>()
const device = { acts: () => acts, state: () => ({ closed }), onChange: (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener) } } }
let lying = true
const sendWhatWaits = vi.fn(async () => (lying ? device : undefined))
vi.mock('../sync/send-what-waits.ts', () => ({ sendWhatWaits }))
const { Unsent } = await import('./Unsent.tsx')

beforeEach(() => { vi.useFakeTimers(); [acts, closed, lying] = [[written(MARA, 2)], false, true] })
afterEach(() => { cleanup(); vi.useRealTimers(); listeners.clear() })
const queries = new QueryClient()
queries.setQueryData(['home'], { rows: [{ chart: MARA, name: 'Mara Keller' }] })
const wrapper = ({ children }: { readonly children: ReactNode }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>
const shown = () => screen.queryByRole('region', { name: 'Not sent yet' })
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const become = (next: Act[]) => act(async () => { acts = next; for (const listener of listeners) listener() })
const render = (beside?: string) => renderAlone(<Unsent person="jonas" beside={beside} />, { wrapper })

test('what stays is said on every page, by its chart, until it has gone', async () => {
  render()
  await pass(3_000)
  expect(shown(), 'what goes at once is no line').toBeNull()
  await become([written(MARA, 2)])
  await pass(1_500)
  expect(shown()?.textContent).toMatch(/Saved here · 2 entries that you wrote have not reached the server yet\..*as soon as there is a connection/)
  expect(within(shown()!).getByRole('link', { name: 'Open Mara Keller' }).getAttribute('href')).toBe(`/work/charts/${MARA}`)
  await become([])
  expect(shown()).toBeNull()
})

test('what the server refused is said beside it, and stays', async () => {
  acts = [written(MARA), written(OWEN, 1, 'dose.gates')]
  render()
  await pass(5_000)
  expect(shown()!.textContent).toMatch(/Problem · the server did not take 1 entry that you wrote.*The chart says why.*1 entry that you wrote has not reached/)
  expect(within(shown()!).getByRole('link', { name: 'Open the chart' }).getAttribute('href')).toBe(`/work/charts/${OWEN}`)
})

test('the chart that is open says its own, and the others are said beside it', async () => {
  acts = [written(MARA)]
  render(MARA)
  await pass(5_000)
  expect(shown()).toBeNull()
  await become([written(MARA), written(OWEN, 3)])
  expect(shown()!.textContent).toContain('3 entries')
})

test('behind a PIN nobody can read how much it is, and it is said that something waits', async () => {
  [acts, closed] = [[], true]
  render()
  await pass(5_000)
  expect(shown()!.textContent).toMatch(/Something you wrote here has not reached the server yet.*sealed.*Open any chart and type your PIN/)
})

test('what another tab has sent is gone once the page is looked at again; nothing is asked of a device where nothing lies', async () => {
  render()
  await pass(5_000)
  expect(shown()).not.toBeNull()
  lying = false
  await act(async () => { document.dispatchEvent(new Event('visibilitychange')) })
  await pass(0)
  expect([shown(), listeners.size]).toEqual([null, 0])
})
