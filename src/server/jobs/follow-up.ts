import { kindsRead } from '../../core/eligibility/replay.ts'
import { asJob } from '../http/job.ts'
import { follow } from '../http/follow.ts'
import type { Shell } from '../http/shell.ts'
import { chartsToFollow, passOver } from '../store/followed.ts'

/**
 * Sees to what follows from entries that nobody has followed up: those after which the server died, and those that acts
 * wrote. A chart that fails is tried again with the next sweep, and does not keep the others waiting. Answers how many charts.
 */
export async function followUp(shell: Pick<Shell, 'database' | 'live' | 'origin' | 'clock' | 'log'>, practice: string): Promise<number> {
  const charts = await asJob(shell, practice, async (client) => {
    await passOver(client, practice, ['message.v1', 'afterwards.v1', 'day-answers.v1', 'ride-answered.v1', 'whereabouts.v1', 'licence-decided.v1', 'risk-contact.v1', ...kindsRead])
    return chartsToFollow(client, practice)
  })
  for (const chart of charts) {
    await follow(shell, practice, chart, shell.clock.now()).catch((failure: unknown) => shell.log.warn({ chart, failure: String((failure as Error).message) }, 'what follows from an entry could not be seen to, and will be tried again'))
  }
  return charts.length
}
