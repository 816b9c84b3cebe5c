import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Client } from 'pg'
import { CannotStart } from '../launch/cannot-start.ts'

export const ownMigrations = path.join(import.meta.dirname, 'migrations')

/**
 * Brings a database up to date: numbered SQL files, each in a transaction of its own, as the role that owns the
 * tables. A file that ran is never edited; its fingerprint is kept, and a changed one stops the start.
 * The caller holds the lock that lets one program at a time prepare a database.
 */
export async function migrate(admin: Client, folder: string = ownMigrations): Promise<{ ran: string[] }> {
  const files = readMigrations(folder)
  const applied = await readApplied(admin)
  refuseUnknown([...applied.keys()], files)
  const ran: string[] = []
  for (const { name, sql, sha256 } of files) {
    const before = applied.get(name)
    if (before === sha256) continue
    if (before) throw new CannotStart(`The migration ${name} was changed after it ran on this database. Nothing was changed: put the file back as it was and add a new one.`)
    await runOne(admin, name, sql, sha256)
    ran.push(name)
  }
  return { ran }
}

interface Migration {
  name: string
  sql: string
  sha256: string
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).toSorted()
  const wrong = names.filter((name, at) => !name.startsWith(`${String(at + 1).padStart(4, '0')}-`))
  if (wrong.length > 0) throw new Error(`Migrations are numbered 0001, 0002, … without a gap or a twin; out of line: ${wrong.join(', ')}`)
  return names.map((name) => {
    const sql = readFileSync(path.join(folder, name), 'utf8')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

async function readApplied(admin: Client): Promise<Map<string, string>> {
  const { rows } = await admin.query<{ name: string; sha256: string }>('select name, sha256 from migrations.applied')
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
}

function refuseUnknown(applied: string[], files: Migration[]) {
  const newer = applied.find((name) => !files.some((file) => file.name === name))
  if (newer) throw new CannotStart(`This database was written by a newer OpenKAP (it knows ${newer}). Nothing was changed: start that version or a later one.`)
}

async function runOne(admin: Client, name: string, sql: string, sha256: string) {
  await admin.query('begin')
  try {
    await admin.query('set local role openkap_owner; set local search_path = app, public')
    await admin.query(sql)
    await admin.query('insert into migrations.applied (name, sha256) values ($1, $2)', [name, sha256])
    await admin.query('commit')
  } catch (failure) {
    await admin.query('rollback')
    throw new Error(`Migration ${name} failed and was rolled back: ${placed(failure, sql)}`, { cause: failure })
  }
}

/** PostgreSQL names a position in the text; a person wants the line. */
function placed(failure: unknown, sql: string) {
  const { message, position } = failure as { message: string; position?: string }
  return position ? `${message} (line ${sql.slice(0, Number(position)).split('\n').length})` : message
}
