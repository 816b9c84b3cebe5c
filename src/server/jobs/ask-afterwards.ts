import { rungOpen } from '../../core/afterwards/ladder.ts'
import type { PoolClient } from 'pg'
import { plusDays, type Instant } from '../../core/shared/time.ts'
import { afterwardsRows } from '../../knowledge/afterwards.ts'
import { askingRows } from '../../knowledge/reminders.ts'
import { questionsOf } from '../open-questions.ts'
import { asJob } from '../http/job.ts'
import { afterwardsWords, reminderSettings } from '../reminders.ts'
import { practiceRow } from '../store/practice.ts'
import { saidAfter, sessionsToAskAfter } from '../store/reminders.ts'
import { eachByItself, reach, type Sending } from './reach.ts'

/** Further back than the last rung stands open, and a week for entries that arrived late. */
const BACK_DAYS = afterwardsRows.ladder.at(-1)!.afterDays + afterwardsRows.lastOpenDays + 7
/** Never so soon that it would break the quiet hours. */
const NO_HURRY_DAYS = 2

/**
 * Asks people how it is, at each rung of the ladder after the session they came home from last: once, in the way they
 * chose, outside the quiet hours, and not where they have said it. What lapsed while nothing was sent is not caught up
 * on. A session without a booked visit is asked about on the person's own pages alone. Answers how many messages it posted.
 */
export async function askAfterwards(sending: Sending, practice: string): Promise<number> {
  const now = sending.clock.now()
  const waiting = await asJob(sending, practice, async (client) =>
    (reminderSettings(await practiceRow({ client, actor: { practice } as never })).on ? sessionsToAskAfter(client, practice, plusDays(now, -BACK_DAYS)) : []))
  const open = waiting.flatMap((session) => {
    const rung = rungOpen(afterwardsRows, session, now)?.rung
    return rung && !session.made.includes(`after ${rung}`) ? [{ session, rung }] : []
  })
  return eachByItself(open, ({ session, rung }) => asJob(sending, practice, async (client) => ((rung === FIRST && await isAskedWithQuestions(client, practice, session, now)) ? 0 : reach(client, practice, sending, {
    key: { visit: session.visit, chart: session.chart, startsAt: session.startedAt, step: `after ${rung}` },
    stands: !(await saidAfter(client, practice, session, rung)),
    soonest: plusDays(now, NO_HURRY_DAYS),
    words: (givenName, practiceSays) => afterwardsWords(givenName, practiceSays, `${sending.origin()}/my/after`),
  })), true))
}

const FIRST = afterwardsRows.ladder[0]!.rung

/** On the day after, questionnaires are asked for as well: their message says this too, and nobody gets two. */
async function isAskedWithQuestions(client: PoolClient, practice: string, { chart, session }: { readonly chart: string; readonly session: string }, now: Instant): Promise<boolean> {
  const { asks } = await questionsOf(client, practice, chart, now)
  return askingRows.moments.includes('day-after') && asks.some(({ moment, anchor, state }) => moment === 'day-after' && anchor === session && (state === 'open' || state === 'later'))
}
