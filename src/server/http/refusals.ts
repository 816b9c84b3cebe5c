import { mayAny, type Standing } from '../../core/access/policy.ts'
import type { AuditLine } from '../store/audit.ts'
import { note } from '../store/charts.ts'
import { problems, type Problem } from './problems.ts'
import type { Shell } from './shell.ts'

/** A chart that somebody may see is named as a chart in the audit; anything else they asked for is only what they asked for. */
export const aboutChart = (chart: string | undefined, standings: readonly Standing[]): Pick<AuditLine, 'chart' | 'subject'> =>
  chart === undefined ? {} : mayAny('chart.read', standings) ? { chart } : { subject: chart }

/** What was refused was rolled back, and so the line about it has a transaction of its own. */
export async function noteRefusal({ database, log }: Shell, token: string, line: AuditLine, { code }: Problem): Promise<void> {
  if (problems[code].status >= 500) return
  await database.inContext(token, { durable: true }, (context) => note(context, { ...line, detail: { code } }))
    .catch((failure: unknown) => log.error({ action: line.action, failure: String(failure) }, 'a refusal could not be written to the audit'))
}
