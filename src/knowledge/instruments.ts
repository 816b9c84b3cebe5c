import type { Instrument } from '../core/measures/instrument.ts'
import { miniSpin, ociR, spin, yBocs } from './instruments/anxiety.ts'
import { asq } from './instruments/asq.ts'
import { auditC } from './instruments/audit-c.ts'
import { bpicSs, iciq } from './instruments/body.ts'
import { cSsrs } from './instruments/c-ssrs.ts'
import { core10 } from './instruments/core-10.ts'
import { asc5d, cadss, cadss6, ceq, ebi, edi, meq30, piq, pis6 } from './instruments/experience.ts'
import { cbi, isi, peg, pss10, whodas12, wsas } from './instruments/function.ts'
import { gad2, gad7 } from './instruments/gad-7.ts'
import { mdq, pq16 } from './instruments/mind.ts'
import { fibser, madrs, qidsSr16, who5 } from './instruments/mood.ts'
import { allianceCheck, cravingCheck, dayAfterCheck, mindCheck, sessionCheck, urinaryCheck } from './instruments/own.ts'
import { pcl5, pcl5Weekly } from './instruments/pcl-5.ts'
import { phq2, phq9 } from './instruments/phq.ts'
import { csi16, ecrRs, ips, ras, scsSf, srs, waiSr } from './instruments/relationship.ts'
import { audit, dast10, taps1 } from './instruments/substances.ts'
import { itq, lec5, pcPtsd5 } from './instruments/trauma.ts'

/**
 * The instrument library. A form ships with its words only where a primary copy was read and its licence
 * recorded; the short public-domain ones ship with their standard wording and say that nobody here has
 * compared it with the source; for the rest the practice enters the words from its licensed copy.
 */
const library = {
  'phq-9': phq9, 'phq-2': phq2, 'gad-7': gad7, 'gad-2': gad2, 'pcl-5': pcl5, 'pcl-5-weekly': pcl5Weekly, 'pc-ptsd-5': pcPtsd5, 'core-10': core10, 'audit-c': auditC, 'c-ssrs': cSsrs,
  'session-check': sessionCheck, 'urinary-check': urinaryCheck, 'alliance-check': allianceCheck, 'craving-check': cravingCheck, 'mind-check': mindCheck, 'day-after-check': dayAfterCheck,
  asq, itq, 'lec-5': lec5, 'taps-1': taps1, audit, 'dast-10': dast10, mdq, 'pq-16': pq16,
  'who-5': who5, 'qids-sr16': qidsSr16, madrs, 'oci-r': ociR, 'y-bocs': yBocs, spin, 'mini-spin': miniSpin,
  isi, wsas, 'whodas-12': whodas12, 'pss-10': pss10, cbi, peg, fibser, 'iciq-ui-sf': iciq, 'bpic-ss': bpicSs,
  cadss, 'cadss-6': cadss6, 'meq-30': meq30, '5d-asc': asc5d, edi, ceq, piq, 'pis-6': pis6, ebi,
  'wai-sr': waiSr, srs, 'ecr-rs': ecrRs, 'csi-16': csi16, ras, ips, 'scs-sf': scsSf,
} as const satisfies Record<string, Instrument>

export type InstrumentId = keyof typeof library
export const instruments: Readonly<Record<InstrumentId, Instrument>> = library

export { leftOut } from './instruments/left-out.ts'
export { followUpHours, riskPaths, riskTold } from './instruments/risk.ts'
export { baselineDays, between, dayAfter, followUpWindows, weekly } from './instruments/timing.ts'
