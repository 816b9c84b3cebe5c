// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { AtHerPhone, entry, NOW } from '../testing/patient.tsx'
import { Afterwards } from './Afterwards.tsx'

/** The card after a session: two presses and one to save. */
const session = '5a3e0000-0000-4000-8000-0000000000f1'
const held = (at: string) => [
  entry('session-started.v1', { protocol: 'solo-six', route: 'IM', order: session, clearance: session, consents: [session], edition: 'x', number: 2, gates: [], people: [{ person: session, name: 'Jonas', role: 'therapist' }] }, at, { id: session }),
  entry('session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, at, { session }),
]
const yesterday = held('2026-11-22T16:00:00.000Z')
afterEach(() => { cleanup(); sessionStorage.clear() })

function open(more: Partial<Parameters<typeof AtHerPhone>[0]> = {}) {
  const wrote = vi.fn()
  render(<AtHerPhone entries={yesterday} wrote={wrote} {...more}><Afterwards /></AtHerPhone>)
  return wrote
}
const press = (name: string | RegExp, role = 'button') => fireEvent.click(screen.getByRole(role, { name }))

describe('the card after a session', () => {
  test('two presses and one to save: how it is at this rung, and what did good', async () => {
    const wrote = open()
    expect(screen.getByRole('group', { name: /^A day after: how is it/ })).toBeTruthy()
    press('Up and down', 'radio')
    press('Water', 'checkbox')
    press('Save')
    await waitFor(() => expect(wrote).toHaveBeenCalledWith('afterwards.v1', { session, did: ['water'], words: '', how: 'up-and-down', rung: '24h' }))
    expect(await screen.findByText('Saved.')).toBeTruthy()
  })
  test('the card alone does not answer the rung', async () => {
    const wrote = open()
    press('Rest', 'checkbox')
    press('Save')
    await waitFor(() => expect(wrote).toHaveBeenCalledWith('afterwards.v1', { session, did: ['rest'], words: '' }))
  })
  test('with nothing pressed nothing is written, and it says so', () => {
    const wrote = open()
    press('Save')
    expect(screen.getByText('Press at least one; nothing was saved yet.')).toBeTruthy()
    expect(wrote).not.toHaveBeenCalled()
  })
  test('somebody is needed: who answers now stands there at once, and without a connection that nobody knows of it yet', async () => {
    open({ kept: 'waiting' as never, connection: 'away' })
    press('I need somebody', 'radio')
    expect(screen.getByRole('alert').textContent).toMatch(/988.*When you save this, Jonas Lindqvist and Helen Brandt are told to call you/)
    press('Save')
    expect(await screen.findByText(/only on this device so far, and nobody at the practice knows of it yet/)).toBeTruthy()
  })
  test('before any session it says what will be here', () => {
    open({ entries: [entry('intention.v1', { text: 'x', hopes: '', fears: '' }, NOW)] })
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
    expect(screen.getByText(/After your first medicine session/)).toBeTruthy()
  })
})
