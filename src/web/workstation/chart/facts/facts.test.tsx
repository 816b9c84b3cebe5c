// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { factNames, factSchemas, type FactName } from '../../../../core/chart/facts.ts'
import { kinds } from '../../../../core/chart/kinds.ts'
import { open, ready, stored, wrote } from '../testing/open.tsx'
import { draftOf, factBody, unanswered, type AnswerDraft } from './fact-body.ts'
import { FactsRoom } from './FactsRoom.tsx'
import { questions } from './questions.ts'

afterEach(cleanup)
const ZONE = 'America/Los_Angeles'
const make = (fact: FactName, draft: Partial<AnswerDraft>) => factBody(fact, questions[fact], { ...unanswered, ...draft }, ZONE)

describe('an answer becomes an entry, or a sentence about what is missing', () => {
  test.each([
    ['psychosis', { said: 'value', choice: 'none' }, { state: 'answered', value: 'none' }],
    ['ecgDone', { said: 'value', choice: 'no' }, { state: 'answered', value: false }],
    ['ecgDone', { said: 'declined' }, { state: 'declined' }],
    ['qtcMs', { said: 'not-known' }, { state: 'not-known' }],
    ['qtcMs', { said: 'value', number: 200 }, { state: 'answered', value: 200 }], ['qtcMs', { said: 'value', number: 199 }, 'problem'], ['qtcMs', { said: 'value', number: 800 }, { state: 'answered', value: 800 }], ['qtcMs', { said: 'value', number: 801 }, 'problem'],
    ['qtcMs', { said: 'value', number: null }, 'problem'], ['nyhaClass', { said: 'value', number: 0 }, 'problem'], ['nyhaClass', { said: 'value', number: 4 }, { state: 'answered', value: 4 }],
    ['tsh', { said: 'value', number: 0.08 }, { state: 'answered', value: 0.08 }],
    ['substanceUse', { said: 'value', choice: 'none' }, { state: 'answered', value: [] }],
    ['substanceUse', { said: 'value', choice: 'some' }, 'problem'],
    ['substanceUse', { said: 'value', choice: 'some', substances: [{ substance: 'alcohol', status: null }] }, 'problem'],
    ['substanceUse', { said: 'value', choice: 'some', substances: [{ substance: ' alcohol ', status: 'active' }, { substance: '', status: null }] }, { state: 'answered', value: [{ substance: 'alcohol', status: 'active' }] }],
    ['urineDrugScreenPositive', { said: 'value', choice: 'some', names: 'cocaine, THC ' }, { state: 'answered', value: ['cocaine', 'THC'] }],
    ['lastFoodAt', { said: 'value', day: '2026-11-21', time: '08:00' }, { state: 'answered', value: '2026-11-21T16:00:00.000Z' }],
    ['lastFoodAt', { said: 'value', day: '2026-11-21', time: null }, 'problem'],
    ['mania', {}, 'problem'],
  ] as const)('%s %j', (fact, draft, expected) => {
    const made = make(fact, draft as Partial<AnswerDraft>)
    if (expected === 'problem') expect(made).toHaveProperty('problem')
    else expect(made).toEqual({ body: { fact, ...expected } })
  })

  test('whatever stands in the fields, what is written passes the table of kinds; and silence never becomes an answer', () => {
    const draft = fc.record({ said: fc.constantFrom('value', 'not-known', 'declined', null), choice: fc.option(fc.constantFrom('yes', 'no', 'none', 'past', 'some', 'F')), number: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), names: fc.string(), day: fc.option(fc.constant('2026-11-21')), time: fc.option(fc.constant('08:00')), substances: fc.array(fc.record({ substance: fc.string(), status: fc.option(fc.constantFrom('active' as const, 'remission' as const)) })) }) as fc.Arbitrary<AnswerDraft>
    fc.assert(fc.property(fc.constantFrom(...factNames), draft, (fact, given) => {
      const made = factBody(fact, questions[fact], given, ZONE)
      return 'problem' in made || kinds['fact.v1'].body.safeParse(made.body).success
    }))
    for (const fact of factNames) expect(make(fact, {})).toHaveProperty('problem')
  })

  test('an entry opened for correction says what it said', () => {
    for (const [fact, value] of [['psychosis', 'past'], ['ecgDone', false], ['qtcMs', 420], ['substanceUse', []], ['substanceUse', [{ substance: 'alcohol', status: 'active' }]], ['lastFoodAt', '2026-11-21T16:00:00.000Z']] as const) {
      const body = { fact, state: 'answered', value } as never
      expect(factBody(fact, questions[fact], draftOf(body, questions[fact], ZONE), ZONE)).toEqual({ body })
    }
  })

  test('every fact of the vocabulary has a question whose choices are the vocabulary’s own', () => {
    for (const fact of factNames) {
      const question = questions[fact]
      if (question.kind !== 'choice') continue
      const values = (factSchemas[fact] as unknown as { options: readonly string[] }).options
      expect(question.choices.map(({ value }) => value).toSorted()).toEqual([...values].toSorted())
    }
  })
})

describe('the room asks what is missing first', () => {
  const group = (asks: string) => within(screen.getByRole('group', { name: new RegExp(asks.slice(0, 40).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) }))
  const missing = () => within(screen.getByRole('form', { name: 'Questions that are missing' })).getAllByRole('group').map((one) => one.querySelector('legend')?.textContent)

  test('only those, and each goes when it is answered', () => {
    const drawn = open(<FactsRoom />, { entries: ready({ without: ['homeOxygen', 'hasCapacity'] }), role: 'therapist' })
    expect(missing().toSorted()).toEqual([questions.hasCapacity.asks, questions.homeOxygen.asks].toSorted())
    drawn.hear([stored('fact.v1', { fact: 'homeOxygen', state: 'answered', value: false })])
    expect(missing()).toEqual([questions.hasCapacity.asks])
  })

  test('"not known" is written down as such, and stays on the list', async () => {
    const drawn = open(<FactsRoom />, { entries: ready({ without: ['hasCapacity'] }), role: 'therapist' })
    fireEvent.click(group(questions.hasCapacity.asks).getByLabelText('Not known'))
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Save 1 answer' })) })
    expect(wrote).toEqual([{ kind: 'fact.v1', body: { fact: 'hasCapacity', state: 'not-known' }, how: undefined }])
    drawn.hear([stored('fact.v1', { fact: 'hasCapacity', state: 'not-known' })])
    expect(missing()).toEqual([questions.hasCapacity.asks])
    expect(screen.getByText(/Asked, and not known/)).toBeTruthy()
  })

  test('nothing answered writes nothing, and says so', async () => {
    open(<FactsRoom />, { entries: ready({ without: ['hasCapacity'] }), role: 'therapist' })
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Save the answers' })) })
    expect(wrote).toEqual([])
    expect(screen.getByRole('alert').textContent).toContain('No question is answered yet.')
  })

  test.each([['on the chart', {}], ['in a session', { session: '0190aaaa-0000-7000-8000-0000000000e1' }]])('a correction of what was written %s has its time and its place, and points at it', async (_, place) => {
    const entries = ready().map((entry) => ({ ...entry, ...place }))
    const wrong = entries.find((entry) => entry.kind === 'fact.v1' && entry.body.fact === 'mania')!
    open(<FactsRoom />, { entries, role: 'therapist', place: { step: 'facts', amends: wrong.id } })
    fireEvent.click(group(questions.mania.asks).getByLabelText('In the past'))
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: /^Save the correction/ })) })
    expect(wrote).toEqual([{ kind: 'fact.v1', body: { fact: 'mania', state: 'answered', value: 'past' }, how: { amends: wrong.id, at: wrong.at, ...place } }])
  })
})
