import type { Instant } from '../shared/time.ts'
import { amountUg, type ContainerBody } from './container.ts'
import { moves, type LedgerNow } from './ledger.ts'
import type { Line } from './line.ts'

/** One line as an inspector reads it: what happened, to which container, and how much was in it afterwards. */
export interface LogLine {
  readonly line: Line
  readonly label: ContainerBody | undefined
  readonly amountUg: number | undefined
  readonly onHandAfter: number | undefined
  readonly witnesses: readonly Line[]
  /** It happened in a period that was closed before it was written down. */
  readonly cameLate: boolean
}

export interface LotTotals {
  readonly place: string
  readonly lot: string
  readonly label: Pick<ContainerBody, 'medicine' | 'form' | 'strengthUg' | 'lot' | 'expires'>
  readonly opening: number
  readonly received: number
  readonly given: number
  readonly wasted: number
  readonly lost: number
  readonly away: number
  readonly moved: number
  readonly adjusted: number
  /** Drawn and not accounted for: in a syringe, or nobody knows. */
  readonly drawn: number
  readonly closing: number
}

export interface Period { readonly from: Instant; readonly until: Instant; readonly place: string }

/** The lines of a place that were written from one moment until before another, and what each lot came to. Opening, with all that came and went, is closing. */
export function logOf(ledger: LedgerNow, { from, until, place }: Period): { readonly lines: readonly LogLine[]; readonly lots: readonly LotTotals[] } {
  const onHand = new Map<string, number>()
  const lines: LogLine[] = []
  const closed: Instant[] = []
  for (const line of ledger.lines) {
    if (line.container !== undefined) onHand.set(line.container, (onHand.get(line.container) ?? 0) + moves(line))
    const late = closed.some((through) => line.at <= through)
    if (line.kind === 'closed' && line.place === place) closed.push(line.body.through)
    const here = line.place === place || (line.kind === 'transferred' && line.body.from === place)
    if (!here || line.receivedAt < from || line.receivedAt >= until || line.kind === 'witnessed') continue
    const label = line.container === undefined ? undefined : ledger.containers.get(line.container)?.label
    lines.push({
      line, label, amountUg: label && line.quantity !== undefined ? amountUg(line.quantity, label) : undefined, onHandAfter: line.container === undefined ? undefined : onHand.get(line.container),
      witnesses: ledger.witnesses(line.id), cameLate: late,
    })
  }
  return { lines, lots: lotsOf(ledger, { from, until, place }) }
}

type Sum = { -readonly [Key in keyof LotTotals]: LotTotals[Key] }
const EMPTY = { opening: 0, received: 0, given: 0, wasted: 0, lost: 0, away: 0, moved: 0, adjusted: 0, drawn: 0, closing: 0 }

function lotsOf(ledger: LedgerNow, { from, until, place }: Period): LotTotals[] {
  const sums = new Map<string, Sum>()
  for (const line of ledger.lines) {
    const box = line.container === undefined || !line.fits ? undefined : ledger.containers.get(line.container)
    if (!box || line.receivedAt >= until) continue
    const { medicine, form, strengthUg, lot, expires } = box.label
    const key = [medicine, form, strengthUg, lot, expires].join('|')
    const sum = sums.get(key) ?? { place, lot, label: { medicine, form, strengthUg, lot, expires }, ...EMPTY }
    sums.set(key, sum)
    add(sum, line, line.receivedAt >= from, place)
  }
  return [...sums.values()].filter((sum) => Object.keys(EMPTY).some((key) => sum[key as keyof typeof EMPTY] !== 0)).toSorted((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : 0))
}

function add(sum: Sum, line: Line, within: boolean, place: string): void {
  const quantity = line.quantity ?? 0
  const across = line.kind === 'transferred' ? (line.place === place ? quantity : line.body.from === place ? -quantity : 0) : 0
  if (line.kind !== 'transferred' && line.place !== place) return
  const change = line.kind === 'transferred' ? across : moves(line)
  sum.closing += change
  if (!within) { sum.opening += change; return }
  if (line.kind === 'received') sum.received += quantity
  if (line.kind === 'transferred') sum.moved += across
  if (line.kind === 'adjusted') sum.adjusted += moves(line)
  if (line.kind === 'destroyed' || line.kind === 'sent-away') sum.away += quantity
  if (line.kind === 'given') sum.given += quantity
  if (line.kind === 'wasted') sum.wasted += quantity
  if (line.kind === 'lost') sum.lost += quantity
  if (line.kind === 'drawn') sum.drawn += quantity
  if (line.of !== undefined && (line.kind === 'given' || line.kind === 'wasted' || line.kind === 'lost' || line.kind === 'returned')) sum.drawn -= quantity
}
