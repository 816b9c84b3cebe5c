import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { corrects } from '../../core/chart/corrections.ts'
import type { EntryDraft, StoredEntry } from '../../core/chart/entry.ts'
import { notAsBrought, quarantineState, sealedFor, type SealedAct } from '../../core/chart/quarantine.ts'
import { entryDraft } from '../../core/contract/charting.ts'
import type { Quarantined } from '../../core/contract/quarantine.ts'
import { isPassable } from '../../core/session/gates.ts'
import { newToken } from '../sign-in/secrets.ts'
import { entryById } from '../store/charts.ts'
import { adopt, deposit, discard, quarantineRow, quarantineRows, type QuarantineRow } from '../store/quarantine.ts'
import { entry } from './acts.ts'
import { judgeDraft } from './charts.ts'
import { refuseUngatedDoses } from './consequences.ts'
import { follow, mayFollow } from './follow.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here, OpenHandlers, Shell } from './shell.ts'

/** Long enough for a weekend: a device that was taken away on Friday is found on Monday. */
const CREDENTIAL_MINUTES = 72 * 60

const sealedAct = z.object({ chart: z.uuid(), writtenAt: z.iso.datetime({ precision: 3 }), entries: z.array(entryDraft.extend({ by: z.uuid() })).min(1).max(500) })

/** The server's part of what opens a device's store for one person: known to nobody who is not signed in there. */
const shareOf = ({ secret }: Pick<Shell, 'secret'>, practice: string, person: string, device: string) =>
  createHmac('sha256', secret).update(`device share ${practice} ${person} ${device}`).digest('base64')

export const quarantineOpenHandlers: OpenHandlers<'deposit'> = {
  async deposit({ body }, { shell, now }) {
    const { again } = await deposit(shell.database, { ...body, sealed: Buffer.from(body.sealed, 'base64') }, now)
    return { kept: true, again }
  },
}

export const quarantineHandlers: Handlers<'deviceKeys' | 'recoverAct' | 'quarantine' | 'openQuarantined' | 'adoptQuarantined' | 'discardQuarantined'> = {
  async deviceKeys({ body }, { shell, actor, client }) {
    const { id, publicKey } = shell.quarantineKeys.newest
    const token = newToken()
    // A patient's own record is nobody's to adopt: what she could not send waits for her.
    const wanted = body.credential && actor.roles.some((role) => role !== 'patient')
    const minted = wanted ? (await client.query<{ until: Date }>('select app.mint_device_credential($1, $2, $3) as until', [shell.database.key, token, CREDENTIAL_MINUTES])).rows[0] : undefined
    return { share: shareOf(shell, actor.practice, actor.person!, actor.device), key: { id, publicKey }, credential: minted ? { token, until: minted.until.toISOString() } : null }
  },
  async recoverAct({ body }, { shell, actor }) {
    const opened = await unseal(shell, { ...body, sealed: Buffer.from(body.sealed, 'base64'), person: actor.person! })
    return { entries: opened.entries as never, writtenAt: opened.writtenAt }
  },
  quarantine: async ({ params }, here) => ({ acts: (await quarantineRows(here, params.chart)).map(shownRow) }),
  async openQuarantined({ params }, here) {
    return { entries: (await opened(here, params)).act.entries as never }
  },
  async adoptQuarantined({ params, body }, here) {
    const { row, act } = await opened(here, params)
    if (shownRow(row).state !== 'open') throw new Problem('quarantine.decided')
    const entries = act.entries.map(({ by: _by, ...draft }) => judgeDraft(draft as never))
    await refuseUnfoundedOf(entries, row, here)
    await refuseUngatedDoses(entries, params.chart, { shell: here.shell, practice: here.actor.practice, by: row.person, now: here.now })
    const sessions = new Set(entries.map(({ session }) => session))
    const adoption = entry('entries-adopted.v1', body.id, body.device, here, {
      act: row.act, author: row.person, authorName: row.name, device: row.device, entries: entries.map(({ id }) => id), writtenFrom: least(entries), writtenTo: most(entries), note: body.note,
    }, sessions.size === 1 && [...sessions][0] !== undefined ? { session: [...sessions][0]! } : {})
    const numbered = await adopt(here.client, { row, entries, adoption, by: here.actor.person!, practice: here.actor.practice, receivedAt: here.now })
    const fresh = [...entries, adoption].flatMap((draft, at) => {
      const { seq, digest, receivedAt, again } = numbered[at]!
      return again ? [] : [{ ...draft, by: draft === adoption ? here.actor.person! : row.person, seq, digest, receivedAt } as StoredEntry]
    })
    const { rowCount: cleared } = await here.client.query(`select from app.entry where practice_id = $1 and stream_id = $2 and kind = 'clearance.v1' limit 1`, [here.actor.practice, params.chart])
    here.afterCommit(() => heard(here, params.chart, fresh, Boolean(cleared)))
    return { adopted: fresh.length - 1 }
  },
  async discardQuarantined({ params, body }, here) {
    if (!(await quarantineRow(here, params.chart, params.act))) throw new Problem('not-found')
    await discard(here, params.act, body.reason)
    return { done: true }
  },
}

export function shownRow(row: Omit<QuarantineRow, 'sealed'>): Quarantined {
  const { act, person, name, device, session, entries, from, to, receivedAt, decidedBy, decidedAt, reason } = row
  return { act, by: { person, name }, device, session, entries: entries.length, from, to, receivedAt, state: quarantineState(row, (id) => row.onChart.includes(id)), decidedBy, decidedAt, reason: reason || null }
}

/** Opens what lies here, for somebody who may decide about it; what does not open, or is not what it was brought as, is not shown as if it were. */
async function opened(here: Here, { chart, act }: { readonly chart: string; readonly act: string }): Promise<{ readonly row: QuarantineRow; readonly act: SealedAct }> {
  const row = await quarantineRow(here, chart, act)
  if (!row) throw new Problem('not-found')
  const found = await unseal(here.shell, row)
  const why = notAsBrought(found, row)
  if (why) throw new Problem('quarantine.unreadable', { detail: { why } })
  return { row, act: found }
}

async function unseal({ quarantineKeys }: Shell, { act, chart, person, device, key, sealed }: Pick<QuarantineRow, 'act' | 'chart' | 'person' | 'device' | 'key' | 'sealed'>): Promise<SealedAct> {
  const text = await quarantineKeys.open(key, sealed, sealedFor(act, { chart, person, device }))
  const read = text === undefined ? undefined : sealedAct.safeParse(jsonOf(text))
  if (!read?.success) throw new Problem('quarantine.unreadable', { detail: { why: read ? 'shape' : 'key' } })
  return read.data as unknown as SealedAct
}

function jsonOf(text: string): unknown {
  try { return JSON.parse(text) } catch { return undefined }
}

/** As of anybody's entries, judged as their author's: what nothing on the chart could bear is not adopted either. */
async function refuseUnfoundedOf(entries: readonly EntryDraft[], { person, chart }: QuarantineRow, { shell, actor }: Here): Promise<void> {
  const stored = (id: string) => asJob(shell, actor.practice, (client) => entryById({ client, actor }, chart, id))
  for (const one of entries) {
    const about = { detail: { entry: one.id } }
    if (one.session === one.id || (one.kind === 'dose-given.v1' && one.session === undefined)) throw new Problem('session.unknown', about)
    if (one.kind === 'gate-passed.v1' && !isPassable(one.body.gate)) throw new Problem('gate.never-passed', about)
    const signed = 'signature' in one.body ? one.body.signature : undefined
    if ((signed && signed.person !== person) || (one.kind === 'checked-in.v1' && one.body.person !== person)) throw new Problem('signature.anothers', about)
    if (one.amends === undefined) continue
    const before = entries.find(({ id }) => id === one.amends) ?? (await stored(one.amends))
    if (before && !corrects(one, before)) throw new Problem('entry.corrects-another', about)
  }
}

function heard({ shell, actor, now }: Here, chart: string, fresh: readonly StoredEntry[], cleared: boolean) {
  shell.live.publish(chart, fresh)
  if (mayFollow(fresh, cleared, now)) void follow(shell, actor.practice, chart, now).catch((failure: unknown) => shell.log.warn({ failure: String((failure as Error).message) }, 'what follows from an adopted entry could not be seen to, and a job will'))
}

const times = (entries: readonly EntryDraft[]) => entries.map(({ writtenAt }) => writtenAt).toSorted()
const least = (entries: readonly EntryDraft[]) => times(entries)[0]!
const most = (entries: readonly EntryDraft[]) => times(entries).at(-1)!
