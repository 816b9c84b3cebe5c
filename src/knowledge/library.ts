import { assessments } from './assessments.ts'
import { benchmarkRules, benchmarks } from './benchmarks.ts'
import { conflicts } from './conflicts.ts'
import { seriousEvents } from './effects/serious.ts'
import { inclusion } from './inclusion.ts'
import { law } from './law.ts'
import { leaving } from './leaving.ts'
import { practiceRules } from './practice-outcomes.ts'
import { relapseVariants, scoreMeanings } from './outcome-thresholds.ts'
import { routesOutside } from './routes-outside.ts'
import { crisisSteps, itemNine, safetyPlanFields, triage } from './safety/crisis.ts'
import { bladderWatch, misuseRules, misuseSigns, pregnancyWatch, siteStandards } from './safety/watching.ts'
import { scalesOutside } from './scales-outside.ts'
import { sessionGates } from './session-gates.ts'
import type { Statement } from './statement.ts'

/**
 * What is read and not computed with. It stands apart from the rulebook, whose digest every decision names:
 * a sentence here may be made clearer without a new edition of what decides.
 */
export const library = {
  inclusion, assessments, sessionGates: Object.values(sessionGates), scales: scalesOutside, seriousEvents, leaving, routesOutside, triage, itemNine, crisisSteps, safetyPlan: Object.values(safetyPlanFields),
  bladder: bladderWatch, misuse: [...misuseSigns, ...misuseRules], pregnancy: pregnancyWatch, site: siteStandards, scores: scoreMeanings, relapse: relapseVariants, benchmarks, benchmarkRules, practice: practiceRules, conflicts, law,
} as const satisfies Readonly<Record<string, readonly Statement[]>>
