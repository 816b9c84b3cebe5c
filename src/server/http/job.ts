import type { PoolClient } from 'pg'
import { newToken } from '../sign-in/secrets.ts'
import type { Shell } from './shell.ts'

/** A narrow session of a minute, for work that is nobody's in particular. */
export async function asJob<T>(shell: Shell, practice: string, work: (client: PoolClient) => Promise<T>, durable = false): Promise<T> {
  const token = newToken()
  await shell.database.pool.query(`select app.mint_session($1, $2, null, 'job', null, gen_random_uuid(), $3, 1, 1)`, [shell.database.key, practice, token])
  try {
    return await shell.database.inContext(token, { durable }, ({ client }) => work(client))
  } finally {
    await shell.database.pool.query('select app.end_session($1)', [token])
  }
}
