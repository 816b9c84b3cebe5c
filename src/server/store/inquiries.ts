import { preferences, type InquiryRow } from '../../core/contract/running.ts'
import { daysBetween, plusDays } from '../../core/shared/time.ts'
import type { Context } from './database.ts'

type Asked = Pick<Context, 'client' | 'actor'>
interface Row {
  inquiry_id: string
  received_at: string
  name: string
  email: string | null
  phone: string | null
  message: string
  preferences: unknown
  precheck: Record<string, string> | null
  state: InquiryRow['state']
  call: InquiryRow['call']
  chart_id: string | null
}

/** Inquiries with their age and the day by which the person was promised a first visit. Open ones first, oldest first. */
export async function inquiries({ client, actor }: Asked, now: string, promisedDays: number, only?: string): Promise<InquiryRow[]> {
  const { rows } = await client.query<Row>(
    { name: 'inquiries', text: `select * from app.inquiry where practice_id = $1 and ($2::uuid is null or inquiry_id = $2) order by state in ('matched', 'closed'), received_at limit 500`, values: [actor.practice, only ?? null] })
  const told = await toldOf({ client, actor }, only)
  return rows.map((row) => ({
    ...(told.has(row.inquiry_id) ? { crisis: told.get(row.inquiry_id) } : {}),
    id: row.inquiry_id, receivedAt: row.received_at, name: row.name, email: row.email, phone: row.phone, message: row.message, preferences: preferences.parse(row.preferences), precheck: row.precheck,
    state: row.state, ageDays: Math.max(0, Math.floor(daysBetween(row.received_at, now) * 10) / 10), firstVisitDueBy: plusDays(row.received_at, promisedDays), chart: row.chart_id, call: row.call,
  }))
}

/** The last inquiries to come in, newest first, as the count of kept promises asks for them. */
export async function newestInquiries({ client, actor }: Asked, promisedDays: number, most: number): Promise<Pick<InquiryRow, 'receivedAt' | 'firstVisitDueBy' | 'state' | 'chart'>[]> {
  const { rows } = await client.query<Row>({ name: 'newest-inquiries', text: 'select received_at, state, chart_id from app.inquiry where practice_id = $1 order by received_at desc limit $2', values: [actor.practice, most] })
  return rows.map((row) => ({ receivedAt: row.received_at, firstVisitDueBy: plusDays(row.received_at, promisedDays), state: row.state, chart: row.chart_id }))
}

/** The worst that was told of an inquiry is kept, so that it is told again only when it is worse; once there is time again, it begins anew. Answers whether it is to be told. */
export async function isWorse({ client, actor }: Asked, inquiry: string, level: number, now: string): Promise<boolean> {
  if (level === 0) {
    await client.query('update app.first_visit_told set level = 0, told_at = $3 where practice_id = $1 and inquiry_id = $2 and level > 0', [actor.practice, inquiry, now])
    return false
  }
  const { rowCount } = await client.query(
    `insert into app.first_visit_told as t (practice_id, inquiry_id, level, told_at) values ($1, $2, $3, $4)
     on conflict (practice_id, inquiry_id) do update set level = excluded.level, told_at = excluded.told_at where t.level < excluded.level`, [actor.practice, inquiry, level, now])
  return rowCount === 1
}

/** Who was told of a danger heard on a call, by inquiry. */
async function toldOf({ client, actor }: Asked, only: string | undefined): Promise<Map<string, NonNullable<InquiryRow['crisis']>>> {
  const { rows } = await client.query<{ inquiry: string; name: string; toldAt: string; acknowledgedAt: string | null }>(
    { name: 'told-of-inquiries', text: `select n.inquiry_id as inquiry, p.given_name || ' ' || p.family_name as name, n.created_at as "toldAt", n.done_at as "acknowledgedAt"
       from app.notice n join app.person p using (practice_id, person_id) where n.practice_id = $1 and n.inquiry_id is not null and ($2::uuid is null or n.inquiry_id = $2) order by n.created_at, p.family_name, p.given_name`, values: [actor.practice, only ?? null] })
  const byInquiry = new Map<string, NonNullable<InquiryRow['crisis']>>()
  for (const { inquiry, ...one } of rows) byInquiry.set(inquiry, [...(byInquiry.get(inquiry) ?? []), one])
  return byInquiry
}

/** Holds the inquiry, so that two people who write the call down at once tell of it once. */
export async function holdInquiry({ client, actor }: Asked, inquiry: string): Promise<void> {
  await client.query('select 1 from app.inquiry where practice_id = $1 and inquiry_id = $2 for update', [actor.practice, inquiry])
}

export async function keepCall({ client, actor }: Asked, inquiry: string, call: InquiryRow['call'], preferred: unknown): Promise<void> {
  await client.query(`update app.inquiry set call = $3, state = case when state = 'new' and ($3::jsonb->>'outcome') is not null then 'called' else state end where practice_id = $1 and inquiry_id = $2`, [actor.practice, inquiry, JSON.stringify(call)])
  if (preferred) await client.query('update app.inquiry set preferences = $3 where practice_id = $1 and inquiry_id = $2', [actor.practice, inquiry, JSON.stringify(preferred)])
}

export interface NewInquiry {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly message: string
  readonly preferences: unknown
  readonly precheck: Record<string, string> | null
}
export async function receive({ client, actor }: Asked, inquiry: NewInquiry, at: string): Promise<void> {
  await client.query('insert into app.inquiry (practice_id, inquiry_id, received_at, name, email, phone, message, preferences, precheck) values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7, $8)',
    [actor.practice, at, inquiry.name, inquiry.email, inquiry.phone, inquiry.message, JSON.stringify(inquiry.preferences), inquiry.precheck ? JSON.stringify(inquiry.precheck) : null])
}
