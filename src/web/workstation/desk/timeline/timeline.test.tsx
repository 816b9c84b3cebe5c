// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clock } from '../../../sync/clock.ts'
import type { CalendarNow, CalendarVisit } from '../calendar-layout.ts'
import type { Staff } from './rows.ts'
import { Timeline } from './Timeline.tsx'

const ZONE = 'America/Los_Angeles'
const [CHART, VISIT, JONAS, CEDAR] = ['c0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'jonas', 'cedar']
const visit: CalendarVisit = {
  visit: VISIT, type: 'preparation', number: 2, startsAt: '2026-11-24T18:00:00.000Z', endsAt: '2026-11-24T19:00:00.000Z', localStart: '2026-11-24T10:00', zone: ZONE, online: false,
  people: [{ person: JONAS, name: 'Jonas', role: 'therapist' }], room: { id: CEDAR, name: 'Cedar' }, patients: [{ chart: CHART, name: 'Mara Keller' }], takes: [],
}
const calendar: CalendarNow = { visits: [visit], elsewhere: [], closings: [], waiting: [], zone: ZONE, people: [{ person: JONAS, name: 'Jonas', roles: ['therapist'] }], rooms: [{ id: CEDAR, name: 'Cedar', features: [], dosing: true, planning: { location: '', capacity: 1, turnoverMin: 0, featuresUntil: {} } }] }
const me = { person: 'p', name: 'Cora', roles: ['coordinator'], practice: { id: 'x', name: 'Sample', zone: ZONE, sample: true }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }
const place = (at: string, alone = true) => ({ localStart: `2026-11-24T${at}`, startsAt: '', endsAt: '', room: { id: CEDAR, name: 'Cedar' }, people: visit.people, alone })
const answered = { days: [{ day: '2026-11-24', free: [place('10:00'), place('10:15'), place('10:30', false)], refused: [{ from: '10:45', to: '23:45', says: ['Jonas works 9:00 AM to 11:00 AM on Tue, Nov 24.'] }, { from: '00:00', to: '09:45', says: ['Cedar is not free from 9:45 AM to 10:45 AM on Tue, Nov 24.'] }] }], impossible: [] }

let asked: { path: string; body: unknown }[]
let places: (() => Promise<Response>) | undefined
beforeEach(() => {
  asked = []
  places = undefined
  vi.spyOn(clock, 'now').mockReturnValue('2026-11-21T18:00:00.000Z')
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    if (url.includes('/api/me')) return Response.json(me)
    asked.push({ path: url.split('/').at(-1)!.split('?')[0]!, body: JSON.parse(how.body ?? '{}') as unknown })
    if (url.includes('/places')) return places ? places() : Response.json(answered)
    return Response.json({ moves: [{ from: visit, to: { ...visit, localStart: '2026-11-24T10:15' }, why: 'As you asked.' }], impossible: [] })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals(); vi.restoreAllMocks() })

async function onTimeline(more: { mayMove?: boolean } = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(['me'], me)
  render(<QueryClientProvider client={queries}><Timeline calendar={calendar} staff={[] as unknown as Staff} days={['2026-11-24']} label="The day" mayMove onMoved={() => {}} {...more} /></QueryClientProvider>)
  return screen.getAllByRole('button', { name: /^Mara Keller, Preparation 2/ }).at(-1)!
}
const key = (name: string, more: object = {}) => act(async () => { fireEvent.keyDown(document.activeElement!, { key: name, ...more }) })
const told = () => screen.getByRole('status').textContent

describe('a visit carried by key', () => {
  test('says at each step whether it fits, and why not', async () => {
    const bar = await onTimeline()
    act(() => bar.focus())
    await key('m')
    await waitFor(() => expect(told()).toBe('Tue, Nov 24, 10:00 AM, Room Cedar: Fits. Nothing else changes.'))
    await key('ArrowRight')
    await key('ArrowRight')
    expect(told()).toBe('Tue, Nov 24, 10:30 AM, Room Cedar: Fits, if other visits of the course change with it.')
    await key('ArrowRight')
    expect(told()).toBe('Tue, Nov 24, 10:45 AM, Room Cedar: Does not fit. Jonas works 9:00 AM to 11:00 AM on Tue, Nov 24.')
    await key('ArrowUp')
    expect(told()).toContain('Tue, Nov 24, 10:45 AM, Jonas: Does not fit.')
  })
  test('put down where it does not fit it is put back, in words, and nothing is asked for', async () => {
    const bar = await onTimeline()
    act(() => bar.focus())
    await key('m')
    await waitFor(() => expect(told()).toContain('Fits.'))
    await key('ArrowLeft')
    await key('Enter')
    expect(told()).toBe('Does not fit. Cedar is not free from 9:45 AM to 10:45 AM on Tue, Nov 24. Put back where it was; nothing was moved.')
    expect([screen.queryByRole('dialog'), asked.map(({ path }) => path)]).toEqual([null, ['places']])
  })
  test('put down where it fits it is only asked about, in that room', async () => {
    const bar = await onTimeline()
    act(() => bar.focus())
    await key('m')
    await waitFor(() => expect(told()).toContain('Fits.'))
    await key('ArrowRight')
    await key('Enter')
    await waitFor(() => expect(screen.getByText('Only this visit changes.')).toBeTruthy())
    expect(asked.map(({ path }) => path)).toEqual(['places', 'repair'])
    expect(asked[1]!.body).toMatchObject({ to: { localStart: '2026-11-24T10:15', zone: ZONE }, room: CEDAR })
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Leave it where it is' })) })
    expect([told(), asked.length]).toEqual(['Left where it was. Nothing was moved.', 2])
  })
  test('Escape puts it back; so does a connection that goes', async () => {
    const bar = await onTimeline()
    act(() => bar.focus())
    await key('m')
    await key('ArrowRight')
    await key('Escape')
    expect(told()).toBe('Put back where it was. Nothing was moved.')
    places = async () => { throw new TypeError('Failed to fetch') }
    await key('m')
    await waitFor(() => expect(told()).toBe('There is no connection to the server. Nothing was changed; try again in a moment.'))
    await key('Enter')
    expect(screen.queryByRole('dialog')).toBeNull()
  })
  test('before the server has answered, no place is one', async () => {
    places = () => new Promise(() => {})
    const bar = await onTimeline()
    act(() => bar.focus())
    await key('m')
    expect(told()).toContain('Asking whether it fits …')
    await key('ArrowRight')
    await key('Enter')
    expect(told()).toBe('The server had not answered yet. Put back where it was; nothing was moved.')
  })
  test('what is not one’s own to move is not picked up', async () => {
    const bar = await onTimeline({ mayMove: false })
    act(() => bar.focus())
    await key('m')
    expect([told(), asked]).toEqual(['This visit is not yours to move.', []])
  })
})
