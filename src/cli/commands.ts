import { codesCommand } from './codes.ts'
import { decideCommand } from './decide.ts'
import { explainCommand } from './explain.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { planCommand } from './plan.ts'
import { plasmaCommand } from './plasma.ts'
import { questionnairesCommand } from './questionnaires.ts'
import { registryCommand } from './registry.ts'
import { rulebookCommand } from './rulebook.ts'
import type { Commands } from './run.ts'
import { scoreCommand } from './score.ts'
import { survivalCommand } from './survival.ts'
import { verifyCommand } from './verify.ts'

/** Everything kap can be asked, in the order its help lists it. */
export const commands: Commands = {
  import: importCommand, export: exportCommand, verify: verifyCommand, registry: registryCommand,
  decide: decideCommand, score: scoreCommand, survival: survivalCommand, plasma: plasmaCommand, plan: planCommand, explain: explainCommand, rulebook: rulebookCommand, questionnaires: questionnairesCommand, codes: codesCommand,
}
