import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { Role } from '../access/roles.ts'
import type { Cited } from '../shared/cited.ts'
import { HOUR_MS, instant, type Instant } from '../shared/time.ts'
import { isComplete, instrumentOf, type Instruments, type RiskLevel } from './instrument.ts'
import { dayEnd, localDay } from '../shared/local-day.ts'
import { isAtLeast, riskOf, valueById, type Risk } from './risk.ts'

/** What has to happen, and by when, once a path is open. One row for each way a path opens. */
export interface RiskPathRow extends Cited {
  readonly opensAt: 'moderate' | 'high' | 'item'
  readonly clock: 'same-hour' | 'same-day'
  /** Hours from the answer; without it, the clock ends with the local day. */
  readonly withinHours?: number
  readonly owner: Role
  readonly tell: readonly Role[]
  readonly dosing: 'stopped' | 'after-safety-plan' | 'after-interview'
  readonly says: string
}

/** A level of the triage that opens no path, and that somebody hears of all the same. */
export interface RiskToldRow extends Cited {
  readonly level: 'low'
  readonly tell: Role
  readonly says: string
}

export interface RiskRows {
  readonly instruments: Instruments
  readonly paths: readonly RiskPathRow[]
  /** Hours after a contact by which the next one is due when the contact itself named no time. */
  readonly followUpHours: number
  readonly zone: string
}

export interface OpenRisk {
  /** The entry that opened the path: what a contact names when it answers it. */
  readonly opened: string
  readonly openedAt: Instant
  readonly instrument: string
  readonly because: readonly string[]
  readonly level: RiskLevel | 'unknown'
  readonly atLeast: RiskLevel
  readonly row: string
  readonly says: string
  readonly clock: RiskPathRow['clock']
  readonly dueAt: Instant
  readonly overdue: boolean
  readonly owner: { readonly role: Role; readonly person?: string }
  readonly tell: readonly Role[]
  readonly dosing: RiskPathRow['dosing']
  /** Whom to ring: the patient, then the person the patient named. Missing numbers stay missing. */
  readonly call: readonly { readonly who: 'patient' | 'emergency-contact'; readonly name: string; readonly phone?: string }[]
  readonly contacts: readonly string[]
}

type Answered = EntryOf<'measure-answered.v1'>

/** Whether the answers of an interview support this level and none above it. One left half-way tells what it holds so far. */
export function tellsOf({ body }: Answered, { level }: Pick<RiskToldRow, 'level'>, instruments: Instruments): boolean {
  const instrument = instrumentOf(instruments, body.instrument)
  return instrument?.risk?.kind === 'triage' && riskOf(instrument, body.answers).atLeast === level
}

/**
 * The risk paths that stand open: opened by answers, closed only by a named person's contact that says
 * `closed`. A later lower score, and a correction of the answers, never close one. An answer to item 9 is
 * taken over by a complete interview later on the same local day, which then opens its own path or none.
 * Worst first, then the one due soonest.
 */
export function openRisks(chart: Chart, now: Instant, rows: RiskRows): OpenRisk[] {
  return chart
    .all('measure-answered.v1')
    .flatMap((entry) => pathOf(chart, entry, now, rows) ?? [])
    .toSorted((a, b) => Number(b.level === 'high') - Number(a.level === 'high') || compare(a.dueAt, b.dueAt) || compare(a.opened, b.opened))
}

function pathOf(chart: Chart, standing: Answered, now: Instant, rows: RiskRows): OpenRisk | undefined {
  const versions = versionsOf(chart, standing)
  const opener = worstOf(versions, rows)
  if (!opener) return undefined
  const { entry, instrument, risk, row } = opener
  if (row.opensAt === 'item' && takenOver(chart, entry, rows)) return undefined
  const contacts = chart.all('risk-contact.v1').filter((contact) => answers(contact, entry, versions))
  if (contacts.some((contact) => contact.body.decided === 'closed')) return undefined
  const dueAt = dueOf(entry, row, contacts.at(-1), rows)
  return {
    opened: entry.id, openedAt: entry.at, instrument, because: risk.because, level: risk.level === 'not-asked' ? 'unknown' : risk.level, atLeast: risk.atLeast,
    row: row.id, says: row.says, clock: row.clock, dueAt, overdue: now > dueAt,
    owner: ownerOf(chart, row), tell: row.tell, dosing: row.dosing, call: callOf(chart), contacts: contacts.map((contact) => contact.id),
  }
}

/** A contact made before a correction raised the level has not answered the correction. */
const answers = (contact: EntryOf<'risk-contact.v1'>, opener: Answered, versions: readonly Answered[]): boolean =>
  contact.body.opened === opener.id || (versions.some((version) => version.id === contact.body.opened) && contact.at >= opener.writtenAt)

/**
 * An answer and what it corrects, oldest first. Corrected answers count: a correction adds a fact, it does
 * not take a danger back.
 */
function versionsOf(chart: Chart, standing: Answered): Answered[] {
  const chain: Answered[] = []
  for (let one: Entry | undefined = standing; one?.kind === 'measure-answered.v1' && !chain.includes(one); one = one.amends === undefined ? undefined : chart.entry(one.amends)) chain.unshift(one)
  return chain
}

interface Opener {
  readonly entry: Answered
  readonly instrument: string
  readonly risk: Risk
  readonly row: RiskPathRow
}

const urgency: readonly RiskPathRow['opensAt'][] = ['high', 'moderate', 'item']

/** The version that opens the most urgent path; of two alike, the first that was written. */
function worstOf(versions: readonly Answered[], rows: RiskRows): Opener | undefined {
  const openers = versions.flatMap((entry) => {
    const instrument = instrumentOf(rows.instruments, entry.body.instrument)
    if (!instrument) return []
    const risk = riskOf(instrument, entry.body.answers)
    const row = rowFor(risk, instrument.risk?.kind === 'item', rows.paths)
    return row ? [{ entry, instrument: instrument.id, risk, row }] : []
  })
  return openers.toSorted((a, b) => urgency.indexOf(a.row.opensAt) - urgency.indexOf(b.row.opensAt))[0]
}

function rowFor(risk: Risk, isItem: boolean, paths: readonly RiskPathRow[]): RiskPathRow | undefined {
  const opens = (name: RiskPathRow['opensAt']) => paths.find((path) => path.opensAt === name)
  if (isItem) return isAtLeast(risk.atLeast, 'low') ? opens('item') : undefined
  if (risk.atLeast === 'high') return opens('high')
  return risk.atLeast === 'moderate' ? opens('moderate') : undefined
}

/** Whether a complete interview of the same local day, not before the answer, has asked further. */
function takenOver(chart: Chart, entry: Answered, rows: RiskRows): boolean {
  const asked = instrumentOf(rows.instruments, entry.body.instrument)
  const rule = asked?.risk
  if (!asked || rule?.kind !== 'item') return false
  const interview = instrumentOf(rows.instruments, rule.followedBy)
  if (!interview) return false
  const callDue = (valueById(asked, rule.item, entry.body.answers) ?? 0) >= rule.callFrom
  const day = localDay(entry.at, rows.zone)
  return chart.all('measure-answered.v1').some((other) =>
    other.body.instrument === interview.id && other.at >= entry.at && localDay(other.at, rows.zone) === day &&
    isComplete(interview, other.body.answers) && (!callDue || other.body.answeredBy === 'clinician'))
}

/** The first contact is due on the row's clock; after one, when it said, or else within the follow-up hours. */
function dueOf(entry: Answered, row: RiskPathRow, last: EntryOf<'risk-contact.v1'> | undefined, rows: RiskRows): Instant {
  if (last?.body.nextContactAt) return last.body.nextContactAt
  if (last && last.body.reached) return instant(Date.parse(last.at) + rows.followUpHours * HOUR_MS)
  if (row.withinHours !== undefined) return instant(Date.parse(entry.at) + row.withinHours * HOUR_MS)
  return dayEnd(localDay(entry.at, rows.zone), rows.zone)
}

function ownerOf(chart: Chart, row: RiskPathRow): OpenRisk['owner'] {
  const person = row.owner === 'therapist' ? chart.latest('match-chosen.v1')?.body.therapist : undefined
  return person === undefined ? { role: row.owner } : { role: row.owner, person }
}

function callOf(chart: Chart): OpenRisk['call'] {
  const who = chart.latest('demographics.v1')?.body
  if (!who) return []
  const name = `${who.preferredName || who.givenName} ${who.familyName}`
  const patient = { who: 'patient' as const, name, ...(who.phone ? { phone: who.phone } : {}) }
  const contact = who.emergencyContact
  return contact ? [patient, { who: 'emergency-contact', name: contact.name, phone: contact.phone }] : [patient]
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
