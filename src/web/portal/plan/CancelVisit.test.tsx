// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AtHerPhone, course, NOW, visit } from '../testing/patient.tsx'
import { CancelVisit } from './CancelVisit.tsx'

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const talk = visit('integration', 1, '2026-11-24T18:00:00.000Z')
let fee: object
let answers: Response[]
const sent = vi.fn<(body: Record<string, unknown>) => void>()
beforeEach(() => {
  sent.mockClear()
  vi.stubGlobal('fetch', async (_: string, { method, body }: { method?: string; body?: string }) => {
    if (method !== 'POST') return json(fee)
    sent(JSON.parse(body!))
    return answers.shift()!
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
let opened = 0
const open = (asked: object, startsAt = talk.startsAt) => {
  const mine = { ...talk, startsAt, visit: `${talk.visit.slice(0, -1)}${(opened += 1) % 10}` }
  fee = asked
  return render(<AtHerPhone course={course({ visits: [mine] })}><CancelVisit id={mine.visit} /></AtHerPhone>)
}
const button = () => screen.findByRole('button', { name: 'Cancel this visit' })

test.each([
  [{ applies: true, amountCents: 12_500, freeUntil: '2026-11-23T16:00:00.000Z' }, 'The practice’s fee for late cancellations of $125.00 may apply.Nothing is charged by this page. Somebody at the practice reads why you cancel, and decides.'],
  [{ applies: true, amountCents: null, freeUntil: '2026-11-23T16:00:00.000Z' }, 'How much it would be is not known here; ask the practice.'],
  [{ applies: false, amountCents: null, freeUntil: '2026-11-23T18:00:00.000Z' }, 'No fee applies. Cancelling is free until today at 10:00 AM.'], [{ applies: false, amountCents: null, freeUntil: null }, 'The practice has set no fee for this.'],
])('%j is said before she cancels', async (asked, says) => {
  const { container } = open(asked)
  await button()
  expect(container.textContent?.replaceAll(' ', ' ')).toContain(says)
  expect(sent).not.toHaveBeenCalled()
})

test('a reason is asked for, and then it is cancelled, once', async () => {
  answers = [json({ code: 'database.away', say: 'The database does not answer.' }, 503), json({ done: true })]
  open({ applies: false, amountCents: null, freeUntil: null })
  fireEvent.click(await button())
  expect((await screen.findByRole('alert')).textContent).toContain('Please say why first.')
  expect(sent).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('radio', { name: 'I am ill' }))
  fireEvent.click(await button())
  await screen.findByText('The database does not answer.')
  fireEvent.click(await button())
  await screen.findByRole('heading', { name: 'It is cancelled' })
  expect(sent.mock.calls.map(([body]) => [body['reason'], body['id'] === sent.mock.calls[0]![0]['id']])).toEqual([['patient-ill', true], ['patient-ill', true]])
})

test('what has begun is not cancelled here', () => {
  open({ applies: false, amountCents: null, freeUntil: null }, NOW)
  expect(screen.getByRole('heading', { name: 'There is no such visit to cancel' })).toBeTruthy()
})
