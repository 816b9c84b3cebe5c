import { createHash } from 'node:crypto'
import type { Answer, Parsed } from '../../core/contract/contract.ts'
import { may } from '../../core/access/policy.ts'
import { showContainer } from '../../core/ledger/container.ts'
import { countDue, differencesOf, unfitSays, type Difference } from '../../core/ledger/differences.ts'
import { verifyLedger } from '../../core/ledger/digest.ts'
import { comesOut, mayWitness } from '../../core/ledger/laws.ts'
import { readLedger, type ContainerNow, type LedgerNow } from '../../core/ledger/ledger.ts'
import type { Line } from '../../core/ledger/line.ts'
import { logOf, type LogLine } from '../../core/ledger/log.ts'
import { dayEnd, dayStart, localDay } from '../../core/shared/local-day.ts'
import { ledgerRows } from '../../knowledge/ledger.ts'
import { chartNames, dosesBefore, ledgerHead, ledgerLines, type LedgerHead } from '../store/ledger.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

const NEWEST = 12

interface Reading {
  readonly ledger: LedgerNow
  readonly head: LedgerHead | undefined
  readonly zone: string
  readonly today: string
  readonly name: (person: string) => string
  readonly whom: (of: { readonly chart?: string | undefined; readonly session?: string | undefined }) => Answer<'ledger'>['differences'][number]['person']
  /** Why the ledger cannot be vouched for. */
  readonly whole: string | null
}

/** Everything about the medicine of the practice, read from the lines each time it is asked for. */
export async function ledgerShown(here: Here): Promise<Answer<'ledger'>> {
  const reading = await read(here)
  const { ledger, head, zone, today } = reading
  const log = [...ledger.places.keys()].flatMap((place) => logOf(ledger, { from: '', until: '~', place }).lines)
  const newest = [...new Map(log.map((one) => [one.line.id, one])).values()].toSorted((a, b) => b.line.seq - a.line.seq).slice(0, NEWEST)
  return {
    begun: head?.begunAt ?? null, now: here.now, dosesBefore: await dosesBefore(here, head?.begunAt), places: [...ledger.places.keys()].map((id) => placeShown(reading, id)),
    containers: [...ledger.containers.values()].filter(({ onHand, draws }) => onHand > 0 || draws.some((id) => (ledger.draws.get(id)?.left ?? 0) > 0)).map((one) => boxShown(one, today)).toSorted((a, b) => (a.label.expires < b.label.expires ? -1 : a.label.expires > b.label.expires ? 1 : a.label.number - b.label.number)),
    differences: differencesOf(ledger, ledgerRows).map((one) => differenceShown(reading, here, one)), newest: newest.map((one) => lineShown(reading, one)), whole: reading.whole,
    mayKeep: may('ledger.keep', 'practice', here.actor.roles), maySign: may('ledger.witness', 'practice', here.actor.roles),
  }

  function placeShown({ ledger: read }: Reading, id: string): Answer<'ledger'>['places'][number] {
    const { body } = read.places.get(id)!
    const due = countDue(read, id, ledgerRows, zone)
    return { id, name: body.name, registration: body.registration, closedThrough: read.closedThrough.get(id) ?? null, counted: due.last ?? null, countBy: due.by }
  }
}

/** What does not come out, for those who answer for it, and what waits for a name that this person may give; nothing for anybody else. */
export async function medicineOpen(here: Here): Promise<Answer<'home'>['medicine']> {
  if (!may('ledger.read', 'practice', here.actor.roles)) return null
  const { zone } = await practiceRow(here)
  const lines = await ledgerLines(here)
  if (lines.length === 0) return null
  const ledger = readLedger(lines, zone)
  const open = differencesOf(ledger, ledgerRows)
  const toSign = open.filter((one) => maySign(ledger, here, one)).length
  const answers = may('ledger.keep', 'practice', here.actor.roles) || here.actor.roles.includes('owner')
  const [oldest] = open
  return oldest && (answers || toSign > 0) ? { open: open.length, toSign, since: oldest.since, says: oldest.says } : null
}

/** What may be drawn from in a room: in date, not empty, and not opened for somebody else unless it is for several. */
export async function openShown(here: Here): Promise<Answer<'ledgerOpen'>> {
  const { zone } = await practiceRow(here)
  const [head, lines] = [await ledgerHead(here), await ledgerLines(here)]
  const today = localDay(here.now, zone)
  const ledger = readLedger(lines, zone)
  return { begun: head !== undefined, now: here.now, containers: [...ledger.containers.values()].filter(({ onHand, label, draws }) => onHand > 0 && label.expires >= today && !(label.singleUse && draws.length > 0)).map((one) => boxShown(one, today)) }
}

/** The log of one place for an inspector: every line of the period, what each lot came to, and what is open today. */
export async function logShown(here: Here, { place, from, to }: Parsed<'ledgerLog'>['query']): Promise<Answer<'ledgerLog'>> {
  const reading = await read(here)
  const { ledger, zone } = reading
  const named = ledger.places.get(place)
  if (!named) throw new Problem('ledger.refused', { list: [{ code: 'place', says: 'There is no such place in this ledger.' }] })
  const { lines, lots } = logOf(ledger, { from: dayStart(from, zone), until: dayEnd(to, zone), place })
  const due = countDue(ledger, place, ledgerRows, zone)
  return {
    practice: (await practiceRow(here)).name, from, to, printedAt: here.now, whole: reading.whole,
    place: { id: place, name: named.body.name, registration: named.body.registration, closedThrough: ledger.closedThrough.get(place) ?? null, counted: due.last ?? null, countBy: due.by },
    lines: lines.map((one) => lineShown(reading, one)), lots: lots.map(({ place: _place, lot: _lot, ...sums }) => sums), differences: differencesOf(ledger, ledgerRows).filter((one) => one.place === place).map((one) => differenceShown(reading, here, one)),
  }
}

async function read(here: Here): Promise<Reading> {
  const { zone } = await practiceRow(here)
  // The head first: a line that comes between is then too much, and never too little.
  const lines = await ledgerLines(here)
  const head = await ledgerHead(here)
  const ledger = readLedger(lines, zone)
  const people = new Map((await staff(here)).map(({ person, name }) => [person, name]))
  const charts = await chartNames(here, [...new Set(lines.flatMap(({ chart }) => chart ?? []))])
  return {
    ledger, head, zone, today: localDay(here.now, zone), name: (person) => people.get(person) ?? 'somebody who is not here any more', whole: wholeness(here, ledger, lines, head),
    whom: ({ chart, session }) => (chart === undefined ? null : charts.has(chart) ? { chart, session: session ?? null, label: charts.get(chart)! } : { chart: null, session: null, label: opaque(chart) }),
  }
}

/** One word for one person, the same in every line, that says nothing about who it is. */
const opaque = (chart: string): string => `Person ${digest(`ledger ${chart}`).slice(0, 6).toUpperCase()}`
const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

function wholeness(here: Here, ledger: LedgerNow, lines: readonly Line[], head: LedgerHead | undefined): string | null {
  if (!head) return null
  const end = lines.at(-1)
  // Somebody may have written between the two questions; then the end of what was read is the head to compare with.
  const verified = verifyLedger(lines, here.actor.practice, digest, head.seq > lines.length ? { seq: lines.length, digest: end?.digest ?? head.digest } : head)
  if (!verified.ok) return verified.refusal.says
  return comesOut(ledger) ? null : 'What was received is not what is there, with all that went out.'
}

const boxShown = ({ id, place, label, onHand, draws }: ContainerNow, today: string): Answer<'ledger'>['containers'][number] => ({ id, place, label, onHand, opened: draws.length > 0, expired: label.expires < today })

function differenceShown({ ledger, name, whom }: Reading, { actor }: Here, one: Difference): Answer<'ledger'>['differences'][number] {
  const { resolved } = one
  return {
    key: one.key, kind: one.kind, since: one.since, line: one.line, place: one.place, container: one.container ?? null, person: whom(one), says: one.says, incident: one.incident, ends: one.ends, adjust: one.adjust ?? null, left: one.left ?? null,
    by: name(ledger.lineOf(one.line)!.by), explained: resolved ? { line: resolved.id, by: name(resolved.by), at: resolved.at, reason: resolved.body.reason, mine: resolved.by === actor.person } : null,
    maySign: maySign(ledger, { actor }, one),
  }
}

const maySign = (ledger: LedgerNow, { actor }: Pick<Here, 'actor'>, { resolved, ends, line }: Difference): boolean =>
  may('ledger.witness', 'practice', actor.roles) && (resolved !== undefined || ends === 'signature') && mayWitness(ledger, resolved?.id ?? line, actor.person!)

function lineShown({ ledger, zone, name, whom }: Reading, { line, label, amountUg: amount, onHandAfter, witnesses, cameLate }: LogLine): Answer<'ledger'>['newest'][number] {
  return {
    id: line.id, seq: line.seq, kind: line.kind, at: line.at, receivedAt: line.receivedAt, by: name(line.by), what: whatItSays(line, ledger, zone), label: label ?? null, quantity: line.quantity ?? null, amountUg: amount ?? null, onHandAfter: onHandAfter ?? null,
    person: whom(line), witnesses: witnesses.map(({ by }) => name(by)), fits: line.fits, cameLate,
  }
}

/** One line as words. */
function whatItSays(line: Line, { places, containers, lineOf }: LedgerNow, zone: string): string {
  if (!line.fits) return `Said on a chart, and does not fit. ${unfitSays[('why' in line.body ? line.body.why : undefined) ?? ''] ?? ''}${'said' in line.body && line.body.said ? ` The chart says: ${line.body.said}.` : ''}`
  switch (line.kind) {
    case 'place': return `Place named: ${line.body.name}${line.body.registration ? `, registration ${line.body.registration}` : ''}`
    case 'received': return line.body.source === 'opening-count' ? 'Counted at the beginning' : `Received${line.body.supplier ? ` from ${line.body.supplier}` : ''}${line.body.paper ? `, ${line.body.paper}` : ''}`
    case 'drawn': return 'Drawn for a dose'
    case 'given': return `Given: ${line.body.said ?? ''}`
    case 'wasted': return `Wasted: ${line.body.how}`
    case 'returned': return `Put back unopened: ${line.body.why}`
    case 'lost': return `${LOST[line.body.what]}: ${line.body.why}`
    case 'destroyed': return `Destroyed: ${line.body.how}. ${line.body.why}${line.body.paper ? ` (${line.body.paper})` : ''}`
    case 'sent-away': return `Sent to ${line.body.to}: ${line.body.why}${line.body.paper ? ` (${line.body.paper})` : ''}`
    case 'transferred': return `Moved from ${places.get(line.body.from)?.body.name ?? 'another place'} to ${places.get(line.place)?.body.name ?? 'another place'}: ${line.body.why}`
    case 'counted': return line.quantity === line.body.expected ? 'Counted, as expected' : 'Counted, and not what was expected'
    case 'witnessed': return `${line.body.name} signed as a second person`
    case 'resolved': { const about = lineOf(line.body.difference.split(':')[1] ?? ''); const box = about?.container === undefined ? undefined : containers.get(about.container); return `Difference explained${box ? ` (${showContainer(box.label)})` : ''}: ${line.body.reason}` }
    case 'adjusted': return `Put right by a difference that two people signed: ${line.body.way}`
    case 'closed': return `Period closed through ${localDay(line.body.through, zone)}`
  }
}
const LOST = { broken: 'Broken', spilled: 'Spilled', missing: 'Missing', stolen: 'Stolen' } as const
