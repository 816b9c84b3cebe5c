// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { JONAS, NOW, open, ready, stored, wrote } from '../testing/open.tsx'
import { OnlineVisit } from './OnlineVisit.tsx'

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const licences = (...states: string[]) => ({ staff: [{ person: JONAS, name: 'Jonas Lindqvist', roles: ['therapist'], active: true, planning: { licences: states.map((state) => ({ state, number: '', until: null })) } }] })
let join: object
let practice: object | undefined
beforeEach(() => {
  join = { address: 'https://meet.example.org/room', of: 'person', joinFromMinBefore: 15, waits: null }
  practice = licences('California')
  vi.stubGlobal('fetch', async (url: string) => {
    if (String(url).endsWith('/join')) return json(join)
    if (practice && String(url).endsWith('/api/practice')) return json(practice)
    throw new TypeError('no network in this test')
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const visit = (startsAt = '2026-11-21T18:10:00.000Z'): BookedVisit => ({ visit: '0190aaaa-0000-7000-8000-00000000fe01', type: 'preparation', number: 2, startsAt, endsAt: '2026-11-21T19:10:00.000Z', localStart: '2026-11-21T10:10', zone: 'America/Los_Angeles', people: [{ person: JONAS, name: 'Jonas Lindqvist', role: 'therapist' }], online: true })
const said = (state: BodyOf<'whereabouts.v1'>['state'], via: 'link' | 'aloud' = 'link') => stored('whereabouts.v1', { visit: visit().visit, startsAt: visit().startsAt, state, place: '12 Sample Lane, Reno', phone: '+1 510 555 0160', company: 'alone', via }, { at: '2026-11-21T17:30:00.000Z' })
const draw = (entries: ReturnType<typeof said>[], role: 'therapist' | 'prescriber' | 'coordinator' = 'therapist', one = visit()) => open(<OnlineVisit visit={one} />, { entries: [...ready(), ...entries], role })

describe('a visit online, for the clinician', () => {
  test('is joined by a button that is loud about its hour, and quiet before', async () => {
    draw([said('CA')])
    const link = await screen.findByRole('link', { name: 'Join the visit' })
    expect([link.getAttribute('href'), link.className]).toEqual(['https://meet.example.org/room', expect.stringContaining('k-button--primary')])
    draw([], 'therapist', visit('2026-11-21T18:30:00.000Z'))
    expect((await screen.findByRole('link', { name: 'Join the visit' })).className).toContain('k-button--quiet')
  })
  test('not asked today is said, and asked aloud it is written by the clinician', async () => {
    draw([])
    screen.getByText('Not asked today: nobody knows where they are.')
    fireEvent.click(screen.getByRole('button', { name: 'Write where they are' }))
    expect(wrote).toEqual([])
    fireEvent.change(screen.getByLabelText('State they are in'), { target: { value: 'NV' } })
    fireEvent.change(screen.getByLabelText(/^Number to call back/), { target: { value: '+1 510 555 0160' } })
    fireEvent.change(screen.getByLabelText(/^Street and number/), { target: { value: '12 Sample Lane, Reno' } })
    fireEvent.click(screen.getByLabelText('Yes'))
    fireEvent.click(screen.getByRole('button', { name: 'Write where they are' }))
    await waitFor(() => expect(wrote).toMatchObject([{ kind: 'whereabouts.v1', body: { visit: visit().visit, startsAt: visit().startsAt, state: 'NV', place: '12 Sample Lane, Reno', via: 'aloud' } }]))
  })
  test('what they said stands there with its hour, and one press confirms it aloud', async () => {
    draw([said('CA')])
    screen.getByText('In California: 12 Sample Lane, Reno')
    screen.getByText('9:30 AM today, by the link')
    fireEvent.click(screen.getByRole('button', { name: 'I asked aloud: it is so' }))
    await waitFor(() => expect(wrote).toMatchObject([{ kind: 'whereabouts.v1', body: { state: 'CA', place: '12 Sample Lane, Reno', via: 'aloud' } }]))
  })
  test('where a licence is entered, nothing is asked; where none is, the rule, its source and what is entered, and a decision with a reason', async () => {
    draw([said('CA')])
    await screen.findByRole('link', { name: 'Join the visit' })
    expect(screen.queryByText(/is not entered as licensed/)).toBeNull()
    draw([said('NV')])
    await screen.findByText('Jonas Lindqvist is not entered as licensed in Nevada. Entered: California.')
    screen.getByText(/A visit online counts as held where the patient is/)
    screen.getByText(/^Source: Center for Connected Health Policy/)
    fireEvent.click(screen.getByLabelText(/^By telephone only/))
    fireEvent.click(screen.getByRole('button', { name: 'Write what I decide' }))
    expect(wrote).toEqual([])
    fireEvent.change(screen.getByLabelText(/^Why/), { target: { value: 'On a journey until Friday.' } })
    fireEvent.click(screen.getByRole('button', { name: 'Write what I decide' }))
    await waitFor(() => expect(wrote).toMatchObject([{ kind: 'licence-decided.v1', body: { state: 'NV', decision: 'phone', reason: 'On a journey until Friday.' } }]))
  })
  test('once decided the decision stands, and no form', async () => {
    draw([said('NV'), stored('licence-decided.v1', { visit: visit().visit, startsAt: visit().startsAt, state: 'NV', decision: 'moved', reason: 'Next week.' }, { at: NOW }) as never])
    await screen.findByText('Moved to another time.')
    expect(screen.queryByRole('button', { name: 'Write what I decide' })).toBeNull()
  })
  test('licences that cannot be read are said so, and never read as fine', async () => {
    practice = undefined
    draw([said('NV')])
    screen.getByText('Whether a licence is entered in Nevada could not be read on this device.')
  })
  test('whoever is not on it sees whose address it is, and not the address', async () => {
    join = { address: null, of: 'person', joinFromMinBefore: 15, waits: null }
    draw([], 'prescriber')
    await screen.findByText(/clinician’s standing address/)
    expect(screen.queryByRole('link', { name: 'Join the visit' })).toBeNull()
  })
  test('a visit in a room has none of it', () => {
    const { container } = draw([], 'therapist', { ...visit(), online: false })
    expect(container.textContent).toBe('')
  })
})
