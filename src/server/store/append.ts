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
type Answers = Record<string, { stored?: Numbered[]; code?: string; entry?: string }>

/** Appends within a transaction somebody else has open, with the lock it holds. */
export async function appendWithin(client: pg.PoolClient, item: Append): Promise<Numbered[]> {
  const { rows } = await client.query<{ append: Answers }>({ name: 'append', text: 'select app.append($1)', values: [JSON.stringify([wire(item)])] })
  return settle(rows[0]?.append['1'])
}

/**
 * Commits many people's appends together. While one transaction flushes to disk, what arrives waits, and goes in
 * the next: the busier the server, the more entries share a flush. An answer is given only after the commit.
 * If a whole batch fails for one item's sake, it is rolled back and each item is run alone.
 */
export function appendQueue(database: Database, { together = 64, atOnce = 2 } = {}) {
  const waiting: { item: Append; done: (stored: Numbered[]) => void; failed: (why: unknown) => void }[] = []
  let running = 0

  function pump() {
    while (running < atOnce && waiting.length > 0) {
      running += 1
      const batch = waiting.splice(0, together)
      void flush(batch).finally(() => {
        running -= 1
        pump()
      })
    }
  }

  async function flush(batch: typeof waiting) {
    try {
      const answers = await run(database, batch.map(({ item }) => item))
      batch.forEach(({ done, failed }, at) => {
        try {
          done(settle(answers[String(at + 1)]))
        } catch (refused) {
          failed(refused)
        }
      })
    } catch (failure) {
      if (batch.length === 1) return batch[0]!.failed(translated(failure))
      for (const one of batch) await flush([one])
    }
  }

  return (item: Append) =>
    new Promise<Numbered[]>((done, failed) => {
      waiting.push({ item, done, failed })
      pump()
    })
}
export type AppendQueue = ReturnType<typeof appendQueue>

async function run(database: Database, items: readonly Append[]): Promise<Answers> {
  const { rows } = await database.pool.query<{ append: Answers }>({ name: 'append', text: 'select app.append($1)', values: [JSON.stringify(items.map(wire))] })
  return rows[0]?.append ?? {}
}

function settle(answer: { stored?: Numbered[]; code?: string; entry?: string } | undefined): Numbered[] {
  if (answer?.stored) return answer.stored
  const code = answer?.code && Object.hasOwn(problems, answer.code) ? (answer.code as ProblemCode) : 'internal'
  throw new Problem(code, { detail: answer?.entry ? { entry: answer.entry } : {} })
}

function wire({ token, actor, stream, entries, receivedAt, action, act }: Append) {
  return {
    token, stream, receivedAt, action, act: act ?? false,
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
