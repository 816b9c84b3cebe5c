import type pg from 'pg'
import type { EntryDraft, StoredEntry } from '../../core/chart/entry.ts'
import { digestParts } from '../../core/chart/digest.ts'
import { Problem, problems, type ProblemCode } from '../http/problems.ts'
import { translated, type Actor, type Database } from './database.ts'

export interface Append {
  readonly token: string
  readonly actor: Pick<Actor, 'practice' | 'person'>
  /** The stream: a chart's own has the chart's id. */
  readonly stream: string
  readonly entries: readonly EntryDraft[]
  /** When the server took it, by the server's clock. */
  readonly receivedAt: string
  /** For the audit line. */
  readonly action: string
  /** An act writes kinds that the append route refuses. */
  readonly act?: boolean
}
export interface Numbered {
  readonly id: string
  readonly seq: number
  readonly digest: string
  readonly receivedAt: string
  /** It was here already: sending twice stores once. */
  readonly again?: boolean
}
export interface Appended {
  readonly stored: Numbered[]
  /** A clearance was once signed on this chart: new facts may reopen it. */
  readonly cleared: boolean
}

/** As the database answers, by the item's place: entries in the order sent, with their receipt where they were here already. */
interface Judged {
  readonly stored?: readonly (readonly [seq: number, digest: string, receivedAt?: string])[]
  readonly cleared?: boolean
  readonly code?: string
  readonly entry?: string
}
type Answers = Record<string, Judged>

/** Appends within a transaction somebody else has open, with the lock it holds. */
export async function appendWithin(client: pg.PoolClient, item: Append): Promise<Numbered[]> {
  return settle(item, (await call(client, [item], true))['1']).stored
}

interface Waiting {
  readonly item: Append
  readonly done: (appended: Appended) => void
  readonly failed: (why: unknown) => void
}

/**
 * Commits many people's appends together. While one transaction flushes to disk, what arrives waits, and goes in
 * the next: the busier the server, the more entries share a flush. An answer is given only after the commit.
 * A batch waits for nobody: an item whose chart is locked by an act just being judged steps aside and waits alone,
 * and if a whole batch fails for one item's sake, it is rolled back and each item is run alone.
 */
export function appendQueue(database: Database, { together = 64, alone = 2 } = {}) {
  const waiting: Waiting[] = []
  const aside: Waiting[] = []
  let flushing = false
  let waitingAlone = 0

  function pump() {
    if (!flushing && waiting.length > 0) {
      flushing = true
      void flush(waiting.splice(0, together)).finally(() => { flushing = false; pump() })
    }
    while (waitingAlone < alone && aside.length > 0) {
      waitingAlone += 1
      void runAlone(aside.shift()!).finally(() => { waitingAlone -= 1; pump() })
    }
  }

  async function flush(batch: readonly Waiting[]) {
    try {
      const answers = await call(database.pool, batch.map(({ item }) => item), false)
      for (const [at, one] of batch.entries()) {
        const answer = answers[String(at + 1)]
        if (answer?.code === 'busy') aside.push(one)
        else answerTo(one, answer)
      }
    } catch (failure) {
      const away = translated(failure)
      if (!(away instanceof Problem && away.code === 'database.away')) return void aside.push(...batch)
      for (const { failed } of batch) failed(away)
    }
  }

  async function runAlone(one: Waiting) {
    try {
      answerTo(one, (await call(database.pool, [one.item], true))['1'])
    } catch (failure) {
      one.failed(translated(failure))
    }
  }

  return (item: Append) =>
    new Promise<Appended>((done, failed) => {
      waiting.push({ item, done, failed })
      pump()
    })
}

function answerTo({ item, done, failed }: Waiting, answer: Judged | undefined) {
  try {
    done(settle(item, answer))
  } catch (refused) {
    failed(refused)
  }
}
export type AppendQueue = ReturnType<typeof appendQueue>

async function call(client: pg.Pool | pg.PoolClient, items: readonly Append[], waits: boolean): Promise<Answers> {
  const { rows } = await client.query<{ append: Answers }>({ name: 'append', text: 'select app.append($1, $2)', values: [JSON.stringify(items.map(wire)), waits] })
  return rows[0]?.append ?? {}
}

function settle({ entries, receivedAt }: Append, answer: Judged | undefined): Appended {
  const { stored, cleared = false, code, entry } = answer ?? {}
  if (stored) return { stored: entries.map(({ id }, at) => numbered(id, stored[at]!, receivedAt)), cleared }
  throw new Problem(code && Object.hasOwn(problems, code) ? (code as ProblemCode) : 'internal', { detail: entry ? { entry } : {} })
}

const numbered = (id: string, [seq, digest, before]: NonNullable<Judged['stored']>[number], receivedAt: string): Numbered =>
  before ? { id, seq, digest, receivedAt: before, again: true } : { id, seq, digest, receivedAt }

function wire({ token, actor, stream, entries, receivedAt, action, act }: Append, at: number) {
  return {
    place: String(at + 1), token, stream, receivedAt, action, act: act ?? false,
    entries: entries.map((entry) => {
      const [p0, p1, p2] = digestParts({ ...entry, by: actor.person ?? '', chart: stream, practice: actor.practice, receivedAt })
      return { ...entry, p0, p1, p2 }
    }),
  }
}

/** The entries as everybody will read them, once the numbers are known. Those that were here already are left out. */
export function asStored(item: Append, numbered: readonly Numbered[]): StoredEntry[] {
  const byId = new Map(numbered.map((each) => [each.id, each]))
  return item.entries.flatMap((entry) => {
    const known = byId.get(entry.id)
    return known && !known.again ? [{ ...entry, by: item.actor.person ?? '', seq: known.seq, receivedAt: known.receivedAt, digest: known.digest } as StoredEntry] : []
  })
}
