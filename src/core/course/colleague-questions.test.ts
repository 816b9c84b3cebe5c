import { expect, test } from 'vitest'
import { told, type Told } from '../eligibility/fixtures.ts'
import { colleagueQuestions } from './colleague-questions.ts'

const now = '2026-11-21T18:00:00.000Z'
const ask = (chart: Told, id: string, dueAt?: string) => chart.on('2026-11-20', 'question-asked.v1', { to: '0190aaaa-0000-7000-8000-0000000000a6', text: id, ...(dueAt ? { dueAt } : {}) }, { id })
const answer = (chart: Told, question: string) => chart.on('2026-11-21', 'question-answered.v1', { question, text: 'Yes.' })
const listed = (chart: Told) => colleagueQuestions(chart, now).map(({ question, state, answers }) => `${question.id} ${state} ${answers.length}`)

test.each<[string, Told, string[]]>([
  ['nobody asked', told(), []],
  ['without a due time it is never overdue', ask(told(), 'a'), ['a open 0']],
  ['a second before it is due, at it, a second after', ask(ask(ask(told(), 'a', '2026-11-21T18:00:01.000Z'), 'b', now), 'c', '2026-11-21T17:59:59.000Z'), ['c overdue 0', 'b open 0', 'a open 0']],
  ['answered is never overdue, and comes last', answer(ask(ask(told(), 'a', '2026-11-20T17:00:00.000Z'), 'b'), 'a'), ['b open 0', 'a answered 1']],
  ['two answers are both kept', answer(answer(ask(told(), 'a'), 'a'), 'a'), ['a answered 2']],
  ['an answer to another question closes nothing', answer(ask(told(), 'a'), 'z'), ['a open 0']],
  ['a question put right keeps its answer', answer(ask(told(), 'a'), 'a').on('2026-11-20', 'question-asked.v1', { to: '0190aaaa-0000-7000-8000-0000000000a6', text: 'clearer' }, { id: 'b', amends: 'a' }), ['b answered 1']],
])('%s', (_, chart, expected) => expect(listed(chart)).toEqual(expected))
