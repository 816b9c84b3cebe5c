import type { AlertRow, Bound, Flag, Test } from './rows.ts'

const flags: Readonly<Record<Flag, string>> = {
  deepSedationExpected: 'deep sedation is expected by the protocol', nobodyMonitoring: 'nobody is checked in to watch', asksToStop: 'the person asks to stop',
}

/** A threshold in words, so that every alert can be shown with the rule that raised it. */
export function describeTest(test: Test, unit = ''): string {
  if ('any' in test) return test.any.map((part) => describeTest(part, unit)).join(', or ')
  if ('all' in test) return test.all.map((part) => describeTest(part, unit)).join(' and ')
  if ('symptom' in test) return `${test.symptom.map(symptomName).join(' or ')}`
  if ('flag' in test) return flags[test.flag]
  if ('of' in test) return `${test.of} ${bound(test.is, '')}`
  if ('riseAtLeast' in test) return `${withUnit(test.riseAtLeast, unit)} or more above the baseline`
  if ('held' in test) return `${bound(test.held, unit)} for ${test.forMin} minutes or longer`
  return bound(test, unit)
}

/** What a row asks for a level; its name is for whoever says it to put before. */
export const describeLevel = (row: AlertRow, level: keyof AlertRow['levels']): string | undefined => {
  const test = row.levels[level]
  return test && describeTest(test, row.unit)
}

export const symptomName = (symptom: string): string => symptom.replaceAll('-', ' ')

function bound(test: Bound, unit: string): string {
  if ('atLeast' in test) return `${withUnit(test.atLeast, unit)} or more`
  if ('above' in test) return `above ${withUnit(test.above, unit)}`
  if ('below' in test) return `below ${withUnit(test.below, unit)}`
  return `${withUnit(test.atMost, unit)} or less`
}

const withUnit = (value: number, unit: string) => (unit === '' || unit.startsWith('/') || unit === '%' ? `${value}${unit}` : `${value} ${unit}`)
