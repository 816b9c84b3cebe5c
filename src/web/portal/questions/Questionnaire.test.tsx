// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Instrument } from '../../../core/measures/instrument.ts'
import { copyFor } from '../../../core/measures/testing/own-copy.ts'
import { instruments } from '../../../knowledge/instruments.ts'
import { AtHerPhone } from '../testing/patient.tsx'
import { Questionnaire } from './Questionnaire.tsx'

const wrote = vi.fn<(kind: string, body: unknown, how?: unknown) => void>()
beforeEach(() => { sessionStorage.clear(); wrote.mockClear(); globalThis.scrollTo = () => {}; Element.prototype.scrollIntoView = () => {} })
afterEach(cleanup)

type Setting = Partial<Parameters<typeof AtHerPhone>[0]>
const open = (id: string, setting: Setting = {}) => render(<AtHerPhone wrote={wrote} {...setting}><Questionnaire id={id} /></AtHerPhone>)
const questions = () => screen.getAllByRole('group')
const question = (words: RegExp) => screen.getByRole('group', { name: words })
const answer = (group: HTMLElement, words: string) => fireEvent.click(within(group).getByLabelText(words))
const answerAll = (words: string) => { for (const group of questions()) if (!/How difficult/.test(group.textContent ?? '')) answer(group, words) }
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Send my answers' }))
const NINE = /better off dead/
const HELP = 'You do not have to be alone with this'
const help = () => screen.queryByRole('heading', { name: HELP })

describe('a form', () => {
  test('asks the PHQ-9 in its own words, with nothing chosen', () => {
    open('phq-9')
    expect(questions()).toHaveLength(10)
    expect(screen.getByText('Over the last 2 weeks, how often have you been bothered by any of the following problems?')).toBeDefined()
    expect(question(/^Feeling down, depressed, or hopeless\?$/)).toBeDefined()
    expect(screen.getAllByRole('radio').filter((one) => (one as HTMLInputElement).checked)).toEqual([])
  })

  test('is never taken incomplete in silence: it says what is open and keeps what was answered', () => {
    open('phq-9')
    answer(question(/^Little interest/), 'Several days')
    send()
    expect(wrote).not.toHaveBeenCalled()
    expect(screen.getByRole('alert').textContent).toContain('8 questions are still open. Nothing was sent yet.')
    expect(screen.getAllByText('This question is still open.')).toHaveLength(8)
    expect((within(question(/^Little interest/)).getByLabelText('Several days') as HTMLInputElement).checked).toBe(true)
  })

  test('may be sent with a gap once that was said, and the gap is written as one', async () => {
    open('phq-9')
    answerAll('Not at all')
    cleanup()
    sessionStorage.setItem('openkap.draft.5a3e0000-0000-4000-8000-000000000021 phq-9', JSON.stringify({ startedAt: null, given: { q1: 1, q2: 0, q3: 0, q4: 0, q5: 0, q6: 0, q7: 0, q8: 0 } }))
    open('phq-9')
    send()
    fireEvent.click(screen.getByRole('button', { name: 'Send it without this answer' }))
    await waitFor(() => expect(wrote).toHaveBeenCalledTimes(1))
    expect(wrote.mock.calls[0]?.[1]).toMatchObject({ answers: { q1: 1, q9: null } })
    expect(screen.getByText(/Some questions were left open/)).toBeDefined()
  })

  test('whole, goes out once with its version, and the optional question does not hold it', async () => {
    open('phq-9')
    answerAll('Several days')
    send()
    await screen.findByRole('heading', { name: 'Thank you' })
    // What cannot wait goes at once, and the whole form takes its place.
    expect(wrote).toHaveBeenCalledTimes(2)
    expect(wrote.mock.calls[1]).toEqual(['measure-answered.v1', expect.objectContaining({ instrument: 'phq-9', version: '2026-1', answeredBy: 'patient', answers: { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1, q6: 1, q7: 1, q8: 1, q9: 1 } }), { amends: expect.any(String) }])
    expect(sessionStorage.length).toBe(0)
  })

  test('shows no sum and no band, before or after', async () => {
    const { container } = open('phq-9')
    answerAll('More than half the days')
    expect(container.textContent).not.toMatch(/\b18\b|\b27\b|moderate|severe|score/i)
    send()
    await screen.findByRole('heading', { name: 'Thank you' })
    expect(container.textContent).not.toMatch(/\b18\b|\b27\b|moderate|severe|score/i)
  })

  test('keeps its answers through a reload of the page', () => {
    open('gad-7')
    answer(question(/^Trouble relaxing/), 'Nearly every day')
    cleanup()
    open('gad-7')
    expect((within(question(/^Trouble relaxing/)).getByLabelText('Nearly every day') as HTMLInputElement).checked).toBe(true)
  })

  test('of the clinician, or in words that are not shipped, is not filled in here', () => {
    open('c-ssrs')
    expect(screen.queryByRole('radio')).toBeNull()
  })
})

describe('thoughts of death or self-harm', () => {
  test.each([['Not at all', false], ['Several days', true], ['More than half the days', true], ['Nearly every day', true]])('answered “%s”: help at once is %s', (words, shown) => {
    open('phq-9')
    answer(question(NINE), words)
    expect(help() !== null).toBe(shown)
  })

  test('no other answer brings it up', () => {
    open('phq-9')
    for (const group of questions()) if (!NINE.test(group.textContent ?? '') && !/How difficult/.test(group.textContent ?? '')) answer(group, 'Nearly every day')
    expect(help()).toBeNull()
  })

  test('before sending it is told already, with every other question open, and says who answers now and whether anybody there is on call', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ says: 'Nobody at the practice is on call now until 9:00 AM. It may be that nobody sees an answer before then.' }))
    open('phq-9')
    answer(question(NINE), 'Several days')
    const panel = screen.getByRole('alert')
    for (const [name, href] of [[/^Call 988/, 'tel:988'], [/^Text 988/, 'sms:988'], [/^Call 911/, 'tel:911'], [/^Text 741741/, 'sms:741741']] as const) expect(within(panel).getByRole('link', { name }).getAttribute('href')).toBe(href)
    await waitFor(() => expect(panel.textContent).toContain('Your answer has reached the practice. Your therapist Jonas Lindqvist has been told'))
    await waitFor(() => expect(panel.textContent).toContain('Nobody at the practice is on call now until 9:00 AM.'))
    expect(wrote.mock.calls).toEqual([['measure-answered.v1', expect.objectContaining({ answers: { q1: null, q2: null, q3: null, q4: null, q5: null, q6: null, q7: null, q8: null, q9: 1 } }), {}]])
    vi.unstubAllGlobals()
  })

  test('left half-way it stays told; said more strongly it is told again, said more mildly it is not, also after the page was opened again', async () => {
    open('phq-9')
    answer(question(NINE), 'Several days')
    await waitFor(() => expect(wrote).toHaveBeenCalledTimes(1))
    answer(question(NINE), 'Nearly every day')
    await waitFor(() => expect(wrote).toHaveBeenCalledTimes(2))
    expect(wrote.mock.calls[1]?.[2]).toEqual({ amends: expect.any(String) })
    cleanup()
    open('phq-9')
    answer(question(NINE), 'Not at all')
    answer(question(NINE), 'More than half the days')
    answerAll('Not at all')
    send()
    await screen.findByRole('heading', { name: 'Thank you' })
    expect(wrote).toHaveBeenCalledTimes(3)
    expect(wrote.mock.calls[2]?.[2]).toEqual({ amends: expect.any(String) })
  })

  test('without a connection it says that nobody there knows of it yet, before sending as well', async () => {
    open('phq-9', { kept: 'saved here' })
    answer(question(NINE), 'Several days')
    await screen.findByText(/only on this device so far: it has not reached the practice, and nobody there knows of it yet/)
  })

  test.each([
    ['saved', 'Your answer has reached the practice.', 'has not reached'],
    ['saved here', 'it has not reached the practice, and nobody there knows of it yet', 'has been told'],
    ['problem', 'it has not reached the practice, and nobody there knows of it yet', 'has been told'],
  ] as const)('after sending, while it is “%s”, it says so and keeps help in sight', async (kept, says, never) => {
    open('phq-9', { kept })
    answerAll('Not at all')
    answer(question(NINE), 'Several days')
    send()
    await screen.findByRole('heading', { name: 'Thank you' })
    const panel = screen.getByRole('alert')
    expect(within(panel).getByRole('link', { name: /^Call 988/ })).toBeDefined()
    expect(panel.textContent).toContain(says)
    expect(panel.textContent).not.toContain(never)
  })

  test('after sending without such thoughts there is thanks, and no alarm', async () => {
    open('phq-9')
    answerAll('Not at all')
    send()
    await screen.findByRole('heading', { name: 'Thank you' })
    expect(help()).toBeNull()
  })
})

describe('a form whose words the practice brings', () => {
  const { peg, isi, edi, 'dast-10': dast } = instruments
  const signed = (row: Instrument, kind: string, copy: unknown = null) => ({ instrument: row.id, version: row.version, kind, statement: kind === 'condition' ? row.licence.condition : 'x', copy, textSha256: kind === 'copy' ? 'b'.repeat(64) : null, by: '', at: 'x' })
  const answers = (...choices: object[]) => vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ choices }), { headers: { 'content-type': 'application/json' } }))
  afterEach(() => { vi.unstubAllGlobals() })

  test('without a connection it says so; a long line is typed, a short one is touched', async () => {
    vi.stubGlobal('fetch', async () => { throw new TypeError('Failed to fetch') })
    open('peg')
    expect((await screen.findByRole('button', { name: 'Try again' }))).toBeDefined()
    cleanup()
    answers(signed(peg, 'copy', copyFor(peg)), signed(edi, 'copy', copyFor(edi)))
    open('edi')
    fireEvent.change((await screen.findAllByRole('textbox'))[0]!, { target: { value: '55' } })
    expect(screen.getByText(/1 of 8 answered/)).toBeDefined()
    expect(screen.queryAllByRole('radio')).toEqual([])
  })

  test('is asked in them, and the answers name their digest', async () => {
    answers(signed(isi, 'copy', copyFor(isi)))
    open('isi')
    await screen.findByText('Sample words of q7')
    answerAll('Answer 2')
    send()
    await screen.findByRole('heading', { name: 'Thank you' })
    expect(wrote.mock.calls[0]?.[1]).toMatchObject({ instrument: 'isi', language: 'en', textSha256: 'b'.repeat(64), answers: { q1: 2, q7: 2 } })
  })

  test.each<[string, string, object[]]>([['without them', 'isi', []], ['after they were stopped', 'isi', [signed(isi, 'copy', copyFor(isi)), signed(isi, 'stopped')]], ['with its condition not accepted', 'dast-10', [signed(dast, 'copy', copyFor(dast))]]])('%s it is not asked here', async (_, id, choices) => {
    answers(...choices)
    open(id)
    expect(await screen.findByText(/The words of this form are with your practice/)).toBeDefined()
    expect(screen.queryAllByRole('group')).toEqual([])
  })
})
