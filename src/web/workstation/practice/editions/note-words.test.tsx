// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Role } from '../../../../core/access/roles.ts'
import { NoteWords } from './NoteWords.tsx'

let roles: Role[]
let sent: { url: string; body: unknown }[]
beforeEach(() => {
  localStorage.clear()
  roles = ['medical-director']
  sent = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ url, body: JSON.parse(String(init.body)) })
    return new Response(JSON.stringify(init?.method === 'POST' ? { number: 1, name: 'x', sha256: 'x' } : { person: 'p', name: 'P', roles, practice: { id: 'p', name: 'P', zone: 'America/Los_Angeles', sample: false }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const now = { inForce: 0, name: 'x', sha256: 'x', broken: null, shipped: { name: 'x', sha256: 'x', broken: null }, changes: [], editions: [] }
async function open() {
  const shown = render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><NoteWords now={now} /></QueryClientProvider>)
  fireEvent.click(await screen.findByText(/^The dose: \d sentences/))
  return shown
}
const box = () => screen.getByRole('textbox', { name: /^For each step that was given/ })
const type = (says: string) => fireEvent.change(box(), { target: { value: says } })
const line = () => screen.getByRole('listitem', { name: 'For each step that was given' })
const whole = '{step} {dose} {route} {time} {prepared} {confirmed} {given}'

test('a sentence is tried as it is typed: what is wrong with it by the place, and what it would say of a session that never was', async () => {
  const { container } = await open()
  await waitFor(() => box())
  expect(line().textContent).toContain('Step 1: 40 mg IM at 10:05, prepared by Rosa Marin, confirmed by June Park, given by Rosa Marin.')
  type(`${whole} {weather}`)
  expect(line().textContent).toContain('There is no {weather} here.')
  expect(screen.queryByRole('button', { name: 'Sign these words' })).toHaveProperty('disabled', true)
  type(`At {time} {given} gave {dose} {route} (step {step}; {prepared}, {confirmed})[, until {ended}].`)
  expect(line().textContent).toContain('At 10:05 Rosa Marin gave 40 mg IM (step 1; Rosa Marin, June Park), until 10:12.')
  expect(line().textContent).toContain('Where that was not written down: At 10:05 Rosa Marin gave 40 mg IM (step 1; Rosa Marin, June Park).')
  expect(line().textContent).toContain('As it ships: Step {step}: {dose} {route} at {time}')
  expect((await axe.run(container, { rules: { region: { enabled: false } } })).violations).toEqual([])
})

test('it is signed with what stood in force, and only what was turned goes along', async () => {
  await open()
  await waitFor(() => box())
  type(`We gave ${whole}.`)
  fireEvent.change(screen.getByLabelText(/One-time code/), { target: { value: '123456' } })
  fireEvent.click(screen.getByRole('button', { name: 'Sign these words' }))
  await screen.findByText('Signed: edition 1.')
  expect(sent.map(({ body }) => body)).toEqual([{ on: 0, sentences: [{ id: 'narrative.dose', says: `We gave ${whole}.` }], reason: 'The words of a session’s note.', code: '123456' }])
})

test('typed and put back is nothing to be signed', async () => {
  await open()
  await waitFor(() => box())
  type(`We gave ${whole}.`)
  fireEvent.click(within(line()).getByRole('button', { name: /^As it ships/ }))
  expect(screen.queryByRole('button', { name: 'Sign these words' })).toBeNull()
})

test('whoever does not direct reads them and writes none', async () => {
  roles = ['prescriber']
  await open()
  await waitFor(() => expect(line().textContent).toContain('Step 1: 40 mg IM'))
  expect(screen.queryByRole('textbox')).toBeNull()
})
