// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { GroupVisit } from '../../../core/contract/groups.ts'
import { CloseTogether } from './CloseTogether.tsx'
import type { GroupNow } from './GroupPage.tsx'
import { GroupVisits } from './GroupVisits.tsx'
import { MoveTogether } from './MoveTogether.tsx'
import { PlanTogether } from './PlanTogether.tsx'

const ZONE = 'America/Los_Angeles'
const id = (last: number) => `a0000000-0000-4000-8000-0000000000${String(last).padStart(2, '0')}`
const mara = { chart: id(1), name: 'Mara Lind' }
const otto = { chart: id(2), name: 'Otto Vale' }
const visit = (day: string, more: Partial<GroupVisit> = {}): GroupVisit => ({ visit: id(Number(day.slice(8))), type: 'preparation', number: 1, startsAt: `${day}T17:00:00.000Z`, endsAt: `${day}T18:00:00.000Z`, localStart: `${day}T09:00`, zone: ZONE, people: [], online: true, patients: [{ ...mara, closed: false }, { ...otto, closed: false }], asked: null, ...more })
const group = (visits: GroupVisit[] = []): GroupNow => ({ id: id(90), name: 'Tuesday group', kind: 'couple', open: true, ended: false, members: [mara, otto].map((one) => ({ ...one, since: '2026-11-20T17:00:00.000Z', protocol: 'solo-six' })), leaders: [{ person: id(80), name: 'Thea Ray' }], visits, zone: ZONE })
const me = { person: 'p', name: 'Cora', roles: ['coordinator', 'therapist'], practice: { id: 'x', name: 'Sample', zone: ZONE, sample: true }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }

const asked: { readonly path: string; readonly body: Record<string, unknown> }[] = []
let answers: Record<string, [status: number, body: unknown]>
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    const path = url.slice(url.lastIndexOf('/') + 1)
    if (answers[path] === undefined) return Response.json(me)
    asked.push({ path, body: JSON.parse(how.body ?? '{}') as Record<string, unknown> })
    return Response.json(answers[path][1], { status: answers[path][0] })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

async function draw(children: React.ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(['me'], me)
  const router = createRouter({ routeTree: createRootRoute({ component: () => <QueryClientProvider client={queries}>{children}</QueryClientProvider> }), history: createMemoryHistory() })
  await act(async () => { render(<RouterProvider router={router as never} />) })
}
const press = (name: RegExp | string) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })
const type = (label: RegExp | string, value: string) => act(async () => { fireEvent.change(screen.getByLabelText(label), { target: { value } }) })

test('names of others stop the signing until somebody has looked, and again when another one is named', async () => {
  answers = { close: [200, { done: true }] }
  const said: string[] = []
  await draw(<CloseTogether now={group()} visit={visit('2026-11-20')} onClose={() => {}} onDone={async (words) => void said.push(words)} />)
  for (const radio of screen.getAllByLabelText('They took part')) await act(async () => { fireEvent.click(radio) })
  await type(/^What it was for Mara/, 'Calm, beside Otto.')
  await type(/^What it was for Otto/, 'Slept.')
  const save = () => screen.getByRole('button', { name: 'Write it for everybody' }) as HTMLButtonElement
  expect(screen.getByText('Otto Vale is named in what goes to the chart of Mara Lind.')).toBeTruthy()
  expect(save().disabled).toBe(true)
  await act(async () => { fireEvent.click(screen.getByLabelText(/I have looked/)) })
  expect(save().disabled).toBe(false)
  await type(/^What the group did/, 'Mara led.')
  expect(save().disabled).toBe(true)
  await type(/^What the group did/, 'The group breathed.')
  await press('Write it for everybody')
  await waitFor(() => expect(said).toEqual(['Preparation 1 is written down, for each on their own chart.']))
  expect(asked[0]!.body).toMatchObject({ shared: 'The group breathed.', notes: [{ chart: mara.chart, summary: 'Calm, beside Otto.' }, { chart: otto.chart, summary: 'Slept.' }] })
})

test('a time that breaks one’s rule says whose, and nothing is offered', async () => {
  answers = { repair: [200, { to: null, impossible: [{ code: 'gap', says: 'Otto Vale: too soon after preparation 1.', member: otto.chart }] }] }
  await draw(<MoveTogether now={group()} visit={visit('2026-12-20')} onClose={() => {}} onDone={async () => {}} />)
  await press('Find a time')
  await waitFor(() => expect(screen.getByText('Otto Vale: too soon after preparation 1.')).toBeTruthy())
  expect(screen.queryByRole('button', { name: 'Move now' })).toBe(null)
})

test('a plan says what each still has alone, and is booked for everybody in one act', async () => {
  answers = { plan: [200, { impossible: [], proposals: [{ id: 'soonest', says: 'One visit together, on Tue, Dec 8.', visits: [visit('2026-12-08')], alone: [{ ...mara, visits: 4 }, { ...otto, visits: 9 }], notes: [] }] }], book: [200, { booked: 1 }] }
  const said: string[] = []
  await draw(<PlanTogether now={group()} onBooked={async (words) => void said.push(words)} />)
  await press('Propose plans')
  const card = await waitFor(() => screen.getByRole('listitem', { name: 'Soonest plan' }))
  expect(within(card).getByText(/Mara Lind 4, Otto Vale 9/)).toBeTruthy()
  await press('Book soonest for everybody')
  await press('Book for everybody')
  await waitFor(() => expect(said).toHaveLength(1))
  expect(asked.map(({ path }) => path)).toEqual(['plan', 'book'])
  expect(asked[0]!.body).toMatchObject({ types: ['medicine', 'integration'] })
})

test('what one of them cannot do goes with the request as theirs, firm, beside what was said for all', async () => {
  answers = { plan: [200, { proposals: [], impossible: [] }] }
  await draw(<PlanTogether now={group()} onBooked={async () => {}} />)
  const hers = screen.getByRole('group', { name: 'When Mara Lind can come' })
  await act(async () => { fireEvent.click(within(within(hers).getByRole('group', { name: /^Days for medicine sessions/ })).getByLabelText('Tuesday')) })
  await press('Propose plans')
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]!.body).toMatchObject({ wishes: { days: {}, hard: false }, own: [{ chart: mara.chart, hard: true, days: { medicine: [2] }, blackout: [] }] })
})

test('what was asked shows each answer; it moves by a press only once everybody says yes', async () => {
  answers = { move: [200, { done: true }] }
  const with_ = (state: 'waiting' | 'yes') => visit('2026-12-20', { asked: { until: '2026-12-01T17:00:00.000Z', to: visit('2026-12-21'), answers: [{ ...mara, state: 'yes' }, { ...otto, state }] } })
  await draw(<GroupVisits now={group([with_('waiting')])} desk onChanged={async () => {}} />)
  expect(screen.getByText('Otto Vale has not answered.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Move it for everybody' })).toBe(null)
  cleanup()
  const said: string[] = []
  await draw(<GroupVisits now={group([with_('yes')])} desk onChanged={async (words) => void said.push(words)} />)
  await press('Move it for everybody')
  await waitFor(() => expect(said).toEqual(['Preparation 1 was moved for everybody.']))
})
