// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '../../../../core/access/roles.ts'
import type { Answer } from '../../../../core/contract/contract.ts'
import { protocols } from '../../../../knowledge/protocols.ts'
import RulebookContents from '../RulebookContents.tsx'
import Editions from './Editions.tsx'
import { dials, titleOf } from './turning.ts'

/** The practice's edition on its page: what stands otherwise, what a turn would be, whom it would touch, and the signature. */
const H01 = 'eligibility/H01/systolicMmHg.atLeast'
const change = { dial: 'discharge/D8/quietMin', from: 30, to: 45, reason: '', by: 'dina', at: '2026-11-20T17:00:00.000Z' }
const named = { chart: 'c0000000-0000-4000-8000-00000000c4a7', name: 'Vera Sample', before: { decision: 'ELIGIBLE', clearance: 'cleared', rules: [] }, after: { decision: 'DEFERRED', clearance: 'reopened', rules: ['H01 hold'] } }

let roles: Role[]
let now: Answer<'editions'>
let waiting: Answer<'proposals'>
let sent: { url: string; body: unknown }[]
beforeEach(() => {
  roles = ['prescriber']
  now = {
    inForce: 1, name: '2026-11 · 0123456789ab · here 1', sha256: 'a'.repeat(64), broken: null, shipped: { name: '2026-11 · x', sha256: 'b'.repeat(64), broken: null }, changes: [change],
    editions: [{ number: 1, name: '2026-11 · 0123456789ab · here 1', sha256: 'a'.repeat(64), adoptedBy: 'Dina Sample', countersignedBy: null, countersignedWhy: null, adoptedAt: '2026-11-20T17:00:00.000Z', reason: 'People leave later here.', changes: [change], moves: [{ dial: change.dial, from: 30, to: 45, way: 'tighter', reason: '' }] }],
  }
  waiting = { now: '2026-11-21T18:00:00.000Z', proposals: [], others: ['Thea Sample', 'Pia Sample'] }
  sent = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ url, body: JSON.parse(String(init.body)) })
    const answer = url.endsWith('/preview') ? { moves: [], looked: 12, changed: 3, named: [named] } : init?.method === 'POST' ? { number: 2, name: 'x', sha256: 'x' }
      : url.endsWith('/api/rulebook/editions') ? now : url.endsWith('/api/rulebook/proposals') ? waiting : { person: 'p', name: 'P', roles, practice: { id: 'p', name: 'P', zone: 'America/Los_Angeles', sample: false }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(cleanup)

async function open(children = <></>) {
  const shown = render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><Editions>{children}</Editions></QueryClientProvider>)
  // The whole book may be drawn beside it.
  await screen.findAllByText(/signed by|None of its own|is not what was signed/, {}, { timeout: 15_000 })
  if (roles.some((role) => role === 'prescriber' || role === 'medical-director') && !(now.broken && roles[0] === 'prescriber')) await screen.findByRole('region', { name: 'Turn a figure' })
  return shown
}
const find = (words: string) => fireEvent.change(screen.getByLabelText(/Find a figure/), { target: { value: words } })
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } })
const way = (label: RegExp) => screen.getByRole('status', { name: label }).textContent
const systolic = /^H01, systolic pressure/

test('shipped stands beside here, with why and by whom', async () => {
  await open()
  const table = screen.getByRole('region', { name: 'Where this practice stands away from what ships' })
  expect(table.textContent).toMatch(/D8, no orange alert for.*30 minutes.*45 minutes/)
  expect(screen.getAllByText(/People leave later here/)).toHaveLength(2)
})

test('and in the book, row by row', async () => {
  window.location.hash = '#home'
  const { container } = await open(<RulebookContents protocols={protocols} />)
  fireEvent.change(screen.getByLabelText(/Look for/), { target: { value: 'D8' } })
  await waitFor(() => expect(container.querySelector('#rule-D8')?.textContent).toContain('45 minutes here, 30 minutes as shipped'))
})

test.each([
  ['150', 'tighter', null], ['170', 'looser (caution)', null], ['160', 'as it stands', null], ['95', '', /lies between 120 and 220/], ['999999999', '', /lies between/], ['-0', '', /takes a number|lies between/],
])('turned to %s it says %s', async (value, says, problem) => {
  await open()
  find('H01 systolic')
  type(systolic, value)
  expect(way(/Which way, H01, systolic/)).toBe(says)
  if (problem) expect(screen.getAllByText(problem).length).toBeGreaterThan(0)
  expect(screen.queryByRole('region', { name: 'To be signed' }) !== null).toBe(says === 'tighter' || says.startsWith('looser'))
})

test('what has a floor says so before and after', async () => {
  roles = ['medical-director']
  await open()
  find('BP-S red')
  type(/^BP-S, red, systolic pressure \(mmHg\)/, '210')
  expect(screen.getAllByText(/can be tightened and never loosened/).length).toBeGreaterThan(0)
  expect(screen.queryByRole('region', { name: 'To be signed' })).toBeNull()
})

test('a prescriber is told that loosening is not theirs to sign', async () => {
  await open()
  find('H01 systolic')
  type(systolic, '170')
  expect(screen.getByText(/The medical director signs that/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Sign this edition' })).toBeNull()
})

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })

test('first whom it would touch, then the signature, with exactly what was shown', async () => {
  await open()
  find('H01 systolic')
  type(systolic, '150')
  type(/Why this edition/, 'Agreed by the clinicians.')
  fireEvent.change(screen.getByLabelText(/One-time code/), { target: { value: '123456' } })
  expect(button('Sign this edition').disabled).toBe(true)
  fireEvent.click(button('Who would change'))
  await screen.findByText(/3 of 12 open charts would be judged otherwise/)
  expect(screen.getByText(/2 of them are not of your team/)).toBeTruthy()
  expect(screen.getByText('Vera Sample').closest('li')!.textContent).toMatch(/eligible becomes deferred; clearance cleared becomes reopened.*new: H01 hold/)
  fireEvent.click(button('Sign this edition'))
  await screen.findByText(/Signed: edition 2/)
  const steps = [{ dial: H01, from: 160, to: 150, reason: '' }]
  expect(sent).toEqual([{ url: '/api/rulebook/editions/preview', body: { on: 1, steps } }, { url: '/api/rulebook/editions', body: { on: 1, steps, reason: 'Agreed by the clinicians.', code: '123456' } }])
})

test('once signed, this device judges by it at once', async () => {
  await open()
  find('H01 systolic')
  type(systolic, '150')
  type(/Why this edition/, 'Agreed by the clinicians.')
  fireEvent.change(screen.getByLabelText(/One-time code/), { target: { value: '123456' } })
  fireEvent.click(button('Who would change'))
  await screen.findByText(/3 of 12 open charts would be judged otherwise/)
  now = { ...now, inForce: 2, name: '2026-11 · 0123456789ab · here 2' }
  fireEvent.click(button('Sign this edition'))
  await waitFor(() => expect(JSON.parse(localStorage.getItem('openkap editions p') ?? 'null')).toMatchObject({ inForce: now.name }))
})

test('the medical director proposes what is looser with a reason long enough, and not without; nothing holds by that', async () => {
  roles = ['medical-director']
  await open()
  find('H01 systolic')
  type(systolic, '165')
  type(/Why this edition/, 'Agreed.')
  fireEvent.change(screen.getByLabelText(/One-time code/), { target: { value: '123456' } })
  type(/may be looser here/, 'too short')
  fireEvent.click(button('Who would change'))
  await screen.findByText(/3 of 12/)
  expect(screen.queryByRole('button', { name: 'Sign this edition' })).toBeNull()
  expect(screen.getByText(/nothing of it holds before one of these has signed it too: Thea Sample, Pia Sample\./)).toBeTruthy()
  expect(button('Propose this edition').disabled).toBe(true)
  type(/may be looser here/, 'Agreed at the meeting of the clinicians.')
  fireEvent.click(button('Who would change'))
  await waitFor(() => expect(button('Propose this edition').disabled).toBe(false))
  fireEvent.click(button('Propose this edition'))
  await screen.findByText('Proposed. It holds for nobody yet.')
  expect(sent.at(-1)).toEqual({ url: '/api/rulebook/proposals', body: { on: 1, steps: [{ dial: H01, from: 160, to: 165, reason: 'Agreed at the meeting of the clinicians.' }], reason: 'Agreed.', code: '123456' } })
  expect(screen.queryByRole('region', { name: 'To be signed' })).toBeNull()
})

test('where nobody else could sign, nothing is loosened, and what is tighter is signed as before', async () => {
  roles = ['medical-director']
  waiting = { ...waiting, others: [] }
  await open()
  find('H01 systolic')
  type(systolic, '165')
  expect(screen.getByText(/Nobody else in this practice is a therapist, a prescriber or a medical director, so nothing can be loosened here/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /this edition/ })).toBeNull()
  type(systolic, '155')
  expect(button('Sign this edition')).toBeTruthy()
})

test('turned towards what ships and still looser than that, it takes two; back to what ships, one', async () => {
  roles = ['medical-director']
  now = { ...now, changes: [{ ...change, dial: H01, from: 160, to: 170 }] }
  await open()
  find('H01 systolic')
  type(systolic, '165')
  expect(way(/Which way, H01, systolic/)).toBe('tighter')
  expect(button('Propose this edition')).toBeTruthy()
  type(systolic, '160')
  expect(button('Sign this edition')).toBeTruthy()
})

test('taken out again, its field is empty and nothing is left to sign', async () => {
  await open()
  find('H01 systolic')
  type(systolic, '150')
  fireEvent.click(button(/^Take out H01, systolic/))
  expect(screen.queryByRole('region', { name: 'To be signed' })).toBeNull()
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: systolic }).value).toBe('')
})

test('turned again after looking, it has to be looked at again', async () => {
  await open()
  find('H01 systolic')
  type(systolic, '150')
  fireEvent.click(button('Who would change'))
  await screen.findByText(/3 of 12/)
  type(systolic, '149')
  expect(screen.queryByText(/3 of 12/)).toBeNull()
})

describe('an edition that cannot be vouched for', () => {
  test('says what happened, what was kept and what next', async () => {
    now = { ...now, broken: 'Edition 1 of the rulebook is not what was signed: its digest does not fit.', changes: [] }
    await open()
    const alert = screen.getByRole('alert')
    expect(alert.textContent).toMatch(/is not what was signed.*Charts stay readable.*The medical director/)
    expect(screen.queryByRole('region', { name: 'Turn a figure' })).toBeNull()
  })
})

test('others read it and turn nothing', async () => {
  roles = ['therapist']
  await open()
  expect(screen.queryByRole('region', { name: 'Turn a figure' })).toBeNull()
})

test('every figure has a title of its own within its chapter', () => {
  const titles = dials.map((dial) => `${dial.id.split('/')[0]} ${titleOf(dial)} ${dial.compare ?? ''} ${dial.unit}`)
  expect([...new Set(titles.filter((title, place) => titles.indexOf(title) !== place))]).toEqual([])
})

test('found, turned and looked at, it shuts nobody out (axe)', async () => {
  roles = ['medical-director']
  const { container } = await open()
  find('H01')
  type(systolic, '165')
  fireEvent.click(within(container).getByRole('button', { name: 'Who would change' }))
  await screen.findByText(/3 of 12/)
  const { violations, passes } = await axe.run(container, { preload: false, rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'heading-order': { enabled: false } } })
  expect(passes.length).toBeGreaterThan(10)
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
})
