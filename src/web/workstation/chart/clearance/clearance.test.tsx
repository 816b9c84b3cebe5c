// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { eligibility } from '../../../../knowledge/eligibility.ts'
import { HELEN, JONAS, open, ready, stored } from '../testing/open.tsx'
import { ClearanceRoom } from './ClearanceRoom.tsx'

const sent: { url: string; body: Record<string, unknown> }[] = []
beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (url: string, how: { body?: string }) => {
    sent.push({ url, body: JSON.parse(how.body ?? '{}') as Record<string, unknown> })
    const answer = url.includes('/sample/code') ? { code: '135790' } : { entry: {} }
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const rule = (id: string) => screen.getByRole('listitem', { name: `Rule ${id}` })
const choose = (group: string, label: string) => fireEvent.click(within(screen.getByRole('group', { name: new RegExp(`^${group}`) })).getByRole('radio', { name: new RegExp(`^${label}`) }))
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const sign = (name: string) => act(async () => { fireEvent.click(screen.getByRole('button', { name })) })
const signed = () => sent.find(({ url }) => url.endsWith('/clearance'))?.body['clearance'] as Record<string, unknown> | undefined

async function fillCleared() {
  choose('Decision', 'Clear')
  fireEvent.click(screen.getByRole('button', { name: 'Use the latest day' }))
  type('What you base it on', 'Seen in person.')
  await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Use the sample code' })) })
}

describe('the sheet leaves no rule out', () => {
  test('every rule stands on it exactly once, met, open or not met; only the one that signing ends is left out', () => {
    open(<ClearanceRoom />, { entries: ready({ without: ['mania'] }) })
    const shown = screen.getAllByRole('listitem', { hidden: true }).flatMap((item) => /^Rule (\S+)$/.exec(item.getAttribute('aria-label') ?? '')?.[1] ?? [])
    expect(shown.toSorted()).toEqual(eligibility.map(({ id }) => id).filter((id) => id !== 'M01').toSorted())
  })

  test('a met rule names its fact and its value, links to the entry, and says when nobody has verified it', () => {
    const pressure = stored('vitals.v1', { systolicMmHg: 170, diastolicMmHg: 90, position: 'seated' }, { at: '2026-11-21T17:00:00.000Z' })
    open(<ClearanceRoom />, { entries: [...ready(), pressure] })
    const held = rule('H01')
    expect(held.textContent).toContain('Pressure not controlled')
    expect(held.textContent).toMatch(/systolic pressure: 170 mmHg/)
    expect(within(held).getAllByRole('link')[0]?.getAttribute('href')).toContain(`step=ledger&entry=${pressure.id}`)
    expect(held.textContent).toContain('not verified')
  })

  test('a rule that could not run says what it lacks and where that is asked', () => {
    open(<ClearanceRoom />, { entries: ready({ without: ['hasCapacity'] }) })
    expect(within(rule('B09')).getByRole('link', { name: 'Rule B09: fill in capacity to decide' }).getAttribute('href')).toContain('step=facts')
  })
})

describe('what stands in the way cannot be waved through', () => {
  test.each([
    ['a fact nobody asked about', () => ready({ without: ['mania'] })],
    ['a hold', () => [...ready(), stored('vitals.v1', { systolicMmHg: 165, diastolicMmHg: 90, position: 'seated' }, { at: '2026-11-21T17:00:00.000Z' })]],
    ['a block', () => [...ready(), stored('allergy.v1', { substance: 'ketamine', codes: [], status: 'active' })]],
  ])('%s: no clearance leaves this screen', async (_, entries) => {
    open(<ClearanceRoom />, { entries: entries() })
    await fillCleared()
    await sign('Sign the clearance')
    expect(signed()).toBeUndefined()
    expect(screen.getByRole('alert').textContent).toContain('Nothing can be cleared while')
  })

  test('with nothing in the way it is signed, with what was read, its end and no override', async () => {
    const entries = ready()
    open(<ClearanceRoom />, { entries })
    await fillCleared()
    await sign('Sign the clearance')
    await waitFor(() => expect(signed()).toMatchObject({ decision: 'cleared', overrides: [], expiresOn: '2027-02-19', lastSeq: Math.max(...entries.map(({ seq }) => seq ?? 0)), reason: 'Seen in person.' }))
    expect(sent.find(({ url }) => url.endsWith('/clearance'))?.body['code']).toBe('135790')
  })

  test.each([[19, false], [20, true]])('an override with a reason of %d characters: signed %s', async (length, isSigned) => {
    open(<ClearanceRoom />, { entries: [...ready({ without: ['seizureUncontrolled'] }), stored('fact.v1', { fact: 'seizureUncontrolled', state: 'answered', value: true })] })
    await fillCleared()
    type(/Your reason to go on in spite of O05/, 'x'.repeat(length))
    await sign('Sign the clearance')
    if (isSigned) await waitFor(() => expect(signed()).toMatchObject({ overrides: [{ rule: 'O05', reason: 'x'.repeat(20) }] }))
    else expect(signed()).toBeUndefined()
  })

  test('a hold needs what has to happen first, and then goes out whatever the rules say', async () => {
    open(<ClearanceRoom />, { entries: ready({ without: ['mania'] }) })
    choose('Decision', 'Hold')
    type('What you base it on', 'The ECG is missing.')
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Use the sample code' })) })
    await sign('Sign the hold')
    expect(signed()).toBeUndefined()
    type('What has to happen first 1', 'An ECG.')
    await sign('Sign the hold')
    await waitFor(() => expect(signed()).toMatchObject({ decision: 'held', conditions: ['An ECG.'] }))
    expect(signed()).not.toHaveProperty('expiresOn')
  })
})

describe('facts that arrive while the sheet is open', () => {
  test('somebody else’s are shown and have to be read; one’s own count as read', async () => {
    const drawn = open(<ClearanceRoom />, { entries: ready() })
    await fillCleared()
    drawn.hear([stored('medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'active' }, { by: JONAS })])
    await sign('Sign the clearance')
    expect(signed()).toBeUndefined()
    expect(screen.getAllByText(/New facts reached this chart/).length).toBeGreaterThan(0)
    fireEvent.click(screen.getByRole('button', { name: 'I have read them' }))
    await sign('Sign the clearance')
    await waitFor(() => expect(signed()).toBeDefined())
    cleanup()
    sent.length = 0
    const again = open(<ClearanceRoom />, { entries: ready() })
    await fillCleared()
    again.hear([stored('fact.v1', { fact: 'pdmpChecked', state: 'answered', value: true }, { by: HELEN })])
    await sign('Sign the clearance')
    await waitFor(() => expect(signed()).toBeDefined())
  })

  test('a therapist sees the sheet and cannot sign', () => {
    open(<ClearanceRoom />, { entries: ready(), role: 'therapist' })
    expect(screen.queryByRole('button', { name: /^Sign/ })).toBeNull()
    expect(screen.getByText('The prescriber decides and signs.')).toBeTruthy()
  })

  test('nobody is called fit: the words are those of the rulebook', () => {
    const { container } = open(<ClearanceRoom />, { entries: ready() })
    expect(container.textContent).not.toMatch(/eligible|all clear|no concerns/i)
  })
})
