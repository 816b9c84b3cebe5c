import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { generated, type Generated } from '../../core/outcomes/practice/testing/generated.ts'

/** Where they are put, and who is on their team. */
export interface Into {
  readonly practice: string
  readonly therapist: string
}

/**
 * Puts generated patients into a practice past every route, with their inquiries: nobody in them is anybody, and their
 * digests seal nothing. Tests and measurements only. Answers their charts, in order.
 */
export async function putGenerated(admin: pg.Client, { practice, therapist }: Into, from: number, to: number, tellOf: (number: number) => Generated = generated): Promise<string[]> {
  const charts: string[] = []
  // What the database asks of a dose is asked of people; these come from nowhere.
  await admin.query('set session_replication_role = replica')
  for (let number = from; number < to; number += 1) charts.push(await putOne(admin, { practice, therapist }, number, tellOf(number)))
  await admin.query('set session_replication_role = origin')
  return charts
}

async function putOne(admin: pg.Client, { practice, therapist }: Into, number: number, { entries, openedAt, askedAt }: Generated): Promise<string> {
  const chart = randomUUID()
  const ids = new Map(entries.map(({ id }) => [id, randomUUID()]))
  const own = (id: string | undefined) => (id === undefined ? null : ids.get(id)!)
  await admin.query('insert into app.chart (practice_id, chart_id, display_name, opened_at, protocol) values ($1, $2, $3, $4, $5)', [practice, chart, `Generated ${number}`, openedAt, 'solo-six'])
  await admin.query(`insert into app.stream (practice_id, stream_id, chart_id, type, last_seq) values ($1, $2, $2, 'chart', $3)`, [practice, chart, entries.length])
  await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, 'therapist', $4)`, [practice, chart, therapist, openedAt])
  await admin.query(
    `insert into app.entry (practice_id, stream_id, chart_id, seq, id, kind, at, written_at, received_at, by_person, device, session_id, body, digest)
     select $1, $2, $2, seq, id, kind, at, at, at, $3, $3, session, body, repeat('0', 64) from unnest($4::int[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::jsonb[]) as e(seq, id, kind, at, session, body)`,
    [practice, chart, therapist, entries.map((_, at) => at + 1), entries.map(({ id }) => own(id)), entries.map(({ kind }) => kind), entries.map(({ at }) => at), entries.map(({ session }) => own(session)), entries.map(({ body }) => JSON.stringify(body))])
  await admin.query(`insert into app.inquiry (practice_id, inquiry_id, received_at, name, state, call, chart_id) values ($1, $2, $3, 'Generated', 'matched', '{"outcome":"goes-on"}', $4)`, [practice, randomUUID(), askedAt, chart])
  return chart
}
