// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Role } from '../../../../core/access/roles.ts'
import type { Answer } from '../../../../core/contract/contract.ts'
import { MedicinesPage } from './MedicinesPage.tsx'
import { LogPage } from './LogPage.tsx'

/** The page of the practice's medicine: what does not come out stands first, and nothing that is missing reads as fine. */
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const place = { id: id(1), name: 'Cupboard', registration: 'XS0000000', closedThrough: null, counted: null, countBy: '2028-11-01' }
const label = { medicine: 'racemic-ketamine', form: 'vial', strengthUg: 50_000, lot: 'A1', expires: '2027-06-30', number: 1, singleUse: false, source: 'manufacturer', supplier: '', paper: '' } as const
const box = (n: number, onHand: number, more: object = {}) => ({ id: id(n), place: id(1), label: { ...label, number: n - 10 }, onHand, opened: false, expired: false, ...more })
const difference = (more: object = {}): Answer<'ledger'>['differences'][number] => ({
  key: `count:${id(30)}`, kind: 'count', since: '2026-11-20T17:00:00.000Z', line: id(30), place: id(1), container: id(11), person: null, says: 'Lot A1, vial 1: 9.30 mL counted, 10.00 mL expected. That is 0.70 mL too little.', incident: true, ends: 'explanation',
  adjust: { container: id(11), way: 'less', quantity: 700 }, left: null, by: 'Pia Sample', explained: null, maySign: false, ...more,
})

let roles: Role[]
let ledger: Answer<'ledger'>
let sent: { url: string; body: Record<string, unknown> }[]
beforeEach(() => {
  roles = ['prescriber']
  ledger = { begun: '2026-11-01T17:00:00.000Z', now: '2026-11-21T18:00:00.000Z', dosesBefore: 0, places: [place], containers: [box(11, 10_000), box(12, 4_200, { opened: true })], differences: [], newest: [], mayKeep: true, maySign: true, whole: null }
  sent = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ url, body: JSON.parse(String(init.body)) as Record<string, unknown> })
    const answer = init?.method === 'POST' ? { lines: [] } : url.includes('/api/ledger/log') ? { practice: 'Sample', place, from: '2026-11-01', to: '2026-11-21', printedAt: ledger.now, lines: [], lots: [], differences: ledger.differences, whole: ledger.whole } : url.endsWith('/api/ledger') ? ledger
      : url.endsWith('/api/notices') ? { now: ledger.now, notices: [] } : { person: 'p', name: 'Pia Sample', roles, practice: { id: 'p', name: 'Sample', zone: 'America/Los_Angeles', sample: false }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: ledger.now }
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(cleanup)

async function open(Screen: () => React.ReactNode = MedicinesPage) {
  const root = createRootRoute({ component: Outlet })
  const router = createRouter({ routeTree: root.addChildren([createRoute({ getParentRoute: () => root, path: '/', component: Screen })]), history: createMemoryHistory({ initialEntries: ['/'] }) })
  const shown = render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><RouterProvider router={router as never} /></QueryClientProvider>)
  await screen.findByRole('heading', { level: 1 })
  await waitFor(() => expect(screen.queryByText(/Reading the drug ledger/)).toBeNull())
  return shown
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const type = (name: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(name), { target: { value } })

test('what is there stands by lot, with what expires and what is opened', async () => {
  const { container } = await open()
  const row = (await screen.findAllByRole('row'))[1]!
  expect(row.textContent).toMatch(/A1.*14\.20 mL \(710 mg\).*Racemic ketamine 50 mg\/mL.*June 30, 2027.*2 vials, 1 opened/)
  expect(screen.getByText(/Not counted as a whole yet; next by November 1, 2028/)).toBeTruthy()
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations).toEqual([])
})

test('nothing open is said as that, and never as all being well', async () => {
  await open()
  expect(await screen.findByText(/No difference is open.*what nobody wrote down on a chart it cannot know/)).toBeTruthy()
  expect(document.body.textContent).not.toMatch(/all good|all clear|OK\b/i)
})

test.each<[Role, boolean]>([['prescriber', true], ['therapist', false], ['monitor', false], ['owner', false]])('%s: may write it down: %s', async (role, keeps) => {
  roles = [role]
  ledger = { ...ledger, mayKeep: keeps, maySign: role !== 'owner', differences: [difference()] }
  await open()
  await screen.findByText(/0\.70 mL too little/)
  expect(screen.queryAllByRole('button', { name: /Receive medicine|Count|Waste, lose|Explain it/ })).toHaveLength(keeps ? 4 : 0)
  if (!keeps) expect(screen.getByText('A prescriber explains it.')).toBeTruthy()
})

test('the desk is told whose it is', async () => {
  roles = ['coordinator']
  await open()
  expect(await screen.findByText(/read by those who treat, and by the owner/)).toBeTruthy()
})

test('an incident shows the duties as facts with their source, and says that nothing is reported from here', async () => {
  ledger = { ...ledger, differences: [difference()] }
  await open()
  const one = (await screen.findByText(/0\.70 mL too little/)).closest('li')!
  expect(one.textContent).toMatch(/incident.*1301\.76\(b\); recalled, not yet read in the source.*Nothing is reported from here/)
})

test('explained by one: reason, code, and the stock is put right with the second name', async () => {
  ledger = { ...ledger, differences: [difference()] }
  await open()
  await screen.findByText(/0\.70 mL too little/)
  press('Explain it')
  const submit = () => screen.getByRole('button', { name: 'Explain and sign' })
  type(/How it came/, 'Short')
  type(/One-time code/, '123456')
  expect((submit() as HTMLButtonElement).disabled).toBe(true)
  type(/How it came/, 'Left in the needles of nine draws.')
  expect(screen.getByLabelText(/Put the stock right.*0\.70 mL \(35 mg\) less in Lot A1, vial 1/)).toBeTruthy()
  fireEvent.click(submit())
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]!.body).toMatchObject({ difference: `count:${id(30)}`, reason: 'Left in the needles of nine draws.', adjust: { container: id(11), way: 'less', quantity: 700 }, code: '123456' })
  expect(await screen.findByText(/stays open until somebody else has signed it as well/)).toBeTruthy()
})

test('the second person signs the explanation, and not the line behind it', async () => {
  ledger = { ...ledger, differences: [difference({ maySign: true, explained: { line: id(31), by: 'Pia Sample', at: ledger.now, reason: 'Left in needles.', mine: false } })] }
  await open()
  await screen.findByText(/Pia Sample explained it/)
  expect(screen.queryByRole('button', { name: 'Explain it' })).toBeNull()
  press('Sign as the second person')
  type(/One-time code/, '123456')
  press('Sign')
  await waitFor(() => expect(sent.map(({ url }) => url)).toEqual([`/api/ledger/lines/${id(31)}/witness`]))
})

test('who explained it is offered no second signature', async () => {
  ledger = { ...ledger, differences: [difference({ explained: { line: id(31), by: 'Pia Sample', at: ledger.now, reason: 'Left in needles.', mine: true } })] }
  await open()
  await screen.findByText(/Pia Sample explained it/)
  expect(screen.queryAllByRole('button', { name: /Sign as|Explain it/ })).toEqual([])
  expect(screen.getByText('Somebody else has to sign.')).toBeTruthy()
})

test('counted blind: what is expected is not on the screen, and what stays empty is not sent', async () => {
  await open()
  await screen.findByRole('heading', { name: 'On hand' })
  press('Count')
  expect(document.body.textContent).not.toMatch(/4\.20|10\.00|14\.20/)
  expect(screen.getByText(/0 of 2 counted/)).toBeTruthy()
  type(/Lot A1, vial 2/, '4.15')
  press('Write the count down')
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]!.body['counts']).toEqual([expect.objectContaining({ container: id(12), counted: 4_150, expected: 4_200 })])
  expect(await screen.findByText(/1 of 2 counted. 1 is not as expected/)).toBeTruthy()
})

test('the same delivery sent again names the same vials', async () => {
  await open()
  await screen.findByRole('heading', { name: 'On hand' })
  press('Receive medicine')
  for (const [name, value] of [[/^Medicine/, 'racemic-ketamine'], [/Strength on the label/, '50'], [/^Lot/, 'B2'], [/^Expires/, '2027-12-31'], [/In each vial/, '10'], [/How many/, '2'], [/Where from/, 'manufacturer']] as const) type(name, value)
  press('Into the ledger')
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]!.body).toMatchObject({ quantity: 10_000, label: { strengthUg: 50_000, lot: 'B2', singleUse: false } })
  expect(new Set(sent[0]!.body['containers'] as string[]).size).toBe(2)
})

test('what is missing or stolen brings the duties with it', async () => {
  await open()
  await screen.findByRole('heading', { name: 'On hand' })
  press('Waste, lose or send away')
  type(/Which container/, id(12))
  type(/What happened/, 'stolen')
  expect(screen.getByText(/DEA Form 106/)).toBeTruthy()
  expect(screen.getByText('Nothing is reported from here.')).toBeTruthy()
  expect(within(screen.getByRole('form')).getByDisplayValue('4.2')).toBeTruthy()
})

test('what was left of a draw is wasted out of that draw, and not out of the vial once more', async () => {
  ledger = { ...ledger, differences: [difference({ key: `draw:${id(40)}`, kind: 'draw', line: id(40), container: id(12), incident: false, ends: 'waste', adjust: null, left: 80, says: '0.08 mL of a draw from Lot A1, vial 2 were left after the dose.' })] }
  await open()
  fireEvent.click(await screen.findByRole('button', { name: 'Waste what is left' }))
  expect(within(screen.getByRole('form')).getByDisplayValue('0.08')).toBeTruthy()
  type(/How it was made unusable/, 'into absorbent')
  press('Into the ledger')
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]!.body).toMatchObject({ kind: 'wasted', container: id(12), quantity: 80, draw: id(40), how: 'into absorbent' })
})

test('before it has begun, doses that stand outside are counted', async () => {
  ledger = { ...ledger, begun: null, places: [], containers: [], dosesBefore: 3 }
  await open()
  expect(await screen.findByText('3 doses stand on charts and in no ledger.')).toBeTruthy()
  type(/^Place/, 'Cupboard')
  press('Begin the ledger')
  await waitFor(() => expect(sent[0]?.body).toMatchObject({ name: 'Cupboard' }))
})

test('a ledger that cannot be vouched for says so above everything', async () => {
  ledger = { ...ledger, whole: 'Line 4 of the ledger is not what was sealed.' }
  await open()
  expect((await screen.findByRole('alert')).textContent).toMatch(/cannot be vouched for. Line 4/)
})

test('the log says for which place and time it is, what is open, and that the sample is invented', async () => {
  ledger = { ...ledger, differences: [difference()] }
  const { container } = await open(LogPage)
  expect(await screen.findByRole('heading', { name: 'Sample: Cupboard' })).toBeTruthy()
  expect(screen.getByText(/Registration XS0000000 · November 1, 2026 to November 21, 2026/)).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Open differences' }).textContent).toContain('0.70 mL too little')
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations).toEqual([])
})
