// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import { SeriesForm } from './SeriesForm.tsx'
import { CancelAny, MoveAny } from './WhichOfThem.tsx'
import type { TherapyOf } from './therapy.ts'

const ZONE = 'America/Los_Angeles'
const CHART = 'c0000000-0000-4000-8000-000000000001'
const SERIES = 'b0000000-0000-4000-8000-000000000001'
const JONAS = { person: 'd0000000-0000-4000-8000-000000000001', name: 'Jonas Weber' }
const hourOn = (day: string, at = '14:00'): BookedVisit => ({ visit: `a0000000-0000-4000-8000-0000${day.slice(5, 7)}${day.slice(8)}${at.slice(0, 2)}00`, type: 'therapy', number: 1, startsAt: `${day}T${String(Number(at.slice(0, 2)) + 8).padStart(2, '0')}:00:00.000Z`, endsAt: `${day}T${String(Number(at.slice(0, 2)) + 8).padStart(2, '0')}:50:00.000Z`, localStart: `${day}T${at}`, zone: ZONE, people: [{ ...JONAS, role: 'therapist' }], online: true })
const placed = (day: string, notes: { code: string; says: string }[] = []) => ({ day, localStart: `${day}T14:00`, placed: hourOn(day), reasons: [], notes, nearest: [], was: null })
const without = (day: string, ...nearest: BookedVisit[]) => ({ day, localStart: `${day}T14:00`, placed: null, reasons: [{ code: 'practice-closed', says: 'The practice is closed that day.' }], notes: [], nearest, was: null })
const rule = { everyWeeks: 1, weekday: 2, at: '14:00', lengthMin: 50, zone: ZONE, therapist: JONAS, online: true, roomFeatures: [], from: '2100-12-01', visits: 3, pauses: [] }
const visits = ['2100-12-07', '2100-12-14', '2100-12-21'].map((day) => hourOn(day))
const known: TherapyOf = { series: [{ series: SERIES, rule, plannedTo: '2100-12-21', open: false, over: false, visits, without: [] }], therapists: [{ ...JONAS, own: true }], roomFeatures: ['recliner'], zone: ZONE, mayBook: null }
const me = { person: 'p', name: 'Cora', roles: ['coordinator'], practice: { id: 'x', name: 'Sample', zone: ZONE, sample: true }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }
const clash = { code: 'plan.clash', say: 'Someone booked one of these times a moment ago.', list: [] }

const asked: { readonly path: string; readonly body: Record<string, any> }[] = [] // oxlint-disable-line typescript/no-explicit-any
let answers: Record<string, [status: number, body: unknown][]>
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    if (url.endsWith('/api/me')) return Response.json(me)
    const path = url.split('/').slice(4).join('/')
    asked.push({ path, body: JSON.parse(how.body ?? '{}') as Record<string, unknown> })
    const [status, body] = Object.entries(answers).find(([end]) => url.endsWith(end))![1].shift()!
    return Response.json(body, { status })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const press = (name: RegExp | string) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })
const choose = (label: RegExp | string, value: string) => act(async () => { fireEvent.change(screen.getByLabelText(label), { target: { value } }) })
const pick = (name: string | RegExp) => act(async () => { fireEvent.click(screen.getByRole('radio', { name })) })
const draw = (children: React.ReactNode) => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(['me'], me)
  queries.setQueryData(['therapy', CHART], known)
  return render(<QueryClientProvider client={queries}>{children}</QueryClientProvider>)
}
const fill = async () => {
  await choose(/^How often/, '1')
  await choose(/^On$/, '2')
  await choose(/^At/, '14:00')
  await choose(/^From/, '2100-12-01')
  await pick('Online')
  await pick('So many visits')
  await choose(/^How many/, '3')
}

test('nothing is asked for before all of it is said, and nothing booked before each hour is decided', async () => {
  const other = hourOn('2100-12-15', '15:00')
  answers = { '/therapy/plan': [[200, { hours: [placed('2100-12-07'), without('2100-12-14', other), placed('2100-12-21')], plannedTo: '2100-12-21' }]], '/therapy': [[200, { booked: 3 }]] }
  const booked: number[] = []
  draw(<SeriesForm chart={CHART} known={known} onClose={() => {}} onBooked={(count) => void booked.push(count)} />)
  expect((screen.getByRole('button', { name: 'Look for these hours' }) as HTMLButtonElement).disabled).toBe(true)
  await fill()
  await press('Look for these hours')
  expect(asked[0]!.body['rule']).toMatchObject({ everyWeeks: 1, weekday: 2, at: '14:00', lengthMin: 50, online: true, visits: 3, from: '2100-12-01', therapist: JONAS })
  expect(screen.getByText('2 of 3 hours are free.')).toBeTruthy()
  expect(screen.getByText('The practice is closed that day.')).toBeTruthy()
  expect((screen.getByRole('button', { name: 'Book 2 visits' }) as HTMLButtonElement).disabled).toBe(true)
  await choose(/^Instead of/, other.startsAt)
  await press('Book 3 visits')
  expect(asked[1]).toMatchObject({ path: 'therapy', body: { plannedTo: '2100-12-21' } })
  expect(asked[1]!.body['visits'].map((visit: BookedVisit) => visit.startsAt)).toEqual([visits[0]!.startsAt, other.startsAt, visits[2]!.startsAt])
  expect(booked).toEqual([3])
})

test('left out is left out; a race that is lost is planned again by itself, and what was said is kept', async () => {
  answers = {
    '/therapy/plan': [[200, { hours: [placed('2100-12-07'), without('2100-12-14')], plannedTo: '2100-12-14' }], [200, { hours: [without('2100-12-07', hourOn('2100-12-08')), without('2100-12-14')], plannedTo: '2100-12-14' }]],
    '/therapy': [[409, clash], [200, { booked: 1 }]],
  }
  draw(<SeriesForm chart={CHART} known={known} onClose={() => {}} onBooked={() => {}} />)
  await fill()
  await press('Look for these hours')
  await choose(/^Instead of/, 'left out')
  await press('Book one visit')
  await waitFor(() => expect(screen.getByText(/Nothing was booked. What you asked for is kept/)).toBeTruthy())
  expect(asked.map(({ path }) => path)).toEqual(['therapy/plan', 'therapy', 'therapy/plan'])
  expect((screen.getByRole('button', { name: /^Book/ }) as HTMLButtonElement).disabled).toBe(true)
  const [first, second] = screen.getAllByLabelText(/^Instead of/) as [HTMLSelectElement, HTMLSelectElement]
  expect([first.value, second.value]).toEqual(['', 'left out'])
  await act(async () => { fireEvent.change(first, { target: { value: hourOn('2100-12-08').startsAt } }) })
  await press('Book one visit')
  expect(asked.at(-1)!.body['visits']).toHaveLength(1)
})

test('a dose that is near is said, and decides nothing', async () => {
  answers = { '/therapy/plan': [[200, { hours: [placed('2100-12-07', [{ code: 'dosing-day', says: 'Medicine session the same day, at 9:00 AM.' }])], plannedTo: '2100-12-07' }]] }
  draw(<SeriesForm chart={CHART} known={known} onClose={() => {}} onBooked={() => {}} />)
  await fill()
  await press('Look for these hours')
  expect(screen.getByRole('region', { name: 'To know before' }).textContent).toContain('Medicine session the same day, at 9:00 AM.')
  expect((screen.getByRole('button', { name: 'Book one visit' }) as HTMLButtonElement).disabled).toBe(false)
})

test('moving one asks which, and all that follow go by another rule, asked first in one message', async () => {
  const hours = visits.slice(1).map((was) => ({ ...placed(was.localStart.slice(0, 10)), placed: { ...was, localStart: was.localStart.replace('14', '16'), startsAt: was.startsAt.replace('T22', 'T23'), endsAt: was.endsAt.replace('T22', 'T23') }, was }))
  answers = { [`/therapy/${SERIES}/plan`]: [[200, { hours, rule: { ...rule, at: '15:00' }, plannedTo: '2100-12-26' }]], '/visits/ask': [[200, { until: '2100-12-01T00:00:00.000Z' }]], '/therapy': [[200, known]] }
  const moved: unknown[] = []
  draw(<MoveAny chart={CHART} visit={visits[1]!} zone={ZONE} onClose={() => {}} onMoved={(...what) => void moved.push(what)} />)
  expect(screen.getByRole('dialog', { name: /^Move Therapy/ })).toBeTruthy()
  await pick(/This one and all that follow/)
  const dialog = screen.getByRole('dialog', { name: 'Move 2 visits of therapy' })
  await act(async () => { fireEvent.change(within(dialog).getByLabelText(/^At/), { target: { value: '15:00' } }) })
  await press('Show what would change')
  expect(asked.find(({ path }) => path.endsWith('/plan'))!.body).toMatchObject({ from: { visit: visits[1]!.visit, scope: 'following' }, rule: { at: '15:00', weekday: 2 } })
  await press('Ask first')
  const sent = asked.find(({ path }) => path.endsWith('visits/ask'))!.body
  expect(sent['moves']).toHaveLength(2)
  expect(sent['therapy']).toMatchObject({ series: SERIES, rule: { at: '15:00' } })
  await waitFor(() => expect(moved).toEqual([[2, 'asked']]))
})

test('cancelling one asks which, and ending it says how many and why', async () => {
  answers = { [`/therapy/${SERIES}/stop`]: [[200, { cancelled: 2 }]], '/therapy': [[200, known]] }
  const gone: number[] = []
  draw(<CancelAny chart={CHART} visit={visits[1]!} onClose={() => {}} onCancelled={(count) => void gone.push(count)} />)
  await pick(/This one and all that follow/)
  expect((screen.getByRole('button', { name: 'Cancel 2 visits' }) as HTMLButtonElement).disabled).toBe(true)
  await pick('The patient')
  await choose(/^Reason/, 'other')
  await choose(/^In words/, 'Moves to another town.')
  await press('Cancel 2 visits')
  expect(asked.find(({ path }) => path.endsWith('/stop'))!.body).toMatchObject({ how: { stops: 'ends', from: { visit: visits[1]!.visit, scope: 'following' } }, why: 'Moves to another town.', told: { by: 'patient', reason: 'other' } })
  await waitFor(() => expect(gone).toEqual([2]))
})
