import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { ON_CALL } from '../../core/scheduling/booked.ts'
import type { Wishes } from '../../core/contract/running.ts'
import { Problem } from '../http/problems.ts'
import type { Context } from './database.ts'
import { together } from './together.ts'

export interface CalendarVisit extends BookedVisit {
  readonly patients: readonly { readonly chart: string | null; readonly name: string }[]
  /** For how long each person and the room are taken: what is kept free around the visit and what it takes to make the room ready are in it. */
  readonly takes: readonly { readonly id: string; readonly startsAt: string; readonly endsAt: string }[]
}
export interface HeldVisit extends CalendarVisit {
  readonly heldUntil: string
  readonly heldBy: string
}

export const iso = (at: string) => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const ms = (at: string) => `(extract(epoch from ${at}) * 1000)::bigint`

const VISIT = `select v.visit_id as visit, v.type, v.number, ${iso('lower(v.during)')} as "startsAt", ${iso('upper(v.during)')} as "endsAt", v.local_start as "localStart", v.zone, v.online, (select jsonb_build_object('id', g.group_id, 'name', g.name) from app.care_group g where g.practice_id = v.practice_id and g.group_id = v.group_id) as "group",
            coalesce((select jsonb_agg(jsonb_build_object('person', x.person_id, 'name', p.given_name || ' ' || p.family_name, 'role', x.role) order by x.role, p.family_name) from app.visit_person x join app.person p using (practice_id, person_id) where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active), '[]') as people,
            (select jsonb_build_object('id', r.room_id, 'name', r.name) from app.visit_room x join app.room r using (practice_id, room_id) where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active limit 1) as room,
            coalesce((select jsonb_agg(jsonb_build_object('chart', x.chart_id, 'name', c.display_name)) from app.visit_patient x join app.chart c using (practice_id, chart_id) where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active), '[]') as patients,
            coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'startsAt', ${iso('lower(x.during)')}, 'endsAt', ${iso('upper(x.during)')}) order by x.id) from (
              select person_id as id, during from app.visit_person p where p.practice_id = v.practice_id and p.visit_id = v.visit_id and p.active and not isempty(p.during)
              union all select room_id, during from app.visit_room r where r.practice_id = v.practice_id and r.visit_id = v.visit_id and r.active and not isempty(r.during)) x), '[]') as takes`
type Row<Visit> = Omit<Visit, 'room' | 'group'> & { room: { id: string; name: string } | null; group: { id: string; name: string } | null }
const withRoom = <Visit extends CalendarVisit>({ room, group, ...visit }: Row<Visit>): Visit => ({ ...visit, ...(room ? { room } : {}), ...(group ? { group } : {}) }) as unknown as Visit

/** Booked visits that touch a span, with people, room and — for those who may know — whose they are. */
export async function visitsBetween({ client, actor }: Context, from: string, to: string): Promise<CalendarVisit[]> {
  const { rows } = await client.query<Row<CalendarVisit>>(
    { name: 'visits-between', text: `${VISIT} from app.visits_touching($2::timestamptz, $3::timestamptz) touching (id) join app.visit v on v.visit_id = touching.id where v.practice_id = $1 and v.state = 'booked' order by lower(v.during)`, values: [actor.practice, from, to] })
  return rows.map(withRoom)
}

/** Those of these visits that are booked. */
export async function bookedAmong({ client, actor }: Pick<Context, 'client' | 'actor'>, visits: readonly string[]): Promise<ReadonlyMap<string, CalendarVisit>> {
  const { rows } = await client.query<Row<CalendarVisit>>({ name: 'booked-among', text: `${VISIT} from app.visit v where v.practice_id = $1 and v.visit_id = any($2::uuid[]) and v.state = 'booked'`, values: [actor.practice, visits] })
  return new Map(rows.map((row) => [row.visit, withRoom(row)]))
}

/** Visits that are only held, and still are at this moment: those in a span, or those of one chart. */
export async function heldVisits({ client, actor }: Context, now: string, where: { readonly from: string; readonly to: string } | { readonly chart: string }): Promise<HeldVisit[]> {
  const [name, which, values] = 'chart' in where ? ['held-of-chart', 'exists (select 1 from app.visit_patient x where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active and x.chart_id = $3)', [where.chart]] : ['held-between', 'v.during && tstzrange($3::timestamptz, $4::timestamptz)', [where.from, where.to]]
  const { rows } = await client.query<Row<HeldVisit>>({
    name, values: [actor.practice, now, ...values],
    text: `${VISIT}, ${iso('v.held_until')} as "heldUntil", (select p.given_name || ' ' || p.family_name from app.person p where p.practice_id = v.practice_id and p.person_id = v.held_by) as "heldBy"
       from app.visit v where v.practice_id = $1 and v.state = 'held' and v.held_until > $2::timestamptz and ${which} order by lower(v.during)`,
  })
  return rows.map(withRoom)
}

/** What was asked of people when these visits were held for a chart, also where that has lapsed since. */
export async function neededWhenHeld({ client, actor }: Pick<Context, 'client' | 'actor'>, chart: string, visits: readonly string[]): Promise<Wishes['needs']> {
  const { rows } = await client.query<{ need: Wishes['needs'][number] }>({ name: 'needed-when-held', text: `select distinct need from app.visit v join app.visit_patient x using (practice_id, visit_id), jsonb_array_elements(v.held_needs) need
      where v.practice_id = $1 and x.chart_id = $2 and v.visit_id = any($3::uuid[])`, values: [actor.practice, chart, visits] })
  return rows.map(({ need }) => need)
}

/** What is held for a chart, and still is at this moment, by its ids alone. */
export async function heldFor({ client, actor }: Pick<Context, 'client' | 'actor'>, now: string, chart: string): Promise<string[]> {
  const { rows } = await client.query<{ visit: string }>({ name: 'held-for', values: [actor.practice, now, chart], text: `select v.visit_id as visit from app.visit_patient x join app.visit v using (practice_id, visit_id) where x.practice_id = $1 and x.chart_id = $3 and x.active and v.state = 'held' and v.held_until > $2::timestamptz` })
  return rows.map(({ visit }) => visit)
}

export interface Busy {
  readonly people: Readonly<Record<string, readonly { startsAt: string; endsAt: string; lane: number; dosing: boolean }[]>>
  readonly rooms: Readonly<Record<string, readonly { startsAt: string; endsAt: string }[]>>
}

/** Whose calendars are read, and how far. */
export interface Within {
  readonly people: readonly string[]
  readonly rooms: readonly string[]
  /** What ends at this moment or sooner is not read; all from now on where nothing is said. */
  readonly from?: string | undefined
  /** What begins at this moment or later is not read; all that stands ahead where nothing is said. */
  readonly until?: string | undefined
}

/**
 * When people and rooms are taken, from this moment on, by what is booked and by what is held. Visits left out are those
 * about to be moved. Each person and room is looked up in the index of their own times, however many bookings there are.
 * Refused to whoever is neither staff nor a job.
 */
export async function busyFrom({ client }: Pick<Context, 'client'>, now: string, leftOut: readonly string[], { people, rooms, from = now, until }: Within): Promise<Busy> {
  const taken = async (whose: readonly string[], where: 'taken_people' | 'taken_rooms', more = '') => {
    const { rows } = await client.query<{ id: string; times: readonly Taken[] }>({
      name: where, values: [[...new Set(whose)], now, from, until ?? null, leftOut],
      text: `select x.id, json_agg(json_build_array(${ms('lower(x.during)')}, ${ms('upper(x.during)')}${more})) as times
        from app.${where}($1::uuid[], $2::timestamptz, $3::timestamptz, $4::timestamptz) x where not x.visit = any($5::uuid[]) group by x.id`,
    })
    return rows
  }
  const [ofPeople, ofRooms] = await together(taken(people, 'taken_people', ', x.lane, x.dosing'), taken(rooms, 'taken_rooms'))
  return {
    people: Object.fromEntries(ofPeople.map(({ id, times }) => [id, times.map(([fromMs, toMs, lane, dosing]) => ({ ...between([fromMs, toMs]), lane: lane!, dosing: dosing! }))])),
    rooms: Object.fromEntries(ofRooms.map(({ id, times }) => [id, times.map(([fromMs, toMs]) => between([fromMs, toMs]))])),
  }
}

/** From when to when, in milliseconds; of a person also in which lane, and whether the visit is a dosing one. */
type Taken = readonly [fromMs: number, toMs: number, lane?: number, dosing?: boolean]
const between = ([fromMs, toMs]: readonly [number, number]) => ({ startsAt: new Date(fromMs).toISOString(), endsAt: new Date(toMs).toISOString() })

/** A plan that is only held, until when and by whom. */
export interface Hold {
  readonly until: string
  readonly by: string
  /** What was asked of people when this was planned. */
  readonly needs?: Wishes['needs'] | undefined
  /** Booked visits of the same chart that would go there: where a held place and theirs overlap, theirs keeps it for both. */
  readonly beside?: readonly string[] | undefined
}

/**
 * Books or holds visits for a chart, or for several that have them together, in place of whatever was held for it. The
 * exclusion constraints refuse any overlap of a person, a room or a patient, so of two coordinators who want one slot exactly
 * one gets it, and a clash for one patient of several books nothing for anybody. `roomUntil` holds a room longer than its
 * visit. A visit that was held is booked under its own id.
 */
export async function bookVisits(context: Context, whose: string | readonly string[], visits: readonly BookedVisit[], roomUntil: (visit: BookedVisit) => string, now: string, hold?: Hold): Promise<void> {
  for (const chart of eachOf(whose)) await makeRoom(context, chart, now)
  await placeVisits(context, whose, visits, roomUntil, hold)
}
const eachOf = (whose: string | readonly string[]): readonly string[] => (typeof whose === 'string' ? [whose] : whose)

/** The same where what is held for the chart stays held: therapy beside a course that somebody is still looking at. */
export async function placeVisits({ client, actor }: Context, whose: string | readonly string[], visits: readonly BookedVisit[], roomUntil: (visit: BookedVisit) => string, hold?: Hold): Promise<void> {
  const charts = eachOf(whose)
  for (const visit of visits) {
    const { rowCount } = await client.query({ name: 'book-visit', text: `insert into app.visit (practice_id, visit_id, type, number, during, local_start, zone, online, state, held_until, held_by, group_id, held_needs) values ($1, $2, $3, $4, tstzrange($5, $6), $7, $8, $9, $10, $11, $12, $14, $15::jsonb)
      on conflict (practice_id, visit_id) do update set during = excluded.during, local_start = excluded.local_start, zone = excluded.zone, online = excluded.online, state = excluded.state, held_until = excluded.held_until, held_by = excluded.held_by, held_needs = excluded.held_needs
        where app.visit.held_by is not null and app.visit.type = excluded.type and app.visit.number = excluded.number
          and exists (select 1 from app.visit_patient x where x.practice_id = app.visit.practice_id and x.visit_id = app.visit.visit_id and x.chart_id = any($13::uuid[]))`,
      values: [actor.practice, visit.visit, visit.type, visit.number, visit.startsAt, visit.endsAt, visit.localStart, visit.zone, visit.online, hold ? 'held' : 'booked', hold?.until ?? null, hold?.by ?? null, charts, visit.group?.id ?? null, hold?.needs?.length ? JSON.stringify(hold.needs) : null] })
    if (rowCount !== 1) throw new Problem('plan.clash')
    await take(client, actor.practice, charts, visit, roomUntil(visit), hold?.beside)
  }
}

/** Before a place is taken for a chart: whatever was held for it gives way, and so does every hold whose end has passed. */
export async function makeRoom(context: Context, chart: string, now: string): Promise<void> {
  await putAwayLapsed(context, now)
  await letGo(context, chart)
}

/** What was held and not booked by its end is free: its places are given back by whoever takes one next, a patient too, who sees none of it. */
export async function putAwayLapsed({ client }: Context, now: string): Promise<void> {
  await client.query({ name: 'put-away-lapsed', text: 'select app.put_away_lapsed($1::timestamptz)', values: [now] })
}

/** Lets go what is held for a chart, and what of an earlier hold still stands on it; what is held for several stays held for the others. Answers how many visits were held. */
export async function letGo({ client, actor }: Context, chart: string): Promise<number> {
  const { rows } = await client.query<{ visit: string; held: boolean; shared: boolean }>({ name: 'held-for-chart', text: `select v.visit_id as visit, v.state = 'held' as held, v.group_id is not null as shared from app.visit v join app.visit_patient x using (practice_id, visit_id)
      where v.practice_id = $1 and x.chart_id = $2 and x.active and v.held_by is not null order by v.visit_id for update of v`, values: [actor.practice, chart] })
  for (const { visit, shared } of rows) if (shared) await leaveVisit({ client }, visit, chart)
  const visits = rows.flatMap(({ visit, shared }) => (shared ? [] : [visit]))
  if (visits.length > 0) await client.query(`update app.visit set state = 'cancelled' where practice_id = $1 and visit_id = any($2::uuid[])`, [actor.practice, visits])
  await freePlaces(client, actor.practice, visits)
  return rows.filter(({ held }) => held).length
}

async function freePlaces(client: Context['client'], practice: string, visits: readonly string[]): Promise<void> {
  if (visits.length === 0) return
  for (const table of ['visit_patient', 'visit_person', 'visit_room']) await client.query(`update app.${table} set active = false where practice_id = $1 and visit_id = any($2::uuid[]) and active`, [practice, visits])
}

/**
 * What is left of a span beside the places of other visits: nothing is cut where there are none. Where two pieces are left,
 * the longer one is taken; the rest is refused by the constraints, should somebody else want it as well.
 */
const besides = (table: 'visit_patient' | 'visit_person' | 'visit_room', mine: string, span: string, beside: string) =>
  `coalesce((select piece from unnest(tstzmultirange(${span}) - coalesce((select range_agg(o.during) from app.${table} o where o.practice_id = $1 and ${mine} and o.active and o.visit_id = any(${beside}::uuid[])), '{}')) piece order by upper(piece) - lower(piece) desc limit 1), 'empty')`

async function take(client: Context['client'], practice: string, charts: readonly string[], visit: BookedVisit, roomUntil: string, beside: readonly string[] = []) {
  for (const chart of charts) await client.query({ name: 'take-patient', text: `insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, ${besides('visit_patient', 'o.chart_id = $3', 'tstzrange($4, $5)', '$6')}) on conflict (practice_id, visit_id, chart_id) do update set during = excluded.during, active = true`, values: [practice, visit.visit, chart, visit.startsAt, visit.endsAt, beside] })
  for (const { person, role } of visit.people) await takePerson(client, practice, visit, person, role, role === ON_CALL ? roomUntil : visit.endsAt, beside)
  if (visit.room) await client.query({ name: 'take-room', text: `insert into app.visit_room (practice_id, visit_id, room_id, during)
      select $1, $2, $3, ${besides('visit_room', 'o.room_id = $3', 'taken', '$6')} from (select tstzrange($4::timestamptz, $5::timestamptz + make_interval(mins => coalesce((r.planning->>'turnoverMin')::int, 0))) as taken from (select 1) as always left join app.room r on r.practice_id = $1 and r.room_id = $3) as whole
      on conflict (practice_id, visit_id, room_id) do update set during = excluded.during, active = true`, values: [practice, visit.visit, visit.room.id, visit.startsAt, roomUntil, beside] })
}

/** Somebody on call takes the first free of four lanes, for as long as the room is held; everybody else is in one place at a time, with what they keep free around it. */
async function takePerson(client: Context['client'], practice: string, visit: BookedVisit, person: string, role: string, until: string, beside: readonly string[]) {
  const lanes = role === ON_CALL ? [1, 2, 3, 4] : [0]
  const free = await client.query<{ lane: number }>(
    { name: 'free-lane', text: `select open.lane from unnest($4::int[]) as open(lane) where not exists (select 1 from app.visit_person x where x.practice_id = $1 and x.person_id = $2 and x.lane = open.lane and x.active and x.during && tstzrange($3, $5)) order by open.lane limit 1`, values: [practice, person, visit.startsAt, lanes, until] })
  await client.query({ name: 'take-person', text: `insert into app.visit_person (practice_id, visit_id, person_id, role, lane, during)
      select $1, $2, $3, $4, $5::int, ${besides('visit_person', 'o.person_id = $3 and o.lane = $5::int', 'taken', '$9')} from (
        select tstzrange($6::timestamptz - make_interval(mins => coalesce(max((kept->>'beforeMin')::int), 0)), $7::timestamptz + make_interval(mins => coalesce(max((kept->>'afterMin')::int), 0))) as taken
        from (select 1) as always left join app.staff_profile f on f.practice_id = $1 and f.person_id = $3 and $5::int = 0 left join lateral jsonb_array_elements(coalesce(f.planning->'buffers', '[]')) kept on kept->>'type' = $8) as whole
      on conflict (practice_id, visit_id, person_id) do update set during = excluded.during, active = true, role = excluded.role, lane = excluded.lane`, values: [practice, visit.visit, person, role, free.rows[0]?.lane ?? lanes.at(-1), visit.startsAt, until, visit.type, beside] })
}

/** Frees every place a visit held, and answers whether the calendar holds it and it was theirs to free; the visit itself stays, cancelled, or is booked again elsewhere by `rebook`. */
export async function release({ client, actor }: Context, visit: string, state: 'cancelled' | 'booked' = 'cancelled'): Promise<boolean> {
  const { rowCount } = await client.query('update app.visit set state = $3 where practice_id = $1 and visit_id = $2', [actor.practice, visit, state])
  await freePlaces(client, actor.practice, [visit])
  return rowCount === 1
}

/** One patient leaves a visit; the last of several gives back its people and its room. Nothing where the calendar holds no such visit of theirs. */
export async function leaveVisit({ client }: Pick<Context, 'client'>, visit: string, chart: string): Promise<'left' | 'cancelled' | undefined> {
  const { rows } = await client.query<{ became: 'left' | 'cancelled' | null }>('select app.leave_visit($1, $2) as became', [visit, chart])
  return rows[0]?.became ?? undefined
}

/** Whose a visit is now, asked past row security by a job: whoever asks may not know of all of them. */
export async function chartsOf({ client, actor }: Pick<Context, 'client'> & { readonly actor: { readonly practice: string } }, visit: string): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>(`select x.chart_id as chart from app.visit_patient x join app.visit v using (practice_id, visit_id) where x.practice_id = $1 and x.visit_id = $2 and x.active and v.state = 'booked' order by x.chart_id`, [actor.practice, visit])
  return rows.map(({ chart }) => chart)
}

export async function rebook(context: Context, whose: string | readonly string[], visit: BookedVisit, roomUntil: string): Promise<void> {
  const { client, actor } = context
  await client.query('update app.visit set during = tstzrange($3, $4), local_start = $5, zone = $6, online = $7 where practice_id = $1 and visit_id = $2', [actor.practice, visit.visit, visit.startsAt, visit.endsAt, visit.localStart, visit.zone, visit.online])
  await take(client, actor.practice, eachOf(whose), visit, roomUntil)
}
