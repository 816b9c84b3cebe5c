// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { allowPlan, arrive, dropPlan, forgetPlan, isKeptFor, keepPlan, keptPlan, type KeptPlan } from './kept-plan.ts'

const plan = (person: string): KeptPlan => ({
  person, writtenAt: '2026-11-01T17:00:00.000Z', plan: { warningSigns: ['a'], coping: ['b'], distraction: [], help: [{ who: 'Lena', phone: '1' }], professionals: [{ who: 'Lifeline', phone: '988' }], environment: [], worthLivingFor: '', likelihoodOfUse: 8, madeWith: ['Mara'], reviewOn: '2027-02-01' },
})
beforeEach(() => localStorage.clear())

test('a plan that was seen is there at the next opening, without anybody being asked', () => {
  keepPlan(plan('mara'))
  expect(keptPlan()).toEqual(plan('mara'))
  expect(isKeptFor('mara')).toBe(true)
})

test('another person’s plan takes its place', () => {
  keepPlan(plan('mara'))
  keepPlan(plan('ida'))
  expect(isKeptFor('mara')).toBe(false)
  expect(keptPlan()?.person).toBe('ida')
})

test('who took it off this device does not find it there again by itself, until she says so', () => {
  keepPlan(plan('mara'))
  dropPlan('mara')
  keepPlan(plan('mara'))
  expect(keptPlan()).toBeUndefined()
  allowPlan()
  keepPlan(plan('mara'))
  expect(isKeptFor('mara')).toBe(true)
})

test('after signing out it is gone, and a screen still on its way does not bring it back; the next sign-in may', () => {
  keepPlan(plan('mara'))
  forgetPlan()
  keepPlan(plan('mara'))
  expect(keptPlan()).toBeUndefined()
  arrive()
  keepPlan(plan('mara'))
  expect(isKeptFor('mara')).toBe(true)
})

test('a copy that cannot be read is no plan, and breaks nothing', () => {
  localStorage.setItem('openkap.safety-plan', '{half')
  expect(keptPlan()).toBeUndefined()
})
