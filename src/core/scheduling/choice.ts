import { pricedBy, type Market, type Priced, type Use } from './market.ts'

/**
 * A choice among plans: of every row at least so much and at most so much, at the least cost. A solver answers it from
 * outside, since core has none: with `whole` each column is taken or not, without it a column may be taken in part.
 */
export interface ChoiceModel {
  readonly whole: boolean
  readonly columns: readonly { readonly cost: number; readonly rows: readonly number[] }[]
  readonly rows: readonly { readonly least: number; readonly most: number }[]
}

export interface Choice {
  /** How much of each column. */
  readonly values: readonly number[]
  /** By how much the cost would change if a row might hold one more; of a choice in parts only. */
  readonly duals: readonly number[]
}

/** Whoever solves a choice. The same model has to get the same answer. */
export type Chooser = (model: ChoiceModel) => Promise<Choice>

/** One way to plan one patient: what it costs, and what it takes from the practice. */
export interface Column {
  readonly patient: number
  readonly cost: number
  readonly uses: readonly Use[]
}

export interface Master extends ChoiceModel {
  /** What each row is about; the first rows are the patients', one each. */
  readonly moments: readonly { readonly key: string; readonly atMs: number }[]
}

/**
 * One plan for each patient or none, which costs `unplaced`; nothing taken by more than may take it at once. Times that
 * overlap all share a moment, so a row for each moment after which something ends says all there is to say.
 */
export function masterOf(columns: readonly Column[], unplaced: readonly number[], most: (key: string) => number, whole: boolean): Master {
  const rowsOf = columns.map(({ patient }) => [patient])
  const rows: { least: number; most: number }[] = unplaced.map(() => ({ least: 1, most: 1 }))
  const moments: { key: string; atMs: number }[] = []
  for (const [key, uses] of usesByKey(columns)) {
    for (const { atMs, together } of crowds(uses)) {
      if (together.length <= most(key) || together.every((one) => columns[one]!.patient === columns[together[0]!]!.patient)) continue
      for (const one of together) rowsOf[one]!.push(rows.length)
      rows.push({ least: -Infinity, most: most(key) })
      moments.push({ key, atMs })
    }
  }
  return { whole, rows, moments, columns: [...columns.map(({ cost }, i) => ({ cost, rows: rowsOf[i]! })), ...unplaced.map((cost, patient) => ({ cost, rows: [patient] }))] }
}

/** What the solver's duals ask for each moment, and what each patient's plan is worth at most. */
export function pricesOf(master: Master, { duals }: Choice): { readonly market: Market; readonly prices: readonly Priced[]; readonly worth: readonly number[] } {
  const patients = master.rows.length - master.moments.length
  const prices = master.moments.flatMap((moment, i): readonly Priced[] => {
    const price = -(duals[patients + i] ?? 0)
    return price > 1e-9 ? [{ ...moment, price }] : []
  })
  return { market: pricedBy(prices), prices, worth: duals.slice(0, patients) }
}

interface HeldUse extends Use {
  readonly column: number
}

function usesByKey(columns: readonly Column[]): ReadonlyMap<string, readonly HeldUse[]> {
  const byKey = new Map<string, HeldUse[]>()
  for (const [column, { uses }] of columns.entries()) {
    for (const use of uses) {
      const here = byKey.get(use.key) ?? []
      here.push({ ...use, column })
      byKey.set(use.key, here)
    }
  }
  return byKey
}

/** Every moment at which something has begun and is followed by an end, with all that have it then. */
function* crowds(uses: readonly HeldUse[]): Generator<{ readonly atMs: number; readonly together: readonly number[] }> {
  const events = uses.flatMap((use) => [{ ms: use.fromMs, use, begins: true }, { ms: use.toMs, use, begins: false }]).toSorted((a, b) => a.ms - b.ms || Number(a.begins) - Number(b.begins))
  const open = new Set<HeldUse>()
  for (const [i, { ms, use, begins }] of events.entries()) {
    if (!begins) {
      open.delete(use)
      continue
    }
    open.add(use)
    if (events[i + 1]?.begins === false) yield { atMs: ms, together: [...new Set([...open].map(({ column }) => column))] }
  }
}
