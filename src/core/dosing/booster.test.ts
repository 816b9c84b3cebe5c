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
