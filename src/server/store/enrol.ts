import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { entryKinds, kinds, type EntryKind } from '../../core/chart/kinds.ts'
import { neverOverridden } from '../../core/rulebook/never-overridden.ts'
import { isPassable } from '../../core/session/gates.ts'
import { dialRows } from '../../knowledge/dials.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sessionGates } from '../../knowledge/session-gates.ts'

/** What nobody passes, by the kind of entry that would have to say that somebody did. */
const gates = Object.keys(sessionGates).filter((gate) => !isPassable(gate))
const neverPast: Partial<Record<EntryKind, readonly string[]>> = { 'clearance.v1': neverOverridden(rulebook, dialRows), 'gate-passed.v1': gates, 'session-started.v1': gates }

/**
 * Makes a prepared database know this server: the table of kinds as rows, so that row-level security and the
 * program read one policy, what nobody passes, and the digest of a fresh server key. Answers the key.
 */
export async function enrolServer(adminUrl: string): Promise<{ key: string }> {
  const key = randomBytes(32).toString('base64url')
  const admin = new pg.Client({ connectionString: adminUrl })
  admin.on('error', () => {}) // The query under way rejects with the same failure.
  await admin.connect()
  try {
    await admin.query('begin; set local role openkap_owner')
    const rows = entryKinds.map((kind) => ({ kind, stream: kinds[kind].stream, through: kinds[kind].through, readers: kinds[kind].read, writers: kinds[kind].write, corrected: kinds[kind].corrected, never: neverPast[kind] ?? [] }))
    await admin.query(
      `insert into app.entry_kind (kind, stream, through, readers, writers, corrected, never_past)
       select kind, stream, through, array(select jsonb_array_elements_text(readers)), array(select jsonb_array_elements_text(writers)), corrected, array(select jsonb_array_elements_text(never))
         from jsonb_to_recordset($1) as r(kind text, stream text, through text, readers jsonb, writers jsonb, corrected text, never jsonb)
       on conflict (kind) do update set stream = excluded.stream, through = excluded.through, readers = excluded.readers, writers = excluded.writers, corrected = excluded.corrected, never_past = excluded.never_past`,
      [JSON.stringify(rows)],
    )
    await admin.query('insert into app.server_key (key_sha256) values ($1)', [createHash('sha256').update(key).digest()])
    await admin.query('commit')
    return { key }
  } catch (failure) {
    await admin.query('rollback').catch(() => {})
    throw failure
  } finally {
    await admin.end()
  }
}
