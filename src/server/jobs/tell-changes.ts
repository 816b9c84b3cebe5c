import type { PoolClient } from 'pg'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import { isQuiet } from '../../core/reminders/ladder.ts'
import { isNoticed, toldChanges } from '../../core/scheduling/told-changes.ts'
import { plusDays } from '../../core/shared/time.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { shown } from '../http/visit-told.ts'
import { changeWords, channelOf, nameOutside, reminderSettings } from '../reminders.ts'
import { readEntries, tell } from '../store/charts.ts'
import { makeNarrowLink } from '../store/narrow-links.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { changesToTell, noteReminder, postReminder, reachedBy, type ChangeToTell, type ReminderOutcome } from '../store/reminders.ts'

type Sending = Pick<Shell, 'database' | 'clock' | 'origin'> & { readonly texts: boolean }

/** What was told longer ago than this and did not go out is news no more. */
const BACK_DAYS = 7
/** Whoever is to come so soon is written to at night as well. */
const SOON_DAYS = 1

/**
 * Writes to patients whose visits were moved or cancelled, or who are asked first: once for each entry that says so, in the
 * way they chose. It is written down and put into the outbox in one transaction, as a reminder is. Whoever cannot be reached
 * in that way is told to the desk by name. Answers how many messages it posted.
 */
export async function tellChanges(sending: Sending, practice: string): Promise<number> {
  const waiting = await asJob(sending, practice, (client) => changesToTell(client, practice, plusDays(sending.clock.now(), -BACK_DAYS)))
  const done: PromiseSettledResult<number>[] = []
  // Each by itself: one that cannot be told keeps nobody else waiting.
  for (const one of waiting) done.push(...await Promise.allSettled([asJob(sending, practice, (client) => tellOne(client, practice, sending, one), true)]))
  for (const one of done) if (one.status === 'rejected') throw one.reason
  return done.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0)
}

async function tellOne(client: PoolClient, practice: string, { database, clock, origin, texts }: Sending, { chart, told }: ChangeToTell): Promise<number> {
  const now = clock.now()
  const asked = { client, actor: { practice } as never }
  const row = await practiceRow(asked)
  const found = toldChanges(readChart(await readEntries(asked, chart)), now).find((one) => one.told.id === told)
  if (!found) return 0
  const { way, until } = found.told.body
  const changes = found.told.body.changes.filter(isNoticed)
  const { visit, startsAt } = changes[0]![way === 'moved' ? 'to' : 'from']!
  const key = { visit, chart, startsAt, step: `change ${told}` }
  const note = (outcome: ReminderOutcome) => noteReminder(client, practice, { ...key, outcome }, now)
  const who = await reachedBy(client, practice, chart)
  // Taken back, answered or moved again before it went out: nobody is written to about what does not stand.
  if (!who || (found.state !== 'told' && found.state !== 'waiting')) return note('not-needed').then(() => 0)
  const soonest = changes.flatMap(({ from, to }) => [from.startsAt, to?.startsAt ?? from.startsAt]).toSorted()[0]!
  if (isQuiet(reminderSettings(row).rows, now, row.zone) && soonest > plusDays(now, SOON_DAYS)) return 0
  const channel = channelOf(who, texts)
  if (!channel) {
    const outcome = who.by === 'none' ? 'not-wanted' : 'unreachable'
    const what = { asked: 'is to be asked about another time', moved: 'has a visit that was moved', cancelled: 'has a visit that was cancelled' }[way]
    const why = outcome === 'not-wanted' ? 'wants no messages' : 'cannot be reached in the way they chose'
    if (await note(outcome)) await tell(client, practice, deskToTell(await staff(asked)), { chart, kind: 'reminder', says: `${who.name} ${what} (${changes.map(({ from }) => shown(from)).join('; ')}), and ${why}. Call them.`.slice(0, 2000), at: now })
    return 0
  }
  if (!(await note('sent'))) return 0
  const link = way === 'cancelled' || !who.patient ? undefined
    : `${origin()}/answer/${await makeNarrowLink(client, database, { practice, purpose: 'moved', chart, visit, startsAt, person: who.patient, named: told, expiresAt: until ?? startsAt }, now)}`
  const practiceSays = { from: nameOutside(row), phone: typeof row.settings['phone'] === 'string' ? row.settings['phone'] : '', zone: row.zone }
  await postReminder(client, practice, { ...key, outcome: 'sent' }, { ...channel, ...changeWords(who.givenName, practiceSays, { way, changes, until }, link) }, now)
  return 1
}
