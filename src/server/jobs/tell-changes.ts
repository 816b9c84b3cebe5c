import type { PoolClient } from 'pg'
import { readChart } from '../../core/chart/chart.ts'
import { isNoticed, toldChanges } from '../../core/scheduling/told-changes.ts'
import { plusDays } from '../../core/shared/time.ts'
import { asJob } from '../http/job.ts'
import { shown } from '../http/visit-told.ts'
import { changeWords } from '../reminders.ts'
import { readEntries } from '../store/charts.ts'
import { changesToTell, type ChangeToTell } from '../store/reminders.ts'
import { eachByItself, reach, type Sending } from './reach.ts'

/** What was told longer ago than this and did not go out is news no more. */
const BACK_DAYS = 7

/**
 * Writes to patients whose visits were moved or cancelled, or who are asked first: once for each entry that says so, in the
 * way they chose. It is written down and put into the outbox in one transaction, as a reminder is. Whoever cannot be reached
 * in that way is told to the desk by name. Answers how many messages it posted.
 */
export async function tellChanges(sending: Sending, practice: string): Promise<number> {
  const waiting = await asJob(sending, practice, (client) => changesToTell(client, practice, plusDays(sending.clock.now(), -BACK_DAYS)))
  return eachByItself(waiting, (one) => asJob(sending, practice, (client) => tellOne(client, practice, sending, one), true))
}

async function tellOne(client: PoolClient, practice: string, sending: Sending, { chart, told }: ChangeToTell): Promise<number> {
  const asked = { client, actor: { practice } as never }
  const found = toldChanges(readChart(await readEntries(asked, chart)), sending.clock.now()).find((one) => one.told.id === told)
  if (!found) return 0
  const { way, until } = found.told.body
  const changes = found.told.body.changes.filter(isNoticed)
  const { visit, startsAt } = changes[0]![way === 'moved' ? 'to' : 'from']!
  const what = { asked: 'is to be asked about another time', moved: 'has a visit that was moved', cancelled: 'has a visit that was cancelled' }[way]
  return reach(client, practice, sending, {
    key: { visit, chart, startsAt, step: `change ${told}` },
    // Taken back, answered or moved again before it went out: nobody is written to about what does not stand.
    stands: found.state === 'told' || found.state === 'waiting',
    soonest: changes.flatMap(({ from, to }) => [from.startsAt, to?.startsAt ?? from.startsAt]).toSorted()[0]!,
    call: `${what} (${changes.map(({ from }) => shown(from)).join('; ')})`,
    ...(way === 'cancelled' ? {} : { link: { purpose: 'moved' as const, named: told, expiresAt: until ?? startsAt } }),
    words: (givenName, practiceSays, link) => changeWords(givenName, practiceSays, { way, changes, until }, link),
  })
}
