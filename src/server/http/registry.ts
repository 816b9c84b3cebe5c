import { registryRows } from '../../knowledge/registry.ts'
import { registryAggregate, registryConsents } from '../registry.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers } from './shell.ts'

/** What may leave for a registry. Rows about persons leave at the command line alone; here are numbers of people, and the file of counts. */
export const registryHandlers: Handlers<'registry' | 'registryAggregate'> = {
  async registry(_asked, here) {
    const { shell, actor: { practice }, now } = here
    const { charts, agreed, withdrawn, olderWords, unreadable } = await asJob(shell, practice, (client) => registryConsents(client, practice))
    const { cells } = await registryAggregate(shell, practice, now)
    return {
      patients: charts, agreed: agreed.length, withdrawn, olderWords, unreadable, notAsked: charts - agreed.length - withdrawn - olderWords - unreadable,
      fewest: registryRows.fewest.people, groups: cells.length, people: cells.reduce((sum, { people }) => sum + people, 0),
    }
  },
  async registryAggregate(_asked, { shell, actor: { practice }, now, reply }) {
    const file = await registryAggregate(shell, practice, now)
    if (file.cells.length === 0) throw new Problem('outcomes.few')
    reply.type('application/json; charset=utf-8').header('content-disposition', `attachment; filename="registry-counts-${now.slice(0, 10)}.json"`).header('cache-control', 'no-store')
    return `${JSON.stringify(file, undefined, 1)}\n`
  },
}
