// @vitest-environment happy-dom
import { cleanup, fireEvent, render, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BodyOf } from '../../../core/chart/kinds.ts'
import { monitoring } from '../../../knowledge/monitoring.ts'
import { DeviceContext } from '../../sync/chart-on-device.ts'
import { KitForm, ReachForm } from './RoomReady.tsx'
import { aSession, drawnUp, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

/** The kit and the prescriber, before a session and in it: one thing looked at after the other, nothing ticked beforehand. */
const ROOM = { id: '00000000-0000-4000-8000-0000000000a2', name: 'Room 2' }
const look = { at: '2026-11-21T16:10:00.000Z', person: people.mona.person, name: 'Lee Sample', items: monitoring.gates.kit.items.map(({ id }) => ({ item: id as string, present: true })), earliestExpiry: '2027-03-01' }
let checked: object | null | 'silent'
beforeEach(() => {
  checked = null
  vi.stubGlobal('fetch', async (url: string) => {
    if (!url.includes('/checked')) throw new TypeError('no network in this test')
    if (checked === 'silent') return new Promise(() => {})
    return new Response(JSON.stringify({ checked }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

async function kitForm(room: typeof ROOM | undefined = ROOM, waitMs = 50) {
  const written: BodyOf<'room-checked.v1'>[] = []
  const shown = render(<DeviceContext value={{ simulated: false } as never}><KitForm chart="c" row={monitoring.gates.kit} room={room} today="2026-11-21" zone="America/Los_Angeles" onChecked={(body) => written.push(body)} /></DeviceContext>)
  await settle(waitMs)
  return { ...within(shown.container as HTMLElement), written }
}
const button = (form: Pick<Awaited<ReturnType<typeof kitForm>>, 'getByRole'>, name: string | RegExp) => form.getByRole('button', { name }) as HTMLButtonElement

describe('the emergency kit', () => {
  test('is looked at thing by thing: nothing is ticked beforehand, and what is not ticked is written as not there', async () => {
    const form = await kitForm()
    expect(form.getAllByRole('checkbox').map((box) => (box as HTMLInputElement).checked)).toEqual(monitoring.gates.kit.items.map(() => false))
    expect(button(form, /^Kit checked/).disabled).toBe(true)
    for (const { id, name } of monitoring.gates.kit.items) if (id !== 'suction') fireEvent.click(form.getByLabelText(name))
    expect(button(form, /^Kit checked/).disabled, 'no date yet').toBe(true)
    fireEvent.change(form.getByLabelText(/Earliest date/), { target: { value: '2027-03-01' } })
    fireEvent.click(button(form, 'Kit checked: 1 not there'))
    expect(form.written).toEqual([{ room: ROOM, items: monitoring.gates.kit.items.map(({ id }) => ({ item: id, present: id !== 'suction' })), earliestExpiry: '2027-03-01' }])
  })

  test('a date that has passed is said at once', async () => {
    const form = await kitForm(undefined)
    fireEvent.change(form.getByLabelText(/Earliest date/), { target: { value: '2026-11-20' } })
    expect(form.getByText(/This date has passed/)).toBeTruthy()
  })

  test('the last look of the day stands there as a fact, and counts only once a person finds it still so', async () => {
    checked = look
    const form = await kitForm()
    expect(form.getByText('Checked 08:10 by Lee Sample: everything was there, in date until 2027-03-01.')).toBeTruthy()
    expect(form.written).toEqual([])
    fireEvent.click(button(form, 'It is still so'))
    expect(form.written).toEqual([{ room: ROOM, items: look.items, earliestExpiry: '2027-03-01', confirms: { at: look.at, person: look.person, name: 'Lee Sample' } }])
  })

  test.each([['something was not there', { ...look, items: look.items.map(({ item }) => ({ item, present: item !== 'oxygen' })) }, /not there: oxygen/], ['something was not looked at', { ...look, items: look.items.slice(1) }, /not there: oxygen/], ['a date has passed', { ...look, earliestExpiry: '2026-11-20' }, /in date until 2026-11-20/]])('where %s it cannot be found still so', async (_, found, says) => {
    checked = found
    const form = await kitForm()
    expect(form.getByText(says)).toBeTruthy()
    expect(form.queryByRole('button', { name: 'It is still so' })).toBeNull()
    expect(form.getAllByRole('checkbox')).toHaveLength(13)
  })

  test('it may be looked through again, and a network that says nothing keeps nobody waiting', async () => {
    checked = look
    const form = await kitForm()
    fireEvent.click(button(form, 'Check it again'))
    expect(form.getAllByRole('checkbox')).toHaveLength(13)
    cleanup()
    checked = 'silent'
    expect((await kitForm(ROOM, 100)).queryAllByRole('checkbox')).toEqual([])
    cleanup()
    expect((await kitForm(ROOM, 1_700)).getAllByRole('checkbox')).toHaveLength(13)
  })
})

describe('the prescriber to reach', () => {
  const pia = { person: people.pia.person, name: 'Pia Sample' }
  const reach = (prescribers: readonly { person: string; name: string }[] = [pia], onSite = true) => {
    const written: BodyOf<'prescriber-reachable.v1'>[] = []
    const shown = render(<ReachForm row={monitoring.gates.prescriber} prescribers={prescribers} onSite={onSite} neededUntil="2026-11-21T20:05:00.000Z" zone="America/Los_Angeles" onReached={(body) => written.push(body)} />)
    return { ...within(shown.container as HTMLElement), written }
  }
  test('where they are and until when is said; nothing is chosen beforehand, and the hours begin when the session ends', () => {
    const form = reach()
    expect(form.getAllByRole('radio').every((radio) => !(radio as HTMLInputElement).checked)).toBe(true)
    expect(within(form.getByRole('group', { name: 'Until' })).getAllByRole('radio').map((radio) => (radio as HTMLInputElement).value)).toEqual(['2026-11-21T20:15:00.000Z', '2026-11-21T21:15:00.000Z', '2026-11-21T22:15:00.000Z'])
    expect(form.getByText(/within 120 seconds.*from within the building/)).toBeTruthy()
    fireEvent.click(form.getByLabelText('By phone'))
    expect(button(form, 'They can be reached').disabled).toBe(true)
    fireEvent.click(form.getByLabelText('12:15'))
    fireEvent.click(button(form, 'They can be reached'))
    expect(form.written).toEqual([{ ...pia, by: 'phone', answersWithinSec: 120, until: '2026-11-21T20:15:00.000Z' }])
  })

  test('of several one is chosen; of none somebody is told what to do', () => {
    const form = reach([pia, { person: people.mona.person, name: 'Paul Sample' }], false)
    expect(form.queryByText(/from within the building/)).toBeNull()
    fireEvent.click(form.getByLabelText('In the building'))
    fireEvent.click(form.getByLabelText('12:15'))
    expect(button(form, 'They can be reached').disabled).toBe(true)
    fireEvent.click(form.getByLabelText('Paul Sample'))
    fireEvent.click(button(form, 'They can be reached'))
    expect(form.written).toMatchObject([{ name: 'Paul Sample' }])
    cleanup()
    expect(reach([]).getByText('No prescriber is on this person’s team.')).toBeTruthy()
  })
})

describe('in the room', () => {
  const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
  const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
  const written = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)
  test('from the dose one comes to the kit and to the prescriber, and what is written counts at once', async () => {
    const story = aSession({ without: ['kit', 'reachable'] })
    drawnUp(story)
    const thea = await openRoom(story, 'thea')
    press(thea, 'Dose')
    press(thea, 'Check the emergency kit')
    await settle()
    for (const box of inside(thea).getAllByRole('checkbox')) fireEvent.click(box)
    fireEvent.change(inside(thea).getByLabelText(/Earliest date/), { target: { value: '2099-01-01' } })
    press(thea, 'Kit checked')
    await settle()
    expect(written(story, 'room-checked.v1')).toMatchObject([{ by: people.thea.person, session: story.session, body: { earliestExpiry: '2099-01-01' } }])
    press(thea, 'Dose')
    expect(inside(thea).queryByRole('button', { name: 'Check the emergency kit' })).toBeNull()
    press(thea, 'Ask the prescriber')
    fireEvent.click(inside(thea).getByLabelText('In the building'))
    fireEvent.click(within(inside(thea).getByRole('group', { name: 'Until' })).getAllByRole('radio')[0]!)
    press(thea, 'They can be reached')
    await settle()
    expect(written(story, 'prescriber-reachable.v1')).toMatchObject([{ body: { person: people.pia.person, by: 'on-site' } }])
    press(thea, 'Dose')
    expect(inside(thea).getByRole('button', { name: '60 mg given' })).toBeTruthy()
  })

  test('a prescriber who leaves is taken back, and the next dose waits', async () => {
    const story = aSession()
    drawnUp(story)
    const thea = await openRoom(story, 'thea')
    press(thea, 'More')
    press(thea, 'Prescriber to reach')
    press(thea, 'Pia Sample can no longer be reached')
    await settle()
    press(thea, 'Dose')
    expect(inside(thea).getByRole('region', { name: 'Not yet: this is missing' }).textContent).toMatch(/said for another hour/)
    expect(inside(thea).queryByRole('button', { name: '60 mg given' })).toBeNull()
  })
})
