import { proposed } from './figures.ts'

/**
 * Several patients dosed in one room. No figure of patients to a monitor was found in any source read here, so this is the
 * practice’s own choice: as it ships each patient has a monitor, and whoever lets one watch more of them signs for it.
 */
export const together = {
  patientsPerMonitor: { id: 'together.monitors', says: 'Where several patients are dosed together, one monitor watches this many of them at most. No published figure; the practice chooses.', value: 1, ...proposed(), verified: false, reviewBy: '2027-05-31' },
} as const
