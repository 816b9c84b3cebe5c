import pg from 'pg'
import type { Standing } from '../../core/access/policy.ts'
import type { Role } from '../../core/access/roles.ts'
import { Problem } from '../http/problems.ts'

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
  /** Runs once the transaction is durable; never when it was rolled back. */
  afterCommit(work: () => void): void
}

export interface Database {
  readonly pool: pg.Pool
  /** The server's key: what lets this process, and no smuggled SQL, mint sessions. */
  readonly key: string
  inContext<T>(token: string, options: { chart?: string | undefined; durable: boolean }, work: (context: Context) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function openDatabase(appUrl: string, key: string, connections = 12): Database {
  const pool = new pg.Pool({ connectionString: appUrl, max: connections, application_name: 'openkap', connectionTimeoutMillis: 10_000 })
  pool.on('error', () => {}) // An idle connection that breaks is replaced; the next query reports a lasting fault.
  return {
    pool, key,
    async inContext(token, { chart, durable }, work) {
      const client = await connect(pool)
      const after: (() => void)[] = []
      let answer
      try {
        const { actor, standings } = await begin(client, token, chart, durable)
        answer = await work({ client, actor, standings, afterCommit: (then) => after.push(then) })
        await client.query('commit')
      } catch (failure) {
        await client.query('rollback').catch(() => {})
        throw translated(failure)
      } finally {
        client.release()
      }
      for (const then of after) then()
      return answer
    },
    close: () => pool.end(),
  }
}

/** Tokens, ids and times come from outside and go into a statement that takes no parameters, so their form is checked first. */
const TOKEN = /^[A-Za-z0-9_-]{20,120}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const who = 'select practice_id, person_id, session_id, purpose, subject, device, roles from app.ctx()'
const standing = (chart: string) =>
  `select (select coalesce(array_agg(t.role), '{}') from app.care_team t where t.chart_id = '${chart}' and t.person_id = (select app.me()) and t.until is null) as team,
          exists(select 1 from app.chart c where c.chart_id = '${chart}') as there, '${chart}' = any(app.own_charts()::text[]) as own`

/** One message begins the transaction, binds the token, and reads who is asking and how they stand to the chart. */
async function begin(client: pg.PoolClient, token: string, chart: string | undefined, durable: boolean) {
  if (!TOKEN.test(token)) throw new Problem('sign-in.needed')
  if (chart !== undefined && !UUID.test(chart)) throw new Problem('chart.unseen')
  const lines = ['begin', `set local app.token = '${token}'`, ...(durable ? [] : ['set local synchronous_commit = off']), who, ...(chart ? [standing(chart)] : [])]
  const results = (await client.query(lines.join(';\n'))) as unknown as pg.QueryResult<Record<string, unknown>>[]
  const row = results[lines.indexOf(who)]?.rows[0]
  if (!row) throw new Problem('sign-in.needed')
  const actor: Actor = {
    practice: row.practice_id as string, person: row.person_id as string | null, signIn: row.session_id as string,
    purpose: row.purpose as Actor['purpose'], subject: row.subject as string | null, device: row.device as string, roles: row.roles as Role[],
  }
  const stands = chart ? results.at(-1)?.rows[0] : undefined
  return { actor, standings: stands ? standingsOf(actor, stands) : [{ relation: 'practice', roles: actor.roles } as const] }
}

function standingsOf(actor: Actor, row: Record<string, unknown>): Standing[] {
  if (!row.there) return []
  const team = row.team as Role[]
  return [
    ...(row.own ? [{ relation: 'own', roles: ['patient'] } as const] : []),
    ...(team.length > 0 ? [{ relation: 'team', roles: team } as const] : []),
    { relation: 'practice', roles: actor.roles },
  ]
}

async function connect(pool: pg.Pool) {
  return pool.connect().catch((failure: unknown) => {
    throw translated(failure)
  })
}

/** What PostgreSQL refuses in its own words, said in ours. Anything unknown passes through as the bug it is. */
export function translated(failure: unknown): unknown {
  const { code, constraint } = failure as { code?: string; constraint?: string }
  if (code === '23P01') return new Problem('plan.clash')
  if (code === '23505' && constraint === 'one_open_session_a_chart') return new Problem('session.already-open')
  if (code === '42501') return new Problem('not-allowed', { detail: { by: 'row security' } })
  if (code && /^(08|57P|53)/.test(code)) return new Problem('database.away', { detail: { code } })
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code ?? '') || /Connection terminated|timeout exceeded when trying to connect/.test(String((failure as Error).message))) return new Problem('database.away')
  return failure
}
