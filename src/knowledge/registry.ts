import type { RegistryRows } from '../core/registry/rows.ts'
import { reporting } from './outcomes.ts'
import { practiceOutcomes } from './practice-outcomes.ts'

const reviewBy = '2027-05-31'
const ours = { tag: 'P', cites: ['P'], verified: false, reviewBy } as const

/** How what leaves for a registry is taken away from persons. */
export const registryRows = {
  version: '2026-11',
  fewest: { id: 'registry.fewest', people: reporting.proportion.fewest, ...ours },
  /** Nobody above 89 has an age of their own: S55, paragraph (b)(2)(i)(C). The bands below it are ours. */
  ages: {
    id: 'registry.ages',
    bands: [
      { id: 'under 18', from: 0, below: 18, wider: 'under 40' }, { id: '18-29', from: 18, below: 30, wider: 'under 40' }, { id: '30-39', from: 30, below: 40, wider: 'under 40' },
      { id: '40-49', from: 40, below: 50, wider: '40-64' }, { id: '50-64', from: 50, below: 65, wider: '40-64' },
      { id: '65-79', from: 65, below: 80, wider: '65 and over' }, { id: '80-89', from: 80, below: 90, wider: '65 and over' }, { id: '90 and over', from: 90, below: null, wider: '65 and over' },
    ],
    ...ours, cites: ['P', 'S55'],
  },
  /** S55 lets the year stand and no other part of a date. A day of this calendar says nothing about the true one, nor about its season. */
  calendar: { id: 'registry.calendar', from: '2100-01-01', days: 3_652, ...ours, cites: ['P', 'S55'] },
  coarser: {
    id: 'registry.coarser',
    steps: [{ of: 'protocol', to: 'withheld' }, { of: 'year', to: 'withheld' }, { of: 'ageBand', to: 'wider' }, { of: 'route', to: 'withheld' }, { of: 'ageBand', to: 'withheld' }, { of: 'indication', to: 'withheld' }, { of: 'sex', to: 'withheld' }],
    ...ours,
  },
  cells: { id: 'registry.cells', people: 40, ...ours },
  intervals: { id: 'registry.intervals', days: practiceOutcomes.survivalDays, ...ours },
} as const satisfies RegistryRows
