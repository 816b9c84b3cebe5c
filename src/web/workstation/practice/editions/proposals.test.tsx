// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '../../../../core/access/roles.ts'
import type { Answer } from '../../../../core/contract/contract.ts'
import { Home } from '../../home/Home.tsx'
import Editions from './Editions.tsx'

/** A loosened edition that waits for a second signature: what is read, and what each person may do next. */
const ID = '0d9a3a5e-0000-4000-8000-0000000000a1'
const SHA = 'c'.repeat(64)
type Proposal = Answer<'proposals'>['proposals'][number]
const looser: Proposal = {
  id: ID, sha256: SHA, on: 0, by: 'Dirk Sample', at: '2026-11-18T18:00:00.000Z', reason: 'Our cardiologist reads every ECG.', course: null, state: 'waiting', stale: null, answer: null, edition: null, mine: false, forMe: true, couldSign: ['Thea Sample', 'Pia Sample'],
  moves: [
    { dial: 'eligibility/H01/systolicMmHg.atLeast', from: 160, to: 155, way: 'tighter', reason: '' }, { dial: 'discharge/D8/quietMin', from: 60, to: 45, way: 'tighter', beyondShipped: true, reason: '' },
    { dial: 'eligibility/O04/qtcMs.moreThan', from: 500, to: 510, way: 'looser', beyondShipped: true, reason: 'Agreed at the meeting of the clinicians.' },
  ],
}
const chart = 'c0000000-0000-4000-8000-00000000c4a7'
const changed = { looked: 12, changed: 2, judged: [{ chart, name: 'Vera Sample', before: { decision: 'DEFERRED', clearance: 'held', rules: ['O04 override'] }, after: { decision: 'ELIGIBLE', clearance: 'held', rules: [] } }], underWay: [] }

let roles: Role[]
let waiting: Answer<'proposals'>
let refuse: { status: number; body: object } | undefined
let sent: { url: string; body: unknown }[]
beforeEach(() => {
  roles = ['therapist']
  waiting = { now: '2026-11-21T18:00:00.000Z', proposals: [looser], others: ['Dirk Sample'] }
  refuse = undefined
  sent = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (url.includes('/told/live')) throw new TypeError('nobody nudges in this test')
    if (init?.method === 'POST') sent.push({ url, body: JSON.parse(String(init.body)) })
    if (init?.method === 'POST' && refuse) return new Response(JSON.stringify(refuse.body), { status: refuse.status, headers: { 'content-type': 'application/json' } })
    const answer = url.endsWith('/preview') ? changed : url.endsWith('/sign') ? { number: 1, name: 'x', sha256: SHA } : init?.method === 'POST' ? { done: true } : url.endsWith('/api/rulebook/proposals') ? waiting
      : url.endsWith('/api/rulebook/editions') ? { inForce: 0, name: 'x', sha256: 'a'.repeat(64), broken: null, shipped: { name: 'x', sha256: 'a'.repeat(64), broken: null }, changes: [], editions: [] }
      : url.endsWith('/api/notices') ? { now: waiting.now, notices: [] }
      : url.endsWith('/api/home') ? { now: waiting.now, rows: [], alarms: [], notices: [], before: [], changes: [], questions: [], matters: [], quarantined: [], spokenToMyself: [], inquiries: null, medicine: null, today: [], toSign: [{ proposal: ID, by: 'Dirk Sample', at: looser.at, figures: 2, course: null }, { proposal: chart, by: 'Dirk Sample', at: looser.at, figures: 1, course: 'Two preparations' }] }
      : { person: 'p', name: 'Thea Sample', roles, practice: { id: 'p', name: 'P', zone: 'America/Los_Angeles', sample: false }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: waiting.now }
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

async function open() {
  const shown = render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><Editions /></QueryClientProvider>)
  await screen.findByText('Waiting for a second signature')
  return shown
}
const card = () => within(screen.getByRole('listitem', { name: /proposed by Dirk Sample/ }))
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } })

test('who, since when, why and every row with before and after stand there, looser ones first', async () => {
  await open()
  const text = screen.getByRole('listitem', { name: 'Looser figures, proposed by Dirk Sample' }).textContent
  expect(text).toMatch(/3 days ago: Wed, Nov 18, 10:00 AM, on what ships\. It holds for nobody yet\..*“Our cardiologist reads every ECG\.”/)
  expect(within(screen.getByRole('list', { name: 'What it turns' })).getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^O04.*above 500 ms.*becomes.*above 510 ms.*looser.*“Agreed at the meeting/), expect.stringMatching(/^H01.*160 or more mmHg.*155 or more mmHg.*tighter$/), expect.stringMatching(/^D8.*60 minutes.*45 minutes.*tighter still looser than it ships$/),
  ])
})

describe('whoever may sign second', () => {
  test('has one next step: first whom it would change, then a reason and a code, for exactly what was looked at', async () => {
    await open()
    expect(card().getAllByRole('button').filter((one) => one.className.includes('primary')).map(({ textContent }) => textContent)).toEqual(['Who would change'])
    expect(screen.queryByRole('button', { name: 'Sign as the second person' })).toBeNull()
    fireEvent.click(button('Who would change'))
    expect((await screen.findByText(/2 of 12 open charts would be judged otherwise/)).closest('div')!.textContent).toMatch(/1 of them is not of your team.*Vera Sample.*deferred becomes eligible/)
    expect(card().getAllByRole('button').filter((one) => one.className.includes('primary')).map(({ textContent }) => textContent)).toEqual(['Sign as the second person'])
    fireEvent.change(screen.getByLabelText(/One-time code/), { target: { value: '123456' } })
    type(/What you looked at/, 'Fine with me.')
    expect([button('Sign as the second person').disabled, screen.getByText('7 characters more.')]).toEqual([true, expect.anything()])
    type(/What you looked at/, 'I have looked at each loosened row.')
    fireEvent.click(button('Sign as the second person'))
    await screen.findByText('Signed by Dirk Sample and by you: edition 1.')
    expect(sent).toEqual([{ url: `/api/rulebook/proposals/${ID}/sign`, body: { sha256: SHA, reason: 'I have looked at each loosened row.', code: '123456' } }])
  })

  test('declines with a reason, and is told what holds', async () => {
    await open()
    fireEvent.click(screen.getByText('Decline it'))
    expect(button('Decline this proposal').disabled).toBe(true)
    type(/Why you decline/, 'Not before the audit.')
    fireEvent.click(button('Decline this proposal'))
    await screen.findByText('Declined. Everything holds as it did.')
    expect(sent).toEqual([{ url: `/api/rulebook/proposals/${ID}/decline`, body: { reason: 'Not before the audit.' } }])
  })

  test('who comes second to another is told what happened, and keeps what was typed', async () => {
    await open()
    fireEvent.click(button('Who would change'))
    await screen.findByText(/2 of 12/)
    refuse = { status: 409, body: { code: 'rulebook.proposal-closed', say: 'This proposal cannot be answered any more.', list: [{ code: 'closed', says: 'Somebody else signed a moment ago.' }] } }
    type(/What you looked at/, 'I have looked at each loosened row.')
    fireEvent.change(screen.getByLabelText(/One-time code/), { target: { value: '123456' } })
    fireEvent.click(button('Sign as the second person'))
    expect((await screen.findByRole('alert')).textContent).toMatch(/cannot be answered any more.*Somebody else signed a moment ago/)
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /What you looked at/ }).value).toBe('I have looked at each loosened row.')
  })

  test('reads the titles of a course that does not stand in the rulebook yet', async () => {
    waiting = { ...waiting, proposals: [{ ...looser, course: { name: 'Two preparations', from: 'Six sessions' }, moves: [{ dial: 'courses/own-two', from: 'solo-six', to: 'own-two', way: 'tighter', reason: '' }, { dial: 'courses/own-two/preparation.count', title: 'Preparation: number of visits', from: '3', to: '2', way: 'looser', beyondShipped: true, reason: 'Enough in thirty courses.' }] }] }
    await open()
    expect(screen.getByRole('listitem', { name: 'The course “Two preparations”, proposed by Dirk Sample' }).textContent).toMatch(/Made from “Six sessions”\.Preparation: number of visits: 3.*2.*looser/)
    expect(within(screen.getByRole('list', { name: 'What it turns' })).getAllByRole('listitem')).toHaveLength(1)
  })
})

test('whoever proposed it withdraws it and signs nothing; who could sign is named', async () => {
  roles = ['medical-director']
  waiting = { ...waiting, proposals: [{ ...looser, mine: true, forMe: false }] }
  await open()
  expect(card().getByText('It waits for one of these: Thea Sample, Pia Sample.')).toBeTruthy()
  fireEvent.click(card().getByRole('button', { name: 'Who would change' }))
  await screen.findByText(/2 of 12/)
  expect([screen.queryByRole('button', { name: 'Sign as the second person' }), screen.queryByText('Decline it')]).toEqual([null, null])
  fireEvent.click(screen.getByText('Withdraw it'))
  fireEvent.click(button('Withdraw this proposal'))
  await screen.findByText('Withdrawn. Everything holds as it did.')
  expect(sent).toEqual([{ url: `/api/rulebook/proposals/${ID}/withdraw`, body: { reason: '' } }])
})

test('others read it, and neither sign nor decline', async () => {
  roles = ['monitor']
  waiting = { ...waiting, proposals: [{ ...looser, forMe: false }] }
  await open()
  fireEvent.click(button('Who would change'))
  await screen.findByText(/2 of 12/)
  for (const name of ['Sign as the second person', 'Decline this proposal', 'Withdraw this proposal']) expect(screen.queryByRole('button', { name })).toBeNull()
})

test('what nobody can sign any more says why, how old it is and what next, and can still be read', async () => {
  waiting = { ...waiting, proposals: [{ ...looser, state: 'stale', forMe: false, stale: 'It was made on what ships, and edition 1 has been adopted since.' }] }
  await open()
  const text = screen.getByRole('listitem', { name: /proposed by Dirk Sample/ }).textContent
  expect(text).toMatch(/3 days ago.*above 510 ms.*Nobody can sign it any more\. It was made on what ships, and edition 1 has been adopted since\..*Dirk Sample proposes again what is still wanted/)
  expect(screen.queryByRole('button', { name: 'Who would change' })).toBeNull()
})

test('what was declined stays to be read, with who and why', async () => {
  waiting = { ...waiting, proposals: [{ ...looser, state: 'declined', forMe: false, answer: { by: 'Thea Sample', at: '2026-11-20T18:00:00.000Z', reason: 'Not before the audit.' } }] }
  await open()
  fireEvent.click(screen.getByText('Declined or withdrawn: 1'))
  expect(screen.getByText(/Declined by Thea Sample, 24 hours ago: “Not before the audit\.”/)).toBeTruthy()
})

test('where nothing was ever proposed, nothing stands there', async () => {
  waiting = { ...waiting, proposals: [] }
  render(<QueryClientProvider client={new QueryClient()}><Editions /></QueryClientProvider>)
  await screen.findByText(/None of its own/)
  await waitFor(() => expect(screen.queryByText('Waiting for a second signature')).toBeNull())
})

test('on one’s own list it stands as a thing to do, with the way to it', async () => {
  const root = createRootRoute()
  const router = createRouter({ routeTree: root.addChildren([createRoute({ getParentRoute: () => root, path: '/work', component: Home })]), history: createMemoryHistory({ initialEntries: ['/work'] }) })
  render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RouterProvider router={router as never} /></QueryClientProvider>)
  expect((await screen.findByText('Dirk Sample proposes to loosen 2 figures of the rulebook. It takes a second signature.')).closest('.k-notice')!.textContent).toContain('3 days ago. Nothing of it holds yet.')
  expect(screen.getByText('Dirk Sample proposes the course “Two preparations”, in which something is looser. It takes a second signature.')).toBeTruthy()
  expect(screen.getAllByRole('link', { name: 'Look at it, and sign or decline' }).map((link) => link.getAttribute('href'))).toEqual(['/work/rulebook#proposals', '/work/rulebook#proposals'])
})

test('looked at, it shuts nobody out (axe)', async () => {
  const { container } = await open()
  fireEvent.click(button('Who would change'))
  await screen.findByText(/2 of 12/)
  const { violations, passes } = await axe.run(container, { preload: false, rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'heading-order': { enabled: false } } })
  expect(passes.length).toBeGreaterThan(10)
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
})
