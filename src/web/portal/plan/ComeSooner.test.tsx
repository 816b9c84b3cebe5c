// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AtHerPhone, course, entry, visit } from '../testing/patient.tsx'
import { ComeSooner } from './ComeSooner.tsx'
import { Plan } from './Plan.tsx'

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const talk = { ...visit('integration', 1, '2026-12-10T18:00:00.000Z'), localStart: '2026-12-10T10:00' }
let answers: (() => Response)[]
const sent = vi.fn<(path: string, body: Record<string, unknown>) => void>()
beforeEach(() => {
  sent.mockClear()
  answers = []
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method?: string; body?: string }) => {
    if (method !== 'POST') return json({ by: null, on: false, mail: false, text: false })
    sent(path, JSON.parse(body!))
    return (answers.shift() ?? (() => json({ done: true })))()
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const booked = entry('visits-booked.v1', { visits: [talk], why: '' })
const wish = { from: '2026-11-24', to: '2026-12-09', weekdays: [2], otherWay: false, noticeHours: 24 }
const wished = entry('sooner-wished.v1', { visit: talk.visit, type: 'integration', number: 1, ...wish })
const open = (entries: Parameters<typeof AtHerPhone>[0]['entries'] = []) => render(<AtHerPhone entries={[booked, ...entries!]} course={course({ visits: [talk] })}><ComeSooner id={talk.visit} /></AtHerPhone>)
const tap = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

test('nothing is chosen for her but the days; without the notice it says what is missing, and sends nothing', async () => {
  open()
  tap('Put me on the list')
  expect((await screen.findByRole('alert')).textContent).toContain('how much notice you need')
  expect(sent).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('radio', { name: /Two days/ }))
  fireEvent.click(screen.getByRole('checkbox', { name: 'Tuesday' }))
  tap('Put me on the list')
  await screen.findByRole('heading', { name: 'You are on the list' })
  expect(sent.mock.calls[0]![1]['wish']).toEqual({ from: '2026-11-24', to: '2026-12-10', weekdays: [2], otherWay: false, noticeHours: 48 })
})

test('what she said stands there to be changed, or taken back', async () => {
  open([wished])
  expect((screen.getByRole('checkbox', { name: 'Tuesday' }) as HTMLInputElement).checked).toBe(true)
  tap('Take me off the list')
  await screen.findByRole('heading', { name: 'You are off the list' })
  expect(sent.mock.calls[0]![0]).toMatch(/\/sooner\/withdraw$/)
})

test('on the plan: an offered time beside the old one, until when, and a yes that came too late says so kindly', async () => {
  const offered = entry('time-offered.v1', { round: talk.visit, by: { person: talk.visit, name: 'Claire' }, freed: { startsAt: '2026-12-01T18:00:00.000Z', endsAt: '2026-12-01T19:00:00.000Z' }, changes: [{ from: talk, to: { ...talk, startsAt: '2026-12-01T18:00:00.000Z', endsAt: '2026-12-01T19:00:00.000Z' }, why: '' }], until: '2026-11-24T17:00:00.000Z', held: false })
  answers = [() => json({ state: 'lost' })]
  const { container } = render(<AtHerPhone entries={[booked, wished, offered]} course={course({ visits: [talk] })}><Plan /></AtHerPhone>)
  await screen.findByText('A sooner time has come free')
  expect(container.textContent).toContain('Tuesday, December 1, 10:00 AM')
  expect(container.textContent).toContain('Now: Thursday, December 10, 10:00 AM')
  expect(container.textContent).toContain('You would come sooner, from November 24, 2026 to December 9, 2026.')
  tap('Yes, this time suits me')
  await waitFor(() => expect(container.textContent).toContain('Somebody else who waits was a little quicker. Your visit stays where it was.'))
  expect(sent.mock.calls[0]![1]).toMatchObject({ answer: 'yes' })
})

test('on the plan: other times that the practice asked about, until when, where to answer, and nothing once they are answered', async () => {
  const told = entry('change-told.v1', { way: 'asked', changes: [{ from: talk, to: { ...talk, startsAt: '2026-12-11T18:00:00.000Z', endsAt: '2026-12-11T19:00:00.000Z' }, why: '' }], until: '2026-11-25T17:00:00.000Z' })
  const { container } = render(<AtHerPhone entries={[booked, told]} course={course({ visits: [talk] })}><Plan /></AtHerPhone>)
  const asked = await screen.findByRole('region', { name: 'We asked you about another time' })
  expect(asked.textContent).toContain('Friday, December 11, 10:00 AM')
  expect(asked.textContent).toContain('Now: Thursday, December 10, 10:00 AM')
  expect(asked.textContent).toContain('Say yes or no by the link in our message. We keep the new time for you until Wednesday, November 25, 9:00 AM.')
  cleanup()
  render(<AtHerPhone entries={[booked, told, entry('change-answered.v1', { told: told.id, answer: 'no', via: 'link', lost: false })]} course={course({ visits: [talk] })}><Plan /></AtHerPhone>)
  await screen.findByRole('heading', { name: 'My plan' })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(container.textContent + document.body.textContent!).not.toContain('We asked you about')
})
