import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { corrects } from '../../core/chart/corrections.ts'
import type { EntryDraft, StoredEntry } from '../../core/chart/entry.ts'
import { lentOf } from '../../core/chart/lent.ts'
import { fileSealedFor, notAsBrought, quarantineState, sealedFor, type BroughtFile, type SealedAct } from '../../core/chart/quarantine.ts'
import { entryDraft } from '../../core/contract/charting.ts'
import type { Quarantined } from '../../core/contract/quarantine.ts'
import { fileNamedBy } from '../../core/files/file-named.ts'
import { isPassable } from '../../core/session/gates.ts'
import { newToken } from '../sign-in/secrets.ts'
import { entryById } from '../store/charts.ts'
import { adopt, adoptFile, deposit, depositFile, discard, quarantineRow, quarantineRows, sealedFilesOf, type QuarantineRow } from '../store/quarantine.ts'
import { entry } from './acts.ts'
import { judgeDraft, write } from './charts.ts'
import { refuseUngatedDoses } from './consequences.ts'
import { isWhatItNames } from './files.ts'
import { follow, mayFollow } from './follow.ts'
import { letGuestIn, whileIn } from './guests.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here, OpenHandlers, Shell } from './shell.ts'

/** Long enough for a weekend: a device that was taken away on Friday is found on Monday. */
const CREDENTIAL_MINUTES = 72 * 60

const sealedAct = z.object({ chart: z.uuid(), writtenAt: z.iso.datetime({ precision: 3 }), entries: z.array(entryDraft.extend({ by: z.uuid() })).min(1).max(500) })

/** The server's part of what opens a device's store for one person: known to nobody who is not signed in there. */
const shareOf = ({ secret }: Pick<Shell, 'secret'>, practice: string, person: string, device: string) =>
  createHmac('sha256', secret).update(`device share ${practice} ${person} ${device}`).digest('base64')

export const quarantineOpenHandlers: OpenHandlers<'deposit' | 'depositFile'> = {
  async deposit({ body }, { shell, now }) {
    const { again } = await deposit(shell.database, { ...body, sealed: Buffer.from(body.sealed, 'base64') }, now)
    return { kept: true, again }
  },
  async depositFile({ body }, { shell, now }) {
    const { again } = await depositFile(shell.database, { ...body, sealed: Buffer.from(body.sealed, 'base64') }, now)
    return { kept: true, again }
  },
}

export const quarantineHandlers: Handlers<'deviceKeys' | 'recoverAct' | 'recoverFile' | 'quarantine' | 'openQuarantined' | 'adoptQuarantined' | 'discardQuarantined'> = {
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
  async recoverFile({ body: { sha256, chart, device, key, sealed } }, { shell, actor }) {
    const bytes = await shell.quarantineKeys.open(key, Buffer.from(sealed, 'base64'), fileSealedFor(sha256, { chart, person: actor.person!, device }))
    if (!bytes) throw new Problem('quarantine.unreadable', { detail: { why: 'key' } })
    return { data: bytes.toString('base64') }
  },
  quarantine: async ({ params }, here) => ({ acts: (await quarantineRows(here, params.chart)).map(shownRow) }),
  async openQuarantined({ params }, here) {
    const { row, act } = await opened(here, params)
    return { entries: act.entries as never, files: (await filesWith(here, row, act.entries)).map(({ entry, state }) => ({ entry: entry.id, state })) }
  },
  async adoptQuarantined({ params, body }, here) {
    const { row, act } = await opened(here, params)
    if (shownRow(row).state !== 'open') throw new Problem('quarantine.decided')
    const entries = act.entries.map(({ by: _by, ...draft }) => judgeDraft(draft as never))
    if (entries.some(lentOf)) return adoptOfGuest(entries, { row, id: body.id, device: body.device, note: body.note }, here)
    await refuseUnfoundedOf(entries, row, here)
    await refuseUngatedDoses(entries, params.chart, { shell: here.shell, practice: here.actor.practice, by: row.person, now: here.now })
    const adoption = adoptionOf(entries, { row, ...body }, here)
    const numbered = await adopt(here.client, { row, entries, adoption, by: here.actor.person!, practice: here.actor.practice, receivedAt: here.now })
    const files = (await filesWith(here, row, entries)).filter(({ bytes }) => bytes !== undefined)
    for (const { entry: one, type, bytes } of files) await adoptFile(here, row.act, one.id, { type, bytes: bytes! }, here.now)
    const fresh = [...entries, adoption].flatMap((draft, at) => {
      const { seq, digest, receivedAt, again } = numbered[at]!
      return again ? [] : [{ ...draft, by: draft === adoption ? here.actor.person! : row.person, seq, digest, receivedAt } as StoredEntry]
    })
    const { rowCount: cleared } = await here.client.query(`select from app.entry where practice_id = $1 and stream_id = $2 and kind = 'clearance.v1' limit 1`, [here.actor.practice, params.chart])
    here.afterCommit(() => heard(here, params.chart, fresh, Boolean(cleared)))
    return { adopted: fresh.length - 1, files: files.length }
  },
  async discardQuarantined({ params, body }, here) {
    if (!(await quarantineRow(here, params.chart, params.act))) throw new Problem('not-found')
    await discard(here, params.act, body.reason)
    return { done: true }
  },
}

interface Adopting {
  readonly row: QuarantineRow
  readonly id: string
  readonly device: string
  readonly note: string
}

function adoptionOf(entries: readonly EntryDraft[], { row, id, device, note }: Adopting, here: Here, author = { person: row.person, name: row.name }): EntryDraft {
  const sessions = new Set(entries.map(({ session }) => session))
  return entry('entries-adopted.v1', id, device, here, {
    act: row.act, author: author.person, authorName: author.name, device: row.device, entries: entries.map((one) => one.id), writtenFrom: least(entries), writtenTo: most(entries), note,
  }, sessions.size === 1 && [...sessions][0] !== undefined ? { session: [...sessions][0]! } : {})
}

/** What a second person had signed on the device that brought it, taken over in that person's name: their own signature has to prove it, as if it had come in the usual way. */
async function adoptOfGuest(entries: readonly EntryDraft[], adopting: Adopting, here: Here): Promise<{ adopted: number; files: number }> {
  const { row } = adopting
  const { practice, person } = here.actor
  const name = signatureOf(entries[0]!)?.name ?? ''
  const guest = await letGuestIn({ entries, chart: row.chart, practice, sender: row.person, now: here.now, shell: here.shell })
  return whileIn(here.shell, guest.token, async () => {
    await refuseUnfoundedOf(entries, { ...row, person: guest.person }, here)
    const { numbered, stored } = await write({ ...here, token: guest.token, actor: { ...here.actor, person: guest.person } }, row.chart, entries, 'quarantine.adopted')
    const adoption = adoptionOf(entries, adopting, here, { person: guest.person, name })
    const [last] = await adopt(here.client, { row, entries: [], adoption, by: person!, practice, receivedAt: here.now })
    if (!last!.again) here.afterCommit(() => heard(here, row.chart, [...stored, { ...adoption, by: person!, seq: last!.seq, digest: last!.digest, receivedAt: last!.receivedAt } as StoredEntry], true))
    // No kind that a guest may sign names a file.
    return { adopted: numbered.filter(({ again }) => !again).length, files: 0 }
  })
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

interface FileWith {
  readonly entry: EntryDraft
  readonly type: string
  readonly state: BroughtFile
  /** Only where they are what the entry names. */
  readonly bytes?: Buffer
}

/** The bytes that came with these entries, opened and held against what each of them names. Nobody is shown them here. */
async function filesWith(here: Here, row: QuarantineRow, entries: readonly EntryDraft[]): Promise<readonly FileWith[]> {
  const naming = entries.flatMap((one) => { const file = fileNamedBy(one); return file ? [{ one, file }] : [] })
  const sealed = await sealedFilesOf(here, row, naming.map(({ file }) => file.sha256))
  return Promise.all(naming.map(async ({ one, file: { sha256, type } }) => {
    const found = sealed.find((each) => each.sha256 === sha256)
    if (!found) return { entry: one, type, state: 'not-brought' }
    const bytes = await here.shell.quarantineKeys.open(found.key, found.sealed, fileSealedFor(sha256, row))
    return bytes && isWhatItNames(one, bytes) ? { entry: one, type, state: 'here', bytes } : { entry: one, type, state: 'another' }
  }))
}

async function unseal({ quarantineKeys }: Shell, { act, chart, person, device, key, sealed }: Pick<QuarantineRow, 'act' | 'chart' | 'person' | 'device' | 'key' | 'sealed'>): Promise<SealedAct> {
  const found = await quarantineKeys.open(key, sealed, sealedFor(act, { chart, person, device }))
  const read = found === undefined ? undefined : sealedAct.safeParse(jsonOf(found.toString('utf8')))
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
    const signed = signatureOf(one)
    if ((signed && signed.person !== person) || (one.kind === 'checked-in.v1' && one.body.person !== person)) throw new Problem('signature.anothers', about)
    if (one.amends === undefined) continue
    const before = entries.find(({ id }) => id === one.amends) ?? (await stored(one.amends))
    if (before && !corrects(one, before)) throw new Problem('entry.corrects-another', about)
  }
}

const signatureOf = (one: EntryDraft) => ('signature' in one.body ? one.body.signature : undefined)

function heard({ shell, actor, now }: Here, chart: string, fresh: readonly StoredEntry[], cleared: boolean) {
  shell.live.publish(chart, fresh)
  if (mayFollow(fresh, cleared, now)) void follow(shell, actor.practice, chart, now).catch((failure: unknown) => shell.log.warn({ failure: String((failure as Error).message) }, 'what follows from an adopted entry could not be seen to, and a job will'))
}

const times = (entries: readonly EntryDraft[]) => entries.map(({ writtenAt }) => writtenAt).toSorted()
const least = (entries: readonly EntryDraft[]) => times(entries)[0]!
const most = (entries: readonly EntryDraft[]) => times(entries).at(-1)!
