// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '../../../../core/access/roles.ts'
import { CoursePage } from './CoursePage.tsx'
import { CopyCourse } from './CopyCourse.tsx'
import { readList } from './drafting.ts'

/** A course of one's own on its page: three preparation visits become two, and what that moves stands beside it. */
let roles: Role[]
let sent: { url: string; body: { courses?: { changes: unknown[] }[]; course?: { changes: unknown[] } } }[]
let looked: unknown
let others: string[]
beforeEach(() => {
  roles = ['medical-director']
  sent = []
  others = ['Thea Sample']
  looked = { looked: 4, changed: 2, named: [{ chart: 'c0000000-0000-4000-8000-00000000c4a7', name: 'Vera Sample', next: { from: 'Preparation 3 of 3', to: 'Medicine session 1 of 6' }, bookings: ['The protocol has no preparation 3.'] }] }
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ url, body: JSON.parse(String(init.body)) })
    if (url.includes('/told/live')) throw new TypeError('nobody nudges in this test')
    const answer = url.endsWith('/api/notices') ? { now: '2026-11-21T18:00:00.000Z', notices: [] } : url.endsWith('/courses/preview') ? looked : url.endsWith('/api/rulebook/proposals') && init?.method !== 'POST' ? { now: '2026-11-21T18:00:00.000Z', proposals: [], others } : init?.method === 'POST' ? { number: 1, name: 'x', sha256: 'x' }
      : url.endsWith('/api/rulebook/editions') ? { inForce: 0, name: 'x', sha256: 'x', broken: null, shipped: { name: 'x', sha256: 'x', broken: null }, changes: [], editions: [] }
      : { person: 'p', name: 'Dina', roles, practice: { id: 'p', name: 'P', zone: 'America/Los_Angeles', sample: false }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

async function open(course: string, page: 'copy' | 'look' = 'copy') {
  const root = createRootRoute()
  const routes = [createRoute({ getParentRoute: () => root, path: '/work/rulebook/courses/$course', component: CoursePage }), createRoute({ getParentRoute: () => root, path: '/work/rulebook/courses/$course/copy', component: CopyCourse })]
  const router = createRouter({ routeTree: root.addChildren(routes), history: createMemoryHistory({ initialEntries: [`/work/rulebook/courses/${course}${page === 'copy' ? '/copy' : ''}`] }) })
  const shown = render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RouterProvider router={router as never} /></QueryClientProvider>)
  await screen.findAllByText(/Back to/)
  return shown
}
const type = async (label: RegExp, value: string, where: { getByRole: typeof screen.getByRole } = screen) => act(async () => { fireEvent.change(where.getByRole('textbox', { name: label }), { target: { value } }) })
const press = (name: RegExp) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })
const group = (title: string) => screen.getByText((_, node) => node?.tagName === 'SUMMARY' && node.textContent?.startsWith(title) === true).closest('details')!
const beside = () => screen.getByRole('complementary', { name: /Beside/ })
const region = (name: string) => within(beside()).getByRole('region', { name }).textContent
const preparations = async (value: string) => type(/^Number of visits/, value, within(group('Preparation')))

describe('three preparation visits become two', () => {
  async function fewer() {
    await open('solo-six')
    await screen.findByText('Figures')
    await type(/^Name/, 'Six sessions, two preparations')
    await type(/In one sentence/, 'Two visits to prepare, then up to six medicine sessions.')
    await preparations('2')
  }

  test('what does not fit is said at its figure, with the one step that puts it right', async () => {
    await fewer()
    const gate = within(group('Before the first dose'))
    expect(group('Before the first dose').open).toBe(true)
    expect(gate.getByText('The gate before the first dose asks for 3 preparation visits, and 2 are planned.')).toBeTruthy()
    expect(beside().textContent).toContain('One thing does not fit yet.')
    await press(/Preparation visits before the first dose: make it 2/)
    expect(beside().textContent).not.toContain('fit yet')
    expect(gate.getByRole<HTMLInputElement>('textbox', { name: /Preparation visits before/ }).value).toBe('2')
  })

  test('what differs and what moves stand beside it as it is typed', async () => {
    await fewer()
    await press(/make it 2/)
    await waitFor(() => expect(region('What differs')).toMatch(/Preparation: number of visits.*3.*2.*looser.*Preparation visits before the first dose.*3.*2.*looser/))
    expect(region('What moves')).toMatch(/First visit to last dose40 days.*34 days.*First visit to last follow-up220 days.*214 days.*Therapist31 h.*30 h/)
    expect(region('What moves')).toContain('Medicine session 1 to 6: 6 days earlier')
    expect(region('What moves')).toContain('Falls away: Preparation 3')
    await preparations('3')
    await waitFor(() => expect(region('What moves')).not.toContain('earlier'))
  })

  test('it is proposed with a reason, a look at who is under way, and a code; it does not stand before a second person has signed it, and nobody is moved', async () => {
    const { container } = await open('solo-six')
    await screen.findByText('Figures')
    await type(/^Name/, 'Six sessions, two preparations')
    await type(/In one sentence/, 'Two visits to prepare, then up to six medicine sessions.')
    await preparations('2')
    await press(/make it 2/)
    const look = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Who would see something else' })
    const sign = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Propose this course' })
    await type(/Why it is made/, 'too short')
    expect([look().disabled, sign().disabled]).toEqual([true, true])
    expect(screen.getByText('Still to come before it can be signed: why it is made.')).toBeTruthy()
    expect(screen.getByText('11 characters more.')).toBeTruthy()
    await type(/Why it is made/, 'Two visits were enough in our last thirty courses.')
    expect([look().disabled, sign().disabled]).toEqual([false, true])
    expect(screen.queryByText(/^Still to come/)).toBeNull()
    await press(/Who would see/)
    expect(screen.getByText(/2 of 4 under way/).closest('div')!.textContent).toMatch(/They stay on the course they are on.*1 of them is not of your team.*Vera Sample: next would be “Medicine session 1 of 6”, not “Preparation 3 of 3”.*has no preparation 3/)
    expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations.map(({ id }) => id)).toEqual([])
    await type(/One-time code/, '123456')
    expect(screen.getByText(/it does not stand in the rulebook before one of these has signed it too: Thea Sample/)).toBeTruthy()
    await press(/Propose this course/)
    await screen.findByText(/Proposed: “Six sessions, two preparations”\. It does not stand in the rulebook yet\./)
    const because = 'Two visits were enough in our last thirty courses.'
    expect(sent.at(-1)).toEqual({ url: '/api/rulebook/proposals', body: { on: 0, reason: because, code: '123456', courses: [{
      from: 'solo-six', name: 'Six sessions, two preparations', says: 'Two visits to prepare, then up to six medicine sessions.', replaces: false,
      changes: [{ path: 'preparation.count', from: 3, to: 2, reason: because }, { path: 'gates.preparationVisits', from: 3, to: 2, reason: because }],
    }] } })
  })

  test('what is still to be written is named beside the button that waits for it', async () => {
    await fewer()
    expect(screen.getByText(/^Still to come before it can be signed: .*why it is made, what does not fit yet\.$/)).toBeTruthy()
    await type(/^Name/, ' ')
    expect(screen.getByText(/^Still to come before it can be signed: a name, /)).toBeTruthy()
  })

  test('what was looked at is looked at again once something else was changed', async () => {
    await fewer()
    await press(/make it 2/)
    await type(/Why it is made/, 'Two visits were enough in our last thirty courses.')
    await press(/Who would see/)
    await type(/One-time code/, '123456')
    const sign = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Propose this course' }).disabled
    expect(sign()).toBe(false)
    await type(/Clearance counts for/, '60', within(group('Before the first dose')))
    expect(sign()).toBe(true)
  })
})

test('a visit that the course does not have, and somebody more in the room, are added like any figure', async () => {
  await open('solo-six')
  await screen.findByText('Figures')
  expect(group('Consultation, not in this course').open).toBe(false)
  await type(/Number of visits/, '1', within(group('Consultation, not in this course')))
  await type(/People there, prescriber/, '1', within(group('Medicine session')))
  await waitFor(() => expect(region('What differs')).toMatch(/Consultation: number of visits.*not in this course.*1.*tighter.*Medicine session: people there, prescriber.*not in this course.*1.*tighter/))
  expect(region('What moves')).toContain('Consultation')
  expect(beside().textContent).not.toContain('fit yet')
  await type(/People there, monitor/, '0', within(group('Medicine session')))
  await waitFor(() => expect(region('What differs')).toMatch(/Medicine session: people there, monitor.*1.*not in this course.*looser/))
  await type(/People there, prescriber/, '0', within(group('Medicine session')))
  await waitFor(() => expect(beside().textContent).toContain('1 person is planned for a dose, and 2 have to be in the room.'))
})

test('what is tighter is signed by one; where nobody else could sign, what is looser is not made', async () => {
  others = []
  await open('solo-six')
  await screen.findByText('Figures')
  await type(/^Name/, 'Six sessions, four preparations')
  await type(/In one sentence/, 'Four visits to prepare, then up to six medicine sessions.')
  await preparations('4')
  await type(/Why it is made/, 'Four were wanted.')
  await press(/Who would see/)
  await type(/One-time code/, '123456')
  await press(/Sign this course/)
  await screen.findByText(/stands in edition 1/)
  expect(sent.at(-1)).toMatchObject({ url: '/api/rulebook/editions', body: { on: 0, courses: [{ changes: [{ path: 'preparation.count', from: 3, to: 4 }] }] } })
  cleanup()
  await open('solo-six')
  await screen.findByText('Figures')
  await preparations('2')
  expect(await screen.findByText(/Nobody else in this practice is a therapist, a prescriber or a medical director/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /this course$/ })).toBeNull()
})

test('a prescriber signs what is tighter, and is told who signs what is looser', async () => {
  roles = ['prescriber']
  await open('solo-six')
  await screen.findByText('Figures')
  await preparations('4')
  expect(screen.getByRole('button', { name: 'Sign this course' })).toBeTruthy()
  await preparations('2')
  expect(screen.queryByRole('button', { name: 'Sign this course' })).toBeNull()
  expect(screen.getByText(/The medical director signs that/)).toBeTruthy()
})

test.each([['people in the room', 'In the room', /People in the room/, '1', /at least 2, whoever signs\. Nobody is alone/], ['hours between doses', 'Between doses', /Hours between two doses/, '24', /at least 48 hours, whoever signs/], ['a clearance', 'Before the first dose', /Clearance counts for/, '120', /at most 90 days, whoever signs/]])('a floor is said at its figure: %s', async (_, title, label, value, says) => {
  await open('solo-six')
  await screen.findByText('Figures')
  await type(label, value, within(group(title)))
  expect(within(group(title)).getByText(says)).toBeTruthy()
})

test('whoever may not make a course is told who does, and an id that nobody knows is no course', async () => {
  roles = ['therapist']
  await open('solo-six')
  expect(await screen.findByText(/made by the medical director or a prescriber/)).toBeTruthy()
  cleanup()
  await open('own-nobodys', 'look')
  expect(screen.getByText(/There is no course “own-nobodys”/)).toBeTruthy()
})

test('any two courses beside each other', async () => {
  const { container } = await open('hanya-6', 'look')
  await act(async () => { fireEvent.change(screen.getByRole('combobox', { name: /Compare with/ }), { target: { value: 'solo-six' } }) })
  expect(screen.getByRole('region', { name: 'What differs' }).textContent).toMatch(/Preparation: number of visits.*3.*2/)
  expect(screen.getByRole('region', { name: 'What moves' }).textContent).toContain('Falls away: Preparation 3')
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations.map(({ id }) => id)).toEqual([])
})

test.each([['7, 30; 90', [7, 30, 90]], ['', []], ['7 30', [7, 30]], ['7, x', undefined], ['7.5', undefined], ['-7', undefined], ['12345', undefined]])('a list typed as “%s”', (text, list) => expect(readList(text)).toEqual(list))
