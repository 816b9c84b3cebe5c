// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AtHerPhone, course, entry, visit } from '../testing/patient.tsx'
import { MoveVisit } from './MoveVisit.tsx'
import { Plan } from './Plan.tsx'

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const [talk, dose] = [visit('integration', 1, '2026-11-26T18:00:00.000Z'), visit('medicine', 2, '2026-12-01T17:00:00.000Z', 3)]
const to = (hours: string, of = talk) => ({ ...of, startsAt: `2026-11-27T${hours}:00:00.000Z`, endsAt: `2026-11-27T${Number(hours) + 1}:00:00.000Z` })
let offered: object
let answers: (() => Response)[]
const sent = vi.fn<(body: Record<string, unknown>) => void>()
beforeEach(() => {
  sent.mockClear()
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async (_: string, { method, body }: { method?: string; body?: string }) => {
    if (method !== 'POST') return json(offered)
    sent(JSON.parse(body!))
    return answers.shift()!()
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

let opened = 0
/** Each opening of the page asks anew; one visit of its own for each test, since answers of this page are kept. */
const open = (some: object, of = talk) => {
  const mine = { ...of, visit: `${of.visit.slice(0, -1)}${(opened += 1) % 10}` }
  offered = { how: 'themselves', why: null, noticeHours: 48, slots: [to('17'), to('19')], ...some }
  return render(<AtHerPhone course={course({ visits: [mine] })}><MoveVisit id={mine.visit} /></AtHerPhone>)
}
const tap = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }))

test('a time is chosen, looked at and taken: two taps on this page, and nothing was sent before the second', async () => {
  answers = [() => json({ state: 'moved' })]
  open({})
  await tap('Friday, November 27, 9:00 AM')
  expect(screen.getByText('Friday, November 27, 9:00 AM to 10:00 AM')).toBeTruthy()
  expect(sent).not.toHaveBeenCalled()
  await tap('Move it')
  await screen.findByRole('heading', { name: 'It is moved' })
  expect(sent.mock.calls).toEqual([[expect.objectContaining({ startsAt: '2026-11-27T17:00:00.000Z', words: '' })]])
})

test('somebody was quicker: it says so, the visit stays, and what is free now is offered by itself', async () => {
  answers = [() => json({ code: 'plan.clash', say: 'Someone booked one of these times.' }, 409)]
  open({})
  await tap('Friday, November 27, 9:00 AM')
  offered = { ...offered, slots: [to('19')] }
  await tap('Move it')
  expect((await screen.findByRole('alert')).textContent).toContain('Somebody took that time a moment ago. Your visit is where it was.'.replace('. Y', '.Y'))
  await waitFor(() => expect(screen.queryByRole('button', { name: /9:00 AM/ })).toBeNull())
  expect(screen.getByRole('button', { name: /11:00 AM/ })).toBeTruthy()
})

test('one that the practice says yes to is asked for, and it says that nothing has changed', async () => {
  answers = [() => json({ state: 'asked' })]
  open({ how: 'asked', slots: [to('17', dose)] }, dose)
  await tap(/9:00 AM/)
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'My sister visits.' } })
  await tap('Ask for this time')
  expect((await screen.findByRole('heading', { name: 'You have asked' })).closest('main')!.textContent).toContain('Your visit stays where it is until the practice says yes.')
  expect(sent.mock.calls[0]![0]).toMatchObject({ words: 'My sister visits.' })
})

test('sent again after its answer was lost it is the same act', async () => {
  answers = [() => { throw new TypeError('no network') }, () => json({ state: 'moved' })]
  open({})
  await tap(/9:00 AM/)
  await tap('Move it')
  await screen.findByRole('alert')
  await tap('Move it')
  await screen.findByRole('heading', { name: 'It is moved' })
  expect(sent.mock.calls[0]![0]['id']).toBe(sent.mock.calls[1]![0]['id'])
})

test.each([
  [{ how: 'not', why: 'too-late', slots: [] }, 'It begins in less than 48 hours.'], [{ how: 'not', why: 'by-the-practice', slots: [] }, 'The practice moves this visit itself.'], [{ slots: [] }, 'There is no other time now'],
])('%j leads to the practice, and to no button', async (some, says) => {
  open(some)
  expect((await screen.findByText(new RegExp(says))).closest('main')!.textContent).toContain('call +1 510 555 0142')
  expect(screen.queryByRole('button', { name: /AM/ })).toBeNull()
})

test('on the plan: what she asked for and what was answered stand beside the visit, and only what may move offers it', () => {
  const asked = entry('move-asked.v1', { from: dose.startsAt, to: to('17', dose), words: '' })
  const plan = (...more: Parameters<typeof entry>[]) => render(<AtHerPhone course={course({ visits: [visit('preparation', 2, '2026-11-24T18:00:00.000Z'), talk, dose] })} entries={[entry('visits-booked.v1', { visits: [dose], why: '' }), asked, ...more.map((one) => entry(...one))]}><Plan /></AtHerPhone>)
  expect(plan().container.textContent).toContain('You asked for Friday, November 27, 9:00 AM. The practice has not answered yet.')
  expect(screen.getAllByRole('link', { name: /^Move/ }).map((link) => link.getAttribute('href'))).toEqual([`/my/move/${talk.visit}`, `/my/move/${dose.visit}`])
  cleanup()
  expect(plan(['move-answered.v1', { asked: asked.id, answer: 'no', words: 'Nobody is there.' }]).container.textContent).toContain('The practice says it cannot be: Nobody is there.')
})
