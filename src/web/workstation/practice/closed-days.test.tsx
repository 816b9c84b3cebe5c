// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render as renderAlone, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ClosedDays } from './ClosedDays.tsx'

const wrapper = ({ children }: { readonly children: ReactNode }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
const render = (page: ReactNode) => renderAlone(page, { wrapper })

const winter = { from: '2026-12-24', to: '2027-01-01', name: 'Winter closing' }
const sent: unknown[] = []
let answer: () => Response
beforeEach(() => {
  sent.length = 0
  answer = () => Response.json({ closings: [], standing: 0 })
  vi.stubGlobal('fetch', async (_: string, how: { body: string }) => { sent.push(JSON.parse(how.body)); return answer() })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const press = (name: RegExp | string) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })

describe('closed days', () => {
  test('one day is its own last day', async () => {
    render(<ClosedDays closings={[]} onKept={async () => {}} />)
    type(/^What for/, 'Founders’ Day')
    type(/^First day/, '2027-03-01')
    await press('Close these days')
    expect(sent).toEqual([{ add: [{ from: '2027-03-01', to: '2027-03-01', name: 'Founders’ Day' }] }])
  })
  test('a last day before the first is said, and nothing is sent', async () => {
    render(<ClosedDays closings={[]} onKept={async () => {}} />)
    type(/^What for/, 'Founders’ Day')
    type(/^First day/, '2027-03-01')
    type(/^Last day/, '2027-02-01')
    await press('Close these days')
    expect(screen.getByText(/lies before the first day/)).toBeTruthy()
    expect(sent).toEqual([])
  })
  test('taking one away names just that one', async () => {
    render(<ClosedDays closings={[winter]} onKept={async () => {}} />)
    await press(/^Take away Winter closing/)
    expect(sent).toEqual([{ remove: [winter] }])
  })
  test('visits that stand there are said, and that they stay', async () => {
    answer = () => Response.json({ closings: [winter], standing: 2 })
    render(<ClosedDays closings={[winter]} onKept={async () => {}} />)
    type(/^What for/, 'x')
    type(/^First day/, '2027-03-01')
    await press('Close these days')
    await waitFor(() => expect(screen.getByText(/2 visits stand on closed days. They stay where they are/)).toBeTruthy())
  })
  test('a refusal loses nothing that was typed', async () => {
    answer = () => Response.json({ code: 'not-allowed', say: 'Your part does not include that.', list: [] }, { status: 403 })
    render(<ClosedDays closings={[]} onKept={async () => {}} />)
    type(/^What for/, 'Founders’ Day')
    type(/^First day/, '2027-03-01')
    await press('Close these days')
    await waitFor(() => expect(screen.getByText('Your part does not include that.')).toBeTruthy())
    expect((screen.getByLabelText(/^What for/) as HTMLInputElement).value).toBe('Founders’ Day')
  })
})
