import type pg from 'pg'
import type { Answer } from '../../core/contract/contract.ts'
import { enrolment, newCodeSecret, stepOf } from '../sign-in/one-time-code.ts'
import { passwordIsWeak } from '../sign-in/passwords.ts'
import { countStrangers } from '../sign-in/strangers.ts'
import { hashSecret, newToken, nobodysHash, seal, secretMatches, unseal } from '../sign-in/secrets.ts'
import { endOwnGuest, ownGuests } from '../store/guests.ts'
import { giveToken, takeToken } from './cookies.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Door, Handlers, Here, OpenHandlers, Shell } from './shell.ts'

const IDLE_MINUTES = 15
const DAY_MINUTES = 12 * 60
const PATIENT_DAY_MINUTES = 24 * 60
const LINK_MINUTES = 15
const HALF_WAY_MINUTES = 10
const PIN_TRIES = 5

interface CredentialRow {
  practice_id: string
  person_id: string
  password_hash: string | null
  totp_secret: string | null
  totp_confirmed: boolean
  totp_last_step: string
  locked_until: Date | null
  active: boolean
  roles: string[]
}

/**
 * Begins a sign-in for somebody already proven, and hands the browser its token. The old token ends: no fixation.
 * Where a request's own transaction is open, both happen in it.
 */
export async function begin({ shell, reply, token, device, client = shell.database.pool }: Pick<Door, 'shell' | 'reply' | 'token' | 'device'> & { readonly client?: pg.Pool | pg.PoolClient }, practice: string, person: string, purpose: 'person' | 'second-factor', patient = false): Promise<string> {
  const fresh = newToken()
  if (token) await client.query('select app.end_session($1)', [token])
  const valid = purpose === 'second-factor' ? HALF_WAY_MINUTES : patient ? PATIENT_DAY_MINUTES : DAY_MINUTES
  await client.query('select app.mint_session($1, $2, $3, $4, null, $5, $6, $7, $8)', [shell.database.key, practice, person, purpose, device, fresh, valid, purpose === 'person' && patient ? 60 : IDLE_MINUTES])
  giveToken(reply, shell.secure, fresh)
  return fresh
}

const byEmail = async (shell: Shell, email: string) =>
  (await shell.database.pool.query<CredentialRow>('select * from app.credential_by_email($1, $2)', [shell.database.key, email.normalize('NFKC').trim()])).rows[0]

export const aboutMe = (door: Door, token: string): Promise<Answer<'me'>> =>
  door.shell.database.inContext(token, { durable: false }, (context) => describeMe({ ...door, ...context }))

async function describeMe({ shell, client, actor, now }: Here): Promise<Answer<'me'>> {
  const { rows } = await client.query<{ name: string; practice: string; zone: string; sample: boolean; chart: string | null; has_pin: boolean }>(
    `select p.given_name || ' ' || p.family_name as name, q.name as practice, q.zone, q.sample, (app.own_charts())[1] as chart,
            (app.credential_of($3, $1, $2)).pin_hash is not null as has_pin
       from app.person p join app.practice q using (practice_id) where p.practice_id = $1 and p.person_id = $2`, [actor.practice, actor.person, shell.database.key])
  const row = rows[0]
  if (!row || !actor.person) throw new Problem('sign-in.needed')
  return { person: actor.person, name: row.name, roles: [...actor.roles], practice: { id: actor.practice, name: row.practice, zone: row.zone, sample: row.sample }, device: actor.device, hasPin: row.has_pin, idleMinutes: IDLE_MINUTES, chart: row.chart, now }
}

export const signInOpenHandlers: OpenHandlers<'welcome' | 'beginPractice' | 'signIn' | 'askForLink' | 'redeemLink' | 'setPassword'> = {
  async welcome(_, { shell }) {
    const { rows } = await shell.database.pool.query<{ name: string; sample: boolean }>('select name, sample from app.practices($1)', [shell.database.key])
    return { firstRun: rows.length === 0, sample: shell.sample && rows.some((row) => row.sample), practice: rows[0]?.name ?? null }
  },
  async beginPractice({ body }, door) {
    const { shell } = door
    const { rows } = await shell.database.pool.query('select from app.practices($1)', [shell.database.key])
    if (rows.length > 0) throw new Problem('first-run.over')
    if (passwordIsWeak(body.password, [body.email, body.practice, body.givenName, body.familyName])) throw new Problem('sign-in.password-weak')
    const practice = crypto.randomUUID()
    const person = crypto.randomUUID()
    const code = newCodeSecret()
    const passwordHash = await hashSecret(body.password)
    await shell.database.pool.query('select app.begin_practice($1, $2, $3, $4, false, $5, $6, $7, $8)', [shell.database.key, practice, body.practice, body.zone, person, body.givenName, body.familyName, body.email])
      .catch((failure: { code?: string }) => { throw failure.code === '23505' ? new Problem('first-run.over') : failure })
    await keepCredential(shell, practice, person, body.email, { passwordHash, totpSecret: seal(shell.secret, code) })
    await begin(door, practice, person, 'second-factor')
    return enrolment(body.practice, body.email, code)
  },
  async signIn({ body }, door) {
    const { shell } = door
    const found = await byEmail(shell, body.email)
    const known = found?.password_hash && found.active ? found : undefined
    // The same count and the same work for an address we do not know: neither the answer nor the time tells anybody.
    const mayTry = known ? await countAttempt(shell, known, 'begun') : strangersOf(shell).mayTry(body.email)
    const right = await secretMatches(known?.password_hash ?? (await nobodysHash), body.password)
    if (!mayTry) throw new Problem('sign-in.locked')
    if (!known || !right) throw new Problem('sign-in.refused')
    await countAttempt(shell, known, 'right')
    await begin(door, known.practice_id, known.person_id, 'second-factor')
    if (known.totp_confirmed) return { next: 'code' }
    const code = known.totp_secret ? unseal(shell.secret, known.totp_secret) : newCodeSecret()
    if (!known.totp_secret) await keepCredential(shell, known.practice_id, known.person_id, body.email, { totpSecret: seal(shell.secret, code) })
    return { next: 'enrol-code', ...(await enrolment('OpenKAP', body.email, code)) }
  },
  async askForLink({ body }, { shell, now }) {
    const found = await byEmail(shell, body.email)
    if (found?.active && found.roles.includes('patient')) await mailLink(shell, found, body.email, now)
    return { done: true }
  },
  async redeemLink({ body }, door) {
    const { shell } = door
    const { rows } = await shell.database.pool.query<{ practice_id: string; person_id: string }>('select * from app.redeem_link($1, $2, $3)', [shell.database.key, body.token, 'sign-in'])
    if (!rows[0]) throw new Problem('sign-in.link-used')
    return aboutMe(door, await begin(door, rows[0].practice_id, rows[0].person_id, 'person', true))
  },
  async setPassword({ body }, { shell }) {
    if (passwordIsWeak(body.password, [])) throw new Problem('sign-in.password-weak')
    const { rows } = await shell.database.pool.query<{ practice_id: string; person_id: string }>('select * from app.redeem_link($1, $2, $3)', [shell.database.key, body.token, 'set-password'])
    if (!rows[0]) throw new Problem('sign-in.link-used')
    await keepCredential(shell, rows[0].practice_id, rows[0].person_id, null, { passwordHash: await hashSecret(body.password) })
    await shell.database.pool.query('select app.revoke_sessions($1, $2, $3, null)', [shell.database.key, rows[0].practice_id, rows[0].person_id])
    return { done: true }
  },
}

export async function keepCredential(shell: Pick<Shell, 'database'>, practice: string, person: string, email: string | null, fields: Record<string, string | boolean>) {
  await shell.database.pool.query('select app.keep_credential($1, $2, $3, coalesce($4, (app.credential_of($1, $2, $3)).email), $5)', [shell.database.key, practice, person, email, JSON.stringify(fields)])
}

async function mailLink(shell: Shell, found: CredentialRow, email: string, now: string) {
  const token = newToken()
  await shell.database.pool.query('select app.make_link($1, $2, $3, $4, $5, $6)', [shell.database.key, found.practice_id, found.person_id, 'sign-in', token, LINK_MINUTES])
  await postMail(shell, found.practice_id, { to: email, subject: 'Your sign-in link', body: `Use this link to sign in. It works once, within ${LINK_MINUTES} minutes.\n\n${shell.origin()}/my/sign-in#${token}\n\nIf you did not ask for it, nothing has happened and you can leave it.`, now })
}

/** Puts a mail into the outbox in a narrow session of its own; a job carries it out. */
export async function postMail(shell: Shell, practice: string, mail: { to: string; subject: string; body: string; now: string }) {
  await asJob(shell, practice, (client) => client.query('insert into app.mail (practice_id, mail_id, recipient, subject, body, created_at) values ($1, gen_random_uuid(), $2, $3, $4, $5)', [practice, mail.to, mail.subject, mail.body, mail.now]), true)
}

/** Counts on a connection of its own: a try stays counted when the act is rolled back. Answers whether it may be made. */
async function countAttempt({ database }: Shell, { practice_id, person_id }: Pick<CredentialRow, 'practice_id' | 'person_id'>, stage: 'begun' | 'right' | 'passed'): Promise<boolean> {
  const { rows } = await database.pool.query<{ may: boolean }>('select app.count_attempt($1, $2, $3, $4) as may', [database.key, practice_id, person_id, stage])
  return rows[0]?.may ?? false
}

/** The one-time code again, for a signature: right, and never used before. */
export async function requireCode({ shell, actor }: Here, code: string): Promise<void> {
  const who = { practice_id: actor.practice, person_id: actor.person! }
  if (!(await countAttempt(shell, who, 'begun'))) throw new Problem('sign-in.locked')
  const { rows } = await shell.database.pool.query<CredentialRow>('select * from app.credential_of($1, $2, $3)', [shell.database.key, actor.practice, actor.person])
  const secret = rows[0]?.totp_secret
  const step = secret ? stepOf(unseal(shell.secret, secret), code) : undefined
  const fresh = step !== undefined && (await shell.database.pool.query<{ ok: boolean }>('select app.take_totp_step($1, $2, $3, $4) as ok', [shell.database.key, actor.practice, actor.person, step])).rows[0]?.ok
  if (!fresh) throw new Problem('sign-in.code-refused')
  await countAttempt(shell, who, 'passed')
}

/** Addresses that nobody here has, counted as those that somebody has: by database, since tests have several. */
const strangers = new WeakMap<Shell['database'], ReturnType<typeof countStrangers>>()
function strangersOf({ database }: Shell) {
  const known = strangers.get(database) ?? countStrangers()
  strangers.set(database, known)
  return known
}

export const signInHandlers: Handlers<'signInCode' | 'signOut' | 'me' | 'setPin' | 'unlock' | 'mySessions' | 'endSession' | 'endOwnGuest'> = {
  async signInCode({ body }, here) {
    await requireCode(here, body.code)
    await here.client.query('select app.count_pin($1, $2, $3, true)', [here.shell.database.key, here.actor.practice, here.actor.person])
    const token = await begin(here, here.actor.practice, here.actor.person!, 'person', here.actor.roles.every((role) => role === 'patient'))
    await here.client.query(`select set_config('app.token', $1, true)`, [token])
    return describeMe(here)
  },
  async signOut(_, here) {
    await here.client.query('select app.end_session($1)', [here.token])
    here.afterCommit(() => here.shell.live.endSignIn(here.actor.signIn))
    takeToken(here.reply, here.shell.secure)
    return { done: true }
  },
  me: (_, here) => describeMe(here),
  async setPin({ body }, here) {
    await keepCredential(here.shell, here.actor.practice, here.actor.person!, null, { pinHash: await hashSecret(body.pin) })
    return { done: true }
  },
  async unlock({ body }, here) {
    const who = [here.shell.database.key, here.actor.practice, here.actor.person]
    const count = async (passed: boolean) => (await here.client.query<{ failed: number }>('select app.count_pin($1, $2, $3, $4) as failed', [...who, passed])).rows[0]?.failed ?? PIN_TRIES
    // Counted before it is judged: the row stays locked, so that tries at once are judged one after the other.
    const tried = await count(false)
    const { rows } = await here.client.query<{ pin_hash: string | null }>('select pin_hash from app.credential_of($1, $2, $3)', who)
    const right = tried <= PIN_TRIES && Boolean(rows[0]?.pin_hash) && (await secretMatches(rows[0]!.pin_hash!, body.pin))
    if (right) return { right, triesLeft: PIN_TRIES - (await count(true)) }
    if (tried >= PIN_TRIES || !rows[0]?.pin_hash) {
      await here.client.query('select app.end_session($1)', [here.token])
      here.afterCommit(() => here.shell.live.endSignIn(here.actor.signIn))
      return { right, triesLeft: 0 }
    }
    return { right, triesLeft: PIN_TRIES - tried }
  },
  async mySessions(_, here) {
    const { rows } = await here.client.query<{ session_id: string; device: string; created_at: Date; last_seen_at: Date }>('select * from app.sessions_of($1, $2, $3)', [here.shell.database.key, here.actor.practice, here.actor.person])
    return { signIns: rows.map((row) => ({ id: row.session_id, device: row.device, since: row.created_at.toISOString(), lastSeen: row.last_seen_at.toISOString(), thisOne: row.session_id === here.actor.signIn })), guestOn: await ownGuests(here) }
  },
  async endSession({ params }, here) {
    const { rows } = await here.client.query<{ ended: number }>('select app.revoke_sessions($1, $2, $3, $4) as ended', [here.shell.database.key, here.actor.practice, here.actor.person, params.id])
    if (!rows[0]?.ended) throw new Problem('not-found')
    here.afterCommit(() => here.shell.live.endSignIn(params.id))
    return { done: true }
  },
  async endOwnGuest({ params }, here) {
    if (!(await endOwnGuest(here, params.guest))) throw new Problem('not-found')
    return { done: true }
  },
}
