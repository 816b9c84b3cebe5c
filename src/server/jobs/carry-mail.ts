import type { PoolClient } from 'pg'
import type { Outgoing } from '../outside/mail.ts'

const TRIES = 8

/** Carries what waits in the outbox. A mail that fails stays and is tried again, so many times. */
export async function carryMail(client: PoolClient, practice: string, mail: Outgoing, now: string): Promise<number> {
  const { rows } = await client.query<{ mail_id: string; recipient: string; subject: string; body: string }>(
    'select mail_id, recipient, subject, body from app.mail where practice_id = $1 and sent_at is null and failures < $2 order by created_at limit 20 for update skip locked', [practice, TRIES])
  let sent = 0
  for (const row of rows) {
    const failed = await mail.send({ to: row.recipient, subject: row.subject, text: row.body }).then(() => false, () => true)
    await client.query('update app.mail set sent_at = case when $3 then null else $4 end, failures = failures + $3::int where practice_id = $1 and mail_id = $2', [practice, row.mail_id, failed, now])
    if (!failed) sent += 1
  }
  return sent
}
