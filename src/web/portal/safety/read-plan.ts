import type { Day } from '../../../core/shared/time.ts'
import { ok, refuse, type Result } from '../../../core/shared/result.ts'
import type { Pair } from './fields.tsx'
import type { SafetyPlanBody } from './kept-plan.ts'

/** The plan as it is being typed. */
export interface PlanDraft {
  readonly warningSigns: readonly string[]
  readonly coping: readonly string[]
  readonly distraction: readonly Pair[]
  readonly help: readonly Pair[]
  readonly professionals: readonly Pair[]
  readonly environment: readonly Pair[]
  readonly worthLivingFor: string
  readonly likelihoodOfUse: number | null
  readonly madeWith: string
  readonly reviewOn: Day | null
  /** Her own name, which always stands among those who made it. */
  readonly self: string
}

/** What was typed as a plan, or what is still missing, each in a sentence. */
export function readPlan(draft: PlanDraft): Result<SafetyPlanBody, readonly string[]> {
  const lines = (typed: readonly string[]) => typed.map((line) => line.trim()).filter(Boolean)
  const pairs = (typed: readonly Pair[]) => typed.map(([a, b]) => [a.trim(), b.trim()] as const).filter(([a, b]) => a || b)
  const [warningSigns, coping, distraction, help, professionals, environment] = [lines(draft.warningSigns), lines(draft.coping), pairs(draft.distraction), pairs(draft.help), pairs(draft.professionals), pairs(draft.environment)]
  const halfway = [...help, ...professionals].some(([who, phone]) => !who || !phone) || [...distraction, ...environment].some(([first]) => !first)
  const missing = [
    warningSigns.length === 0 && 'Write at least one sign by which you notice that it is getting bad.',
    coping.length === 0 && 'Write at least one thing that you can do by yourself.',
    help.length === 0 && 'Name at least one person whom you would ask for help.',
    professionals.length === 0 && 'Name at least one professional whom you would call.',
    halfway && 'Beside every name of a person who helps there has to be a phone number, and beside every number a name.',
    draft.likelihoodOfUse === null && 'Choose how likely it is that you will use this plan.',
    draft.reviewOn === null && 'Choose a day on which you look at it again.',
  ].filter((sentence) => sentence !== false)
  if (missing.length > 0 || draft.likelihoodOfUse === null || draft.reviewOn === null) return refuse(missing)
  const people = (list: readonly Pair[]) => list.map(([who, phone]) => ({ who, phone }))
  return ok({
    warningSigns, coping, distraction: people(distraction), help: people(help), professionals: people(professionals), environment: environment.map(([step, who]) => ({ step, who })),
    worthLivingFor: draft.worthLivingFor.trim(), likelihoodOfUse: draft.likelihoodOfUse, madeWith: [draft.self, ...lines(draft.madeWith.split(/,| and /))].slice(0, 4), reviewOn: draft.reviewOn,
  })
}
