import { randomUUID } from 'node:crypto'
import type { ContainerBody } from '../../core/ledger/container.ts'
import type { Line, LineDraft } from '../../core/ledger/line.ts'
import type { Database } from '../store/database.ts'
import { appendLines, ledgerLines, lockLedger } from '../store/ledger.ts'
import type { TestPerson } from './practice.ts'

export const label = (more: Partial<ContainerBody> = {}): ContainerBody => ({ medicine: 'racemic-ketamine', form: 'vial', strengthUg: 50_000, lot: 'A1', expires: '2027-06-30', number: 1, singleUse: false, source: 'manufacturer', supplier: 'Sample Supply', paper: '', ...more })
export const now = '2026-11-21T17:00:00.000Z'

/** A line as a program would write it that asks none of the laws: what is left is the database. Tests only. */
export function bare<Kind extends LineDraft['kind']>(kind: Kind, body: object, { person }: Pick<TestPerson, 'person'>, place: string, more: object = {}): LineDraft {
  return { id: randomUUID(), at: now, receivedAt: now, by: person, place, fits: true, kind, body, ...more } as unknown as LineDraft
}

export const writeBare = (database: Database, who: TestPerson, drafts: readonly LineDraft[], beginAt?: string): Promise<Line[]> =>
  database.inContext(who.token, { durable: false }, async (context) => { await lockLedger(context, beginAt); return appendLines(context, drafts) })

/** A place, and so many containers in it. */
export async function stock(database: Database, who: TestPerson, containers: readonly { readonly quantity: number; readonly label?: Partial<ContainerBody> }[], place: string = randomUUID()): Promise<{ place: string; containers: string[] }> {
  const ids = containers.map(() => randomUUID())
  await writeBare(database, who, [bare('place', { name: 'Cupboard', registration: '' }, who, place, { id: place }), ...containers.map(({ quantity, label: more }, at) => bare('received', label({ number: at + 1, ...more }), who, place, { id: ids[at]!, container: ids[at]!, quantity }))], now)
  return { place, containers: ids }
}

export const linesOf = (database: Database, who: TestPerson): Promise<Line[]> => database.inContext(who.token, { durable: false }, (context) => ledgerLines(context))
