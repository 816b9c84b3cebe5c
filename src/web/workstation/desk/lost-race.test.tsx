// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { protocols } from '../../../knowledge/protocols.ts'
import { HeldPlan } from './HeldPlan.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { PlaceAccepted } from './PlaceAccepted.tsx'
import { Propose } from './Propose.tsx'
import { noWishes, wishesOf, type WishDraft } from './wishes.ts'

const ZONE = 'America/Los_Angeles'
const CHART = 'c0000000-0000-4000-8000-000000000001'
const visit = (day: string, type: BookedVisit['type'] = 'preparation'): BookedVisit => ({ visit: `a0000000-0000-4000-8000-0000000000${day.slice(8)}`, type, number: 1, startsAt: `${day}T17:00:00.000Z`, endsAt: `${day}T18:00:00.000Z`, localStart: `${day}T09:00`, zone: ZONE, people: [], online: true })
const proposal = (id: string, day: string) => ({ id, visits: [visit(day)], score: [], finishesOn: day })
const me = { person: 'p', name: 'Cora', roles: ['coordinator'], practice: { id: 'x', name: 'Sample', zone: ZONE, sample: true }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }
const clash = { code: 'plan.clash', say: 'Someone booked one of these times a moment ago.', list: [{ code: 'busy', says: 'x: Jonas is taken' }] }

/** What the server was asked, and what it answers the next time. */
const asked: { readonly path: string; readonly body: Record<string, unknown> }[] = []
let answers: Record<string, [status: number, body: unknown][]>
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    const path = url.split('/').slice(4).join('/')
    if (url.endsWith('/api/me')) return Response.json(me)
    asked.push({ path, body: JSON.parse(how.body ?? '{}') as Record<string, unknown> })
    const [status, body] = Object.entries(answers).find(([end]) => url.endsWith(end))![1].shift()!
    return Response.json(body, { status })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const press = (name: RegExp | string, within_: { getByRole: typeof screen.getByRole } = screen) => act(async () => { fireEvent.click(within_.getByRole('button', { name })) })
const draw = (children: React.ReactNode) => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(['me'], me)
  return render(<QueryClientProvider client={queries}>{children}</QueryClientProvider>)
}

describe('a whole course, and somebody else is quicker', () => {
  test('plans again by itself, with the wishes, the kind of plan and the reason that were chosen', async () => {
    answers = {
      '/plan': [[200, { proposals: [proposal('soonest', '2026-12-07'), proposal('steady', '2026-12-14')], impossible: [] }], [200, { proposals: [proposal('soonest', '2026-12-08'), proposal('steady', '2026-12-21')], impossible: [] }]],
      '/plan/book': [[409, clash], [200, { booked: 1 }]],
    }
    const protocol = protocols['solo-six']
    const draft: WishDraft = { ...noWishes('2026-12-01'), medicineDays: ['2'] }
    const wishes = wishesOf(draft, protocol)
    const booked: number[] = []
    draw(<Propose sitsIn={null} head={{ chart: CHART, name: 'Mara' } as never} protocol={protocol} draft={draft} onDraft={() => {}} wishes={wishes} zone={ZONE} onHeld={async () => {}} onBooked={async (count) => void booked.push(count)} />)
    await press('Propose plans')
    await press('Book the steady plan')
    fireEvent.change(screen.getByLabelText(/^Why this plan/), { target: { value: 'She works nights.' } })
    await press('Book all 1 visits')
    await waitFor(() => expect(screen.getByText(/Somebody booked or held some of these times/)).toBeTruthy())
    expect(asked.map(({ path }) => path)).toEqual(['plan', 'plan/book', 'plan'])
    expect(asked[2]!.body).toEqual(JSON.parse(JSON.stringify(wishes)))
    const steady = await waitFor(() => screen.getByRole('listitem', { name: 'Steady plan' }))
    expect(within(steady).getByText(/The kind of plan you chose/)).toBeTruthy()
    expect(within(screen.getByRole('listitem', { name: 'Soonest plan' })).queryByText(/The kind of plan you chose/)).toBeNull()
    await press('Book the steady plan')
    expect((screen.getByLabelText(/^Why this plan/) as HTMLInputElement).value).toBe('She works nights.')
    await press('Book all 1 visits')
    expect(asked[3]!.body).toMatchObject({ why: 'She works nights.', visits: [{ localStart: '2026-12-21T09:00' }] })
    expect(booked).toEqual([1])
  })

  test('held by one press; lost to somebody quicker it says that nothing was held, and plans again', async () => {
    answers = { '/plan': [[200, { proposals: [proposal('soonest', '2026-12-07')], impossible: [] }], [200, { proposals: [proposal('soonest', '2026-12-08')], impossible: [] }]], '/plan/hold': [[409, clash], [200, { until: '2026-11-22T18:00:00.000Z' }]] }
    const draft = noWishes('2026-12-01')
    const held = vi.fn(async () => {})
    draw(<Propose sitsIn={null} head={{ chart: CHART, name: 'Mara' } as never} protocol={protocols['solo-six']} draft={draft} onDraft={() => {}} wishes={wishesOf(draft, protocols['solo-six'])} zone={ZONE} onHeld={held} onBooked={async () => {}} />)
    await press('Propose plans')
    await press('Hold for 24 hours: the soonest plan')
    await waitFor(() => expect(screen.getByText(/Nothing was held, and your wishes are kept/)).toBeTruthy())
    expect(asked.map(({ path }) => path)).toEqual(['plan', 'plan/hold', 'plan'])
    expect(held).not.toHaveBeenCalled()
    await press('Hold for 24 hours: the soonest plan')
    expect(asked.at(-1)!.body).toMatchObject({ hours: 24, visits: [{ localStart: '2026-12-08T09:00' }] })
    expect(held).toHaveBeenCalledOnce()
    expect(screen.queryByRole('listitem', { name: 'Soonest plan' })).toBeNull()
  })

  test('with everything booked it says so, and what would have to give', async () => {
    answers = { '/plan': [[200, { proposals: [], impossible: [{ code: 'nothing-to-book', says: 'Every visit stands.' }, { code: 'would-help', says: 'A visit that is cancelled can be planned again.' }] }]] }
    const draft = noWishes('2026-12-01')
    draw(<Propose sitsIn={null} head={{ chart: CHART, name: 'Mara' } as never} protocol={protocols['solo-six']} draft={draft} onDraft={() => {}} wishes={wishesOf(draft, protocols['solo-six'])} zone={ZONE} onHeld={async () => {}} onBooked={async () => {}} />)
    await press('Propose plans')
    await waitFor(() => expect(screen.getByText('Every visit stands.')).toBeTruthy())
    expect(screen.getByText('A visit that is cancelled can be planned again.')).toBeTruthy()
    expect(screen.queryByText(/With these wishes/)).toBeNull()
  })
})

describe('what was accepted after the course, and has no time yet', () => {
  const found = (...proposals: unknown[]) => ({ what: 'maintenance', from: '2026-12-02', to: '2026-12-16', proposals, impossible: proposals.length > 0 ? [] : [{ code: 'therapist-busy', says: 'Jonas has no 180 minutes free.' }] })
  const drawn = (booked: number[] = []) => draw(<PlaceAccepted head={{ chart: CHART, name: 'Mara' } as never} step={{ id: 'place-review', title: 'Find a time for a further session' } as never} zone={ZONE} onBooked={async (count) => void booked.push(count)} />)

  test('somebody else is quicker: it looks again by itself, keeps the reason, and books what was chosen then', async () => {
    answers = { '/accepted/plan': [[200, found(proposal('soonest', '2026-12-07'))], [200, found(proposal('soonest', '2026-12-08'))]], '/accepted/book': [[409, clash], [200, { booked: 1 }]] }
    const booked: number[] = []
    drawn(booked)
    expect(screen.getByText('It was accepted and signed. Nothing is booked until somebody books it.')).toBeTruthy()
    await press('Find a time')
    expect(screen.getByText(/searched with all that belongs to it.*Looked at from December 2, 2026 to December 16, 2026/)).toBeTruthy()
    await press('Book the soonest plan')
    fireEvent.change(screen.getByLabelText(/^Why this plan/), { target: { value: 'Her sister drives.' } })
    await press('Book all 1 visits')
    await waitFor(() => expect(screen.getByText(/Somebody booked or held some of these times/)).toBeTruthy())
    await press('Book the soonest plan')
    await press('Book all 1 visits')
    expect(asked.map(({ path }) => path)).toEqual(['accepted/plan', 'accepted/book', 'accepted/plan', 'accepted/book'])
    expect(asked[3]!.body).toMatchObject({ why: 'Her sister drives.', visits: [{ localStart: '2026-12-08T09:00' }] })
    expect(asked[3]!.body['id']).not.toBe(asked[1]!.body['id'])
    expect(booked).toEqual([1])
  })

  test('where the days that were signed hold nothing, the reason stands there, and one press looks beyond them', async () => {
    answers = { '/accepted/plan': [[200, found()], [200, { ...found(proposal('soonest', '2026-12-21')), to: '2026-12-30' }]], '/accepted/book': [[200, { booked: 1 }]] }
    drawn()
    await press('Find a time')
    expect(screen.getByText('Within these days it does not fit. Nothing was booked.')).toBeTruthy()
    expect(screen.getByText('Jonas has no 180 minutes free.')).toBeTruthy()
    await press(/^Look beyond the days that were signed, up to December 30, 2026/)
    await press('Book the soonest plan')
    await press('Book all 1 visits')
    expect(asked.map(({ body }) => body['until'])).toEqual([undefined, '2026-12-30', '2026-12-30'])
  })

  test('where somebody has to sign first, other days are not offered', async () => {
    answers = { '/accepted/plan': [[200, { ...found(), impossible: [{ code: 'clearance', says: 'The clearance has ended.' }] }]] }
    drawn()
    await press('Find a time')
    expect(screen.getByText('The clearance has ended.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Look beyond/ })).toBeNull()
  })
})

test('what is held is booked as it was held, or let go', async () => {
  const hold = { until: '2026-11-22T18:00:00.000Z', by: 'Claire Sample', visits: [visit('2026-12-07'), visit('2026-12-14')] }
  answers = { '/plan/let-go': [[200, { done: true }]], '/plan/book': [[200, { booked: 2 }]] }
  const booked: number[] = []
  draw(<HeldPlan head={{ chart: CHART, name: 'Mara' } as never} hold={hold} zone={ZONE} told onBooked={async (count) => void booked.push(count)} />)
  expect(screen.getByText('2 visits are held for Mara until Sun, Nov 22, 10:00 AM.')).toBeTruthy()
  await press('Let it go')
  await press('Book what is held')
  await press('Book all 2 visits')
  expect(asked.map(({ path }) => path)).toEqual(['plan/let-go', 'plan/book'])
  expect(asked[1]!.body).toMatchObject({ visits: hold.visits.map(({ visit: id }) => ({ visit: id })) })
  expect(booked).toEqual([2])
})

test('a visit that moves, and somebody else is quicker: the same day and hour are asked for again', async () => {
  const moved = (day: string) => ({ moves: [{ from: visit('2026-12-07'), to: { ...visit('2026-12-07'), localStart: `${day}T13:00` }, why: 'As you asked.' }], impossible: [] })
  answers = { '/repair': [[200, moved('2026-12-10')], [200, { moves: [], impossible: [{ code: 'therapist-busy', says: 'Jonas has no 60 minutes free.' }] }]], '/move': [[409, clash]] }
  draw(<MoveDialog chart={CHART} visit={visit('2026-12-07')} zone={ZONE} onClose={() => {}} onMoved={() => {}} />)
  await press('Show what would change')
  await press('Move this visit')
  await waitFor(() => expect(screen.getByText('Jonas has no 60 minutes free.')).toBeTruthy())
  expect(screen.getByText(/Nothing was moved; what you asked for is kept/)).toBeTruthy()
  expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual(['repair', 'move', 'repair'])
  expect(asked[2]!.body).toEqual(asked[0]!.body)
})

test('a visit whose time changes is asked about first, or moved at once; one whose room changes is only moved', async () => {
  const to = { ...visit('2026-12-07'), startsAt: '2026-12-10T21:00:00.000Z' }
  answers = { '/repair': [[200, { moves: [{ from: visit('2026-12-07'), to, why: 'As you asked.' }], impossible: [] }], [200, { moves: [{ from: visit('2026-12-07'), to: visit('2026-12-07'), why: 'The room.' }], impossible: [] }]], '/visits/ask': [[200, { until: '2026-11-22T18:00:00.000Z' }]] }
  const moved: [number, string][] = []
  draw(<MoveDialog chart={CHART} visit={visit('2026-12-07')} zone={ZONE} onClose={() => {}} onMoved={(...how) => moved.push(how)} />)
  await press('Show what would change')
  expect(screen.getByRole('button', { name: 'Move now' })).toBeTruthy()
  await press('Ask first')
  expect([moved, asked.at(-1)]).toMatchObject([[[1, 'asked']], { body: { hours: 24, moves: [{ to: { startsAt: to.startsAt }, why: 'As you asked.' }] } }])
  cleanup()
  draw(<MoveDialog chart={CHART} visit={visit('2026-12-07')} zone={ZONE} onClose={() => {}} onMoved={() => {}} />)
  await press('Show what would change')
  expect(screen.queryByRole('button', { name: 'Ask first' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Move this visit' })).toBeTruthy()
})
