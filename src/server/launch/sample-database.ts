import pg from 'pg'
import { databaseUrl, prepareDatabase, type Prepared } from '../store/prepare.ts'

/**
 * Fills an empty installation with the sample practice: in a database of its own that takes the real one's place only
 * when it is complete. A start that is cut off leaves nothing half filled, and the next one begins again.
 */
export async function fillIfEmpty(adminUrl: string, database: string, fill: (prepared: Prepared) => Promise<void>): Promise<void> {
  const filling = `${database}_filling`
  await withAdmin(adminUrl, async (admin) => {
    if (await holdsPractice(admin, adminUrl, database)) return
    await admin.query(`drop database if exists ${pg.escapeIdentifier(filling)} with (force)`)
    await fill(await prepareDatabase(adminUrl, { database: filling }))
    await admin.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`)
    await admin.query(`alter database ${pg.escapeIdentifier(filling)} rename to ${pg.escapeIdentifier(database)}`)
  })
}

async function holdsPractice(admin: pg.Client, adminUrl: string, database: string): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
  if (!rowCount) return false
  return withAdmin(databaseUrl(adminUrl, database), async (inside) => {
    const { rows } = await inside.query<{ there: boolean }>(`select to_regclass('app.practice') is not null as there`)
    return rows[0]?.there === true && ((await inside.query('select from app.practice limit 1')).rowCount ?? 0) > 0
  })
}

async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url })
  admin.on('error', () => {}) // The query under way rejects with the same failure.
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end().catch(() => {})
  }
}
