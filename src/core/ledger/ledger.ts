import type { Instant } from '../shared/time.ts'
import type { ContainerBody } from './container.ts'
import type { Line, LineDraft, LineOf } from './line.ts'
import { refusalOf } from './laws.ts'

export interface ContainerNow {
  readonly id: string
  readonly label: ContainerBody
  readonly received: LineOf<'received'>
  /** Where it stands. */
  readonly place: string
  readonly onHand: number
  /** What was drawn from it, in which session, oldest first. */
  readonly draws: readonly string[]
}

/** One draw and what became of it. It comes out when nothing is left of it. */
export interface DrawNow {
  readonly line: LineOf<'drawn'>
  readonly given: number
  readonly wasted: number
  readonly returned: number
  readonly lost: number
  readonly left: number
  readonly gave: LineOf<'given'> | undefined
}

/** What the ledger says now: nothing of it is stored, all of it is read from the lines. */
export interface LedgerNow {
  readonly lines: readonly Line[]
  readonly lineOf: (id: string) => Line | undefined
  /** The line that an entry of a chart was taken over by. An id is one on its own chart only. */
  readonly takenOver: (chart: string, entry: string) => Line | undefined
  readonly places: ReadonlyMap<string, LineOf<'place'>>
  readonly containers: ReadonlyMap<string, ContainerNow>
  readonly draws: ReadonlyMap<string, DrawNow>
  /** Signatures that stand beside a line, each by somebody else than whoever did it. */
  readonly witnesses: (line: string) => readonly LineOf<'witnessed'>[]
  /** How a difference was explained, and by whom it was signed as well. */
  readonly resolutions: ReadonlyMap<string, LineOf<'resolved'>>
  /** Up to when a place is closed. */
  readonly closedThrough: ReadonlyMap<string, Instant>
  /** What a law of the ledger refuses in lines that stand here all the same. Empty, unless somebody went past the database. */
  readonly broken: readonly { readonly line: string; readonly seq: number; readonly code: string; readonly says: string }[]
}

/** Which way a line moves what is in its container. */
export function moves(line: LineDraft): number {
  if (!line.fits || line.quantity === undefined) return 0
  switch (line.kind) {
    case 'received': case 'returned': return line.quantity
    case 'drawn': case 'destroyed': case 'sent-away': return -line.quantity
    case 'wasted': case 'lost': return line.of === undefined ? -line.quantity : 0
    case 'adjusted': return line.body.way === 'more' ? line.quantity : -line.quantity
    default: return 0
  }
}

/** Reads a ledger from its first line to its last, by each practice's own clock on the wall, and asks every law at every line. */
export function readLedger(lines: readonly Line[], zone: string): LedgerNow {
  const reading = openLedger([], zone)
  for (const line of lines) reading.add(line)
  return reading.ledger
}

/** The same for whoever writes several lines, each judged by what stands before it: one reading that grows, and is never read anew. */
export function openLedger(lines: readonly Line[], zone: string): { readonly ledger: LedgerNow; readonly add: (line: Line) => void } {
  const building = begin()
  const add = (line: Line) => {
    const refused = refusalOf(building, line, zone)
    if (refused) building.broken.push({ line: line.id, seq: line.seq, code: refused.code, says: refused.says })
    put(building, line)
  }
  for (const line of lines) add(line)
  return { ledger: building, add }
}

type Building = ReturnType<typeof begin>
function begin() {
  const byId = new Map<string, Line>()
  const taken = new Map<string, Line>()
  const witnessed = new Map<string, LineOf<'witnessed'>[]>()
  return {
    lines: [] as Line[], byId, witnessed, lineOf: (id: string) => byId.get(id), taken, takenOver: (chart: string, entry: string) => taken.get(`${chart} ${entry}`), places: new Map<string, LineOf<'place'>>(), containers: new Map<string, ContainerNow>(), draws: new Map<string, DrawNow>(),
    witnesses: (line: string): readonly LineOf<'witnessed'>[] => witnessed.get(line) ?? [], resolutions: new Map<string, LineOf<'resolved'>>(), closedThrough: new Map<string, Instant>(),
    broken: [] as { line: string; seq: number; code: string; says: string }[],
  }
}

function put(building: Building, line: Line): void {
  const { byId, places, containers, draws, resolutions, closedThrough, witnessed } = building
  building.lines.push(line)
  byId.set(line.id, line)
  if (line.entry !== undefined) building.taken.set(`${line.chart} ${line.entry}`, line)
  if (!line.fits) return
  if (line.kind === 'place') places.set(line.id, line)
  if (line.kind === 'received') containers.set(line.id, { id: line.id, label: line.body, received: line, place: line.place, onHand: 0, draws: [] })
  if (line.kind === 'resolved' && !resolutions.has(line.body.difference)) resolutions.set(line.body.difference, line)
  if (line.kind === 'closed') closedThrough.set(line.place, line.body.through)
  if (line.kind === 'witnessed' && line.of !== undefined) witnessed.set(line.of, [...(witnessed.get(line.of) ?? []), line])
  const container = line.container === undefined ? undefined : containers.get(line.container)
  if (container) containers.set(container.id, { ...container, onHand: container.onHand + moves(line), ...(line.kind === 'transferred' && { place: line.place }), ...(line.kind === 'drawn' && { draws: [...container.draws, line.id] }) })
  if (line.kind === 'drawn') draws.set(line.id, { line, given: 0, wasted: 0, returned: 0, lost: 0, left: line.quantity ?? 0, gave: undefined })
  const draw = line.of === undefined ? undefined : draws.get(line.of)
  if (draw && (line.kind === 'given' || line.kind === 'wasted' || line.kind === 'returned' || line.kind === 'lost')) {
    const quantity = line.quantity ?? 0
    draws.set(draw.line.id, { ...draw, [line.kind]: draw[line.kind] + quantity, left: draw.left - quantity, ...(line.kind === 'given' && { gave: line }) })
  }
}
