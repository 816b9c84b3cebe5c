import { askKey, askedBy } from '../../core/reminders/asking.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { askingRows } from '../../knowledge/reminders.ts'
import { openAsks, questionsOf } from '../open-questions.ts'
import { reminderSettings } from '../reminders.ts'
import { askingOf } from '../store/asking.ts'
import { asJob } from './job.ts'
import type { Handlers } from './shell.ts'

export const questionsAskedHandlers: Handlers<'questionsAsked'> = {
  /** By the rows of the job that sends: what it has not seen yet has no day, and no hour by which somebody calls. */
  questionsAsked: ({ params: { chart } }, here) => asJob(here.shell, here.actor.practice, async (client) => {
    const { row, asks, form } = await questionsOf(client, here.actor.practice, chart, here.now)
    const rows = await askingOf(client, here.actor.practice, chart)
    return {
      on: reminderSettings(row).on,
      asked: openAsks(asks).map((ask) => {
        const mine = rows.filter((one) => one.ask === askKey(ask, row.zone))
        const since = mine.find(({ step }) => step === 'open')?.at ?? null
        const last = mine.findLast(({ outcome }) => outcome === 'sent' || outcome === 'unreachable' || outcome === 'not-wanted')
        const answerBy = since && askedBy({ rows: askingRows, zone: row.zone, since: localDay(since, row.zone), closesAt: ask.closesAt })
        return { instrument: ask.instrument, title: form(ask.instrument)?.instrument.title ?? ask.instrument, since, last: last ? { at: last.at, outcome: last.outcome as 'sent' } : null, answerBy, late: answerBy !== null && answerBy <= here.now }
      }),
    }
  }),
}
