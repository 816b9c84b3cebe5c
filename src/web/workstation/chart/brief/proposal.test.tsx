// @vitest-environment happy-dom
import axe from 'axe-core'
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Entry } from '../../../../core/chart/entry.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { OrderForm } from '../order/OrderForm.tsx'
import { useOpenChart } from '../open-chart.ts'
import { HELEN, JONAS, open, ready, stored } from '../testing/open.tsx'
import { BriefRoom } from './BriefRoom.tsx'

const sent: { readonly url: string; readonly body: Record<string, unknown> }[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    if (how?.body) sent.push({ url, body: JSON.parse(how.body) as Record<string, unknown> })
    return new Response(JSON.stringify({ entry: {} }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const [ORDER, SESSION] = ['0190aaaa-0000-7000-8000-00000000f001', '0190aaaa-0000-7000-8000-00000000f002']
const start = Date.parse('2026-11-18T18:00:00.000Z')
const at = (minute: number) => new Date(start + minute * 60_000).toISOString()
const signed = (meaning: 'approval' | 'authorship') => ({ person: HELEN, name: 'Helen Brandt, MD', meaning, method: 'one-time-code' as const, signedAt: at(-60) })
const calm: BodyOf<'vitals.v1'> = { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98 } as BodyOf<'vitals.v1'>
const phq = (each: number, minute: number) => stored('measure-answered.v1', { instrument: 'phq-9', version: instruments['phq-9'].version, language: 'en', answers: Object.fromEntries(Array.from({ length: 9 }, (_, item) => [`q${item + 1}`, item === 8 ? 0 : each])), answeredBy: 'patient' }, { at: at(minute) })
const room = <Kind extends 'vitals.v1' | 'mental-status.v1' | 'rating.v1' | 'dose-given.v1' | 'session-closed.v1'>(kind: Kind, minute: number, body: BodyOf<Kind>) => stored(kind, body, { session: SESSION, at: at(minute) })

/** 40 mg into a muscle three days ago at 80 kg: every reading taken whole, felt at 3 of 10, scores before and since. */
function after(): Entry[] {
  const facts = ready().map((entry) => ({ ...entry, at: at(-2_000), receivedAt: at(-2_000) }) as Entry)
  return [
    ...facts, phq(2, -1_500),
    stored('clearance.v1', { decision: 'cleared', conditions: [], reason: 'Seen.', expiresOn: '2027-01-08', overrides: [], lastSeq: 999, screening: { edition: 'x', decision: 'x', met: [], unknown: [] }, signature: signed('approval') }, { at: at(-1_000), by: HELEN }),
    stored('order.v1', { medication: 'racemic-ketamine', route: 'IM', doseUg: 40_000, boosterUg: 0, maxTotalUg: 40_000, weightG: 80_000, validFrom: '2026-11-01', validUntil: '2026-12-31', instructions: '', reason: '', signature: signed('authorship') }, { id: ORDER, at: at(-900), by: HELEN }),
    stored('session-started.v1', { protocol: 'solo-six', route: 'IM', order: ORDER, clearance: ORDER, consents: [ORDER], edition: 'x', number: 1, gates: [], people: [{ person: JONAS, name: 'Jonas', role: 'therapist' }] }, { id: SESSION, at: at(-60) }),
    ...[-20, -3, 10, 20, 30, 45, 60, 90, 118].flatMap((minute) => [room('mental-status.v1', minute, { moaaS: 5, rass: 0, orientation: 4 }), room('vitals.v1', minute, calm)]),
    room('dose-given.v1', 0, { step: 1, doseUg: 40_000, route: 'IM', order: ORDER, prepared: ORDER, confirmed: ORDER, confirmedBy: JONAS, site: '', selfAdministered: false }),
    room('rating.v1', 40, { scale: 'intensity', value: 3 }), room('rating.v1', 41, { scale: 'dissociation', value: 5 }), room('rating.v1', 42, { scale: 'nausea', value: 2 }),
    room('session-closed.v1', 122, { how: 'discharged', tolerance: 'room-for-more', note: 'Quiet, wanted to go on.' }), phq(2, 2_000),
  ]
}

/** Both rooms under one address, as the chart draws them. */
function Rooms() {
  const { place } = useOpenChart()
  return place.step === 'order' ? <OrderForm /> : <BriefRoom />
}
const show = (entries: readonly Entry[] = after(), role: 'prescriber' | 'therapist' = 'prescriber') => open(<Rooms />, { entries, role })
const part = () => screen.getByRole('region', { name: 'Proposal' })
const head = () => within(part()).getByRole('status').textContent ?? ''
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const press = (name: string | RegExp) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })
const say = (low = '4', high = '7') => {
  type(/meant to be, from/, low)
  type(/meant to be, to/, high)
  fireEvent.click(screen.getByLabelText(/^I have asked/))
}
function rest() {
  type(/^At most in one session/, '60')
  type(/^Holds from/, '2026-11-22')
  type(/^Holds until/, '2027-01-22')
  type(/^One-time code/, '123456')
}
const orders = () => sent.filter(({ url }) => url.endsWith('/orders'))

describe('the order form, opened without the brief', () => {
  const reminder = () => screen.queryByText(/^The titration brief proposes|^Nobody has decided about the titration brief|^The titration brief leaves/)?.textContent
  const order = (entries: readonly Entry[]) => open(<OrderForm />, { entries, role: 'prescriber' })
  const window = (action: 'INCREASE' | 'MAINTAIN', doseUg: number, after = SESSION) => stored('dose-decided.v1', { decision: 'declined', reason: 'x', after, window: [4, 7], noSideEffects: true, proposal: { edition: 'x', route: 'IM', action, doseUg, rules: [] }, signature: signed('authorship') }, { at: at(3_000), by: HELEN })
  const none = stored('side-effect.v1', { term: 'nausea', grade: 1, onsetAt: at(30), action: '', attributed: true }, { session: SESSION, at: at(30) })

  test('reminds of what cannot be proposed yet, of what is proposed, and of nothing once that was answered', () => {
    order(after())
    expect(reminder()).toMatch(/^Nobody has decided about the titration brief since the last session/)
    cleanup()
    order([...after(), none, window('MAINTAIN', 40_000)])
    expect(reminder()).toBe('The titration brief proposes 48 mg IM, and nobody has answered that yet.')
    expect(screen.getByRole('link', { name: 'To the titration brief' })).toBeTruthy()
    cleanup()
    order([...after(), none, window('INCREASE', 48_000)])
    expect(reminder()).toBeUndefined()
  })

  test('stands in nobody’s way: it is an order like any other', async () => {
    order([...after(), none, window('MAINTAIN', 40_000)])
    fireEvent.click(within(screen.getByRole('group', { name: /^How it is given/ })).getByRole('radio', { name: /^IM/ }))
    fireEvent.click(within(screen.getByRole('group', { name: /^Weight this order/ })).getAllByRole('radio').find((one) => !(one as HTMLInputElement).disabled)!)
    type(/^Dose/, '40')
    rest()
    await press('Sign the order')
    await waitFor(() => expect(orders()).toHaveLength(1))
    expect(orders()[0]!.body['titration']).toBeUndefined()
  })
})

describe('the brief on one screen', () => {
  test('each session with dose, mg/kg, effect, dissociation, pressure, nausea, scores, sum and the line from the room', () => {
    show()
    const row = within(screen.getByRole('table', { name: 'Sessions side by side' })).getAllByRole('row')[1]!
    expect([...row.children].map((cell) => cell.textContent)).toEqual([expect.stringMatching(/^1, /), '40 mg IM, 0.5 mg/kg', 'intensity 3 of 10, deepest MOAA/S 5', '5 of 10', '122/78', 'nausea rated 2 of 10', '16', '40 mg', 'room for more: Quiet, wanted to go on.'])
    expect(within(screen.getByRole('list', { name: 'Sessions one by one' })).getByText('room for more: Quiet, wanted to go on.')).toBeTruthy()
  })

  test('no proposal before the prescriber has said what only they can say; then with every rule, its state and its source', () => {
    show()
    expect(head()).toMatch(/There is no proposal.*nobody has said that there was none.*You have not said how strong/)
    expect(screen.queryByRole('button', { name: /Accept/ })).toBeNull()
    say()
    expect(head()).toMatch(/One step up: 48 mg IM, 0.6 mg\/kg at 80 kg/)
    const rules = within(screen.getByRole('list', { name: /^Rules/ })).getAllByRole('listitem').map((one) => one.textContent)
    expect(rules.find((one) => one?.includes('Weaker than the window: one'))).toMatch(/^met.*strongest: 3, window: 4 to 7/)
    expect(rules.find((one) => one?.includes('red alert'))).toMatch(/^not met.*worst alert: none, worst grade: 0/)
    expect(rules.find((one) => one?.includes('red alert'))).toMatch(/titration\.review, our own default, not verified, P$/)
    expect(rules.find((one) => one?.includes('Younger'))).toMatch(/titration\.adult, seen in the source, S11$/)
    expect(part().textContent).toContain('dose.IM')
    type(/meant to be, to/, '3')
    expect(head()).toMatch(/There is no proposal/)
  })

  test('a rule that cannot be judged says so, and a missing reading is no calm one', () => {
    show(after().filter((entry) => entry.at !== at(30)))
    say()
    expect(head()).toMatch(/There is no proposal.*8 planned readings after the dose, 1 was not taken whole/)
    expect(screen.getByRole('list', { name: /^Rules/ }).textContent).toMatch(/not evaluable.*worst alert: not known/)
    expect(screen.queryByRole('button', { name: /Accept|Change it|Decline/ })).toBeNull()
  })

  test('a therapist reads it and decides nothing', () => {
    show(after(), 'therapist')
    expect(screen.queryByRole('button', { name: /Accept|Change it|Decline/ })).toBeNull()
    expect(screen.queryByLabelText(/meant to be/)).toBeNull()
    expect(part().textContent).toContain('The prescriber accepts, changes or declines it, and signs.')
  })

  test('the curve of the last session calls itself an estimate, in words and in its table', () => {
    show()
    const figure = screen.getByRole('figure', { name: /40 mg IM, ketamine in plasma.*population estimate, not a measurement/ })
    expect(figure.textContent).toContain('Do not dose from it')
    expect(within(figure).getAllByRole('columnheader', { name: 'Range', hidden: true }).length).toBeGreaterThan(0)
  })
})

describe('accept, change, decline', () => {
  test('accepting fills in the order and signs nothing; signing keeps order and decision together', async () => {
    show()
    say()
    await press(/^Accept/)
    expect(screen.getByLabelText<HTMLInputElement>(/^Dose \(mg\)/).value).toBe('48')
    expect(screen.getByLabelText<HTMLInputElement>(/^At most in one session/).value).toBe('')
    expect(screen.getByText(/48 mg is filled in as proposed. Nothing is ordered until you sign./)).toBeTruthy()
    expect(sent).toEqual([])
    rest()
    await press('Sign the order')
    await waitFor(() => expect(orders()[0]?.body).toMatchObject({ order: { doseUg: 48_000, route: 'IM', weightG: 80_000 }, titration: { reason: '', stated: { window: [4, 7], noSideEffects: true }, seen: { action: 'INCREASE', doseUg: 48_000, after: SESSION } } }))
  })

  test('a dose changed after accepting needs the reason, and so does one changed from the start', async () => {
    show()
    say()
    await press('Change it')
    expect(screen.getByLabelText<HTMLInputElement>(/^Dose \(mg\)/).value).toBe('')
    type(/^Dose \(mg\)/, '44')
    rest()
    await press('Sign the order')
    expect(orders()).toEqual([])
    expect(screen.getAllByText('Write why it differs from the proposal.').length).toBeGreaterThan(0)
    type(/^Why it differs/, 'Half a step, as we agreed.')
    await press('Sign the order')
    await waitFor(() => expect(orders()[0]?.body).toMatchObject({ order: { doseUg: 44_000 }, titration: { reason: 'Half a step, as we agreed.', seen: { doseUg: 48_000 } } }))
  })

  test('a chart that changed meanwhile stops the signature, and the order can be written without the proposal', async () => {
    const drawn = show()
    say()
    await press(/^Accept/)
    rest()
    drawn.hear([stored('side-effect.v1', { term: 'rash', grade: 2, onsetAt: at(50), action: '', attributed: true }, { session: SESSION, at: at(3_000) })])
    await press('Sign the order')
    expect(orders()).toEqual([])
    expect(screen.getAllByText(/The proposal has changed since you took it over/).length).toBeGreaterThan(0)
    await press('Write the order without it')
    await press('Sign the order')
    await waitFor(() => expect(orders()[0]?.body).not.toHaveProperty('titration'))
  })

  test('declining needs a reason and a signature, and orders nothing', async () => {
    show()
    say()
    await press('Decline it')
    expect(document.activeElement, 'the key goes on in the form').toBe(screen.getByLabelText(/^Why it is declined/))
    await press('Go back')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Decline it' }))
    await press('Decline it')
    type(/^One-time code/, '123456')
    await press('Sign: declined')
    expect(sent).toEqual([])
    type(/^Why it is declined/, 'A pause of two weeks first.')
    await press('Sign: declined')
    await waitFor(() => expect(sent).toEqual([{ url: expect.stringMatching(/\/dose-declined$/), body: expect.objectContaining({ reason: 'A pause of two weeks first.', seen: { action: 'INCREASE', doseUg: 48_000, after: SESSION } }) }]))
  })

  test('a signed decision stands under the proposal, and its window is offered again', () => {
    show([...after(), stored('dose-decided.v1', { decision: 'declined', reason: 'A pause first.', after: SESSION, window: [4, 6], noSideEffects: true, proposal: { edition: 'x', route: 'IM', action: 'INCREASE', doseUg: 48_000, rules: [] }, signature: signed('authorship') }, { by: HELEN })])
    expect(screen.getByRole('list', { name: 'Decided before' }).textContent).toMatch(/declined: 48 mg IM was proposed; meant to be 4 to 6 of 10\. Signed by Helen Brandt, MD\.A pause first\./)
    expect(screen.getByLabelText<HTMLInputElement>(/meant to be, to/).value).toBe('6')
  })
})

test('before a first dose the table is asked, by a way that somebody chooses', () => {
  const first = after().filter(({ session, kind }) => session === undefined && kind !== 'session-started.v1' && kind !== 'order.v1')
  show(first)
  expect(head()).toMatch(/There is no proposal.*Nobody has said how it would be given/)
  fireEvent.click(within(screen.getByRole('group', { name: /^How the first dose/ })).getByLabelText(/^IM/))
  expect(head()).toMatch(/The dose table starts at 40 mg IM, 0.5 mg\/kg at 80 kg \(as weighed\)/)
})

test('without an axe fault, as a brief and as an order that answers it', async () => {
  const { container } = show()
  say()
  const faults = async () => (await axe.run(container, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'], rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  expect(await faults()).toEqual([])
  await press(/^Accept/)
  expect(await faults()).toEqual([])
})
