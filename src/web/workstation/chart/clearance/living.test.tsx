// @vitest-environment happy-dom
import axe from 'axe-core'
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { theServer, type Entry } from '../../../../core/chart/entry.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { HELEN, JONAS, open, ready, stored, wrote } from '../testing/open.tsx'
import { ClearanceRoom } from './ClearanceRoom.tsx'

beforeEach(() => { vi.stubGlobal('fetch', async () => new Response('{}', { headers: { 'content-type': 'application/json' } })) })
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const REASON = 'Weighed with her neurologist this morning.'
const seizures = () => stored('fact.v1', { fact: 'seizureUncontrolled', state: 'answered', value: true })
const pill = (more: Parameters<typeof stored>[2] = {}) => stored('medication.v1', { name: 'phenelzine', codes: [], dosage: '', status: 'active' }, { at: '2026-11-21T17:30:00.000Z', ...more })

/** A clearance as the server stores it after these entries, signed an hour ago. */
function signed(entries: readonly { seq?: number }[], more: Partial<BodyOf<'clearance.v1'>> = {}) {
  const body: BodyOf<'clearance.v1'> = {
    decision: 'cleared', conditions: ['Pressure below 140/90 on the day'], reason: 'Seen in person.', expiresOn: '2027-01-08', overrides: [], lastSeq: Math.max(...entries.map(({ seq }) => seq ?? 0)),
    screening: { edition: '2026-11 · 0a1b2c', decision: 'INCOMPLETE', met: [{ rule: 'O05', says: 'Seizures that are not controlled.', action: 'override' }], unknown: [] },
    signature: { person: HELEN, name: 'Helen Brandt, MD', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T17:00:00.000Z' }, ...more,
  }
  return stored('clearance.v1', body, { at: '2026-11-21T17:00:00.000Z', by: HELEN })
}
const now = () => screen.getByRole('region', { name: 'The clearance now' })
const history = () => [...screen.getByRole('list', { name: 'History of the clearance' }).children].map((one) => one.textContent)
const base = () => [...ready({ without: ['seizureUncontrolled'] }), seizures()]

describe('how a clearance stands', () => {
  test('with its conditions, its end, what it rests on, and what it was signed in spite of', () => {
    const entries = base()
    open(<ClearanceRoom />, { entries: [...entries, signed(entries, { overrides: [{ rule: 'O05', reason: REASON }] })], role: 'therapist' })
    expect(now().textContent).toMatch(/The clearance is cleared, in date, by Helen Brandt, MD, until Jan 8, 2027/)
    for (const part of ['Pressure below 140/90 on the day', 'Seen in person.', `In spite of O05“${REASON}” It ends with the clearance, and has to be signed again when its facts change.`]) expect(now().textContent).toContain(part)
    expect(screen.getByRole('listitem', { name: 'Rule O05' }).textContent).toContain(`Passed with a signed reason: “${REASON}”`)
  })

  test.each(['therapist', 'prescriber'] as const)('reopened: the %s reads which fact met which rule, and who wrote it', (role) => {
    const entries = base()
    const news = pill({ by: JONAS })
    open(<ClearanceRoom />, { entries: [...entries, signed(entries, { overrides: [{ rule: 'O05', reason: REASON }] }), news], role })
    const [reason] = within(screen.getByRole('list', { name: 'What reopened it' })).getAllByRole('listitem')
    expect(reason?.textContent).toMatch(/^medications: phenelzine met O14 .+ Written by Jonas Lindqvist, /)
    expect(within(reason!).getByRole('link').getAttribute('href')).toContain(news.id)
    expect(now().textContent).toContain('No session can start on it.')
    expect(now().textContent).not.toMatch(/is cleared/)
  })

  test.each(['therapist', 'prescriber'] as const)('and the medicine stopped: the %s still reads what reopened it, that it is not so any more, and that it waits', (role) => {
    const entries = base()
    const clearance = signed(entries, { overrides: [{ rule: 'O05', reason: REASON }] })
    const news = pill({ by: JONAS })
    const reopened = stored('clearance-reopened.v1', { clearance: clearance.id, edition: 'x', rules: [{ rule: 'O14', says: 'Irreversible MAO inhibitor.', action: 'override', facts: [{ fact: 'medications', value: ['phenelzine'], entries: [news.id] }] }] }, { at: '2026-11-21T17:30:00.000Z', by: theServer })
    const stopped = stored('medication.v1', { name: 'phenelzine', codes: [], dosage: '', status: 'stopped' }, { at: '2026-11-21T17:40:00.000Z', by: JONAS })
    open(<ClearanceRoom />, { entries: [...entries, clearance, news, reopened, stopped], role })
    expect(now().textContent).toContain('It does not count until a prescriber has signed again, also where what reopened it is not so any more.')
    const [reason] = within(screen.getByRole('list', { name: 'What reopened it' })).getAllByRole('listitem')
    expect(reason?.textContent).toMatch(/^medications: phenelzine met O14 Irreversible MAO inhibitor\. Written by Jonas Lindqvist, .*This is not so any more\. A prescriber has to look at it and sign\.$/)
    expect(history()[0]).toMatch(/^Still open, Nov 21, 2026, .*: what had reopened it is not so any more, and a prescriber has to sign again\. Written by Jonas Lindqvist\./)
    expect(history()[1]).toMatch(/^Reopened, .*O14: .*\(medications: phenelzine\)/)
  })

  test('what had reopened it became unknown: nobody reads that it is not so', () => {
    const entries = base()
    const clearance = signed(entries, { overrides: [{ rule: 'O05', reason: REASON }] })
    const news = stored('fact.v1', { fact: 'homeOxygen', state: 'answered', value: true }, { at: '2026-11-21T17:30:00.000Z', by: JONAS })
    const reopened = stored('clearance-reopened.v1', { clearance: clearance.id, edition: 'x', rules: [{ rule: 'O06', says: 'Oxygen at home.', action: 'override', facts: [{ fact: 'homeOxygen', value: true, entries: [news.id] }] }] }, { at: '2026-11-21T17:30:00.000Z', by: theServer })
    const declined = stored('fact.v1', { fact: 'homeOxygen', state: 'declined' }, { at: '2026-11-21T17:40:00.000Z', by: JONAS })
    open(<ClearanceRoom />, { entries: [...entries, clearance, news, reopened, declined] })
    const [reason] = within(screen.getByRole('list', { name: 'What reopened it' })).getAllByRole('listitem')
    expect(reason?.textContent).toMatch(/This cannot be judged any more\. A prescriber has to look at it and sign\.$/)
    expect(history()[0]).toMatch(/^Still open, .*: what had reopened it cannot be judged any more, and a prescriber has to sign again\./)
    expect([reason?.textContent, history()[0]].join()).not.toContain('not so any more')
  })

  test('entered and stopped on this device, and not sent yet: it is open here as it will be on the server', () => {
    const entries = base()
    const waits = (status: 'active' | 'stopped', at: string) => { const { seq: _seq, receivedAt: _at, digest: _digest, ...entry } = stored('medication.v1', { name: 'phenelzine', codes: [], dosage: '', status }, { at, by: JONAS }); return entry as Entry }
    open(<ClearanceRoom />, { entries: [...entries, signed(entries, { overrides: [{ rule: 'O05', reason: REASON }] }), waits('active', '2026-11-21T17:30:00.000Z'), waits('stopped', '2026-11-21T17:40:00.000Z')] })
    expect(now().textContent).toContain('No session can start on it.')
    expect(now().textContent).not.toMatch(/is cleared/)
    expect(history().map((line) => line?.split(',')[0])).toEqual(['Still open', 'Reopened', 'Cleared until January 8'])
  })

  test('an override whose facts changed says that its reason no longer counts, and asks for a new one with the old beside it', () => {
    const entries = [...ready(), pill({ at: '2026-11-20T19:00:00.000Z' })]
    const overridden = signed(entries, { overrides: [{ rule: 'O14', reason: REASON }], screening: { edition: 'x', decision: 'x', met: [{ rule: 'O14', says: 'x', action: 'override' }], unknown: [] } })
    open(<ClearanceRoom />, { entries: [...entries, overridden, stored('medication.v1', { name: 'phenelzine', codes: [], dosage: '45 mg', status: 'active' }, { at: '2026-11-21T17:30:00.000Z' })] })
    expect(screen.getByRole('list', { name: 'What reopened it' }).textContent).toContain(`It had been passed with: “${REASON}” Its facts have changed since, so that reason no longer counts.`)
    expect(now().textContent).toContain(`“${REASON}” It does not count now.`)
    fireEvent.click(within(screen.getByRole('group', { name: /^Decision/ })).getByRole('radio', { name: /^Clear/ }))
    const field = screen.getByLabelText<HTMLTextAreaElement>(/Your reason to go on in spite of O14/)
    expect(field.value, 'never filled in by itself').toBe('')
    expect(screen.getByText(new RegExp(`^Signed before, .*: “${REASON}”$`))).toBeTruthy()
  })

  test('an expired one says since when, and its override counts no more', () => {
    const entries = base()
    open(<ClearanceRoom />, { entries: [...entries, signed(entries, { overrides: [{ rule: 'O05', reason: REASON }], expiresOn: '2026-11-20', signature: { person: HELEN, name: 'Helen Brandt, MD', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-20T17:00:00.000Z' } })] })
    expect(now().textContent).toContain('The clearance is expired')
    expect(now().textContent).toContain('It does not count now.')
  })
})

describe('what was decided before', () => {
  test('every decision and every reopening stands there, newest first, with who, when and the edition', () => {
    const entries = base()
    const first = signed(entries, { decision: 'held', conditions: ['A letter from neurology'], signature: { person: HELEN, name: 'Helen Brandt, MD', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T16:00:00.000Z' } })
    const second = signed([...entries, first], { overrides: [{ rule: 'O05', reason: REASON }] })
    open(<ClearanceRoom />, { entries: [...entries, first, second, pill()] })
    const [reopened, cleared, held] = history()
    expect(reopened).toMatch(/^Reopened, Nov 21, 2026, .* Written by Jonas Lindqvist\. .*O14: .*\(medications: phenelzine\)/)
    expect(cleared).toMatch(/^Cleared until January 8, 2027, signed by Helen Brandt, MD, Nov 21, 2026, .* · rulebook 2026-11 · 0a1b2c/)
    expect(cleared).toContain(`In spite of O05: “${REASON}”`)
    expect(held).toMatch(/^Put on hold.*A letter from neurology/)
    expect(history()).toHaveLength(3)
  })

  test('nothing yet says what will stand there', () => {
    open(<ClearanceRoom />, { entries: [] })
    expect(screen.getByText(/Every clearance, hold, refusal and reopening will stand here/)).toBeTruthy()
  })
})

describe('questions about it', () => {
  const asked = (dueAt?: string) => stored('question-asked.v1', { to: HELEN, text: 'May she fast for two hours only?', ...(dueAt ? { dueAt } : {}) }, { by: JONAS })
  test.each([['2026-11-21T17:59:59.000Z', true], ['2026-11-21T18:00:01.000Z', false]])('due at %s: overdue %s', (dueAt, isOverdue) => {
    open(<ClearanceRoom />, { entries: [...ready(), asked(dueAt)] })
    const part = screen.getByRole('region', { name: /^For Helen Brandt: / })
    expect(within(part).queryByText('overdue') !== null).toBe(isOverdue)
  })
  test('the one asked answers here, and the answer is recorded', async () => {
    const question = asked()
    open(<ClearanceRoom />, { entries: [...ready(), question] })
    fireEvent.change(screen.getByLabelText(/^Your answer to Jonas Lindqvist/), { target: { value: 'Yes, for clear fluids.' } })
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: /^Answer/ })) })
    expect(wrote).toEqual([{ kind: 'question-answered.v1', body: { question: question.id, text: 'Yes, for clear fluids.' }, how: undefined }])
  })
  test.each([['therapist', HELEN], ['prescriber', JONAS]] as const)('from the %s a question goes to the other, unless somebody else is chosen', async (role, other) => {
    open(<ClearanceRoom />, { entries: ready(), role })
    const form = within(screen.getByRole('form', { name: 'A question to a colleague', hidden: true }))
    fireEvent.change(form.getByLabelText(/^Question/), { target: { value: 'Which dose?' } })
    await act(async () => { fireEvent.click(form.getByRole('button', { name: 'Ask', hidden: true })) })
    expect(wrote).toEqual([{ kind: 'question-asked.v1', body: { to: other, text: 'Which dose?' }, how: undefined }])
  })
})

test('reopened, overridden and asked about, it shuts nobody out (axe)', async () => {
  const entries = base()
  const { container } = open(<ClearanceRoom />, { entries: [...entries, signed(entries, { overrides: [{ rule: 'O05', reason: REASON }] }), pill(), stored('question-asked.v1', { to: HELEN, text: 'Which dose?' })] })
  const { violations, passes } = await axe.run(container, { preload: false, rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'heading-order': { enabled: false } } })
  expect(passes.length).toBeGreaterThan(3)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([])
})
