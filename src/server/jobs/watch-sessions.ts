import type { PoolClient } from 'pg'
import type { Role } from '../../core/access/roles.ts'
import { responsibleToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { lateAt } from '../../core/session/alerts.ts'
import { callsOf, changesCalls, type Call, type CallsNow } from '../../core/session/calls.ts'
import { readSession, type SessionNow } from '../../core/session/session.ts'
import { sessionRowsOf } from '../../core/rulebook/book.ts'
import { localClock } from '../../core/shared/local-day.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { reopenedBody, reopenedNow } from '../../core/eligibility/reopened.ts'
import { reopeningRows } from '../http/follow.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { editionInForce, editionNamed, type Edition } from '../rulebook.ts'
import { readEntries, readEntriesOf, tell } from '../store/charts.ts'
import { appendFound, lockFollowed } from '../store/followed.ts'
import { staff } from '../store/practice.ts'

interface Running {
  readonly chart: string
  readonly session: string
  readonly lastSeq: number
  readonly name: string
  readonly zone: string
}

interface Watched {
  readonly entries: readonly StoredEntry[]
  readonly edition: Edition
  /** Nothing can have to be done before this moment, unless something is written. */
  readonly quietUntil: string
  /** Whether people may still have a call on their lists. */
  readonly calling: boolean
}

const WAITS_MS = 500

const seenOf = (watched: Watched | undefined): number => watched?.entries.at(-1)?.seq ?? 0

type Watcher = Pick<Shell, 'database' | 'live' | 'clock' | 'log'>

/**
 * Watches every running session for alerts that nobody has answered, and calls people: the room at once, then the care
 * team, then whoever prescribes here, then those who answer for the practice. It needs no page to be open anywhere: what
 * it reads is the record, and whom it called stands in the record. One for each server; two of them call nobody twice.
 */
export function sessionWatch(shell: Watcher) {
  const practices = new Map<string, Map<string, Watched>>()
  const adopted = new Map<string, string>()

  /** Answers how many calls were made. */
  return async function watch(practice: string): Promise<number> {
    const known = practices.get(practice) ?? new Map<string, Watched>()
    practices.set(practice, known)
    // One transaction for all rooms together, however many are written in.
    const { running, fresh } = await asJob(shell, practice, async (client) => {
      await endCalls(client, practice, shell.clock.now())
      const running = await runningSessions(client, practice)
      const written = running.map(({ chart, session, lastSeq }) => ({ stream: chart, after: seenOf(known.get(session)), lastSeq })).filter(({ after, lastSeq }) => lastSeq > after)
      return { running, fresh: await readEntriesOf({ client, actor: { practice } as never }, written) }
    })
    const here = new Set(running.map(({ session }) => session))
    for (const session of known.keys()) if (!here.has(session)) known.delete(session)
    if (running.length > 0) await newRules(practice, running).catch((failure: unknown) => shell.log.warn({ failure: String((failure as Error).message) }, 'running sessions could not be held against the edition in force, and will be again'))
    let made = 0
    for (const one of running) {
      made += await look(practice, one, fresh.get(one.chart) ?? [], known).catch((failure: unknown) => {
        known.delete(one.session)
        shell.log.warn({ session: one.session, failure: String((failure as Error).message) }, 'a running session could not be looked at, and will be looked at again')
        return 0
      })
    }
    return made
  }

  /** A session keeps its rules; what those adopted since say of its clearance is written on the chart all the same, and holds the next dose. */
  async function newRules(practice: string, running: readonly Running[]): Promise<void> {
    const edition = await asJob(shell, practice, (client) => editionInForce({ client, actor: { practice } as never }))
    if (edition.broken || adopted.get(practice) === edition.name) return
    for (const { chart, session } of running) {
      const now = shell.clock.now()
      const written = await asJob(shell, practice, async (client) => {
        await client.query(`set local lock_timeout = ${WAITS_MS}`)
        // Under the lock of whoever follows, so that two of us write it once.
        await lockFollowed(client, practice, chart)
        const entries = await readEntries({ client, actor: { practice } as never }, chart)
        const started = entries.find(({ id }) => id === session)
        if (started?.kind !== 'session-started.v1' || started.body.edition === edition.name) return undefined
        const reopened = reopenedNow(entries, now, reopeningRows(edition))
        return reopened && appendFound(client, practice, { chart, kind: 'clearance-reopened.v1', at: reopened.at, body: reopenedBody(reopened, edition.name), judgedTo: entries.at(-1)!.seq }, now)
      }, true)
      if (written) shell.live.publish(chart, [written])
    }
    adopted.set(practice, edition.name)
  }

  async function look(practice: string, running: Running, fresh: readonly StoredEntry[], known: Map<string, Watched>): Promise<number> {
    const now = shell.clock.now()
    const before = known.get(running.session)
    if (before && fresh.length === 0 && now < before.quietUntil) return 0
    const entries = [...(before?.entries ?? []), ...fresh]
    const edition = before?.edition ?? (await asJob(shell, practice, (client) => editionOf(client, practice, running, entries)))
    // What was only told or noted raises nothing: the next look waits for its time.
    if (before && now < before.quietUntil && !fresh.some(({ kind, amends }) => amends !== undefined || changesCalls.includes(kind))) { known.set(running.session, { ...before, entries }); return 0 }
    const session = sessionNow(entries, running, edition, now)
    // A session that cannot be read calls nobody, and its chart is not read whole again at every look.
    if (!session) { known.set(running.session, { entries, edition, quietUntil: plusMinutes(now, 1), calling: true }); return 0 }
    const calls = callsOf(session, edition.book.monitoring.escalation, now)
    // Rules that are not whole are asked for again at the next look; until then those that ship are watched by.
    if (edition.broken) shell.log.warn({ session: running.session, broken: edition.broken }, 'a running session is watched by the rules that ship')
    else known.set(running.session, { entries, edition, quietUntil: quietUntil(calls, session, edition, now), calling: calls.unanswered })
    if (!calls.unanswered && before?.calling !== false) await asJob(shell, practice, (client) => endCalls(client, practice, now, running.session), true)
    return calls.due.length > 0 ? call(practice, running, edition, now) : 0
  }

  /** Judged once more in the transaction that calls, so that an answer that has just come calls nobody. */
  async function call(practice: string, running: Running, edition: Edition, now: string): Promise<number> {
    const done = await asJob(shell, practice, async (client) => {
      // A chart that somebody holds is looked at again in a moment; the other rooms do not wait for it.
      await client.query(`set local lock_timeout = ${WAITS_MS}`)
      const entries = await readEntries({ client, actor: { practice } as never }, running.chart)
      const session = sessionNow(entries, running, edition, now)
      const due = session ? callsOf(session, edition.book.monitoring.escalation, now).due : []
      const written: StoredEntry[] = []
      const told: string[] = []
      const people = due.length > 0 ? await peopleOf(client, practice, running.chart) : undefined
      for (const one of due) {
        const whom = circleOf(one, session!, people!)
        const entry = await appendFound(client, practice, { chart: running.chart, kind: 'alert-escalated.v1', at: now, session: running.session, judgedTo: written.at(-1)?.seq ?? entries.at(-1)?.seq ?? 0, body: { alert: one.alert.id, circle: one.circle, told: whom.map(({ person, name }) => ({ person, name })) } }, now)
        if (!entry) break // Another of us was quicker; what is left is looked at again.
        written.push(entry)
        await tell(client, practice, whom.map(({ person }) => person), { chart: running.chart, kind: 'alert', says: saysOf(one, running), entry: running.session, at: now })
        told.push(...whom.map(({ person }) => person))
      }
      return { written, told }
    }, true)
    shell.live.publish(running.chart, done.written)
    shell.live.nudge(done.told)
    return done.written.length
  }
}

async function runningSessions(client: PoolClient, practice: string): Promise<Running[]> {
  const { rows } = await client.query<Running>(
    { name: 'running-sessions', text: `select c.chart_id as chart, c.session_id as session, s.last_seq as "lastSeq", h.display_name as name, p.zone from app.session_claim c join app.stream s on s.practice_id = c.practice_id and s.stream_id = c.chart_id
        join app.chart h on h.practice_id = c.practice_id and h.chart_id = c.chart_id join app.practice p on p.practice_id = c.practice_id where c.practice_id = $1 and not c.closed`, values: [practice] })
  return rows
}

/** A session keeps the rules it started with. */
async function editionOf(client: PoolClient, practice: string, { session }: Running, entries: readonly StoredEntry[]): Promise<Edition> {
  const started = entries.find(({ id }) => id === session)
  return editionNamed({ client, actor: { practice } as never }, started?.kind === 'session-started.v1' ? started.body.edition : '')
}

function sessionNow(entries: readonly StoredEntry[], { session, zone }: Running, { book }: Edition, now: string): SessionNow | undefined {
  const read = readSession(readChart(entries), session, sessionRowsOf(book), { now, zone })
  return read.ok ? read.value : undefined
}

/** Whatever changes without being written: the next circle, and a reading that becomes late enough to call about. No look is more than a minute old. */
function quietUntil({ nextAt }: CallsNow, { due }: SessionNow, { book: { monitoring } }: Edition, now: string): string {
  const late = due ? lateAt(due, monitoring.alerts, monitoring.escalation.levels) : []
  return [plusMinutes(now, 1), ...(nextAt === undefined ? [] : [nextAt]), ...late.filter((at) => at >= now)].toSorted()[0]!
}

interface Somebody { readonly person: string; readonly name: string }
interface People {
  readonly team: (...roles: Role[]) => Somebody[]
  readonly practice: (...roles: Role[]) => Somebody[]
  readonly answering: (told: readonly string[]) => Somebody[]
}

async function peopleOf(client: PoolClient, practice: string, chart: string): Promise<People> {
  const everybody = await staff({ client, actor: { practice } as never })
  const { rows } = await client.query<{ person: string; role: Role }>('select person_id as person, role from app.care_team where practice_id = $1 and chart_id = $2 and until is null', [practice, chart])
  const named = (ids: readonly string[]) => everybody.filter(({ person, active }) => active && ids.includes(person)).map(({ person, name }) => ({ person, name }))
  return {
    team: (...roles) => named(rows.filter(({ role }) => roles.includes(role)).map(({ person }) => person)),
    practice: (...roles) => everybody.filter((one) => one.active && one.roles.some((role) => roles.includes(role))).map(({ person, name }) => ({ person, name })),
    answering: (told) => named(responsibleToTell(everybody, told)),
  }
}

/** Each circle holds the one before: whoever has not answered is called again. Where a circle is empty, those who answer for the practice. */
function circleOf({ circle }: Call, session: SessionNow, people: People): Somebody[] {
  const room = session.present.map(({ person, name }) => ({ person, name }))
  const team = people.team('therapist', 'monitor', 'prescriber')
  const circles = [room.length > 0 ? room : team, [...room, ...team], [...room, ...team, ...people.practice('prescriber', 'medical-director')]]
  const called = circles[circle - 1] ?? [...circles.at(-1)!, ...people.answering(circles.at(-1)!.map(({ person }) => person))]
  const once = [...new Map(called.map((one) => [one.person, one])).values()]
  return once.length > 0 ? once : people.answering([])
}

/** A call ends for everybody once somebody has answered, and with its session: nobody has to say that they took over what is over. */
async function endCalls(client: PoolClient, practice: string, now: string, session?: string): Promise<void> {
  await client.query({
    name: session ? 'end-calls' : 'end-closed-calls', values: session ? [practice, now, session] : [practice, now],
    text: `update app.notice n set done_at = $2 where n.practice_id = $1 and n.kind = 'alert' and n.done_at is null and ${session ? 'n.entry_id = $3' : 'exists (select 1 from app.session_claim c where c.practice_id = n.practice_id and c.session_id = n.entry_id and c.closed)'}`,
  })
}

function saysOf({ alert, newest, circle }: Call, { name, zone }: Running): string {
  const since = circle > 1 ? ` Nobody has answered since ${localClock(alert.at, zone)}.` : ''
  return `${name}, in a medicine session: ${LEVELS[newest.level]}, ${newest.says}, ${localClock(newest.at, zone)}.${since}${circle > 2 ? ' Call the room, or go there.' : ''}`
}
const LEVELS = { yellow: 'caution', orange: 'call', red: 'emergency' } as const
