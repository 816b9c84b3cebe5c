// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render as renderAlone, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OnCallRead } from '../../../core/contract/on-call.ts'
import { KeepRota } from './KeepRota.tsx'
import { WhoIsOff, Gaps, Now } from './OnCallPage.tsx'

const wrapper = ({ children }: { readonly children: ReactNode }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
const render = (page: ReactNode) => renderAlone(page, { wrapper })

const [JONAS, HELEN] = ['5a3e0000-0000-4000-8000-000000000103', '5a3e0000-0000-4000-8000-000000000106']
const ZONE = 'America/Los_Angeles'
const piece = (from: string, to: string, first: string | null, second: string | null = null) => ({ from, to, first, second })
const read = (more: Partial<OnCallRead> = {}): OnCallRead => ({
  version: 3, rota: { weekly: [], days: [], everyone: [] }, people: [{ person: JONAS, name: 'Jonas Lindqvist', may: true }, { person: HELEN, name: 'Helen Brandt', may: true }], answersFor: [HELEN],
  now: piece('2026-11-24T10:00:00.000Z', '2026-11-24T17:00:00.000Z', null), next: piece('2026-11-24T17:00:00.000Z', '2026-11-25T01:00:00.000Z', JONAS, HELEN), changesAt: '2026-11-24T17:00:00.000Z', gaps: [piece('2026-11-24T10:00:00.000Z', '2026-11-24T17:00:00.000Z', null)], off: [], says: '', rows: { takenWithinMin: 10, contactWithinMin: 60, againMin: 60 }, ...more,
})
let sent: unknown[] = []
beforeEach(() => { sent = []; vi.stubGlobal('fetch', async (_: string, how: { body: string }) => { sent.push(JSON.parse(how.body)); return Response.json(read({ version: 4 })) }) })
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const press = (name: string) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })
const put = (label: string, value: string) => fireEvent.change(screen.getByLabelText(new RegExp(`^${label}`)), { target: { value } })

describe('who is on call', () => {
  test('nobody: said plainly, with who is told instead and who comes next', () => {
    render(<Now read={read()} zone={ZONE} />)
    expect(document.body.textContent).toMatch(/Nobody is on call now\..*told to Helen Brandt at once.*Next: Jonas Lindqvist, then Helen Brandt, from Tue, Nov 24, 9:00 AM/)
  })
  test('somebody, until when, and the second', () => {
    render(<Now read={read({ now: piece('2026-11-24T17:00:00.000Z', '2026-11-25T01:00:00.000Z', JONAS, HELEN), next: null })} zone={ZONE} />)
    expect(document.body.textContent).toMatch(/Jonas Lindqvist is on call until Tue, Nov 24, 5:00 PM; the second is Helen Brandt/)
  })
  test('gaps stand there by their hours', () => {
    render(<Gaps read={read()} zone={ZONE} />)
    expect(within(screen.getByRole('list', { name: /without anybody/ })).getByText('Tue, Nov 24, 2:00 AM to Tue, Nov 24, 9:00 AM')).toBeDefined()
  })
})

test('a day off stands there, and so does that the day names them all the same', () => {
  render(<WhoIsOff read={read({ off: [{ day: '2026-11-27', person: JONAS, called: false }, { day: '2026-12-01', person: HELEN, called: true }] })} />)
  const [jonas, helen] = within(screen.getByRole('list', { name: /with a day off/ })).getAllByRole('listitem')
  expect([jonas!.textContent, helen!.textContent]).toEqual([expect.stringMatching(/Jonas Lindqvist.*27(?!.*called)/), expect.stringMatching(/Helen Brandt.*1.*called all the same/)])
})

describe('keeping the rota', () => {
  test('what is half said is named, and nothing is sent', async () => {
    render(<KeepRota read={read()} onKept={async () => {}} />)
    await press('Add hours on Monday')
    await press('Keep the rota')
    expect(screen.getByText(/Monday: say from when, to when, and who is first/)).toBeDefined()
    expect(sent).toEqual([])
  })
  test('a night and a swapped day go out as one, on the version that was read', async () => {
    const kept = vi.fn(async () => {})
    render(<KeepRota read={read()} onKept={kept} />)
    await press('Add hours on Monday')
    put('Monday from', '20:00')
    put('Monday to', '08:00')
    put('Monday, first', JONAS)
    put('Another day', '2026-12-25')
    await press('Add this day')
    await press('Keep the rota')
    expect(sent).toEqual([{ on: 3, rota: { weekly: [{ weekday: 1, from: '20:00', to: '08:00', first: JONAS, second: null }], days: [{ day: '2026-12-25', note: '', hours: [] }], everyone: [] } }])
    expect(kept).toHaveBeenCalled()
  })
})
