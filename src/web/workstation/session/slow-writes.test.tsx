// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aSession, openRoom, settle, type Story, type Tablet } from './testing/in-room.tsx'

/** A device that takes its time to write, and hands that do not wait for it. */
beforeEach(() => { vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(cleanup)

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const count = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind).length
const title = (tablet: Tablet) => inside(tablet).queryByRole('dialog')?.getAttribute('aria-label') ?? inside(tablet).queryByRole('dialog')?.querySelector('h2')?.textContent

function slow(tablet: Tablet, ms = 60, fails = () => false) {
  const write = tablet.device.write.bind(tablet.device)
  vi.spyOn(tablet.device, 'write').mockImplementation(async (...given) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    if (fails()) throw new Error('The disk is full.')
    return write(...given)
  })
}

/** A write that lasts until it is let go. */
function held(tablet: Tablet): () => void {
  const write = tablet.device.write.bind(tablet.device)
  let release = () => {}
  const gate = new Promise<void>((resolve) => { release = resolve })
  vi.spyOn(tablet.device, 'write').mockImplementation(async (...given) => { await gate; return write(...given) })
  return release
}

describe('while a sheet is being written', () => {
  test('the next one may be opened, and stays open when the first is durable', async () => {
    const story = aSession()
    const mona = await openRoom(story, 'mona')
    slow(mona)
    press(mona, 'Note')
    press(mona, 'Note: tears')
    press(mona, 'More')
    expect(title(mona)).toBe('More')
    await settle(120)
    expect(count(story, 'session-note.v1')).toBe(1)
    expect(title(mona), 'what was opened meanwhile').toBe('More')
  })

  test('its own is closed once it is durable, not before', async () => {
    const story = aSession()
    const mona = await openRoom(story, 'mona')
    const release = held(mona)
    press(mona, 'Note')
    press(mona, 'Note: tears')
    await settle(10)
    expect(title(mona)).toBe('Note')
    release()
    await settle(60)
    expect(inside(mona).queryByRole('dialog')).toBeNull()
  })

  test('what is typed meanwhile stays: a note begun, and the next reading', async () => {
    const story = aSession()
    const mona = await openRoom(story, 'mona')
    const before = count(story, 'vitals.v1')
    slow(mona)
    const type = (label: string | RegExp, text: string) => fireEvent.change(inside(mona).getByLabelText(label), { target: { value: text } })
    const typed = (label: string | RegExp) => (inside(mona).getByLabelText(label) as HTMLInputElement).value
    press(mona, 'Vitals')
    type('Pulse (/min)', '84')
    press(mona, 'Record vitals')
    press(mona, 'Note')
    type(/^Note in words/, 'hums a song')
    await settle(120)
    expect([count(story, 'vitals.v1'), typed(/^Note in words/)]).toEqual([before + 1, 'hums a song'])
    press(mona, 'Vitals')
    expect(typed('Pulse (/min)'), 'written down').toBe('')
    type('Pulse (/min)', '86')
    press(mona, 'Record vitals')
    type('Saturation (%)', '97')
    await settle(120)
    expect(count(story, 'vitals.v1')).toBe(before + 2)
    press(mona, 'Vitals')
    expect([typed('Pulse (/min)'), typed('Saturation (%)')], 'no number of one reading is in the next').toEqual(['', '97'])
  })

  test.each([
    ['a note of one touch', 'Note', 'Note: tears', 'session-note.v1'],
    ['a signal', 'Comfort', 'Signal: stop', 'signal.v1'],
    ['an effect', 'Effect', 'Nausea, mild', 'side-effect.v1'],
    ['a dose drawn up', 'Dose', 'Prepared', 'dose-prepared.v1'],
  ])('pressed twice, %s is written once', async (_, key, touch, kind) => {
    const story = aSession()
    const mona = await openRoom(story, 'mona')
    slow(mona)
    press(mona, key)
    const [button] = inside(mona).getAllByRole('button', { name: touch })
    fireEvent.click(button!)
    fireEvent.click(button!)
    await settle(200)
    expect(count(story, kind)).toBe(1)
  })

  test('a second time is a second time: the same sheet opened again writes again', async () => {
    const story = aSession()
    const mona = await openRoom(story, 'mona')
    slow(mona, 20)
    for (const times of [1, 2]) {
      press(mona, 'Note')
      press(mona, 'Note: tears')
      await settle(80)
      expect(count(story, 'session-note.v1')).toBe(times)
    }
  })

  test('what could not be kept is said, its sheet stays, and it can be pressed again', async () => {
    const story = aSession()
    const mona = await openRoom(story, 'mona')
    let full = true
    slow(mona, 5, () => full)
    press(mona, 'Note')
    press(mona, 'Note: tears')
    await settle(60)
    expect(inside(mona).getByText(/The disk is full/)).toBeTruthy()
    expect(title(mona)).toBe('Note')
    full = false
    press(mona, 'Note: tears')
    await settle(60)
    expect(count(story, 'session-note.v1')).toBe(1)
    expect(inside(mona).queryByRole('dialog')).toBeNull()
  })
})
