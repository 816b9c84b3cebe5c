import type { PoolClient } from 'pg'
import { responsibleToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import { openRisks } from '../../core/measures/open-risks.ts'
import { editionInForce } from '../rulebook.ts'
import { readEntries, tell } from '../store/charts.ts'
import { staff } from '../store/practice.ts'

interface Unanswered {
  readonly chart: string | null
  readonly inquiry: string | null
  readonly entry: string | null
  readonly kind: 'risk' | 'crisis'
  readonly name: string | null
  readonly zone: string
  readonly says: string
  readonly told: string[]
}

/** Passes on, once, what cannot wait and nobody has acknowledged in its time: to the medical director, or else the owner. Answers how many. */
export async function passOn(client: PoolClient, practice: string, now: string): Promise<number> {
  const { rows: locked } = await client.query<{ got: boolean }>('select pg_try_advisory_xact_lock(7204, hashtext($1)) as got', [practice])
  if (!locked[0]?.got) return 0
  const { rows } = await client.query<Unanswered>(
    `select n.chart_id as chart, n.inquiry_id as inquiry, n.entry_id as entry, n.kind, c.display_name as name, p.zone, min(n.says) as says, array_agg(n.person_id) as told
       from app.notice n join app.practice p using (practice_id) left join app.chart c using (practice_id, chart_id)
      where n.practice_id = $1 and n.kind in ('risk', 'crisis') and n.answer_by is not null
        and not exists (select 1 from app.notice u where u.practice_id = n.practice_id and u.kind = 'unanswered' and u.created_at >= n.created_at and coalesce(u.entry_id, u.inquiry_id) = coalesce(n.entry_id, n.inquiry_id))
      group by n.chart_id, n.inquiry_id, n.entry_id, n.kind, c.display_name, p.zone, n.created_at
     having bool_and(n.done_at is null) and min(n.answer_by) < $2`, [practice, now])
  if (rows.length === 0) return 0
  const everybody = await staff({ client, actor: { practice } as never })
  let passed = 0
  for (const row of rows) {
    const people = responsibleToTell(everybody, row.told)
    if (people.length === 0 || (await isAnswered(client, practice, row, now))) continue
    const says = row.kind === 'crisis' ? `Nobody has acknowledged this yet. ${row.says}` : `${row.name ?? 'A patient'}: answers that cannot wait have come in, and none of those who were told has acknowledged it. See that a clinician speaks with the person.`
    await tell(client, practice, people, { ...(row.chart ? { chart: row.chart } : {}), ...(row.inquiry ? { inquiry: row.inquiry } : {}), ...(row.entry ? { entry: row.entry } : {}), kind: 'unanswered', says, at: now })
    passed += 1
  }
  return passed
}

/** Whoever has spoken with the person has answered it, also without a word on their list. */
async function isAnswered(client: PoolClient, practice: string, { chart, entry, zone }: Unanswered, now: string): Promise<boolean> {
  if (!chart || !entry) return false
  const read = readChart(await readEntries({ client, actor: { practice } as never }, chart))
  const { book: { instruments, risk: { paths, followUpHours } } } = await editionInForce({ client, actor: { practice } })
  const risk = openRisks(read, now, { instruments, paths, followUpHours: followUpHours.value, zone }).find(({ opened }) => opened === entry)
  return risk === undefined || read.all('risk-contact.v1').some(({ id, body }) => body.reached && risk.contacts.includes(id))
}
