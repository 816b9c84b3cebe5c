// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Entry } from '../../../../core/chart/entry.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { open, ready, stored } from '../testing/open.tsx'
import { MaintenanceRoom } from './MaintenanceRoom.tsx'

const sent: { readonly url: string; readonly body: Record<string, unknown> }[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    if (how?.body) sent.push({ url, body: JSON.parse(how.body) as Record<string, unknown> })
    return Response.json({ done: true })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const visit = (day: string, type: BodyOf<'visits-booked.v1'>['visits'][number]['type'], number: number) =>
  ({ visit: `a0000000-0000-4000-8000-0000${day.replaceAll('-', '')}`, type, number, startsAt: `${day}T17:00:00.000Z`, endsAt: `${day}T20:00:00.000Z`, localStart: `${day}T09:00`, zone: 'America/Los_Angeles', people: [], online: false })
const visits = [visit('2026-11-10', 'preparation', 3), visit('2026-11-30', 'integration', 1), visit('2026-11-29', 'medicine', 1), visit('2026-12-20', 'follow-up', 1)]
const ended: Entry[] = [...ready(), stored('visits-booked.v1', { visits, why: '' }), stored('course-ended.v1', { reason: 'She moves to another town.' }, { at: '2026-11-21T17:00:00.000Z' })]
const show = (entries: readonly Entry[], role: 'therapist' | 'prescriber' = 'therapist') => open(<MaintenanceRoom />, { entries, role })
const listed = () => within(screen.getByRole('list', { name: 'Visits still booked' })).getAllByRole('listitem').map(({ textContent }) => textContent)

test('what is still to come of an ended course goes in one act, follow-ups stay, and the patient is told', async () => {
  show(ended)
  expect(listed()).toEqual([expect.stringMatching(/^Medicine session 1, Sun, Nov 29/), expect.stringMatching(/^Integration 1, Mon, Nov 30/)])
  const words = screen.getByLabelText(/What the patient reads/)
  expect((words as HTMLTextAreaElement).value).toMatch(/^The course has ended\. These visits will not take place:\nMedicine session 1, .*\nIntegration 1, .*\nFollow-ups go on/)
  fireEvent.change(words, { target: { value: 'Ida, as we said: these two will not take place.' } })
  await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Cancel these 2 visits' })) })
  await waitFor(() => expect(sent.filter(({ url }) => url.endsWith('/visits/cancel'))).toMatchObject([{ body: { visits: [visits[2]!.visit, visits[1]!.visit], why: 'The course has ended.', message: 'Ida, as we said: these two will not take place.' } }]))
})

test('nothing is sent to a patient without words, and nothing is offered once nothing is booked', async () => {
  show(ended)
  fireEvent.change(screen.getByLabelText(/What the patient reads/), { target: { value: ' ' } })
  await act(async () => { fireEvent.click(screen.getByRole('button', { name: /^Cancel these/ })) })
  expect(sent.filter(({ url }) => url.endsWith('/visits/cancel'))).toEqual([])
  expect(screen.getAllByText('Write what the patient reads.').length).toBeGreaterThan(0)
  show([...ended, ...visits.slice(1, 3).map((one) => stored('visit-cancelled.v1', { visit: one.visit, why: 'The course has ended.' }, { at: '2026-11-21T17:30:00.000Z' }))])
  expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull()
  expect(screen.getByText(/No visit of it is booked any more; 2 visits were cancelled since it ended/)).toBeTruthy()
})
