import pg from 'pg'
import type { Standing } from '../../core/access/policy.ts'
import type { Role } from '../../core/access/roles.ts'
import { Problem, type ProblemCode } from '../http/problems.ts'
import { newToken } from '../sign-in/secrets.ts'
import { auditStatement, type AuditLine } from './audit.ts'
import { together } from './together.ts'

export interface Actor {
  readonly practice: string
  readonly person: string | null
  readonly signIn: string
  readonly purpose: 'person' | 'second-factor' | 'inquiry' | 'job' | 'link'
  readonly subject: string | null
  readonly device: string
  readonly roles: readonly Role[]
}

/** One transaction in the context of one token: row-level security sees what its holder may see, and nothing else. */
export interface Context {
  readonly client: pg.PoolClient
  readonly actor: Actor
  /** How the actor stands to the chart the context was opened on. Nobody's, where no chart was named. */
  readonly standings: readonly Standing[]
  /** The newest number on that chart when the context was opened; 0 where there is none to see. */
  readonly lastSeq: number
  /** Runs once the transaction is durable; never when it was rolled back. */
  afterCommit(work: () => void): void
  /** The audit line of this transaction. It travels with the commit: both happen, or neither. */
  audit(line: AuditLine): void
}

export interface Database {
  /**
   * For single statements, for jobs and for the append queue. A request that holds a transaction may wait for one of
   * these connections, and nobody who holds one waits for a request: so a full house cannot lock itself out.
   */
  readonly pool: pg.Pool
  /** The server's key: what lets this process, and no smuggled SQL, mint sessions. */
  readonly key: string
  inContext<T>(token: string, options: { chart?: string | undefined; durable: boolean }, work: (context: Context) => Promise<T>): Promise<T>
  /** One transaction in a narrow session that exists for nobody else and ends with it: for work that is nobody's in particular. */
  asJob<T>(practice: string, options: { durable: boolean }, work: (client: pg.PoolClient) => Promise<T>): Promise<T>
  /** The person did something: the idle limit counts from now. Asked of the database at most every so often. */
  touch(token: string): void
  close(): Promise<void>
}

export function openDatabase(appUrl: string, key: string, connections = 12): Database {
  const aside = Math.max(2, Math.floor(connections / 3))
  const requests = openPool(appUrl, connections - aside)
  const pool = openPool(appUrl, aside)
  return {
    pool, key,
    inContext: (token, { chart, durable }, work) => inTransaction(requests, async (client, ending) => {
      const entered = await begin(client, token, chart, durable)
      return work({ client, ...entered, afterCommit: (then) => ending.after.push(then), audit: (line) => ending.last.push(auditStatement(line)) })
    }),
    asJob: (practice, { durable }, work) => inTransaction(pool, async (client, ending) => {
      const token = newToken()
      if (!UUID.test(practice)) throw new Problem('not-found')
      const begun = client.query([
        'begin', `set local app.token = '${token}'`, ...(durable ? [] : [OFF]),
        `select app.mint_session('${key}', '${practice}', null, 'job', null, gen_random_uuid(), '${token}', 1, 1)`,
      ].join(';\n'))
      ending.last.push(`select app.end_session('${token}')`)
      // The work's first statement follows on the same wire: where this one fails, so does whatever comes behind it.
      const [, answer] = await together(begun, work(client))
      return answer
    }),
    touch: touching(pool),
    async close() {
      await Promise.all([requests.end(), pool.end()])
    },
  }
}

function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, pipeline: true, application_name: 'openkap', connectionTimeoutMillis: 10_000 })
  pool.on('error', () => {}) // An idle connection that breaks is replaced; the next query reports a lasting fault.
  // One that is held breaks between two statements as well. Unheard, that would end the program; the next statement reports it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

interface Ending {
  /** Statements that travel with the commit. */
  readonly last: string[]
  readonly after: (() => void)[]
}

type Work<T> = (client: pg.PoolClient, ending: Ending) => Promise<T>

/**
 * Two who take one place at once may each wait for the other: PostgreSQL checks an exclusion constraint after both have
 * written. It ends one of them whole, and that one begins again, to be told what the other has done by then. So work that
 * may wait for somebody's lock leaves what it does outside the database to `afterCommit`; the carrying of mail waits for none.
 */
async function inTransaction<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await once(pool, work)
    } catch (failure) {
      if (times === ATTEMPTS || (failure as { code?: string }).code !== DEADLOCK) throw translated(failure)
    }
  }
}
const DEADLOCK = '40P01'
const ATTEMPTS = 4

async function once<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  const client = await connect(pool)
  const ending: Ending = { last: [], after: [] }
  let answer
  try {
    answer = await work(client, ending)
    await client.query([...ending.last, 'commit'].join(';\n'))
  } catch (failure) {
    await client.query('rollback').catch(() => {})
    throw failure
  } finally {
    client.release()
  }
  for (const then of ending.after) then()
  return answer
}

const TOUCHED_MS = 20_000
const TOUCHED = 5_000

/** Idle limits count minutes: a busy device need not say every time that it is there. */
function touching(pool: pg.Pool) {
  const touched = new Map<string, number>()
  return (token: string) => {
    const now = performance.now()
    if (!TOKEN.test(token) || (touched.get(token) ?? -TOUCHED_MS) > now - TOUCHED_MS) return
    if (touched.size >= TOUCHED) touched.clear()
    touched.set(token, now)
    pool.query('select app.touch($1)', [token]).catch(() => touched.delete(token))
  }
}

/** Tokens, ids and times come from outside and go into a statement that takes no parameters, so their form is checked first. */
const TOKEN = /^[A-Za-z0-9_-]{20,120}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const OFF = 'set local synchronous_commit = off'

interface Entered {
  practice_id: string | null
  person_id: string | null
  session_id: string
  purpose: Actor['purpose']
  subject: string | null
  device: string
  roles: Role[]
  team: Role[]
  own: boolean
  there: boolean
  last_seq: number | null
}

/** One message begins the transaction, binds the token, and reads who is asking and how they stand to the chart. */
async function begin(client: pg.PoolClient, token: string, chart: string | undefined, durable: boolean) {
  if (!TOKEN.test(token)) throw new Problem('sign-in.needed')
  if (chart !== undefined && !UUID.test(chart)) throw new Problem('chart.unseen')
  const lines = ['begin', `set local app.token = '${token}'`, ...(durable ? [] : [OFF]), `select * from app.enter(${chart ? `'${chart}'` : 'null'})`]
  const results = (await client.query(lines.join(';\n'))) as unknown as pg.QueryResult<Entered>[]
  const row = results.at(-1)?.rows[0]
  if (!row?.practice_id) throw new Problem('sign-in.needed')
  const actor: Actor = { practice: row.practice_id, person: row.person_id, signIn: row.session_id, purpose: row.purpose, subject: row.subject, device: row.device, roles: row.roles }
  return { actor, standings: chart ? standingsOf(actor, row) : [{ relation: 'practice', roles: actor.roles } as const], lastSeq: row.last_seq ?? 0 }
}

function standingsOf(actor: Actor, { there, own, team }: Entered): Standing[] {
  if (!there) return []
  return [
    ...(own ? [{ relation: 'own', roles: ['patient'] } as const] : []),
    ...(team.length > 0 ? [{ relation: 'team', roles: team } as const] : []),
    { relation: 'practice', roles: actor.roles },
  ]
}

async function connect(pool: pg.Pool) {
  return pool.connect().catch((failure: unknown) => {
    throw translated(failure)
  })
}

/** What the database keeps from a chart and from the rulebook by itself. The routes refuse it first, with the reasons. */
const UNFOUNDED: Readonly<Record<string, ProblemCode>> = { entry_goes_past: 'gate.never-passed', entry_in_session: 'session.unknown', entry_corrects: 'entry.corrects-another', visit_within_capacity: 'visit.full', rulebook_edition_by_two: 'rulebook.needs-two', rulebook_edition_second: 'rulebook.needs-two', rulebook_edition_as_proposed: 'rulebook.proposal-closed' }

/** What PostgreSQL refuses in its own words, said in ours. Anything unknown passes through as the bug it is. */
export function translated(failure: unknown): unknown {
  const { code, constraint, table } = failure as { code?: string; constraint?: string; table?: string }
  if (code === '23P01') return new Problem('plan.clash')
  if (code === '23505' && constraint === 'visit_pkey') return new Problem('plan.clash')
  if (code === '23505' && constraint === 'credential_email') return new Problem('email.in-use')
  // Every foreign key carries the practice: what it does not find is not of this one.
  if (code === '23503') return new Problem('not-found', { detail: { constraint: constraint ?? '' } })
  if (code === '23502' && table === 'dose_claim') return new Problem('session.unknown')
  if (code === '23514' && UNFOUNDED[constraint ?? '']) return new Problem(UNFOUNDED[constraint!]!)
  if ((code === '23514' || code === '23505') && constraint?.startsWith('ledger_')) return new Problem('ledger.refused', { list: [{ code: constraint.slice('ledger_'.length), says: `${String((failure as Error).message)}.` }] })
  if (code === '23505' && constraint === 'one_open_session_a_chart') return new Problem('session.already-open')
  if (code === '42501') return new Problem('not-allowed', { detail: { by: 'row security' } })
  if (code && /^(08|57P|53)/.test(code)) return new Problem('database.away', { detail: { code } })
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code ?? '') || /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end/.test(String((failure as Error).message))) return new Problem('database.away')
  return failure
}
