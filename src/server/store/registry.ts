import type pg from 'pg'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { AggregateTally } from '../../core/registry/aggregate/tally.ts'
import { fromRow } from './charts.ts'
import { saidIn } from './outcome-tallies.ts'

/** The key by which this practice names people for a registry; `fresh` becomes it where there is none yet. */
export async function registryKey(client: pg.PoolClient, practice: string, fresh: string, now: string): Promise<string> {
  await client.query('insert into app.registry_key (practice_id, key, made_at) values ($1, $2, $3) on conflict do nothing', [practice, fresh, now])
  const { rows } = await client.query<{ key: string }>('select key from app.registry_key where practice_id = $1', [practice])
  return rows[0]!.key
}

export interface Asked {
  readonly chart: string
  readonly openedAt: string
  /** What was signed and taken back of this form, oldest first. */
  readonly entries: readonly StoredEntry[]
}

/** Charts on which a form was ever signed or taken back, with these entries alone; and how many charts there are. */
export async function askedForConsent(client: pg.PoolClient, practice: string, form: string): Promise<{ charts: number; asked: Asked[] }> {
  const { rows } = await client.query<Record<string, unknown> & { chart: string; openedAt: string }>(
    `select c.chart_id as chart, c.opened_at as "openedAt", e.* from app.entry e join app.chart c using (practice_id, chart_id)
      where e.practice_id = $1 and e.stream_id = e.chart_id and e.kind in ('consent.v1', 'consent-withdrawn.v1') and e.body->>'form' = $2 order by c.chart_id, e.seq`, [practice, form])
  const asked = new Map<string, { chart: string; openedAt: string; entries: StoredEntry[] }>()
  for (const row of rows) {
    const one = asked.get(row.chart) ?? { chart: row.chart, openedAt: row.openedAt, entries: [] }
    one.entries.push(fromRow(row))
    asked.set(row.chart, one)
  }
  const { rows: all } = await client.query<{ charts: number }>('select count(*)::int as charts from app.chart where practice_id = $1', [practice])
  return { charts: all[0]!.charts, asked: [...asked.values()] }
}

/** The first course of each person, where it has been counted. `today` is a local day. */
const FIRST = `first as (select distinct on (chart_id) * from app.outcome_course where practice_id = $1 order by chart_id, number), counted as (select * from first where settles_on <= $2::date)`
const CELL = `coalesce(protocol, '') as protocol, coalesce(indication, '') as indication, route`

/** Everybody counted once, with the first course, together where they agree: what counts of many people are made of. */
export async function readAggregate(client: pg.PoolClient, practice: string, today: string): Promise<AggregateTally> {
  const ask = async <Row extends pg.QueryResultRow>(text: string) => (await client.query<Row>(`with ${FIRST} ${text}`, [practice, today])).rows
  return {
    people: await ask(`select ${CELL}, kept, kept_days as days, relapsed, count(*)::int as people from counted group by 1, 2, 3, 4, 5, 6`),
    measures: (await ask<Omit<AggregateTally['measures'][number], 'hasBaseline' | 'hasEnd' | 'response' | 'remission' | 'reliable' | 'worse'> & { says: string }>(`select ${CELL}, m.instrument, m.says, count(*)::int as people from counted join app.outcome_measure m using (practice_id, chart_id, number) group by 1, 2, 3, 4, 5`)).map(({ says, ...row }) => ({ ...row, ...saidIn(says) })),
    events: await ask(`select ${CELL}, e.term, e.grade, count(*)::int as people from counted join app.outcome_event e using (practice_id, chart_id, number) group by 1, 2, 3, 4, 5`),
  }
}
