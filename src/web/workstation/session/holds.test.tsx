// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clock } from '../../sync/clock.ts'
import { instant } from '../../../core/shared/time.ts'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

/** What stops the next dose while somebody lies in the room is an alarm on every device of that session. */
const played = vi.hoisted(() => [] as string[])
vi.mock('../../kit/plain/sound.ts', async (original) => ({ ...(await original<object>()), playSound: async (level: string) => { played.push(level) } }))
beforeEach(() => { localStorage.clear(); played.length = 0; vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(cleanup)

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const strip = (tablet: Tablet) => inside(tablet).getByRole('region', { name: 'Alerts' })
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const phenelzine = (story: Story) => story.on(0.05, 'thea', 'medication.v1', { name: 'phenelzine', codes: [], dosage: '15 mg', status: 'active' }, { session: undefined })
const signed = (story: Story, decision: 'cleared' | 'held', more: object = {}) => story.on(0, 'pia', 'clearance.v1', {
  decision, conditions: [], reason: 'Seen again; call me first.', screening: { edition: 'test', decision: 'ELIGIBLE', met: [], unknown: [] }, overrides: [], lastSeq: story.entries().length,
  signature: { person: people.pia.person, name: people.pia.name, meaning: 'approval', method: 'one-time-code', signedAt: instant(clock.ms()) }, ...more,
}, { session: undefined })

describe('an interacting medicine that comes while the session runs', () => {
  test('is a band, a sound and a name to answer by, on both devices, and the answer of one is seen on the other', async () => {
    const story = aSession()
    const [thea, mona] = [await openRoom(story, 'thea'), await openRoom(story, 'mona')]
    expect(strip(thea).textContent).not.toContain('Hold')
    const entry = phenelzine(story)
    await settle(1_100)
    for (const tablet of [thea, mona]) {
      expect(strip(tablet).className).toContain('orange')
      expect(strip(tablet).textContent).toMatch(/call Hold: new facts reopened the medical clearance\. No further dose\..*Nobody has answered/)
    }
    expect(played).toContain('call')
    press(mona, 'I am on it')
    await settle(100)
    expect(story.entries().at(-1)).toMatchObject({ kind: 'alert-answered.v1', by: people.mona.person, body: { alert: `${entry}/HOLD`, action: 'seen' } })
    expect(strip(thea).textContent).toContain('Mona Sample: on it')
    expect(strip(thea).textContent, 'answered, and it stands on').toContain('Hold')
  }, 15_000)

  test('offers no dose while it stands, and says who ends it; readings and the way home go on', async () => {
    const story = aSession()
    const thea = await openRoom(story, 'thea')
    press(thea, 'Dose')
    expect(inside(thea).getByRole('dialog').textContent).toContain('Amount prepared')
    fireEvent.keyDown(document.body, { key: 'Escape' })
    phenelzine(story)
    await settle(1_100)
    press(thea, 'Dose')
    const dialog = within(inside(thea).getByRole('dialog'))
    expect(dialog.queryByRole('button', { name: 'Prepared' })).toBeNull()
    expect(dialog.getByText(/No further dose is offered while this stands/)).toBeTruthy()
    expect(dialog.getByText(/Only a prescriber ends it/)).toBeTruthy()
    for (const key of ['Vitals', 'State', 'Effect', 'Note']) expect((inside(thea).getByRole('button', { name: key }) as HTMLButtonElement).disabled).toBe(false)
  }, 15_000)

  test('an amount that was drawn up is not read back either', async () => {
    const story = aSession()
    story.on(3, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order: story.entries().find(({ kind }) => kind === 'order.v1')!.id, lot: '' })
    phenelzine(story)
    const mona = await openRoom(story, 'mona')
    press(mona, 'Dose')
    expect(within(inside(mona).getByRole('dialog')).queryByRole('button', { name: 'Confirm the amount' })).toBeNull()
  })

  test('written with the network gone, it is an alarm on the device it was written on', async () => {
    const story = aSession()
    const thea = await openRoom(story, 'thea')
    thea.online(false)
    const before = story.entries().length
    press(thea, 'More')
    press(thea, 'Consent taken back')
    fireEvent.click(inside(thea).getByRole('radio', { name: /treatment/i }))
    press(thea, 'Write down: taken back')
    await settle(1_100)
    expect(strip(thea).textContent).toContain('Hold: taken back')
    expect(played).toContain('call')
    expect(story.entries(), 'nothing has reached the server').toHaveLength(before)
  }, 15_000)

  test('what it is stands on the sheet for the team, with what to do, and on no locked screen', async () => {
    const story = aSession()
    given(story, 20)
    phenelzine(story)
    const thea = await openRoom(story, 'thea')
    press(thea, /All alerts|What to do/)
    const sheet = inside(thea).getByRole('dialog')
    expect(sheet.textContent).toMatch(/phenelzine|MAO|inhibitor/i)
    expect(sheet.textContent).toContain('Give no further dose; stop an infusion that is running')
    expect(within(within(sheet).getByRole('region', { name: /^Hold/ })).queryByRole('button', { name: /wrong reading/ })).toBeNull()
    thea.device.lock()
    await settle(50)
    expect(strip(thea).textContent).toContain('Hold: new facts reopened the medical clearance')
    expect(strip(thea).textContent).not.toMatch(/phenelzine|MAO|inhibitor/i)
  })
})

test('the prescriber’s new signature ends it on every device', async () => {
  const story = aSession()
  phenelzine(story)
  const thea = await openRoom(story, 'thea')
  expect(strip(thea).textContent).toContain('Hold')
  signed(story, 'cleared', { screening: { edition: 'test', decision: 'ELIGIBLE', met: [{ rule: 'O14', says: 'x', action: 'override' }], unknown: [] }, overrides: [{ rule: 'O14', reason: 'Stopped six weeks ago, asked again today.' }] })
  await settle(1_100)
  expect(strip(thea).textContent).not.toContain('Hold')
  press(thea, 'Dose')
  expect(within(inside(thea).getByRole('dialog')).getByRole('button', { name: 'Prepared' })).toBeTruthy()
}, 15_000)

test.each([
  ['a clearance put on hold', (story: Story) => signed(story, 'held'), /Hold: the prescriber has put the clearance on hold/],
  ['the consent to the treatment taken back', (story: Story) => story.on(0, 'thea', 'consent-withdrawn.v1', { form: 'treatment', said: 'No more.' }), /Hold: taken back: Consent to ketamine-assisted psychotherapy/],
] as const)('%s is an alarm as well', async (_, happens, says) => {
  const story = aSession()
  happens(story)
  const mona = await openRoom(story, 'mona')
  expect(strip(mona).textContent).toMatch(says)
  expect(played).toContain('call')
})
