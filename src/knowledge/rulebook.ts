import { bedsideDevices } from './bedside-devices.ts'
import { consentForms } from './consents.ts'
import { comfortMeasures } from './comfort.ts'
import { discharge } from './discharge.ts'
import { dosing } from './dosing.ts'
import { effects } from './effects.ts'
import { eligibility, screeningLimits } from './eligibility.ts'
import { emergencyCards, emergencyKit, emergencyRoles } from './emergency.ts'
import { matching } from './matching.ts'
import { narrative } from './narrative.ts'
import { baselineDays, between, dayAfter, followUpHours, followUpWindows, instruments, riskPaths, riskTold, weekly } from './instruments.ts'
import { misuse } from './safety/misuse.ts'
import { monitoring } from './monitoring.ts'
import { maintenanceWords, outcomeRows, reporting } from './outcomes.ts'
import { plasma } from './plasma.ts'
import { plausibleVitals } from './plausible-vitals.ts'
import { protocols } from './protocols.ts'
import { recoveryScores } from './recovery-scores.ts'
import { scales } from './scales.ts'
import { together } from './together.ts'
import { titration } from './titration.ts'

/**
 * The rulebook as it ships: every row that decides anything, in one value that can be printed, hashed and
 * adopted. A practice's medical director adopts an edition; decisions name the edition they were made under.
 */
export const rulebook = {
  published: '2026-11',
  eligibility, screening: screeningLimits, dosing, titration, monitoring, discharge, effects, emergency: { cards: emergencyCards, roles: emergencyRoles, kit: emergencyKit }, comfort: comfortMeasures, plausibleVitals, bedsideDevices, scales, recoveryScores, protocols, consents: consentForms, matching,
  instruments, risk: { paths: riskPaths, told: riskTold, followUpHours }, measuring: { baselineDays, followUpWindows, weekly, dayAfter, between }, outcomes: outcomeRows, reporting, maintenanceWords, plasma, misuse, narrative, together,
} as const
