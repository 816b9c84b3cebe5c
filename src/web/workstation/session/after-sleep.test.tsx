// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClock } from '../../sync/clock.ts'
import { aSession, given, openRoom, settle, type Tablet } from './testing/in-room.tsx'

/** The lid was shut, or the tab was frozen: no tick came, and the wall clock went on. */
let sleptMs = 0
const lid = () => createClock({ deviceMs: () => Date.now() + sleptMs, kept: () => 0, keep: () => {} })
beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') })
  sleptMs = 0
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const sleepFor = async (minutes: number) => { sleptMs += minutes * 60_000; await settle(700) }
const sinceDose = (tablet: Tablet) => tablet.container.querySelector('.r-clocks .k-clock__time')!.textContent

describe('after a sleep of half an hour', () => {
  test('the clocks tell the time that has passed, not the ticks that came', async () => {
    const story = aSession()
    given(story, 2)
    const mona = await openRoom(story, 'mona', { idleMinutes: 120, clock: lid() })
    expect(sinceDose(mona)).toBe('0:02')
    expect(inside(mona).getByRole('timer', { name: 'Next reading in' }).textContent).toMatch(/^[78]:\d\d/)
    await sleepFor(30)
    expect(sinceDose(mona)).toBe('0:32')
    expect(inside(mona).getByRole('timer', { name: 'Reading overdue by' }).textContent).toMatch(/^2[12]:\d\d/)
    expect(inside(mona).getByRole('alert').textContent).toMatch(/^(call|emergency) /)
    expect(inside(mona).getByRole('region', { name: 'Last readings' }).textContent, 'an old number says how old').toMatch(/122\/78\d\d:\d\d · 3\d min ago/)
  })

  test('a card begun before it has run on', async () => {
    const story = aSession()
    story.on(1, 'thea', 'emergency-step.v1', { card: 'seizure', step: 'Look at the clock.' })
    const mona = await openRoom(story, 'mona', { idleMinutes: 120, clock: lid() })
    for (let time = 0; time < 2; time += 1) fireEvent.click(inside(mona).getByRole('button', { name: /EMERGENCY/ }))
    expect(inside(mona).getByRole('dialog').textContent).toMatch(/until: Does it go on\?/)
    await sleepFor(30)
    expect(inside(mona).getByRole('timer', { name: 'Since it began' }).textContent).toMatch(/^31:/)
    expect(within(inside(mona).getByRole('dialog')).getByRole('alert').textContent).toContain('Does it go on?')
  })

  test('a device left that long has locked, and its numbers and its alarm are still in sight', async () => {
    const story = aSession()
    given(story, 2)
    const mona = await openRoom(story, 'mona', { idleMinutes: 15, clock: lid() })
    await sleepFor(30)
    expect(inside(mona).getByLabelText('PIN')).toBeTruthy()
    expect(inside(mona).getByRole('alert').textContent).toMatch(/^(call|emergency) /)
  })
})
