import type { PoolClient } from 'pg'
import { readChart } from '../../core/chart/chart.ts'
import { openRisks } from '../../core/measures/open-risks.ts'
import { asJob } from '../http/job.ts'
import { riskRows } from '../http/risk-rows.ts'
import type { Shell } from '../http/shell.ts'
import { callCircle } from '../on-call.ts'
import { editionInForce } from '../rulebook.ts'
import { readEntries } from '../store/charts.ts'
import { alarmsToPass, endAlarm, type AlarmRow } from '../store/on-call.ts'
import { practiceRow } from '../store/practice.ts'

/**
 * Calls the next about every answer that cannot wait and that nobody has taken over in time, or that somebody took over
 * without a word of having spoken with the person. It goes on until a named person has. Answers how many it called about.
 */
export async function callOnCall(shell: Pick<Shell, 'database' | 'clock' | 'live' | 'origin'>, practice: string): Promise<number> {
  const now = shell.clock.now()
  const called = await asJob(shell, practice, async (client) => {
    const all: (readonly string[])[] = []
    for (const alarm of await alarmsToPass(client, practice, now)) all.push(await passOne(client, practice, alarm, shell.origin(), now))
    return all
  }, true)
  if (called.length > 0) shell.live.nudge(called.flat())
  return called.length
}

async function passOne(client: PoolClient, practice: string, alarm: AlarmRow, origin: string, now: string): Promise<readonly string[]> {
  const asked = { client, actor: { practice } as never }
  const { zone } = await practiceRow(asked)
  const { book } = await editionInForce(asked)
  const risk = openRisks(readChart(await readEntries(asked, alarm.chart)), now, riskRows(book, zone)).find(({ opened }) => opened === alarm.entry)
  if (!risk) {
    await endAlarm(client, practice, alarm.entry, now)
    return []
  }
  const { rows } = await client.query<{ name: string }>('select display_name as name from app.chart where practice_id = $1 and chart_id = $2', [practice, alarm.chart])
  return callCircle(client, { practice, chart: alarm.chart, name: rows[0]?.name ?? 'A patient', risk, wanted: alarm.takenAt === null && alarm.circle === 1 ? 2 : 3, before: alarm, origin, now })
}
