// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

beforeEach(() => { localStorage.clear(); vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)
const keysOf = (tablet: Tablet, name: string) => within(inside(tablet).getByRole('navigation', { name })).getAllByRole('button').map(({ textContent }) => textContent)
const high = (story: Story, minutesAgo: number) => story.on(minutesAgo, 'thea', 'vitals.v1', { systolicMmHg: 190, diastolicMmHg: 90 })

describe('a prescriber who is not in the room', () => {
  test('sees the same record under another label, and is given no key that writes down what only the room sees', async () => {
    const story = aSession()
    given(story, 20)
    const pia = await openRoom(story, 'pia')
    const panel = inside(pia).getByRole('region', { name: 'Looking in from elsewhere' })
    expect(panel.textContent).toMatch(/Thea Sample, therapist, since .*Mona Sample, monitor, since/)
    expect(panel.textContent).toMatch(/60 mg IM at /)
    expect(panel.textContent, 'how old the news of each device is').toMatch(/Thea S\.: newest .* ago/)
    expect(inside(pia).getByRole('region', { name: 'Last readings' }).textContent).toContain('122/78')
    expect(inside(pia).queryByRole('navigation', { name: 'Write down' })).toBeNull()
    expect(keysOf(pia, 'From elsewhere')).toEqual(['Alerts', 'Questions', 'Dose', 'More', 'I am in the room'])
    expect(inside(pia).getByRole('link', { name: 'Write an order' }).getAttribute('href')).toContain('?step=order')
  })

  test.each(['v', 's', 'e', 'c', 'n'])('the single key %s opens nothing', async (key) => {
    const pia = await openRoom(aSession(), 'pia')
    fireEvent.keyDown(document.body, { key })
    expect(inside(pia).queryByRole('dialog')).toBeNull()
  })

  test('behind More there is nothing of the bedside either, and going home is read and signed, not assessed', async () => {
    const pia = await openRoom(aSession(), 'pia')
    press(pia, 'More')
    for (const name of ['Check who it is', 'Food, drink, alcohol, medicines', 'Suicide screen', 'Going home with', 'Given to help']) expect(inside(pia).queryByRole('button', { name }), name).toBeNull()
    press(pia, 'Going home')
    const dialog = inside(pia).getByRole('dialog')
    expect(within(dialog).getByRole('region', { name: 'Signatures' })).toBeTruthy()
    for (const name of [/^assess/i, /^Take vitals/, /^Ask the suicide/, /^Who takes/]) expect(within(dialog).queryByRole('button', { name }), String(name)).toBeNull()
  })

  test('the dose is seen and not touched', async () => {
    const story = aSession({ without: ['vitals', 'identity'] })
    const order = of(story, 'order.v1')[0]!.id
    story.on(3, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order, lot: '' })
    const pia = await openRoom(story, 'pia')
    press(pia, 'Dose')
    const dialog = inside(pia).getByRole('dialog')
    expect(dialog.textContent).toMatch(/Thea S\. prepared 60 mg IM at .*; nobody has read it back\./)
    for (const name of [/Prepared/, /Confirm the amount/, /given$/, /^Take vitals/, /^Check who it is/]) expect(within(dialog).queryByRole('button', { name }), String(name)).toBeNull()
    expect(within(dialog).queryByLabelText(/Amount/)).toBeNull()
  })

  test('a call names the time left for an answer, and is answered as from elsewhere', async () => {
    const story = aSession()
    given(story, 10)
    high(story, 0.5)
    const pia = await openRoom(story, 'pia')
    const panel = within(inside(pia).getByRole('region', { name: 'Looking in from elsewhere' }))
    expect(panel.getByText(/Your answer is expected within 1:\d\d\./)).toBeTruthy()
    fireEvent.click(panel.getByRole('button', { name: /^I am on it: Systolic pressure/ }))
    await settle()
    expect(of(story, 'alert-answered.v1')[0]).toMatchObject({ by: people.pia.person, body: { action: 'seen', note: 'From elsewhere.' } })
    expect(panel.queryByText(/Your answer/)).toBeNull()
  })

  test('an answer that is late says by how much', async () => {
    const story = aSession()
    given(story, 10)
    high(story, 3)
    expect(inside(await openRoom(story, 'pia')).getByText(/Your answer was expected 1:\d\d ago\./)).toBeTruthy()
  })

  test('whoever checks in is in the room, with all its keys', async () => {
    const pia = await openRoom(aSession(), 'pia')
    press(pia, 'I am in the room')
    press(pia, 'Check in as prescriber')
    await settle()
    expect(inside(pia).queryByRole('region', { name: 'Looking in from elsewhere' })).toBeNull()
    expect(keysOf(pia, 'Write down')).toContain('Vitals')
  })

  test.each(['thea', 'mona'] as const)('%s is never taken for somebody elsewhere, checked in or not', async (name) => {
    const tablet = await openRoom(aSession({ without: ['check-in'] }), name)
    expect(keysOf(tablet, 'Write down')).toContain('Vitals')
  })
})

describe('between the room and elsewhere', () => {
  test('a question has two minutes, by the rules, and its answer is on both screens', async () => {
    const story = aSession()
    const [mona, pia] = [await openRoom(story, 'mona'), await openRoom(story, 'pia')]
    press(mona, 'More'); press(mona, 'Ask the prescriber')
    fireEvent.change(inside(mona).getByLabelText(/^What you ask/), { target: { value: 'Is ondansetron all right?' } })
    press(mona, 'Ask')
    await settle()
    const [asked] = of(story, 'question-asked.v1')
    expect(asked).toMatchObject({ by: people.mona.person, session: story.session, body: { to: people.pia.person, text: 'Is ondansetron all right?' } })
    expect(Date.parse((asked!.body as { dueAt: string }).dueAt) - Date.parse(asked!.writtenAt)).toBeGreaterThan(117_000)
    expect(Date.parse((asked!.body as { dueAt: string }).dueAt) - Date.parse(asked!.writtenAt)).toBeLessThanOrEqual(120_000)
    expect(inside(pia).getByRole('region', { name: 'Looking in from elsewhere' }).textContent).toContain('Mona S. asks: Is ondansetron all right?')
    press(pia, 'Questions')
    fireEvent.change(inside(pia).getByLabelText(/^Answer to/), { target: { value: 'Yes, 4 mg.' } })
    press(pia, 'Answer')
    await settle()
    expect(of(story, 'question-answered.v1')[0]).toMatchObject({ by: people.pia.person, session: story.session, body: { question: asked!.id, text: 'Yes, 4 mg.' } })
    expect(inside(mona).getByRole('dialog').textContent).toContain('Yes, 4 mg.')
    expect(inside(mona).getByRole('region', { name: 'Log' }).textContent).toMatch(/Answer: Yes, 4 mg\..*Question to Pia Sample: Is ondansetron all right\?/s)
  })

  test('a question to somebody in the room has no deadline of the rules', async () => {
    const story = aSession()
    const pia = await openRoom(story, 'pia')
    press(pia, 'Questions')
    fireEvent.click(inside(pia).getByLabelText(/Mona Sample/))
    fireEvent.change(inside(pia).getByLabelText(/^What you ask/), { target: { value: 'How is the breathing?' } })
    press(pia, 'Ask')
    await settle()
    expect(of(story, 'question-asked.v1')[0]!.body).toEqual({ to: people.mona.person, text: 'How is the breathing?' })
  })
})
