import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import type { Commands } from './run.ts'
import { verifyCommand } from './verify.ts'

/** Everything kap can be asked, in the order its help lists it. */
export const commands: Commands = { import: importCommand, export: exportCommand, verify: verifyCommand }
