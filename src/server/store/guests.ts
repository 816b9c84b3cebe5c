import type { Guest } from '../../core/chart/lent.ts'
import type { Context, Database } from './database.ts'

/** A guest with the half of their key that the server keeps. */
export interface GuestRow extends Guest {
  readonly publicKey: string
}
interface Row {
  guest_id: string
  chart_id: string
  session_id: string
  person_id: string
  device: string
  lent_by: string
  public_key: string
  until: string
  ended_at: Date | null
}
type In = Pick<Context, 'client' | 'actor'> & { readonly shell: { readonly database: Pick<Database, 'key'> } }

const fromRow = (row: Row): GuestRow => ({
  guest: row.guest_id, person: row.person_id, chart: row.chart_id, session: row.session_id, device: row.device, lentBy: row.lent_by, publicKey: row.public_key, until: row.until, ended: row.ended_at !== null,
})

export async function enrolGuest({ client, shell }: In, one: { readonly guest: string; readonly chart: string; readonly session: string; readonly person: string; readonly publicKey: string; readonly at: string; readonly until: string }): Promise<void> {
  await client.query('select app.enrol_guest($1, $2, $3, $4, $5, $6, $7, $8)', [shell.database.key, one.guest, one.chart, one.session, one.person, one.publicKey, one.at, one.until])
}

/** A try of their PIN, in the audit under their own name. */
export async function noteGuest({ client, actor, shell, now }: In & { readonly now: string }, { person, chart, outcome }: { readonly person: string; readonly chart: string; readonly outcome: 'done' | 'refused' }): Promise<void> {
  await client.query('select app.note_guest($1, $2, $3, $4, $5, $6, $7)', [shell.database.key, actor.practice, person, now, outcome, chart, actor.device])
}

export async function guestOf({ pool, key }: Pick<Database, 'pool' | 'key'>, practice: string, guest: string): Promise<GuestRow | undefined> {
  const { rows } = await pool.query<Row>('select * from app.guest($1, $2, $3)', [key, practice, guest])
  return rows[0] && fromRow(rows[0])
}

export async function guestsHere({ client, shell }: In, session: string): Promise<GuestRow[]> {
  const { rows } = await client.query<Row>('select * from app.guests_here($1, $2)', [shell.database.key, session])
  return rows.map(fromRow)
}

export async function endGuest({ client, shell }: In, guest: string): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>('select app.end_guest($1, $2) as ended', [shell.database.key, guest])
  return rows[0]?.ended ?? false
}

/** Where whoever asks was let in on somebody else's device, as long as it holds. */
export async function ownGuests({ client, shell, now }: In & { readonly now: string }): Promise<{ guest: string; lender: string; since: string; until: string }[]> {
  const { rows } = await client.query<{ guest: string; lender: string; made_at: string; until: string }>('select * from app.own_guests($1, $2)', [shell.database.key, now])
  return rows.map(({ guest, lender, made_at, until }) => ({ guest, lender, since: made_at, until }))
}

export async function endOwnGuest({ client, shell }: In, guest: string): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>('select app.end_own_guest($1, $2) as ended', [shell.database.key, guest])
  return rows[0]?.ended ?? false
}

/** Whether they may still be let in, with this token, for what was proven to be theirs. */
export async function enterAsGuest({ pool, key }: Pick<Database, 'pool' | 'key'>, practice: string, guest: string, token: string): Promise<boolean> {
  const { rows } = await pool.query<{ entered: boolean }>('select app.enter_as_guest($1, $2, $3, $4) as entered', [key, practice, guest, token])
  return rows[0]?.entered ?? false
}
