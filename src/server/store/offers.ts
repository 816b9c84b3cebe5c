import type { Context } from './database.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { iso } from './calendar.ts'
import { fromRow } from './charts.ts'

type Asked = Pick<Context, 'client' | 'actor'>

export interface RoundRow {
  readonly round: string
  readonly visit: string
  readonly startsAt: string
  readonly endsAt: string
  readonly way: 'in-turn' | 'at-once'
  readonly hours: number
  readonly madeBy: string
  readonly by: string
  readonly madeAt: string
  readonly stoppedAt: string | null
  readonly outcome: Outcome | null
  readonly turns: readonly TurnRow[]
}
export type Outcome = 'taken' | 'nobody' | 'began' | 'stopped' | 'gone'
export interface TurnRow {
  readonly turn: number
  readonly chart: string
  readonly name: string
  readonly visit: string
  readonly offer: string | null
  readonly passed: string | null
}

const ROUND = `select r.round_id as round, r.visit_id as visit, ${iso('r.starts_at')} as "startsAt", ${iso('r.ends_at')} as "endsAt", r.way, r.hours, r.made_by as "madeBy", coalesce((select p.given_name || ' ' || p.family_name from app.person p where p.practice_id = r.practice_id and p.person_id = r.made_by), 'Somebody who has left') as by, r.made_at as "madeAt", r.stopped_at as "stoppedAt", r.outcome,
  (select jsonb_agg(jsonb_build_object('turn', t.turn, 'chart', t.chart_id, 'name', c.display_name, 'visit', t.visit_id, 'offer', t.offer_id, 'passed', t.passed) order by t.turn) from app.offer_turn t join app.chart c using (practice_id, chart_id) where t.practice_id = r.practice_id and t.round_id = r.round_id) as turns from app.offer_round r`

/** Those that go on, and those that ended since a moment and whose time lies ahead. */
export async function offerRounds({ client, actor }: Asked, now: string, endedSince: string): Promise<RoundRow[]> {
  return (await client.query<RoundRow>(`${ROUND} where r.practice_id = $1 and (r.ended_at is null or (r.ended_at > $2 and r.starts_at > $3::timestamptz)) order by r.starts_at, r.made_at`, [actor.practice, endedSince, now])).rows
}

/** One that goes on, held so that two servers do not ask twice. */
export async function lockRound({ client, actor }: Asked, round: string): Promise<RoundRow | undefined> {
  await client.query('select from app.offer_round where practice_id = $1 and round_id = $2 for update', [actor.practice, round])
  return (await client.query<RoundRow>(`${ROUND} where r.practice_id = $1 and r.round_id = $2 and r.ended_at is null`, [actor.practice, round])).rows[0]
}

interface NewRound extends Pick<RoundRow, 'round' | 'visit' | 'startsAt' | 'endsAt' | 'way' | 'hours'> {
  readonly turns: readonly Pick<TurnRow, 'chart' | 'visit'>[]
}

/** False where this time is being offered already, or the round stands there. */
export async function addRound({ client, actor }: Asked, { round, visit, startsAt, endsAt, way, hours, turns }: NewRound, at: string): Promise<boolean> {
  const { rowCount } = await client.query('insert into app.offer_round (practice_id, round_id, visit_id, starts_at, ends_at, way, hours, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing', [actor.practice, round, visit, startsAt, endsAt, way, hours, actor.person, at])
  if (rowCount !== 1) return false
  await client.query('insert into app.offer_turn (practice_id, round_id, turn, chart_id, visit_id) select $1, $2, t.turn - 1, t.chart, t.visit from unnest($3::uuid[], $4::uuid[]) with ordinality as t(chart, visit, turn)', [actor.practice, round, turns.map(({ chart }) => chart), turns.map((one) => one.visit)])
  return true
}

export const isRound = async ({ client, actor }: Asked, round: string): Promise<boolean> => (await client.query('select from app.offer_round where practice_id = $1 and round_id = $2', [actor.practice, round])).rowCount === 1

export async function stopRound({ client, actor }: Asked, round: string, at: string): Promise<boolean> {
  return (await client.query('update app.offer_round set stopped_at = coalesce(stopped_at, $3) where practice_id = $1 and round_id = $2 and ended_at is null', [actor.practice, round, at])).rowCount === 1
}
export async function endRound({ client, actor }: Asked, round: string, outcome: Outcome, at: string): Promise<void> {
  await client.query('update app.offer_round set ended_at = $3, outcome = $4 where practice_id = $1 and round_id = $2 and ended_at is null', [actor.practice, round, at, outcome])
}
export async function noteTurn({ client, actor }: Asked, round: string, turn: number, became: { readonly offer: string } | { readonly passed: string }): Promise<void> {
  await client.query('update app.offer_turn set offer_id = $4, passed = $5 where practice_id = $1 and round_id = $2 and turn = $3 and offer_id is null and passed is null', [actor.practice, round, turn, 'offer' in became ? became.offer : null, 'passed' in became ? became.passed.slice(0, 2000) : null])
}

/** A time that nobody is offered. */
export interface PutAway {
  readonly visit: string
  readonly startsAt: string
  readonly endsAt: string
  readonly ledBy: string | null
  readonly why: string
  readonly by: string
  readonly at: string
}

export async function putAways({ client, actor }: Asked, now: string): Promise<readonly PutAway[]> {
  return (await client.query<PutAway>(`select a.visit_id as visit, ${iso('a.starts_at')} as "startsAt", ${iso('a.ends_at')} as "endsAt", a.led_by as "ledBy", a.why, a.at, coalesce((select p.given_name || ' ' || p.family_name from app.person p where p.practice_id = a.practice_id and p.person_id = a.by_person), 'Somebody who has left') as by
    from app.freed_put_away a where a.practice_id = $1 and a.ended_at is null and a.ends_at > $2::timestamptz order by a.starts_at`, [actor.practice, now])).rows
}

export async function putAway({ client, actor }: Asked, { visit, startsAt, endsAt, ledBy, why }: Omit<PutAway, 'by' | 'at'>, at: string): Promise<void> {
  await client.query('insert into app.freed_put_away (practice_id, visit_id, starts_at, ends_at, led_by, why, by_person, at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (practice_id, visit_id, starts_at) do update set ends_at = excluded.ends_at, led_by = excluded.led_by, why = excluded.why, by_person = excluded.by_person, at = excluded.at, ended_at = null', [actor.practice, visit, startsAt, endsAt, ledBy, why, actor.person, at])
}

export async function bringBack({ client, actor }: Asked, { visit, startsAt }: Pick<PutAway, 'visit' | 'startsAt'>, at: string): Promise<void> {
  await client.query('update app.freed_put_away set ended_at = $4 where practice_id = $1 and visit_id = $2 and starts_at = $3::timestamptz and ended_at is null', [actor.practice, visit, startsAt, at])
}

/** The bookings, moves and cancellations of charts on which something was moved or cancelled since a moment, by chart. */
export async function leftOnCharts({ client, actor }: Asked, since: string): Promise<ReadonlyMap<string, { readonly name: string; readonly entries: StoredEntry[] }>> {
  const { rows } = await client.query<Record<string, unknown> & { stream_id: string; name: string }>(
    `select e.stream_id, c.display_name as name, e.seq, e.id, e.kind, e.at, e.written_at, e.received_at, e.by_person, e.device, e.session_id, e.amends, e.body, e.digest from app.entry e join app.chart c on c.practice_id = e.practice_id and c.chart_id = e.stream_id
      where e.practice_id = $1 and e.kind in ('visits-booked.v1', 'therapy-continued.v1', 'visit-moved.v1', 'visit-cancelled.v1')
        and e.stream_id in (select x.stream_id from app.entry x where x.practice_id = $1 and x.kind in ('visit-moved.v1', 'visit-cancelled.v1') and x.received_at > $2) order by e.stream_id, e.seq`, [actor.practice, since])
  const charts = new Map<string, { name: string; entries: StoredEntry[] }>()
  for (const row of rows) {
    const known = charts.get(row.stream_id) ?? { name: row.name, entries: [] }
    known.entries.push(fromRow(row))
    charts.set(row.stream_id, known)
  }
  return charts
}

/** Charts on which somebody has ever said that they would come sooner, of the living. */
export async function chartsThatWished({ client, actor }: Asked): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>(`select c.chart_id as chart from app.chart c where c.practice_id = $1 and c.deceased_on is null and exists (select from app.entry e where e.practice_id = c.practice_id and e.stream_id = c.chart_id and e.kind = 'sooner-wished.v1') order by c.chart_id`, [actor.practice])
  return rows.map(({ chart }) => chart)
}

export interface OfferToTell {
  readonly chart: string
  readonly entry: string
  readonly kind: 'time-offered.v1' | 'time-offer-ended.v1'
}

/** Offers, and their ends, that nobody was written to about yet, of the last days. */
export async function offersToTell(client: Context['client'], practice: string, from: string): Promise<OfferToTell[]> {
  const { rows } = await client.query<OfferToTell>(
    `select e.chart_id as chart, e.id as entry, e.kind from app.entry e where e.practice_id = $1 and e.kind in ('time-offered.v1', 'time-offer-ended.v1') and e.received_at > $2
      and not exists (select from app.reminder r where r.practice_id = e.practice_id and r.chart_id = e.chart_id and r.step = 'offer ' || e.id) order by e.received_at`, [practice, from])
  return rows
}

/** How the messages about offers on some charts fared, by the entry that offered. */
export async function offerMessages({ client, actor }: Asked, charts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ offer: string; outcome: string }>(`select substr(step, 7) as offer, outcome from app.reminder where practice_id = $1 and chart_id = any($2::uuid[]) and step like 'offer %'`, [actor.practice, charts])
  return new Map(rows.map(({ offer, outcome }) => [offer, outcome]))
}
