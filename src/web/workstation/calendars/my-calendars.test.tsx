// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render as renderAlone, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Feeds } from './Feeds.tsx'
import type { OwnCalendars } from './MyCalendars.tsx'
import { OuterCalendars } from './OuterCalendars.tsx'

const wrapper = ({ children }: { readonly children: ReactNode }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
const render = (page: ReactNode) => renderAlone(page, { wrapper })

const sent: { path: string; body: unknown }[] = []
let answer: () => Response
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (path: string, how: { body: string }) => { sent.push({ path, body: JSON.parse(how.body) }); return answer() })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const own = (more: Partial<OwnCalendars> = {}): OwnCalendars => ({ feeds: [], outer: [], invitations: { on: false, to: 'jonas@example.org' }, ...more })
const hospital: OwnCalendars['outer'][number] = { id: 'c1', label: 'Hospital', from: 'file', readAt: '2026-11-20T17:00:00.000Z', times: 4, failing: null }
const press = (name: RegExp | string) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('an address of one’s own', () => {
  test('is shown when it is made, and gone when it is ended', async () => {
    const kept = vi.fn(async () => {})
    answer = () => Response.json({ id: 'f1', address: 'https://kap.example.org/feeds/secret.ics' })
    const { rerender } = render(<Feeds own={own()} onKept={kept} />)
    type(/^What it is for/, '  My phone ')
    await press('Make an address')
    expect(sent).toEqual([{ path: '/api/my-calendars/feeds', body: { label: 'My phone' } }])
    expect(screen.getByText('https://kap.example.org/feeds/secret.ics')).toBeTruthy()
    rerender(<Feeds own={own({ feeds: [{ id: 'f1', label: 'My phone', madeAt: '2026-11-20T17:00:00.000Z', lastReadAt: null }] })} onKept={kept} />)
    answer = () => Response.json({ done: true })
    await press('End the address My phone')
    expect(sent[1]?.path).toBe('/api/my-calendars/feeds/f1/revoke')
    expect(screen.queryByText(/secret\.ics/)).toBeNull()
    expect(kept).toHaveBeenCalledTimes(2)
  })
})

describe('another calendar', () => {
  const bring = (name: string, text: string) => act(async () => { fireEvent.change(screen.getByLabelText('A calendar file'), { target: { files: [new File([text], name)] } }) })

  test('that cannot be read says since when, why, and what still counts', () => {
    render(<OuterCalendars own={own({ outer: [{ ...hospital, from: 'address', failing: { since: '2026-11-21T17:00:00.000Z', says: 'There is no server of that name.' } }] })} onKept={async () => {}} />)
    expect(screen.getByText(/“Hospital” could not be read since .*There is no server of that name\./)).toBeTruthy()
    expect(screen.getByText(/What was known on .* still counts\./)).toBeTruthy()
  })
  test('of which nothing is known yet never reads as a calendar with nothing in it', () => {
    render(<OuterCalendars own={own({ outer: [{ ...hospital, from: 'address', readAt: null, times: 0, failing: { since: '2026-11-21T17:00:00.000Z', says: 'Away.' } }] })} onKept={async () => {}} />)
    expect(screen.getByText('Not read yet')).toBeTruthy()
    expect(screen.getByText(/Nothing is known of it yet, so you count as free\./)).toBeTruthy()
  })
  test('as a file takes the place of the one of the same name', async () => {
    answer = () => Response.json({ id: 'c1', times: 2 })
    render(<OuterCalendars own={own({ outer: [hospital] })} onKept={async () => {}} />)
    await bring('Hospital.ics', 'BEGIN:VCALENDAR')
    await bring('Other.ics', 'BEGIN:VCALENDAR')
    expect(sent.map(({ body }) => body)).toEqual([{ label: 'Hospital', text: 'BEGIN:VCALENDAR', calendar: 'c1' }, { label: 'Other', text: 'BEGIN:VCALENDAR' }])
  })
  test('as a bad file is refused with its line, and what was typed stays', async () => {
    answer = () => Response.json({ code: 'calendar.unreadable', say: 'This calendar was not taken.', list: [{ code: 'file', says: 'Line 2: A name with a colon was expected here.' }] }, { status: 422 })
    render(<OuterCalendars own={own()} onKept={async () => {}} />)
    type(/^What it is called/, 'Hospital')
    await bring('x.ics', 'hello')
    expect(screen.getByText('Line 2: A name with a colon was expected here.')).toBeTruthy()
    expect((screen.getByLabelText(/^What it is called/) as HTMLInputElement).value).toBe('Hospital')
  })
})
