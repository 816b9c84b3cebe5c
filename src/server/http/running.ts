import type { StoredEntry } from '../../core/chart/entry.ts'
import { readChart } from '../../core/chart/chart.ts'
import { clinicians } from '../../core/chart/kinds/kind.ts'
import { sessionRowsOf } from '../../core/rulebook/book.ts'
import { loudest } from '../../core/session/alerts.ts'
import { mostUrgentFirst, type Running } from '../../core/session/running.ts'
import { readSession } from '../../core/session/session.ts'
import { shortName } from '../../core/shared/short-name.ts'
import { editionNamed } from '../rulebook.ts'
import { readEntries } from '../store/charts.ts'
import { practiceRow } from '../store/practice.ts'
import { asJob } from './job.ts'
import type { Handlers, Here } from './shell.ts'

/** The running sessions of one's own patients, in a line each: what stands and what is due there, and nothing else of the chart. */
export const runningHandlers: Handlers<'runningSessions'> = {
  async runningSessions(_, here) {
    const { zone } = await practiceRow(here)
    const mine = await ofMyTeams(here)
    const rows = await asJob(here.shell, here.actor.practice, async (client) => {
      const found: Running[] = []
      for (const one of mine) {
        const job = { ...here, client }
        const entries = await readEntries(job, one.chart)
        const chart = readChart(entries)
        const started = chart.entry(one.session)
        const { book } = await editionNamed(job, started?.kind === 'session-started.v1' ? started.body.edition : '')
        const read = readSession(chart, one.session, sessionRowsOf(book), { now: here.now, zone })
        if (!read.ok) continue
        const { alerts, due, doses, present, phase } = read.value
        const waiting = alerts.open.filter(({ answers, superseded }) => answers.length === 0 && !superseded)
        const alert = loudest(waiting.length > 0 ? waiting : alerts.open)
        found.push({
          chart: one.chart, session: one.session, name: shortName(one.name), alert: alert ? { level: alert.level, says: alert.says, at: alert.at, answered: alert.answers.length > 0 } : null,
          dueAt: due && due.why !== 'before-dose' ? due.at : null, firstDoseAt: doses.firstAt ?? null, people: present.length,
          with: present.map(({ name }) => shortName(name)), phase: phase?.says ?? null, heardAt: heardOf(entries, one.session),
        })
      }
      return found
    })
    return { now: here.now, running: mostUrgentFirst(rows, here.now).map((row) => ({ ...row, with: [...row.with] })) }
  },
}

const heardOf = (entries: readonly StoredEntry[], session: string): string => entries.filter((entry) => entry.session === session || entry.id === session).map(({ receivedAt }) => receivedAt).toSorted().at(-1)!

/** Whoever treats on a chart's team sees its running session here; nobody else does, whatever else they may read. */
async function ofMyTeams({ client, actor }: Here): Promise<{ chart: string; session: string; name: string }[]> {
  const { rows } = await client.query<{ chart: string; session: string; name: string }>(
    `select distinct c.chart_id as chart, c.session_id as session, h.display_name as name from app.session_claim c join app.chart h on h.practice_id = c.practice_id and h.chart_id = c.chart_id
       join app.care_team t on t.practice_id = c.practice_id and t.chart_id = c.chart_id where c.practice_id = $1 and not c.closed and t.person_id = $2 and t.until is null and t.role = any($3)`,
    [actor.practice, actor.person, [...clinicians]])
  return rows
}
