import { randomUUID } from 'node:crypto'
import { medicineKinds, takeOver } from '../../core/ledger/take-over.ts'
import { openLedger } from '../../core/ledger/ledger.ts'
import type { Line, LineDraft } from '../../core/ledger/line.ts'
import { appendLines, entriesToTakeOver, ledgerHead, ledgerLines, lockLedger } from '../store/ledger.ts'
import { practiceRow } from '../store/practice.ts'
import { asJob } from './job.ts'
import type { Shell } from './shell.ts'

/** Whoever signs holds the ledger and then asks for a connection like this one: nobody waits here for long, and a job comes again. */
const WAITS_MS = 2_000

/** Whether the drug ledger has to hear of what was just appended. */
export const concernsLedger = (kind: string): boolean => (medicineKinds as readonly string[]).includes(kind)

/**
 * Takes over what charts say about medicine, each entry once, however late it came: under the lock on the ledger, in one
 * transaction. What a crash took back is found again by the next sweep. Nothing is refused; what does not fit is kept as
 * said. Answers how many lines were written.
 */
export async function takeOverEntries({ database }: Pick<Shell, 'database'>, practice: string, until?: string): Promise<number> {
  // Asked without the lock first: most sweeps find nothing, and hold nobody up.
  const waiting = await asJob({ database }, practice, async (client) => {
    const asked = { client, actor: { practice } as never }
    const head = await ledgerHead(asked)
    return head !== undefined && (await entriesToTakeOver(asked, head, until)).length > 0
  })
  if (!waiting) return 0
  return asJob({ database }, practice, async (client) => {
    const asked = { client, actor: { practice } as never }
    await client.query(`set local lock_timeout = ${WAITS_MS}`)
    const head = await lockLedger(asked)
    if (!head) return 0
    const { zone } = await practiceRow(asked)
    const { ledger, add } = openLedger(await ledgerLines(asked), zone)
    const written: Line[] = []
    for (const entry of await entriesToTakeOver(asked, head, until)) {
      const newest = ledger.lines.at(-1)?.receivedAt ?? head.at
      const line = takeOver(ledger, entry, { id: randomUUID(), receivedAt: newest > entry.receivedAt ? newest : entry.receivedAt }, zone)
      if (!line) continue
      const stored = await kept(asked, line)
      written.push(stored)
      add(stored)
    }
    return written.length
  }, true)
}

/** What the database refuses, although the ledger was asked, is kept as said all the same: one line never holds up the others. */
async function kept(asked: Parameters<typeof appendLines>[0], line: LineDraft): Promise<Line> {
  await asked.client.query('savepoint one_line')
  try {
    return (await appendLines(asked, [line]))[0]!
  } catch {
    await asked.client.query('rollback to savepoint one_line')
    const { container: _container, quantity: _quantity, of: _of, ...said } = line
    return (await appendLines(asked, [{ ...said, fits: false, body: { ...line.body, why: 'refused' } } as LineDraft]))[0]!
  }
}
