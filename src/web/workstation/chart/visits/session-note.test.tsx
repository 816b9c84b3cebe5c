// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Entry } from '../../../../core/chart/entry.ts'
import { HELEN, JONAS, open, ready, stored, wrote } from '../testing/open.tsx'
import { SessionNote } from './SessionNote.tsx'

beforeEach(() => { vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const SESSION = '0190aaaa-0000-7000-8000-00000000005e'
const at = (time: string) => `2026-11-19T${time}:00.000Z`
const started = () => stored('session-started.v1', { protocol: 'solo-six', route: 'IM', order: HELEN, clearance: HELEN, consents: [HELEN], edition: 'test', number: 2, gates: [], people: [{ person: JONAS, name: 'Jonas Lindqvist', role: 'therapist' }] }, { id: SESSION, session: SESSION, at: at('18:00') })
const inRoom = (): Entry[] => [started(), stored('checked-in.v1', { person: JONAS, name: 'Jonas Lindqvist', role: 'therapist' }, { session: SESSION, at: at('18:01') }), stored('session-note.v1', { text: 'tears, then quiet' }, { session: SESSION, at: at('18:40') })]
const closed = () => [...inRoom(), stored('session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, { session: SESSION, at: at('20:30') })]
const note = (by: string, name: string) => stored('session-narrative.v1', { text: 'What I saw.', signature: { person: by, name, meaning: 'authorship', method: 'typed-name', signedAt: at('21:00') } }, { session: SESSION, by, at: at('21:00') })

describe('the note of a session', () => {
  test('waits until the session is closed', () => {
    open(<SessionNote session={SESSION} />, { entries: [...ready(), ...inRoom()], role: 'therapist' })
    screen.getByText('A note is written once the session is closed.')
    expect(screen.queryByRole('button', { name: 'Sign this note' })).toBeNull()
  })

  test('is drafted from the record, changed by its author, and signed with the name as it stands here', async () => {
    open(<SessionNote session={SESSION} />, { entries: [...ready(), ...closed()], role: 'therapist' })
    const text = screen.getByLabelText('The note') as HTMLTextAreaElement
    expect(text.value).toContain('Ida Nilsson came for medicine session 2 on November 19, 2026.')
    expect(text.value).toContain('No dose is in the record.')
    fireEvent.change(text, { target: { value: `${text.value} A gentle afternoon.` } })
    fireEvent.change(screen.getByLabelText('My name, to sign'), { target: { value: 'Jonas' } })
    fireEvent.click(screen.getByRole('button', { name: 'Sign this note' }))
    expect(screen.getAllByText('Type your name as it stands here: Jonas Lindqvist.').length).toBeGreaterThan(0)
    expect(wrote).toEqual([])
    fireEvent.change(screen.getByLabelText('My name, to sign'), { target: { value: 'Jonas Lindqvist' } })
    fireEvent.click(screen.getByRole('button', { name: 'Sign this note' }))
    await waitFor(() => expect(wrote).toHaveLength(1))
    expect(wrote[0]).toMatchObject({ kind: 'session-narrative.v1', body: { edition: expect.stringMatching(/as it ships$/), signature: { person: JONAS, meaning: 'authorship' } }, how: { session: SESSION } })
    expect((wrote[0]!.body as { text: string }).text).toMatch(/A gentle afternoon\.$/)
  })

  test('another may sign one of their own beside it; nobody signs twice', () => {
    open(<SessionNote session={SESSION} />, { entries: [...ready(), ...closed(), note(HELEN, 'Helen Brandt')], role: 'therapist' })
    screen.getByText('What I saw.')
    screen.getByRole('form', { name: 'A note of my own' })
    open(<SessionNote session={SESSION} />, { entries: [...ready(), ...closed(), note(JONAS, 'Jonas Lindqvist')], role: 'therapist' })
    expect(screen.queryByRole('button', { name: 'Sign this note' })).toBeNull()
  })
})
