import type { PoolClient } from 'pg'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import { isQuiet } from '../../core/reminders/ladder.ts'
import { plusDays, type Instant } from '../../core/shared/time.ts'
import type { Shell } from '../http/shell.ts'
import { channelOf, outsideOf, reminderSettings, type Outside } from '../reminders.ts'
import { tell } from '../store/charts.ts'
import { makeNarrowLink, type VisitPurpose } from '../store/narrow-links.ts'
import { practiceRow, staff, type PracticeRow } from '../store/practice.ts'
import { noteReminder, postReminder, reachedBy, type Message, type ReminderOutcome, type ReminderRow } from '../store/reminders.ts'

export type Sending = Pick<Shell, 'database' | 'clock' | 'origin'> & { readonly texts: boolean }

/** Whoever is to come so soon is written to at night as well. */
const SOON_DAYS = 1
export const isTooQuiet = (row: PracticeRow, soonest: Instant, now: Instant): boolean => isQuiet(reminderSettings(row).rows, now, row.zone) && soonest > plusDays(now, SOON_DAYS)

interface Reaching {
  readonly key: Omit<ReminderRow, 'outcome'>
  /** Whether it still is as the message would say. */
  readonly stands: boolean
  readonly soonest: Instant
  /** What the desk reads of somebody whom no message reaches, after their name; without it nobody has to call. */
  readonly call?: string
  readonly link?: { readonly purpose: VisitPurpose; readonly named: string; readonly expiresAt: Instant }
  readonly words: (givenName: string, practice: Outside, link?: string) => Pick<Message, 'subject' | 'body'>
}

/** Writes to one patient in the way they chose, once; whoever cannot be reached in that way is told to the desk by name. Answers how many messages it posted. */
export async function reach(client: PoolClient, practice: string, { database, clock, origin, texts }: Sending, { key, stands, soonest, call, link, words }: Reaching): Promise<number> {
  const now = clock.now()
  const asked = { client, actor: { practice } as never }
  const row = await practiceRow(asked)
  const note = (outcome: ReminderOutcome) => noteReminder(client, practice, { ...key, outcome }, now)
  const who = await reachedBy(client, practice, key.chart)
  if (!who || !stands) return note('not-needed').then(() => 0)
  if (isTooQuiet(row, soonest, now)) return 0
  const channel = channelOf(who, texts)
  if (!channel) {
    const outcome = who.by === 'none' ? 'not-wanted' : 'unreachable'
    const why = outcome === 'not-wanted' ? 'wants no messages' : 'cannot be reached in the way they chose'
    if ((await note(outcome)) && call) await tell(client, practice, deskToTell(await staff(asked)), { chart: key.chart, kind: 'reminder', says: `${who.name} ${call}, and ${why}. Call them.`.slice(0, 2000), at: now })
    return 0
  }
  if (!(await note('sent'))) return 0
  const address = link && who.patient ? `${origin()}/answer/${await makeNarrowLink(client, database, { practice, chart: key.chart, visit: key.visit, startsAt: key.startsAt, person: who.patient, ...link }, now)}` : undefined
  const practiceSays = { ...outsideOf(row), zone: row.zone }
  await postReminder(client, practice, { ...key, outcome: 'sent' }, { ...channel, ...words(who.givenName, practiceSays, address) }, now)
  return 1
}

/** One that fails keeps nobody else waiting, and is heard of at the end. */
export async function eachByItself<T>(all: readonly T[], work: (one: T) => Promise<number>): Promise<number> {
  const done: PromiseSettledResult<number>[] = []
  for (const one of all) done.push(...await Promise.allSettled([work(one)]))
  for (const one of done) if (one.status === 'rejected') throw one.reason
  return done.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0)
}
