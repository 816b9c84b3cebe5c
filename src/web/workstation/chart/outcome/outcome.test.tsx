// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import type { Entry } from '../../../../core/chart/entry.ts'
import { phq9Answers } from '../../../../core/measures/fixtures.ts'
import { NoAnswerRoom } from '../afterwards/NoAnswerRoom.tsx'
import { IntegrationForm } from '../integration/IntegrationForm.tsx'
import { JONAS, open, stored, wrote } from '../testing/open.tsx'
import { OutcomeRoom } from './OutcomeCard.tsx'

afterEach(cleanup)
const [SESSION, ONE] = ['0190aaaa-0000-7000-8000-00000000e001', '0190aaaa-0000-7000-8000-00000000e002']
const on = (day: string) => `${day}T18:00:00.000Z`
const answer = (day: string, total: number, left = false) => stored('measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: { ...phq9Answers(total), ...(left ? { q3: null } : {}) }, answeredBy: 'patient' }, { at: on(day) })
const dosed = [
  stored('demographics.v1', { givenName: 'Ida', familyName: 'Nilsson', birthDate: '1994-11-30', phone: '555 0100' }, { at: on('2026-06-01') }),
  stored('session-started.v1', { protocol: 'solo-six', route: 'IM', order: ONE, clearance: ONE, consents: [ONE], edition: 'test', number: 1, gates: [], people: [{ person: JONAS, name: 'Jonas', role: 'therapist' }] }, { id: SESSION, at: on('2026-07-01') }),
  stored('dose-given.v1', { step: 1, doseUg: 40_000, route: 'IM', order: ONE, prepared: ONE, confirmed: ONE, confirmedBy: JONAS, site: '', selfAdministered: false }, { session: SESSION, at: on('2026-07-01') }),
]
const medicine = (day: string, dosage: string) => stored('medication.v1', { name: 'Sertraline', codes: [], dosage, status: 'active' }, { at: on(day) })
const life: Entry[] = [...dosed, answer('2026-06-28', 18), answer('2026-07-05', 14), answer('2026-07-20', 9, true), answer('2026-08-01', 7), medicine('2026-06-02', '50 mg'), medicine('2026-07-10', '100 mg'), stored('life-event.v1', { on: '2026-07-15', says: 'Moved house', felt: 'harder' }), stored('measure-answered.v1', { instrument: 'alliance-check', version: '2026-1', language: 'en', answers: { understood: 8, agreed: 7, trust: 6, steady: 6 }, answeredBy: 'patient' }, { at: on('2026-07-05') })]

describe('one axis', () => {
  test('holds doses, medicines and life beside the scores, and a table says the same', () => {
    open(<OutcomeRoom />, { entries: life, role: 'therapist' })
    fireEvent.click(screen.getAllByText('The same as a table')[0]!)
    const table = screen.getByRole('region', { name: 'On the same axis' })
    const rows = within(table).getAllByRole('row').slice(1).map((row) => row.textContent)
    expect(rows.filter((row) => /dose 1, 40 mg|100 mg: changed|Moved house, felt harder/.test(row ?? ''))).toHaveLength(3)
    expect(rows.some((row) => row?.includes('50 mg: begun')), 'a list written down once is no change').toBe(false)
    expect(rows.some((row) => row?.includes('Not answered'))).toBe(true)
  })
  test('a missing answer breaks the line, and what lies further than noise is a full dot and said in the table', () => {
    const { container } = open(<OutcomeRoom />, { entries: life, role: 'therapist' })
    const wide = container.querySelector('.k-curve__drawing--wide')!
    expect(wide.querySelector('.k-curve__line')!.getAttribute('d')!.match(/M/g)!.length).toBeGreaterThan(1)
    expect([wide.querySelectorAll('.k-curve__dot').length, wide.querySelectorAll('.k-curve__dot--strong').length]).toEqual([3, 1])
    expect(wide.querySelector('.k-curve__noise')).toBeTruthy()
    expect(screen.getByText(/cannot be told from the baseline of 18: less than 6 points/)).toBeTruthy()
    expect(screen.getByRole('region', { name: 'PHQ-9' }).textContent).toMatch(/More than noise/)
    expect(screen.getByRole('figure', { name: 'Working together, as the patient says' })).toBeTruthy()
  })
  test('something that happened in life is put on it', async () => {
    open(<OutcomeRoom />, { entries: life, role: 'therapist' })
    fireEvent.click(screen.getByRole('button', { name: 'Put it on the axis' }))
    expect((await screen.findAllByText('Say in a few words what happened.')).length).toBeGreaterThan(0)
    expect(wrote).toEqual([])
  })
})

describe('nobody knows how somebody is', () => {
  test('the room says whom to call and by when; a promise needs somebody who was reached', async () => {
    open(<NoAnswerRoom />, { entries: dosed, role: 'therapist' })
    expect(screen.getByText(/^No answer to .*: call\.$/)).toBeTruthy()
    expect(screen.getByRole('link', { name: '555 0100' }).getAttribute('href')).toBe('tel:5550100')
    fireEvent.click(screen.getByRole('radio', { name: 'Not reached' }))
    fireEvent.click(screen.getByRole('radio', { name: 'They will answer' }))
    fireEvent.change(screen.getByRole('textbox', { name: 'What was done and said' }), { target: { value: 'Rang twice.' } })
    fireEvent.click(screen.getByRole('button', { name: 'Write the call' }))
    expect((await screen.findAllByText('Whoever was not reached has promised nothing.')).length).toBeGreaterThan(0)
    fireEvent.click(screen.getByRole('radio', { name: 'Tried, to be tried again' }))
    fireEvent.click(screen.getByRole('button', { name: 'Write the call' }))
    await waitFor(() => expect(wrote).toHaveLength(1))
    expect(wrote[0]).toMatchObject({ kind: 'silence-contact.v1', body: { reached: false, decided: 'tried-again', note: 'Rang twice.' } })
    expect((wrote[0]!.body as { asks: string[] }).asks.length).toBeGreaterThan(0)
  })
})

test('an insight becomes what is carried into the week, and both stand with each other', async () => {
  open(<IntegrationForm session={SESSION} step={undefined} />, { entries: dosed, role: 'therapist' })
  const type = (name: string | RegExp, value: string) => fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })
  type('What arose, and what it means', 'Grief.')
  type(/^Emotions/, 'Sadness, then relief')
  fireEvent.click(screen.getByRole('button', { name: 'Add an insight' }))
  type(/^Insight 1/, 'I may rest')
  fireEvent.click(await screen.findByRole('button', { name: 'Carry into the week: I may rest' }))
  expect(screen.queryByRole('button', { name: 'Carry into the week: I may rest' })).toBeNull()
  expect((screen.getByRole('textbox', { name: /^What is carried into the week 1/ }) as HTMLInputElement).value).toBe('I may rest')
})
