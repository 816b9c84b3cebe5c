// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '../../../../core/access/roles.ts'
import { copyFor } from '../../../../core/measures/testing/own-copy.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { FormPage } from './FormPage.tsx'
import { FormsPage } from './FormsPage.tsx'
import { exampleOf, sayCounting } from './say-form.ts'

let form = 'isi'
vi.mock('@tanstack/react-router', () => ({ useParams: () => ({ form }), Link: ({ to, children }: { to: string; children: React.ReactNode }) => <a href={to}>{children}</a> }))
vi.mock('../../Frame.tsx', () => ({ Frame: ({ children }: { children: React.ReactNode }) => <main>{children}</main> }))

const { isi, 'dast-10': dast } = instruments
let roles: Role[]
let sent: { kind: string; id: string }[]
let choices: object[]
const signed = (kind: string, more: object = {}) => ({ instrument: 'isi', version: isi.version, kind, statement: 'Licence 123 of the sample owner', copy: kind === 'copy' ? copyFor(isi) : null, textSha256: kind === 'copy' ? 'a'.repeat(64) : null, by: 'Dina Sample', at: '2026-11-20T17:00:00.000Z', ...more })
beforeEach(() => {
  form = 'isi'; roles = ['medical-director']; sent = []; choices = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') { sent.push(JSON.parse(String(init.body)) as never); choices = [...choices, signed((sent.at(-1) as { kind: string }).kind)] }
    return new Response(JSON.stringify(url.includes('/api/me') ? { person: 'p', name: 'P', roles, practice: { id: 'p', name: 'P', zone: 'America/Los_Angeles', sample: false }, device: 'd', hasPin: false, idleMinutes: 60, chart: null, now: '2026-11-21T18:00:00.000Z' } : { choices }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const open = (page: React.ReactNode) => render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>{page}</QueryClientProvider>)
const bring = async (copy: unknown) => fireEvent.change(await screen.findByLabelText('A file with the words'), { target: { files: [new File([typeof copy === 'string' ? copy : JSON.stringify(copy)], 'isi.json')] } })
const code = () => fireEvent.change(screen.getByLabelText(/^One-time code/), { target: { value: '123456' } })

describe('the list', () => {
  test('says of each what is missing, on whose terms it is, and what to ask instead of what is not here', async () => {
    choices = [signed('copy')]
    const { container } = open(<FormsPage />)
    const ready = within(await screen.findByRole('list', { name: 'Questionnaires that are ready' }))
    expect(ready.getByText('PHQ-9').closest('li')?.textContent).toContain('open to all, English')
    expect(ready.getByText('ISI')).toBeTruthy()
    const waiting = within(screen.getByRole('list', { name: 'Questionnaires that are not ready' }))
    expect(waiting.getByText('DAST-10').closest('li')?.textContent).toContain('its condition is not accepted and its words are not here')
    expect(waiting.queryByText('ISI')).toBeNull()
    expect(container.textContent).toContain('BDI-II. A commercial scale of Pearson. Ask instead: PHQ-9 or CORE-10.')
    expect((await axe.run(container)).violations).toEqual([])
  })
})

describe('one form', () => {
  test('a file that does not fit is said by its place before anything is signed; one that fits is shown, signed once, and then it may be asked', async () => {
    const { container } = open(<FormPage />)
    expect((await screen.findByText(/It cannot be asked here yet/)).textContent).toContain('its words are not here')
    await screen.findByRole('button', { name: 'Choose a file' })
    await bring('{')
    expect((await screen.findByText(/does not fit/)).textContent).toContain('isi.json')
    await bring(copyFor(isi, { items: { q1: 'only one' } }))
    expect((await screen.findByText(/does not fit at/)).textContent).toContain('“items.q2”: this question has no words')
    expect(screen.queryByRole('form', { name: 'Load these words' })).toBeNull()
    await bring(copyFor(isi))
    expect((await screen.findByText(/“isi.json” fits/)).textContent).toContain('7 questions')
    expect(container.textContent).toContain('Sample words of q7')
    code()
    fireEvent.click(screen.getByRole('button', { name: 'Load these words' }))
    expect((await screen.findByText('It may be asked here.'))).toBeTruthy()
    expect(sent).toMatchObject([{ kind: 'copy', instrument: 'isi', code: '123456', copy: { licence: 'Licence 123 of the sample owner' } }])
    expect(container.textContent).toContain('Copy loaded by Dina Sample on November 20, 2026: Licence 123 of the sample owner')
    expect((await axe.run(container)).violations).toEqual([])
  })

  test('a condition is accepted by its words', async () => {
    form = 'dast-10'
    open(<FormPage />)
    const accept = within(await screen.findByRole('form', { name: 'Accept the condition' }))
    expect(accept.getByText(`“${dast.licence.condition}”`)).toBeTruthy()
    code()
    fireEvent.click(accept.getByRole('button', { name: 'Accept this condition' }))
    await waitFor(() => expect(sent).toMatchObject([{ kind: 'condition', instrument: 'dast-10', clause: dast.licence.condition }]))
  })

  test('whoever is not the medical director reads, and settles nothing; a form without words shows none', async () => {
    roles = ['therapist']
    open(<FormPage />)
    expect((await screen.findByText(/It cannot be asked here yet/)).closest('*')).toBeTruthy()
    expect(screen.getByText('There are no words to show yet.')).toBeTruthy()
    expect(screen.queryByText('What the medical director settles')).toBeNull()
  })
})

test('how it is counted is said from the row, with an example that the row itself counts', () => {
  expect(sayCounting(instruments['core-10'])).toEqual(['The sum of 10 answers, 0 to 40. Questions 2 and 3 count the other way.', 'Bands: 0 to 10 below the cut-off, 11 to 40 at or above the cut-off. A band is no diagnosis.', 'With an answer missing there is no total.'])
  expect(sayCounting(instruments['qids-sr16'])[0]).toBe('The highest answer of each of 9 groups, added up, 0 to 27.')
  expect(sayCounting(instruments['who-5'])[0]).toBe('The sum of 5 answers, times 4, 0 to 100.')
  expect(sayCounting(instruments.cbi).slice(0, 2)).toEqual(['There is no total.', 'Personal: the mean of 6 answers, 0 to 100. Up to 3 may be missing; then it is the mean of the others.'])
  expect(exampleOf(instruments['phq-9'])).toEqual([['Total', '18, moderately severe']])
  expect(exampleOf(instruments.peg)).toEqual([['Total', '5']])
})
