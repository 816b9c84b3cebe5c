import type { GroupRow } from '../../core/contract/groups.ts'
import type { GroupKind } from '../../core/chart/kinds/aftercare.ts'
import type { Context } from './database.ts'

type Asking = Pick<Context, 'client' | 'actor'>

const ROW = `select g.group_id as id, g.name, g.kind, g.open, g.ended_at is not null as ended, (select count(*)::int from app.care_group_member m where m.practice_id = g.practice_id and m.group_id = g.group_id and m.until is null) as members from app.care_group g where g.practice_id = $1`

/** Groups that whoever asks may know of: the desk all, whoever leads one theirs. */
export async function groupRows({ client, actor }: Asking): Promise<GroupRow[]> {
  const { rows } = await client.query<GroupRow>(`${ROW} order by g.ended_at is not null, g.name`, [actor.practice])
  return rows
}

/** One group; whoever changes it or books for it waits here for whoever does so already. */
export async function groupRow({ client, actor }: Asking, group: string, locked = false): Promise<GroupRow | undefined> {
  if (locked) await client.query('select from app.care_group where practice_id = $1 and group_id = $2 for update', [actor.practice, group])
  const { rows } = await client.query<GroupRow>(`${ROW} and g.group_id = $2`, [actor.practice, group])
  return rows[0]
}

export interface MemberRow {
  readonly chart: string
  readonly name: string
  readonly since: string
  readonly protocol: string | null
}

/** Who is in it now, in the order of their charts: everybody who locks several charts does so in this order. */
export async function membersOf({ client, actor }: Asking, group: string): Promise<MemberRow[]> {
  const { rows } = await client.query<MemberRow>(`select m.chart_id as chart, c.display_name as name, m.since, c.protocol from app.care_group_member m join app.chart c using (practice_id, chart_id) where m.practice_id = $1 and m.group_id = $2 and m.until is null order by m.chart_id`, [actor.practice, group])
  return rows
}

export async function leadersOf({ client, actor }: Asking, group: string): Promise<{ person: string; name: string }[]> {
  const { rows } = await client.query<{ person: string; name: string }>(`select l.person_id as person, p.given_name || ' ' || p.family_name as name from app.care_group_leader l join app.person p using (practice_id, person_id) where l.practice_id = $1 and l.group_id = $2 and l.until is null order by p.family_name`, [actor.practice, group])
  return rows
}

export async function addGroup({ client, actor }: Asking, { id, name, kind, open }: { readonly id: string; readonly name: string; readonly kind: GroupKind; readonly open: boolean }, at: string): Promise<void> {
  await client.query('insert into app.care_group (practice_id, group_id, name, kind, open, made_at) values ($1, $2, $3, $4, $5, $6)', [actor.practice, id, name, kind, open, at])
}

export async function addMember({ client, actor }: Asking, group: string, chart: string, at: string): Promise<void> {
  await client.query('insert into app.care_group_member (practice_id, group_id, chart_id, since) values ($1, $2, $3, $4) on conflict (practice_id, group_id, chart_id) do update set since = excluded.since, until = null', [actor.practice, group, chart, at])
}

/** A group that nobody is in any more has ended. */
export async function endMember({ client, actor }: Asking, group: string, chart: string, at: string): Promise<void> {
  await client.query('update app.care_group_member set until = $4 where practice_id = $1 and group_id = $2 and chart_id = $3 and until is null', [actor.practice, group, chart, at])
  await client.query('update app.care_group g set ended_at = $3 where practice_id = $1 and group_id = $2 and not exists (select from app.care_group_member m where m.practice_id = g.practice_id and m.group_id = g.group_id and m.until is null)', [actor.practice, group, at])
}

export async function keepLeaders({ client, actor }: Asking, group: string, leaders: readonly string[], at: string): Promise<void> {
  await client.query('update app.care_group_leader set until = $4 where practice_id = $1 and group_id = $2 and until is null and not person_id = any($3::uuid[])', [actor.practice, group, leaders, at])
  for (const person of leaders) await client.query('insert into app.care_group_leader (practice_id, group_id, person_id) values ($1, $2, $3) on conflict (practice_id, group_id, person_id) do update set until = null', [actor.practice, group, person])
}

export async function keepOpen({ client, actor }: Asking, group: string, open: boolean): Promise<void> {
  await client.query('update app.care_group set open = $3 where practice_id = $1 and group_id = $2', [actor.practice, group, open])
}
