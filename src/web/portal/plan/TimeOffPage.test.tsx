// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AtHerPhone, course, visit } from '../testing/patient.tsx'
import { TimeOffPage } from './TimeOffPage.tsx'

const sent = vi.fn<(address: string, body: unknown) => void>()
let answer: () => Response
beforeEach(() => {
  sent.mockClear()
  answer = () => new Response('%PDF', { headers: { 'content-type': 'application/pdf' } })
  vi.stubGlobal('fetch', async (address: string, { body }: { body: string }) => { sent(address, JSON.parse(body)); return answer() })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const visits = [visit('medicine', 1, '2026-11-24T17:00:00.000Z', 3.5), visit('integration', 1, '2026-11-26T18:30:00.000Z'), visit('medicine', 2, '2026-11-10T17:00:00.000Z', 3.5)]
const open = (seen = course({ visits })) => render(<AtHerPhone course={seen}><TimeOffPage /></AtHerPhone>)

test('what lies ahead is counted, with the hours in which she does not drive; what lies behind is left out', () => {
  const { container } = open()
  expect(container.textContent).toContain('To keep free: 1 whole day and 1 shorter visit.')
  expect(container.textContent).toContain('until Wednesday, November 25, 12:30 PM, and only after a night’s sleep'.replace(' PM', ' PM'))
  expect(screen.getAllByRole('article')).toHaveLength(2)
})

test('a visit before she may drive again says so', () => {
  const soon = visit('integration', 1, '2026-11-25T17:00:00.000Z')
  expect(open(course({ visits: [visits[0]!, soon] })).container.textContent).toContain('You may not drive there yourself yet.')
  cleanup()
  expect(open().container.textContent).not.toContain('You may not drive there')
})

test('nothing booked is not the same as nothing to keep free', () => {
  expect(open(course()).container.textContent).toContain('They follow from your dates, once these are booked with you.')
  expect(screen.queryByRole('button', { name: (name) => !name.startsWith('Leave') })).toBeNull()
})

test('the note names the whole days unless she chooses otherwise, and driving only when she wants it', async () => {
  open()
  fireEvent.click(screen.getByRole('checkbox', { name: /Also say until when/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Make the note' }))
  await waitFor(() => expect(sent).toHaveBeenCalledWith(expect.stringContaining('/work-note'), { visits: [visits[0]!.visit], driving: true }))
})

test('with no day chosen there is nothing to make', () => {
  open()
  fireEvent.click(screen.getByRole('checkbox', { name: /November 24/ }))
  expect((screen.getByRole('button', { name: 'Make the note' }) as HTMLButtonElement).disabled).toBe(true)
})

test('a refusal is said in its own words, and what she chose stays', async () => {
  answer = () => new Response(JSON.stringify({ code: 'work-note.moved', say: 'One of these visits has been moved or cancelled meanwhile.' }), { status: 409, headers: { 'content-type': 'application/json' } })
  const { container } = open()
  fireEvent.click(screen.getByRole('button', { name: 'Make the note' }))
  await waitFor(() => expect(container.textContent).toContain('moved or cancelled meanwhile'))
  expect((screen.getByRole('checkbox', { name: /November 24/ }) as HTMLInputElement).checked).toBe(true)
})
