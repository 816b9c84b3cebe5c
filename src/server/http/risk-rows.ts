import type { RiskRows } from '../../core/measures/open-risks.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'

/** What decides which risks stand open, from the rules in force. */
export const riskRows = ({ instruments, risk }: Pick<Rulebook, 'instruments' | 'risk'>, zone: string): RiskRows => ({ instruments, paths: risk.paths, followUpHours: risk.followUpHours.value, zone })
