import type { PoolClient } from 'pg'
import type { Shell } from './shell.ts'

/** Work that is nobody's in particular, in a narrow session that ends with its transaction. */
export const asJob = <T>(shell: Pick<Shell, 'database'>, practice: string, work: (client: PoolClient) => Promise<T>, durable = false): Promise<T> =>
  shell.database.asJob(practice, { durable }, work)
