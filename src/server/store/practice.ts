import { closing, roomPlanning, staffPlanning, type ClosingRow, type FeeRow, type KeptRoom, type KeptStaff, type RoomRow, type StaffRow } from '../../core/contract/running.ts'
import type { Adoption } from '../../core/course/may-choose.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import type { Context } from './database.ts'

type Asked = Pick<Context, 'client' | 'actor'>

export interface PracticeRow {
  readonly name: string
  readonly zone: string
  readonly sample: boolean
  readonly settings: Record<string, unknown>
}
export async function practiceRow({ client, actor }: Asked): Promise<PracticeRow> {
  const { rows } = await client.query<PracticeRow>({ name: 'practice-row', text: 'select name, zone, sample, settings from app.practice where practice_id = $1', values: [actor.practice] })
  return rows[0]!
}

/** When the practice is closed, soonest first. What cannot be read as a closing is none. */
export function closingsOf({ settings }: Pick<PracticeRow, 'settings'>): ClosingRow[] {
  const rows: readonly unknown[] = Array.isArray(settings.closings) ? settings.closings : []
  return rows.flatMap((row) => closing.safeParse(row).data ?? []).toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/** Everybody who works here, or some of them, with what matching, planning and bills need to know of them. */
export async function staff({ client, actor }: Asked, people?: readonly string[]): Promise<StaffRow[]> {
  const { rows } = await client.query<StaffRow>(
    { name: 'staff', text: `select p.person_id as person, p.given_name || ' ' || p.family_name as name, p.given_name as "givenName", p.family_name as "familyName", p.email, p.active, array_agg(m.role order by m.role) as roles,
            coalesce(f.credentials, '') as credentials, f.npi, f.licence, coalesce(f.licensed_nurse, false) as "licensedNurse", coalesce(f.conditions, '{}') as conditions, coalesce(f.modalities, '{}') as modalities,
            coalesce(f.languages, '{}') as languages, coalesce(f.online, false) as online, coalesce(f.in_person, true) as "inPerson", coalesce(f.accepting, false) as accepting, coalesce(f.about, '') as about,
            coalesce(f.capacity, 0) as capacity, coalesce(f.weekly, '[]') as weekly, coalesce(f.exceptions, '[]') as exceptions, coalesce(f.planning, '{}') as planning
       from app.person p join app.membership m using (practice_id, person_id) left join app.staff_profile f using (practice_id, person_id)
      where p.practice_id = $1 and m.role <> 'patient' and ($2::uuid[] is null or p.person_id = any($2)) group by p.practice_id, p.person_id, f.practice_id, f.person_id order by p.family_name`, values: [actor.practice, people ?? null] })
  return rows.map((row) => ({ ...row, planning: staffPlanning.parse(row.planning) }))
}

/** Whether anybody works here who may prescribe. */
export async function hasPrescriber({ client, actor }: Asked): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>({ name: 'has-prescriber', text: `select exists (select from app.membership m join app.person p using (practice_id, person_id) where m.practice_id = $1 and m.role = 'prescriber' and p.active) as there`, values: [actor.practice] })
  return rows[0]!.there
}

export async function rooms({ client, actor }: Asked): Promise<RoomRow[]> {
  const { rows } = await client.query<RoomRow>({ name: 'rooms', text: 'select room_id as id, name, features, dosing, planning from app.room where practice_id = $1 and active order by name', values: [actor.practice] })
  return rows.map((row) => ({ ...row, planning: roomPlanning.parse(row.planning) }))
}

export async function fees({ client, actor }: Asked): Promise<FeeRow[]> {
  const { rows } = await client.query<FeeRow>(
    { name: 'fees', text: `select fee_id as id, visit_type as "visitType", code, descriptor, modifier, place_of_service as "placeOfService", units_per_visit as "unitsPerVisit", charge_cents::int as "chargeCents", demonstration
       from app.fee where practice_id = $1 order by visit_type, code`, values: [actor.practice] })
  return rows
}

export async function keepStaff({ client, actor }: Asked, row: KeptStaff): Promise<void> {
  await client.query(
    `insert into app.person (practice_id, person_id, given_name, family_name, email, active) values ($1, $2, $3, $4, $5, $6)
     on conflict (practice_id, person_id) do update set given_name = excluded.given_name, family_name = excluded.family_name, email = excluded.email, active = excluded.active`,
    [actor.practice, row.person, row.givenName, row.familyName, row.email, row.active])
  await client.query('delete from app.membership where practice_id = $1 and person_id = $2 and not role = any($3)', [actor.practice, row.person, row.roles])
  for (const role of row.roles) await client.query('insert into app.membership (practice_id, person_id, role) values ($1, $2, $3) on conflict do nothing', [actor.practice, row.person, role])
  await client.query(
    `insert into app.staff_profile (practice_id, person_id, credentials, npi, licence, licensed_nurse, conditions, modalities, languages, online, in_person, accepting, about, weekly, exceptions, capacity, planning)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, coalesce($17::jsonb, '{}'))
     on conflict (practice_id, person_id) do update set credentials = excluded.credentials, npi = excluded.npi, licence = excluded.licence, licensed_nurse = excluded.licensed_nurse, conditions = excluded.conditions,
       modalities = excluded.modalities, languages = excluded.languages, online = excluded.online, in_person = excluded.in_person, accepting = excluded.accepting, about = excluded.about, weekly = excluded.weekly, exceptions = excluded.exceptions, capacity = excluded.capacity, planning = coalesce($17::jsonb, app.staff_profile.planning)`,
    [actor.practice, row.person, row.credentials, row.npi, row.licence, row.licensedNurse, row.conditions, row.modalities, row.languages, row.online, row.inPerson, row.accepting, row.about, JSON.stringify(row.weekly), JSON.stringify(row.exceptions), row.capacity, row.planning ? JSON.stringify(row.planning) : null])
}

export async function keepRoom({ client, actor }: Asked, room: KeptRoom): Promise<void> {
  await client.query(
    `insert into app.room (practice_id, room_id, name, features, dosing, planning) values ($1, $2, $3, $4, $5, coalesce($6::jsonb, '{}'))
     on conflict (practice_id, room_id) do update set name = excluded.name, features = excluded.features, dosing = excluded.dosing, planning = coalesce($6::jsonb, app.room.planning)`, [actor.practice, room.id, room.name, room.features, room.dosing, room.planning ? JSON.stringify(room.planning) : null])
}

export async function keepFee({ client, actor }: Asked, fee: FeeRow): Promise<void> {
  await client.query(
    `insert into app.fee (practice_id, fee_id, visit_type, code, descriptor, modifier, place_of_service, units_per_visit, charge_cents, demonstration) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (practice_id, fee_id) do update set visit_type = excluded.visit_type, code = excluded.code, descriptor = excluded.descriptor, modifier = excluded.modifier, place_of_service = excluded.place_of_service,
       units_per_visit = excluded.units_per_visit, charge_cents = excluded.charge_cents, demonstration = excluded.demonstration`,
    [actor.practice, fee.id, fee.visitType, fee.code, fee.descriptor, fee.modifier, fee.placeOfService, fee.unitsPerVisit, fee.chargeCents, fee.demonstration])
}

/** Every adoption there was, oldest first. */
export async function adoptions({ client, actor }: Asked): Promise<Adoption[]> {
  const { rows } = await client.query<Adoption>(
    { name: 'adoptions', text: `select c.protocol, p.given_name || ' ' || p.family_name as "adoptedBy", c.adopted_at as "adoptedAt", c.edition, c.adopted_row as row
       from app.protocol_choice c join app.person p on p.practice_id = c.practice_id and p.person_id = c.adopted_by where c.practice_id = $1 order by c.adopted_at`, values: [actor.practice] })
  return rows
}

/** Adopts a row as it stands. What was adopted before stays. */
export async function adopt({ client, actor }: Asked, row: Protocol, edition: string, at: string): Promise<void> {
  await client.query('insert into app.protocol_choice (practice_id, protocol, adopted_by, adopted_at, edition, adopted_row) values ($1, $2, $3, $4, $5, $6)', [actor.practice, row.id, actor.person, at, edition, JSON.stringify(row)])
}
