// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PlannedPerson, PlanningRun, PlanScore, WaitingPerson } from '../../../../core/contract/joint.ts'
import { becauseWords, besideAlone, doingWords, wishWords } from './words.ts'
import { WaitingList } from './WaitingList.tsx'

vi.mock('@tanstack/react-router', () => ({ Link: ({ children, to, params }: { children: React.ReactNode; to: string; params?: { chart?: string } }) => <a href={to.replace('$chart', params?.chart ?? '')}>{children}</a> }))
vi.mock('../../Frame.tsx', () => ({ Frame: ({ children }: { children: React.ReactNode }) => <main>{children}</main> }))

const ZONE = 'America/Los_Angeles'
const me = { person: 'p', name: 'Cora', roles: ['coordinator'], practice: { id: 'x', name: 'Sample', zone: ZONE, sample: true }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }
const waits = (name: string, waitedDays: number, more: Partial<WaitingPerson> = {}): WaitingPerson => ({ chart: name, name, course: 'Six sessions', therapist: 'Thea', left: 21, waitedDays, since: '2026-11-01T10:00:00.000Z', wishes: null, blocked: [], heldUntil: null, ...more })
const run = (more: Partial<PlanningRun> = {}): PlanningRun => ({ run: 'r', state: 'done', by: 'Olga', begunAt: '2026-11-21T17:00:00.000Z', endedAt: '2026-11-21T17:01:00.000Z', keptUntil: '2026-11-22T17:01:00.000Z', people: 2, doing: 'alone', step: 1, of: 2, share: 0.1, placed: 0, ...more })
const score = (more: Partial<PlanScore> = {}): PlanScore => ({ finishDay: '2027-01-15', ownTherapist: 10, ofVisits: 10, peopleMet: 3, wishesMet: 4, wishesAsked: 8, ...more })
const planned = (name: string, more: Partial<PlannedPerson> = {}): PlannedPerson => ({
  chart: name, name, waitedDays: 9, state: 'open', heldUntil: null, replannedAt: null, impossible: [], wouldHelp: [], alone: score(), because: [],
  plan: { visits: [{ visit: `v-${name}`, type: 'intake', number: 1, startsAt: '2026-12-01T17:00:00.000Z', endsAt: '2026-12-01T18:00:00.000Z', localStart: '2026-12-01T09:00', zone: ZONE, people: [], online: true }], score: score(), notes: [] }, ...more,
})

/** What the server answers by the end of the address, one after the other; the last one stays. */
let answers: Record<string, (readonly [status: number, body: unknown])[]>
const asked: { readonly path: string; readonly body: Record<string, unknown> }[] = []
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { method?: string; body?: string } = {}) => {
    const path = url.replace(/^.*\/api/, '/api')
    if (how.method === 'POST') asked.push({ path, body: JSON.parse(how.body ?? '{}') as Record<string, unknown> })
    const found = Object.entries(answers).find(([end]) => path.endsWith(end))
    if (!found) throw new TypeError(`no connection: ${path}`)
    const [status, body] = found[1].length > 1 ? found[1].shift()! : found[1][0]!
    return Response.json(body, { status })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const draw = async (people: readonly WaitingPerson[], now: PlanningRun | null, more: typeof answers = {}) => {
  answers = { ...more, '/api/waiting-list': [[200, { people, most: 100 }]], '/api/waiting-list/run': [[200, { run: now }], ...(more['next'] ?? [])] }
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(['me'], me)
  const drawn = render(<QueryClientProvider client={queries}><WaitingList /></QueryClientProvider>)
  await screen.findByRole('heading', { name: 'Plan the waiting list' })
  return drawn
}
const press = (name: RegExp | string) => act(async () => { fireEvent.click(await screen.findByRole('button', { name })) })

describe('who is planned', () => {
  test('is everybody who can be, less whoever is left out; who cannot be says why and where that is mended', async () => {
    await draw([waits('Mara', 9), waits('Tom', 4), waits('Ida', 2, { blocked: [{ says: 'No course has been chosen yet.', mend: 'plan' }] })], null, { '/plan': [[200, { run: run({ state: 'running' }), begun: true }]] })
    fireEvent.click(await screen.findByRole('checkbox', { name: /Tom/ }))
    expect(screen.queryByRole('checkbox', { name: /Ida/ })).toBeNull()
    const blocked = screen.getByRole('list', { name: /cannot be planned yet/ })
    expect(within(blocked).getByText('No course has been chosen yet.')).toBeTruthy()
    expect(within(blocked).getByRole('link', { name: 'Open the plan' }).getAttribute('href')).toBe('/work/charts/Ida/plan')
    await press('Plan one person')
    expect(asked[0]).toMatchObject({ path: '/api/waiting-list/plan', body: { charts: ['Mara'] } })
  })
  test('is nobody where a colleague is planning already: theirs is shown, and it can be stopped', async () => {
    await draw([waits('Mara', 9)], null, { '/plan': [[200, { run: run({ state: 'running' }), begun: false }]], next: [[200, { run: run({ state: 'running', doing: 'in-turn', share: 0.3 }) }]], '/stop': [[200, { done: true }]] })
    await press('Plan one person')
    expect(await screen.findByText('Olga is planning the waiting list already.')).toBeTruthy()
    expect((screen.getByRole('progressbar') as HTMLProgressElement).value).toBe(30)
    expect(screen.queryByRole('button', { name: /^Plan one/ })).toBeNull()
    await press('Stop planning')
    expect(asked.at(-1)!.path).toBe('/api/waiting-list/runs/r/stop')
  })
  test.each([['failed', 'Planning broke off'], ['lost', 'The server that was planning has stopped'], ['stopped', 'Planning was stopped']] as const)('a plan that %s is said to have ended so, and everybody still stands there', async (state, says) => {
    await draw([waits('Mara', 9)], run({ state }))
    expect(await screen.findByText(new RegExp(says))).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Plan one person' })).toBeTruthy()
  })
})

describe('what was planned', () => {
  const three = [planned('Mara'), planned('Tom'), planned('Zoe', { plan: null, impossible: [{ code: 'x', says: 'No room is free.' }], wouldHelp: ['A second room.'], because: [{ chart: 'Mara', to: 'Mara', waitedDays: 9, what: 'room', name: 'Cedar', type: 'medicine', number: 2, startsAt: '2026-12-08T17:00:00.000Z' }] })]
  test('is booked for those who are chosen, one by one; a lost race is planned again, looked at, and not booked by itself', async () => {
    const again = [planned('Mara', { state: 'booked' }), planned('Tom', { replannedAt: '2026-11-21T17:05:00.000Z' }), three[2]!]
    await draw([], run({ people: 3 }), {
      '/runs/r': [[200, { run: run(), people: three }], [200, { run: run(), people: again }]],
      '/Mara/plan/together/r/book': [[200, { booked: 1 }]], '/Tom/plan/together/r/book': [[409, { code: 'plan.clash', say: 'Somebody was quicker.', list: [] }]], '/Tom/plan/together/r/again': [[200, again[1]]],
    })
    expect(await screen.findByRole('heading', { name: '2 of 3 have a plan' })).toBeTruthy()
    await press('Book 2 courses')
    expect(asked).toEqual([])
    await act(async () => { fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Book 2 courses' })) })
    expect(await screen.findByText('One course is booked.')).toBeTruthy()
    expect(asked.map(({ path }) => path.replace(/^.*charts/, ''))).toEqual(['/Mara/plan/together/r/book', '/Tom/plan/together/r/book', '/Tom/plan/together/r/again'])
    expect(asked[0]!.body).toMatchObject({ first: 'v-Mara' })
    expect(screen.getByText(/Planned again, because somebody took one of the times: Tom/)).toBeTruthy()
    expect((await screen.findByRole('checkbox', { name: /Tom/ }) as HTMLInputElement).checked).toBe(false)
    expect((screen.getByRole('button', { name: /^Book 0/ }) as HTMLButtonElement).disabled).toBe(true)
  })
  test('without a plan stand the reasons, what would help, and who has the times', async () => {
    await draw([], run({ people: 3 }), { '/runs/r': [[200, { run: run(), people: three }]] })
    const zoe = await screen.findByRole('listitem', { name: 'Zoe: no plan' })
    expect(zoe.textContent).toContain('No room is free.')
    expect(zoe.textContent).toContain('A second room.')
    expect(zoe.textContent).toContain('Cedar is taken by Mara, waiting 9 days.')
    expect(zoe.textContent).toContain('If nobody else waited there would be a plan')
  })
  test('a connection that is lost on the way says how far it came, and books the rest when it is pressed again', async () => {
    await draw([], run({ people: 3 }), { '/runs/r': [[200, { run: run(), people: three }], [200, { run: run(), people: [planned('Mara', { state: 'booked' }), three[1]!, three[2]!] }]], '/Mara/plan/together/r/book': [[200, { booked: 1 }]] })
    await press('Book 2 courses')
    await act(async () => { fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Book 2 courses' })) })
    expect(await screen.findByText(/The connection was lost before one more person/)).toBeTruthy()
    await waitFor(() => expect((screen.getByRole('button', { name: 'Book one course' }) as HTMLButtonElement).disabled).toBe(false))
  })
})

describe('in words', () => {
  test.each([
    ['later', score({ finishDay: '2027-01-19' }), 'Ends 4 days later than if nobody else waited.'], ['no worse', score(), 'As good as if nobody else waited.'], ['sooner', score({ finishDay: '2027-01-14' }), 'Ends one day sooner than alone, at other times.'],
    ['fewer wishes and more people', score({ wishesMet: 2, peopleMet: 4 }), '2 visits fewer at a wished time, one more person to meet than if nobody else waited.'],
  ])('%s', (_, plan, says) => expect(besideAlone(plan, score())).toBe(says))
  test('how far it is', () => expect(doingWords(run({ doing: 'improving', step: 12, of: 60, placed: 40, people: 41 }))).toBe('Trying again for those who came off worst: 12 of 60. 40 of 41 have a plan so far.'))
  test('what they named', () => expect(wishWords({ days: [1, 4], partOfDay: ['morning'], modality: 'online' })).toBe('Would like Mon, Thu; mornings; online where that may be'))
  test('who has it', () => expect(becauseWords({ chart: 'c', to: 'Mara', waitedDays: 1, what: 'person', name: 'Thea', type: 'preparation', number: 2, startsAt: '2026-12-01T17:00:00.000Z' }, ZONE)).toBe('Preparation 2 could have been on Tue, Dec 1, 9:00 AM: there Thea is with Mara, waiting one day.'))
})
