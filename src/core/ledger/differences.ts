import { localDay, plusDaysOf } from '../shared/local-day.ts'
import type { Day, Instant } from '../shared/time.ts'
import { measureOf, showContainer, showQuantity } from './container.ts'
import { isSettled, mayWitness } from './laws.ts'
import type { ContainerNow, LedgerNow } from './ledger.ts'
import type { Adjust, Line, LineOf } from './line.ts'
import type { LedgerRows } from './rows.ts'

export type DifferenceKind = 'law' | 'unfit' | 'draw' | 'count' | 'gone' | 'witness' | 'remainder'

/** Something that does not come out, and stays until it does or two people have signed why. */
export interface Difference {
  /** The same for everybody who reads the same lines. */
  readonly key: string
  readonly kind: DifferenceKind
  readonly since: Instant
  readonly line: string
  readonly place: string
  readonly container?: string | undefined
  readonly chart?: string | undefined
  readonly session?: string | undefined
  readonly says: string
  /** Beyond what the rules call a slip, or gone: the duties to tell others are shown. */
  readonly incident: boolean
  /** What explaining it would put right in the stock. */
  readonly adjust?: Adjust | undefined
  /** By whom it is explained already; a second person has yet to sign. */
  readonly resolved?: LineOf<'resolved'> | undefined
  /** How much there is to waste, of that draw or of that container. */
  readonly left?: number | undefined
  /** How it ends: by a signature, by an act, or by an explanation that two people sign. */
  readonly ends: 'signature' | 'waste' | 'explanation'
}

/** Everything that does not come out. What nobody wrote down is here as well: silence never reads as fine. */
export function differencesOf(ledger: LedgerNow, rows: LedgerRows): readonly Difference[] {
  const found = [...broken(ledger), ...unfit(ledger), ...drawn(ledger), ...counted(ledger, rows), ...gone(ledger), ...unwitnessed(ledger), ...remainders(ledger)]
  return found.filter(({ key }) => !isSettled(ledger, key)).map((one) => ({ ...one, resolved: ledger.resolutions.get(one.key) })).toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.key < b.key ? -1 : 1))
}

const about = (line: Line) => ({ since: line.at, line: line.id, place: line.place, container: line.container, chart: line.chart, session: line.session, incident: false })
const boxSays = ({ label }: Pick<ContainerNow, 'label'>) => showContainer(label)

const broken = ({ broken: found, lineOf }: LedgerNow): Difference[] => found.map(({ line, seq, says }) => ({ ...about(lineOf(line)!), key: `law:${line}`, kind: 'law', says: `Line ${seq} goes against a law of this ledger. ${says}`, incident: true, ends: 'explanation' }))

/** Why what a chart says does not fit, as words. */
export const unfitSays: Readonly<Record<string, string>> = {
  'no-draw': 'A dose was given, and no draw from the stock is written down for it.', corrected: 'A dose that stands in the ledger was put right on its chart. See whether the ledger still says what happened.',
  'no-waste': 'Somebody signed as the witness of a waste that is not in the ledger.', below_zero: 'More was taken than the ledger has in it.', expired: 'It was drawn after its lot had expired.',
  single_use: 'It was drawn from a single-use container that had been opened for somebody else.', container: 'It was drawn from something that was never received here.', place: 'It was drawn from something that stands at another place.',
  draw: 'More came out of a draw than was drawn, or it came from another one.', twice: 'The same thing was written down twice.', witness: 'The witness drew it, gave it or wasted it.', pieces: 'The dose is no whole number of pieces.', medicine: 'Another medicine was drawn than was ordered.', order: 'The dose names no order.',
}

function unfit({ lines, containers }: LedgerNow): Difference[] {
  return lines.flatMap((line): Difference[] => {
    if (line.fits) return []
    const why = 'why' in line.body ? line.body.why ?? '' : ''
    const box = line.container === undefined ? undefined : containers.get(line.container)
    const can = box && line.kind === 'drawn' && line.quantity !== undefined && line.quantity > 0 && box.onHand > 0 ? { container: box.id, way: 'less' as const, quantity: Math.min(line.quantity, box.onHand) } : undefined
    const said = 'said' in line.body && line.body.said ? ` The chart says: ${line.body.said}.` : ''
    return [{ ...about(line), key: `unfit:${line.id}`, kind: 'unfit', says: `${unfitSays[why] ?? 'A chart says what this ledger does not bear out.'}${said}`, adjust: can, ends: 'explanation' }]
  })
}

function drawn({ draws, containers }: LedgerNow): Difference[] {
  return [...draws.values()].filter(({ left }) => left > 0).map(({ line, left, gave }) => {
    const box = containers.get(line.container!)!
    const amount = showQuantity(left, box.label.form)
    return { ...about(line), key: `draw:${line.id}`, kind: 'draw', left, says: gave ? `${amount} of a draw from ${boxSays(box)} were left after the dose. What became of it is not written down.` : `${amount} were drawn from ${boxSays(box)}. Neither a dose nor a waste is written down for it.`, ends: gave ? 'waste' : 'explanation' }
  })
}

/** Only the newest count of a container speaks; an older one was overtaken by it: both put right, the same would be missing twice. */
function counted({ lines, containers }: LedgerNow, { incidentUl, incidentShare }: LedgerRows): Difference[] {
  const newest = newestCounts(lines)
  return lines.flatMap((line): Difference[] => {
    if (line.kind !== 'counted' || line.quantity === undefined || line.quantity === line.body.expected || newest.get(line.container!) !== line.id) return []
    const box = containers.get(line.container!)
    if (!box) return []
    const apart = Math.abs(line.quantity - line.body.expected)
    const far = (measureOf(box.label.form) === 'ul' && apart > incidentUl.value) || apart * 100 > incidentShare.value * line.body.expected
    const [was, is, by] = [line.body.expected, line.quantity, apart].map((quantity) => showQuantity(quantity, box.label.form))
    return [{ ...about(line), key: countKey(line), kind: 'count', incident: far, says: `${boxSays(box)}: ${is} counted, ${was} expected. That is ${by} too ${line.quantity < line.body.expected ? 'little' : 'much'}.`, adjust: { container: box.id, way: line.quantity < line.body.expected ? 'less' : 'more', quantity: apart }, ends: 'explanation' }]
  })
}

const newestCounts = (lines: readonly Line[]): ReadonlyMap<string, string> => new Map(lines.flatMap(({ kind, container, id }) => (kind === 'counted' && container !== undefined ? [[container, id] as const] : [])))

/** Whether the count that a difference came from was overtaken by a newer one: nothing is put right by it any more. */
export function isOvertaken({ lines }: LedgerNow, difference: string): boolean {
  const count = lines.find((line) => line.kind === 'counted' && countKey(line) === difference)
  return count?.container !== undefined && newestCounts(lines).get(count.container) !== count.id
}
const countKey = ({ id }: Line) => `count:${id}`

function gone({ lines, containers }: LedgerNow): Difference[] {
  return lines.flatMap((line): Difference[] => {
    const box = line.container === undefined ? undefined : containers.get(line.container)
    if (line.kind !== 'lost' || !box || (line.body.what !== 'missing' && line.body.what !== 'stolen')) return []
    return [{ ...about(line), key: `gone:${line.id}`, kind: 'gone', incident: true, says: `${showQuantity(line.quantity ?? 0, box.label.form)} of ${boxSays(box)} ${line.body.what === 'stolen' ? 'were stolen' : 'are missing'}: ${line.body.why}`, ends: 'explanation' }]
  })
}

/** A name counts only while it is still somebody else's: who gave the dose may be known after the waste was signed. */
function unwitnessed(ledger: LedgerNow): Difference[] {
  return ledger.lines.flatMap((line): Difference[] => {
    const needs = line.fits && (line.kind === 'wasted' || line.kind === 'destroyed' || (line.kind === 'lost' && (line.body.what === 'broken' || line.body.what === 'spilled')))
    if (!needs || ledger.witnesses(line.id).some(({ by }) => mayWitness(ledger, line.id, by))) return []
    const box = ledger.containers.get(line.container!)
    const what = line.kind === 'wasted' ? 'wasted' : line.kind === 'destroyed' ? 'destroyed' : 'lost'
    return [{ ...about(line), key: `witness:${line.id}`, kind: 'witness', says: `${box ? `${showQuantity(line.quantity ?? 0, box.label.form)} of ${boxSays(box)}` : 'Something'} ${what}, and nobody else has signed for it.`, ends: 'signature' }]
  })
}

/** What is left in a single-use container that was opened goes to nobody else. */
const remainders = ({ containers, lineOf }: LedgerNow): Difference[] => [...containers.values()].filter(({ label, onHand, draws }) => label.singleUse && draws.length > 0 && onHand > 0).map((box) => ({
  ...about(lineOf(box.draws.at(-1)!)!), key: `remainder:${box.id}`, kind: 'remainder', left: box.onHand, says: `${showQuantity(box.onHand, box.label.form)} are left in ${boxSays(box)}, which was opened for one person. Waste it with a witness.`, ends: 'waste',
}))

/** When everything at a place was last counted at once, and by when it is counted again. */
export function countDue({ containers, lines, places }: LedgerNow, place: string, { countEveryMonths }: LedgerRows, zone: string): { readonly last?: Instant | undefined; readonly by: Day } {
  const opened = places.get(place)!
  const acts = new Map<string, { at: Instant; seq: number; containers: Set<string> }>()
  for (const line of lines) {
    if (line.kind !== 'counted' || line.place !== place) continue
    const one = acts.get(line.body.act) ?? { at: line.at, seq: line.seq, containers: new Set<string>() }
    one.containers.add(line.container!)
    acts.set(line.body.act, one)
  }
  const whole = [...acts.values()].filter(({ seq, containers: had }) => [...containers.values()].every((box) => box.place !== place || box.received.seq > seq || had.has(box.id) || box.onHand === 0))
  const last = whole.toSorted((a, b) => a.seq - b.seq).at(-1)?.at
  return { last, by: plusDaysOf(localDay(last ?? opened.at, zone), Math.floor((countEveryMonths.value * DAYS_A_YEAR) / 12)) }
}
const DAYS_A_YEAR = 365
