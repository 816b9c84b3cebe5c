// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PRACTICE } from '../../sync/testing/server.ts'
import { fitting, type HeldStock } from './stock.ts'
import { aSession, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

/** Medicine in the room: a lot is chosen and not typed, what is left is wasted before somebody else, and the network is asked for none of it. */
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const box = (n: number, more: object = {}, about: object = {}): HeldStock['containers'][number] => ({ id: id(n), place: id(1), label: { medicine: 'racemic-ketamine', form: 'vial', strengthUg: 50_000, lot: `L${n}`, expires: '2098-12-31', number: n, singleUse: false, source: 'manufacturer', supplier: '', paper: '', ...more }, onHand: 10_000, opened: false, expired: false, ...about })
const hold = (...containers: HeldStock['containers']) => window.localStorage.setItem(`openkap stock ${PRACTICE}`, JSON.stringify({ begun: true, now: '2020-01-01T00:00:00.000Z', containers }))

beforeEach(() => {
  vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') })
  window.localStorage.clear()
})
afterEach(cleanup)

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const type = (tablet: Tablet, label: string | RegExp, value: string) => fireEvent.change(inside(tablet).getByLabelText(label), { target: { value } })
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)

describe('drawn from', () => {
  test('offers what fits the order: opened first, then what expires first', () => {
    const stock: HeldStock = { begun: true, now: '', containers: [box(1), box(2, { expires: '2097-01-01' }), box(3, {}, { opened: true }), box(4, { medicine: 'esketamine' }), box(5, { form: 'lozenge' })] }
    const ids = (route: string, medication = 'racemic-ketamine') => fitting(stock, { medication, route }).map(({ id: one }) => Number(one.slice(-2)))
    expect([ids('IM'), ids('SL'), ids('IN-esketamine', 'esketamine')]).toEqual([[3, 2, 1], [5], []])
  })

  test('without the network: the draw is written with the preparation, in one act, with the strength of the label', async () => {
    hold(box(7, { strengthUg: 100_000 }))
    const story = aSession()
    const thea = await openRoom(story, 'thea')
    await settle(50)
    thea.online(false)
    press(thea, 'Dose')
    press(thea, 'Prepared')
    expect((inside(thea).getByLabelText(/Drawn from/) as HTMLSelectElement).checkValidity(), 'something has to be chosen').toBe(false)
    type(thea, /Drawn from/, id(7))
    expect(inside(thea).getByText('0.60 mL')).toBeTruthy()
    press(thea, 'Prepared')
    await settle()
    expect(of(story, 'dose-prepared.v1')).toEqual([])
    thea.online(true)
    await settle(3_000)
    const [prepared, drawn] = [of(story, 'dose-prepared.v1')[0]!, of(story, 'medicine-drawn.v1')[0]!]
    expect(prepared).toMatchObject({ body: { lot: 'L7', volumeUl: 600, strengthUgPerMl: 100_000 } })
    expect(drawn).toMatchObject({ by: people.thea.person, session: story.session, body: { prepared: prepared.id, from: 'stock', container: id(7), lot: 'L7', measure: 'ul', quantity: 600, dose: 600 } })
  }, 20_000)

  test('a lot that is typed by hand is no draw, and says what comes of it', async () => {
    hold(box(7))
    const story = aSession()
    const thea = await openRoom(story, 'thea')
    press(thea, 'Dose')
    type(thea, /Drawn from/, 'typed')
    expect(inside(thea).getByText(/shows there as a difference/)).toBeTruthy()
    type(thea, /^Lot/, 'ELSEWHERE')
    press(thea, 'Prepared')
    await settle()
    expect([of(story, 'dose-prepared.v1')[0]?.body, of(story, 'medicine-drawn.v1')]).toEqual([expect.objectContaining({ lot: 'ELSEWHERE' }), []])
  })

  test('lozenges of the practice, or what the person brought along', async () => {
    hold(box(8, { form: 'lozenge', strengthUg: 40_000 }), box(9, { form: 'lozenge', strengthUg: 30_000 }))
    const story = aSession({ route: 'SL' as never })
    const thea = await openRoom(story, 'thea')
    press(thea, 'Dose')
    type(thea, /Drawn from/, id(8))
    press(thea, 'Prepared')
    expect(inside(thea).getByText(/no whole number of pieces of 40 mg a lozenge/)).toBeTruthy()
    expect(of(story, 'dose-prepared.v1')).toEqual([])
    type(thea, /Drawn from/, 'own-supply')
    press(thea, 'Prepared')
    await settle()
    expect(of(story, 'medicine-drawn.v1')[0]?.body).toMatchObject({ from: 'own-supply', measure: 'piece' })
  })
})

describe('what is left', () => {
  function dosed(single: boolean): Story {
    const story = aSession()
    const order = story.entries().find(({ kind }) => kind === 'order.v1')!.id
    const prepared = story.on(8, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order, lot: 'L7' })
    story.on(8, 'thea', 'medicine-drawn.v1', { prepared, from: 'stock', container: id(7), lot: 'L7', measure: 'ul', quantity: single ? 1_200 : 1_300, dose: 1_200 })
    const confirmed = story.on(7, 'mona', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
    story.on(5, 'thea', 'dose-given.v1', { step: 1, doseUg: 60_000, route: 'IM', order, prepared, confirmed, confirmedBy: people.mona.person, site: 'left arm', selfAdministered: false })
    return story
  }

  test('of a draw, and nothing of a vial for several', async () => {
    hold(box(7))
    const thea = await openRoom(dosed(false), 'thea')
    press(thea, 'Dose')
    expect(inside(thea).getByRole('region', { name: 'What is left' }).textContent).toMatch(/^0\.1 mL of what was drawn left: Lot L7, vial 7\./)
  })

  test('is wasted by one, and signed for by somebody who neither drew nor gave it, with a PIN', async () => {
    hold(box(7, { singleUse: true }, { onHand: 2_000 }))
    const story = dosed(true)
    const [thea, mona] = [await openRoom(story, 'thea'), await openRoom(story, 'mona')]
    press(thea, 'Dose')
    expect(inside(thea).getByText(/0\.8 mL in the container left/)).toBeTruthy()
    press(thea, 'Waste it')
    type(thea, /How it was made unusable/, 'into absorbent')
    press(thea, 'Wasted')
    await settle()
    expect(of(story, 'medicine-wasted.v1')[0]?.body).toMatchObject({ container: id(7), measure: 'ul', quantity: 800, how: 'into absorbent' })
    expect(inside(thea).queryByRole('form', { name: 'Sign as the witness' }), 'nobody witnesses what they did').toBeNull()
    press(mona, 'Dose')
    expect(inside(mona).getByRole('form', { name: 'Sign as the witness' }).textContent).toMatch(/Thea S\. wasted 0\.8 mL/)
  })

  test('without what the ledger holds, a draw is still known from the chart', async () => {
    const thea = await openRoom(dosed(false), 'thea')
    press(thea, 'Dose')
    expect(inside(thea).getByRole('region', { name: 'What is left' }).textContent).toMatch(/0\.1 mL of what was drawn left: lot L7/)
  })
})
