// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FreedTimes } from './FreedPage.tsx'

vi.mock('../me.ts', () => { const me = { device: 'd', practice: { zone: 'America/Los_Angeles' } }; return { useMe: () => me, useWhoActs: () => async () => me } })
vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: ReactNode }) => <a href="#there">{children}</a> }))

const visit = (id: string, startsAt: string) => ({ visit: id, type: 'integration', number: 2, startsAt, endsAt: startsAt.replace(':00:00', ':50:00'), localStart: '2026-12-15T09:00', zone: 'America/Los_Angeles', people: [], online: false })
const freed = { visit: 'left', startsAt: '2026-12-08T18:00:00.000Z', endsAt: '2026-12-08T19:00:00.000Z', people: [{ person: 'j', name: 'Jonas Lind', role: 'therapist' }], room: { id: 'r', name: 'Cedar' }, left: { chart: 'c', name: 'Vera Santos', type: 'preparation', number: 2, how: 'cancelled', at: '2026-11-23T17:00:00.000Z' } }
const fit = (name: string, more: object = {}) => ({ chart: `chart of ${name}`, inquiry: null, name, phone: null, since: '2026-11-20T17:00:00.000Z', visit: visit(`visit of ${name}`, '2026-12-15T17:00:00.000Z'), to: { startsAt: freed.startsAt, endsAt: freed.endsAt, online: false }, others: 0, pro: ['With Jonas Lind, as booked.'], con: [], ...more })
const first = fit('Ina Neu', { chart: null, inquiry: 'i', visit: null, phone: '+1 510 555 0101' })
let asked: string[]
let page: { later?: number; freed: object[]; putAway: object[]; rounds: object[]; waiting: { sooner: number; first: number } }
let fits: { fits: object[]; not: object[] }
let answers: (() => Response)[]
const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const sent = vi.fn<(path: string, body: Record<string, unknown>) => void>()
beforeEach(() => {
  sent.mockClear()
  answers = []
  asked = []
  page = { freed: [freed], putAway: [], rounds: [], waiting: { sooner: 2, first: 1 } }
  fits = { fits: [fit('Mara Keller'), fit('Tom Sample', { others: 1, con: ['Medicine session 3 would change too: Tue, Dec 8, 9:00 AM becomes Wed, Dec 9, 9:00 AM.'] }), first], not: [{ chart: 'u', inquiry: null, name: 'Uma Sample', visit: null, why: ['They need 72 hours’ notice.'] }] }
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method?: string; body?: string }) => {
    if (method !== 'POST' && !path.includes('/fits')) asked.push(path)
    if (method !== 'POST') return json(path.includes('/fits') ? fits : { now: '2026-11-23T18:00:00.000Z', later: 0, ...page })
    sent(path, JSON.parse(body!))
    return (answers.shift() ?? (() => json({ round: 'x', done: true })))()
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const open = () => render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><FreedTimes zone="America/Los_Angeles" /></QueryClientProvider>)

test('the first who fits is chosen, and one press offers it to them and to nobody else', async () => {
  const { container } = open()
  fireEvent.click(await screen.findByRole('button', { name: 'Offer it to Mara Keller' }))
  await waitFor(() => expect(sent).toHaveBeenCalledOnce())
  expect(sent.mock.calls[0]).toEqual(['/api/freed/left/offer', expect.objectContaining({ startsAt: freed.startsAt, way: 'in-turn', hours: 24, turns: [{ chart: 'chart of Mara Keller', visit: 'visit of Mara Keller' }] })])
  expect(container.textContent).toContain('Tue, Dec 8, 10:00 AM to 11:00 AM')
  expect(container.textContent).toContain('Preparation 2 of Vera Santos was cancelled')
  await screen.findByText(/Mara Keller is asked in a moment\. Their visit stays where it is until they say yes\./)
})

test('a time can be put away with a reason, stands below with it, and can be brought back', async () => {
  open()
  fireEvent.click(await screen.findByText('Not to be offered'))
  fireEvent.change(screen.getByLabelText(/^Why/), { target: { value: ' Inventory that morning ' } })
  page = { ...page, freed: [], putAway: [{ ...freed, why: 'Inventory that morning', by: 'Claire Dubois', at: '2026-11-23T18:00:00.000Z' }] }
  fireEvent.click(screen.getByRole('button', { name: 'Do not offer it' }))
  await waitFor(() => expect(sent.mock.calls[0]).toEqual(['/api/freed/left/put-away', { startsAt: freed.startsAt, why: 'Inventory that morning' }]))
  expect((await screen.findByRole('list', { name: 'Times that nobody is offered' })).textContent).toContain('Inventory that morning Claire Dubois, Mon, Nov 23')
  expect(screen.queryByRole('button', { name: 'Offer it to Mara Keller' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Offer again: Tue, Dec 8, 10:00 AM' }))
  await waitFor(() => expect(sent.mock.calls[1]).toEqual(['/api/freed/left/bring-back', { startsAt: freed.startsAt }]))
})

test('several are offered it in turn, in the order of the list, or at once when that is chosen', async () => {
  open()
  fireEvent.click(await screen.findByRole('checkbox', { name: /Tom Sample/ }))
  fireEvent.click(screen.getByRole('radio', { name: /All at once/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Offer it to these 2' }))
  await waitFor(() => expect(sent.mock.calls[0]![1]).toMatchObject({ way: 'at-once', turns: [{ chart: 'chart of Mara Keller' }, { chart: 'chart of Tom Sample' }] }))
  // Chosen away, nobody is left to be offered it.
  for (const name of [/Mara Keller/, /Tom Sample/]) fireEvent.click(screen.getByRole('checkbox', { name }))
  expect((screen.getByRole('button', { name: 'Offer it' }) as HTMLButtonElement).disabled).toBe(true)
})

test('an inquiry has a telephone and a way to it, and no tick; who does not fit stands with why', async () => {
  const { container } = open()
  expect((await screen.findByRole('link', { name: '+1 510 555 0101' })).getAttribute('href')).toBe('tel:+15105550101')
  expect(screen.getByText('Open the inquiry')).toBeTruthy()
  expect(screen.queryByRole('checkbox', { name: /Ina Neu/ })).toBeNull()
  expect(container.textContent).toContain('Uma Sample: They need 72 hours’ notice.')
  expect(container.textContent).toContain('one other visit changes')
  expect(container.textContent).toContain('How ill somebody is plays no part')
})

test('a time that is gone by now is refused with what happened, and nobody was asked', async () => {
  answers = [() => json({ code: 'freed.moved-on', say: 'This time is not free to be offered any more.' }, 409)]
  open()
  fireEvent.click(await screen.findByRole('button', { name: /Offer it to Mara/ }))
  expect((await screen.findByRole('alert')).textContent).toContain('not free to be offered any more')
})

test('who is asked stands above, with who comes next, how the message fared, and one way back', async () => {
  page = { ...page, freed: [], rounds: [{ round: 'x', way: 'in-turn', startsAt: freed.startsAt, endsAt: freed.endsAt, hours: 24, madeAt: '2026-11-23T17:59:00.000Z', by: 'Claire Dubois', stopped: false, outcome: null, turns: [
    { chart: 'a', name: 'Mara Keller', visit: 'v', state: 'declined', until: null, passed: null, offer: 'o', message: 'sent' }, { chart: 'b', name: 'Tom Sample', visit: 'w', state: 'waiting', until: '2026-11-24T18:00:00.000Z', passed: null, offer: 'p', message: 'unreachable' }, { chart: 'd', name: 'Uma Sample', visit: 'y', state: 'next', until: null, passed: null, offer: null, message: null },
  ] }] }
  const { container } = open()
  await screen.findByText('Being offered')
  expect(container.textContent).toContain('asked one after the other.')
  for (const says of ['Mara Keller: said no.', 'Tom Sample: asked, until Tue, Nov 24, 10:00 AM. They cannot be reached in the way they chose; call them.', 'Uma Sample: comes next.', 'No time has come free']) expect(container.textContent).toContain(says)
  fireEvent.click(screen.getByRole('button', { name: 'Take it back' }))
  await waitFor(() => expect(sent.mock.calls[0]![0]).toBe('/api/freed/rounds/x/stop'))
})

test('a yes is said at once: nothing is left to take back, and whoever came next is not asked', async () => {
  const turn = (name: string, state: string) => ({ chart: name, name, visit: 'v', state, until: null, passed: null, offer: 'o', message: 'sent' })
  page = { ...page, freed: [], rounds: [{ round: 'x', way: 'in-turn', startsAt: freed.startsAt, endsAt: freed.endsAt, hours: 24, madeAt: '2026-11-23T17:59:00.000Z', by: 'Claire Dubois', stopped: false, outcome: null, turns: [turn('Mara Keller', 'agreed'), turn('Uma Sample', 'next')] }] }
  const { container } = open()
  await screen.findByText(/somebody took it\./)
  for (const says of ['Mara Keller: said yes; the visit is moved.', 'Uma Sample: not asked.']) expect(container.textContent).toContain(says)
  expect(screen.queryByRole('button', { name: 'Take it back' })).toBeNull()
})

test('times that lie further ahead are shown by one press', async () => {
  page = { ...page, later: 2 }
  open()
  fireEvent.click(await screen.findByRole('button', { name: 'Show 2 more times, further ahead' }))
  await waitFor(() => expect(asked.at(-1)).toBe('/api/freed?ahead=all'))
})
