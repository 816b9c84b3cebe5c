import { randomUUID, webcrypto } from 'node:crypto'
import type { EntryDraft } from '../../core/chart/entry.ts'
import { lentFault, lentOf, lentText, type Guest } from '../../core/chart/lent.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { newToken, secretMatches } from '../sign-in/secrets.ts'
import type { Numbered } from '../store/append.ts'
import { entryById, team } from '../store/charts.ts'
import { endGuest, enrolGuest, enterAsGuest, guestOf, guestsHere, noteGuest } from '../store/guests.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import { keptUntil } from './sessions.ts'
import type { Handlers, Here, Shell } from './shell.ts'

const PIN_TRIES = 5
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const

export const guestHandlers: Handlers<'enrolGuest' | 'guests' | 'endGuest'> = {
  async enrolGuest({ params, body }, here) {
    const { client, actor, shell, now } = here
    if (body.person === actor.person) throw new Problem('guest.same-person')
    await requireOpen(here, params)
    if (!(await team(here, params.chart)).some(({ person, role }) => person === body.person && ROOM_ROLES.has(role))) throw new Problem('guest.stranger')
    if (!(await publicKey(body.publicKey))) throw new Problem('request.malformed')
    const who = [shell.database.key, actor.practice, body.person]
    const { rows } = await client.query<{ pin_hash: string | null }>('select pin_hash from app.credential_of($1, $2, $3)', who)
    const hash = rows[0]?.pin_hash
    if (!hash) throw new Problem('guest.no-pin')
    // Counted before it is judged, with all their other tries. Nothing is refused from here on that would take the count back.
    const count = async (passed: boolean) => (await client.query<{ failed: number }>('select app.count_pin($1, $2, $3, $4) as failed', [...who, passed])).rows[0]?.failed ?? PIN_TRIES
    const tried = await count(false)
    const right = tried <= PIN_TRIES && (await secretMatches(hash, body.pin))
    await noteGuest(here, { person: body.person, chart: params.chart, outcome: right ? 'done' : 'refused' })
    if (!right) return { right, triesLeft: Math.max(0, PIN_TRIES - tried), guest: null }
    await count(true)
    const guest = { guest: randomUUID(), person: body.person, until: await keptUntil(here, params) }
    await enrolGuest(here, { ...params, ...guest, publicKey: body.publicKey, at: now })
    return { right, triesLeft: PIN_TRIES, guest }
  },
  async guests({ params }, here) {
    return { guests: (await guestsHere(here, params.session)).filter(({ until }) => until > here.now).map(({ guest, person, until }) => ({ guest, person, until })) }
  },
  async endGuest({ params }, here) {
    if (!(await endGuest(here, params.guest))) throw new Problem('not-found')
    return { done: true }
  },
}

const ROOM_ROLES = new Set<string>(['therapist', 'prescriber', 'monitor'])

async function requireOpen({ client }: Here, { chart, session }: { readonly chart: string; readonly session: string }): Promise<void> {
  const { rows } = await client.query('select from app.session_claim where chart_id = $1 and session_id = $2 and not closed', [chart, session])
  if (rows.length === 0) throw new Problem('session.unknown')
}

interface Proving {
  readonly entries: readonly EntryDraft[]
  readonly chart: string
  readonly practice: string
  /** Whose device brought it. */
  readonly sender: string | null
  readonly now: string
  readonly shell: Pick<Shell, 'database'>
}

/**
 * Lets in whoever signed these entries on somebody else's device, once each of them is proven. The word of the device is
 * not enough: what counts is that the key fits which their PIN opens there.
 */
export async function letGuestIn(proving: Proving): Promise<{ readonly token: string; readonly person: string }> {
  const { practice, shell: { database } } = proving
  const guest = await proven(proving)
  const token = newToken()
  if (!(await enterAsGuest(database, practice, guest.guest, token))) throw new Problem('guest.ended')
  return { token, person: guest.person }
}

/** Does something in their name, and shows them out. */
export async function whileIn<T>({ database }: Pick<Shell, 'database'>, token: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    // Theirs has ended, meanwhile; the sign-in of whoever lends the device stands.
    throw failure instanceof Problem && failure.code === 'sign-in.needed' ? new Problem('guest.ended') : failure
  } finally {
    await database.pool.query('select app.end_session($1)', [token]).catch(() => {})
  }
}

async function proven({ entries, chart, practice, sender, now, shell: { database } }: Proving): Promise<Guest> {
  const [first] = entries
  const named = first && lentOf(first)?.guest
  const guest = named ? await guestOf(database, practice, named) : undefined
  for (const entry of entries) {
    const about = { detail: { entry: entry.id } }
    const fault = lentFault(entry, { chart, sender, guest, now })
    if (fault) throw new Problem(fault, about)
    const key = await publicKey(guest!.publicKey)
    const text = lentText(chart, { ...entry, by: guest!.person } as never)
    if (!key || !(await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(lentOf(entry)!.proof, 'base64'), Buffer.from(text)))) throw new Problem('guest.unproven', about)
  }
  return guest!
}

const publicKey = (base64: string) => webcrypto.subtle.importKey('raw', Buffer.from(base64, 'base64'), CURVE, false, ['verify']).catch(() => undefined)

/** What has come already is only sent again, also after the guest's time: the answer to it was lost. Nothing where any of it is new. */
export async function storedBefore(entries: readonly EntryDraft[], { chart, practice, sender, shell }: Pick<Proving, 'chart' | 'practice' | 'sender'> & { readonly shell: Shell }): Promise<Numbered[] | undefined> {
  const stored = await asJob(shell, practice, async (client) => {
    const found = []
    for (const { id } of entries) found.push(await entryById({ client, actor: { practice } as never }, chart, id))
    return found
  })
  const same = (entry: EntryDraft, known: (typeof stored)[number]) => known !== undefined && lentOf(entry)?.by === sender && known.kind === entry.kind && known.at === entry.at && canonical(known.body) === canonical(entry.body)
  return entries.every((entry, at) => same(entry, stored[at])) ? stored.map((known) => ({ id: known!.id, seq: known!.seq, digest: known!.digest, receivedAt: known!.receivedAt, again: true })) : undefined
}
