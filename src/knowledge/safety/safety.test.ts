import { expect, test } from 'vitest'
import { kinds } from '../../core/chart/kinds.ts'
import { instruments, riskPaths } from '../instruments.ts'
import { bladderWatch, misuseRules, misuseSigns, pregnancyWatch } from './watching.ts'
import { crisisSteps, safetyPlanFields, triage } from './crisis.ts'
import { screeningLimits } from '../eligibility.ts'
import { monitoring } from '../monitoring.ts'

test('a safety plan has the fields that are kept, and no others', () => {
  expect(Object.keys(safetyPlanFields).toSorted()).toEqual(Object.keys(kinds['safety-plan.v1'].body.shape).toSorted())
})

test('the words of the triage name the questions that decide it', () => {
  const { risk } = instruments['c-ssrs']
  if (risk?.kind !== 'triage') throw new Error('the screen is not triaged')
  for (const { level, anyOf } of risk.levels) {
    const { says } = triage.find(({ id }) => id === `triage.${level}`)!
    const numbers = new Set(anyOf.map((item) => item.replace(/^q(\d).*$/, '$1')))
    expect(new Set([...says.matchAll(/question (\d)(?: or (\d))?/g)].flatMap(([, one, other]) => [one, other]).filter(Boolean)), level).toEqual(numbers)
  }
})

test('every level that opens a path is among those of the triage', () => {
  const levels = triage.map(({ id }) => id.replace('triage.', ''))
  for (const { opensAt } of riskPaths) if (opensAt !== 'item') expect(levels).toContain(opensAt)
})

test('eleven signs of misuse, and what two and three of them mean', () => {
  expect(misuseSigns).toHaveLength(11)
  expect(misuseRules[0].says).toMatch(/^Two signs: .+ Three: no dose/)
})

test('the bladder and pregnancy are told as the rules read them', () => {
  expect(bladderWatch.find(({ id }) => id === 'bladder.hold')?.says).toContain('visible blood: no dose')
  expect(screeningLimits.bladder.instrument).toBe('urinary-check')
  expect(pregnancyWatch[0].says).toContain(`the last ${monitoring.gates.pregnancyTestDays} days`)
})

test('a crisis begins by freezing the dose and ends with calls on two days', () => {
  expect(crisisSteps.map(({ id }) => id)).toEqual(['crisis.freeze', 'crisis.owner', 'crisis.call', 'crisis.ask', 'crisis.decide', 'crisis.contact', 'crisis.after', 'crisis.in-session'])
})
