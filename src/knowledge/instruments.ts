import type { Instrument } from '../core/measures/instrument.ts'
import { auditC } from './instruments/audit-c.ts'
import { cSsrs } from './instruments/c-ssrs.ts'
import { gad7 } from './instruments/gad-7.ts'
import { allianceCheck, cravingCheck, sessionCheck, urinaryCheck } from './instruments/own.ts'
import { pcl5 } from './instruments/pcl-5.ts'
import { phq2, phq9 } from './instruments/phq.ts'

/**
 * The instrument library. A form ships with its words only where a primary copy was read and its licence
 * recorded; the short public-domain ones ship with their standard wording and say that nobody here has
 * compared it with the source; for the rest the practice enters the words from its licensed copy.
 */
const library = {
  'phq-9': phq9,
  'phq-2': phq2,
  'gad-7': gad7,
  'pcl-5': pcl5,
  'audit-c': auditC,
  'c-ssrs': cSsrs,
  'session-check': sessionCheck,
  'urinary-check': urinaryCheck,
  'alliance-check': allianceCheck,
  'craving-check': cravingCheck,
} as const satisfies Record<string, Instrument>

export type InstrumentId = keyof typeof library
export const instruments: Readonly<Record<InstrumentId, Instrument>> = library

export { followUpHours, riskPaths, riskTold } from './instruments/risk.ts'
export { baselineDays, followUpWindows, weekly } from './instruments/timing.ts'
