// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { drawRoom } from '../rooms.tsx'
import { useOpenChart } from '../open-chart.ts'
import { open, ready, stored } from '../testing/open.tsx'
import { Overview } from './Overview.tsx'

afterEach(cleanup)
const SESSION = '0190aaaa-0000-7000-8000-5e5510000001'
const ofAge = (birthDate: string) => ready().map((entry) => (entry.kind === 'demographics.v1' ? { ...entry, body: { ...entry.body, birthDate } } : entry))
/** Dosed eleven days before, when it was asked that morning or not. */
const dosed = (birthDate: string, asked: readonly ReturnType<typeof stored>[] = []) => [
  ...ofAge(birthDate).filter(({ kind }) => kind !== 'measure-answered.v1'), ...asked,
  stored('session-started.v1', { protocol: 'solo-six', route: 'IM', order: SESSION, clearance: SESSION, consents: [SESSION], edition: 'test', number: 1, gates: [], people: [{ person: SESSION, name: 'Jonas Lindqvist', role: 'therapist' }] }, { at: '2026-11-10T17:00:00.000Z', id: SESSION, session: SESSION }),
  stored('dose-given.v1', { step: 1, doseUg: 40_000, route: 'IM', order: SESSION, prepared: SESSION, confirmed: SESSION, confirmedBy: SESSION, site: 'arm', selfAdministered: false }, { at: '2026-11-10T18:00:00.000Z', session: SESSION }),
  stored('session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { at: '2026-11-10T20:00:00.000Z', session: SESSION }),
]
const interview = (at: string) => stored('measure-answered.v1', { instrument: 'c-ssrs', version: '1', language: 'en', answers: { q1: false, q2: false, q6Lifetime: false }, answeredBy: 'clinician' }, { at })
const Room = () => drawRoom('weekly-question', useOpenChart())

test('the therapist of a young adult reads first that nobody has asked, with the way to ask', () => {
  open(<Overview />, { entries: dosed('2004-03-14'), role: 'therapist' })
  const next = within(screen.getByRole('region', { name: 'What comes next' }))
  expect(next.getByRole('heading', { name: 'Ask about thoughts of suicide, every week at this age: not asked since the first dose' })).toBeTruthy()
  expect(next.getByText('overdue')).toBeTruthy()
  expect(next.getByRole('link', { name: 'Ask it, and write the C-SSRS' }).getAttribute('href')).toContain('step=weekly-question')
})

test.each([['asked four days ago', dosed('2004-03-14', [interview('2026-11-17T18:00:00.000Z')])], ['at 25', dosed('2001-03-14')]])('%s it stands nowhere among what is open', (_, entries) => {
  open(<Overview />, { entries, role: 'therapist' })
  expect(screen.queryByText(/thoughts of suicide/)).toBeNull()
})

test('its place is the interview', () => {
  open(<Room />, { entries: dosed('2004-03-14'), role: 'therapist' })
  expect(screen.getByRole('form', { name: 'C-SSRS by a clinician' })).toBeTruthy()
})
