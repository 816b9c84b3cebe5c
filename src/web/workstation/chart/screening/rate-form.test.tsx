// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { instruments } from '../../../../knowledge/instruments.ts'
import { textDigests } from '../../../../knowledge/instruments/text-digests.ts'
import { HELEN, open, stored, wrote } from '../testing/open.tsx'
import { RatePart } from './RateForm.tsx'

type Choices = { choices: unknown[] }
let forms: () => Promise<Choices>
vi.mock('../../../sync/index.ts', async (original) => ({ ...(await original<object>()), call: () => forms() }))
beforeEach(() => { forms = () => Promise.resolve({ choices: [] }) })

const choose = (title: RegExp) => {
  const select = screen.getByLabelText(/^Form/) as HTMLSelectElement
  fireEvent.change(select, { target: { value: [...select.options].find(({ text }) => title.test(text))!.value } })
}
const answer = (question: number, label: string) => fireEvent.click(within(screen.getAllByRole('group').filter(({ textContent }) => !/Who answered/.test(textContent))[question - 1]!).getByRole('radio', { name: new RegExp(`^${label}`) }))
const save = () => fireEvent.click(screen.getByRole('button', { name: /^Save/ }))
const offered = () => [...(screen.getByLabelText(/^Form/) as HTMLSelectElement).options].map(({ text }) => text.split(':')[0])

describe('what is offered', () => {
  test('every form the practice may ask, none that waits for a condition, and the interview only in its own room', async () => {
    open(<RatePart />, { entries: [] })
    expect(offered()).toEqual(expect.arrayContaining(['PHQ-9', 'MADRS', 'CADSS']))
    expect(offered()).not.toContain('C-SSRS screener')
    expect(offered().some((title) => title === instruments['who-5'].title)).toBe(false)
  })
  test('an accepted condition opens its form', async () => {
    const { id, version, licence } = instruments.fibser
    forms = () => Promise.resolve({ choices: [{ instrument: id, version, kind: 'condition', statement: licence.condition, copy: null, textSha256: null, by: 'Helen Brandt', at: '2026-11-01T10:00:00.000Z' }] })
    open(<RatePart />, { entries: [] })
    await waitFor(() => { expect(offered()).toContain(instruments.fibser.title) })
  })
  test('without the network the free forms stay, and it says what is missing', async () => {
    forms = () => Promise.reject(new Error('no network'))
    open(<RatePart />, { entries: [] })
    expect(await screen.findByText(/only the forms that are free for all/)).toBeDefined()
    expect(offered()).toContain('PHQ-9')
  })
})

describe('what is written', () => {
  test('a rating from the licensed copy: numbers of questions, who rated, no digest of words that are not here', async () => {
    open(<RatePart />, { entries: [] })
    choose(/^MADRS/)
    expect(screen.getByText(/Read them from your licensed copy/)).toBeDefined()
    for (let question = 1; question <= 9; question += 1) answer(question, '3')
    expect(screen.getByText(/1 question still open/)).toBeDefined()
    save()
    await waitFor(() => { expect(wrote).toHaveLength(1) })
    expect(wrote[0]).toEqual({ kind: 'measure-answered.v1', body: { instrument: 'madrs', version: '2026-1', language: 'en', answers: { ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`q${at + 1}`, 3])), q10: null }, answeredBy: 'clinician' }, how: {} })
  })
  test('a form on paper of an earlier day: the person’s own answers, at that day, with the digest of the words', async () => {
    open(<RatePart />, { entries: [] })
    choose(/^PHQ-2/)
    answer(1, 'Not at all')
    answer(2, 'Several days')
    save()
    expect(await screen.findAllByText(/Say who answered/)).not.toHaveLength(0)
    expect(wrote, 'nothing before somebody said who answered').toEqual([])
    fireEvent.click(screen.getByRole('radio', { name: 'The patient; I type it in' }))
    fireEvent.change(screen.getByLabelText(/^Answered on/), { target: { value: '2026-11-18' } })
    save()
    await waitFor(() => { expect(wrote).toHaveLength(1) })
    expect(wrote[0]).toMatchObject({ body: { instrument: 'phq-2', answers: { q1: 0, q2: 1 }, answeredBy: 'patient', textSha256: textDigests['phq-2 2026-1 en'] }, how: { at: '2026-11-18T20:00:00.000Z' } })
  })
  test('an empty form and a day to come write nothing', async () => {
    open(<RatePart />, { entries: [] })
    choose(/^MADRS/)
    save()
    expect(await screen.findAllByText('No question has been answered yet.')).not.toHaveLength(0)
    answer(1, '3')
    fireEvent.change(screen.getByLabelText(/^Answered on/), { target: { value: '2026-11-22' } })
    save()
    expect(await screen.findAllByText(/today or earlier/)).not.toHaveLength(0)
    expect(wrote).toEqual([])
  })
  test('an answer about death says what follows, before it is saved', () => {
    open(<RatePart />, { entries: [] })
    choose(/^PHQ-9/)
    answer(9, 'Several days')
    expect(screen.getByText(/speaks of death or self-harm/)).toBeDefined()
  })
  test('a correction points at what it corrects and keeps its time', async () => {
    const first = stored('measure-answered.v1', { instrument: 'madrs', version: '2026-1', language: 'en', answers: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`q${at + 1}`, 2])), answeredBy: 'clinician' }, { by: HELEN })
    open(<RatePart />, { entries: [first], place: { step: 'baseline', amends: first.id } })
    expect(screen.queryByLabelText(/^Form/)).toBeNull()
    answer(1, '4')
    save()
    await waitFor(() => { expect(wrote).toHaveLength(1) })
    expect(wrote[0]).toMatchObject({ body: { answers: { q1: 4, q2: 2, q10: 2 } }, how: { amends: first.id, at: first.at } })
  })
})
