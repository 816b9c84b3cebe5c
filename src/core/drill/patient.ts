import type { Entry } from '../chart/entry.ts'
import { concentrations, type PlasmaDose } from '../plasma/plasma.ts'
import type { PlasmaRows } from '../plasma/rows.ts'
import type { Parameter, Symptom } from '../session/rows.ts'
import { seeded, type Seeded } from '../shared/seeded.ts'
import { minutesBetween, type Instant } from '../shared/time.ts'
import type { DrillEventRow, DrillRows, RatingScale, Span } from './rows.ts'

/** A patient who does not exist: what a practice trains with. Never on anybody's chart. */
export interface SimulatedPatient {
  readonly seed: number
  readonly weightKg: number
  readonly sensitivity: number
  readonly before: Readonly<Partial<Record<Parameter, number>>>
  readonly most: Readonly<Partial<Record<Parameter | RatingScale, number>>>
  readonly event: { readonly row: DrillEventRow; readonly startsMin: number } | undefined
}

export interface DrillSeen {
  /** What the bedside monitor shows and what somebody who looks would find. */
  readonly values: Readonly<Record<Parameter, number>>
  readonly symptoms: readonly Symptom[]
  /** What the person says when asked, 0 to 10. */
  readonly ratings: Readonly<Record<RatingScale, number>>
  readonly ngPerMl: number
}

/** The same seed and event are the same person every time. */
export function simulatedPatient(seed: number, event: string | undefined, { person, moves, events }: DrillRows): SimulatedPatient {
  const chance = seeded(seed)
  const row = events.find(({ id }) => id === event)
  return {
    seed, weightKg: Math.round(within(person.weightKg, chance('weight'))), sensitivity: within(person.sensitivity, chance('sensitivity')),
    before: Object.fromEntries(Object.entries(person.at).map(([name, span]) => [name, within(span, chance(name))])),
    most: Object.fromEntries(moves.map((move) => [move.moves, within(move.most, chance(`${move.moves} most`))])),
    event: row && { row, startsMin: within(row.startsMin, chance('event')) },
  }
}

/**
 * The patient at a minute of the session, counted from the first dose. Pure: asking twice gives the same answer, so
 * that two devices of one drill see one person. `helpedMin` is when somebody first did what eases the event.
 */
export function seenAt(patient: SimulatedPatient, minute: number, given: readonly PlasmaDose[], helpedMin: number | undefined, rows: DrillRows, plasma: PlasmaRows): DrillSeen {
  const answer = concentrations({ model: rows.model, weightKg: patient.weightKg, doses: given, timesMin: [minute] }, plasma)
  const ngPerMl = answer.ok ? answer.value[0]! : 0
  const felt = ngPerMl * patient.sensitivity
  const chance = seeded(patient.seed)
  const depth = rows.depths.findLast(({ fromNgPerMl }) => felt >= fromNgPerMl)
  const calm = { ...patient.before, moaaS: depth?.moaaS, rass: depth?.rass, orientation: depth?.orientation } as Record<Parameter, number>
  const moved = (name: Parameter | RatingScale) => {
    const row = rows.moves.find(({ moves }) => moves === name)
    return row ? ((patient.most[name] ?? 0) * felt) / (felt + row.halfNgPerMl) : 0
  }
  const strength = patient.event && given.length > 0 ? strengthOf(patient.event, minute, helpedMin) : 0
  const reaches = patient.event?.row.reaches ?? {}
  const towards = (name: Parameter | RatingScale, usual: number) => usual + ((reaches[name] ?? usual) - usual) * strength
  const value = (name: Parameter) => Math.round(towards(name, calm[name] + moved(name) + unsteady(name, minute, chance, rows)))
  const rating = (name: RatingScale) => Math.min(MOST_RATED, Math.max(0, Math.round(towards(name, moved(name)))))
  return {
    values: {
      systolicMmHg: value('systolicMmHg'), diastolicMmHg: value('diastolicMmHg'), heartRatePerMin: value('heartRatePerMin'), respiratoryRatePerMin: value('respiratoryRatePerMin'),
      spo2Percent: Math.min(WHOLE_PERCENT, value('spo2Percent')), temperatureDeciC: value('temperatureDeciC'), moaaS: value('moaaS'), rass: value('rass'), orientation: value('orientation'),
    },
    symptoms: strength >= 1 / 2 ? (patient.event?.row.symptoms ?? []) : [],
    ratings: { intensity: rating('intensity'), distress: rating('distress'), nausea: rating('nausea'), dissociation: rating('dissociation') },
    ngPerMl,
  }
}

/** The ends of the scales, whatever the body does. */
const MOST_RATED = 10
const WHOLE_PERCENT = 100

/** From 0, nothing, to 1, all of it: it comes on, stays, and eases once somebody has acted. */
function strengthOf({ row, startsMin }: NonNullable<SimulatedPatient['event']>, minute: number, helpedMin: number | undefined): number {
  const come = Math.min(1, Math.max(0, (minute - startsMin) / row.overMin))
  const gone = helpedMin === undefined || helpedMin < startsMin ? 0 : Math.min(1, Math.max(0, (minute - helpedMin) / row.eases.overMin))
  return come * (1 - gone)
}

/** The same within one minute, so that whoever looks again at once reads the same. */
function unsteady(name: Parameter, minute: number, chance: Seeded, { person }: DrillRows): number {
  const most = person.unsteady[name] ?? 0
  return most * (2 * chance(`${name} at ${Math.floor(minute)}`) - 1)
}

const within = ([least, most]: Span, chance: number) => least + (most - least) * chance

/** The minute at which somebody first wrote down what eases the event, counted from the first dose. */
export function helpedAt({ event }: SimulatedPatient, entries: readonly Entry[], firstDoseAt: Instant | undefined): number | undefined {
  if (!event || firstDoseAt === undefined) return undefined
  const minutes = entries.filter(({ kind }) => event.row.eases.after.includes(kind)).map(({ at }) => minutesBetween(firstDoseAt, at)).filter((minute) => minute >= event.startsMin)
  return minutes.length > 0 ? Math.min(...minutes) : undefined
}
