// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryShelf } from '../../sync/testing/shelf.ts'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

/** Two people and one device. Each of them has the PIN 2468. */
const PIN = '2468'
let guests: { guest: string; person: string; until: string }[]
beforeEach(() => {
  localStorage.clear()
  guests = []
  vi.stubGlobal('fetch', async (address: string, { body, method }: { body?: string; method?: string } = {}) => {
    const said = (value: object) => ({ ok: true, status: 200, headers: { get: () => 'application/json' }, json: async () => value })
    const { pin, person } = JSON.parse(body ?? '{}') as { pin: string; person: string }
    if (address.endsWith('/api/pin/unlock')) return said({ right: pin === PIN, triesLeft: pin === PIN ? 5 : 4 })
    if (address.endsWith('/end')) { guests = guests.filter(({ guest }) => !address.includes(guest)); return said({ done: true }) }
    if (!address.endsWith('/guests')) throw new TypeError('no network in this test')
    if (method !== 'POST') return said({ guests })
    if (pin !== PIN) return said({ right: false, triesLeft: 4, guest: null })
    const guest = { guest: crypto.randomUUID(), person, until: '2099-01-01T00:00:00.000Z' }
    guests.push(guest)
    return said({ right: true, triesLeft: 5, guest })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const more = (tablet: Tablet, name: string) => { press(tablet, 'More'); press(tablet, name) }
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)
const signs = (tablet: Tablet) => tablet.device.acts().flatMap(({ entries }) => entries)
async function until(test: () => unknown) {
  for (let time = 0; time < 100 && !test(); time += 1) await settle(50)
  await settle()
}
async function type(tablet: Tablet, label: string, button: string, done: () => unknown, pin = PIN) {
  fireEvent.change(inside(tablet).getByLabelText(label), { target: { value: pin } })
  press(tablet, button)
  await until(done)
}
const open = async (story: Story, more: object = {}) => openRoom(story, 'mona', { guests: await memoryShelf(), ...more })

describe('two people on one device', () => {
  test('a second person is offered, never asked for, and let in by their own PIN', async () => {
    const story = aSession()
    const mona = await open(story)
    more(mona, 'Who can sign here')
    expect(inside(mona).getByRole('dialog').textContent).toMatch(/Nobody has to/)
    fireEvent.click(inside(mona).getByLabelText(people.pia.name))
    await type(mona, 'PIN of Pia S.', 'Pia S. can sign here', () => inside(mona).queryByText('That PIN is not right. 4 tries left.'), '1111')
    expect(inside(mona).queryByText(/Pia Sample, until/)).toBeNull()
    await type(mona, 'PIN of Pia S.', 'Pia S. can sign here', () => inside(mona).queryByText(/Pia Sample, until/))
    expect(inside(mona).getByText(/Pia Sample, until/)).toBeTruthy()
    expect(story.entries().filter(({ kind }) => /checked-in|signed/.test(kind)), 'it is no act').toHaveLength(2)
    press(mona, 'Take off Pia Sample')
    press(mona, 'Yes, take off Pia Sample')
    await until(() => !inside(mona).queryByText(/Pia Sample, until/))
    expect([inside(mona).queryByText(/Pia Sample, until/), guests]).toEqual([null, []])
    expect(inside(mona).getByLabelText(people.pia.name), 'and can be let in again').toBeTruthy()
  }, 40_000)

  test('comes in, reads back and takes over, each by their own PIN; the record holds both names and whose device it was', async () => {
    const story = aSession()
    given(story, 30)
    const mona = await open(story)
    more(mona, 'Who is here, check out')
    fireEvent.click(within(inside(mona).getByRole('region', { name: 'Somebody else, on this device' })).getByLabelText(people.pia.name))
    await type(mona, 'PIN of Pia S.', 'Check in as prescriber', () => of(story, 'checked-in.v1').length > 2)
    expect(of(story, 'checked-in.v1').at(-1)).toMatchObject({ by: people.pia.person, body: { person: people.pia.person, signature: { lent: { by: people.mona.person } } } })
    fireEvent.click(within(inside(mona).getByRole('group', { name: /^Hand over to/ })).getByLabelText(people.pia.name))
    await type(mona, 'My PIN', 'Sign and hand over', () => of(story, 'hand-over.v1').length)
    const theirs = within(inside(mona).getByRole('region', { name: 'Somebody else, on this device' }))
    for (const box of theirs.getAllByRole('checkbox')) fireEvent.click(box)
    await type(mona, 'PIN of Pia S.', 'Read back: sign and take over', () => of(story, 'hand-over-taken.v1').length)
    expect(of(story, 'hand-over-taken.v1')[0]).toMatchObject({ by: people.pia.person, device: of(story, 'hand-over.v1')[0]!.device, body: { signature: { person: people.pia.person } } })
    expect(inside(mona).getByText(/Pia Sample has read it back and signed/)).toBeTruthy()
    press(mona, 'Handed over and read back: check out')
    await settle()
    expect(of(story, 'checked-out.v1')[0]).toMatchObject({ by: people.mona.person, body: { handedOverTo: people.pia.person } })
    expect(within(inside(mona).getByRole('region', { name: 'Log' })).getAllByText(/Pia Sample on Mona S\.’s device/).length).toBeGreaterThan(0)
  }, 60_000)

  test('without a connection whoever was let in before signs, and whoever was not is told what to do', async () => {
    const story = aSession()
    const mona = await open(story)
    more(mona, 'Who can sign here')
    fireEvent.click(inside(mona).getByLabelText(people.pia.name))
    await type(mona, 'PIN of Pia S.', 'Pia S. can sign here', () => inside(mona).queryByText(/Pia Sample, until/))
    story.on(4, 'mona', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order: of(story, 'order.v1')[0]!.id, lot: '' })
    await settle()
    mona.online(false)
    press(mona, 'Dose')
    const theirs = within(inside(mona).getByRole('region', { name: 'Somebody else confirms on this device' }))
    fireEvent.click(theirs.getByLabelText(people.pia.name))
    fireEvent.change(theirs.getByLabelText(/Amount you read/), { target: { value: '6' } })
    await type(mona, 'PIN of Pia S.', 'Confirm the amount', () => theirs.queryByText(/Nothing was signed/))
    expect(signs(mona), 'another amount than was prepared is not confirmed').toEqual([])
    fireEvent.change(theirs.getByLabelText(/Amount you read/), { target: { value: '60' } })
    await type(mona, 'PIN of Pia S.', 'Confirm the amount', () => theirs.queryByText(/That PIN is not right/), '1111')
    expect(signs(mona)).toEqual([])
    fireEvent.change(theirs.getByLabelText(/Amount you read/), { target: { value: '60' } })
    await type(mona, 'PIN of Pia S.', 'Confirm the amount', () => signs(mona).length)
    expect(signs(mona)).toMatchObject([{ kind: 'dose-confirmed.v1', by: people.pia.person, body: { signature: { person: people.pia.person, lent: { by: people.mona.person } } } }])
    expect(of(story, 'dose-confirmed.v1'), 'and it waits').toEqual([])
  }, 60_000)

  test('both sign for going home; the same person is not offered twice', async () => {
    const story = aSession()
    given(story, 180)
    story.on(2, 'mona', 'discharge-assessed.v1', { orientation: 4, moaaS: 5, rass: 0, gait: 'steady', dissociation: 'none-above-baseline', aldrete: { activity: 2, respiration: 2, circulation: 2, consciousness: 2, saturation: 2 }, padss: { vitals: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 }, noDrivingSigned: true, instructionsGiven: true, roomAir: true })
    const mona = await open(story)
    more(mona, 'Going home')
    const signatures = within(inside(mona).getByRole('region', { name: 'Signatures' }))
    expect(signatures.queryByLabelText(people.mona.name), 'not oneself').toBeNull()
    fireEvent.click(signatures.getByLabelText(people.pia.name))
    const theirs = within(signatures.getByRole('region', { name: 'Somebody else signs on this device' }))
    fireEvent.change(theirs.getByLabelText('PIN of Pia S.'), { target: { value: PIN } })
    fireEvent.click(theirs.getByRole('button', { name: 'Sign for going home' }))
    await until(() => of(story, 'discharge-signed.v1').length)
    expect(of(story, 'discharge-signed.v1')[0]).toMatchObject({ by: people.pia.person, body: { role: 'prescriber', signature: { person: people.pia.person, lent: { by: people.mona.person, name: people.mona.name } } } })
    expect(signatures.getByText(/Pia Sample, prescriber, .* on Mona S\.’s device/)).toBeTruthy()
    expect(signatures.queryByRole('radio', { name: people.pia.name }), 'who has signed is not offered again').toBeNull()
  }, 60_000)

  test('where nothing can be sealed, and in a drill, nobody else is offered', async () => {
    const mona = await openRoom(aSession(), 'mona')
    more(mona, 'Who is here, check out')
    expect(inside(mona).queryByRole('region', { name: 'Somebody else, on this device' })).toBeNull()
    fireEvent.keyDown(document.body, { key: 'Escape' })
  })
})
