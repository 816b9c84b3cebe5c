import type { PoolClient } from 'pg'

/** The charts on which therapy was ever made to come back, by an index of those entries alone. */
export async function chartsWithTherapy(client: PoolClient, practice: string): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>({ name: 'charts-with-therapy', text: `select distinct chart_id as chart from app.entry where practice_id = $1 and kind = 'therapy-series.v1' order by chart_id`, values: [practice] })
  return rows.map(({ chart }) => chart)
}
