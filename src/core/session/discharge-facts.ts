import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { standingVisits } from '../measures/doses.ts'
import type { Instruments } from '../measures/instrument.ts'
import { hoursBetween, minutesBetween, type Instant } from '../shared/time.ts'
import { isOpen, type AlertsNow } from './alerts.ts'
import type { DischargeRows, DischargeRuleId } from './discharge-rows.ts'
import type { DischargeFacts } from './discharge.ts'
import type { DosesNow } from './doses.ts'
import type { SessionEntries } from './entries.ts'
import type { Baseline } from './judge.ts'
import { isAtLeast } from './level.ts'
import type { Parameter, VitalName } from './rows.ts'
import type { ReadingDue } from './schedule.ts'
import { hasNewThoughts, riskScreens, wasReviewed } from './screens.ts'
import { standingSignatures } from './signatures.ts'

export interface AtTheDoor {
  readonly chart: Chart
  readonly entries: SessionEntries
  readonly route: DoseRoute
  readonly doses: DosesNow
  readonly baseline: Baseline
  readonly alerts: AlertsNow
  readonly due: ReadingDue | undefined
  readonly asOf: Instant
}

type Part = Partial<DischargeFacts> & { readonly ids?: Partial<Record<DischargeRuleId, readonly string[]>> }

/** Collects what the thirteen rules ask about. Whatever is old, partial or not there stays out, and its rule stays open. */
export function dischargeFacts(door: AtTheDoor, rows: { readonly discharge: DischargeRows; readonly instruments: Instruments }): DischargeFacts {
  const parts: Part[] = [timing(door, rows.discharge), lastReading(door, rows.discharge), assessment(door, rows.discharge), quiet(door), screened(door, rows.instruments), leaving(door), signatures(door)]
  const facts = Object.assign({}, ...parts.map(({ ids }) => ids ?? {})) as Partial<Record<DischargeRuleId, readonly string[]>>
  const values = Object.assign({}, ...parts.map((part) => part.values ?? {})) as DischargeFacts['values']
  // One person who saw oxygen running outweighs another who ticked room air; nobody having looked is neither.
  const looked = parts.flatMap((part) => part.roomAir ?? [])
  const { ids: _ids, roomAir: _roomAir, ...rest } = Object.assign({}, ...parts) as Part
  return { minutesSinceRescue: 'none', readingDue: true, signedBy: { monitor: false, rnOrPrescriber: false, twoPeople: false }, route: door.route, ...rest, baseline: door.baseline, values, ...(looked.length > 0 ? { roomAir: looked.every((air) => air) } : {}), facts }
}

function timing({ entries, route, doses, asOf }: AtTheDoor, rows: DischargeRows): Part {
  const from = rows.D1.minimum[route]?.from === 'end' ? doses.lastStep?.endedAt : doses.lastAt
  const waits = entries.all('rescue-given.v1').filter(({ body }) => mustWait(body.what, rows))
  const last = waits.at(-1)
  return {
    ...(from === undefined || doses.conflicts.length > 0 ? {} : { minutesSinceDose: minutesBetween(from, asOf) }),
    minutesSinceRescue: last ? minutesBetween(last.at, asOf) : 'none',
    ids: { D1: [...doses.steps.flatMap((step) => step.given.map(({ id }) => id)), ...waits.map(({ id }) => id)] },
  }
}

/**
 * Only what is listed as harmless lets people go on without waiting: a line that names one of those, and in which every
 * other word is an amount, a way of giving it or a joining word. However names were put together, an unknown one makes them wait.
 */
function mustWait(what: string, { rescues }: DischargeRows): boolean {
  const harmless = new Set(rescues.filter(({ waits }) => !waits).flatMap(({ name, also }) => [name, ...also]))
  const named = (what.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => harmless.has(word) || !(amount.test(word) || asides.has(word)))
  return named.length === 0 || named.some((word) => !harmless.has(word))
}

/** `4`, `4mg`, `mg`: they name nothing. */
const amount = /^\d*(?:mg|mcg|ug|[\u00b5\u03bc]g|g|ml|l|lpm|min|x|tab|tabs|tablet|tablets|dose|doses)$|^\d+$/u
/** Nor does how it was given, or what joins two names. */
const asides: ReadonlySet<string> = new Set([
  'by', 'via', 'per', 'mouth', 'oral', 'orally', 'po', 'iv', 'im', 'sl', 'sc', 'odt', 'sublingual', 'under', 'tongue', 'mask', 'face', 'nasal', 'cannula', 'minute', 'once', 'twice',
  'and', 'then', 'plus', 'with', 'y', 'con', 'of', 'a', 'the',
])

const fromReading: readonly VitalName[] = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent']

/** The newest reading alone: an older value never stands in for one that the newest reading lacks. */
function lastReading({ entries, doses, asOf }: AtTheDoor, rows: DischargeRows): Part {
  const newest = entries.all('vitals.v1').findLast(({ body }) => fromReading.some((name) => body[name] !== undefined))
  if (!newest || !isFresh(newest.at, doses, asOf, rows)) return { values: {}, ids: { D2: [], D3: [] } }
  const values = Object.fromEntries(fromReading.flatMap((name) => (newest.body[name] === undefined ? [] : [[name, newest.body[name]]]))) as DischargeFacts['values']
  return { values, ...(newest.body.onRoomAir === undefined ? {} : { roomAir: newest.body.onRoomAir }), ids: { D2: [newest.id], D3: [newest.id] } }
}

const isFresh = (at: Instant, doses: DosesNow, asOf: Instant, rows: DischargeRows) =>
  minutesBetween(at, asOf) <= rows.fresh.notOlderMin && (doses.lastAt === undefined || at >= doses.lastAt)

function assessment({ entries, doses, asOf }: AtTheDoor, rows: DischargeRows): Part {
  const assessed = entries.latest('discharge-assessed.v1')
  if (!assessed || !isFresh(assessed.at, doses, asOf, rows)) return { values: {} }
  const { body, id } = assessed
  const { values, ids } = mind(entries, assessed)
  const sum = (scores: Readonly<Record<string, number>>) => Object.values(scores).reduce((total, score) => total + score, 0)
  return {
    values, roomAir: body.roomAir, gait: body.gait, dissociation: body.dissociation, padss: sum(body.padss), aldrete: sum(body.aldrete), noDrivingSigned: body.noDrivingSigned, instructionsGiven: body.instructionsGiven,
    ids: { D4: ids, D5: ids, D6: [id], D7: [id], D11: [id] },
  }
}

/** Alertness from the assessment, or from a check of it that is newer. */
function mind(entries: SessionEntries, assessed: EntryOf<'discharge-assessed.v1'>) {
  const values: Partial<Record<Parameter, number>> = { moaaS: assessed.body.moaaS, rass: assessed.body.rass, orientation: assessed.body.orientation }
  const newer = entries.all('mental-status.v1').filter(({ at }) => at > assessed.at)
  for (const { body } of newer) for (const name of ['moaaS', 'rass', 'orientation'] as const) values[name] = body[name] ?? values[name]!
  return { values, ids: [assessed.id, ...newer.map(({ id }) => id)] }
}

function quiet({ alerts, due, asOf }: AtTheDoor): Part {
  const severe = alerts.all.filter((alert) => isAtLeast(alert.level, 'orange'))
  const open = severe.some(isOpen)
  const last = alerts.lastSevereAt
  return {
    lastSevereAlert: open ? 'open' : last === undefined ? 'none' : minutesBetween(last, asOf), redToday: alerts.redToday, readingDue: due === undefined || due.at <= asOf,
    ids: { D8: severe.flatMap(({ entry }) => entry ?? []) },
  }
}

function screened({ chart, doses, asOf }: AtTheDoor, instruments: Instruments): Part {
  const screens = riskScreens(chart, instruments).filter(({ at }) => at <= asOf)
  const since = doses.lastAt
  if (since === undefined) return {}
  const after = screens.filter(({ at }) => at >= since)
  const newest = after.at(-1)
  if (!newest) return { ids: { D9: [] } }
  const before = screens.findLast(({ at }) => at < since)
  const found = after.filter((screen) => hasNewThoughts(screen, before))
  return {
    suicideScreen: { complete: newest.complete, high: after.some(({ high }) => high), newThoughts: found.length > 0, reviewed: found.every((screen) => wasReviewed(chart, screen)) },
    ids: { D9: after.map(({ entry }) => entry) },
  }
}

function leaving({ chart, entries, asOf }: AtTheDoor): Part {
  const arrived = entries.all('escort-arrived.v1')
  const adult = arrived.findLast(({ body }) => body.kind === 'adult' && body.idNoted !== '')
  const next = standingVisits(chart).find((visit) => visit.type === 'integration' && visit.startsAt > asOf)?.startsAt
  return {
    escort: adult ? 'adult' : arrived.some(({ body }) => body.kind === 'rideshare') ? 'rideshare' : 'none',
    ...(next === undefined ? {} : { hoursToIntegration: hoursBetween(asOf, next) }),
    ids: { D10: arrived.map(({ id }) => id) },
  }
}

/** Two different people have to sign the same, newest assessment; one person cannot be both of them. */
function signatures({ entries }: AtTheDoor): Part {
  const assessed = entries.latest('discharge-assessed.v1')
  const signed = standingSignatures(assessed, entries.all('discharge-signed.v1'))
  const monitors = signed.filter(({ body }) => body.role === 'monitor').map(({ body }) => body.signature.person)
  const others = signed.filter(({ body }) => body.role !== 'monitor').map(({ body }) => body.signature.person)
  return {
    signedBy: { monitor: monitors.length > 0, rnOrPrescriber: others.length > 0, twoPeople: monitors.some((monitor) => others.some((other) => other !== monitor)) },
    ids: { D13: signed.map(({ id }) => id) },
  }
}
