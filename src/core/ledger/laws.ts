import { localDay } from '../shared/local-day.ts'
import type { Day, Instant } from '../shared/time.ts'
import { measureOf } from './container.ts'
import type { LedgerNow } from './ledger.ts'
import type { Line, LineDraft } from './line.ts'

/** Why a line cannot stand in this ledger. The same codes as the database's own constraints. */
export interface LineRefused { readonly code: LawCode; readonly says: string }
export type LawCode = 'follows' | 'closed' | 'place' | 'container' | 'about' | 'below_zero' | 'expired' | 'single_use' | 'draw' | 'count' | 'witness' | 'adjusted' | 'balance' | 'order' | 'twice' | 'shape'

type Judged = Omit<LineDraft, 'at'> & LineDraft & { readonly seq?: number }
const no = (code: LawCode, says: string): LineRefused => ({ code, says })

/**
 * The laws of the ledger, asked of one line against all that stands before it. The database asks the same once more.
 * Times are compared as text; `zone` is the practice's, for the last day on a label.
 */
export function refusalOf(ledger: LedgerNow, line: Judged, zone: string): LineRefused | undefined {
  return outOfOrder(ledger, line) ?? ofShape(line) ?? inAnotherPlace(ledger, line) ?? (line.fits ? byKind(ledger, line, zone) : undefined)
}

function outOfOrder({ lines, closedThrough, lineOf, takenOver }: LedgerNow, line: Judged): LineRefused | undefined {
  const last = lines.at(-1)
  if (line.seq !== undefined && line.seq !== lines.length + 1) return no('follows', 'A line follows the one before it.')
  if (last && line.receivedAt < last.receivedAt) return no('closed', 'A line is never written before the one above it.')
  const through = closedThrough.get(line.place)
  if (through !== undefined && line.receivedAt <= through) return no('closed', 'This period is closed. What was wrong in it is put right by a line of today.')
  if (lineOf(line.id)) return no('twice', 'A line with this id stands here already.')
  if (line.entry !== undefined && line.chart !== undefined && takenOver(line.chart, line.entry)) return no('twice', 'This entry of a chart was taken over already.')
  return undefined
}

const WITHOUT_QUANTITY: readonly LineDraft['kind'][] = ['place', 'witnessed', 'resolved', 'closed']
const KEPT_ANYWAY: readonly LineDraft['kind'][] = ['drawn', 'given', 'wasted', 'witnessed']
function ofShape({ kind, fits, entry, chart, container, quantity }: Judged): LineRefused | undefined {
  if ((entry === undefined) !== (chart === undefined)) return no('shape', 'An entry stands on a chart.')
  if (!fits) return entry !== undefined && KEPT_ANYWAY.includes(kind) ? undefined : no('shape', 'Only what a chart says is kept without fitting.')
  if (WITHOUT_QUANTITY.includes(kind)) return undefined
  return container === undefined || quantity === undefined || quantity < (kind === 'counted' ? 0 : 1) ? no('shape', 'It says nothing about how much of what.') : undefined
}

function inAnotherPlace({ places, containers }: LedgerNow, line: Judged): LineRefused | undefined {
  if (line.kind !== 'place' && !places.has(line.place)) return no('place', 'There is no such place.')
  if (line.container === undefined || line.kind === 'received') return undefined
  const container = containers.get(line.container)
  if (!container) return no('container', 'This vial, bottle or box was never received here.')
  if (line.fits && line.kind !== 'transferred' && container.place !== line.place) return no('place', 'It stands at another place.')
  return undefined
}

function byKind(ledger: LedgerNow, line: Judged, zone: string): LineRefused | undefined {
  switch (line.kind) {
    case 'place': case 'resolved': case 'received': return ofReceipt(ledger, line)
    case 'drawn': return ofDraw(ledger, line, zone)
    case 'given': return line.body.order === undefined ? no('order', 'A dose stands on an order.') : outOfDraw(ledger, line)
    case 'wasted': case 'lost': return line.of === undefined ? outOfContainer(ledger, line) : outOfDraw(ledger, line)
    case 'returned': return poured(ledger, line) ? no('draw', 'What is in a syringe never goes back into a vial.') : outOfDraw(ledger, line)
    case 'destroyed': case 'sent-away': return outOfContainer(ledger, line)
    case 'counted': return line.body.expected === onHand(ledger, line) ? undefined : no('count', 'Something else is expected in it by now.')
    case 'witnessed': return ofWitness(ledger, line)
    case 'adjusted': return ofAdjustment(ledger, line)
    case 'transferred': return ofTransfer(ledger, line)
    case 'closed': return ofClosing(ledger, line)
  }
}

const boxOf = ({ containers }: LedgerNow, { container }: Judged) => (container === undefined ? undefined : containers.get(container))
const onHand = (ledger: LedgerNow, line: Judged): number => boxOf(ledger, line)?.onHand ?? 0
const poured = (ledger: LedgerNow, line: Judged): boolean => { const box = boxOf(ledger, line); return box !== undefined && measureOf(box.label.form) === 'ul' }
const outOfContainer = (ledger: LedgerNow, line: Judged) => (onHand(ledger, line) < (line.quantity ?? 0) ? no('below_zero', 'There is not so much in it.') : undefined)

function ofReceipt({ resolutions, containers }: LedgerNow, line: Judged): LineRefused | undefined {
  if (line.kind === 'resolved') return resolutions.has(line.body.difference) ? no('twice', 'Somebody explained this difference already.') : undefined
  if (line.kind === 'place') return line.place === line.id ? undefined : no('place', 'A place is named by its own line.')
  return line.container !== line.id ? no('container', 'A container is named by the line it was received by.') : containers.has(line.id) ? no('twice', 'It was received already.') : undefined
}

function ofDraw(ledger: LedgerNow, line: Judged, zone: string): LineRefused | undefined {
  const box = boxOf(ledger, line)!
  if (isPast(box.label.expires, line.at, zone)) return no('expired', `This lot expired on ${box.label.expires}.`)
  if (box.label.singleUse && box.draws.some((id) => ledger.draws.get(id)?.line.session !== line.session)) return no('single_use', 'It is for one person, and was opened for somebody else.')
  return outOfContainer(ledger, line)
}

/** A wall's day is at most one day ahead of the one in UTC: only around that day is the wall's clock asked. */
const isPast = (lastDay: Day, at: Instant, zone: string): boolean => lastDay <= at.slice(0, lastDay.length) && lastDay < localDay(at, zone)

function outOfDraw({ draws }: LedgerNow, line: Judged): LineRefused | undefined {
  const draw = line.of === undefined ? undefined : draws.get(line.of)
  if (!draw || draw.line.container !== line.container) return no('draw', 'This was not drawn from that container.')
  if (line.kind === 'given' && draw.gave) return no('twice', 'This draw was given already.')
  return draw.left < (line.quantity ?? 0) ? no('draw', 'No more comes out of a draw than was drawn.') : undefined
}

const WITNESSED: readonly LineDraft['kind'][] = ['wasted', 'lost', 'destroyed', 'resolved']
/** Whether somebody may put their name beside a line: never who did it, drew it or gave the dose it was left from. */
export function mayWitness({ lineOf, draws }: LedgerNow, about: string, person: string): boolean {
  const line = lineOf(about)
  if (!line || !line.fits || !WITNESSED.includes(line.kind) || line.by === person) return false
  const draw = line.of === undefined ? undefined : draws.get(line.of)
  return draw?.line.by !== person && draw?.gave?.by !== person
}

function ofWitness(ledger: LedgerNow, line: Judged): LineRefused | undefined {
  if (line.of !== undefined && ledger.witnesses(line.of).some(({ by }) => by === line.by)) return no('twice', 'This person has signed it already.')
  return line.of !== undefined && mayWitness(ledger, line.of, line.by) ? undefined : no('witness', 'Whoever drew it, gave it or did it does not witness it; somebody else signs.')
}

function ofAdjustment(ledger: LedgerNow, line: Judged): LineRefused | undefined {
  const about = line.of === undefined ? undefined : ledger.lineOf(line.of)
  const adjust = about?.kind === 'resolved' ? about.body.adjust : undefined
  if (line.kind !== 'adjusted' || !adjust || adjust.container !== line.container || adjust.way !== line.body.way || adjust.quantity !== line.quantity) return no('adjusted', 'Stock is put right by a difference that was explained.')
  if (ledger.witnesses(line.of!).length === 0) return no('adjusted', 'Stock is put right when a second person has signed.')
  if (ledger.lines.some(({ kind, of }) => kind === 'adjusted' && of === line.of)) return no('twice', 'This was put right already.')
  return adjust.way === 'less' ? outOfContainer(ledger, line) : undefined
}

function ofTransfer(ledger: LedgerNow, line: Judged): LineRefused | undefined {
  const box = boxOf(ledger, line)!
  if (line.kind !== 'transferred' || line.body.from !== box.place || line.place === box.place) return no('place', 'It moves from where it stands to somewhere else.')
  return line.quantity === box.onHand ? undefined : no('place', 'A container moves whole.')
}

function ofClosing(ledger: LedgerNow, line: Judged): LineRefused | undefined {
  if (line.kind !== 'closed' || line.body.through >= line.receivedAt) return no('closed', 'A period is closed when it is over.')
  const open = [...ledger.draws.values()].find((draw) => draw.line.place === line.place && draw.left !== 0 && !isSettled(ledger, `draw:${draw.line.id}`))
  return open ? no('balance', 'A draw of this place has not come out: it is given, wasted, put back or explained first.') : undefined
}

/** A difference is settled when one person has said how it came, and another one has signed that. */
export function isSettled({ resolutions, witnesses }: LedgerNow, difference: string): boolean {
  const resolved = resolutions.get(difference)
  return resolved !== undefined && witnesses(resolved.id).length > 0
}

/** The last word on a whole ledger: what was received is what is there, what is in syringes, and what went out. */
export function comesOut({ lines, containers, draws }: LedgerNow): boolean {
  const sum = (container: string, kinds: readonly Line['kind'][], keep: (line: Line) => boolean = () => true) => lines.reduce((total, line) => total + (line.fits && line.container === container && kinds.includes(line.kind) && keep(line) ? line.quantity ?? 0 : 0), 0)
  return [...containers.values()].every(({ id, onHand: there }) => {
    const put = sum(id, ['received']) + sum(id, ['adjusted'], (line) => line.kind === 'adjusted' && line.body.way === 'more')
    const out = sum(id, ['given', 'wasted', 'lost', 'destroyed', 'sent-away']) + sum(id, ['adjusted'], (line) => line.kind === 'adjusted' && line.body.way === 'less')
    const held = [...draws.values()].reduce((total, draw) => total + (draw.line.container === id ? draw.left : 0), 0)
    return put === there + held + out && there >= 0
  })
}
