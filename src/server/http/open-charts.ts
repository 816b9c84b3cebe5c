import type { StoredEntry } from '../../core/chart/entry.ts'
import { clinicians } from '../../core/chart/kinds/kind.ts'
import { fromRow } from '../store/charts.ts'
import { asJob } from './job.ts'
import type { Here } from './shell.ts'

export interface OpenChart { readonly chart: string; readonly name: string; readonly protocol: string | null; readonly entries: StoredEntry[] }

/** Everybody's who is in care here, or only these. The charts are read whole, for the rules; whoever asks is told of their own and of a number. */
export async function openCharts(here: Here, only?: readonly string[]): Promise<OpenChart[]> {
  if (only?.length === 0) return []
  return asJob(here.shell, here.actor.practice, async (client) => {
    const { rows } = await client.query<Record<string, unknown> & { stream_id: string; name: string; protocol: string | null }>(
      `select c.display_name as name, c.protocol, e.stream_id, e.seq, e.id, e.kind, e.at, e.written_at, e.received_at, e.by_person, e.device, e.session_id, e.amends, e.body, e.digest
         from app.chart c join app.entry e on e.practice_id = c.practice_id and e.stream_id = c.chart_id where c.practice_id = $1 and c.deceased_on is null and ($2::uuid[] is null or c.chart_id = any($2)) order by c.display_name, e.stream_id, e.seq`, [here.actor.practice, only ?? null])
    const byChart = new Map<string, OpenChart>()
    for (const row of rows) {
      const one = byChart.get(row.stream_id) ?? { chart: row.stream_id, name: row.name, protocol: row.protocol, entries: [] }
      one.entries.push(fromRow(row))
      byChart.set(row.stream_id, one)
    }
    return [...byChart.values()]
  })
}

/** Which charts have had something written on them since these were read. */
export async function writtenSince(here: Here, read: readonly OpenChart[]): Promise<string[]> {
  const upTo = new Map(read.map(({ chart, entries }) => [chart, entries.at(-1)?.seq ?? 0]))
  return asJob(here.shell, here.actor.practice, async (client) => {
    const { rows } = await client.query<{ chart: string; seq: number }>(`select stream_id as chart, last_seq as seq from app.stream where practice_id = $1 and type = 'chart'`, [here.actor.practice])
    return rows.flatMap(({ chart, seq }) => (seq > (upTo.get(chart) ?? 0) ? [chart] : []))
  })
}

/** Charts whose facts are this person's to read, on a care team. */
export async function chartsOnMyTeam({ client, actor }: Here): Promise<Set<string>> {
  const { rows } = await client.query<{ chart: string }>('select chart_id as chart from app.care_team where practice_id = $1 and person_id = $2 and until is null and role = any($3)', [actor.practice, actor.person, clinicians])
  return new Set(rows.map(({ chart }) => chart))
}
