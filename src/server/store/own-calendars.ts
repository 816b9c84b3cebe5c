import type { PoolClient } from 'pg'
import type { Response } from '../../core/contract/contract.ts'
import type { BusyTime } from '../../core/scheduling/elsewhere.ts'
import { iso } from './calendar.ts'
import type { Context } from './database.ts'

type Own = Response<'myCalendars'>
type Asked = Pick<Context, 'client' | 'actor'>

export async function ownFeeds({ client, actor }: Asked): Promise<Own['feeds']> {
  const { rows } = await client.query<Own['feeds'][number]>('select feed_id as id, label, made_at as "madeAt", last_read_at as "lastReadAt" from app.calendar_feed where practice_id = $1 and person_id = $2 and revoked_at is null order by made_at, feed_id', [actor.practice, actor.person])
  return rows
}

export async function revokeFeed({ client, actor }: Asked, feed: string, now: string): Promise<boolean> {
  const { rowCount } = await client.query('update app.calendar_feed set revoked_at = $4 where practice_id = $1 and person_id = $2 and feed_id = $3 and revoked_at is null', [actor.practice, actor.person, feed, now])
  return rowCount === 1
}

export async function outerCalendars({ client, actor }: Asked): Promise<Own['outer']> {
  const { rows } = await client.query<Own['outer'][number]>(
    `select c.calendar_id as id, c.label, case when c.sealed_address is null then 'file' else 'address' end as from, c.read_at as "readAt",
            case when c.failing_since is not null then jsonb_build_object('since', c.failing_since, 'says', c.failure) end as failing,
            (select count(*)::int from app.busy_time b where b.practice_id = c.practice_id and b.calendar_id = c.calendar_id) as times
       from app.outer_calendar c where c.practice_id = $1 and c.person_id = $2 order by c.added_at, c.calendar_id`, [actor.practice, actor.person])
  return rows
}

/** A calendar of whoever asks; without an address it came as a file. */
export async function addOuterCalendar({ client, actor }: Asked, row: { readonly id: string; readonly label: string; readonly sealedAddress: string | null; readonly now: string }): Promise<void> {
  await client.query('insert into app.outer_calendar (practice_id, calendar_id, person_id, label, sealed_address, added_at) values ($1, $2, $3, $4, $5, $6)', [actor.practice, row.id, actor.person, row.label, row.sealedAddress, row.now])
}

/** A file of whoever asks, to be replaced by a newer one. */
export async function renameFile({ client, actor }: Asked, calendar: string, label: string): Promise<boolean> {
  const { rowCount } = await client.query('update app.outer_calendar set label = $4 where practice_id = $1 and person_id = $2 and calendar_id = $3 and sealed_address is null', [actor.practice, actor.person, calendar, label])
  return rowCount === 1
}

export async function removeOuterCalendar({ client, actor }: Asked, calendar: string): Promise<boolean> {
  await client.query('delete from app.busy_time where practice_id = $1 and person_id = $2 and calendar_id = $3', [actor.practice, actor.person, calendar])
  const { rowCount } = await client.query('delete from app.outer_calendar where practice_id = $1 and person_id = $2 and calendar_id = $3', [actor.practice, actor.person, calendar])
  return rowCount === 1
}

/** What was known of a calendar makes room for what was read, whole. False where its owner has taken it away meanwhile. */
export async function keepBusyTimes(client: PoolClient, practice: string, calendar: string, times: readonly BusyTime[], now: string): Promise<boolean> {
  const { rows } = await client.query<{ person: string }>('update app.outer_calendar set read_at = $3, tried_at = $3, failing_since = null, failure = null where practice_id = $1 and calendar_id = $2 returning person_id as person', [practice, calendar, now])
  if (!rows[0]) return false
  await client.query('delete from app.busy_time where practice_id = $1 and calendar_id = $2', [practice, calendar])
  await client.query('insert into app.busy_time (practice_id, calendar_id, person_id, during) select $1, $2, $3, tstzrange(t.from_at, t.to_at) from unnest($4::timestamptz[], $5::timestamptz[]) t(from_at, to_at)', [practice, calendar, rows[0].person, times.map(({ startsAt }) => startsAt), times.map(({ endsAt }) => endsAt)])
  return true
}

/** It could not be read: what was known stays, and its owner is told since when. */
export async function noteFailure(client: PoolClient, practice: string, calendar: string, says: string, now: string): Promise<void> {
  await client.query('update app.outer_calendar set tried_at = $4, failing_since = coalesce(failing_since, $4), failure = $3 where practice_id = $1 and calendar_id = $2', [practice, calendar, says, now])
}

export async function hasInvitations({ client, actor }: Asked): Promise<{ on: boolean; to: string | null }> {
  const { rows } = await client.query<{ on: boolean; to: string | null }>('select exists (select 1 from app.invitation_wish w where w.practice_id = p.practice_id and w.person_id = p.person_id) as on, p.email as to from app.person p where p.practice_id = $1 and p.person_id = $2', [actor.practice, actor.person])
  return rows[0]!
}

export async function setInvitations({ client, actor }: Asked, on: boolean): Promise<void> {
  if (on) await client.query('insert into app.invitation_wish (practice_id, person_id) values ($1, $2) on conflict do nothing', [actor.practice, actor.person])
  else await client.query('delete from app.invitation_wish where practice_id = $1 and person_id = $2', [actor.practice, actor.person])
}

/** When people are busy by calendars of their own, in a span; of several calendars that say the same, each says it. */
export async function busyElsewhere({ client }: Pick<Asked, 'client'>, from: string, to: string | null): Promise<(BusyTime & { person: string })[]> {
  const { rows } = await client.query<BusyTime & { person: string }>(
    { name: 'busy-elsewhere', text: `select person, ${iso('lower(during)')} as "startsAt", ${iso('upper(during)')} as "endsAt" from app.busy_touching($1::timestamptz, $2::timestamptz) order by person, during`, values: [from, to] })
  return rows
}
