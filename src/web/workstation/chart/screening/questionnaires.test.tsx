// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { open, stored } from '../testing/open.tsx'
import { QuestionnairesRoom } from './QuestionnairesRoom.tsx'

type Asked = { instrument: string; title: string; since: string | null; last: { at: string; outcome: string } | null; answerBy: string | null; late: boolean }
let answer: () => Promise<{ on: boolean; asked: Asked[] }>
vi.mock('../../../sync/index.ts', async (original) => ({ ...(await original<object>()), call: () => answer() }))

const asked = (more: Partial<Asked>): Asked => ({ instrument: 'phq-9', title: 'PHQ-9', since: '2026-11-20T18:00:00.000Z', last: { at: '2026-11-20T18:00:00.000Z', outcome: 'sent' }, answerBy: '2026-11-26T18:00:00.000Z', late: false, ...more })

test.each<[string, Partial<Asked>, RegExp]>([
  ['a link that was sent, and from when a person calls', {}, /a link was sent .*a person calls from/],
  ['nobody answered in time: it says what to do', { late: true }, /not answered in time: call, or ask at the next visit/],
  ['no message reaches them', { last: { at: '2026-11-20T18:00:00.000Z', outcome: 'unreachable' } }, /no message reaches them/],
  ['not sent yet', { last: null }, /open, no message sent yet/],
])('%s', async (_, more, says) => {
  answer = () => Promise.resolve({ on: true, asked: [asked(more)] })
  open(<QuestionnairesRoom />, { entries: [] })
  const list = await screen.findByRole('list', { name: 'Questionnaires asked now' })
  expect(list.textContent).toMatch(says)
})

test('what could not be read is not shown as nothing', async () => {
  answer = () => Promise.reject(new Error('no network'))
  open(<QuestionnairesRoom />, { entries: [] })
  expect(await screen.findByText(/could not be read/)).toBeDefined()
  expect(screen.queryByText('Nothing is open.')).toBeNull()
})

test('an answer that came by a link says so', () => {
  answer = () => Promise.resolve({ on: true, asked: [] })
  open(<QuestionnairesRoom />, { entries: [stored('measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: {}, answeredBy: 'patient', via: 'link' })] })
  expect(screen.getByText(/PHQ-9/, { selector: 'strong' }).parentElement!.textContent).toMatch(/9 not answered, by a link/)
})
