import pg from 'pg'
import type { AuditLineRow } from '../../core/contract/charting.ts'
import type { Context } from './database.ts'

export interface AuditLine {
  readonly at: string
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly chart?: string | undefined
  readonly subject?: string | undefined
  readonly detail?: object
}

/** One audit line as a statement without parameters, so that it can travel with the commit. */
export function auditStatement({ at, action, outcome, chart, subject, detail }: AuditLine): string {
  const values = [at, action, outcome, chart, subject, JSON.stringify(detail ?? {})].map((value) => (value === undefined ? 'null' : pg.escapeLiteral(value)))
  return `select app.note(${values.join(', ')})`
}

export interface AuditAsked {
  /** The id of the last line that was read; what comes before it is answered. */
  readonly before?: string | undefined
  readonly limit: number
  readonly chart?: string | undefined
  readonly person?: string | undefined
  readonly outcome?: AuditLine['outcome'] | undefined
}

/** Reading the audit is itself a line in it. */
const READINGS = ['access.read', 'audit.read']

/** One page, newest first, and from where the next one goes on. A chart's lines are walked by their time, which has an index; everybody's by their number. */
export async function auditLines({ client, actor }: Pick<Context, 'client' | 'actor'>, { before, limit, chart, person, outcome }: AuditAsked): Promise<{ lines: AuditLineRow[]; next: string | null }> {
  const order = chart ? ['a.at', 'a.audit_id'] : ['a.audit_id']
  const { rows } = await client.query<Omit<AuditLineRow, 'mine' | 'ownReading'>>(
    `select a.audit_id::text as id, a.at, a.person_id as person, coalesce(p.given_name || ' ' || p.family_name, case when a.action in ('clearance.reopened', 'alert.escalated') then 'the server' else 'somebody' end) as who, a.action, a.outcome, a.chart_id as chart, c.display_name as about
       from app.audit a left join app.person p using (practice_id, person_id) left join app.chart c on c.practice_id = a.practice_id and c.chart_id = a.chart_id
      where a.practice_id = $1 and ($2::uuid is null or a.chart_id = $2) and ($3::uuid is null or a.person_id = $3) and ($4::text is null or a.outcome = $4)
        and ($5::bigint is null or (${order.join(', ')}) < (select ${order.join(', ')} from app.audit a where a.practice_id = $1 and a.audit_id = $5))
      order by ${order.map((column) => `${column} desc`).join(', ')} limit $6`, [actor.practice, chart ?? null, person ?? null, outcome ?? null, before ?? null, limit + 1])
  const lines = rows.slice(0, limit).map((line) => ({ ...line, mine: line.person === actor.person, ownReading: line.person === actor.person && READINGS.includes(line.action) }))
  return { lines, next: rows.length > limit ? (lines.at(-1)?.id ?? null) : null }
}
