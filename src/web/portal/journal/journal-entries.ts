import type { BodyOf } from '../../../core/chart/kinds.ts'
import type { Instant } from '../../../core/shared/time.ts'
import type { Act } from '../../sync/device-store.ts'
import { call } from '../../sync/index.ts'

export interface JournalEntry {
  readonly id: string
  readonly at: Instant
  readonly body: BodyOf<'journal.v1'>
  /** Still only on this device. */
  readonly waiting: boolean
}

/** The journal as the server has it. It is a record of its own, which nobody else can open, and is not copied onto this device. */
export async function readJournal(chart: string): Promise<readonly JournalEntry[]> {
  const { entries } = await call('journal', { params: { chart }, query: {} })
  return entries.map(({ id, at, body }) => ({ id, at, body: body as BodyOf<'journal.v1'>, waiting: false }))
}

/** What the server has and what still waits here, newest first. What has arrived since it was read is shown as well. */
export function together(read: readonly JournalEntry[], waiting: readonly Act[], written: readonly JournalEntry[]): readonly JournalEntry[] {
  const here = waiting.flatMap(({ entries }) => entries.flatMap(({ id, at, body }) => [{ id, at, body: body as BodyOf<'journal.v1'>, waiting: true }]))
  const byId = new Map([...written, ...here, ...read].map((entry) => [entry.id, entry]))
  return [...byId.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1))
}
