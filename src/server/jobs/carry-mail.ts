import type { PoolClient } from 'pg'
import type { Outgoing } from '../outside/mail.ts'
import type { TextCarrier } from '../outside/texts.ts'

const TRIES = 8

interface Waiting { readonly recipient: string; readonly subject: string; readonly body: string; readonly calendar: string | null; readonly calendar_method: 'REQUEST' | 'CANCEL' | null }

/** Carries the mail that waits in the outbox. What fails stays and is tried again, so many times. */
export const carryMail = (client: PoolClient, practice: string, mail: Outgoing, now: string): Promise<number> =>
  carry(client, practice, 'mail', now, ({ recipient, subject, body, calendar, calendar_method }) => mail.send({ to: recipient, subject, text: body, ...(calendar !== null && calendar_method !== null ? { calendar: { method: calendar_method, text: calendar } } : {}) }))

/** The same for text messages, which have no subject. */
export const carryTexts = (client: PoolClient, practice: string, texts: TextCarrier, now: string): Promise<number> =>
  carry(client, practice, 'text', now, ({ recipient, body }) => texts.send({ to: recipient, text: body }))

async function carry(client: PoolClient, practice: string, channel: 'mail' | 'text', now: string, send: (one: Waiting) => Promise<unknown>): Promise<number> {
  const { rows } = await client.query<Waiting & { mail_id: string }>(
    'select mail_id, recipient, subject, body, calendar, calendar_method from app.mail where practice_id = $1 and channel = $3 and sent_at is null and failures < $2 order by created_at limit 20 for update skip locked', [practice, TRIES, channel])
  let sent = 0
  for (const row of rows) {
    const failed = await send(row).then(() => false, () => true)
    await client.query('update app.mail set sent_at = case when $3 then null else $4 end, failures = failures + $3::int where practice_id = $1 and mail_id = $2', [practice, row.mail_id, failed, now])
    if (!failed) sent += 1
  }
  return sent
}
