// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

const RIGHT = '2468'
beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('fetch', async (address: string, { body }: { body?: string } = {}) => {
    if (!address.endsWith('/api/pin/unlock')) throw new TypeError('no network in this test')
    const right = (JSON.parse(body ?? '{}') as { pin: string }).pin === RIGHT
    return { ok: true, status: 200, headers: { get: () => 'application/json' }, json: async () => ({ right, triesLeft: right ? 5 : 4 }) }
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)
const whoIsHere = (tablet: Tablet) => { press(tablet, 'More'); press(tablet, 'Who is here, check out') }
async function sign(tablet: Tablet, story: Story, kind: string, button: string, pin = RIGHT) {
  fireEvent.change(inside(tablet).getByLabelText('My PIN'), { target: { value: pin } })
  const before = of(story, kind).length
  press(tablet, button)
  // The PIN is stretched before it is remembered, which takes as long as the machine is busy.
  for (let time = 0; time < 100 && of(story, kind).length === before && !inside(tablet).queryByText(/That PIN is not right/); time += 1) await settle(50)
  await settle()
}
/** Thea, Mona and Pia are here; Mona goes, Pia takes over. */
const three = () => {
  const story = aSession()
  given(story, 30)
  story.on(5, 'pia', 'checked-in.v1', { person: people.pia.person, name: people.pia.name, role: 'prescriber' })
  return story
}

describe('one leaves and another takes over', () => {
  test('said from the record, read back item by item, signed by both, and only then handed over', async () => {
    const story = three()
    const [mona, pia] = [await openRoom(story, 'mona'), await openRoom(story, 'pia')]
    whoIsHere(mona)
    fireEvent.click(inside(mona).getByLabelText(people.pia.name))
    expect(inside(mona).getByRole('region', { name: 'Hand-over' }).textContent).toMatch(/Dose 1: 60 mg IM at .*Last readings: pressure 122\/78 at .*MOAA\/S 5.*Touch: hands only.*Stop signal: raised palm/s)
    await sign(mona, story, 'hand-over.v1', 'Sign and hand over', '0000')
    expect(of(story, 'hand-over.v1'), 'a wrong PIN signs nothing').toEqual([])
    await sign(mona, story, 'hand-over.v1', 'Sign and hand over')
    expect(of(story, 'hand-over.v1')[0]).toMatchObject({ by: people.mona.person, body: { to: people.pia.person, signature: { person: people.mona.person, method: 'pin' } } })
    expect(inside(mona).getByText(/Stay until then\./)).toBeTruthy()
    expect(inside(mona).queryByRole('button', { name: 'Handed over and read back: check out' })).toBeNull()

    press(pia, 'Mona S. hands over to you: read back')
    const boxes = within(inside(pia).getByRole('dialog')).getAllByRole('checkbox')
    expect(boxes).toHaveLength(10)
    for (const box of boxes.slice(1)) fireEvent.click(box)
    expect(inside(pia).queryByLabelText('My PIN'), 'one item is still to be said').toBeNull()
    expect(inside(pia).getByText('1 still to be said back.')).toBeTruthy()
    fireEvent.click(boxes[0]!)
    await sign(pia, story, 'hand-over-taken.v1', 'Read back: sign and take over')
    expect(of(story, 'hand-over-taken.v1')[0]).toMatchObject({ by: people.pia.person, body: { handOver: of(story, 'hand-over.v1')[0]!.id, signature: { person: people.pia.person, method: 'pin' } } })

    press(mona, 'Handed over and read back: check out')
    await settle()
    expect(of(story, 'checked-out.v1')[0]).toMatchObject({ by: people.mona.person, body: { person: people.mona.person, handedOverTo: people.pia.person, readBack: true } })
    expect(inside(pia).getByText(/both here: Thea S\. and Pia S\./)).toBeTruthy()
  }, 40_000)

  test('what has changed since it was said stands beside it', async () => {
    const story = three()
    const pia = await openRoom(story, 'pia')
    story.on(2, 'mona', 'hand-over.v1', { to: people.pia.person, items: [{ item: 'symptoms', says: 'No sign is written down as still there.' }, { item: 'touch', says: 'Touch: hands only.' }], signature: { person: people.mona.person, name: people.mona.name, meaning: 'confirmation', method: 'pin', signedAt: '2026-11-21T18:00:00.000Z' } })
    story.on(1, 'thea', 'symptom.v1', { symptom: 'nausea', present: true })
    await settle()
    press(pia, 'Mona S. hands over to you: read back')
    expect(inside(pia).getByRole('dialog').textContent).toMatch(/No sign is written down as still there\.The record says now: Still there: nausea since/)
    expect(inside(pia).getByRole('dialog').textContent).not.toMatch(/Touch: hands only\.The record says now/)
  })

  test('a hand-over to somebody else is not mine to take', async () => {
    const story = three()
    story.on(2, 'mona', 'hand-over.v1', { to: people.pia.person, items: [{ item: 'due', says: 'Soon.' }], signature: { person: people.mona.person, name: people.mona.name, meaning: 'confirmation', method: 'pin', signedAt: '2026-11-21T18:00:00.000Z' } })
    const thea = await openRoom(story, 'thea')
    expect(inside(thea).queryByRole('button', { name: /hands over to you/ })).toBeNull()
  })
})

describe('fewer people than have to be here', () => {
  test('nobody leaves without saying how many stay, why, and who was told; it stands in the record', async () => {
    const story = aSession()
    given(story, 30)
    const mona = await openRoom(story, 'mona')
    whoIsHere(mona)
    expect(inside(mona).queryByRole('button', { name: 'Check out' })).toBeNull()
    press(mona, 'Check out all the same')
    await settle()
    expect(of(story, 'checked-out.v1'), 'without a word nobody leaves').toEqual([])
    fireEvent.change(inside(mona).getByLabelText(/1 of 2 people stay/), { target: { value: 'Unwell. Pia was called and comes.' } })
    press(mona, 'Check out all the same')
    await settle()
    expect(story.entries().slice(-2)).toMatchObject([{ kind: 'checked-out.v1', body: { person: people.mona.person } }, { kind: 'session-note.v1', body: { text: '1 of 2 people stay: Unwell. Pia was called and comes.' }, by: people.mona.person }])
  })

  test('whoever has left reads on their device in whose name it still writes; whoever is here or never was does not', async () => {
    const story = aSession()
    given(story, 30)
    const stands = (tablet: Tablet) => inside(tablet).queryByText(/what is written here still stands in your name/) !== null
    const [mona, pia] = [await openRoom(story, 'mona'), await openRoom(story, 'pia')]
    expect([stands(mona), stands(pia)]).toEqual([false, false])
    story.on(0, 'mona', 'checked-out.v1', { person: people.mona.person })
    story.on(0, 'thea', 'checked-out.v1', { person: people.thea.person })
    await settle(1_200)
    expect([stands(mona), stands(pia)]).toEqual([true, false])
    story.on(0, 'mona', 'checked-in.v1', { person: people.mona.person, name: people.mona.name, role: 'monitor' })
    await settle(1_200)
    expect(stands(mona)).toBe(false)
  })

  test('whoever stays is told at the foot of the room, on every device', async () => {
    const story = aSession()
    const thea = await openRoom(story, 'thea')
    expect(inside(thea).queryByText('1 of 2 people are here')).toBeNull()
    story.on(0, 'mona', 'checked-out.v1', { person: people.mona.person })
    await settle(1_200)
    expect(inside(thea).getByText('1 of 2 people are here')).toBeTruthy()
  })

  test('with enough people left, one touch checks out', async () => {
    const story = three()
    const mona = await openRoom(story, 'mona')
    whoIsHere(mona)
    press(mona, 'Check out')
    await settle()
    expect(of(story, 'checked-out.v1')[0]).toMatchObject({ body: { person: people.mona.person } })
  })
})
