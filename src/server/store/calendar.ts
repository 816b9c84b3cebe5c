import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { ON_CALL } from '../../core/scheduling/booked.ts'
import type { Context } from './database.ts'

export interface CalendarVisit extends BookedVisit {
  readonly patients: readonly { readonly chart: string | null; readonly name: string }[]
}

const iso = (at: string) => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Booked visits that touch a span, with people, room and — for those who may know — whose they are. */
export async function visitsBetween({ client, actor }: Context, from: string, to: string): Promise<CalendarVisit[]> {
  const { rows } = await client.query<{ visit: string; type: BookedVisit['type']; number: number; startsAt: string; endsAt: string; localStart: string; zone: string; online: boolean; people: BookedVisit['people']; room: { id: string; name: string } | null; patients: { chart: string | null; name: string }[] }>(
    { name: 'visits-between', text: `select v.visit_id as visit, v.type, v.number, ${iso('lower(v.during)')} as "startsAt", ${iso('upper(v.during)')} as "endsAt", v.local_start as "localStart", v.zone, v.online,
            coalesce((select jsonb_agg(jsonb_build_object('person', x.person_id, 'name', p.given_name || ' ' || p.family_name, 'role', x.role) order by x.role, p.family_name) from app.visit_person x join app.person p using (practice_id, person_id) where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active), '[]') as people,
            (select jsonb_build_object('id', r.room_id, 'name', r.name) from app.visit_room x join app.room r using (practice_id, room_id) where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active limit 1) as room,
            coalesce((select jsonb_agg(jsonb_build_object('chart', x.chart_id, 'name', c.display_name)) from app.visit_patient x join app.chart c using (practice_id, chart_id) where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active), '[]') as patients
       from app.visit v where v.practice_id = $1 and v.state = 'booked' and v.during && tstzrange($2::timestamptz, $3::timestamptz) order by lower(v.during)`, values: [actor.practice, from, to] })
  return rows.map(({ room, ...visit }) => ({ ...visit, ...(room ? { room } : {}) }))
}

export interface Busy {
  readonly people: Readonly<Record<string, readonly { startsAt: string; endsAt: string; lane: number }[]>>
  readonly rooms: Readonly<Record<string, readonly { startsAt: string; endsAt: string }[]>>
}

/** When people and rooms are taken, from a moment on. Visits left out are those about to be moved. */
export async function busyFrom({ client, actor }: Pick<Context, 'client' | 'actor'>, from: string, leftOut: readonly string[] = []): Promise<Busy> {
  const one = (table: string, key: string, lane: string) => client.query<{ id: string; startsAt: string; endsAt: string; lane: number }>(
    `select x.${key} as id, ${iso('lower(x.during)')} as "startsAt", ${iso('upper(x.during)')} as "endsAt", ${lane} as lane from app.${table} x join app.visit v using (practice_id, visit_id)
      where x.practice_id = $1 and x.active and v.state <> 'cancelled' and upper(x.during) > $2::timestamptz and not x.visit_id = any($3::uuid[])`, [actor.practice, from, leftOut])
  const people = await one('visit_person', 'person_id', 'x.lane')
  const rooms = await one('visit_room', 'room_id', '0')
  const byId = <Row extends { id: string }>(rows: Row[]) => {
    const groups: Record<string, Omit<Row, 'id'>[]> = {}
    for (const { id, ...row } of rows) (groups[id] ??= []).push(row)
    return groups
  }
  return { people: byId(people.rows), rooms: byId(rooms.rows) }
}

/**
 * Books visits for a chart. The exclusion constraints refuse any overlap of a person, a room or the patient, so
 * of two coordinators who want one slot exactly one gets it. `roomUntil` holds a room longer than its visit.
 */
export async function bookVisits({ client, actor }: Context, chart: string, visits: readonly BookedVisit[], roomUntil: (visit: BookedVisit) => string): Promise<void> {
  await client.query({ name: 'lapse-holds', text: `update app.visit set state = 'cancelled' where practice_id = $1 and state = 'held' and held_until < now()`, values: [actor.practice] })
  for (const visit of visits) {
    await client.query({ name: 'book-visit', text: `insert into app.visit (practice_id, visit_id, type, number, during, local_start, zone, online) values ($1, $2, $3, $4, tstzrange($5, $6), $7, $8, $9)`, values: [actor.practice, visit.visit, visit.type, visit.number, visit.startsAt, visit.endsAt, visit.localStart, visit.zone, visit.online] })
    await take(client, actor.practice, chart, visit, roomUntil(visit))
  }
}

async function take(client: Context['client'], practice: string, chart: string, visit: BookedVisit, roomUntil: string) {
  await client.query({ name: 'take-patient', text: 'insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, tstzrange($4, $5)) on conflict (practice_id, visit_id, chart_id) do update set during = excluded.during, active = true', values: [practice, visit.visit, chart, visit.startsAt, visit.endsAt] })
  for (const { person, role } of visit.people) await takePerson(client, practice, visit, person, role, role === ON_CALL ? roomUntil : visit.endsAt)
  if (visit.room) await client.query({ name: 'take-room', text: 'insert into app.visit_room (practice_id, visit_id, room_id, during) values ($1, $2, $3, tstzrange($4, $5)) on conflict (practice_id, visit_id, room_id) do update set during = excluded.during, active = true', values: [practice, visit.visit, visit.room.id, visit.startsAt, roomUntil] })
}

/** Somebody on call takes the first free of four lanes, for as long as the room is held; everybody else is in one place at a time. */
async function takePerson(client: Context['client'], practice: string, visit: BookedVisit, person: string, role: string, until: string) {
  const lanes = role === ON_CALL ? [1, 2, 3, 4] : [0]
  const free = await client.query<{ lane: number }>(
    { name: 'free-lane', text: `select open.lane from unnest($4::int[]) as open(lane) where not exists (select 1 from app.visit_person x where x.practice_id = $1 and x.person_id = $2 and x.lane = open.lane and x.active and x.during && tstzrange($3, $5)) order by open.lane limit 1`, values: [practice, person, visit.startsAt, lanes, until] })
  await client.query({ name: 'take-person', text: 'insert into app.visit_person (practice_id, visit_id, person_id, role, lane, during) values ($1, $2, $3, $4, $5, tstzrange($6, $7)) on conflict (practice_id, visit_id, person_id) do update set during = excluded.during, active = true', values: [practice, visit.visit, person, role, free.rows[0]?.lane ?? lanes.at(-1), visit.startsAt, until] })
}

/** Frees every place a visit held; the visit itself stays, cancelled, or is booked again elsewhere by `rebook`. */
export async function release({ client, actor }: Context, visit: string, state: 'cancelled' | 'booked' = 'cancelled'): Promise<void> {
  await client.query('update app.visit set state = $3 where practice_id = $1 and visit_id = $2', [actor.practice, visit, state])
  for (const table of ['visit_patient', 'visit_person', 'visit_room']) await client.query(`update app.${table} set active = false where practice_id = $1 and visit_id = $2`, [actor.practice, visit])
}

export async function rebook(context: Context, chart: string, visit: BookedVisit, roomUntil: string): Promise<void> {
  const { client, actor } = context
  await client.query('update app.visit set during = tstzrange($3, $4), local_start = $5, zone = $6, online = $7 where practice_id = $1 and visit_id = $2', [actor.practice, visit.visit, visit.startsAt, visit.endsAt, visit.localStart, visit.zone, visit.online])
  await take(client, actor.practice, chart, visit, roomUntil)
}
