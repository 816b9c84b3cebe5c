import { expect, test } from 'vitest'
import { plasma } from '../../knowledge/plasma.ts'
import { answerPlasma } from './questions.ts'

const asked = { model: 'clements1981', weightKg: 70, doses: [{ mg: 35, route: 'IV', atMinutes: 0, durationMinutes: 40 }], times: [40, -5] }

test('a curve, with what has to be said beside it', () => {
  const answer = answerPlasma(asked, plasma)
  if (!answer.ok) throw new Error(answer.refusal.message)
  expect(answer.value).toMatchObject({ band: [0.5, 2], says: expect.stringContaining('Do not dose from it') })
  expect(answer.value.concentrations[0]).toBeCloseTo(177.3, 0)
  expect(answer.value.concentrations[1]).toBe(0)
})

test('a dose without a time stands at 0, and without a duration it is given at once', () => {
  const of = (doses: unknown) => answerPlasma({ ...asked, doses }, plasma)
  expect(of([{ mg: 35, route: 'IM' }])).toEqual(of([{ mg: 35, route: 'IM', atMinutes: 0, durationMinutes: 0 }]))
  expect(of([{ mg: 35, route: 'IV', atMinutes: null, durationMinutes: null }])).toEqual(of([{ mg: 35, route: 'IV', atMinutes: 0, durationMinutes: 0 }]))
})

test.each<[object, string | undefined]>([
  [{ model: 'hijazi' }, 'model'], [{ weightKg: 0 }, 'weightKg'], [{ weightKg: 401 }, 'weightKg'], [{ doses: [{ mg: -1, route: 'IV' }] }, 'doses.0.mg'], [{ doses: [{ mg: 1, route: 'IN' }] }, 'doses.0.route'], [{ doses: [{ mg: 1, route: 'IV', durationMinutes: -1 }] }, 'doses.0.durationMinutes'],
  [{ doses: [{ mg: 1, route: 'IV', at: 5 }] }, 'doses.0.at'], [{ times: ['now'] }, 'times.0'], [{ times: undefined }, 'times'], [{ mode: 'x' }, 'mode'], [{ model: 'domino1982', doses: [{ mg: 35, route: 'IV' }, { mg: 35, route: 'SL' }] }, 'doses.1.route'],
])('%j is refused, with its key', (change, key) => {
  const answer = answerPlasma({ ...asked, ...change }, plasma)
  expect(answer.ok ? 'answered' : answer.refusal.key).toBe(key)
})
