import { readChart } from '../../core/chart/chart.ts'
import type { HomeBefore } from '../../core/contract/charting.ts'
import { isDosing } from '../../core/course/dosing-visit.ts'
import { alarmsOn } from '../../core/reminders/alarms.ts'
import { openOnline } from '../../core/online/open-online.ts'
import { openBefore } from '../../core/reminders/before.ts'
import { dayEnd, localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import { dayAlarmWords } from '../../knowledge/reminders.ts'
import { reminderSettings } from '../reminders.ts'
import { visitsBetween } from '../store/calendar.ts'
import { readEntries } from '../store/charts.ts'
import { practiceRow, type staff } from '../store/practice.ts'
import { remindersFor } from '../store/reminders.ts'
import type { Edition } from '../rulebook.ts'
import { asJob } from './job.ts'
import type { Here } from './shell.ts'

interface Asked {
  readonly zone: string
  readonly edition: Edition
  readonly people: Awaited<ReturnType<typeof staff>>
  /** The charts that this person may see, and whether they treat there. */
  readonly charts: ReadonlyMap<string, { readonly name: string; readonly treats: boolean }>
}

/**
 * What is open before the sessions of today and tomorrow, on the charts that this person may see. The charts are read as
 * a job, since the desk may not read what was answered: to it is said that there is something, and whose it is.
 */
export async function beforeSessions(here: Here, { zone, edition, people, charts }: Asked): Promise<HomeBefore[]> {
  const { actor: { practice, roles }, now } = here
  if (roles.every((role) => role === 'patient')) return []
  const row = await practiceRow(here)
  const { on, rows } = reminderSettings(row)
  if (!on) return []
  const desk = people.find(({ active, roles }) => active && roles.includes('coordinator')) ?? people.find(({ active, roles }) => active && roles.includes('owner'))
  return asJob(here.shell, practice, async (client) => {
    const asked = { client, actor: { practice } as never }
    const visits = (await visitsBetween(asked as never, now, dayEnd(plusDaysOf(localDay(now, zone), 1), zone))).filter((visit) => (isDosing(visit) ? visit.startsAt > now : visit.online))
    const outcomes = await remindersFor(client, practice, visits.map(({ visit }) => visit))
    const found: HomeBefore[] = []
    for (const visit of visits) for (const { chart } of visit.patients) {
      const seen = chart ? charts.get(chart) : undefined
      if (!chart || !seen) continue
      const read = readChart(await readEntries(asked, chart))
      const open = !isDosing(visit) ? openOnline(read, visit, { rows, zone, now, desk: desk?.name ?? 'the practice', staff: people }) : openBefore(read, visit, {
        rows, zone, now, clinical: seen.treats, desk: desk?.name ?? 'the practice', alarms: (said) => alarmsOn(read, said, { book: edition.book, words: dayAlarmWords, startsAt: visit.startsAt, zone }),
        outcomes: outcomes.filter((one) => one.visit === visit.visit && one.chart === chart && one.startsAt === visit.startsAt),
      })
      if (open.length > 0) found.push({ chart, name: seen.name, visit: visit.visit, startsAt: visit.startsAt, open: open.map((one) => ({ ...one })) })
    }
    return found
  })
}
