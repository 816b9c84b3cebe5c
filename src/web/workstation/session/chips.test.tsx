// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Running } from '../../../core/session/running.ts'
import { instant } from '../../../core/shared/time.ts'
import { DeviceContext } from '../../sync/chart-on-device.ts'
import { Chips, chipSays } from './Chips.tsx'
import { SessionRoom } from './SessionRoom.tsx'
import { aSession, CHART, openRoom, OTHER, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

const NOW = '2026-11-21T18:00:00.000Z'
const seconds = (many: number) => instant(Date.parse(NOW) + many * 1_000)
const one = (name: string, more: Partial<Running> = {}): Running => ({ chart: `c-${name}`, session: `s-${name}`, name, alert: null, dueAt: seconds(130), firstDoseAt: seconds(-900), people: 2, with: [], phase: null, heardAt: NOW, ...more })
const alarm = { level: 'orange', says: 'Systolic pressure 190 mmHg (180 mmHg or more)', at: seconds(-20), answered: false } as const
const room = (now = NOW) => ({ now, zone: 'UTC' })
const names = () => [...document.querySelectorAll('.r-chip__who')].map(({ textContent }) => textContent)

afterEach(() => { cleanup(); vi.unstubAllGlobals() })

describe('what a chip says', () => {
  test.each<[string, Partial<Running>, string]>([
    ['a reading to come', {}, 'reading in 2:10'],
    ['a reading that is late', { dueAt: seconds(-190) }, 'reading 3:10 late'],
    ['nothing given yet', { dueAt: null, firstDoseAt: null }, 'before the dose'],
    ['a dose, and nothing due', { dueAt: null }, 'no reading due'],
    ['an alarm, without its rule', { alert: alarm }, 'call: Systolic pressure 190 mmHg'],
    ['an alarm that somebody is on', { alert: { ...alarm, answered: true } }, 'call: Systolic pressure 190 mmHg, somebody is on it'],
    ['an alarm and a late reading', { alert: alarm, dueAt: seconds(-60) }, 'call: Systolic pressure 190 mmHg · reading 1:00 late'],
  ])('%s', (_, more, says) => expect(chipSays(one('Ida N.', more), NOW)).toBe(says))
})

describe('the row of chips', () => {
  const told = (running: readonly Running[], asOf = NOW) => ({ running, asOf })
  test('most urgent first, each leading to its own room and to no other', () => {
    const go = vi.fn()
    render(<Chips elsewhere={told([one('Ida N.'), one('Vera S.', { alert: alarm }), one('Tomás R.', { dueAt: seconds(-60) })])} room={room()} onGo={go} />)
    expect(names()).toEqual(['Vera S.', 'Tomás R.', 'Ida N.'])
    for (const link of screen.getAllByRole('link')) { expect(link.getAttribute('href')).toMatch(/^\/work\/charts\/c-(.+)\/session\/s-\1$/); fireEvent.click(link) }
    expect(go.mock.calls).toEqual([['c-Vera S.', 's-Vera S.'], ['c-Tomás R.', 's-Tomás R.'], ['c-Ida N.', 's-Ida N.']])
  })

  test('under a finger they keep their places, and take the new ones when it is gone', () => {
    const calm = told([one('Ida N.', { dueAt: seconds(10) }), one('Vera S.', { dueAt: seconds(60) })])
    const worse = told([one('Ida N.', { dueAt: seconds(10) }), one('Vera S.', { alert: alarm }), one('Tomás R.', { alert: { ...alarm, level: 'red' } })])
    const shown = render(<Chips elsewhere={calm} room={room()} onGo={undefined} />)
    fireEvent.pointerEnter(screen.getByRole('navigation'))
    shown.rerender(<Chips elsewhere={worse} room={room()} onGo={undefined} />)
    expect(names()).toEqual(['Ida N.', 'Vera S.', 'Tomás R.'])
    fireEvent.pointerLeave(screen.getByRole('navigation'))
    expect(names()).toEqual(['Tomás R.', 'Vera S.', 'Ida N.'])
  })

  test('without news they count on and say how old they are', () => {
    const shown = render(<Chips elsewhere={told([one('Ida N.')])} room={room()} onGo={undefined} />)
    expect(shown.container.textContent).not.toContain('as of')
    shown.rerender(<Chips elsewhere={told([one('Ida N.')])} room={room(seconds(200))} onGo={undefined} />)
    expect(shown.container.textContent).toContain('reading 1:10 late')
    expect(shown.container.textContent).toContain('as of 18:00')
  })

  test('nobody else in a session: no row', () => {
    expect(render(<Chips elsewhere={told([])} room={room()} onGo={undefined} />).container.textContent).toBe('')
    expect(render(<Chips elsewhere={undefined} room={room()} onGo={undefined} />).container.textContent).toBe('')
  })
})

describe('two rooms on one device, one after the other and back', () => {
  beforeEach(() => { vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
  const both = async () => {
    const mara = aSession()
    const ida = aSession({ beside: mara, chart: OTHER })
    const tablet = await openRoom(mara, 'mona')
    const to = async (story: Story) => {
      tablet.rerender(<DeviceContext value={tablet.device}><SessionRoom chart={story === mara ? CHART : OTHER} session={story.session} /></DeviceContext>)
      await tablet.findByRole('heading', { name: story === mara ? 'Mara K.' : 'Ida N.' })
    }
    return { mara, ida, tablet, to }
  }
  const press = (tablet: Tablet, name: string) => fireEvent.click(within(tablet.container as HTMLElement).getByRole('button', { name }))
  const written = (story: Story, before: number) => story.entries().slice(before).map(({ kind, body, session }) => [kind, (body as { text?: string }).text ?? '', session])

  test('what is written lands on the chart and in the session of the room it was written in, however quickly one changes', async () => {
    const { mara, ida, tablet, to } = await both()
    const before = [mara.entries().length, ida.entries().length] as const
    for (const [story, phrase] of [[mara, 'tears'], [ida, 'quiet'], [mara, 'quiet'], [ida, 'tears']] as const) {
      await to(story)
      press(tablet, 'Note')
      press(tablet, `Note: ${phrase}`) // Nobody waits until it is saved.
    }
    await settle(200)
    expect(written(mara, before[0])).toEqual([['session-note.v1', 'tears', mara.session], ['session-note.v1', 'quiet', mara.session]])
    expect(written(ida, before[1])).toEqual([['session-note.v1', 'quiet', ida.session], ['session-note.v1', 'tears', ida.session]])
    expect([...mara.entries(), ...ida.entries()].every(({ by }) => Object.values(people).some(({ person }) => person === by))).toBe(true)
  })

  test('without the network as well, and sent to the right chart afterwards', async () => {
    const { mara, ida, tablet, to } = await both()
    await to(ida); await to(mara)
    const before = [mara.entries().length, ida.entries().length] as const
    tablet.online(false)
    press(tablet, 'Note'); press(tablet, 'Note: tears')
    await to(ida)
    press(tablet, 'Note'); press(tablet, 'Note: quiet')
    await settle()
    tablet.online(true)
    await settle(2_500)
    expect(written(mara, before[0])).toEqual([['session-note.v1', 'tears', mara.session]])
    expect(written(ida, before[1])).toEqual([['session-note.v1', 'quiet', ida.session]])
  })

  test('a half-typed reading stays with the person it belongs to', async () => {
    const { mara, ida, tablet, to } = await both()
    const systolic = () => within(tablet.container as HTMLElement).getByLabelText('Systolic (mmHg)') as HTMLInputElement
    press(tablet, 'Vitals')
    fireEvent.change(systolic(), { target: { value: '18' } })
    await to(ida)
    expect(within(tablet.container as HTMLElement).queryByRole('dialog'), 'a sheet does not travel').toBeNull()
    press(tablet, 'Vitals')
    expect(systolic().value).toBe('')
    await to(mara)
    press(tablet, 'Vitals')
    expect(systolic().value).toBe('18')
  })

  test('an alert that is answered in one room stays unanswered in the other', async () => {
    const { mara, ida, tablet, to } = await both()
    for (const story of [mara, ida]) story.on(1, 'thea', 'vitals.v1', { systolicMmHg: 190, diastolicMmHg: 90 })
    await to(ida)
    await within(tablet.container as HTMLElement).findByText(/190/, { selector: '[role=alert]' })
    press(tablet, 'I am on it')
    await settle()
    expect(ida.entries().filter(({ kind }) => kind === 'alert-answered.v1')).toHaveLength(1)
    expect(mara.entries().filter(({ kind }) => kind === 'alert-answered.v1')).toHaveLength(0)
  })
})
