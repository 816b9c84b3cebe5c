import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dosing } from '../../knowledge/dosing.ts'
import { kg, mg } from '../shared/units.ts'
import { checkBooster, type BoosterFacts } from './booster.ts'

const fine: BoosterFacts = { route: 'IM', initialUg: mg(40), boosterUg: mg(20), weightG: kg(80), age: 40, firstSession: false, alreadyGiven: false, minutesSinceDose: 15, quietMin: 12, orangeToday: false, moaaS: 5 }
const asked = (change: Partial<BoosterFacts>) => checkBooster({ ...fine, ...change }, dosing).because.map(({ id, state }) => `${id} ${state}`)

describe('a booster, below, at and above each limit', () => {
  test.each<[Partial<BoosterFacts>, string[]]>([
    [{}, []],
    [{ minutesSinceDose: 9.9 }, ['window no']], [{ minutesSinceDose: 10 }, []], [{ minutesSinceDose: 20 }, []], [{ minutesSinceDose: 20.1 }, ['window no']],
    [{ quietMin: 9.9 }, ['quiet no']], [{ quietMin: 10 }, []],
    [{ orangeToday: true }, ['orange no']],
    [{ moaaS: 3 }, ['moaa-s no']], [{ moaaS: 4 }, []],
    [{ age: 64 }, []], [{ age: 65 }, ['age no']],
    [{ firstSession: true }, ['first-session no']],
    [{ alreadyGiven: true }, ['once no']],
    [{ boosterUg: mg(40) }, []], [{ boosterUg: mg(41) }, ['not-larger no', 'together no']],
    [{ initialUg: mg(60), boosterUg: mg(20) }, []], [{ initialUg: mg(60), boosterUg: mg(21) }, ['together no']],
    [{ route: 'SL', initialUg: mg(200), boosterUg: mg(100), minutesSinceDose: 20, weightG: undefined }, []],
    [{ route: 'SL', initialUg: mg(200), boosterUg: mg(100), minutesSinceDose: 19 }, ['window no']],
    [{ route: 'SL', initialUg: mg(300), boosterUg: mg(150), minutesSinceDose: 25 }, ['together no']],
    [{ route: 'IV' }, ['route no']], [{ route: 'PO' }, ['route no']], [{ route: 'IN-esketamine' }, ['route no']],
  ])('%o', (change, because) => {
    expect(asked(change)).toEqual(because)
  })
})

test('what is not known refuses: taking any fact away never allows a booster', () => {
  const keys = ['initialUg', 'weightG', 'age', 'firstSession', 'minutesSinceDose', 'quietMin', 'orangeToday', 'moaaS'] as const
  for (const key of keys) expect(checkBooster({ ...fine, [key]: undefined }, dosing).allowed, key).toBe(false)
  const some = fc.record({ minutesSinceDose: fc.integer({ min: 0, max: 40 }), quietMin: fc.integer({ min: 0, max: 20 }), moaaS: fc.integer({ min: 0, max: 5 }), age: fc.integer({ min: 18, max: 90 }), orangeToday: fc.boolean() })
  fc.assert(fc.property(some, fc.constantFrom(...keys), (facts, key) => !checkBooster({ ...fine, ...facts, [key]: undefined }, dosing).allowed))
})

test('what refuses says so in a whole sentence', () => {
  const worst = checkBooster({ route: 'IM', initialUg: mg(60), boosterUg: mg(90), weightG: kg(80), age: 70, firstSession: true, alreadyGiven: true, minutesSinceDose: 1, quietMin: 0, orangeToday: true, moaaS: 1 }, dosing)
  expect(worst).toMatchObject({ allowed: false, state: 'no' })
  expect(worst.because.map(({ says }) => says)).toEqual([
    'One booster was already given in this session.', 'There is no booster in a first session.', 'There is no booster from 65 years on.', 'A booster belongs between 10 and 20 minutes after the dose.',
    'The last 10 minutes have to be without any alert, with every value taken.', 'There was an orange or red alert today.', 'MOAA/S has to be 4 or more.', 'The booster is larger than the first dose.',
    'Dose and booster together go above the usual upper end.',
  ])
  expect(checkBooster({ ...fine, route: 'IV' }, dosing).because.map(({ says }) => says)).toEqual(['A booster is not given by IV.'])
})

test('a practice whose row allows a booster in a first session is not asked which session it is', () => {
  const rows = { ...dosing, boosters: dosing.boosters.map((row) => ({ ...row, notInFirstSession: false })) }
  for (const firstSession of [true, false, undefined]) expect(checkBooster({ ...fine, firstSession }, rows)).toEqual({ allowed: true, state: 'yes', because: [] })
})

test.each([
  ['per kilogram', { ugPerKg: 1_000 }, { ug: mg(120) }, 'unknown'], ['per kilogram at the hard end alone', { ug: mg(80) }, { ugPerKg: 1_500 }, 'unknown'], ['in milligrams', { ug: mg(80) }, { ug: mg(120) }, 'yes'],
] as const)('without a weight, a table %s', (_, soft, hard, state) => {
  const rows = { ...dosing, doses: dosing.doses.map((row) => ({ ...row, soft, hard })) }
  expect(checkBooster({ ...fine, weightG: undefined }, rows).state).toBe(state)
})

test('a route whose dose table is gone has no upper end, and so no booster', () => {
  expect(checkBooster(fine, { ...dosing, doses: [] }).because.map(({ id, state }) => `${id} ${state}`)).toEqual(['together unknown'])
})

test.each<[keyof BoosterFacts, string[]]>([
  ['initialUg', ['not-larger unknown', 'together unknown']], ['weightG', ['together unknown']], ['age', ['age unknown']], ['firstSession', ['first-session unknown']],
  ['minutesSinceDose', ['window unknown']], ['quietMin', ['quiet unknown']], ['orangeToday', ['orange unknown']], ['moaaS', ['moaa-s unknown']],
])('without %s: %j', (name, because) => {
  expect(asked({ [name]: undefined })).toEqual(because)
})
