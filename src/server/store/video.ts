import { randomUUID } from 'node:crypto'
import type { Context } from './database.ts'

export interface KeptVideo {
  readonly person: string | null
  readonly visit: string | null
  readonly address: string | null
}

/** The standing addresses, and those of these visits, as far as whoever asks may see them. */
export async function videoAddresses({ client, actor }: Pick<Context, 'client' | 'actor'>, visits: readonly string[] = []): Promise<KeptVideo[]> {
  const { rows } = await client.query<KeptVideo>({ name: 'video-addresses', text: 'select person_id as person, visit_id as visit, address from app.video_address where practice_id = $1 and address is not null and (visit_id is null or visit_id = any($2::uuid[]))', values: [actor.practice, visits] })
  return rows
}

export async function keepVideoAddress({ client, actor }: Pick<Context, 'client' | 'actor'>, { person, visit, address }: KeptVideo, now: string): Promise<void> {
  await client.query(
    `insert into app.video_address (practice_id, video_id, person_id, visit_id, address, kept_by, kept_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (practice_id, person_id, visit_id) do update set address = excluded.address, kept_by = excluded.kept_by, kept_at = excluded.kept_at`, [actor.practice, randomUUID(), person, visit, address, actor.person, now])
}
