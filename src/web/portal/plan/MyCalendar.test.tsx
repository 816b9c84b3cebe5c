// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AtHerPhone } from '../testing/patient.tsx'
import { MyCalendar } from './MyCalendar.tsx'

const sent: { path: string; body: unknown }[] = []
const answers: Record<string, object> = {}
beforeEach(() => {
  sent.length = 0
  answers['/api/my-calendars'] = { feeds: [], outer: [], invitations: { on: false, to: 'mara@example.org' } }
  vi.stubGlobal('fetch', async (path: string, how?: { body?: string }) => { if (how?.body) sent.push({ path, body: JSON.parse(how.body) }); return Response.json(answers[path] ?? { done: true }) })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const open = () => render(<AtHerPhone><MyCalendar /></AtHerPhone>)

test('an address is made without a word, shown once, and ended', async () => {
  answers['/api/my-calendars/feeds'] = { id: '11111111-0000-4000-8000-000000000001', address: 'https://care.example.org/feeds/secret.ics' }
  open()
  const make = await screen.findByRole('button', { name: 'Make an address' })
  answers['/api/my-calendars'] = { feeds: [{ id: '11111111-0000-4000-8000-000000000001', label: 'My phone', madeAt: '2026-11-23T17:00:00.000Z', lastReadAt: null }], outer: [], invitations: { on: false, to: 'mara@example.org' } }
  fireEvent.click(make)
  await screen.findByText('https://care.example.org/feeds/secret.ics')
  fireEvent.click(await screen.findByRole('button', { name: /^End it/ }))
  await vi.waitFor(() => expect(screen.queryByText(/secret\.ics/)).toBeNull())
  expect(sent).toEqual([{ path: '/api/my-calendars/feeds', body: { label: 'My phone' } }, { path: '/api/my-calendars/feeds/11111111-0000-4000-8000-000000000001/revoke', body: {} }])
})

test('nothing is mailed until she says so, and without an address there is nothing to say', async () => {
  open()
  const [no, yes] = [await screen.findByRole('radio', { name: /^No/ }), screen.getByRole('radio', { name: /^Yes/ })] as HTMLInputElement[]
  expect([no!.checked, yes!.checked]).toEqual([true, false])
  fireEvent.click(yes!)
  await vi.waitFor(() => expect(sent).toEqual([{ path: '/api/my-calendars/invitations', body: { on: true } }]))
  cleanup()
  answers['/api/my-calendars'] = { feeds: [], outer: [], invitations: { on: false, to: null } }
  open()
  await screen.findByText(/no e-mail address of yours/)
})
