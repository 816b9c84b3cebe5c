import { preferences, type InquiryRow } from '../../core/contract/running.ts'
import { iso } from './calendar.ts'
import type { Context } from './database.ts'

/** What of somebody who waits stands beside their chart. */
export interface BesideChart {
  /** When they wrote, or when the chart was opened for somebody who never did. */
  readonly askedAt: string
  readonly preferences: InquiryRow['preferences'] | null
  readonly therapist: { readonly person: string; readonly name: string } | null
  /** Until when something is held for them. */
  readonly heldUntil: string | null
}

/** The same for many charts, in one question. */
export async function besideCharts({ client, actor }: Pick<Context, 'client' | 'actor'>, charts: readonly string[], now: string): Promise<ReadonlyMap<string, BesideChart>> {
  const { rows } = await client.query<Omit<BesideChart, 'preferences'> & { chart: string; preferences: unknown }>({
    name: 'beside-charts', values: [actor.practice, charts, now],
    text: `select c.chart_id as chart, coalesce(i.received_at, c.opened_at) as "askedAt", i.preferences, t.therapist, h.until as "heldUntil" from app.chart c
      left join lateral (select received_at, preferences from app.inquiry i where i.practice_id = c.practice_id and i.chart_id = c.chart_id order by received_at desc limit 1) i on true
      left join lateral (select jsonb_build_object('person', t.person_id, 'name', p.given_name || ' ' || p.family_name) as therapist from app.care_team t join app.person p using (practice_id, person_id)
        where t.practice_id = c.practice_id and t.chart_id = c.chart_id and t.role = 'therapist' and t.until is null order by p.family_name limit 1) t on true
      left join lateral (select ${iso('min(v.held_until)')} as until from app.visit v join app.visit_patient x using (practice_id, visit_id)
        where v.practice_id = c.practice_id and x.chart_id = c.chart_id and x.active and v.state = 'held' and v.held_until > $3::timestamptz) h on true
      where c.practice_id = $1 and c.chart_id = any($2::uuid[])`,
  })
  return new Map(rows.map(({ chart, ...row }) => [chart, { ...row, preferences: row.preferences === null ? null : preferences.parse(row.preferences) }]))
}
