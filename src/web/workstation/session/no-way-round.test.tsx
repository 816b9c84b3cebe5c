// @vitest-environment happy-dom
import { cleanup, fireEvent, render, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { gateOf, isPassable, notKnown, notMet, passage, type GateName } from '../../../core/session/gates.ts'
import { sessionGates } from '../../../knowledge/session-gates.ts'
import { gateNames } from '../../../core/session/gate-names.ts'
import { Gates } from './StartSession.tsx'
import { aSession, openRoom, settle, type Name } from './testing/in-room.tsx'

/** On the screens of the session nobody is offered a reason where none may carry; and what is missing says so. */
beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.endsWith('/api/rulebook/editions')) return new Response(JSON.stringify({ name: 'test', broken: null }), { headers: { 'content-type': 'application/json' } })
    throw new TypeError('no network in this test')
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const NAMES = Object.keys(sessionGates) as GateName[]
const offered = (place: HTMLElement) => within(place).queryAllByLabelText(/^Reason to go on without/).map((field) => field.closest('[data-gate]')!.getAttribute('data-gate'))

describe('before a session', () => {
  const judged = (state: typeof notMet) => { const gates = NAMES.map((name) => gateOf(name, state('It is not there.'), true)); return { gates, ...passage(gates) } }
  test.each([['missing', notMet], ['not known', notKnown]] as const)('every gate %s: a prescriber is offered a reason for those that may be passed, and told of the others that nobody can', (_, state) => {
    const shown = render(<Gates judged={judged(state)} asPrescriber reasons={{}} onReasons={() => {}} />).container
    expect(offered(shown).toSorted()).toEqual(NAMES.filter(isPassable).toSorted())
    const told = [...shown.querySelectorAll('[data-gate]')].filter(({ textContent }) => textContent.includes('Nobody can pass this by.')).map((line) => line.getAttribute('data-gate'))
    expect(told.toSorted()).toEqual(NAMES.filter((name) => !isPassable(name)).toSorted())
  })
  test('anybody else is offered none', () => {
    expect(offered(render(<Gates judged={judged(notMet)} asPrescriber={false} reasons={{}} onReasons={() => {}} />).container)).toEqual([])
  })
})

describe('before a dose', () => {
  const nothing = ['escort', 'check-in', 'screen', 'identity', 'day', 'vitals', 'kit', 'reachable']
  async function sheet(name: Name) {
    const story = aSession({ without: nothing })
    const order = story.entries().find(({ kind }) => kind === 'order.v1')!.id
    const prepared = story.on(3, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order, lot: '' })
    story.on(2, 'mona', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
    const tablet = await openRoom(story, name)
    await settle(100)
    fireEvent.click(within(tablet.container as HTMLElement).getByRole('button', { name: 'Dose' }))
    return within(tablet.container as HTMLElement).getByRole('dialog')
  }

  test('with nothing done, the prescriber in the room passes only what may be passed, and cannot record a dose', async () => {
    const dialog = await sheet('pia')
    const missing = [...dialog.querySelectorAll('.r-gate[data-state="not-met"], .r-gate[data-state="unknown"]')].map((line) => line.getAttribute('data-gate')!)
    expect(missing).toEqual(expect.arrayContaining(['escort', 'two-people', 'identity', 'suicide-screen', 'vitals-taken', 'mental-status']))
    expect(offered(dialog).every((name) => isPassable(name!))).toBe(true)
    expect(offered(dialog).toSorted()).toEqual(['alcohol-cannabis', 'day-medicines', 'emergency-kit', 'fasting', 'prescriber-reachable'])
    expect(within(dialog).queryByRole('button', { name: /given$/ })).toBeNull()
    for (const name of missing.filter((one) => !isPassable(one))) expect(within(dialog).queryByRole('button', { name: `Go on without: ${gateNames[name as GateName] ?? name}` })).toBeNull()
  })
  test.each(['thea', 'mona'] as const)('%s is offered none', async (name) => expect(offered(await sheet(name))).toEqual([]))
})
